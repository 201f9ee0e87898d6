"""Small documents with dates, and claims on their sentences, for the tests of the timeline."""

from __future__ import annotations

from briefing.extraction.entities.dates import Reference, find_dates
from briefing.model import Claim, ClaimLabel, Document, EntityType, Mention, Span, Stage, Stance
from briefing.parsing import parse_document


def dated_document(text: str, written: str | None = None, id: str = "a.txt", label: str = "") -> Document:
    """A document of plain text, written when `written` says."""
    return parse_document(id, text.encode(), label=label, date=written)


def dates_of(document: Document) -> list[Mention]:
    """The dates in `document`, resolved by the rules."""
    found = find_dates(document.text, Reference.parse(document.date))
    return [mention_at(document, Span(one.start, one.end), EntityType.DATE, one.name) for one in found]


def mention_at(document: Document, span: Span, type: EntityType, name: str) -> Mention:
    """A mention of the words at `span`."""
    return Mention(document.id, span, document.quote(span), type, name)


def event_called(document: Document, words: str) -> Mention:
    """An event that is called `words` where `document` first says them."""
    start = document.text.index(words)
    return mention_at(document, Span(start, start + len(words)), EntityType.EVENT, words)


def claim_on(
    document: Document,
    words: str,
    stage: Stage = Stage.UNCLEAR,
    roles: tuple[str, ...] = ("drill",),
    corrected: tuple[ClaimLabel, ...] = (),
    as_of: str | None = None,
) -> Claim:
    """A claim for the sentence that begins with `words`."""
    start = document.text.index(words)
    block = document.blocks[document.block_index_at(start)]
    span = block.sentence_at(start)
    assert span is not None
    return Claim(
        document.id,
        span,
        document.line_of(start),
        document.quote(span),
        roles,
        (),
        Stance.NEUTRAL,
        stage,
        "author",
        as_of or document.date,
        corrected=corrected,
    )
