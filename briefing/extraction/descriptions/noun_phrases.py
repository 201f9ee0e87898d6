"""Reads noun phrases in running text: where "a think tank in Oslo that studies the sea" begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from briefing.extraction.entities.dates import names_part_of_date
from briefing.extraction.entities.lists import words_of
from briefing.extraction.entities.tokens import cut
from briefing.extraction.entities.vocabulary import cue, is_function_word

_FILE = "descriptions.toml"
_MOST_BEFORE_HEAD = 10
_SHORTEST_CLAUSE = 2
"""Units of a relative clause, its pronoun among them."""
_HEAD_AFTER_HYPHEN = frozenset(("elect", "designate", "general", "chief"))
ENDS = frozenset((",", ";", ":", ".", "?", "!", ")", "]", "—", "–", "-", "”", '"', "»"))
"""Signs that close a phrase."""
OWNERS = frozenset(("his", "her", "its", "their", "our", "my", "your"))
QUOTES = frozenset("“\"‘'«„”’»")


class Unit(NamedTuple):
    """A word or sign; words tied by hyphens are one, and so is a title cut short with its full stop."""

    start: int
    """In characters of the text that was cut."""
    end: int
    fold: str
    """In small letters, without accents."""
    capital: bool
    opens: bool
    """Whether a capital may be owed to its place."""
    shouted: bool
    """Whether it is in capitals alone, as "US" is and "us" is not."""

    @property
    def is_word(self) -> bool:
        """Whether it is no sign."""
        return self.fold[0].isalnum()

    @property
    def hyphened(self) -> bool:
        """Whether it is several words tied by hyphens."""
        return self.is_word and "-" in self.fold


class Phrase(NamedTuple):
    """A noun phrase, as a range of units."""

    first: int
    """Its first unit, the determiner if it has one."""
    head: int
    """The noun that says what is described."""
    stop: int
    """One past its last unit."""


def phrase_words(table: str, key: str) -> frozenset[str]:
    """The words of descriptions.toml under `key` of `table`."""
    return words_of(_FILE, table, key)


def units_of(text: str) -> list[Unit]:
    """The units of `text`, in order; takes time in proportion to its length."""
    units: list[Unit] = []
    tokens = cut(text)
    index = 0
    while index < len(tokens):
        first = index
        while _tied(text, tokens[index].end):
            index += 2 if index + 2 < len(tokens) else 1
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following and following.text == "." and following.start == tokens[index].end:
            index += tokens[index].fold in cue("person", "short_titles")
        fold = "".join(token.fold for token in tokens[first : index + 1]).rstrip(".") or "."
        start, _, _, _, capital, opens = tokens[first]
        units.append(Unit(start, tokens[index].end, fold, capital, opens, tokens[first].shouted))
        index += 1
    return units


def _tied(text: str, end: int) -> bool:
    """Whether a hyphen at `end` ties two words together."""
    return text[end : end + 1] == "-" and end > 0 and text[end - 1].isalnum() and text[end + 1 : end + 2].isalnum()


def is_kind(units: Sequence[Unit], index: int, kinds: frozenset[str]) -> bool:
    """Whether the unit at `index`, alone or with the one before it, is one of the nouns `kinds`."""
    unit = units[index]
    if not unit.is_word:
        return False
    if unit.fold in kinds or (index > 0 and f"{units[index - 1].fold}-{unit.fold}" in kinds):
        return True
    first, _, last = unit.fold.rpartition("-")
    return bool(first) and (last in kinds or (last in _HEAD_AFTER_HYPHEN and first.partition("-")[0] in kinds))


def may_modify(unit: Unit) -> bool:
    """Whether it may stand in a title before its noun: a name, a word of the list, or a compound."""
    if unit.fold in phrase_words("title", "modifiers") or unit.hyphened:
        return True
    return unit.capital and not serves_grammar(unit) and not names_part_of_date(unit.fold.capitalize())


def serves_grammar(unit: Unit) -> bool:
    """Whether it is a word that only serves grammar, and no acronym."""
    return is_function_word(unit.fold) and not unit.shouted


def read_phrase(
    units: Sequence[Unit], first: int, kinds: frozenset[str], *, bare: bool, capital: bool
) -> Phrase | None:
    """The noun phrase at `first` whose noun is one of `kinds`; None when none that can be trusted stands there.

    With `bare` it may go without a determiner, when titles and names alone stand before the noun; with `capital` the
    noun may have one. The phrase ends before a sign that closes it, or a word that begins another clause.
    """
    begin = _past_determiner(units, first)
    if units[first].fold == "one" and begin > first:
        kinds = _plurals(kinds)
    stop = begin
    while stop < min(len(units), begin + _MOST_BEFORE_HEAD) and _in_run(units, stop):
        stop += 1
    head = _head(units, begin, stop, kinds)
    if head is None or (units[head].capital and not capital):
        return None
    owned = any(unit.fold in ("'s", "'") for unit in units[begin:head])
    titled = bare and all(may_modify(unit) or unit.fold == "and" for unit in units[begin:head])
    determined = begin > first or (first > 0 and units[first - 1].fold in OWNERS)
    if not (determined or owned or titled):
        return None
    end = _end(units, head)
    return None if end is None else Phrase(first, head, end)


@lru_cache(maxsize=16)
def _plurals(kinds: frozenset[str]) -> frozenset[str]:
    return frozenset(kind[:-1] + "ies" if kind.endswith("y") else kind + "s" for kind in kinds)


def _past_determiner(units: Sequence[Unit], first: int) -> int:
    index = first
    if [unit.fold for unit in units[first : first + 2]] == ["one", "of"]:
        index += 2
        if index < len(units) and units[index].capital:
            return index  # "one of Kenya's ports"
    return index + 1 if index < len(units) and units[index].fold in phrase_words("phrase", "determiners") else index


def _in_run(units: Sequence[Unit], index: int) -> bool:
    unit = units[index]
    if unit.fold in ("'s", "'"):
        return units[index - 1].is_word
    if not unit.is_word:
        return False
    return unit.fold in phrase_words("phrase", "inner") or (
        not serves_grammar(unit) and (unit.capital or unit.fold not in phrase_words("phrase", "verbs"))
    )


def _head(units: Sequence[Unit], begin: int, stop: int, kinds: frozenset[str]) -> int | None:
    """The last word of the run that is of `kinds`, if participles and adverbs alone follow it."""
    for index in range(stop - 1, begin - 1, -1):
        if is_kind(units, index, kinds):
            return index
        if not _trails(units[index]):
            return None
    return None


def _trails(unit: Unit) -> bool:
    fold = unit.fold
    return not unit.capital and (
        fold.endswith(("ed", "ly", "ing", "based")) or fold in phrase_words("phrase", "trailing")
    )


def _end(units: Sequence[Unit], head: int) -> int | None:
    """One past the last unit that belongs to the noun at `head`; None when the words go on with another clause."""
    index = head + 1
    while index < len(units) and _trails(units[index]):
        index += 1
    if index == len(units) or units[index].fold in ENDS:
        return index
    if units[index].fold in phrase_words("phrase", "subordinators"):
        return index
    if units[index].fold not in phrase_words("phrase", "post"):
        return None
    relative: int | None = None
    while index < len(units) and units[index].fold not in ENDS:
        fold = units[index].fold
        if relative is None and fold in phrase_words("phrase", "relative_pronouns"):
            relative = index
        if fold in phrase_words("phrase", "subordinators"):
            break
        if fold in phrase_words("phrase", "verbs") and relative is None:
            return index - 1 if units[index - 1].fold == "and" else None
        index += 1
    if relative is None or index - relative > _SHORTEST_CLAUSE:
        return index
    # The clause was cut off by a comma: "in which Kenya, Ghana and ...".
    return relative - 1 if units[relative - 1].fold in phrase_words("phrase", "post") else relative


def shortened(units: Sequence[Unit], phrase: Phrase, longest: int) -> Phrase | None:
    """The phrase cut back, before a word that adds to it, to `longest` characters; None when that leaves nothing."""
    for stop in range(phrase.stop, phrase.head, -1):
        if units[stop - 1].end - units[phrase.first].start > longest:
            continue
        whole = stop == phrase.stop
        adds = whole or units[stop].fold in phrase_words("phrase", "post") or units[stop].fold == "and"
        if adds and not is_function_word(units[stop - 1].fold):
            return phrase._replace(stop=stop)
    return None
