"""Weapons by their designators ("Su-57") and the word for their class ("Fish Hawk helicopters"), ships by prefix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.extraction.entities.dates import names_part_of_date
from briefing.extraction.entities.found import Found
from briefing.extraction.entities.lists import words_of
from briefing.extraction.entities.names import country_names, listed_names
from briefing.extraction.entities.scan import Scan
from briefing.extraction.entities.vocabulary import cue, is_common, is_function_word
from briefing.model import EntityType

_DESIGNATOR = re.compile(r"(?<![\w-])(?:[A-Z]{2,4}/)?([A-Z][A-Za-z]{0,8})-(\d{1,4}[A-Za-z]{0,3}\d{0,2})(?![\w])(?!-\d)")
_TYPE_NUMBER = re.compile(r"(?<!\w)(?:Type|Mark|Mk\.?|Project)[ -]\d{1,5}[A-Z]{0,2}(?!\w)")
# "IAR 330 Puma", "Mi 24": the word for the kind must follow.
_SPACED = re.compile(r"(?<![\w-])([A-Z][A-Za-z]{0,4}) \d{1,4}[A-Z]?(?: [A-Z][A-Za-z]{2,15})?(?!\w)")
# What the three hold at the least, which is soon looked for.
_NUMBER = re.compile(r"[- ]\d")
_HYPHEN_NUMBER, _BLANK_NUMBER, _TYPE_WORD = re.compile(r"-\d"), re.compile(r" \d"), re.compile(r"Type|Mark|Mk|Project")
_NEARBY = 3
_MOST_WORDS = 2


def weapons_of(scan: Scan) -> Iterator[Found]:
    """Every weapon, vehicle and ship that the passage names in one of these ways."""
    yield from _designated(scan)
    if not scan.passage.title_case:
        for first, stop in scan.runs:
            yield from _before_class(scan, first, stop)
            yield from _ship(scan, first, stop)


def ships_of(scan: Scan) -> Iterator[Found]:
    """`the frigate Vendémiaire`, `the cruisers Foo, Bar and Baz`: names after the word for a kind of ship or weapon.

    A ship may bear the name of a place.
    """
    if scan.passage.title_case:
        return
    kinds = cue("quoted", "arms")
    after_kind = [first for first, _ in scan.runs if scan.fold_at(first - 1).removesuffix("s") in kinds]
    runs = dict(scan.runs) if after_kind else {}
    for first in after_kind:
        yield from _named_after(scan, first, runs, several=scan.fold_at(first - 1).endswith("s"))


def _named_after(scan: Scan, first: int, runs: dict[int, int], *, several: bool) -> Iterator[Found]:
    stop = runs[first]
    while _may_be_ship(scan, first, stop):
        yield scan.found(first, stop, EntityType.EQUIPMENT)
        following = stop + 1
        while scan.fold_at(following - 1) == "," and scan.fold_at(following) == "and":
            following += 1
        if not several or scan.fold_at(following - 1) not in (",", "and") or following not in runs:
            return
        first, stop = following, runs[following]


def _may_be_ship(scan: Scan, first: int, stop: int) -> bool:
    if stop - first > _MOST_WORDS or scan.tokens[first].shouted or names_part_of_date(scan.tokens[first].text):
        return False
    listed = scan.at.get(first)
    if listed is None:
        return not is_common(scan.fold_at(first)) and scan.fold_at(first) not in cue("person", "titles")
    whole = listed.first == first and listed.stop == stop
    return whole and listed.entry.type is EntityType.PLACE and listed.entry.name not in country_names()


def _designated(scan: Scan) -> Iterator[Found]:
    text = scan.passage.text
    if not _NUMBER.search(text):
        return
    tokens = scan.tokens
    # `AH-64E Apache`: the name that follows is part of it.
    named = {
        tokens[listed.first].start: tokens[listed.stop - 1].end
        for listed in scan.listed
        if listed.entry.type is EntityType.EQUIPMENT
    }
    for match in _DESIGNATOR.finditer(text) if _HYPHEN_NUMBER.search(text) else ():
        number = match[2]
        end = match.end() - 1 if number[-1] == "s" and number[-2:-1].isdigit() else match.end()
        form = text[match.start() : end]
        if form in words_of("head_nouns.toml", "equipment", "never"):
            continue
        if match[1] in words_of("head_nouns.toml", "equipment", "designators") or _class_follows(text, end):
            yield Found(match.start(), named.get(end + 1, end), EntityType.EQUIPMENT)
    for match in _SPACED.finditer(text) if _BLANK_NUMBER.search(text) else ():
        known = is_common(match[1].lower()) or is_function_word(match[1].lower()) or names_part_of_date(match[1])
        if not known and not listed_names().find(match[1]) and _class_follows(text, match.end()):
            yield Found(match.start(), match.end(), EntityType.EQUIPMENT)
    for match in _TYPE_NUMBER.finditer(text) if _TYPE_WORD.search(text) else ():
        if _class_follows(text, match.end()):
            yield Found(match.start(), match.end(), EntityType.EQUIPMENT)


def _class_follows(text: str, end: int) -> bool:
    """Whether one of the next few words is the word for a kind of weapon."""
    following = re.findall(r"[\w-]+|[^\w\s]", text[end : end + 60])[:_NEARBY]
    between = words_of("head_nouns.toml", "equipment", "between")
    for word in following:
        if word in words_of("head_nouns.toml", "equipment", "classes"):
            return True
        if word not in between and word != "-":
            return False
    return False


def _before_class(scan: Scan, first: int, stop: int) -> Iterator[Found]:
    """The unlisted words of the run that the word for a kind of weapon follows."""
    if scan.fold_at(stop) == "-" and scan.fold_at(stop + 1) == "class":
        begin = max(first, stop - 2)
        yield from _weapon(scan, begin, stop, stop + 2)
        return
    end = stop
    between = words_of("head_nouns.toml", "equipment", "between")
    while end < stop + _NEARBY and (scan.fold_at(end) in between or scan.fold_at(end) == "-"):
        end += 1
    if scan.fold_at(end) in words_of("head_nouns.toml", "equipment", "classes"):
        yield from _weapon(scan, first, stop, stop)


def _weapon(scan: Scan, first: int, stop: int, end: int) -> Iterator[Found]:
    begin = first
    for index in range(first, stop):
        if index in scan.at or scan.tokens[index].text in ("'s", "’s") or scan.tokens[index].opens:
            begin = index + 1
    words = [token for token in scan.tokens[begin:stop] if token.text[0].isalnum()]
    if not words or len(words) > 3 or all(is_function_word(word.fold) for word in words):
        return
    if len(words) == 1 and (is_common(words[0].fold) or words[0].text.isupper()):
        return
    yield scan.found(begin, end, EntityType.EQUIPMENT)


def _ship(scan: Scan, first: int, stop: int) -> Iterator[Found]:
    prefixes = words_of("head_nouns.toml", "equipment", "ships")
    for index in range(first, stop - 1):
        if scan.tokens[index].text in prefixes and not scan.tokens[index + 1].shouted:
            yield scan.found(index, min(stop, index + 5), EntityType.EQUIPMENT)
            return
