"""The program reaches no network and starts no program, whatever is asked of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.commands import COMMANDS
from briefing.reports import VIEWS
from tests.test_hard_documents import TOUR
from tests.watched_line import WatchedLine, foreign

pytestmark = pytest.mark.hard

WATCHER = """
import sys
heard = open(sys.argv.pop(1), "a")
def hear(event, arguments):
    name = event.partition(".")[0]
    if name in ("socket", "subprocess", "webbrowser", "urllib", "ftplib", "smtplib", "ctypes", "pty") or event in (
        "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system"
    ):
        heard.write(f"{event} {arguments[1:4]}\\n")
        heard.flush()
sys.addaudithook(hear)
from briefing.cli import main
sys.exit(main())
"""
"""The program under an audit hook (PEP 578) that writes down every event by which it could reach out."""
LOOP = re.compile(r"socket\.__new__ \(<AddressFamily\.AF_UNIX: 1>.*|socket\.__new__ \(1, 1, 0\)")
"""The pair of sockets by which the event loop of asyncio wakes itself."""
NAMES = {"tab": "\t", "space": " ", "enter": "\r", "backspace": "\x7f", "escape": "\x1b[27u", "shift+tab": "\x1b[Z"}
NAMES |= {"down": "\x1b[B", "up": "\x1b[A", "left": "\x1b[D", "right": "\x1b[C", "home": "\x1b[H", "end": "\x1b[F"}
NAMES |= {"pagedown": "\x1b[6~", "pageup": "\x1b[5~"}


@pytest.fixture
def pack(seeds: Path, tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(seeds, tmp_path / "seeds"))
    link = "Read [this](http://example.org/a) and <http://example.org/b> or see http://example.org/c now.\n"
    (folder / "links.md").write_text(link * 5, encoding="utf-8")
    return folder


def press_everything(line: WatchedLine) -> int:
    """Go through all views, then press every key of every command in two of them; how many keys that was."""
    line.see("PEOPLE")
    keys = [NAMES.get(key, key) for one in COMMANDS if one.id != "quit" for key in one.keys]
    pressed = [*TOUR, "\x1b[27u"]
    for view in ("1", "2"):
        for key in keys:
            pressed += ["\x1b[27u", view, key, "\r"]
    for number, key in enumerate(pressed):
        line.press(key.encode())
        if number % 20 == 19:
            line.hear_a_key()
    line.hear_a_key()
    line.press(b"q")
    assert line.status() == 0
    assert foreign(line.raw) == []  # and so no OSC 8, 22 or 52
    return len(pressed)


def test_no_event_of_the_interpreter_speaks_of_it(pack: Path, tmp_path: Path, tell: Callable[[str], None]) -> None:
    heard = tmp_path / "heard"
    browser = tmp_path / "browser"
    with WatchedLine(
        (sys.executable, "-c", WATCHER, heard, "--fresh", pack), size=(120, 40), BROWSER=f"touch {browser} #%s"
    ) as line:
        pressed = press_everything(line)
    for arguments in ([*VIEWS], ["search", "law"], ["check"], ["doctor"]):
        for view in arguments if arguments == [*VIEWS] else [arguments[0]]:
            words = [view, *(["law"] if view == "search" else []), *([] if view == "doctor" else [str(pack)])]
            subprocess.run([sys.executable, "-c", WATCHER, heard, *words], check=False, capture_output=True)
    events = heard.read_text(encoding="utf-8").splitlines()
    assert [event for event in events if not LOOP.fullmatch(event)] == []
    assert len(events) == 2
    assert not browser.exists()
    tell(
        f"reach: {pressed} keys and {len(VIEWS) + 3} commands: no audit event but the event loop's own pair of sockets"
    )


@pytest.mark.skipif(not shutil.which("strace"), reason="no strace here")
def test_no_call_of_the_system_speaks_of_it(pack: Path, tmp_path: Path, tell: Callable[[str], None]) -> None:
    calls = tmp_path / "calls"
    trace = ["strace", "-f", "-e", "trace=network,execve,execveat", "-o", str(calls)]
    if subprocess.run([*trace, "true"], check=False, capture_output=True).returncode:
        pytest.skip("strace may not trace here")
    # Without LOGNAME, which every login sets, the C library may ask a daemon of this host for the name of the officer.
    # A starter of a virtual environment may replace itself by the real interpreter before anything of ours runs.
    with WatchedLine(
        (*trace, os.path.realpath(sys.executable), "-c", _WITH_PATH, "--fresh", pack), LOGNAME="ann"
    ) as line:
        press_everything(line)
    made = Counter(re.findall(r"^\d+ +(\w+)\(", calls.read_text(encoding="utf-8"), re.MULTILINE))
    # What is sent and received goes over the pair: without one of the others there is no other socket.
    assert made.keys() <= {"execve", "socketpair", "getsockname", "sendto", "recvfrom", "shutdown"}
    assert (made["execve"], made["socketpair"]) == (1, 1)
    assert "socketpair(AF_UNIX" in calls.read_text(encoding="utf-8")
    tell("reach: strace saw one socketpair(AF_UNIX) of the event loop, no other call to the network, and no exec")


_WITH_PATH = (
    f"import runpy, sys; sys.path[:0] = {sys.path!r}; runpy.run_module('briefing', run_name='__main__', alter_sys=True)"
)
