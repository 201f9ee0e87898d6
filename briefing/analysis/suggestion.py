"""What the evidence of a cell points to, by a rule short enough to be said in one line. It rates nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefing.model import ClaimKind, Rating, Stage, Stance, Suggestion

_REPORTED = (Stage.DONE, Stage.UNDER_WAY, Stage.ANNOUNCED)


class Alike(NamedTuple):
    """Claims of one kind."""

    kind: ClaimKind
    numbers: Sequence[int]
    """Those of the claims, in ascending order."""
    origins: frozenset[int | str]
    """What tells apart the origins that they come from."""


def origins_in(groups: Iterable[Alike]) -> int:
    """How many origins the claims of `groups` come from."""
    return len(frozenset[int | str]().union(*(group.origins for group in groups)))


def suggestion_for(direct: Sequence[Alike], inherited: Sequence[Alike], stage: Stage | None) -> Suggestion | None:
    """What `direct` and `inherited` claims point to for a role whose firmest stage is `stage`; None for no claim.

    A direct denial blocks; direct limits from two origins weigh high, from one moderately; a role that is reported as
    done or announced was not stopped; general limits alone weigh moderately; what enables, lightly.
    """
    limiting = [group for group in direct if group.kind.stance is Stance.LIMITS]
    denied = sum(len(group.numbers) for group in limiting if group.kind.stage is Stage.DENIED)
    number = origins_in(limiting)
    if denied:
        return Suggestion(Rating.BLOCKING, f"{_counted(denied, 'direct quote denies', 'direct quotes deny')} it")
    if limiting:
        rating = Rating.HIGH if number > 1 else Rating.MODERATE
        count = sum(len(group.numbers) for group in limiting)
        limits = _counted(count, "direct quote limits", "direct quotes limit")
        return Suggestion(rating, f"{limits}, from {_counted(number, 'origin', 'origins')}")
    if stage in _REPORTED and (direct or inherited):
        return Suggestion(Rating.LOW, f"{stage}, so not stopped by it; no direct quote limits")
    return _without_limits(direct, inherited)


def _without_limits(direct: Sequence[Alike], inherited: Sequence[Alike]) -> Suggestion | None:
    if any(group.kind.stance is Stance.ENABLES for group in direct):
        return Suggestion(Rating.LOW, "direct quotes enable, none limits")
    if any(group.kind.stance is Stance.LIMITS for group in inherited):
        return Suggestion(Rating.MODERATE, "general quotes limit, none is about this role")
    return None


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
