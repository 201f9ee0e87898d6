"""Words that were struck, as lists show them: struck through, so that nobody takes them for evidence."""

from __future__ import annotations

from collections.abc import Collection

from briefing.model import Document, Span
from briefing.rendering.line import Line, Piece

Struck = Collection[str | tuple[str, str]]
"""Ids of documents that were struck, and (id, words) of sentences."""


def is_struck(document: Document, span: Span, struck: Struck) -> bool:
    """Whether the document as a whole or the sentence at `span` is among what was struck."""
    return document.id in struck or (document.id, document.quote(span)) in struck


def struck_through(line: Line) -> Line:
    """The same words with a line through them."""
    return tuple(Piece(text, f"{style} struck muted".strip()) for text, style in line)
