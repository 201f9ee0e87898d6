"""Entries of a list: one or more lines that are chosen as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import overload

from briefing.model import Joined, LazyTuple
from briefing.rendering.line import Line, Piece


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list shows for one thing."""

    lines: Sequence[Line]
    value: object = None
    """What choosing it means; None for a heading, which cannot be chosen."""

    @property
    def lines_to_be_made(self) -> bool:
        """Whether nobody knows how many lines it takes before they are made."""
        return isinstance(self.lines, LazyTuple) and not isinstance(self.lines, LinesToCome)


class LinesToCome(LazyTuple[Line]):
    """The lines of an entry of a long list, made when they come on the screen; how many is known before."""

    __slots__ = ("_count",)

    def __init__(self, make: Callable[[], Iterable[Line]], count: int = 1) -> None:
        super().__init__(make)
        self._count = count

    def __len__(self) -> int:
        return self._count


class EntriesOnDemand(Sequence[Entry]):
    """Entries of a long list, each made when it is looked at; all can be chosen."""

    def __init__(
        self, values: Sequence[object], lines: Callable[[int], tuple[Line, ...]], height: int | None = None
    ) -> None:
        """`lines` makes the lines of the entry with that index, which stands for that one of `values`."""
        self.values = values
        """What choosing each of them means."""
        self.height = height
        """Lines that each takes; None where that is not known before they are made."""
        self._lines = lines

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        return Entry(self._lines(index), self.values[index])


class EntryLists(Joined[Entry]):
    """Lists of entries one below the other, of which some are made on demand."""

    def __init__(self, *lists: Sequence[Entry]) -> None:
        super().__init__(*lists)
        self.values: Sequence[object] = Joined(*map(_values, lists))
        """What choosing each of the entries means."""


def _values(entries: Sequence[Entry]) -> Sequence[object]:
    if isinstance(entries, EntriesOnDemand | EntryLists):
        return entries.values
    return [entry.value for entry in entries]


def heading(text: str, note: str = "") -> Entry:
    """An entry that names the ones below it."""
    pieces = (Piece(text, "group"),) + ((Piece(f"  {note}", "muted"),) if note else ())
    return Entry((pieces,))


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 quote", "2 quotes", "3 entries"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
