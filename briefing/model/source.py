"""What documents are worth: which of them repeat one another, and how officers grade them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reliability(StrEnum):
    """How far a source is to be trusted, from the Admiralty scale (NATO STANAG 2511, AJP-2.1)."""

    COMPLETELY = "A"
    USUALLY = "B"
    FAIRLY = "C"
    NOT_USUALLY = "D"
    UNRELIABLE = "E"
    NOT_JUDGED = "F"


class Credibility(StrEnum):
    """How far what is said is to be believed, whoever says it; from the Admiralty scale."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    NOT_JUDGED = "6"


class TriageState(StrEnum):
    """What an officer wants with a document."""

    NEW = "new"
    """Nobody has decided."""
    KEPT = "kept"
    SKIPPED = "skipped"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Origin:
    """Documents that say what they say from one source, and so count once."""

    documents: tuple[str, ...]
    """`Document.id`s, in the order of the pack; one alone for a document that repeats no other."""
    reason: str = ""
    """Why they count as one: "41 % of the words of a.txt stand in b.txt", "according to UATV", "said by ann@desk"."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Documents that are found to belong to one origin, and why."""

    documents: tuple[str, ...]
    """`Document.id`s."""
    reason: str


@dataclass(frozen=True, slots=True)
class Graded:
    """How an officer grades a document. The two scales are kept apart; nothing is made of them but what they say."""

    document: str
    reliability: Reliability
    credibility: Credibility
    by: str
