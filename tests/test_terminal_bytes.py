"""How few bytes the desk takes at 80 by 24 in 256 colours, key by key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from statistics import median

import pytest

from briefing.model import Pack
from briefing.rendering.theme import Theme
from briefing.tui.app import BriefingApp
from tests.drawn_app import DrawnApp, drawn


@pytest.fixture
async def desk(seeds_pack: Pack, themes: list[Theme], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DrawnApp]:
    """The desk on the seeds, as drawn on a terminal of 256 colours."""
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("COLORTERM", "NO_COLOR", "STY"):
        monkeypatch.delenv(name, raising=False)
    async with drawn(BriefingApp(seeds_pack, themes, "dark")) as one:
        yield one


async def sent(desk: DrawnApp, *keys: str) -> list[int]:
    """Bytes that each key takes."""
    return [len((await desk.press(key)).encode()) for key in keys]


async def test_the_first_screen(desk: DrawnApp) -> None:
    assert "38;5;" in desk.driver.sent
    assert len(desk.driver.sent.encode()) <= 12_000


async def test_a_line_in_a_pane_of_full_width(desk: DrawnApp) -> None:
    await desk.press("z")
    taken = await sent(desk, *"jjjjjjjj", *"kkkk")
    assert min(taken) > 50
    assert max(taken) <= 350


async def test_a_line_in_side_by_side_panes(desk: DrawnApp) -> None:
    taken = await sent(desk, *"jjjjjjjj")
    assert min(taken) > 50
    assert max(taken) <= 1500


async def test_a_page_in_a_pane_of_full_width(desk: DrawnApp) -> None:
    """Less sends 1,765 bytes for a page of the same document, and 1.7 times that are promised."""
    await desk.press("z")
    taken = await sent(desk, *["space"] * 4, *["pageup"] * 2)
    assert min(taken) > 1000
    assert max(taken) <= 3000


async def test_moving_in_the_sidebar_and_in_the_matrix(desk: DrawnApp) -> None:
    await desk.press("e")
    taken = await sent(desk, *["down"] * 8)
    assert min(taken) > 50
    assert max(taken) <= 400
    await desk.press("escape", "2")
    # In the matrix the words behind the cell, which are other words, come with it.
    taken = await sent(desk, *"jjjjjkkkkk")
    assert min(taken) > 50
    assert median(taken) <= 400


async def test_switching_views(desk: DrawnApp) -> None:
    taken = await sent(desk, *"2312132")
    assert min(taken) > 500
    assert max(taken) <= 6000


async def test_nothing_is_sent_while_nothing_happens(desk: DrawnApp) -> None:
    before = len(desk.driver.sent)
    for _ in range(20):
        await desk.settle()
    assert desk.driver.sent[before:] == ""
