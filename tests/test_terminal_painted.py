"""Going on from a screen that was painted before the program was there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import ComposeResult
from textual.geometry import Region
from textual.widgets import Static

from briefing.first_screen import PaintedScreen
from briefing.tui.terminal.app import TerminalApp
from briefing.tui.terminal.cells import PLAIN, Cell, Look, Row, as_bytes, from_bytes
from briefing.tui.terminal.changes import dialect_of, frame
from tests.drawn_app import DrawnApp, drawn
from tests.strict_terminal import StrictTerminal

FOUND = Look("31", "", 1)


class Two(TerminalApp):
    """Two rows of which the second is found out later."""

    def compose(self) -> ComposeResult:
        yield Static("one", id="first")
        yield Static("…", id="second")


def row(text: str, look: Look = PLAIN) -> Row:
    return [(character, look) for character in text.ljust(20)]


@pytest.fixture
def painted() -> list[Row]:
    """The two rows, all being found, on a screen of 20 by 5."""
    return [row("one"), row("two", FOUND), row(""), row(""), row("")]


def painted_app(painted: list[Row], size: tuple[int, int] = (20, 5)) -> Two:
    app = Two()
    app.go_on_from(PaintedScreen([], size, as_bytes(painted)))
    return app


def shown(one: DrawnApp, painted: list[Row]) -> list[str]:
    """What stands on a terminal that showed `painted`."""
    terminal = StrictTerminal(20, 5)
    terminal.feed(frame(None, painted, dialect_of("xterm", in_screen=False)))
    terminal.feed(one.driver.sent)
    return [text.rstrip() for text in terminal.text]


async def test_nothing_is_sent_until_what_was_painted_is_found(painted: list[Row]) -> None:
    async with drawn(painted_app(painted), 20, 5) as one:
        assert one.driver.sent == ""
        assert one.app.is_painted
        one.app.query_one("#second", Static).update("2")
        await one.settle()
        assert one.driver.sent == ""
        one.app.settle()
        assert shown(one, painted) == ["one", "2", "", "", ""]
        assert not one.app.is_painted


async def test_what_a_key_changes_is_shown_and_the_rest_left_as_painted(painted: list[Row]) -> None:
    async with drawn(painted_app(painted), 20, 5) as one:
        one.app.follow_keys()
        one.app.query_one("#first", Static).update("once more")
        await one.settle()
        assert shown(one, painted) == ["once more", "two", "", "", ""]
        one.app.hold_still()
        one.app.query_one("#first", Static).update("in between")
        await one.settle()
        assert shown(one, painted) == ["once more", "two", "", "", ""]
        one.app.settle()
        assert shown(one, painted) == ["in between", "…", "", "", ""]


async def test_a_part_is_as_painted_where_the_same_words_stand_in_whatever_look(painted: list[Row]) -> None:
    painted[0] = row("one", FOUND)
    async with drawn(painted_app(painted), 20, 5) as one:
        assert one.app.is_as_painted(Region(0, 0, 20, 1))
        assert not one.app.is_as_painted(Region(0, 0, 20, 2))
        assert not one.app.is_as_painted(Region(0, 1, 20, 1))


async def test_another_size_is_drawn_at_once(painted: list[Row]) -> None:
    async with drawn(painted_app(painted), 20, 5) as one:
        await one.resize(25, 6)
        assert not one.app.is_painted
        assert one.seen == one.undiffed()


@pytest.mark.parametrize("size", [(20, 4), (21, 5), (5, 20)])
async def test_cells_that_are_not_those_of_the_screen_are_not_believed(
    painted: list[Row], size: tuple[int, int]
) -> None:
    async with drawn(painted_app(painted, size), 20, 5) as one:
        assert not one.app.is_painted
        assert one.seen == one.undiffed()


async def test_a_redraw_sends_all(painted: list[Row]) -> None:
    async with drawn(painted_app(painted), 20, 5) as one:
        one.app.forget_screen()
        assert one.seen == one.undiffed()


def looks() -> st.SearchStrategy[Look]:
    return st.builds(Look, st.sampled_from(["", "31", "38;5;17"]), st.sampled_from(["", "44"]), st.integers(0, 255))


def cells() -> st.SearchStrategy[Cell]:
    return st.tuples(st.sampled_from(["a", " ", "é", "e\u0301", "漢", "", '"', "\\"]), looks())


@given(st.lists(st.lists(cells(), max_size=8), max_size=4))
def test_kept_cells_come_back_as_they_were(screen: list[Row]) -> None:
    data = as_bytes(screen)
    assert from_bytes(data) == screen
    assert b"\0" not in data


def hostile() -> Iterator[bytes]:
    yield from (b"", b"[", b"[]", b"{}", b'[[],[[[0,"a"]]]]', b"[[[1]],[[[0,[1]]]]]", b"[null,null]", b"[1,2]")


@pytest.mark.parametrize("data", hostile())
async def test_what_is_no_screen_is_not_believed(data: bytes) -> None:
    app = Two()
    app.go_on_from(PaintedScreen([], (20, 5), data))
    async with drawn(app, 20, 5) as one:
        assert one.seen == one.undiffed()
