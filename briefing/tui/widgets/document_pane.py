"""One document in a pane: a single widget however long the text is."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from briefing.model import BlockKind, Document, Span
from briefing.rendering.document import DocumentLayout, pane_title, place_words
from briefing.rendering.line import Line, Piece
from briefing.rendering.marks import NO_MARKS, Marks
from briefing.rendering.ruler import RULER_IN_ASCII, ruler
from briefing.rendering.theme import Theme
from briefing.tui.layout import RULER
from briefing.tui.look import border_text
from briefing.tui.widgets.line_view import LineView

_LEAD = 3
"""Rows shown above the words that were jumped to, so that they are read in their place."""


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
        self._said = ("", "")
        """What the border says above and below."""
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
        layout, document = self._layout, self.document
        if layout is None or document is None:
            return False
        here = layout.offset_of(self._top_row())
        blocks = document.blocks_from(here) if by > 0 else document.blocks_back_from(here)
        first = next(iter(document.blocks), None)
        for block in blocks:
            if block.kind is not BlockKind.HEADING and block is not first:
                continue
            row = layout.row_of(block.span.start)
            if (row - self._top_row()) * by > 0:
                self._put(row)
                self._remember()
                return True
        return False

    def line(self, number: int) -> Line:
        """What stands on line `number`."""
        return self._layout.line(number, self._marks) if self._layout else ()

    def segments(self, y: int, width: int) -> list[Segment]:
        """One row of the screen, with its cell of the ruler."""
        row = super().segments(y, width)
        if self._layout is None or y >= len(self._ruler) or not self._ruler[y].style:
            return row
        sign = self._ruler[y].text
        cell = Segment(sign.translate(RULER_IN_ASCII) if self.in_ascii else sign, self._style(self._ruler[y].style))
        place = self._layout.width + RULER - 1
        strip = Strip(row, width)
        return [*strip.crop(0, place), cell, *strip.crop(place + 1)]

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new width, keeping the place."""
        self._lay_out()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say in the border how far down the document the pane is."""
        if any(cell.style for cell in self._ruler):
            super().watch_scroll_y(old_value, new_value)
            self._title()
            return
        # Where nothing is on the ruler, which stays where it is, a row shows the same wherever on the screen it is.
        with self.keeping_moved_rows(round(new_value) - round(old_value)):
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
        self._words = None
        self._put(0)
        self._remember()

    def action_bottom(self) -> None:
        """The end."""
        if self._layout is not None:
            self._words = None
            self._put(self._layout.last())
            self._remember()

    def _scroll(self, by: int) -> None:
        self._words = None
        if self._layout is not None:
            self._put(self._layout.step(self._top_row(), by))
        self._remember()

    def _top_row(self) -> int:
        """The number that the row at the top has now: it is another once what is above it was wrapped."""
        if self._layout is None or not self._offset:
            return 0
        return max(0, self._layout.row_of(self._offset) - self._above)

    def _put(self, row: int) -> None:
        """Put `row` at the top, or as near to it as the end of the document allows, all wrapped that is then seen."""
        if self._layout is None:
            return
        top = self._layout.page(row, max(1, self.rows_shown))
        if self.line_count != len(self._layout):
            self.set_height(len(self._layout))
            self._rule()
        self.scroll_to_line(top)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width - RULER
        if self.document is None or width < 1:
            return
        if self._layout is None or self._layout.width != width:
            self._layout = DocumentLayout(self.document, width)
            self.set_height(len(self._layout))
        self._rule()
        self._put(self._top_row())
        if self._words is not None:
            self._reveal(self._words)
        self._title()

    def _rule(self) -> None:
        if self._layout is not None:
            self._ruler = ruler(self._layout, self._marks, self.rows_shown)
        self.refresh()

    def _reveal(self, span: Span) -> None:
        """Scroll to the words at `span` unless they are on the screen already."""
        if self._layout is None or not len(self._layout) or not self.rows_shown:
            return
        first = self._layout.row_of(span.start)
        last = self._layout.row_of(max(span.start, span.end - 1))
        top = self._top_row()
        if not (top <= first and last < top + self.rows_shown):
            self._put(self._layout.step(first, -min(_LEAD, self.rows_shown - 1)))

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
        title = pane_title(self.document, self.note)
        said = (title, place_words(self.document, round(self.scroll_offset.y), self.line_count, self.rows_shown))
        # The framework draws a border again whenever it is told what to say in it.
        if said != self._said:
            self._said = said
            self.border_title, self.border_subtitle = map(border_text, said)
