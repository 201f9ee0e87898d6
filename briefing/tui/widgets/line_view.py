"""The one way everything on the desk is drawn: lines from the rendering rooms, painted by the theme, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment, Segments
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from briefing.commands import Scope
from briefing.rendering.line import Line
from briefing.rendering.theme import Theme
from briefing.tui.keys import bindings
from briefing.tui.terminal.app import TerminalApp
from briefing.tui.widgets.line_rows import LineRows


class _AsciiBar(ScrollBarRender):
    """A scrollbar of `|`.

    What the framework ends one with would be `#`, as if that were a mark of the text beside it, and all between would
    be seen by its colour alone.
    """

    VERTICAL_BARS: ClassVar[list[str]] = [" "]

    @classmethod
    def render_bar(cls, *arguments: Any, **named: Any) -> Segments:
        """The bar, from top to bottom."""
        drawn = super().render_bar(*arguments, **named)
        cells = [
            Segment("|", Style(color=style.color)) if style and style.reverse else Segment(text, style)
            for text, style, _ in drawn.segments
        ]
        return Segments(cells, new_lines=drawn.new_lines)


class _LineBar(ScrollBar):
    """The scrollbar of a view of lines. It has two or three kinds of rows, and makes each once."""

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """As in `Column`: nothing depends on what a bar holds."""
        return super()._size_updated(size, virtual_size, container_size, layout=False)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of the bar in `crop`."""
        bar = self.render()
        if not isinstance(bar, ScrollBarRender) or not self.size:
            return super().render_lines(crop)
        style = self.app.console.get_style(bar.style)
        if style.color is None or style.bgcolor is None:
            return super().render_lines(crop)
        drawn = bar.render_bar(
            size=self.size.height,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            thickness=self.size.width,
            back_color=style.bgcolor,
            bar_color=style.color,
        )
        base = self.visual_style.rich_style
        rows: dict[Segment, Strip] = {}
        for segment in drawn.segments:
            if segment not in rows:
                rows[segment] = self._filtered(Strip(Segment.apply_style([segment], base), self.size.width))
        return [rows[segment].crop(crop.x, crop.right) for segment in drawn.segments[crop.y : crop.bottom]]

    def _filtered(self, strip: Strip) -> Strip:
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, background)
        return strip


class LineView(ScrollView, can_focus=True):
    """A view of many lines of which only those on the screen are made and drawn.

    A subclass says how many lines there are with `set_height`, and what stands on one with `line`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.LIST)]

    look: var[Theme | None] = var(None, init=False)
    """How style names are painted."""

    def __init__(self, look: Theme, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(LineView.look, look)
        self.line_count = 0
        """Lines there are, on the screen or not."""
        self._styles: dict[str, Style] = {}
        self._styles_cache: LineRows = LineRows(self.segments)

    def on_mount(self) -> None:
        """Draw the scrollbar in ASCII where all is."""
        if self.in_ascii:
            self.vertical_scrollbar.renderer = _AsciiBar  # type: ignore[misc]

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar; made when it is first asked for, as the framework makes its own."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = _LineBar(name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar

    @property
    def in_ascii(self) -> bool:
        """Whether the terminal is sent ASCII only."""
        return isinstance(self.app, TerminalApp) and self.app.ascii_only

    def watch_look(self) -> None:
        """Paint everything again in the new look."""
        self._styles.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget the colours of the old theme."""
        self._styles.clear()
        super().notify_style_update()

    def on_key(self, event: events.Key) -> None:
        """Hand a key to the app, which knows what it is bound to, past the containers in between: none listens."""
        event.stop()
        self.app.post_message(event)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Move the scrollbar along, also while there is no room for it: it is shown again as it was left."""
        if self._vertical_scrollbar is not None:
            self._vertical_scrollbar.position = new_value
        super().watch_scroll_y(old_value, new_value)

    def line(self, number: int) -> Line:
        """What stands on line `number`."""
        raise NotImplementedError

    def line_style(self, number: int) -> str:
        """Style names under everything on line `number`, to its end; for cursors."""
        return ""

    def set_height(self, lines: int) -> None:
        """Say how many lines there are, and draw them."""
        self.line_count = lines
        if self.styles.auto_dimensions:
            self.virtual_size = Size(0, lines)
        elif lines != self.virtual_size.height:
            # Where the size of the view does not depend on it, only the scrollbar does: nothing is laid out anew.
            self.set_reactive(LineView.virtual_size, Size(0, lines))
            self._scroll_update(self.virtual_size)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        width = self.size.width
        return Strip(self.segments(y, width), width)

    def segments(self, y: int, width: int) -> list[Segment]:
        """What stands on row `y` of the screen, in all its `width` cells."""
        number = y + round(self.scroll_y)
        if number >= self.line_count:
            return [Segment(" " * width, self._style(""))]
        under = self.line_style(number)
        room = width
        segments = []
        for text, style in self.line(number):
            if text:
                segments.append(Segment(text, self._style(f"{under} {style}")))
                room -= cell_len(text)
        if room < 0:
            return list(Strip(segments).adjust_cell_length(width, self._style(under)))
        if room:
            segments.append(Segment(" " * room, self._style(under)))
        return segments

    @contextmanager
    def keeping_moved_rows(self, by: int) -> Iterator[None]:
        """Keep the rows that are still on the screen `by` rows further up, though everything is drawn again meanwhile.

        Only for rows that show the same wherever on the screen they are.
        """
        top = self.styles.gutter.top
        moved = self._styles_cache.moved(range(top, top + self.size.height), by)
        yield
        self._styles_cache.keep(moved)

    def refresh_lines_at(self, first: int, count: int = 1) -> None:
        """Draw `count` lines from line `first` on again, as far as they are on the screen."""
        self.refresh(Region(0, first - round(self.scroll_y), self.scrollable_content_region.width, count))

    def scroll_to_line(self, number: int) -> None:
        """Put line `number` at the top, at once."""
        self.scroll_to(y=number, animate=False, immediate=True, force=True)

    def show_lines(self, first: int, count: int = 1) -> None:
        """Scroll as little as is needed to show `count` lines from `first` on."""
        height = max(1, self.rows_shown)
        top = round(self.scroll_offset.y)
        if first < top:
            self.scroll_to_line(max(0, first))
        elif first + count > top + height:
            self.scroll_to_line(min(first, first + count - height))

    @property
    def rows_shown(self) -> int:
        """Rows of the screen that the view has for lines."""
        return self.scrollable_content_region.height

    @property
    def page(self) -> int:
        """Lines that one page moves: the height, less one for the eye to hold on to."""
        return max(1, self.rows_shown - 1)

    def _style(self, names: str) -> Style:
        style = self._styles.get(names)
        if style is None:
            style = self.rich_style + self.look.style(names) if self.look else self.rich_style
            self._styles[names] = style
        return style
