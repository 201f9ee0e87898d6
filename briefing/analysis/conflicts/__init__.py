"""Pairs of sentences that cannot both be right: found by rules, and never more than a reason to look."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.analysis.conflicts.choosing import chosen_conflicts
from briefing.analysis.conflicts.deeds import deed_conflicts, headline_conflicts
from briefing.analysis.conflicts.firsts import first_conflicts
from briefing.analysis.conflicts.leanings import constraint_conflicts, failure_conflicts, restraint_conflicts
from briefing.analysis.conflicts.numbers import number_conflicts
from briefing.analysis.conflicts.pairs import Found, copies
from briefing.analysis.conflicts.statements import read_statements, spoken_of_often
from briefing.model import Claim, Conflict, Document, Mention, Scenario

__all__ = ["MOST_CHARACTERS", "MOST_DOCUMENTS", "conflicts_of", "searched_for_conflicts"]


MOST_DOCUMENTS = 500
"""A pack with more of them is not searched for conflicts. All of its sentences are held in memory for that: 221 MB and
20 seconds for 500 documents of 600 words."""
MOST_CHARACTERS = 5_000_000
"""Nor is one with more of those in all."""


def searched_for_conflicts(documents: int, characters: int) -> bool:
    """Whether a pack of that size is searched for conflicts."""
    return documents <= MOST_DOCUMENTS and characters <= MOST_CHARACTERS


def conflicts_of(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    mentions: Sequence[Mention],
    scenario: Scenario | None,
) -> tuple[Conflict, ...]:
    """Pairs of sentences about the same thing that disagree, most telling first.

    Captions, copies and what the page left behind are not held against anything. The time taken grows with the
    documents.
    """
    statements = read_statements(documents, claims, mentions)
    often = spoken_of_often(statements)
    prose = [statement for statement in statements if not statement.is_heading]
    copied = copies(statements)
    found: list[Found] = [
        *number_conflicts(statements, often, copied),
        *deed_conflicts(prose, often, copied),
        *headline_conflicts(statements, often),
        *first_conflicts(prose, often, copied),
        *constraint_conflicts(prose),
        *restraint_conflicts(prose, often, copied),
        *failure_conflicts(prose),
    ]
    return chosen_conflicts(found, documents, scenario)
