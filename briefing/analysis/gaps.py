"""What no sentence tells: cells without direct evidence, as questions for whoever collects."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.model import Basis, Cell, Constraint, Matrix, Role


def gaps(matrix: Matrix) -> Iterator[tuple[int, int]]:
    """Index of the role and of the constraint of every cell on which no sentence is about both, row by row."""
    for row_number, row in enumerate(matrix.rows):
        for column, cell in enumerate(row.cells):
            if cell.basis is not Basis.DIRECT:
                yield row_number, column


def question_for(role: Role, constraint: Constraint, cell: Cell, documents: int) -> str:
    """What to find out about a cell, with what was searched: the terms by which texts speak of both."""
    found = "only general sentences" if cell.inherited else "nothing"
    noun = "document" if documents == 1 else "documents"
    searched = f"{', '.join(role.terms[:4])}; {', '.join(constraint.terms[:4])}"
    return f"How does “{constraint.name}” bear on “{role.name}”? Found {found} in {documents} {noun} by: {searched}"
