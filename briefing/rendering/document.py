"""A document as rows of the screen: wrapped once for a width, styled only where it is looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from briefing.model import Block, BlockKind, Document, Span
from briefing.rendering.line import Line, Piece, paint
from briefing.rendering.marks import NO_MARKS, Mark, Marks
from briefing.rendering.rows import Place, Row, Rows

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


class DocumentLayout:
    """The rows of one document at one width, wrapped where they are looked at.

    How many there are is an estimate until all are. So the number of a row holds until others are asked for; what stays
    is the character it shows. A document of a single part, as most are, is wrapped at once.
    """

    def __init__(self, document: Document, width: int) -> None:
        self.document = document
        self.width = width
        lines = len(document.line_starts)
        self._number = max(_NUMBER, len(str(lines))) if width >= _NARROW else 0
        self._rows = Rows(document, self._room)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def rows(self) -> list[Row]:
        """Every row, from top to bottom, all of them wrapped."""
        return list(self._rows)

    def page(self, row: int, height: int) -> int:
        """The number that `row` has once `height` rows from it on are wrapped; that of one above it near the end."""
        bottom = self._rows.step(self._rows.place(row), height - 1)
        return self._rows.number(self._rows.step(bottom, 1 - height))

    def step(self, row: int, by: int) -> int:
        """The number of the row `by` rows below `row`, or above it, once all between them is wrapped."""
        return self._rows.number(self._rows.step(self._rows.place(row), by))

    def last(self) -> int:
        """The number of the last row, once that is wrapped."""
        return self._rows.number(self._rows.last())

    def row_of(self, offset: int) -> int:
        """The row that shows character `offset` of the document, or, where it is hidden, the nearest one to it."""
        block = self.document.block_at(offset)
        if block is None:
            return 0
        stretch = self._rows.stretch_at(max(block.span.start, min(offset, block.span.end - 1)))
        shown = block.shown.shown_of(Span(offset, max(offset + 1, block.span.end)))
        # Nothing shown from there to the end of the block: the words before it are the nearest.
        place = shown[0] if shown else len(block.shown.text)
        starts = self._rows.starts(stretch, block)
        # A long block is divided at spaces, so that what stands before the first of them is in the stretch above.
        while block.kind is not BlockKind.MARKUP and stretch > 0 and (not starts or starts[0] > place):
            stretch -= 1
            starts = self._rows.starts(stretch, block)
        first = _first_row(self._rows.of_stretch(stretch), block)
        row = first + max(0, bisect_right(starts, place) - 1)
        return self._rows.number(self._rows.step(Place(stretch, row), 0))

    def offset_of(self, row: int) -> int:
        """The first character of the document shown in `row` or below it."""
        if row >= len(self):
            return len(self.document.text)
        place = self._rows.place(row)
        if place.row < 0:
            return len(self.document.text)
        found = self._rows[place]
        if found.block is None:
            found = self._rows[self._rows.step(place, 1)]
        if found.block is None:
            return len(self.document.text)
        return found.block.shown.source_of(found.start, min(found.start + 1, found.end)).start

    def beginning_of(self, row: int) -> int:
        """Where, in the document, begins what `row` stands for: markup hidden before it belongs to it.

        Rows from the first to the last so share out all characters among them. An empty row between blocks has none;
        below the last row is the end of the text. Nothing is wrapped for it: of what is not, it is an estimate.
        """
        return self._rows.estimated_beginning(row) if row < len(self) else len(self.document.text)

    def line(self, row: int, marks: Marks = NO_MARKS) -> Line:
        """Row number `row`, styled, with those of `marks` that lie on it painted over it."""
        found = self._rows[self._rows.place(row)]
        block = found.block
        if block is None:
            return ()
        overlays = [(start, end, str(weight)) for start, end, weight in block.shown.emphasis]
        touching = marks.touching(block.shown.source_of(found.start, found.end))
        for mark in touching:
            shown = block.shown.shown_of(mark.span)
            if shown is not None:
                overlays.append((*shown, mark.style))
        text = paint(block.shown.text, _base_style(block), overlays, found.start, found.end)
        return (*self._margin(block, found), _sign(touching), *_indented(block, found), *text)

    def _room(self, block: Block) -> int:
        """Cells for the text of a row of `block`."""
        return min(self.width - self._number - _SIGN, _MEASURE) - _indent(block)

    def _margin(self, block: Block, row: Row) -> tuple[Piece, ...]:
        if not self._number:
            return ()
        number = str(self.document.line_of(block.span.start)) if row.first else ""
        return (Piece(number.rjust(self._number), "line-number"),)


def pane_title(document: Document, note: str) -> str:
    """What `document` is called where it stands, with `note` behind it."""
    return f"{document.label}  {note}".rstrip()


def place_words(document: Document, top: int, lines: int, shown: int) -> str:
    """The date of `document` and how far down it one is: row `top` of its `lines` first, of which `shown` are seen."""
    percent = min(100, round(100 * top / max(1, lines - shown)))
    return f"{document.date or 'undated'} · {'all' if lines <= shown else f'{percent} %'}"


def _first_row(rows: Sequence[Row], block: Block) -> int:
    """Which of `rows` is the first of `block`, or that of what follows it where it has none."""
    for number, row in enumerate(rows):
        if row.block is not None and row.block.span.start >= block.span.start:
            empty = row.block is not block and number > 0 and rows[number - 1].block is None
            return number - 1 if empty else number
    return len(rows)


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
