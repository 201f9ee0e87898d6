"""The line drops, stalls or stops in the middle of work, fifty times each: in time, in order, and nothing is lost."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from briefing.model import Restore
from briefing.rendering.decisions import decision_words
from briefing.storage.journal import journal_folders, read_journals
from briefing.storage.pack_folder import read_pack
from tests.effort import chance, tries
from tests.line import BRIEFING
from tests.watched_line import ESCAPE, WatchedLine, foreign

pytestmark = pytest.mark.hard

TIMES = 50
IN_TIME = 3.0
"""Seconds after which the program must be gone."""
SIZE = (140, 40)
WORK = (
    "j",
    "j",
    "k",
    "l",
    "h",
    "r1",
    "r2",
    "r3",
    "r4",
    "r0",
    "x",
    "cl",
    "cm",
    "ch",
    "wnote {}\r",
    " ",
    "g",
    "G",
    "3",
    "2",
    "2",
)
"""What an officer does: moving, rating, striking, how sure, notes, turning to another view."""
GLANCES = b"123jkhlgGeozZ\\nN!=?iavS \x1b[A\x1b[B\t"
"""Keys of every view, in any order and each byte for itself: none leaves the program."""
SAVED = re.compile(r"saved: (.*?)(?:…|   |$)")


@pytest.fixture
def pack(seeds: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(seeds, tmp_path / "seeds"))


class Officer:
    """Somebody at work on a pack over a bad line, and what the screen has acknowledged."""

    def __init__(self, pack: Path, one: Random) -> None:
        self.pack = pack
        self.chance = one
        self.acknowledged: list[str] = []
        self._draft = ""
        self._cell = ""
        self._known = False

    @contextmanager
    def opened(self, *, nohup: bool = False) -> Iterator[WatchedLine]:
        """The program, going on where it was left: whatever was left half-written is there again."""
        with WatchedLine((*BRIEFING, self.pack), nohup=nohup, size=SIZE) as line:
            line.see("back where you were" if self._known else "PEOPLE")
            self._known = True
            if self._draft:
                line.see("half-written: ", "SCENARIO", self._cell)
                line.press(b"w")
                line.see(self._draft)
                line.press(ESCAPE)
                self._draft = ""
            line.press(b"2")
            line.see("─ Which roles")
            yield line
            self.has_seen(line)

    def work(self, line: WatchedLine, keys: int) -> None:
        """Press random keys, and read what comes as one who has other things to do."""
        for number in range(keys):
            line.press(self.chance.choice(WORK).format(number).encode())
            line.read_for(self.chance.choice((0.0, 0.0, 0.02, 0.1)))

    def glance_about(self, line: WatchedLine) -> None:
        """Press keys of every view all at once, and look at none of what comes."""
        line.press(bytes(self.chance.choices(GLANCES, k=self.chance.randrange(20))))

    def begin_a_note(self, line: WatchedLine) -> None:
        """Write half a note on some rated cell, and see it on the screen."""
        line.hear_a_key()
        line.press(b"12.r2w")
        rows = line.see(": a note ─")
        self._cell = next(row for row in rows[3:] if row.startswith("╭─ ")).split("  ")[0]
        self._draft = f"half-written {self.chance.randrange(10**6)}"
        line.press(self._draft.encode())
        line.see(self._draft)

    def has_seen(self, line: WatchedLine) -> None:
        """Note what was said to be saved."""
        for bottom in line.bottoms:
            found = SAVED.search(bottom)
            if found and found[1].strip() not in self.acknowledged[-1:]:
                self.acknowledged.append(found[1].strip())

    def missing(self) -> list[str]:
        """What was said to be saved, and is not in the journal in that order."""
        documents = read_pack([self.pack]).documents
        events, problems = read_journals(journal_folders([self.pack]))
        assert problems == ()
        # What counts again is said with what it was, which its event only names.
        written = iter(
            "counts again" if isinstance(event.decision, Restore) else decision_words(event.decision, documents)
            for event in events
        )
        said = ("counts again" if one.startswith("counts again") else one for one in self.acknowledged)
        return [one for one in said if not any(words.startswith(one) for words in written)]


@pytest.fixture
def officer(pack: Path, request: pytest.FixtureRequest) -> Officer:
    return Officer(pack, chance(request.node.name))


def rounds(officer: Officer, nohup: bool = False) -> Iterator[tuple[WatchedLine, bool]]:
    """The program in the middle of work, over and over; and whether all that was typed has arrived."""
    for number in range(tries(TIMES)):
        with officer.opened(nohup=nohup) as line:
            officer.work(line, officer.chance.randrange(3, 12))
            settled = number % 4 == 1
            if settled:
                officer.begin_a_note(line)
            else:
                officer.glance_about(line)
            yield line, settled


def gone(line: WatchedLine, status: int, slowest: Counter[str]) -> None:
    """Wait for the end; it must come in time and with `status`."""
    began = time.monotonic()
    assert line.status(within=IN_TIME) == status
    slowest["ms"] = max(slowest["ms"], round(1000 * (time.monotonic() - began)))


def given_back(line: WatchedLine) -> None:
    """The terminal is as it was."""
    assert line.attributes() == line.before
    assert line.left_on() == set()
    assert line.pen_is_plain


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM"])
def test_a_signal(officer: Officer, name: str, tell: Callable[[str], None]) -> None:
    number, slowest, times = signal.Signals[name], Counter[str](), 0
    for line, _ in rounds(officer):
        os.kill(line.process.pid, number)
        gone(line, 128 + number, slowest)
        given_back(line)
        assert foreign(line.raw) == []
        times += 1
    assert officer.missing() == []
    tell(summary(name, times, slowest, officer) + ", terminal restored")


@pytest.mark.parametrize("nohup", [False, True], ids=["closed", "nohup"])
def test_a_closed_line(officer: Officer, nohup: bool, tell: Callable[[str], None]) -> None:
    slowest, times, most = Counter[str](), 0, 0.0
    for line, _ in rounds(officer, nohup):
        used = seconds_used(line.process.pid)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        line.drop()
        gone(line, 128 + signal.SIGHUP, slowest)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        most = max(most, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime - used)
        times += 1
    assert officer.missing() == []
    assert most < 0.5
    tell(
        summary("line closed" + ", nohup" * nohup, times, slowest, officer)
        + f", at most {most:.2f} s of processor time"
    )


def seconds_used(process: int) -> float:
    """Processor time of `process` so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_stalled_line(officer: Officer, tell: Callable[[str], None]) -> None:
    slowest, times = Counter[str](), 0
    for line, settled in rounds(officer):
        if not settled:
            for _ in range(20):
                line.press(b"1232" + b"j" * 20)  # nobody reads what that draws
        ends_by_signal = officer.chance.random() < 0.5
        began = time.monotonic()
        if ends_by_signal:
            os.kill(line.process.pid, signal.SIGTERM)
        else:
            line.drop()
        status = line.process.wait(timeout=IN_TIME)
        slowest["ms"] = max(slowest["ms"], round(1000 * (time.monotonic() - began)))
        assert status == 128 + (signal.SIGTERM if ends_by_signal else signal.SIGHUP)
        if ends_by_signal:
            line.read_for(0.1)
            given_back(line)
        times += 1
    assert officer.missing() == []
    tell(summary("line stalled, then SIGTERM or closed", times, slowest, officer))


