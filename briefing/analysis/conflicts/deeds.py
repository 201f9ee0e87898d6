"""Statements that tell of the same deed and differ: whether it was done, whether at all, when, or whether first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from briefing.analysis.conflicts.pairs import (
    Day,
    Found,
    Place,
    bucket_pairs,
    by_date,
    likeness,
    same_parties,
)
from briefing.analysis.conflicts.statements import Deed, Statement
from briefing.analysis.conflicts.wording import contraries, listed
from briefing.model import ClaimLabel, ConflictKind, EntityType, Mention, Span, Stage

_SO_FAR = frozenset(("has", "have", "had", "did", "was", "were", "been", "never"))
"""Beside what denies a deed, these say that it was not done until now; it may be yet."""


@dataclass(frozen=True, eq=False)
class Telling:
    """A deed in its statement."""

    statement: Statement
    deed: Deed
    items: frozenset[str]
    """What is said around the deed, the deed itself left out."""
    place: Place
    """Of the deed."""

    @cached_property
    def date(self) -> Day | None:
        """The one named nearest to it."""
        return self.place.date

    @cached_property
    def span(self) -> Span:
        """Of the words that tell of the deed and how firm it is."""
        return self.statement.source(self.deed.first, self.deed.at + 1)

    @cached_property
    def next_to(self) -> frozenset[str]:
        """Who does it, or what is done: before or after the deed, for one may be said in the passive."""
        return self.statement.next_to(self.deed.at)

    @cached_property
    def words(self) -> str:
        """The same words as shown."""
        return f"“{self.statement.words(self.deed.first, self.deed.at + 1)}”"


def deed_conflicts(
    statements: Sequence[Statement],
    often: frozenset[str],
    copied: Callable[[Statement, Statement], bool],
) -> Iterator[Found]:
    """Pairs of tellings of one deed that differ in status, in polarity or in date. Headings are left out."""
    tellings = list(_tellings(statement for statement in statements if not statement.is_heading))
    for one, other in bucket_pairs(tellings, _keys):
        if one.statement is other.statement or not _may_disagree(one, other):
            continue
        if copied(one.statement, other.statement):
            continue
        shared, ratio = likeness(one.items, other.items, often)
        if shared < 1.5 or ratio < 0.45:
            continue
        arguments = len(one.next_to & other.next_to)
        found = _disagreement(one, other, shared * ratio, ratio >= 0.6 or arguments >= 2)
        if found and arguments and same_parties(one.place, other.place):
            yield found


def _may_disagree(one: Telling, other: Telling) -> bool:
    """Whether a pair whose deeds are of these families, stages and dates can disagree; no other is worth comparing."""
    stages = one.deed.stage, other.deed.stage
    if Stage.POSSIBLE in stages:
        return False
    if one.deed.family != other.deed.family:
        return (stages[0] is Stage.DENIED) is (stages[1] is Stage.DENIED)
    if stages[0] is stages[1]:
        return stages[0] in (Stage.DONE, Stage.PLANNED) and _differ_in_date(one, other)
    return Stage.DENIED in stages or Stage.UNCLEAR not in stages


def _disagreement(one: Telling, other: Telling, clearness: float, much_alike: bool) -> Found | None:
    found = _polarity(one, other, clearness) if much_alike else None
    if found or one.deed.family != other.deed.family:
        return found
    return _status(one, other, clearness) or (_date(one, other, clearness) if much_alike else None)


def _tellings(statements: Iterator[Statement]) -> Iterator[Telling]:
    for statement in statements:
        for deed in statement.deeds:
            start, stop = statement.around(deed.at, deed.at + 1)
            items = statement.about(start, stop) - {f"={deed.family}"}
            yield Telling(statement, deed, items, Place(statement, deed.at))


def _keys(telling: Telling) -> Iterator[tuple[str, str]]:
    families = _paired_with(telling.deed.family)
    for item in sorted(telling.items):
        for family in families:
            yield family, item


@lru_cache(maxsize=1 << 12)
def _paired_with(family: str) -> tuple[str, ...]:
    """For the family and each that says its contrary, the first of the two, by which both are found."""
    families = {family, *(other for one, other in contraries() if one == family)}
    return tuple(min(other, family) for other in sorted(families))


def _differ_in_date(one: Telling, other: Telling) -> bool:
    return bool(one.date and other.date and one.date.differs(other.date))


def _polarity(one: Telling, other: Telling, clearness: float) -> Found | None:
    denied = one.deed.stage is Stage.DENIED, other.deed.stage is Stage.DENIED
    if _differ_in_date(one, other) or Stage.POSSIBLE in (one.deed.stage, other.deed.stage):
        return None
    if _only_tells_which(one) or _only_tells_which(other):
        return None
    if (one.deed.family == other.deed.family) == (denied[0] == denied[1]):
        return None
    if any(_is_development(denied, told) for denied, told in ((one, other), (other, one))):
        return None
    return _found(ConflictKind.POLARITY, one, other, clearness)


def _only_tells_which(telling: Telling) -> bool:
    """Whether the deed only tells which thing is meant: "the boats that were not delivered"."""
    first = telling.deed.first
    return any(token.fold == "that" for token in telling.statement.tokens[max(0, first - 2) : first])


def _is_development(denied: Telling, told: Telling) -> bool:
    """Whether something was not done when one was written, and is planned, or was done when the other was."""
    if denied.deed.stage is not Stage.DENIED:
        return False
    if told.deed.stage is not Stage.DONE:
        near = denied.statement.tokens[max(0, denied.deed.first - 2) : denied.deed.at]
        return told.deed.stage is Stage.PLANNED and any(token.fold in _SO_FAR for token in near)
    before, after = by_date(denied.statement), told.date or by_date(told.statement)
    # "Never" is said of all time before: what is told without a date may belong there.
    never = denied.statement.tokens[denied.deed.first].fold == "never" and not told.date
    return bool(before and after and before.precedes(after)) and not never


def _status(one: Telling, other: Telling, clearness: float) -> Found | None:
    done, planned = (one, other) if one.deed.stage is Stage.DONE else (other, one)
    if done.deed.stage is not Stage.DONE or planned.deed.stage is not Stage.PLANNED:
        return None
    if _differ_in_date(one, other) or one.statement.has("more") or other.statement.has("more"):
        return None
    if done.statement.document is not planned.statement.document:
        days = by_date(done.statement), by_date(planned.statement)
        if (days[0] is None) != (days[1] is None) or (days[0] and days[1] and days[1].precedes(days[0])):
            return None
    return _found(ConflictKind.STATUS, one, other, clearness)


def _date(one: Telling, other: Telling, clearness: float) -> Found | None:
    if one.date is None or other.date is None or not one.date.differs(other.date):
        return None
    if one.deed.family not in listed("once") and (one.date.year != other.date.year or not one.date.month):
        return None
    if one.deed.stage is not other.deed.stage or one.deed.stage not in (Stage.DONE, Stage.PLANNED):
        return None
    if any(telling.statement.has(key) for telling in (one, other) for key in ("moved", "recurring")):
        return None
    dates = _dated(one), _dated(other)
    return Found(
        ConflictKind.DATE,
        one.statement,
        other.statement,
        (dates[0].span, dates[1].span),
        (dates[0].text, dates[1].text),
        clearness,
        one.deed.family,
        label=ClaimLabel.AS_OF,
        values=(dates[0].canonical, dates[1].canonical),
    )


def _dated(telling: Telling) -> Mention:
    dates = [one for one in telling.statement.named if one.mention.type is EntityType.DATE]
    nearest = min(dates, key=lambda one: min(abs(one.first - telling.deed.at), abs(one.stop - 1 - telling.deed.at)))
    return nearest.mention


def _found(kind: ConflictKind, one: Telling, other: Telling, clearness: float) -> Found:
    return Found(
        kind,
        one.statement,
        other.statement,
        (one.span, other.span),
        (one.words, other.words),
        clearness,
        one.deed.family,
        # Deeds of two families are contraries, however far along either is.
        label=ClaimLabel.STAGE if one.deed.family == other.deed.family else None,
        values=(one.deed.stage, other.deed.stage),
    )


def headline_conflicts(statements: Sequence[Statement], often: frozenset[str]) -> Iterator[Found]:
    """Headings that tell as done what the text under them calls planned, or as certain what it calls possible.

    A heading is held against the text of its document; the sentence most like it speaks for the text.
    """
    told = _tellings(statement for statement in statements if statement.is_heading)
    firm = [(one, stage) for one in told if (stage := _headline_stage(one)) in (Stage.DONE, Stage.PLANNED)]
    bodies: dict[str, list[Telling]] = {one.statement.document.id: [] for one, _ in firm}
    prose = (one for one in statements if not one.is_heading and one.document.id in bodies)
    for telling in _tellings(prose):
        bodies[telling.statement.document.id].append(telling)
    for telling, stage in firm:
        found = _overclaim(telling, stage, bodies[telling.statement.document.id], often)
        if found:
            yield found


def _headline_stage(telling: Telling) -> Stage:
    """How firm a headline makes its deed: in a headline the present tense tells of what was done."""
    tokens, at = telling.statement.tokens, telling.deed.at
    if telling.deed.stage is not Stage.UNCLEAR:
        return telling.deed.stage
    follows = tokens[at + 1].fold if at + 1 < len(tokens) else "of"
    goes_on = follows[0].isalnum() and follows not in ("of", "and", "or")
    is_verb = at > 0 and tokens[at - 1].text[-1].isalnum() and tokens[at].fold.endswith("s") and goes_on
    return Stage.DONE if is_verb and not _is_done_to(telling) else Stage.UNCLEAR


def _is_done_to(telling: Telling) -> bool:
    """Whether another deed of the headline comes before, so that this one is a noun it is done to."""
    return any(deed.at < telling.deed.at for deed in telling.statement.deeds)


def _overclaim(telling: Telling, stage: Stage, body: Sequence[Telling], often: frozenset[str]) -> Found | None:
    best: tuple[float, Telling] | None = None
    for other in body:
        if other.deed.family != telling.deed.family:
            continue
        shared, ratio = likeness(telling.items, other.items, often)
        if shared < 1.5 or ratio < 0.4 or not same_parties(telling.place, other.place):
            continue
        weaker = other.deed.stage is Stage.POSSIBLE or (stage is Stage.DONE and other.deed.stage is Stage.PLANNED)
        if not weaker and other.deed.stage is not Stage.DENIED:
            return None
        if weaker and (best is None or shared * ratio > best[0]):
            best = shared * ratio, other
    if best is None:
        return None
    firm = stage is Stage.DONE and best[1].deed.stage is Stage.PLANNED
    reason = f"{telling.words} in the headline", f"{best[1].words} in the text"
    kind = ConflictKind.STATUS if firm else ConflictKind.HEADLINE
    return Found(
        kind,
        telling.statement,
        best[1].statement,
        (telling.span, best[1].span),
        reason,
        best[0] + 1,
        telling.deed.family,
        label=ClaimLabel.STAGE,
        values=(stage, best[1].deed.stage),
    )
