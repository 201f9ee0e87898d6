"""What the desk says without colour: every state is a sign or a word that stands on the screen, in ASCII too."""

from __future__ import annotations

import pytest

from briefing.rendering.ascii import to_ascii
from briefing.rendering.matrix import GLYPHS
from tests.test_tui import OpenDesk, desk, open_desk, press, screen_text

__all__ = ["open_desk"]

VIEWS = ["", "2 j", "tab", "v", "3 j", "exclamation_mark j", "i", "X", "equals_sign", "Q", "1 a z", "question_mark"]


def rows_with(rows: list[str], sign: str) -> list[str]:
    return [row for row in rows if sign in row]


async def test_the_cursor_is_a_sign_with_and_without_the_keys(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        assert [row for row in screen_text(pilot) if "│>" in row] == rows_with(screen_text(pilot), ">")
        await press(pilot, "3 j j")
        marked = rows_with(screen_text(pilot), "│>")
        assert len(marked) == 1
        await press(pilot, "j")
        assert rows_with(screen_text(pilot), "│>") != marked
        await press(pilot, "2 j j l")
        (row,) = [row for row in screen_text(pilot) if row.startswith("Medical")]
        assert row.index(">") == row.index(">◑")
        await press(pilot, "tab")
        assert row in screen_text(pilot)
        await press(pilot, "shift+tab k k k")
        assert ">Distance" in screen_text(pilot)[2]
        await press(pilot, "h h")
        assert ">status" in screen_text(pilot)[2]


async def test_what_is_lit_up_is_a_sign(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "e n s a t u enter")
        assert len(rows_with(screen_text(pilot)[2:9], "▪")) == 0
        assert any("NSATU" in row.partition("▪")[0] for row in rows_with(screen_text(pilot), "▪"))
        await press(pilot, "n")
        assert any(">" in row and "NATO Security" in row for row in screen_text(pilot))


async def test_a_constraint_taken_for_granted_is_off(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "2 l k space")
        assert ">Distance off " in screen_text(pilot)[2]


@pytest.mark.parametrize("theme", ["plain", "sixteen"])
async def test_the_pane_with_the_keys_has_a_double_border(open_desk: OpenDesk, theme: str) -> None:
    async with open_desk() as pilot:
        desk(pilot).app._change_look(theme)  # type: ignore[attr-defined]
        await press(pilot, "1")
        assert "┌─ Entities" in screen_text(pilot)[1]
        assert "╔═ Opinion" in screen_text(pilot)[1]
        await press(pilot, "tab tab tab")
        assert "╔═ Entities" in screen_text(pilot)[1]
        assert "+= Entities" in to_ascii(screen_text(pilot)[1])


async def test_forty_by_ten_shows_five_lines_of_whatever_there_is(open_desk: OpenDesk) -> None:
    async with open_desk(40, 10) as pilot:
        assert len([row for row in screen_text(pilot)[2:9] if row.strip()]) >= 6
        await press(pilot, "e n s a t u enter")
        assert desk(pilot).panel.rows_shown >= 5
        await press(pilot, "tab")
        assert desk(pilot).documents.pane.rows_shown >= 5
        await press(pilot, "e")
        assert desk(pilot).sidebar.list.rows_shown >= 5
        for key in ("2", "tab", "3"):
            await press(pilot, "backspace " * (key == "2") + key)
            focused = pilot.app.focused
            assert getattr(focused, "rows_shown", 0) >= 4, key


async def test_in_ascii_every_view_keeps_its_columns(open_desk: OpenDesk) -> None:
    assert len({to_ascii(glyph) for glyph in GLYPHS.values()} | {to_ascii("·"), to_ascii("—")}) >= len(GLYPHS) + 1
    async with open_desk() as pilot:
        for keys in VIEWS:
            await press(pilot, keys)
            for row in screen_text(pilot):
                assert to_ascii(row).isascii()
                assert len(to_ascii(row)) == 80


async def test_printed_views_are_whole_however_narrow_the_screen(open_desk: OpenDesk) -> None:
    async with open_desk(40, 10) as pilot:
        await press(pilot, "p 3 p e tab p")
        printed = desk(pilot).state.printouts
        assert "\n   1 Japan's Potential NATO Role In Ukraine: Training & Support\n" in next(iter(printed.values()))
        assert "2014               done       Article: Ukraine and Japan draw closer, line 51" in printed["timeline"]
