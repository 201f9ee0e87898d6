"""What the parsers share: a block from its shown text, lines that repeat, page furniture, and sections."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

from briefing.model import Block, BlockKind, Section, ShownText, Span
from briefing.package_text import package_text
from briefing.parsing.sentences import split_sentences

_CAPTION_LIMIT = 300
"""Characters: a longer line that repeats is a paragraph said twice, not a caption."""
_ECHO = 40
"""Characters at the head of a line that, found again in the same line, show a caption printed twice."""


def make_block(span: Span, kind: BlockKind, shown: ShownText, level: int = 0, marker: str = "") -> Block:
    """A block with its sentences found; one that nobody reads as prose (markup, furniture, code) has none."""
    silent = kind in (BlockKind.MARKUP, BlockKind.FURNITURE, BlockKind.CODE)
    whole = kind in (BlockKind.HEADING, BlockKind.CAPTION)
    ranges = [] if silent else [(0, len(shown.text))] if whole else split_sentences(shown.text)
    sentences = tuple(shown.source_of(start, end) for start, end in ranges if start < end)
    return Block(span, kind, shown, sentences, level, marker)


def trim(text: str, line: Span) -> Span:
    """`line` without its outer white space; empty, at its start, when it holds nothing else."""
    content = line.slice(text)
    start = line.start + len(content) - len(content.lstrip())
    return Span(start, max(start, line.start + len(content.rstrip())))


def is_furniture(text: str) -> bool:
    """Whether a line is known page furniture, whatever its case and end punctuation."""
    return len(text) < 60 and text.strip(" \t:.!…»>|*#-\u2022").lower() in _furniture()


def mark_repeats(blocks: list[Block]) -> list[Block]:
    """The blocks with every line that is said more than once marked: short ones as captions, later ones as copies.

    A line printed twice within itself, as captions under pictures often are, is a caption too.
    """
    spoken = (BlockKind.HEADING, BlockKind.PARAGRAPH)
    times = Counter(block.shown.text for block in blocks if block.kind in spoken)
    seen: set[str] = set()
    marked = []
    for block in blocks:
        text = block.shown.text
        if block.kind not in spoken or not (times[text] > 1 or _echoes(text)):
            marked.append(block)
            continue
        short = len(text) <= _CAPTION_LIMIT
        said = make_block(block.span, BlockKind.CAPTION, block.shown) if short else block
        marked.append(replace(said, repeated=text in seen))
        seen.add(text)
    return marked


def sections_of(blocks: tuple[Block, ...]) -> tuple[Section, ...]:
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


def _echoes(text: str) -> bool:
    return len(text) >= 2 * _ECHO and text.find(text[:_ECHO], _ECHO, 10 * _CAPTION_LIMIT) > 0


@cache
def _furniture() -> frozenset[str]:
    text = package_text("briefing.parsing", "data/furniture.txt")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
