"""A long document in a pane: its ends, its pages, its headings, and the place on a screen of another size."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from briefing.model import Pack
from briefing.parsing import parse_document
from tests.test_tui import DeskPilot, OpenDesk, desk, open_desk, press, screen_text
from tests.test_tui_resizing import resize

__all__ = ["open_desk"]

COUNT = 3000
TEXT = "\n".join(
    f"Chapter {number}" if number % 30 == 0 else f"Line {number} of the long text. " + "It goes on. " * (number % 17)
    for number in range(COUNT)
)


@pytest.fixture
def long_pack(seeds_pack: Pack) -> Pack:
    document = parse_document("long.txt", TEXT.encode(), label="Long")
    assert len(document.parts.spans) > 10
    return Pack("long", "Long", "UNCLASSIFIED", None, (document,), ner=seeds_pack.ner)


def numbers(pilot: DeskPilot) -> list[int]:
    """The numbers of the lines on the screen."""
    found = (re.search(r"(?:Line|Chapter) (\d+)\b", row) for row in screen_text(pilot))
    return [int(match[1]) for match in found if match]


async def test_the_end_and_back(open_desk: OpenDesk, long_pack: Pack) -> None:
    async with open_desk(pack=long_pack) as pilot:
        first = numbers(pilot)
        assert first[0] == 0
        assert "0 %" in "\n".join(screen_text(pilot))
        await press(pilot, "G")
        assert numbers(pilot)[-1] == COUNT - 1
        assert "100 %" in "\n".join(screen_text(pilot))
        await press(pilot, "g")
        assert numbers(pilot) == first


async def test_no_line_is_lost_from_page_to_page_in_either_direction(open_desk: OpenDesk, long_pack: Pack) -> None:
    async with open_desk(pack=long_pack) as pilot:
        seen = numbers(pilot)
        for _ in range(40):
            await press(pilot, "space")
            seen += numbers(pilot)
        assert sorted(set(seen)) == list(range(max(seen) + 1))
        await press(pilot, "G")
        seen = numbers(pilot)
        for _ in range(40):
            await press(pilot, "pageup")
            seen += numbers(pilot)
        assert sorted(set(seen)) == list(range(min(seen), COUNT))


async def test_sections_one_after_the_other_from_either_end(open_desk: OpenDesk, long_pack: Pack) -> None:
    async with open_desk(pack=long_pack) as pilot:
        for number in range(30, 300, 30):
            await press(pilot, "right_square_bracket")
            assert numbers(pilot)[0] == number
        await press(pilot, "G left_square_bracket left_square_bracket")
        last = numbers(pilot)[0]
        assert last % 30 == 0
        await press(pilot, "left_square_bracket")
        assert numbers(pilot)[0] == last - 30


async def test_the_place_is_kept_on_screens_of_other_sizes(open_desk: OpenDesk, long_pack: Pack) -> None:
    async with open_desk(pack=long_pack) as pilot:
        await press(pilot, "G pageup pageup k k k")
        before, offset = screen_text(pilot), desk(pilot).documents.pane.top
        for size in ((40, 10), (200, 60), (61, 31), (80, 24)):
            await resize(pilot, *size)
            assert desk(pilot).documents.pane.top == offset
        assert screen_text(pilot) == before


async def test_a_hit_far_away_is_shown_and_led_back_from(open_desk: OpenDesk, long_pack: Pack) -> None:
    pack = replace(long_pack)
    async with open_desk(pack=pack) as pilot:
        first = screen_text(pilot)[1:-1]
        await press(pilot, "slash L i n e space 2 7 2 3 enter")
        assert 2723 in numbers(pilot)
        await press(pilot, "C backspace")
        assert screen_text(pilot)[1:-1] == first
