"""One document in a pane: a single widget however long the text is."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from briefing.model import Document, Span
from briefing.rendering.document import DocumentLayout
from briefing.rendering.line import Line, Piece
from briefing.rendering.marks import NO_MARKS, Marks
from briefing.rendering.ruler import ruler
from briefing.rendering.theme import Theme
from briefing.tui.look import border_text
from briefing.tui.widgets.line_view import LineView

_LEAD = 3
"""Rows shown above the words that were jumped to, so that they are read in their place."""

_RULER = 2
"""Cells to the right of the text: an empty one, and the ruler. Kept free even when nothing is on the ruler, so that
the text stays where it is when something is chosen."""


class DocumentPane(LineView):
    """The text of one document, with its mentions, hits and the words that were jumped to marked."""

    def __init__(self, look: Theme, *, id: str | None = None) -> None:
        super().__init__(look, id=id)
        self.note = ""
        """What stands after the title: "STRUCK"."""
        self.document: Document | None = None
        """What is shown; None in an empty pane."""
        self._layout: DocumentLayout | None = None
        self._marks = NO_MARKS
        self._ruler: tuple[Piece, ...] = ()
        self._offset = 0
        """The first character on the screen, where the officer has put it."""
        self._above = 0
        """Rows above it on the screen: one, where that is empty."""
        self._words: Span | None = None
        """What was jumped to, until the officer scrolls away."""

    def show(self, document: Document, offset: int = 0) -> None:
        """Show `document` with character `offset` at the top."""
        if self.document is not document:
            self.document = document
            self._layout = None
            self._marks = NO_MARKS
        self._offset, self._above = offset, 0
        self._words = None
        self._lay_out()

    def mark(self, marks: Marks, note: str = "") -> None:
        """Show these marks and no others, and `note` after the title."""
        if note != self.note:
            self.note = note
            self._title()
        if marks != self._marks:
            self._marks = marks
            self._rule()

    def go_to(self, span: Span) -> None:
        """Bring the words at `span` on the screen, a little below the top unless they are there already."""
        self._words = span
        self._reveal(span)
        self._remember()

    @property
    def marks(self) -> Marks:
        """What is marked."""
        return self._marks

    @property
    def top(self) -> int:
        """The first character shown."""
        return self._offset

    @property
    def shown(self) -> Span:
        """The characters on the screen."""
        if self._layout is None or not self.document:
            return Span(0, 0)
        top = round(self.scroll_offset.y)
        bottom = top + self.rows_shown
        end = self._layout.offset_of(bottom) if bottom < len(self._layout) else len(self.document.text)
        return Span(min(self._layout.offset_of(top) if top else 0, end), end)

    def next_section(self, by: int) -> bool:
        """Put the heading `by` sections on at the top; whether there is one."""
        if self._layout is None or self.document is None:
            return False
        top = round(self.scroll_offset.y)
        rows = [self._layout.row_of(section.span.start) for section in self.document.sections]
        ahead = [row for row in rows if (row > top if by > 0 else row < top)]
        if not ahead:
            return False
        self.scroll_to_line(min(ahead) if by > 0 else max(ahead))
        self._remember()
        return True

    def line(self, number: int) -> Line:
        """What stands on line `number`."""
        return self._layout.line(number, self._marks) if self._layout else ()

    def render_line(self, y: int) -> Strip:
        """One row of the screen, with its cell of the ruler."""
        row = super().render_line(y)
        if self._layout is None or y >= len(self._ruler) or not self._ruler[y].style:
            return row
        cell = Segment(self._ruler[y].text, self._style(self._ruler[y].style))
        return Strip([*row.crop(0, self._layout.width + _RULER - 1), cell])

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new width, keeping the place."""
        self._lay_out()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say in the border how far down the document the pane is."""
        super().watch_scroll_y(old_value, new_value)
        self._title()

    def action_down(self) -> None:
        """A line on."""
        self._scroll(1)

    def action_up(self) -> None:
        """A line back."""
        self._scroll(-1)

    def action_page_down(self) -> None:
        """A page on."""
        self._scroll(self.page)

    def action_page_up(self) -> None:
        """A page back."""
        self._scroll(-self.page)

    def action_top(self) -> None:
        """The beginning."""
        self._scroll(-self.line_count)

    def action_bottom(self) -> None:
        """The end."""
        self._scroll(self.line_count)

    def _scroll(self, by: int) -> None:
        self._words = None
        last = max(0, self.line_count - self.rows_shown)
        self.scroll_to_line(min(max(0, round(self.scroll_offset.y) + by), last))
        self._remember()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width - _RULER
        if self.document is None or width < 1:
            return
        if self._layout is None or self._layout.width != width:
            self._layout = DocumentLayout(self.document, width)
            self.set_height(len(self._layout))
        self._rule()
        self.scroll_to_line(self._layout.row_of(self._offset) - self._above if self._offset else 0)
        if self._words is not None:
            self._reveal(self._words)
        self._title()

    def _rule(self) -> None:
        if self._layout is not None:
            self._ruler = ruler(self._layout, self._marks, self.rows_shown)
        self.refresh()

    def _reveal(self, span: Span) -> None:
        """Scroll to the words at `span` unless they are on the screen already."""
        if self._layout is None or not self._layout.rows or not self.rows_shown:
            return
        first = self._layout.row_of(span.start)
        last = self._layout.row_of(max(span.start, span.end - 1))
        top = round(self.scroll_offset.y)
        if not (top <= first and last < top + self.rows_shown):
            self.scroll_to_line(max(0, first - min(_LEAD, self.rows_shown - 1)))

    def _remember(self) -> None:
        """Note the place, to come back to it on a screen of another size."""
        if self._layout is not None:
            top = round(self.scroll_offset.y)
            self._offset = self._layout.offset_of(top) if top else 0
            self._above = self._layout.row_of(self._offset) - top if top else 0
            self._title()

    def _title(self) -> None:
        if self.document is None:
            return
        self.border_title = border_text(f"{self.document.label}  {self.note}".rstrip())
        last = max(1, self.line_count - self.rows_shown)
        percent = min(100, round(100 * round(self.scroll_offset.y) / last))
        place = "all" if self.line_count <= self.rows_shown else f"{percent} %"
        self.border_subtitle = border_text(f"{self.document.date or 'undated'} · {place}")
