"""Passages as an index holds them: the same, and in the same places, as in the documents; found by any name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.model import Block, Document, Emphasis, ShownPassage
from briefing.parsing import parse_document
from briefing.storage.index.passages import making_of, passages_with, shown_passage
from briefing.storage.index.schema import TABLES
from tests.test_parsing_properties import ENTITIES, NAMES, TEXTS, read


def blocks(document: Document) -> Iterator[tuple[Block, ShownPassage]]:
    """The blocks that names are looked for in, each with the passage that is made from what is kept of it."""
    for block in document.blocks:
        making = making_of(block, document.text)
        assert (making is not None) is block.is_read
        if making is not None:
            yield block, shown_passage(document.id, block.span.start, making, block.shown.text)


@given(NAMES, st.one_of(TEXTS, ENTITIES), st.data())
@example("a.md", "a&#x202E;b `c` &amp;\r\n**d** \\*e", None)
@example("a.txt", "a\x1b\x00b\r\nc \u202ed\u00a0e", None)
def test_a_passage_is_traced_as_its_block_is(name: str, text: str, data: st.DataObject | None) -> None:
    document = read(name, text)
    for block, passage in blocks(document):
        assert passage.shown.text == block.shown.text
        code = [place for place in block.shown.emphasis if place[2] is Emphasis.CODE]
        assert list(passage.shown.emphasis) == code
        length = len(block.shown.text)
        places = [(0, length), *((at, at + 1) for at in range(length))]
        if data is not None and length:
            start = data.draw(st.integers(0, length - 1))
            places.append((start, data.draw(st.integers(start + 1, length))))
        for place in places if length else ():
            span = block.shown.source_of(*place)
            assert passage.shown.source_of(*place) == span
            assert passage.quote(span) == document.quote(span)


@pytest.mark.parametrize(
    ("text", "making"),
    [
        ("Words as they are.", ""),
        ("# Title", '[[[0,"# "],5],[]]'),
        ("one\ntwo", '[[3,[1,"\\n"],3],[]]'),
        ("a **b** `c`", '[[2,[0,"**"],1,[0,"**"],1,[0,"`"],1],[[4,5]]]'),
        ("a &amp; b", '[[2,[1,"&amp;"],2],[]]'),
        ("a&#x202E;b", '[[1,[8,"&#x202E;"],1],[]]'),
    ],
)
def test_what_is_shown_as_it_stands_takes_no_room(text: str, making: str) -> None:
    (block,) = parse_document("a.md", text.encode()).blocks
    assert making_of(block, text) == making


WORDS = (
    "The lamp fund pays, and the fund lamps.",
    "Once more the **lamp**\nfund pays.\n\n    lamp fund\n",
    "An 🚀🚀 and a 🚀, C++ and “the lamp”.",
    "Le Mart\u0301in; L\u00c1MP FUND 漢字 in 漢字字.",
    '"lamp" and "fund" NOT fund* OR NEAR(lamp)',
    "🤝tug boats🤔 for ₽2 each, tug boat⏸; tug\n\nboats",
)


@pytest.fixture
def index() -> Iterator[sqlite3.Connection]:
    """The passages of `WORDS`, each a document of its own, numbered from 1."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        for number, text in enumerate(WORDS, 1):
            document = parse_document("a.md", text.encode())
            for block in document.blocks:
                row = connection.execute("INSERT INTO passage(text) VALUES(?)", (block.shown.text,)).lastrowid
                place = (row, number, block.span.start, block.span.end, making_of(block, text))
                connection.execute("INSERT INTO passage_place VALUES(?, ?, ?, ?, 1, ?)", place)
        yield connection


@pytest.mark.parametrize(
    ("names", "where"),
    [
        (["lamp fund"], [1, 2, 4]),
        (["lamp fund", "C++"], [1, 2, 3, 4]),
        (["🚀"], [3]),
        (["lamp lamp", "🚀 a", "fund lamps"], [1, 3]),
        (["fund* OR NEAR(lamp)"], [5]),
        (['"lamp"'], [1, 2, 3, 4, 5]),
        (["++"], [3]),
        (["漢字"], [4]),
        (["nowhere"], []),
        (["tug boats"], [6]),
        (["tug boat"], [6]),
        (["🤔"], [6]),
        (["a\0b"], []),
        (["→" * length for length in range(1, 1200)], []),
        (["lamp fund" + " x" * 5000], []),
        ([f"fund {number}" for number in range(1200)] + ["lamp fund pays"], [1, 2]),
    ],
)
def test_every_passage_where_a_name_may_stand_is_found(
    index: sqlite3.Connection, names: list[str], where: list[int]
) -> None:
    assert sorted({row[0] for row in passages_with(index, names)}) == where
