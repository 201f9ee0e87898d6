"""What the evidence of a cell points to, by a rule short enough to be said in one line. It rates nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.model import Claim, Rating, Stage, Stance, Suggestion

_REPORTED = (Stage.DONE, Stage.UNDER_WAY, Stage.ANNOUNCED)


def suggestion_for(
    direct: Sequence[Claim], inherited: Sequence[Claim], stage: Stage | None, origins: Mapping[str, int]
) -> Suggestion | None:
    """What `direct` and `inherited` claims point to for a role whose firmest stage is `stage`; None for no claim.

    A direct denial blocks; direct limits from two origins weigh high, from one moderately; a role that is reported as
    done or announced was not stopped; general limits alone weigh moderately; what enables, lightly. `origins` numbers
    the origin of each document.
    """
    limiting = [claim for claim in direct if claim.stance is Stance.LIMITS]
    denied = [claim for claim in limiting if claim.stage is Stage.DENIED]
    number = len({origins.get(claim.document, claim.document) for claim in limiting})
    if denied:
        return Suggestion(Rating.BLOCKING, f"{_counted(len(denied), 'direct quote denies', 'direct quotes deny')} it")
    if limiting:
        rating = Rating.HIGH if number > 1 else Rating.MODERATE
        limits = _counted(len(limiting), "direct quote limits", "direct quotes limit")
        return Suggestion(rating, f"{limits}, from {_counted(number, 'origin', 'origins')}")
    if stage in _REPORTED and (direct or inherited):
        return Suggestion(Rating.LOW, f"{stage}, so not stopped by it; no direct quote limits")
    return _without_limits(direct, inherited)


def _without_limits(direct: Sequence[Claim], inherited: Sequence[Claim]) -> Suggestion | None:
    if any(claim.stance is Stance.ENABLES for claim in direct):
        return Suggestion(Rating.LOW, "direct quotes enable, none limits")
    if any(claim.stance is Stance.LIMITS for claim in inherited):
        return Suggestion(Rating.MODERATE, "general quotes limit, none is about this role")
    return None


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
