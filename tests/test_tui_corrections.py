"""Entities corrected by keys: every correction is in the journal before the screen says so, and can be taken back."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from briefing.model import Entity, EntityKey, EntityType, Pack, PackError, Problem
from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal, journal_folders, read_journals
from briefing.storage.pack_folder import analyse_pack, open_pack, read_pack
from briefing.tui.app import BriefingApp
from briefing.tui.screens.pick import PickScreen
from tests.test_tui import DeskPilot, desk, focused_id, press, screen_text

OpenPack = Callable[[], AbstractAsyncContextManager[DeskPilot]]
PERSON, ORG, PLACE, EVENT = EntityType.PERSON, EntityType.ORG, EntityType.PLACE, EntityType.EVENT
NEWS = """\
Harbours agree

Minister Andrés Molina spoke in Lisbon. The Harbour Authority and the Port Authority agreed in Lisbon.

The Port Authority then met Mr. Molina. A lamp fund pays for it.
"""
PORT: EntityKey = (ORG, "Port Authority")
HARBOUR: EntityKey = (ORG, "Harbour Authority")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack of one document."""
    folder = tmp_path / "harbours"
    folder.mkdir()
    (folder / "news.txt").write_text(NEWS, encoding="utf-8")
    return folder


@pytest.fixture
def open_pack_again(folder: Path, themes: list[Theme]) -> OpenPack:
    """Opens the desk on the pack as it lies on the disk, journals and all."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[DeskPilot]:
        app = BriefingApp(open_pack([folder]), themes, "dark", None, Journal(journal_folders([folder])))
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            yield pilot

    return opened


def names(pilot: DeskPilot) -> set[EntityKey]:
    return {entity.key for entity in desk(pilot).state.pack.entities}


def chosen(pilot: DeskPilot) -> Entity:
    entity = desk(pilot).state.chosen
    assert entity is not None
    return entity


async def choose(pilot: DeskPilot, name: str) -> None:
    """Choose an entity by typing the beginning of its name."""
    await press(pilot, f"e {' '.join(name)} enter")


def decisions(folder: Path) -> list[str]:
    return [type(event.decision).__name__ for event in read_journals(journal_folders([folder]))[0]]


async def test_merging_is_saved_shown_and_said(open_pack_again: OpenPack, folder: Path) -> None:
    async with open_pack_again() as pilot:
        await choose(pilot, "port")
        await press(pilot, "m h a r b enter")
        assert PORT not in names(pilot)
        assert chosen(pilot).key == HARBOUR
        assert len(chosen(pilot).mentions) == 3
        assert decisions(folder) == ["Merge"]
        assert "saved: merged “Port Authority” into “Harbour Authority”" in screen_text(pilot)[-1]
    async with open_pack_again() as pilot:
        assert PORT not in names(pilot)


async def test_what_is_spelled_alike_is_offered_first(open_pack_again: OpenPack) -> None:
    async with open_pack_again() as pilot:
        await choose(pilot, "port")
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, PickScreen)
        rows = "\n".join(screen_text(pilot))
        assert "Port Authority is the same as …" in rows
        assert rows.index("SPELLED ALIKE") < rows.index("Harbour Authority") < rows.index("PEOPLE")


async def test_leaving_the_list_decides_nothing(open_pack_again: OpenPack, folder: Path) -> None:
    async with open_pack_again() as pilot:
        await choose(pilot, "port")
        await press(pilot, "m backspace t backspace")
        assert PORT in names(pilot)
        assert not (folder / ".briefing").exists()


async def test_a_form_is_split_off(open_pack_again: OpenPack) -> None:
    async with open_pack_again() as pilot:
        await choose(pilot, "moli")
        await press(pilot, "s enter")
        assert (PERSON, "Molina") in names(pilot)
        assert chosen(pilot).name == "Andrés Molina"


async def test_what_has_one_form_cannot_be_split(open_pack_again: OpenPack) -> None:
    async with open_pack_again() as pilot:
        await choose(pilot, "lis")
        await press(pilot, "s")
        assert "Lisbon has one form only" in screen_text(pilot)[-1]


async def test_rejecting_and_taking_up_again(open_pack_again: OpenPack, folder: Path) -> None:
    async with open_pack_again() as pilot:
        await choose(pilot, "lis")
        await press(pilot, "d")
        assert (PLACE, "Lisbon") not in names(pilot)
        rows = screen_text(pilot)
        assert any("REJECTED  1" in row for row in rows)
        assert any("REJECTED  Lisbon  PLACE" in row for row in rows)
        assert focused_id(pilot) == "mentions"
        await press(pilot, "d")
        assert (PLACE, "Lisbon") in names(pilot)
        assert "saved: took up Lisbon again" in screen_text(pilot)[-1]
        assert not any("REJECTED" in row for row in screen_text(pilot))
        await press(pilot, "u")
        assert (PLACE, "Lisbon") not in names(pilot)
        await press(pilot, "U")
        assert (PLACE, "Lisbon") in names(pilot)
        assert decisions(folder) == ["Reject", "Restore", "Undo", "Redo"]


async def test_in_the_sidebar_the_cursor_stays_where_the_rejected_one_was(open_pack_again: OpenPack) -> None:
    async with open_pack_again() as pilot:
        view = desk(pilot)
        await press(pilot, "shift+tab j")
        assert view.sidebar.list.has_focus
        before, place = view.sidebar.list.value, view.sidebar.list.cursor
        await press(pilot, "d")
        assert view.sidebar.list.cursor == place
        assert view.sidebar.list.value not in (None, before)


async def test_a_type_is_changed(open_pack_again: OpenPack) -> None:
    async with open_pack_again() as pilot:
        await choose(pilot, "port")
        await press(pilot, "t p l enter")
        assert (PLACE, "Port Authority") in names(pilot)
        assert chosen(pilot).type is PLACE


async def test_words_on_the_screen_become_a_name(open_pack_again: OpenPack) -> None:
    async with open_pack_again() as pilot:
        await press(pilot, "A l a m p space f")
        await press(pilot, "enter p r o enter")
        assert (EntityType.PROGRAMME, "lamp fund") in names(pilot)
        assert [mention.text for mention in chosen(pilot).mentions] == ["lamp fund"]
    async with open_pack_again() as pilot:
        assert (EntityType.PROGRAMME, "lamp fund") in names(pilot)


async def test_everything_can_be_undone_and_redone(open_pack_again: OpenPack) -> None:
    async with open_pack_again() as pilot:
        before = names(pilot)
        await choose(pilot, "port")
        await press(pilot, "m h a r b enter")
        await choose(pilot, "lis")
        await press(pilot, "d")
        after = names(pilot)
        await press(pilot, "u")
        assert "undone: rejected “Lisbon”" in screen_text(pilot)[-1]
        await press(pilot, "u")
        assert names(pilot) == before
        await press(pilot, "u")
        assert "nothing to undo" in screen_text(pilot)[-1]
        await press(pilot, "U U")
        assert names(pilot) == after
        await press(pilot, "U")
        assert "nothing to redo" in screen_text(pilot)[-1]
    async with open_pack_again() as pilot:
        assert names(pilot) == after
        await press(pilot, "u u")
        assert names(pilot) == before


async def test_who_decided_what_stands_on_the_card(open_pack_again: OpenPack) -> None:
    async with open_pack_again() as pilot:
        await choose(pilot, "port")
        await press(pilot, "m h a r b enter G")
        rows = screen_text(pilot)
        assert any("CORRECTED" in row for row in rows)
        assert any("@" in row and "merged “Port Authority”" in row for row in rows)


async def test_no_correction_is_made_of_what_is_not_on_the_screen(open_pack_again: OpenPack, folder: Path) -> None:
    async with open_pack_again() as pilot:
        await choose(pilot, "lis")
        await press(pilot, "backslash a g r e e d enter d")
        assert "choose an entity first" in screen_text(pilot)[-1]
        assert any("“agreed”" in row for row in screen_text(pilot))
        assert decisions(folder) == []


async def test_what_was_found_stays_listed_through_a_correction(open_pack_again: OpenPack) -> None:
    async with open_pack_again() as pilot:
        await press(pilot, "backslash a g r e e d enter")
        hits = desk(pilot).state.hits
        await press(pilot, "tab")
        assert desk(pilot).sidebar.list.has_focus
        await press(pilot, "d")
        assert desk(pilot).state.hits == hits
        assert any("“agreed”" in row for row in screen_text(pilot))


async def test_nothing_is_decided_while_the_documents_are_still_read(folder: Path, themes: list[Theme]) -> None:
    waiting: Future[Pack] = Future()
    pack = read_pack([folder])
    app = BriefingApp(pack, themes, "dark", waiting.result, Journal(journal_folders([folder])))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await press(pilot, "A R S u")
        assert "still reading" in screen_text(pilot)[-1]
        assert decisions(folder) == []
        waiting.set_result(analyse_pack(pack))


async def test_without_an_entity_nothing_is_asked(open_pack_again: OpenPack) -> None:
    async with open_pack_again() as pilot:
        await press(pilot, "m s t d")
        assert not isinstance(pilot.app.screen, PickScreen)
        assert "choose an entity first" in screen_text(pilot)[-1]


async def test_what_cannot_be_saved_is_not_done(open_pack_again: OpenPack, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PackError(Problem("ann@desk.jsonl", "the correction is not saved: disk full", "make room"))

    async with open_pack_again() as pilot:
        monkeypatch.setattr(Journal, "append", refuse)
        await choose(pilot, "lis")
        await press(pilot, "d")
        assert (PLACE, "Lisbon") in names(pilot)
        assert "not saved: disk full" in screen_text(pilot)[-1]


async def test_a_document_that_came_later_is_corrected_too(open_pack_again: OpenPack, folder: Path) -> None:
    async with open_pack_again() as pilot:
        await choose(pilot, "port")
        await press(pilot, "m h a r b enter")
    (folder / "later.txt").write_text("Later\n\nIn May the Port Authority closed.\n", encoding="utf-8")
    async with open_pack_again() as pilot:
        (harbour,) = (one for one in desk(pilot).state.pack.entities if one.key == HARBOUR)
        assert set(harbour.documents) == {"later.txt", "news.txt"}
    shutil.rmtree(folder / ".briefing")
    async with open_pack_again() as pilot:
        assert PORT in names(pilot)


async def test_where_two_entities_meet(open_pack_again: OpenPack) -> None:
    async with open_pack_again() as pilot:
        await choose(pilot, "port")
        await press(pilot, "& m o l i enter")
        rows = screen_text(pilot)
        assert any("Port Authority and Andrés Molina" in row for row in rows)
        assert focused_id(pilot) == "mentions"
        state = desk(pilot).state
        assert [state.pack.documents[0].quote(span) for _, span in state.hits.places] == [
            "Minister Andrés Molina spoke in Lisbon. The Harbour Authority and the Port Authority agreed in Lisbon.",
            "The Port Authority then met Mr. Molina.",
        ]
        assert [row.split()[-3:-1] for row in rows if " same " in row] == [["same", "paragraph"], ["same", "sentence"]]
        await press(pilot, "enter")
        assert state.current is not None
