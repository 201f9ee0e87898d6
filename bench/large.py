"""A document of 10 MB: to its end and back, while what is in it is being found, and once it is."""

from __future__ import annotations

from bench.figures import Figure, Held, Limit
from bench.line import BRIEFING, Line
from bench.packs import FIRST, LAST, LIVE, Packs

_LONGEST = 900.0
"""Seconds until all is found."""


def measure(packs: Packs, rounds: int) -> list[Figure]:
    """One session of it, in which `rounds` times the end and the beginning are gone to before and after."""
    home = packs.new_home("long-read-home")
    with Line((*BRIEFING, "open", "--fresh", str(packs.long())), home, (120, 40)) as line:
        line.until("q quit", FIRST)
        meanwhile = _there_and_back(line, rounds)
        if LIVE in "\n".join(line.rows):
            raise RuntimeError("all was found before the keys were pressed")
        found = line.until(LIVE, patience=_LONGEST)
        line.answer("", 2.0)
        after = _there_and_back(line, rounds)
    figures = [Figure("10 MB: all found after", "s", (found,))]
    for when, (end, back) in (("while it is read", meanwhile), ("once it is read", after)):
        for way, values in (("to the end", end), ("back", back)):
            figures.append(Figure(f"10 MB: {way} {when}", "ms", tuple(values), limit=Limit(Held.MEDIAN, 100)))
    return figures


def _there_and_back(line: Line, rounds: int) -> tuple[list[float], list[float]]:
    ways: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for key, word, taken in zip("Gg", (LAST, FIRST), ways, strict=True):
            began = line.now()
            before = len(line.sent)
            line.press(key)
            taken.append((line.until(word, after=before) - began) * 1000)
            line.answer("", 0.1)
    return ways
