"""The scenario matrix, with a cursor that moves down a column as easily as along a row."""

from __future__ import annotations

from textual import events

from briefing.model import Matrix, RoleRow
from briefing.rendering.line import Line
from briefing.rendering.matrix import Columns, columns_for, heading_line, row_line
from briefing.rendering.theme import Theme
from briefing.tui.messages import CellEntered, CellOpened
from briefing.tui.widgets.line_view import LineView


class MatrixView(LineView):
    """Roles in rows, constraints in columns; the heading stays in place."""

    def __init__(self, look: Theme, *, id: str | None = None) -> None:
        super().__init__(look, id=id)
        self._matrix: Matrix | None = None
        self._columns: Columns | None = None
        self.row = 0
        """Index of the role under the cursor."""
        self.column = 0
        """Index of the constraint under the cursor; -1 for the status."""

    def show(self, matrix: Matrix) -> None:
        """Show `matrix`, the cursor where it was."""
        self._matrix = matrix
        self._lay_out()
        self.set_height(len(matrix.rows) + 1)
        self._moved()

    @property
    def role_row(self) -> RoleRow | None:
        """The row under the cursor."""
        return self._matrix.rows[self.row] if self._matrix and self._matrix.rows else None

    def line(self, number: int) -> Line:
        """What stands on line `number`."""
        if self._matrix is None or self._columns is None:
            return ()
        if number == round(self.scroll_offset.y):
            return heading_line(self._matrix.scenario, self._columns, self.column)
        return row_line(self._matrix.rows[number - 1], self._columns, self.column if number - 1 == self.row else None)

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on role number `row` and constraint number `column`, or the nearest there are."""
        if self._matrix is None:
            return
        self.row = min(max(0, row), max(0, len(self._matrix.rows) - 1))
        self.column = min(max(-1, column), len(self._matrix.scenario.constraints) - 1)
        self._lay_out()
        # The heading takes the first row on the screen, so the row above must be in view as well.
        self.show_lines(self.row, 2)
        self.refresh()
        self._moved()

    def on_resize(self, event: events.Resize) -> None:
        """Choose the columns for the new width."""
        self._lay_out()
        self.refresh()

    def action_down(self) -> None:
        """The role below."""
        self.go_to(self.row + 1, self.column)

    def action_up(self) -> None:
        """The role above."""
        self.go_to(self.row - 1, self.column)

    def action_left(self) -> None:
        """The constraint to the left."""
        self.go_to(self.row, self.column - 1)

    def action_right(self) -> None:
        """The constraint to the right."""
        self.go_to(self.row, self.column + 1)

    def action_page_down(self) -> None:
        """A page of roles on."""
        self.go_to(self.row + self.page, self.column)

    def action_page_up(self) -> None:
        """A page of roles back."""
        self.go_to(self.row - self.page, self.column)

    def action_top(self) -> None:
        """The first role."""
        self.go_to(0, self.column)

    def action_bottom(self) -> None:
        """The last role."""
        self.go_to(self.line_count, self.column)

    def action_open(self) -> None:
        """Ask for the words behind the cell."""
        self.post_message(CellOpened())

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if self._matrix is not None and width:
            self._columns = columns_for(width, self._matrix, max(0, self.column))

    def _moved(self) -> None:
        row = self.role_row
        if row is not None and self._matrix is not None:
            constraints = self._matrix.scenario.constraints
            self.post_message(CellEntered(row.role.id, constraints[self.column].id if self.column >= 0 else None))
