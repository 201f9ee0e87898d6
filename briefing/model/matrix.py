"""The scenario filled with evidence, and with what was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from briefing.model.claim import Claim, Stage, Status
from briefing.model.evidence import Evidence, as_evidence
from briefing.model.scenario import Assessment, QuoteRef, Rating, Role, Scenario


class Basis(StrEnum):
    """What a cell rests on."""

    DIRECT = "direct"
    """At least one sentence is about both the role and the constraint."""
    INHERITED = "inherited"
    """Only general sentences about the constraint, which hold for every role they can apply to."""
    NONE = "none"
    """No evidence in the documents."""


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
    direct: Sequence[Claim]
    """Sentences about both, body before headings."""
    inherited: Sequence[Claim]
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
    struck: Sequence[Claim] = ()
    """What would be evidence, had it not been struck."""
    struck_quotes: tuple[QuoteRef, ...] = ()
    """Which of the quotes of `assessment` were struck."""
    lost_quotes: tuple[QuoteRef, ...] = ()
    """Which of the others are gone from their document: they count for nothing."""
    changes: tuple[str, ...] = ()
    """What has changed since it was rated, and through sources that were struck, each in a clause."""

    def __post_init__(self) -> None:
        for name in ("direct", "inherited", "struck"):
            object.__setattr__(self, name, as_evidence(getattr(self, name)))

    @property
    def basis(self) -> Basis:
        """Direct before inherited before none."""
        if self.direct:
            return Basis.DIRECT
        return Basis.INHERITED if self.inherited else Basis.NONE

    @property
    def claims(self) -> Evidence:
        """All evidence, direct first."""
        return as_evidence(self.direct) + as_evidence(self.inherited)

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
    claims: Sequence[Claim]
    """Every claim about the role, in order of document and place."""
    cells: tuple[Cell, ...]
    stage: Stage | None = None
    """`status`, more finely."""
    as_of: str | None = None
    """The latest date that a claim of that stage speaks from: ISO 8601 as far as known."""
    struck: Sequence[Claim] = ()
    """What would be a claim about the role, had it not been struck."""
    changes: tuple[str, ...] = ()
    """What has changed through sources that were struck, each in a clause."""

    def __post_init__(self) -> None:
        for name in ("claims", "struck"):
            object.__setattr__(self, name, as_evidence(getattr(self, name)))

    @property
    def stage_claims(self) -> Evidence:
        """The claims that the stage rests on: those of that stage in body text, as headings hold up none."""
        return as_evidence(self.claims).where(lambda kind: kind.stage is self.stage and not kind.heading)


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
