"""Which documents repeat the words of one another, and in which passages."""

from __future__ import annotations

import re
import sys
from abc import ABC, abstractmethod
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
_SLOTS = 4
"""For every fingerprint, where it is counted: of those that only one text has, one in five shares its slot."""
_SOURCES = 2
"""A document made of more texts that share nothing with each other is a compilation."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A document much of which stands in another, longer or equally long one."""

    document: int
    """Its number."""
    within: int
    """The number of the longer one."""
    share: float
    """Which part of the document's words stands in the other, in runs of `SHINGLE` words or more: from 0 to 1."""


class Wordings(ABC):
    """The words of documents, numbered from 0, as they are compared. Each is asked for more than once."""

    sizes: Sequence[int]
    """How many shingles each document has."""
    _whole: tuple[int, frozenset[int]] = -1, frozenset()
    """The document that others were held against last, and its shingles."""

    def covered(self, number: int, within: int) -> int:
        """How many words of a document lie in shingles that the one numbered `within` has too."""
        if within != self._whole[0]:
            self._whole = within, frozenset(self.shingles(within))
        return _covered(self.shingles(number), self._whole[1])

    @abstractmethod
    def fingerprints(self, number: int) -> array[int]:
        """Those of `fingerprints_of` its shingles."""

    @abstractmethod
    def shingles(self, number: int) -> array[int]:
        """Those of `shingles_in` what it says."""


class WordingsRead(Wordings):
    """The words of documents that are in memory."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Goes through all of them."""
        self._shingles = [shingles_of(document) for document in documents]
        self._fingerprints = list(map(fingerprints_of, self._shingles))
        self.sizes = list(map(len, self._shingles))

    def fingerprints(self, number: int) -> array[int]:
        """See `Wordings`."""
        return self._fingerprints[number]

    def shingles(self, number: int) -> array[int]:
        """See `Wordings`."""
        return self._shingles[number]


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


def repeats_in(wordings: Wordings) -> list[Repeat]:
    """Enough pairs of documents to join all that repeat one another, each pair with how much is shared.

    What counts is containment (A. Broder, "On the resemblance and containment of documents", 1997), in words of the
    shorter document, so that a short copy within a long article is found. Candidates are found by fingerprints
    (S. Schleimer and others, "Winnowing", 2003). A document that repeats three texts or more which share nothing with
    each other is a compilation, such as a press review, and is paired only with the one it takes the most from. The
    time taken grows with the number of words; what is held in memory, with the number of documents and of fingerprints
    that several of them have.
    """
    sizes = wordings.sizes
    index = _Fingerprints(wordings)
    return [
        Repeat(other, number, share)
        for number in sorted(range(len(sizes)), key=lambda one: (sizes[one], one))
        for other, share in index.add(number)
    ]


def shingles_of(document: Document) -> array[int]:
    """A number for every run of `SHINGLE` words of what counts in the document, in order."""
    return shingles_in(shown.text for shown in _shown(document))


def shingles_in(texts: Iterable[str]) -> array[int]:
    """The same for a document that shows just `texts`, one block each."""
    words = [_number(word) for text in texts for word in _WORD.findall(text)]
    return array("q", _runs(words, SHINGLE))


def fingerprints_of(shingles: array[int]) -> array[int]:
    """The least shingle of every window, each once: the same ones wherever the same passage stands."""
    if len(shingles) < _WINDOW:
        return array("q", dict.fromkeys(shingles))
    windows = zip(*(shingles[start:] for start in range(_WINDOW)), strict=False)
    return array("q", dict.fromkeys(map(min, windows)))


def sketch_of(shingles: array[int]) -> bytes:
    """The least numbers of a document's shingles, eight bytes each: documents with many of them alike are alike.

    The share that two sketches have of the least numbers of both together estimates how far the documents resemble one
    another (A. Broder, 1997).
    """
    return array("q", nsmallest(SKETCH, set(shingles))).tobytes()


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

    def __init__(self, wordings: Wordings) -> None:
        self._wordings = wordings
        self._sizes = wordings.sizes
        self._shared = _Shared(wordings)
        self._joined = SeparateSets(len(self._sizes))
        self._having: dict[int, bytes] = {}
        """Numbers of the documents that have a fingerprint, four bytes each: there may be a million fingerprints."""
        self._counts = array("I", bytes(4 * len(self._sizes)))

    def add(self, number: int) -> list[tuple[int, float]]:
        """The documents that the one of that number repeats, one of each origin, with their shares."""
        marks = self._wordings.fingerprints(number)
        self._counts[number] = len(marks)
        fingerprints = list(filter(self._shared.holds, marks))
        found = self._contained(number, Counter(one for mark in fingerprints for one in self._those_having(mark)))
        if len(found) > _SOURCES:
            found = [max(found, key=lambda one: one[1] * _word_count(self._sizes[one[0]]))]
        for other, _ in found:
            self._joined.join(number, other)
        for mark in fingerprints:
            having = self._those_having(mark)
            # One of an origin stands for all of them, so that a text copied a thousand times is still compared once.
            if len(having) < _COMMON and all(self._joined.find(one) != self._joined.find(number) for one in having):
                self._having[mark] = self._having.get(mark, b"") + number.to_bytes(4, sys.byteorder)
        return found

    def _those_having(self, mark: int) -> array[int]:
        return array("I", self._having.get(mark, b""))

    def _contained(self, number: int, shared: Counter[int]) -> list[tuple[int, float]]:
        hinted = [one for one, count in shared.items() if count >= _HINT * self._counts[one]]
        hinted.sort(key=lambda one: (-shared[one], one))
        found: dict[int, tuple[int, float]] = {}
        tries: Counter[int] = Counter()
        for one in hinted:
            origin = self._joined.find(one)
            tries[origin] += 1
            if origin in found or tries[origin] > _TRIES:
                continue
            words = _word_count(self._sizes[one])
            covered = self._wordings.covered(one, number)
            if covered >= max(PASSAGE, _SHARE * words):
                found[origin] = one, covered / words
        return list(found.values())


class _Shared:
    """Which fingerprints several texts have, and a few others: only these tell of likeness, so only they are kept."""

    def __init__(self, wordings: Wordings) -> None:
        self._last = (1 << (_SLOTS * sum(wordings.sizes) // (_WINDOW + 1) * 2).bit_length()) - 1
        self._once, self._again = bytearray((self._last >> 3) + 1), bytearray((self._last >> 3) + 1)
        """A bit for every slot, which is what a fingerprint ends in: whether there is one of it, and several."""
        for number in range(len(wordings.sizes)):
            for mark in wordings.fingerprints(number):
                place, bit = (mark & self._last) >> 3, 1 << (mark & 7)
                if self._once[place] & bit:
                    self._again[place] |= bit
                else:
                    self._once[place] |= bit

    def holds(self, mark: int) -> bool:
        """Whether the fingerprint may be one of several texts."""
        return bool(self._again[(mark & self._last) >> 3] & 1 << (mark & 7))


def _word_count(shingles: int) -> int:
    return shingles + SHINGLE - 1


def _covered(shingles: array[int], whole: frozenset[int]) -> int:
    """How many words lie in shingles that are among `whole`."""
    covered = end = 0
    for start, shingle in enumerate(shingles):
        if shingle in whole:
            covered += start + SHINGLE - max(start, end)
            end = start + SHINGLE
    return covered


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
