"""Sifting a pack: what holds of a document, which are listed in which order, and which new one comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.judgements import Judgements, judgements
from briefing.analysis.triage import (
    Arrangement,
    DocumentOrder,
    Listed,
    Shelf,
    Standing,
    arrangement_of,
    document_list,
    kept_first,
    next_new,
    standing_of,
    tally,
)
from briefing.export.rows import document_rows
from briefing.model import Decision, Document, Event, Origin, Pack, Strike, Triage, TriageState, Undo
from briefing.rendering.decisions import decision_words
from briefing.rendering.line import plain, width_of
from briefing.rendering.triage import arrangement_words, triage_entries, triage_title
from tests.weighed_pack import claim, events

NEW, KEPT, SKIPPED, LATER = TriageState
ANN, BOB = "ann@desk", "bob@desk"


def document(name: str, date: str | None = None, origin: str | None = None, text: str = "") -> Document:
    return Document(f"{name}.txt", text, f"digest of {name}", "text", label=f"Report {name}", date=date, origin=origin)


DOCUMENTS = (
    document("a", "2024-05", "zeta", "Escorts are costly."),
    document("b"),
    document("c", "2024-05-02", "Alpha"),
    document("d", "2021", "Beta"),
)
ORIGINS = (Origin(("a.txt", "c.txt"), "alike"), Origin(("b.txt",)), Origin(("d.txt",)))
CLAIMS = tuple(claim(name, "x", "escort cost") for name in ("b.txt", "c.txt", "c.txt"))


def pack(*made: Event, documents: Sequence[Document] = DOCUMENTS) -> Pack:
    return Pack("p", "p", "", None, documents, events=made, claims=CLAIMS, origins=ORIGINS)


def put(name: str, state: TriageState, digest: str = "") -> Triage:
    return Triage(f"{name}.txt", digest or f"digest of {name}", state)


def held(*decisions: Decision, by: str = ANN) -> Judgements:
    return judgements(events(*decisions, by=by))


def names(rows: Sequence[Listed]) -> str:
    """The documents of `rows` by name: "a+1" has one folded under it, "a-1" one below it, ".c" is below another."""
    return " ".join(
        f"{'.' * row.below}{row.document.id[0]}{('+' if row.folded else '-') + str(row.alike) if row.alike else ''}"
        for row in rows
    )


def listed(arrangement: Arrangement, *decisions: Decision) -> str:
    return names(document_list(Shelf.of(pack()), held(*decisions).triaged, arrangement))


# ---------------------------------------------------------------------- what holds


def test_what_nobody_decided_about_is_new() -> None:
    assert standing_of(DOCUMENTS[0], held(put("b", KEPT), Strike("a.txt")).triaged) == Standing(NEW, "", None)


def test_the_last_word_holds_whoever_says_it() -> None:
    made = [*events(put("a", KEPT), by=ANN), *events(put("a", SKIPPED), by=BOB, first=1)]
    assert standing_of(DOCUMENTS[0], judgements(made).triaged) == Standing(SKIPPED, BOB)
    undone = [*made, *events(Undo(made[1].id), by=BOB, first=2)]
    assert standing_of(DOCUMENTS[0], judgements(undone).triaged) == Standing(KEPT, ANN)


def test_a_document_that_has_changed_is_new_and_says_what_it_was() -> None:
    triaged = held(put("a", KEPT, "digest of other words"), put("b", NEW, "digest of other words")).triaged
    assert standing_of(DOCUMENTS[0], triaged) == Standing(NEW, ANN, KEPT)
    assert standing_of(DOCUMENTS[1], triaged) == Standing(NEW, "", None)


def test_what_is_called_new_again_is_new_by_whoever_said_so() -> None:
    assert standing_of(DOCUMENTS[0], held(put("a", KEPT), put("a", NEW)).triaged) == Standing(NEW, ANN)


def test_the_states_are_counted_and_documents_that_are_gone_are_not() -> None:
    made = held(put("a", KEPT), put("b", LATER, "digest of other words"), put("d", SKIPPED), put("gone", KEPT))
    assert tally(pack(), made.triaged) == {NEW: 2, KEPT: 1, SKIPPED: 1, LATER: 0}


# ---------------------------------------------------------------------- the list


@pytest.mark.parametrize(
    ("order", "folded"),
    [
        (DocumentOrder.PACK, "a+1 b d"),
        (DocumentOrder.DATE, "c+1 d b"),
        (DocumentOrder.SOURCE, "c+1 d b"),
        (DocumentOrder.CLAIMS, "c+1 b d"),
    ],
)
def test_the_orders(order: DocumentOrder, folded: str) -> None:
    assert listed(Arrangement(order)) == folded


def test_what_is_unfolded_stands_below_the_first_of_its_origin() -> None:
    assert listed(Arrangement(unfolded=frozenset({"a.txt"}))) == "a-1 .c b d"
    assert listed(Arrangement(DocumentOrder.CLAIMS, unfolded=frozenset({"a.txt"}))) == "c-1 .a b d"


@pytest.mark.parametrize(("only", "left"), [(NEW, "c d"), (KEPT, "a"), (SKIPPED, "b"), (LATER, ""), (None, "a+1 b d")])
def test_only_documents_in_one_state(only: TriageState | None, left: str) -> None:
    assert listed(Arrangement(only=only), put("a", KEPT), put("b", SKIPPED)) == left


NAMES = st.sampled_from("abcd")
PUT = st.builds(put, NAMES, st.sampled_from(TriageState), st.sampled_from(["", "digest of other words"]))
ARRANGEMENTS = st.builds(
    Arrangement,
    st.sampled_from(DocumentOrder),
    st.none() | st.sampled_from(TriageState),
    st.frozensets(st.sampled_from(["a.txt", "b.txt"])),
)


@given(st.lists(PUT, max_size=6), ARRANGEMENTS)
def test_every_document_is_listed_or_counted_once(made: list[Decision], arrangement: Arrangement) -> None:
    triaged = held(*made).triaged
    rows = document_list(Shelf.of(pack()), triaged, arrangement)
    wanted = tally(pack(), triaged)
    expected = wanted[arrangement.only] if arrangement.only else len(DOCUMENTS)
    assert len(rows) + sum(row.alike for row in rows if row.folded) == expected
    assert len({row.document.id for row in rows}) == len(rows)


@given(st.lists(PUT, max_size=6), st.integers(-1, 3), st.sampled_from([1, -1]))
def test_going_on_from_new_to_new_comes_by_all_that_are(made: list[Decision], start: int, by: int) -> None:
    triaged = held(*made).triaged
    rows = document_list(Shelf.of(pack()), triaged, Arrangement(unfolded=frozenset({"a.txt"})))
    new = {number for number, row in enumerate(rows) if standing_of(row.document, triaged).state is NEW}
    seen = set()
    number: int | None = start if by > 0 else max(0, start)
    for _ in range(len(rows)):
        number = next_new(rows, triaged, number, by) if number is not None else None
        seen.add(number)
    assert seen - {None} == new - ({start if by > 0 else max(0, start)} if len(new) == 1 else set())


def test_the_next_new_one_lies_ahead_and_then_behind() -> None:
    triaged = held(put("b", KEPT)).triaged
    rows = document_list(Shelf.of(pack()), triaged, Arrangement())
    assert [next_new(rows, triaged, number) for number in (-1, 0, 1, 2)] == [0, 2, 2, 0]
    assert [next_new(rows, triaged, number, -1) for number in (0, 1, 2)] == [2, 0, 0]
    assert next_new((), triaged, -1) is None


def test_an_arrangement_is_kept_as_words() -> None:
    for order in DocumentOrder:
        assert arrangement_of(str(order), "later") == Arrangement(order, LATER)
    assert arrangement_of("by colour", "read") == Arrangement()


def test_a_shelf_serves_as_long_as_nothing_but_triage_was_decided() -> None:
    one = pack()
    assert Shelf.of(one).holds(one)
    assert not Shelf.of(one).holds(pack(documents=DOCUMENTS[:2]))


# ---------------------------------------------------------------------- what it looks like


def lines(width: int, held: Judgements, officer: str = ANN, *unfolded: str) -> list[str]:
    shelf = Shelf.of(pack())
    rows = document_list(shelf, held.triaged, Arrangement(unfolded=frozenset(unfolded)))
    return [plain(line) for entry in triage_entries(rows, shelf, held, officer, width) for line in entry.lines]


def test_a_document_takes_two_lines_where_there_is_little_room() -> None:
    made = held(put("b", SKIPPED), put("d", KEPT, "digest of other words"), Strike("d.txt"))
    assert [line.rstrip() for line in lines(76, made, BOB)] == [
        "• new      Report a  +1 alike",
        "           2024-05       0 claims          3 words  zeta",
        "✗ skipped  Report b  by ann@desk",
        "           undated        1 claim          0 words  publisher not given",
        "• new      Report d  STRUCK  changed since it was kept  by ann@desk",
        "           2021          0 claims          0 words  Beta",
    ]


def test_a_document_takes_one_line_where_there_is_room() -> None:
    assert lines(110, held(put("c", LATER)), ANN, "a.txt") == [
        "• new      Report a  1 alike below              2024-05       0 claims          3 words  zeta",
        "… later    └ Report c                           2024-05-02    2 claims          0 words  Alpha",
        "• new      Report b                             undated        1 claim          0 words  publisher not given",
        "• new      Report d                             2021          0 claims          0 words  Beta",
    ]


@pytest.mark.parametrize("width", [1, 12, 30, 76, 109, 110, 137, 300])
def test_the_lines_fit(width: int) -> None:
    agency = "An agency " * 40
    long = Document("l.txt", "x " * 2_000_000, "d", "text", label="港湾局 " * 60, date="2024-05-01", origin=agency)
    one = pack(documents=(long, *DOCUMENTS))
    made = held(Triage("l.txt", "other", LATER), Strike("l.txt"))
    entries = triage_entries(document_list(Shelf.of(one), made.triaged, Arrangement()), Shelf.of(one), made, BOB, width)
    assert [width_of(line) for entry in entries for line in entry.lines if width_of(line) > width] == []
    if width >= 76:
        first = [plain(line) for line in entries[0].lines]
        assert "STRUCK  changed sinc" in " ".join(first)
        assert "2,000,000 words  " in first[-1]
        assert first[-1].endswith("…")


def test_what_a_document_is_called_is_cut_before_how_many_are_alike() -> None:
    one = replace(pack(documents=(document("a" * 90), document("b"))), origins=(Origin((f"{'a' * 90}.txt", "b.txt")),))
    rows = document_list(Shelf.of(one), {}, Arrangement())
    (entry,) = triage_entries(rows, Shelf.of(one), held(), ANN, 60)
    assert plain(entry.lines[0]) == "• new      Report " + "a" * 31 + "…  +1 alike"


def test_the_borders_say_how_many_there_are_and_in_which_order() -> None:
    assert (
        triage_title({NEW: 9_000, KEPT: 999, SKIPPED: 0, LATER: 1}) == "Documents  10,000: 9,000 new, 999 kept, 1 later"
    )
    assert arrangement_words(Arrangement()) == "as in the pack"
    assert arrangement_words(Arrangement(DocumentOrder.DATE, NEW)) == "newest first, only new"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (NEW, "called “Report a” new again"),
        (KEPT, "kept “Report a”"),
        (SKIPPED, "skipped “Report a”"),
        (LATER, "left “Report a” for later"),
    ],
)
def test_the_decision_in_words(state: TriageState, words: str) -> None:
    assert decision_words(put("a", state), DOCUMENTS) == words


def test_the_rows_of_documents_say_what_holds_and_who_said_so() -> None:
    rows = document_rows(pack(*events(put("a", KEPT), put("b", LATER, "other"))))
    assert [(row["state"], row["state_by"], row["state_before"]) for row in rows] == [
        ("kept", ANN, None),
        ("new", ANN, "later"),
        ("new", None, None),
        ("new", None, None),
    ]


@pytest.mark.parametrize(
    ("kept", "few", "most", "first"),
    [
        ("", 9, 9, "abcdef"),
        ("", 2, 2, "ab"),
        ("f", 2, 2, "af"),
        ("fe", 2, 2, "ef"),
        ("fed", 2, 2, "ef"),
        ("fed", 2, 9, "def"),
        ("fedc", 2, 3, "def"),
        ("b", 3, 4, "abc"),
    ],
)
def test_of_many_documents_those_that_were_kept_come_first(kept: str, few: int, most: int, first: str) -> None:
    one = pack(documents=[document(name) for name in "abcdef"])
    triaged = held(*(put(name, TriageState.KEPT) for name in kept), put("a", TriageState.SKIPPED)).triaged
    assert "".join(found.id[0] for found in kept_first(one, triaged, few, most)) == first
