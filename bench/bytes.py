"""Bytes that the desk sends for each key, beside less on the same document in the same run.

`python -m bench.bytes [ROUNDS]` prints the median and the most of each, at 80 by 24 and at 120 by 40 cells in 256
colours, and how long the median takes on a line of 64 kbit/s with 200 ms from key to answer. A key is done when nothing
has come for a while, so this takes minutes.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.line import PATIENCE, Line

SIZES = ((80, 24), (120, 40))
QUIET = 0.4
"""Seconds without a byte after which a key is done."""
START_QUIET = 2.0
"""Likewise for the first screen, of which the entities come later."""
IDLE = 5.0
"""Seconds for which nothing is done, to see that nothing is sent."""
_DELAY, _RATE = 0.2, 64_000
"""Seconds, and bits a second."""


class Step(NamedTuple):
    """Keys whose bytes are counted together, after others that are not counted."""

    name: str
    keys: Sequence[str]
    before: str = ""


DOWN, PAGE_UP = "\x1b[B", "\x1b[5~"
PAGES = (" ", PAGE_UP) * 2
STEPS = (
    Step("a line, side by side", "j" * 6),
    Step("a page, side by side", PAGES),
    Step("a line, full width", "j" * 8, before="zg"),
    Step("a line back, full width", "k" * 4),
    Step("a page, full width", PAGES, before="g"),
    Step("the cursor of the matrix", "jjljkl", before="z2"),
    Step("switching views", "3121323"),
    Step("the cursor of the sidebar", [DOWN] * 6, before="1e"),
)
LESS_STEPS = (Step("less: a line", "j" * 8), Step("less: a page", PAGES, before="g"))


def bytes_of(line: Line, step: Step) -> list[int]:
    """Bytes for each key."""
    for key in step.before:
        line.answer(key, QUIET)
    return [line.answer(key, QUIET).bytes for key in step.keys]


def measure(command: Sequence[str], steps: Sequence[Step], name: str, size: tuple[int, int]) -> dict[str, list[int]]:
    """Bytes of the first screen under `name`, of idleness, and of each key of `steps`."""
    with tempfile.TemporaryDirectory() as home, Line(command, home, size) as line:
        if not line.read(PATIENCE):
            raise TimeoutError(f"{command[0]} shows nothing")
        line.answer("", START_QUIET)
        taken = {name: [len(line.sent)], f"{name}, idle": [line.answer("", IDLE).bytes]}
        for step in steps:
            taken[step.name] = bytes_of(line, step)
    return taken


def main() -> None:
    """Print a table for each size."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    # The document that has the focus at first is the first by name.
    document = str(min(Path("seeds").glob("*.txt")))
    commands: list[tuple[list[str], Sequence[Step], str]] = [
        ([sys.executable, "-m", "briefing", "open", "seeds"], STEPS, "the first screen")
    ]
    less = shutil.which("less")
    if less:
        commands.append(([less, document], LESS_STEPS, "less: the first screen"))
    for size in SIZES:
        print(f"{'{}x{}, 256 colours'.format(*size):28} {'median':>7} {'most':>7} {'s at 64 kbit/s':>15}")
        for command, steps, name in commands:
            taken: dict[str, list[int]] = {}
            for _ in range(rounds):
                for key, counts in measure(command, steps, name, size).items():
                    taken.setdefault(key, []).extend(counts)
            for key, counts in taken.items():
                middle = median(counts)
                print(f"{key:28} {middle:7.0f} {max(counts):7} {_DELAY + middle * 8 / _RATE:15.2f}")
        print()
    if not less:
        print("less is not installed: nothing to stand beside")


if __name__ == "__main__":
    main()
