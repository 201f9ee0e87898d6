"""How much the hard tests try."""

from __future__ import annotations

import os
from random import Random

EFFORT = float(os.environ.get("HARD_EFFORT", "1"))
"""How much of it all is tried: 1 for all, 0.01 for a hundredth."""
SEED = int(os.environ.get("HARD_SEED", "1"))
"""What the chance of every test begins with."""


def tries(full: int) -> int:
    """How many of `full` to try; one at least."""
    return max(1, round(full * EFFORT))


def chance(*names: object) -> Random:
    """Chance that is the same in every run, and another one for other `names`."""
    return Random(repr((SEED, *names)))  # noqa: S311 - nothing secret is made with it
