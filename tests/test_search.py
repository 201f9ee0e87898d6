"""Finding words the way they read."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.search import CONTEXT, find_quote, places, places_from
from briefing.model import Document, Span
from briefing.parsing import parse_document, visible
from tests.literal_hits import search


def parse(text: str, name: str = "a.txt") -> Document:
    return parse_document(name, text.encode())


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("The Fleet and the fleet.", "FLEET", ["Fleet", "fleet"]),
        ("the people’s “right”", 'people\'s "right"', ["people’s “right”"]),
        ("the people's right", "people’s", ["people's"]),
        ("Two  spaces\there", "two spaces here", ["Two  spaces\there"]),
        ("a self–defence force", "self-defence", ["self–defence"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("a.b (c)* [d", ".b (c)* [", [".b (c)* ["]),
        ("Straße", "STRASSE", []),
        ("anything", "", []),
        ("anything", " \n ", []),
    ],
)
def test_search(text: str, query: str, found: list[str]) -> None:
    assert [hit.found for hit in search([parse(text + "\n")], query)] == found


def test_hit_spans_markup_and_line_ends_of_the_source() -> None:
    document = parse("First line\n\nwith **big\nships** here\n", "a.md")
    (hit,) = search([document], "big ships here")
    assert document.text[hit.span.start : hit.span.end] == "big\nships** here"
    assert (hit.document, hit.line, hit.before, hit.found, hit.after) == ("a.md", 3, "with ", "big\nships** here", "")


def test_a_picture_is_found_as_a_whole_and_once_by_any_part_of_it() -> None:
    document = parse("one \u0a00, two\u0a00\u0a00\n")
    first, *rest = search([document], "A0")
    assert (first.before, first.found, first.after) == ("one ", "\u0a00", ", two<U+0A00><U+0A00>")
    assert [(hit.found, hit.span) for hit in (first, *rest)] == [
        ("\u0a00", Span(4, 5)),
        ("\u0a00", Span(10, 11)),
        ("\u0a00", Span(11, 12)),
    ]
    assert [hit.span for hit in search([document], "0")] == [hit.span for hit in (first, *rest)]
    (hit,) = search([document], "two<u")
    assert (hit.found, hit.span) == ("two\u0a00", Span(7, 11))
    assert [span for _, span in places([document], "0")] == [Span(4, 5), Span(10, 11), Span(11, 12)]


def test_context_is_cut_with_a_mark() -> None:
    (hit,) = search([parse("x" * 80 + "needle" + "y" * 80 + "\n")], "needle")
    assert hit.before == "…" + "x" * CONTEXT
    assert hit.after == "y" * CONTEXT + "…"


def test_hits_come_in_order_of_document_and_place() -> None:
    documents = [parse("one\ntwo one\n", "b.txt"), parse("one\n", "a.txt")]
    assert [(hit.document, hit.span.start) for hit in search(documents, "one")] == [
        ("b.txt", 0),
        ("b.txt", 8),
        ("a.txt", 0),
    ]


def test_link_targets_are_not_shown_and_not_found() -> None:
    assert search([parse("see [here](https://example.org/needle)\n", "a.md")], "needle") == ()


@given(st.text(alphabet="aA b\n\t'’*\u200b\x00", max_size=40), st.text(alphabet="aA b\n'’*", max_size=6))
def test_every_hit_is_where_it_is_said_to_be(text: str, query: str) -> None:
    document = parse(text, "a.md")
    for hit in search([document], query):
        assert 0 <= hit.span.start < hit.span.end <= len(document.text)
        assert hit.line == document.text.count("\n", 0, hit.span.start) + 1


@given(
    st.text(alphabet="aA0 \u0a00\u202e\x1b’", min_size=1, max_size=30),
    st.text(alphabet="aA0U+<>\u241b' ", min_size=1, max_size=4),
)
def test_the_words_found_are_those_at_the_offsets(text: str, query: str) -> None:
    document = parse(text)
    hits = search([document], query)
    assert [hit.found for hit in hits] == [text[hit.span.start : hit.span.end] for hit in hits]
    assert [hit.span for hit in hits] == [span for _, span in places([document], query)]
    assert all(one.span.end <= other.span.start for one, other in pairwise(hits))
    whole = visible(text.strip())
    assert all(hit.before + visible(hit.found) + hit.after == whole for hit in hits if len(whole) < CONTEXT)


@pytest.mark.parametrize("text", ["a " * 500_000, " " * 1_000_000, "a" * 1_000_000, "a" + " " * 1_000_000])
def test_search_is_linear(text: str) -> None:
    document = parse("x" + text)
    start = time.process_time()
    search([document], "a a a a b")
    find_quote(document, "a a  a a b")
    assert time.process_time() - start < 10


def test_quote_is_found_verbatim_or_over_line_ends_only() -> None:
    document = parse("The king’s\n  men came.\n")
    assert find_quote(document, "king’s\n  men") == Span(4, 16)
    assert find_quote(document, "king’s men") == Span(4, 16)
    assert find_quote(document, "king's men") is None
    assert find_quote(document, "King’s men") is None
    assert find_quote(document, "") is None


@given(
    st.lists(st.sampled_from(("the fleet", "no ship", "a Fleet in port", "# fleet", "")), max_size=12),
    st.integers(0, 200),
)
def test_from_any_place_on_all_is_found_what_stands_there_first(lines: list[str], offset: int) -> None:
    document = parse("\n\n".join(lines) + "\n", "a.md")
    found = [span for spans in places_from(document, "fleet", offset) for span in spans]
    assert sorted(found) == [span for _, span in places([document], "fleet")]
    here = document.block_at(offset)
    turned = [here is not None and span.start < here.span.start for span in found]
    assert turned == sorted(turned)


def test_no_block_is_looked_through_before_it_is_asked_for() -> None:
    text = "".join(f"Paragraph {number} of the fleet.\n\n" for number in range(20_000))
    document = parse(text)
    first = next(places_from(document, "fleet", len(text) // 2))
    assert [document.quote(span) for span in first] == ["fleet"]
    assert first[0].start >= len(text) // 2 - 60
    assert sum(bool(document.parts._parts.get(number)) for number in range(len(document.parts.spans))) <= 2
