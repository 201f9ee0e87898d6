"""What the terminal shows is cell for cell what the framework would have drawn, whatever was pressed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from random import Random
from typing import Any

import pytest
from rich.console import RenderableType
from rich.text import Text
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input, Static

from briefing.model import Pack
from briefing.rendering.theme import Theme
from briefing.tui.app import BriefingApp
from briefing.tui.terminal.app import TerminalApp
from briefing.tui.terminal.ascii import encoder
from briefing.tui.terminal.writer import TerminalWriter
from tests.drawn_app import DrawnApp, drawn

KEYS = [
    *("j", "j", "k", "space", "pageup", "g", "G", "]", "[", "tab", "shift+tab", "1", "2", "3", "z", "e", "o", "n", "N"),
    *("enter", "backspace", "h", "l", "X", "i", "!", ".", "Q", "v", "=", "T", "question_mark", "colon", "C", "slash"),
    *("a", "t", "down", "up"),
]
Sized = Callable[..., AbstractAsyncContextManager[DrawnApp]]


@pytest.fixture
def open_drawn(seeds_pack: Pack, themes: list[Theme], monkeypatch: pytest.MonkeyPatch) -> Sized:
    """Opens the desk on the seeds, drawn on a terminal of some size."""
    monkeypatch.setenv("TERM", "xterm-256color")

    def opened(columns: int = 80, rows: int = 24, theme: str = "dark") -> AbstractAsyncContextManager[DrawnApp]:
        return drawn(BriefingApp(seeds_pack, themes, theme), columns, rows)

    return opened


async def play(one: DrawnApp, random: Random, keys: int) -> None:
    """Press random keys, change the size now and then; after each the screen must be the one the framework draws."""
    for _ in range(keys):
        if random.random() < 0.1:
            await one.resize(random.randint(20, 130), random.randint(5, 45))
        key = random.choice(KEYS)
        await one.press(key)
        assert one.seen == one.undiffed(), key
        assert one.driver.terminal.plain


@pytest.mark.parametrize("seed", range(2))
async def test_any_keys_at_any_size_draw_what_the_framework_draws(open_drawn: Sized, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - drawn again the same way
    async with open_drawn(random.randint(30, 130), random.randint(8, 45)) as one:
        await play(one, random, 20)


@pytest.mark.hard
@pytest.mark.parametrize("seed", range(100, 120))
async def test_many_keys_at_any_size_draw_what_the_framework_draws(
    open_drawn: Sized, themes: list[Theme], seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - drawn again the same way
    async with open_drawn(random.randint(20, 200), random.randint(5, 60), random.choice(themes).name) as one:
        await play(one, random, 40)


async def test_what_stands_beside_a_change_stays(open_drawn: Sized) -> None:
    """On a low screen no border parts the row to type in from the text beside it."""
    async with open_drawn(75, 10) as one:
        for key in ("e", "l", "a"):
            await one.press(key)
            assert one.seen == one.undiffed(), key


async def test_a_terminal_that_does_not_fill_shows_the_same(open_drawn: Sized, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STY", "1.here")
    async with open_drawn() as one:
        one.driver.terminal.fills = False
        for key in ("z", "j", "j", "space", "2", "j", "l", "3", "j"):
            await one.press(key)
            assert one.seen == one.undiffed(), key


class Small(TerminalApp):
    """A few words."""

    def compose(self) -> Any:
        yield Static("one", id="one")
        yield Static("two", id="two")
        yield Input(id="input")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Small:
    monkeypatch.setenv("TERM", "xterm-256color")
    return Small()


async def test_only_what_changed_is_sent(small: Small) -> None:
    async with drawn(small, 40, 10) as one:
        before = len(one.driver.sent)
        small.query_one("#two", Static).update("tWo")
        await one.settle()
        sent = one.driver.sent[before:]
    assert "W" in sent
    assert "tW" not in sent
    assert len(sent) < 60


async def test_what_is_painted_again_and_looks_the_same_sends_nothing(small: Small) -> None:
    async with drawn(small, 40, 10) as one:
        before = len(one.driver.sent)
        small.screen.refresh(layout=True)
        small.query_one("#one", Static).refresh()
        await one.settle()
        assert one.driver.sent[before:] == ""


async def test_a_terminal_that_shows_anything_is_drawn_again(small: Small) -> None:
    async with drawn(small, 40, 10) as one:
        wanted = one.seen
        one.driver.terminal.feed("\x1b[3;1H\x1b[31mrubbish")
        one.driver.terminal.feed("\x1b[m")
        assert one.seen != wanted
        small.forget_screen()
        assert one.seen == wanted


async def test_a_terminal_resized_and_back_again_is_drawn_again(small: Small) -> None:
    async with drawn(small, 40, 10) as one:
        wanted = one.seen
        one.driver.resize(20, 10)
        one.driver.resize(40, 10)
        await one.settle()
        assert one.seen == wanted


async def test_the_cursor_stands_where_one_types(small: Small) -> None:
    async with drawn(small, 40, 10) as one:
        small.query_one(Input).focus()
        for key in ("a", "b", "left", "backspace"):
            await one.press(key)
            assert one.driver.terminal.cursor == tuple(small.cursor_position)
            small.query_one("#one", Static).update(key)
            await one.settle()
            assert one.driver.terminal.cursor == tuple(small.cursor_position)


async def test_a_large_frame_is_shown_at_once_where_the_terminal_can_and_a_small_one_needs_not(small: Small) -> None:
    async with drawn(small, 80, 24) as one:
        small._sync_available = True
        before = len(one.driver.sent)
        small.query_one("#two", Static).update("\n".join("long line of words and more of them"[n:] for n in range(40)))
        await one.settle()
        small.forget_screen()
        large = one.driver.sent[before:]
        small.query_one("#one", Static).update("1")
        await one.settle()
        assert (large.count("\x1b[?2026h"), large.count("\x1b[?2026l")) == (1, 1)
        assert one.driver.sent[before + len(large) :].count("2026") == 0


async def test_without_colours_only_weights_are_sent(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with drawn(Small(), 40, 10) as one:
        sent = one.driver.sent
    assert "one" in sent
    assert ";5;" not in sent
    assert {ground for row in one.seen for _, _, ground, _ in row} == {""}


# ------------------------------------------------------------ surprises


class Surprising(Small):
    """Hands its display something else than the framework makes."""

    def __init__(self) -> None:
        super().__init__()
        self.surprises: list[RenderableType] = []

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if self.surprises and renderable is not None:
            renderable = self.surprises.pop()
        super()._display(screen, renderable)


SURPRISES = {
    "short rows": LayoutUpdate([[Strip.blank(39)] for _ in range(10)], Region(0, 0, 40, 10)),
    "a row missing": LayoutUpdate([[Strip.blank(40)] for _ in range(9)], Region(0, 0, 40, 10)),
    "a part of the screen": LayoutUpdate([[Strip.blank(4)]], Region(3, 3, 4, 1)),
    "a span over the edge": ChopsUpdate([{0: Strip.blank(50)}], [(0, 0, 50)], [[50]]),
    "a span below the screen": ChopsUpdate([{}] * 30, [(20, 0, 5)], [[]] * 30),
    "another kind of update": Text("something to be drawn"),
}


@pytest.mark.parametrize("surprise", SURPRISES.values(), ids=SURPRISES)
async def test_on_a_surprise_the_whole_screen_is_drawn(
    monkeypatch: pytest.MonkeyPatch, surprise: RenderableType
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    app = Surprising()
    async with drawn(app, 40, 10) as one:
        app.surprises.append(surprise)
        for words in ("first", "second"):
            app.query_one("#two", Static).update(words)
            await one.settle()
            assert one.seen == one.undiffed(), words
        assert app.surprises == []
        before = len(one.driver.sent)
        app.query_one("#two", Static).update("seconD")
        await one.settle()
        assert len(one.driver.sent) - before < 60, "the cells are known again"


# ------------------------------------------------------------ a line that stands still


async def test_while_the_line_stands_still_nothing_piles_up_and_then_the_last_screen_comes(small: Small) -> None:
    read, write = os.openpty()
    writer = TerminalWriter(write, encoder(False))
    writer.start()
    async with drawn(small, 80, 24) as one:
        one.driver.writer = writer
        writer.write(" " * 1_000_000)  # more than the line takes before somebody reads
        before, ticks = len(one.driver.sent), 0
        for number in range(30):
            small.query_one("#two", Static).update(f"{number} words " * 100)
            await asyncio.sleep(0.001)
            await one.settle()
            ticks += 1
        assert ticks == 30
        assert len(one.driver.sent) == before, "no frame is made while the last one is on its way"
        taken = await asyncio.to_thread(_read_until, read, b"29 words")
        await one.settle()
        assert one.seen == one.undiffed()
        assert b"28 words" not in taken, "what nobody will see is not sent"
        assert taken.count(b"29 words") == 100
    assert writer.stop()
    os.close(read)
    os.close(write)


def _read_until(descriptor: int, words: bytes) -> bytes:
    """All that comes until 100 times `words` have come."""
    taken = b""
    while taken.count(words) < 100:
        taken += os.read(descriptor, 65536)
        taken = taken[-50_000:]
    return taken
