"""The term language of the scenario file and of the cue lists, and the search for many terms at once.

A term is one or more words in lower case. `*` at the end of a word stands for any ending ("coordinat*"), at its
beginning for any stem ("*ed"). `a|b` is either word. `..` between words allows up to six words between them, `...` any
number within the sentence. `@actor` stands for any of the scenario's actor terms, `@word` for any one word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefing.extraction.claims.words import Words, words_of

ROLE = "role:"
CONSTRAINT = "constraint:"
NEAR = 6
"""Words that may stand between the two sides of `..`."""
_ACTOR = "@actor"
_ANY_WORD = "@word"
_REST_OF_SENTENCE = -1
_NOWHERE: frozenset[int] = frozenset()
_KNOWN_WORDS = 20_000
"""Different words whose terms are kept at hand; a usual text has fewer."""


@dataclass(frozen=True, slots=True)
class _Place:
    """The words that fit one place of a term."""

    exact: frozenset[str]
    stems: tuple[str, ...] = ()
    """Beginnings: any ending fits."""
    endings: tuple[str, ...] = ()
    """Ends: any stem fits."""

    def fits(self, word: str) -> bool:
        """Whether `word` can stand here."""
        if word in self.exact or _ANY_WORD in self.exact:
            return True
        return bool((self.stems and word.startswith(self.stems)) or (self.endings and word.endswith(self.endings)))


_ANY_ACTOR = _Place(frozenset({_ACTOR}))
_Places = tuple[_Place, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """Words that follow one another without a gap."""

    places: _Places
    gap: int
    """How many words may stand before it; `_REST_OF_SENTENCE` for any number."""


@dataclass(frozen=True, slots=True, eq=False)
class _Term:
    """One term of one label. Compared by identity."""

    label: str
    hides: bool
    """Whether it hides the terms of its label that it overlaps, rather than being one."""
    steps: tuple[_Step, ...]
    is_word: bool
    """Whether it stands wherever its first word does."""
    second: _Place | None
    """What the word right after its first one has to fit, which is soon asked; None where that tells nothing."""

    @classmethod
    def of(cls, label: str, hides: bool, steps: tuple[_Step, ...]) -> _Term:
        """The term of these steps."""
        places = steps[0].places
        is_plain = _ANY_ACTOR not in places[:2]
        second = places[1] if is_plain and len(places) > 1 else None
        return cls(label, hides, steps, is_plain and len(places) == len(steps) == 1, second)


class Found(NamedTuple):
    """One place where a term of `label` was found: words `start` to `end`, end exclusive."""

    label: str
    start: int
    end: int


def parse_term(term: str) -> tuple[_Step, ...]:
    """The steps of one term. Raises `ValueError`, saying what is wrong, for a term that could never be found."""
    steps: list[_Step] = []
    places: list[_Place] = []
    gap = 0
    for piece in term.split():
        if piece not in ("..", "..."):
            places += _places(piece)
            continue
        if not places:
            raise ValueError(f'"{piece}" needs a word before it')
        steps.append(_Step(tuple(places), gap))
        places, gap = [], NEAR if piece == ".." else _REST_OF_SENTENCE
    if not places:
        raise ValueError("a term needs a word at its end" if steps else "a term needs a word")
    steps.append(_Step(tuple(places), gap))
    if _ANY_WORD in steps[0].places[0].exact:
        raise ValueError(f'a term cannot begin with "{_ANY_WORD}"')
    return tuple(steps)


def _places(piece: str) -> list[_Place]:
    """The places of one written word: more than one when a hyphen parts it."""
    if piece == _ACTOR:
        return [_ANY_ACTOR]
    if piece == _ANY_WORD:
        return [_Place(frozenset({_ANY_WORD}))]
    if "|" not in piece:
        return _one_word(piece)
    choices = [_one_word(choice) for choice in piece.split("|")]
    if any(len(choice) != 1 for choice in choices):
        raise ValueError(f'each side of "|" in "{piece}" must be one word')
    exact = frozenset(word for (place,) in choices for word in place.exact)
    stems = tuple(stem for (place,) in choices for stem in place.stems)
    return [_Place(exact, stems, tuple(ending for (place,) in choices for ending in place.endings))]


def _one_word(piece: str) -> list[_Place]:
    head, tail = piece.startswith("*"), piece.endswith("*")
    words = words_of(piece.strip("*")).texts
    if not words or "*" in piece.strip("*") or (head and tail):
        raise ValueError(f'"{piece}" is not a word; "*" may only stand at one end of one')
    places = [_Place(frozenset({word})) for word in words]
    if tail:
        places[-1] = _Place(frozenset(), stems=(words[-1],))
    if head:
        places[0] = _Place(frozenset(), endings=(words[0],))
    return places


def _any_of(places: Sequence[_Place | None]) -> _Place | None:
    """What fits one of the places; None where one of them is None, and so anything does."""
    known = [place for place in places if place]
    if len(known) < len(places):
        return None
    return _Place(
        frozenset(word for place in known for word in place.exact),
        tuple(stem for place in known for stem in place.stems),
        tuple(ending for place in known for ending in place.endings),
    )


class TermFinder:
    """Finds the terms of many labels in one pass over the words of a sentence."""

    def __init__(self, terms: Mapping[str, Iterable[str]], unless: Mapping[str, Iterable[str]] | None = None) -> None:
        """Prepare `terms` by label. What `unless` lists for the same label hides any term it overlaps.

        Raises `ValueError` for a term that is not one.
        """
        self._exact: dict[str, list[_Term]] = {}
        self._stems: dict[str, list[_Term]] = {}
        self._endings: dict[str, list[_Term]] = {}
        for hides, listed in ((False, terms), (True, unless or {})):
            for label, group in listed.items():
                for term in group:
                    self._add(_Term.of(label, hides, parse_term(term)))
        self._lengths = sorted({len(part) for part in (*self._stems, *self._endings)})
        self._beginning: dict[str, tuple[tuple[_Term, ...], _Place | None]] = {}

    def find(self, words: Words, actors: Mapping[int, int] | None = None) -> list[Found]:
        """Every place where a term stands, in order.

        `actors` maps the first word of every name of the actor in the sentence to the word after its last. The time
        taken grows with the number of words, whatever they are.
        """
        found: list[Found] = []
        hidden: dict[str, set[int]] = {}
        matcher = _Matcher(words.texts, actors or {})
        following = (*words.texts[1:], "")
        for index, word in enumerate(words.texts):
            terms, second = self._beginning.get(word) or self._beginning_with(word)
            if actors and index in actors:
                terms += tuple(self._exact.get(_ACTOR, ()))
            elif not terms or (second and not second.fits(following[index])):
                continue
            for term in terms:
                end = index + 1 if term.is_word else matcher.match(term.steps, index)
                if end is None:
                    continue
                if term.hides:
                    hidden.setdefault(term.label, set()).update(range(index, end))
                else:
                    found.append(Found(term.label, index, end))
        if not hidden:
            return found
        return [one for one in found if hidden.get(one.label, _NOWHERE).isdisjoint(range(one.start, one.end))]

    def _add(self, term: _Term) -> None:
        first = term.steps[0].places[0]
        for index, parts in ((self._exact, first.exact), (self._stems, first.stems), (self._endings, first.endings)):
            for part in sorted(parts):
                index.setdefault(part, []).append(term)

    def _beginning_with(self, word: str) -> tuple[tuple[_Term, ...], _Place | None]:
        """The terms whose first word `word` can be, and what the word after it has to fit for any; kept at hand."""
        listed = list(self._exact.get(word, ()))
        for length in self._lengths:
            listed += self._stems.get(word[:length], ())
            listed += self._endings.get(word[-length:], ())
        terms = tuple(dict.fromkeys(listed))
        if len(self._beginning) >= _KNOWN_WORDS:
            self._beginning.clear()
        self._beginning[word] = terms, _any_of([term.second for term in terms])
        return self._beginning[word]


class _Matcher:
    """Matches the steps of a term from one word on, looking at no far word twice for the same step."""

    def __init__(self, texts: tuple[str, ...], actors: Mapping[int, int]) -> None:
        self._texts = texts
        self._actors = actors
        self._next: dict[_Places, tuple[int, int, int | None]] = {}

    def match(self, steps: tuple[_Step, ...], index: int) -> int | None:
        """The word after the last step, when all steps stand from word `index` on."""
        end = self._at(steps[0].places, index)
        for step in steps[1:]:
            if end is None:
                return None
            if step.gap == _REST_OF_SENTENCE:
                end = self._anywhere_after(step.places, end)
            else:
                near = range(end, min(end + step.gap + 1, len(self._texts)))
                end = next((stop for place in near if (stop := self._at(step.places, place)) is not None), None)
        return end

    def _anywhere_after(self, places: _Places, start: int) -> int | None:
        """Where the first such words from `start` on end, from what an earlier call saw if that began no later."""
        asked, begins, end = self._next.get(places, (0, -1, None))
        if asked <= start <= begins:
            return end
        for place in range(start, len(self._texts)):
            end = self._at(places, place)
            if end is not None:
                self._next[places] = (start, place, end)
                return end
        self._next[places] = (start, len(self._texts), None)
        return None

    def _at(self, places: _Places, index: int) -> int | None:
        for place in places:
            if place is _ANY_ACTOR:
                end = self._actors.get(index)
                if end is None:
                    return None
                index = end
            elif index < len(self._texts) and place.fits(self._texts[index]):
                index += 1
            else:
                return None
        return index
