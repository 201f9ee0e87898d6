"""What each origin alone holds up: the cells and the statuses that fall when it falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model import Cell, Claim, Matrix, Origin, QuoteRef, RoleRow


@dataclass(frozen=True, slots=True)
class Linchpin:
    """One origin, and what rests on it alone."""

    origin: Origin
    cells: tuple[Cell, ...]
    """Cells all of whose evidence comes from it, or without any: all they were rated on. In the order of the matrix."""
    rows: tuple[RoleRow, ...]
    """Roles of whose status nothing would be left at its stage."""


def linchpins(matrix: Matrix, origins: Sequence[Origin]) -> tuple[Linchpin, ...]:
    """What each of `origins` alone holds up in `matrix`, most first; those that hold up nothing are left out."""
    found = []
    for origin in origins:
        documents = set(origin.documents)
        cells = [cell for row in matrix.rows for cell in row.cells if _alone(_supports(cell), documents)]
        rows = [row for row in matrix.rows if _alone(stage_claims(row), documents)]
        if cells or rows:
            found.append(Linchpin(origin, tuple(cells), tuple(rows)))
    return tuple(sorted(found, key=lambda one: -len(one.cells)))


def stage_claims(row: RoleRow) -> tuple[Claim, ...]:
    """The claims that the stage of `row` rests on: those of that stage in body text, as headings hold up none."""
    return tuple(claim for claim in row.claims if claim.stage is row.stage and not claim.heading)


def _supports(cell: Cell) -> Sequence[Claim | QuoteRef]:
    """The evidence of a cell; where there is none, the quotes it was rated on that have not been struck or lost."""
    return cell.claims or cell.standing_quotes


def _alone(supports: Sequence[Claim | QuoteRef], documents: set[str]) -> bool:
    return bool(supports) and all(one.document in documents for one in supports)
