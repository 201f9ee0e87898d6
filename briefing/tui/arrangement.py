"""What stands where on the desk at which width, and which commands do something: known without the framework."""

from __future__ import annotations

from typing import NamedTuple

from briefing.commands import COMMANDS
from briefing.model import Pack
from briefing.rendering.line import Piece

TRIAGE = "triage"
"""The view that is the list of the documents."""
READING = 64
"""Cells: from this width on the sidebar stands beside the documents."""
LOW = 16
"""Rows: on a screen with fewer no row is given to a border that says nothing."""
_FEW = 9
"""Documents: with no more of them nobody is told of the keys by which a pack is sifted."""
_BESIDE = 54
"""Cells: on a narrower screen the sidebar, when it is called, stands alone."""
MOST_PANES = 3
"""Panes at the most: a fourth would be too narrow to read on any screen."""
PANE_WIDTH = 46
"""Cells that a pane has at the least when there is more than one: enough for the numbers of the lines."""
RULER = 2
"""Cells to the right of the text: an empty one, and the ruler. Kept free even when nothing is on the ruler, so that
the text stays where it is when something is chosen."""
SIDEBAR, TO_FILTER = "Entities", "type to filter"
"""What stands over the sidebar, and where nothing is typed yet in its first row."""
READ = Piece(" reading …", "muted")
"""What stands in the sidebar until something is found."""


class Standing(NamedTuple):
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


def sidebar_width(wide: int) -> int:
    """Cells of the sidebar on a screen that is `wide`; all of them where it stands alone."""
    if stands_alone(wide):
        return wide
    return 27 if wide < 100 else 28 if wide < 160 else 38


def stands_alone(wide: int) -> bool:
    """Whether the sidebar of a screen that is `wide` has no room for anything beside it."""
    return wide < _BESIDE


def panes_for(documents: int, room: int) -> int:
    """How many of so many documents stand side by side in `room` cells; at least one."""
    return max(1, min(documents, MOST_PANES, room // PANE_WIDTH))


def first_pane(leftmost: int, current: int, shown: int, documents: int) -> int:
    """Index of the document in the first of the panes `shown`, so that the `current` one of so many is in one of them.

    As far as there is room, document number `leftmost` is in the first.
    """
    return min(max(leftmost, current - shown + 1), current, documents - shown)


def doing(pack: Pack, standing: Standing) -> set[str]:
    """Ids of the commands that do something now."""
    view, documents = standing.view, len(pack.documents)
    sifting = view == TRIAGE
    unavailable = {
        "meet": not standing.has_chosen,
        **dict.fromkeys(("merge", "split"), not standing.has_subject and view != "origins"),
        **dict.fromkeys(("reject", "retype"), not standing.has_subject),
        "add_name": view != "documents",
        "undo": not standing.can_undo,
        "redo": not standing.can_redo,
        **dict.fromkeys(("rate", "confidence", "relabel"), view != "scenario"),
        **dict.fromkeys(("triage", "set_aside"), not sifting and documents <= _FEW),
        "next_new": sifting or documents <= _FEW,
        "rank": view != "scenario" and not sifting,
        "sift": not sifting,
        "indexing": not standing.is_busy,
        "collect": view not in ("scenario", "questions"),
        "strike": view in ("changes", "questions"),
        "appraise": view in ("linchpins", "changes", "questions"),
        "note": view not in ("scenario", "conflicts"),
        **dict.fromkeys(("next_gap", "scenario"), pack.scenario is None),
        "open": not standing.can_open,
        "back": not standing.has_trail,
        "next_hit": not standing.has_hits and not sifting,
        "save_query": not standing.can_save_query,
        "clear": not standing.has_hits and not standing.has_chosen,
        view: True,
    }
    return {command.id for command in COMMANDS if not unavailable.get(command.id)}
