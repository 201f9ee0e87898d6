"""Something to choose from a list that typing narrows: a section, a command, a theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from briefing.rendering.entry import Entry
from briefing.rendering.line import Line
from briefing.rendering.theme import Theme
from briefing.tui.look import border_text
from briefing.tui.widgets.filtered_list import Filtered, FilteredList
from briefing.tui.widgets.line_list import LineList

_QUIT = ("ctrl+c", "app.quit", "quit")
"""Keys of the desk are not heard here, but this one always is."""


class PickScreen(ModalScreen[object]):
    """A list over the desk. Its result is the value chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [("backspace,escape", "leave", "leave"), _QUIT]

    def __init__(self, look: Theme, title: str, make: Filtered) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self._make = make

    def compose(self) -> ComposeResult:
        """The list alone."""
        yield FilteredList(self._look, "type to filter, Enter chooses, Backspace leaves", id="pick")

    def on_mount(self) -> None:
        """Start typing at once."""
        picked = self.query_one(FilteredList)
        picked.border_title = border_text(self._title)
        picked.fill(self._make)
        picked.type()

    def on_filtered_list_chosen(self, message: FilteredList.Chosen) -> None:
        """Hand the choice to whoever asked."""
        if self.is_current:
            self.dismiss(message.value)

    def on_filtered_list_left(self, message: FilteredList.Left) -> None:
        """Leave without a choice."""
        self.action_leave()

    def action_leave(self) -> None:
        """Leave without a choice."""
        if self.is_current:
            self.dismiss(None)


class PageScreen(ModalScreen[None]):
    """Something to read over the desk, left with `q`, Backspace or the key that opened it."""

    BINDINGS: ClassVar[list[BindingType]] = [("q,backspace,escape,question_mark,enter", "leave", "leave"), _QUIT]

    def __init__(self, look: Theme, title: str, make: Callable[[int], Sequence[Line]]) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self._make = make

    def compose(self) -> ComposeResult:
        """The page alone."""
        yield LineList(self._look, id="page")

    def on_mount(self) -> None:
        """Give the page the keys, so that it scrolls."""
        page = self.query_one(LineList)
        page.border_title = border_text(self._title)
        page.border_subtitle = border_text("q leaves")
        page.fill(lambda width: [Entry((line,)) for line in self._make(width)])
        page.focus()

    def action_leave(self) -> None:
        """Back to the desk."""
        if self.is_current:
            self.dismiss(None)
