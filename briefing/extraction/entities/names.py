"""Finds listed names in tokens: the longest one that begins at each token."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from briefing.extraction.entities.lists import read_entries, read_lines, words_of
from briefing.extraction.entities.tokens import Token, folded, surface_words
from briefing.extraction.entities.vocabulary import cue, given_names, is_common, spellings
from briefing.model import EntityType

_LISTS = (
    ("peoples.txt", EntityType.DEMONYM),
    ("places.txt", EntityType.PLACE),
    ("provinces.txt", EntityType.PLACE),
    ("cities.txt", EntityType.PLACE),
    ("organisations.txt", EntityType.ORG),
    ("societies.txt", EntityType.ORG),
    ("persons.txt", EntityType.PERSON),
    ("events.txt", EntityType.EVENT),
    ("laws.txt", EntityType.LAW),
    ("programmes.txt", EntityType.PROGRAMME),
    ("equipment.txt", EntityType.EQUIPMENT),
)


_SPELT_ONE_WAY = (EntityType.PERSON, EntityType.PLACE)
_SPELT_TWO_WAYS = re.compile(rf"\b(?:{'|'.join(spellings())})\b", re.IGNORECASE)


class Entry(NamedTuple):
    """What a list says of one form of a name."""

    type: EntityType | None
    """None for a word that looks like a name and is none."""
    name: str
    """The entity's name."""
    form: str
    """The form as listed, with its capitals."""
    after_the: bool = False
    """Whether the form is a name only after "the"."""


@dataclass(slots=True)
class NameIndex:
    """Forms of names by their folded words. Looking one up costs the same however many there are."""

    entries: dict[str, Entry]
    lengths: dict[str, int]
    """The most words that a form beginning with this word has."""
    followed: dict[str, int]
    """The same by the first two words, for forms of two or more."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> NameIndex:
        """An index of `entries`; where two have the same form, the first one stands."""
        index = cls({}, {}, {})
        for entry in entries:
            index.add(entry)
        return index

    def add(self, entry: Entry) -> None:
        """Takes in one more form, unless it is there already."""
        key = folded(entry.form)
        if not key:
            return
        known = self.entries.get(key)
        if known is None:
            self.entries[key] = entry
            words = key.split(" ")
            count = len(words)
            if count > self.lengths.get(words[0], 0):
                self.lengths[words[0]] = count
            if count > 1:
                two = f"{words[0]} {words[1]}"
                self.followed[two] = max(count, self.followed.get(two, 0))
        elif known.name == entry.name and sum(map(str.isupper, entry.form)) < sum(map(str.isupper, known.form)):
            # Listed with a capital and without, it may be written either way.
            self.entries[key] = known._replace(form=entry.form)

    def find(self, name: str) -> Entry | None:
        """What is listed for a whole name, capitals and accents aside."""
        return self.entries.get(_key(name))

    def begins(self, folds: Sequence[str]) -> list[int]:
        """The numbers of those folded words that some name begins with, by its first two words."""
        lengths, entries, followed = self.lengths, self.entries, self.followed
        if lengths.keys().isdisjoint(folds):
            return []
        following = (*folds[1:], "")
        return [
            number
            for number, word in enumerate(folds)
            # A few signs fold to what holds blanks, and may stand for several words.
            if word in lengths
            and (word in entries or f"{word} {following[number]}" in followed or " " in following[number])
        ]

    def longest_at(self, tokens: Sequence[Token], first: int) -> tuple[int, Entry] | None:
        """The longest listed name that begins at token `first`: one past its last token, and its entry."""
        word = tokens[first].fold
        longest = self.lengths.get(word)
        if longest is None:
            return None
        following = tokens[first + 1].fold if longest > 1 and first + 1 < len(tokens) else " "
        if " " not in following:  # see `begins`
            longest = self.followed.get(f"{word} {following}", 1)
        for stop in range(min(len(tokens), first + longest), first, -1):
            entry = self.entries.get(" ".join([token.fold for token in tokens[first:stop]]))
            if entry and _is_written_as_name(tokens, first, stop, entry):
                return stop, entry
        return None


# The same names are looked up again and again.
@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    return folded(name)


def _is_written_as_name(tokens: Sequence[Token], first: int, stop: int, entry: Entry) -> bool:
    """Whether the capitals of the tokens, and "the" before them where it is called for, make them this name."""
    if entry.after_the and not _stands_after_the(tokens, first, stop):
        return False
    if entry.after_the and entry.type is EntityType.PLACE:
        return True
    written = tuple([token.text.replace("’", "'") for token in tokens[first:stop]])
    listed = surface_words(entry.form)
    return written == listed or all(map(_same_capitals, written, listed))


def _same_capitals(written: str, listed: str) -> bool:
    if written == listed or not listed[0].isalpha():
        return True
    if len(listed) > 1 and listed.isupper():
        return written.isupper() or (len(listed) > 3 and written.istitle() and _is_no_other_word(written))
    if written.isupper() and len(written) > 1:
        return len(written) > 3 or not is_common(written.lower())
    if len(listed) < 5 and not listed.istitle() and listed[0].isupper():
        return False  # "Let" for "LeT"
    # "el Fasher" for "El Fasher"
    small = listed[0].islower() or written in cue("person", "articles")
    return written[0].isupper() or small or _may_be_small(written)


def _is_no_other_word(written: str) -> bool:
    """`Unesco` is UNESCO, but `Who` is not WHO, nor `Irena` IRENA."""
    return not is_common(written.lower()) and written not in given_names()


def _may_be_small(word: str) -> bool:
    return any(word in words_of("head_nouns.toml", "frames", key) for key in ("small_heads", "small_words"))


def _stands_after_the(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether "the" stands before, and what stands around does not make the words a direction ("to the west of")."""
    if first == 0 or tokens[first - 1].fold != "the":
        return False
    following = tokens[stop] if stop < len(tokens) else None
    if following and (following.capital or following.fold in cue("west", "not_after") or following.text == "-"):
        return False
    return tokens[first].capital or first < 2 or tokens[first - 2].fold not in cue("west", "not_before")


