"""Two sentences that cannot both be right, or not at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from briefing.model.claim import ClaimLabel
from briefing.model.span import Span


class ConflictKind(StrEnum):
    """What they disagree on."""

    NUMBER = "number"
    DATE = "date"
    STATUS = "status"
    POLARITY = "polarity"
    """One says what the other denies, or one speaks for and the other against."""
    FIRST = "first"
    """One calls something the first of its kind, the other tells of an earlier one."""
    HEADLINE = "headline"
    """A headline claims more than the text under it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sentences."""

    document: str
    """`Document.id`."""
    span: Span
    """Of the sentence."""
    words: Span
    """Of the words that disagree, within the sentence."""
    value: str = ""
    """What the rules read there of `Conflict.label`: "done", "limits", a date."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A pair of sentences about the same thing that disagree."""

    id: str
    """Sixteen hexadecimal digits made from kind, subject and both quotes: the same as long as the words are."""
    kind: ConflictKind
    subject: str
    """What both are about, in words: the name of a role or an entity."""
    one: Side
    other: Side
    reason: str
    """What disagrees, in one clause: "two exercises against one"."""
    roles: tuple[str, ...] = ()
    """Ids of the roles that both speak of."""
    constraints: tuple[str, ...] = ()
    """Ids of the constraints that either speaks of."""
    settled: str | None = None
    """The note with which an officer settled it; None while it is open."""
    settled_by: str = ""
    """The officer who did, as "user@host"."""
    settled_at: datetime | None = None
    label: ClaimLabel | None = None
    """What the two are read to differ in and an officer can put right; None where the words alone disagree."""
    constraint: str = ""
    """Id of the one constraint that they disagree on."""
