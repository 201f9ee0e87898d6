"""One passage under examination: its tokens, the listed names in it, and its runs of capitalised words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.extraction.entities.found import Found, Trust
from briefing.extraction.entities.lists import words_of
from briefing.extraction.entities.names import Entry, NameIndex
from briefing.extraction.entities.tokens import Passage, Token
from briefing.extraction.entities.vocabulary import cue, is_function_word
from briefing.model import EntityType

_LONGEST_RUN = 14


@dataclass(frozen=True, slots=True)
class Listed:
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

    @property
    def tokens(self) -> list[Token]:
        """The passage's tokens."""
        return self.passage.tokens

    def fold_at(self, index: int) -> str:
        """The folded word at token `index`, "" outside the passage."""
        return self.tokens[index].fold if 0 <= index < len(self.tokens) else ""

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
    index = 0
    while index < len(tokens):
        match = _longest(tokens, index, indexes)
        if match:
            found = Listed(index, *match)
            listed.append(found)
            at.update(dict.fromkeys(range(index, found.stop), found))
            index = found.stop
        else:
            index += 1
    return Scan(passage, listed, at, [] if passage.title_case else _runs(tokens))


def _longest(tokens: Sequence[Token], first: int, indexes: Sequence[NameIndex]) -> tuple[int, Entry] | None:
    matches = [match for index in indexes if (match := index.longest_at(tokens, first))]
    return max(matches, key=lambda match: match[0], default=None)


def _runs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    runs = []
    index = 0
    while index < len(tokens):
        if not _begins_run(tokens[index]):
            index += 1
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
        index = stop
    return runs


def _begins_run(token: Token) -> bool:
    return token.capital and not is_function_word(token.fold)


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
