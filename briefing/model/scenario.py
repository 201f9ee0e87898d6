"""The question a pack is to answer: roles held against constraints, and what was made of each pair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from briefing.model.claim import Claim, Stage, Status


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


class Basis(StrEnum):
    """What a cell rests on."""

    DIRECT = "direct"
    """At least one sentence is about both the role and the constraint."""
    INHERITED = "inherited"
    """Only general sentences about the constraint, which hold for every role they can apply to."""
    NONE = "none"
    """No evidence in the documents."""


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


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the evidence of a cell points to, by a simple rule that anybody can apply. Never a rating."""

    rating: Rating
    reason: str
    """Why, in one clause: "2 direct quotes limit, from 1 origin"."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One role against one constraint: the evidence, then what was made of it."""

    role: str
    constraint: str
    direct: tuple[Claim, ...]
    """Sentences about both, body before headings."""
    inherited: tuple[Claim, ...]
    """General sentences about the constraint alone that reach this role."""
    origins: int
    """How many independent origins the evidence comes from."""
    assessment: Assessment | None = None
    """The latest rating of an officer, else the draft of the pack."""
    rivals: tuple[Assessment, ...] = ()
    """What other officers decided where it differs, latest first."""
    suggestion: Suggestion | None = None
    conflicts: tuple[str, ...] = ()
    """Ids of the open conflicts between sentences of its evidence."""
    struck: tuple[Claim, ...] = ()
    """What would be evidence, had it not been struck."""
    struck_quotes: tuple[QuoteRef, ...] = ()
    """Which of the quotes of `assessment` were struck."""
    lost_quotes: tuple[QuoteRef, ...] = ()
    """Which of the others are gone from their document: they count for nothing."""
    changes: tuple[str, ...] = ()
    """What has changed since it was rated, and through sources that were struck, each in a clause."""

    @property
    def basis(self) -> Basis:
        """Direct before inherited before none."""
        if self.direct:
            return Basis.DIRECT
        return Basis.INHERITED if self.inherited else Basis.NONE

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All evidence, direct first."""
        return self.direct + self.inherited

    @property
    def standing_quotes(self) -> tuple[QuoteRef, ...]:
        """The quotes of `assessment` that still hold it up: neither struck nor gone."""
        quotes = self.assessment.quotes if self.assessment else ()
        return tuple(quote for quote in quotes if quote not in (*self.struck_quotes, *self.lost_quotes))

    @property
    def tally(self) -> str:
        """How many quotes there are: direct ones as they are, inherited ones after a tilde, as in "2 ~3"."""
        parts = [str(len(self.direct))] if self.direct else []
        return " ".join([*parts, f"~{len(self.inherited)}"] if self.inherited else parts)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A row of the matrix: how far along the role is, and its cells in the order of the constraints."""

    role: Role
    status: Status | None
    """The firmest status the body of any document gives it; None when no document speaks of it."""
    claims: tuple[Claim, ...]
    """Every claim about the role, in order of document and place."""
    cells: tuple[Cell, ...]
    stage: Stage | None = None
    """`status`, more finely."""
    as_of: str | None = None
    """The latest date that a claim of that stage speaks from: ISO 8601 as far as known."""
    struck: tuple[Claim, ...] = ()
    """What would be a claim about the role, had it not been struck."""
    changes: tuple[str, ...] = ()
    """What has changed through sources that were struck, each in a clause."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The scenario filled with evidence."""

    scenario: Scenario
    rows: tuple[RoleRow, ...]

    def cell(self, role: str, constraint: str) -> Cell:
        """The cell of that role and constraint. Raises `KeyError` when there is none."""
        for row in self.rows:
            for cell in row.cells:
                if cell.role == role and cell.constraint == constraint:
                    return cell
        raise KeyError(f"no cell {role!r} against {constraint!r}")
