"""A terminal of another size: the officer's place is kept, whatever sizes come and go."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from tests.test_tui import DeskPilot, OpenDesk, current_words, desk, focused_id, open_desk, press, screen_text, until

__all__ = ["open_desk"]

PLACES = {
    "reading": "space space j",
    "end": "G",
    "section": "] ]",
    "between paragraphs": "j j j",
    "words": "e N A T O enter n n n",
    "card": "e N A T O enter j j j",
    "found everywhere": "backslash U k r a i n e enter j j j j j j",
    "typing": "slash U k r a i n e",
    "sidebar": "e down down down down",
    "third document": "tab tab space",
    "matrix": "2 j j j j j l l l",
    "evidence": "2 j j j tab j j",
    "ranking": "2 v j j j j j j j l l",
    "timeline": "3 space space j",
    "conflicts": "exclamation_mark j j j",
    "origins": "i j",
    "linchpins": "X space",
    "help": "question_mark space",
    "outline": "o down down down",
    "alone": "2 tab z j j",
}
"""How to get to a place."""


async def resize(pilot: DeskPilot, width: int, height: int) -> None:
    """Give the terminal another size, and wait until all is drawn for it."""
    await pilot.resize_terminal(width, height)
    await until(pilot, lambda: pilot.app.screen.size == (width, height))
    for _ in range(3):
        await pilot.pause()


def sizes(seed: str) -> list[tuple[int, int]]:
    """Sizes as they come when an officer drags a corner, from too small for anything to two screens wide."""
    random = Random(seed)  # noqa: S311 - drawn again the same way
    return [(random.randint(20, 210), random.randint(5, 60)) for _ in range(5)] + [(40, 10), (20, 5)]


async def comes_back(pilot: DeskPilot, first: tuple[int, int], others: Sequence[tuple[int, int]]) -> None:
    """Fail unless the screen after other sizes is again what it was at the first."""
    screen, focus = screen_text(pilot), focused_id(pilot)
    for size in (*others, first):
        await resize(pilot, *size)
    assert screen_text(pilot) == screen
    assert focused_id(pilot) == focus


@pytest.mark.parametrize("place", ["words", "between paragraphs", "card", "matrix", "timeline", "help"])
async def test_the_first_size_shows_the_same_screen_again(open_desk: OpenDesk, place: str) -> None:
    async with open_desk(80, 24) as pilot:
        await press(pilot, PLACES[place])
        await comes_back(pilot, (80, 24), [(40, 10), (200, 60)])


async def test_the_scrollbar_of_a_list_for_which_there_was_no_room_stands_where_it_stood(open_desk: OpenDesk) -> None:
    async with open_desk(120, 40) as pilot:
        await press(pilot, PLACES["matrix"])
        assert desk(pilot).scenario.evidence.show_vertical_scrollbar
        await comes_back(pilot, (120, 40), [(40, 10), (20, 5)])


@pytest.mark.hard
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("first", [(80, 24), (120, 40), (40, 10)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_any_sizes_lead_back_to_the_same_screen(open_desk: OpenDesk, place: str, first: tuple[int, int]) -> None:
    async with open_desk(*first) as pilot:
        await press(pilot, PLACES[place])
        await comes_back(pilot, first, sizes(place))


@pytest.mark.parametrize("size", [(40, 10), (60, 12), (80, 24), (150, 20), (200, 60)])
async def test_what_has_the_cursor_stays_on_the_screen(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    async with open_desk(100, 40) as pilot:
        await press(pilot, PLACES["words"])
        words = current_words(pilot).split()[0]
        await resize(pilot, *size)
        assert any(words in row for row in screen_text(pilot) if ">" in row)
        await press(pilot, "C 3 space space space j")
        value = desk(pilot).sheet.value
        for one in (size, (100, 40), size):
            await resize(pilot, *one)
            assert desk(pilot).sheet.cursor_shown
            assert desk(pilot).sheet.value == value
        await press(pilot, "2 j j j j j j j j j l l l")
        await resize(pilot, *size)
        found = desk(pilot).scenario.cell
        assert found is not None
        row = next(row for row in screen_text(pilot) if ">" in row and found[0].role.name.split()[0] in row)
        assert row.rpartition(">")[2].strip()
