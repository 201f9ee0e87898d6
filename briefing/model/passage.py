"""A passage of a document by itself, as it is looked for in many documents without reading any of them."""

from __future__ import annotations

from typing import NamedTuple

from briefing.model.document import ShownText
from briefing.model.span import Span


class ShownPassage(NamedTuple):
    """A block as it is shown, and as it stands in its document."""

    document: str
    """`Document.id`."""
    start: int
    """Where it begins in the document's text (characters)."""
    source: str
    """The words that stand there, verbatim."""
    shown: ShownText

    def holds(self, span: Span) -> bool:
        """Whether `span` of the document lies within it."""
        return self.start <= span.start and span.end <= self.start + len(self.source)

    def quote(self, span: Span) -> str:
        """The words at `span` of the document, which lies within the passage, exactly as they stand in the file."""
        return self.source[span.start - self.start : span.end - self.start]
