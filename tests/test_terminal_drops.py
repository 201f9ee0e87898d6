"""The line drops, stalls or is stopped in the middle of random work, again and again."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from random import Random

import pytest

from tests.line import BRIEFING, Line

ROUNDS = 50
KEYS = b"123jkhl gGeozZ/\\nN!=QXiavS?:\x1b\x1b[A\x1b[B\r\x7f\t"
"""Keys of every view; none quits."""
WITHIN = 3.0
"""Seconds in which a program must be gone."""


def happens(event: str, line: Line) -> int:
    """Let `event` happen to the program in the middle of its work; the exit status that goes with it."""
    if event in ("hang-up", "nohup"):
        line.drop()
        return 128 + signal.SIGHUP
    if event == "stop":
        for number in (signal.SIGSTOP, signal.SIGCONT):
            os.kill(line.process.pid, number)
        line.read_for(0.2)
    number = signal.SIGHUP if event == "sighup" else signal.SIGTERM
    os.kill(line.process.pid, number)
    if event == "stall":  # nobody reads any more
        line.process.wait(timeout=WITHIN)
    return 128 + number


@pytest.mark.hard
@pytest.mark.parametrize("event", ["hang-up", "nohup", "sighup", "sigterm", "stall", "stop"])
def test_it_is_gone_in_time_and_gives_the_terminal_back(event: str, seeds: Path, tmp_path: Path) -> None:
    shutil.copytree(seeds, tmp_path / "pack")
    random = Random(event)  # noqa: S311 - the same keys every time
    for number in range(ROUNDS):
        with Line((*BRIEFING, tmp_path / "pack"), nohup=event == "nohup") as line:
            line.wait_for(b"UNCLASSIFIED")
            for _ in range(random.randrange(6)):
                line.press(bytes(random.choices(KEYS, k=random.randrange(1, 30))))
                if event != "stall":
                    line.read_for(random.random() / 10)
            expected = happens(event, line)
            assert line.status(within=WITHIN) == expected, number
            if line.master >= 0:
                assert line.left_on() == set(), number
                assert line.attributes() == line.before, number
