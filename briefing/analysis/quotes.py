"""Whether the words that somebody rested a decision on still stand, and where."""

from __future__ import annotations

from enum import StrEnum

from briefing.analysis.search import find_quote
from briefing.model import Document, QuoteRef, Span


class QuoteState(StrEnum):
    """What has become of words that somebody rested a decision on."""

    VERIFIED = "verified"
    """They stand where they stood."""
    MOVED = "moved"
    """They stand elsewhere in their document, exactly and once."""
    ORPHANED = "orphaned"
    """They are gone, or stand in several places of which none is theirs. What rested on them counts for nothing."""


def quote_state(document: Document | None, quote: QuoteRef) -> tuple[QuoteState, Span | None]:
    """What has become of `quote`, and where it stands now; nowhere for an orphan.

    One that says no place, as drafts do, may stand anywhere: of several places the first is as good as any.
    """
    if document is None:
        return QuoteState.ORPHANED, None
    if quote.start is not None and document.text.startswith(quote.text, quote.start):
        return QuoteState.VERIFIED, Span(quote.start, quote.start + len(quote.text))
    span = find_quote(document, quote.text)
    if span is None:
        return QuoteState.ORPHANED, None
    if quote.start is None:
        return QuoteState.VERIFIED, span
    if document.quote(span) != quote.text or document.text.find(quote.text, span.start + 1) >= 0:
        return QuoteState.ORPHANED, None
    return QuoteState.MOVED, span


def is_lost(quote: QuoteRef, document: Document | None) -> bool:
    """Whether `quote` is gone from its document, or that is gone, so that nothing rests on it any more."""
    return quote_state(document, quote)[0] is QuoteState.ORPHANED
