"""Every kind of terminal, locale and size; hosts with no room, two officers, and no key that cannot be pressed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from briefing.commands import COMMANDS, Scope
from briefing.model import Rate
from briefing.storage.journal import journal_folders, read_journals
from tests.effort import chance, tries
from tests.line import BRIEFING
from tests.watched_line import ESCAPE, WatchedLine, foreign

pytestmark = pytest.mark.hard

TERMS = (
    *("xterm-256color", "xterm", "xterm-mono", "linux", "vt100", "vt220", "dumb", "screen", "screen-256color"),
    *("tmux-256color", "unknown-zz"),
)
LOCALES = ("C", "C.UTF-8", "en_US.ISO-8859-1", "ja_JP.EUC-JP")
SIZES = ((20, 5), (40, 10), (80, 24), (132, 43))
ANSWERS = (b"", b"\x1b[?2026;2$y\x1b[?62;22c\x1b[1;1R")
"""What the terminal sends once it is asked: nothing, or what xterm does, and more."""
COLOURLESS = ("xterm-mono", "vt100", "vt220", "dumb", "unknown-zz")
COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")


@pytest.fixture
def pack(seeds: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(seeds, tmp_path / "seeds"))


def looked_at(pack: Path, size: tuple[int, int], answer: bytes, **environment: str) -> WatchedLine:
    """The program, opened in a terminal of that kind, moved about in, and left."""
    settings = [f"{name}={value}" for name, value in environment.items()]
    with WatchedLine(("/usr/bin/env", *settings, *BRIEFING, "--fresh", pack), size=size) as line:
        line.wait_for(b"\x1b[?7l")
        line.see_that(lambda rows: sum(map(bool, map(str.strip, rows))) >= min(4, size[1] - 1), "first screen")
        line.press(answer)
        line.read_for(0.6)
        line.press(b"j2e" + ESCAPE)
        line.read_for(0.3)
        line.press(b"\x03")
        assert line.status() == 0
        assert line.left_on() == set()
        assert line.attributes() == line.before
        assert b"Traceback" not in line.raw
    return line


def test_every_kind_of_terminal_in_every_locale(pack: Path, tell: Callable[[str], None]) -> None:
    cells = list(product(TERMS, LOCALES))
    chance("cells").shuffle(cells)
    cells = cells[: tries(len(cells))]
    for number, (term, locale) in enumerate(cells):
        size, answer = SIZES[number % len(SIZES)], ANSWERS[number // 2 % len(ANSWERS)]
        line = looked_at(pack, size, answer, TERM=term, LC_ALL=locale)
        context = (term, locale, size, answer)
        assert foreign(line.raw) == [], context
        assert b"\\u" not in line.raw, context
        assert line.raw.isascii() == (locale != "C.UTF-8"), context
        assert b"8;2;" not in line.raw, context
        assert bool(COLOUR.search(line.raw)) == (term not in COLOURLESS), context
        assert (b"8;5;" in line.raw) == ("256" in term), context
    tell(
        f"terminals: {len(cells)} of {len(cells)} pairs of TERM and locale, over {len(SIZES)} sizes, good in every way"
    )


def test_24_bits_only_where_they_are_promised(pack: Path) -> None:
    assert b"38;2;" in looked_at(pack, (80, 24), b"", COLORTERM="truecolor").raw


@pytest.fixture
def colourless(pack: Path) -> Iterator[WatchedLine]:
    with WatchedLine((*BRIEFING, "--fresh", "--ascii", pack), size=(120, 40), NO_COLOR="1") as line:
        line.see("PEOPLE")
        yield line


def test_state_is_read_without_colour_and_beyond_ascii(colourless: WatchedLine, tell: Callable[[str], None]) -> None:
    line = colourless
    line.press(b"2gg")
    rows = line.see("Which roles", "Training", "inherited", ">")  # which is where the cursor is
    assert any(re.search(r"![\d~]", row) for row in rows)  # quotes that disagree
    assert any(re.search(r"[ *]~\d", row) for row in rows)  # inherited ones
    line.press(b"x")
    line.see("*~")
    line.press(b"e")
    line.see_that(lambda rows: any(row.lstrip("|").startswith(">") for row in rows), "chosen entity")
    assert not COLOUR.search(line.raw)
    assert line.raw.isascii()
    tell(
        "terminals: NO_COLOR and ASCII: chosen >, conflicts !, inherited ~, changed * all read as text; no colour sent"
    )


def test_forty_by_ten_shows_five_lines_of_a_document(pack: Path, tell: Callable[[str], None]) -> None:
    words = set((pack / "000_d544b825a163a315.txt").read_text(encoding="utf-8").split())
    with WatchedLine((*BRIEFING, "--fresh", pack), size=(40, 10)) as line:
        line.see("? help")
        line.read_for(2)
        rows = [row for row in line.rows[1:-1] if len(words.intersection(row.strip("│ ").split())) >= 2]
    assert len(rows) >= 5, line.rows
    tell(f"terminals: 40x10 shows {len(rows)} lines of a document")


def test_every_action_needs_only_keys_that_every_terminal_sends() -> None:
    plain = {"enter", "backspace", "tab", "space", "up", "down", "left", "right", "home", "end", "pageup", "pagedown"}
    for command in COMMANDS:
        if command.id == "previous_pane":
            continue  # Tab goes round
        assert any(len(key) == 1 or key in plain for key in command.keys), command
    assert all(command.scope is Scope.LIST or command.name for command in COMMANDS)


def test_every_decision_of_one_key_is_taken_back_by_one(pack: Path, tell: Callable[[str], None]) -> None:
    """No key destroys anything: each adds a line to the journal at most, and `u` makes up for it."""
    taken_back = 0
    with WatchedLine((*BRIEFING, "--fresh", pack), size=(140, 40)) as line:
        line.see("PEOPLE")
        for view, key in product((b"1", b"2", b"e\t"), [one.keys[0] for one in COMMANDS]):
            if len(key) > 1 or key in "qT:?uUpS":
                continue
            before = len(written(pack))
            line.press(ESCAPE * 2 + b"1" + view + key.encode())
            line.hear_a_key()
            decided = len(written(pack)) - before
            assert decided <= 1, (view, key)
            if decided:
                line.press(b"u")
                line.see("saved: undone")
                taken_back += 1
        line.press(ESCAPE + b"q")
        assert line.status() == 0
    assert taken_back >= 3
    tell(f"keys: no key decides more than one thing, and each of {taken_back} such decisions was taken back by u")


def written(pack: Path) -> tuple[object, ...]:
    events, problems = read_journals(journal_folders([pack]))
    assert problems == ()
    return events


def on_a_small_disk(state: Path, script: str) -> list[str]:
    """A command that runs what follows with `state` on a file system of its own, prepared by `script`."""
    prepare = f'mount -t tmpfs -o size=64k none "$0" && {script} && exec "$@"'
    return ["unshare", "-m", "sh", "-c", prepare, str(state)]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('mkdir -m 700 "$0/briefing" && ! head -c 999999 /dev/zero 2>/dev/null >"$0/full"', "No space left on device"),
        ('mount -o remount,ro "$0"', "Read-only file system"),
    ],
    ids=["full", "read-only"],
)
def test_a_state_folder_that_takes_nothing(seeds: Path, tmp_path: Path, script: str, said: str) -> None:
    state = tmp_path / "state"
    state.mkdir()
    prefix = on_a_small_disk(state, script)
    if os.geteuid() != 0 or subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode:
        pytest.skip("nothing may be mounted here")
    with WatchedLine((*prefix, *BRIEFING, "--restricted", seeds), size=(140, 40), XDG_STATE_HOME=str(state)) as line:
        line.see("PEOPLE")
        line.press(b"2r3")
        rows = line.see("not saved")
        assert len([row for row in rows if said in row]) == 1
        line.press(b"1/constitution\r")
        line.see("hit")
        line.press(ESCAPE + b"q")
        assert line.status() == 0
        assert line.left_on() == set()


def test_two_officers_in_one_folder_lose_nothing(pack: Path, tell: Callable[[str], None]) -> None:
    each = tries(50)
    with (
        WatchedLine((*BRIEFING, "--fresh", pack), size=(140, 40), LOGNAME="ann") as ann,
        WatchedLine((*BRIEFING, "--fresh", pack), size=(140, 40), LOGNAME="bo") as bo,
    ):
        for line in (ann, bo):
            line.see("PEOPLE")
            line.press(b"2gjk")
        ratings = ("none", "low", "moderate", "high", "blocking")
        for number in range(each):
            said = ((ann, number % 5), (bo, (number + 1) % 5))
            for line, rating in said:
                line.press(f"r{rating}".encode())
            for line, rating in said:
                line.see(f"saved: rated training × constitution {ratings[rating]}")
        for line in (ann, bo):
            line.press(b"q")
            assert line.status() == 0
    events, problems = read_journals(journal_folders([pack]))
    assert problems == ()
    by = [event.by.partition("@")[0] for event in events if isinstance(event.decision, Rate)]
    assert (by.count("ann"), by.count("bo")) == (each, each)
    with WatchedLine((*BRIEFING, "--fresh", pack), size=(140, 40), LOGNAME="cy") as line:
        line.see("PEOPLE")
        line.press(b"2gjk")
        line.see("ann@", "bo@")
    tell(f"officers: two at once, {2 * each} ratings, none lost; a third is shown both")


def test_without_a_terminal_it_says_so_in_one_line_and_views_are_plain(seeds: Path) -> None:
    command = [sys.executable, "-m", "briefing"]
    for streams in ({"stdin": subprocess.DEVNULL}, {}):
        ran = subprocess.run([*command, str(seeds)], capture_output=True, check=False, **streams)  # type: ignore[call-overload]
        assert ran.returncode == 3
        assert ran.stderr.count(b"\n") == 1
        assert b"not a terminal" in ran.stderr
    ran = subprocess.run([*command, "scenario", str(seeds)], capture_output=True, check=True)
    assert b"\x1b" not in ran.stdout
