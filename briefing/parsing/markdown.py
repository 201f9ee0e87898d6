"""Markdown, by CommonMark with tables: blocks from the parser's tokens, each traced to the lines it lies on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefing.model import Block, BlockKind, ShownText, Span
from briefing.parsing.blocks import is_furniture, make_block, mark_repeats, trim
from briefing.parsing.inline import show_inline
from briefing.parsing.visible import ShownBuilder, show_lines

_INLINE_LIMIT = 200_000
"""Characters: a longer paragraph is shown raw, since finding markup in it would take long."""
_CELL_GAP = " │ "


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


def parse_markdown(text: str, lines: Sequence[Span], skip: int = 0) -> list[Block]:
    """The blocks of `text`, whose `lines` are given, in order; the first `skip` lines are front matter.

    Every line that is not blank lies in one block. Inline markup is hidden in the shown text; HTML, code and link
    definitions are shown as they stand; rules, fences and front matter are markup.
    """
    body = "\n".join(line.slice(text) for line in lines[skip:])
    environment: dict[str, object] = {}
    tokens = _parser().parse(body, environment)
    blocks = _line_blocks(text, lines[:skip], BlockKind.MARKUP)
    next_line = skip
    for leaf in _leaves(tokens):
        begin, end = max(leaf.begin + skip, next_line), leaf.end + skip
        blocks += _left_over(text, lines[next_line:begin])
        blocks += _blocks(text, lines[begin:end], leaf, environment)
        next_line = max(next_line, end)
    return mark_repeats(blocks + _left_over(text, lines[next_line:]))


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
