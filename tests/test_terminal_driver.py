"""Taking the terminal over, reading it, stopping and going on; and what of Textual that hangs on."""

from __future__ import annotations

import inspect
import os
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

import pytest
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.keys import _character_to_key

from briefing.tui.terminal.app import TerminalApp
from briefing.tui.terminal.driver import TerminalDriver
from tests.line import BRIEFING, Line
from tests.terminal import Terminal


@pytest.fixture
def desk(seeds: Path) -> Iterator[Line]:
    """The seeds, opened and analysed."""
    with Line((*BRIEFING, seeds)) as line:
        line.wait_for(b"PEOPLE")
        yield line


def settled(line: Line) -> bytes:
    """What comes until the screen is at rest."""
    return line.read_for(0.7)


def test_keys_typed_before_there_is_a_screen_are_not_heard(seeds: Path) -> None:
    with Line((*BRIEFING, seeds), typed=b"qqq") as line:
        line.wait_for(b"PEOPLE")
        settled(line)
        assert line.process.poll() is None
        line.press(b"q")
        assert line.status() == 0


def test_a_key_pressed_at_the_first_sign_of_a_screen_is_heard(seeds: Path) -> None:
    with Line((*BRIEFING, seeds)) as line:
        line.wait_for(b"UNCLASSIFIED")
        line.press(b"q")
        assert line.status() == 0


def test_ctrl_c_ends_it_before_there_is_a_screen(seeds: Path) -> None:
    with Line((*BRIEFING, seeds)) as line:
        line.wait_for(b"\x1b[?1049h")
        line.press(b"\x03")
        assert line.status() == 130  # as the signal it is until keys are listened to
        assert b"fault" not in line.raw
        assert line.attributes() == line.before


def test_nothing_is_switched_on_that_makes_the_terminal_speak(desk: Line) -> None:
    settled(desk)
    for mode in (b"1000", b"1002", b"1003", b"1004", b"1006", b"1015", b"1016", b"2048", b"9001"):
        assert b"\x1b[?%sh" % mode not in desk.raw
    assert re.findall(rb"\x1b\[[<=>][0-9;]*u|\x1b\]|\x1b\[[0-9]*[cn]", desk.raw) == []
    assert desk.left_on() == {b"1049", b"25", b"7", b"2004"}


def test_an_idle_program_sleeps(desk: Line) -> None:
    settled(desk)
    before = desk.wake_ups()
    assert desk.read_for(2) == b""
    assert desk.wake_ups() - before <= 2


@pytest.mark.parametrize("signals", [["SIGSTOP", "SIGCONT"], ["SIGCONT"], ["SIGCONT", "SIGCONT", "SIGCONT"]])
def test_going_on_after_a_stop_from_outside(desk: Line, signals: list[str]) -> None:
    settled(desk)
    threads = desk.threads()
    for name in signals:
        os.kill(desk.process.pid, signal.Signals[name])
    desk.wait_for(b"\x1b[?1049h", b"PEOPLE")
    settled(desk)
    assert desk.threads() <= threads
    desk.press(b"2")
    desk.wait_for(b"Coordination")
    desk.press(b"q")
    assert desk.status() == 0
    assert desk.left_on() == set()
    assert desk.attributes() == desk.before


def test_what_others_did_to_the_terminal_meanwhile_is_put_right(desk: Line) -> None:
    settled(desk)
    ours = desk.attributes()
    os.kill(desk.process.pid, signal.SIGSTOP)
    desk.set_attributes(desk.before)
    os.kill(desk.process.pid, signal.SIGCONT)
    desk.wait_for(b"PEOPLE")
    assert desk.attributes() == ours


@pytest.fixture
def shell(seeds: Path) -> Iterator[Line]:
    """A shell with job control, in which the seeds are opened."""
    with Line(("bash", "--norc", "-i"), PS1="ready> ", HISTFILE="") as line:
        line.wait_for(b"ready> ")
        yield line


