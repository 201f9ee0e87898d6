"""The scenario matrix: a heading and a line for each role, in as many columns as a width holds."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from briefing.model import Assessment, Basis, Cell, Constraint, Matrix, Rating, Role, RoleRow, Scenario, Status
from briefing.parsing import visible
from briefing.rendering.entry import counted
from briefing.rendering.line import Line, Piece, fit

GLYPHS = {
    Rating.NONE: "○",
    Rating.LOW: "◔",
    Rating.MODERATE: "◑",
    Rating.HIGH: "◕",
    Rating.BLOCKING: "●",
}
"""A mark for each rating, fuller as the constraint weighs more."""
_SHORT = {Rating.MODERATE: "mod.", Rating.BLOCKING: "block."}
_STATUS = {Status.DONE: "DONE", Status.ANNOUNCED: "ANNOUNCED", Status.POSSIBLE: "possible", Status.GENERAL: "general"}
_ROLE_WIDTHS = (14, 22)
"""Cells for the name of a role at the least and at the most."""
_STATUS_WIDTH = 11
_CELL_WIDTHS = (13, 18)
_TITLE_WIDTH = 16
"""Cells for each of the two names in the title of a cell."""
_WORDY = 17
"""Cells: a column at least this wide spells ratings out."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of the matrix stand on the screen, and how wide they are, in cells."""

    role: int
    status: int
    cell: int
    first: int
    """Index of the first constraint shown."""
    shown: int
    """How many constraints are shown."""


def columns_for(width: int, matrix: Matrix, selected: int) -> Columns:
    """The columns that `width` cells hold, scrolled so that constraint number `selected` is among them."""
    total = max(1, len(matrix.scenario.constraints))
    longest = max((cell_len(visible(role.name)) for role in matrix.scenario.roles), default=0) + 2
    role = min(max(longest, _ROLE_WIDTHS[0]), _ROLE_WIDTHS[1])
    if role + _STATUS_WIDTH + 4 * _CELL_WIDTHS[0] > width:
        role = _ROLE_WIDTHS[0]
    room = max(1, width - role - _STATUS_WIDTH)
    shown = max(1, min(total, room // _CELL_WIDTHS[0]))
    cell = min(max(1, room // shown), _CELL_WIDTHS[1])
    first = min(max(0, selected - shown + 1), total - shown)
    return Columns(role, _STATUS_WIDTH, cell, first, shown)


def heading_line(scenario: Scenario, columns: Columns, selected: int | None) -> Line:
    """The names of the columns; that of constraint number `selected` stands out, arrows say that there are more."""
    last = columns.first + columns.shown
    pieces = [Piece(fit("role", columns.role), "muted"), Piece(fit("status", columns.status), "muted")]
    for index in range(columns.first, last):
        before = "‹ " if index == columns.first and index > 0 else ""
        after = " ›" if index == last - 1 and last < len(scenario.constraints) else ""
        room = columns.cell - 1 - len(before) - len(after)
        name = before + fit(_name(scenario.constraints[index], room), room).rstrip() + after
        pieces.append(Piece(fit(name, columns.cell - 1) + " ", "heading accent" if index == selected else "heading"))
    return tuple(pieces)


def row_line(row: RoleRow, columns: Columns, selected: int | None) -> Line:
    """One role: its name, its status, its cells.

    `selected` is the constraint under the cursor; -1 is the status, None no cursor.
    """
    cursor = " cursor" if selected is not None else ""
    status = _STATUS[row.status] if row.status else "—"
    status_cursor = " cursor" if selected == -1 else ""
    pieces = [
        Piece(fit(_name(row.role, columns.role - 1), columns.role - 1) + " ", "strong" + (" accent" if cursor else "")),
        Piece(fit(status, columns.status - 1) + " ", (str(row.status) if row.status else "muted") + status_cursor),
    ]
    for index in range(columns.first, columns.first + columns.shown):
        under = cursor if index == selected else ""
        pieces += [Piece(text, style + under) for text, style in _cell(row.cells[index], columns.cell - 1)]
        pieces.append(Piece(" ", ""))
    return tuple(pieces)


def rating_words(assessment: Assessment) -> str:
    """A rating in full: its mark, its word, and `?` for a draft that nobody has confirmed."""
    return f"{GLYPHS[assessment.rating]} {assessment.rating}{'?' if assessment.drafted else ''}"


def cell_title(cell: Cell, row: RoleRow, constraint: Constraint) -> str:
    """What the evidence of a cell is, how it was rated and what that rests on, in a line."""
    title = f"{_name(row.role, _TITLE_WIDTH)} × {_name(constraint, _TITLE_WIDTH)}"
    if cell.assessment:
        title += f"  {rating_words(cell.assessment)}"
    if cell.basis is Basis.NONE:
        if not (cell.assessment and cell.assessment.quotes):
            return f"{title}  no evidence in the documents"
        return f"{title}  no sentence on both, rated on {counted(len(cell.assessment.quotes), 'quote')}"
    parts = [f"{len(cell.direct)} direct"] if cell.direct else []
    parts += [f"{len(cell.inherited)} inherited"] if cell.inherited else []
    return f"{title}  {', '.join(parts)}, {counted(cell.origins, 'origin')}"


def _name(named: Role | Constraint, width: int) -> str:
    """Its name, or where `width` cells do not hold that, its id, which is a short word of the pack's own."""
    name = visible(named.name)
    return name if cell_len(name) <= width else visible(named.id.replace("-", " ").replace("_", " ").capitalize())


def _cell(cell: Cell, width: int) -> Line:
    number = cell.tally
    if cell.assessment is None:
        text = "·" if number else "—"
        return (Piece(fit(text, width - len(number)) + number, "muted"),)
    style = str(cell.assessment.rating) + (" draft" if cell.assessment.drafted else "")
    words = rating_words(cell.assessment)
    if width < _WORDY:
        words = words.replace(cell.assessment.rating, _SHORT.get(cell.assessment.rating, str(cell.assessment.rating)))
    if cell_len(words) + len(number) >= width:
        number = number.replace(" ", "")
    rating = Piece(fit(words, max(0, width - len(number))), style)
    return (rating, Piece(number, "muted"))
