"""The date a sentence speaks from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.extraction.claims.sentences import Sentence
from briefing.extraction.entities.dates import iso_of
from briefing.model import Mention, Span, Stage

_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?!\d)")
_BOUND = re.compile(r"\b(?:since|until|till|by|before|after)(?: (?:early|late|mid))?[ -]$", re.IGNORECASE)
"""What a date is the limit of, and not the time."""
_BOUND_LENGTH = 14
"""Characters before a date in which such a word stands."""
_TO_COME = (Stage.ANNOUNCED, Stage.PLANNED)


def as_of(sentence: Sentence, dates: Sequence[Mention], stage: Stage) -> tuple[str | None, Span | None]:
    """The first of `dates`, those of `sentence`, that is not after its document was written, and where it stands.

    In ISO 8601 as far as known. Without any such date the sentence speaks from when the document was written, of which
    a time of day is dropped and what is no ISO 8601 is not used. A plan whose document has no date speaks from none:
    the date it names may be the one it is for.
    """
    head = _ISO.match(sentence.document.date or "")
    written = head[0] if head else None
    for mention in dates:
        value = iso_of(mention.canonical)
        if value is None or _is_bound(sentence, mention):
            continue
        if written is None and stage in _TO_COME:
            return None, None
        if written is None or value[: len(written)] <= written[: len(value)]:
            return value, mention.span
    return written, None


def _is_bound(sentence: Sentence, mention: Mention) -> bool:
    start = mention.span.start
    return bool(_BOUND.search(sentence.document.text[max(0, start - _BOUND_LENGTH) : start]))
