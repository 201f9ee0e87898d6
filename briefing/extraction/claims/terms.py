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
_WILD = frozenset((_ACTOR, _ANY_WORD))
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

    @property
    def is_exact(self) -> bool:
        """Whether no other word fits than those that are listed."""
        return not self.stems and not self.endings and self.exact.isdisjoint(_WILD)

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
        second = places[1] if is_plain and len(places) > 1 and _ANY_WORD not in places[1].exact else None
        return cls(label, hides, steps, is_plain and len(places) == len(steps) == 1, second)


class Found(NamedTuple):
    """One place where a term of `label` was found: words `start` to `end`, end exclusive."""

    label: str
    start: int
    end: int


_new = tuple.__new__


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


class _TermIndex:
    """Terms by what fits one of their places."""

    def __init__(self) -> None:
        self._exact: dict[str, list[_Term]] = {}
        self._stems: dict[str, list[_Term]] = {}
        self._endings: dict[str, list[_Term]] = {}
        self._lengths: set[int] = set()
        """Of stems and endings, in characters."""

    def add(self, term: _Term, place: _Place) -> None:
        """Take in `term`, in which what fits `place` stands."""
        for index, parts in ((self._exact, place.exact), (self._stems, place.stems), (self._endings, place.endings)):
            for part in sorted(parts):
                index.setdefault(part, []).append(term)
        self._lengths.update(map(len, (*place.stems, *place.endings)))

    def with_actor(self) -> tuple[_Term, ...]:
        """The terms in which the actor stands there."""
        return tuple(self._exact.get(_ACTOR, ()))

    def fitting(self, word: str) -> tuple[_Term, ...]:
        """The terms whose place `word` fits, in an order of their own, each once."""
        listed = list(self._exact.get(word, ()))
        for length in sorted(self._lengths):
            listed += self._stems.get(word[:length], ())
            listed += self._endings.get(word[-length:], ())
        return tuple(dict.fromkeys(listed))


class _Begun(NamedTuple):
    """The terms that a word can begin."""

    terms: tuple[_Term, ...]
    """All of them."""
    loose: tuple[_Term, ...]
    """Those of which nothing is known of the word right after it."""
    bound: frozenset[_Term]
    """The others."""


class _Begins(dict[str, _Begun | None]):
    """What each word can begin, None for nothing; kept at hand once it was asked for."""

    def __init__(self, firsts: _TermIndex) -> None:
        super().__init__()
        self._firsts = firsts

    def __missing__(self, word: str) -> _Begun | None:
        if len(self) >= _KNOWN_WORDS:
            self.clear()
        terms = self._firsts.fitting(word)
        loose = tuple(term for term in terms if term.second is None)
        self[word] = _Begun(terms, loose, frozenset(terms).difference(loose)) if terms else None
        return self[word]


class _Follows(dict[str, frozenset[_Term]]):
    """The terms in which each word can stand right after the first one, kept at hand once it was asked for."""

    def __init__(self, seconds: _TermIndex) -> None:
        super().__init__()
        self._seconds = seconds

    def __missing__(self, word: str) -> frozenset[_Term]:
        if len(self) >= _KNOWN_WORDS:
            self.clear()
        self[word] = frozenset(self._seconds.fitting(word))
        return self[word]


class TermFinder:
    """Finds the terms of many labels in one pass over the words of a sentence."""

    def __init__(self, terms: Mapping[str, Iterable[str]], unless: Mapping[str, Iterable[str]] | None = None) -> None:
        """Prepare `terms` by label. What `unless` lists for the same label hides any term it overlaps.

        Raises `ValueError` for a term that is not one.
        """
        firsts, seconds = _TermIndex(), _TermIndex()
        for hides, listed in ((False, terms), (True, unless or {})):
            for label, group in listed.items():
                for text in group:
                    term = _Term.of(label, hides, parse_term(text))
                    firsts.add(term, term.steps[0].places[0])
                    if term.second:
                        seconds.add(term, term.second)
        self._begins, self._follows = _Begins(firsts), _Follows(seconds)
        self._with_actor = firsts.with_actor()

    def find(self, words: Words, actors: Mapping[int, int] | None = None) -> list[Found]:
        """Every place where a term stands, in order.

        `actors` maps the first word of every name of the actor in the sentence to the word after its last. The time
        taken grows with the number of words, whatever they are.
        """
        actors = actors or {}
        begins = list(map(self._begins.__getitem__, words.texts))
        if not actors and not any(begins):
            return []
        found: list[Found] = []
        hidden: dict[str, set[int]] = {}
        match = _Matcher(words.texts, actors).match
        follows = self._follows
        following = (*words.texts[1:], "")
        for index, begun in enumerate(begins):
            if index in actors:
                terms: Sequence[_Term] = (begun.terms if begun else ()) + self._with_actor
            elif begun is None:
                continue
            elif begun.bound and not begun.bound.isdisjoint(after := follows[following[index]]):
                terms = [term for term in begun.terms if term.second is None or term in after]
            else:
                terms = begun.loose
            for term in terms:
                end = index + 1 if term.is_word else match(term.steps, index)
                if end is None:
                    continue
                if term.hides:
                    hidden.setdefault(term.label, set()).update(range(index, end))
                else:
                    # As `Found(…)` does, in half the time: every other word is found to be a cue.
                    found.append(_new(Found, (term.label, index, end)))
        if not hidden:
            return found
        return [one for one in found if hidden.get(one.label, _NOWHERE).isdisjoint(range(one.start, one.end))]


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
                end = self._near(step.places, end, end + step.gap + 1)
        return end

    def _near(self, places: _Places, start: int, stop: int) -> int | None:
        """Where such words end that begin with one of the words `start` to `stop`, the first of them."""
        if places[0].is_exact and places[0].exact.isdisjoint(self._texts[start:stop]):
            return None
        for place in range(start, min(stop, len(self._texts))):
            end = self._at(places, place)
            if end is not None:
                return end
        return None

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
