"""The first screen of the desk, drawn before the framework is there: the same cells, without what draws all others.

It is drawn from the documents themselves, so it is never out of date. The program draws it once more when it is loaded,
and sends what differs: the scrollbars, which are left out here.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from briefing.analysis.history import redoable, undoable
from briefing.first_screen import show
from briefing.host import Colours, Decisions
from briefing.model import Pack
from briefing.parsing import visible
from briefing.rendering.bars import bottom_line, opening_notice, top_line
from briefing.rendering.document import DocumentLayout, pane_title, place_words
from briefing.rendering.line import Line, Piece, clip, width_of
from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal
from briefing.storage.session import LeftIn, Session
from briefing.tui.available import Situation, available
from briefing.tui.layout import (
    LOW,
    READING,
    RULER,
    SIDEBAR,
    TO_FILTER,
    WAITING,
    first_pane,
    panes_for,
    sidebar_width,
)
from briefing.tui.terminal.ascii import encoder
from briefing.tui.terminal.cells import Row, cells_of
from briefing.tui.terminal.changes import dialect_of, frame

_ROUND, _SOLID, _DOUBLE = ("╭─╮", "│", "╰─╯"), ("┌─┐", "│", "└─┘"), ("╔═╗", "║", "╚═╝")
"""The signs of a border: the upper edge with its corners, a side, the lower edge."""
_SYSTEMS = {
    Colours.NONE: None,
    Colours.SIXTEEN: ColorSystem.STANDARD,
    Colours.MANY: ColorSystem.EIGHT_BIT,
    Colours.FULL: ColorSystem.TRUECOLOR,
}
_BOLD = Style(bold=True)
_SCROLLBAR = 1
"""Cells."""


class _Box(NamedTuple):
    """A bordered part of the screen."""

    width: int
    """Cells, the border among them."""
    title: str
    place: str
    """What stands in the lower border."""
    has_keys: bool
    rows: Sequence[tuple[Line, str]]
    """What stands in it, from top to bottom, each line with the colour behind it."""


class Opened(NamedTuple):
    """What a desk begins with."""

    pack: Pack
    """The documents, nothing found in them yet."""
    session: Session | None = None
    """What the officer goes on with."""
    journal: Journal | None = None
    """Where the officer's decisions are written down."""


def is_drawn(session: Session | None, size: tuple[int, int]) -> bool:
    """Whether the first screen of `size`, columns and rows, of whoever goes on with `session` can be drawn here.

    Not where that is small, or shows something else than documents side by side.
    """
    columns, rows = size
    elsewhere = session is not None and (session.view != "documents" or session.zoomed or session.words[1])
    return columns >= READING and rows >= LOW and not elsewhere


def show_opening_frame(opened: Opened, look: Theme, decisions: Decisions, size: tuple[int, int]) -> None:
    """Show the first screen on the terminal of the process, which has that `size`. Raises nothing."""
    with suppress(Exception):  # whatever is at fault, the framework draws the screen, or says why not
        cells = opening_frame(opened, look, size, _SYSTEMS[decisions.colours])
        dialect = dialect_of(os.environ.get("TERM", ""), in_screen="STY" in os.environ)
        show(encoder(decisions.ascii)(frame(None, cells, dialect)), cells, size)


def opening_frame(opened: Opened, look: Theme, size: tuple[int, int], system: ColorSystem | None) -> list[Row]:
    """The cells of a screen of `size`, columns and rows, on a terminal with the colours `system`, or with none.

    Only for what `is_drawn`.
    """
    (columns, rows), pack = size, opened.pack
    painter = _Painter(look, system)
    beside, height = sidebar_width(columns), rows - 2
    boxes = [_sidebar(beside, "emphasis" if painter.is_plain else ""), *_panes(opened, columns - beside, height - 2)]
    drawn = [painter.box(box, height) for box in boxes]
    keys = available(pack, _situation(opened))
    return [
        painter.bar(*top_line(pack, "documents", columns - 2), columns),
        *([cell for box in drawn for cell in box[row]] for row in range(height)),
        painter.bar(*bottom_line(pack, keys, opening_notice(pack), columns - 2), columns),
    ]


def _situation(opened: Opened) -> Situation:
    events, journal = opened.pack.events, opened.journal
    if not events or journal is None:
        return Situation()
    can_undo, can_redo = (find(events, journal.officer) is not None for find in (undoable, redoable))
    return Situation(can_undo=can_undo, can_redo=can_redo)


