"""Which documents repeat the words of one another, and in which passages."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from unicodedata import normalize
from zlib import crc32

from briefing.model import Document, ShownText, Span

SHINGLE = 5
"""Words that are compared as one. Documents on one topic share many shorter phrases, edited copies few longer ones."""
PASSAGE = 12
"""Words: what is shared for so long without a break is always found, and less in all is no sign of copying."""
SKETCH = 32
"""Shingles by which a document is compared with all others of a large pack."""
_WINDOW = PASSAGE - SHINGLE + 1
_SHARE = 1 / 3
"""Of the words of the shorter document. Unrelated ones share a few in a hundred, by common phrases."""
_HINT = 1 / 8
"""Of the fingerprints of the shorter document: when the longer has fewer of them, it is not looked at more closely."""
_COMMON = 16
"""Texts: a fingerprint that so many have which share nothing else belongs to a phrase of the trade."""
_TRIES = 3
"""Documents of one origin that are looked at closely before it is given up."""
_SOURCES = 2
"""A document made of more texts that share nothing with each other is a compilation."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A document much of which stands in another, longer or equally long one."""

    document: str
    """`Document.id`."""
    within: str
    """`Document.id` of the longer one."""
    share: float
    """Which part of the document's words stands in the other, in runs of `SHINGLE` words or more: from 0 to 1."""


