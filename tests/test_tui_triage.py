"""Triage by keys: the list of the documents, what is decided about each, and the way to those that are new."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.model import Document, Group, Pack, Rate, Rating, Triage, TriageState, Undo
from briefing.rendering.entry import EntriesOnDemand, Entry
from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal
from briefing.storage.session import Session, SessionFile
from briefing.tui.app import BriefingApp
from tests.test_tui import DeskPilot, desk, focused_id, press, screen_text, until
from tests.weighing_desk import ANN, WeighingPack, notice, on_screen, row_with

NEW, KEPT, SKIPPED, LATER = TriageState


@pytest.fixture
def held(seeds_pack: Pack, themes: list[Theme], tmp_path: Path) -> WeighingPack:
    """The seeds, with a journal nobody has written in."""
    return WeighingPack(seeds_pack, themes, tmp_path / "journal")


def put(document: Document, state: TriageState) -> Triage:
    return Triage(document.id, document.digest, state)


def read(pilot: DeskPilot) -> str:
    """Id of the document that is read."""
    assert desk(pilot).state.view == "documents"
    assert focused_id(pilot) == desk(pilot).documents.pane.id
    return desk(pilot).state.pack.documents[desk(pilot).documents.current].id


# ---------------------------------------------------------------------- the list


async def test_nothing_is_sifted_while_the_documents_are_still_read(
    seeds_pack: Pack, themes: list[Theme], tmp_path: Path
) -> None:
    waiting: Future[Pack] = Future()
    read_only = replace(seeds_pack, claims=(), mentions=(), entities=(), matrix=None)
    app = BriefingApp(read_only, themes, "dark", waiting.result, Journal([tmp_path]))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await press(pilot, "F")
        assert notice(pilot) == "still reading the documents"
        waiting.set_result(seeds_pack)
        await until(pilot, lambda: desk(pilot).state.analysed)
        await press(pilot, "F")
        assert notice(pilot) == "go to the list of the documents first (O)"


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_list_leads_to_a_document_and_back(held: WeighingPack, size: tuple[int, int]) -> None:
    async with held.opened(*size) as pilot:
        _, second, _ = held.pack.documents
        await press(pilot, "O")
        assert on_screen(pilot, "Documents  3: 3 new")
        assert on_screen(pilot, "as in the pack")
        assert row_with(pilot, "•", second.label) != ""
        await press(pilot, "j enter")
        assert read(pilot) == second.id
        assert desk(pilot).state.current is None
        await press(pilot, "backspace")
        assert (desk(pilot).state.view, desk(pilot).sheet.value) == ("triage", second.id)
        assert desk(pilot).sheet.has_focus


async def test_the_cursor_is_on_the_document_that_is_read(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "tab tab O")
        assert desk(pilot).sheet.value == held.pack.documents[2].id


async def test_the_cursor_is_where_it_was_after_other_sheets(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "O j 3 G enter backspace backspace")
        assert (desk(pilot).state.view, desk(pilot).sheet.value) == ("triage", held.pack.documents[1].id)


async def test_the_order_is_changed_and_stands_in_the_border(held: WeighingPack) -> None:
    first, second, third = (document.id for document in held.pack.documents)
    orders = []
    async with held.opened() as pilot:
        await press(pilot, "O")
        for words in ("newest first", "by source", "most claims first", "as in the pack"):
            await press(pilot, "v")
            assert on_screen(pilot, f" {words} ─")
            orders.append(desk(pilot).sheet.values)
    assert orders == [
        [second, third, first],
        [second, third, first],
        [first, third, second],
        [first, second, third],
    ]


async def test_other_sheets_have_no_order_in_their_borders(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "O 3")
        assert on_screen(pilot, "Timeline")
        assert not on_screen(pilot, "as in the pack")


async def test_one_state_alone_is_listed(held: WeighingPack) -> None:
    first, second, third = held.pack.documents
    held.write(put(first, KEPT), put(second, SKIPPED), by=ANN)
    shown = []
    async with held.opened() as pilot:
        await press(pilot, "O")
        assert on_screen(pilot, "Documents  3: 1 new, 1 kept, 1 skipped")
        assert row_with(pilot, "✗ skipped", second.label) != ""
        assert on_screen(pilot, f"by {ANN}")
        for _ in range(5):
            await press(pilot, "F")
            shown.append(desk(pilot).sheet.values)
        await press(pilot, "F F F F")
        assert on_screen(pilot, "No document is later: F shows others.")
        await press(pilot, "n K l h enter")
        assert desk(pilot).state.view == "triage"
    assert shown == [[third.id], [first.id], [second.id], [], [first.id, second.id, third.id]]
    assert held.decisions() == [put(first, KEPT), put(second, SKIPPED)]


async def test_what_is_alike_is_folded_and_unfolded(held: WeighingPack) -> None:
    first, second, third = (document.id for document in held.pack.documents)
    held.write(Group((first, third)))
    async with held.opened(140, 40) as pilot:
        await press(pilot, "O")
        assert desk(pilot).sheet.values == [first, second]
        assert on_screen(pilot, "+1 alike")
        await press(pilot, "l")
        assert desk(pilot).sheet.values == [first, third, second]
        assert on_screen(pilot, "1 alike below")
        await press(pilot, "j h")
        assert desk(pilot).sheet.values == [first, second]
        assert desk(pilot).sheet.value == first
        await press(pilot, "j right left")
        assert desk(pilot).sheet.values == [first, second]


# ---------------------------------------------------------------------- deciding


async def test_a_decision_leads_on_to_the_next_new_document(held: WeighingPack) -> None:
    first, second, third = held.pack.documents
    async with held.opened() as pilot:
        await press(pilot, "O K")
        assert on_screen(pilot, f"Keep or skip “{first.label}”?")
        await press(pilot, "k")
        assert notice(pilot) == f"saved: kept “{first.label}”"
        assert on_screen(pilot, "✓ kept")
        assert desk(pilot).sheet.value == second.id
        await press(pilot, "K l K s")
        assert on_screen(pilot, "Documents  3: 1 kept, 1 skipped, 1 later")
        assert desk(pilot).sheet.value == third.id
        assert desk(pilot).state.view == "triage"
    assert held.decisions() == [put(first, KEPT), put(second, LATER), put(third, SKIPPED)]


async def test_it_is_undone_and_done_again(held: WeighingPack) -> None:
    first = held.pack.documents[0]
    async with held.opened() as pilot:
        await press(pilot, "O K k u")
        assert on_screen(pilot, "Documents  3: 3 new")
        assert notice(pilot) == f"saved: undone: kept “{first.label}”"
        await press(pilot, "U")
        assert on_screen(pilot, "Documents  3: 2 new, 1 kept")
        await press(pilot, "g K n")
        assert on_screen(pilot, "Documents  3: 3 new")
        assert desk(pilot).sheet.value == first.id
    assert held.decisions()[-1] == put(first, NEW)


async def test_any_other_key_decides_nothing(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "O K x K n")
        assert notice(pilot) == f"“{held.pack.documents[0].label}” is new already"
    assert held.decisions() == []


async def test_what_another_officer_decided_is_confirmed_or_overruled(held: WeighingPack) -> None:
    first = held.pack.documents[0]
    held.write(put(first, SKIPPED))
    async with held.opened() as pilot:
        await press(pilot, "O")
        assert on_screen(pilot, f"by {ANN}")
        await press(pilot, "K s")
        assert not on_screen(pilot, f"by {ANN}")
        await press(pilot, "g K k u u")
        assert on_screen(pilot, f"by {ANN}")
    assert held.decisions()[1:3] == [put(first, SKIPPED), put(first, KEPT)]


async def test_the_document_that_is_read_is_decided_about(held: WeighingPack) -> None:
    second = held.pack.documents[1]
    async with held.opened() as pilot:
        await press(pilot, "tab K s")
        assert held.decisions() == [put(second, SKIPPED)]
        assert read(pilot) == second.id
        await press(pilot, "2")
        quote = desk(pilot).claim_at_cursor()
        assert quote is not None
        await press(pilot, "K l")
        assert held.decisions()[1:] == [put(held.pack.document(quote.document), LATER)]
        assert desk(pilot).state.view == "scenario"


async def test_a_document_that_has_changed_is_new_again(held: WeighingPack) -> None:
    first = held.pack.documents[0]
    held.write(Triage(first.id, "0" * 64, KEPT))
    async with held.opened(140, 40) as pilot:
        await press(pilot, "O")
        assert on_screen(pilot, "Documents  3: 3 new")
        assert on_screen(pilot, "changed since it was kept")


async def test_nothing_is_weighed_anew_but_what_was_weighed_stands(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "2 r 4")
        matrix = desk(pilot).state.pack.matrix
        await press(pilot, "O K k 2")
        assert desk(pilot).state.pack.matrix is matrix
        await press(pilot, "u u")
        assert desk(pilot).state.pack.matrix is not matrix
    rate, triage, *undone = held.decisions()
    assert isinstance(rate, Rate)
    assert rate.rating is Rating.BLOCKING
    assert triage == put(held.pack.documents[0], KEPT)
    assert [type(one) for one in undone] == [Undo, Undo]


# ---------------------------------------------------------------------- what is new


async def test_n_goes_from_new_to_new_and_opens_nothing(held: WeighingPack) -> None:
    first, second, third = held.pack.documents
    held.write(put(second, KEPT))
    async with held.opened() as pilot:
        cursors = []
        await press(pilot, "O")
        for key in ("n", "n", "N", "J"):
            await press(pilot, key)
            assert desk(pilot).state.view == "triage"
            cursors.append(desk(pilot).sheet.value)
        assert cursors == [third.id, first.id, third.id, first.id]
        await press(pilot, "K k n")
        assert desk(pilot).sheet.value == third.id
        assert notice(pilot) == "no other is new that is listed; 1 in all"
        await press(pilot, "K s n")
        assert notice(pilot) == "no document is new"


async def test_reading_on_leads_to_the_next_new_document(held: WeighingPack) -> None:
    first, second, third = held.pack.documents
    held.write(put(second, KEPT))
    async with held.opened() as pilot:
        await press(pilot, "J")
        assert read(pilot) == third.id
        assert notice(pilot) == "2 still new"
        await press(pilot, "K k J")
        assert read(pilot) == first.id
        await press(pilot, "K k J")
        assert read(pilot) == first.id
        assert notice(pilot) == "no document is new"
        await press(pilot, "backspace")
        assert read(pilot) == third.id


async def test_reading_on_follows_the_order_of_the_list(held: WeighingPack) -> None:
    first, _, third = (document.id for document in held.pack.documents)
    async with held.opened() as pilot:
        await press(pilot, "O v F F 1 J")
        assert read(pilot) == held.pack.documents[1].id
        await press(pilot, "J")
        assert read(pilot) == third
        await press(pilot, "J")
        assert read(pilot) == first


# ---------------------------------------------------------------------- the rest of the desk


async def test_the_order_and_what_is_listed_are_found_again(
    seeds_pack: Pack, themes: list[Theme], tmp_path: Path
) -> None:
    async def at_work(keys: str) -> list[str]:
        journal, file = Journal([tmp_path / "journal"]), SessionFile([tmp_path])
        app = BriefingApp(seeds_pack, themes, "dark", None, journal, file)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await press(pilot, keys)
            return [*screen_text(pilot), str(desk(pilot).sheet.value)]

    await at_work("O v F g j q")
    kept = SessionFile([tmp_path]).read()
    assert isinstance(kept, Session)
    assert (kept.view, kept.order, kept.only) == ("triage", "newest first", "new")
    rows = await at_work("")
    assert any("newest first, only new" in row for row in rows)
    assert rows[-1] == seeds_pack.documents[2].id


async def test_the_keys_are_named_where_they_serve(held: WeighingPack) -> None:
    async with held.opened(200, 24) as pilot:
        assert "K keep or skip" not in screen_text(pilot)[-1]
        await press(pilot, "O")
        assert "K keep or skip  F show only  n next" in screen_text(pilot)[-1]


async def test_without_colour_and_beyond_ascii_states_are_told_apart(held: WeighingPack) -> None:
    first, second, third = held.pack.documents
    held.write(put(first, KEPT), put(second, SKIPPED), put(third, LATER))
    async with held.opened() as pilot:
        await press(pilot, "O")
        for words in (">✓ kept", "✗ skipped", "… later"):
            assert on_screen(pilot, words)


async def test_the_list_is_printed_whole(held: WeighingPack) -> None:
    async with held.opened() as pilot:
        await press(pilot, "O p")
        (printed,) = desk(pilot).state.printouts.values()
        assert all(document.label in printed for document in held.pack.documents)
        assert "Documents  3: 3 new" in printed


async def test_a_document_is_struck_and_appraised_from_the_list(held: WeighingPack) -> None:
    async with held.opened(140, 40) as pilot:
        await press(pilot, "O j x")
        assert on_screen(pilot, "STRUCK")
        await press(pilot, "a b 2")
        assert desk(pilot).state.appraised == held.pack.documents[1].id


# ---------------------------------------------------------------------- ten thousand documents


async def test_of_a_large_pack_only_the_lines_on_the_screen_are_made(
    themes: list[Theme], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tuple(
        Document(f"reports/{number:05}.txt", "", f"{number:064x}", "text", label=f"Report {number}")
        for number in range(10_000)
    )
    made: list[int] = []
    original = EntriesOnDemand.__getitem__

    def counting(entries: EntriesOnDemand, index: int) -> Entry:
        made.append(index)
        entry = original(entries, index)
        assert isinstance(entry, Entry)
        return entry

    monkeypatch.setattr(EntriesOnDemand, "__getitem__", counting)
    pack = Pack("p", "p", "", None, documents)
    app = BriefingApp(pack, themes, "dark", None, Journal([tmp_path / "journal"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "O")
        assert on_screen(pilot, "Documents  10,000: 10,000 new")
        for keys in ("j", "G", "g", "space", "n", "N", "v", "F", "K s", "enter", "backspace"):
            made.clear()
            await press(pilot, keys)
            # 20 rows, drawn a few times over: what lies below a question is drawn again when it has gone.
            assert len(made) <= 20 * 6, keys
            assert len(set(made)) <= 21 * 2, keys
        assert on_screen(pilot, "Documents  10,000: 9,999 new, 1 skipped")
