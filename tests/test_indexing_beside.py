"""A large pack that has no index yet: listed at once, indexed by processes beside the desk, held up as one likes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from briefing.model import Pack
from briefing.rendering.indexing import progress_words
from briefing.rendering.theme import Theme
from briefing.storage.index.indexing import Progress
from briefing.storage.index.listed import ListedPack
from briefing.storage.large_pack import LARGE, may_be_large
from briefing.storage.pack_files import PackFiles
from briefing.storage.pack_folder import Reader
from briefing.tui.app import BriefingApp
from briefing.tui.messages import IndexingTold, PackAnalysed
from tests.large_folder import LargeFolder
from tests.line import BRIEFING
from tests.test_tui import DeskPilot, desk
from tests.watched_line import WatchedLine
from tests.weighing_desk import notice, on_screen

SCRIPT = """
import json, os, signal, sys
from pathlib import Path
from briefing.storage.index import apart
process = apart.stand_by([Path(sys.argv[1])], None, None)
told = []
"""


def run(folder: Path, script: str, **environment: str) -> list[object]:
    """What the script prints as JSON; in a process of its own, since only one without threads may fork."""
    command = [sys.executable, "-W", "error", "-c", SCRIPT + script, str(folder)]
    made = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=120, env={**os.environ, **environment}
    )
    return [json.loads(line) for line in made.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> LargeFolder:
    return LargeFolder(tmp_path / "pack").fill()


def test_it_says_how_far_it_is_until_the_index_is_whole(folder: LargeFolder) -> None:
    script = """
print(json.dumps(process.follow(told.append)))
print(json.dumps([[one.stage, one.total] for one in told]))
print(json.dumps(os.listdir(Path.home() / ".cache" / "briefing" / "index")))
"""
    whole, stages, files = run(folder.folder, script)
    assert whole is True
    assert isinstance(stages, list)
    assert ["reading", folder.documents] in stages
    assert [stage for stage, _ in stages][-1] == "comparing"
    assert isinstance(files, list)
    assert [Path(name).suffix for name in sorted(files)] == [".sqlite", ".lock"]
    assert {type(document).__name__ for document in folder.listed().documents} == {"ListedDocument"}
    assert all(document.digest for document in folder.listed().documents)


def test_paused_it_does_nothing_until_it_goes_on(folder: LargeFolder) -> None:
    script = """
process.begin()
process.pause()
print(json.dumps(process.is_paused))
process.go_on()
print(json.dumps([process.is_paused, process.follow(told.append)]))
"""
    assert run(folder.folder, script) == [True, [False, True]]


def test_stopped_it_ends_without_a_whole_index_and_goes_on_next_time(folder: LargeFolder) -> None:
    script = """
process.begin()
process.stop()
print(json.dumps([process.follow(told.append), process.follow(told.append)]))
"""
    assert run(folder.folder, script) == [[False, True]]


def test_it_ends_when_whoever_began_it_is_gone(folder: LargeFolder) -> None:
    # The end of the pipe that it inherited from this script is closed when it and its workers are gone.
    script = "process.begin()\nprocess.pause()\nos._exit(0)"
    command = [sys.executable, "-c", SCRIPT + script, str(folder.folder)]
    watched, inherited = os.pipe()
    subprocess.run(command, check=True, timeout=60, pass_fds=(inherited,))
    os.close(inherited)
    with os.fdopen(watched, "rb") as reader:
        assert reader.read() == b""


def test_where_an_index_cannot_be_kept_it_is_not_whole(folder: LargeFolder) -> None:
    assert run(folder.folder, "print(json.dumps(process.follow(told.append)))", XDG_CACHE_HOME="/dev/null") == [False]


@pytest.mark.parametrize(
    ("progress", "width", "words"),
    [
        (Progress("reading", 30, 400, rate=50.0, share=0.5, left=200.0), 0, "reading 30 of 400"),
        (Progress("reading", 30, 400, rate=50.0, share=0.5, left=200.0), 80, "██████████░░░░░░░░░░  reading 30 of 400"),
        (
            Progress("reading", 30, 400, rate=50.0, share=0.5, left=200.0),
            53,
            "████░░░░  reading 30 of 400  3 min 20 s left",
        ),
        (Progress("comparing", 0, 400, share=1.0, left=0.0), 80, "████████████████████  comparing 0 of 400"),
        (Progress("reading", 3, 4, faults=2), 0, "reading 3 of 4  2 failed"),
    ],
)
def test_progress_in_words(progress: Progress, width: int, words: str) -> None:
    told = progress_words(progress, width)
    assert told.startswith(words)
    assert ("3 min 20 s left" in told) is (progress.left == 200.0)
    assert not width or len(told) <= width


def test_asked_again_it_takes_in_what_has_changed_since(folder: LargeFolder) -> None:
    script = """
wholes = []
for number in range(2):
    (Path(sys.argv[1]) / "07.txt").write_text(f"Changed\\n\\nMinister Ola Holm met {number} pilots.\\n")
    wholes.append(process.follow(told.append))
    print(json.dumps([one.total for one in told if one.stage == "reading"][-1]))
print(json.dumps(wholes))
"""
    assert run(folder.folder, script) == [folder.documents, 1, [True, True]]


def test_killed_it_says_that_the_index_is_not_whole_and_leaves_no_process(folder: LargeFolder) -> None:
    script = """
os.kill(process._pid, signal.SIGKILL)
print(json.dumps([process.follow(told.append), process.follow(told.append), told]))
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print(json.dumps("nobody is left"))
"""
    assert run(folder.folder, script) == [[False, False, []], "nobody is left"]


def test_left_it_ends_of_itself_and_nothing_is_left_of_it(folder: LargeFolder) -> None:
    script = """
