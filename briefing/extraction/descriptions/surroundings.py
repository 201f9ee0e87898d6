"""A name where it stands: the words before and after it in its sentence, and the nouns that could describe it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from briefing.extraction.descriptions.noun_phrases import QUOTES, Unit, phrase_words, units_of
from briefing.extraction.entities.lists import words_of
from briefing.extraction.entities.names import country_names
from briefing.extraction.entities.vocabulary import cue
from briefing.model import Block, EntityType, Mention

_WINDOW = 240
"""Characters of shown text on each side of a mention that are looked at."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A mention with the words around it in its sentence."""

    type: EntityType
    kinds: frozenset[str]
    before: list[Unit]
    """What stands before it, an opening quotation mark left out."""
    after: list[Unit]
    """What stands after it, a closing quotation mark and an acronym in brackets left out."""
    begin: int
    """Where the text of `before` begins, in characters of the block's shown text."""
    end: int
    """Where the text of `after` begins."""
    first: bool
    """Whether `before` begins with the sentence."""
    asks: bool
    """Whether the sentence is a question."""
    is_country: bool


def surroundings_of(mention: Mention, block: Block, type: EntityType, kinds: frozenset[str]) -> Surroundings | None:
    """What stands around `mention` in `block`, which holds it; None when it is hidden there."""
    place = block.shown.shown_of(mention.span)
    if place is None:
        return None
    start, end = place
    text = block.shown.text
    sentence = block.sentence_at(mention.span.start)
    first, last = (sentence and block.shown.shown_of(sentence)) or (0, len(text))
    begin, stop = max(first, start - _WINDOW), max(end, min(last, end + _WINDOW))
    before, after = text[begin:start], text[end:stop]
    free = not before or before[-1].isspace() or before[-1] in QUOTES or before[-1] in "(—–"
    return Surroundings(
        type,
        kinds,
        _without_quote(units_of(before)) if free else [],
        _past_acronym(units_of(after)) if not after or not (after[0].isalnum() or after[0] in "-’'") else [],
        begin,
        end,
        begin == first and free,
        text[max(first, last - 4) : last].rstrip("\"'”’) ").endswith("?"),
        type is EntityType.PLACE and mention.canonical in country_names(),
    )


def _without_quote(units: list[Unit]) -> list[Unit]:
    return units[:-1] if units and units[-1].fold in QUOTES else units


def _past_acronym(units: list[Unit]) -> list[Unit]:
    """The units after a closing quotation mark, and after an acronym in brackets."""
    index = 1 if units and units[0].fold in QUOTES else 0
    if [unit.fold for unit in units[index : index + 3 : 2]] == ["(", ")"] and units[index + 1].capital:
        index += 3
    return units[index:]


@cache
def kinds_of(type: EntityType) -> frozenset[str]:
    """The nouns that say what somebody or something of that type is."""
    if type in (EntityType.DATE, EntityType.DEMONYM):
        return frozenset()
    own = phrase_words("kinds", type)
    if type is EntityType.PERSON:
        people = cue("person", "titles") | cue("person", "roles") | cue("person", "short_titles")
        return own | people - phrase_words("title", "relative")
    if type is EntityType.EQUIPMENT:
        return own | _classes()
    return own | words_of("head_nouns.toml", "heads", type)


@cache
def kinds_after(type: EntityType) -> frozenset[str]:
    """The nouns that say directly after a name of that type what it names."""
    if type is EntityType.EQUIPMENT:
        return _classes()
    return phrase_words("after_name", type) if type is EntityType.EVENT else frozenset()


def _classes() -> frozenset[str]:
    return frozenset(word.lower() for word in words_of("head_nouns.toml", "equipment", "classes"))
