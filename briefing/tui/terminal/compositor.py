"""What is seen of each widget: no line is made that is hidden by what lies over it, or that did not change."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from textual._compositor import Compositor, CompositorUpdate
from textual._context import visible_screen_stack
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from textual.screen import Screen

Range = tuple[int, int]
"""Columns, half-open."""


class Seen(NamedTuple):
    """What is seen of one line of a widget."""

    row: int
    """Of the screen, from 0."""
    ranges: list[Range]
    """The columns of the screen where it is seen."""
    strip: Strip
    """The line as far as its containers show it, also where something lies over it."""
    left: int
    """The column of the screen where it begins."""


class SeenUpdate(CompositorUpdate):
    """All that is to be drawn, each cell of it once. `CellDisplay` draws it; the framework could not."""

    def __init__(self, lines: list[Seen]) -> None:
        self.lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What Rich asks of whatever can be handed to a display."""
        return (segment for line in self.lines for segment in line.strip)


class SeenCompositor(Compositor):
    """Asks each widget only for the lines that are seen of it, and hands them over uncut.

    The framework has all widgets that touch the dirty part of the screen give all their lines, containers among them
    that are hidden by what they hold, and cuts every line wherever a widget begins or ends.
    """

    def render_update(
        self, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
    ) -> RenderableType | None:
        """What is dirty, None where nothing is; with `full` the whole screen as the framework makes it."""
        if full:
            return super().render_update(full, screen_stack, simplify)
        visible_screen_stack.set(screen_stack or [])
        regions, self._dirty_regions = self._dirty_regions, set()
        screen = self.size.region
        lines = self._seen(self._regions_to_spans([screen] if screen in regions else regions))
        return SeenUpdate(lines) if lines else None

    def _seen(self, spans: Iterable[tuple[int, int, int]]) -> list[Seen]:
        """What is seen in `spans`, each a row and a range of columns, and beside them as far as no widget begins."""
        wanted: dict[int, list[Range]] = {}
        for row, start, end in spans:
            if 0 <= row < self.size.height:
                cuts = self.cuts[row]
                first, last = max(0, bisect_right(cuts, start) - 1), min(len(cuts) - 1, bisect_left(cuts, end))
                wanted.setdefault(row, []).append((cuts[first], cuts[last]))
        lines: list[Seen] = []
        # From the front to the back: the first to cover a cell is the one that is seen there.
        for widget, (region, clip) in self.visible_widgets.items():
            if not wanted:
                break
            shown = region.intersection(clip)
            seen = _take(wanted, shown)
            if seen:
                first, last = min(seen), max(seen)
                asked = Region(shown.x - region.x, first - region.y, shown.width, last + 1 - first)
                strips = widget.render_lines(asked)
                lines += [Seen(row, ranges, strips[row - first], shown.x) for row, ranges in seen.items()]
        return lines


def _take(wanted: dict[int, list[Range]], shown: Region) -> dict[int, list[Range]]:
    """What of the ranges `wanted`, by row, lies within `shown`; it is wanted no more."""
    taken = {}
    for row in sorted(row for row in wanted if shown.y <= row < shown.bottom):
        inside: list[Range] = []
        outside: list[Range] = []
        for start, end in wanted[row]:
            left, right = max(start, shown.x), min(end, shown.right)
            if left >= right:
                outside.append((start, end))
                continue
            inside.append((left, right))
            outside += [one for one in ((start, left), (right, end)) if one[0] < one[1]]
        if inside:
            taken[row] = inside
            if outside:
                wanted[row] = outside
            else:
                del wanted[row]
    return taken
