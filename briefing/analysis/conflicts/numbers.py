"""Statements that count the same things and come to different numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.analysis.conflicts.counts import Count, counts_in
from briefing.analysis.conflicts.pairs import (
    Found,
    Place,
    bucket_pairs,
    differ_in_date,
    is_development,
    likeness,
    nearest_deed,
    same_parties,
)
from briefing.analysis.conflicts.statements import Deed, Statement
from briefing.analysis.conflicts.wording import stem_of
from briefing.model import ConflictKind, Span, Stage

_PARTS = 4
"""Numbers that follow one another and may add up to another one, at most."""
_DEED = 8
"""Words between a number and the deed that it belongs to, at most."""


def number_conflicts(
    statements: Sequence[Statement],
    often: frozenset[str],
    copied: Callable[[Statement, Statement], bool],
) -> Iterator[Found]:
    """Pairs that count the same things otherwise. Parts of a sum, and numbers of another date or deed, are none.

    A heading is held against the text of its own document alone.
    """
    counts = [count for statement in statements for count in counts_in(statement)]
    parts = _parts(counts)
    whole = [count for count in counts if id(count) not in parts]
    twofold = _counted_twice(whole)
    for one, other in bucket_pairs(map(_Counted.of, whole), _keys):
        if one.statement is other.statement or one.count.agrees(other.count):
            continue
        if id(one.count) in twofold or id(other.count) in twofold or copied(one.statement, other.statement):
            continue
        if (one.statement.is_heading or other.statement.is_heading) and not _in_headline(one, other):
            continue
        shared, ratio = likeness(one.about, other.about, often)
        if shared >= 2 and _is_alike(one, other, shared, ratio) and _comparable(one, other):
            yield _found(one, other, shared * ratio)


@dataclass(frozen=True, eq=False)
class _Counted:
    """A count, and what stands near it."""

    count: Count
    statement: Statement
    about: frozenset[str]
    """What is said of the things counted, they themselves left out."""
    number: Place
    thing: Place

    @classmethod
    def of(cls, count: Count) -> _Counted:
        """A count with its places."""
        statement = count.statement
        about = statement.about(*statement.around(count.first, count.stop)) - {count.key, stem_of(count.noun)}
        return cls(count, statement, about, Place(statement, count.first), Place(statement, count.at))

    @cached_property
    def deed(self) -> Deed | None:
        """The deed that it belongs to."""
        return nearest_deed(self.statement, self.count.at, _DEED)

    @cached_property
    def span(self) -> Span:
        """Of the number and the noun."""
        return self.statement.source(self.count.first, self.count.stop)

    @cached_property
    def words(self) -> str:
        """The number in words for a reason."""
        return self.count.words


def _is_alike(one: _Counted, other: _Counted, shared: float, ratio: float) -> bool:
    """Whether both count the same things: what they share, by weight and as a part, tells."""
    items = one.about & other.about
    if one.count.is_measure:
        # "30 percent" and "two hours" are of anything: the same is done, and a word more than names is shared.
        is_said = any(item[0] == "=" for item in items) and any(item[0] not in "@=" for item in items)
        return is_said and ratio >= 0.6
    if one.count.is_article or other.count.is_article:
        return ratio >= 0.4 and _same_sort(one.count, other.count)
    is_done_to = any(item[0] == "=" for item in items) and any(item[0] == "@" for item in items)
    return ratio >= 0.5 or (is_done_to and shared >= 3)


def _in_headline(one: _Counted, other: _Counted) -> bool:
    """Whether one stands in a headline and the other in the text under it."""
    same = one.statement.document is other.statement.document
    return same and one.statement.is_heading != other.statement.is_heading


def _keys(counted: _Counted) -> Iterator[tuple[str, str]]:
    for item in sorted(counted.about):
        yield counted.count.key, item


def _parts(counts: Sequence[Count]) -> set[int]:
    """Those that add up to a number of the same things next to them in their document."""
    rows: dict[tuple[str, str], list[Count]] = defaultdict(list)
    for count in counts:
        rows[count.statement.document.id, count.key].append(count)
    parts: set[int] = set()
    for row in rows.values():
        for place, whole in enumerate(row):
            for length in range(2, _PARTS + 1):
                for summands in (row[place + 1 : place + 1 + length], row[max(0, place - length) : place]):
                    if len(summands) == length and sum(one.value for one in summands) == whole.value:
                        parts |= {id(one) for one in summands}
    return parts


def _comparable(one: _Counted, other: _Counted) -> bool:
    if differ_in_date(one.thing, other.thing):
        return False
    deeds = one.deed, other.deed
    if deeds[0] and deeds[1]:
        if deeds[0].family != deeds[1].family or is_development(deeds[0].stage, deeds[1].stage):
            return False
        if (deeds[0].stage is Stage.DENIED) != (deeds[1].stage is Stage.DENIED):
            return False
    elif one.count.is_article or other.count.is_article:
        return False
    return same_parties(one.number, other.number)


def _same_sort(one: Count, other: Count) -> bool:
    """Whether a word with the noun says that both are of one sort: "a naval exercise", "two naval exercises"."""
    sorts = [set(count.statement.about(count.first, count.at)) for count in (one, other)]
    return bool(sorts[0] & sorts[1])


def _counted_twice(counts: Sequence[Count]) -> set[int]:
    """Those whose statement itself counts such things twice, and so holds two sorts of them apart."""
    values: dict[tuple[str, str], list[Count]] = defaultdict(list)
    for count in counts:
        values[count.statement.wording, count.key].append(count)
    twice = (those for those in values.values() if len({count.value for count in those}) > 1)
    return {id(count) for those in twice for count in those}


def _found(one: _Counted, other: _Counted, clearness: float) -> Found:
    return Found(
        ConflictKind.NUMBER,
        one.statement,
        other.statement,
        (one.span, other.span),
        (one.words, other.words),
        clearness,
        max(one.count.noun, other.count.noun, key=len),
    )
