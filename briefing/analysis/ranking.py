"""Roles in the order of how little stands in their way: by the worst constraint first. No sum, no score."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import groupby

from briefing.model import Basis, Cell, Constraint, Matrix, Rating, RoleRow

_WEIGHTS = {rating: weight for weight, rating in enumerate(Rating)}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A role at its place."""

    row: RoleRow
    place: int
    """Counted from 1; roles that nothing tells apart share one."""
    tied: bool
    reason: str
    """Why it stands above the role below it, "" for the last one and within a tie; or that nobody has rated it."""
    gained: int = 0
    """How many places further up it stands than with no constraint relaxed; less than 0 for further down."""


def ranked(matrix: Matrix, relaxed: Collection[str] = ()) -> tuple[Ranked, ...]:
    """The roles of `matrix`, least hindered first; constraints whose ids are in `relaxed` are taken for granted.

    Held against one another are the weightiest ratings of both, then the next, and so on; of two equal ones that which
    rests on direct quotes weighs more than an inherited one. What is not rated is compared last: fewer such cells stand
    first. Roles that are equal in all of this stand in the order of the scenario and share a place. Those of which
    nobody has rated anything share the last place: nothing tells what hinders them.
    """
    constraints = [constraint for constraint in matrix.scenario.constraints if constraint.id not in relaxed]
    profiles = [(_profile(row, constraints), row) for row in matrix.rows]
    profiles.sort(key=lambda pair: pair[0])
    groups = [(profile, [row for _, row in pairs]) for profile, pairs in groupby(profiles, key=lambda pair: pair[0])]
    found: list[Ranked] = []
    for number, (_, rows) in enumerate(groups):
        place = len(found) + 1
        if constraints and not _rated(rows[0], constraints):
            found += [Ranked(row, place, len(rows) > 1, "nobody has rated it") for row in rows]
            continue
        below = groups[number + 1][1][0] if number + 1 < len(groups) else None
        reason = _reason(rows[-1], below, constraints) if below else ""
        found += [Ranked(row, place, len(rows) > 1, reason if row is rows[-1] else "") for row in rows]
    if relaxed:
        places = {one.row.role.id: one.place for one in ranked(matrix)}
        found = [replace(one, gained=places[one.row.role.id] - one.place) for one in found]
    return tuple(found)


_Profile = tuple[bool, tuple[tuple[int, int], ...], int]


def _profile(row: RoleRow, constraints: list[Constraint]) -> _Profile:
    weights = tuple(_weight(cell) for cell in _rated(row, constraints))
    return not weights, weights, len(_cells(row, constraints)) - len(weights)


def _cells(row: RoleRow, constraints: list[Constraint]) -> list[Cell]:
    wanted = {constraint.id for constraint in constraints}
    return [cell for cell in row.cells if cell.constraint in wanted]


def _rated(row: RoleRow, constraints: list[Constraint]) -> list[Cell]:
    """The cells that are rated, the weightiest first."""
    return sorted((cell for cell in _cells(row, constraints) if cell.assessment), key=_weight, reverse=True)


def _weight(cell: Cell) -> tuple[int, int]:
    rating = _WEIGHTS[cell.assessment.rating] if cell.assessment else -1
    return rating, 1 if cell.basis is Basis.DIRECT else 0


def _reason(above: RoleRow, below: RoleRow, constraints: list[Constraint]) -> str:
    """The first rating, from the worst on, in which the two differ."""
    ours, theirs = _rated(above, constraints), _rated(below, constraints)
    if not theirs:
        return f"nobody has rated {below.role.name}"
    names = {constraint.id: constraint.name for constraint in constraints}
    for number, cell in enumerate(theirs):
        other = ours[number] if number < len(ours) else None
        if other is None or _weight(other) != _weight(cell):
            return f"{_said(other, names)}, {below.role.name} has {_said(cell, names)}"
    open_cells = sum(cell.assessment is None for cell in _cells(below, constraints))
    return f"{below.role.name} has more that is not rated ({open_cells})"


def _said(cell: Cell | None, names: dict[str, str]) -> str:
    if cell is None or cell.assessment is None:
        return "nothing further"
    basis = ", inherited" if cell.basis is Basis.INHERITED else ""
    return f"{cell.assessment.rating} for {names[cell.constraint]}{basis}"
