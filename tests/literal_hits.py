"""Words found as `/` finds them, with what is around them."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.analysis.search import Hit, hit_at, places
from briefing.model import Document


def search(documents: Sequence[Document], query: str) -> tuple[Hit, ...]:
    """Every place where `query` stands."""
    return tuple(hit_at(document, span) for document, span in places(documents, query))
