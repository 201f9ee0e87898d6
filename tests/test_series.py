"""Series and editions: which name is one of a row, and how the sidebar shows it."""

from __future__ import annotations

import pytest

from briefing.analysis.series import series_by_edition, series_of
from briefing.model import Entity, EntityType
from briefing.rendering.entities import entity_entries
from briefing.rendering.line import plain, width_of

EVENT = EntityType.EVENT


def event(name: str, *aliases: str) -> Entity:
    return Entity(EVENT, name, aliases, ())


def listed(entities: list[Entity], query: str = "", width: int = 34) -> list[str]:
    entries = entity_entries(entities, (), query, width)
    return [plain(line).rsplit("  0", 1)[0].rstrip() for entry in entries for line in entry.lines]


@pytest.mark.parametrize(
    ("name", "series"),
    [
        ("Sea Breeze-2021", "Sea Breeze"),
        ("Cobra Gold 2024", "Cobra Gold"),
        ("Kavkaz-2020", "Kavkaz"),
        ("Zapad‑81", "Zapad"),
        ("RIMPAC 22", "RIMPAC"),
        ("RIMPAC ’22", "RIMPAC"),
        ("Orient Shield 23-1", "Orient Shield"),
        ("Sea Breeze 24.2", "Sea Breeze"),
        ("Winter Harbour 2023/24", "Winter Harbour"),
        ("Winter Harbour 2023–2024", "Winter Harbour"),
        ("Defence White Paper (2023)", "Defence White Paper"),
        ("Harbours Act, 1996", "Harbours Act"),
        ("Exercise X III", "Exercise X"),
        ("SALT II", "SALT"),
        ("Exercise Tide IX", "Exercise Tide"),
        ("Deep Water\n2023", "Deep Water"),
    ],
)
def test_an_edition_ends_in_its_year_or_number(name: str, series: str) -> None:
    assert series_of(name) == series


@pytest.mark.parametrize(
    "name",
    [
        "",
        "2021",
        "2021-22",
        "Sea Breeze",
        "Sea Breeze2021",
        "2021 Sea Breeze",
        "Resolution 1325",
        "Regulation 552",
        "COP28",
        "2+2",
        "Exercise VIIII",
        "Exercise XL",
        "Exercise Mix",
        "Exercise ii",
        "Sea Breeze-",
    ],
)
def test_other_names_are_of_no_series(name: str) -> None:
    assert series_of(name) is None


@pytest.mark.parametrize("name", ["a" + " " * 300_000 + "b", "a -" * 100_000, "a " + "X" * 300_000, "9" * 300_000])
def test_a_hostile_name_takes_no_time(name: str) -> None:
    assert series_of(name) is None


def test_a_series_is_known_by_its_name_or_an_alias() -> None:
    series, long = event("Deep Water"), event("Rim of the Bay Exercise", "RIMBAY")
    editions = [event("Deep water-2021"), event("RIMBAY 22")]
    assert series_by_edition([*editions, series, long]) == {editions[0].key: series, editions[1].key: long}


def test_the_name_of_one_thing_weighs_more_than_the_alias_of_another() -> None:
    named, other, edition = event("Deep Water"), event("Deep Water Group", "Deep Water"), event("Deep Water II")
    for order in ([named, other, edition], [other, named, edition]):
        assert series_by_edition(order) == {edition.key: named}


def test_nothing_is_a_series_of_its_own_or_of_what_is_an_edition_itself() -> None:
    assert series_by_edition([event("Deep Water 2021", "Deep Water")]) == {}
    one, two, three = event("Deep Water"), event("Deep Water 2021"), event("Deep Water 2021 II")
    assert series_by_edition([one, two, three]) == {two.key: one}
    assert series_by_edition([event("Tide 2021", "Ebb"), event("Ebb 2022", "Tide")]) == {}


@pytest.mark.parametrize("type", EntityType)
def test_only_events_programmes_and_laws_have_editions(type: EntityType) -> None:
    series, edition = Entity(type, "Falcon", (), ()), Entity(type, "Falcon-29", (), ())
    repeated = type in (EntityType.EVENT, EntityType.PROGRAMME, EntityType.LAW)
    assert series_by_edition([series, edition]) == ({edition.key: series} if repeated else {})


def test_series_and_edition_are_of_one_type() -> None:
    assert series_by_edition([Entity(EntityType.PLACE, "Minster", (), ()), event("Minster II")]) == {}


def test_editions_stand_under_their_series_each_with_its_own_line() -> None:
    entities = [event("Deep Water 2023"), event("Tide"), event("Deep Water"), event("Ebb 7"), event("Deep Water 2021")]
    assert listed(entities) == [
        "EVENTS  5",
        "Tide",
        "Deep Water",
        "  Deep Water 2023",
        "  Deep Water 2021",
        "Ebb 7",
    ]
    entries = entity_entries(entities, (), "", 34)
    assert [entry.value for entry in entries[1:]] == [
        (EVENT, name) for name in ("Tide", "Deep Water", "Deep Water 2023", "Deep Water 2021", "Ebb 7")
    ]


def test_an_edition_found_without_its_series_is_not_indented() -> None:
    entities = [event("Deep Water"), event("Deep Water 2023"), event("Deep Water 2021")]
    assert listed(entities, "2021") == ["EVENTS  1", "Deep Water 2021"]
    assert listed(entities, "deep") == ["EVENTS  3", "Deep Water", "  Deep Water 2023", "  Deep Water 2021"]


@pytest.mark.parametrize("width", [16, 20, 30])
def test_an_indented_line_is_as_wide_as_the_others(width: int) -> None:
    entities = [event("Deep Water Exercise"), event("Deep Water Exercise 2021")]
    lines = [line for entry in entity_entries(entities, (), "", width)[1:] for line in entry.lines]
    assert len({width_of(line) for line in lines}) == 1
    assert width_of(lines[0]) <= width


def test_where_there_is_little_room_the_year_stays() -> None:
    assert listed([event("Deep Water"), event("Deep Water 2023")], width=20)[1:] == ["Deep Water", "  Deep Wa… 2023"]
