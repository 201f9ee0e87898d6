"""Sentences as they are held against one another: what they speak of, what is done, and how firmly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from briefing.analysis.conflicts.wording import deed_of, deed_of_two, listed, says_something, stem_of, told_by
from briefing.extraction.entities.tokens import Token, cut
from briefing.model import Block, BlockKind, Claim, Document, EntityType, Mention, Span, Stage

_LONGEST = 1500
"""Characters: what is longer is no sentence that could be read against another."""
_REACH = 14
"""Words to either side of a deed or number that tell what it is about."""
_BACK = 6
"""Words before a deed that tell how firm it is."""
_NEXT = 6
"""Words to either side of a deed in which it is said what is done, and by whom."""
_BREAKS = frozenset(";:()[]—–")
_STOPS = frozenset(";:()[]—–,.!?")
_AUXILIARY = frozenset(("has", "have", "had", "was", "were", "been"))
_BEFORE_VERB = _AUXILIARY | {"will", "shall", "may", "might", "could", "would", "must", "be"}
_BE = frozenset(("is", "are", "am", "be"))
_BETWEEN = frozenset(
    ("not", "never", "also", "already", "now", "since", "recently", "just", "been", "long", "even", "so")
)


class Deed(NamedTuple):
    """One doing word, and how firmly it is said to be done."""

    family: str
    """Words for the same deed are of one family: "send" for "deployment"."""
    at: int
    """Index of its token."""
    first: int
    """Index of the first token that tells how firm it is: of "will" in "will be sent"."""
    stage: Stage
    """DONE, PLANNED, POSSIBLE, DENIED; UNCLEAR for the present tense and for nouns."""


class Named(NamedTuple):
    """An entity or a date named in a statement, by its tokens."""

    first: int
    stop: int
    mention: Mention


@dataclass(frozen=True, eq=False)
class Statement:
    """One sentence of a document's body, or a heading."""

    document: Document
    block: Block
    span: Span
    offset: int
    """The first character in its block's shown text."""
    text: str
    """As shown."""
    tokens: Sequence[Token]
    named: Sequence[Named]
    claims: tuple[Claim, ...]

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading, and no prose."""
        return self.block.kind is BlockKind.HEADING

    @property
    def place(self) -> tuple[str, Span]:
        """By what statements are put in order, however their documents are."""
        return self.document.id, self.span

    @cached_property
    def folds(self) -> list[str]:
        """Its words, numbers and signs as they are compared."""
        return [token.fold for token in self.tokens]

    @cached_property
    def wording(self) -> str:
        """What it says, letter case and spacing left out: the same in a copy."""
        return " ".join(self.folds)

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """Every doing word, in order."""
        return tuple(self._deeds())

    @cached_property
    def parties(self) -> tuple[frozenset[str], ...]:
        """The words of the name of each that it names."""
        return tuple(frozenset(one.mention.canonical.split()) for one in self.named)

    @cached_property
    def inside(self) -> frozenset[int]:
        """The tokens of the names in it."""
        return frozenset(index for one in self.named for index in range(one.first, one.stop))

    @cached_property
    def items(self) -> Sequence[str | None]:
        """What each token says the statement is about: "@Kenya", "=send", "officer"; None where it says nothing."""
        items = list(map(told_by, self.folds))
        for deed in self.deeds:
            items[deed.at] = f"={deed.family}"
        for one in self.named:
            items[one.first : one.stop] = [None] * (one.stop - one.first)
            if one.mention.type is not EntityType.DATE and not self.only_says(one):
                items[one.first] = f"@{one.mention.canonical}"
        return items

    def only_says(self, named: Named) -> bool:
        """Whether the one named is who says it, and no part of what is said."""
        words = listed("speech")
        before, after = self.folds[max(0, named.first - 2) : named.first], self.folds[named.stop : named.stop + 2]
        if words.has_any(after) or before == ["according", "to"]:
            return True
        return bool(before) and before[-1] in words and (not after or not after[0][0].isalnum())

    def around(self, first: int, stop: int) -> tuple[int, int]:
        """The tokens about the same thing as tokens `first` to `stop`: those near by, up to a colon or the like."""
        after = bisect_left(self._breaks, stop)
        before = bisect_left(self._breaks, first)
        start = self._breaks[before - 1] + 1 if before else 0
        end = self._breaks[after] if after < len(self._breaks) else len(self.tokens)
        return max(start, first - _REACH), min(end, stop + _REACH)

    @cached_property
    def _breaks(self) -> list[int]:
        return [index for index, token in enumerate(self.tokens) if token.text in _BREAKS]

    def about(self, first: int, stop: int) -> frozenset[str]:
        """What tokens `first` to `stop` are about."""
        return frozenset(filter(None, self.items[first:stop]))

    @cached_property
    def subjects(self) -> frozenset[str]:
        """What all of it is about."""
        return self.about(0, len(self.tokens))

    def next_to(self, at: int) -> frozenset[str]:
        """What the words nearest to token `at` are about: what is done, or who does it."""
        start, stop = self.around(at, at + 1)
        before = [item for item in reversed(self.items[max(start, at - _NEXT) : at]) if item]
        after = [item for item in self.items[at + 1 : min(stop, at + 1 + _NEXT)] if item]
        return frozenset(before[:2] + after[:2])

    def has(self, key: str, first: int = 0, stop: int | None = None) -> bool:
        """Whether one of the tokens from `first` to `stop` is in the list `key`."""
        return listed(key).has_any(self.folds[first:stop])

    def source(self, first: int, stop: int) -> Span:
        """The span of the document that tokens `first` to `stop`, end exclusive, stand for."""
        start, end = self.tokens[first].start, self.tokens[stop - 1].end
        span = self.block.shown.source_of(self.offset + start, self.offset + end)
        return Span(max(span.start, self.span.start), min(span.end, self.span.end))

    def words(self, first: int, stop: int) -> str:
        """Tokens `first` to `stop` as shown."""
        return " ".join(self.text[self.tokens[first].start : self.tokens[stop - 1].end].split())

    def _deeds(self) -> Iterator[Deed]:
        following = [*self.folds[1:], ""]
        for index, word in enumerate(self.folds):
            if index in self.inside:
                continue
            family = deed_of_two(word, following[index]) or deed_of(word) or self._unlisted(index)
            if family is None or (family == "possess" and self._is_auxiliary(index)):
                continue
            stage, first = self._stage(index)
            yield Deed(family, index, first, stage)

    def _unlisted(self, index: int) -> str | None:
        """The stem of a verb that is in no family, known by what stands before it: "will sail"."""
        before = max(0, index - 1)
        while before > 0 and self.folds[before] in _BETWEEN:
            before -= 1
        if self.folds[before] not in _BEFORE_VERB or not self.tokens[index].text.islower():
            return None
        word = self.folds[index]
        return stem_of(word) if says_something(word) and not word.endswith("ly") else None

    def _is_auxiliary(self, index: int) -> bool:
        """Whether the "has" at `index` only serves another verb."""
        following = index + 1
        while following < len(self.tokens) and self.folds[following] in _BETWEEN:
            following += 1
        if following >= len(self.tokens):
            return True
        word = self.folds[following]
        return _is_past(word) or word in ("to", "yet") or not self.tokens[following].text[0].isalnum()

    def _stage(self, index: int) -> tuple[Stage, int]:
        """How firm the deed at `index` is, and the first token that says so."""
        start = index
        while start > max(0, index - _BACK) and self.tokens[start - 1].text not in _STOPS:
            start -= 1
        before = self.folds[start:index]
        for key, stage in (("possible", Stage.POSSIBLE), ("negation", Stage.DENIED), ("plan", Stage.PLANNED)):
            words = listed(key)
            for place in range(len(before) - 1, -1, -1) if words.has_any(before) else ():
                if before[place] in words and not self._idle(before, place):
                    return stage, start + place
        if _is_past(self.folds[index]) and (not before or before[-1] not in _BE):
            first = next((start + place for place, word in enumerate(before) if word in _AUXILIARY), index)
            return Stage.DONE, first
        return Stage.UNCLEAR, index

    def _idle(self, before: Sequence[str], place: int) -> bool:
        """Whether a word that could say how firm the deed is does not: "to" as in "close to", "not" in "not only"."""
        word = before[place]
        following = before[place + 1] if place + 1 < len(before) else ""
        if word == "to":
            last = place == len(before) - 1 or following == "be"
            return not last or not (self.is_heading or (place > 0 and before[place - 1] in _BE))
        if word == "set":
            return following != "to"
        return word in ("not", "no") and following in ("only", "just", "merely", "doubt", "longer")


def _is_past(word: str) -> bool:
    return word in listed("past") or (word.endswith("ed") and len(word) > 4)


def read_statements(
    documents: Sequence[Document], claims: Iterable[Claim], mentions: Iterable[Mention]
) -> list[Statement]:
    """Every sentence of `documents` that counts, headings too, in order of document id and place.

    Captions, copies and what the page left behind are passed over, and so is a document whose text another has too. Of
    a sentence that a document says more than once, the first is taken.
    """
    named: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        named[mention.document].append(mention)
    claimed: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        claimed[claim.document].append(claim)
    statements: list[Statement] = []
    seen: set[str] = set()
    for document in sorted(documents, key=lambda document: document.id):
        if document.text not in seen:
            seen.add(document.text)
            there = sorted(named[document.id], key=lambda mention: mention.span)
            statements += _statements_of(document, sorted(claimed[document.id], key=lambda claim: claim.span), there)
    return statements


def _statements_of(document: Document, claims: Sequence[Claim], mentions: Sequence[Mention]) -> Iterator[Statement]:
    said: set[str] = set()
    for block in document.blocks:
        if not block.counts:
            continue
        for span in block.sentences:
            shown = block.shown.shown_of(span)
            if shown is None or shown[1] - shown[0] > _LONGEST:
                continue
            text = block.shown.text[shown[0] : shown[1]]
            tokens = cut(text)
            is_picture = document.text.startswith("![", span.start)
            if tokens and not is_picture and not text.rstrip("\"'”’)* ").endswith("?"):
                named = tuple(_named(block, shown[0], tokens, _within(mentions, span)))
                own = tuple(claims[slice(*_range(claims, span))])
                statement = Statement(document, block, span, shown[0], text, tokens, named, own)
                if statement.wording not in said:
                    said.add(statement.wording)
                    yield statement


def _range(found: Sequence[Claim] | Sequence[Mention], span: Span) -> tuple[int, int]:
    """First and last + 1 of those that begin within `span`."""
    first = bisect_left(found, span.start, key=lambda one: one.span.start)
    return first, bisect_left(found, span.end, lo=first, key=lambda one: one.span.start)


def _within(mentions: Sequence[Mention], span: Span) -> Sequence[Mention]:
    return mentions[slice(*_range(mentions, span))]


def _named(block: Block, offset: int, tokens: Sequence[Token], mentions: Iterable[Mention]) -> Iterator[Named]:
    for mention in mentions:
        shown = block.shown.shown_of(mention.span)
        if shown:
            first = bisect_right(tokens, shown[0] - offset, key=lambda token: token.end)
            stop = bisect_left(tokens, shown[1] - offset, key=lambda token: token.start)
            if first < stop:
                yield Named(first, stop, mention)


def spoken_of_often(statements: Sequence[Statement]) -> frozenset[str]:
    """The items that every tenth statement speaks of: that two share one of them says less."""
    counts: Counter[str] = Counter()
    for statement in statements:
        counts.update(statement.subjects)
    often = max(10, len(statements) // 10)
    return frozenset(item for item, count in counts.items() if count > often)
