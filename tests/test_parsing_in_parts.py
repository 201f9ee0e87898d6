"""A document is parsed as far as it is looked at, and says the same in whatever parts it is parsed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.model import Block, Document, LazyTuple, Parts
from briefing.parsing import parse_document
from briefing.parsing.decoding import lines_of
from briefing.parsing.front_matter import read_front_matter
from briefing.parsing.markdown import parse_markdown
from briefing.parsing.plain_text import parse_plain_text
from tests.test_parsing_properties import MARKUP, PIECES

STANZAS = st.lists(
    st.sampled_from(
        [
            "Words of the text.",
            "Words of the text.",
            "Heading",
            "# Heading #",
            "**Heading**",
            "- item\n- other",
            "  deeper in it",
            "> quoted",
            "```\ncode",
            "```",
            "~~~",
            "- ```\n  in an item",
            "<!-- one -->",
            "<!-- two",
            "-->",
            "<script>",
            "</script>",
            "<?x",
            "[r]: http://one",
            "[r]: http://two",
            "[long\nname]: /there",
            "A [r] and a [long name].",
            "| a | b |\n|---|---|\n| c | d |",
            "    indented",
            "Setext\n======",
            "2. second",
            "[shown](/here)",
            "[shown](/there)",
            "One line of some words that is wrapped by hand and\nanother line of it that is as long as the\nfirst one.",
        ]
    ),
    max_size=14,
).map("\n\n".join)
TEXTS = st.one_of(STANZAS, PIECES, MARKUP)


def markdown(text: str, part: int) -> Parts[Block]:
    lines = lines_of(text)
    return parse_markdown(text, lines, read_front_matter(text, lines).lines, part)


def plain_text(text: str, part: int) -> Parts[Block]:
    return parse_plain_text(text, lines_of(text), part)


@settings(max_examples=600)
@given(st.sampled_from([markdown, plain_text]), TEXTS, st.integers(1, 40), st.booleans())
@example(markdown, "```\ncode\n\nText.\n\n[r]: http://x\n\nA [r].", 1, True)
@example(markdown, "<!-- a\n\nText.\n\n-->\n\nText.", 1, True)
def test_parts_in_any_order_hold_the_same_blocks(
    parse: Callable[[str, int], Parts[Block]], text: str, part: int, from_the_end: bool
) -> None:
    whole, parts = parse(text, len(text) + 1), parse(text, part)
    assert len(whole.spans) == 1
    numbers = range(len(parts.spans))
    made = {number: parts.part(number) for number in (reversed(numbers) if from_the_end else numbers)}
    assert [block for number in numbers for block in made[number]] == list(whole)
    assert all(parts.spans[number].contains(block.span) for number in numbers for block in made[number])


@given(TEXTS, st.integers(1, 40))
def test_parts_share_out_all_of_the_text(text: str, part: int) -> None:
    for parse in (markdown, plain_text):
        spans = parse(text, part).spans
        assert [span.start for span in spans] == [0, *(span.end for span in spans[:-1])]
        assert spans[-1].end == len(text)


def test_a_long_document_is_parsed_only_where_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    part = Parts.part

    def watched(parts: Parts[Block], number: int) -> object:
        made.append(number)
        return part(parts, number)

    monkeypatch.setattr(Parts, "part", watched)
    document = parse_document("a.txt", b"A line of the text, as long as most lines are.\n" * 20_000)
    count = len(document.parts.spans)
    assert count > 50
    block = document.block_at(len(document.text) - 3)
    assert block is not None
    assert document.quote(block.span).startswith("A line of the text")
    assert set(made) == {0, count - 1}


@pytest.mark.parametrize("part", [1, 60, 10_000])
def test_blocks_from_a_place_on_and_back_from_it(part: int) -> None:
    text = "\n".join(f"Line {number} of the text." for number in range(50))
    document = Document("a", text, "", "text", plain_text(text, part))
    offset = text.index("Line 20")
    on = [document.quote(block.span) for block in document.blocks_from(offset)]
    back = [document.quote(block.span) for block in document.blocks_back_from(offset)]
    assert on == [f"Line {number} of the text." for number in range(20, 50)]
    assert back == [f"Line {number} of the text." for number in range(20, -1, -1)]
    for place in (0, offset, offset + 5, len(text)):
        assert document.block_at(place) is document.blocks[document.block_index_at(place)]


def test_a_document_without_blocks_has_none_anywhere() -> None:
    document = parse_document("a.txt", b"\n\n")
    assert document.block_at(1) is None
    assert not document.blocks
    assert list(document.blocks_from(0)) == []


def test_what_stands_in_parts_far_apart_is_known_to_be_said_twice() -> None:
    lines = [f"Paragraph {number} of a long report." for number in range(2000)]
    lines[3] = lines[1500] = "The minister at the signing. Photo: ministry"
    for name, join in (("a.txt", "\n"), ("a.md", "\n\n")):
        document = parse_document(name, join.join(lines).encode())
        assert len(document.parts.spans) > 3
        found = [(index, block.repeated) for index, block in enumerate(document.blocks) if block.kind == "caption"]
        assert found == [(3, False), (1500, True)]


def test_an_item_that_names_a_heading_does_not_make_it_a_caption() -> None:
    document = parse_document("a.md", b"* [Support](#support)\n* [Rules](#rules)\n\n## Support\n\nText.\n\n## Rules\n")
    assert [block.kind for block in document.blocks] == ["item", "item", "heading", "paragraph", "heading"]


def test_a_lazy_tuple_is_a_tuple_made_once() -> None:
    made: list[int] = []

    def make() -> tuple[int, ...]:
        made.append(1)
        return 3, 4, 5

    lazy = LazyTuple(make)
    assert made == []
    assert lazy == (3, 4, 5) == lazy
    assert (lazy[0], lazy[-2:], len(lazy), list(lazy), repr(lazy)) == (3, (4, 5), 3, [3, 4, 5], "(3, 4, 5)")
    assert hash(lazy) == hash((3, 4, 5))
    assert lazy != (3, 4)
    assert made == [1]
