"""What the rules hand on: a stretch of a passage that they hold to be a name."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from briefing.model import EntityType


class Trust(IntEnum):
    """How far a rule is to be believed where two claim the same words; the smaller wins."""

    PACK = 0
    """The pack itself says so."""
    SURE = 1
    """A list, a definition, a head noun or a title says so."""
    LIKELY = 2
    """The shape of a person's name."""
    GUESS = 3
    """What stands around it, or a name known from elsewhere in the document."""
    MODEL = 4
    """A statistical model says so."""


class Found(NamedTuple):
    """A name in a passage."""

    start: int
    """In characters of the passage's text."""
    end: int
    type: EntityType | None
    """None for words that are no name and must not become one."""
    name: str = ""
    """The entity's name where it is known already, else ""."""
    trust: Trust = Trust.SURE


def choose(candidates: Iterable[Found], length: int) -> list[Found]:
    """Those of `candidates` that do not overlap: the most trusted, then the longest, then the first; in order of place.

    `length` is the passage's, in characters.
    """
    taken = bytearray(length)
    chosen = []
    for found in sorted(candidates, key=lambda found: (found.trust, found.start - found.end, found.start)):
        if found.start < found.end and not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\x01" * (found.end - found.start)
            chosen.append(found)
    return sorted(chosen, key=lambda found: found.start)
