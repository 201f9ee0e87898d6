"""Joins neighbouring names that are parts of one: "Bayraktar" and "Akinci", "Ana" and "Ruiz", a weekday and a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.extraction.entities.dates import is_weekday
from briefing.extraction.entities.found import Found, Trust
from briefing.extraction.entities.runs import is_head
from briefing.extraction.entities.scan import Scan
from briefing.extraction.entities.vocabulary import cue, given_names, is_common, is_function_word
from briefing.model import EntityType

_PERSON, _EQUIPMENT, _DATE = EntityType.PERSON, EntityType.EQUIPMENT, EntityType.DATE
_MOST_BEFORE = 2


def join(scan: Scan, names: Iterable[Found]) -> list[Found]:
    """`names` of the passage, which are in order, with those that belong together made one."""
    joined: list[Found] = []
    for name in names:
        found = name
        if name.type is _PERSON and not scan.passage.title_case:
            found = _with_words_before(scan, name, joined[-1].end if joined else 0)
        whole = _whole(scan.passage.text, joined[-1], found) if joined else None
        if whole:
            joined[-1] = whole
        else:
            joined.append(found)
    return joined


def _whole(text: str, left: Found, right: Found) -> Found | None:
    """The one name that two neighbours make."""
    between = text[left.end : right.start]
    if left.type is not right.type or left.trust is Trust.PACK or right.trust is Trust.PACK:
        return None
    if left.type is _EQUIPMENT and between == " ":
        return Found(left.start, right.end, _EQUIPMENT, left.name, min(left.trust, right.trust))
    if left.type is _DATE and between in (", ", " ", ",\n", "\n") and is_weekday(text[left.start : left.end]):
        return Found(left.start, right.end, _DATE, right.name, right.trust) if _is_day(right.name) else None
    if left.type is _PERSON and between in (" ", "-") and not (left.name and right.name):
        return Found(left.start, right.end, _PERSON, "", min(left.trust, right.trust))
    return None


def _is_day(name: str) -> bool:
    """Whether a date's name says the day of the month: "May 29", "May 29, 2026"."""
    words = name.replace(",", "").split()
    return len(words) > 1 and words[0].isalpha() and words[1].isdigit() and len(words[1]) < 3


def _with_words_before(scan: Scan, found: Found, reached: int) -> Found:
    """A surname with the unknown capitalised words directly before it: `Moe` of "Moe Foner"."""
    first = scan.starting_at(found.start)
    text = scan.passage.text[found.start : found.end]
    if first is None or " " in text or found.trust is Trust.PACK:
        return found
    begin = first
    for index in _words_before(scan, first):
        if scan.tokens[index].start < reached:
            break
        begin = index
    if begin == first:
        return found
    return Found(scan.tokens[begin].start, found.end, _PERSON, "", found.trust)


def _words_before(scan: Scan, first: int) -> Iterator[int]:
    """The tokens before `first`, backwards, that may be given names of whoever is named there."""
    for index in range(first - 1, max(-1, first - 1 - _MOST_BEFORE), -1):
        token, following = scan.tokens[index], scan.tokens[index + 1]
        if not token.capital or following.start - token.end != 1 or index in scan.at or len(token.text) < 3:
            return
        if token.text not in given_names():
            known = is_common(token.fold) or is_function_word(token.fold) or is_head(token.fold)
            if known or token.shouted or token.fold in cue("person", "titles") or is_weekday(token.text):
                return
        yield index
