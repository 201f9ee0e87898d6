"""One key, or one line of text: the shortest questions that the desk asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from briefing.parsing import visible
from briefing.rendering.line import Line, Piece, fit
from briefing.rendering.theme import Theme
from briefing.tui.look import border_text
from briefing.tui.widgets.filtered_list import LONGEST_NOTE, FilterInput
from briefing.tui.widgets.line_view import LineView

_QUIT = ("ctrl+c", "app.quit", "quit")
Choice = tuple[str, object, str]
"""The name of a key, what pressing it means, and that in words."""


class Choices(LineView, can_focus=False):
    """Keys and what they mean, one a line."""

    def __init__(self, look: Theme, choices: Sequence[Choice]) -> None:
        super().__init__(look, id="choices")
        self._choices = choices

    def on_mount(self) -> None:
        """Show all of them."""
        self.set_height(len(self._choices))

    def line(self, number: int) -> Line:
        """A key and what it means."""
        key, _, words = self._choices[number]
        return (Piece(fit(f" {key}", 8), "key"), Piece(words))


class KeyScreen(ModalScreen[object]):
    """A few keys over the desk, each an answer. Its result is what the key means, or None for any other key."""

    BINDINGS: ClassVar[list[BindingType]] = [_QUIT]

    def __init__(self, look: Theme, title: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """The keys alone, at the bottom."""
        with Vertical(id="ask"):
            yield Choices(self._look, self._choices)

    def on_mount(self) -> None:
        """Say what is asked."""
        box = self.query_one("#ask")
        box.border_title = border_text(self._title)
        box.border_subtitle = border_text("any other key leaves")

    def on_key(self, event: events.Key) -> None:
        """Answer with what the key means."""
        if event.key == "ctrl+c":
            return
        event.stop()
        if not self.is_current:
            return
        names = {event.key, (event.character or "").lower()}
        self.dismiss(next((value for key, value, _ in self._choices if key in names), None))


class AskScreen(ModalScreen[str]):
    """One line of text over the desk. Its result is the text, or None when it was left with Backspace or Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [_QUIT]

    def __init__(self, title: str, value: str, heard: Callable[[str], None]) -> None:
        """`heard` is called with what stands in the row whenever that changes."""
        super().__init__()
        self._title = title
        self._value = value
        self._heard = heard

    def compose(self) -> ComposeResult:
        """The row to type in, at the bottom."""
        with Vertical(id="ask"):
            yield FilterInput("", longest=LONGEST_NOTE, id="answer")

    def on_mount(self) -> None:
        """Start typing at once, at the end of what is there."""
        box = self.query_one("#ask")
        box.border_title = border_text(self._title)
        box.border_subtitle = border_text("Enter saves, Backspace in an empty row leaves")
        row = self.query_one(FilterInput)
        row.value = visible(self._value)
        row.cursor_position = len(row.value)
        row.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what is half-written."""
        event.stop()
        self._heard(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Hand over what was typed."""
        event.stop()
        if self.is_current:
            self.dismiss(event.value.strip())

    def on_filter_input_left(self, event: FilterInput.Left) -> None:
        """Leave without an answer."""
        event.stop()
        if self.is_current:
            self.dismiss(None)
