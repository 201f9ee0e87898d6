"""Bodies and documents that every state has its own of: a ministry, a navy, a constitution, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.extraction.entities.lists import endings_of, words_of
from briefing.extraction.entities.names import country_names, listed_names, peoples, state_of
from briefing.extraction.entities.scan import Scan
from briefing.extraction.entities.tokens import fold, folded, surface_words
from briefing.extraction.entities.vocabulary import american_spellings
from briefing.model import EntityType

_REACH = 4
_LONGEST_SENTENCE = 200
_POSSESSIVES = frozenset(("its", "their", "our"))
_OFFICES = frozenset(("ministry", "department"))


@dataclass(frozen=True, slots=True)
class Body:
    """A national body, taken apart."""

    base: str
    """What it is, folded and in one word order: "ministry of defense"."""
    words: str
    """The same as written."""
    owner: str | None
    """The country whose it is, where the name itself says so."""


def spelled(word: str) -> str:
    """A folded word in the one spelling that names are compared by."""
    return american_spellings().get(word, word)


# The same names stand in documents again and again.
@lru_cache(maxsize=20_000)
def body_of(name: str) -> Body | None:
    """Takes `name` apart; None when it is no national body."""
    words = list(surface_words(name))
    folds = [fold(word) for word in words]
    national = words_of("head_nouns.toml", "frames", "national")
    if not folds or not any(word in national for word in (folds[0], folds[-1], _before_of(folds))):
        return None
    words, owner = _without_owner(words)
    if not words:
        return None
    words = _office_first(words)
    base = " ".join(spelled(fold(word)) for word in words)
    return Body(base, re.sub(r" ([-'’]) ?", r"\1", " ".join(words)), owner)


def _before_of(folds: Sequence[str]) -> str:
    return folds[folds.index("of") - 1] if "of" in folds[1:] else ""


def _without_owner(words: list[str]) -> tuple[list[str], str | None]:
    """The words without the country or people before them, or "of" a country after them."""
    for stop in range(min(4, len(words) - 1), 0, -1):
        country = _country(" ".join(words[:stop]))
        if country:
            return words[stop:], country
    for start in range(len(words) - 1, 0, -1):
        if fold(words[start - 1]) == "of" or (
            start > 1 and [fold(w) for w in words[start - 2 : start]] == ["of", "the"]
        ):
            country = _country(" ".join(words[start:]))
            if country:
                cut = start - 1 if fold(words[start - 1]) == "of" else start - 2
                return words[:cut], country
    return words, None


def _country(words: str) -> str | None:
    people = peoples().get(folded(words))
    if people:
        return people
    entry = listed_names().find(words)
    if entry and entry.type is EntityType.PLACE and entry.name in country_names():
        return entry.name
    return None


def _office_first(words: list[str]) -> list[str]:
    """`Defense Ministry` as `Ministry of Defense`, `Foreign Ministry` as `Ministry of Foreign Affairs`."""
    if len(words) > 1 and fold(words[-1]) in _OFFICES and fold(words[0]) not in _OFFICES:
        topic = [*words[:-1], "Affairs"] if fold(words[-2]) == "foreign" else words[:-1]
        return [words[-1], "of", *topic]
    return words


@lru_cache(maxsize=20_000)
def is_shared(form: str) -> bool:
    """Whether several states have a body of this name, whichever one the lists mean by it ("Security Council")."""
    return " ".join(spelled(fold(word)) for word in surface_words(form)) in _shared()


@cache
def _shared() -> frozenset[str]:
    return frozenset(endings_of("head_nouns.toml", "frames", "shared"))


def owner_of(scan: Scan, first: int, stop: int) -> str | None:
    """The country whose the body at tokens `first` to before `stop` is, by what stands before it or after it."""
    return owner_before(scan, first) or _seat_after(scan, stop)


def _seat_after(scan: Scan, stop: int) -> str | None:
    """`the Defence Ministry in Capital`: the country of the capital, or the country itself."""
    place = scan.at.get(stop + 1)
    if scan.fold_at(stop) != "in" or place is None or place.entry.type is not EntityType.PLACE:
        return None
    return state_of(place.entry.name)


def owner_before(scan: Scan, first: int) -> str | None:
    """The country in the possessive, or the people, close before token `first`; for "its", the country named last."""
    for back in range(1, _REACH + 1):
        index = first - back
        if index < 0:
            return None
        fold_at = scan.fold_at(index)
        if fold_at in ("'s", "'") and index - 1 in scan.at:
            return _state_at(scan, index - 1)
        if fold_at in _POSSESSIVES:
            return _last_state(scan, index)
        if scan.type_at(index) is EntityType.DEMONYM:
            return _state_at(scan, index)
        if fold_at in (".", ";", ",", ":", "the", "a", "an", "of", "and"):
            return None
    return None


def _state_at(scan: Scan, index: int) -> str | None:
    return state_of(scan.at[index].entry.name)


def _last_state(scan: Scan, before: int) -> str | None:
    """The country or people named last before a token, within its sentence (of 200 tokens at most)."""
    for index in range(before - 1, max(0, before - _LONGEST_SENTENCE) - 1, -1):
        if index in scan.at and scan.type_at(index) is EntityType.PLACE:
            name = scan.at[index].entry.name
            if name in country_names():
                return name
        if scan.tokens[index].text in (".", "!", "?") and scan.tokens[index + 1].opens:
            return None
    return None
