"""A file drawn by the framework's line API and nothing else: `j` and Space scroll, `n` moves a cursor by a row.

What a key costs at the least in the framework: each line is made when it is first drawn, a cursor draws two rows anew.
`m` moves the cursor and shows other lines in the lower half, as a list does that shows what its row stands for.
"""

import sys
from pathlib import Path

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip


class BareLines(ScrollView, can_focus=True):
    """The lines, with a cursor."""

    BINDINGS = [("j", "down(1)", ""), ("space", "page", ""), ("n", "cursor", ""), ("m", "choose", "")]  # noqa: RUF012

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines
        self._cursor = 0
        self._below = 0
        """Lines that the lower half is further down."""
        self._strips: dict[tuple[int, bool], Strip] = {}

    def on_mount(self) -> None:
        """Say how much there is."""
        self.virtual_size = Size(0, len(self._lines))
        self.focus()

    def render_line(self, y: int) -> Strip:
        """One row, made once."""
        number = y + self.scroll_offset.y + (self._below if y >= self.size.height // 2 else 0)
        key = number, number == self._cursor
        if key not in self._strips:
            style = self.rich_style
            text = self._lines[number] if number < len(self._lines) else ""
            marked = style + style.parse("reverse") if key[1] else style
            self._strips[key] = Strip([Segment(text, marked)]).adjust_cell_length(self.size.width, marked)
        return self._strips[key]

    def action_down(self, lines: int) -> None:
        """Scroll."""
        self.scroll_relative(y=lines, animate=False, immediate=True)

    def action_page(self) -> None:
        """Scroll by a page."""
        self.action_down(self.size.height)

    def action_cursor(self) -> None:
        """Move the cursor down, and up to the top again from the last row."""
        before, self._cursor = self._cursor, (self._cursor + 1) % self.size.height
        for row in (before, self._cursor):
            self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))

    def action_choose(self) -> None:
        """Move the cursor down, and show other lines below."""
        half = self.size.height // 2
        self._below += half
        self.action_cursor()
        self.refresh(Region(0, half, self.size.width, half))


class BareLinesApp(App[None]):
    """The file named on the command line."""

    BINDINGS = [("q", "quit", "")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """Its lines."""
        yield BareLines(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    BareLinesApp().run()
