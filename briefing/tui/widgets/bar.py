"""The first and last row of every screen."""

from __future__ import annotations

from briefing.rendering.line import Line, Piece, clip, width_of
from briefing.rendering.theme import Theme
from briefing.tui.widgets.line_view import LineView


class Bar(LineView, can_focus=False):
    """One row: something on the left and something on the right; where there is no room for both, the right is cut."""

    def __init__(self, look: Theme, *, id: str | None = None) -> None:
        super().__init__(look, id=id)
        self.line_count = 1
        self._left: Line = ()
        self._right: Line = ()

    def write(self, left: Line, right: Line = ()) -> None:
        """Put this on the row."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def line(self, number: int) -> Line:
        """The one line."""
        width = self.size.width
        left = clip(self._left, width)
        right = clip(self._right, max(0, width - width_of(left) - 1))
        return (*left, Piece(" " * (width - width_of(left) - width_of(right))), *right)

    def line_style(self, number: int) -> str:
        """The look of a bar."""
        return "bar"
