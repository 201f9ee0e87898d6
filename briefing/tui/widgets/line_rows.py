"""Rows of a view as they are drawn: made with little work, and kept where they only moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class LineRows(StylesCache):
    """What the framework keeps of the rows of a widget, with its border.

    For views of lines, which have neither tint nor outline, and draw every line to its end.
    """

    def __init__(self, row: Callable[[int, int], list[Segment]]) -> None:
        """`row` gives what stands on a row of the view, from 0, in so many cells."""
        super().__init__()
        self._row = row
        self._sides: tuple[list[Segment], list[Segment]] = ([], [])
        """The border on the left and on the right of every row."""
        self._sides_of: object = None
        """What they follow from."""
        self._is_checked = False
        """Whether that was looked up for the rows that are being drawn."""

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The rows of `widget` in `crop`."""
        self._is_checked = False  # it may look different by now
        return super().render_widget(widget, crop)

    def render_line(self, *arguments: Any) -> Strip:
        """One row. The framework looks up for each how the border is drawn; between its ends that is all the same."""
        styles, y, size, content_size, padding, base_background, background, _, _, _, opacity, *_ = arguments
        gutter = styles.gutter
        number = y - gutter.top
        if not 0 <= number < content_size.height or any(padding):
            return super().render_line(*arguments)
        if not self._is_checked:
            self._is_checked = True
            sides_of = styles.border, base_background, background, opacity
            if sides_of != self._sides_of:
                row = super().render_line(*arguments)
                segments = list(row)
                self._sides = segments[: gutter.left], segments[len(segments) - gutter.right :]
                self._sides_of = sides_of
                return row
        left, right = self._sides
        return Strip([*left, *self._row(number, content_size.width), *right], size.width)

    def moved(self, rows: range, by: int) -> Mapping[int, Strip]:
        """The rows among `rows` as they are once they have moved up `by`; without those that are to be drawn anew."""
        return {
            row - by: self._cache[row]
            for row in rows
            if row - by in rows and row in self._cache and not self.is_dirty(row)
        }

    def keep(self, rows: Mapping[int, Strip]) -> None:
        """Draw these rows as they are, whatever was said since they were noted."""
        self._cache.update(rows)
        self._dirty_lines.difference_update(rows)
