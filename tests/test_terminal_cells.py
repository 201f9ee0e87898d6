"""Cells are what the terminal keeps: one character with its marks, in one look."""

from __future__ import annotations

from rich.color import ColorSystem
from rich.control import Control
from rich.segment import Segment
from rich.style import Style

from briefing.tui.terminal.cells import BLANK, Look, Row, cells_of

BOLD, UNDERLINE, REVERSE = 1, 8, 64


def cells(text: str, style: str = "", system: ColorSystem | None = ColorSystem.EIGHT_BIT) -> Row:
    return cells_of([Segment(text, Style.parse(style))], system)


def texts(text: str) -> list[str]:
    return [one for one, _ in cells(text)]


def test_a_wide_character_fills_two_cells_and_a_mark_none() -> None:
    assert texts("a日b") == ["a", "日", "", "b"]
    assert texts("e\u0301日\u0301x") == ["e\u0301", "日\u0301", "", "x"]


def test_a_mark_stands_on_the_text_before_it_in_another_look_or_nowhere() -> None:
    assert [one for one, _ in cells_of([Segment("e"), Segment("\u0301x")], None)] == ["e\u0301", "x"]
    assert texts("\u0301x") == ["x"]


def test_no_cell_holds_more_marks_than_any_language_needs() -> None:
    assert texts("a" + "\u0301" * 1000 + "b") == ["a" + "\u0301" * 8, "b"]


def test_colours_are_those_that_the_terminal_has() -> None:
    style = "#ff0000 on #00005f"
    assert cells("a", style, ColorSystem.TRUECOLOR)[0][1] == Look("38;2;255;0;0", "48;2;0;0;95", 0)
    assert cells("a", style, ColorSystem.EIGHT_BIT)[0][1] == Look("38;5;196", "48;5;17", 0)
    assert cells("a", "red on blue", ColorSystem.STANDARD)[0][1] == Look("31", "44", 0)
    assert cells("a", f"bold {style}", None)[0][1] == Look("", "", BOLD)


def test_the_terminals_own_colours_are_not_named() -> None:
    assert cells("a", "default on default")[0][1] == Look()


def test_of_a_blank_only_what_can_be_seen_is_kept() -> None:
    assert cells(" ", "bold red") == [BLANK]
    assert cells(" ", "bold red on blue") == [(" ", Look("", "44", 0))]
    assert cells(" ", "underline red") == [(" ", Look("31", "", UNDERLINE))]
    assert cells(" ", "reverse red") == [(" ", Look("31", "", REVERSE))]
    assert cells("é ", "red")[1] == BLANK


def test_control_segments_fill_no_cell() -> None:
    assert cells_of([Segment("a"), Control.bell().segment], None) == [("a", Look())]
