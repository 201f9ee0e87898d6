"""A large pack on the desk whose files or whose index go away under it: what is said, and that the desk stays."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path

import pytest

from briefing.model import Document, EntityType, Reject, Undo
from briefing.rendering.conflicts import conflict_entries
from briefing.rendering.line import plain
from briefing.rendering.theme import Theme
from briefing.storage.index.apart import IndexingProcess
from briefing.storage.index.place import index_path
from tests.large_desk import large_desk, sixty_documents
from tests.large_folder import LargeFolder
from tests.test_tui import DeskPilot, desk, press
from tests.weighing_desk import notice, on_screen

OpenLarge = Callable[[], AbstractAsyncContextManager[DeskPilot]]


@pytest.fixture
def folder(tmp_path: Path) -> LargeFolder:
    """A pack of sixty documents, indexed."""
    return sixty_documents(tmp_path)


@pytest.fixture
def open_large(folder: LargeFolder, themes: list[Theme]) -> OpenLarge:
    """Opens a desk on it."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[DeskPilot]:
        async with large_desk(folder, themes) as (pilot, _):
            yield pilot

    return opened


def take_away_files(folder: LargeFolder) -> None:
    """Remove all documents of the pack."""
    for number in range(folder.documents):
        next(folder.folder.glob(f"{number:02}.*")).unlink()


def lose(folder: LargeFolder, *tables: str) -> None:
    """Let the index of the pack lose what is in these tables, as another program would do it."""
    path = index_path([folder.folder])
    assert path is not None
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in tables:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of this file


# ---------------------------------------------------------------------- files that are gone


async def test_the_card_of_an_entity_is_shown_though_the_files_that_name_it_are_gone(
    open_large: OpenLarge, folder: LargeFolder
) -> None:
    async with open_large() as pilot:
        take_away_files(folder)
        await press(pilot, "e t a r a n enter")
        assert on_screen(pilot, "Ann Taran  PERSON  62 mentions in 41 documents")


async def test_the_timeline_is_shown_though_the_files_are_gone(open_large: OpenLarge, folder: LargeFolder) -> None:
    async with open_large() as pilot:
        take_away_files(folder)
        await press(pilot, "3")
        assert on_screen(pilot, "Timeline  ")
        assert desk(pilot).sheet.has_focus


def test_a_conflict_is_told_though_its_documents_hold_no_words(folder: LargeFolder) -> None:
    conflict = folder.stored().found_conflicts[0]
    ids = conflict.one.document, conflict.other.document
    emptied = [Document(id, "", "", "text", label=id) for id in dict.fromkeys(ids)]
    head, *sides = conflict_entries([conflict], emptied, 80)
    assert head.value is None
    assert [plain(side.lines[0]).split(",")[0].strip() for side in sides] == [*ids]


async def test_words_that_stand_there_no_more_are_not_struck(open_large: OpenLarge, folder: LargeFolder) -> None:
    async with open_large() as pilot:
        take_away_files(folder)
        await press(pilot, "2 j l tab G x")
        assert notice(pilot) == "these words do not stand there any more: the file has changed"
        assert desk(pilot).state.pack.events == ()


# ---------------------------------------------------------------------- an index that is at fault


async def test_a_decision_is_kept_though_what_follows_from_it_cannot_be_looked_up(
    open_large: OpenLarge, folder: LargeFolder
) -> None:
    async with open_large() as pilot:
        await press(pilot, "e t a r a n enter")
        lose(folder, "entity")
        await press(pilot, "d")
        assert notice(pilot) == "index: is damaged; open the pack again"
        assert pilot.app.is_running
    assert [event.decision for event in folder.listed().events] == [Reject((EntityType.PERSON, "Ann Taran"))]


async def test_what_could_not_be_shown_is_what_is_taken_back(open_large: OpenLarge, folder: LargeFolder) -> None:
    async with open_large() as pilot:
        await press(pilot, "e t a r a n enter")
        lose(folder, "entity")
        await press(pilot, "d u")
        assert pilot.app.is_running
    reject, undo = folder.listed().events
    assert undo.decision == Undo(reject.id)


@pytest.mark.parametrize("key", ["x", "f"])
async def test_a_key_on_evidence_that_is_gone_says_so_and_ends_nothing(
    open_large: OpenLarge, folder: LargeFolder, key: str
) -> None:
    async with open_large() as pilot:
        await press(pilot, "2 j tab")
        assert desk(pilot).scenario.evidence.value is not None
        lose(folder, "claim")
        await press(pilot, key)
        assert notice(pilot) == "index: has been written to by another program; open the pack again"
        assert pilot.app.is_running
    assert folder.listed().events == ()


async def test_what_was_found_is_gone_on_with_though_the_index_has_lost_it(
    open_large: OpenLarge, folder: LargeFolder
) -> None:
    async with open_large() as pilot:
        await press(pilot, "backslash t u g s enter")
        lose(folder, "passage_place")
        await press(pilot, "G enter")
        assert notice(pilot) == "index: has been written to since, or cannot be read; look for it again"
        await press(pilot, "1 l n")
        assert pilot.app.is_running


# ---------------------------------------------------------------------- indexing that is stopped


def test_what_was_stopped_is_not_paused() -> None:
    (hears, asks), (told, tells) = os.pipe(), os.pipe()
    indexing = IndexingProcess(os.getpid(), asks, told)  # no child, so nobody is waited for
    indexing.pause()
    paused = [indexing.is_paused]
    indexing.stop()
    assert [*paused, indexing.is_paused] == [True, False]
    assert os.read(hears, 2) == b"ps"
    os.write(tells, b"false\n")
    assert not indexing.follow(lambda progress: None)
    indexing.leave()
    assert os.read(hears, 2) == b"b"
    assert os.read(hears, 2) == b""
    indexing._told.close()
    os.close(hears)
    os.close(tells)