class SeparateSets:
    """Sets of things, numbered from 0, that are joined step by step (a union-find)."""

    def __init__(self, size: int) -> None:
        """Begin with `size` things, each in a set of its own."""
        self._above = list(range(size))

    def find(self, one: int) -> int:
        """What all things of one set have in common: the first of them."""
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Make one set of the two that hold `one` and `other`."""
        first, second = sorted((self.find(one), self.find(other)))
        self._above[second] = first


def repeats_in(documents: Sequence[Document]) -> list[Repeat]:
    """Enough pairs of documents to join all that repeat one another, each pair with how much is shared.

    What counts is containment (A. Broder, "On the resemblance and containment of documents", 1997), in words of the
    shorter document, so that a short copy within a long article is found. Candidates are found by fingerprints
    (S. Schleimer and others, "Winnowing", 2003). A document that repeats three texts or more which share nothing with
    each other is a compilation, such as a press review, and is paired only with the one it takes the most from. The
    time taken grows with the number of words.
    """
    shingles = [_shingles(document) for document in documents]
    index = _Fingerprints(shingles)
    repeats = []
    for number in sorted(range(len(documents)), key=lambda one: (len(shingles[one]), one)):
        for other, share in index.add(number):
            repeats.append(Repeat(documents[other].id, documents[number].id, share))
    return repeats


def sketch_of(document: Document) -> bytes:
    """The least numbers of the document's shingles, eight bytes each: documents with many of them alike are alike.

    The share that two sketches have of the least numbers of both together estimates how far the documents resemble one
    another (A. Broder, 1997).
    """
    return array("q", nsmallest(SKETCH, set(_shingles(document)))).tobytes()


def shared_passages(one: Document, other: Document) -> tuple[tuple[Span, Span], ...]:
    """The passages of `PASSAGE` words or more that both documents have: their spans in both, the longest first.

    Case, punctuation and white space are not compared. Of a passage that `other` has several times, the first counts.
    """
    ours, theirs = list(_words(one)), list(_words(other))
    our_numbers, their_numbers = [word.number for word in ours], [word.number for word in theirs]
    places: dict[int, int] = {}
    for place, passage in enumerate(_runs(their_numbers, PASSAGE)):
        places.setdefault(passage, place)
    found: list[tuple[int, int, int]] = []
    done = 0
    for start, passage in enumerate(_runs(our_numbers, PASSAGE)):
        if start >= done and passage in places:
            length = _common_length(our_numbers, start, their_numbers, places[passage])
            done = start + length
            if length >= PASSAGE:
                found.append((length, start, places[passage]))
    found.sort(key=lambda passage: -passage[0])
    return tuple((_span(ours, start, length), _span(theirs, place, length)) for length, start, place in found)


class _Fingerprints:
    """Finds, for one document after another, the shortest first, which of those before stand in it."""

    def __init__(self, shingles: Sequence[array[int]]) -> None:
        self._shingles = shingles
        self._joined = SeparateSets(len(shingles))
        self._having: dict[int, list[int]] = {}
        self._counts: dict[int, int] = {}

    def add(self, number: int) -> list[tuple[int, float]]:
        """The documents that the one of that number repeats, one of each origin, with their shares."""
        fingerprints = _fingerprints(self._shingles[number])
        self._counts[number] = len(fingerprints)
        found = self._contained(number, Counter(one for mark in fingerprints for one in self._having.get(mark, ())))
        if len(found) > _SOURCES:
            found = [max(found, key=lambda one: one[1] * _word_count(self._shingles[one[0]]))]
        for other, _ in found:
            self._joined.join(number, other)
        for mark in fingerprints:
            having = self._having.setdefault(mark, [])
            # One of an origin stands for all of them, so that a text copied a thousand times is still compared once.
            if len(having) < _COMMON and all(self._joined.find(one) != self._joined.find(number) for one in having):
                having.append(number)
        return found

    def _contained(self, number: int, shared: Counter[int]) -> list[tuple[int, float]]:
        hinted = [one for one, count in shared.items() if count >= _HINT * self._counts[one]]
        hinted.sort(key=lambda one: (-shared[one], one))
        whole = set(self._shingles[number]) if hinted else set()
        found: dict[int, tuple[int, float]] = {}
        tries: Counter[int] = Counter()
        for one in hinted:
            origin = self._joined.find(one)
            tries[origin] += 1
            if origin in found or tries[origin] > _TRIES:
                continue
            shingles = self._shingles[one]
            covered = _covered(shingles, whole)
            if covered >= max(PASSAGE, _SHARE * _word_count(shingles)):
                found[origin] = one, covered / _word_count(shingles)
        return list(found.values())


def _word_count(shingles: array[int]) -> int:
    return len(shingles) + SHINGLE - 1


def _covered(shingles: array[int], whole: set[int]) -> int:
    """How many words lie in shingles that are among `whole`."""
    covered = end = 0
    for start, shingle in enumerate(shingles):
        if shingle in whole:
            covered += start + SHINGLE - max(start, end)
            end = start + SHINGLE
    return covered


def _shingles(document: Document) -> array[int]:
    """A number for every run of `SHINGLE` words, in order."""
    words = [_number(word) for shown in _shown(document) for word in _WORD.findall(shown.text)]
    return array("q", _runs(words, SHINGLE))


def _fingerprints(shingles: array[int]) -> list[int]:
    """The least shingle of every window, each once: the same ones wherever the same passage stands."""
    if len(shingles) < _WINDOW:
        return list(dict.fromkeys(shingles))
    return list(dict.fromkeys(map(min, zip(*(shingles[start:] for start in range(_WINDOW)), strict=False))))


def _runs(numbers: Sequence[int], length: int) -> Iterator[int]:
    """A number for every run of `length` numbers. Those of tuples of numbers are the same on every day."""
    return map(hash, zip(*(numbers[start:] for start in range(length)), strict=False))


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    """The same for a word in large and small letters, and for letters of other widths."""
    return crc32(normalize("NFKC", word).casefold().encode("utf-8", "surrogatepass"))


def _shown(document: Document) -> Iterator[ShownText]:
    return (block.shown for block in document.blocks if block.counts)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word where it stands."""

    number: int
    shown: ShownText
    start: int
    end: int


def _words(document: Document) -> Iterator[_Placed]:
    for shown in _shown(document):
        for match in _WORD.finditer(shown.text):
            yield _Placed(_number(match.group()), shown, *match.span())


def _common_length(one: Sequence[int], start: int, other: Sequence[int], place: int) -> int:
    length = 0
    while start + length < len(one) and place + length < len(other) and one[start + length] == other[place + length]:
        length += 1
    return length


def _span(words: Sequence[_Placed], start: int, length: int) -> Span:
    first, last = words[start], words[start + length - 1]
    return Span(first.shown.source_of(first.start, first.end).start, last.shown.source_of(last.start, last.end).end)
