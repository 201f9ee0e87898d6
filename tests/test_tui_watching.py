"""The desk while its pack changes on the disk: what is taken in, what is said of it, and what stays where it was."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from briefing.model import Decision, Event, Rate, Rating, Span, Strike
from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal
from briefing.storage.watching import WatchedPack
from briefing.tui.app import BriefingApp
from tests.open_folder import DOCUMENTS, SCENARIO, OpenFolder
from tests.terminal import Terminal
from tests.test_tui import DeskPilot, current_words, desk, focused_id, press, screen_text
from tests.weighing_desk import cell_of, notice, on_screen

LONG = "".join(f"Line {number} of the long one.\n" for number in range(200))
Desk = tuple[DeskPilot, WatchedPack]
OpenFolderDesk = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def folder(tmp_path: Path) -> OpenFolder:
    """A pack of three documents."""
    folder = OpenFolder(tmp_path / "pack")
    folder.begin()
    return folder


@pytest.fixture
def open_folder(folder: OpenFolder, themes: list[Theme]) -> OpenFolderDesk:
    """Opens a desk on it that looks when it is told to."""

    @asynccontextmanager
    async def opened(width: int = 80, height: int = 24) -> AsyncIterator[Desk]:
        watched = folder.watched()
        watched.open()
        journal = Journal([folder.folder / ".briefing" / "journal"])
        app = BriefingApp(folder.opened_anew(), themes, "dark", None, journal)
        app.desk.keep_up_with(watched)
        async with app.run_test(size=(width, height)) as pilot:
            await pilot.pause()
            yield pilot, watched

    return opened


async def look(opened: Desk) -> None:
    """Let the desk look twice, as it does every few seconds, and take in what it finds."""
    pilot, watched = opened
    for _ in range(2):
        desk(pilot).look_for_changes(watched)
        await pilot.pause()


def ids(pilot: DeskPilot) -> list[str]:
    return [document.id for document in desk(pilot).state.pack.documents]


def read(pilot: DeskPilot) -> str:
    """Id of the document that has the keys, or had them last."""
    return ids(pilot)[desk(pilot).documents.current]


def top_line(pilot: DeskPilot) -> str:
    """The line of the document that is at the top of its pane."""
    pane = desk(pilot).documents.pane
    assert pane.document is not None
    words = pane.document.text[pane.top :].partition("\n")[0]
    assert on_screen(pilot, words)
    return words


def lit(pilot: DeskPilot) -> list[tuple[str, str]]:
    """What `n` runs through, each with its document."""
    documents = desk(pilot).state.pack.documents
    return [(documents[index].id, documents[index].quote(span)) for index, span in desk(pilot).state.hits.places]


# ---------------------------------------------------------------------- documents


async def test_what_came_changed_and_went_is_taken_in_and_said(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    async with open_folder(140) as opened:
        pilot, _ = opened
        await press(pilot, "tab")
        assert read(pilot) == "b.txt"
        folder.put("aa.txt", "New and first.\n")
        folder.put("b.txt", DOCUMENTS["b.txt"] + "And this was added.\n")
        (folder.folder / "c.txt").unlink()
        await look(opened)
        assert ids(pilot) == ["a.txt", "aa.txt", "b.txt"]
        assert notice(pilot) == "taken in: 1 new, 1 changed, 1 gone: aa.txt …"
        assert on_screen(pilot, "taken in: 1 new, 1 changed, 1 gone: aa.txt …")
        assert on_screen(pilot, "And this was added.")
        assert read(pilot) == "b.txt"
        assert focused_id(pilot) == desk(pilot).documents.pane.id


async def test_nothing_is_said_where_nothing_changed(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        before, pack = screen_text(pilot), desk(pilot).state.pack
        folder.put("b.txt", DOCUMENTS["b.txt"])
        await look(opened)
        assert desk(pilot).state.pack is pack
        assert screen_text(pilot) == before


async def test_the_place_is_kept_by_the_words_at_the_top(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    folder.put("a.txt", LONG)
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, "space space space")
        top = top_line(pilot)
        assert "of the long one" in top
        folder.put("a.txt", "Put before it.\n" * 50 + LONG)
        await look(opened)
        assert top_line(pilot) == top


async def test_where_these_are_gone_the_place_is_as_near_as_can_be(
    folder: OpenFolder, open_folder: OpenFolderDesk
) -> None:
    folder.put("a.txt", LONG)
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, "space G")
        folder.put("a.txt", "Short now.\n")
        await look(opened)
        assert on_screen(pilot, "Short now.")
        assert desk(pilot).documents.pane.top <= len("Short now.\n")
        await press(pilot, "k j G g")
        assert on_screen(pilot, "Short now.")


async def test_when_the_document_that_is_read_goes_its_neighbour_comes(
    folder: OpenFolder, open_folder: OpenFolderDesk
) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, "tab")
        (folder.folder / "b.txt").unlink()
        await look(opened)
        assert read(pilot) == "c.txt"
        assert on_screen(pilot, "Port Authority lent its tugs")
        assert notice(pilot) == "“Law” is gone, this is what stood next to it; taken in: 1 gone: b.txt"
        (folder.folder / "c.txt").unlink()
        await look(opened)
        assert read(pilot) == "a.txt"


async def test_a_document_under_another_name_is_read_on(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    folder.put("b.txt", LONG)
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, "tab space space")
        top = top_line(pilot)
        (folder.folder / "b.txt").rename(folder.folder / "z.txt")
        await look(opened)
        assert read(pilot) == "z.txt"
        assert top_line(pilot) == top


@pytest.mark.parametrize("keys", ["", "2", "3", "O", "e enter", "backslash t u g enter"])
async def test_when_all_are_gone_what_was_read_stays(
    folder: OpenFolder, open_folder: OpenFolderDesk, keys: str
) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, keys)
        before = screen_text(pilot)
        for name in DOCUMENTS:
            (folder.folder / name).unlink()
        await look(opened)
        assert screen_text(pilot)[:-1] == before[:-1]
        assert notice(pilot) == "not taken in, what was read stays: pack: holds no document that can be read"
        await press(pilot, "1 j tab 2 1")
        assert on_screen(pilot, "The law forbids")


# ---------------------------------------------------------------------- what was open and chosen


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_chosen_entity_stays_and_is_found_in_what_came(
    folder: OpenFolder, open_folder: OpenFolderDesk, size: tuple[int, int]
) -> None:
    async with open_folder(*size) as opened:
        pilot, _ = opened
        await press(pilot, "e t a r a n enter")
        state, value = desk(pilot).state, ("a.txt", Span(69, 78))
        desk(pilot).panel.go_to(value)
        assert state.chosen is not None
        assert state.chosen.name == "Ann Taran"
        assert [id for id, _ in lit(pilot)] == ["a.txt", "b.txt"]
        folder.put("0.txt", "First\n\nAnn Taran came before all.\n")
        folder.put("b.txt", "Put before.\n" + DOCUMENTS["b.txt"])
        await look(opened)
        assert lit(pilot) == [("0.txt", "Ann Taran"), ("a.txt", "Ann Taran"), ("b.txt", "Ann Taran")]
        assert desk(pilot).panel.has_focus
        assert desk(pilot).panel.value == value
        assert desk(pilot).state.pack.document(value[0]).quote(value[1]) == "Ann Taran"
        await press(pilot, "n")
        assert current_words(pilot) == "Ann Taran"


async def test_an_entity_that_nobody_names_any_more_is_not_chosen(
    folder: OpenFolder, open_folder: OpenFolderDesk
) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, "e t a r a n enter")
        folder.put("a.txt", "Nobody.\n")
        folder.put("b.txt", "Nobody.\n")
        await look(opened)
        assert desk(pilot).state.chosen is None
        assert lit(pilot) == []
        assert focused_id(pilot) == desk(pilot).documents.pane.id
        await press(pilot, "j backspace")
        assert read(pilot) == "a.txt"


@pytest.mark.parametrize(("keys", "found"), [("slash", ["a.txt"] * 2), ("backslash", ["a.txt", "c.txt"])])
async def test_what_was_found_is_looked_for_again(
    folder: OpenFolder, open_folder: OpenFolderDesk, keys: str, found: list[str]
) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, f"{keys} t u g s enter")
        assert sorted(id for id, _ in lit(pilot)) == found
        folder.put("a.txt", "No longer " + DOCUMENTS["a.txt"].replace("Tugs", "Pilots"))
        await look(opened)
        assert {words.lower() for _, words in lit(pilot)} == {"tugs"}
        assert sorted(id for id, _ in lit(pilot)) == sorted(set(found))
        await press(pilot, "1 n")
        assert current_words(pilot).lower() == "tugs"


async def test_quotes_whose_words_went_are_run_through_no_more(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, "3 enter")
        before = lit(pilot)
        assert {id for id, _ in before} == set(DOCUMENTS)
        folder.put("b.txt", "Other words at the top. " + DOCUMENTS["b.txt"])
        await look(opened)
        assert lit(pilot) == [one for one in before if one[0] != "b.txt"]


async def test_the_way_back_leads_to_the_same_words(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    folder.put("b.txt", LONG)
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, "tab space space")
        top = top_line(pilot)
        await press(pilot, "o enter")
        await press(pilot, "O")
        assert len(desk(pilot).state.trail) == 2
        folder.put("0.txt", "New and first.\n")
        folder.put("b.txt", "Put before it.\n" * 9 + LONG)
        await look(opened)
        await press(pilot, "backspace backspace")
        assert read(pilot) == "b.txt"
        assert top_line(pilot) == top


async def test_the_list_of_documents_keeps_its_cursor_order_and_filter(
    folder: OpenFolder, open_folder: OpenFolderDesk
) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, "O v v F j")
        arrangement, value = desk(pilot).state.arrangement, desk(pilot).sheet.value
        folder.put("0.txt", "New and first.\n")
        await look(opened)
        assert (desk(pilot).state.view, desk(pilot).sheet.value) == ("triage", value)
        assert desk(pilot).state.arrangement == arrangement
        assert on_screen(pilot, "Documents  4: 4 new")
        (folder.folder / str(value)).unlink()
        await look(opened)
        assert desk(pilot).sheet.value in ids(pilot)


async def test_the_page_of_a_source_that_is_gone_is_left(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, "a x")
        assert desk(pilot).state.view == "appraisal"
        await press(pilot, "O")
        (folder.folder / "a.txt").unlink()
        await look(opened)
        await press(pilot, "backspace")
        assert desk(pilot).state.view != "appraisal"


# ---------------------------------------------------------------------- the scenario, settings and decisions


async def test_a_broken_scenario_is_named_and_the_old_one_stays(
    folder: OpenFolder, open_folder: OpenFolderDesk
) -> None:
    async with open_folder(120, 30) as opened:
        pilot, _ = opened
        await press(pilot, "2")
        folder.put("scenario.toml", SCENARIO.replace('actor = "the port"', "actor = "))
        folder.put("d.txt", "New.\n")
        await look(opened)
        assert notice(pilot).startswith("not taken in, what was read stays: scenario.toml:2: ")
        assert ids(pilot) == ["a.txt", "b.txt", "c.txt"]
        assert on_screen(pilot, "pilots")


async def test_the_cursor_stays_on_its_constraint(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    async with open_folder(120, 30) as opened:
        pilot, _ = opened
        await press(pilot, "2 j l")
        matrix = desk(pilot).scenario.matrix
        assert (matrix.role_row and matrix.role_row.role.id, matrix.constraint) == ("pilots", "law")
        first, law = SCENARIO.rsplit("[[constraint]]", 1)
        head, cost = first.rsplit("[[constraint]]", 1)
        folder.put("scenario.toml", f"{head}[[constraint]]{law}[[constraint]]{cost}")
        await look(opened)
        assert notice(pilot) == "taken in: the scenario"
        assert (matrix.role_row and matrix.role_row.role.id, matrix.constraint) == ("pilots", "law")
        folder.put("scenario.toml", f"{head}[[constraint]]{cost}")
        await look(opened)
        assert (matrix.role_row and matrix.role_row.role.id, matrix.constraint) == ("pilots", "cost")


async def test_without_its_scenario_the_documents_are_shown(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, "2")
        (folder.folder / "scenario.toml").unlink()
        await look(opened)
        assert desk(pilot).state.view == "documents"
        await press(pilot, "2")
        assert notice(pilot) == "this pack has no scenario.toml"


async def test_another_marking_is_shown(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        folder.put("briefing.toml", 'marking = "SECRET"\n')
        await look(opened)
        rows = screen_text(pilot)
        assert rows[0].strip().startswith("SECRET")
        assert rows[-1].strip().startswith("SECRET")
        assert notice(pilot) == "taken in: the settings of the pack"


async def test_decisions_of_others_are_taken_in(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    async with open_folder(120, 30) as opened:
        pilot, _ = opened
        await press(pilot, "2")
        folder.decide(Strike("b.txt"), Rate("tugs", "cost", Rating.HIGH))
        await look(opened)
        assert notice(pilot) == "taken in: 2 decisions by ana@host"
        assessment = cell_of(pilot, "tugs", "cost").assessment
        assert assessment is not None
        assert (assessment.rating, assessment.by) == (Rating.HIGH, "ana@host")
        assert set(desk(pilot).documents.struck) == {"b.txt"}


async def test_what_is_decided_while_the_pack_is_read_anew_holds(
    folder: OpenFolder, open_folder: OpenFolderDesk
) -> None:
    async with open_folder() as opened:
        pilot, watched = opened
        folder.put("d.txt", "New.\n")
        folder.decide(Strike("b.txt"))
        watched.look(desk(pilot).state.pack)
        offer = watched.look(desk(pilot).state.pack)
        await press(pilot, "x")
        assert set(desk(pilot).documents.struck) == {"a.txt"}
        desk(pilot).look_for_changes(watched)
        await pilot.pause()
        assert offer is not None
        assert notice(pilot) == "taken in: 1 new: d.txt; 1 decision by ana@host"
        assert set(desk(pilot).documents.struck) == {"a.txt", "b.txt"}
        await press(pilot, "u")
        assert set(desk(pilot).documents.struck) == {"b.txt"}
        await look(opened)
        assert [event.id for event in desk(pilot).state.pack.events] == [
            event.id for event in folder.opened_anew().events
        ]


async def test_ones_own_decisions_are_not_told_again(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, "x")
        said, pack = notice(pilot), desk(pilot).state.pack
        await look(opened)
        assert notice(pilot) == said
        assert desk(pilot).state.pack is pack
        folder.put("d.txt", "New.\n")
        await look(opened)
        assert notice(pilot) == "taken in: 1 new: d.txt"
        assert set(desk(pilot).documents.struck) == {"a.txt"}


# ---------------------------------------------------------------------- in the middle of something


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2 j r 1 w a b", "c enter"),
        ("2 r", "2"),
        ("2 r", "q"),
        ("slash t u", "g enter"),
        ("colon t", "backspace backspace"),
        ("a", "b 2"),
    ],
)
async def test_nothing_is_taken_in_in_the_middle_of_a_question(
    folder: OpenFolder, open_folder: OpenFolderDesk, begin: str, end: str
) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, begin)
        before, pack = screen_text(pilot), desk(pilot).state.pack
        folder.put("d.txt", "New.\n")
        await look(opened)
        await look(opened)
        assert desk(pilot).state.pack is pack
        assert screen_text(pilot) == before
        await press(pilot, end)
        events = desk(pilot).state.pack.events
        await look(opened)
        await look(opened)
        assert ids(pilot) == ["a.txt", "b.txt", "c.txt", "d.txt"]
        assert desk(pilot).state.pack.events == events


async def test_a_note_that_is_half_written_stays(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    async with open_folder() as opened:
        pilot, _ = opened
        await press(pilot, "2 j r 1 w a b")
        folder.put("d.txt", "New.\n")
        await look(opened)
        assert on_screen(pilot, "ab")
        await press(pilot, "c enter")
        await look(opened)
        await look(opened)
        assessment = cell_of(pilot, "pilots", "cost").assessment
        assert assessment is not None
        assert (assessment.rating, assessment.note) == (Rating.LOW, "abc")


async def test_nothing_is_taken_in_while_a_decision_goes_to_the_disk(
    folder: OpenFolder, open_folder: OpenFolderDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, written = asyncio.get_running_loop(), asyncio.Event()
    append = Journal.append

    def slow(journal: Journal, decision: Decision) -> Event:
        asyncio.run_coroutine_threadsafe(written.wait(), loop).result()
        return append(journal, decision)

    monkeypatch.setattr(Journal, "append", slow)
    async with open_folder() as opened:
        pilot, _ = opened
        deciding = asyncio.create_task(desk(pilot).decide(Strike("b.txt")))
        folder.put("d.txt", "New.\n")
        await look(opened)
        assert ids(pilot) == ["a.txt", "b.txt", "c.txt"]
        written.set()
        assert await deciding
        await look(opened)
        await look(opened)
        assert ids(pilot) == ["a.txt", "b.txt", "c.txt", "d.txt"]
        assert set(desk(pilot).documents.struck) == {"b.txt"}


async def test_every_word_shown_stands_where_it_is_said_to(folder: OpenFolder, open_folder: OpenFolderDesk) -> None:
    """Between a change and its taking in, what is on the screen is what was read."""
    async with open_folder() as opened:
        pilot, watched = opened
        await press(pilot, "e t a r a n enter")
        folder.put("a.txt", "All other words.\n")
        desk(pilot).look_for_changes(watched)
        await press(pilot, "n")
        assert current_words(pilot) == "Ann Taran"
        await look(opened)
        current = desk(pilot).state.current
        assert current is None or current_words(pilot) == "Ann Taran"
        assert all(words == "Ann Taran" for _, words in lit(pilot))
        assert on_screen(pilot, "All other words.")


# ---------------------------------------------------------------------- on a terminal


def test_a_file_that_comes_while_the_pack_is_open_is_taken_in(folder: OpenFolder) -> None:
    with Terminal("--restricted", os.fspath(folder.folder), columns=120) as terminal:
        terminal.wait_for("Ann Taran", "? help")
        folder.put("0.txt", "This came while the pack was open.\n")
        terminal.wait_for("taken in: 1 new: 0.txt")
        terminal.press("g", "q")
        assert terminal.exit_code() == 0
