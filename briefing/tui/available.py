"""Which commands do something on the desk: known without the framework."""

from __future__ import annotations

from typing import NamedTuple

from briefing.commands import COMMANDS
from briefing.model import Pack

TRIAGE = "triage"
"""The view that is the list of the documents."""
_FEW = 9
"""Documents: with no more of them nobody is told of the keys by which a pack is sifted."""


class Situation(NamedTuple):
    """What the officer has before them, as far as it decides which commands do something; at first as it begins."""

    view: str = "documents"
    """What is shown: "documents", "scenario", or the name of a sheet."""
    can_open: bool = False
    """Whether there is something to be opened under the cursor."""
    has_subject: bool = False
    """Whether a correction would be about an entity."""
    has_chosen: bool = False
    """Whether an entity is lit up."""
    has_hits: bool = False
    """Whether `n` runs through something."""
    has_trail: bool = False
    """Whether there is a way back."""
    can_undo: bool = False
    can_redo: bool = False
    is_busy: bool = False
    """Whether something goes on beside the keys that can be paused."""
    can_save_query: bool = False


def available(pack: Pack, situation: Situation) -> set[str]:
    """Ids of the commands that do something now."""
    view, documents = situation.view, len(pack.documents)
    sifting = view == TRIAGE
    unavailable = {
        "meet": not situation.has_chosen,
        **dict.fromkeys(("merge", "split"), not situation.has_subject and view != "origins"),
        **dict.fromkeys(("reject", "retype"), not situation.has_subject),
        "add_name": view != "documents",
        "undo": not situation.can_undo,
        "redo": not situation.can_redo,
        **dict.fromkeys(("rate", "confidence", "relabel"), view != "scenario"),
        **dict.fromkeys(("triage", "set_aside"), not sifting and documents <= _FEW),
        "next_new": sifting or documents <= _FEW,
        "rank": view != "scenario" and not sifting,
        "sift": not sifting,
        "indexing": not situation.is_busy,
        "collect": view not in ("scenario", "questions"),
        "strike": view in ("changes", "questions"),
        "appraise": view in ("linchpins", "changes", "questions"),
        "note": view not in ("scenario", "conflicts"),
        **dict.fromkeys(("next_gap", "scenario"), pack.scenario is None),
        "open": not situation.can_open,
        "back": not situation.has_trail,
        "next_hit": not situation.has_hits and not sifting,
        "save_query": not situation.can_save_query,
        "clear": not situation.has_hits and not situation.has_chosen,
        view: True,
    }
    return {command.id for command in COMMANDS if not unavailable.get(command.id)}
