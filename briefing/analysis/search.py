"""Finding words in documents, the way they read rather than the way they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile

from briefing.model import Block, BlockKind, Document, Span

CONTEXT = 60
"""Characters of shown text on each side of a hit that go with it."""
_QUOTES = ("'‘’‚‛′`", '"“”„‟″«»')
_DASHES = "-‐‑‒–—−"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where the words asked for stand."""

    document: str
    """`Document.id`."""
    span: Span
    line: int
    """Line of the first character, counted from 1."""
    before: str
    """What stands before it in its block, as shown; begins with "…" where it was cut."""
    found: str
    """The words found, as they stand in the document's text."""
    after: str
    """What stands after it in its block, as shown; ends with "…" where it was cut."""
    passage: Span
    """The block."""


def places(documents: Sequence[Document], query: str) -> list[tuple[Document, Span]]:
    """Every place in what the documents show where `query` stands, in order of document and place.

    Upper and lower case, straight and curly quotes, all dashes, and all white space (line ends too) are held equal.
    A character that is shown as a picture of itself, such as "<U+202E>", is found as a whole by any part of it. Places
    do not overlap. An empty query finds nothing. The time taken grows with the length of the documents.
    """
    pattern = _pattern(query)
    if pattern is None:
        return []
    return [
        (document, span) for document in documents for block in document.blocks for span in _matches(block, pattern)
    ]


def places_from(document: Document, query: str, offset: int) -> Iterator[list[Span]]:
    """The places of each block as `places` has them, from the block at character `offset` on, and then from the top.

    A block is looked through when it is asked for, so that in a long document the next places are there at once.
    """
    pattern, here = _pattern(query), document.block_at(offset)
    if pattern is None or here is None:
        return
    before = takewhile(lambda block: block.span.start < here.span.start, document.blocks)
    for block in chain(document.blocks_from(here.span.start), before):
        yield list(_matches(block, pattern))


def hit_at(document: Document, span: Span) -> Hit:
    """The words at `span`, which lies within one block that is shown, with what is around them."""
    block = document.block_at(span.start)
    if block is None:
        raise ValueError(f"{document.id} has no words at {span}")
    text = block.shown.text
    start, end = block.shown.shown_of(span) or (0, 0)
    before = ("…" if start > CONTEXT else "") + text[max(0, start - CONTEXT) : start]
    after = text[end : end + CONTEXT] + ("…" if end + CONTEXT < len(text) else "")
    return Hit(document.id, span, document.line_of(span.start), before, document.quote(span), after, block.span)


def find_quote(document: Document, quote: str) -> Span | None:
    """Where the exact words of `quote` first stand in the document's text, white space apart; None when nowhere."""
    start = document.text.find(quote) if quote else -1
    if start >= 0:
        return Span(start, start + len(quote))
    words = quote.split()
    match = re.search(r"\s++".join(map(re.escape, words)), document.text) if words else None
    return Span(*match.span()) if match else None


def _matches(block: Block, pattern: re.Pattern[str]) -> Iterator[Span]:
    shown, free = block.shown, 0
    for match in pattern.finditer(shown.text) if block.kind is not BlockKind.MARKUP else ():
        span = shown.source_of(*match.span())
        start, end = shown.shown_of(span) or match.span()
        # What begins within a picture that was found already is that picture again.
        if start >= free:
            yield span
            free = end


def _pattern(query: str) -> re.Pattern[str] | None:
    words = ["".join(map(_alike, word)) for word in query.split()]
    # A possessive repeat gives no space back, so that no run of spaces is read twice.
    return re.compile(r"\s++".join(words), re.IGNORECASE) if words else None


def _alike(character: str) -> str:
    for alike in (*_QUOTES, _DASHES):
        if character in alike:
            return f"[{re.escape(alike)}]"
    return re.escape(character)
