"""Going on where the last session ended: what was on the desk is there again, and what the pack lost is passed over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.model import Pack, Problem
from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal
from briefing.storage.session import LARGEST, Session, SessionFile
from briefing.tui.app import BriefingApp
from briefing.tui.screens.ask import AskScreen
from briefing.tui.widgets.filtered_list import LONGEST_NOTE, LONGEST_QUERY
from tests.slow_disk import SlowDisk
from tests.test_tui import DeskPilot, current_words, desk, focused_id, press, screen_text


class Officer:
    """Somebody who opens the seeds, leaves, and comes again."""

    def __init__(self, pack: Pack, themes: list[Theme], folder: Path) -> None:
        self.pack = pack
        self.themes = themes
        self.folder = folder

    @asynccontextmanager
    async def at_work(
        self, width: int = 80, height: int = 24, *, fresh: bool = False, late: bool = False
    ) -> AsyncIterator[DeskPilot]:
        """The desk; with `late` the analysis comes after the documents."""
        read = replace(self.pack, mentions=(), entities=(), claims=(), matrix=None) if late else self.pack
        analyse = (lambda: self.pack) if late else None
        file = SessionFile([self.folder], fresh=fresh)
        app = BriefingApp(read, self.themes, "dark", analyse, Journal([self.folder / "journal"]), file)
        async with app.run_test(size=(width, height)) as pilot:
            await pilot.pause()
            while not app.desk.state.analysed:
                await pilot.pause()
            await pilot.pause()
            yield pilot

    def kept(self) -> Session:
        """What the last session left."""
        session = SessionFile([self.folder]).read()
        assert session is not None
        return session


@pytest.fixture
def officer(seeds_pack: Pack, themes: list[Theme], tmp_path: Path) -> Officer:
    return Officer(seeds_pack, themes, tmp_path)


def last_row(pilot: DeskPilot) -> str:
    return screen_text(pilot)[-1]


async def test_without_a_session_nothing_is_said(officer: Officer) -> None:
    async with officer.at_work() as pilot:
        assert "back where you were" not in last_row(pilot)


@pytest.mark.parametrize("late", [False, True])
async def test_faults_of_the_pack_are_said_on_every_start_before_all_else(officer: Officer, late: bool) -> None:
    cut = Problem("/state/ann@desk.jsonl", "does not follow from any line before it", "compare it with a copy", 3)
    officer.pack = replace(officer.pack, problems=(cut, Problem("b.txt", "is not text")))
    async with officer.at_work(late=late) as pilot:
        assert "UNCLASSIFIED  2 faults; ann@desk.jsonl:3: does not follow from any line b" in last_row(pilot)
        await press(pilot, "2 q")
    async with officer.at_work(late=late) as pilot:
        assert desk(pilot).state.view == "scenario"
        assert "UNCLASSIFIED  2 faults; back where you were; ann@desk.jsonl:3: does not" in last_row(pilot)


@pytest.mark.parametrize("late", [False, True])
async def test_the_cell_of_the_matrix_is_found_again(officer: Officer, late: bool) -> None:
    async with officer.at_work() as pilot:
        await press(pilot, "2 j j l l q")
    async with officer.at_work(late=late) as pilot:
        matrix = desk(pilot).scenario.matrix
        assert desk(pilot).state.view == "scenario"
        assert (matrix.row, matrix.column) == (2, 2)
        assert focused_id(pilot) == "matrix"
        assert "back where you were" in last_row(pilot)


async def test_the_place_in_each_document_is_found_again(officer: Officer) -> None:
    async with officer.at_work(140, 40) as pilot:
        await press(pilot, "space space tab space j j j q")
    tops = dict(officer.kept().offsets)
    assert len(tops) == 2
    async with officer.at_work(140, 40) as pilot:
        documents = desk(pilot).state.pack.documents
        assert {
            pane.document.id: pane.top for pane in desk(pilot).documents.panes if pane.document and pane.top
        } == tops
        assert documents[desk(pilot).documents.current].id == documents[1].id
        assert focused_id(pilot) == "pane-1"


@pytest.mark.parametrize("late", [False, True])
async def test_the_chosen_entity_and_its_words_are_found_again(officer: Officer, late: bool) -> None:
    async with officer.at_work() as pilot:
        await press(pilot, "e enter n n")
        chosen, words = desk(pilot).state.chosen, current_words(pilot)
        await press(pilot, "q")
    assert chosen is not None
    async with officer.at_work(late=late) as pilot:
        state = desk(pilot).state
        assert state.chosen is not None
        assert state.chosen.key == chosen.key
        assert current_words(pilot) == words
        assert desk(pilot).card_shown
        await press(pilot, "n")
        assert desk(pilot).state.notice.endswith(f"of {len(chosen.mentions)}  {chosen.name}")


async def test_what_was_looked_for_is_found_again(officer: Officer) -> None:
    async with officer.at_work() as pilot:
        await press(pilot, "\\ l a w enter q")
    async with officer.at_work() as pilot:
        assert desk(pilot).state.query == "law"
        assert desk(pilot).listing is not None
        assert len(desk(pilot).state.hits.places) > 1


@pytest.mark.parametrize(("key", "view"), [("3", "timeline"), ("!", "conflicts"), ("X", "linchpins"), ("i", "origins")])
async def test_a_sheet_is_opened_again_at_its_line(officer: Officer, key: str, view: str) -> None:
    async with officer.at_work() as pilot:
        await press(pilot, f"{key} j j")
        value = desk(pilot).sheet.value
        await press(pilot, "q")
    async with officer.at_work() as pilot:
        assert desk(pilot).state.view == view
        assert desk(pilot).sheet.value == value
        assert focused_id(pilot) == "sheet"


async def test_order_relaxed_constraints_zoom_and_filter_are_found_again(officer: Officer) -> None:
    async with officer.at_work() as pilot:
        await press(pilot, "2 k space z q")
    kept = officer.kept()
    assert kept.ranking
    assert len(kept.relaxed) == 1
    async with officer.at_work() as pilot:
        assert desk(pilot).state.relaxed == set(kept.relaxed)
        assert desk(pilot).state.ranking
        assert desk(pilot).zoomed == "matrix"
        await press(pilot, "e l a w")
        session = desk(pilot).session()
    SessionFile([officer.folder]).keep(session)
    async with officer.at_work() as pilot:
        assert desk(pilot).sidebar.input.value == "law"


async def test_a_half_written_note_is_kept_until_it_is_saved_or_left(officer: Officer) -> None:
    async with officer.at_work() as pilot:
        await press(pilot, "2 r 2 w h a l f")
        assert isinstance(pilot.app.screen, AskScreen)
        # The line drops here: nobody answers the question.
        SessionFile([officer.folder]).keep(desk(pilot).session())
    ((topic, text),) = officer.kept().drafts
    assert text == "half"
    async with officer.at_work() as pilot:
        assert topic in desk(pilot).state.notice
        # The rating stands in the journal; here it was not read, so it is made again.
        await press(pilot, "r 2 w")
        assert "half" in "".join(screen_text(pilot))
        await press(pilot, "enter")
        assert desk(pilot).scenario.cell is not None
        assert not desk(pilot).state.drafts
        assert desk(pilot).session().drafts == ()


async def test_a_note_that_was_left_is_forgotten(officer: Officer) -> None:
    async with officer.at_work() as pilot:
        await press(pilot, "2 r 2 w x escape")
        assert desk(pilot).session().drafts == ()


async def test_fresh_begins_anew(officer: Officer) -> None:
    async with officer.at_work() as pilot:
        await press(pilot, "2 j q")
    async with officer.at_work(fresh=True) as pilot:
        assert desk(pilot).state.view == "documents"
        await press(pilot, "3 q")
    assert officer.kept().view == "timeline"


async def test_what_the_pack_no_longer_has_is_passed_over(officer: Officer) -> None:
    gone = Session(
        view="appraisal",
        source="gone.md",
        line=-7,
        document="gone.md",
        offsets=(("gone.md", 10), (officer.pack.documents[0].id, 10**9), (officer.pack.documents[1].id, -4)),
        words=(3, "no such words"),
        zoomed="nothing",
        focus="nothing",
        entity=("PERSON", "Nobody"),
        role="gone",
        constraint="gone",
        relaxed=("gone",),
    )
    SessionFile([officer.folder]).keep(gone)
    async with officer.at_work() as pilot:
        state = desk(pilot).state
        assert state.view == "documents"
        assert (state.chosen, state.current, state.relaxed) == (None, None, frozenset())
        assert focused_id(pilot) == "pane-0"
        await press(pilot, "g 2 j l q")
    assert officer.kept().view == "scenario"


async def test_who_has_gone_elsewhere_meanwhile_stays_there(officer: Officer) -> None:
    async with officer.at_work() as pilot:
        await press(pilot, "3 j q")
    read = replace(officer.pack, mentions=(), entities=(), claims=(), matrix=None)
    file = SessionFile([officer.folder])
    app = BriefingApp(read, officer.themes, "dark", None, None, file)
    app.desk.state.analysed = False
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2")
        app.desk.take_pack(officer.pack)
        await pilot.pause()
        assert app.desk.state.view == "scenario"


async def test_a_session_is_not_overwritten_before_it_was_taken_up(officer: Officer) -> None:
    async with officer.at_work() as pilot:
        await press(pilot, "3 j q")
    kept = officer.kept()
    read = replace(officer.pack, mentions=(), entities=(), claims=(), matrix=None)
    app = BriefingApp(read, officer.themes, "dark", None, None, SessionFile([officer.folder]))
    app.desk.state.analysed = False
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.desk.session() == kept


async def test_what_is_slow_to_be_written_does_not_undo_what_a_signal_keeps(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = SlowDisk(monkeypatch)
    async with officer.at_work() as pilot:
        with disk:
            writing = asyncio.create_task(pilot.app._keep())  # type: ignore[attr-defined]
            assert await asyncio.to_thread(disk.reached.wait, 10)
            await press(pilot, "2")
            pilot.app.save_now()  # type: ignore[attr-defined]
        await writing
        assert officer.kept().view == "scenario"


async def test_a_slow_disk_keeps_no_key_waiting(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = SlowDisk(monkeypatch)
    async with officer.at_work() as pilot:
        with disk:
            pilot.app._begin_to_keep()  # type: ignore[attr-defined]
            assert await asyncio.to_thread(disk.reached.wait, 10)
            await press(pilot, "2")
            assert desk(pilot).state.view == "scenario"


async def test_a_draft_too_long_to_be_kept_is_told_and_the_rest_is_kept(officer: Officer) -> None:
    async with officer.at_work() as pilot:
        await press(pilot, "2")
        desk(pilot).state.drafts["a note"] = "x" * LARGEST
        await pilot.app._keep()  # type: ignore[attr-defined]
        assert "cannot be kept: a part of it is too long" in desk(pilot).state.notice
        assert (officer.kept().view, officer.kept().drafts) == ("scenario", ())
        del desk(pilot).state.drafts["a note"]


async def test_the_longest_texts_that_can_be_typed_are_kept(officer: Officer) -> None:
    longest = "\U0001f5fa" * LONGEST_NOTE
    async with officer.at_work() as pilot:
        await press(pilot, "slash")
        pilot.app.focused.insert_text_at_cursor(longest)  # type: ignore[union-attr]
        await press(pilot, "enter e")
        desk(pilot).sidebar.input.insert_text_at_cursor(longest)
        desk(pilot).state.drafts["a note"] = longest
        await press(pilot, "escape")
        desk(pilot).sidebar.input.insert_text_at_cursor(longest)
        pilot.app.save_now()  # type: ignore[attr-defined]
        kept = officer.kept()
    assert (len(kept.filter), kept.drafts) == (LONGEST_QUERY, (("a note", longest),))


async def test_a_folder_that_cannot_be_written_is_told_once(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    async with officer.at_work() as pilot:
        await pilot.app._keep()  # type: ignore[attr-defined]
        assert "cannot be kept" in desk(pilot).state.notice
        desk(pilot).say("")
        await pilot.app._keep()  # type: ignore[attr-defined]
        assert desk(pilot).state.notice == ""


async def test_a_view_is_printed_as_text(officer: Officer) -> None:
    async with officer.at_work() as pilot:
        await press(pilot, "p 2 p ! p")
        printouts = desk(pilot).state.printouts
    assert list(printouts)[1:] == ["scenario", "conflicts"]
    document, scenario, conflicts = printouts.values()
    marking = officer.pack.marking
    for text in printouts.values():
        assert text.splitlines()[0] == text.splitlines()[-1] == marking
        assert "\x1b" not in text
    last_words = officer.pack.documents[0].text.split()[-1].strip(".*_")
    assert last_words in document
    assert officer.pack.scenario is not None
    for role in officer.pack.scenario.roles:
        assert f"\n{role.name}: " in scenario
    for constraint in officer.pack.scenario.constraints:
        assert f"\n  {constraint.name}: " in scenario
    assert "Conflicts" in conflicts
