"""What was measured, held against a peer of the same run and against the limit it is to keep."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import median, quantiles
from typing import Any


class Held(StrEnum):
    """What of a figure is held against its limit."""

    MEDIAN = "median"
    P95 = "p95"
    RATIO = "ratio"
    """The median of the ratios to the peer, round by round."""
    P95_RATIO = "p95 ratio"
    """The ratio of the two 95th percentiles, since single keys do not go in pairs."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a figure is to keep."""

    held: Held
    value: float
    """In the unit of the figure, or a ratio."""
    at_least: bool = False
    """Whether it is to be reached rather than not to be passed."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured several times."""

    name: str
    unit: str
    values: tuple[float, ...]
    """In the order in which they were taken, none left out."""
    peer: str = ""
    """Name of what it is held against; "" for nothing."""
    beside: tuple[float, ...] = ()
    """What that took; for a ratio round by round, as many values in the same order."""
    limit: Limit | None = None
    about: str = ""
    """What one must know to read it."""

    @property
    def median(self) -> float:
        """The middle value."""
        return median(self.values)

    @property
    def p95(self) -> float:
        """What 95 of 100 values do not pass."""
        return p95(self.values)

    @property
    def ratios(self) -> tuple[float, ...]:
        """To the peer: round by round, or for percentiles of keys one."""
        if not self.beside:
            return ()
        if self.limit is not None and self.limit.held is Held.P95_RATIO:
            return (self.p95 / p95(self.beside),)
        if len(self.values) == len(self.beside):
            return tuple(value / other for value, other in zip(self.values, self.beside, strict=True))
        return (self.median / median(self.beside),)

    @property
    def held(self) -> float:
        """What is held against the limit. Raises `ValueError` where there is none."""
        if self.limit is None:
            raise ValueError(self.name)
        if self.limit.held is Held.MEDIAN:
            return self.median
        return self.p95 if self.limit.held is Held.P95 else median(self.ratios)

    @property
    def is_kept(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        if self.limit is None:
            return None
        return self.held >= self.limit.value if self.limit.at_least else self.held <= self.limit.value

    @property
    def share(self) -> float:
        """How much of the limit is used up, 1 being all of it. Raises `ValueError` where there is none."""
        if self.limit is None:
            raise ValueError(self.name)
        part = self.held / self.limit.value
        return 1 / part if self.limit.at_least else part

    @property
    def claim(self) -> str:
        """What is held against what, in words: "0.05 × hello, at most 0.1"."""
        if self.limit is None:
            raise ValueError(self.name)
        most = "at least" if self.limit.at_least else "at most"
        if self.limit.held in (Held.RATIO, Held.P95_RATIO):
            return f"{number(self.held)} × {self.peer}, {most} {number(self.limit.value)}"
        return f"{number(self.held)} {self.unit}, {most} {number(self.limit.value)}"


def p95(values: Sequence[float]) -> float:
    """What 95 of 100 of the `values` do not pass; of fewer than two, the value."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Between which the middle half of the `values` lies; all of them where there are fewer than four."""
    if len(values) < 4:
        return min(values), max(values)
    low, _, high = quantiles(values, n=4, method="inclusive")
    return low, high


def number(value: float) -> str:
    """With three digits that count, or all before the point."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(figures: Sequence[Figure]) -> list[str]:
    """The figures, a line each."""
    names = max((len(figure.name) for figure in figures), default=0)
    head = ("median", "middle half", "p95", "×", "middle half")
    lines = [f"{'':{names}} {head[0]:>9} {head[1]:>17} {head[2]:>9} {'':10} {head[3]:>7} {head[4]:>13}"]
    for figure in figures:
        low, high = spread(figure.values)
        line = f"{figure.name:{names}} {number(figure.median):>9} {f'{number(low)}–{number(high)}':>17} "
        line += f"{number(figure.p95):>9} {figure.unit:10}"
        if figure.ratios:
            low, high = spread(figure.ratios)
            between = f"{number(low)}–{number(high)}" if len(figure.ratios) > 1 else ""
            line += f" {number(median(figure.ratios)):>7} {between:>13}"
        if figure.limit is not None:
            line += f"  {'kept' if figure.is_kept else 'MISSED'}: {figure.claim}"
        elif figure.peer:
            line += f"  × {figure.peer}"
        lines.append(line + (f"  ({figure.about})" if figure.about else ""))
    return lines


def machine() -> dict[str, Any]:
    """What the figures hold for."""
    return {
        "python": sys.version.split()[0],
        "system": f"{platform.system()} {platform.machine()}",
        "processors": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
    }


def write_json(path: Path, figures: Sequence[Figure], about: dict[str, Any]) -> None:
    """Write all values, and what is made of them."""
    listed = [
        {
            "name": figure.name,
            "unit": figure.unit,
            "median": figure.median,
            "spread": spread(figure.values),
            "p95": figure.p95,
            "peer": figure.peer,
            "ratio": median(figure.ratios) if figure.ratios else None,
            "ratio_spread": spread(figure.ratios) if figure.ratios else None,
            "limit": figure.claim if figure.limit else "",
            "kept": figure.is_kept,
            "about": figure.about,
            "values": figure.values,
            "beside": figure.beside,
        }
        for figure in figures
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**about, "figures": listed}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
