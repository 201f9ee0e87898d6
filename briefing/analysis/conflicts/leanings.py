"""What helps in one statement and stands in the way in another; what is limited in one and announced in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from briefing.analysis.conflicts.pairs import Found, bucket_pairs, likeness
from briefing.analysis.conflicts.statements import Deed, Statement
from briefing.analysis.conflicts.wording import listed
from briefing.model import Claim, ClaimLabel, ConflictKind, Span, Stage, Stance

_PLAINEST = 6
"""Statements of either leaning that are held against one another for each constraint."""
_PAIRS = 2
"""Pairs for each constraint, where there are as many statements of either leaning and more."""
_SHARED = 2
"""What two such statements have in common at the least: the actor, and a word or name more."""
_LEANINGS = "an obstacle", "an asset"
_OBJECT = 10
"""Words after a word of restraint that tell what is restrained."""
_SAME_ROOT = 5
"""Letters that a noun and its verb have in common at the least: "acquisition", "acquire"."""


@dataclass(frozen=True, slots=True, eq=False)
class _Leaning:
    """A statement that says which way a constraint leans."""

    statement: Statement
    claim: Claim
    plainness: float
    """How plainly it says so: by its cues, and in how few words."""
    items: frozenset[str]

    @property
    def words(self) -> Span:
        """Those that decide the leaning, else those that name the constraint, else all."""
        cues = [cue for cue in self.claim.cues if self.statement.span.contains(cue.span)]
        deciding = [cue.span for cue in cues if cue.label.startswith("stance:")]
        naming = [cue.span for cue in cues if cue.label.startswith("constraint:")]
        if not deciding or not naming:
            return next(iter(deciding + naming), self.statement.span)
        return min(deciding, key=lambda span: min(abs(span.start - name.start) for name in naming))


def constraint_conflicts(statements: Sequence[Statement]) -> Iterator[Found]:
    """Pairs in which the same constraint limits the actor here and helps it there, from the claims of statements."""
    by_constraint: dict[str, dict[Stance, list[_Leaning]]] = defaultdict(lambda: defaultdict(list))
    for statement in statements:
        items = statement.subjects
        for claim in statement.claims:
            for constraint in () if claim.heading else claim.constraints:
                leaning = _Leaning(statement, claim, _plainness(claim, constraint), items)
                by_constraint[constraint][claim.stance].append(leaning)
    for constraint, by_stance in by_constraint.items():
        limits, enables = by_stance[Stance.LIMITS], by_stance[Stance.ENABLES]
        most = max(1, min(_PAIRS, len(limits) - 1, len(enables) - 1))
        for clearness, one, other in _plainest_pairs(limits, enables)[:most]:
            yield Found(
                ConflictKind.POLARITY,
                one.statement,
                other.statement,
                (one.words, other.words),
                _LEANINGS,
                clearness / 8,
                constraint=constraint,
                label=ClaimLabel.STANCE,
                values=(Stance.LIMITS, Stance.ENABLES),
            )


def _plainest_pairs(limits: Sequence[_Leaning], enables: Sequence[_Leaning]) -> list[tuple[float, _Leaning, _Leaning]]:
    """The plainest of both that share a word, each statement once, the clearest pair first."""
    plainest = [
        sorted(leanings, key=lambda one: (-one.plainness, one.statement.place))[:_PLAINEST]
        for leanings in (limits, enables)
    ]
    pairs = [
        (one.plainness + other.plainness + _closeness(one, other), one, other)
        for one, other in product(*plainest)
        if len(one.items & other.items) >= _SHARED and one.statement is not other.statement
    ]
    taken: set[tuple[str, Span]] = set()
    chosen = []
    for pair in sorted(pairs, key=lambda pair: (-pair[0], pair[1].statement.place, pair[2].statement.place)):
        places = {pair[1].statement.place, pair[2].statement.place}
        if not places & taken:
            taken |= places
            chosen.append(pair)
    return chosen


def _closeness(one: _Leaning, other: _Leaning) -> float:
    """How much two share of what they speak of; two documents that differ tell more than one that weighs."""
    shared = len(one.items & other.items) / min(len(one.items), len(other.items))
    return 1.5 * shared + 0.25 * (one.statement.document is not other.statement.document)


def _plainness(claim: Claim, constraint: str) -> float:
    leaning = any(cue.label == f"stance:{claim.stance}" for cue in claim.cues)
    named = any(cue.label == f"constraint:{constraint}" for cue in claim.cues)
    return leaning + named + 10 / (10 + len(claim.quote.split())) - 0.2 * (len(claim.constraints) - 1)


def restraint_conflicts(
    statements: Sequence[Statement],
    often: frozenset[str],
    copied: Callable[[Statement, Statement], bool],
) -> Iterator[Found]:
    """Pairs of a statement that a deed is limited or forbidden, and one that it is done or planned all the same."""
    prose = [statement for statement in statements if not statement.is_heading]
    restraints = {id(statement): place for statement in prose if (place := _restraint_at(statement)) is not None}
    for one, other in bucket_pairs(prose, _keys, lambda statement: id(statement) in restraints):
        if (id(one) in restraints) == (id(other) in restraints) or copied(one, other):
            continue
        limiting, doing = (one, other) if id(one) in restraints else (other, one)
        found = _in_spite(limiting, restraints[id(limiting)], doing, often)
        if found:
            yield found


def _restraint_at(statement: Statement) -> int | None:
    words = listed("restraint")
    if not words.has_any(statement.folds):
        return None
    return next(index for index, word in enumerate(statement.folds) if word in words)


def _keys(statement: Statement) -> Iterator[tuple[str, str]]:
    items = sorted(item for item in statement.subjects if item[0] != "=")
    for family in sorted({deed.family for deed in statement.deeds}):
        for item in items:
            yield family, item


def _in_spite(limiting: Statement, place: int, doing: Statement, often: frozenset[str]) -> Found | None:
    stop = min(limiting.around(place, place + 1)[1], place + 1 + _OBJECT)
    scope = limiting.about(place + 1, stop)
    for deed in doing.deeds:
        if f"={deed.family}" not in scope or not _goes_on(doing, deed):
            continue
        told = doing.about(*doing.around(deed.at, deed.at + 1))
        _, ratio = likeness(scope, told, often)
        plain = [item for item in scope & told if item[0] not in "@="]
        if len(plain) >= 2 and ratio >= 0.7 and _own_voice(limiting, doing):
            spans = limiting.source(place, place + 1), doing.source(deed.first, deed.at + 1)
            reason = f"“{limiting.words(place, place + 1)}”", f"“{doing.words(deed.first, deed.at + 1)}” all the same"
            clearness = ratio
            constraint = next((id for claim in limiting.claims for id in claim.constraints), "")
            return Found(ConflictKind.POLARITY, limiting, doing, spans, reason, clearness, deed.family, constraint)
    return None


def _goes_on(statement: Statement, deed: Deed) -> bool:
    is_against = "against" in statement.folds[: deed.at]
    return deed.stage in (Stage.DONE, Stage.PLANNED) and not is_against and not statement.has("negation")


def _own_voice(limiting: Statement, doing: Statement) -> bool:
    """Whether both speak of the same party: claims are always about the actor; else they share a name."""
    if limiting.claims and doing.claims:
        return True
    names = [{named.mention.key for named in statement.named} for statement in (limiting, doing)]
    return bool(names[0] & names[1])


def failure_conflicts(statements: Sequence[Statement]) -> Iterator[Found]:
    """Statements that tell of a deed and, in the same breath, of the failure of an attempt at it."""
    for statement in statements:
        for failed in statement.deeds if statement.has("failure") else ():
            start = _failure_before(statement, failed)
            if start is None:
                continue
            for deed in statement.deeds:
                told = deed.stage is not Stage.DENIED and _failure_before(statement, deed) is None
                if told and deed.family == failed.family and _root(statement, deed) == _root(statement, failed):
                    spans = statement.source(deed.at, deed.at + 1), statement.source(start, failed.at + 1)
                    reason = f"“{statement.words(deed.at, deed.at + 1)}”", f"“{statement.words(start, failed.at + 1)}”"
                    yield Found(ConflictKind.POLARITY, statement, statement, spans, reason, 4.0, deed.family)


def _root(statement: Statement, deed: Deed) -> str:
    return statement.tokens[deed.at].fold[:_SAME_ROOT]


def _failure_before(statement: Statement, deed: Deed) -> int | None:
    words = listed("failure")
    near = range(max(0, deed.at - 7), deed.at)
    return next((index for index in near if statement.folds[index] in words), None)
