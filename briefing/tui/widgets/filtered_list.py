"""A list that is narrowed by typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from briefing.rendering.entry import Entry
from briefing.rendering.line import Piece
from briefing.rendering.theme import Theme
from briefing.tui.widgets.containers import Column
from briefing.tui.widgets.line_list import LineList

Filtered = Callable[[str, int], Sequence[Entry]]
"""Makes the entries for what was typed and a width in cells."""

LONGEST_QUERY = 500
"""Characters of what is looked for: more than a long sentence has. Each is worked on with every key, and the time that
looking takes can grow with the length of the query times that of the documents."""
LONGEST_NOTE = 4_000
"""Characters of a text that is kept: a page. Each takes at most 12 bytes in the journal, so that its line, of 64 KiB at
the most, has room for what goes with it; and a key takes no longer than in an empty row."""


class FilterInput(Input):
    """One row to type in. Backspace in an empty row leaves it; arrows move in the list below."""

    @dataclass
    class Left(Message):
        """Typing was given up."""

        input: FilterInput

    @dataclass
    class Moved(Message):
        """An arrow or page key was pressed."""

        action: str

    @dataclass
    class Full(Message):
        """More was typed or pasted than there is room for; the rest is left out."""

        longest: int
        """Characters that there is room for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "list('down')", show=False),
        Binding("up", "list('up')", show=False),
        Binding("pagedown", "list('page_down')", show=False),
        Binding("pageup", "list('page_up')", show=False),
        Binding("escape", "leave", show=False),
        Binding("backspace", "delete_or_leave", show=False),
    ]

    def __init__(self, placeholder: str, *, longest: int = LONGEST_QUERY, id: str | None = None) -> None:
        """`longest` is how many characters there is room for."""
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False, id=id)
        self.cursor_blink = False
        self._longest = longest

    def on_key(self, event: events.Key) -> None:
        """Hand what is not typed here to the app, which knows what it is bound to, past the containers in between."""
        if not self.check_consume_key(event.key, event.character):
            event.stop()
            self.app.post_message(event)

    def on_paste(self, event: events.Paste) -> None:
        """Put lines that are pasted one behind the other. The framework would drop all but the first unsaid."""
        event.stop()
        event.prevent_default()
        self.replace(event.text.strip("\n").replace("\n", " "), *self.selection)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put in as much of `text` as there is room for, and say so when that is not all.

        The framework's own limit would refuse a paste as a whole, and refuse to shorten what is longer already.
        """
        room = max(0, self._longest - len(self.value) + abs(end - start))
        super().replace(text[:room], start, end)
        if len(text) > room:
            self.post_message(self.Full(self._longest))

    def action_list(self, action: str) -> None:
        """Pass a movement on."""
        self.post_message(self.Moved(action))

    def action_leave(self) -> None:
        """Give typing up."""
        self.post_message(self.Left(self))

    def action_delete_or_leave(self) -> None:
        """Take the last character away, or leave when there is none."""
        if self.value:
            self.action_delete_left()
        else:
            self.action_leave()


class FilteredList(Column):
    """A row to type in over a list of what it leaves."""

    @dataclass
    class Chosen(Message):
        """Something was chosen, from the list or by Enter while typing."""

        list: FilteredList
        value: object

    @dataclass
    class Left(Message):
        """Nothing was chosen."""

        list: FilteredList

    def __init__(self, look: Theme, placeholder: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._look = look
        self._placeholder = placeholder
        self._make: Filtered = lambda query, width: ()

    def compose(self) -> ComposeResult:
        """The row, and the list."""
        yield FilterInput(self._placeholder, id=f"{self.id}-input")
        yield LineList(self._look, id=f"{self.id}-list")

    @property
    def input(self) -> FilterInput:
        """The row to type in."""
        return self.query_one(FilterInput)

    @property
    def list(self) -> LineList:
        """The list."""
        return self.query_one(LineList)

    def fill(self, make: Filtered) -> None:
        """Show what `make` leaves for what is typed now, the cursor where it was."""
        self._make = make
        self._narrow(keep=True)

    def type(self) -> None:
        """Start typing anew."""
        self.input.value = ""
        self.input.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to what was typed."""
        event.stop()
        self._narrow(keep=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what the cursor is on."""
        event.stop()
        if self.list.value is not None:
            self.post_message(self.Chosen(self, self.list.value))

    def on_filter_input_moved(self, event: FilterInput.Moved) -> None:
        """Move in the list while typing."""
        event.stop()
        self.list.move(event.action)

    def on_filter_input_left(self, event: FilterInput.Left) -> None:
        """Typing was given up: everything is listed again."""
        event.stop()
        self.input.value = ""
        self.post_message(self.Left(self))

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Something was chosen from the list."""
        event.stop()
        self.post_message(self.Chosen(self, event.value))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The cursor of the list is bright while the officer types, too."""
        self._light()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Nobody types any more."""
        self._light()

    def _light(self) -> None:
        self.list.lit = self.input.has_focus
        self.list.refresh()

    def _narrow(self, keep: bool) -> None:
        query = self.input.value
        nothing = [Entry(((Piece("nothing has these words", "muted"),),))] if query.strip() else []
        self.list.fill(lambda width: self._make(query, width) or nothing, keep=keep)
