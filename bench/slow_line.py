"""How long an officer waits at the far end of a slow line, beside less and frogmouth on the same document.

`python -m bench.slow_line [ROUNDS]` prints the seconds from a key to the last byte of its answer, at 80 by 24 cells in
256 colours, over a simulated line: each byte takes half of 200 ms in either direction, and no more than 64 kbit/s come
back. A screen is complete when nothing more has come for a while, which is not counted.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.line import Line

ROUND_TRIP = 0.2
"""Seconds."""
RATE = 64_000 / 8
"""Bytes a second, towards the officer."""
HELD = 65536
"""Bytes that the line holds before the program has to wait."""
QUIET = 0.8
"""Seconds without a byte after which an answer is complete."""
QUIET_START = 2.5
"""Likewise for the first screen, of which the entities come later."""
PATIENCE = 40.0
"""Seconds after which an answer that goes on and on is no longer waited for."""
_LOOK = 0.002
"""Seconds between two looks at what is due."""


class Step(NamedTuple):
    """Keys that are timed one by one, after others that are not."""

    name: str
    keys: Sequence[str]
    before: Sequence[str] = ""


class Program(NamedTuple):
    """What is measured, and how."""

    name: str
    command: Sequence[str]
    steps: Sequence[Step]


FIRST, LINE, PAGE, SWITCH, BURST = "first screen", "line", "page", "switch", "30 keys at once"
STEPS = (
    Step(LINE, "jjjj", before="z"),
    Step(BURST, ["j" * 30], before="g"),
    Step(PAGE, "   ", before="g"),
    Step(SWITCH, "2131", before="z"),
)
LESS = (Step(LINE, "jjjj"), Step(BURST, ["j" * 30], before="g"), Step(PAGE, "   ", before="g"))
HOME = "\x1b[H"
FROGMOUTH = (Step(LINE, "jjjj"), Step(BURST, ["j" * 30], before=[HOME]), Step(PAGE, "   ", before=[HOME]))
OTHERS = {"less": LESS, "frogmouth": FROGMOUTH}


class SlowLine:
    """A program's terminal, at the far end of the line."""

    def __init__(self, terminal: Line) -> None:
        self._terminal = terminal
        self._typed: deque[tuple[float, str]] = deque()
        """When each key reaches the program."""
        self._coming: deque[tuple[float, int]] = deque()
        """When each piece of output has reached the officer, and its bytes."""
        self._free = 0.0
        """When the line has sent all that it holds."""

    def press(self, keys: str) -> None:
        """Press keys, now."""
        self._typed.append((time.monotonic() + ROUND_TRIP / 2, keys))

    def answer(self, quiet: float) -> tuple[float, int]:
        """Seconds from now until the last byte came, and the bytes."""
        began = last = time.monotonic()
        count = 0
        while True:
            now = time.monotonic()
            while self._coming and self._coming[0][0] <= now:
                last, size = self._coming.popleft()
                count += size
            waiting = bool(self._coming or self._typed)
            if (not waiting and count and now > last + quiet) or now > began + PATIENCE:
                return last - began, count
            self._relay(now)

    def _relay(self, now: float) -> None:
        while self._typed and self._typed[0][0] <= now:
            self._terminal.press(self._typed.popleft()[1])
        held = max(0.0, self._free - now) * RATE
        if held >= HELD:
            time.sleep(_LOOK)
            return
        count = self._terminal.read(_LOOK)
        if not count:
            return
        now = time.monotonic()
        self._free = max(self._free, now) + count / RATE
        self._coming.append((self._free + ROUND_TRIP / 2, count))


def measure(program: Program) -> dict[str, list[tuple[float, int]]]:
    """Seconds and bytes of the first screen and of each key."""
    with tempfile.TemporaryDirectory() as home, Line(program.command, home) as terminal:
        line = SlowLine(terminal)
        taken = {FIRST: [line.answer(QUIET_START)]}
        for step in program.steps:
            for key in step.before:
                line.press(key)
                line.answer(QUIET)
            for key in step.keys:
                line.press(key)
                taken.setdefault(step.name, []).append(line.answer(QUIET))
    return taken


def programs(folder: Path) -> list[Program]:
    """Ours, and those of the others that are installed; what they read is put into `folder`."""
    # Frogmouth opens nothing that is not called Markdown. Where it has opened something, no cursor blinks in it.
    document = str(shutil.copy(min(Path("seeds").glob("*.txt")), folder / "document.md"))
    others = [Program(name, [path, document], steps) for name, steps in OTHERS.items() if (path := shutil.which(name))]
    return [Program("briefing", [sys.executable, "-m", "briefing", "open", "seeds"], STEPS), *others]


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    steps = (FIRST, LINE, PAGE, SWITCH, BURST)
    print(f"{'seconds (bytes)':16}" + "".join(f"{name:>18}" for name in steps))
    with tempfile.TemporaryDirectory() as folder:
        for program in programs(Path(folder)):
            taken: dict[str, list[tuple[float, int]]] = {}
            for _ in range(rounds):
                for name, answers in measure(program).items():
                    taken.setdefault(name, []).extend(answers)
            cells = []
            for name in steps:
                answers = taken.get(name, [])
                seconds, count = (median(one) for one in zip(*answers, strict=True)) if answers else (0.0, 0)
                cells.append(f"{seconds:.2f} ({count:.0f})" if answers else "-")
            print(f"{program.name:16}" + "".join(f"{cell:>18}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
