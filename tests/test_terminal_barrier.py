"""Whatever a widget draws: no control, no hidden character, no link gets past the barrier, and nothing moves."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.color import Color
from textual.filter import LineFilter
from textual.widgets import Button, DataTable, Label, OptionList, RichLog, Static, Tree

from briefing.tui.terminal.app import TerminalApp
from briefing.tui.terminal.barrier import Barrier, harmless
from tests.drawn_app import drawn

POISON = {
    "CSI": "\x1b[31m\x1b[2J\x1b[6n",
    "OSC": "\x1b]0;PWN\x07\x1b]52;c;cHdu\x1b\\",
    "DCS and APC": "\x1bP$qm\x1b\\\x1b_x\x1b\\",
    "reset": "\x1bc",
    "bare escape": "a\x1bb",
    "C1": "\x9b31m\x9d0;PWN\x9c\x85",
    "C0": "\0\x05\x07\x08\x0b\x0c\x0e\x7f",
    "line ends": "\u2028\u2029",
    "bidi": "\u202e\u2066\u2069\u200f",
    "unseen": "\u200b\ufeff\u00ad\u2060\u034f\u3164\ufe0f",
    "tags": "\U000e0041\U000e007f",
    "private and unassigned": "\ue000\U000f0000\u0378\uffff",
    "surrogates": "\ud800\udfff",
    "joined": "\U0001f469\u200d\U0001f4bb",
}
BLACK = Color(0, 0, 0)


def passed(*segments: Segment) -> list[Segment]:
    return Barrier().apply(list(segments), BLACK)


def is_harmless(text: str) -> bool:
    return all(one.isprintable() for one in text) and not set(text) & set("\u034f\u115f\u1160\u3164\uffa0\ufe0f")


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
def test_nothing_harmful_is_left_and_no_cell_moves(poison: str) -> None:
    for text in (poison, f"a{poison}z", poison * 3):
        safe = harmless(text)
        assert is_harmless(safe)
        assert cell_len(safe) == cell_len(text)


@given(st.text(st.characters(), max_size=30))
def test_any_text_is_made_harmless_in_as_many_cells(text: str) -> None:
    safe = harmless(text)
    assert is_harmless(safe)
    assert cell_len(safe) == cell_len(text)


def test_what_has_room_is_pictured_and_the_rest_of_the_text_stays() -> None:
    assert harmless("a\ud800b\ue000c") == "a?b?c"
    assert harmless("a\u00a0b\u3000c") == "a b??c"
    assert harmless("1\u200b2\x1b[31m3") == "12[31m3"


def test_harmless_rows_pass_as_they_are() -> None:
    row = [Segment("words", Style(bold=True)), Segment("日本 e\u0301 │", None)]
    assert Barrier().apply(row, BLACK) is row


def test_what_a_filter_before_it_makes_is_made_harmless_too() -> None:
    class Shouting(LineFilter):
        def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
            return [Segment(f"{text.upper()}\a", style) for text, style, _ in segments]

    row = Barrier([Shouting()]).apply([Segment("one"), Segment("two")], BLACK)
    assert [harmless(segment.text) for segment in row] == [segment.text for segment in row] == ["ONE", "TWO"]


def test_links_and_notes_of_the_framework_are_taken_off() -> None:
    style = Style(bold=True, color="red", link="file:///etc/passwd", meta={"@click": "quit"})
    (segment,) = passed(Segment("words", style))
    assert segment == Segment("words", Style(bold=True, color="red"))
    assert segment.style is not None
    assert (segment.style.link, segment.style.meta) == (None, {})


def test_control_segments_do_not_pass() -> None:
    assert passed(Segment("a"), Control.bell().segment, Segment("b")) == [Segment("a"), Segment("b")]


class Poisoned(TerminalApp):
    """The poison in many places."""

    def __init__(self, poison: str) -> None:
        super().__init__()
        self._poison = poison

    def compose(self) -> ComposeResult:
        poison = f"<{self._poison}>"
        static = Static(Text(poison), markup=False)
        static.styles.border = ("solid", "red")
        static.border_title = poison.replace("[", "\\[")
        yield static
        yield Static(Text("link", Style(link="x\x1b]0;PWN\x07")))
        yield Label(poison, markup=False)
        yield Button(Text(poison))
        yield OptionList(Text(poison))
        tree: Tree[Any] = Tree(Text(poison))
        yield tree
        yield DataTable(id="table")
        yield RichLog(id="log")

    def on_mount(self) -> None:
        table = self.query_one("#table", DataTable)
        table.add_column(Text("column"))
        table.add_row(Text(self._poison))
        self.query_one("#log", RichLog).write(Text(f"<{self._poison}>"))


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
async def test_no_widget_of_the_framework_gets_it_to_the_terminal(poison: str) -> None:
    # The terminal of the test fails on any sequence that is not for drawing, and on any control character.
    async with drawn(Poisoned(poison), 60, 50) as one:
        assert all(is_harmless(row) for row in one.driver.terminal.text)
        assert "PWN\x07" not in one.driver.sent
        assert "\x1b]" not in one.driver.sent
        assert [row.count("<") for row in one.driver.terminal.text if "<" in row] != []
