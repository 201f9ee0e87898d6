"""What an officer may mean: words on the screen that could be a name, entities that could be the same."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice

from briefing.analysis.word_signs import word_signs
from briefing.extraction.entities.vocabulary import is_common
from briefing.model import Block, BlockKind, Document, Entity, Mention, Span

_LONGEST = 8
"""Words: a longer name is not offered."""
_MOST = 200
"""Candidates: nobody reads on."""
_LONGEST_WORD = 80
"""Characters: a longer word is cut."""
_SCREEN = 40_000
"""Characters: no screen shows more of a block."""
_BEYOND = 400
"""Characters after the screen that are looked at for the end of a name."""
_BEGINNING = 4
"""Letters by which two names are held against one another at all."""
_ALIKE = 0.5
"""`SequenceMatcher.ratio` from which two names are alike enough to be offered first."""
_PICTURE = re.compile(r"<U\+[0-9A-F]{4,6}>")
"""What `parsing.visible` shows for a character that must not reach a terminal."""


def name_candidates(document: Document, shown: Span, mentions: Sequence[Mention], query: str) -> list[Span]:
    """Words that begin within `shown` and could be meant as a name, in reading order, the same words once.

    Without a `query`: every run of capitalised words that none of `mentions` covers, which are those of the document,
    in order. Else what begins where a word begins with `query`, from that word alone to several words. The time taken
    grows with what is shown, not with the document.
    """
    first = document.block_index_at(shown.start)
    last = document.block_index_at(max(shown.start, shown.end - 1))
    found: dict[str, Span] = {}
    for index in range(first, last + 1) if document.blocks else ():
        block = document.blocks[index]
        for start, end in _in_block(block, shown, query.split()):
            words = block.shown.text[start:end]
            if words in found:
                continue
            span = block.shown.source_of(start, end)
            if query.strip() or not _is_covered(span, mentions):
                found[words] = span
            if len(found) == _MOST:
                return list(found.values())
    return list(found.values())


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


def _in_block(block: Block, shown: Span, query: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the candidates of one block stand in its shown text."""
    span = Span(max(shown.start, block.span.start), max(shown.start, block.span.start, min(shown.end, block.span.end)))
    place = None if block.kind is BlockKind.MARKUP else block.shown.shown_of(span)
    if place is None:
        return
    text, begin = block.shown.text, max(0, place[0] - 1)
    stop = min(place[1], place[0] + _SCREEN)
    piece = text[begin : stop + _BEYOND]
    cut = stop + _BEYOND < len(text)
    # A picture is neither a word nor what may stand between two.
    piece = _PICTURE.sub(lambda match: "<" * len(match.group()), piece)
    first = place[0] - begin
    for start, end in _beginning_with(piece, first, query) if query else _capitalised(piece, first):
        if begin + start >= stop:
            return
        if not (cut and end == len(piece)):
            yield begin + start, begin + end


def _is_covered(span: Span, mentions: Sequence[Mention]) -> bool:
    after = bisect_left(mentions, span.end, key=lambda mention: mention.span.start)
    return after > 0 and mentions[after - 1].span.end > span.start


def _beginning_with(text: str, first: int, query: Sequence[str]) -> Iterator[tuple[int, int]]:
    signs = word_signs([text])
    word = re.compile(rf"[{signs}](?:[{signs}'’.+-]{{0,{_LONGEST_WORD}}}[{signs}])?")
    pattern = re.compile(rf"(?<![{signs}])" + r"\s++".join(map(re.escape, query)), re.IGNORECASE)
    for match in pattern.finditer(text, first):
        start = match.start()
        for one in islice(word.finditer(text, start), _LONGEST + len(query)):
            if "<" in text[start : one.end()]:
                break
            if one.end() >= match.end():
                yield start, one.end()


def _capitalised(text: str, first: int) -> Iterator[tuple[int, int]]:
    signs = word_signs([text])
    word = rf"[^\W\d_a-z][{signs}'’+-]{{0,{_LONGEST_WORD}}}[{signs}]"
    between = r"\s++(?:(?:of|and|for|the|de|al|on)\s++){0,2}"
    pattern = re.compile(rf"(?<![{signs}]){word}\.?(?:{between}{word}){{0,{_LONGEST - 1}}}")
    for match in pattern.finditer(text, first):
        if not is_common(re.split("['’]", match.group().casefold())[0]):
            yield match.span()
