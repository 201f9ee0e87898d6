"""The scenario matrix: a heading and a line for each role, in as many columns as a width holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from briefing.analysis.ranking import Ranked
from briefing.model import Assessment, Basis, Cell, Constraint, Matrix, Rating, Role, RoleRow, Scenario, Stage
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
_WORDS = {rating: str(rating) for rating in Rating} | {Rating.MODERATE: "mod.", Rating.BLOCKING: "block."}
"""Short for ratings, where there is little room."""
_TERSE = _WORDS | {Rating.MODERATE: "mod", Rating.BLOCKING: "blk"}
"""Where there is hardly any."""
_FIRM = (Stage.DONE, Stage.UNDER_WAY, Stage.ANNOUNCED)
"""Stages in capitals: what is more than a possibility."""
_ROLE_WIDTHS = (14, 22)
"""Cells for the name of a role, usually at the least, and at the most."""
_STATUS_WIDTHS = (10, 21)
"""Cells for a status without its date, and with it."""
_CELL_WIDTHS = (13, 18)
"""Cells for a constraint, usually at the least, and at the most."""
_TOGETHER = 4
"""Constraints: for so many to stand side by side, the columns of roles and of cells give up a cell each."""
_TITLE_WIDTH = 16
"""Cells for each of the two names in the title of a cell."""
_WORDY = 17
"""Cells: a column at least this wide spells ratings out."""


MORE = ("‹ ", " ›")
"""What says that there are more columns to the left, and to the right."""
MORE_IN_ASCII = ("..", "..")
"""The same where an arrow would be `>`, which is the cursor."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of the matrix stand on the screen, and how wide they are, in cells."""

    role: int
    status: int
    cell: int
    place: int
    """For the place of a role in the ranking, such as "12=↑"; 0 where none is shown."""
    first: int
    """Index of the first constraint shown."""
    shown: int
    """How many constraints are shown."""


