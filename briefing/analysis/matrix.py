"""The scenario filled with evidence and with what was made of it: every role held against every constraint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.analysis.judgements import Judgements, contained
from briefing.analysis.quotes import is_lost
from briefing.analysis.suggestion import Alike, origins_in, suggestion_for
from briefing.model import (
    Assessment,
    Cell,
    Claim,
    ClaimKind,
    ClaimLabel,
    Claims,
    Conflict,
    Constraint,
    Document,
    Evidence,
    Matrix,
    Origin,
    QuoteRef,
    Role,
    RoleRow,
    Scenario,
    Stage,
    as_claims,
    as_evidence,
    documents_by_id,
)

_FIRMNESS = tuple(Stage)
_SUBJECTS = (ClaimLabel.ROLES, ClaimLabel.CONSTRAINTS)


@dataclass(frozen=True, slots=True)
class Weights:
    """The claims, and what is laid over them."""

    claims: Claims
    judgements: Judgements
    drafts: Mapping[tuple[str, str], Assessment]
    """What came with the pack, by role and constraint."""
    documents: Mapping[str, Document]
    """Those of the pack by id."""
    conflicts: Mapping[str, frozenset[ClaimKind]]
    """Of each conflict that is open between claims which count: their kinds, by its id."""

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
    if not isinstance(claims, Claims):
        order = {document.id: index for index, document in enumerate(documents)}
        known = [one for one in claims if one.document in order]
        claims = as_claims(sorted(known, key=lambda one: (order[one.document], one.span)))
    struck = _struck(claims, held)
    drafts = {(one.role, one.constraint): one for one in reversed(scenario.assessments)}
    weights = Weights(claims, held, drafts, documents_by_id(documents), _open(conflicts, claims, struck, held))
    numbers = {id: number for number, origin in enumerate(origins) for id in origin.documents}
    rows = _rows(scenario, _groups(claims, numbers, struck), weights)
    whole = _rows(scenario, _groups(claims, numbers), weights) if struck else rows
    changed = (_with_changes(row, before, struck, weights) for row, before in zip(rows, whole, strict=True))
    return Matrix(scenario, tuple(changed))


def _struck(claims: Claims, held: Judgements) -> frozenset[int]:
    """The numbers of the claims that count for nothing."""
    struck = {number for document in held.struck_documents for number in claims.numbers_in(document)}
    for document, quote in held.struck_quotes:
        struck.update(number for number in claims.numbers_in(document) if claims[number].quote == quote)
    return frozenset(struck)


def _open(
    conflicts: Sequence[Conflict], claims: Claims, struck: Collection[int], held: Judgements
) -> dict[str, frozenset[ClaimKind]]:
    """The kinds of the claims of each conflict that nobody settled, where both are claims and count."""
    found = {}
    for conflict in conflicts:
        sides = [claims.number_at(side.document, side.span) for side in (conflict.one, conflict.other)]
        numbers = [number for number in sides if number is not None and number not in struck]
        if conflict.id not in held.settled and len(numbers) == len(sides):
            found[conflict.id] = frozenset(ClaimKind.of(claims[number]) for number in numbers)
    return found


def _groups(claims: Claims, origins: Mapping[str, int], struck: Collection[int] = ()) -> list[Alike]:
    """`claims` by their kinds, those that were `struck` left out, with the numbers of their `origins`."""
    groups = []
    for kind, those in claims.kinds.items():
        numbers = [number for number in those if number not in struck] if struck else those
        if numbers:
            documents = claims.documents_of(numbers)
            groups.append(Alike(kind, numbers, frozenset(origins.get(id, id) for id in documents)))
    return groups


def _rows(scenario: Scenario, groups: Iterable[Alike], weights: Weights) -> list[RoleRow]:
    of_role: dict[str, list[Alike]] = defaultdict(list)
    general: dict[str, list[Alike]] = defaultdict(list)
    for group in groups:
        for id in group.kind.roles:
            of_role[id].append(group)
        if not group.kind.roles:
            for id in group.kind.constraints:
                general[id].append(group)
    rows = []
    for role in scenario.roles:
        own = of_role[role.id]
        stage = _firmest(own)
        firmest = [group for group in _body(own) if group.kind.stage is stage]
        latest = weights.claims.latest(number for group in firmest for number in group.numbers)
        cells = [
            _cell(role, constraint, own, general[constraint.id], stage, weights) for constraint in scenario.constraints
        ]
        status = stage.status if stage else None
        evidence = _evidence(weights.claims, own).ranked(lambda kind: kind.heading)
        rows.append(RoleRow(role, status, evidence, tuple(cells), stage, latest))
    return rows


def _cell(
    role: Role,
    constraint: Constraint,
    of_role: Sequence[Alike],
    general: Sequence[Alike],
    stage: Stage | None,
    weights: Weights,
) -> Cell:
    direct = [group for group in of_role if constraint.id in group.kind.constraints]
    reached = constraint.reaches is None or role.id in constraint.reaches
    inherited = list(general) if reached else []
    if not all(group.kind.heading for group in (*direct, *inherited)):
        direct, inherited = _body(direct), _body(inherited)
    groups = (*direct, *inherited)
    assessments = weights.judgements.assessments(role.id, constraint.id)
    assessment = assessments[0] if assessments else weights.draft(role.id, constraint.id)
    kinds = {group.kind for group in groups}
    return Cell(
        role.id,
        constraint.id,
        _evidence(weights.claims, direct),
        _evidence(weights.claims, inherited),
        origins_in(groups),
        assessment,
        rivals=tuple(one for one in assessments[1:] if assessment and one.rating is not assessment.rating),
        suggestion=suggestion_for(direct, inherited, stage),
        conflicts=tuple(id for id, sides in weights.conflicts.items() if sides <= kinds),
    )


def _evidence(claims: Claims, groups: Iterable[Alike]) -> Evidence:
    return Evidence(claims, [(group.kind, group.numbers) for group in groups])


def _with_changes(row: RoleRow, before: RoleRow, struck: Collection[int], weights: Weights) -> RoleRow:
    """The row with a word on what has changed in it and its cells, having been `before` with nothing struck."""
    pairs = zip(row.cells, before.cells, strict=True)
    cells = tuple(_changed(cell, whole, struck, weights) for cell, whole in pairs)
    changes: tuple[str, ...] = ()
    if row.stage is not before.stage:
        # What went are all the claims of that stage: one that was left would still be the firmest.
        number = len(before.stage_claims)
        changes = (f"its stage was {before.stage} before {_quotes(number)} {'was' if number == 1 else 'were'} struck",)
    return replace(row, cells=cells, struck=as_evidence(before.claims).among(struck), changes=changes)


def _changed(cell: Cell, whole: Cell, struck: Collection[int], weights: Weights) -> Cell:
    """`cell` with what it lost, having been `whole` with nothing struck. Every loss is told once."""
    held = weights.judgements
    claims = whole.claims.among(struck)
    rated_on = cell.assessment.quotes if cell.assessment else ()
    fallen = tuple(quote for quote in rated_on if held.strikes_out(quote))
    changes = [f"{len(claims)} of {len(whole.claims)} quotes struck"] if claims else []
    if not all(any(contained(quote, claim.document, claim.quote) for claim in claims) for quote in fallen):
        changes.append(f"{len(fallen)} of {len(rated_on)} quotes it was rated on struck")
    cell = replace(cell, struck=claims, struck_quotes=fallen, lost_quotes=weights.lost(cell.assessment))
    since = _since_rated(cell, whole, held) if cell.assessment and cell.assessment.at else _since_drafted(cell, weights)
    return replace(cell, changes=(*changes, *since))


def _since_rated(cell: Cell, whole: Cell, held: Judgements) -> Iterator[str]:
    """How the evidence, strikes apart, differs from what an officer rated."""
    rated = cell.assessment
    if rated is None or rated.at is None:
        return
    quotes = {(quote.document, quote.text) for quote in rated.quotes}
    documents = {document for document, _ in quotes}
    known = cell.claims.among(frozenset(whole.claims.numbers)) if cell.struck else cell.claims
    pinned = sum((one.document, one.quote) in quotes for one in known.within(documents))
    # What was struck since counts on both sides.
    if new := max(0, len(whole.claims) - rated.seen if rated.seen else len(known) - pinned):
        yield f"{_quotes(new)} new since it was rated"
    if gone := len(cell.lost_quotes):
        yield f"{_quotes(gone)} gone since it was rated"
    elsewhere = 0
    told = {(one.document, one.quote) for those in (cell, whole) for one in those.claims.within(documents)}
    for key in sorted(quotes - told):
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


def _quotes(number: int) -> str:
    return f"{number} quote{'' if number == 1 else 's'}"


def _firmest(groups: Iterable[Alike]) -> Stage | None:
    stages = {group.kind.stage for group in _body(groups)}
    return next((stage for stage in _FIRMNESS if stage in stages), None)


def _body(groups: Iterable[Alike]) -> list[Alike]:
    return [group for group in groups if not group.kind.heading]