@cache
def listed_names() -> NameIndex:
    """All names of the word lists. Read once, in some tens of milliseconds."""
    return NameIndex.of(_entries())


@cache
def peoples() -> dict[str, str]:
    """The country of each word for a people, by its folded words."""
    peoples = (entry for entry in _countries() if entry.type is EntityType.DEMONYM)
    return {folded(entry.form): entry.name for entry in peoples}


@cache
def country_names() -> frozenset[str]:
    """The names of all countries, present and former."""
    return frozenset(entry.name for entry in _countries() if entry.type is EntityType.PLACE)


@cache
def state_of(place: str) -> str | None:
    """The country that the name of a country or of its capital stands for; None for any other place."""
    return place if place in country_names() else _capitals().get(place)


@cache
def _capitals() -> dict[str, str]:
    entries = (entry.split(" = ") for line in read_lines("capitals.txt") for entry in line.rstrip("; ").split("; "))
    return {entry[0]: entry[1] for entry in entries}


def _entries() -> list[Entry]:
    entries = list(_countries())
    for file, type in _LISTS:
        for forms in read_entries(file):
            entries += forms_of(type, forms[0], forms)
    entries += [Entry(None, line, line) for line in read_lines("not_names.txt")]
    return entries


def forms_of(type: EntityType, name: str, forms: Iterable[str]) -> list[Entry]:
    """One entry for each form of a name, and for each the other way to spell it."""
    entries = []
    spelt = spellings().keys() if type not in _SPELT_ONE_WAY else ()
    for form in forms:
        after_the = form.startswith("the ")
        bare = form[4:] if after_the else form
        entries.append(Entry(type, name, bare, after_the))
        if spelt and not spelt.isdisjoint(bare.lower().split()):
            entries.append(Entry(type, name, _SPELT_TWO_WAYS.sub(_other_spelling, bare), after_the))
    return entries


def _other_spelling(word: re.Match[str]) -> str:
    other = spellings()[word[0].lower()]
    return other.title() if word[0][0].isupper() else other


@cache
def _countries() -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for line in read_lines("countries.txt"):
        for country in line.split("; "):
            forms, _, people = country.strip(" ;").partition(" = ")
            name = forms.partition(" | ")[0]
            entries.extend(Entry(EntityType.PLACE, name, form) for form in forms.split(" | "))
            entries.extend(Entry(EntityType.DEMONYM, name, word) for word in people.split(" | ") if word)
    return tuple(entries)
