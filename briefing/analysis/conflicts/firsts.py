"""What one statement calls the first of its kind, where another tells of an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from briefing.analysis.conflicts.pairs import Day, Found, bucket_pairs, by_date, likeness
from briefing.analysis.conflicts.statements import Statement
from briefing.analysis.conflicts.wording import listed
from briefing.model import ConflictKind, EntityType, Stage


def first_conflicts(
    statements: Sequence[Statement],
    often: frozenset[str],
    copied: Callable[[Statement, Statement], bool],
) -> Iterator[Found]:
    """Pairs of a statement that calls something the first of its kind and one that tells of an earlier one.

    Two that call the same thing the first at different times are such a pair too.
    """
    firsts = {id(statement): place for statement in statements if (place := _first_at(statement))}
    prose = [statement for statement in statements if not statement.is_heading and statement.deeds]

    def is_first(statement: Statement) -> bool:
        return id(statement) in firsts

    for one, other in bucket_pairs(prose, lambda statement: _keys(statement, is_first(statement)), is_first):
        for claimed, earlier in ((one, other), (other, one)):
            place = firsts.get(id(claimed))
            if place and not copied(one, other):
                found = _earlier(claimed, place, earlier, firsts.get(id(earlier)), often)
                if found:
                    yield found


def _first_at(statement: Statement) -> tuple[int, int] | None:
    """The tokens that call something the first: "for the first time", "first-ever"."""
    folds = statement.folds
    if "first" not in folds and "never" not in folds:
        return None
    for index, word in enumerate(folds):
        if word == "first" and folds[index + 1 : index + 2]:
            if folds[index + 1] in listed("first"):
                return index, index + 2
            if folds[index + 1] == "-" and folds[index + 2 : index + 3] == ["ever"]:
                return index, index + 3
        if word == "never" and folds[index + 1 : index + 2] == ["before"]:
            return index, index + 2
    return None


def _keys(statement: Statement, is_first: bool) -> Iterator[tuple[str, str]]:
    """Family and other item; statements that tell of no date and call nothing the first share none."""
    if not is_first and not _looks_back(statement):
        return
    families = sorted({deed.family for deed in statement.deeds})
    items = sorted(item for item in statement.subjects if item[0] != "=")
    for family in families:
        for item in items:
            yield family, item


def _looks_back(statement: Statement) -> bool:
    return statement.has("before") or any(one.mention.type is EntityType.DATE for one in statement.named)


def _earlier(
    claimed: Statement,
    place: tuple[int, int],
    earlier: Statement,
    also_first: tuple[int, int] | None,
    often: frozenset[str],
) -> Found | None:
    scope = claimed.about(*claimed.around(*place))
    told = earlier.subjects
    families = {item for item in scope & told if item[0] == "="}
    shared, ratio = likeness(scope, told, often)
    if not families or shared < 3 or ratio < 0.6:
        return None
    deeds = [deed for deed in earlier.deeds if f"={deed.family}" in families and deed.stage is Stage.DONE]
    if not deeds or not _is_before(earlier, claimed, also_first is not None):
        return None
    deed = deeds[0]
    spans = claimed.source(*place), earlier.source(*(also_first or (deed.first, deed.at + 1)))
    reason = f"“{claimed.words(*place)}”", f"“{earlier.words(*(also_first or (deed.first, deed.at + 1)))}” before"
    return Found(ConflictKind.FIRST, claimed, earlier, spans, reason, shared * ratio, deed.family)


def _is_before(earlier: Statement, claimed: Statement, both_first: bool) -> bool:
    then, now = _day(earlier), _day(claimed)
    if then and now and then.precedes(now):
        return True
    return not both_first and earlier.has("before") and not (then and now and now.precedes(then))


def _day(statement: Statement) -> Day | None:
    """When what the statement tells of took place, as far as it says; else when it was written."""
    days = [Day.read(one.mention.canonical) for one in statement.named if one.mention.type is EntityType.DATE]
    return next((day for day in days if day), by_date(statement))
