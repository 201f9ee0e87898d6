"""Where sentences end."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefing.package_text import package_text

# A run of stops is looked at once and never given back, so that a long one ("......") takes no longer than its length.
_STOP = re.compile(
    r"(?<![.!?\u2026])[.!?\u2026]++[\"'\u201d\u2019\u00bb)\]*_]*+(?:\[\d{1,3}\])*+(?=\s)"
    r"|[\u3002\uff01\uff1f][\u300d\u300f\uff09]*"
)
_LOOK_BACK = 40
"""Characters before a full stop that are looked at to tell what it ends."""
_LONGEST_ABBREVIATION = 30
"""Characters: of a longer word only its end is looked up."""
_FIRST_WORD = re.compile(r"[^\w\s]{0,4}\s?([\w\u2019']{0,40})")
_DOTTED = re.compile(r"(?:\b[A-Za-z]\.)+$")
_NO_WORD = re.compile(r"\W")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Start and end (characters) of every sentence of one block's text, outer white space left out.

    A full stop does not end a sentence after an abbreviation, an initial, or before a lower-case letter or a digit that
    it belongs to ("No. 5"). The time taken grows with the length of the text alone.
    """
    sentences = []
    start = _skip_space(text, 0)
    for stop in _STOP.finditer(text):
        end = stop.end()
        following = _skip_space(text, end)
        if end <= start or following >= len(text) or not _ends_here(text, stop.start(), end, following):
            continue
        sentences.append((start, end))
        start = following
    last = len(text.rstrip())
    if start < last:
        sentences.append((start, last))
    return sentences


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _ends_here(text: str, stop: int, end: int, following: int) -> bool:
    next_word = _FIRST_WORD.match(text, following)
    opening = next_word.group(1) if next_word else ""
    if opening[:1].islower():
        return False
    if text[stop] != "." or text[stop : stop + 2] == "..":
        return True
    return _ends_after(text[max(0, stop - _LOOK_BACK) : stop], opening)


def _ends_after(before: str, opening: str) -> bool:
    """Whether a full stop between `before` and a word `opening`, not in small letters, ends a sentence."""
    last = _NO_WORD.split(before)[-1]
    dotted = _DOTTED.search(before + ".") if len(last) == 1 else None
    abbreviation = dotted.group().rstrip(".") if dotted else last[-_LONGEST_ABBREVIATION:]
    if _among(abbreviation, "leading_abbreviations.txt"):
        return False
    if _among(abbreviation, "abbreviations.txt"):
        return _among(opening.lower(), "sentence_openers.txt")
    if _among(abbreviation.lower(), "numbered_abbreviations.txt"):
        return not opening[:1].isdigit()
    # An initial never ends a sentence; a dotted acronym ("U.S.") does only before a word that opens sentences.
    return not dotted or ("." in before[-3:] and _among(opening.lower(), "sentence_openers.txt"))


@lru_cache(maxsize=1 << 14)
def _among(word: str, name: str) -> bool:
    """Whether the list `name` holds `word`; one that it holds in small letters, in any case."""
    return word.lower() in _words(name) or (word[:1].isupper() and word.capitalize() in _words(name))


@cache
def _words(name: str) -> frozenset[str]:
    lines = package_text("briefing.parsing", f"data/{name}").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
