"""On which lines the entries of a list stand: the same as if all were made, though only those looked at are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import LazyTuple
from briefing.rendering.entry import EntriesOnDemand, Entry, LinesToCome, heading
from briefing.rendering.entry_lines import EntryLines
from briefing.rendering.line import Line, Piece, plain

AT_ONCE = 25
"""So many entries of every list are made at once."""


def lines_of(index: int, height: int) -> tuple[Line, ...]:
    return tuple((Piece(f"{index}.{number}"),) for number in range(height))


class Made(NamedTuple):
    """A list of entries, and those whose lines were made, in the order in which they were."""

    entries: list[Entry]
    order: list[int]

    def add(self, kind: str, height: int) -> None:
        """Add an entry of so many lines: "ready", "to come" of which the number is known, or "unknown"."""
        index = len(self.entries)

        def make() -> Sequence[Line]:
            self.order.append(index)
            return lines_of(index, height)

        ways: dict[str, Callable[[], Sequence[Line]]] = {
            "ready": lambda: lines_of(index, height),
            "to come": lambda: LinesToCome(make, height),
            "unknown": lambda: LazyTuple(make),
        }
        self.entries.append(Entry(ways[kind](), index))


def made_of(kinds: Sequence[tuple[str, int]]) -> Made:
    """A list of entries of these kinds and heights."""
    made = Made([], [])
    for kind, height in kinds:
        made.add(kind, height)
    return made


def long_list(count: int = 100, height: int = 3) -> tuple[EntryLines, list[int]]:
    made = made_of([("unknown", height)] * count)
    return EntryLines(made.entries), made.order


entries = st.lists(st.tuples(st.sampled_from(["ready", "to come", "unknown"]), st.integers(1, 4)), max_size=60)
looks = st.lists(st.tuples(st.sampled_from(["at", "start", "height", "place"]), st.integers(0, 260)), max_size=12)


@given(entries, looks)
def test_every_entry_stands_where_it_would_if_all_were_made(
    given: list[tuple[str, int]], asked: list[tuple[str, int]]
) -> None:
    tall = [height for _, height in given]
    starts = [0, *accumulate(tall)]
    at_line = [index for index, height in enumerate(tall) for _ in range(height)]
    rows = EntryLines(made_of(given).entries)
    for look, number in asked:
        if look == "at":
            assert rows.at(number) == (at_line[number] if number < starts[-1] else len(tall) - 1)
        elif look == "place":
            rows.place(number)
        elif number < len(tall):
            wanted = starts[number] if look == "start" else tall[number]
            assert getattr(rows, look)(number) == wanted
    assert len(rows) == len(tall)
    rows.place(len(tall))
    assert rows.line_count == starts[-1]
    assert [rows.start(index) for index in range(len(tall))] == starts[:-1]
    assert [rows.at(line) for line in range(starts[-1])] == at_line
    assert [plain(line) for index in range(len(tall)) for line in rows.entry(index).lines] == [
        f"{index}.{number}" for index, height in enumerate(tall) for number in range(height)
    ]


@given(entries, looks)
def test_nothing_is_made_that_nobody_came_down_to(given: list[tuple[str, int]], asked: list[tuple[str, int]]) -> None:
    made = made_of(given)
    rows = EntryLines(made.entries)
    lowest = -1
    unknown = (index for index, (kind, _) in enumerate(given) if index >= AT_ONCE and kind == "unknown")
    first_late = next(unknown, len(given))
    for look, number in [("", 0), *asked]:
        if look == "at":
            lowest = max(lowest, rows.at(number))
        elif look == "place" or (look and number < len(given)):
            getattr(rows, look)(number)
            lowest = max(lowest, number)
        assert all(index < first_late or index <= lowest for index in made.order)
    assert len(set(made.order)) == len(made.order)


@given(st.integers(0, 40), st.integers(1, 4), st.integers(0, 200))
def test_entries_of_one_height_are_not_even_made_to_be_placed(count: int, height: int, line: int) -> None:
    made: list[int] = []

    def lines(index: int) -> tuple[Line, ...]:
        made.append(index)
        return lines_of(index, height)

    rows = EntryLines(EntriesOnDemand(range(count), lines, height))
    assert (len(rows), rows.line_count, list(rows.values)) == (count, count * height, list(range(count)))
    assert rows.at(line) == min(line // height, count - 1)
    assert [(rows.start(index), rows.height(index)) for index in range(count)] == [
        (index * height, height) for index in range(count)
    ]
    rows.place(count)
    assert made == []
    if count:
        assert plain(rows.entry(count - 1).lines[0]) == f"{count - 1}.0"
        assert made == [count - 1]


def test_a_short_list_is_placed_at_once() -> None:
    rows, order = long_list(AT_ONCE)
    assert order == list(range(AT_ONCE))
    assert rows.line_count == 3 * AT_ONCE


def test_of_a_long_list_the_rest_is_made_as_one_comes_down_to_it() -> None:
    rows, order = long_list()
    assert order == list(range(AT_ONCE))
    assert rows.at(74) == 24
    assert order == list(range(25))
    assert rows.at(75) == 25
    assert order == list(range(26))
    assert rows.start(30) == 90
    assert order == list(range(31))
    rows.place(1000)
    assert order == list(range(100))


def test_what_is_chosen_is_known_without_making_anything_more() -> None:
    rows, order = long_list()
    assert list(rows.values) == list(range(100))
    assert len(rows) == 100
    assert order == list(range(AT_ONCE))


def test_lines_yet_to_come_are_taken_to_be_as_the_others() -> None:
    made = made_of([("unknown", 2)] * 50 + [("unknown", 6)] * 50)
    rows = EntryLines(made.entries)
    assert rows.line_count == 200
    rows.place(74)
    assert rows.line_count == (100 + 150) * 100 // 75
    rows.place(99)
    assert rows.line_count == 400


def test_lines_whose_number_is_known_are_placed_without_being_made() -> None:
    made = made_of([("to come", 1), ("to come", 2)] * 50)
    rows = EntryLines(made.entries)
    assert (rows.line_count, rows.at(60), rows.start(61), rows.height(61)) == (150, 40, 91, 2)
    assert made.order == []
    assert not any(entry.lines_to_be_made for entry in made.entries)
    assert plain(rows.entry(61).lines[1]) == "61.1"
    assert made.order == [61]


def test_headings_among_them_have_no_value_and_one_line() -> None:
    entries = [heading("PEOPLE", "2"), Entry(lines_of(1, 2), "Ann"), heading("PLACES")]
    rows = EntryLines(entries)
    assert list(rows.values) == [None, "Ann", None]
    assert [rows.at(line) for line in range(5)] == [0, 1, 1, 2, 2]
    assert rows.line_count == 4


def test_an_empty_list_has_no_line() -> None:
    empty: tuple[EntryLines, ...] = (EntryLines(()), EntryLines(EntriesOnDemand((), never, 2)))
    for rows in empty:
        assert (len(rows), rows.line_count, rows.at(0), rows.at(9)) == (0, 0, -1, -1)


def never(index: int) -> tuple[Line, ...]:
    raise AssertionError(index)
