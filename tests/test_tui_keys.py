"""Every key in every view: none of them ever ends the program."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from briefing.commands import COMMANDS
from briefing.model import Pack
from briefing.parsing import parse_document
from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal
from briefing.storage.pack_folder import analyse_pack
from briefing.tui.app import BriefingApp
from briefing.tui.screens.desk import DeskScreen
from tests.test_tui import DeskPilot, desk, focused_id, screen_text, until

_NAMES = {
    "!": "exclamation_mark",
    "&": "ampersand",
    ".": "full_stop",
    "/": "slash",
    ":": "colon",
    "=": "equals_sign",
    "?": "question_mark",
    "[": "left_square_bracket",
    "\\": "backslash",
    "]": "right_square_bracket",
}
"""What a terminal's key of that character is called."""
KEYS = [_NAMES.get(key, key) for key in (command.keys[0] for command in COMMANDS if command.id != "quit")]
VIEWS = {
    "documents": "1",
    "scenario": "2",
    "heading": "2 v g k",
    "evidence": "2 tab",
    "matrix alone": "2 z",
    "timeline": "3",
    "conflicts": "! j",
    "origins": "i",
    "linchpins": "X",
    "changes": "=",
    "questions": "Q",
    "appraisal": "a z",
    "sheet alone": "i z",
    "card": "1 e n a enter",
    "sidebar": "1 e tab",
    "finder": "1 / e",
}


async def press_all(pilot: DeskPilot, keys: str) -> None:
    """Press keys given one by one, separated by spaces, all but the last without waiting for what they do."""
    *ahead, last = (_NAMES.get(key, key) for key in keys.split())
    for key in ahead:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await pilot.press(last)


async def press_every_key(pilot: DeskPilot, view: str) -> None:
    """Press every key in `view`, answer what it asks with Enter and with a digit, and come back where it led away."""
    await press_all(pilot, VIEWS[view])
    here = where(pilot)
    for key in KEYS:
        await press_all(pilot, key)
        for answer in ("enter", "1"):
            if not isinstance(pilot.app.screen, DeskScreen):
                await press_all(pilot, answer)
        while not isinstance(pilot.app.screen, DeskScreen):
            await press_all(pilot, "escape")
        assert pilot.app.is_running, key
        if where(pilot) != here:
            await press_all(pilot, f"escape {VIEWS[view]}")


def where(pilot: DeskPilot) -> tuple[str, str, str | None]:
    """View, what is alone, and what has the keys."""
    return desk(pilot).state.view, desk(pilot).zoomed, focused_id(pilot)


@pytest.fixture
def app_on(themes: list[Theme], tmp_path: Path) -> Callable[..., BriefingApp]:
    """Makes a desk on a pack, by default with a journal."""

    def made(pack: Pack, analyse: Callable[[], Pack] | None = None, *, journal: bool = True) -> BriefingApp:
        return BriefingApp(pack, themes, "dark", analyse, Journal([tmp_path]) if journal else None)

    return made


async def still_answers(pilot: DeskPilot) -> bool:
    """Whether the desk still does what it is told."""
    await press_all(pilot, "escape 1 ?")
    return "IN A LIST" in "\n".join(screen_text(pilot))


@pytest.mark.parametrize("view", VIEWS)
async def test_no_key_ends_the_program(seeds_pack: Pack, app_on: Callable[..., BriefingApp], view: str) -> None:
    async with app_on(seeds_pack).run_test(size=(60, 16)) as pilot:
        await press_every_key(pilot, view)
        assert await still_answers(pilot)


@pytest.mark.parametrize("view", ["evidence", "conflicts"])
async def test_nothing_is_decided_without_a_journal(
    seeds_pack: Pack, app_on: Callable[..., BriefingApp], view: str
) -> None:
    async with app_on(seeds_pack, journal=False).run_test(size=(60, 16)) as pilot:
        await press_every_key(pilot, view)
        assert desk(pilot).state.pack.events == seeds_pack.events
        assert await still_answers(pilot)


@pytest.mark.parametrize("view", ["documents", "linchpins"])
async def test_no_key_needs_a_scenario(app_on: Callable[..., BriefingApp], view: str) -> None:
    documents = (parse_document("a.txt", b"Words of 2024."), parse_document("empty.txt", b""))
    pack = analyse_pack(Pack("test", "test", "", None, documents))
    async with app_on(pack).run_test(size=(60, 16)) as pilot:
        await press_every_key(pilot, view)
        assert await still_answers(pilot)


@pytest.mark.parametrize("view", ["documents", "scenario"])
async def test_no_key_waits_for_the_analysis(seeds_pack: Pack, app_on: Callable[..., BriefingApp], view: str) -> None:
    bare = replace(
        seeds_pack,
        found=(),
        mentions=(),
        entities=(),
        found_claims=(),
        claims=(),
        origins=(),
        conflicts=(),
        matrix=None,
    )
    analysis: Future[Pack] = Future()
    async with app_on(bare, analysis.result).run_test(size=(60, 16)) as pilot:
        await press_every_key(pilot, view)
        assert not desk(pilot).state.analysed
        assert desk(pilot).state.pack is bare
        assert await still_answers(pilot)
        analysis.set_result(seeds_pack)
        await until(pilot, lambda: desk(pilot).state.analysed)


def test_no_key_is_heard_that_the_table_does_not_name() -> None:
    named = {_NAMES.get(key, key) for command in COMMANDS for key in command.keys}
    bound = set(BriefingApp._merged_bindings.key_to_bindings) if BriefingApp._merged_bindings else set()
    assert {"q", "ctrl+c"} <= bound <= named  # the framework leaves on Ctrl+Q, which flow control sends
