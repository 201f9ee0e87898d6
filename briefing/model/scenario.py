"""The question a pack is to answer: roles held against constraints, and what was made of each pair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Rating(StrEnum):
    """How strongly a constraint bears on a role, weakest first."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    BLOCKING = "blocking"


class Confidence(StrEnum):
    """How sure the one who rated is."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Role:
    """Something the actor could do."""

    id: str
    name: str
    terms: tuple[str, ...]
    """Words by which text speaks of it, in the term language of the scenario file."""
    unless: tuple[str, ...] = ()
    """Words that look like a term and mean something else."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """Something that could stand in the way."""

    id: str
    name: str
    terms: tuple[str, ...]
    unless: tuple[str, ...] = ()
    reaches: tuple[str, ...] | None = None
    """Ids of the roles that a general sentence about this constraint holds for; None for every role."""


@dataclass(frozen=True, slots=True)
class QuoteRef:
    """Exact words in a document that a rating rests on."""

    document: str
    text: str
    start: int | None = None
    """The character at which they stood when somebody rested a rating on them; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What somebody decided about one cell."""

    role: str
    constraint: str
    rating: Rating
    confidence: Confidence | None = None
    note: str = ""
    by: str = "draft"
    """Who decided; "draft" for what came with the pack and nobody has confirmed."""
    quotes: tuple[QuoteRef, ...] = ()
    at: datetime | None = None
    """When it was decided; None for a draft."""
    seen: int = 0
    """How many quotes stood in the cell then, where that is more than `quotes` names; else 0."""

    @property
    def drafted(self) -> bool:
        """Whether this came with the pack rather than from an officer."""
        return self.by == "draft"


@dataclass(frozen=True, slots=True)
class Scenario:
    """The question, the actor, and what to hold against what."""

    question: str
    actor: str
    actor_terms: tuple[str, ...]
    """Words that mean the actor or a group it belongs to; what others do is no evidence for its roles."""
    roles: tuple[Role, ...]
    constraints: tuple[Constraint, ...]
    assessments: tuple[Assessment, ...] = ()
    """Drafts, with the quotes that have gone from their documents too."""
