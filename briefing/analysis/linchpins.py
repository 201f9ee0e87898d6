"""What each origin alone holds up: the cells and the statuses that fall when it falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.model import Cell, Claim, Matrix, Origin, RoleRow


@dataclass(frozen=True, slots=True)
class Linchpin:
    """One origin, and what rests on it alone."""

    origin: Origin
    cells: tuple[Cell, ...]
    """Cells all of whose evidence comes from it, in the order of the matrix."""
    rows: tuple[RoleRow, ...]
    """Roles of whose status nothing would be left at its stage."""


def linchpins(matrix: Matrix, origins: Sequence[Origin]) -> tuple[Linchpin, ...]:
    """What each of `origins` alone holds up in `matrix`, most first; those that hold up nothing are left out."""
    found = []
    for origin in origins:
        documents = set(origin.documents)
        cells = [cell for row in matrix.rows for cell in row.cells if _alone(cell.claims, documents)]
        rows = [row for row in matrix.rows if _alone([one for one in row.claims if one.stage is row.stage], documents)]
        if cells or rows:
            found.append(Linchpin(origin, tuple(cells), tuple(rows)))
    return tuple(sorted(found, key=lambda one: -len(one.cells)))


def _alone(claims: Sequence[Claim], documents: set[str]) -> bool:
    return bool(claims) and all(claim.document in documents for claim in claims)