def test_ctrl_z_stops_and_fg_goes_on(shell: Line, seeds: Path) -> None:
    shell.press(f"{sys.executable} -m briefing {seeds}\n".encode())
    shell.wait_for(b"PEOPLE")
    shell.press(b"\x1a")
    shell.wait_for(b"\x1b[?1049l", b"Stopped", b"ready> ")
    assert shell.left_on() - {b"2004"} == set()  # which bash uses itself
    shell.press(b"bg\n")
    shell.wait_for(b"ready> ")
    assert settled(shell) == b""  # in the background it stops again, before it sends anything
    shell.press(b"fg\n")
    shell.wait_for(b"\x1b[?1049h", b"PEOPLE")
    shell.press(b"2")
    shell.wait_for(b"Coordination")
    shell.press(b"q")
    shell.wait_for(b"\x1b[?1049l", b"ready> ")
    shell.press(b"echo status $?\n")
    shell.wait_for(b"status 0")


def test_keys_typed_behind_ctrl_z_are_heard_after_fg(shell: Line, seeds: Path) -> None:
    shell.press(f"{sys.executable} -m briefing {seeds}\n".encode())
    shell.wait_for(b"PEOPLE")
    shell.press(b"\x1a2")
    before = shell.wait_for(b"\x1b[?1049l", b"Stopped", b"ready> ")
    assert b"Coordination" not in before
    shell.press(b"fg\n")
    shell.wait_for(b"\x1b[?1049h", b"Coordination")


@pytest.mark.parametrize("tostop", [False, True])
def test_who_was_stopped_by_ctrl_z_ends_when_told_to(shell: Line, seeds: Path, tostop: bool) -> None:
    shell.press(f"set -b; stty {'-' * (not tostop)}tostop; {sys.executable} -m briefing {seeds}\n".encode())
    shell.wait_for(b"PEOPLE")
    shell.press(b"\x1a")
    shell.wait_for(b"\x1b[?1049l", b"Stopped", b"ready> ")
    told = time.monotonic()
    shell.press(b"kill %1\n")
    assert b"\x1b[?1049h" not in shell.wait_for(b"Exit 143")
    assert time.monotonic() - told < 3


def stop(shell: Line) -> int:
    """Stop the program in `shell` from outside; its number."""
    children = Path(f"/proc/{shell.process.pid}/task/{shell.process.pid}/children").read_text(encoding="ascii")
    os.kill(int(children), signal.SIGSTOP)
    shell.wait_for(b"Stopped", b"ready> ")
    return int(children)


def end(process: int) -> None:
    """Tell a stopped `process` to end."""
    for number in (signal.SIGTERM, signal.SIGCONT):
        os.kill(process, number)


@pytest.mark.parametrize("tostop", [False, True])
def test_who_was_stopped_from_outside_ends_when_told_to(shell: Line, seeds: Path, tostop: bool) -> None:
    shell.press(f"set -b; stty {'-' * (not tostop)}tostop; {sys.executable} -m briefing {seeds}\n".encode())
    shell.wait_for(b"PEOPLE")
    process = stop(shell)
    at_the_prompt, told = shell.attributes(), time.monotonic()
    end(process)
    shell.wait_for(b"Exit 143")
    assert time.monotonic() - told < 3
    assert shell.left_on() - {b"2004"} == set()  # which bash uses itself
    assert shell.attributes() == at_the_prompt


def test_who_ends_in_the_background_leaves_the_screen_to_another_program(shell: Line, seeds: Path) -> None:
    shell.press(f"{sys.executable} -m briefing {seeds}\n".encode())
    shell.wait_for(b"PEOPLE")
    process = stop(shell)
    shell.press(b"sleep 1\n")
    shell.read_until(lambda _: os.tcgetpgrp(shell.master) != shell.process.pid, "other program in front")
    end(process)
    assert b"\x1b[?1049l" not in shell.wait_for(b"Exit 143")


@pytest.mark.parametrize("restricted", [False, True])
def test_ctrl_z_says_why_it_does_nothing_where_there_is_no_shell(seeds: Path, restricted: bool) -> None:
    with Terminal(*["--restricted"] * restricted, str(seeds)) as terminal:
        terminal.wait_for("PEOPLE", "q quit")
        terminal.press("\x1a")
        why = "restricted" if restricted else "this program is the whole session"
        assert f"no shell here: {why}" in terminal.wait_for(why)[-1]


