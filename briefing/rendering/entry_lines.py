"""On which lines of a list its entries stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from briefing.rendering.entry import EntriesOnDemand, Entry, EntryLists

_AT_ONCE = 25
"""Entries: of a longer list those whose lines are yet to be made are only made when somebody looks at them."""
_FIRST = 4
"""Of these, what is made at once, to tell how long the others may be."""


class EntryLines:
    """The entries of a list from top to bottom, made and placed only as far down as somebody looks."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._placed: list[int] = [0]
        """The first line of every entry that is placed, and the one behind them."""
        self._starts = self._placed
        if isinstance(entries, EntriesOnDemand | EntryLists):
            # Whatever looked at all entries would make them.
            self.values = entries.values
            height = entries.height if isinstance(entries, EntriesOnDemand) else None
            if height is not None:
                self._starts = range(0, (len(entries) + 1) * height, height)
            self.place((len(entries) if len(entries) <= _AT_ONCE else _FIRST) - 1)
        else:
            self.values = [entry.value for entry in entries]
            late = (index for index, one in enumerate(entries) if index >= _AT_ONCE and one.lines_to_be_made)
            self.place(next(late, len(entries)) - 1)

    values: Sequence[object]
    """Of all entries."""
    _starts: Sequence[int]

    def __len__(self) -> int:
        return len(self.values)

    @property
    def line_count(self) -> int:
        """Lines of all entries; where not all are placed, those yet to come are taken to be as long as the others."""
        if self._is_whole or not self._reached:
            return self._starts[self._reached]
        return self._starts[-1] * len(self) // self._reached

    def start(self, index: int) -> int:
        """The first line of an entry."""
        self.place(index)
        return self._starts[index]

    def height(self, index: int) -> int:
        """Lines of an entry."""
        self.place(index)
        return self._starts[index + 1] - self._starts[index]

    def at(self, line: int) -> int:
        """Index of the entry that stands on a line; of the last one for a line behind it, -1 where there is none."""
        while not self._is_whole and self._starts[-1] <= line:
            self.place(self._reached)
        return min(bisect_right(self._starts, line) - 1, len(self) - 1)

    def entry(self, index: int) -> Entry:
        """An entry."""
        return self._entries[index]

    def place(self, index: int) -> None:
        """Make all entries down to `index`, as far as there are so many."""
        for entry in self._entries[self._reached : index + 1] if not self._is_whole else ():
            self._placed.append(self._placed[-1] + len(entry.lines))

    @property
    def _reached(self) -> int:
        """How many entries are placed."""
        return len(self._starts) - 1

    @property
    def _is_whole(self) -> bool:
        return self._reached >= len(self)
