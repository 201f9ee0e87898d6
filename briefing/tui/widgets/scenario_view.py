"""The scenario: the matrix, and under it the evidence of the cell under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from briefing.model import Document, Matrix, Span
from briefing.rendering.entry import Entry, counted
from briefing.rendering.evidence import cell_entries, role_entries
from briefing.rendering.line import Piece, flow
from briefing.rendering.matrix import cell_title
from briefing.rendering.theme import Theme
from briefing.tui.messages import CellEntered
from briefing.tui.widgets.line_list import LineList
from briefing.tui.widgets.matrix_view import MatrixView

_EVIDENCE_ROWS = 6
"""Rows that the evidence has at the least."""


class ScenarioView(Vertical):
    """Roles against constraints, with the words behind them."""

    def __init__(self, look: Theme, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._look = look
        self._matrix: Matrix | None = None
        self._documents: Sequence[Document] = ()

    def compose(self) -> ComposeResult:
        """The matrix over the evidence."""
        yield MatrixView(self._look, id="matrix")
        yield LineList(self._look, id="evidence")

    @property
    def matrix(self) -> MatrixView:
        """The matrix."""
        return self.query_one(MatrixView)

    @property
    def evidence(self) -> LineList:
        """The quotes of the cell under the cursor."""
        return self.query_one("#evidence", LineList)

    @property
    def filled(self) -> bool:
        """Whether there is a matrix."""
        return self._matrix is not None

    @property
    def first(self) -> LineList | MatrixView:
        """What has the keys first."""
        return self.matrix if self._matrix is not None else self.evidence

    @property
    def topic(self) -> str:
        """The role and the constraint under the cursor, in words."""
        row, matrix = self.matrix.role_row, self._matrix
        if row is None or matrix is None:
            return ""
        column = self.matrix.column
        return f"{row.role.name} × {matrix.scenario.constraints[column].name}" if column >= 0 else row.role.name

    @property
    def quotes(self) -> list[tuple[str, Span]]:
        """Document and place of every quote listed, in order."""
        return [value for value in self.evidence.values if isinstance(value, tuple)]

    def show(self, matrix: Matrix | None, documents: Sequence[Document], reason: str) -> None:
        """Show `matrix`, or the reason why there is none."""
        self._matrix, self._documents = matrix, documents
        if matrix is not None:
            self.matrix.border_title = Text(matrix.scenario.question)
            self.matrix.show(matrix)
            self._share_rows()
            return
        self.evidence.fill(lambda width: [Entry(tuple(flow([Piece(reason, "muted")], width)))])

    def on_cell_entered(self, message: CellEntered) -> None:
        """Show the evidence of the cell that the cursor has come to."""
        row = self.matrix.role_row
        if self._matrix is None or row is None:
            return
        documents = self._documents
        if message.constraint is None:
            self.evidence.border_title = Text(f"{row.role.name}: {counted(len(row.claims), 'sentence')} on this role")
            self.evidence.fill(lambda width: role_entries(row.claims, documents, width))
            return
        index = [constraint.id for constraint in self._matrix.scenario.constraints].index(message.constraint)
        cell = row.cells[index]
        self.evidence.border_title = Text(cell_title(cell, row, self._matrix.scenario.constraints[index]))
        self.evidence.fill(lambda width: cell_entries(cell, documents, width))

    def on_resize(self, event: events.Resize) -> None:
        """Divide the rows anew."""
        self._share_rows()

    def _share_rows(self) -> None:
        """The matrix has all the rows it needs, as long as some are left for the evidence."""
        if self._matrix is not None and self.size.height:
            frame = self.matrix.styles.gutter.height
            needed = len(self._matrix.rows) + 1 + frame
            self.matrix.styles.height = max(4, min(needed, self.size.height - _EVIDENCE_ROWS))
