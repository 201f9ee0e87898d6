"""What stands where on the desk at which width: known without the framework."""

from __future__ import annotations

from briefing.rendering.line import Piece

READING = 64
"""Cells: from this width on the sidebar stands beside the documents."""
LOW = 16
"""Rows: on a screen with fewer no row is given to a border that says nothing."""
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
WAITING = Piece(" reading …", "muted")
"""What stands in the sidebar until something is found."""


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
