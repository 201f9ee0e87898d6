"""What happened, happens and is to happen, in the order of its dates."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model.claim import Stage
from briefing.model.span import Span


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One sentence with a date, or with one that cannot be made out."""

    date: str | None
    """The first day, month or year meant, in ISO 8601 as far as known; None where nothing tells."""
    until: str | None
    """The last one, of a range; else None."""
    words: Span | None
    """The words that give the date; None where it is the document's own."""
    inferred: bool
    """Whether the date had to be worked out: from "this fall" and the date of the document."""
    document: str
    """`Document.id`."""
    span: Span
    """Of the sentence."""
    stage: Stage
    """How far along what it says is, or was when it was written."""
    roles: tuple[str, ...] = ()
    """Ids of the roles it speaks of."""
    overdue: bool = False
    """Whether it speaks of a plan whose date has passed, and no later sentence says that it was carried out."""
