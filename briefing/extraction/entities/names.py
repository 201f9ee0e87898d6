"""Finds listed names in tokens: the longest one that begins at each token."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from briefing.extraction.entities.lists import read_entries, read_lines, words_of
from briefing.extraction.entities.tokens import Token, folded, surface_words
from briefing.extraction.entities.vocabulary import cue, is_common
from briefing.model import EntityType

_LISTS = (
    ("places.txt", EntityType.PLACE),
    ("organisations.txt", EntityType.ORG),
    ("persons.txt", EntityType.PERSON),
    ("events.txt", EntityType.EVENT),
    ("laws.txt", EntityType.LAW),
    ("programmes.txt", EntityType.PROGRAMME),
    ("equipment.txt", EntityType.EQUIPMENT),
)


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

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> NameIndex:
        """An index of `entries`; where two have the same form, the first one stands."""
        index = cls({}, {})
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
            words = key.split()
            if len(words) > self.lengths.get(words[0], 0):
                self.lengths[words[0]] = len(words)
        elif known.name == entry.name and sum(map(str.isupper, entry.form)) < sum(map(str.isupper, known.form)):
            # Listed with a capital and without, it may be written either way.
            self.entries[key] = known._replace(form=entry.form)

    def find(self, name: str) -> Entry | None:
        """What is listed for a whole name, capitals and accents aside."""
        return self.entries.get(folded(name))

    def longest_at(self, tokens: Sequence[Token], first: int) -> tuple[int, Entry] | None:
        """The longest listed name that begins at token `first`: one past its last token, and its entry."""
        longest = self.lengths.get(tokens[first].fold)
        if longest is None:
            return None
        for stop in range(min(len(tokens), first + longest), first, -1):
            entry = self.entries.get(" ".join([token.fold for token in tokens[first:stop]]))
            if entry and _is_written_as_name(tokens, first, stop, entry):
                return stop, entry
        return None


def _is_written_as_name(tokens: Sequence[Token], first: int, stop: int, entry: Entry) -> bool:
    """Whether the capitals of the tokens, and "the" before them where it is called for, make them this name."""
    if entry.after_the and not _stands_after_the(tokens, first, stop):
        return False
    if entry.after_the and entry.type is EntityType.PLACE:
        return True
    written = [token.text.replace("’", "'") for token in tokens[first:stop]]
    listed = surface_words(entry.form)
    return written == listed or all(map(_same_capitals, written, listed))


def _same_capitals(written: str, listed: str) -> bool:
    if written == listed or not listed[0].isalpha():
        return True
    if len(listed) > 1 and listed.isupper():
        # "Unesco" for "UNESCO", but never "who" for "WHO".
        return written.isupper() or (len(listed) > 3 and written.istitle() and not is_common(written.lower()))
    if written.isupper() and len(written) > 1:
        return len(written) > 3 or not is_common(written.lower())
    if len(listed) < 5 and not listed.istitle() and listed[0].isupper():
        return False  # "Let" for "LeT"
    return written[0].isupper() or listed[0].islower() or _may_be_small(written)


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


def _entries() -> list[Entry]:
    entries = list(_countries())
    for file, type in _LISTS:
        for forms in read_entries(file):
            entries += forms_of(type, forms[0], forms)
    entries += [Entry(None, line, line) for line in read_lines("not_names.txt")]
    return entries


def forms_of(type: EntityType, name: str, forms: Iterable[str]) -> list[Entry]:
    """One entry for each form of a name."""
    return [
        Entry(type, name, form[4:], after_the=True) if form.startswith("the ") else Entry(type, name, form)
        for form in forms
    ]


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
