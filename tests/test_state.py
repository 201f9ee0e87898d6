"""What the desk knows, without a screen."""

from __future__ import annotations

import pytest

from briefing.model import EntityType, Pack, Span
from briefing.tui.state import DeskState, Hits

PLACES = ((0, Span(10, 12)), (0, Span(30, 33)), (2, Span(5, 9)))


@pytest.fixture
def state(seeds_pack: Pack) -> DeskState:
    return DeskState(seeds_pack, analysed=True)


@pytest.mark.parametrize(
    ("document", "offset", "by", "expected"),
    [
        (0, 0, 1, 0),
        (0, 10, 1, 0),
        (0, 11, 1, 1),
        (0, 31, 1, 2),
        (1, 0, 1, 2),
        (2, 6, 1, 0),
        (0, 0, -1, 2),
        (0, 31, -1, 1),
        (1, 0, -1, 1),
    ],
)
def test_the_next_place_is_the_one_after_here_and_goes_round(
    document: int, offset: int, by: int, expected: int
) -> None:
    assert Hits("x", PLACES).step(document, Span(offset, offset), by) == expected


def test_stepping_from_a_place_leaves_it() -> None:
    hits = Hits("x", PLACES)
    assert hits.step(0, Span(10, 12), 1) == 1
    assert hits.step(0, Span(30, 33), -1) == 0


def test_there_is_nothing_to_step_through_without_places() -> None:
    with pytest.raises(IndexError):
        Hits().step(0, Span(0, 0), 1)


def test_choosing_an_entity_gathers_its_mentions_across_documents(state: DeskState) -> None:
    key = next(entity.key for entity in state.pack.entities if "NSATU" in (entity.name, *entity.aliases))
    state.choose(key)
    documents = state.pack.documents
    assert {documents[number].id for number, _ in state.hits.places} == {"003_086e147ae4d49465.txt"}
    assert "NSATU" in {documents[number].quote(span) for number, span in state.hits.places}


def test_marks_say_what_is_chosen(state: DeskState) -> None:
    assert not any("chosen" in mark.style for mark in state.marks(2).marks)
    taran = next(
        entity.key for entity in state.pack.entities if entity.type is EntityType.PERSON and "Taran" in entity.name
    )
    state.choose(taran)
    document = state.pack.documents[2]
    chosen = [document.quote(mark.span) for mark in state.marks(2).marks if "chosen" in mark.style.split()]
    assert chosen == ["Taran", "Taran"]


def test_finding_begins_where_the_officer_is(state: DeskState) -> None:
    document = state.pack.documents[2]
    state.find("exercise", index=2, offset=3000)
    assert state.current is not None
    assert state.current[0] == 2
    assert state.current[1].start >= 3000
    assert document.quote(state.current[1]) == "exercise"
    assert {index for index, _ in state.hits.places} == {2}


def test_finding_nothing_is_at_no_place(state: DeskState) -> None:
    state.find("zebra", index=0, offset=0)
    assert state.current is None
    assert state.hits.places == ()


def test_clearing_forgets_everything(state: DeskState) -> None:
    state.choose(state.pack.entities[0].key)
    state.find("nato", index=0, offset=0)
    state.clear()
    assert (state.chosen, state.current, state.hits, state.notice) == (None, None, Hits(), "")
