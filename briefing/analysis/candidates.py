"""What an officer may mean: words on the screen that could be a name, entities that could be the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice

from briefing.extraction.entities.vocabulary import is_common
from briefing.model import BlockKind, Document, Entity, Mention, ShownText, Span

_LONGEST = 8
"""Words: a longer name is not offered."""
_MOST = 200
"""Candidates: nobody reads on."""
_BEGINNING = 4
"""Letters by which two names are held against one another at all."""
_ALIKE = 0.5
"""`SequenceMatcher.ratio` from which two names are alike enough to be offered first."""
_WORD = re.compile(r"\w[\w'’.+-]*\w|\w")
_CAPITALS = re.compile(
    r"[^\W\d_a-z][\w'’+-]*\w\.?(?:\s+(?:(?:of|and|for|the|de|al|on)\s+){0,2}[^\W\d_a-z][\w'’+-]*\w)*"
)


def name_candidates(document: Document, shown: Span, mentions: Iterable[Mention], query: str) -> list[Span]:
    """Words within `shown` that could be meant as a name, in reading order, the same words once.

    Without a `query`: every run of capitalised words that none of `mentions` covers. Else what begins where a word
    begins with `query`, from that word alone to several words.
    """
    first = document.block_index_at(shown.start)
    last = document.block_index_at(max(shown.start, shown.end - 1))
    blocks = [block for block in document.blocks[first : last + 1] if block.kind is not BlockKind.MARKUP]
    known = [mention.span for mention in mentions if mention.document == document.id]
    found: dict[str, Span] = {}
    for block in blocks:
        text = block.shown.text
        places = _beginning_with(text, query.strip()) if query.strip() else _capitalised(block.shown, known)
        for start, end in places:
            found.setdefault(text[start:end], block.shown.source_of(start, end))
    return list(islice(found.values(), _MOST))


def alike(entity: Entity, others: Iterable[Entity]) -> list[Entity]:
    """Those of `others` that may be `entity` under another name: of its type and spelled alike, the likest first."""
    names = [_plain(name) for name in (entity.name, *entity.aliases)]
    beginnings = {word[:_BEGINNING] for name in names for word in name.split()}
    ranked = []
    for other in others:
        if other.type is not entity.type or other.key == entity.key:
            continue
        forms = [_plain(name) for name in (other.name, *other.aliases)]
        if not beginnings & {word[:_BEGINNING] for form in forms for word in form.split()}:
            continue
        likeness = max(SequenceMatcher(None, name, form).ratio() for name in names[:4] for form in forms[:4])
        if likeness >= _ALIKE:
            ranked.append((-likeness, other.name, other))
    return [other for _, _, other in sorted(ranked, key=lambda rank: rank[:2])]


def _plain(name: str) -> str:
    """A name in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _beginning_with(text: str, query: str) -> Iterator[tuple[int, int]]:
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, query.split())), re.IGNORECASE)
    for match in pattern.finditer(text):
        start = match.start()
        for word in islice(_WORD.finditer(text, start), _LONGEST + len(query.split())):
            if word.end() >= match.end():
                yield start, word.end()


def _capitalised(shown: ShownText, known: Sequence[Span]) -> Iterator[tuple[int, int]]:
    for match in _CAPITALS.finditer(shown.text):
        if is_common(re.split("['’]", match.group().casefold())[0]):
            continue
        span = shown.source_of(*match.span())
        if not any(span.overlaps(mention) for mention in known):
            yield match.span()
