"""What the parsers share: a block from its shown text, lines that repeat, page furniture, and sections."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from briefing.model import Block, BlockKind, LazyTuple, Section, ShownText, Span
from briefing.package_text import package_text
from briefing.parsing.decoding import Lines
from briefing.parsing.sentences import split_sentences

_CAPTION_LIMIT = 300
"""Characters: a longer line that repeats is a paragraph said twice, not a caption."""
_SPACES = "\t\xa0\u2009\u202f\u3000"
"""Kinds of space that are shown as one, and that texts do hold."""
_PLACES = 100
"""Places where the first line of a block is said that are looked at, so that a hostile text takes no longer."""
_HEAD = 160
"""Characters at the head of a line by which those that may say the same are found."""
_ECHO = 40
"""Characters at the head of a line that, found again in the same line, show a caption printed twice."""


def make_block(span: Span, kind: BlockKind, shown: ShownText, level: int = 0, marker: str = "") -> Block:
    """A block; one that nobody reads as prose (markup, furniture, code) has no sentences.

    Sentences are looked for when they are asked for: a page can be shown without.
    """
    sentences: Sequence[Span] = ()
    if kind in (BlockKind.HEADING, BlockKind.CAPTION):
        sentences = (shown.source_of(0, len(shown.text)),) if shown.text else ()
    elif kind not in (BlockKind.MARKUP, BlockKind.FURNITURE, BlockKind.CODE):
        sentences = LazyTuple(partial(_sentences, shown))
    return Block(span, kind, shown, sentences, level, marker)


def _sentences(shown: ShownText) -> Iterator[Span]:
    return (shown.source_of(start, end) for start, end in split_sentences(shown.text))


def trim(text: str, line: Span) -> Span:
    """`line` without its outer white space; empty, at its start, when it holds nothing else."""
    content = line.slice(text)
    start = line.start + len(content) - len(content.lstrip())
    return Span(start, max(start, line.start + len(content.rstrip())))


def is_furniture(text: str) -> bool:
    """Whether a line is known page furniture, whatever its case and end punctuation."""
    return len(text) < 60 and text.strip(" \t:.!…»>|*#-\u2022").lower() in _furniture()


class Repeats:
    """Which lines of a text stand in it more than once; found without parsing it."""

    def __init__(
        self,
        text: str,
        lines: Lines,
        words: Callable[[str], str] = str.strip,
        may_be_block: Callable[[int, int], bool] = lambda begin, end: True,
    ) -> None:
        """`words` gives what a line says, without what only sets it apart.

        `may_be_block` says whether the lines from one number to before another can be a block of their own.
        """
        self._text, self._lines = text, lines
        self._words, self._may_be_block = words, may_be_block
        heads = [text[start:end][:_HEAD] for start, end in zip(lines.starts, lines.ends, strict=True)]
        said = [words(head)[:_ECHO] for head in _evenly_spaced("\n".join(heads)).split("\n")]
        last = dict(zip(said, range(len(said)), strict=True))
        self._places: dict[str, list[int]] = {}
        """Numbers of the lines that say it, for what the heads of more than one line say."""
        for number, line in enumerate(said):
            if line and (last[line] != number or line in self._places):
                self._places.setdefault(line, []).append(number)

    def of(self, span: Span) -> tuple[bool, bool]:
        """Whether the lines of the block at `span` are said elsewhere too, and whether they are so before it."""
        begin = bisect_right(self._lines.starts, span.start) - 1
        end = bisect_right(self._lines.starts, max(span.start, span.end - 1))
        said = self._said(begin, end)
        places = self._places.get(said[0][:_ECHO], [])
        near = bisect_right(places, begin)
        before = any(self._says(said, place) for place in places[:_PLACES] if place < begin)
        return before or any(self._says(said, place) for place in places[near : near + _PLACES]), before

    def _says(self, said: list[str], place: int) -> bool:
        end = place + len(said)
        return self._said(place, end) == said and self._may_be_block(place, end)

    def _said(self, begin: int, end: int) -> list[str]:
        return [self._words(_evenly_spaced(line.slice(self._text))) for line in self._lines[begin:end]]


def mark_repeats(blocks: Iterable[Block], repeats: Repeats) -> Iterator[Block]:
    """The blocks with every line that is said more than once marked: short ones as captions, later ones as copies.

    A line printed twice within itself, as captions under pictures often are, is a caption too.
    """
    for block in blocks:
        if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH):
            yield block
            continue
        repeated, copy = repeats.of(block.span)
        if not (repeated or _echoes(block.shown.text)):
            yield block
            continue
        short = len(block.shown.text) <= _CAPTION_LIMIT
        said = make_block(block.span, BlockKind.CAPTION, block.shown) if short else block
        yield replace(said, repeated=copy)


def sections_of(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """A section for every heading, and one without title for what stands before the first."""
    headings = [index for index, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    sections = []
    if blocks and (not headings or headings[0] > 0):
        end = blocks[headings[0] - 1 if headings else -1].span.end
        sections.append(Section("", 0, Span(blocks[0].span.start, end), None))
    ends: dict[int, int] = {}
    open_headings: list[int] = []
    for index in headings:
        while open_headings and blocks[open_headings[-1]].level >= blocks[index].level:
            ends[open_headings.pop()] = blocks[index - 1].span.end
        open_headings.append(index)
    for index in headings:
        block = blocks[index]
        span = Span(block.span.start, ends.get(index, blocks[-1].span.end))
        sections.append(Section(block.shown.text, block.level, span, index))
    return tuple(sections)


def _evenly_spaced(text: str) -> str:
    for space in _SPACES:
        text = text.replace(space, " ")
    return text


def _echoes(text: str) -> bool:
    return len(text) >= 2 * _ECHO and text.find(text[:_ECHO], _ECHO, 10 * _CAPTION_LIMIT) > 0


@cache
def _furniture() -> frozenset[str]:
    text = package_text("briefing.parsing", "data/furniture.txt")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
