"""Markdown, by CommonMark with tables: blocks from the parser's tokens, each traced to the lines it lies on."""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefing.model import Block, BlockKind, Parts, ShownText, Span
from briefing.parsing.blocks import Repeats, is_furniture, make_block, mark_repeats, trim
from briefing.parsing.decoding import Lines
from briefing.parsing.inline import show_inline
from briefing.parsing.parts import PART, part_begins, part_spans
from briefing.parsing.visible import ShownBuilder, show_lines

_INLINE_LIMIT = 200_000
"""Characters: a longer paragraph is shown raw, since finding markup in it would take long."""
_CELL_GAP = " │ "
_INLINE = re.compile(r"\]\([^()\s]*\)|[]\[*_`]")
"""The signs of links, code and emphasis, and the targets of links."""
_AROUND = string.whitespace + "#!"
_CONTAINERS = " \t>*+-0123456789.)"
"""What may stand on a line before a block in a list or a quotation."""
_OPENERS = ("```", "~~~", "<")
"""What may open a block that no blank line ends: a fence, a comment, a script."""
_ENDLESS = re.compile(r"```|~~~|<(?:[!?]|script|pre|style|textarea)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A block without blocks in it, still on its lines: what the Markdown parser found, before its words are traced."""

    kind: BlockKind
    begin: int
    """First line, counted from 0."""
    end: int
    """One past the last line."""
    inlines: tuple[Token, ...] = ()
    level: int = 0
    marker: str = ""


def parse_markdown(text: str, lines: Lines, skip: int = 0, part: int = PART) -> Parts[Block]:
    """The blocks of `text`, whose `lines` are given, in order; the first `skip` lines are front matter.

    Every line that is not blank lies in one block. Inline markup is hidden in the shown text; HTML, code and link
    definitions are shown as they stand; rules, fences and front matter are markup. They are made in parts of about
    `part` characters.
    """
    return _Markdown(text, lines, skip).in_parts(part)


class _Markdown:
    """What must be known of a whole text to parse any part of it."""

    def __init__(self, text: str, lines: Lines, skip: int) -> None:
        self._text, self._lines, self._skip = text, lines, skip
        self._begins: list[int] = []
        """The first line of every part."""
        self._repeats = Repeats(text, lines, _words, self._may_be_block)

    def in_parts(self, size: int) -> Parts[Block]:
        self._begins = part_begins(self._lines, size, self._may_begin, self._skip)
        self._begins = list(self._joined_where_open())
        return Parts(part_spans(self._text, self._lines, self._begins), self._part)

    def _may_begin(self, line: int) -> bool:
        """Whether a block begins on `line` that is in no list, quotation or indented code from above it."""
        return not self._line(line - 1).strip(" \t") and self._line(line)[:1].strip(" \t") != ""

    def _may_be_block(self, begin: int, end: int) -> bool:
        """Whether the lines are set apart from those above and below: by blank ones, or by being headings."""
        heads = [self._line(line)[:1] in ("", "#") for line in (begin - 1, begin, end - 1, end)]
        return (heads[0] or heads[1]) and (heads[2] or heads[3])

    def _line(self, line: int) -> str:
        """What stands on line number `line`; "" above the first and below the last."""
        return self._lines[line].slice(self._text) if 0 <= line < len(self._lines) else ""

    def _joined_where_open(self) -> Iterator[int]:
        """The first lines of the parts, without those that would lie in a fence or comment that is open there."""
        begins, may_be_open = self._begins, self._parts_with_an_opener()
        number = 0
        while number < len(begins):
            yield begins[number]
            begin, step = max(begins[number], self._skip), 1
            opened, number = number in may_be_open, number + 1
            # Twice as many at each step, so that the time taken grows with the length of what is open.
            while opened and number < len(begins) and self._is_open(begin, begins[number]):
                number, step = number + step, step * 2

    def _parts_with_an_opener(self) -> set[int]:
        found = set()
        for opener in _OPENERS:
            place = self._text.find(opener)
            while place >= 0:
                line = bisect_right(self._lines.starts, place)
                if self._opens(line - 1, place):
                    found.add(bisect_right(self._begins, line - 1) - 1)
                # Only what stands first on a line opens anything.
                place = self._text.find(opener, self._lines.starts[line]) if line < len(self._lines) else -1
        return found

    def _opens(self, line: int, place: int) -> bool:
        """Whether what stands at `place` on its `line` may open a block that goes on below a blank line."""
        span = self._lines[line]
        if place - span.start > 3 or self._text[span.start : place].strip(" ") or not _ENDLESS.match(self._text, place):
            return False
        return not (self._text.startswith("<!--", place) and self._text.find("-->", place, span.end) >= 0)

    def _is_open(self, begin: int, end: int) -> bool:
        """Whether a fence or comment among the lines from `begin` on would go on below the line before `end`."""
        last = self._tokens(begin, end, {}, below="\n\nend")[-2:]
        return [(token.type, token.level, token.content) for token in last] != [
            ("inline", 1, "end"),
            ("paragraph_close", 0, ""),
        ]

    def _part(self, number: int) -> Iterator[Block]:
        begin, end = self._lines_of(number)
        skip = self._skip if number == 0 else begin
        front = _line_blocks(self._text, self._lines[begin:skip], BlockKind.MARKUP)
        environment: dict[str, object] = {"references": self._references}
        return mark_repeats([*front, *self._blocks(skip, end, environment)], self._repeats)

    def _blocks(self, begin: int, end: int, environment: dict[str, object]) -> Iterator[Block]:
        text, lines = self._text, self._lines[begin:end]
        next_line = 0
        for leaf in _leaves(self._tokens(begin, end, environment)):
            first = max(leaf.begin, next_line)
            yield from _left_over(text, lines[next_line:first])
            yield from _blocks(text, lines[first : leaf.end], leaf, environment)
            next_line = max(next_line, leaf.end)
        yield from _left_over(text, lines[next_line:])

    def _may_define(self, line: int, found: int) -> bool:
        """Whether the "]:" at `found` may end the name of a link target on its `line`, or of one begun above it."""
        start = self._lines.starts[line]
        bracket = self._text.find("[", start, found)
        if bracket < 0 or self._text.find("\\", start, found) >= 0:
            return True
        return not self._text[start:bracket].strip(_CONTAINERS)

    def _lines_of(self, number: int) -> tuple[int, int]:
        return self._begins[number], (*self._begins, len(self._lines))[number + 1]

    def _tokens(self, begin: int, end: int, environment: dict[str, object], below: str = "") -> list[Token]:
        body = "\n".join(line.slice(self._text) for line in self._lines[begin:end])
        return _parser().parse(body + below, environment)

    @cached_property
    def _references(self) -> dict[str, object]:
        """The targets of links that are defined anywhere in the text; of two with one name the first counts."""
        environment: dict[str, object] = {}
        line, found = 0, self._text.find("]:")
        while found >= 0:
            line = bisect_right(self._lines.starts, found)
            if self._may_define(line - 1, found):
                number = bisect_right(self._begins, line - 1) - 1
                begin, line = self._lines_of(number)
                self._tokens(max(begin, self._skip), line, environment)
            # Only the first of a line can end the name of a target.
            found = self._text.find("]:", self._lines.starts[line]) if line < len(self._lines) else -1
        references = environment.get("references", {})
        return references if isinstance(references, dict) else {}


def _words(line: str) -> str:
    """What a line says, without its markup; an item of a list keeps its own, since it is not what says the same."""
    line = line.strip(_AROUND)
    if line.startswith("* ") or not ("*" in line or "[" in line or "_" in line or "`" in line):
        return line
    return _INLINE.sub("", line).strip()


@cache
def _parser() -> MarkdownIt:
    # Without "inline" the words of a block are left alone until it is known whether they are worth the time; without
    # "text_join" an escape or entity stays a token of its own, and its place in the source can be told.
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["inline", "text_join"])


