"""What a sentence is about."""

from __future__ import annotations

from typing import NamedTuple

from briefing.extraction.claims.terms import Found
from briefing.model import Stage


class Subject(NamedTuple):
    """What one sentence is about."""

    terms: tuple[Found, ...]
    """The words that count, labelled "role:id" or "constraint:id"."""
    labels: tuple[str, ...]
    """Those of the terms and those carried over from what stands before, each once."""
    carried: Stage | None
    """How far along that was which is carried over; None when nothing tells."""
    of_others: bool
    """Whether somebody else than the actor is its subject."""
    under_limits: bool
    """Whether it stands under a heading about what limits."""
