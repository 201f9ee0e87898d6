"""The outline: every document and its sections."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.model import Document, Span
from briefing.parsing import visible
from briefing.rendering.entry import Entry, heading
from briefing.rendering.line import Piece


def outline_entries(documents: Sequence[Document], query: str) -> list[Entry]:
    """Every document and, of those that are read, the sections, narrowed to titles that hold all words of `query`.

    The value of each is (document id, the span of its heading or of the document's first character).
    """
    words = query.casefold().split()
    entries: list[Entry] = []
    for document in documents:
        rows = []
        # Of a document that nobody has looked at yet its name is listed, and nothing is read for that.
        for section in document.sections if document.is_at_hand else ():
            if section.heading is not None and _holds(section.title, words):
                number = str(document.line_of(section.span.start)).rjust(5)
                indent = "  " * section.level
                title = Piece(indent + section.title, "title" if section.level == 1 else "")
                span = document.blocks[section.heading].span
                rows.append(Entry(((Piece(number + " ", "line-number"), title),), (document.id, span)))
        whole = _holds(document.label, words)
        if not (rows or whole):
            continue
        note = f"{document.date or 'undated'}, {visible(document.id)}"
        if whole and document.beginning:
            name = (Piece(document.label, "heading"), Piece(f"  {note}", "muted"))
            entries.append(Entry((name,), (document.id, document.beginning)))
        else:
            entries.append(heading(document.label, note))
        entries += rows
    return entries


def document_entries(documents: Sequence[Document], query: str) -> list[Entry]:
    """Every document whose label holds all words of `query`; its value is (document id, its first words)."""
    words = query.casefold().split()
    return [
        Entry(
            ((Piece(document.label), Piece(f"  {document.date or 'undated'}", "muted")),),
            (document.id, document.beginning or Span(0, 0)),
        )
        for document in documents
        if _holds(document.label, words)
    ]


def _holds(title: str, words: Sequence[str]) -> bool:
    text = title.casefold()
    return all(word in text for word in words)