def columns_for(width: int, matrix: Matrix, selected: int, places: Sequence[str] = ()) -> Columns:
    """The columns that `width` cells hold, scrolled so that constraint number `selected` is among them.

    With `places` there is one for the place of each role in the ranking.
    """
    place = max((cell_len(one) + 1 for one in places), default=0)
    total = max(1, len(matrix.scenario.constraints))
    longest = max((cell_len(visible(role.name)) for role in matrix.scenario.roles), default=0) + 2
    status, dated = _STATUS_WIDTHS
    # Every column ends in a blank, which the last one on a row can do without.
    room = width + 1 - place
    usual, most = _ROLE_WIDTHS
    wanted, least = min(max(longest, usual), most), _CELL_WIDTHS[0]
    ways = [(together, role, least) for together in (total, _TOGETHER) for role in (wanted, usual)]
    ways += [(_TOGETHER, usual - 1, least), (_TOGETHER, usual - 1, least - 1)]
    fitting = ((role, cell) for together, role, cell in ways if role + status + min(total, together) * cell <= room)
    role, least = next(fitting, (usual, least))
    if role + dated + total * _CELL_WIDTHS[0] <= room:
        status = dated
    room = max(1, room - role - status)
    shown = max(1, min(total, room // least))
    cell = min(max(1, room // shown), _CELL_WIDTHS[1])
    first = min(max(0, selected - shown + 1), total - shown)
    return Columns(role, status, cell, place, first, shown)


def heading_line(
    scenario: Scenario,
    columns: Columns,
    selected: int | None,
    relaxed: Collection[str] = (),
    *,
    cursor: bool = False,
    more: tuple[str, str] = MORE,
) -> Line:
    """The names of the columns; that of constraint number `selected` stands out, `more` says that there are others.

    Those whose ids are in `relaxed` are struck through and "off". With `cursor` the cursor is on the heading itself.
    """
    last = columns.first + columns.shown
    pieces = [
        Piece(fit("", columns.place) + fit("role", columns.role - 1), "muted"),
        _gap(marked=cursor and selected == -1),
        Piece(fit("status", columns.status - 1), "muted"),
    ]
    for index in range(columns.first, last):
        before = more[0] if index == columns.first and index > 0 else ""
        after = more[1] if index == last - 1 and last < len(scenario.constraints) else ""
        off = " off" if scenario.constraints[index].id in relaxed else ""
        room = columns.cell - 1 - len(before) - len(off) - len(after)
        name = before + fit(_name(scenario.constraints[index], room), room).rstrip() + off + after
        style = "heading accent" if index == selected else "heading"
        style += " struck muted" if off else ""
        style += " cursor" if cursor and index == selected else ""
        pieces += [_gap(marked=cursor and index == selected), Piece(fit(name, columns.cell - 1), style)]
    return tuple(pieces)


def row_line(row: RoleRow, columns: Columns, selected: int | None, place: str = "") -> Line:
    """One role: its `place` in the ranking, its name, its status, its cells.

    `selected` is the constraint under the cursor; -1 is the status, None no cursor.
    """
    cursor = " cursor" if selected is not None else ""
    status_cursor = " cursor" if selected == -1 else ""
    pieces = [
        Piece(fit(place, columns.place), "second"),
        Piece(fit(_name(row.role, columns.role - 1), columns.role - 1), "strong"),
        _gap(marked=selected == -1),
        Piece(
            fit(stage_words(row, columns.status - 1), columns.status - 1),
            (str(row.status) if row.status else "muted") + status_cursor,
        ),
    ]
    for index in range(columns.first, columns.first + columns.shown):
        under = cursor if index == selected else ""
        pieces.append(_gap(marked=index == selected))
        pieces += [Piece(text, style + under) for text, style in _cell(row.cells[index], columns.cell - 1)]
    return tuple(pieces)


def _gap(*, marked: bool) -> Piece:
    """The blank before a column, or what says there that the cursor is on what follows."""
    return Piece(">" if marked else " ", "accent")


def place_words(ranked: Ranked) -> str:
    """The place of a role, `=` where it shares it, and whether it went up or down as constraints were relaxed."""
    moved = "↑" if ranked.gained > 0 else "↓" if ranked.gained < 0 else ""
    return f"{ranked.place}{'=' if ranked.tied else ''}{moved}"


def stage_words(row: RoleRow, width: int) -> str:
    """How far along a role is, in capitals where it is more than possible; with its date where `width` holds it."""
    if row.stage is None:
        return "—"
    words = row.stage.upper() if row.stage in _FIRM else str(row.stage)
    dated = f"{words} {row.as_of}" if row.as_of else words
    return dated if cell_len(dated) <= width else words


def rating_words(assessment: Assessment) -> str:
    """A rating in full: its mark, its word, and `?` for a draft that nobody has confirmed."""
    return f"{GLYPHS[assessment.rating]} {assessment.rating}{'?' if assessment.drafted else ''}"


def cell_title(cell: Cell, row: RoleRow, constraint: Constraint) -> str:
    """What the evidence of a cell is, how it was rated and what that rests on, in a line."""
    title = f"{_name(row.role, _TITLE_WIDTH)} × {_name(constraint, _TITLE_WIDTH)}"
    if cell.assessment:
        title += f"  {rating_words(cell.assessment)}"
    if cell.basis is Basis.NONE:
        if not cell.standing_quotes:
            return f"{title}  no evidence in the documents"
        return f"{title}  no sentence on both, rated on {counted(len(cell.standing_quotes), 'quote')}"
    parts = [f"{len(cell.direct)} direct"] if cell.direct else []
    parts += [f"{len(cell.inherited)} inherited"] if cell.inherited else []
    return f"{title}  {', '.join(parts)}, {counted(cell.origins, 'origin')}"


def _name(named: Role | Constraint, width: int) -> str:
    """Its name, or where `width` cells do not hold that, its id, which is a short word of the pack's own."""
    name = visible(named.name)
    return name if cell_len(name) <= width else visible(named.id.replace("-", " ").replace("_", " ").capitalize())


def _cell(cell: Cell, width: int) -> Line:
    """What a cell was rated, then what marks it, then its quotes and origins: "◑ mod.?  !* 2~3/1".

    Where there is no room for the word of a rating besides, inherited quotes are not counted: "● blk !* 2~/1".
    """
    marks = ("!" if cell.conflicts else "") + ("*" if cell.changes else "")
    tally = cell.tally.replace(" ", "") if width < _WORDY else cell.tally
    uncounted = f"{len(cell.direct) or ''}~" if cell.inherited else tally
    origins = f"/{cell.origins}" if cell.claims else ""
    words, glyph, style = _verdict(cell)
    gap = 1 if tally else 0
    closer = 0 if marks else gap
    choices = (
        (one, counts)
        for counts, between in ((tally, gap), (tally, closer), (uncounted, closer))
        for one in words
        if cell_len(one) + between + len(marks) + len(counts) + len(origins) <= width
    )
    verdict, tally = next(choices, (glyph, tally))
    return (
        Piece(fit(verdict, max(0, width - len(marks) - len(tally) - len(origins))), style),
        Piece(marks, "warning"),
        Piece(tally, "muted"),
        Piece(origins, "warning" if cell.origins == 1 else "muted"),
    )


def _verdict(cell: Cell) -> tuple[Sequence[str], str, str]:
    """The rating in words, longest first, then its mark alone, and its style; a suggestion stands in brackets."""
    rated = cell.assessment
    if rated is None:
        if cell.suggestion:
            rating = cell.suggestion.rating
            return [f"({_WORDS[rating]})", f"({_TERSE[rating]})"], "(·)", "suggested"
        glyph = "·" if cell.claims else "—"
        return [glyph], glyph, "muted"
    draft = "?" if rated.drafted else ""
    rivals = "".join(f"≠{GLYPHS[one.rating]}" for one in cell.rivals[:1])
    glyph, terse = GLYPHS[rated.rating], _TERSE[rated.rating]
    words = [f"{glyph} {word}{draft}{rivals}" for word in (str(rated.rating), _WORDS[rated.rating], terse)]
    style = str(rated.rating) + (" draft" if draft else "")
    return [*words, f"{glyph}{terse}{draft}{rivals}"], f"{glyph}{draft}{rivals}", style
