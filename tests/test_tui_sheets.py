"""The sheets of the desk by keys: what rests on one origin, disagrees, comes when, is open, has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefing.analysis.judgements import judgements
from briefing.analysis.timeline import timeline_of
from briefing.model import (
    Basis,
    Collect,
    Credibility,
    Grade,
    Group,
    Pack,
    Rating,
    Reliability,
    Restore,
    SetDate,
    Settle,
    Snapshot,
    Strike,
    TimelineEntry,
    Undo,
)
from briefing.rendering.conflicts import ConflictSide
from briefing.rendering.theme import Theme
from briefing.rendering.weighing import Place
from tests.test_tui import DeskPilot, current_words, desk, focused_id, press, screen_text
from tests.weighing_desk import ANN, WeighingPack, cell_of, notice, on_screen, row_with


@pytest.fixture
def held(seeds_pack: Pack, themes: list[Theme], tmp_path: Path) -> WeighingPack:
    """The seeds, with a journal nobody has written in."""
    return WeighingPack(seeds_pack, themes, tmp_path / "journal")


def side(pilot: DeskPilot) -> ConflictSide:
    """The side of a conflict under the cursor."""
    value = desk(pilot).sheet.value
    assert isinstance(value, ConflictSide)
    return value


def place(pilot: DeskPilot) -> tuple[str, str]:
    """Role and constraint under the cursor of the matrix."""
    cell = desk(pilot).scenario.cell
    assert cell is not None
    return cell[2].role, cell[2].constraint


# ---------------------------------------------------------------------- linchpins and origins


async def test_linchpins_lead_to_the_cell_and_back(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        labels = [document.label for document in held.pack.documents]
        await press(pilot, "2 X")
        assert on_screen(pilot, f"{labels[0]}  alone holds up ")
        cells = [value for value in desk(pilot).sheet.values if isinstance(value, Place) and value.constraint]
        assert {("training", "cost"), ("training", "opinion")} <= {(one.role, one.constraint) for one in cells}
        desk(pilot).sheet.go_to(Place("training", "cost"))
        await press(pilot, "enter")
        assert (desk(pilot).state.view, focused_id(pilot), place(pilot)) == ("scenario", "matrix", ("training", "cost"))
        await press(pilot, "backspace")
        assert (desk(pilot).state.view, focused_id(pilot)) == ("linchpins", "sheet")
        assert desk(pilot).sheet.value == Place("training", "cost")


async def test_a_status_that_hangs_on_one_origin_leads_to_its_sentences(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "X enter")
        matrix = desk(pilot).scenario.matrix
        assert matrix.role_row is not None
        assert (matrix.column, matrix.role_row.role.id) == (-1, "logistics")
        assert on_screen(pilot, "sentences on this role")


async def test_what_hung_on_a_struck_document_no_longer_hangs(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "x X")
        assert not on_screen(pilot, f"{held.pack.documents[0].label}  alone holds up")


@pytest.mark.parametrize("place", [Place("training", "cost"), Place("logistics", None)])
async def test_what_a_line_hangs_on_is_struck_and_restored(held: WeighingPack, place: Place) -> None:
    async with held.opened() as pilot:
        first = held.pack.documents[0]
        await press(pilot, "X")
        before = desk(pilot).sheet.values
        desk(pilot).sheet.go_to(place)
        assert desk(pilot).sheet.value == place
        await press(pilot, "x")
        assert held.decisions() == [Strike(first.id)]
        assert place not in desk(pilot).sheet.values
        assert on_screen(pilot, "STRUCK  holds up nothing; x lets it count again")
        await press(pilot, "x")
        assert [type(decision) for decision in held.decisions()] == [Strike, Restore]
        assert desk(pilot).sheet.values == before
        assert desk(pilot).sheet.value == place
        assert not on_screen(pilot, "STRUCK")


async def test_all_documents_of_an_origin_are_struck_and_restored_from_the_linchpins(held: WeighingPack) -> None:
    first, second, _ = (document.id for document in held.pack.documents)
    one, other, _ = (document.label for document in held.pack.documents)
    held.write(Group((first, second)))
    async with held.opened() as pilot:
        await press(pilot, "X")
        desk(pilot).sheet.go_to(Place("training", "cost"))
        await press(pilot, "x")
        assert held.decisions()[1:] == [Strike(first), Strike(second)]
        assert notice(pilot) == f"saved: struck “{one}”, “{other}”"
        await press(pilot, "x")
        events = desk(pilot).state.pack.events
        assert held.decisions()[3:] == [Restore(events[1].id), Restore(events[2].id)]
        assert notice(pilot) == f"saved: counts again: all of “{one}”, all of “{other}”"
        assert desk(pilot).sheet.value == Place("training", "cost")
        assert cell_of(pilot, "training", "cost").claims != ()


async def test_what_was_struck_elsewhere_is_restored_from_the_linchpins(held: WeighingPack) -> None:
    third = held.pack.documents[2]
    held.write(Strike(third.id))
    async with held.opened() as pilot:
        await press(pilot, "X G")
        assert on_screen(pilot, f">{third.label}")
        await press(pilot, "x")
        assert judgements(desk(pilot).state.pack.events).struck_documents == {}
        assert on_screen(pilot, f"{third.label}  alone holds up")
        assert on_screen(pilot, ">status    Training  announced")


async def test_a_line_of_the_linchpins_says_how_its_cells_were_rated(held: WeighingPack) -> None:
    async with held.opened(120, 40) as pilot:
        await press(pilot, "X")
        assert on_screen(pilot, "Training: moderate?, ")
        await press(pilot, "2 r 4 X")
        assert on_screen(pilot, "Constitution and law  Training: blocking, Logistics: moderate?")


async def test_two_documents_are_joined_to_one_origin_and_parted(held: WeighingPack) -> None:
    async with held.opened(120, 30) as pilot:
        first, second, third = (document.id for document in held.pack.documents)
        await press(pilot, "i j m")
        assert on_screen(pilot, "is of one origin with …")
        await press(pilot, "enter")
        assert set(desk(pilot).state.pack.origins[0].documents) == {first, second}
        assert "2 documents" in row_with(pilot, "ORIGIN 1")
        assert on_screen(pilot, f"joined by {held.officer}")
        assert "3 documents from 2 origins" in "".join(screen_text(pilot))
        await press(pilot, "s")
        assert [origin.documents for origin in desk(pilot).state.pack.origins] == [(first,), (second,), (third,)]
        assert held.decisions() == [Group((first, second)), Group((second,))]
        await press(pilot, "u")
        assert len(desk(pilot).state.pack.origins) == 2


async def test_a_document_is_joined_to_all_of_its_new_origin(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "i m enter m down enter")
        assert len(desk(pilot).state.pack.origins) == 1
        assert cell_of(pilot, "training", "distance").origins == 1


# ---------------------------------------------------------------------- grades


@pytest.mark.parametrize(("keys", "document"), [("tab a b 2", 1), ("2 tab a b 2", 0), ("i j j a B 2", 2)])
async def test_two_keys_grade_a_source(held: WeighingPack, keys: str, document: int) -> None:
    async with held.opened() as pilot:
        await press(pilot, keys)
        graded = held.pack.documents[document]
        assert held.decisions() == [Grade(graded.id, Reliability.USUALLY, Credibility.PROBABLY_TRUE)]
        assert on_screen(pilot, f"Source  {graded.label}  B2")
        assert on_screen(pilot, f"B usually reliable, 2 probably true  by {held.officer}")
        await press(pilot, "i")
        assert f"B2 by {held.officer}" in "".join(row_with(pilot, "B2"))


@pytest.mark.parametrize("keys", ["a z", "a b z", "a escape", "a b backspace"])
async def test_a_grade_can_be_left_with_any_other_key(held: WeighingPack, keys: str) -> None:
    async with held.opened() as pilot:
        await press(pilot, keys)
        assert held.decisions() == []
        assert on_screen(pilot, "FACTS  stated, not judged")
        assert focused_id(pilot) == "sheet"
        await press(pilot, "backspace")
        assert desk(pilot).state.view == "documents"


async def test_grading_again_is_about_the_same_source(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "tab tab 2 tab a z a c 3")
        assert desk(pilot).documents.current == 2
        assert held.decisions() == [Grade(held.pack.documents[0].id, Reliability.FAIRLY, Credibility.POSSIBLY_TRUE)]


async def test_the_way_back_leads_to_the_source_that_was_looked_at(held: WeighingPack) -> None:
    first, second, _ = (document.label for document in held.pack.documents)
    async with held.opened() as pilot:
        await press(pilot, "a z i j a z")
        assert on_screen(pilot, f"Source  {second}")
        await press(pilot, "backspace backspace")
        assert on_screen(pilot, f"Source  {first}")
        await press(pilot, "a b 2")
        assert held.decisions() == [Grade(held.pack.documents[0].id, Reliability.USUALLY, Credibility.PROBABLY_TRUE)]
        await press(pilot, "backspace")
        assert desk(pilot).state.view == "documents"


async def test_the_grades_of_two_officers_stand_side_by_side(held: WeighingPack) -> None:
    held.write(Grade(held.pack.documents[0].id, Reliability.NOT_JUDGED, Credibility.NOT_JUDGED))
    async with held.opened() as pilot:
        await press(pilot, "a e 5")
        assert on_screen(pilot, f"F not judged, 6 not judged  by {ANN}")
        assert on_screen(pilot, f"E unreliable, 5 improbable  by {held.officer}")


# ---------------------------------------------------------------------- conflicts


async def test_the_same_key_goes_from_pair_to_pair_and_round(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        ids = [conflict.id for conflict in desk(pilot).state.pack.conflicts]
        await press(pilot, "exclamation_mark")
        seen = [side(pilot).conflict_id]
        for _ in ids:
            await press(pilot, "exclamation_mark")
            seen.append(side(pilot).conflict_id)
        assert seen == [*ids, ids[0]]
        await press(pilot, "j exclamation_mark")
        assert side(pilot).conflict_id == ids[1]


async def test_both_sentences_stand_one_above_the_other_and_lead_to_their_words(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        first = desk(pilot).state.pack.conflicts[0]
        await press(pilot, "exclamation_mark enter")
        assert current_words(pilot) == held.pack.document(first.one.document).quote(first.one.words)
        await press(pilot, "backspace j enter")
        assert current_words(pilot) == held.pack.document(first.other.document).quote(first.other.words)
        await press(pilot, "backspace")
        assert (focused_id(pilot), side(pilot).span) == ("sheet", first.other.words)


async def test_a_conflict_is_settled_with_a_note(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        count = len(desk(pilot).state.pack.conflicts)
        await press(pilot, "exclamation_mark")
        settled = side(pilot).conflict_id
        await press(pilot, "w a g o enter")
        assert held.decisions() == [Settle(settled, "ago")]
        assert on_screen(pilot, f"settled by {held.officer}")
        assert on_screen(pilot, ": ago")
        assert on_screen(pilot, f"Conflicts  {count - 1} open pairs, 1 settled")
        assert side(pilot).conflict_id == settled
        await press(pilot, "w backspace enter u")
        assert [type(decision) for decision in held.decisions()] == [Settle, Settle, Undo]
        assert on_screen(pilot, f"settled by {held.officer}")
        assert on_screen(pilot, ": ago")


async def test_a_settled_conflict_is_opened_again_by_whoever_empties_its_note(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        count = len(desk(pilot).state.pack.conflicts)
        settled = desk(pilot).state.pack.conflicts[0].id
    held.write(Settle(settled, "a"), Settle(settled, "b"))
    async with held.opened() as pilot:
        await press(pilot, "exclamation_mark w")
        assert on_screen(pilot, "Without a note the pair is open again")
        await press(pilot, "backspace enter")
        assert [type(decision) for decision in held.decisions()] == [Settle, Settle, Restore, Restore]
        assert notice(pilot) == "saved: the pair is open again"
        assert on_screen(pilot, f"Conflicts  {count} open pairs, 0 settled")
        await press(pilot, "w")
        assert on_screen(pilot, "Settled: how do the two fit together?")
        await press(pilot, "enter")
        assert on_screen(pilot, f"Conflicts  {count - 1} open pairs, 1 settled")
        await press(pilot, "u")
        assert on_screen(pilot, f"Conflicts  {count} open pairs, 0 settled")


async def test_a_side_of_a_conflict_is_struck_as_a_sentence(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        first = desk(pilot).state.pack.conflicts[0]
        await press(pilot, "exclamation_mark j x")
        other = first.other
        quote = held.pack.document(other.document).quote(other.span)
        assert other.span != other.words
        assert held.decisions() == [Strike(other.document, other.span, quote)]
        assert side(pilot).span == other.words
        assert len([row for row in screen_text(pilot) if "STRUCK" in row]) == 1
        await press(pilot, "x")
        assert not on_screen(pilot, "STRUCK")


async def test_a_settled_conflict_no_longer_marks_its_cell(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        marked = cell_of(pilot, "exercises", "distance").conflicts
        assert len(marked) == 1
        await press(pilot, "exclamation_mark")
        while side(pilot).conflict_id != marked[0]:
            await press(pilot, "exclamation_mark")
        await press(pilot, "w enter")
        assert cell_of(pilot, "exercises", "distance").conflicts == ()


# ---------------------------------------------------------------------- timeline and the day


async def test_the_timeline_leads_to_the_words_and_back(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "3 j j")
        value = desk(pilot).sheet.value
        assert isinstance(value, tuple)
        await press(pilot, "enter")
        assert current_words(pilot) == held.pack.document(value[0]).quote(value[1])
        await press(pilot, "backspace")
        assert (desk(pilot).state.view, desk(pilot).sheet.value) == ("timeline", value)


async def test_the_documents_are_gone_through_for_the_timeline_only_once(
    held: WeighingPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def counted(*arguments: Any) -> tuple[TimelineEntry, ...]:
        made.append(1)
        return timeline_of(*arguments)

    monkeypatch.setattr("briefing.analysis.timeline.timeline_of", counted)
    async with held.opened() as pilot:
        await press(pilot, "3")
        first = screen_text(pilot)
        await press(pilot, "1 3")
        assert (screen_text(pilot), made) == (first, [1])


async def test_another_day_moves_what_is_overdue(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "3")
        assert on_screen(pilot, "3 overdue")
        await press(pilot, f"D {'backspace ' * 10} 2 0 2 1 minus 0 3 minus 2 0 enter")
        assert held.decisions() == [SetDate(date(2021, 3, 20))]
        assert "as of 2021-03-20" in screen_text(pilot)[0]
        assert on_screen(pilot, "0 overdue")
        await press(pilot, "u")
        assert "as of 2026-06-01" in screen_text(pilot)[0]
        assert on_screen(pilot, "3 overdue")


async def test_what_was_struck_is_not_overdue(held: WeighingPack) -> None:
    pack = held.pack
    late = [one for one in timeline_of(pack.documents, pack.mentions, pack.claims, pack.as_of) if one.overdue]
    assert len(late) == 3
    async with held.opened() as pilot:
        await press(pilot, "3")
        desk(pilot).sheet.go_to((late[0].document, late[0].span))
        await press(pilot, "x")
        quote = pack.document(late[0].document).quote(late[0].span)
        assert held.decisions() == [Strike(late[0].document, late[0].span, quote)]
        assert on_screen(pilot, "2 overdue")
        await press(pilot, "x")
        assert on_screen(pilot, "3 overdue")


@pytest.mark.parametrize("typed", ["s o o n", "2 0 2 1 minus 1 3 minus 0 1", "2 0 2 1", "0"])
async def test_a_day_that_is_none_is_not_taken(held: WeighingPack, typed: str) -> None:
    async with held.opened() as pilot:
        await press(pilot, f"D {'backspace ' * 10} {typed} enter")
        assert held.decisions() == []
        assert "is no day: write one such as" in notice(pilot)
        assert desk(pilot).state.pack.as_of == date(2026, 6, 1)


async def test_an_empty_row_is_left_with_backspace(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "D")
        assert on_screen(pilot, "Enter saves, Backspace in an empty row leaves")
        await press(pilot, "backspace " * 11)
        assert not on_screen(pilot, "Enter saves")
        assert held.decisions() == []


# ---------------------------------------------------------------------- gaps


async def test_the_next_gap_comes_row_by_row_and_round(held: WeighingPack) -> None:
    assert held.pack.matrix is not None
    rows = held.pack.matrix.rows
    gaps = [(cell.role, cell.constraint) for row in rows for cell in row.cells if cell.basis is not Basis.DIRECT]
    async with held.opened() as pilot:
        seen = []
        for _ in range(12):
            await press(pilot, "full_stop")
            seen.append(place(pilot))
        assert seen == gaps[1:13]
        desk(pilot).scenario.matrix.go_to(len(rows), len(rows[0].cells))
        await press(pilot, "full_stop")
        assert place(pilot) == gaps[0]


async def test_a_gap_is_put_on_the_list_and_found_from_there(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "2 full_stop R")
        (collect,) = held.decisions()
        assert isinstance(collect, Collect)
        assert (collect.role, collect.constraint) == ("training", "cost")
        assert collect.question.startswith("How does “Cost” bear on “Training”? Found only general sentences in 3 docu")
        await press(pilot, "Q")
        assert on_screen(pilot, "How does “Cost” bear on “Training”?")
        assert on_screen(pilot, f"{held.officer}, ")
        await press(pilot, "enter")
        assert place(pilot) == ("training", "cost")
        await press(pilot, "backspace u")
        assert on_screen(pilot, "Nothing is on the list")


@pytest.mark.parametrize("keys", ["R", "Q R"], ids=["cell", "list"])
async def test_a_question_is_taken_off_the_list(held: WeighingPack, keys: str) -> None:
    async with held.opened() as pilot:
        await press(pilot, f"2 full_stop R {keys}")
        assert [type(decision) for decision in held.decisions()] == [Collect, Restore]
        assert notice(pilot) == "saved: took training × cost off the list to find out"
        await press(pilot, "Q")
        assert on_screen(pilot, "Nothing is on the list")
        await press(pilot, "u")
        assert notice(pilot) == "saved: holds again: put training × cost on the list of what to find out"
        assert on_screen(pilot, "How does “Cost” bear on “Training”?")
        await press(pilot, "U")
        assert notice(pilot) == "saved: undone: put training × cost on the list of what to find out"
        assert on_screen(pilot, "Nothing is on the list")
        await press(pilot, "u u")
        assert notice(pilot) == "saved: undone: put training × cost on the list of what to find out"
        await press(pilot, "U")
        assert notice(pilot) == "saved: redone: put training × cost on the list of what to find out"


async def test_a_question_of_two_officers_is_taken_off_at_once(held: WeighingPack) -> None:
    held.write(Collect("training", "cost", "Says who?"), Collect("training", "law", "And why?"))
    held.write(Collect("training", "cost", "How much?"), by="bea@desk")
    async with held.opened() as pilot:
        await press(pilot, "Q")
        desk(pilot).sheet.go_to(Place("training", "cost"))
        await press(pilot, "R")
        assert desk(pilot).sheet.values == [Place("training", "law")]


async def test_no_question_is_taken_off_an_empty_list(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "Q R")
        assert notice(pilot) == "no question is under the cursor"
        assert held.decisions() == []


# ---------------------------------------------------------------------- what changed


async def test_nothing_to_compare_with_is_said(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "equals_sign")
        assert on_screen(pilot, "No snapshot has been taken: S takes one.")
        await press(pilot, "S")
        assert on_screen(pilot, "Nothing has changed.")
        (snapshot,) = held.decisions()
        assert isinstance(snapshot, Snapshot)
        assert ("training", "constitution", "moderate") in snapshot.ratings


async def test_a_rating_after_the_snapshot_is_listed_with_its_cause(held: WeighingPack) -> None:
    async with held.opened(100, 30) as pilot:
        await press(pilot, "2 S r 3 equals_sign")
        assert on_screen(pilot, f"Training × Constitution and law  moderate → high  rated by {held.officer}")
        await press(pilot, "enter")
        assert place(pilot) == ("training", "constitution")


async def test_a_status_that_fell_names_the_source_that_was_struck(held: WeighingPack) -> None:
    async with held.opened(140, 40) as pilot:
        label = held.pack.documents[0].label
        await press(pilot, "S x equals_sign")
        assert row_with(pilot, "Demining", f"→ nothing  {label} struck") != ""
        assert on_screen(pilot, f"{label}  struck")


# ---------------------------------------------------------------------- ranking


async def test_roles_are_put_in_order_and_back(held: WeighingPack) -> None:
    assert held.pack.scenario is not None
    listed = [role.name for role in held.pack.scenario.roles]
    async with held.opened(140, 40) as pilot:
        await press(pilot, "2 v")
        assert shown_roles(pilot, listed) != listed
        assert sorted(shown_roles(pilot, listed)) == sorted(listed)
        assert desk(pilot).scenario.matrix.role_row is not None
        assert desk(pilot).scenario.topic == "Training × Constitution and law"
        await press(pilot, "v")
        assert shown_roles(pilot, listed) == listed


def shown_roles(pilot: DeskPilot, names: list[str]) -> list[str]:
    """The roles in the order in which the matrix shows them."""
    return [row.role.name for row in desk(pilot).scenario.matrix._rows if row.role.name in names]


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_why_a_role_stands_above_the_next_is_said(held: WeighingPack, size: tuple[int, int]) -> None:
    async with held.opened(*size) as pilot:
        await press(pilot, "2 v g")
        assert on_screen(pilot, "above the next: ")
        await press(pilot, "G")
        assert not on_screen(pilot, "above the next: ")


async def test_what_nobody_has_rated_is_named_where_roles_are_put_in_order(held: WeighingPack) -> None:
    async with held.opened(140, 40) as pilot:
        await press(pilot, "2 v")
        desk(pilot).scenario.matrix.go_to_role("industry", 0)
        await pilot.pause()
        rows = " ".join(" ".join(row.split("│")) for row in screen_text(pilot)).split()
        reason = "3 of 7 without evidence or rating: Constitution and law, Distance, Cost; 3 of 7 not rated: "
        assert reason + "Public opinion" in " ".join(rows)
        desk(pilot).scenario.matrix.go_to(-1, 0)
        await press(pilot, "space j")
        desk(pilot).scenario.matrix.go_to_role("industry", 1)
        await pilot.pause()
        rows = " ".join(" ".join(row.split("│")) for row in screen_text(pilot)).split()
        assert "2 of 6 without evidence or rating: Distance, Cost; 3 of 6 not rated: " in " ".join(rows)


async def test_space_on_a_heading_relaxes_a_constraint(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "2 g k")
        assert on_screen(pilot, "Constitution and law: Space takes it for granted")
        await press(pilot, "space")
        assert desk(pilot).state.relaxed == {"constitution"}
        assert notice(pilot) == "4 roles moved; taken for granted: Constitution and law"
        assert any("↑" in row or "↓" in row for row in screen_text(pilot)[3:16])
        await press(pilot, "l space")
        assert desk(pilot).state.relaxed == {"constitution", "distance"}
        await press(pilot, "space h space")
        assert desk(pilot).state.relaxed == frozenset()
        assert notice(pilot) == "no constraint is taken for granted"
        assert not any("↑" in row or "↓" in row for row in screen_text(pilot)[3:16])
        assert held.decisions() == []


async def test_a_rating_moves_its_role(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "2 v r 4 g")
        assert shown_roles(pilot, ["Training", "Joint exercises"]) == ["Joint exercises", "Training"]
        assessment = cell_of(pilot).assessment
        assert assessment is not None
        assert assessment.rating is Rating.BLOCKING
