"""Finding in the whole pack: as one types, in the list, from hit to hit, and again from what was saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.analysis.judgements import judgements
from briefing.analysis.pattern import matches
from briefing.analysis.query import Query
from briefing.storage.index.search import MOST_FOUND, PAGE, Found, PassageIndex
from briefing.tui.found import FoundPlaces, SavedQuery
from briefing.tui.screens.finding import FindingDesk
from tests.test_tui import DeskPilot, OpenDesk, current_words, desk, open_desk, press, screen_text, until
from tests.test_tui_corrections import OpenPack, decisions, folder, open_pack_again
from tests.weighing_desk import notice

__all__ = ["folder", "open_desk", "open_pack_again"]


def title(pilot: DeskPilot) -> str:
    return str(desk(pilot).panel.border_title)


async def test_what_is_found_is_counted_and_listed_as_one_types(open_desk: OpenDesk) -> None:
    async with open_desk(100, 30) as pilot:
        await press(pilot, "backslash n s a t")
        assert title(pilot) == "“nsat”  2 passages in 1 document"
        assert notice(pilot) == "2 passages in 1 document"
        rows = [row.partition("││")[2] for row in screen_text(pilot) if "NSATU" in row][-2:]
        assert rows[0].startswith(">News: Japan join…   10 …shed in July 2024, NSATU is tasked")
        assert rows[1].startswith(" News: Japan join…    8 …ation for Ukraine (NSATU), headquartered")
        await press(pilot, "x")
        assert notice(pilot) == "0 passages in 0 documents"
        assert desk(pilot).listing is None


async def test_words_mean_all_of_them_and_the_last_may_be_begun(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        counts = []
        for typed in ("officers wies", "wiesbaden off", "wies officers", "officers wies "):
            desk(pilot).look_up(typed)
            counts.append(len(desk(pilot).state.hits.places))
        assert counts == [1, 1, 0, 0]


async def test_what_is_half_typed_empties_no_list_and_a_fault_is_said(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "backslash n s a t u space")
        for keys in ("r", "o", "l", "e", "colon"):
            await press(pilot, keys)
        assert title(pilot).startswith("“nsatu role:”  2 passages")
        await press(pilot, "space s t a t u s colon z")
        assert notice(pilot).startswith("at 13: status:z is none: write one of done, announced")
        assert title(pilot).startswith("“nsatu role: status:”  2 passages")


async def test_the_words_of_what_was_found_are_gone_to_in_the_order_of_the_list(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "backslash n s a t u enter")
        assert pilot.app.focused is desk(pilot).panel
        await press(pilot, "enter")
        assert current_words(pilot) == "NSATU"
        first = desk(pilot).state.current
        await press(pilot, "n")
        assert notice(pilot) == "2 of 2  “nsatu”"
        second = desk(pilot).state.current
        assert first is not None
        assert second is not None
        assert first != second
        await press(pilot, "n")
        assert desk(pilot).state.current == first
        await press(pilot, "N")
        assert desk(pilot).state.current == second


async def test_only_what_is_on_the_screen_is_looked_up(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "backslash t h e space")
        hits = desk(pilot).state.hits
        assert len(hits.places) > 50
        assert isinstance(hits.places, FoundPlaces)
        assert list(hits.places._pages) == [0]
        await press(pilot, "enter N")
        assert notice(pilot).startswith(f"{len(hits.places)} of ")
        assert list(hits.places._pages) == [0, (len(hits.places) - 1) // 50]


async def test_what_takes_longer_is_found_beside_the_keys(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found at once; the last of the queries is answered, the ones before it are not."""
    asked: list[str] = []

    def slow(pattern: str, text: str, going: Callable[[], bool] = lambda: True) -> Iterator[tuple[int, int]]:
        asked.append(pattern)
        if len(set(asked)) < 4:
            while going():
                pass
        return matches(pattern, text, going)

    async with open_desk() as pilot:
        await press(pilot, "backslash")
        monkeypatch.setattr("briefing.storage.index.search.matches", slow)
        monkeypatch.setattr("briefing.tui.screens.finding._AT_ONCE", 0.01)
        await press(pilot, "~ n s a t")
        await until(pilot, lambda: desk(pilot).listing is not None)
        assert title(pilot) == "“~nsat”  2 passages in 1 document"
        assert list(dict.fromkeys(asked)) == ["n", "ns", "nsa", "nsat"]


async def test_of_what_a_pattern_finds_the_first_page_is_listed_before_the_rest_is_looked_for(
    open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    most: list[int] = []
    listed: list[str] = []
    find, begin = PassageIndex.find, FindingDesk.run_worker

    def noted(index: PassageIndex, query: Query, **limits: Any) -> Found:
        most.append(limits.get("most", MOST_FOUND))
        return find(index, query, **limits)

    def begun(desk: FindingDesk, *work: Any, **named: Any) -> object:
        if named.get("group") == "search":
            listed.append(str(desk.panel.border_title))
            assert isinstance(desk.state.hits.places, FoundPlaces)
            assert len(desk.state.hits.places._pages[0]) == PAGE
        return begin(desk, *work, **named)

    async with open_desk() as pilot:
        monkeypatch.setattr(PassageIndex, "find", noted)
        monkeypatch.setattr(FindingDesk, "run_worker", begun)
        await press(pilot, "backslash ~ e")
        assert listed == ["“~e”  more than 50 passages"]
        await until(pilot, lambda: title(pilot) == "“~e”  63 passages in 3 documents")
        assert most == [PAGE, MOST_FOUND]
        desk(pilot).look_up("the")
        assert most == [PAGE, MOST_FOUND, MOST_FOUND]


async def test_what_was_asked_before_is_listed_and_taken_up(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "backslash n s a t u enter backslash w i e s enter backslash")
        assert desk(pilot).panel.values == [SavedQuery("wies"), SavedQuery("nsatu")]
        await press(pilot, "down enter")
        assert desk(pilot).finder.value == "nsatu"
        assert title(pilot) == "“nsatu”  2 passages in 1 document"
        await press(pilot, "enter enter")
        assert current_words(pilot) == "NSATU"


async def test_leaving_brings_back_what_was_listed(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "backslash n s a t u enter")
        hits, before = desk(pilot).state.hits, title(pilot)
        await press(pilot, "backslash x escape")
        assert (desk(pilot).state.hits, title(pilot)) == (hits, before)


async def test_a_query_is_saved_shared_undone_and_saved_no_more(open_pack_again: OpenPack, folder: Path) -> None:
    async with open_pack_again() as pilot:
        await press(pilot, "backslash r o l e colon enter asterisk")
        assert notice(pilot).startswith("look for something in all documents first")
        await press(pilot, "backslash a g r e e d enter asterisk")
        assert notice(pilot) == "saved: saved the query agreed"
        assert decisions(folder) == ["SaveQuery"]
    async with open_pack_again() as pilot:
        await press(pilot, "backslash")
        assert desk(pilot).panel.values == [SavedQuery("agreed")]
        await press(pilot, "enter")
        assert title(pilot).startswith("“agreed”")
        await press(pilot, "enter u backslash")
        assert desk(pilot).panel.values == [SavedQuery("agreed")]
        await press(pilot, "escape U asterisk")
        assert notice(pilot) == "saved: the query agreed is saved no more"
        assert judgements(desk(pilot).state.pack.events).queries == {}
