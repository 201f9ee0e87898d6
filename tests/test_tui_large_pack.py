"""A large pack on the desk, opened from its index: what is read, what is said, and what happens when it changes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import pytest

from briefing.rendering.theme import Theme
from briefing.storage.index.index_pack import index_pack
from briefing.storage.index.indexing import Watch
from briefing.tui.widgets.document_pane import DocumentPane
from tests.large_desk import large_desk, sixty_documents
from tests.large_folder import LargeFolder, was_read
from tests.test_tui import DeskPilot, current_words, desk, press
from tests.test_tui_watching import Desk, look
from tests.weighing_desk import notice, on_screen

OpenLarge = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def folder(tmp_path: Path) -> LargeFolder:
    """A pack of sixty documents, indexed."""
    return sixty_documents(tmp_path)


@pytest.fixture
def open_large(folder: LargeFolder, themes: list[Theme]) -> OpenLarge:
    """Opens a desk on it."""
    return partial(large_desk, folder, themes)


def was_looked_at(pilot: DeskPilot) -> set[str]:
    """Ids of the documents whose words were looked at."""
    return {document.id for document in desk(pilot).state.pack.documents if was_read(document)}


def on_panes(pilot: DeskPilot) -> set[str]:
    """Ids of the documents that have a pane."""
    panes = pilot.app.screen.query(DocumentPane)
    return {pane.document.id for pane in panes if pane.display and pane.document is not None}


def here(pilot: DeskPilot) -> tuple[str, str]:
    """The document and the words that were jumped to."""
    current = desk(pilot).state.current
    assert current is not None
    return desk(pilot).state.pack.documents[current[0]].id, current_words(pilot)


def disagree(pilot: DeskPilot) -> set[str]:
    """Ids of the documents that hold sentences which disagree; these are read to tell each once."""
    conflicts = desk(pilot).state.pack.found_conflicts
    return {side.document for conflict in conflicts for side in (conflict.one, conflict.other)}


# ---------------------------------------------------------------------- reading


async def test_what_is_on_the_screen_is_read_and_no_more(open_large: OpenLarge) -> None:
    async with open_large() as (pilot, _):
        shown = {"00.md", "01.txt"}
        assert was_looked_at(pilot) == shown | disagree(pilot)
        assert on_screen(pilot, "The Port Authority may lend two")
        assert on_screen(pilot, "Ann Taran        62  41d")
        await press(pilot, "j G g")
        assert was_looked_at(pilot) == shown | disagree(pilot)
        await press(pilot, "O l j j G")
        assert on_screen(pilot, "Documents  60: 60 new")
        assert was_looked_at(pilot) == shown | disagree(pilot)


async def test_nothing_is_read_for_a_timeline_that_nobody_has_asked_for(open_large: OpenLarge) -> None:
    async with open_large() as (pilot, _):
        one = desk(pilot)
        before = was_looked_at(pilot)
        one._make_timeline(one.state.pack)
        assert was_looked_at(pilot) == before
        assert one._timed is None
        await press(pilot, "3")
        assert "of 25 documents" in str(one.sheet.border_subtitle)
        assert len(was_looked_at(pilot) - before) > 20


# ---------------------------------------------------------------------- entities


async def test_mentions_are_run_through_across_documents_and_round_the_ends(open_large: OpenLarge) -> None:
    async with open_large() as (pilot, _):
        await press(pilot, "e b e r g enter")
        state = desk(pilot).state
        assert state.chosen is not None
        assert (state.chosen.name, len(state.hits.places)) == ("Lars Berg", 21)
        seen = []
        for number in range(22):
            await press(pilot, "n")
            assert notice(pilot) == f"{number % 21 + 1} of 21  Lars Berg"
            seen.append(here(pilot))
        assert {words for _, words in seen} == {"Lars Berg"}
        assert [id for id, _ in seen[:3]] == ["00.md", "02.txt", "03.txt"]
        assert [id for id, _ in seen] == [*state.chosen.documents, "00.md"]
        await press(pilot, "N")
        assert (notice(pilot), here(pilot)) == ("21 of 21  Lars Berg", ("57.txt", "Lars Berg"))
        assert on_screen(pilot, "Report 57")


async def test_the_card_says_how_much_of_it_there_is_and_what_it_is_made_from(open_large: OpenLarge) -> None:
    async with open_large(120, 40) as (pilot, _):
        await press(pilot, "e t a r a n enter")
        assert on_screen(pilot, "Ann Taran  PERSON  62 mentions in 41 documents")
        assert on_screen(pilot, "Lars Berg 13, Norway 13, Oslo 13")
        assert desk(pilot).panel.has_focus
        await press(pilot, "G")
        assert on_screen(pilot, "all but the counts above is from the first 25 of 41 documents")
        chosen = desk(pilot).state.chosen
        assert chosen is not None
        assert was_looked_at(pilot) == {"00.md", "01.txt", *chosen.documents[:25]} | disagree(pilot)


async def test_where_two_meet_is_looked_up_in_the_documents_that_name_both(open_large: OpenLarge) -> None:
    async with open_large() as (pilot, _):
        await press(pilot, "e b e r g enter ampersand t a r a n enter")
        assert on_screen(pilot, "Lars Berg and Ann Taran  21 places")
        places = desk(pilot).state.hits.places
        assert len(places) == 21
        await press(pilot, "n n")
        assert notice(pilot) == "2 of 21  Lars Berg and Ann Taran"
        assert here(pilot) == ("02.txt", "Minister Lars Berg of Norway met Ann Taran in Oslo on 4 May 2024.")


async def test_of_many_that_name_both_it_is_said_how_many_were_read(open_large: OpenLarge, folder: LargeFolder) -> None:
    for number in range(60, 70):
        folder.put(f"{number}.txt", "More\n\nMinister Lars Berg met Ann Taran.\n")
    async with open_large(140, 40) as (pilot, _):
        await press(pilot, "e b e r g enter ampersand t a r a n enter")
        assert on_screen(pilot, "Lars Berg and Ann Taran  25 places")
        assert on_screen(pilot, "in the first 25 of 31 documents that name both")


# ---------------------------------------------------------------------- the scenario and the list


async def test_the_evidence_of_a_cell_leads_to_its_words(open_large: OpenLarge) -> None:
    async with open_large(120, 40) as (pilot, _):
        await press(pilot, "2 j l")
        cell = desk(pilot).scenario.quotes
        assert len(cell) == 20
        before = was_looked_at(pilot)
        await press(pilot, "tab j enter")
        assert here(pilot)[1] == "The law forbids the port to lend pilots."
        await press(pilot, "n")
        assert notice(pilot).startswith("3 of 20  ")
        assert was_looked_at(pilot) - before <= {id for id, _ in cell} | on_panes(pilot)
        await press(pilot, "backspace")
        assert desk(pilot).state.view == "scenario"


async def test_a_document_is_opened_from_the_list(open_large: OpenLarge) -> None:
    async with open_large() as (pilot, _):
        await press(pilot, "O l G enter")
        assert desk(pilot).state.view == "documents"
        assert on_screen(pilot, "Report 59")
        assert "59.txt" in was_looked_at(pilot)
        assert "30.md" not in was_looked_at(pilot)


# ---------------------------------------------------------------------- finding


async def test_what_is_searched_for_is_found_in_the_index(open_large: OpenLarge) -> None:
    async with open_large() as (pilot, _):
        before = was_looked_at(pilot)
        await press(pilot, "backslash k e n y a")
        assert notice(pilot) == "20 passages in 20 documents"
        assert on_screen(pilot, "The HC lent its tugs to Kenya in March 2024.")
        assert was_looked_at(pilot) != before
        await press(pilot, "enter n")
        assert here(pilot)[1] == "Kenya"
        first = here(pilot)[0]
        await press(pilot, "n")
        assert here(pilot)[1] == "Kenya"
        assert here(pilot)[0] != first


# ---------------------------------------------------------------------- while it changes


async def test_what_changes_on_the_disk_is_taken_in(open_large: OpenLarge, folder: LargeFolder) -> None:
    async with open_large() as opened:
        pilot, _ = opened
        await press(pilot, "e b e r g enter n n")
        assert here(pilot) == ("02.txt", "Lars Berg")
        folder.put("00.md", "Report 0\n\nNothing of that kind.\n")
        folder.put("60.txt", "Report 60\n\nMinister Lars Berg was there.\n")
        await look(opened)
        assert notice(pilot) == "taken in: 1 new, 1 changed: 60.txt …"
        state = desk(pilot).state
        assert state.chosen is not None
        assert (len(state.chosen.mentions), state.chosen.documents[0], state.chosen.documents[-1]) == (
            21,
            "02.txt",
            "60.txt",
        )
        assert here(pilot) == ("02.txt", "Lars Berg")
        await press(pilot, "N")
        assert (notice(pilot), here(pilot)) == ("21 of 21  Lars Berg", ("60.txt", "Lars Berg"))


async def test_a_file_that_changed_before_it_was_looked_at_shows_no_word_until_it_is_taken_in(
    open_large: OpenLarge, folder: LargeFolder
) -> None:
    async with open_large() as opened:
        pilot, _ = opened
        folder.put("59.txt", "Report 59\n\nLars Berg, all alone.\n")
        await press(pilot, "O l G enter")
        assert not on_screen(pilot, "Lars Berg, all alone")
        assert not on_screen(pilot, "The HC lent")
        await look(opened)
        assert notice(pilot) == "taken in: 1 changed: 59.txt"
        assert on_screen(pilot, "Lars Berg, all alone")


async def test_another_program_that_indexes_does_not_end_the_desk(open_large: OpenLarge, folder: LargeFolder) -> None:
    """Until the desk looks itself, it goes on with what it has; what it cannot look up it says."""
    async with open_large() as opened:
        pilot, _ = opened
        await press(pilot, "e b e r g enter n")
        for number in range(2, 60):
            folder.put(f"{number:02}.txt", "Nobody.\n")
        index_pack([folder.folder], watch=Watch())
        await press(pilot, "n")
        assert "index" in notice(pilot)
        assert "open the pack again" in notice(pilot)
        await press(pilot, "2 1 j O 1 C e t a r a n enter")
        await look(opened)
        assert notice(pilot).startswith("taken in: ")
        assert pilot.app.is_running
