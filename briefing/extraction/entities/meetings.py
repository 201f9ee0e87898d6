"""Tells one meeting of a body from another, by the year before it and the place and year after it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from briefing.extraction.entities.lists import words_of
from briefing.extraction.entities.scan import Scan
from briefing.model import EntityType

_YEAR = re.compile(r"(?:19|20)\d\d")
_REACH = 5


class Held(NamedTuple):
    """When and where a meeting was held, as far as the words beside its name say so."""

    year: str = ""
    place: str = ""


def held(scan: Scan, first: int, stop: int) -> Held:
    """When and where the meeting at tokens `first` to before `stop` was held; nothing for what is no meeting."""
    if scan.fold_at(stop - 1) not in words_of("head_nouns.toml", "frames", "meetings"):
        return Held()
    before = scan.fold_at(first - 1)
    year = before if _YEAR.fullmatch(before) else ""
    listed = scan.at.get(stop + 1)
    place = ""
    if scan.fold_at(stop) == "in" and listed and listed.entry.type is EntityType.PLACE:
        place, stop = listed.entry.name, listed.stop
    for index in range(stop, min(len(scan.tokens), stop + _REACH)):
        word = scan.fold_at(index)
        if word in (".", ";", ":", "(", "and"):
            break
        if not year and _YEAR.fullmatch(word):
            year = word
    return Held(year, place)


@dataclass(slots=True)
class Meetings:
    """The meetings that documents tell apart, by the meeting's name without case or year."""

    seats: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    """Where the one of a year was held."""

    def learn(self, found: Iterable[tuple[str, Held]]) -> None:
        """Takes in the meetings of a document."""
        for name, held in found:
            if held.year and held.place:
                self.seats[name, held.year].add(held.place)

    def label(self, name: str, held: Held) -> str:
        """What tells the meeting from others of its name: "in Capital", else its year, else ""."""
        places = {held.place} if held.place else self.seats.get((name, held.year), set())
        return f"in {next(iter(places))}" if len(places) == 1 else held.year