def _leaves(tokens: Sequence[Token]) -> Iterator[_Leaf]:
    items: list[str] = []
    quotes = 0
    fresh = False
    for index, token in enumerate(tokens):
        begin, end = token.map or (0, 0)
        if token.type == "list_item_open":
            items.append(token.info + token.markup if token.info else "•")
            fresh = True
        elif token.type == "list_item_close":
            items.pop()
        elif token.type in ("blockquote_open", "blockquote_close"):
            quotes += token.nesting
        elif token.type == "heading_open":
            yield _Leaf(BlockKind.HEADING, begin, end, (tokens[index + 1],), int(token.tag[1]))
        elif token.type == "paragraph_open":
            kind = BlockKind.ITEM if items else BlockKind.QUOTE if quotes else BlockKind.PARAGRAPH
            yield _Leaf(
                kind, begin, end, (tokens[index + 1],), len(items) or quotes, items[-1] if items and fresh else ""
            )
            fresh = False
        elif token.type == "tr_open":
            yield _Leaf(BlockKind.TABLE_ROW, begin, end, tuple(_cells(tokens, index + 1)))
        elif token.type == "fence":
            yield _Leaf(BlockKind.CODE, begin + 1, begin + 1 + token.content.count("\n"))
        elif token.type in ("code_block", "html_block"):
            yield _Leaf(BlockKind.CODE, begin, end)


