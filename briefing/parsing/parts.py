"""Where a text may be cut, so that a page of it can be parsed without all that stands before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from briefing.model import Span
from briefing.parsing.decoding import Lines

PART = 16_384
"""Characters of a part, at the least: parsed well within the time of a frame, and few enough of them in any file."""


def part_begins(lines: Lines, size: int, may_begin: Callable[[int], bool] | None = None, skip: int = 0) -> list[int]:
    """The number of the first line of every part, each of `size` characters at the least but for the last.

    With `may_begin` a part begins only on lines of which that is true. The first `skip` lines go to the first part.
    """
    begins = [0]
    line = skip
    while line < len(lines):
        line = max(line + 1, bisect_left(lines.starts, lines.starts[line] + size))
        while may_begin is not None and line < len(lines) and not may_begin(line):
            line += 1
        begins.append(line)
    return [begin for begin in begins if begin < len(lines)]


def part_spans(text: str, lines: Lines, begins: Sequence[int]) -> list[Span]:
    """The stretches of `text` from the first line of each part to that of the next; the last one takes all the rest."""
    starts = [lines.starts[begin] for begin in begins]
    return [Span(start, end) for start, end in zip(starts, (*starts[1:], len(text)), strict=True)]
