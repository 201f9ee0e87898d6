"""Which evidence a cell rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.analysis.matrix import fill_matrix
from briefing.model import (
    Assessment,
    Basis,
    Claim,
    Constraint,
    Document,
    Rating,
    Role,
    Scenario,
    Span,
    Stage,
    Stance,
    Status,
)

SCENARIO = Scenario(
    question="?",
    actor="Utopia",
    actor_terms=("utopia",),
    roles=(Role("medical", "Medical", ("medical",)), Role("funding", "Funding", ("money",))),
    constraints=(Constraint("law", "Law", ("law",), reaches=("medical",)), Constraint("cost", "Cost", ("cost",))),
    assessments=(Assessment("medical", "law", Rating.LOW),),
)
DOCUMENTS = (Document("b.txt", "b" * 99, "", "text"), Document("a.txt", "a" * 99, "", "text"))


def claim(
    start: int, *about: str, document: str = "a.txt", stage: Stage = Stage.UNCLEAR, heading: bool = False
) -> Claim:
    return Claim(
        document=document,
        span=Span(start, start + 1),
        line=1,
        quote="a",
        roles=tuple(id for id in about if id in ("medical", "funding")),
        constraints=tuple(id for id in about if id in ("law", "cost")),
        stance=Stance.NEUTRAL,
        stage=stage,
        voice="author",
        as_of=None,
        heading=heading,
    )


def test_direct_evidence_stands_before_inherited() -> None:
    both, general, other = claim(5, "medical", "law"), claim(1, "law"), claim(7, "funding", "law")
    cell = fill_matrix(SCENARIO, [general, both, other], DOCUMENTS).cell("medical", "law")
    assert (cell.direct, cell.inherited, cell.basis) == ((both,), (general,), Basis.DIRECT)
    assert cell.claims == (both, general)


def test_general_sentence_reaches_only_the_roles_it_holds_for() -> None:
    law, cost = claim(1, "law"), claim(3, "cost")
    matrix = fill_matrix(SCENARIO, [law, cost], DOCUMENTS)
    assert matrix.cell("medical", "law").inherited == (law,)
    assert matrix.cell("funding", "law").basis is Basis.NONE
    assert matrix.cell("funding", "cost").inherited == (cost,)


def test_order_is_that_of_the_documents_and_origins_count_each_once() -> None:
    first, second, third = claim(9, "cost", document="b.txt"), claim(1, "cost"), claim(4, "cost")
    cell = fill_matrix(SCENARIO, [third, second, first], DOCUMENTS).cell("medical", "cost")
    assert (cell.inherited, cell.origins) == ((first, second, third), 2)


def test_struck_document_holds_up_nothing() -> None:
    cell = fill_matrix(SCENARIO, [claim(1, "cost", document="b.txt")], DOCUMENTS[1:]).cell("medical", "cost")
    assert (len(cell.claims), cell.origins) == (0, 0)


def test_heading_counts_only_where_the_body_is_silent() -> None:
    heading = claim(1, "medical", "law", heading=True, stage=Stage.DONE)
    alone = fill_matrix(SCENARIO, [heading], DOCUMENTS)
    assert alone.cell("medical", "law").direct == (heading,)
    body = claim(5, "medical", "law", stage=Stage.POSSIBLE)
    for others in ([body], [claim(5, "law")]):
        cell = fill_matrix(SCENARIO, [heading, *others], DOCUMENTS).cell("medical", "law")
        assert list(cell.claims) == others
    assert [row.status for row in alone.rows] == [None, None]
    row = fill_matrix(SCENARIO, [heading, body], DOCUMENTS).rows[0]
    assert (row.status, row.claims) == (Status.POSSIBLE, (body, heading))


@pytest.mark.parametrize(
    ("stages", "firmest"),
    [
        ((Stage.UNCLEAR, Stage.POSSIBLE), Stage.POSSIBLE),
        ((Stage.POSSIBLE, Stage.DONE, Stage.ANNOUNCED), Stage.DONE),
        ((), None),
    ],
)
def test_role_is_as_far_along_as_its_firmest_claim(stages: tuple[Stage, ...], firmest: Stage | None) -> None:
    claims = [claim(index, "funding", stage=stage) for index, stage in enumerate(stages)]
    assert fill_matrix(SCENARIO, claims, DOCUMENTS).rows[1].stage is firmest


def test_assessment_goes_to_its_cell() -> None:
    matrix = fill_matrix(SCENARIO, [], DOCUMENTS)
    assessed = matrix.cell("medical", "law").assessment
    assert assessed is not None
    assert assessed.rating is Rating.LOW
    assert matrix.cell("medical", "cost").assessment is None


def test_empty_scenario_makes_an_empty_matrix() -> None:
    assert fill_matrix(replace(SCENARIO, roles=()), [claim(1, "law")], DOCUMENTS).rows == ()
