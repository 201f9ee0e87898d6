"""How far the indexing of a pack is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.storage.index.indexing import Progress

_BAR, _SHORT_BAR = 20, 8
"""Cells of the bar, where there is room for it."""
_WIDE = 70
"""Characters: with fewer the bar is the short one, so that the time left is seen."""


def duration_words(seconds: float) -> str:
    """`0.4 s`, `12 s`, `3 min 20 s`, `1 h 5 min`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    hours, left = divmod(minutes, 60)
    return f"{hours} h {left} min" if hours else f"{minutes} min {rest} s"


def progress_words(progress: Progress, width: int) -> str:
    """As much of it as `width` characters hold, the bar first; without a bar where that is 0."""
    bar = _BAR if width >= _WIDE else _SHORT_BAR
    full = round(bar * progress.share)
    parts = ["█" * full + "░" * (bar - full)] if width else []
    parts.append(f"{progress.stage} {progress.done:,} of {progress.total:,}")
    rate = left = ""
    if progress.rate:
        rate = f"{progress.rate:,.0f} documents a second" if progress.rate >= 10 else f"{progress.rate:.1f} a second"
    if progress.left is not None and progress.done:
        left = f"{duration_words(progress.left)} left"
    faults = f"{progress.faults:,} failed" if progress.faults else ""
    # Where there is not room for all, it is the rate that nobody misses.
    for said in ([rate, left, faults], [left, faults], [left]):
        told = "  ".join([*parts, *filter(None, said)])
        if not width or len(told) <= width:
            return told
    return "  ".join(parts)[:width]
