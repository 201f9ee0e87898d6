"""The rows of a document at one width, wrapped only near where somebody looks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from briefing.model import Block, BlockKind, Document, Span
from briefing.rendering.line import wrap

_STRETCH = 16_384
"""Characters that are wrapped together, or up to twice as many. What divides a block longer than that begins a row."""
_NEAR = 200
"""Characters within which a space is looked for, to divide such a block there."""


class Row(NamedTuple):
    """One row of the screen, before it is styled."""

    block: Block | None
    """None for an empty row between blocks."""
    start: int
    """First character shown, in the block's shown text."""
    end: int
    """One past the last character shown."""
    first: bool
    """Whether it is the first row of its block."""


class Place(NamedTuple):
    """A row that is wrapped. Unlike its number this does not change when rows above it are."""

    stretch: int
    row: int
    """Counted from the first row of the stretch; -1 where there is no row at all."""


class Rows:
    """The rows of a document in stretches, each wrapped when it is first looked at; until then their count is a guess.

    So the number of a row changes when rows above it are wrapped, and is not to be kept.
    """

    def __init__(self, document: Document, room: Callable[[Block], int]) -> None:
        """`room` says how many cells a row of a block has for its text."""
        self._document, self._room = document, room
        divided = [(part, span) for part, whole in enumerate(document.parts.spans) for span in _divided(whole)]
        self._parts = [part for part, _ in divided]
        """The part of the document that each stretch belongs to."""
        self._spans = [span for _, span in divided]
        self._made: list[list[Row] | None] = [None] * len(divided)
        self._counts = [0] * len(divided)
        self._tops: list[int] | None = None
        """Number of the first row of every stretch, and last that of all rows; made when it is asked for."""
        # What is not yet wrapped is taken to be like the beginning.
        share = max(1, len(self.of_stretch(0))) / max(1, len(self._spans[0]))
        self._counts[1:] = [max(1, round(len(span) * share)) for span in self._spans[1:]]
        self._tops = None

    def __len__(self) -> int:
        return self._numbers()[-1]

    def __getitem__(self, place: Place) -> Row:
        return self.of_stretch(place.stretch)[place.row]

    def __iter__(self) -> Iterator[Row]:
        return (row for stretch in range(len(self._spans)) for row in self.of_stretch(stretch))

    def of_stretch(self, stretch: int) -> list[Row]:
        """The rows of a stretch, wrapped now if they are not yet."""
        rows = self._made[stretch]
        if rows is None:
            rows = self._made[stretch] = list(self._wrap(stretch))
            if len(rows) != self._counts[stretch]:
                self._counts[stretch], self._tops = len(rows), None
        return rows

    def starts(self, stretch: int, block: Block) -> list[int]:
        """Where in what `block` shows the rows begin that it has in a stretch."""
        return [row.start for row in self.of_stretch(stretch) if row.block is block]

    def stretch_at(self, offset: int) -> int:
        """The number of the stretch that character `offset` of the document lies in."""
        return max(0, bisect_right(self._spans, offset, key=lambda span: span.start) - 1)

    def number(self, place: Place) -> int:
        """The number that the row at `place` has now; 0 where there is none."""
        return max(0, self._numbers()[place.stretch] + place.row)

    def place(self, number: int) -> Place:
        """Where row `number` is, or the last one; where it was only estimated, the row as far down its stretch."""
        stretch = self._stretch_of(number)
        row, estimated = number - self._numbers()[stretch], self._counts[stretch]
        wrapped = len(self.of_stretch(stretch))
        return self.step(Place(stretch, row if wrapped == estimated else row * wrapped // max(1, estimated)), 0)

    def step(self, place: Place, by: int) -> Place:
        """The row `by` rows below (or above) another, or the last (or first); all between them is wrapped."""
        stretch, row = place.stretch, place.row + by
        while row < 0 and stretch > 0:
            stretch -= 1
            row += len(self.of_stretch(stretch))
        row = max(0, row)
        while row >= len(self.of_stretch(stretch)) and stretch + 1 < len(self._spans):
            row -= len(self.of_stretch(stretch))
            stretch += 1
        row = min(row, len(self.of_stretch(stretch)) - 1)
        while row < 0 and stretch > 0:
            stretch -= 1
            row = len(self.of_stretch(stretch)) - 1
        return Place(stretch, row)

    def last(self) -> Place:
        """The last row of all."""
        return self.step(Place(len(self._spans) - 1, len(self.of_stretch(len(self._spans) - 1))), 0)

    def beginning(self, place: Place) -> int:
        """The first character of the document that the row at `place` stands for, with markup hidden before it."""
        rows = self.of_stretch(place.stretch)
        found = rows[place.row] if rows[place.row].block is not None else rows[place.row + 1]
        if found.block is None:
            return self._spans[place.stretch].start
        if found.first:
            return found.block.span.start
        if place.row == 0:
            return found.block.shown.source_of(found.start, found.end).start
        above = rows[place.row - 1]
        return found.block.shown.source_of(above.start, above.end).end

    def estimated_beginning(self, number: int) -> int:
        """The same of row `number`, to a row or so where that is not wrapped."""
        stretch = self._stretch_of(number)
        row, span = number - self._numbers()[stretch], self._spans[stretch]
        if self._made[stretch] is not None:
            return self.beginning(Place(stretch, row))
        return span.start + len(span) * row // max(1, self._counts[stretch])

    def _numbers(self) -> list[int]:
        if self._tops is None:
            self._tops = list(accumulate(self._counts, initial=0))
        return self._tops

    def _stretch_of(self, number: int) -> int:
        return min(bisect_right(self._numbers(), number), len(self._spans)) - 1

    def _wrap(self, stretch: int) -> Iterator[Row]:
        span = self._spans[stretch]
        above = self._kind_above(span.start)
        for block in self._document.parts.part(self._parts[stretch]):
            start, end = _shared(block, span)
            if block.kind is BlockKind.MARKUP or start > end:
                continue
            if start == 0 and above is not None and not _close_up(above, block.kind):
                yield Row(None, 0, 0, first=False)
            for number, (begin, stop) in enumerate(wrap(block.shown.text[start:end], self._room(block))):
                yield Row(block, start + begin, start + stop, first=start + number == 0)
            above = block.kind

    def _kind_above(self, offset: int) -> BlockKind | None:
        """What the nearest block that is shown above character `offset` is."""
        above = self._document.blocks_back_from(offset - 1) if offset else iter(())
        return next((block.kind for block in above if block.kind is not BlockKind.MARKUP), None)


def _divided(span: Span) -> list[Span]:
    """`span` in stretches, as many as it takes for none to be more than twice as long as the others may be."""
    count = max(1, len(span) // _STRETCH)
    edges = [span.start + len(span) * number // count for number in range(count + 1)]
    return [Span(start, end) for start, end in pairwise(edges)]


def _shared(block: Block, span: Span) -> tuple[int, int]:
    """The characters that `block` shows of the stretch `span`: all of a short one that begins in it; else (0, -1)."""
    text = block.shown.text
    if len(text) < 2 * _STRETCH:
        return (0, len(text)) if span.start <= block.span.start < span.end else (0, -1)
    start, end = _edge(block, span.start), _edge(block, span.end)
    return (start, end) if start < end else (0, -1)


def _edge(block: Block, offset: int) -> int:
    """Where what a long block shows is divided for character `offset` of the document: behind the next space."""
    if offset <= block.span.start:
        return 0
    shown = block.shown.shown_of(Span(offset, max(offset, block.span.end)))
    if shown is None:
        return len(block.shown.text)
    space = block.shown.text.find(" ", shown[0], shown[0] + _NEAR)
    return space + 1 if space >= 0 else shown[0]


def _close_up(before: BlockKind, after: BlockKind) -> bool:
    """Whether a block stands right under the one before it, without an empty row."""
    return before is after and before in (BlockKind.ITEM, BlockKind.CODE, BlockKind.TABLE_ROW, BlockKind.CAPTION)
