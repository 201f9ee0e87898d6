"""What officers made of the evidence: ratings, strikes, labels put right; what is suggested and how roles rank."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.judgements import judgements, relabelled, settlements_of
from briefing.analysis.matrix import fill_matrix
from briefing.analysis.ranking import ranked
from briefing.model import (
    ClaimLabel,
    Collect,
    Confidence,
    Credibility,
    Document,
    Grade,
    Matrix,
    Origin,
    QuoteRef,
    Rate,
    Rating,
    Relabel,
    Reliability,
    Restore,
    Settle,
    Span,
    Stage,
    Stance,
    Strike,
    Undo,
)
from tests.weighed_pack import (
    CLAIMS,
    CONSTRAINTS,
    COSTLY,
    COSTLY_TOO,
    FORBIDDEN,
    GONE,
    ROLES,
    claim,
    draft,
    events,
    matrix,
    scenario,
)

PINNED = (QuoteRef("a.txt", "Escorts are costly.", 0), QuoteRef("b.txt", "Escorts are costly.", 0))


# ---------------------------------------------------------------- ratings


def test_an_officers_rating_stands_before_the_draft() -> None:
    rate = Rate("escort", "cost", Rating.HIGH, Confidence.LOW, "See both.", PINNED)
    cell = matrix(*events(rate), drafts=[draft("escort", "cost", Rating.LOW)]).cell("escort", "cost")
    assert cell.assessment is not None
    assert (cell.assessment.rating, cell.assessment.by, cell.assessment.note) == (Rating.HIGH, "ann@desk", "See both.")
    assert not cell.assessment.drafted
    assert cell.changes == ()


def test_a_rating_taken_away_leaves_the_draft() -> None:
    made = events(Rate("escort", "cost", Rating.HIGH), Rate("escort", "cost", None))
    cell = matrix(*made, drafts=[draft("escort", "cost", Rating.LOW)]).cell("escort", "cost")
    assert cell.assessment == draft("escort", "cost", Rating.LOW)


def test_two_officers_who_differ_are_both_shown() -> None:
    made = [*events(Rate("escort", "cost", Rating.HIGH, quotes=PINNED))]
    made += events(Rate("escort", "cost", Rating.LOW, quotes=PINNED), by="bob@desk", first=5)
    cell = matrix(*made).cell("escort", "cost")
    assert cell.assessment is not None
    assert cell.assessment.by == "bob@desk"
    assert [(one.by, one.rating) for one in cell.rivals] == [("ann@desk", Rating.HIGH)]


def test_two_officers_who_agree_are_no_rivals() -> None:
    made = [*events(Rate("escort", "cost", Rating.LOW)), *events(Rate("escort", "cost", Rating.LOW), by="b@d")]
    assert matrix(*made).cell("escort", "cost").rivals == ()


def test_a_cell_says_what_is_new_and_what_is_gone_since_it_was_rated() -> None:
    pinned = (QuoteRef("a.txt", "Escorts are costly."), QuoteRef("a.txt", "Escorts were dear."))
    cell = matrix(*events(Rate("escort", "cost", Rating.HIGH, quotes=pinned))).cell("escort", "cost")
    assert cell.changes == ("1 quote new since it was rated", "1 quote gone since it was rated")


@pytest.mark.parametrize(("seen", "changes"), [(1, ("1 quote new since it was rated",)), (2, ()), (3, ())])
def test_of_very_much_evidence_what_is_new_is_told_by_how_much_there_was(seen: int, changes: tuple[str, ...]) -> None:
    rate = Rate("escort", "cost", Rating.HIGH, quotes=PINNED[:1], seen=seen)
    cell = matrix(*events(rate)).cell("escort", "cost")
    assert (len(cell.claims), cell.changes) == (2, changes)


def test_strikes_hide_no_evidence_that_is_new() -> None:
    made = events(Rate("escort", "cost", Rating.HIGH, quotes=PINNED[:1], seen=1), Strike("a.txt"))
    cell = matrix(*made).cell("escort", "cost")
    assert cell.changes[-1] == "1 quote new since it was rated"


def test_a_quote_that_stands_twice_and_nowhere_where_it_stood_is_gone() -> None:
    twice = Document("a.txt", f"Well: {COSTLY.quote} {COSTLY.quote}", "", "text")
    claims = [replace(COSTLY, span=Span(start, start + 19)) for start in (6, 26)]
    held = judgements(events(Rate("escort", "cost", Rating.HIGH, quotes=PINNED[:1])))
    cell = fill_matrix(scenario(), claims, [twice], held=held).cell("escort", "cost")
    assert (cell.lost_quotes, cell.standing_quotes) == (PINNED[:1], ())
    assert cell.changes == ("1 quote gone since it was rated",)


def test_a_quote_that_a_rating_rests_on_beside_the_evidence_is_not_gone() -> None:
    resting = (*PINNED, QuoteRef("c.txt", "It came late.", 0))
    cell = matrix(*events(Rate("escort", "cost", Rating.HIGH, quotes=resting))).cell("escort", "cost")
    assert (cell.changes, cell.standing_quotes) == ((), resting)


def test_a_quote_that_was_put_right_since_is_told() -> None:
    made = events(
        Relabel("b.txt", COSTLY_TOO.span, COSTLY_TOO.quote, ClaimLabel.STANCE, "enables"),
        Rate("escort", "cost", Rating.HIGH, quotes=PINNED),
        Relabel("a.txt", COSTLY.span, COSTLY.quote, ClaimLabel.CONSTRAINTS, "law"),
    )
    claims = relabelled(CLAIMS, judgements(made).labels, scenario())
    cell = matrix(*made, claims=claims).cell("escort", "cost")
    assert cell.changes == ("1 quote put right to speak of something else since it was rated",)


def test_a_draft_tells_which_of_its_quotes_are_gone_and_falls_with_the_last() -> None:
    here, gone = QuoteRef("c.txt", "It came\nlate."), QuoteRef("d.txt", "It came late.")
    half = matrix(drafts=[draft("relief", "cost", Rating.LOW, gone, here)]).cell("relief", "cost")
    assert half.assessment is not None
    assert (half.lost_quotes, half.standing_quotes) == ((gone,), (here,))
    assert half.changes == ("1 of 2 quotes it was drafted on gone",)
    fallen = matrix(drafts=[draft("relief", "cost", Rating.LOW, gone)]).cell("relief", "cost")
    assert (fallen.assessment, fallen.standing_quotes) == (None, ())
    assert fallen.changes == ("1 of 1 quotes it was drafted on gone, and the draft with it",)
    rated = matrix(*events(Rate("relief", "cost", Rating.HIGH)), drafts=[draft("relief", "cost", Rating.LOW, gone)])
    assert rated.cell("relief", "cost").changes == ()


# ---------------------------------------------------------------- strikes


def test_a_struck_document_counts_for_nothing_and_the_cell_says_so() -> None:
    cell = matrix(*events(Strike("a.txt"))).cell("escort", "cost")
    assert cell.direct == (COSTLY_TOO,)
    assert cell.changes == ("1 of 2 quotes struck",)
    assert matrix(*events(Strike("a.txt"))).rows[2].stage is None


def test_one_sentence_can_be_struck_and_restored() -> None:
    strike = events(Strike("a.txt", COSTLY.span, COSTLY.quote))
    assert matrix(*strike).cell("escort", "cost").direct == (COSTLY_TOO,)
    assert matrix(*strike).cell("loans", "law").direct == (FORBIDDEN,)
    restored = [*strike, *events(Undo(strike[0].id), first=1)]
    assert matrix(*restored).cell("escort", "cost").direct == (COSTLY, COSTLY_TOO)


@pytest.mark.parametrize(
    ("strike", "words"),
    [
        (Strike("c.txt"), ("1 of 1 quotes it was rated on struck",)),
        (Strike("c.txt", GONE.span, GONE.quote), ("1 of 1 quotes it was rated on struck",)),
        (Strike("a.txt"), ()),
        (Strike("c.txt", Span(0, 3), "It rained."), ()),
    ],
)
@pytest.mark.parametrize("text", ["Relief has gone.", "has\n gone", "It came late. Relief has gone."])
def test_a_rating_of_which_the_quotes_are_struck_says_so(strike: Strike, words: tuple[str, ...], text: str) -> None:
    resting = draft("relief", "cost", Rating.LOW, QuoteRef("c.txt", text))
    cell = matrix(*events(strike), drafts=[resting]).cell("relief", "cost")
    assert (cell.changes, cell.struck) == (words, ())
    assert cell.struck_quotes == (resting.quotes if words else ())


def test_a_strike_is_told_once_and_what_else_changed_beside_it() -> None:
    rated = events(Rate("escort", "cost", Rating.HIGH, quotes=PINNED))
    cell = matrix(*rated, *events(Strike("a.txt"), first=1)).cell("escort", "cost")
    assert (cell.changes, cell.struck_quotes) == (("1 of 2 quotes struck",), PINNED[:1])
    older = events(Rate("escort", "cost", Rating.HIGH, quotes=(PINNED[0], QuoteRef("b.txt", "Escorts were dear."))))
    cell = matrix(*older, *events(Strike("a.txt"), first=1)).cell("escort", "cost")
    assert cell.changes == ("1 of 2 quotes struck", "1 quote new since it was rated", "1 quote gone since it was rated")


def test_what_was_struck_before_the_rating_is_not_new_since() -> None:
    made = events(Strike("a.txt"), Rate("escort", "cost", Rating.HIGH, quotes=PINNED[1:]))
    assert matrix(*made).cell("escort", "cost").changes == ("1 of 2 quotes struck",)


def test_a_heading_that_a_strike_brings_up_is_not_new() -> None:
    claims = [COSTLY, replace(COSTLY_TOO, heading=True)]
    made = events(Rate("escort", "cost", Rating.HIGH, quotes=PINNED[:1]), Strike("a.txt"))
    cell = matrix(*made, claims=claims).cell("escort", "cost")
    assert (cell.direct, cell.changes) == ((claims[1],), ("1 of 1 quotes struck",))


def test_a_role_tells_what_was_struck_and_which_stage_it_lost() -> None:
    row = matrix(*events(Strike("c.txt"))).rows[1]
    assert (row.stage, row.struck) == (None, (GONE,))
    assert row.changes == ("its stage was done before 1 quote was struck",)
    again = replace(GONE, span=Span(3, 9), quote="Relief went.")
    heading = replace(GONE, document="b.txt", heading=True)
    row = matrix(*events(Strike("c.txt")), claims=[GONE, again, heading]).rows[1]
    assert row.changes == ("its stage was done before 2 quotes were struck",)


def test_a_role_that_keeps_its_stage_tells_only_what_was_struck() -> None:
    row = matrix(*events(Strike("a.txt"))).rows[0]
    assert (row.struck, row.changes) == ((COSTLY,), ())
    assert [(row.struck, row.changes) for row in matrix().rows] == [((), ())] * 3


def test_documents_of_one_origin_count_once() -> None:
    assert matrix().cell("escort", "cost").origins == 2
    joined = [Origin(("a.txt", "b.txt")), Origin(("c.txt",))]
    assert matrix(origins=joined).cell("escort", "cost").origins == 1


# ---------------------------------------------------------------- labels


def relabel(label: ClaimLabel, value: str) -> list[object]:
    made = events(Relabel("a.txt", COSTLY.span, COSTLY.quote, label, value))
    return [*relabelled(CLAIMS, judgements(made).labels, scenario())]


@pytest.mark.parametrize(
    ("label", "value", "changed"),
    [
        (ClaimLabel.ROLES, "relief loans", {"roles": ("relief", "loans")}),
        (ClaimLabel.CONSTRAINTS, "", {"constraints": ()}),
        (ClaimLabel.STANCE, "enables", {"stance": Stance.ENABLES}),
        (ClaimLabel.STAGE, "under way", {"stage": Stage.UNDER_WAY}),
        (ClaimLabel.VOICE, "the ministry", {"voice": "the ministry"}),
        (ClaimLabel.AS_OF, "2024", {"as_of": "2024"}),
    ],
)
def test_a_label_is_put_right_and_remembered_as_such(label: ClaimLabel, value: str, changed: dict[str, object]) -> None:
    assert relabel(label, value) == [replace(COSTLY, corrected=(label,), **changed), *CLAIMS[1:]]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "value"),
    [
        (ClaimLabel.STANCE, "sideways"),
        # The scenario has no such role, no such constraint.
        (ClaimLabel.ROLES, "minesweeping"),
        (ClaimLabel.CONSTRAINTS, "weather tides"),
    ],
)
def test_a_label_that_cannot_be_meant_changes_nothing(label: ClaimLabel, value: str) -> None:
    assert relabel(label, value) == list(CLAIMS)


def test_of_a_label_that_names_what_is_gone_the_rest_holds() -> None:
    (first, *_) = relabel(ClaimLabel.ROLES, "minesweeping loans")
    assert first == replace(COSTLY, roles=("loans",), corrected=(ClaimLabel.ROLES,))


@pytest.mark.parametrize(
    ("label", "value"),
    [
        (ClaimLabel.ROLES, "escort"),
        (ClaimLabel.STANCE, "limits"),
        (ClaimLabel.STAGE, "unclear"),
        (ClaimLabel.AS_OF, ""),
    ],
)
def test_what_was_read_so_already_is_confirmed_and_not_put_right(label: ClaimLabel, value: str) -> None:
    assert relabel(label, value) == [replace(COSTLY, confirmed=(label,)), *CLAIMS[1:]]
    assert replace(COSTLY, confirmed=(label,)).decided == (label,)


# ---------------------------------------------------------------- the other judgements


def test_grades_notes_and_questions_are_kept_by_what_they_are_about() -> None:
    made = events(
        Grade("a.txt", Reliability.NOT_USUALLY, Credibility.NOT_JUDGED),
        Settle("0123456789abcdef", "two names of one thing"),
        Collect("relief", "cost", "What does relief cost?"),
        Grade("a.txt", Reliability.FAIRLY, Credibility.DOUBTFUL),
    )
    held = judgements(made)
    assert [grade.reliability for grade in held.grades["a.txt"].values()] == [Reliability.FAIRLY]
    assert held.settled == {"0123456789abcdef": made[1]}
    assert list(held.collected) == [("relief", "cost")]


def test_a_conflict_is_open_again_once_all_that_settled_it_is_restored() -> None:
    id = "0123456789abcdef"
    made = [*events(Settle(id, "two names")), *events(Settle("f" * 16), Settle(id, "a slip"), by="bob@desk", first=1)]
    assert settlements_of(made, id) == (made[0], made[2])
    one = events(Restore(made[2].id), by="eve@desk", first=4)
    assert judgements([*made, *one]).settled[id] == made[0]
    both = [*one, *events(Restore(made[0].id), by="eve@desk", first=5)]
    assert id not in judgements([*made, *both]).settled
    assert settlements_of([*made, *both], id) == ()
    assert settlements_of([*made, *both, *events(Undo(both[1].id), by="eve@desk", first=6)], id) == (made[0],)


# ---------------------------------------------------------------- suggestions


@pytest.mark.parametrize(
    ("claims", "cell", "rating", "reason"),
    [
        ([COSTLY, COSTLY_TOO], "escort cost", Rating.HIGH, "2 direct quotes limit, from 2 origins"),
        ([COSTLY], "escort cost", Rating.MODERATE, "1 direct quote limits, from 1 origin"),
        ([FORBIDDEN], "loans law", Rating.BLOCKING, "1 direct quote denies it"),
        (
            [GONE, claim("a.txt", "Escorts are costly.", "cost")],
            "relief cost",
            Rating.LOW,
            "done, so not stopped by it; no direct quote limits",
        ),
        (
            [claim("a.txt", "Escorts are costly.", "cost")],
            "escort cost",
            Rating.MODERATE,
            "general quotes limit, none is about this role",
        ),
        (
            [claim("a.txt", "Escorts are costly.", "escort cost", Stance.ENABLES)],
            "escort cost",
            Rating.LOW,
            "direct quotes enable, none limits",
        ),
    ],
)
def test_what_the_evidence_points_to_and_why(claims: list[object], cell: str, rating: Rating, reason: str) -> None:
    suggestion = matrix(claims=claims).cell(*cell.split()).suggestion  # type: ignore[arg-type]
    assert suggestion is not None
    assert (suggestion.rating, suggestion.reason) == (rating, reason)


def test_where_nothing_is_said_nothing_is_suggested() -> None:
    assert matrix().cell("loans", "cost").suggestion is None
    neutral = claim("a.txt", "Escorts are costly.", "escort cost", Stance.NEUTRAL)
    assert matrix(claims=[neutral]).cell("escort", "cost").suggestion is None


# ---------------------------------------------------------------- ranking


def order(filled: Matrix, *relaxed: str) -> list[tuple[str, int, bool]]:
    return [(one.row.role.id, one.place, one.tied) for one in ranked(filled, relaxed)]


def test_the_worst_constraint_decides_first() -> None:
    made = events(
        Rate("escort", "law", Rating.HIGH), Rate("escort", "cost", Rating.NONE),
        Rate("relief", "law", Rating.MODERATE), Rate("relief", "cost", Rating.MODERATE),
        Rate("loans", "law", Rating.BLOCKING), Rate("loans", "cost", Rating.NONE),
    )  # fmt: skip
    assert order(matrix(*made)) == [("relief", 1, False), ("escort", 2, False), ("loans", 3, False)]
    first = ranked(matrix(*made))[0]
    assert first.reason == "moderate for Law, Escort has high for Law"


def test_what_nothing_tells_apart_is_tied() -> None:
    made = events(*(Rate(role.id, one.id, Rating.LOW) for role in ROLES for one in CONSTRAINTS))
    without_evidence = matrix(*made, claims=[])
    assert order(without_evidence) == [("escort", 1, True), ("relief", 1, True), ("loans", 1, True)]
    assert {one.reason for one in ranked(without_evidence)} == {""}


def test_of_equal_ratings_a_direct_one_weighs_more() -> None:
    made = events(*(Rate(role.id, one.id, Rating.LOW) for role in ROLES for one in CONSTRAINTS))
    assert order(matrix(*made))[0] == ("relief", 1, False)


def test_relaxing_a_constraint_takes_it_out() -> None:
    made = events(
        Rate("escort", "law", Rating.NONE), Rate("escort", "cost", Rating.HIGH),
        Rate("relief", "law", Rating.LOW), Rate("relief", "cost", Rating.LOW),
        Rate("loans", "law", Rating.BLOCKING), Rate("loans", "cost", Rating.NONE),
    )  # fmt: skip
    assert [id for id, _, _ in order(matrix(*made))] == ["relief", "escort", "loans"]
    assert [id for id, _, _ in order(matrix(*made), "law")] == ["loans", "relief", "escort"]


def test_roles_that_nobody_rated_stand_last_and_say_so() -> None:
    filled = matrix(*events(Rate("relief", "law", Rating.BLOCKING), Rate("loans", "cost", Rating.NONE)))
    found = [(one.row.role.id, one.place, one.reason) for one in ranked(filled)]
    assert found[1:] == [("relief", 2, "nobody has rated Escort"), ("escort", 3, "nobody has rated it")]
    relaxed = [(one.row.role.id, one.place, one.tied, one.reason) for one in ranked(filled, ["law"])]
    assert relaxed[1:] == [
        ("escort", 2, True, "nobody has rated it"),
        ("relief", 2, True, "nobody has rated it"),
    ]


def test_with_every_constraint_relaxed_nothing_tells_roles_apart() -> None:
    found = ranked(matrix(*events(Rate("relief", "law", Rating.HIGH))), ["law", "cost"])
    assert [(one.place, one.reason) for one in found] == [(1, "")] * 3


RATINGS = st.lists(st.sampled_from([None, *Rating]), min_size=6, max_size=6)


@given(RATINGS)
def test_every_role_has_a_place_and_none_is_worse_than_the_next(ratings: list[Rating | None]) -> None:
    pairs = [(role.id, one.id) for role in ROLES for one in CONSTRAINTS]
    made = events(*(Rate(*pair, rating) for pair, rating in zip(pairs, ratings, strict=True) if rating))
    found = ranked(matrix(*made))
    assert {one.row.role.id for one in found} == {role.id for role in ROLES}
    assert [one.place for one in found] == sorted(one.place for one in found)
    weights = {rating: weight for weight, rating in enumerate(Rating)}
    rated = [[weights[cell.assessment.rating] for cell in one.row.cells if cell.assessment] for one in found]
    worst = [max(row, default=len(weights)) for row in rated]
    assert worst == sorted(worst)
