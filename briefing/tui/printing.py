"""The present view as text for screen readers, printers and scrollback: line by line, nothing beside anything."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from briefing.export.rows import matrix_rows
from briefing.parsing import visible
from briefing.rendering.document import DocumentLayout
from briefing.rendering.line import plain
from briefing.tui.screens.frame import DeskFrame
from briefing.tui.widgets.document_pane import DocumentPane
from briefing.tui.widgets.line_list import LineList
from briefing.tui.widgets.line_view import LineView

_WIDTH = 100
"""Cells: what a narrow screen has to cut is printed in full."""


def view_as_text(desk: DeskFrame) -> str:
    """All of the present view, not only what is on the screen, between its marking; as safe to show as the screen."""
    pack = desk.state.pack
    marking = visible(pack.marking)
    head = f"{visible(pack.title)}: {desk.state.view}{f', as of {pack.as_of}' if pack.as_of else ''}"
    return "\n".join([marking, head, "", *_lines(desk), "", marking])


def _lines(desk: DeskFrame) -> Iterator[str]:
    state = desk.state
    if desk.sidebar.list.has_focus:
        yield from _list_lines(desk.sidebar.list)
    elif state.view == "scenario":
        yield from _matrix_lines(desk)
        yield from _list_lines(desk.scenario.evidence)
    elif state.view == "documents":
        yield from _document_lines(desk.documents.pane)
        if desk.listing is not None:
            yield from ("", *_list_lines(desk.panel))
    else:
        yield from _list_lines(desk.sheet)


def _matrix_lines(desk: DeskFrame) -> Iterator[str]:
    """A paragraph a role, a line a constraint."""
    matrix = desk.state.pack.matrix
    if matrix is None:
        return
    yield from (visible(matrix.scenario.question), "")
    for row in matrix_rows(matrix):
        role, status, *cells = row.items()
        yield f"{visible(str(role[1]))}: {visible(str(status[1]))}"
        for name, value in cells:
            yield f"  {visible(name)}: {visible(str(value))}"
        yield ""


def _document_lines(pane: DocumentPane) -> Iterator[str]:
    yield from _title(pane)
    if pane.document is not None:
        layout = DocumentLayout(pane.document, _WIDTH)
        for row in range(len(layout)):
            yield plain(layout.line(row, pane.marks)).rstrip()


def _list_lines(view: LineList) -> Iterator[str]:
    yield from _title(view)
    for entry in view.entries_for(_WIDTH):
        yield from (plain(line).rstrip() for line in entry.lines)


def _title(view: LineView) -> Iterator[str]:
    if view.border_title:
        yield from (Content.from_markup(view.border_title).plain, "")
