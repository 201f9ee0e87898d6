"""Statements paired where they may be about the same thing, and how much they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from briefing.analysis.conflicts.statements import Deed, Named, Statement
from briefing.model import ClaimLabel, ConflictKind, EntityType, Span, Stage

_AHEAD = 12
"""Each member of a bucket is held against so many that follow it, so that time grows with the members."""
_MONTHS = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WHERE = frozenset(("in", "at", "near"))
_DAY = re.compile(r"(?:(?P<month>[A-Z][a-z]+) )?(?:(?P<day>\d{1,2}),? ?)?(?P<year>\d{4})?")

Member = TypeVar("Member")


class Day(NamedTuple):
    """A date as far as it is known; 0 stands for what is not."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def read(cls, name: str) -> Day | None:
        """Reads "May 29, 2026", "July 2024", "March 17", "2021" and "2021-03-17"; None for anything else."""
        iso = re.match(r"(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)", name)
        if iso:
            return cls(*(int(part or 0) for part in iso.groups()))
        match = _DAY.fullmatch(name)
        if not match or not (match["month"] or match["year"]) or (match["month"] or "May") not in _MONTHS:
            return None
        month = _MONTHS.index(match["month"]) if match["month"] else 0
        return cls(int(match["year"] or 0), month, int(match["day"] or 0))

    def differs(self, other: Day) -> bool:
        """Whether the two cannot be the same day, month or year."""
        if self.year and other.year and self.year != other.year:
            return True
        if self.month and other.month and self.month != other.month:
            return True
        return bool(self.day and other.day and self.day != other.day)

    def precedes(self, other: Day) -> bool:
        """Whether it is known to be before `other`."""
        for one, two in zip(self, other, strict=True):
            if not one or not two or one != two:
                return bool(one and two and one < two)
        return False


@dataclass(frozen=True, slots=True)
class Found:
    """Two statements that disagree, and on which words."""

    kind: ConflictKind
    one: Statement
    other: Statement
    words: tuple[Span, Span]
    """Of `one`, and of `other`."""
    reason: tuple[str, str]
    """What `one` says, and what `other` says."""
    clearness: float
    """How sure it is that both speak of the same thing: of two, the higher is kept."""
    noun: str = ""
    """What both are about, where they share neither role nor entity."""
    constraint: str = ""
    """Id of the constraint that they disagree on."""
    label: ClaimLabel | None = None
    """What of a claim the two are read to differ in."""
    values: tuple[str, str] = ("", "")
    """What is read of it in `one`, and in `other`."""


def bucket_pairs(
    members: Iterable[Member],
    keys: Callable[[Member], Iterable[Hashable]],
    is_looked_for: Callable[[Member], bool] | None = None,
) -> Iterator[tuple[Member, Member]]:
    """Each two members that share a key and stand near one another among those that share it; each pair once.

    Given `is_looked_for`, only those of which one at least is such.
    """
    numbered = list(members)
    count = len(numbered)
    looked_for = {number for number, member in enumerate(numbered) if is_looked_for is None or is_looked_for(member)}
    buckets: dict[Hashable, list[int]] = defaultdict(list)
    for number, member in enumerate(numbered):
        for key in keys(member):
            buckets[key].append(number)
    seen: set[int] = set()
    for bucket in buckets.values():
        if looked_for.isdisjoint(bucket):
            continue
        for place, number in enumerate(bucket[:-1], 1):
            first = number * count
            for other in bucket[place : place + _AHEAD]:
                if first + other not in seen:
                    seen.add(first + other)
                    if number in looked_for or other in looked_for:
                        yield numbered[number], numbered[other]


def likeness(one: frozenset[str], other: frozenset[str], often: frozenset[str]) -> tuple[float, float]:
    """How much two sets of items share: the weight of what both have, and that as a part of the lighter set.

    An item weighs 1, or half as much where it is one of those spoken of `often`.
    """
    shared = _weight(one & other, often)
    if not shared:
        return 0.0, 0.0
    return shared, shared / min(_weight(one, often), _weight(other, often))


