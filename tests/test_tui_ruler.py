"""The ruler on the desk: what it shows follows what is chosen, and the text stays where it is."""

from __future__ import annotations

import pytest

from briefing.tui.widgets.document_pane import DocumentPane
from tests.test_tui import DeskPilot, OpenDesk, desk, open_desk, press, screen_text

__all__ = ["open_desk"]


def rulers(pilot: DeskPilot) -> list[str]:
    """The column left of the scrollbar of every pane on the screen, from top to bottom."""
    rows = screen_text(pilot)
    columns = []
    for pane in desk(pilot).documents.panes:
        region = pane.scrollable_content_region
        columns.append("".join(rows[y][region.right - 1] for y in range(region.y, region.bottom)))
    return columns


def texts(pilot: DeskPilot, pane: DocumentPane) -> list[str]:
    """What stands in the pane left of the ruler."""
    rows = screen_text(pilot)
    region = pane.scrollable_content_region
    return [rows[y][region.x : region.right - 1] for y in range(region.y, region.bottom)]


async def test_the_ruler_shows_where_the_chosen_entity_stands(open_desk: OpenDesk) -> None:
    async with open_desk(200, 60) as pilot:
        assert {column.strip() for column in rulers(pilot)} == {""}
        await press(pilot, "e n s a t u enter")
        opinion, news, analysis = rulers(pilot)
        assert (opinion.strip(), analysis.strip()) == ("", "")
        assert news.count("▪") == 3
        await press(pilot, "C")
        assert {column.strip() for column in rulers(pilot)} == {""}


async def test_the_ruler_says_where_the_officer_is_in_the_run(open_desk: OpenDesk) -> None:
    async with open_desk(120, 40) as pilot:
        await press(pilot, "slash j a p a n enter")
        first = rulers(pilot)[0]
        await press(pilot, "n n n n n n")
        later = rulers(pilot)[0]
        assert (first.count("◆"), later.count("◆")) == (1, 1)
        assert first.index("◆") < later.index("◆")
        assert later.replace("◆", "▪") == first.replace("◆", "▪")


async def test_the_text_stays_where_it_is_when_something_is_chosen(open_desk: OpenDesk) -> None:
    async with open_desk(200, 60) as pilot:
        pane = desk(pilot).documents.pane
        before = texts(pilot, pane)
        await press(pilot, "slash n a t o enter")
        after = texts(pilot, pane)
        assert [row[:4] + row[5:] for row in after] == [row[:4] + row[5:] for row in before]
        assert {row[4] for row in before} == {" "}
        assert {row[4] for row in after} == {" ", "▪", ">"}
        assert {row[-1] for row in before} == {" "}


async def test_the_ruler_keeps_its_place_while_the_text_scrolls(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "slash n a t o enter")
        before, text = rulers(pilot), texts(pilot, desk(pilot).documents.pane)
        await press(pilot, "space j j")
        assert texts(pilot, desk(pilot).documents.pane) != text
        assert rulers(pilot) == before


@pytest.mark.parametrize("height", [12, 40])
async def test_a_pane_made_higher_or_lower_has_the_ruler_of_its_new_height(open_desk: OpenDesk, height: int) -> None:
    async with open_desk(80, height) as pilot:
        await press(pilot, "slash n a t o enter")
        expected = rulers(pilot)
    async with open_desk(80, 24) as pilot:
        await press(pilot, "slash n a t o enter")
        assert rulers(pilot) != expected
        await pilot.resize_terminal(80, height)
        await pilot.pause()
        assert rulers(pilot) == expected
