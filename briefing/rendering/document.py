"""A document as rows of the screen: wrapped once for a width, styled only where it is looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from briefing.model import Block, BlockKind, Document, Span
from briefing.rendering.line import Line, Piece, paint, wrap
from briefing.rendering.marks import NO_MARKS, Mark, Marks

_NUMBER = 4
"""Cells to the left of the text, for the number of the line in the file; more in a file of more lines."""
_SIGN = 1
"""Cells between that and the text, for the sign that something on the row is lit up."""
_NARROW = 41
"""Cells: a pane narrower than this has no numbers."""
_MEASURE = 100
"""Cells: rows longer than this are hard to read, so text is not drawn wider."""
_BASE_STYLES = {
    BlockKind.CODE: "code",
    BlockKind.CAPTION: "caption",
    BlockKind.FURNITURE: "muted",
    BlockKind.QUOTE: "quoted",
    BlockKind.TABLE_ROW: "",
}


class Row(NamedTuple):
    """One row of the screen, before it is styled."""

    block: int
    """Index into `Document.blocks`; -1 for an empty row between blocks."""
    start: int
    """First character shown, in the block's shown text."""
    end: int
    """One past the last character shown."""
    first: bool
    """Whether it is the first row of its block."""


class DocumentLayout:
    """The rows of one document at one width."""

    def __init__(self, document: Document, width: int) -> None:
        self.document = document
        self.width = width
        last = document.line_of(document.blocks[-1].span.start) if document.blocks else 0
        self._number = max(_NUMBER, len(str(last))) if width >= _NARROW else 0
        self.rows: list[Row] = []
        """Every row, from top to bottom."""
        self._first_rows: list[int] = []
        previous: BlockKind | None = None
        for index, block in enumerate(document.blocks):
            hidden = block.kind is BlockKind.MARKUP
            if not hidden and previous is not None and not _close_up(previous, block.kind):
                self.rows.append(Row(-1, 0, 0, first=False))
            self._first_rows.append(len(self.rows))
            if not hidden:
                self._lay(index, block)
                previous = block.kind

    def __len__(self) -> int:
        return len(self.rows)

    def row_of(self, offset: int) -> int:
        """The row that shows character `offset` of the document, or, where it is hidden, the nearest one to it."""
        if not self.rows:
            return 0
        index = self.document.block_index_at(offset)
        block = self.document.blocks[index]
        first = min(self._first_rows[index], len(self.rows) - 1)
        shown = block.shown.shown_of(Span(offset, max(offset + 1, block.span.end)))
        # Nothing shown from there to the end of the block: the words before it are the nearest.
        place = shown[0] if shown else len(block.shown.text)
        last = self._first_rows[index + 1] if index + 1 < len(self._first_rows) else len(self.rows)
        starts = [row.start for row in self.rows[first:last] if row.block == index]
        return first + max(0, bisect_right(starts, place) - 1)

    def offset_of(self, row: int) -> int:
        """The first character of the document shown in `row` or below it."""
        for found in self.rows[row:]:
            if found.block >= 0:
                shown = self.document.blocks[found.block].shown
                return shown.source_of(found.start, min(found.start + 1, found.end)).start
        return len(self.document.text)

    def beginning_of(self, row: int) -> int:
        """Where, in the document, begins what `row` stands for: markup hidden before it belongs to it.

        Rows from the first to the last so share out all characters among them. An empty row between blocks has none;
        below the last row is the end of the text.
        """
        if row >= len(self.rows):
            return len(self.document.text)
        found = self.rows[row] if self.rows[row].block >= 0 else self.rows[row + 1]
        block = self.document.blocks[found.block]
        if found.first:
            return block.span.start
        above = self.rows[row - 1]
        return block.shown.source_of(above.start, above.end).end

    def line(self, row: int, marks: Marks = NO_MARKS) -> Line:
        """Row number `row`, styled, with those of `marks` that lie on it painted over it."""
        found = self.rows[row]
        if found.block < 0:
            return ()
        block = self.document.blocks[found.block]
        overlays = [(start, end, str(weight)) for start, end, weight in block.shown.emphasis]
        touching = marks.touching(block.shown.source_of(found.start, found.end))
        for mark in touching:
            shown = block.shown.shown_of(mark.span)
            if shown is not None:
                overlays.append((*shown, mark.style))
        text = paint(block.shown.text, _base_style(block), overlays, found.start, found.end)
        return (*self._margin(block, found), _sign(touching), *_indented(block, found), *text)

    def _lay(self, index: int, block: Block) -> None:
        room = min(self.width - self._number - _SIGN, _MEASURE) - _indent(block)
        for number, (start, end) in enumerate(wrap(block.shown.text, room)):
            self.rows.append(Row(index, start, end, first=number == 0))

    def _margin(self, block: Block, row: Row) -> tuple[Piece, ...]:
        if not self._number:
            return ()
        number = str(self.document.line_of(block.span.start)) if row.first else ""
        return (Piece(number.rjust(self._number), "line-number"),)


def _sign(marks: Sequence[Mark]) -> Piece:
    """What says in the margin of a row that something on it is lit up, as on the ruler: `>` where the officer is."""
    styles = {name for mark in marks for name in mark.style.split()}
    if styles & {"current", "target"}:
        return Piece(">", "ruler-current")
    return Piece("▪", "ruler") if styles & {"chosen", "hit"} else Piece(" ")


def _indented(block: Block, row: Row) -> tuple[Piece, ...]:
    indent = _indent(block)
    if block.kind is BlockKind.QUOTE:
        return (Piece("│ " * block.level, "muted"),)
    marker = block.marker + " " if row.first and block.marker else ""
    return (Piece(marker.rjust(indent), "accent"),) if indent else ()


def _indent(block: Block) -> int:
    if block.kind is BlockKind.ITEM:
        return 2 * (block.level - 1) + len(block.marker or " ") + 1
    return 2 * block.level if block.kind is BlockKind.QUOTE else 0


def _base_style(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return "title" if block.level == 1 else "heading"
    return _BASE_STYLES.get(block.kind, "")


def _close_up(before: BlockKind, after: BlockKind) -> bool:
    """Whether a block stands right under the one before it, without an empty row."""
    return before is after and before in (BlockKind.ITEM, BlockKind.CODE, BlockKind.TABLE_ROW, BlockKind.CAPTION)
