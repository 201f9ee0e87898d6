"""A list with a cursor: entities, mentions, evidence, headings, commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from textual import events
from textual.message import Message

from briefing.rendering.entry import Entry
from briefing.rendering.entry_lines import EntryLines
from briefing.rendering.line import Line, Piece, clip
from briefing.rendering.theme import Theme
from briefing.tui.widgets.line_view import LineView

Source = Callable[[int], Sequence[Entry]]
"""Makes the entries of a list for a width in cells."""
_MARGIN = 1
"""Cells to the left of the entries, for what says where the cursor is; free elsewhere, so that nothing moves."""


class LineList(LineView):
    """Entries of one or more lines, of which one is under the cursor."""

    @dataclass
    class Chosen(Message):
        """Enter was pressed on an entry."""

        list: LineList
        value: object

    @dataclass
    class Turned(Message):
        """Left or right was pressed on an entry, which may hold others."""

        list: LineList
        value: object
        open: bool
        """Whether what it holds is to be listed: right; left takes it off the list again."""

    @dataclass
    class Made(Message):
        """The entries were made for a new width: only now is it known what can be chosen."""

        list: LineList

    def __init__(self, look: Theme, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(look, id=id, classes=classes)
        self._source: Source = lambda width: ()
        self._rows = EntryLines(())
        self._first_choice = 0
        self._width = 0
        self._sought: object = None
        """The value that is to have the cursor once there is room for the list."""
        self.lit = False
        """Whether the cursor is bright though something else has the keys."""
        self.cursor = 0
        """Index of the entry under the cursor."""
        self._top = (0, 0)
        """Entry and line of it at the top of the screen, where the officer has put it."""

    def fill(self, source: Source, *, keep: bool = False) -> None:
        """Show what `source` makes. The cursor goes to the first entry, or with `keep` stays on the same value.

        Where that value is gone, the one that took its place has the cursor.
        """
        self._sought = (self.value if self._rows else self._sought) if keep else None
        self._source = source
        if not keep:
            self.cursor = 0
        self._make()
        if not keep:
            self.scroll_to_line(0)
        self._reveal()
        self._remember()

    @property
    def value(self) -> object:
        """The value of the entry under the cursor; None in an empty list."""
        return self._rows.values[self.cursor] if self.cursor < len(self._rows) else None

    def entries_for(self, width: int) -> Sequence[Entry]:
        """The entries as they are on a screen that has `width` cells for them."""
        return self._source(width)

    @property
    def cursor_shown(self) -> bool:
        """Whether the entry under the cursor begins on the screen."""
        if not self.display or self.cursor >= len(self._rows):
            return False
        return 0 <= self._rows.start(self.cursor) - round(self.scroll_offset.y) < self.rows_shown

    @property
    def values(self) -> list[object]:
        """The values of all entries that can be chosen, in order."""
        return [value for value in self._rows.values if value is not None]

    def go_to(self, value: object) -> None:
        """Put the cursor on the first entry with that value, if there is one."""
        if not self._width:
            self._sought = value
        elif value in self._rows.values:
            self._move_to(self._rows.values.index(value))

    def move(self, action: str) -> None:
        """Do what the action of that name does: "down", "up", "page_down" or "page_up"."""
        {
            "down": self.action_down,
            "up": self.action_up,
            "page_down": self.action_page_down,
            "page_up": self.action_page_up,
        }[action]()

    def line(self, number: int) -> Line:
        """What stands on line `number`."""
        index = self._rows.at(number)
        within = number - self._rows.start(index)
        if within >= self._rows.height(index):  # there are fewer lines than was thought before all were made
            return ()
        line = clip(self._rows.entry(index).lines[within], self._width)
        # Of an entry that begins above the screen, the first line on it is marked.
        marked = max(self._rows.start(self.cursor), round(self.scroll_offset.y)) if self.value is not None else -1
        at_cursor = index == self.cursor and number == marked
        return (Piece(">" if at_cursor else " ", "accent"), *line)

    def line_style(self, number: int) -> str:
        """The cursor, on the lines of its entry."""
        if self._rows.at(number) != self.cursor or self.value is None:
            return ""
        return "cursor" if self.has_focus or self.lit else "cursor-blurred"

    def on_resize(self, event: events.Resize) -> None:
        """Make the entries for the new width, keeping the place, and the cursor on the screen."""
        if self._room != self._width:
            self._make()
            self.post_message(self.Made(self))
        index, line = self._top
        if index < len(self._rows):
            self.scroll_to_line(self._rows.start(index) + min(line, max(0, self._rows.height(index) - 1)))
        self._reveal()

    def on_focus(self) -> None:
        """Brighten the cursor."""
        self._refresh_entry(self.cursor)

    def on_blur(self) -> None:
        """Dim the cursor."""
        self._refresh_entry(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse was, for those who have one; a second click chooses."""
        number = event.y + round(self.scroll_offset.y)
        if number < self.line_count and self._rows.values[self._rows.at(number)] is not None:
            self._move_to(self._rows.at(number))
            if event.chain > 1:
                self.action_open()

    def action_down(self) -> None:
        """Next entry; in a list without choices, the next line."""
        self.step(1)

    def action_up(self) -> None:
        """Entry before this one."""
        self.step(-1)

    def action_page_down(self) -> None:
        """A page on."""
        self._leap(self.page)

    def action_page_up(self) -> None:
        """A page back."""
        self._leap(-self.page)

    def action_top(self) -> None:
        """First entry."""
        self.scroll_to_line(0)
        self._leap(-self.line_count)

    def action_bottom(self) -> None:
        """Last entry."""
        self._rows.place(len(self._rows))
        self._leap(self._rows.line_count)

    def action_open(self) -> None:
        """Choose the entry under the cursor."""
        if self.value is not None:
            self.post_message(self.Chosen(self, self.value))

    def action_right(self) -> None:
        """List what the entry under the cursor holds."""
        self.post_message(self.Turned(self, self.value, True))

    def action_left(self) -> None:
        """List it no longer."""
        self.post_message(self.Turned(self, self.value, False))

    def _make(self) -> None:
        self._width = self._room
        self._rows = EntryLines(self._source(self._width) if self._width else ())
        values = self._rows.values
        self._first_choice = next((index for index, value in enumerate(values) if value is not None), 0)
        self.line_count = self._rows.line_count
        if self._width:
            # A list that is not on the screen leaves its scrollbar as it is: without lines it would take it away, and
            # give it back as soon as it is shown, and all would be laid out for both.
            self.set_height(self.line_count)
            self._settle()

    def _settle(self) -> None:
        """Put the cursor on the value that is to have it, else on the nearest entry that can be chosen."""
        values = self._rows.values
        if self._sought is not None and self._sought in values:
            self.cursor = values.index(self._sought)
        self.cursor = min(self.cursor, max(0, len(values) - 1))
        self._sought = None
        if self.value is None:
            places = chain(range(self.cursor, len(values)), range(self.cursor - 1, -1, -1))
            self.cursor = next((index for index in places if values[index] is not None), 0)

    @property
    def _room(self) -> int:
        return max(0, self.scrollable_content_region.width - _MARGIN)

    def _remember(self) -> None:
        top = round(self.scroll_offset.y)
        index = max(0, self._rows.at(top))
        self._top = (index, top - self._rows.start(index)) if self._rows else (0, 0)
        if self._rows.line_count != self.line_count:  # more of them were made
            self.set_height(self._rows.line_count)

    def step(self, by: int) -> None:
        """Move `by` 1 to the next entry or by -1 to the one before; where there is none, scroll a line."""
        index = self.cursor + by
        index = self._choice_from(index, by)
        if 0 <= index < len(self._rows):
            self._move_to(index)
        else:
            self.scroll_to_line(max(0, round(self.scroll_offset.y) + by))
            self._remember()

    def _choice_from(self, index: int, by: int) -> int:
        """Index of the first entry from `index` on, down or with `by` -1 up, that can be chosen; else one outside."""
        while 0 <= index < len(self._rows) and self._rows.values[index] is None:
            index += by
        return index

    def _leap(self, lines: int) -> None:
        """Go to the entry `lines` away, or the nearest one to it that can be chosen."""
        if not self._rows:
            return
        target = max(0, self._rows.start(self.cursor) + lines)
        index = self._choice_from(self._rows.at(target), 1 if lines < 0 else -1)
        if 0 <= index < len(self._rows):
            self._move_to(index)
        else:
            self.scroll_to_line(min(target, self._rows.line_count - 1))
            self._remember()

    def _move_to(self, index: int) -> None:
        if index != self.cursor:
            before, self.cursor = self.cursor, index
            self._refresh_entry(before)
            self._refresh_entry(index)
        self._reveal()
        self._remember()

    def _reveal(self) -> None:
        if self.value is not None:
            first = self._rows.start(self.cursor)
            if self.cursor == self._first_choice and self.rows_shown > 1:
                # What stands above the first choice, such as why a cell is rated as it is, is read before it.
                self.scroll_to_line(0)
                return
            # The heading above the first choice of a group comes into view with it.
            lead = 1 if self.cursor and self._rows.values[self.cursor - 1] is None else 0
            height = self._rows.height(self.cursor) + lead
            if first + height > self.line_count:
                self.set_height(self._rows.line_count)
            self.show_lines(first - lead, height)

    def _refresh_entry(self, index: int) -> None:
        if index < len(self._rows):
            self.refresh_lines_at(self._rows.start(index), self._rows.height(index))
