"""One passage under examination: its tokens, the listed names in it, and its runs of capitalised words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefing.extraction.entities.found import Found, Trust
from briefing.extraction.entities.lists import words_of
from briefing.extraction.entities.names import Entry, NameIndex
from briefing.extraction.entities.tokens import Passage, Token
from briefing.extraction.entities.vocabulary import cue, is_function_word
from briefing.model import EntityType

_LONGEST_RUN = 14


class Listed(NamedTuple):
    """A listed name in a passage, as a range of tokens."""

    first: int
    stop: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Scan:
    """A passage with what the lists and the capitals show of it."""

    passage: Passage
    listed: list[Listed]
    """In order, without overlap."""
    at: dict[int, Listed]
    """The listed name that each token belongs to."""
    runs: list[tuple[int, int]]
    """Token ranges of words with capitals that follow one another; none in a title-case passage."""

    tokens: list[Token]
    """Those of the passage."""
    folds: list[str]
    """The same, folded."""

    def starting_at(self, character: int) -> int | None:
        """The token that begins at `character`; None where none does."""
        index = bisect_left(self.tokens, (character,))
        return index if index < len(self.tokens) and self.tokens[index].start == character else None

    def ending_at(self, character: int) -> int | None:
        """The token that ends before `character`; None where none does."""
        index = bisect_left(self.tokens, (character,)) - 1
        return index if index >= 0 and self.tokens[index].end == character else None

    def fold_at(self, index: int) -> str:
        """The folded word at token `index`, "" outside the passage."""
        return self.folds[index] if 0 <= index < len(self.folds) else ""

    def type_at(self, index: int) -> EntityType | None:
        """The type of the listed name that token `index` belongs to."""
        listed = self.at.get(index)
        return listed.entry.type if listed else None

    def found(self, first: int, stop: int, type: EntityType | None, name: str = "", trust: Trust = Trust.SURE) -> Found:
        """The tokens from `first` to before `stop`, as a name."""
        return Found(self.tokens[first].start, self.tokens[stop - 1].end, type, name, trust)


def scan_passage(passage: Passage, indexes: Sequence[NameIndex]) -> Scan:
    """Looks every token of `passage` up in `indexes`; of two names of the same length, that of the first index wins."""
    listed: list[Listed] = []
    at: dict[int, Listed] = {}
    tokens = passage.tokens
    reached = 0
    for first in sorted({number for index in indexes for number in index.begins(passage.folds)}):
        match = _longest(tokens, first, indexes) if first >= reached else None
        if match:
            found = Listed(first, *match)
            listed.append(found)
            at.update(dict.fromkeys(range(first, found.stop), found))
            reached = found.stop
    return Scan(passage, listed, at, [] if passage.title_case else _runs(tokens), tokens, passage.folds)


def _longest(tokens: Sequence[Token], first: int, indexes: Sequence[NameIndex]) -> tuple[int, Entry] | None:
    matches = [match for index in indexes if (match := index.longest_at(tokens, first))]
    return max(matches, key=lambda match: match[0], default=None)


def names_in(scan: Scan, index: NameIndex) -> Iterator[tuple[int, int, Entry]]:
    """The names of `index` in a passage, the longest at each place and without overlap, as ranges of tokens."""
    reached = 0
    for first in index.begins(scan.folds):
        match = index.longest_at(scan.tokens, first) if first >= reached else None
        if match:
            reached, entry = match
            yield first, reached, entry


def _runs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    runs = []
    reached = 0
    for index in [number for number, token in enumerate(tokens) if token.capital]:
        if index < reached or is_function_word(tokens[index].fold):
            continue
        stop = index + 1
        while stop < len(tokens) and stop - index < _LONGEST_RUN:
            if tokens[stop].capital and tokens[stop].text != "I":
                stop += 1
            elif _links(tokens, stop):
                stop += 2
            elif reach := _particle_reach(tokens, stop):
                stop += reach
            else:
                break
        runs.append((index, stop))
        reached = stop
    return runs


def _links(tokens: Sequence[Token], index: int) -> bool:
    """Whether the sign at `index` holds two capitalised words together: a hyphen, "&", a possessive within a name."""
    if index + 1 >= len(tokens) or not tokens[index + 1].capital:
        return False
    before, sign, after = tokens[index - 1], tokens[index], tokens[index + 1]
    if sign.text in ("-", "–", "‑"):
        return before.end == sign.start and sign.end == after.start
    if sign.text == ".":
        return len(before.text) == 1 or before.fold in ("st", "mt", "ft")
    if sign.fold in ("'s", "'"):
        return before.fold in words_of("head_nouns.toml", "frames", "own_possessives")
    return sign.text == "&"


def _particle_reach(tokens: Sequence[Token], index: int) -> int:
    """How many tokens from `index` on are small words within a name and the capitalised word after them; 0 for none.

    `al-` of "Osama al-Baz", `de` of "Oscar de la Cruz", `-e-` of "Jaish-e-Mohammed".
    """
    hyphen = tokens[index].text == "-" and tokens[index].start == tokens[index - 1].end
    stop = index + hyphen
    particles = cue("person", "inner" if hyphen else "particles")
    while stop < min(len(tokens), index + 3) and tokens[stop].text in particles:
        stop += 1
    if stop == index + hyphen:
        return 0
    if stop < len(tokens) and tokens[stop].text == "-" and tokens[stop].start == tokens[stop - 1].end:
        stop += 1
    elif hyphen:
        return 0
    return stop + 1 - index if stop < len(tokens) and tokens[stop].capital else 0
