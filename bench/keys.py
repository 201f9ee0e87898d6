"""From a key to the settled screen at 120 by 40 cells, beside a bare widget of the framework doing the same.

A screen is settled when nothing more comes for a while, which is not counted. The programs take turns, round by round.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

from bench.figures import Figure, Held, Limit
from bench.line import BRIEFING, ROOT, Line
from bench.made_pack import FIRST_TITLE, document_text
from bench.packs import LIVE, SEEDS, Packs

SIZE = (120, 40)
QUIET = 0.12
"""Seconds without a byte after which a screen is settled."""
_BARE = (sys.executable, "-P", str(ROOT / "bench" / "bare_lines.py"))
_ANSWERED = 30.0
"""Seconds after which a key has no effect."""
_LONGEST = 600.0
_DOWN, _PAGE_UP = "\x1b[B", "\x1b[5~"
_SCROLL, _PAGE, _CURSOR, _CHOOSE = "line", "page", "cursor", "cursor and half a screen"


class Step(NamedTuple):
    """Keys that are timed one by one, after others that are not."""

    name: str
    keys: Sequence[str]
    before: str
    peer: str
    """The step of the bare widget that does the same; "" for none."""


_BARE_STEPS = (
    Step(_CURSOR, "n" * 12, "", ""),
    Step(_CHOOSE, "m" * 8, "", ""),
    Step(_SCROLL, "j" * 12, "", ""),
    Step(_PAGE, " " * 3, "", ""),
)
_STEPS = (
    Step("a line side by side", "j" * 12, "", _SCROLL),
    Step("a line full width", "j" * 12, "zg", _SCROLL),
    Step("a page full width", (" ", _PAGE_UP) * 2, "g", _PAGE),
    Step("matrix", "jjljklhjkk", "z2", _CHOOSE),
    Step("view switch", "31213123", "", ""),
    Step("sidebar", [_DOWN] * 12, "1e", _CURSOR),
)


def timed(command: Sequence[str], steps: Sequence[Step], home: Path, word: str) -> dict[str, list[float]]:
    """Milliseconds of every key, by the name of its step; all begins once `word` is on the screen."""
    taken: dict[str, list[float]] = {}
    with Line(command, home, SIZE) as line:
        line.until(word, patience=_LONGEST)
        line.answer("", 1.0)
        for step in steps:
            for key in step.before:
                line.answer(key, QUIET * 2)
            for key in step.keys:
                answer = line.answer(key, QUIET, _ANSWERED)
                if not answer.bytes:
                    raise RuntimeError(f"{step.name}: {key!r} does nothing on\n" + "\n".join(line.rows))
                taken.setdefault(step.name, []).append(answer.seconds * 1000)
    return taken


def measure(packs: Packs, rounds: int) -> list[Figure]:
    """Every step, on the seeds and on the large pack."""
    lines = packs.folder / "lines.txt"
    paragraphs = [line for number in range(10) for line in document_text(number).splitlines()]
    lines.write_text("\n".join(row for line in paragraphs for row in wrap(line, SIZE[0] - 2)), encoding="utf-8")
    large = packs.indexed(packs.documents)
    bare: dict[str, list[float]] = {}
    taken: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        for name, values in timed((*_BARE, str(lines)), _BARE_STEPS, packs.home, FIRST_TITLE).items():
            bare.setdefault(name, []).extend(values)
        for pack, folder in (("seeds", SEEDS), (f"{packs.documents:,} documents", large)):
            command = (*BRIEFING, "open", "--fresh", str(folder))
            for name, values in timed(command, _STEPS, packs.home, LIVE).items():
                taken.setdefault((pack, name), []).extend(values)
    figures = [Figure(f"bare widget, {name}", "ms", tuple(values)) for name, values in bare.items()]
    peers = {step.name: step.peer for step in _STEPS}
    for (pack, name), values in taken.items():
        peer = peers[name]
        limit = Limit(Held.P95_RATIO, 1.2) if peer else Limit(Held.P95, 60)
        beside = tuple(bare[peer]) if peer else ()
        figures.append(Figure(f"{name}, {pack}", "ms", tuple(values), "bare p95" if peer else "", beside, limit))
    return figures
