"""The words of a sentence, as terms and cues are held against them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

_WORD = re.compile(r"https?://\S+|[^\W_]+(?:[+'’][^\W_]+)*|%")
_PLAIN_WORD = re.compile(r"([a-z0-9]+(?:\+[a-z0-9]+)*|%)")
"""The same in small letters of ASCII, without addresses and apostrophes."""
_ENDINGS = {"s": "", "t": "not", "ve": "have", "ll": "will", "re": "are", "d": "would", "m": "am"}
"""What stands after an apostrophe, and the word it is short for. A possessive is no word."""
_LONGEST = 64
"""Characters: no term is longer, so of a longer word only its head is looked at."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one stretch of text in lower case, and where they stand."""

    texts: tuple[str, ...]
    """Hyphens part words and contractions are written out: "we've well-coordinated" is four words."""
    starts: tuple[int, ...]
    """Characters from the start of the text."""
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.texts)


def words_of(text: str) -> Words:
    """The words of `text`, in one pass; addresses of pages are passed over."""
    if text.isascii() and "'" not in text and "://" not in text:
        return _plain_words(text)
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _WORD.finditer(text):
        start = match.start()
        if match[0].isalnum():
            texts.append(match[0].lower()[:_LONGEST])
            starts.append(start)
            ends.append(match.end())
            continue
        if "://" in match[0][:_LONGEST]:
            continue
        for index, part in enumerate(_parts(match[0])):
            end = start + len(part)
            word = part.lower()[:_LONGEST]
            if index and word in _ENDINGS:
                word = _ENDINGS[word]
                if word == "not" and texts[-1].endswith("n"):
                    texts[-1], ends[-1] = _whole(texts[-1]), ends[-1] - 1
                    start -= 1
            if word:
                texts.append(word)
                starts.append(start)
                ends.append(end)
            start = end + 1
    return Words(tuple(texts), tuple(starts), tuple(ends))


def _plain_words(text: str) -> Words:
    """The words of a text in which none is an address or contracted, and small letters stand where capitals did."""
    parts = _PLAIN_WORD.split(text.lower())
    places = list(accumulate(map(len, parts)))
    texts = [word[:_LONGEST] for word in parts[1::2]]
    return Words(tuple(texts), tuple(places[:-1:2]), tuple(places[1::2]))


def _parts(word: str) -> list[str]:
    return word.replace("’", "'").split("'") if "'" in word or "’" in word else [word]


def _whole(stem: str) -> str:
    """The verb that "n't" was hung on: "didn" is "did"; "can" and "won" are not cut that way."""
    return {"can": "can", "won": "will", "shan": "shall"}.get(stem, stem[:-1])
