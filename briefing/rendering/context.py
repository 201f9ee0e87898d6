"""Words of a document where they stand: alone, or with what is around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from briefing.model import Document, Mention, Span, documents_by_id
from briefing.rendering.entry import Entry, heading
from briefing.rendering.line import Line, Piece, clip

_NUMBER = 5
"""Cells for the number of a line."""


def shown_words(document: Document, span: Span) -> str:
    """The words at `span` as a reader sees them: safe to write to a terminal, markup hidden."""
    block = document.blocks[document.block_index_at(span.start)] if document.blocks else None
    shown = block.shown.shown_of(span) if block else None
    return block.shown.text[slice(*shown)] if block and shown else ""


def words_in_context(document: Document, span: Span, width: int, style: str) -> Line:
    """The words at `span` in `style`, with as much of their block on both sides as `width` cells hold."""
    if not document.blocks:
        return ()
    block = document.blocks[document.block_index_at(span.start)]
    start, end = block.shown.shown_of(span) or (0, 0)
    text = block.shown.text
    words = text[start:end]
    room = max(0, width - cell_len(words))
    before, after = text[max(0, start - width) : start], text[end : end + width]
    kept = _last(before, min(room, max(room // 2, room - cell_len(after))))
    if kept and start > len(kept):
        kept = "…" + kept[1:]
    return clip((Piece(kept, ""), Piece(words, style), Piece(after, "")), width)


def _last(text: str, width: int) -> str:
    """As many characters from the end of `text` as `width` cells hold."""
    start = len(text)
    while start and (width := width - cell_len(text[start - 1])) >= 0:
        start -= 1
    return text[start:]


def place_entries(
    documents: Sequence[Document], places: Iterable[tuple[Document, Span]], width: int, style: str
) -> list[Entry]:
    """A line in context for every place, under the name of its document; the value of each is (document id, span)."""
    entries: list[Entry] = []
    by_document: dict[str, list[Span]] = {}
    for document, span in places:
        by_document.setdefault(document.id, []).append(span)
    for document in documents:
        spans = by_document.get(document.id)
        if not spans:
            continue
        entries.append(heading(document.label, document.date or "undated"))
        for span in spans:
            number = Piece(str(document.line_of(span.start)).rjust(_NUMBER - 1) + " ", "line-number")
            line = (number, *words_in_context(document, span, width - _NUMBER, style))
            entries.append(Entry((line,), (document.id, span)))
    return entries


def mention_places(documents: Sequence[Document], mentions: Iterable[Mention]) -> list[tuple[Document, Span]]:
    """Where each mention stands."""
    by_id = documents_by_id(documents)
    return [(by_id[mention.document], mention.span) for mention in mentions]
