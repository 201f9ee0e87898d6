"""Words of a document where they stand: alone, or with what is around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from briefing.model import Document, Mention, Span, document_numbers, documents_by_id
from briefing.rendering.entry import Entry, heading
from briefing.rendering.line import Line, Piece, clip, fit

_NUMBER = 5
"""Cells for the number of a line."""
_LABEL = 20
"""Cells for the name of a document, where there is room."""


def shown_words(document: Document, span: Span) -> str:
    """The words at `span` as a reader sees them: safe to write to a terminal, markup hidden."""
    block = document.block_at(span.start)
    shown = block.shown.shown_of(span) if block else None
    return block.shown.text[slice(*shown)] if block and shown else ""


def words_in_context(document: Document, span: Span, width: int, style: str, others: Iterable[Span] = ()) -> Line:
    """The words at `span` in `style`, with as much of their block on both sides as `width` cells hold.

    What there is of `others` in that is in the same style.
    """
    block = document.block_at(span.start)
    if block is None:
        return ()
    start, end = block.shown.shown_of(span) or (0, 0)
    text = block.shown.text
    room = max(0, width - cell_len(text[start:end]))
    before, after = text[max(0, start - width) : start], text[end : end + width]
    kept = len(_last(before, min(room, max(room // 2, room - cell_len(after)))))
    lit = filter(None, map(block.shown.shown_of, others))
    pieces = _pieces(text[start - kept : end + width], [(start, end), *lit], start - kept, style)
    if kept and start > kept:
        pieces[0] = Piece("…" + pieces[0].text[1:], pieces[0].style)
    return clip(tuple(pieces), width)


def _pieces(text: str, lit: Iterable[tuple[int, int]], offset: int, style: str) -> list[Piece]:
    """`text`, whose first character is number `offset`, with what is `lit` in `style`."""
    pieces: list[Piece] = []
    at = 0
    for start, end in sorted(lit):
        first, last = max(at, start - offset), min(len(text), end - offset)
        if first < last:
            pieces += [Piece(text[at:first]), Piece(text[first:last], style)]
            at = last
    return [*pieces, Piece(text[at:])]


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
    by_id, numbers = documents_by_id(documents), document_numbers(documents)
    for id in sorted(by_document, key=numbers.__getitem__):
        document, spans = by_id[id], by_document[id]
        entries.append(heading(document.label, document.date or "undated"))
        for span in spans:
            number = Piece(str(document.line_of(span.start)).rjust(_NUMBER - 1) + " ", "line-number")
            line = (number, *words_in_context(document, span, width - _NUMBER, style))
            entries.append(Entry((line,), (document.id, span)))
    return entries


def found_line(document: Document, words: Sequence[Span], width: int) -> Line:
    """Words that were found in one block: the document and the line, and the first of them in context."""
    label = min(_LABEL, width // 4)
    number = str(document.line_of(words[0].start)).rjust(_NUMBER) + " "
    context = words_in_context(document, words[0], width - label - len(number), "hit", words[1:])
    return (Piece(fit(document.label, label), "muted"), Piece(number, "line-number"), *context)


def mention_places(documents: Sequence[Document], mentions: Iterable[Mention]) -> list[tuple[Document, Span]]:
    """Where each mention stands."""
    by_id = documents_by_id(documents)
    return [(by_id[mention.document], mention.span) for mention in mentions]
