"""What no sentence tells: cells without direct evidence, as questions for whoever collects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.model import Basis, Cell, Constraint, Matrix, Role

_NAMED = 4
"""Terms of either that a question names."""
_OPERATORS = set(".|@")
"""Characters of the term language that stand for more than a word."""


def gaps(matrix: Matrix) -> Iterator[tuple[int, int]]:
    """Index of the role and of the constraint of every cell on which no sentence is about both, row by row."""
    for row_number, row in enumerate(matrix.rows):
        for column, cell in enumerate(row.cells):
            if cell.basis is not Basis.DIRECT:
                yield row_number, column


def question_for(role: Role, constraint: Constraint, cell: Cell, documents: int) -> str:
    """What to find out about a cell, with what was searched: the terms by which texts speak of both."""
    number = len(cell.direct)
    general = "only general sentences" if cell.inherited else "nothing"
    found = f"{number} direct {'quote' if number == 1 else 'quotes'}" if number else general
    noun = "document" if documents == 1 else "documents"
    searched = f"{_plainest(role.terms)}; {_plainest(constraint.terms)}"
    return f"How does “{constraint.name}” bear on “{role.name}”? Found {found} in {documents} {noun} by: {searched}"


def _plainest(terms: Sequence[str]) -> str:
    """The first terms that anybody can read, and how many more there are."""
    plain = [term for term in terms if not _OPERATORS & set(term)][:_NAMED] or list(terms[:1])
    more = len(terms) - len(plain)
    return ", ".join(plain) + (f" and {more} more" if more else "")
