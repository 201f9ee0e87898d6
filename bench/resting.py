"""Sessions that nobody uses: their memory, their processor time and how often they wake, beside the empty application.

All of it is what Linux tells in /proc; elsewhere nothing is measured here.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure, Held, Limit
from bench.line import BRIEFING, Line
from bench.packs import LIVE, SEEDS, Packs
from bench.process import IS_TOLD, memory, processor_time, wake_ups
from bench.starts import HELLO, NO_KEPT_SCREEN

IDLE = 10.0
"""Seconds for which nothing is done."""
SETTLED = 5.0
"""Seconds after which all that a start leaves to be done is done."""
_LONGEST = 600.0


@contextmanager
def sessions(command: Sequence[str], word: str, home: Path, count: int) -> Iterator[list[Line]]:
    """So many sessions of one program, with `word` on their screens, and time to settle."""
    with ExitStack() as stack:
        lines: list[Line] = []
        for _ in range(count):
            state = stack.enter_context(TemporaryDirectory())
            line = stack.enter_context(Line(command, home, environment={**NO_KEPT_SCREEN, "XDG_STATE_HOME": state}))
            line.until(word, patience=_LONGEST)
            lines.append(line)
        _let_pass(lines, SETTLED)
        yield lines


def measure(packs: Packs, rounds: int, count: int) -> list[Figure]:
    """Memory of one session of each in every round; then `count` sessions of the seeds and of the empty application."""
    if not IS_TOLD:
        print("memory and idle sessions are left out: this system does not tell them in /proc", file=sys.stderr)
        return []
    large = f"{packs.documents:,} documents"
    programs: Mapping[str, tuple[Sequence[str], str]] = {
        "hello": (HELLO, "ready"),
        "seeds": ((*BRIEFING, "open", str(SEEDS)), LIVE),
        large: ((*BRIEFING, "open", str(packs.indexed(packs.documents))), LIVE),
    }
    packs.index(SEEDS)
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, (command, word) in programs.items():
            with sessions(command, word, packs.home, 1) as lines:
                taken[name].append(memory(lines[0].pid))
    most = {"seeds": 1.4, large: 1.6}
    least = tuple(taken["hello"])
    figures = [Figure("memory, hello", "MB", least)]
    for name, limit in most.items():
        figures.append(Figure(f"memory, {name}", "MB", tuple(taken[name]), "hello", least, Limit(Held.RATIO, limit)))
    idle = {name: _idle(*programs[name], packs.home, count) for name in ("hello", "seeds")}
    many = f"{count} idle sessions"
    for name, values in idle.items():
        figures.append(Figure(f"{many}, {name}: memory of all", "MB", (values["memory"][0],)))
        figures.append(Figure(f"{many}, {name}: processor time of all", "ms in 10 s", (sum(values["time"]),)))
    bare, ours = idle["hello"], idle["seeds"]
    figures.append(Figure("idle, hello: processor time", "ms in 10 s", bare["time"]))
    kept = Limit(Held.RATIO, 1.2)
    figures.append(Figure("idle: processor time", "ms in 10 s", ours["time"], "hello", bare["time"], kept))
    figures.append(Figure("idle, hello: wake-ups", "a second", bare["wakes"]))
    once = Limit(Held.MEDIAN, 1.0)
    figures.append(Figure("idle: wake-ups", "a second", ours["wakes"], "hello", bare["wakes"], once))
    figures.append(Figure("idle: bytes", "in 10 s", ours["bytes"]))
    return figures


def _idle(command: Sequence[str], word: str, home: Path, count: int) -> dict[str, tuple[float, ...]]:
    with sessions(command, word, home, count) as lines:
        pids = [line.pid for line in lines]
        sent = [len(line.sent) for line in lines]
        before = [(processor_time(pid), wake_ups(pid)) for pid in pids]
        _let_pass(lines, IDLE)
        after = [(processor_time(pid), wake_ups(pid)) for pid in pids]
        return {
            "memory": (sum(memory(pid) for pid in pids),),
            "time": tuple(late[0] - early[0] for early, late in zip(before, after, strict=True)),
            "wakes": tuple((late[1] - early[1]) / IDLE for early, late in zip(before, after, strict=True)),
            "bytes": tuple(float(len(line.sent) - count) for line, count in zip(lines, sent, strict=True)),
        }


def _let_pass(lines: Sequence[Line], seconds: float) -> None:
    """Wait, reading whatever comes, so that nobody is held up by a full line."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for line in lines:
            line.read(0.2 / len(lines))
