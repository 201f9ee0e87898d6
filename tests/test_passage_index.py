"""Searching an index: the same passages as going through the pack finds, and the words in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from threading import Event as Flag
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.analysis.query import OF_A_CLAIM, And, Field, FieldName, Node, Not, Or, Query, Term, parse_query
from briefing.model import Block, BlockKind, Claim, Document, Pack, Span
from briefing.parsing import parse_document
from briefing.storage.index.memory import in_memory_index
from briefing.storage.index.search import PAGE, Found, PassageIndex, words_found
from briefing.storage.index.search_stopped import SearchStoppedError
from tests.small_pack import small_pack

Place = tuple[str, int]
"""Document and first character of a passage."""


def tokens(text: str) -> list[str]:
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(one))
    return re.findall(r"[^\W_]+", plain)


def has_words(text: str, words: str, prefix: bool) -> bool:
    wanted, given = tokens(words), tokens(text)
    for start in range(len(given) - len(wanted) + 1):
        *whole, last = given[start : start + len(wanted)]
        if whole == wanted[:-1] and (last.startswith(wanted[-1]) if prefix else last == wanted[-1]):
            return True
    return False


def is_said(claim: Claim, field: Field) -> bool:
    value = field.value.lower()
    ids = {FieldName.ROLE: claim.roles, FieldName.CONSTRAINT: claim.constraints}
    if field.name in ids:
        return any(id.startswith(field.value) for id in ids[field.name])
    if field.name is FieldName.VOICE:
        return value in claim.voice.lower()
    return (claim.status if field.name is FieldName.STATUS else claim.stance).startswith(value)


def holds(node: Node, pack: Pack, document: Document, block: Block) -> bool:
    """Whether a passage is what `node` asks for, found out without an index."""
    match node:
        case Term(text, prefix):
            return has_words(block.shown.text, text, prefix)
        case Not(part):
            return not holds(part, pack, document, block)
        case Or(parts):
            return any(holds(part, pack, document, block) for part in parts)
        case And(parts):
            said = [part for part in parts if isinstance(part, Field) and part.name in OF_A_CLAIM]
            rest = all(holds(part, pack, document, block) for part in parts if part not in said)
            claims = claims_in(pack, document, block)
            return rest and (not said or any(all(is_said(claim, field) for field in said) for claim in claims))
        case Field() if node.name in OF_A_CLAIM:
            return any(is_said(claim, node) for claim in claims_in(pack, document, block))
    assert isinstance(node, Field)
    return has_field(node, pack, document, block)


def claims_in(pack: Pack, document: Document, block: Block) -> list[Claim]:
    return [one for one in pack.claims if one.document == document.id and block.span.contains(one.span)]


def has_field(field: Field, pack: Pack, document: Document, block: Block) -> bool:
    value = field.value.lower()
    day = f"{document.date}-01-01"[:10]
    if field.name is FieldName.DOC:
        return value in document.id.lower() or value in document.label.lower()
    if field.name in (FieldName.AFTER, FieldName.BEFORE):
        than = f"{value}-01-01"[:10]
        return bool(document.date) and (day >= than if field.name is FieldName.AFTER else day < than)
    named = [one for one in pack.mentions if one.document == document.id and block.span.contains(one.span)]
    if field.name is FieldName.TYPE:
        return any(mention.type.lower().startswith(value) for mention in named)
    keys = {mention.key for mention in named}
    forms = [form for one in pack.entities if one.key in keys for form in (one.name, *one.aliases)]
    return any(has_words(form, field.value, field.prefix) for form in forms)


def by_going_through(pack: Pack, query: Query) -> set[Place]:
    def fits(document: Document, block: Block) -> bool:
        if query.pattern and not re.search(query.pattern, block.shown.text, re.IGNORECASE):
            return False
        return query.where is None or holds(query.where, pack, document, block)

    return {
        (document.id, block.span.start)
        for document in pack.documents
        for block in document.blocks
        if block.kind is not BlockKind.MARKUP and fits(document, block)
    }


def places(index: PassageIndex, found: Found) -> list[Place]:
    return [(passage.document, passage.span.start) for passage in index.all(found)]


def nodes(leaves: Sequence[str]) -> st.SearchStrategy[str]:
    leaf = st.sampled_from(leaves)
    return st.recursive(
        leaf,
        lambda part: st.one_of(
            st.builds("({} {})".format, part, part),
            st.builds("({} OR {})".format, part, part),
            st.builds("NOT {}".format, part),
        ),
        max_leaves=5,
    )


LEAVES = [
    *("japan", "nato", '"self-defense forces"', "train*", "the", "Wiesbaden", '"of the"', "zebra", "ukraine’s"),
    *("role:training", "role:l", "constraint:cost", "status:announced", "stance:lim", "voice:a", "type:person"),
    *(
        "type:law",
        "entity:nato",
        "entity:tar*",
        "doc:000",
        "doc:opinion",
        "after:2026-01",
        "before:2022",
        "before:2021-06",
    ),
]


@pytest.fixture(scope="module")
def index(seeds_pack: Pack) -> Iterator[PassageIndex]:
    made = in_memory_index(seeds_pack)
    yield made
    made.close()


@settings(max_examples=150, deadline=None)
@given(text=nodes(LEAVES), pattern=st.sampled_from(["", "", "", " ~support", r" ~\d{4}", " ~(air|sea) "]))
def test_the_index_finds_what_going_through_the_pack_finds(
    index: PassageIndex, seeds_pack: Pack, text: str, pattern: str
) -> None:
    query = parse_query(text + pattern)
    found = index.find(query)
    listed = places(index, found)
    assert set(listed) == by_going_through(seeds_pack, query)
    assert len(listed) == len(set(listed)) == len(found.passages)
    assert found.documents == len({document for document, _ in listed})
    assert not found.more


@settings(deadline=None)
@given(text=st.text(max_size=20) | st.text("\"*()~-: ANDORT\0'%_;\ud800", max_size=20))
def test_nothing_that_is_typed_breaks_the_index(index: PassageIndex, text: str) -> None:
    try:
        query = parse_query(text, typing=True)
    except ValueError:
        return
    found = index.find(query)
    assert len(list(index.all(found))) == len(found.passages)


@settings(deadline=None)
@given(text=nodes(LEAVES))
def test_every_word_found_stands_where_it_is_said_to(index: PassageIndex, seeds_pack: Pack, text: str) -> None:
    for passage in index.page(index.find(parse_query(text)), 0):
        document = seeds_pack.document(passage.document)
        words = words_found(passage, document)
        assert words
        assert all(passage.span.contains(span) for span in words)
        assert all(one.end <= other.start for one, other in pairwise(words))


@pytest.fixture
def pack() -> Pack:
    return small_pack()


def found_in(pack: Pack, text: str, *, typing: bool = False) -> list[list[str]]:
    """The words of each passage that is found, the best first."""
    index = in_memory_index(pack)
    passages = index.all(index.find(parse_query(text, typing=typing)))
    documents = ((passage, pack.document(passage.document)) for passage in passages)
    return [[document.quote(span) for span in words_found(passage, document)] for passage, document in documents]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tugs", [["Tugs"], ["tugs"], ["tugs"]]),
        ("tugs law", [["tugs", "law"]]),
        ('"two tugs"', [["two tugs"]]),
        ("mon*", [["Money"], ["money"]]),
        ("港湾局", [["港湾局"]]),
        ("role:tugs status:done", [["The Port Authority lent its tugs in March."]]),
        ("role:tugs status:general", [["Tugs cost money."]]),
        ("entity:港湾局 doc:news", [["Port Authority"], ["港湾局"]]),
        ("entity:authority lent", [["Port Authority", "lent"]]),
        ("type:date", [["March"]]),
        ("~short.$", [["short."]]),
        ("after:2024-05 before:2024-06 harbour", [["Harbour"]]),
        ("after:2024-06 harbour", []),
        ("very short -money", []),
    ],
)
def test_what_is_asked_for_is_lit_up(pack: Pack, text: str, words: list[list[str]]) -> None:
    assert sorted(found_in(pack, text)) == sorted(words)


def test_what_fits_best_comes_first_and_what_is_no_evidence_last() -> None:
    long = "The pilots went to sea, where they met other ships, their crews, and nobody else."
    text = f"Pilots.\n\n{long}\n\nPilots met pilots.\n\nThe sea is wide.\n\nMoney is short.\n\nPilots.\n"
    document = parse_document("a.md", text.encode())
    index = in_memory_index(replace(small_pack(), documents=(document,), mentions=(), entities=(), claims=()))
    found = [passage.text for passage in index.all(index.find(parse_query("pilots")))]
    assert found == ["Pilots met pilots.", long, "Pilots.", "Pilots."]


def many(count: int) -> PassageIndex:
    text = "\n\n".join(f"Tug number {number} of the port." for number in range(count))
    documents = (parse_document("a.md", text.encode()),)
    return in_memory_index(replace(small_pack(), documents=documents, mentions=(), entities=(), claims=()))


def test_of_very_many_the_first_are_listed_in_their_order() -> None:
    index = many(120)
    query = parse_query("tug")
    found = index.find(query, most=100)
    assert (found.more, len(found.passages)) == (True, 100)
    assert [passage.text for passage in index.page(found, 1)][:2] == [
        "Tug number 50 of the port.",
        "Tug number 51 of the port.",
    ]
    assert (index.find(query, most=120).more, len(index.find(query, most=None).passages)) == (False, 120)
    assert len(index.page(found, 0)) == PAGE


def test_a_document_that_is_shown_has_all_its_words_lit(pack: Pack) -> None:
    index = in_memory_index(pack)
    found = index.find(parse_query("tugs"))
    assert [passage.span.start for passage in index.in_document(found, "notes/note.txt")] == [13]
    assert index.in_document(found, "gone.txt") == []


def test_what_takes_too_long_is_stopped() -> None:
    index = many(3_000)
    with pytest.raises(SearchStoppedError):
        index.find(parse_query("~x.{0,9}y"), seconds=0)
    assert len(index.find(parse_query('"number 7"')).passages) == 1


def test_a_newer_search_stops_the_one_before(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    index, begun, ended = in_memory_index(pack), Flag(), []

    def endless(pattern: str, text: str, going: Callable[[], bool]) -> Iterator[tuple[int, int]]:
        begun.set()
        while going():
            pass
        return iter(())

    def search() -> None:
        with pytest.raises(SearchStoppedError):
            index.find(parse_query("~x"))
        ended.append(True)

    monkeypatch.setattr("briefing.storage.index.search.matches", endless)
    thread = Thread(target=search)
    thread.start()
    begun.wait()
    assert len(index.find(parse_query("tugs")).passages) == 3
    thread.join()
    assert ended == [True]


def test_a_page_is_not_waited_for_while_something_is_looked_up(pack: Pack) -> None:
    index = in_memory_index(pack)
    found = index.find(parse_query("tugs"))
    with index._asking, pytest.raises(SearchStoppedError):
        index.page(found, 0)
    assert len(index.page(found, 0)) == 3


def test_no_words_are_found_in_a_document_that_has_changed_since() -> None:
    passage = next(iter(in_memory_index(small_pack()).all(Found(Query(), (1,), (1,)))))
    document = small_pack().documents[0]
    assert words_found(passage, replace_blocks(document)) == (Span(0, 0),)
    changed = parse_document("changed.txt", b"Nothing of that stands here any more.\n")
    assert words_found(passage, changed) == (changed.blocks[0].span,)


def replace_blocks(document: Document) -> Document:
    return replace(document, blocks=())
