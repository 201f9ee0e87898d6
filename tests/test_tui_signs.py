"""What the desk says without colour: every state is a sign or a word that stands on the screen, in ASCII too."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from briefing.model import Documents, Pack
from briefing.parsing import parse_document
from briefing.rendering.ascii import to_ascii
from briefing.rendering.line import plain
from briefing.rendering.matrix import GLYPHS
from briefing.rendering.theme import Theme
from briefing.tui.app import BriefingApp
from briefing.tui.widgets.line_list import LineList
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


@pytest.mark.parametrize(("columns", "widest"), [(40, 40), (80, 80), (140, 100)])
async def test_views_are_printed_as_wide_as_the_screen_and_at_most_a_hundred_cells(
    open_desk: OpenDesk, columns: int, widest: int
) -> None:
    async with open_desk(columns, 24) as pilot:
        await press(pilot, "p 2 p 3 p exclamation_mark p")
        printed = desk(pilot).state.printouts
        assert len(printed) == 4
        widths = {view: max(map(cell_len, text.splitlines())) for view, text in printed.items()}
        assert max(widths.values()) <= widest, widths
        document = next(iter(printed))
        assert widths[document] > widest * 0.8
        said = " ".join(desk(pilot).state.pack.documents[0].blocks[-1].shown.text.split())
        assert said in " ".join(printed[document].split())


async def test_what_is_printed_has_no_more_combining_marks_than_the_screen(themes: list[Theme]) -> None:
    document = parse_document("a.txt", ("Zo" + "e\u0308" + "\u0301" * 500 + " agreed.\n").encode())
    app = BriefingApp(Pack("pack", "Pack", "UNMARKED", None, Documents([document])), themes, "dark")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "p")
        (printed,) = app.desk.state.printouts.values()
    assert "Zoe\u0308" + "\u0301" * 7 + " agreed." in printed


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 10)])
async def test_in_ascii_bars_ruler_and_more_columns_are_no_marks_of_the_content(
    seeds_pack: Pack, themes: list[Theme], columns: int, rows: int
) -> None:
    app = BriefingApp(seeds_pack, themes, "plain")
    app.ascii_only = True
    async with app.run_test(size=(columns, rows)) as pilot:
        await press(pilot, "slash j a p a n enter n n n n n n")
        pane = app.desk.documents.pane
        region = pane.scrollable_content_region
        shown = screen_text(pilot)[region.y : region.bottom]
        ruler, bar = ("".join(row[x] for row in shown) for x in (region.right - 1, region.right))
        assert (set(ruler) - {" "}, ruler.count("|")) == ({":", "|"}, 1)
        assert set(bar) == {" ", "|"}
        await press(pilot, "2 j")
        heading = next(row for row in screen_text(pilot) if row.startswith("role"))
        assert ".." in heading
        assert not {"<", ">", "\u2039", "\u203a"} & set(heading)
        drawn = "".join(screen_text(pilot))
        assert not [one for one in drawn if "\u2580" <= one <= "\u259f"]
        await press(pilot, "question_mark")
        told = [plain(line) for entry in app.screen.query_one(LineList).entries_for(80) for line in entry.lines]
        assert any(line.startswith(": |  ") for line in told)