def _cells(tokens: Sequence[Token], index: int) -> Iterator[Token]:
    while index < len(tokens) and tokens[index].type != "tr_close":
        if tokens[index].type == "inline":
            yield tokens[index]
        index += 1


def _blocks(text: str, lines: Sequence[Span], leaf: _Leaf, environment: dict[str, object]) -> list[Block]:
    written = [line for line in lines if line.slice(text).strip()]
    if not written:
        return []
    if leaf.kind is BlockKind.CODE:
        return _line_blocks(text, written, BlockKind.CODE)
    if leaf.kind is BlockKind.TABLE_ROW:
        shown = _show_row(text, leaf.inlines, written, environment)
    else:
        shown = _show(text, leaf.inlines[0], written, environment)
    span = Span(trim(text, written[0]).start, trim(text, written[-1]).end)
    if leaf.kind is not BlockKind.TABLE_ROW and is_furniture(shown.text):
        return [make_block(span, BlockKind.FURNITURE, shown)]
    return [make_block(span, leaf.kind, shown, leaf.level, leaf.marker)]


def _show(text: str, inline: Token, lines: Sequence[Span], environment: dict[str, object]) -> ShownText:
    if len(inline.content) <= _INLINE_LIMIT:
        parser = _parser()
        shown = show_inline(text, inline.content, parser.inline.parse(inline.content, parser, environment, []), lines)
        if shown is not None:
            return shown
    return show_lines(text, lines)


def _show_row(text: str, cells: Sequence[Token], lines: Sequence[Span], environment: dict[str, object]) -> ShownText:
    """The cells of one table row side by side; each is looked for to the right of the one before."""
    line = lines[0]
    builder = ShownBuilder()
    position = line.start
    for number, cell in enumerate(cells):
        start = text.find(cell.content, position, line.end)
        if start < 0:
            return show_lines(text, lines)
        if number:
            builder.stand_in(_CELL_GAP, position, start - position)
        builder.extend(_show(text, cell, [Span(start, start + len(cell.content))], environment))
        position = start + len(cell.content)
    # A row with more cells than its table has columns: those would be dropped, and their words with them.
    if any(map(str.isalnum, text[position : line.end])):
        return show_lines(text, lines)
    return builder.build()


def _left_over(text: str, lines: Sequence[Span]) -> list[Block]:
    """Blocks for lines in no leaf; those with words (a link definition, too deep a nesting) are shown as they are."""
    blocks = []
    for line in lines:
        wordless = not any(map(str.isalnum, line.slice(text)))
        blocks += _line_blocks(text, [line], BlockKind.MARKUP if wordless else BlockKind.CODE)
    return blocks


def _line_blocks(text: str, lines: Sequence[Span], kind: BlockKind) -> list[Block]:
    blocks = []
    for line in lines:
        span = trim(text, line)
        if not span:
            continue
        builder = ShownBuilder()
        if kind is BlockKind.CODE:
            span = Span(line.start, span.end)
            builder.copy(span.slice(text), span.start)
        blocks.append(make_block(span, kind, builder.build()))
    return blocks