def _sidebar(width: int, weight: str) -> _Box:
    finder: Line = (Piece(" "), Piece(TO_FILTER, f"muted {weight}"))
    return _Box(width, SIDEBAR, "", has_keys=False, rows=[(finder, "surface"), ((Piece(" "), WAITING), "background")])


def _panes(opened: Opened, room: int, height: int) -> Iterator[_Box]:
    """The documents side by side in `room` cells, `height` rows of each."""
    documents = opened.pack.documents
    left = opened.session.left_in(documents) if opened.session else LeftIn()
    shown = panes_for(len(documents), room)
    first = first_pane(left.first, left.current, shown, len(documents))
    struck = _struck(opened.pack)
    for number in range(shown):
        document = documents[first + number]
        width = room * (number + 1) // shown - room * number // shown
        layout = DocumentLayout(document, width - 2 - _SCROLLBAR - RULER)
        offset = left.offsets.get(first + number, 0)
        top = layout.page(layout.row_of(offset) if offset else 0, height)
        lines = [(layout.line(row), "background") for row in range(top, min(top + height, len(layout)))]
        title = pane_title(document, "STRUCK" if document.id in struck else "")
        place = place_words(document, top, len(layout), height)
        yield _Box(width, title, place, first + number == left.current, lines)


def _struck(pack: Pack) -> Collection[str]:
    if not pack.events:
        return ()
    from briefing.analysis.judgements import judgements

    return judgements(pack.events).struck_documents


class _Painter:
    """Turns lines into cells, as the theme and the colours of the terminal have it."""

    def __init__(self, look: Theme, system: ColorSystem | None) -> None:
        self._look = look
        self._system = system
        self.is_plain = look.ansi or system is None
        """Whether colours are not to be relied on: then signs and weights tell what they would."""

    def bar(self, left: Line, right: Line, width: int) -> Row:
        """The first or last row."""
        room = width - 2
        left = clip(left, room)
        right = clip(right, max(0, room - width_of(left) - 1))
        gap = Piece(" " * (room - width_of(left) - width_of(right)))
        margin = self._cells((), "background", 1)
        return [*margin, *self._cells((*left, gap, *right), "background", room, "bar"), *margin]

    def box(self, box: _Box, height: int) -> list[Row]:
        """The rows of a box, `height` of them with its border."""
        edge = self._style("accent" if box.has_keys else "border", "background")
        muted = self._style("muted", "background")
        top, side, bottom = _ROUND if not self.is_plain else _DOUBLE if box.has_keys else _SOLID
        wall = cells_of([Segment(side, edge)], self._system)
        inner = box.width - 2
        filled = [*box.rows, *[((), "background")] * (height - 2 - len(box.rows))]
        return [
            self._edge(top, box.title, box.width, (edge, edge + _BOLD if box.has_keys else muted), 0),
            *([*wall, *self._cells(line, ground, inner), *wall] for line, ground in filled),
            self._edge(bottom, box.place, box.width, (edge, muted), box.width),
        ]

    def _edge(self, signs: str, words: str, width: int, styles: tuple[Style, Style], place: int) -> Row:
        """The upper or lower edge of a box, with `words` in it as near to `place` as can be."""
        edge, said = styles
        words = visible(words)
        if cell_len(words) > width - 6:
            words = set_cell_size(words, width - 7) + "…"
        label = f" {words} " if words else ""
        room = width - 2 - cell_len(label)
        before = min(max(place, 1), room - 1) if label else 0  # the framework leaves a cell of the edge beside it
        drawn = ((signs[0] + signs[1] * before, edge), (label, said), (signs[1] * (room - before) + signs[2], edge))
        return cells_of([Segment(text, style) for text, style in drawn], self._system)

    def _cells(self, line: Line, ground: str, width: int, under: str = "") -> Row:
        """The cells of `line`, as many as `width`, on the colour `ground` and in the style `under`."""
        base = self._style("text", ground)
        segments = [Segment(text, base + self._look.style(f"{under} {style}")) for text, style in line if text]
        blank = Segment(" " * (width - width_of(line)), base + self._look.style(under))
        return cells_of([*segments, blank], self._system)[:width]

    def _style(self, ink: str, ground: str) -> Style:
        colors = self._look.colors
        return Style.parse(f"{colors[ink]} on {colors[ground]}")
