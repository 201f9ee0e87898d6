"""Rows that are wrapped where somebody looks: the same as if all had been wrapped at once, and the place is kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import BlockKind, Document
from briefing.parsing import parse_document
from briefing.parsing.decoding import lines_of
from briefing.parsing.markdown import parse_markdown
from briefing.parsing.plain_text import parse_plain_text
from briefing.rendering import rows
from briefing.rendering.document import DocumentLayout
from briefing.rendering.line import plain
from tests.test_parsing_in_parts import STANZAS, TEXTS

CHAPTER = "\n\n".join(f"Paragraph {number} of the text, {'and on ' * (number % 9)}to its end." for number in range(40))


def in_parts(text: str, part: int, *, markdown: bool) -> Document:
    lines = lines_of(text)
    blocks = parse_markdown(text, lines, 0, part) if markdown else parse_plain_text(text, lines, part)
    return Document("a", text, "", "text", blocks, line_starts=lines.starts)


def wrapped(layout: DocumentLayout) -> list[tuple[object, int, int, bool]]:
    return [(row.block and (row.block.span, row.block.kind), row.start, row.end, row.first) for row in layout.rows]


def shown(layout: DocumentLayout, row: int) -> str:
    return plain(layout.line(row))


@settings(max_examples=300)
@given(TEXTS, st.integers(1, 40), st.integers(10, 90), st.booleans(), st.data())
def test_rows_are_the_same_whatever_was_asked_for_before(
    text: str, part: int, width: int, markdown: bool, data: st.DataObject
) -> None:
    at_once = DocumentLayout(in_parts(text, len(text) + 1, markdown=markdown), width)
    layout = DocumentLayout(in_parts(text, part, markdown=markdown), width)
    for _ in range(data.draw(st.integers(0, 6))):
        row = data.draw(st.integers(0, max(0, len(layout) - 1)))
        by = data.draw(st.integers(-9, 9))
        moves = (layout.page(row, 5), layout.step(row, by), layout.last(), layout.row_of(abs(by) * len(text) // 9))
        assert all(0 <= move <= max(0, len(layout) - 1) for move in moves)
    assert wrapped(layout) == wrapped(at_once)
    assert len(layout) == len(at_once)
    offsets = range(0, len(text) + 1, 3)
    assert [layout.row_of(offset) for offset in offsets] == [at_once.row_of(offset) for offset in offsets]
    numbers = range(len(at_once) + 1)
    assert [layout.offset_of(row) for row in numbers] == [at_once.offset_of(row) for row in numbers]
    assert [layout.beginning_of(row) for row in numbers] == [at_once.beginning_of(row) for row in numbers]


@settings(max_examples=200)
@given(STANZAS, st.integers(1, 40), st.integers(10, 90), st.data())
def test_a_place_is_found_again_when_rows_above_it_were_wrapped(
    text: str, part: int, width: int, data: st.DataObject
) -> None:
    layout = DocumentLayout(in_parts(text, part, markdown=True), width)
    offset = data.draw(st.integers(0, len(text)))
    if not layout.rows:
        return
    layout = DocumentLayout(layout.document, width)
    before = shown(layout, layout.row_of(offset))
    layout.page(data.draw(st.integers(0, len(layout) - 1)), 4)
    assert shown(layout, layout.row_of(offset)) == before


def test_what_is_far_from_the_screen_is_neither_parsed_nor_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    document = in_parts(CHAPTER * 50, 1000, markdown=False)
    made: list[int] = []
    part = document.parts.part

    def watched(_: object, number: int) -> object:
        made.append(number)
        return part(number)

    monkeypatch.setattr(type(document.parts), "part", watched)
    layout = DocumentLayout(document, 60)
    layout.page(0, 20)
    layout.page(layout.last(), 20)
    count = len(document.parts.spans)
    assert count > 80
    assert set(made) <= {0, 1, count - 3, count - 2, count - 1}
    assert shown(layout, layout.last()).endswith("end.")


def test_a_page_back_shows_what_stands_right_above() -> None:
    document = in_parts(CHAPTER * 20, 500, markdown=False)
    whole, layout = DocumentLayout(document, 60), DocumentLayout(document, 60)
    every = [shown(whole, row) for row in range(len(whole.rows))]
    top = layout.page(layout.last(), 20)
    page = [shown(layout, top + row) for row in range(20)]
    assert page == every[-20:]
    for number in range(1, 12):
        top = layout.page(layout.step(top, -19), 20)
        end = len(every) - 19 * number
        assert [shown(layout, top + row) for row in range(20)] == every[end - 20 : end]


def test_the_estimate_of_all_rows_is_near_the_truth() -> None:
    document = in_parts(CHAPTER * 50, 1000, markdown=False)
    layout = DocumentLayout(document, 60)
    estimated = len(layout)
    assert len(layout.rows) == len(layout)
    assert estimated == pytest.approx(len(layout), rel=0.1)


@settings(max_examples=60)
@given(st.text(st.sampled_from("ab  漢\x1b"), min_size=100, max_size=400), st.integers(3, 30), st.randoms())
def test_a_long_block_is_wrapped_in_stretches_without_losing_anything(text: str, width: int, random: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "_STRETCH", 20)
        document = parse_document("a.txt", text.encode())
        layout, other = DocumentLayout(document, width), DocumentLayout(document, width)
        other.page(other.last(), 3)
        other.row_of(len(text) // 2)
        assert wrapped(layout) == wrapped(other)
        block = next(iter(document.blocks), None)
        if block is None or block.kind is BlockKind.MARKUP:
            return
        said = "".join(block.shown.text[row.start : row.end] for row in layout.rows if row.block is block)
        assert said.replace(" ", "") == block.shown.text.replace(" ", "")
        for offset in range(block.span.start, block.span.end, 7):
            row = layout.rows[layout.row_of(offset)]
            assert row.block is block
            assert layout.offset_of(layout.row_of(offset)) <= offset
