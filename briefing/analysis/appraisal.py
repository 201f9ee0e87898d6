"""What can be stated about a document as a source: facts for the officer who grades it, and never a grade."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from briefing.analysis.cited_sources import cited_source
from briefing.extraction.claims.cues import find_cues
from briefing.extraction.claims.sentences import Sentence, sentences_of
from briefing.extraction.claims.terms import Found, TermFinder
from briefing.extraction.claims.voice import AUTHOR, Voice, VoiceReader
from briefing.model import Block, BlockKind, Document, EntityType, Mention, Span
from briefing.package_text import package_text

_AUTHOR_KEYS = ("author", "authors", "by", "byline", "creator")
_ENDS = 6
"""Blocks at either end of a document where its author is named."""
_BYLINE = re.compile(
    r"(?:written |story |text )?by:? +[^\W\d_][\w’'.-]{0,40}(?: [\w’'.&,|-]{1,40}){1,9}|authors?: .{2,200}",
    re.IGNORECASE,
)
_LEAST_WORDS = 4
"""Words: a shorter sentence may well be said twice."""
_LEAST_MARKS = 3
"""Apostrophes: so many of both kinds are no slip."""
_LISTED = 6
"""Different words that are listed after their number."""
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])")
_FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?|trillions?|percent|per cent)\b",
    re.IGNORECASE,
)
_SAID_OF = {
    "promotional": ("promotional or emotive expression", "promotional or emotive expressions", ""),
    "superlatives": ("superlative", "superlatives", " without a figure or a source in the sentence"),
    "chatty": ("turn of phrase", "turns of phrase", " addressed to the reader"),
}
"""What is said of each list of words: one, several, and what follows."""
_UNNAMED = ("some", "many", "several", "most", "other", "a", "an")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about a document that bears on what it is worth as a source."""

    text: str
    """One sentence, with figures."""
    spans: tuple[Span, ...] = ()
    """The words that show it, in order; none where it is something that is missing or said beside the text."""

    @property
    def span(self) -> Span | None:
        """The first of the words that show it."""
        return self.spans[0] if self.spans else None


def facts_about(document: Document, mentions: Iterable[Mention], as_of: date | None = None) -> tuple[Fact, ...]:
    """What a careful reader would state about `document` before grading it.

    `mentions` may be those of the whole pack; `as_of` is the day the briefing speaks from. The time taken grows with
    the length of the document.
    """
    named = sorted((one for one in mentions if one.document == document.id), key=lambda one: one.span)
    sentences = list(sentences_of(document))
    voices = VoiceReader(named).read(sentences, [find_cues(one.words) for one in sentences])
    facts = [
        *_dating(document, as_of),
        *_authorship(document),
        *_second_hand(document),
        *_speakers(sentences, voices, named),
        *_wording(sentences, voices),
        *_figures(document, named),
        *_repetition(sentences),
        *_leftovers(document),
    ]
    return tuple(facts)


def _dating(document: Document, as_of: date | None) -> Iterator[Fact]:
    if document.date is None:
        yield Fact("Undated.")
        return
    if as_of is None:
        return
    if document.date > as_of.isoformat()[: len(document.date)]:
        yield Fact(f"Dated {document.date}, after the day of the briefing, {as_of}.")
        return
    year, month = (int(part) for part in (document.date + "-12")[:7].split("-"))
    years = (as_of.year * 12 + as_of.month - year * 12 - month) // 12
    if years >= 1:
        yield Fact(f"Dated {document.date}, at least {_counted(years, 'year')} before {as_of}.")


def _authorship(document: Document) -> Iterator[Fact]:
    ends = document.blocks
    if len(ends) > 2 * _ENDS:
        ends = (*ends[:_ENDS], *ends[-_ENDS:])
    signed = any(document.metadata.get(key) for key in _AUTHOR_KEYS)
    if not signed and not any(_BYLINE.fullmatch(block.shown.text) for block in ends if block.counts):
        yield Fact("Names no author.")
    if document.origin is None and not document.metadata.get("publisher"):
        yield Fact("Nothing says where it was published.")


def _second_hand(document: Document) -> Iterator[Fact]:
    if source := cited_source(document):
        yield Fact(f"Second-hand: names {source.name} {source.reason}.", (source.span,) if source.span else ())


