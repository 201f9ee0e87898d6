"""How documents describe whom and what they name: titles before a name, appositions around it, definitions after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from briefing.extraction.descriptions.appositions import apposition_after, apposition_before, definition
from briefing.extraction.descriptions.noun_phrases import phrase_words, shortened
from briefing.extraction.descriptions.surroundings import Surroundings, kinds_of, surroundings_of
from briefing.extraction.descriptions.titles import kind_after, title_before
from briefing.extraction.entities.tokens import folded
from briefing.model import Block, BlockKind, Description, Document, Entity, documents_by_id

_LONGEST = 120
"""Characters of a description."""
_MOST_READ = 1000
"""Mentions that are looked at: what that many do not say is not worth the wait."""


def describe(entity: Entity, documents: Sequence[Document]) -> tuple[Description, ...]:
    """How `documents` describe `entity`, most telling first: titles and appositions before definitions, frequent first.

    What is said in the same words more than once, or in fewer of the same words, is one description with its first
    source. Headings, captions and copies are not asked, nor anything said of dates and peoples.
    """
    kinds = kinds_of(entity.type)
    by_id = documents_by_id(documents)
    found: list[_Said] = []
    for mention in islice(entity.mentions, _MOST_READ if kinds else 0):
        document = by_id[mention.document]
        block = document.block_at(mention.span.start)
        if block is not None and block.counts and block.kind is not BlockKind.HEADING:
            around = surroundings_of(mention, block, entity.type, kinds)
            found += _said(around, document, block) if around else ()
    return tuple(_merged(found))


@dataclass(frozen=True, slots=True)
class _Said:
    """One description as found."""

    description: Description
    words: str
    """Folded, without a determiner and the ending of a plural."""
    defines: bool
    """Whether it is a definition rather than a title or an apposition."""


def _said(around: Surroundings, document: Document, block: Block) -> Iterator[_Said]:
    title = title_before(around)
    finds = [
        (title, around.before, around.begin, False),
        (kind_after(around), around.after, around.end, False),
        (apposition_after(around, title), around.after, around.end, False),
        (apposition_before(around), around.before, around.begin, False),
        (definition(around, title), around.after, around.end, True),
    ]
    for phrase, units, offset, defines in finds:
        short = phrase and shortened(units, phrase, _LONGEST)
        if not short:
            continue
        start, end = offset + units[short.first].start, offset + units[short.stop - 1].end
        shown = block.shown.text[start:end]
        span = block.shown.source_of(start, end)
        if len(span) <= 2 * _LONGEST and not _is_shouted(shown):
            text = document.quote(span)
            yield _Said(Description(document.id, span, text), _bare_words(shown), defines)


def _is_shouted(shown: str) -> bool:
    """Whether it is in capitals throughout, as the name of a speaker in a transcript is."""
    return shown.isupper() and any(len(word) > 4 for word in shown.split())


def _bare_words(shown: str) -> str:
    words = folded(shown)
    if words.endswith("s") and not words.endswith("ss"):
        words = words[:-1]
    first, _, rest = words.partition(" ")
    return rest if rest and first in phrase_words("phrase", "determiners") else f"{first} {rest}".rstrip()


def _merged(found: Sequence[_Said]) -> list[Description]:
    """Each description once, those that only say a part of another left out, in the order of use."""
    counts: dict[str, int] = {}
    first: dict[str, _Said] = {}
    for said in found:
        counts[said.words] = counts.get(said.words, 0) + 1
        known = first.setdefault(said.words, said)
        if known.defines and not said.defines:
            first[said.words] = said
    longest_first = sorted(first, key=lambda words: (-len(words), words))
    kept: list[str] = []
    for words in longest_first:
        whole = next((other for other in kept if _says_more(other, words)), None)
        if whole is None:
            kept.append(words)
        else:
            counts[whole] += counts[words]
    order = {words: place for place, words in enumerate(first)}
    kept.sort(key=lambda words: (first[words].defines, -counts[words], order[words]))
    return [replace(first[words].description, count=counts[words]) for words in kept]


def _says_more(longer: str, shorter: str) -> bool:
    """Whether `longer` holds the words of `shorter`, and adds none that sets it in another time."""
    place = f" {longer} ".find(f" {shorter} ")
    if place < 0:
        return False
    added = f"{longer[:place]} {longer[place + len(shorter) :]}".split()
    return phrase_words("title", "times").isdisjoint(added)
