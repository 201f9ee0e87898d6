"""Plain text: every line is a heading, a paragraph or a list item. Nothing in it is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from briefing.model import Block, BlockKind, Span
from briefing.parsing.blocks import is_furniture, make_block, mark_repeats, trim
from briefing.parsing.sentences import split_sentences
from briefing.parsing.visible import show_lines

_ITEM = re.compile(r"(?P<indent>\s*)(?P<marker>[•·▪‣◦●○■□–—*+-]|\d{1,3}[.)]|\([a-z0-9]{1,3}\))\s+(?=\S)")
_HEADING_LIMIT = 120
"""Characters: a line without a full stop that is longer is a paragraph."""
_WRAP_WIDTHS = (45, 100)
"""Characters: a file whose lines all end within these, paragraph after paragraph, was wrapped by hand."""
_MINOR_WORD = 4
"""Letters: shorter words stay in lower case in a title."""


def parse_plain_text(text: str, lines: Sequence[Span]) -> list[Block]:
    """The blocks of `text`, whose `lines` are given; in order, one for each line that is not blank.

    Where the file is wrapped by hand the lines of a paragraph make one block.
    """
    blocks: list[Block] = []
    for group in _paragraphs(text, lines):
        blocks.append(_block(text, group, first=not blocks))
    return mark_repeats(blocks)


def _paragraphs(text: str, lines: Sequence[Span]) -> Iterator[list[Span]]:
    trimmed = [trim(text, line) for line in lines]
    wrapped = _wrapped_by_hand(text, trimmed)
    group: list[Span] = []
    for line in trimmed:
        if group and (not wrapped or not line or _ITEM.match(text, line.start, line.end)):
            yield group
            group = []
        if line:
            group.append(line)
    if group:
        yield group


def _wrapped_by_hand(text: str, lines: Sequence[Span]) -> bool:
    """Whether most lines that another one follows break off within a sentence, all at about the same width."""
    followed = [line for line, after in pairwise(lines) if line and after]
    if len(followed) < 3 or max(len(line) for line in lines) > _WRAP_WIDTHS[1]:
        return False
    broken = sum(1 for line in followed if text[line.end - 1] not in '.!?:;\u201d"')
    return median(len(line) for line in followed) >= _WRAP_WIDTHS[0] and broken * 2 > len(followed)


def _block(text: str, lines: list[Span], first: bool) -> Block:
    span = Span(lines[0].start, lines[-1].end)
    item = _ITEM.match(text, span.start, span.end)
    if item:
        shown = show_lines(text, [Span(item.end(), lines[0].end), *lines[1:]])
        return make_block(span, BlockKind.ITEM, shown, level=1, marker=item["marker"])
    shown = show_lines(text, lines)
    if is_furniture(shown.text):
        return make_block(span, BlockKind.FURNITURE, shown)
    if len(lines) == 1 and _is_heading(shown.text, first):
        return make_block(span, BlockKind.HEADING, shown, level=1 if first else 2)
    return make_block(span, BlockKind.PARAGRAPH, shown)


def _is_heading(text: str, first: bool) -> bool:
    if len(text) > _HEADING_LIMIT or not any(map(str.isalpha, text)) or text[0].islower():
        return False
    if len(split_sentences(text)) > 1:
        return False
    return text[-1] not in '.!?:;,\u2026\u201d")' or (first and text[-1] != ":" and _is_title_case(text))


def _is_title_case(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha() and len(word) > _MINOR_WORD]
    return sum(1 for word in words if word[0].isupper()) * 4 >= len(words) * 3 and bool(words)
