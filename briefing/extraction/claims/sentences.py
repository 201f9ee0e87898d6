"""The sentences of a document that can bear evidence, with their words and what they stand under."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefing.extraction.claims.words import Words, words_of
from briefing.model import Block, BlockKind, Document, Span

_TITLES = (BlockKind.HEADING, BlockKind.CAPTION)


class Sentence(NamedTuple):
    """One sentence as shown, and where it stands."""

    document: Document
    block: Block
    span: Span
    """In the document's text."""
    offset: int
    """The sentence's first character in its block's shown text."""
    text: str
    """As shown."""
    words: Words
    place: int
    """Which sentence of its block it is, counted from 0."""

    @property
    def is_title(self) -> bool:
        """Whether it is said in a heading, a caption or a copy of another line."""
        return self.block.kind in _TITLES or self.block.repeated

    @property
    def is_question(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.rstrip("\"'”’)]*_ ").endswith("?")

    def source(self, start: int, end: int) -> Span:
        """The source span of its words `start` to `end`, end exclusive."""
        first, last = self.words.starts[start], self.words.ends[end - 1]
        return self.block.shown.source_of(self.offset + first, self.offset + last)

    def shown(self, span: Span) -> tuple[int, int] | None:
        """Characters of `text` that show `span`; None when it lies elsewhere."""
        place = self.block.shown.shown_of(span) if span.overlaps(self.span) else None
        return (place[0] - self.offset, place[1] - self.offset) if place else None


def sentences_of(document: Document) -> Iterator[Sentence]:
    """Every sentence of `document` that is shown as prose, in order."""
    for block in document.blocks:
        if not block.is_read:
            continue
        for place, span in enumerate(block.sentences):
            shown = block.shown.shown_of(span)
            if shown:
                text = block.shown.text[shown[0] : shown[1]]
                yield Sentence(document, block, span, shown[0], text, words_of(text), place)
