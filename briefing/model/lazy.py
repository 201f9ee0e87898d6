"""Sequences that are made when they are first looked at, so that a document of any length opens at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Generic, TypeVar, overload

from briefing.model.span import Span

T_co = TypeVar("T_co", covariant=True)


class LazyTuple(Sequence[T_co], Generic[T_co]):
    """A tuple that is made when it is first looked at; equal to the tuple.

    Several threads may look at it. Two that come first at the same time both make it, and get the same.
    """

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Iterable[T_co]]) -> None:
        self._make: Callable[[], Iterable[T_co]] | None = make
        self._made: tuple[T_co, ...] = ()

    def _whole(self) -> tuple[T_co, ...]:
        make = self._make
        if make is not None:
            self._made = tuple(make())
            self._make = None  # after the above, since another thread may be asking
        return self._made

    def __len__(self) -> int:
        return len(self._whole())

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: int | slice) -> T_co | tuple[T_co, ...]:
        return self._whole()[index]

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._whole())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, LazyTuple):
            return self._whole() == other._whole()
        return isinstance(other, tuple) and self._whole() == other

    def __hash__(self) -> int:
        return hash(self._whole())

    def __repr__(self) -> str:
        return repr(self._whole())


class OnDemand(Sequence[T_co], Generic[T_co]):
    """A sequence each of whose items is made whenever it is asked for."""

    __slots__ = ("_count", "_make")

    def __init__(self, count: int, make: Callable[[int], T_co]) -> None:
        """`make` makes the item of that index, of `count`."""
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> list[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | list[T_co]:
        found = range(self._count)[index]
        return self._make(found) if isinstance(found, int) else [self._make(one) for one in found]

    def __iter__(self) -> Iterator[T_co]:
        return map(self._make, range(self._count))


class Joined(Sequence[T_co], Generic[T_co]):
    """Sequences one behind the other."""

    __slots__ = ("_ends", "_parts")

    def __init__(self, *parts: Sequence[T_co]) -> None:
        """How long `parts` are is asked at once, what is in them when it is looked at."""
        self._parts = parts
        self._ends = [*accumulate(map(len, parts))]

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> list[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | list[T_co]:
        found = range(len(self))[index]
        if not isinstance(found, int):
            return [self[one] for one in found]
        part = bisect_right(self._ends, found)
        return self._parts[part][found - self._ends[part]]  # counted from the end of its part

    def __iter__(self) -> Iterator[T_co]:
        return chain.from_iterable(self._parts)


class Parts(LazyTuple[T_co]):
    """A tuple made part by part, each when it is first looked at.

    To iterate over it, or to ask whether there is anything in it, makes no part before its turn; its length makes all.
    """

    __slots__ = ("_make_part", "_parts", "spans")

    def __init__(self, spans: Sequence[Span], make_part: Callable[[int], Iterable[T_co]]) -> None:
        """`spans` are the stretches of a text that the parts stand for; `make_part` makes the one with that number."""
        super().__init__(self._joined)
        self._make_part = make_part
        self._parts: dict[int, tuple[T_co, ...]] = {}
        self.spans = tuple(spans)
        """The stretch of the text that each part stands for; they share out all of it, in order."""

    def part(self, number: int) -> tuple[T_co, ...]:
        """All of part `number`, counted from 0."""
        part = self._parts.get(number)
        # Of two threads that make it at the same time, both give what the first one made.
        return part if part is not None else self._parts.setdefault(number, tuple(self._make_part(number)))

    def part_at(self, offset: int) -> int:
        """The number of the part in whose stretch character `offset` lies; that of the last one behind the end."""
        return max(0, bisect_right(self.spans, offset, key=lambda span: span.start) - 1)

    def _joined(self) -> Iterator[T_co]:
        return (one for number in range(len(self.spans)) for one in self.part(number))

    def __iter__(self) -> Iterator[T_co]:
        return self._joined()

    def __bool__(self) -> bool:
        return any(True for _ in self._joined())
