"""Plain text: every line is a heading, a paragraph or a list item. Nothing in it is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefing.model import Block, BlockKind, Parts, Span
from briefing.parsing.blocks import Repeats, is_furniture, make_block, mark_repeats, trim
from briefing.parsing.decoding import Lines
from briefing.parsing.parts import PART, part_begins, part_spans
from briefing.parsing.sentences import split_sentences
from briefing.parsing.visible import show_lines

_ITEM = re.compile(r"(?P<indent>\s*)(?P<marker>[•·▪‣◦●○■□–—*+-]|\d{1,3}[.)]|\([a-z0-9]{1,3}\))\s+(?=\S)")
_HEADING_LIMIT = 120
"""Characters: a line without a full stop that is longer is a paragraph."""
_WRAP_WIDTHS = (45, 100)
"""Characters: a file whose lines all end within these, paragraph after paragraph, was wrapped by hand."""
_SAMPLE = 5_000
"""Lines at the head of a file by which it is told whether it was wrapped by hand."""
_MINOR_WORD = 4
"""Letters: shorter words stay in lower case in a title."""


def parse_plain_text(text: str, lines: Lines, part: int = PART) -> Parts[Block]:
    """The blocks of `text`, whose `lines` are given; in order, one for each line that is not blank.

    Where the file is wrapped by hand the lines of a paragraph make one block. They are made in parts of about `part`
    characters.
    """
    return _PlainText(text, lines).in_parts(part)


class _PlainText:
    """What must be known of a whole text to parse any part of it."""

    def __init__(self, text: str, lines: Lines) -> None:
        self._text, self._lines = text, lines
        self._wrapped = _wrapped_by_hand(text, lines)
        self._first = len(text) - len(text.lstrip())
        """Where the first block begins."""
        self._repeats = Repeats(text, lines, may_be_block=self._may_be_block)
        self._begins: list[int] = []
        """The first line of every part."""

    def in_parts(self, size: int) -> Parts[Block]:
        # Where a paragraph is more than a line, a part may begin only below a line that is blank.
        self._begins = part_begins(self._lines, size, self._may_begin if self._wrapped else None)
        return Parts(part_spans(self._text, self._lines, self._begins), self._part)

    def _part(self, number: int) -> Iterator[Block]:
        begin, end = self._begins[number], (*self._begins, len(self._lines))[number + 1]
        return mark_repeats(map(self._block, self._paragraphs(self._lines[begin:end])), self._repeats)

    def _may_begin(self, line: int) -> bool:
        return self._is_blank(line - 1)

    def _may_be_block(self, begin: int, end: int) -> bool:
        return not self._wrapped or (self._is_blank(begin - 1) and self._is_blank(end))

    def _is_blank(self, line: int) -> bool:
        """Whether nothing stands on `line`; nothing does above the first and below the last."""
        return not (0 <= line < len(self._lines) and self._lines[line].slice(self._text).strip())

    def _paragraphs(self, lines: Sequence[Span]) -> Iterator[list[Span]]:
        group: list[Span] = []
        for whole in lines:
            line = trim(self._text, whole)
            if group and (not self._wrapped or not line or _ITEM.match(self._text, line.start, line.end)):
                yield group
                group = []
            if line:
                group.append(line)
        if group:
            yield group

    def _block(self, lines: list[Span]) -> Block:
        text, first = self._text, lines[0].start == self._first
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


def _wrapped_by_hand(text: str, lines: Lines) -> bool:
    """Whether most lines that another one follows break off within a sentence, all at about the same width."""
    # Most texts are told by a single line; only where none is too long do all others count.
    bounds = zip(lines.starts, lines.ends, strict=True)
    if any(end - start > _WRAP_WIDTHS[1] and len(text[start:end].strip()) > _WRAP_WIDTHS[1] for start, end in bounds):
        return False
    trimmed = [trim(text, line) for line in lines[:_SAMPLE]]
    followed = [line for line, after in pairwise(trimmed) if line and after]
    if len(followed) < 3:
        return False
    broken = sum(1 for line in followed if text[line.end - 1] not in '.!?:;\u201d"')
    lengths = sorted(map(len, followed))
    # The middle of an even number lies halfway between two.
    twice_middle = lengths[(len(lengths) - 1) // 2] + lengths[len(lengths) // 2]
    return twice_middle >= 2 * _WRAP_WIDTHS[0] and broken * 2 > len(followed)


def _is_heading(text: str, first: bool) -> bool:
    if len(text) > _HEADING_LIMIT or not any(map(str.isalpha, text)) or text[0].islower():
        return False
    if len(split_sentences(text)) > 1:
        return False
    return text[-1] not in '.!?:;,\u2026\u201d")' or (first and text[-1] != ":" and _is_title_case(text))


def _is_title_case(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha() and len(word) > _MINOR_WORD]
    return sum(1 for word in words if word[0].isupper()) * 4 >= len(words) * 3 and bool(words)
