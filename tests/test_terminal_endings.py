"""Every end of the program: told by a signal, by a line that drops or stalls, by a fault."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.line import BRIEFING, Line

SMALL_APP = """
import asyncio, os, sys, time
from briefing.host import decide, observe
from briefing.tui.terminal.app import TerminalApp
from briefing.tui.terminal.environment import prepare
from textual import events
from textual.widgets import Static

class App(TerminalApp):
    def compose(self):
        yield Static("ready")
    def save_now(self):
        open("saved", "w").close()
    async def on_key(self, event):
        if event.key == "f":
            secret = "a line of a document"
            raise ValueError("\\x1b]0;fault\\x07")
        if event.key == "p":
            self.panic("stopped")
        if event.key == "s":
            time.sleep(60)
        if event.key == "l":
            self.exit(return_code=5)
        if event.key == "c":
            self.copy_to_clipboard("text"); self.open_url("http://example.org"); self.deliver_text("x")
            self.action_screenshot()
            self.query_one(Static).update("done")

host = observe(os.environ, None)
prepare(os.environ, decide(host).colours)
sys.exit(App().run_here(decide(host, ascii=False)))
"""


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Line]:
    """A small application, ready."""
    with Line((sys.executable, "-c", SMALL_APP), folder=tmp_path, PYTHONPATH=str(Path.cwd())) as line:
        line.wait_for(b"ready")
        yield line


@pytest.fixture
def desk(seeds: Path) -> Iterator[Line]:
    """The seeds, opened and analysed."""
    with Line((*BRIEFING, seeds)) as line:
        line.wait_for(b"PEOPLE")
        yield line


@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2", "SIGXCPU"])
def test_a_signal_ends_the_program_in_order(small: Line, tmp_path: Path, name: str) -> None:
    number = signal.Signals[name]
    os.kill(small.process.pid, number)
    assert small.status(within=5) == 128 + number
    assert small.left_on() == set()
    assert small.attributes() == small.before
    assert (tmp_path / "saved").exists()
    assert b"Traceback" not in small.raw


def test_sigterm_ends_the_desk_in_order(desk: Line) -> None:
    desk.press(b"2jj")
    os.kill(desk.process.pid, signal.SIGTERM)
    assert desk.status(within=5) == 143
    assert desk.left_on() == set()
    assert desk.attributes() == desk.before


def test_many_signals_are_one_end(small: Line) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        os.kill(small.process.pid, number)
    assert small.status(within=5) in {128 + signal.SIGTERM, 128 + signal.SIGHUP, 128 + signal.SIGINT}
    assert small.attributes() == small.before


@pytest.mark.parametrize("nohup", [False, True])
def test_a_dropped_line_ends_the_program_even_under_nohup(tmp_path: Path, nohup: bool) -> None:
    program = (sys.executable, "-c", SMALL_APP)
    with Line(program, nohup=nohup, folder=tmp_path, PYTHONPATH=str(Path.cwd())) as line:
        line.wait_for(b"ready")
        line.drop()
        assert line.status(within=3) == 128 + signal.SIGHUP
    assert (tmp_path / "saved").exists()


def test_a_program_that_stands_still_ends_and_gives_the_terminal_back(small: Line, tmp_path: Path) -> None:
    small.press(b"s")
    small.read_for(0.5)
    os.kill(small.process.pid, signal.SIGTERM)
    assert small.status(within=4) == 143
    assert small.left_on() == set()
    assert small.attributes() == small.before
    assert (tmp_path / "saved").exists()


def test_a_stalled_line_keeps_nothing_from_ending(desk: Line) -> None:
    for _ in range(30):
        desk.press(b"123")  # nobody reads what that draws
    os.kill(desk.process.pid, signal.SIGTERM)
    assert desk.process.wait(timeout=4) == 143
    assert desk.attributes() == desk.before
    desk.read_for(0.2)
    assert desk.left_on() == set()


@pytest.mark.parametrize(("key", "status"), [(b"f", 70), (b"p", 70), (b"l", 5)])
def test_the_exit_status_is_true(small: Line, key: bytes, status: int) -> None:
    small.press(key)
    assert small.status(within=10) == status
    assert small.left_on() == set()
    assert small.attributes() == small.before


def test_a_fault_is_one_line_with_nothing_of_a_document_in_it(small: Line) -> None:
    small.press(b"f")
    small.status(within=10)
    last = small.raw.rpartition(b"\x1b[?25h")[2].decode()
    assert last.strip() == "briefing: stopped by a fault of its own: ValueError: ␛]0;fault␇"


def test_nothing_leaves_the_terminal(small: Line, tmp_path: Path) -> None:
    small.press(b"c")
    small.wait_for(b"done")
    small.press(b"l")
    small.status(within=10)
    assert [path.name for path in tmp_path.iterdir()] == []
    assert b"\x1b]" not in small.raw


def test_quitting_ends_with_nought_and_gives_the_terminal_back(desk: Line) -> None:
    desk.press(b"q")
    assert desk.status() == 0
    assert desk.left_on() == set()
    assert desk.attributes() == desk.before
