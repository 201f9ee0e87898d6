"""What a sentence says of roles and constraints, and how firmly."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that decided one label of a claim."""

    label: str
    """What was decided: "role:training", "constraint:cost", "stance:limits", "status:possible", "voice", "as_of"."""
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
    status: Status
    voice: str
    """Who says so: "author", or "Ministry of Defense via UATV"."""
    as_of: str | None
    """The date the sentence speaks from: ISO 8601 as far as known (day, month or year)."""
    cues: tuple[Cue, ...] = ()
    heading: bool = False
    """Said in a heading, caption or copy: shown as such, and never outranks the body."""