def test_stopped_and_continued(officer: Officer, tell: Callable[[str], None]) -> None:
    times, most = 0, tries(TIMES)
    while times < most:
        with officer.opened() as line:
            threads = line.threads()
            for _ in range(min(10, most - times)):
                officer.work(line, officer.chance.randrange(1, 6))
                os.kill(line.process.pid, signal.SIGSTOP)
                line.press(b"jk")
                line.read_for(officer.chance.choice((0.0, 0.05)))
                os.kill(line.process.pid, signal.SIGCONT)
                line.wait_for(b"\x1b[?1049h")
                times += 1
            # A thread that writes the session to the disk may have been added, and one that wrote a decision meanwhile;
            # ten stops that each left one behind would show.
            assert line.threads() <= threads + 2
            line.hear_a_key()
            if officer.chance.random() < 0.5:
                line.press(b"q")
                gone(line, 0, Counter())
            else:
                os.kill(line.process.pid, signal.SIGTERM)
                gone(line, 128 + signal.SIGTERM, Counter())
            given_back(line)
            assert foreign(line.raw) == []
    assert officer.missing() == []
    tell(
        f"drops: stopped and continued {times} times, worked on each time; none of "
        f"{len(officer.acknowledged)} acknowledged decisions lost"
    )


def summary(what: str, times: int, slowest: Counter[str], officer: Officer) -> str:
    return (
        f"drops: {what}: {times} of {times} gone, the slowest after {slowest['ms'] / 1000:.2f} s; none of "
        f"{len(officer.acknowledged)} acknowledged decisions lost, all views and half-written notes restored"
    )
