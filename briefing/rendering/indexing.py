"""How far the indexing of a pack is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.storage.index.indexing import Progress

_BAR = 20
"""Cells of the bar, where there is room for it."""


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
    full = round(_BAR * progress.share)
    parts = ["█" * full + "░" * (_BAR - full)] if width else []
    parts.append(f"{progress.stage} {progress.done:,} of {progress.total:,}")
    if progress.rate:
        parts.append(
            f"{progress.rate:,.0f} documents a second" if progress.rate >= 10 else f"{progress.rate:.1f} a second"
        )
    if progress.left is not None and progress.done:
        parts.append(f"{duration_words(progress.left)} left")
    if progress.faults:
        parts.append(f"{progress.faults:,} failed")
    while width and len(parts) > 1 and len("  ".join(parts)) > width:
        parts.pop()
    return "  ".join(parts)[: width or None]
