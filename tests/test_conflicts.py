"""Conflicts: what disagrees is found, what only looks so is not, and both are shown with the very words."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.conflicts import conflicts_of
from briefing.analysis.weighing import weighed
from briefing.export.rows import conflict_rows
from briefing.extraction.entities import extract_mentions
from briefing.model import (
    Claim,
    Conflict,
    ConflictKind,
    Constraint,
    Cue,
    Decision,
    Document,
    Pack,
    Role,
    Scenario,
    Settle,
    Span,
    Stage,
    Stance,
    Strike,
)
from briefing.parsing import parse_document
from briefing.rendering.conflicts import ConflictSide, conflict_entries
from briefing.rendering.line import plain, width_of
from tests.conflict_sets import SETS, DocumentSet, Planted
from tests.weighed_pack import events

TITLE = "News from abroad"


def _documents(*texts: str, date: str | None = "2024-05-06") -> list[Document]:
    return [parse_document(f"{number}.txt", text.encode(), date=date) for number, text in enumerate(texts)]


def _conflicts(documents: Sequence[Document]) -> tuple[Conflict, ...]:
    return conflicts_of(documents, (), extract_mentions(documents), None)


def _between(one: str, other: str) -> list[tuple[str, str, str]]:
    """Kind, and the words on both sides, of the conflicts of two documents that say one sentence each."""
    documents = _documents(*(f"{TITLE}\n\n{text}\n" for text in (one, other)))
    by_id = {document.id: document for document in documents}
    return [
        (
            str(conflict.kind),
            by_id[conflict.one.document].quote(conflict.one.words),
            by_id[conflict.other.document].quote(conflict.other.words),
        )
        for conflict in _conflicts(documents)
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "Norway will send four officers to the headquarters in Nairobi.",
            "Norway will send six officers to the headquarters in Nairobi.",
            ("number", "four officers", "six officers"),
        ),
        (
            "Brazil will join a large naval exercise off Angola in June.",
            "Brazil will join three naval exercises off Angola.",
            ("number", "a large naval exercise", "three naval exercises"),
        ),
        (
            "Canada gave $20 million for the police in Haiti.",
            "Canada gave $35 million for the police in Haiti.",
            ("number", "$20 million", "$35 million"),
        ),
        (
            "Poland has delivered the howitzers to Moldova.",
            "The howitzers will be delivered to Moldova by Poland.",
            ("status", "has delivered", "will be delivered"),
        ),
        (
            "The parliament of Ghana has ratified the fisheries treaty.",
            "The parliament of Ghana has not ratified the fisheries treaty.",
            ("polarity", "has ratified", "not ratified"),
        ),
        (
            "Turkey supports the entry of Georgia into the union.",
            "Turkey opposes the entry of Georgia into the union.",
            ("polarity", "supports", "opposes"),
        ),
        (
            "The law prohibits the export of armed drones to Sudan.",
            "The ministry will export ten armed drones to Sudan.",
            ("polarity", "prohibits", "will export"),
        ),
        (
            "For the first time, soldiers of Ireland were sent to Mali.",
            "Soldiers of Ireland were sent to Mali in 2013.",
            ("first", "first time", "were sent"),
        ),
        (
            "The ferry with the Greek trucks will arrive in Cyprus on May 14.",
            "The ferry with the Greek trucks will arrive in Cyprus on May 21.",
            ("date", "May 14", "May 21"),
        ),
    ],
)
def test_two_sentences_that_disagree(one: str, other: str, expected: tuple[str, str, str]) -> None:
    assert expected in _between(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The same number, otherwise written.
        ("Norway will send 1,000 soldiers to Latvia.", "Norway will send one thousand soldiers to Latvia."),
        ("Norway will send about 950 soldiers to Latvia.", "Norway will send 1,000 soldiers to Latvia."),
        ("Norway will send more than 900 soldiers to Latvia.", "Norway will send 1,000 soldiers to Latvia."),
        ("Canada gave $1.5 billion for the dam in Peru.", "Canada gave 1,500 million dollars for the dam in Peru."),
        # Other things, parties, years.
        ("Norway will send four officers to Kenya.", "Denmark will send six officers to Kenya."),
        ("Norway will send four officers to Kenya.", "Norway will send six officers to Ghana."),
        ("Norway sent four officers to Kenya in 2021.", "Norway sent six officers to Kenya in 2023."),
        ("Norway will send four officers to Kenya.", "Norway will send two more officers to Kenya."),
        ("Bolivia opposes the treaty on the canal.", "Paraguay supports the treaty on the canal."),
        # One says again what the other says.
        ("Norway will send four officers to Kenya.", "Norway will send four officers to Kenya."),
        # No more than possible.
        ("Norway may not send the frigate to Oman.", "Norway will send the frigate to Oman."),
        # Moved, or held every year.
        ("The exercise in Chad will begin on May 3.", "The exercise in Chad was delayed and will begin on May 9."),
        ("The yearly drill in Chad began on May 3, 2022.", "The yearly drill in Chad began on May 9, 2023."),
        # A question says nothing.
        ("Will Norway send six officers to Kenya?", "Norway will send four officers to Kenya."),
    ],
)
def test_two_sentences_that_only_look_so(one: str, other: str) -> None:
    assert _between(one, other) == []


def test_a_plan_carried_out_later_is_no_conflict() -> None:
    plan = parse_document("a.txt", b"News\n\nPoland will deliver the howitzers to Moldova.\n", date="2024-02-01")
    done = parse_document("b.txt", b"News\n\nPoland has delivered the howitzers to Moldova.\n", date="2024-05-01")
    assert _conflicts([plan, done]) == ()


def test_what_is_planned_after_it_was_done_is_a_conflict() -> None:
    done = parse_document("a.txt", b"News\n\nPoland has delivered the howitzers to Moldova.\n", date="2024-02-01")
    plan = parse_document("b.txt", b"News\n\nPoland will deliver the howitzers to Moldova.\n", date="2024-05-01")
    assert [conflict.kind for conflict in _conflicts([done, plan])] == [ConflictKind.STATUS]


def test_parts_that_add_up_are_no_conflict() -> None:
    whole = "Norway will send nine officers to Kenya."
    parts = "The army will send five officers to Kenya, the navy will send four officers to Kenya."
    assert _conflicts(_documents(f"{TITLE}\n\n{whole} {parts}\n")) == ()


def test_a_headline_that_makes_a_possibility_certain() -> None:
    text = "# Norway Sends Frigate to Oman\n\nNorway could send a frigate to Oman, an official said.\n"
    document = parse_document("a.md", text.encode())
    (conflict,) = _conflicts([document])
    assert conflict.kind is ConflictKind.HEADLINE
    assert [document.quote(side.words) for side in (conflict.one, conflict.other)] == ["Sends", "could send"]


def test_a_headline_that_the_text_bears_out() -> None:
    text = "# Norway Sends Frigate to Oman\n\nNorway has sent a frigate to Oman. It could send a frigate to Yemen.\n"
    assert _conflicts([parse_document("a.md", text.encode())]) == ()


def test_a_headline_that_counts_otherwise_than_its_text() -> None:
    text = "# Norway Sends Five Frigates to Oman\n\nNorway has sent three frigates to Oman.\n"
    document = parse_document("a.md", text.encode())
    (conflict,) = _conflicts([document])
    assert (conflict.kind, conflict.reason) == (ConflictKind.NUMBER, "five frigates against three frigates")


def test_captions_and_copies_do_not_count() -> None:
    caption = "Norway sent six officers to Kenya"
    text = f"{TITLE}\n\n{caption}\n{caption}\n\nNorway sent four officers to Kenya.\n"
    assert _conflicts(_documents(text)) == ()


def _shown(documents: Sequence[Document], conflict: Conflict, planted: Planted) -> bool:
    by_id = {document.id: document for document in documents}
    one, other = (by_id[side.document].quote(side.span) for side in (conflict.one, conflict.other))
    pairs = ((one, other), (other, one))
    return conflict.kind is planted.kind and any(planted.one in a and planted.other in b for a, b in pairs)


def _read(set_: DocumentSet) -> list[Document]:
    return [parse_document(name, text.encode(), date=date) for name, date, text in set_.documents]


@pytest.mark.parametrize("set_", SETS)
def test_what_was_planted_is_found_and_nothing_else(set_: DocumentSet) -> None:
    documents = _read(set_)
    conflicts = _conflicts(documents)
    missed = [one for one in set_.planted if not any(_shown(documents, conflict, one) for conflict in conflicts)]
    true = (*set_.planted, *set_.implied)
    false = [one.reason for one in conflicts if not any(_shown(documents, one, planted) for planted in true)]
    assert (missed, false) == ([], [])


@pytest.mark.parametrize("set_", SETS)
def test_order_and_copies_of_documents_change_nothing(set_: DocumentSet) -> None:
    documents = _read(set_)
    ids = {conflict.id for conflict in _conflicts(documents)}
    assert {conflict.id for conflict in _conflicts(documents[::-1])} == ids
    copies = [parse_document(f"copy-{name}", text.encode(), date=date) for name, date, text in set_.documents]
    assert {conflict.id for conflict in _conflicts([*documents, *copies])} == ids


def test_the_bundled_pack(seeds_pack: Pack) -> None:
    conflicts = conflicts_of(seeds_pack.documents, seeds_pack.claims, seeds_pack.mentions, seeds_pack.scenario)
    words = {
        (
            str(conflict.kind),
            seeds_pack.document(conflict.one.document).quote(conflict.one.words),
            seeds_pack.document(conflict.other.document).quote(conflict.other.words),
        )
        for conflict in conflicts
    }
    assert {
        ("status", "Deploys", "will be assigned"),
        ("number", "a major military exercise", "two important military exercises"),
        ("polarity", "acquisition", "failure of China’s attempt to acquire"),
        ("polarity", "limitations", "will also be a more distant projection"),
    } <= words
    assert {"Distance", "Relations with Russia"} <= {conflict.subject for conflict in conflicts}


def test_most_telling_first_and_two_of_a_kind() -> None:
    conflicts = _conflicts(_read(SETS[0]))
    assert (conflicts[0].kind, conflicts[-1].kind) == (ConflictKind.NUMBER, ConflictKind.DATE)
    texts = [f"{TITLE}\n\nNorway will send {count} officers to Kenya.\n" for count in (4, 7, 10, 14, 19, 25)]
    assert len(_conflicts(_documents(*texts))) == 2


_SENTENCES = st.lists(
    st.tuples(
        st.sampled_from(["Norway", "Kenya", "The Navy", "It"]),
        st.sampled_from(["will send", "has sent", "may not send", "does not send", "first time sent", "bars"]),
        st.sampled_from(["two", "1,000", "$5 million", "a", "no", "12 %"]),
        st.sampled_from(["officers", "frigates*", "**troops**", "💣 boats", "\x1b[31mguns"]),
        st.sampled_from(["to Oman on May 3", "in 2019", "before", "| again |", "&amp; more"]),
    ).map(" ".join),
    max_size=8,
)


@given(st.lists(_SENTENCES, min_size=1, max_size=3))
def test_every_side_is_a_slice_of_its_document(texts: list[list[str]]) -> None:
    documents = [parse_document(f"{n}.md", ". ".join(["# A", *text]).encode()) for n, text in enumerate(texts)]
    by_id = {document.id: document for document in documents}
    conflicts = _conflicts(documents)
    assert len({conflict.id for conflict in conflicts}) == len(conflicts)
    for conflict in conflicts:
        assert re.fullmatch(r"[0-9a-f]{16}", conflict.id)
        for side in (conflict.one, conflict.other):
            assert side.span.contains(side.words)
            assert by_id[side.document].quote(side.words).strip()
            assert side.span in {span for block in by_id[side.document].blocks for span in block.sentences}


HOSTILE: dict[str, Callable[[int], str]] = {
    "the same sentence": lambda size: "Norway will send 4 officers to Kenya. " * size,
    "one line without a stop": lambda size: "first one sent " * size * 3,
    "another number each time": lambda size: " ".join(
        f"Norway will send {count} officers to Kenya." for count in range(size)
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_grows_with_the_length_of_a_hostile_document(kind: str) -> None:
    def seconds(size: int) -> float:
        document = parse_document("a.txt", HOSTILE[kind](size).encode())
        start = time.process_time()
        conflicts_of([document], (), (), None)
        return time.process_time() - start

    assert seconds(4_000) < 10 * seconds(1_000) + 0.5


def _claim(document: Document, quote: str, roles: tuple[str, ...], stance: Stance, named: str) -> Claim:
    start = document.text.index(quote)
    words = document.text.index(named, start)
    return Claim(
        document.id,
        Span(start, start + len(quote)),
        document.line_of(start),
        quote,
        roles,
        ("distance",),
        stance,
        Stage.UNCLEAR,
        "author",
        None,
        (Cue("constraint:distance", Span(words, words + len(named))),),
    )


SCENARIO = Scenario(
    "What could Chile do?",
    "Chile",
    ("chile",),
    (Role("ships", "Ships", ("ship*",)),),
    (Constraint("distance", "Distance", ("distan*", "far")),),
)


def _leaning() -> tuple[list[Document], Conflict]:
    documents = _documents(
        f"{TITLE}\n\nThe sea is too far for ships.\n", f"{TITLE}\n\nSailing so far trains the crews of the ships.\n"
    )
    claims = (
        _claim(documents[0], "The sea is too far for ships.", ("ships",), Stance.LIMITS, "far"),
        _claim(documents[1], "Sailing so far trains the crews of the ships.", ("ships",), Stance.ENABLES, "far"),
    )
    (conflict,) = conflicts_of(documents, claims, (), SCENARIO)
    pack = Pack("p", "p", "", None, tuple(documents), found_conflicts=(conflict,))
    (settled,) = weighed(pack, events(Settle(conflict.id, "both hold\x1b[2J"))).conflicts
    return documents, settled


def test_a_constraint_that_hinders_here_and_helps_there() -> None:
    _, conflict = _leaning()
    assert (conflict.kind, conflict.subject, conflict.reason) == (
        ConflictKind.POLARITY,
        "Distance",
        "an obstacle against an asset",
    )
    assert (conflict.roles, conflict.constraints) == (("ships",), ("distance",))


def test_rows_quote_both_sides() -> None:
    documents, conflict = _leaning()
    (row,) = conflict_rows([conflict], documents)
    assert row["one"] == {
        "doc": "0.txt",
        "start": 18,
        "end": 47,
        "line": 3,
        "quote": "The sea is too far for ships.",
        "words": {"start": 33, "end": 36, "text": "far"},
        "struck": False,
    }
    assert (row["kind"], row["subject"], row["settled"]) == ("polarity", "Distance", "both hold\x1b[2J")


@pytest.mark.parametrize(
    ("strikes", "expected"),
    [
        ([], (False, False, False)),
        ([Strike("1.txt")], (True, False, True)),
        ([Strike("0.txt", Span(18, 47), "The sea is too far for ships.")], (True, True, False)),
        ([Strike("1.txt", Span(18, 47), "The sea is too far for ships.")], (False, False, False)),
    ],
)
def test_rows_say_which_side_was_struck(strikes: list[Decision], expected: tuple[bool, bool, bool]) -> None:
    documents, conflict = _leaning()
    (row,) = conflict_rows([conflict], documents, events(*strikes))
    sides = [row["one"], row["other"]]
    assert (row["struck"], *(side["struck"] for side in sides if isinstance(side, dict))) == expected


@pytest.mark.parametrize("width", [20, 80, 140])
def test_entries_show_both_sides_one_above_the_other(width: int) -> None:
    documents, conflict = _leaning()
    head, one, other = conflict_entries([conflict], documents, width)
    assert all(width_of(line) <= width for entry in (head, one, other) for line in entry.lines)
    assert head.value is None
    assert "settled by ann@desk, 2026-01-01: both hold␛[2J" in " ".join(plain(line).strip() for line in head.lines)
    assert one.value == ConflictSide(conflict.id, "0.txt", Span(33, 36))
    assert other.value == ConflictSide(conflict.id, "1.txt", Span(29, 32))
    assert "“The sea is too far for ships.”" in " ".join(plain(line).strip() for line in one.lines)
    marked = [piece.text for line in one.lines for piece in line if "target" in piece.style]
    assert marked == ["far"]


@pytest.mark.parametrize("struck", ["1.txt", ("1.txt", "Sailing so far trains the crews of the ships.")])
def test_a_side_that_was_struck_is_struck_through(struck: str | tuple[str, str]) -> None:
    documents, conflict = _leaning()
    _, one, other = conflict_entries([conflict], documents, 80, {struck})
    assert plain(one.lines[0]).startswith("  News from abroad")
    assert plain(other.lines[0]).startswith("  STRUCK  News from abroad")
    assert not any("struck" in piece.style for line in one.lines for piece in line)
    crossed = [piece.text for line in other.lines for piece in line if "struck" in piece.style.split()]
    assert "".join(crossed) == "“Sailing so far trains the crews of the ships.”"


def test_without_a_conflict_one_line_says_so() -> None:
    (entry,) = conflict_entries([], [], 80)
    assert plain(entry.lines[0]) == "No two sentences disagree, as far as the rules can tell."
    assert entry.value is None


def test_an_accent_on_nothing_is_no_word() -> None:
    assert _conflicts(_documents("They sent 5 \u0301 boats.\n", "They sent 7 \u0301 boats.\n")) == ()
