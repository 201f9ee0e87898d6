"""A change in a large pack that is open: indexed by a process beside the desk, which ends with it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from briefing.model import Pack
from briefing.rendering.theme import Theme
from briefing.storage.index.analysed import analyse_indexed
from briefing.storage.index.index_pack import index_pack
from briefing.storage.index.indexing import Progress, Watch
from briefing.storage.index.stored import StoredMentions
from briefing.storage.watching import WatchedPack
from briefing.tui.app import BriefingApp
from tests.large_folder import LargeFolder
from tests.line import BRIEFING
from tests.test_indexing_beside import Indexer
from tests.test_tui import until
from tests.watched_line import WatchedLine
from tests.weighing_desk import notice, on_screen

CHANGED = "Changed\n\nMinister Ola Holm met the pilots.\n"


@pytest.fixture
def folder(tmp_path: Path) -> LargeFolder:
    return LargeFolder(tmp_path / "pack").fill()


class Process(Indexer):
    """Such a process as the desk would ask, which brings the index up to date here, or is gone."""

    def __init__(self, folder: LargeFolder, *, is_gone: bool = False) -> None:
        super().__init__()
        self._folder = folder
        self._is_gone = is_gone

    def follow(self, told: Callable[[Progress], None]) -> bool:
        """Index the pack."""
        self.asked.append("index")
        if not self._is_gone:
            index_pack([self._folder.folder], watch=Watch(told=told))
        return not self._is_gone


@pytest.mark.parametrize("is_gone", [False, True])
async def test_a_change_of_an_open_pack_is_indexed_beside_the_desk(
    folder: LargeFolder, themes: Sequence[Theme], is_gone: bool
) -> None:
    folder.stored()
    process = Process(folder, is_gone=is_gone)

    def analyse(pack: Pack) -> Pack:
        return analyse_indexed(pack, [folder.folder], beside=app.desk.index)

    watched = WatchedPack([folder.folder], None, folder.read_listed, analyse)
    app = BriefingApp(folder.analysed(watched.open(folder.reader)), themes, "dark")
    app.desk.keep_up_with_indexing(process, at_once=False)  # type: ignore[arg-type]
    app.desk.keep_up_with(watched)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        for changed in ("07.txt", "08.txt"):
            folder.put(changed, CHANGED)
            for _ in range(2):
                app.desk.look_for_changes(watched)
                await pilot.pause()
            assert notice(pilot) == f"taken in: 1 changed: {changed}"
            assert not app.desk.is_indexing
            assert app.desk.state.busy == ""
        assert process.asked == ["index", "index"]
        assert isinstance(app.desk.state.pack.found, StoredMentions)
        assert [one.document_count for one in app.desk.state.pack.entities if one.name == "Ola Holm"] == [2]


@pytest.mark.parametrize("end", ["q", "drop", "kill"])
def test_the_program_has_a_process_that_indexes_and_ends_with_it(folder: LargeFolder, end: str) -> None:
    folder.stored()
    watched, inherited = os.pipe()
    command = (*BRIEFING, str(folder.folder))
    with WatchedLine(command, size=(120, 30), handed=(inherited,), BRIEFING_FIRST_SCREEN="0") as line:
        os.close(inherited)
        line.see("Ann Taran")
        folder.put("07.txt", CHANGED)
        line.see("taken in: 1 changed: 07.txt")
        if end == "q":
            line.press(b"q")
            assert line.status() == 0
        elif end == "drop":
            line.drop()
        else:
            line.process.kill()
        with os.fdopen(watched, "rb") as reader:
            assert reader.read() == b""


async def test_where_that_process_is_gone_the_desk_says_that_it_finds_the_rest_itself(
    folder: LargeFolder, themes: Sequence[Theme]
) -> None:
    folder.stored()
    was_said = Event()

    def index() -> None:
        app.desk.index()
        was_said.wait()

    watched = WatchedPack(
        [folder.folder], None, folder.read_listed, lambda pack: analyse_indexed(pack, [folder.folder], beside=index)
    )
    app = BriefingApp(folder.analysed(watched.open(folder.reader)), themes, "dark")
    app.desk.keep_up_with_indexing(Process(folder, is_gone=True), at_once=False)  # type: ignore[arg-type]
    app.desk.keep_up_with(watched)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        folder.put("07.txt", CHANGED)
        app.desk.look_for_changes(watched)
        thread = Thread(target=app.desk.look_for_changes, args=(watched,))
        thread.start()
        try:
            await until(pilot, lambda: on_screen(pilot, "finding the rest"))
        finally:
            was_said.set()
        await asyncio.to_thread(thread.join)
        await pilot.pause()
        assert notice(pilot) == "taken in: 1 changed: 07.txt"
        assert not on_screen(pilot, "finding the rest")


def holders(pipe: int) -> set[int]:
    """Numbers of the processes, but for this one, that have an end of the pipe which `pipe` is an end of."""
    name = Path(f"/proc/self/fd/{pipe}").readlink()
    found = set()
    for end in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):  # it is closed by now, or another user's
            if end.readlink() == name:
                found.add(int(end.parts[2]))
    return found - {os.getpid()}


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this host does not tell which processes hold a pipe")
def test_a_change_is_taken_in_though_the_process_that_indexes_was_killed(folder: LargeFolder) -> None:
    folder.stored()
    watched, inherited = os.pipe()
    with WatchedLine(
        (*BRIEFING, str(folder.folder)), size=(120, 30), handed=(inherited,), BRIEFING_FIRST_SCREEN="0"
    ) as line:
        os.close(inherited)
        line.see("Ann Taran        32  21d")
        (process,) = holders(watched) - {line.process.pid}
        os.kill(process, signal.SIGKILL)
        folder.put("07.txt", CHANGED)
        line.see("taken in: 1 changed: 07.txt", "Ola Holm")
        assert holders(watched) == {line.process.pid}
        line.press(b"q")
        assert line.status() == 0
    os.close(watched)


async def test_a_change_is_held_up_by_keys_while_it_is_indexed(folder: LargeFolder, themes: Sequence[Theme]) -> None:
    indexer = Indexer()
    app = BriefingApp(folder.stored(), themes, "dark")
    app.desk.keep_up_with_indexing(indexer, at_once=False)  # type: ignore[arg-type]
    begun, ended = Event(), Event()

    def follow(told: Callable[[Progress], None]) -> bool:
        told(Progress("reading", 0, 1))
        begun.set()
        ended.wait()
        return False

    indexer.follow = follow  # type: ignore[attr-defined]
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        thread = Thread(target=app.desk.index)
        thread.start()
        try:
            await asyncio.to_thread(begun.wait)
            await until(pilot, lambda: on_screen(pilot, "reading 0 of 1"))
            for keys in ("Zp", "Zg", "Zs"):
                await pilot.press(*keys)
                await pilot.pause()
            assert indexer.asked == ["pause", "go on", "stop"]
            assert on_screen(pilot, "finding the rest")
        finally:
            ended.set()
            thread.join()


def test_where_no_index_can_be_kept_the_desk_says_why(folder: LargeFolder) -> None:
    command = (*BRIEFING, str(folder.folder))
    with WatchedLine(command, size=(140, 30), BRIEFING_FIRST_SCREEN="0", XDG_CACHE_HOME="/dev/null") as line:
        line.see("Ann Taran", "index: is not kept: /dev/null")
        line.press(b"q")
        assert line.status() == 0


def test_in_the_restricted_mode_it_says_so(folder: LargeFolder) -> None:
    command = (*BRIEFING, "--restricted", str(folder.folder))
    with WatchedLine(command, size=(140, 30), BRIEFING_FIRST_SCREEN="0") as line:
        line.see("Ann Taran", "index: is not kept in the restricted mode")
        line.press(b"q")
        assert line.status() == 0
