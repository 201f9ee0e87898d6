"""Origins: which documents repeat one another or rest on one source, and what officers make of that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.cited_sources import cited_source
from briefing.analysis.origins import likenesses_of, origins_of
from briefing.analysis.wording import PASSAGE, shared_passages
from briefing.export.rows import origin_rows
from briefing.model import Block, Document, Event, Group, Origin, Pack, Undo
from briefing.parsing import parse_document
from briefing.rendering.line import plain, width_of
from briefing.rendering.origins import origin_entries

TUGS = """\
The harbour board met in Calm on Tuesday to settle how many tugs the winter fleet will need.
Two of the older boats are to be sold, the chairwoman said, because their engines have no spare parts left.
Pilots had asked for a third boat at the northern mole, where ice forms early and ships wait longest.
The board will vote again in spring, once the shipyard has named its price for the new hulls.
"""
GRAIN = """\
Farmers on the plain have stored more barley this year than the railway can carry before the frost.
A delegation from the mills asked the ministry to lend forty wagons and to open the southern siding at night.
Officials replied that crews are short and that passenger trains already use every platform after dark.
Prices at the exchange fell slightly, while brokers waited for news of the rains beyond the hills.
"""
SALT = """\
Divers found the wreck of a salt barge under eleven metres of silt near the old customs quay yesterday.
Its timbers were cut with tools that went out of use before the lighthouse was raised on the point.
The museum wants to lift the hull in one piece, which no crane in the province is able to do alone.
Until money is found the site stays fenced, and anglers are asked to keep their lines well away from it.
"""
WORDS = [
    first + last
    for first in ("bar", "kel", "mon", "tis", "rov", "sul", "dan")
    for last in ("a", "ek", "in", "os", "ur")
]


def text(id: str, words: str, **given: str) -> Document:
    return parse_document(id, words.encode(), **given)


def grouped(documents: Iterable[Document], *decisions: Event) -> list[tuple[str, ...]]:
    return [origin.documents for origin in origins_of(list(documents), decisions)]


def decided(by: str, *documents: str) -> Event:
    return Event(f"{by}{documents}", datetime(2024, 5, 1, tzinfo=UTC), by, Group(documents))


def random_words(seed: int, count: int) -> list[str]:
    return Random(seed).choices(WORDS, k=count)  # noqa: S311 - nothing secret


def edited(words: list[str], seed: int, share: float) -> list[str]:
    changed = set(Random(seed).sample(range(len(words)), int(len(words) * share)))  # noqa: S311 - nothing secret
    return [f"other{place}" if place in changed else word for place, word in enumerate(words)]


def test_documents_that_share_nothing_are_origins_of_their_own() -> None:
    assert origins_of([text("a.txt", TUGS), text("b.txt", GRAIN)]) == (Origin(("a.txt",)), Origin(("b.txt",)))


def test_a_short_copy_in_a_longer_article_is_no_origin_of_its_own() -> None:
    copy = TUGS.splitlines()[1] + "\n"
    (origin,) = origins_of([text("a.txt", GRAIN + TUGS + SALT), text("b.txt", copy)])
    assert origin.documents == ("a.txt", "b.txt")
    assert origin.reason == "100 % of the words of b.txt stand in a.txt"


def test_case_quotes_dashes_and_line_ends_do_not_hide_a_copy() -> None:
    one = (
        "“We can’t lend both,” the well-known chairwoman of the board of Calm said: two tugs – and no more – must do.\n"
    )
    other = (
        '"WE CAN\'T LEND BOTH", the well‑known chairwoman of the board of Calm\nsaid: two tugs - no more - must do.\n'
    )
    assert grouped([text("a.txt", one), text("b.txt", other)]) == [("a.txt", "b.txt")]


def test_a_shared_paragraph_in_long_articles_is_not_enough() -> None:
    shared = TUGS.splitlines()[0] + "\n"
    assert len(grouped([text("a.txt", GRAIN + shared), text("b.txt", SALT + shared)])) == 2


def test_a_few_words_are_no_copy() -> None:
    assert len(grouped([text("a.txt", "Tugs are short in Calm."), text("b.txt", "Tugs are short in Calm.")])) == 2


def test_what_counts_for_nothing_is_no_shared_wording() -> None:
    code = "\n```\n" + TUGS * 3 + "```\n"
    assert len(grouped([text("a.md", GRAIN + code), text("b.md", SALT + code)])) == 2


def test_a_copy_of_a_copy_is_of_the_same_origin() -> None:
    words = random_words(1, 300)
    copies = [words]
    for seed in range(4):
        copies.append(edited(copies[-1], seed, 0.15))
    documents = [text(f"{number}.txt", " ".join(copy)) for number, copy in enumerate(copies)]
    assert grouped(documents) == [("0.txt", "1.txt", "2.txt", "3.txt", "4.txt")]


def test_a_compilation_does_not_make_one_origin_of_all_it_holds() -> None:
    review = text("review.txt", TUGS + GRAIN + SALT)
    documents = [text("a.txt", TUGS), text("b.txt", GRAIN), text("c.txt", SALT), review]
    assert grouped(documents) == [("a.txt",), ("b.txt",), ("c.txt", "review.txt")]


@given(st.lists(st.sampled_from([TUGS, GRAIN, SALT, TUGS + GRAIN, "", "Tugs."]), max_size=6))
def test_every_document_is_in_exactly_one_origin_in_pack_order(texts: list[str]) -> None:
    documents = [text(f"{number}.txt", words) for number, words in enumerate(texts)]
    origins = grouped(documents)
    assert sorted(id for ids in origins for id in ids) == [document.id for document in documents]
    assert [ids[0] for ids in origins] == sorted(ids[0] for ids in origins)
    assert all(list(ids) == sorted(ids) for ids in origins)


@given(st.integers(0, 10_000), st.integers(60, 400))
def test_a_copy_with_a_tenth_of_its_words_changed_is_of_one_origin_whichever_comes_first(seed: int, count: int) -> None:
    words = random_words(seed, count)
    one, other = text("a.txt", " ".join(words)), text("b.txt", " ".join(edited(words, seed + 1, 0.1)))
    assert grouped([one, other]) == [("a.txt", "b.txt")]
    assert grouped([other, one]) == [("b.txt", "a.txt")]


@given(st.integers(0, 10_000), st.integers(60, 400))
def test_unrelated_documents_are_two_origins(seed: int, count: int) -> None:
    one, other = (text(f"{number}.txt", " ".join(random_words(seed + number, count))) for number in (0, 20_000))
    assert len(grouped([one, other])) == 2
    assert len(grouped([other, one])) == 2


def test_the_order_of_the_pack_does_not_decide_what_belongs_together() -> None:
    documents = [
        text("a.txt", TUGS),
        text("b.txt", TUGS + GRAIN),
        text("c.txt", SALT),
        text(
            "d.txt",
            "According to KBC, \
salt barges sank in Calm.",
        ),
        text("e.txt", "Tugs were sold in spring, citing the state broadcaster KBC.\nNothing more."),
    ]
    found = {frozenset(map(frozenset, grouped(order))) for order in permutations(documents)}
    assert found == {frozenset({frozenset({"a.txt", "b.txt"}), frozenset({"c.txt"}), frozenset({"d.txt", "e.txt"})})}


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        ("According to KBC: Two tugs were sold.", "KBC", "According to KBC"),
        (
            "Two tugs were sold, according to the state news agency Belta.",
            "Belta",
            "according to the state news agency Belta",
        ),
        (
            "Two tugs were sold on Monday, citing the Kenyan state broadcaster KBC.",
            "KBC",
            "citing the Kenyan state broadcaster KBC",
        ),
        ("The Harbour Gazette reports that two tugs were sold.", "The Harbour Gazette", "The Harbour Gazette reports"),
        ("GENEVA, May 3 (Reuters) - Two tugs were sold.", "Reuters", "Reuters"),
        ("NAIROBI (AP) — Two tugs were sold.", "Associated Press", "AP"),
        ("(Harbour Wire) – Two tugs were sold.", "Harbour Wire", "Harbour Wire"),
        (
            "Tugs were sold.\n\nThis article was originally published by The Harbour Gazette.",
            "The Harbour Gazette",
            "This article was originally published by The Harbour Gazette",
        ),
        ("Tugs were sold.\n\nSource: Xinhua", "Xinhua", "Source: Xinhua"),
    ],
)
def test_a_text_says_whom_it_rests_on(words: str, name: str, said: str) -> None:
    document = text("a.txt", words + "\n")
    found = cited_source(document)
    assert found is not None
    assert found.name == name
    assert found.span is not None
    assert document.quote(found.span) == said


@pytest.mark.parametrize(
    "words",
    [
        "According to Kenyan officials, two tugs were sold.",
        "According to the Ministry, two tugs were sold.",
        "According to the Ministry of Foreign Affairs, two tugs were sold.",
        "The North Harbour Alliance (NHA) – a club of pilots – sold two tugs.",
        "Two tugs were sold. Nobody asked why. It rained. According to KBC, it was late.",
        "According to KBC, two tugs were sold.\nAccording to AFP, one was.\nAccording to AFP, none was.\n",
    ],
)
def test_words_that_name_nobody_or_only_a_part_are_no_source(words: str) -> None:
    assert cited_source(text("a.txt", words)) is None


def test_most_of_three_attributions_or_more_make_a_source() -> None:
    words = "Two tugs of the old fleet were sold.\nNobody knows why.\nAccording to KBC, the price was low.\n"
    words += "The mole, according to KBC, stays closed.\nThe winter, according to pilots, will be hard.\n"
    assert cited_source(text("a.txt", words)) is None
    found = cited_source(text("a.txt", words + "A third boat, according to KBC, was not for sale.\n"))
    assert found is not None
    assert (found.name, found.reason) == ("KBC", "in 3 of 4 attributions")


def test_documents_that_rest_on_one_source_are_one_origin_and_the_reason_says_how() -> None:
    one = text("a.txt", "According to KBC: Two tugs were sold.\nThe mole, according to pilots, is closed.\n")
    other = text("b.txt", GRAIN.replace("Farmers", "NAIROBI, May 3 (KBC) - Farmers", 1))
    (origin,) = origins_of([one, other])
    assert origin.reason == (
        "according to KBC: a.txt names it in its opening, and in 1 of 2 attributions, b.txt names it in its dateline"
    )


def test_a_source_quoted_once_in_passing_joins_nothing() -> None:
    passing = "According to the Harbour Gazette, it rained.\n"
    assert len(grouped([text("a.txt", TUGS + passing), text("b.txt", GRAIN + passing)])) == 2


def test_the_document_that_another_rests_on_is_of_the_same_origin() -> None:
    citing = text("a.txt", "According to the Harbour Gazette, two tugs were sold.\n", label="Sales")
    published = text("b.txt", GRAIN, origin="Harbour Gazette")
    (origin,) = origins_of([citing, published])
    assert origin.reason == "according to Harbour Gazette: Sales names it in its opening, b.txt is from Harbour Gazette"
    assert grouped([citing, text("c.txt", SALT, label="Harbour Gazette")]) == [("a.txt", "c.txt")]


def test_one_publisher_or_page_is_one_origin_and_a_mere_description_is_not() -> None:
    def both(origin: str) -> int:
        return len(grouped([text("a.txt", TUGS, origin=origin), text("b.txt", GRAIN, origin=origin)]))

    assert [both(one) for one in ("The Harbour Gazette", "https://www.harbour.example/2024/tugs")] == [1, 1]
    assert [both(one) for one in ("a paper", "Press release", "unsigned article", "https://www.harbour.example/")] == [
        2
    ] * 4


def test_what_officers_decide_goes_before_what_is_found() -> None:
    documents = [text("a.txt", TUGS), text("b.txt", TUGS), text("c.txt", GRAIN)]
    assert grouped(documents, decided("ann@desk", "b.txt")) == [("a.txt",), ("b.txt",), ("c.txt",)]
    joined = origins_of(documents, [decided("ann@desk", "b.txt", "c.txt")])
    assert [origin.documents for origin in joined] == [("a.txt", "b.txt", "c.txt")]
    assert joined[0].reason == "b.txt and c.txt joined by ann@desk; 100 % of the words of a.txt stand in b.txt"


def test_reasons_call_documents_by_their_labels() -> None:
    page = "https://www.harbour.example/2024/tugs"
    one, other = text("a.txt", TUGS, label="Tug news", origin=page), text("b.txt", TUGS, label="A copy", origin=page)
    (found,) = origins_of([one, other])
    assert found.reason.startswith("100 % of the words of Tug news stand in A copy; ")
    assert "Tug news and A copy are from one page, " in found.reason
    (joined,) = origins_of([one, text("c.txt", GRAIN, label="Grain")], [decided("ann@desk", "a.txt", "c.txt")])
    assert joined.reason == "Tug news and Grain joined by ann@desk"


def test_a_document_that_was_set_apart_is_joined_only_by_an_officer() -> None:
    documents = [text("a.txt", TUGS), text("b.txt", TUGS), text("c.txt", GRAIN)]
    apart = decided("ann@desk", "a.txt")
    assert origins_of(documents, [apart])[0] == Origin(("a.txt",), "set apart by ann@desk")
    later = decided("bob@desk", "a.txt", "c.txt")
    assert grouped(documents, apart, later) == [("a.txt", "c.txt"), ("b.txt",)]
    assert grouped(documents, later, apart) == [("a.txt",), ("b.txt",), ("c.txt",)]


def test_copies_stay_together_when_the_one_they_were_compared_with_is_set_apart() -> None:
    documents = [text(f"{number}.txt", TUGS) for number in range(4)]
    assert grouped(documents, decided("ann@desk", "0.txt")) == [("0.txt",), ("1.txt", "2.txt", "3.txt")]


class Unread(Document):
    """A document in a file, which is read when it is looked at."""

    __slots__ = ("_read", "_written")
    _read: list[str]
    _written: Document

    def __init__(self, written: Document, read: list[str]) -> None:
        for name in ("id", "digest", "format", "title", "label", "date", "origin"):
            object.__setattr__(self, name, getattr(written, name))
        object.__setattr__(self, "_read", read)
        object.__setattr__(self, "_written", written)

    @property
    def is_at_hand(self) -> bool:
        return False

    @property
    def blocks(self) -> Sequence[Block]:
        self._read.append(self.id)
        return self._written.blocks


def test_documents_that_are_not_at_hand_are_not_read_for_their_origins() -> None:
    documents = [text(id, TUGS) for id in ("a.txt", "b.txt", "c.txt")]
    read: list[str] = []
    unread = [Unread(document, read) for document in documents]
    assert origins_of(unread) == (Origin(("a.txt",)), Origin(("b.txt",)), Origin(("c.txt",)))
    assert origins_of(unread, found=likenesses_of(tuple(documents))) == origins_of(documents)
    assert grouped(unread, decided("ann@desk", "a.txt", "c.txt")) == [("a.txt", "c.txt"), ("b.txt",)]
    assert read == []


def test_only_the_rest_of_its_origin_is_read_when_a_document_is_set_apart() -> None:
    documents = [
        *(text(f"{number}.txt", TUGS) for number in range(4)),
        *(text(f"g{number}.txt", GRAIN) for number in range(2)),
        text("review.txt", GRAIN + TUGS),
        text("s1.txt", "According to KBC, two tugs were sold.\n"),
        text("s2.txt", SALT, origin="KBC"),
        text("s3.txt", SALT),
    ]
    found = likenesses_of(tuple(documents))
    read: list[str] = []
    for id, others in (("review.txt", "0 1 2 3 g0 g1"), ("s2.txt", "s1 s3"), ("0.txt", "1 2 3 g0 g1 review")):
        read.clear()
        apart = [decided("ann@desk", id)]
        assert origins_of([Unread(one, read) for one in documents], apart, found) == origins_of(documents, apart)
        assert sorted(set(read)) == [f"{other}.txt" for other in others.split()]


def test_of_many_documents_none_is_read_when_one_is_set_apart() -> None:
    documents = [text(f"{number:02}.txt", GRAIN if number else SALT, origin="KBC") for number in range(40)]
    found = likenesses_of(tuple(documents))
    read: list[str] = []
    unread = [Unread(one, read) for one in documents]
    alone, others = origins_of(unread, [decided("ann@desk", "00.txt")], found)
    assert (alone.documents, len(others.documents), read) == (("00.txt",), 39, [])


def test_decisions_on_documents_that_are_gone_or_of_other_kinds_change_nothing() -> None:
    documents = [text("a.txt", TUGS), text("b.txt", GRAIN)]
    undo = Event("x", datetime(2024, 5, 1, tzinfo=UTC), "ann@desk", Undo("y"))
    gone = decided("ann@desk", "a.txt", "gone.txt")
    assert origins_of(documents, [gone, decided("ann@desk", "gone.txt"), decided("ann@desk"), undo]) == origins_of(
        documents
    )


def test_many_copies_are_one_origin_with_a_short_reason() -> None:
    documents = [text(f"{number:03}.txt", TUGS) for number in range(200)]
    (origin,) = origins_of(documents)
    assert len(origin.documents) == 200
    assert origin.reason.endswith("; and 196 more")
    assert origin.reason.count("stand in") == 3


def test_the_seeds_are_three_origins(seeds_pack: Pack) -> None:
    assert [len(ids) for ids in grouped(seeds_pack.documents)] == [1, 1, 1]


def test_shared_passages_are_shown_in_both_documents_the_longest_first() -> None:
    lines = TUGS.splitlines()
    one = text("a.txt", GRAIN + lines[0] + "\n" + SALT + lines[1].upper() + "\n")
    other = text("b.md", f"# Tugs\n\n**{lines[1]}**\n\nNothing else happened.\n\n{lines[0]}\n")
    passages = shared_passages(one, other)
    quotes = [(one.quote(ours), other.quote(theirs)) for ours, theirs in passages]
    assert quotes == [(lines[1].upper()[:-1], lines[1][:-1]), (lines[0][:-1], lines[0][:-1])]


def test_a_passage_is_twelve_words_at_least() -> None:
    words = TUGS.split()
    one = text("a.txt", " ".join(words[:PASSAGE]) + ".")
    assert len(shared_passages(one, text("b.txt", " ".join(words[:PASSAGE])))) == 1
    assert shared_passages(one, text("b.txt", " ".join(words[: PASSAGE - 1]))) == ()


@given(st.integers(0, 1000))
def test_passages_have_the_same_words_whichever_document_is_asked_first(seed: int) -> None:
    words = random_words(seed, 120)
    one, other = text("a.txt", " ".join(words)), text("b.txt", " ".join(edited(words, seed, 0.05)))
    assert all(one.quote(ours) == other.quote(theirs) for ours, theirs in shared_passages(one, other))
    longest = [
        len(one.quote(shared_passages(*pair)[0][number])) for pair, number in (((one, other), 0), ((other, one), 1))
    ]
    assert longest[0] == longest[1]


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("tug ", 100_000),
        ("according to ", 30_000),
        ("A'", 100_000),
        ("x", 1_000_000),
        ("Aa of the ", 30_000),
        ("(AP) ", 60_000),
    ],
)
def test_hostile_text_is_read_once(piece: str, times: int) -> None:
    one, other = text("a.txt", piece * times), text("b.txt", piece * times + " end")
    assert sorted(id for ids in grouped([one, other]) for id in ids) == ["a.txt", "b.txt"]
    assert len(shared_passages(one, other)) <= 1


def test_origins_are_listed_with_their_documents_and_reasons() -> None:
    documents = [text("a.txt", TUGS, label="Tugs\x1b[31m", date="2024-05-01"), text("b.txt", TUGS), text("c.txt", "")]
    origins = origins_of(documents)
    entries = origin_entries(origins, documents, 60)
    assert [plain(line) for entry in entries for line in entry.lines] == [
        "ORIGIN 1  2 documents",
        "100 % of the words of Tugs␛[31m stand in b.txt",
        "  Tugs␛[31m  2024-05-01  publisher not given",
        "  b.txt  undated  publisher not given",
        "ORIGIN 2  1 document",
        "  c.txt  undated  publisher not given",
    ]
    spans = [("a.txt", documents[0].blocks[0].span), ("b.txt", documents[1].blocks[0].span)]
    assert [entry.value for entry in entries if entry.value] == spans


@given(st.integers(1, 80))
def test_the_list_of_origins_is_never_wider_than_its_place(width: int) -> None:
    documents = [
        text("a.txt", TUGS, label="港湾局の曳船 " * 4),
        text("b.txt", TUGS, origin="a paper of the harbour " * 3),
    ]
    entries = origin_entries(origins_of(documents), documents, width)
    assert all(width_of(line) <= width for entry in entries for line in entry.lines)


def test_origins_as_rows() -> None:
    documents = [text("a.txt", TUGS, label="Tugs"), text("b.txt", GRAIN, label="Grain"), text("c.txt", TUGS)]
    assert origin_rows(origins_of(documents), documents) == [
        {
            "origin": 1,
            "documents": ["a.txt", "c.txt"],
            "labels": ["Tugs", "c.txt"],
            "reason": "100 % of the words of Tugs stand in c.txt",
        },
        {"origin": 2, "documents": ["b.txt"], "labels": ["Grain"], "reason": ""},
    ]
