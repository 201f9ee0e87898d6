"""Rows that moved up or down: the terminal can move them itself, with its scroll region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import eq, itemgetter
from typing import NamedTuple

from briefing.tui.terminal.cells import BLANK, Row

_STRIPES = 4
"""Parts of a row that are looked for apart: a row has moved although its scrollbar, or the pane beside it, has not."""

_TEXT = itemgetter(0)
"""What stands in a cell."""


class Scroll(NamedTuple):
    """Rows that move together; what comes in at the one end is blank, and what leaves at the other is lost."""

    top: int
    bottom: int
    """The first and the last row, from 0."""
    by: int
    """Rows up; negative, down."""

    @property
    def sequence(self) -> str:
        """What makes the terminal do it, the pen being plain; the cursor is at the top left afterwards.

        DECSTBM, and then index or reverse index (line feed, ESC M) at the margin: the Linux console and the VT100
        know no other way. A blank row has the terminal's own background then, whatever it does with colours.
        """
        margin = self.bottom if self.by > 0 else self.top
        move = "\n" * self.by if self.by > 0 else "\x1bM" * -self.by
        return f"\x1b[{self.top + 1};{self.bottom + 1}r\x1b[{margin + 1}H{move}\x1b[r"

    def applied(self, screen: Sequence[Row]) -> list[Row]:
        """What the terminal shows of `screen` afterwards."""
        block = list(screen[self.top : self.bottom + 1])
        blanks = [[BLANK] * len(block[0]) for _ in range(abs(self.by))]
        block = block[self.by :] + blanks if self.by > 0 else blanks + block[: self.by]
        return [*screen[: self.top], *block, *screen[self.bottom + 1 :]]


def find_scroll(old: Sequence[Row], new: Sequence[Row]) -> Scroll | None:
    """The scroll after which the fewest cells of `old` differ from `new`, as far as can be guessed; None without one.

    It is a guess only in that it may not pay: compare how many cells differ with and without.
    """
    by = _likely_shift(old, new)
    if not by:
        return None
    # Where a row is better served by the one that would come to its place, it gains; the best stretch of rows scrolls.
    rows = range(max(0, -by), min(len(new), len(new) - by))
    gains = [_same(old[row + by], new[row]) - _same(old[row], new[row]) for row in rows]
    first, last = _best_stretch(gains)
    if first > last:
        return None
    top, bottom = rows[first], rows[last]
    return Scroll(top, bottom + by, by) if by > 0 else Scroll(top + by, bottom, by)


def _likely_shift(old: Sequence[Row], new: Sequence[Row]) -> int:
    """By how many rows most of what changed has moved up; 0 where nothing did."""
    votes: Counter[int] = Counter()
    width = len(new[0])
    texts = [[*map(_TEXT, row)] for row in old]
    changed = [(number, row) for number, row in enumerate(new) if row != old[number]]
    for stripe in range(_STRIPES):
        columns = slice(width * stripe // _STRIPES, width * (stripe + 1) // _STRIPES)
        where: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            where.setdefault("".join(text[columns]), []).append(number)
        for number, row in changed:
            part = row[columns]
            if part == old[number][columns]:
                continue
            alike = where.get("".join(map(_TEXT, part)), ())
            places = [place for place in alike if old[place][columns] == part]
            # What stands in many places, such as blanks, says nothing about where it came from.
            if len(places) == 1:
                votes[places[0] - number] += 1
    return min(votes, key=lambda by: (-votes[by], abs(by), by), default=0)


def _same(old: Row, new: Row) -> int:
    return len(new) if old == new else sum(map(eq, old, new))


def _best_stretch(gains: Sequence[int]) -> tuple[int, int]:
    """The first and the last place of the stretch with the greatest sum; none, (0, -1), where no gain is positive."""
    best, span = 0, (0, -1)
    total, start = 0, 0
    for place, gain in enumerate(gains):
        if total <= 0:
            total, start = 0, place
        total += gain
        if total > best:
            best, span = total, (start, place)
    return span
