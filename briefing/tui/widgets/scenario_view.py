"""The scenario: the matrix, and under it the evidence of the cell under the cursor."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual import events
from textual.app import ComposeResult

from briefing.analysis.judgements import Judgements
from briefing.analysis.ranking import Ranked
from briefing.model import Cell, Constraint, Document, Matrix, RoleRow, Span
from briefing.parsing import visible
from briefing.rendering.entry import Entry, EntryLists, counted
from briefing.rendering.evidence import cell_entries, role_entries
from briefing.rendering.line import Piece, flow
from briefing.rendering.matrix import cell_title
from briefing.rendering.theme import Theme
from briefing.rendering.weighing import ranked_lines
from briefing.tui.look import border_text
from briefing.tui.messages import CellEntered
from briefing.tui.widgets.containers import Column
from briefing.tui.widgets.line_list import LineList
from briefing.tui.widgets.matrix_view import MatrixView

_EVIDENCE_ROWS = 6
"""Rows that the evidence has at the least, its border among them; where there are so few that this is too many, the
one of the two that has the keys gets what there is."""
_MATRIX_ROWS = 3
"""Rows that the matrix has at the least, its border among them: the heading and the role under the cursor."""


class ScenarioView(Column):
    """Roles against constraints, with the words behind them."""

    def __init__(self, look: Theme, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._look = look
        self._matrix: Matrix | None = None
        self._documents: Sequence[Document] = ()
        self._held = Judgements()
        self._ranking: Sequence[Ranked] = ()
        self._entered: tuple[str, int] | None = None
        """Role and constraint, by id and number, whose evidence is listed."""
        self._relaxed: Collection[str] = ()

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
    def cell(self) -> tuple[RoleRow, Constraint, Cell] | None:
        """The cell under the cursor, with its role and constraint; None on a heading or a status."""
        row, matrix, column = self.matrix.role_row, self._matrix, self.matrix.column
        if row is None or matrix is None or column < 0:
            return None
        return row, matrix.scenario.constraints[column], row.cells[column]

    @property
    def topic(self) -> str:
        """The role and the constraint under the cursor, in words."""
        row, cell = self.matrix.role_row, self.cell
        if cell:
            return f"{cell[0].role.name} × {cell[1].name}"
        return row.role.name if row else ""

    @property
    def quotes(self) -> list[tuple[str, Span]]:
        """Document and place of every quote listed, in order."""
        return [value for value in self.evidence.values if isinstance(value, tuple)]

    def show(
        self,
        matrix: Matrix,
        documents: Sequence[Document],
        held: Judgements,
        ranking: Sequence[Ranked] = (),
        relaxed: Collection[str] = (),
    ) -> None:
        """Show `matrix` and what was `held` on it, in the order of `ranking` where there is one.

        Constraints in `relaxed` are struck through.
        """
        self._matrix, self._documents, self._held = matrix, documents, held
        self._ranking, self._relaxed = ranking, relaxed
        self.matrix.border_title = border_text(matrix.scenario.question)
        self.matrix.show(matrix, ranking, relaxed)
        self._share_rows()

    def say(self, reason: str) -> None:
        """Say why there is no matrix."""
        self._matrix = None
        self.evidence.fill(lambda width: [Entry(tuple(flow([Piece(reason, "muted")], width)))])

    def on_cell_entered(self, message: CellEntered) -> None:
        """Show the evidence of the cell that the cursor has come to."""
        message.stop()
        row, found, documents = self.matrix.role_row, self.cell, self._documents
        if self._matrix is None:
            return
        entered = (row.role.id, self.matrix.column) if row else None
        again, self._entered = entered == self._entered, entered
        if row is None:
            self._explain_heading(self._matrix)
            return
        placed = next((one for one in self._ranking if one.row.role.id == row.role.id), None)
        constraints = [one for one in self._matrix.scenario.constraints if one.id not in self._relaxed]

        def make(width: int) -> EntryLists:
            reasons = ranked_lines(placed, constraints, width) if placed else []
            above = [Entry(tuple(reasons))] if reasons else []
            if found:
                return EntryLists(above, cell_entries(found[2], documents, width, self._held))
            return EntryLists(above, role_entries(row, documents, width, self._held))

        if found:
            self.evidence.border_title = border_text(cell_title(found[2], found[0], found[1]))
        else:
            count = counted(len(row.claims), "sentence")
            self.evidence.border_title = border_text(f"{row.role.name}: {count} on this role")
        self.evidence.fill(make, keep=again)

    def _explain_heading(self, matrix: Matrix) -> None:
        """Say what a constraint is found by, and what Space does on it."""
        if self.matrix.column < 0:
            self.evidence.border_title = border_text("Status")
            words = "The firmest stage that the body of any document gives a role."
        else:
            constraint = matrix.scenario.constraints[self.matrix.column]
            self.evidence.border_title = border_text(f"{constraint.name}: Space takes it for granted, or no longer")
            words = f"Texts speak of it by: {'; '.join(constraint.terms)}"
        self.evidence.fill(lambda width: [Entry(tuple(flow([Piece(visible(words), "muted")], width)))])

    def on_resize(self, event: events.Resize) -> None:
        """Divide the rows anew."""
        self._share_rows()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Divide the rows anew: where there are few, most are for what has the keys."""
        self._share_rows()

    def _share_rows(self) -> None:
        """The matrix has all the rows it needs, as long as some are left for the evidence."""
        if self._matrix is not None and self.size.height:
            frame = self.matrix.styles.gutter.height
            needed = len(self._matrix.rows) + 1 + frame
            left = self.size.height - _EVIDENCE_ROWS
            if left < _EVIDENCE_ROWS and not self.evidence.has_focus:
                left = self.size.height - _MATRIX_ROWS
            self.matrix.styles.height = max(_MATRIX_ROWS + frame - 1, min(needed, left))
