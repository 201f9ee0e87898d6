"""How often each of many things goes by each of its names, when most of them have one name alone."""

from __future__ import annotations

from collections import Counter


class FormCounts:
    """Counts the forms of things that have numbers; only what has several forms takes a counter of its own."""

    def __init__(self) -> None:
        self._first: dict[int, str] = {}
        self._times: dict[int, int] = {}
        """How often each thing was counted in all."""
        self._others: dict[int, Counter[str]] = {}
        """The forms of each thing but its first."""

    def add(self, thing: int, form: str) -> None:
        """Count the thing of that number once more, under that form."""
        times = self._times.get(thing, 0)
        self._times[thing] = times + 1
        if not times:
            self._first[thing] = form
        elif self._first[thing] != form:
            self._others.setdefault(thing, Counter())[form] += 1

    def __contains__(self, thing: int) -> bool:
        return thing in self._times

    def total(self, thing: int) -> int:
        """How often a thing was counted."""
        return self._times.get(thing, 0)

    def of(self, thing: int) -> Counter[str]:
        """How often a thing that was counted goes by each of its forms, in the order in which they were met."""
        others = self._others.get(thing, Counter[str]())
        return Counter({self._first[thing]: self._times[thing] - others.total(), **others})
