"""What each origin alone holds up: the cells and the statuses that fall when it falls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.model import Cell, Evidence, Matrix, Origin, QuoteRef, RoleRow


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
    numbers = {id: number for number, origin in enumerate(origins) for id in origin.documents}
    cells: dict[int, list[Cell]] = defaultdict(list)
    rows: dict[int, list[RoleRow]] = defaultdict(list)
    for row in matrix.rows:
        if (number := _only_origin(row.stage_claims, numbers)) is not None:
            rows[number].append(row)
        for cell in row.cells:
            if (number := _only_origin(_supports(cell), numbers)) is not None:
                cells[number].append(cell)
    held_up = sorted({*cells, *rows})
    found = [Linchpin(origins[number], tuple(cells[number]), tuple(rows[number])) for number in held_up]
    return tuple(sorted(found, key=lambda one: -len(one.cells)))


def _supports(cell: Cell) -> Evidence | Sequence[QuoteRef]:
    """The evidence of a cell; where there is none, the quotes it was rated on that have not been struck or lost."""
    return cell.claims or cell.standing_quotes


def _only_origin(supports: Evidence | Sequence[QuoteRef], numbers: Mapping[str, int]) -> int | None:
    """The number of the origin that all of them come from; None where that is not one, or nobody knows which."""
    documents = supports.documents if isinstance(supports, Evidence) else (one.document for one in supports)
    first = next(documents, None)
    if first is None:
        return None
    number = numbers.get(first)
    return number if all(numbers.get(document) == number for document in documents) else None