def _speakers(sentences: Sequence[Sentence], voices: Sequence[Voice], named: Sequence[Mention]) -> Iterator[Fact]:
    people = {one.form for one in named if one.type is EntityType.PERSON}
    said = [
        (name, voice.cue or sentence.span)
        for sentence, voice in zip(sentences, voices, strict=True)
        for name in voice.name.split(" via ")
    ]
    if not any(name in people for name, _ in said):
        yield Fact("Quotes nobody by name.")
    unnamed = [(name, span) for name, span in said if name.split()[0].casefold() in _UNNAMED]
    if unnamed:
        number = _counted(len(unnamed), "statement")
        text = f"{number} by people without a name: {_listed(name for name, _ in unnamed)}."
        yield Fact(text, tuple(span for _, span in unnamed))


def _wording(sentences: Sequence[Sentence], voices: Sequence[Voice]) -> Iterator[Fact]:
    found: dict[str, list[tuple[str, Span]]] = {label: [] for label in _SAID_OF}
    for sentence, voice in zip(sentences, voices, strict=True):
        supported = voice.name != AUTHOR or _FIGURE.search(sentence.text)
        for term in _apart(_terms().find(sentence.words)):
            if not supported or term.label != "superlatives":
                shown = sentence.text[sentence.words.starts[term.start] : sentence.words.ends[term.end - 1]]
                found[term.label].append((shown, sentence.source(term.start, term.end)))
    for label, (noun, plural, after) in _SAID_OF.items():
        if places := found[label]:
            number = f"{len(places)} {noun if len(places) == 1 else plural}"
            yield Fact(f"{number}{after}: {_listed(shown for shown, _ in places)}.", tuple(span for _, span in places))


def _apart(terms: Iterable[Found]) -> Iterator[Found]:
    """Those of `terms` that overlap none before them of the same label."""
    ends: dict[str, int] = {}
    for term in terms:
        if term.start >= ends.get(term.label, 0):
            ends[term.label] = term.end
            yield term


def _figures(document: Document, named: Sequence[Mention]) -> Iterator[Fact]:
    """Whether numbers are given at all, other than in dates and names."""
    starts = [one.span.start for one in named]
    for block in document.blocks:
        for match in _FIGURE.finditer(block.shown.text) if block.counts else ():
            span = block.shown.source_of(*match.span())
            before = bisect_right(starts, span.start) - 1
            if before < 0 or named[before].span.end <= span.start:
                return
    yield Fact("Gives no figures, other than in dates and names.")


def _repetition(sentences: Sequence[Sentence]) -> Iterator[Fact]:
    seen: set[tuple[str, ...]] = set()
    again = []
    for sentence in sentences:
        words = sentence.words.texts
        if len(words) >= _LEAST_WORDS:
            if words in seen:
                again.append(sentence.span)
            seen.add(words)
    if again:
        yield Fact(f"{_counted(len(again), 'sentence')} said before in the same document.", tuple(again))


def _leftovers(document: Document) -> Iterator[Fact]:
    """Traces of how the text was put together."""
    furniture = [block for block in document.blocks if block.kind is BlockKind.FURNITURE]
    if furniture:
        said = _listed(block.shown.text for block in furniture)
        yield Fact(f"Parts of a web page left in: {said}.", tuple(block.span for block in furniture))
    straight, curly = _apostrophes(document.blocks)
    if min(len(straight), len(curly)) >= _LEAST_MARKS:
        rarer = min(straight, curly, key=len)
        numbers = f"{len(straight)} and {len(curly)}"
        yield Fact(f"Straight and curly apostrophes mixed ({numbers}).", tuple(rarer))


def _apostrophes(blocks: Sequence[Block]) -> tuple[list[Span], list[Span]]:
    kinds: dict[str, list[Span]] = {"'": [], "’": []}
    for block in blocks:
        if block.counts:
            for match in _APOSTROPHE.finditer(block.shown.text):
                kinds[match.group()].append(block.shown.source_of(*match.span()))
    return kinds["'"], kinds["’"]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + 's'}"


def _listed(words: Iterable[str]) -> str:
    """Different ones of `words` between quotation marks, of many the first ones."""
    distinct = list({word.casefold(): word for word in words}.values())
    shown = ", ".join(f"“{word}”" for word in distinct[:_LISTED])
    return f"{shown} and {len(distinct) - _LISTED} more" if len(distinct) > _LISTED else shown


@cache
def _terms() -> TermFinder:
    text = package_text("briefing.extraction", "data/promotional.toml")
    lists = tomllib.loads(text)
    return TermFinder(
        {label: one["terms"] for label, one in lists.items()}, {label: one["unless"] for label, one in lists.items()}
    )