import threading
process.leave()
for thread in threading.enumerate():
    if thread is not threading.current_thread():
        thread.join()
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print(json.dumps("nobody is left"))
process.stop()
"""
    assert run(folder.folder, script) == ["nobody is left"]


@pytest.mark.parametrize("asked", ["", "process.begin()", "process.begin(); process.pause()"])
def test_it_ends_when_whoever_asks_it_is_killed(folder: LargeFolder, asked: str) -> None:
    script = f"{asked}\nos.kill(os.getpid(), signal.SIGKILL)"
    watched, inherited = os.pipe()
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT + script, str(folder.folder)], check=False, timeout=60, pass_fds=(inherited,)
    )
    os.close(inherited)
    assert ended.returncode == -signal.SIGKILL
    with os.fdopen(watched, "rb") as reader:
        assert reader.read() == b""


@pytest.mark.parametrize(("files", "may_be"), [(LARGE - 1, False), (LARGE, True)])
def test_whether_a_pack_may_be_large_is_told_by_its_files(tmp_path: Path, files: int, may_be: bool) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / ".hidden").touch()
    paths = [tmp_path / "below" / f"{number}.txt" for number in range(files)]
    for path in paths:
        path.touch()
    assert may_be_large([tmp_path]) is may_be
    assert may_be_large(paths) is may_be
    assert not may_be_large([paths[0]])


# ---------------------------------------------------------------------- the desk


class Indexer:
    """What the desk asks of an indexing process, noted."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_paused = False

    def pause(self) -> None:
        self.asked.append("pause")
        self.is_paused = True

    def go_on(self) -> None:
        self.asked.append("go on")
        self.is_paused = False

    def stop(self) -> None:
        self.asked.append("stop")

    def leave(self) -> None:
        self.asked.append("leave")


Opened = Callable[[], AbstractAsyncContextManager[tuple[DeskPilot, Indexer]]]


@pytest.fixture
def opened(folder: LargeFolder, themes: Sequence[Theme]) -> Opened:
    def named(files: PackFiles) -> Reader:
        return ListedPack([folder.folder], files, None, private=True, reads_others=False)

    @asynccontextmanager
    async def open_unindexed() -> AsyncIterator[tuple[DeskPilot, Indexer]]:
        pack = folder.watched().open(named)
        app = BriefingApp(pack, themes, "dark", Future[Pack]().result)  # findings come when the test sends them
        indexer = Indexer()
        app.desk.keep_up_with_indexing(indexer, at_once=True)  # type: ignore[arg-type]
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            yield pilot, indexer

    return open_unindexed


async def test_the_first_row_says_how_far_it_is_until_the_findings_come(opened: Opened, folder: LargeFolder) -> None:
    async with opened() as (pilot, _):
        assert [one.label for one in desk(pilot).state.pack.documents][1:3] == ["01.txt", "02.txt"]
        desk(pilot).post_message(IndexingTold(Progress("reading", 10, 30, rate=20.0, share=0.3, left=1.0)))
        await pilot.pause()
        assert on_screen(pilot, "reading 10 of 30")
        desk(pilot).post_message(PackAnalysed(folder.stored()))
        await pilot.pause()
        assert not on_screen(pilot, "reading 10 of 30")
        assert [one.label for one in desk(pilot).state.pack.documents][1:3] == ["Report 1", "Report 2"]
        assert desk(pilot).documents.pane.document is desk(pilot).state.pack.documents[0]


async def test_it_is_paused_gone_on_with_and_stopped_by_keys(opened: Opened) -> None:
    async with opened() as (pilot, indexer):
        desk(pilot).post_message(IndexingTold(Progress("reading", 10, 30)))
        for keys in ("Zp", "Zg", "Zs"):
            await pilot.press(*keys)
            await pilot.pause()
        assert indexer.asked == ["pause", "go on", "stop"]


async def test_leaving_leaves_it(opened: Opened) -> None:
    async with opened() as (pilot, indexer):
        await pilot.press("q")
    assert indexer.asked == ["leave"]


async def test_a_reader_stays_where_she_was_when_the_findings_come(opened: Opened, folder: LargeFolder) -> None:
    async with opened() as (pilot, _):
        await pilot.press("tab", "tab", "j")
        await pilot.pause()
        before = desk(pilot).documents.current
        desk(pilot).post_message(PackAnalysed(folder.stored()))
        await pilot.pause()
        assert desk(pilot).documents.current == before
        assert desk(pilot).state.analysed


async def test_nothing_is_asked_where_nothing_is_indexed(opened: Opened, folder: LargeFolder) -> None:
    async with opened() as (pilot, indexer):
        desk(pilot).post_message(PackAnalysed(folder.stored()))
        await pilot.pause()
        await pilot.press("Z")
        await pilot.pause()
        assert notice(pilot) == "nothing is being indexed"
        assert indexer.asked == []


def test_a_pack_without_an_index_is_listed_read_and_analysed(folder: LargeFolder) -> None:
    (folder.folder / "nothing.txt").write_bytes(b"\0\1\2" * 100)
    with WatchedLine((*BRIEFING, str(folder.folder)), size=(100, 30), BRIEFING_FIRST_SCREEN="0") as line:
        line.see("00.md", "Report 0")
        line.see("Ann Taran", "1 fault", "is not text")
        line.press(b"e")
        line.press(b"Berg\r")
        line.see("Lars Berg", "PERSON")
        line.press(b"q")
        assert line.status() == 0
