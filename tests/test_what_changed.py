"""What falls with an origin, what no sentence tells, and what has changed since a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from briefing.analysis.changes import changes_since, quote_changes, snapshot_of
from briefing.analysis.check import check_pack
from briefing.analysis.gaps import gaps, question_for
from briefing.analysis.linchpins import linchpins
from briefing.analysis.quotes import QuoteState, quote_state
from briefing.analysis.weighing import weighed
from briefing.model import (
    Assessment,
    ClaimLabel,
    Conflict,
    ConflictKind,
    Document,
    Event,
    Origin,
    QuoteRef,
    Rate,
    Rating,
    Relabel,
    Restore,
    Settle,
    Side,
    Span,
    Strike,
    Undo,
)
from briefing.parsing import parse_document
from tests.weighed_pack import (
    CLAIMS,
    CONSTRAINTS,
    COSTLY,
    COSTLY_TOO,
    FORBIDDEN,
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


def test_quotes_that_have_left_their_document_hold_up_nothing() -> None:
    origins = [Origin((id,)) for id in TEXTS]
    resting = (QuoteRef("c.txt", "Relief has gone.", 14), QuoteRef("b.txt", "It rained.", 0))
    made = events(
        Rate("relief", "cost", Rating.LOW, quotes=resting), Rate("relief", "law", Rating.LOW, quotes=resting[1:])
    )
    held_up = {
        (one.origin.documents[0], cell.constraint)
        for one in linchpins(matrix(*made, origins=origins), origins)
        for cell in one.cells
        if cell.role == "relief"
    }
    assert held_up == {("c.txt", "cost")}


def test_headings_hold_up_no_status() -> None:
    origins = [Origin((id,)) for id in TEXTS]
    heading = replace(GONE, document="b.txt", heading=True)
    filled = matrix(claims=[GONE, heading], origins=origins)
    assert filled.rows[1].stage_claims == (GONE,)
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


def test_a_rating_that_was_undone_names_whose_it_was() -> None:
    made = [
        *events(Rate("escort", "cost", Rating.HIGH)),
        *events(Rate("escort", "cost", Rating.LOW), by="bob@desk", first=1),
    ]
    taken = events(snapshot_of(pack(*made)), first=2)
    undone = events(Undo(made[1].id), by="bob@desk", first=3)
    (change,) = changes_since(pack(*made, *taken, *undone), taken[0])
    assert (change.was, change.now, change.cause) == ("low", "high", "the rating of bob@desk was undone")


def test_a_rating_that_came_late_from_another_journal_is_named() -> None:
    late = events(Rate("escort", "cost", Rating.HIGH), by="bob@desk")
    taken = events(snapshot_of(pack()), first=1)
    (change,) = changes_since(pack(*late, *taken), taken[0])
    assert (change.was, change.now, change.cause) == ("", "high", "rated by bob@desk")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ([draft("escort", "cost", Rating.HIGH)], ("high, drafted", "its draft was changed in the scenario")),
        ([], ("", "its draft was taken out of the scenario")),
        (
            [draft("escort", "cost", Rating.LOW, QuoteRef("a.txt", "It rained."))],
            ("", "the quotes of its draft are gone"),
        ),
    ],
)
def test_a_draft_that_changed_is_said_to_have(now: list[Assessment], words: tuple[str, str]) -> None:
    taken = events(snapshot_of(pack(drafts=[draft("escort", "cost", Rating.LOW)])))
    # What was rated and undone since is no cause.
    rated = events(Rate("escort", "cost", Rating.NONE), first=1)
    undone = events(Undo(rated[0].id), first=2)
    (change,) = changes_since(pack(*taken, *rated, *undone, drafts=now), taken[0])
    assert (change.was, change.now, change.cause) == ("low", *words)


def test_a_status_names_what_was_put_right_and_no_source_that_says_nothing_of_the_role() -> None:
    read = replace(pack(), found_claims=CLAIMS)
    taken = events(snapshot_of(weighed(read, ())))
    label = events(Relabel("c.txt", GONE.span, GONE.quote, ClaimLabel.STAGE, "announced"), by="bob@desk", first=1)
    after = [*taken, *label, *events(Strike("b.txt"), first=2)]
    assert [(one.subject, one.was, one.now, one.cause) for one in changes_since(weighed(read, after), taken[0])] == [
        ("Relief", "done", "announced", "stage of a sentence of c.txt put right by bob@desk"),
        ("b.txt", "", "struck", "by ann@desk"),
    ]
    again = [*taken, *label, *events(snapshot_of(weighed(read, [*taken, *label])), first=4)]
    undone = weighed(read, [*again, *events(Undo(label[0].id), by="bob@desk", first=5)])
    assert [(one.now, one.cause) for one in changes_since(undone, again[-1])] == [
        ("done", "stage of a sentence of c.txt as read before bob@desk")
    ]


def test_a_status_that_fell_names_the_documents_that_changed_where_nothing_else_tells() -> None:
    taken = events(snapshot_of(pack()))
    changed = replace(
        pack(*taken),
        documents=tuple(replace(one, digest="of other text") if one.id == "c.txt" else one for one in documents()),
        matrix=matrix(*taken, claims=[COSTLY, COSTLY_TOO, FORBIDDEN]),
    )
    found = [(one.subject, one.was, one.now, one.cause) for one in changes_since(changed, taken[0])]
    assert found == [("Relief", "done", "", "c.txt changed"), ("c.txt", "", "changed", "")]
    risen = replace(changed, matrix=matrix(*taken, claims=[*CLAIMS, replace(GONE, roles=("escort",))]))
    assert [(one.subject, one.cause) for one in changes_since(risen, taken[0])][:1] == [("Escort", "c.txt changed")]


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
        ("Relief", "done", "", ""),
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
        # A draft says no place.
        ("So it  rains, it rains", QuoteRef("a", "it rains"), QuoteState.VERIFIED, 14),
        ("So it  rains", QuoteRef("a", "it rains"), QuoteState.VERIFIED, 3),
        ("So it snows", QuoteRef("a", "it rains"), QuoteState.ORPHANED, None),
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


def test_quotes_gone_from_under_a_draft_are_listed_until_somebody_rates_the_cell() -> None:
    drafted = draft("relief", "cost", Rating.LOW, QuoteRef("c.txt", "It came late."), QuoteRef("c.txt", "It\nrained."))
    (change,) = quote_changes(pack(drafts=[drafted]))
    assert (change.subject, change.was, change.now) == ("Relief × Cost", "“It rained.”", "orphaned")
    assert (change.cause, change.cell) == ("c.txt changed; drafted", ("relief", "cost"))
    assert quote_changes(pack(*events(Rate("relief", "cost", Rating.HIGH)), drafts=[drafted])) == ()
    # The problems of the pack name it already.
    assert check_pack(pack(drafts=[drafted])) == ()


def test_a_label_that_names_what_the_scenario_no_longer_has_is_listed() -> None:
    made = events(
        Relabel("a.txt", COSTLY.span, COSTLY.quote, ClaimLabel.ROLES, "loans minesweeping"),
        Relabel("a.txt", COSTLY.span, COSTLY.quote, ClaimLabel.CONSTRAINTS, "law"),
    )
    (lapsed,) = quote_changes(pack(*made))
    assert (lapsed.was, lapsed.now, lapsed.place) == ("“Escorts are costly.”", "orphaned", ("a.txt", COSTLY.span))
    assert lapsed.cause == "the scenario has no minesweeping; put right by ann@desk: roles loans minesweeping"


def test_a_settled_conflict_that_is_none_any_more_is_listed() -> None:
    side = Side("a.txt", COSTLY.span, COSTLY.span)
    found = (Conflict("a" * 16, ConflictKind.NUMBER, "Escort", side, side, ""),)
    made = events(Settle("a" * 16, "one and the same"), Settle("b" * 16, "two\nconvoys"), Settle("c" * 16))
    settled = replace(pack(*made), found_conflicts=found)
    lapsed = quote_changes(settled)
    assert [(one.subject, one.was, one.now) for one in lapsed] == [
        ("A settled pair", "“two convoys”", "orphaned"),
        ("A settled pair", "a pair without a note", "orphaned"),
    ]
    assert {one.cause for one in lapsed} == {"its sentences are read otherwise; settled by ann@desk"}
    assert [problem.fault for problem in check_pack(settled)][:1] == ["“two convoys” is orphaned"]
    assert quote_changes(replace(settled, matrix=None)) == ()
    restored = events(Restore(made[1].id), Restore(made[2].id), by="bob@desk", first=3)
    assert quote_changes(replace(settled, events=(*made, *restored))) == ()
