"""Texts made to hang or break a reader are read like any other, in time that grows with their length alone."""

from __future__ import annotations

import pytest

from briefing.model import BlockKind, Document
from briefing.parsing import parse_document
from briefing.parsing.visible import is_safe
from briefing.rendering.document import DocumentLayout

MEGABYTES_5 = 5_000_000
LONG = 12_000
"""Characters: enough for anything quadratic to be felt by whoever waits for the tests."""

PATTERNS = [
    "[", "]", "![", "[a](", "[[a]", "<", "<a ", "<!--", "(", "&", "&amp;", "\\", "`", "``a`", "*", "*a_", "**a* ",
    "_a_", "~~a", "|", "> ", "- ", "1. ", "#", "=", "-", '"', "“.”", ".", ". ", "?!", "A.", "Mr. ", "e.g", "漢。",
    " ", "\t", "\n", "\r", "a\n=\n", "[a]: b\n", "[a]: <b> 'c\n", "- a\n", "a  \n",
    "\0", "\x1b[0m", "\u202e", "e\u0301", "👨\u200d", "\ufeff",
]  # fmt: skip


def read(name: str, text: str) -> Document:
    return parse_document(name, text.encode())


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("pattern", PATTERNS, ids=ascii)
def test_one_pattern_over_and_over_is_read_whole(name: str, pattern: str) -> None:
    text = (pattern * (LONG // len(pattern)) + "end")[-LONG:]
    document = read(name, text)
    assert len(document.text) in (len(text), len(text) - 1)  # one byte order mark is dropped
    assert document.blocks[-1].shown.text.endswith("end")
    assert all(is_safe(block.shown.text) for block in document.blocks)
    layout = DocumentLayout(document, 80)
    assert layout.row_of(len(document.text)) == len(layout) - 1


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(("word", "size"), [("x", MEGABYTES_5), ("word ", MEGABYTES_5), ("The cat sat. ", 260_000)])
def test_a_line_of_megabytes_is_one_block(name: str, word: str, size: int) -> None:
    text = word * (size // len(word))
    document = read(name, text)
    (block,) = document.blocks
    assert block.kind is BlockKind.PARAGRAPH
    assert block.shown.text == text.strip()
    assert len(block.sentences) == max(1, text.count("."))
    assert document.quote(block.sentences[-1]) == text.strip().split(". ")[-1]


def test_a_long_line_is_wrapped_as_fast_as_it_is_read() -> None:
    document = read("a.txt", "x" * MEGABYTES_5)
    layout = DocumentLayout(document, 85)
    rows = layout.rows
    assert sum(row.end - row.start for row in rows) == MEGABYTES_5
    # A row that is not full may stand where one stretch of rows ends and the next one begins.
    assert MEGABYTES_5 / 80 <= len(rows) <= MEGABYTES_5 / 80 * 1.01
    middle = layout.row_of(MEGABYTES_5 // 2)
    assert layout.offset_of(middle) <= MEGABYTES_5 // 2 < layout.offset_of(middle + 1)


def test_a_long_paragraph_of_markup_is_shown_raw_rather_than_late() -> None:
    text = "**bold** " * 30_000
    document = read("a.md", text)
    assert document.blocks[0].shown.text == text.strip()


def test_many_short_lines_are_many_blocks() -> None:
    document = read("a.txt", "A line.\n" * 10_000)
    assert len(document.blocks) == 10_000
    assert document.line_of(document.blocks[-1].span.start) == 10_000
    assert sum(block.counts for block in document.blocks) == 0


def test_brackets_as_deep_as_they_go_break_nothing() -> None:
    text = "[" * 5_000 + "x" + "](y)" * 5_000
    document = read("a.md", text)
    assert "x" in document.blocks[0].shown.text


def test_front_matter_without_an_end_is_not_looked_for_far() -> None:
    document = read("a.md", "---\n" + "key: value\n" * 5_000)
    assert document.metadata == {}
    assert len(document.text) == 4 + 11 * 5_000
