"""The scenario filled with evidence: every role held against every constraint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from briefing.model import Cell, Claim, Constraint, Document, Matrix, Role, RoleRow, Scenario, Status

_FIRMNESS = tuple(Status)


def fill_matrix(scenario: Scenario, claims: Sequence[Claim], documents: Sequence[Document]) -> Matrix:
    """Every cell of `scenario` with the claims that bear on it, in order of document and place.

    Claims of documents not among `documents` are left out. What a heading or caption says is evidence only for a cell
    on which no body text speaks, and stands last in a row. Origins are counted as distinct documents.
    """
    order = {document.id: index for index, document in enumerate(documents)}
    heard = sorted(
        (claim for claim in claims if claim.document in order), key=lambda one: (order[one.document], one.span)
    )
    of_role: dict[str, list[Claim]] = defaultdict(list)
    general: dict[str, list[Claim]] = defaultdict(list)
    for claim in heard:
        for id in claim.roles:
            of_role[id].append(claim)
        if not claim.roles:
            for id in claim.constraints:
                general[id].append(claim)
    rows = []
    for role in scenario.roles:
        own = of_role[role.id]
        cells = [_cell(scenario, role, constraint, own, general[constraint.id]) for constraint in scenario.constraints]
        rows.append(RoleRow(role, _firmest(own), _body_first(own), tuple(cells)))
    return Matrix(scenario, tuple(rows))


def _cell(
    scenario: Scenario, role: Role, constraint: Constraint, of_role: Sequence[Claim], general: Sequence[Claim]
) -> Cell:
    direct = [claim for claim in of_role if constraint.id in claim.constraints]
    reached = constraint.reaches is None or role.id in constraint.reaches
    inherited = list(general) if reached else []
    if not all(claim.heading for claim in (*direct, *inherited)):
        direct, inherited = _body(direct), _body(inherited)
    origins = len({claim.document for claim in (*direct, *inherited)})
    assessment = next(
        (one for one in scenario.assessments if (one.role, one.constraint) == (role.id, constraint.id)), None
    )
    return Cell(role.id, constraint.id, tuple(direct), tuple(inherited), origins, assessment)


def _firmest(claims: Iterable[Claim]) -> Status | None:
    statuses = {claim.status for claim in claims if not claim.heading}
    return next((status for status in _FIRMNESS if status in statuses), None)


def _body(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if not claim.heading]


def _body_first(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return (*_body(claims), *(claim for claim in claims if claim.heading))
