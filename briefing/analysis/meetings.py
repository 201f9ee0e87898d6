"""Where two entities meet: the sentences, or else the paragraphs, that name both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from briefing.model import Block, BlockKind, Document, Entity, Mention, Span, documents_by_id


class Together(StrEnum):
    """How close two entities are named to one another."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One stretch of a document that names both of two entities."""

    document: str
    """`Document.id`."""
    span: Span
    """Of the sentence, or of the block."""
    together: Together


def meetings(one: Entity, other: Entity, documents: Sequence[Document], most: int | None = None) -> tuple[Meeting, ...]:
    """Where `one` and `other` meet, in reading order: every sentence that names both, each once.

    A paragraph no sentence of which does counts as a whole. Headings, captions and copies are left out. The time taken
    grows with the mentions of both. With `most` only the first so many documents that name both are read.
    """
    by_id = documents_by_id(documents)
    shared = [by_id[id] for id in documents_with_both(one, other) if id in by_id]
    return tuple(meeting for document in shared[:most] for meeting in _in_document(one, other, document))


def documents_with_both(one: Entity, other: Entity) -> list[str]:
    """Ids of the documents that name both, in order."""
    others = set(other.documents)
    return [id for id in one.documents if id in others]


def sentence_of(document: Document, mention: Mention) -> tuple[Block, Span] | None:
    """The block and the sentence (the block itself, if it has none) that a mention stands in.

    None for a heading, a caption, a copy, and all else that counts for nothing: what stands there is no prose.
    """
    block = document.block_at(mention.span.start)
    if block is None or not block.counts or block.kind is BlockKind.HEADING:
        return None
    return block, block.sentence_at(mention.span.start) or block.span


def _in_document(one: Entity, other: Entity, document: Document) -> Iterator[Meeting]:
    """Where the two meet in a document that names both."""
    first, second = (_by_block(entity.mentions_in(document.id), document) for entity in (one, other))
    for start in sorted(first.keys() & second.keys()):
        block, sentences = first[start]
        yield from _in_block(document, block, (sentences, second[start][1]))


def _by_block(mentions: Iterable[Mention], document: Document) -> dict[int, tuple[Block, list[Span]]]:
    """The blocks in which `mentions` stand, by where they begin, with the sentences of each that hold one, in order."""
    places: dict[int, tuple[Block, list[Span]]] = {}
    for mention in mentions:
        found = sentence_of(document, mention)
        if found:
            block, sentence = found
            places.setdefault(block.span.start, (block, []))[1].append(sentence)
    return places


def _in_block(document: Document, block: Block, sentences: Sequence[Sequence[Span]]) -> Iterator[Meeting]:
    shared = set(sentences[0]) & set(sentences[1])
    for span in sorted(shared):
        yield Meeting(document.id, span, Together.SENTENCE)
    if not shared:
        yield Meeting(document.id, block.span, Together.PARAGRAPH)
