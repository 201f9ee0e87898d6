"""The ruler beside the scrollbar: where in a document stands what `n` runs through."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

from briefing.rendering.document import DocumentLayout
from briefing.rendering.line import Piece
from briefing.rendering.marks import Marks

_NOTHING = Piece(" ")
_PLACES = Piece("▪", "ruler")
_CURRENT = Piece("◆", "ruler-current")
RULER_IN_ASCII = str.maketrans("▪◆", ":|")
"""For `str.translate`: what cannot be taken for a mark of the text beside the ruler, as `*` and `+` would be."""


def ruler(layout: DocumentLayout, marks: Marks, height: int) -> tuple[Piece, ...]:
    """One cell for each of the `height` rows of a pane: `◆` the words jumped to, `▪` other places, or nothing.

    Each cell stands for an equal part of the document, as on the scrollbar; where the whole document fits the pane,
    for the row beside it. A place counts where it begins. The time taken grows with `height`, not with the document.
    """
    if height < 1:
        return ()
    lines = max(len(layout), height)
    beginnings = [layout.beginning_of(-(-row * lines // height)) for row in range(height + 1)]
    counts = [bisect_left(marks.run, offset, key=lambda span: span.start) for offset in beginnings]
    cells = [_PLACES if before < after else _NOTHING for before, after in pairwise(counts)]
    if marks.current is not None:
        row = bisect_right(beginnings, marks.current.start) - 1
        if 0 <= row < height:
            cells[row] = _CURRENT
    return tuple(cells)