def test_ctrl_z_does_nothing_when_restricted(shell: Line, seeds: Path) -> None:
    shell.press(f"{sys.executable} -m briefing --restricted {seeds}\n".encode())
    shell.wait_for(b"PEOPLE")
    settled(shell)
    shell.press(b"\x1a")
    assert b"\x1b[?1049l" not in shell.wait_for(b"no shell here: restricted")
    shell.press(b"2")
    shell.wait_for(b"Coordination")


def test_forty_keys_in_one_packet_end_where_forty_slow_keys_do(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "slow"))
    with Terminal(str(seeds), rows=12) as terminal:
        terminal.wait_for("UNCLASSIFIED", "PEOPLE", "q quit")
        for _ in range(40):
            terminal.press("j")
            terminal.wait_until(partial(_begins_otherwise, terminal.rows), "line further down")
        slow = _after_a_page_of_help(terminal)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "fast"))
    with Terminal(str(seeds), rows=12) as terminal:
        terminal.wait_for("UNCLASSIFIED", "PEOPLE", "q quit")
        terminal.burst(*["j"] * 40)
        fast = _after_a_page_of_help(terminal)
    assert fast[2] == slow[2]


def _after_a_page_of_help(terminal: Terminal) -> Sequence[str]:
    """The screen once all keys before were heard: what is read in the middle of a frame is no screen."""
    terminal.press("?")
    terminal.wait_for("move down a page")
    terminal.press("Backspace")
    return terminal.wait_for("PEOPLE", "q quit")


def _begins_otherwise(before: Sequence[str], rows: Sequence[str]) -> bool:
    return before[2] != rows[2]


class TestWhatOfTextualThisHangsOn:
    def test_the_version(self) -> None:
        assert version("textual") == "8.2.8"

    def test_the_interface_of_a_driver(self) -> None:
        public = {name for name, _ in inspect.getmembers(Driver) if not name.startswith("_")}
        assert public == {
            *("SignalResume", "can_suspend", "close", "deliver_binary", "disable_input", "flush", "is_headless"),
            *("is_inline", "is_web", "no_automatic_restart", "open_url", "process_message", "resume_application_mode"),
            *("send_message", "start_application_mode", "stop_application_mode", "suspend_application_mode", "write"),
        }
        assert str(inspect.signature(Driver.__init__)) == (
            "(self, app: 'App[Any]', *, debug: 'bool' = False, mouse: 'bool' = True, "
            "size: 'tuple[int, int] | None' = None) -> 'None'"
        )
        assert (
            inspect.signature(TerminalDriver.__init__).parameters.keys()
            == inspect.signature(Driver.__init__).parameters.keys()
        )

    def test_how_the_app_asks_the_driver_for_the_size(self) -> None:
        source = inspect.getsource(App.size.fget)  # type: ignore[attr-defined]
        assert "self._driver._size is not None" in source

    def test_in_what_order_the_app_leaves_the_terminal(self) -> None:
        running, ending = inspect.getsource(App._process_messages), inspect.getsource(App._shutdown)
        assert running.index("driver.start_application_mode()") < running.index("driver.stop_application_mode()")
        assert ending.index("driver.disable_input()") < ending.index("self._driver.close()")

    def test_what_is_overridden_or_read_of_the_app(self) -> None:
        for name, signature in {
            "_fatal_error": "(self) -> 'None'",
            "_set_pointer_shape": "(self, shape: 'str') -> 'None'",
            "_close_messages_no_wait": "(self) -> 'None'",
        }.items():
            assert str(inspect.signature(getattr(App, name))) == signature, name
            assert str(inspect.signature(getattr(TerminalApp, name))) == signature, name
        app = TerminalApp()
        assert (app._exception, app._exit_renderables, app._clipboard) == (None, [], "")
        assert app.driver_class is TerminalDriver

    def test_the_names_of_keys(self) -> None:
        assert [_character_to_key(one) for one in "a é/\\"] == ["a", "space", "é", "slash", "backslash"]
        assert events.Key("alt+j", None).name == "alt_j"
