"""What a sentence says of roles and constraints, and how firmly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from briefing.model.span import Span


class Stance(StrEnum):
    """Which way a sentence leans for the actor."""

    ENABLES = "enables"
    LIMITS = "limits"
    NEUTRAL = "neutral"


class Status(StrEnum):
    """How far along what is said of a role is, firmest first."""

    DONE = "done"
    ANNOUNCED = "announced"
    POSSIBLE = "possible"
    GENERAL = "general"
    """Nothing said of how far along: a fact, a capability, a limit in general."""


class Stage(StrEnum):
    """How far along what is said is, on the finer ladder that officers see; firmest first."""

    DONE = "done"
    UNDER_WAY = "under way"
    ANNOUNCED = "announced"
    PLANNED = "planned"
    PROPOSED = "proposed"
    POSSIBLE = "possible"
    UNCLEAR = "unclear"
    """Nothing said of how far along."""
    DENIED = "denied"
    """Said not to be, or not to be going to be."""

    @property
    def status(self) -> Status:
        """The one of the four of `Status` that it counts as."""
        return _STATUSES[self]


_STATUSES = {
    Stage.DONE: Status.DONE,
    Stage.UNDER_WAY: Status.DONE,
    Stage.ANNOUNCED: Status.ANNOUNCED,
    Stage.PLANNED: Status.ANNOUNCED,
    Stage.PROPOSED: Status.POSSIBLE,
    Stage.POSSIBLE: Status.POSSIBLE,
    Stage.UNCLEAR: Status.GENERAL,
    Stage.DENIED: Status.GENERAL,
}


class ClaimLabel(StrEnum):
    """What of a claim an officer can put right."""

    ROLES = "roles"
    CONSTRAINTS = "constraints"
    STANCE = "stance"
    STAGE = "stage"
    VOICE = "voice"
    AS_OF = "as_of"


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that decided one label of a claim."""

    label: str
    """What was decided: "role:training", "constraint:cost", "stance:limits", "stage:possible", "voice", "as_of"."""
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence with what it says about the scenario."""

    document: str
    """`Document.id`."""
    span: Span
    line: int
    """Line of the first character, counted from 1."""
    quote: str
    """The words at `span`, verbatim."""
    roles: tuple[str, ...]
    """Ids, in the order of the scenario file."""
    constraints: tuple[str, ...]
    """Ids, in the order of the scenario file."""
    stance: Stance
    stage: Stage
    voice: str
    """Who says so: "author", or "Ministry of Defense via UATV"."""
    as_of: str | None
    """The date the sentence speaks from: ISO 8601 as far as known (day, month or year)."""
    cues: Sequence[Cue] = ()
    heading: bool = False
    """Said in a heading, caption or copy: shown as such, and never outranks the body."""
    corrected: tuple[ClaimLabel, ...] = ()
    """What an officer has put right."""
    confirmed: tuple[ClaimLabel, ...] = ()
    """What an officer has said to be as it was read."""

    @property
    def decided(self) -> tuple[ClaimLabel, ...]:
        """What holds because an officer said so, whatever rules make of the words."""
        return self.corrected + self.confirmed

    @property
    def status(self) -> Status:
        """The one of the four that `stage` counts as; what exports call it."""
        return self.stage.status
