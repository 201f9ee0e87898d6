"""Which pairs still disagree when officers have put right what was read of their sentences."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.analysis.conflicts.pairs import Day
from briefing.model import Claim, ClaimLabel, Conflict, ConflictKind, Side, Stage, Stance


def still_disagreeing(conflicts: Iterable[Conflict], claims: Iterable[Claim]) -> tuple[Conflict, ...]:
    """Those of `conflicts` that still disagree when `claims` are as officers put them right.

    An officer's word stands for what was read in that sentence. Nothing is held together anew: a label that was put
    right makes no pair, and the time taken does not grow with the documents.
    """
    by_place = {(claim.document, claim.span): claim for claim in claims if claim.decided}
    if not by_place:
        return tuple(conflicts)
    return tuple(
        conflict
        for conflict in conflicts
        if _disagrees(conflict, *(by_place.get((side.document, side.span)) for side in (conflict.one, conflict.other)))
    )


def _disagrees(conflict: Conflict, one: Claim | None, other: Claim | None) -> bool:
    """Whether a pair does, given the claims of its sentences of which an officer said anything."""
    label, put_right = conflict.label, [claim for claim in (one, other) if claim]
    if label is ClaimLabel.STANCE and any(conflict.constraint not in claim.constraints for claim in put_right):
        return False
    if label is None or not any(label in claim.decided for claim in put_right):
        return True
    values = _value(conflict.one, one, label), _value(conflict.other, other, label)
    if label is ClaimLabel.STANCE:
        return set(values) == {Stance.LIMITS, Stance.ENABLES}
    if label is ClaimLabel.AS_OF:
        days = Day.read(values[0]), Day.read(values[1])
        return bool(days[0] and days[1] and days[0].differs(days[1]))
    return _differ_in_stage(conflict.kind, Stage(values[0]), Stage(values[1]))


def _value(side: Side, claim: Claim | None, label: ClaimLabel) -> str:
    """What an officer said of a side, else what was read there."""
    if claim is None or label not in claim.decided:
        return side.value
    if label is ClaimLabel.AS_OF:
        return claim.as_of or ""
    return claim.stage if label is ClaimLabel.STAGE else claim.stance


def _differ_in_stage(kind: ConflictKind, one: Stage, other: Stage) -> bool:
    if kind is ConflictKind.POLARITY:
        return (one is Stage.DENIED) is not (other is Stage.DENIED)
    return Stage.UNCLEAR not in (one, other) and one.status is not other.status
