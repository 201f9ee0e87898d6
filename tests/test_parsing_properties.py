"""What holds for every text: nothing is lost, nothing dangerous is shown, and every place can be traced both ways."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.model import BlockKind, Document
from briefing.parsing import parse_document
from briefing.parsing.sentences import split_sentences
from briefing.parsing.visible import hidden_characters, is_safe, picture, visible

NAMES = st.sampled_from(["a.md", "a.txt"])
# Hypothesis finds the corners of Unicode by itself; the corners of Markdown need a hand.
MARKUP = st.text(
    st.sampled_from("ab *_`[]()!<>#->|\n\n\r\t\\&;:.+~=\x00\x1b\u202e\u200b漢é1\"'{}x\u00a0\ufffd"), max_size=200
)
PIECES = st.lists(
    st.sampled_from(
        [
            "word ",
            "**bold** ",
            "*a `b` c* ",
            "[link](to 'title') ",
            "[ref][r] ",
            "![map](m.png) ",
            "<http://a.b> ",
            "&amp;&#x202e; ",
            "\\*",
            "<b>x</b> ",
            "One. Two! ",
            "  \n",
            "\n",
            "\n\n",
            "\r\n",
            "> ",
            "- ",
            "  1. ",
            "# ",
            "---\n",
            "```\n",
            "    ",
            "| a | *b* |\n|---|---|\n",
            "[r]: http://x\n",
            "\x00",
            "Read also\n",
            "漢字。",
        ]
    ),
    max_size=30,
).map("".join)
TEXTS = st.one_of(MARKUP, PIECES, st.text(max_size=120))


def read(name: str, text: str) -> Document:
    return parse_document(name, text.encode("utf-8", "replace"))


ENTITY = re.compile("&[^;]*;")
ENTITIES = st.lists(
    st.one_of(
        st.sampled_from(["word", " ", "**b**", "[c](d)", "\n", "> ", "\x1b", "&amp;", "&NotEqualTilde;", "&nbsp;"]),
        st.builds("&#{:d};".format, st.integers(1, 0x2FFF)),
        st.builds("&#x{:X};".format, st.sampled_from([0x202E, 0x200B, 0x1B, 0x85, 0xFE0F, 0x41, 0xE0041, 0x1F1EF])),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=300)
@given(ENTITIES)
@example("a &#x202E; b")
def test_no_span_is_a_piece_of_an_entity(text: str) -> None:
    document = read("a.md", text)
    inside = {place for found in ENTITY.finditer(document.text) for place in range(found.start() + 1, found.end())}
    for block in document.blocks:
        if block.kind is BlockKind.CODE or ENTITY.search(block.shown.text):  # shown as it stands
            continue
        for start in range(len(block.shown.text)):
            for end in range(start + 1, min(start + 12, len(block.shown.text)) + 1):
                span = block.shown.source_of(start, end)
                assert not {span.start, span.end} & inside, (span, document.quote(span))
                shown = block.shown.shown_of(span)
                assert shown is not None
                assert shown[0] <= start
                assert end <= shown[1]


@settings(max_examples=300)
@given(NAMES, TEXTS)
@example("a.md", "- a\n> b\n\tc")
@example("a.md", "|\\`a|\n|-|\n|b|c|")
def test_every_word_lies_in_one_block_in_order(name: str, text: str) -> None:
    document = read(name, text)
    assert all(one.span.end <= other.span.start for one, other in pairwise(document.blocks))
    outside = document.text
    for block in reversed(document.blocks):
        outside = outside[: block.span.start] + outside[block.span.end :]
    assert outside.strip() == ""


@settings(max_examples=300)
@given(NAMES, TEXTS)
def test_sentences_lie_in_their_block_in_order(name: str, text: str) -> None:
    document = read(name, text)
    for block in document.blocks:
        assert all(block.span.contains(sentence) for sentence in block.sentences)
        assert all(document.quote(sentence) for sentence in block.sentences)
        assert all(one.end <= other.start for one, other in pairwise(block.sentences))
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM) and block.shown.text.strip():
            assert block.sentences


@settings(max_examples=300)
@given(NAMES, TEXTS)
def test_what_is_shown_is_safe_and_maps_into_its_block_without_a_gap(name: str, text: str) -> None:
    for block in read(name, text).blocks:
        shown, source = 0, block.span.start
        assert is_safe(block.shown.text)
        for run in block.shown.runs:
            assert run.shown == shown
            assert run.shown_length > 0
            assert source <= run.source <= run.source + run.source_length <= block.span.end
            shown, source = shown + run.shown_length, run.source + run.source_length
        assert shown == len(block.shown.text)
        assert all(0 <= start < end <= shown for start, end, _ in block.shown.emphasis)


@settings(max_examples=100)
@given(NAMES, TEXTS, st.data())
def test_the_map_is_the_same_both_ways(name: str, text: str, data: st.DataObject) -> None:
    for block in read(name, text).blocks:
        size = len(block.shown.text)
        if not size:
            continue
        start = data.draw(st.integers(0, size - 1))
        end = data.draw(st.integers(start + 1, size))
        span = block.shown.source_of(start, end)
        assert block.span.contains(span)
        if span:
            back = block.shown.shown_of(span)
            assert back is not None
            assert back[0] <= start
            assert end <= back[1]
            assert block.shown.source_of(*back) == span


@settings(max_examples=300)
@given(NAMES, TEXTS)
def test_what_is_shown_one_for_one_is_what_the_file_says(name: str, text: str) -> None:
    document = read(name, text)
    for block in document.blocks:
        if name == "a.md" and set("|&!") & set(document.quote(block.span)):
            continue  # a table, an entity or an image: what stands for it may happen to be as long as it is
        for run in block.shown.runs:
            if run.shown_length == run.source_length:
                source = document.text[run.source : run.source + run.source_length]
                shown = block.shown.text[run.shown : run.shown + run.shown_length]
                assert shown == "".join(" " if one in "\r\n" else picture(one) for one in source)


@settings(max_examples=100)
@given(NAMES, TEXTS)
def test_lines_are_those_that_a_reader_counts(name: str, text: str) -> None:
    document = read(name, text)
    for block in document.blocks:
        before = document.text[: block.span.start]
        # A line feed after a carriage return ends no second line, even where the block begins between them.
        counted = len(re.findall(r"\r\n|\r|\n", before)) + 1
        assert document.line_of(block.span.start) == counted


@settings(max_examples=60)
@given(NAMES, TEXTS)
def test_sections_begin_at_their_headings_and_nest(name: str, text: str) -> None:
    document = read(name, text)
    headings = [index for index, block in enumerate(document.blocks) if block.kind is BlockKind.HEADING]
    assert [section.heading for section in document.sections if section.heading is not None] == headings
    for section, following in pairwise(document.sections):
        apart = section.span.end <= following.span.start
        assert apart or (section.span.contains(following.span) and section.level < following.level)


@settings(max_examples=200)
@given(NAMES, st.binary(max_size=300))
def test_any_bytes_make_a_document(name: str, data: bytes) -> None:
    document = parse_document(name, data)
    assert all(is_safe(block.shown.text) for block in document.blocks)
    assert document.title
    assert all(is_safe(problem.fault) for problem in document.problems)


@settings(max_examples=100)
@given(
    NAMES, st.sampled_from(["cp1252", "utf-16", "utf-16-le", "shift_jis", "utf-7", "ascii"]), st.binary(max_size=200)
)
def test_no_named_encoding_raises(name: str, encoding: str, data: bytes) -> None:
    document = parse_document(name, data, encoding=encoding)
    assert all(is_safe(block.shown.text) for block in document.blocks)


@settings(max_examples=60)
@given(NAMES, TEXTS)
def test_reading_twice_says_the_same(name: str, text: str) -> None:
    one, other = read(name, text), read(name, text)
    assert (one.blocks, one.sections, one.title) == (other.blocks, other.sections, other.title)


@settings(max_examples=200)
@given(TEXTS)
def test_sentences_leave_out_nothing_but_white_space(text: str) -> None:
    rest = text
    for start, end in reversed(split_sentences(text)):
        assert text[start:end].strip() == text[start:end] != ""
        rest = rest[:start] + rest[end:]
    assert rest.strip() == ""


@settings(max_examples=200)
@given(st.text())
def test_visible_text_is_safe_and_stays_as_it_is(text: str) -> None:
    shown = visible(text)
    assert is_safe(shown)
    assert visible(shown) == shown
    assert (hidden_characters(text) == 0) == (hidden_characters(text.translate(dict.fromkeys(b"\n\r\t"))) == 0)
