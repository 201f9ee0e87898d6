"""The one way everything on the desk is drawn: lines from the rendering rooms, painted by the theme, row by row."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.segment import Segment, Segments
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip

from briefing.commands import Scope
from briefing.rendering.line import Line
from briefing.rendering.theme import Theme
from briefing.tui.keys import bindings
from briefing.tui.terminal.app import TerminalApp


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

    def on_mount(self) -> None:
        """Draw the scrollbar in ASCII where all is."""
        if self.in_ascii:
            self.vertical_scrollbar.renderer = _AsciiBar  # type: ignore[misc]

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

    def line(self, number: int) -> Line:
        """What stands on line `number`."""
        raise NotImplementedError

    def line_style(self, number: int) -> str:
        """Style names under everything on line `number`, to its end; for cursors."""
        return ""

    def set_height(self, lines: int) -> None:
        """Say how many lines there are, and draw them."""
        self.line_count = lines
        self.virtual_size = Size(0, lines)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        number = y + round(self.scroll_offset.y)
        width = self.size.width
        if number >= self.line_count:
            return Strip.blank(width, self._style(""))
        under = self.line_style(number)
        segments = [Segment(text, self._style(f"{under} {style}")) for text, style in self.line(number) if text]
        return Strip(segments).adjust_cell_length(width, self._style(under))

    def refresh_lines_at(self, first: int, count: int = 1) -> None:
        """Draw `count` lines from line `first` on again, as far as they are on the screen."""
        self.refresh(Region(0, first - round(self.scroll_offset.y), self.size.width, count))

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