def _weight(items: frozenset[str], often: frozenset[str]) -> float:
    return len(items) - len(items & often) / 2


@dataclass(frozen=True, eq=False)
class Place:
    """A token of a statement, and when and who is named near it. Each is looked for once."""

    statement: Statement
    at: int
    """Index of the token."""

    @cached_property
    def date(self) -> Day | None:
        """The date named nearest to it, as far as it can be read; None where none is near."""
        start, stop = self.statement.around(self.at, self.at + 1)
        near = [
            (min(abs(one.first - self.at), abs(one.stop - 1 - self.at)), one)
            for one in self.statement.named
            if one.mention.type is EntityType.DATE and start <= one.first < stop
        ]
        return Day.read(min(near, key=lambda pair: pair[0])[1].mention.canonical) if near else None

    @cached_property
    def doer(self) -> str | None:
        """The entity named next before it, no place where it is done."""
        start, _ = self.statement.around(self.at, self.at + 1)
        for one in reversed(self.statement.named):
            is_near = start <= one.first and one.stop <= self.at and _acts(self.statement, one)
            if is_near and not (one.first and self.statement.folds[one.first - 1] in _WHERE):
                return one.mention.canonical
        return None

    @cached_property
    def receiver(self) -> str | None:
        """The entity named next after it."""
        _, stop = self.statement.around(self.at, self.at + 1)
        near = (one for one in self.statement.named if self.at < one.first < stop and _acts(self.statement, one))
        first = next(near, None)
        return first.mention.canonical if first else None


def differ_in_date(one: Place, other: Place) -> bool:
    """Whether the dates nearest to two tokens differ; where one has none, its document's year stands for it."""
    first, second = one.date, other.date
    if first and second:
        return first.differs(second)
    named, written = (first, by_date(other.statement)) if first else (second, by_date(one.statement))
    return bool(named and written and named.year and written.year and named.year != written.year)


def nearest_deed(statement: Statement, at: int, reach: int) -> Deed | None:
    """The deed nearest to token `at`, at most `reach` tokens away."""
    near = [deed for deed in statement.deeds if abs(deed.at - at) <= reach]
    return min(near, key=lambda deed: (abs(deed.at - at), deed.at), default=None)


def same_parties(one: Place, other: Place) -> bool:
    """Whether who does it and whom it is done to, named next to the two tokens, are not plainly others."""
    for first, second in ((one.doer, other.doer), (one.receiver, other.receiver)):
        if first and second and not _is_named(first, other.statement) and not _is_named(second, one.statement):
            return False
    return True


def _is_named(name: str, statement: Statement) -> bool:
    """Whether a statement names it, be it in a longer or shorter form."""
    words = frozenset(name.split())
    return any(words <= theirs or theirs <= words for theirs in statement.parties)


def _acts(statement: Statement, one: Named) -> bool:
    return one.mention.type is not EntityType.DATE and not statement.only_says(one)


def is_development(one: Stage, other: Stage) -> bool:
    """Whether one tells of a plan and the other of its having been done."""
    return {one, other} in ({Stage.DONE, Stage.PLANNED}, {Stage.DONE, Stage.POSSIBLE})


def by_date(statement: Statement) -> Day | None:
    """When the statement was written."""
    return Day.read((statement.document.date or "")[:10])


def copies(statements: Sequence[Statement]) -> Callable[[Statement, Statement], bool]:
    """A test whether two statements say the same, or of two documents one has both: then they are held there."""
    said: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        said[statement.document.id].add(statement.wording)

    def copied(one: Statement, other: Statement) -> bool:
        if one.wording == other.wording:
            return True
        if one.document is other.document:
            return False
        return one.wording in said[other.document.id] or other.wording in said[one.document.id]

    return copied
