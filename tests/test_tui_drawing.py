"""What a key has drawn: as little as shows what came of it, and the same as if all were drawn anew."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from textual import events
from textual._compositor import ReflowResult
from textual.geometry import Size
from textual.scrollbar import ScrollBar
from textual.widget import Widget

from briefing.model import Pack
from briefing.rendering.theme import Theme
from briefing.tui.app import BriefingApp
from briefing.tui.messages import PackAnalysed
from briefing.tui.screens import frame, sheets
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


async def test_a_view_that_was_there_before_is_laid_out_once(desk: DrawnApp, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[Size] = []
    await desk.press("2", "1", "3", "1")
    compositor = desk.app.screen._compositor
    reflow = compositor.reflow

    def noted(parent: Widget, size: Size) -> ReflowResult:
        laid_out.append(size)
        return reflow(parent, size)

    monkeypatch.setattr(compositor, "reflow", noted)
    for number, key in enumerate(("2", "1", "3", "2", "3", "1"), 1):
        await desk.press(key)
        assert len(laid_out) == number, key


async def test_the_timeline_is_made_beside_the_keys_and_not_again(
    desk: DrawnApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Pack] = []
    assert isinstance(desk.app, BriefingApp)
    make, one = sheets._timeline, desk.app.desk
    pack = replace(one.state.pack)

    def noted(pack: Pack) -> sheets.Sheet:
        made.append(pack)
        return make(pack)

    monkeypatch.setattr(sheets, "_timeline", noted)
    monkeypatch.setattr(sheets, "_IDLE", 0.01)
    one.post_message(PackAnalysed(pack))
    while one._timed is None:
        await desk.settle()
    assert one._timed[0] is one.state.pack is pack
    one._make_timeline(replace(pack))  # another reading of it: not what is on the screen
    assert one._timed[0] is pack
    await desk.press("3")
    assert "Timeline" in str(one.sheet.border_title)
    assert len(made) == 2


async def test_sizes_that_come_at_once_are_laid_out_for_the_last_alone(
    desk: DrawnApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[Size] = []
    compositor = desk.app.screen._compositor
    reflow = compositor.reflow

    def noted(parent: Widget, size: Size) -> ReflowResult:
        laid_out.append(size)
        assert len(laid_out) < 20  # they follow one another for ever
        return reflow(parent, size)

    monkeypatch.setattr(compositor, "reflow", noted)
    now = desk.app.size
    for size in (Size(100, 30), now, Size(90, 25)):
        desk.app.screen.post_message(events.Resize(size, size))
        desk.app.screen.call_next(lambda: None)  # so that the next word of a size does not take the place of this one
    await desk.settle()
    assert set(laid_out) <= {now}
    assert [len(row) for row in desk.app.cells_wanted() or ()] == [now.width] * now.height


@pytest.mark.parametrize("frozen", [0, 5])
async def test_what_was_found_is_looked_through_for_garbage_only_where_all_is(
    desk: DrawnApp, monkeypatch: pytest.MonkeyPatch, frozen: int
) -> None:
    froze: list[str] = []
    assert isinstance(desk.app, BriefingApp)
    monkeypatch.setattr(gc, "get_freeze_count", lambda: frozen)
    monkeypatch.setattr(gc, "freeze", lambda: froze.append(""))
    desk.app.desk.post_message(PackAnalysed(desk.app.desk.state.pack))
    await desk.settle()
    assert len(froze) == (1 if frozen else 0)


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
