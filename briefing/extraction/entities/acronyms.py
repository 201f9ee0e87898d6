"""Finds where a text says what an acronym stands for: "Quick Reaction Alert (QRA)", "QRA, or Quick Reaction Alert"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.extraction.entities.tokens import Token
from briefing.extraction.entities.vocabulary import is_function_word

_ACRONYM = re.compile(r"(?=(?:[^\W_]*[A-Z]){2})[A-Z0-9][A-Za-z0-9&/+]{1,9}")
_MOST_WORDS = 14
_STOPS = frozenset(".;:()!?")


class Definition(NamedTuple):
    """An acronym and its long form, as token ranges of one passage."""

    first: int
    """The long form's first token."""
    stop: int
    """One past the long form's last token."""
    acronym: int
    """The acronym's token."""


def find_definitions(tokens: Sequence[Token]) -> Iterator[Definition]:
    """The definitions in one passage, in order."""
    for index in range(1, len(tokens) - 1):
        if tokens[index].text == "(":
            definition = _in_brackets(tokens, index)
        elif tokens[index].text == "," and tokens[index + 1].fold in ("the", "or"):
            definition = _after_comma(tokens, index)
        else:
            continue
        if definition:
            yield definition


def _in_brackets(tokens: Sequence[Token], bracket: int) -> Definition | None:
    inside = tokens[bracket + 1]
    closing = tokens[bracket + 2].text if bracket + 2 < len(tokens) else ""
    if closing in (")", ";", ",") and _ACRONYM.fullmatch(inside.text):
        first = _long_form_start(tokens, bracket, inside.text)
        return None if first is None else Definition(first, bracket, bracket + 1)
    if not _ACRONYM.fullmatch(tokens[bracket - 1].text):
        return None
    stop = next((i for i in range(bracket + 2, min(len(tokens), bracket + _MOST_WORDS)) if tokens[i].text == ")"), None)
    return _forwards(tokens, bracket + 1, stop, bracket - 1) if stop else None


def _after_comma(tokens: Sequence[Token], comma: int) -> Definition | None:
    """`QRA, the Quick Reaction Alert,`: the long form comes second."""
    if not _ACRONYM.fullmatch(tokens[comma - 1].text):
        return None
    first = comma + 2
    if first < len(tokens) and tokens[first].fold == "the":
        first += 1
    stop = first
    while stop < min(len(tokens), first + _MOST_WORDS) and (tokens[stop].capital or tokens[stop].fold in _LINKS):
        stop += 1
    while stop > first and not tokens[stop - 1].capital:
        stop -= 1
    return _forwards(tokens, first, stop, comma - 1)


_LINKS = frozenset(("of", "for", "and", "the", "on", "in", "to", "&", "-", "'s"))


def _forwards(tokens: Sequence[Token], first: int, stop: int, acronym: int) -> Definition | None:
    if first < stop and tokens[first].fold == "the":
        first += 1
    if stop - first < 2 or not all(token.capital or token.fold in _LINKS for token in tokens[first:stop]):
        return None
    if _long_form_start(tokens, stop, tokens[acronym].text) != first:
        return None
    return Definition(first, stop, acronym)


def _long_form_start(tokens: Sequence[Token], stop: int, acronym: str) -> int | None:
    """Where the long form that ends before token `stop` begins.

    Read backwards, every letter of the acronym begins a word; failing that, letters may also stand within the word that
    the letter before them begins. The method of Schwartz and Hearst (2003), held to words. Small words are passed over.
    """
    letters = [sign for sign in acronym.lower() if sign.isalnum()]
    if letters and acronym.endswith("s") and not acronym.isupper():
        letters.pop()
    first = _spelled_from(tokens, stop, letters, within=False)
    if first is None:
        first = _spelled_from(tokens, stop, letters, within=True)
    return None if first is None or stop - first < 2 else first


def _spelled_from(tokens: Sequence[Token], stop: int, letters: Sequence[str], *, within: bool) -> int | None:
    limit = max(-1, stop - min(_MOST_WORDS, len(letters) * 2 + 5))
    place = len(letters) - 1
    passed_over = 0
    for index in range(stop - 1, limit, -1):
        word = tokens[index].fold
        if not word[0].isalnum():
            if word in _STOPS:
                return None
            continue
        small = is_function_word(word)
        left = _letters_left(word, letters, place, most=place + 1 if within and not small else 1)
        if left < 0:
            return index
        passed_over += left == place and not small
        if passed_over > 2:
            return None
        place = left
    return None


def _letters_left(word: str, letters: Sequence[str], place: int, most: int) -> int:
    """Index of the last letter still to be found, once `word` has given what it can, `most` letters at a time."""
    for taken in range(min(len(word), most), 0, -1):
        wanted = letters[place - taken + 1 : place + 1]
        if word[0] == wanted[0] and _holds_in_order(word, wanted):
            return place - taken
    return place


def _holds_in_order(word: str, letters: Sequence[str]) -> bool:
    position = 0
    for letter in letters:
        position = word.find(letter, position) + 1
        if position == 0:
            return False
    return True
