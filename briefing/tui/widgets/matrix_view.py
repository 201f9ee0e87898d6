"""The scenario matrix, with a cursor that moves down a column as easily as along a row."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual import events

from briefing.analysis.ranking import Ranked
from briefing.model import Basis, Matrix, RoleRow
from briefing.rendering.line import Line
from briefing.rendering.matrix import (
    MORE,
    MORE_IN_ASCII,
    Columns,
    columns_for,
    heading_line,
    place_words,
    row_line,
)
from briefing.rendering.theme import Theme
from briefing.tui.messages import CellEntered, CellOpened, ConstraintRelaxed
from briefing.tui.widgets.line_view import LineView


class MatrixView(LineView):
    """Roles in rows, constraints in columns; the heading stays in place."""

    def __init__(self, look: Theme, *, id: str | None = None) -> None:
        super().__init__(look, id=id)
        self._matrix: Matrix | None = None
        self._columns: Columns | None = None
        self._rows: Sequence[RoleRow] = ()
        self._places: Sequence[str] = ()
        self._relaxed: Collection[str] = ()
        self.row = 0
        """Number of the line under the cursor, from 0 for the first role; -1 for the heading."""
        self.column = 0
        """Index of the constraint under the cursor; -1 for the status."""
        self._top = 0
        """Line at the top of the screen, where the officer has put it."""

    def show(self, matrix: Matrix, ranking: Sequence[Ranked] = (), relaxed: Collection[str] = ()) -> None:
        """Show `matrix`, the cursor on the role where it was; in the order of `ranking` where there is one."""
        role = self.role_row.role.id if self.role_row else None
        self._matrix = matrix
        self._rows = [one.row for one in ranking] or matrix.rows
        self._places = [place_words(one) for one in ranking]
        self._relaxed = relaxed
        self.column = min(self.column, len(matrix.scenario.constraints) - 1)
        self.row = next((index for index, row in enumerate(self._rows) if row.role.id == role), min(self.row, 0))
        self._lay_out()
        self.set_height(len(matrix.rows) + 1)
        self._moved()

    @property
    def role_row(self) -> RoleRow | None:
        """The row under the cursor; None on the heading."""
        return self._rows[self.row] if 0 <= self.row < len(self._rows) else None

    @property
    def constraint(self) -> str:
        """The id of the constraint under the cursor; "" on the status."""
        return self._matrix.scenario.constraints[self.column].id if self._matrix and self.column >= 0 else ""

    def line(self, number: int) -> Line:
        """What stands on line `number`."""
        if self._matrix is None or self._columns is None:
            return ()
        if number == round(self.scroll_offset.y):
            scenario = self._matrix.scenario
            more = MORE_IN_ASCII if self.in_ascii else MORE
            return heading_line(scenario, self._columns, self.column, self._relaxed, cursor=self.row < 0, more=more)
        place = self._places[number - 1] if self._places else ""
        selected = self.column if number - 1 == self.row else None
        return row_line(self._rows[number - 1], self._columns, selected, place)

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on line `row` and constraint number `column`, or the nearest there are; -1 is the heading."""
        if self._matrix is None:
            return
        left, columns, top = self.row, self._columns, round(self.scroll_offset.y)
        self.row = min(max(-1, row), max(0, len(self._rows) - 1))
        self.column = min(max(-1, column), len(self._matrix.scenario.constraints) - 1)
        self._lay_out()
        self._reveal()
        self._top = round(self.scroll_offset.y)
        if (self._columns, self._top) == (columns, top):
            for line in {left + 1, self.row + 1, top}:  # the heading stands on the line at the top
                self.refresh_lines_at(line)
        else:
            self.refresh()
        self._moved()

    def go_to_role(self, role: str, column: int) -> None:
        """Put the cursor on the role with that id and constraint number `column`."""
        rows = [row.role.id for row in self._rows]
        self.go_to(rows.index(role) if role in rows else 0, column)

    def go_to_next_gap(self) -> bool:
        """Put the cursor on the next cell without a direct quote, row by row and round; whether there is one."""
        here = (self.row, self.column)
        places = [
            (row, column)
            for row, line in enumerate(self._rows)
            for column, cell in enumerate(line.cells)
            if cell.basis is not Basis.DIRECT
        ]
        if places:
            self.go_to(*next((place for place in places if place > here), places[0]))
        return bool(places)

    def on_resize(self, event: events.Resize) -> None:
        """Choose the columns for the new width, keeping the place, and the cursor on the screen."""
        self._lay_out()
        self.scroll_to_line(self._top)
        self._reveal()
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
        """A page of roles on; on the heading of a constraint, take it for granted, or no longer."""
        if self.row < 0 <= self.column and self._matrix is not None:
            self.post_message(ConstraintRelaxed(self._matrix.scenario.constraints[self.column].id))
        else:
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

    def _reveal(self) -> None:
        # The heading takes the first row on the screen, so the row above must be in view as well.
        self.show_lines(max(0, self.row), 2)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if self._matrix is not None and width:
            self._columns = columns_for(width, self._matrix, max(0, self.column), self._places)

    def _moved(self) -> None:
        if self._matrix is not None:
            self.post_message(CellEntered())
