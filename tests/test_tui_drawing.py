"""What a key has drawn: as little as shows what came of it, and the same as if all were drawn anew."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.scrollbar import ScrollBar

from briefing.model import Pack
from briefing.rendering.theme import Theme
from briefing.tui.app import BriefingApp
from briefing.tui.screens import frame
from briefing.tui.widgets.document_pane import DocumentPane
from briefing.tui.widgets.line_view import LineView
from tests.drawn_app import DrawnApp, drawn


@pytest.fixture
async def desk(seeds_pack: Pack, themes: list[Theme], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DrawnApp]:
    """The desk on the seeds, wide enough for documents side by side."""
    monkeypatch.setenv("TERM", "xterm-256color")
    async with drawn(BriefingApp(seeds_pack, themes, "dark"), 120, 40) as one:
        yield one


async def drawn_anew(desk: DrawnApp) -> str:
    """What is sent when every view makes all its rows again."""
    before = len(desk.driver.sent)
    for view in desk.app.screen.query(LineView):
        view.refresh()
    await desk.settle()
    return desk.driver.sent[before:]


@pytest.mark.parametrize("ahead", ["", "z", "slash w a r enter", "2"])
async def test_what_is_kept_of_a_screen_is_as_if_made_anew(desk: DrawnApp, ahead: str) -> None:
    await desk.press(*ahead.split())
    for key in ("j", "j", "space", "k", "l", "n", "pageup", "j", "T", "j", "G", "k", "g"):
        await desk.press(key)
        assert await drawn_anew(desk) == "", key


async def test_a_view_is_switched_in_one_frame(desk: DrawnApp, monkeypatch: pytest.MonkeyPatch) -> None:
    frames: list[str] = []
    await desk.press("2", "1")
    monkeypatch.setattr(desk.driver, "flush", lambda: frames.append(""))
    for number, key in enumerate(("2", "1", "2", "1"), 1):
        await desk.press(key)
        assert len(frames) == number, key


async def test_the_scrollbar_is_the_one_of_the_framework(desk: DrawnApp) -> None:
    await desk.press("z")
    bar = desk.app.screen.query(DocumentPane).first().vertical_scrollbar
    for key in ("g", "j", "j", "j", "space", "G"):
        await desk.press(key)
        ours, theirs = (draw(bar, bar.size.region) for draw in (type(bar).render_lines, ScrollBar.render_lines))
        assert len(ours) == bar.size.height
        assert [[(one.text, one.style) for one in row] for row in ours] == [
            [(one.text, one.style) for one in row] for row in theirs
        ]


async def test_keys_do_not_look_through_what_was_decided(desk: DrawnApp, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.press("2")
    monkeypatch.setattr(frame, "undoable", None)
    monkeypatch.setattr(frame, "redoable", None)
    sent = await desk.press("1", "tab", "2", "j")
    assert sent
    assert desk.app.is_running
