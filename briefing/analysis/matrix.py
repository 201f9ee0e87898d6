"""The scenario filled with evidence and with what was made of it: every role held against every constraint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.analysis.judgements import Judgements, contained
from briefing.analysis.linchpins import stage_claims
from briefing.analysis.quotes import is_lost
from briefing.analysis.suggestion import suggestion_for
from briefing.model import (
    Assessment,
    Cell,
    Claim,
    ClaimLabel,
    Conflict,
    Constraint,
    Document,
    Matrix,
    Origin,
    QuoteRef,
    Role,
    RoleRow,
    Scenario,
    Stage,
    documents_by_id,
)

_FIRMNESS = tuple(Stage)
_SUBJECTS = (ClaimLabel.ROLES, ClaimLabel.CONSTRAINTS)


@dataclass(frozen=True, slots=True)
class Weights:
    """What is laid over the evidence."""

    judgements: Judgements
    origins: Mapping[str, int]
    """The number of the origin of each document."""
    conflicts: Sequence[Conflict]
    drafts: Mapping[tuple[str, str], Assessment]
    """What came with the pack, by role and constraint."""
    documents: Mapping[str, Document]
    """Those of the pack by id."""

    def draft(self, role: str, constraint: str) -> Assessment | None:
        """The draft for a cell; None where there is none, or all the words that it rested on are gone."""
        draft = self.drafts.get((role, constraint))
        fallen = draft and draft.quotes and len(self.lost(draft)) == len(draft.quotes)
        return None if fallen else draft

    def lost(self, assessment: Assessment | None) -> tuple[QuoteRef, ...]:
        """Which quotes of an assessment are gone from their document, those that were struck left out."""
        return tuple(
            quote
            for quote in (assessment.quotes if assessment else ())
            if not self.judgements.strikes_out(quote) and is_lost(quote, self.documents.get(quote.document))
        )


def fill_matrix(
    scenario: Scenario,
    claims: Sequence[Claim],
    documents: Sequence[Document],
    *,
    held: Judgements | None = None,
    origins: Sequence[Origin] = (),
    conflicts: Sequence[Conflict] = (),
) -> Matrix:
    """Every cell of `scenario` with the claims that bear on it, in order of document and place, and its assessment.

    Claims of documents not among `documents`, and those that were struck, are left out. What a heading or caption says
    is evidence only for a cell on which no body text speaks, and stands last in a row. A document that is in none of
    `origins` is one by itself. A draft falls with the last of its quotes.
    """
    held = held or Judgements()
    numbers = {id: number for number, origin in enumerate(origins) for id in origin.documents}
    drafts = {(one.role, one.constraint): one for one in reversed(scenario.assessments)}
    weights = Weights(held, numbers, conflicts, drafts, documents_by_id(documents))
    order = {document.id: index for index, document in enumerate(documents)}
    known = sorted((one for one in claims if one.document in order), key=lambda one: (order[one.document], one.span))
    rows = _rows(scenario, [claim for claim in known if not held.strike_of(claim)], weights)
    whole = _rows(scenario, known, weights) if held.struck_documents or held.struck_quotes else rows
    return Matrix(scenario, tuple(_with_changes(row, before, weights) for row, before in zip(rows, whole, strict=True)))


def _rows(scenario: Scenario, claims: Sequence[Claim], weights: Weights) -> list[RoleRow]:
    of_role: dict[str, list[Claim]] = defaultdict(list)
    general: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for id in claim.roles:
            of_role[id].append(claim)
        if not claim.roles:
            for id in claim.constraints:
                general[id].append(claim)
    rows = []
    for role in scenario.roles:
        own = of_role[role.id]
        stage = _firmest(own)
        dates = [claim.as_of for claim in _body(own) if claim.stage is stage and claim.as_of]
        cells = [
            _cell(role, constraint, own, general[constraint.id], stage, weights) for constraint in scenario.constraints
        ]
        status = stage.status if stage else None
        rows.append(RoleRow(role, status, _body_first(own), tuple(cells), stage, max(dates, default=None)))
    return rows


def _cell(
    role: Role,
    constraint: Constraint,
    of_role: Sequence[Claim],
    general: Sequence[Claim],
    stage: Stage | None,
    weights: Weights,
) -> Cell:
    direct = [claim for claim in of_role if constraint.id in claim.constraints]
    reached = constraint.reaches is None or role.id in constraint.reaches
    inherited = list(general) if reached else []
    if not all(claim.heading for claim in (*direct, *inherited)):
        direct, inherited = _body(direct), _body(inherited)
    evidence = (*direct, *inherited)
    assessments = weights.judgements.assessments(role.id, constraint.id)
    assessment = assessments[0] if assessments else weights.draft(role.id, constraint.id)
    return Cell(
        role.id,
        constraint.id,
        tuple(direct),
        tuple(inherited),
        len({weights.origins.get(claim.document, claim.document) for claim in evidence}),
        assessment,
        rivals=tuple(one for one in assessments[1:] if assessment and one.rating is not assessment.rating),
        suggestion=suggestion_for(direct, inherited, stage, weights.origins),
        conflicts=_conflicts_on(evidence, weights),
    )


def _conflicts_on(evidence: Iterable[Claim], weights: Weights) -> tuple[str, ...]:
    if not weights.conflicts:
        return ()
    places = {(claim.document, claim.span) for claim in evidence}
    return tuple(
        conflict.id
        for conflict in weights.conflicts
        if conflict.id not in weights.judgements.settled
        and places >= {(side.document, side.span) for side in (conflict.one, conflict.other)}
    )


def _with_changes(row: RoleRow, before: RoleRow, weights: Weights) -> RoleRow:
    """The row with a word on what has changed in it and its cells, having been `before` with nothing struck."""
    cells = tuple(_changed(cell, whole, weights) for cell, whole in zip(row.cells, before.cells, strict=True))
    changes: tuple[str, ...] = ()
    if row.stage is not before.stage:
        # What went are all the claims of that stage: one that was left would still be the firmest.
        number = len(stage_claims(before))
        changes = (f"its stage was {before.stage} before {_quotes(number)} {'was' if number == 1 else 'were'} struck",)
    return replace(row, cells=cells, struck=_missing(before.claims, row.claims), changes=changes)


def _changed(cell: Cell, whole: Cell, weights: Weights) -> Cell:
    """`cell` with what it lost, having been `whole` with nothing struck. Every loss is told once."""
    held = weights.judgements
    claims = _missing(whole.claims, cell.claims)
    rated_on = cell.assessment.quotes if cell.assessment else ()
    struck = tuple(quote for quote in rated_on if held.strikes_out(quote))
    changes = [f"{len(claims)} of {len(whole.claims)} quotes struck"] if claims else []
    if not all(any(contained(quote, claim.document, claim.quote) for claim in claims) for quote in struck):
        changes.append(f"{len(struck)} of {len(rated_on)} quotes it was rated on struck")
    cell = replace(cell, struck=claims, struck_quotes=struck, lost_quotes=weights.lost(cell.assessment))
    since = _since_rated(cell, whole, held) if cell.assessment and cell.assessment.at else _since_drafted(cell, weights)
    return replace(cell, changes=(*changes, *since))


def _since_rated(cell: Cell, whole: Cell, held: Judgements) -> Iterator[str]:
    """How the evidence, strikes apart, differs from what an officer rated."""
    rated = cell.assessment
    if rated is None or rated.at is None:
        return
    quotes = {(quote.document, quote.text) for quote in rated.quotes}
    now, once = ({(claim.document, claim.quote) for claim in one.claims} for one in (cell, whole))
    if new := len((now & once) - quotes):
        yield f"{_quotes(new)} new since it was rated"
    if gone := len(cell.lost_quotes):
        yield f"{_quotes(gone)} gone since it was rated"
    elsewhere = 0
    for key in sorted(quotes - now - once):
        events = (held.labels[key].get(label) for label in _SUBJECTS) if key in held.labels else ()
        elsewhere += any(event and event.at > rated.at for event in events)
    if elsewhere:
        yield f"{_quotes(elsewhere)} put right to speak of something else since it was rated"


def _since_drafted(cell: Cell, weights: Weights) -> Iterator[str]:
    """What has gone of the words that a draft rests on, or rested on until it fell with them."""
    draft = cell.assessment or weights.drafts.get((cell.role, cell.constraint))
    gone = len(weights.lost(draft))
    if draft and gone:
        fallen = "" if cell.assessment else ", and the draft with them" if gone > 1 else ", and the draft with it"
        yield f"{gone} of {len(draft.quotes)} quotes it was drafted on gone{fallen}"


def _missing(before: Sequence[Claim], now: Sequence[Claim]) -> tuple[Claim, ...]:
    """Those of `before` that are gone; both were sifted out of the same objects."""
    kept = set(map(id, now))
    return tuple(claim for claim in before if id(claim) not in kept)


def _quotes(number: int) -> str:
    return f"{number} quote{'' if number == 1 else 's'}"


def _firmest(claims: Iterable[Claim]) -> Stage | None:
    stages = {claim.stage for claim in claims if not claim.heading}
    return next((stage for stage in _FIRMNESS if stage in stages), None)


def _body(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if not claim.heading]


def _body_first(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return (*_body(claims), *(claim for claim in claims if claim.heading))
