"""Where two entities meet: the sentences, or else the paragraphs, that name both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def meetings(one: Entity, other: Entity, documents: Sequence[Document]) -> tuple[Meeting, ...]:
    """Where `one` and `other` meet, in reading order: every sentence that names both, each once.

    A paragraph no sentence of which does counts as a whole. Headings, captions and copies are left out. The time taken
    grows with the mentions of both.
    """
    places = (_by_block(one, documents), _by_block(other, documents))
    return tuple(
        meeting
        for document in documents
        for block in sorted(places[0].get(document.id, {}).keys() & places[1].get(document.id, {}).keys())
        for meeting in _in_block(document, document.blocks[block], [place[document.id][block] for place in places])
    )


def sentence_of(document: Document, mention: Mention) -> tuple[Block, Span] | None:
    """The block and the sentence (the block itself, if it has none) that a mention stands in.

    None for a heading, a caption, a copy, and all else that counts for nothing: what stands there is no prose.
    """
    block = document.blocks[document.block_index_at(mention.span.start)] if document.blocks else None
    if block is None or not block.counts or block.kind is BlockKind.HEADING:
        return None
    return block, block.sentence_at(mention.span.start) or block.span


def _by_block(entity: Entity, documents: Sequence[Document]) -> dict[str, dict[int, list[Span]]]:
    """The sentences that name the entity, in order, by document and block."""
    by_id = documents_by_id(documents)
    places: dict[str, dict[int, list[Span]]] = {}
    for mention in entity.mentions:
        document = by_id[mention.document]
        found = sentence_of(document, mention)
        if found:
            block = document.block_index_at(mention.span.start)
            places.setdefault(document.id, {}).setdefault(block, []).append(found[1])
    return places


def _in_block(document: Document, block: Block, sentences: Sequence[Sequence[Span]]) -> Iterator[Meeting]:
    shared = set(sentences[0]) & set(sentences[1])
    for span in sorted(shared):
        yield Meeting(document.id, span, Together.SENTENCE)
    if not shared:
        yield Meeting(document.id, block.span, Together.PARAGRAPH)
