"""Where the documents of a pack stand in a later reading of it, and what was noted of places in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from briefing.model import Document, Span

_LEAD = 80
"""Characters at the top of the screen by which a place is found again: a row or two."""


class Renumbering:
    """From numbers of documents and places in them, as they were noted, to those that hold now."""

    def __init__(self, before: Sequence[Document], after: Sequence[Document]) -> None:
        self._before = before
        self._after = after
        self._same = before is after
        self._numbers: dict[str, int] = {}
        if not self._same:
            self._numbers = {document.id: number for number, document in enumerate(after)}
            known = {document.id for document in before}
            came = {document.digest: document.id for document in after if document.id not in known}
            for document in before:
                # A file that was given another name is the same document to whoever reads it.
                if document.id not in self._numbers and document.digest in came:
                    self._numbers[document.id] = self._numbers[came[document.digest]]

    def number(self, old: int) -> int | None:
        """The number that document number `old` has now; None where it is gone."""
        return old if self._same else self._numbers.get(self._before[old].id)

    def nearest(self, old: int) -> int:
        """That number; where it is gone, that of the next document that is there, else of the last before it."""
        around = chain(range(old, len(self._before)), range(old - 1, -1, -1))
        return next((number for one in around if (number := self.number(one)) is not None), 0)

    def offset(self, old: int, offset: int) -> int:
        """Where the words stand now that stood at character `offset` of document number `old`.

        Of several places it is the nearest. Where they are gone, it is the same character, or the last there is.
        """
        before, after = self._texts(old)
        if before == after or not offset:
            return offset
        words = before[offset : offset + _LEAD]
        if not words.strip():
            return min(offset, len(after))
        places = (after.rfind(words, 0, offset + len(words)), after.find(words, offset))
        found = [place for place in places if place >= 0]
        return min(found, key=lambda place: abs(place - offset)) if found else min(offset, len(after))

    def is_same(self, old: int) -> bool:
        """Whether document number `old` has the same words as it had."""
        before, after = self._texts(old)
        return before == after

    def words(self, old: int, span: Span) -> tuple[int, Span] | None:
        """Number of the document and place, where the same words stand there as they did; None where they do not."""
        number = self.number(old)
        before, after = self._texts(old)
        same = before[span.start : span.end] == after[span.start : span.end]
        return (number, span) if number is not None and same else None

    def _texts(self, old: int) -> tuple[str, str]:
        number = self.number(old)
        return self._before[old].text, "" if number is None else self._after[number].text
