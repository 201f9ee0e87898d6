"""The present view as text for screen readers, printers and scrollback: line by line, nothing beside anything."""

from __future__ import annotations

from collections.abc import Iterator

from rich.segment import Segment
from textual.content import Content

from briefing.export.rows import matrix_rows
from briefing.parsing import visible
from briefing.rendering.document import DocumentLayout
from briefing.rendering.line import plain, wrap
from briefing.tui.screens.frame import DeskFrame
from briefing.tui.terminal.cells import cells_of
from briefing.tui.widgets.document_pane import DocumentPane
from briefing.tui.widgets.line_list import LineList
from briefing.tui.widgets.line_view import LineView

_WIDEST = 100
"""Cells: lines that are longer are hard to read."""


def view_as_text(desk: DeskFrame) -> str:
    """All of the present view, not only what is on the screen, between its marking; as safe to show as the screen.

    No line is wider than the terminal, the marking aside.
    """
    pack = desk.state.pack
    head = f"{visible(pack.title)}: {desk.state.view}{f', as of {pack.as_of}' if pack.as_of else ''}"
    width = min(_WIDEST, desk.app.size.width)
    lines = [visible(pack.marking), *_wrapped(head, width), "", *_lines(desk, width), "", visible(pack.marking)]
    return "\n".join(map(_as_on_screen, lines))


def _as_on_screen(line: str) -> str:
    """`line` with as many combining marks on a character as the screen keeps."""
    return line if line.isascii() else "".join(text for text, _ in cells_of([Segment(line)], None))


def _wrapped(text: str, width: int, indent: str = "") -> Iterator[str]:
    room = width - len(indent)
    yield from (indent + text[start:end] for start, end in wrap(text, room))


def _lines(desk: DeskFrame, width: int) -> Iterator[str]:
    state = desk.state
    if desk.sidebar.list.has_focus:
        yield from _list_lines(desk.sidebar.list, width)
    elif state.view == "scenario":
        yield from _matrix_lines(desk, width)
        yield from _list_lines(desk.scenario.evidence, width)
    elif state.view == "documents":
        yield from _document_lines(desk.documents.pane, width)
        if desk.listing is not None:
            yield from ("", *_list_lines(desk.panel, width))
    else:
        yield from _list_lines(desk.sheet, width)


def _matrix_lines(desk: DeskFrame, width: int) -> Iterator[str]:
    """A paragraph a role, a line a constraint."""
    matrix = desk.state.pack.matrix
    if matrix is None:
        return
    yield from (*_wrapped(visible(matrix.scenario.question), width), "")
    for row in matrix_rows(matrix):
        role, status, *cells = row.items()
        yield from _wrapped(f"{visible(str(role[1]))}: {visible(str(status[1]))}", width)
        for name, value in cells:
            yield from _wrapped(f"{visible(name)}: {visible(str(value))}", width, "  ")
        yield ""


def _document_lines(pane: DocumentPane, width: int) -> Iterator[str]:
    yield from _title(pane, width)
    if pane.document is not None:
        layout = DocumentLayout(pane.document, width)
        for row in range(len(layout.rows)):
            yield plain(layout.line(row, pane.marks)).rstrip()


def _list_lines(view: LineList, width: int) -> Iterator[str]:
    yield from _title(view, width)
    for entry in view.entries_for(width):
        for line in entry.lines:
            # Lines that the screen would cut, as there are on narrow ones, are printed in full.
            yield from _wrapped(plain(line).rstrip(), width)


def _title(view: LineView, width: int) -> Iterator[str]:
    if view.border_title:
        yield from (*_wrapped(Content.from_markup(view.border_title).plain, width), "")
