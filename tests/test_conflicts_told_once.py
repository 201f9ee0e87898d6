"""A disagreement that documents of one origin repeat is told once."""

from __future__ import annotations

import pytest

from briefing.analysis.conflicts import conflicts_of
from briefing.analysis.conflicts.repeats import told_once
from briefing.analysis.judgements import judgements
from briefing.analysis.weighing import weighed
from briefing.extraction.entities import extract_mentions
from briefing.model import Conflict, ConflictKind, Decision, Document, Group, Origin, Pack, Settle, Side, Span, Strike
from briefing.parsing import parse_document
from tests.weighed_pack import events

TEXTS = {
    "mission.txt": "Norway will send six officers to the headquarters in Nairobi.",
    "news.txt": "Norway will send four officers to the headquarters in Nairobi, a minister said on Sunday.",
    "wire.txt": "Norway will send four officers to the headquarters in Nairobi, as the News reports.",
}
APART = [Group((id,)) for id in TEXTS]
JOINED = [*APART, Group(("news.txt", "wire.txt"))]


def pack_of(**texts: str) -> Pack:
    """A pack of short documents, and what they disagree on."""
    documents = tuple(
        parse_document(id.replace("_", "."), f"{text}\n".encode(), date="2024-05-06") for id, text in texts.items()
    )
    mentions = extract_mentions(documents)
    return Pack("p", "p", "", None, documents, found_conflicts=conflicts_of(documents, (), mentions, None))


PACK = pack_of(**{id.replace(".", "_"): text for id, text in TEXTS.items()})


def told(*decisions: Decision) -> list[tuple[str, str, str]]:
    """Kind and documents of the conflicts that are told, in order of document."""
    after = weighed(PACK, events(*decisions))
    return sorted((str(one.kind), one.one.document, one.other.document) for one in after.conflicts)


def test_independent_documents_each_disagree() -> None:
    assert told(*APART) == [("number", "mission.txt", "news.txt"), ("number", "mission.txt", "wire.txt")]


def test_documents_of_one_origin_disagree_once() -> None:
    assert len(told(*JOINED)) == 1
    assert told(*APART, Group(("mission.txt", "news.txt"))) == told(*APART)


@pytest.mark.parametrize("name", ["news.txt", "wire.txt"])
def test_of_repeats_the_one_of_which_both_sides_count_is_told(name: str) -> None:
    (other,) = {"news.txt", "wire.txt"} - {name}
    assert told(*JOINED, Strike(other)) == [("number", "mission.txt", name)]
    document = PACK.document(other)
    span = document.blocks[0].sentences[0]
    assert told(*JOINED, Strike(other, span, document.quote(span))) == [("number", "mission.txt", name)]


@pytest.mark.parametrize("name", ["news.txt", "wire.txt"])
def test_of_repeats_one_that_is_settled_is_told(name: str) -> None:
    id = next(one.id for one in PACK.found_conflicts if name in (one.one.document, one.other.document))
    after = weighed(PACK, events(*JOINED, Settle(id, "four at first")))
    assert [one.settled for one in after.conflicts] == ["four at first"]


def told_of(one: str, other: str, words: str) -> int:
    """How many of two pairs are told: each of a sentence and `words` in one of two documents of one origin."""
    texts = ("The sea is no obstacle.", one, other)
    documents = [Document(f"{number}.txt", text, "", "text") for number, text in enumerate(texts)]
    origins = [Origin(("0.txt",)), Origin(("1.txt", "2.txt"))]
    first = Side("0.txt", Span(0, 23), Span(11, 13))
    pairs = []
    for document in documents[1:]:
        start = document.text.index(words)
        side = Side(document.id, Span(0, len(document.text)), Span(start, start + len(words)))
        pairs.append(Conflict(document.id, ConflictKind.POLARITY, "Distance", first, side, ""))
    found = told_once(pairs, documents, origins, judgements([]))
    assert list(found) == pairs[: len(found)]
    return len(found)


def test_only_the_same_words_in_sentences_that_are_much_alike_are_repeats() -> None:
    far = "The sea is too far for ships, he said."
    assert told_of(far, "The sea is too far for ships, it was reported.", "far") == 1
    assert told_of(far, "Ferries seldom run so far out.", "far") == 2
    assert told_of("The sea is far and wide.", "The sea is far and deep.", "far and") == 1
    assert told_of("The sea is far.", "The sea is too far.", "sea") == 1
