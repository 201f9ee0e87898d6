"""Weighing by keys: what is rated, noted, struck and put right stands in the journal, then on the screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.style import Style
from textual import events

from briefing.analysis.judgements import LABEL_WORDS
from briefing.model import (
    ClaimLabel,
    Confidence,
    Document,
    Pack,
    QuoteRef,
    Rate,
    Rating,
    Redo,
    Relabel,
    Restore,
    Span,
    Stage,
    Stance,
    Strike,
    Undo,
)
from briefing.rendering.theme import Theme
from briefing.tui.widgets.filtered_list import LONGEST_NOTE
from tests.test_tui import DeskPilot, current_words, desk, focused_id, press, screen_text
from tests.weighing_desk import ANN, WeighingPack, cell_of, notice, on_screen, row_with


@pytest.fixture
def held(seeds_pack: Pack, themes: list[Theme], tmp_path: Path) -> WeighingPack:
    """The seeds, with a journal nobody has written in."""
    return WeighingPack(seeds_pack, themes, tmp_path / "journal")


def drawn_in(pilot: DeskPilot, words: str) -> Style | None:
    """The style of the first piece of the screen that begins with `words`."""
    strips = pilot.app.screen._compositor.render_strips()
    return next(piece.style for strip in strips for piece in strip if piece.text.startswith(words))


# ---------------------------------------------------------------------- rating


@pytest.mark.parametrize(("key", "rating"), [(str(number), rating) for number, rating in enumerate(Rating)])
async def test_a_digit_rates_the_cell_and_pins_its_quotes(held: WeighingPack, key: str, rating: Rating) -> None:
    async with held.opened() as pilot:
        claims = cell_of(pilot).claims
        await press(pilot, f"2 r {key}")
        assessment = cell_of(pilot).assessment
        assert assessment is not None
        assert (assessment.rating, assessment.by, assessment.drafted) == (rating, held.officer, False)
        pins = tuple(QuoteRef(claim.document, claim.quote, claim.span.start) for claim in claims)
        assert held.decisions() == [Rate("training", "constitution", rating, quotes=pins)]
        assert notice(pilot) == f"saved: rated training × constitution {rating}"
        assert f"{rating} {held.officer}, " in row_with(pilot, held.officer)


@pytest.mark.parametrize(("length", "pinned"), [(20, 100), (2000, 16)])
async def test_of_very_much_evidence_the_first_quotes_are_pinned(held: WeighingPack, length: int, pinned: int) -> None:
    text = "\n".join(f"{number:03} {'w' * (length - 4)}" for number in range(150))
    starts = range(0, 150 * (length + 1), length + 1)
    model = next(claim for claim in held.pack.found_claims if claim.roles == ("training",))
    claims = [
        replace(model, document="many.txt", span=Span(at, at + length), quote=text[at : at + length], cues=())
        for at in starts
    ]
    claims = [replace(one, roles=("training",), constraints=("constitution",)) for one in claims]
    many = Document("many.txt", text, "", "text")
    pack = replace(held.pack, documents=(many,), found=(), found_claims=claims, found_conflicts=(), entities=())
    held = replace(held, pack=replace(pack, found_likenesses=None))
    async with held.opened() as pilot:
        await press(pilot, "2 r 3")
        (rate,) = held.decisions()
        assert isinstance(rate, Rate)
        assert [quote.start for quote in rate.quotes] == list(starts[:pinned])
        assert rate.seen == 150
        assert cell_of(pilot).changes == ()


async def test_confirming_a_draft_keeps_the_quotes_it_rested_on(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        draft = cell_of(pilot, "humanitarian", "constitution")
        assert draft.claims == ()
        (quote,) = draft.standing_quotes
        start = held.pack.document(quote.document).text.index(quote.text)
        await press(pilot, "2 j j j j j r 1")
        kept = QuoteRef(quote.document, quote.text, start)
        assert held.decisions() == [Rate("humanitarian", "constitution", Rating.LOW, quotes=(kept,))]
        rated = cell_of(pilot, "humanitarian", "constitution")
        assert (rated.standing_quotes, rated.changes) == ((kept,), ())
        assert on_screen(pilot, "Constitution  ◔ low  no sentence on both, rated on 1 quote")
        await press(pilot, "r 3")
        assert cell_of(pilot, "humanitarian", "constitution").standing_quotes == (kept,)
        await press(pilot, "1 x 2")
        assert cell_of(pilot, "humanitarian", "constitution").changes == ("1 of 1 quotes it was rated on struck",)
        assert row_with(pilot, "Humanitarian", "◕ high", "*") != ""


async def test_what_another_officer_rested_a_rating_on_is_kept_unless_it_is_struck_or_gone(held: WeighingPack) -> None:
    first, second, _ = held.pack.documents
    title, words = (next(document.sections[0].title for document in (one,)) for one in (first, second))
    stands, struck = QuoteRef(first.id, title, first.text.index(title)), QuoteRef(second.id, words)
    gone = QuoteRef(first.id, "No longer there.", 0)
    held.write(
        Rate("industry", "cost", Rating.LOW, quotes=(stands, struck, gone)),
        Strike(second.id, Span(0, len(words)), words),
    )
    async with held.opened() as pilot:
        assert cell_of(pilot, "industry", "cost").claims == ()
        await press(pilot, "2")
        desk(pilot).scenario.matrix.go_to_role("industry", 2)
        await press(pilot, "r 4")
        assert held.decisions()[-1] == Rate("industry", "cost", Rating.BLOCKING, quotes=(stands,))


async def test_another_cell_is_shown_from_the_top_and_the_same_one_where_it_was(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        evidence = desk(pilot).scenario.evidence
        await press(pilot, "2 tab j j j")
        third = evidence.value
        assert evidence.cursor > 1
        await press(pilot, "shift+tab r 3")
        assert evidence.value == third
        await press(pilot, "l")
        assert (evidence.value, evidence.scroll_offset.y) == (evidence.values[0], 0)
        await press(pilot, "h")
        assert (evidence.value, evidence.scroll_offset.y) == (evidence.values[0], 0)
        await press(pilot, "tab j shift+tab k j")
        assert (evidence.value, evidence.scroll_offset.y) == (evidence.values[0], 0)


async def test_space_takes_a_rating_away(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        before = cell_of(pilot)
        await press(pilot, "2 r 3 r space")
        assert cell_of(pilot) == before
        assert [decision.rating for decision in held.decisions() if isinstance(decision, Rate)] == [Rating.HIGH, None]
        assert notice(pilot) == "saved: rated training × constitution no longer"


async def test_any_other_key_leaves_without_rating(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "2 r j")
        assert focused_id(pilot) == "matrix"
        assert desk(pilot).scenario.matrix.row == 0
        await press(pilot, "j")
        assert desk(pilot).scenario.matrix.row == 1
        assert held.decisions() == []


async def test_confidence_and_note_go_with_the_rating(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "2 r 3 c h w l a w enter r 1")
        assessment = cell_of(pilot).assessment
        assert assessment is not None
        assert (assessment.rating, assessment.confidence, assessment.note) == (Rating.LOW, Confidence.HIGH, "law")
        kept = [(one.rating, one.confidence, one.note) for one in held.decisions() if isinstance(one, Rate)]
        assert kept == [
            (Rating.HIGH, None, ""),
            (Rating.HIGH, Confidence.HIGH, ""),
            (Rating.HIGH, Confidence.HIGH, "law"),
            (Rating.LOW, Confidence.HIGH, "law"),
        ]
        assert on_screen(pilot, ", confidence high: law")


@pytest.mark.parametrize("key", ["c", "w"])
async def test_a_draft_has_no_confidence_or_note_of_an_officer(held: WeighingPack, key: str) -> None:
    async with held.opened() as pilot:
        await press(pilot, f"2 {key}")
        assert "rate the cell first (r): a draft is nobody's" in screen_text(pilot)[-1]
        assert "? help" in screen_text(pilot)[-1]
        assert held.decisions() == []


async def test_the_note_is_written_on_from_what_it_was(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "2 r 3 w n o enter w t backspace w enter w x escape")
        assessment = cell_of(pilot).assessment
        assert assessment is not None
        assert assessment.note == "now"


async def test_of_a_long_note_the_beginning_is_saved_and_the_loss_said(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "2 r 3 w")
        pilot.app.post_message(events.Paste("{so}" * LONGEST_NOTE))
        await press(pilot, "x")
        assert "too long: what is beyond 4,000 characters is left out" in screen_text(pilot)[-1]
        await press(pilot, "enter")
    assert [one.note for one in held.decisions() if isinstance(one, Rate)] == ["", "{so}" * (LONGEST_NOTE // 4)]


async def test_a_note_that_is_longer_already_is_kept_and_can_be_shortened(held: WeighingPack) -> None:
    longer = "ab" * LONGEST_NOTE
    held.write(Rate("training", "constitution", Rating.HIGH, None, longer, ()), by=held.officer)
    async with held.opened() as pilot:
        await press(pilot, "2 w x backspace enter")
        assert "saved: rated training × constitution high, with a note" in notice(pilot)
    assert [one.note for one in held.decisions() if isinstance(one, Rate)] == [longer, longer[:-1]]


async def test_each_of_them_is_undone_and_redone(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "2")
        stood = [cell_of(pilot)]
        for keys in ("r 3", "c l", "w n o enter", "r space"):
            await press(pilot, keys)
            stood.append(cell_of(pilot))
        for cell in reversed(stood[:-1]):
            await press(pilot, "u")
            assert cell_of(pilot) == cell
        assert notice(pilot) == "saved: undone: rated training × constitution high"
        await press(pilot, "u")
        assert notice(pilot) == "nothing to undo"
        for cell in stood[1:]:
            await press(pilot, "U")
            assert cell_of(pilot) == cell
        assert notice(pilot) == "saved: redone: rated training × constitution no longer"
        assert [type(decision) for decision in held.decisions()] == [Rate] * 4 + [Undo] * 4 + [Redo] * 4
    async with held.opened() as pilot:
        assert cell_of(pilot) == stood[-1]


async def test_a_draft_a_rating_and_a_suggestion_look_different(held: WeighingPack) -> None:
    async with held.opened(140, 40) as pilot:
        await press(pilot, "2")
        assert "◑ mod.?" in row_with(pilot, "Training")
        draft, suggestion = drawn_in(pilot, "◑ mod.?"), drawn_in(pilot, "(mod.)")
        await press(pilot, "r 2")
        assert "◑ mod.  " in row_with(pilot, "Training")
        rated = drawn_in(pilot, "◑ mod.  ")
        assert len({draft, suggestion, rated}) == 3


async def test_what_the_evidence_points_to_is_said_until_an_officer_has_rated(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        suggestion = cell_of(pilot).suggestion
        assert suggestion is not None
        await press(pilot, "2")
        assert on_screen(pilot, f"suggests {suggestion.rating}: {suggestion.reason}")
        await press(pilot, "r 3")
        assert not on_screen(pilot, "suggests")


async def test_another_officers_rating_stands_beside_where_it_differs(held: WeighingPack) -> None:
    held.write(Rate("training", "constitution", Rating.BLOCKING, note="never"))
    async with held.opened(100, 30) as pilot:
        await press(pilot, "2")
        assert on_screen(pilot, f"● blocking {ANN}, 2026-01-01: never")
        assert "≠" not in row_with(pilot, "Training")
        await press(pilot, "r 1")
        assert "◔ low≠●" in row_with(pilot, "Training")
        assert on_screen(pilot, f"◔ low {held.officer}, ")
        assert on_screen(pilot, f"● blocking {ANN}, 2026-01-01: never")
        await press(pilot, "r 4")
        assert "≠" not in row_with(pilot, "Training")


async def test_nobody_takes_back_what_another_decided(held: WeighingPack) -> None:
    held.write(Rate("training", "constitution", Rating.BLOCKING))
    async with held.opened() as pilot:
        await press(pilot, "2 u")
        assert notice(pilot) == "nothing to undo"
        assessment = cell_of(pilot).assessment
        assert assessment is not None
        assert assessment.by == ANN


async def test_a_rating_outlives_a_document_it_rested_on(held: WeighingPack) -> None:
    held.write(Rate("training", "constitution", Rating.HIGH, quotes=(QuoteRef("gone.txt", "No longer there.", 0),)))
    async with held.opened() as pilot:
        await press(pilot, "2 enter backspace equals_sign")
        assert on_screen(pilot, "“No longer there.” → orphaned")


# ---------------------------------------------------------------------- striking


@pytest.mark.parametrize("keys", ["2 x", "2 tab x"], ids=["matrix", "evidence"])
async def test_a_struck_quote_counts_for_nothing_until_it_is_restored(held: WeighingPack, keys: str) -> None:
    async with held.opened() as pilot:
        before, first = cell_of(pilot), cell_of(pilot).claims[0]
        await press(pilot, keys)
        assert held.decisions() == [Strike(first.document, first.span, first.quote)]
        assert (*cell_of(pilot).struck,) == (first,)
        assert (*cell_of(pilot).claims,) == before.claims[1:]
        assert desk(pilot).scenario.evidence.value == (first.document, first.span)
        assert on_screen(pilot, "STRUCK  counts for nothing; x lets it count again")
        assert {row[0] for row in marked_rows(pilot)} == {"constitution"}
        assert "*~5/1" in row_with(pilot, "Training")
        await press(pilot, "x")
        assert notice(pilot) == f"saved: counts again: a sentence of “{held.pack.document(first.document).label}”"
        assert [type(decision) for decision in held.decisions()] == [Strike, Restore]
        assert cell_of(pilot) == before
        assert marked_rows(pilot) == []


def marked_rows(pilot: DeskPilot) -> list[tuple[str, str]]:
    """Constraint and role of every cell with a mark for a change."""
    matrix = desk(pilot).state.pack.matrix
    assert matrix is not None
    return [(cell.constraint, cell.role) for row in matrix.rows for cell in row.cells if cell.changes]


async def test_a_rated_cell_says_which_quotes_went(held: WeighingPack) -> None:
    async with held.opened(100, 30) as pilot:
        await press(pilot, "2 r 3 x g")
        desk(pilot).scenario.evidence.scroll_to_line(0)
        await pilot.pause()
        assert on_screen(pilot, "* 1 of 6 quotes struck")


async def test_another_quote_than_the_first_can_be_struck(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        second = cell_of(pilot).claims[1]
        await press(pilot, "2 tab j x")
        assert cell_of(pilot).struck == (second,)


async def test_a_struck_sentence_on_a_role_says_by_whom(held: WeighingPack) -> None:
    async with held.opened(140, 30) as pilot:
        await press(pilot, "2 h tab x")
        (strike,) = held.decisions()
        assert isinstance(strike, Strike)
        assert strike.span is not None
        assert on_screen(pilot, "STRUCK  counts for nothing; x lets it count again")
        assert on_screen(pilot, f"struck by {held.officer}, ")


async def test_a_document_is_struck_where_it_is_read(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        first = desk(pilot).state.pack.documents[0]
        await press(pilot, "x")
        assert held.decisions() == [Strike(first.id)]
        assert "STRUCK" in row_with(pilot, first.label)
        assert "struck “Opinion" in notice(pilot)
        cost = [cell_of(pilot, role.id, "cost") for role in held.pack.scenario.roles] if held.pack.scenario else []
        assert [cell.claims for cell in cost] == [()] * 13
        await press(pilot, "x")
        assert not on_screen(pilot, "STRUCK")
        assert cell_of(pilot, "training", "cost").claims != ()


async def test_a_quote_of_a_struck_document_brings_back_all_of_it_and_says_so(held: WeighingPack) -> None:
    first = held.pack.documents[0]
    held.write(Strike(first.id), Strike(first.id))
    async with held.opened() as pilot:
        await press(pilot, "2 tab x")
        assert [type(decision) for decision in held.decisions()] == [Strike, Strike, Restore, Restore]
        assert notice(pilot) == f"saved: counts again: all of “{first.label}”"
        assert cell_of(pilot).struck == ()


async def test_a_document_is_struck_on_the_sheet_of_origins(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        second = desk(pilot).state.pack.documents[1]
        await press(pilot, "i j x")
        assert held.decisions() == [Strike(second.id)]
        assert "STRUCK" in row_with(pilot, second.label)
        await press(pilot, "u")
        assert not on_screen(pilot, "STRUCK")


@pytest.mark.parametrize("keys", ["equals_sign", "Q"])
async def test_no_document_is_struck_that_nobody_sees(held: WeighingPack, keys: str) -> None:
    async with held.opened() as pilot:
        await press(pilot, f"{keys} x")
        assert held.decisions() == []
        assert notice(pilot) == "nothing to strike is under the cursor"


# ---------------------------------------------------------------------- putting right how a quote was read


async def relabel(pilot: DeskPilot, typed: str, keys: str = "") -> None:
    """Open the list of labels, choose the first that holds `typed`, and press `keys`."""
    await press(pilot, f"2 f {' '.join(typed)} enter {keys}")


@pytest.mark.parametrize(
    ("typed", "keys", "label", "value"),
    [
        ("enables", "", ClaimLabel.STANCE, "enables"),
        ("proposed", "", ClaimLabel.STAGE, "proposed"),
        ("training", "", ClaimLabel.ROLES, "training"),
        ("who", "backspace " * 6 + "M o D enter", ClaimLabel.VOICE, "MoD"),
        ("date", "2 0 2 1 minus 0 5 enter", ClaimLabel.AS_OF, "2021-05"),
    ],
)
async def test_a_label_is_put_right(held: WeighingPack, typed: str, keys: str, label: ClaimLabel, value: str) -> None:
    async with held.opened(100, 30) as pilot:
        before = cell_of(pilot).claims[0]
        await relabel(pilot, typed, keys)
        assert held.decisions() == [Relabel(before.document, before.span, before.quote, label, value)]
        (claim,) = (one for one in desk(pilot).state.pack.claims if one.span == before.span)
        assert claim.corrected == (label,)
        after = {
            ClaimLabel.STANCE: claim.stance,
            ClaimLabel.STAGE: claim.stage,
            ClaimLabel.ROLES: " ".join(claim.roles),
            ClaimLabel.VOICE: claim.voice,
            ClaimLabel.AS_OF: claim.as_of,
        }
        assert after[label] == value
        assert on_screen(pilot, f"put right: {LABEL_WORDS[label]}")
        await press(pilot, "u")
        assert cell_of(pilot).claims[0] == before


async def test_what_was_put_right_stands_on_the_evidence(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        assert cell_of(pilot).direct == ()
        await relabel(pilot, "train")
        assert len(cell_of(pilot).direct) == 1
        await relabel(pilot, "train")
        assert cell_of(pilot).direct == ()
        await relabel(pilot, "denied")
        await relabel(pilot, "neutral")
        claim = cell_of(pilot).claims[0]
        assert (claim.stance, claim.stage) == (Stance.NEUTRAL, Stage.DENIED)
        assert row_with(pilot, "NEUTRAL  denied") != ""


async def test_a_date_that_is_none_is_not_taken(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await relabel(pilot, "date", "s o o n enter")
        assert held.decisions() == []
        assert "“soon” is no date" in screen_text(pilot)[-1]


# ---------------------------------------------------------------------- from the matrix to words and gaps


async def test_a_quote_of_the_evidence_leads_to_its_document_and_back(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "2 r 3 enter")
        assert current_words(pilot) == cell_of(pilot).claims[0].quote
        await press(pilot, "backspace")
        assert focused_id(pilot) == "matrix"
