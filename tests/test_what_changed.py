"""What falls with an origin, what no sentence tells, and what has changed since a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from briefing.analysis.changes import QuoteState, changes_since, quote_changes, quote_state, snapshot_of
from briefing.analysis.check import check_pack
from briefing.analysis.gaps import gaps, question_for
from briefing.analysis.linchpins import linchpins, stage_claims
from briefing.model import (
    ClaimLabel,
    Document,
    Event,
    Origin,
    QuoteRef,
    Rate,
    Rating,
    Relabel,
    Restore,
    Span,
    Strike,
    Undo,
)
from briefing.parsing import parse_document
from tests.weighed_pack import (
    CONSTRAINTS,
    COSTLY,
    COSTLY_TOO,
    GONE,
    ROLES,
    TEXTS,
    claim,
    documents,
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
        ("Relief", "done", "", "c.txt struck by bob@desk"),
        ("c.txt", "", "struck", "by bob@desk"),
    ]


def since(taken: Sequence[Event], made: Sequence[Event]) -> list[tuple[str, str, str, str]]:
    """What differs from the first snapshot taken: what it is, was, is now, and why."""
    found = changes_since(pack(*made), taken[0])
    return [(one.subject, one.was, one.now, one.cause) for one in found]


def test_a_sentence_struck_since_is_listed_and_named_as_the_cause() -> None:
    taken = events(snapshot_of(pack()))
    sentence = Strike("c.txt", GONE.span, GONE.quote)
    struck = [*taken, *events(sentence, Strike("a.txt", COSTLY.span, COSTLY.quote), by="bob@desk", first=1)]
    assert since(taken, struck) == [
        ("Relief", "done", "", "a sentence of c.txt struck by bob@desk"),
        ("c.txt", "“Relief has gone.”", "struck", "by bob@desk"),
        ("a.txt", "“Escorts are costly.”", "struck", "by bob@desk"),
    ]
    assert changes_since(pack(*struck), taken[0])[1].place == ("c.txt", GONE.span)
    again = events(snapshot_of(pack(*struck)), first=3)
    assert since(again, [*struck, *again]) == []


@pytest.mark.parametrize("take_back", [Undo, Restore])
def test_a_sentence_that_counts_again_names_who_let_it(take_back: type[Undo | Restore]) -> None:
    struck = events(Strike("c.txt", GONE.span, GONE.quote), Strike("c.txt", GONE.span, GONE.quote))
    taken = events(snapshot_of(pack(*struck)), first=2)
    back = events(*(take_back(event.id) for event in struck), by="eve@desk", first=3)
    assert since(taken, [*struck, *taken, back[1]]) == []
    assert since(taken, [*struck, *taken, *back]) == [
        ("Relief", "", "done", "a sentence of c.txt counts again by eve@desk"),
        ("c.txt", "“Relief has gone.”", "counts again", "by eve@desk"),
    ]


def test_a_strike_and_its_undoing_since_are_no_change() -> None:
    taken = events(snapshot_of(pack()))
    struck = events(Strike("c.txt", GONE.span, GONE.quote), first=1)
    assert since(taken, [*taken, *struck, *events(Undo(struck[0].id), first=2)]) == []


def test_a_snapshot_that_noted_no_sentences_tells_of_none() -> None:
    older = replace(snapshot_of(pack()), struck_sentences=None)
    struck = [*events(older), *events(Strike("c.txt", GONE.span, GONE.quote), Strike("b.txt"), first=1)]
    assert since(struck, struck) == [
        ("Relief", "done", "", "b.txt struck by ann@desk"),
        ("b.txt", "", "struck", "by ann@desk"),
    ]


def test_strikes_of_which_the_journal_is_gone_count_again() -> None:
    taken = events(snapshot_of(pack(*events(Strike("b.txt"), Strike("c.txt", GONE.span, GONE.quote)))))
    assert sorted(one[0] for one in since(taken, taken)) == ["A sentence", "Relief", "b.txt"]
    assert {one[2:] for one in since(taken, taken)[1:]} == {("counts again", "no journal tells of its strike")}


def test_a_snapshot_notes_little_of_a_sentence() -> None:
    noted = snapshot_of(pack(*events(Strike("c.txt", GONE.span, GONE.quote)))).struck_sentences
    # The first digits of the SHA-256 of "c.txt", U+0000 and the words.
    assert noted == ("e38f866cb92ebd76",)


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


def test_strikes_and_labels_of_sentences_that_are_no_more_are_listed() -> None:
    dear = "Escorts\nare dear."
    made = events(
        Strike("b.txt", Span(0, 17), dear),
        Strike("d.txt", Span(0, 17), dear),
        Relabel("a.txt", Span(0, 17), dear, ClaimLabel.STAGE, "under way"),
        Relabel("a.txt", Span(0, 17), dear, ClaimLabel.CONSTRAINTS, ""),
        Relabel("d.txt", Span(0, 17), dear, ClaimLabel.AS_OF, "2024"),
    )
    found = quote_changes(pack(*made))
    assert {(one.was, one.now, one.place) for one in found} == {("“Escorts are dear.”", "orphaned", None)}
    assert [(one.subject, one.cause) for one in found] == [
        ("b.txt", "b.txt changed; struck by ann@desk"),
        ("d.txt", "d.txt is gone; struck by ann@desk"),
        ("a.txt", "a.txt changed; put right by ann@desk: stage under way"),
        ("a.txt", "a.txt changed; put right by ann@desk: constraints none"),
        ("d.txt", "d.txt is gone; put right by ann@desk: date 2024"),
    ]
    assert [(problem.path, problem.fault, problem.remedy) for problem in check_pack(pack(*made))][:1] == [
        ("b.txt", "“Escorts are dear.” is orphaned", "look at it again: b.txt changed; struck by ann@desk")
    ]
    undone = events(*(Undo(event.id) for event in made), first=len(made))
    assert quote_changes(pack(*made, *undone)) == ()


def test_sentences_that_moved_are_struck_and_put_right_as_before() -> None:
    moved = Span(40, 40 + len(COSTLY.quote))
    made = events(
        Strike("a.txt", moved, COSTLY.quote), Relabel("a.txt", moved, COSTLY.quote, ClaimLabel.STANCE, "enables")
    )
    assert quote_changes(pack(*made)) == ()


def test_a_sentence_that_is_no_claim_can_be_struck_but_no_label_of_it_put_right() -> None:
    document = parse_document("e.txt", b"Heading\n\nIt rained all day.\n")
    span = Span(9, 27)
    whole = replace(pack(), documents=(*documents(), document))
    struck, labelled = events(
        Strike("e.txt", span, "It rained all day."),
        Relabel("e.txt", span, "It rained all day.", ClaimLabel.STANCE, "limits"),
    )
    assert quote_changes(replace(whole, events=(struck,))) == ()
    (lapsed,) = quote_changes(replace(whole, events=(labelled,)))
    assert (lapsed.now, lapsed.place) == ("orphaned", ("e.txt", span))
    assert lapsed.cause == f"{document.label} is read otherwise; put right by ann@desk: leaning limits"
    assert quote_changes(replace(whole, events=(struck, labelled), matrix=None)) == ()
    (part,) = quote_changes(replace(whole, events=(*events(Strike("e.txt", Span(9, 18), "It rained")),)))
    assert part.cause == f"{document.label} changed; struck by ann@desk"
