"""Time and bytes to the first whole screen of the seeds, beside an empty Textual application, in turn in one run.

`python -m bench.startup [ROUNDS]` prints the medians and the ratio of each pair. The empty application is what the
framework costs at the least; all are started in a pseudo-terminal of 80 by 24 cells and read until their words
are there.
"""

from __future__ import annotations

import re
import sys
import time
from statistics import median
from typing import NamedTuple

import pexpect

EMPTY = """
from textual.app import App
from textual.widgets import Label
class Empty(App[None]):
    def compose(self):
        yield Label("ready")
Empty().run()
"""
PATIENCE = 60.0
"""Seconds."""
_ESCAPE = re.compile(rb"\x1b\[[0-9;?>]*[A-Za-z]")


class Start(NamedTuple):
    """One start: seconds until the screen was whole, and bytes sent by then."""

    seconds: float
    sent: int


def start(arguments: list[str], wanted: tuple[str, ...]) -> Start:
    """Start Python with `arguments` and wait until all `wanted` words have been sent."""
    began = time.perf_counter()
    child: pexpect.spawn[bytes] = pexpect.spawn(sys.executable, arguments, dimensions=(24, 80), timeout=PATIENCE)
    sent = b""
    while not all(word in _ESCAPE.sub(b"", sent).decode(errors="replace") for word in wanted):
        sent += child.read_nonblocking(65536, timeout=PATIENCE)
    taken = time.perf_counter() - began
    child.close(force=True)
    return Start(taken, len(sent))


def main() -> None:
    """Print a table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    programs = {
        "an empty Textual app": (["-c", EMPTY], ("ready",)),
        "documents on the screen": (
            ["-m", "briefing", "open", "seeds"],
            ("UNCLASSIFIED", "q quit", "Training & "),
        ),
        "and entities": (["-m", "briefing", "open", "seeds"], ("UNCLASSIFIED", "q quit", "PEOPLE")),
    }
    taken: dict[str, list[Start]] = {name: [] for name in programs}
    for number in range(rounds + 1):
        for name, (arguments, wanted) in programs.items():
            one = start(arguments, wanted)
            if number:  # the first round warms the caches
                taken[name].append(one)
    floor = next(iter(taken.values()))
    print(f"{'first screen, 80x24':26} {'median s':>9} {'least s':>8} {'x empty':>8} {'bytes':>7}")
    for name, starts in taken.items():
        ratios = [one.seconds / least.seconds for one, least in zip(starts, floor, strict=True)]
        seconds = [one.seconds for one in starts]
        sent = int(median(one.sent for one in starts))
        print(f"{name:26} {median(seconds):9.3f} {min(seconds):8.3f} {median(ratios):8.2f} {sent:7}")


if __name__ == "__main__":
    main()
