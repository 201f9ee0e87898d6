"""What falls with an origin, what no sentence tells, and what has changed since a snapshot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.analysis.changes import QuoteState, changes_since, quote_changes, quote_state, snapshot_of
from briefing.analysis.gaps import gaps, question_for
from briefing.analysis.linchpins import linchpins, stage_claims
from briefing.model import (
    Document,
    Event,
    Origin,
    QuoteRef,
    Rate,
    Rating,
    Span,
    Strike,
)
from tests.weighed_pack import (
    CONSTRAINTS,
    COSTLY,
    COSTLY_TOO,
    GONE,
    ROLES,
    TEXTS,
    claim,
    draft,
    events,
    matrix,
    pack,
)

PINNED = (QuoteRef("a.txt", "Escorts are costly.", 0), QuoteRef("b.txt", "Escorts are costly.", 0))


def test_what_an_origin_alone_holds_up() -> None:
    origins = [Origin(("a.txt", "b.txt")), Origin(("c.txt",))]
    found = linchpins(matrix(origins=origins), origins)
    assert [one.origin.documents for one in found] == [("a.txt", "b.txt"), ("c.txt",)]
    assert [(cell.role, cell.constraint) for cell in found[0].cells] == [("escort", "cost"), ("loans", "law")]
    assert [row.role.id for row in found[0].rows] == ["escort", "loans"]
    assert [row.role.id for row in found[1].rows] == ["relief"]


def test_with_two_origins_nothing_hangs_on_one() -> None:
    origins = [Origin((id,)) for id in TEXTS]
    cells = {(cell.role, cell.constraint) for one in linchpins(matrix(origins=origins), origins) for cell in one.cells}
    assert ("escort", "cost") not in cells


def test_a_cell_without_evidence_hangs_on_what_it_was_rated_on() -> None:
    origins = [Origin((id,)) for id in TEXTS]
    resting = draft("relief", "law", Rating.LOW, QuoteRef("c.txt", "gone"))
    on_two = draft("relief", "cost", Rating.LOW, QuoteRef("c.txt", "gone"), QuoteRef("b.txt", "costly"))

    def held_up(*made: Event) -> list[tuple[str, str, str]]:
        filled = matrix(*made, drafts=[resting, on_two], origins=origins)
        found = linchpins(filled, origins)
        return [
            (one.origin.documents[0], cell.role, cell.constraint)
            for one in found
            for cell in one.cells
            if cell.role == "relief"
        ]

    assert held_up() == [("c.txt", "relief", "law")]
    assert held_up(*events(Strike("c.txt"))) == [("b.txt", "relief", "cost")]


def test_headings_hold_up_no_status() -> None:
    origins = [Origin((id,)) for id in TEXTS]
    heading = replace(GONE, document="b.txt", heading=True)
    filled = matrix(claims=[GONE, heading], origins=origins)
    assert stage_claims(filled.rows[1]) == (GONE,)
    assert [(one.origin.documents, len(one.rows)) for one in linchpins(filled, origins)] == [(("c.txt",), 1)]


def test_gaps_are_cells_without_a_direct_quote() -> None:
    assert [*gaps(matrix())] == [(0, 0), (1, 0), (1, 1), (2, 1)]


def test_a_question_says_what_was_searched() -> None:
    question = question_for(ROLES[1], CONSTRAINTS[1], matrix().cell("relief", "cost"), 3)
    assert question == "How does “Cost” bear on “Relief”? Found nothing in 3 documents by: relief; cost*"


@pytest.mark.parametrize(
    ("role", "found"), [("escort", "2 direct quotes"), ("relief", "only general sentences"), ("loans", "nothing")]
)
def test_a_question_says_what_was_found(role: str, found: str) -> None:
    general = [COSTLY, COSTLY_TOO, claim("a.txt", "The law forbids loans.", "law")]
    cell = matrix(claims=general).cell(role, "cost" if role != "relief" else "law")
    question = question_for(ROLES[0], CONSTRAINTS[1], cell, 3)
    assert f" Found {found} in 3 documents by: " in question


def test_a_rating_taken_away_names_who_took_it_and_what_it_falls_back_to() -> None:
    drafted = draft("escort", "cost", Rating.MODERATE)
    made = events(Rate("escort", "cost", Rating.HIGH), Rate("loans", "cost", Rating.LOW))
    taken = events(snapshot_of(pack(*made, drafts=[drafted])), first=2)
    away = events(Rate("escort", "cost", None), Rate("loans", "cost", None), first=3)
    found = changes_since(pack(*made, *taken, *away, drafts=[drafted]), taken[0])
    assert [(one.subject, one.was, one.now, one.cause) for one in found] == [
        ("Escort × Cost", "high", "moderate, drafted", "the rating of ann@desk was taken away"),
        ("Loans × Cost", "low", "", "the rating of ann@desk was taken away"),
    ]


def test_changes_since_a_snapshot_name_their_cause() -> None:
    start = pack(*events(Rate("escort", "cost", Rating.LOW)))
    taken = events(snapshot_of(start), first=1)
    assert changes_since(replace(start, events=(*start.events, *taken)), taken[0]) == ()
    later = pack(
        *start.events, *taken, *events(Rate("escort", "cost", Rating.HIGH), Strike("c.txt"), by="bob@desk", first=2)
    )
    found = changes_since(later, taken[0])
    assert [(one.subject, one.was, one.now, one.cause) for one in found] == [
        ("Escort × Cost", "low", "high", "rated by bob@desk"),
        ("Relief", "done", "", "c.txt struck"),
        ("c.txt", "", "struck", ""),
    ]


@pytest.mark.parametrize(
    ("text", "quote", "state", "start"),
    [
        ("It rains.", QuoteRef("a", "It rains.", 0), QuoteState.VERIFIED, 0),
        ("Today it rains. ", QuoteRef("a", "it rains", 0), QuoteState.MOVED, 6),
        ("It snows.", QuoteRef("a", "It rains.", 0), QuoteState.ORPHANED, None),
        ("So: it rains, it rains.", QuoteRef("a", "it rains", 0), QuoteState.ORPHANED, None),
        ("So it  rains", QuoteRef("a", "it rains", 0), QuoteState.ORPHANED, None),
        ("So it rains", QuoteRef("a", "it rains"), QuoteState.VERIFIED, 3),
    ],
)
def test_what_became_of_a_quote(text: str, quote: QuoteRef, state: QuoteState, start: int | None) -> None:
    found, span = quote_state(Document("a", text, "", "text"), quote)
    assert (found, span and span.start) == (state, start)


def test_a_quote_of_a_document_that_is_gone_is_orphaned() -> None:
    assert quote_state(None, QuoteRef("a", "it rains", 0)) == (QuoteState.ORPHANED, None)


def test_pinned_quotes_that_moved_or_went_are_listed() -> None:
    pinned = (QuoteRef("a.txt", "The law forbids loans.", 0), QuoteRef("b.txt", "Escorts are dear.", 0), PINNED[0])
    found = quote_changes(pack(*events(Rate("escort", "cost", Rating.LOW, quotes=pinned))))
    start = TEXTS["a.txt"].index("The law")
    assert [(one.was, one.now, one.place) for one in found] == [
        ("“The law forbids loans.”", "moved", ("a.txt", Span(start, start + 22))),
        ("“Escorts are dear.”", "orphaned", None),
    ]
