"""Making the index of a pack from nothing, and looking whether it still holds: processor time, wall time, memory."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from bench.figures import Figure, Held, Limit
from bench.line import BRIEFING, ROOT
from bench.packs import Packs, environment
from bench.process import IS_TOLD, memory

_EVERY = 0.25
"""Seconds between two looks at the memory; each stops the indexer for some milliseconds."""


class Indexed(NamedTuple):
    """One run of `briefing index`."""

    seconds: float
    used: float
    """Seconds of processor time, of all its processes."""
    memory: float
    """Megabytes of proportional set size of all its processes, at the most; 0 where that cannot be told."""


def index(pack: Path, home: Path, *, watched: bool) -> Indexed:
    """Index `pack` with as many processes as there are processors. Raises `RuntimeError` when that fails."""
    began = time.perf_counter()
    command = [*BRIEFING, "index", str(pack)]
    program = subprocess.Popen(
        command, cwd=ROOT, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    most = 0.0
    if watched and IS_TOLD:
        while os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            most = max(most, memory(program.pid))
            time.sleep(_EVERY)
    _, status, used = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode:
        raise RuntimeError(f"`briefing index {pack}` ended with {program.returncode}")
    return Indexed(time.perf_counter() - began, used.ru_utime + used.ru_stime, most)


def measure(packs: Packs, rounds: int) -> list[Figure]:
    """The pack made anew once, a tenth of it in every round; then the whole again, with nothing changed."""
    sizes = {size: packs.made(size) for size in (packs.documents // 10, packs.documents)}
    small, large = sizes
    speeds: dict[int, list[float]] = {size: [] for size in sizes}
    most: dict[int, list[float]] = {size: [] for size in sizes}
    for number in range(rounds):
        for size, pack in sizes.items():
            if size == large and number:
                continue
            home = packs.new_home(f"index-{size}-{number}")
            one = index(pack, home, watched=True)
            speeds[size].append(packs.words[size] / one.used)
            most[size].append(one.memory)
    again = [index(sizes[large], packs.new_home(f"index-{large}-0"), watched=False) for _ in range(rounds)]
    fast = Limit(Held.MEDIAN, 40_000, at_least=True)
    figures = [
        Figure(f"cold index, {size:,} documents", "words/s", tuple(speeds[size]), limit=fast, about="a core")
        for size in sizes
    ]
    growth = tuple(speeds[large][0] / speed for speed in speeds[small])
    figures.append(Figure(f"its speed, beside {small:,} documents", "×", growth))
    checked = tuple(one.seconds for one in again)
    figures.append(Figure(f"nothing changed, {large:,} documents", "s", checked, limit=Limit(Held.MEDIAN, 0.5)))
    if IS_TOLD:
        for size, values in most.items():
            name = f"memory of the indexer, {size:,} documents"
            figures.append(Figure(name, "MB", tuple(values), limit=Limit(Held.MEDIAN, 300)))
    return figures
