"""Starts and ends, each beside an empty application of the framework that was started in the same round.

A start is read until the words of the first useful screen are there; then a key is pressed, and it is left with `q`.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.figures import Figure, Held, Limit
from bench.line import BRIEFING, PATIENCE, ROOT, STILL, Line
from bench.made_pack import FIRST_TITLE
from bench.packs import FIRST, LIVE, SEEDS, Packs

HELLO = (sys.executable, "-P", str(ROOT / "bench" / "hello.py"))
NO_KEPT_SCREEN = {"BRIEFING_FIRST_SCREEN": "0"}
_PAGE_DOWN = "\x1b[6~"
_FRAME = ("UNCLASSIFIED", "q quit")
_SETTLED = 0.7
"""Seconds without a byte after which everything is found."""
_LONGEST = 600.0
"""Seconds until a large pack has to be there."""
_SEEDS_WORDS = ("Training &", "step up")
"""On the first page of the seeds, and on the next."""


class Start(NamedTuple):
    """One start and end, in milliseconds."""

    screen: float
    """Until the first useful screen."""
    heard: float
    """Until a key pressed at the first useful screen is answered."""
    left: float
    """From the key that leaves until the process has ended."""


def hello(home: Path) -> Start:
    """The empty application."""
    with Line(HELLO, home) as line:
        screen = line.until("ready")
        sent = len(line.sent)
        line.press("j")
        heard = line.until("heard", after=sent)
        line.press("q")
        return Start(screen * 1000, heard * 1000, line.ended() * 1000)


def seeds(home: Path, *, kept: bool) -> Start:
    """The seeds, from the kept screen or without; the key is one that scrolls."""
    first, next_page = _SEEDS_WORDS
    with _seeds_on_line(home, kept=kept) as line:
        screen = line.until(*_FRAME, first)
        sent = len(line.sent)
        line.press(_PAGE_DOWN)
        for path in _kept_screens(home) if kept else ():
            path.unlink()  # so that it shows when the next one is kept
        heard = line.until(next_page, after=sent)
        line.until(LIVE)
        line.answer("", _SETTLED)  # while something is still being found, no screen is kept for the next start
        line.press("g")
        line.until(first, after=len(line.sent))
        line.press("q")
        return Start(screen * 1000, heard * 1000, line.ended() * 1000)


@contextmanager
def _seeds_on_line(home: Path, *, kept: bool) -> Iterator[Line]:
    # A session that goes on changes what the next start shows, so only what is to leave a screen for it keeps one.
    with TemporaryDirectory() as state:
        environment = {} if kept else {**NO_KEPT_SCREEN, "XDG_STATE_HOME": state}
        with Line((*BRIEFING, str(SEEDS)), home, environment=environment) as line:
            yield line


def first_screen(pack: Path, home: Path, word: str) -> float:
    """Milliseconds until the first screen of another pack, of which `word` is on the first page."""
    with TemporaryDirectory() as state:
        environment = {**NO_KEPT_SCREEN, "XDG_STATE_HOME": state}
        line = Line((*BRIEFING, str(pack)), home, environment=environment)
        with line:
            return line.until(*_FRAME, word, patience=_LONGEST) * 1000


def kept_first_screen(pack: Path, home: Path, word: str) -> float:
    """The same, painted from what the last start that was left has kept in `home`; the first time there is nothing."""
    with Line((*BRIEFING, str(pack)), home) as line:
        screen = line.until(_FRAME[0], word, patience=_LONGEST) * 1000
        line.until(LIVE)
        line.answer("", _SETTLED)
        line.press("q")
        line.ended()
    _wait_for_kept(home)
    return screen


def peer(command: list[str], home: Path, word: str) -> float:
    """Milliseconds until another program shows `word`."""
    with Line(command, home) as line:
        return line.until(word) * 1000


def peers() -> dict[str, list[str]]:
    """The other programs that are installed, each with the first document of the seeds."""
    document = str(min(SEEDS.glob("*.txt")))
    commands = {"less": ["less", document], "vim -R": ["vim", "-R", document], "frogmouth": ["frogmouth", document]}
    return {name: [path, *rest] for name, (program, *rest) in commands.items() if (path := shutil.which(program))}


def measure(packs: Packs, rounds: int) -> list[Figure]:
    """All starts, in turn, in each round."""
    taken: dict[str, list[float]] = {}
    sizes = sorted({1000, packs.documents})
    made = {size: packs.indexed(size) for size in sizes}
    packs.index(SEEDS)
    word = min(SEEDS.glob("*.txt")).read_text(encoding="utf-8").split()[0]
    homes = {size: packs.home_with_index(f"home-{size}", pack) for size, pack in made.items()}
    for number in range(rounds + 1):
        one = {f"start {name}": peer(command, packs.home, word) for name, command in peers().items()}
        least = hello(packs.home)
        cold = seeds(packs.home, kept=False)
        one |= {"hello": least.screen, "hello heard": least.heard, "hello left": least.left, "cold": cold.screen}
        if number:
            quick = seeds(packs.home, kept=True)
            one |= {"kept": quick.screen, "kept heard": quick.heard, "left": quick.left}
        else:
            seeds(packs.home, kept=True)
        _wait_for_kept(packs.home)
        for size, pack in made.items():
            if number or size == 1000:
                one[f"{size}"] = first_screen(pack, packs.home, FIRST_TITLE)
            one[f"kept {size}"] = kept_first_screen(pack, homes[size], FIRST_TITLE)
        one["long"] = first_screen(packs.long(), packs.new_home("long-home"), FIRST)
        if number:  # the first round warms the caches of the disk
            for name, milliseconds in one.items():
                taken.setdefault(name, []).append(milliseconds)
    return _figures({name: tuple(values) for name, values in taken.items()}, sizes)


def _kept_screens(home: Path) -> list[Path]:
    return [path for path in home.glob(".cache/briefing/first_screen/*") if not path.name.startswith(".")]


def _wait_for_kept(home: Path) -> None:
    """Wait until the first screen of the next start is kept, which is drawn once this one is left."""
    end = time.perf_counter() + PATIENCE
    while not _kept_screens(home):
        if time.perf_counter() > end:
            raise TimeoutError(f"no first screen is kept in {home}")
        time.sleep(STILL)


def _figures(taken: dict[str, tuple[float, ...]], sizes: list[int]) -> list[Figure]:
    least, heard = taken["hello"], taken["hello heard"]

    def beside_hello(name: str, values: tuple[float, ...], most: float | None) -> Figure:
        return Figure(name, "ms", values, "hello", least, Limit(Held.RATIO, most) if most else None)

    figures = [Figure("first screen, hello", "ms", least)]
    figures += [
        beside_hello(f"first screen, {name[6:]}", values, None)
        for name, values in taken.items()
        if name.startswith("start ")
    ]
    figures += [
        beside_hello("first screen, seeds cold", taken["cold"], 1.15),
        beside_hello("first screen, seeds kept", taken["kept"], 0.1),
        Figure("keys live, seeds kept", "ms", taken["kept heard"], "hello", heard, Limit(Held.RATIO, 1.15)),
        *(
            beside_hello(
                f"first screen, {size:,} documents{how}", taken[f"{key}{size}"], 1.3 if size <= 10_000 else 1.6
            )
            for size in sizes
            for key, how in (("", ""), ("kept ", ", kept"))
        ),
        Figure("first screen, 10 MB", "ms", taken["long"], "seeds", taken["cold"], Limit(Held.RATIO, 1.5)),
        Figure("leaving, hello", "ms", taken["hello left"]),
        Figure("leaving, seeds", "ms", taken["left"], "hello", taken["hello left"], Limit(Held.MEDIAN, 50)),
    ]
    return figures
