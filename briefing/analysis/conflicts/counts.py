"""How many of what a statement speaks of: "two major exercises", "$45 million", "30 percent"."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.analysis.conflicts.statements import Statement
from briefing.analysis.conflicts.wording import counted_as, currencies, deed_of, listed
from briefing.extraction.entities.vocabulary import is_function_word

_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = {"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "twenty": 20}
_IN_WORDS = {word: float(number) for number, word in enumerate(_SMALL, 1)} | {**_TEENS, **_TENS}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12}
_SUFFIXES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 10**9, "b": 10**9, "tn": 10**12}
_NOUN_PHRASE = 5
"""Words between a number and its noun, at most."""
_NEAR = 0.05
"""How far a round number may lie from the exact one."""
_ROUGHLY = 0.15
_LARGEST_DIGITS = 15
"""Characters: a longer row of figures counts nothing."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things in one statement."""

    statement: Statement
    key: str
    """What is counted: the stem of a noun or what it shares with its like, "%", or the sign of a currency."""
    noun: str
    """The noun as shown, in small letters; "" for money and percentages."""
    value: float
    low: float
    """The least number it may be, given "up to" or "about"."""
    high: float
    first: int
    """Index of the first token of the number."""
    stop: int
    """One past the last token of number and noun."""
    at: int
    """Index of the token of the noun, or the last one."""
    is_article: bool = False
    """Whether "one" is said by "a" or "an" alone."""

    def agrees(self, other: Count) -> bool:
        """Whether both can be true of the same things."""
        return self.low <= other.high and other.low <= self.high

    @property
    def is_measure(self) -> bool:
        """Whether it measures something, rather than counts things: money, a part in a hundred, a length of time."""
        return not self.noun or self.noun in listed("measures")

    @property
    def words(self) -> str:
        """The number in words for a reason: "two exercises", "$45 million"."""
        if self.is_measure:
            return self.statement.words(self.first, self.stop)
        if self.value.is_integer() and 1 <= self.value <= 12:
            number = _SMALL[int(self.value) - 1]
        else:
            number = f"{self.value:,.10g}"
        return f"{number} {self.noun}"


def counts_in(statement: Statement) -> Iterator[Count]:
    """Every number of things in `statement`, dates and names left out."""
    folds = statement.folds
    inside = statement.inside
    index = 0
    while index < len(folds):
        number = None if index in inside else _number(folds, index)
        if number is None:
            index += 1
            continue
        value, stop = number
        count = _counted(statement, folds, value, index, stop)
        if count:
            yield count
        index = stop


def _number(folds: Sequence[str], index: int) -> tuple[float, int] | None:
    """The number that begins at `index`, and one past its last token."""
    word = folds[index]
    if word in ("a", "an"):
        return _after_article(folds, index)
    value = _plain(word)
    stop = index + 1
    if value is None:
        return None
    ones = folds[stop + 1] if word in _TENS and stop + 1 < len(folds) and folds[stop] == "-" else ""
    if ones in _SMALL[:9]:
        value += _SMALL.index(ones) + 1
        stop += 2
    while stop < len(folds) and folds[stop] in _SCALES:
        value *= _SCALES[folds[stop]]
        stop += 1
    if stop < len(folds) and folds[stop] == "dozen":
        value, stop = value * 12, stop + 1
    return value, stop


def _after_article(folds: Sequence[str], index: int) -> tuple[float, int]:
    following = folds[index + 1] if index + 1 < len(folds) else ""
    if following in _SCALES:
        return float(_SCALES[following]), index + 2
    if following == "dozen":
        return 12.0, index + 2
    if folds[index + 1 : index + 3] in (["couple", "of"], ["pair", "of"]):
        return 2.0, index + 3
    return 1.0, index + 1


def _plain(word: str) -> float | None:
    if word[0].isalpha():
        return _IN_WORDS.get(word)
    digits = word.rstrip("kmbnt")
    scale = _SUFFIXES.get(word[len(digits) :], None if len(digits) < len(word) else 1)
    figures = digits.replace(",", "")
    if scale is None or not figures or len(figures) > _LARGEST_DIGITS or not figures.replace(".", "", 1).isdecimal():
        return None
    grouped = digits.split(".")[0].split(",")[1:]
    if not figures.isascii() or any(len(part) != 3 for part in grouped):
        return None
    return float(figures) * scale


def _counted(statement: Statement, folds: Sequence[str], value: float, first: int, stop: int) -> Count | None:
    before = folds[first - 1] if first else ""
    following = folds[stop] if stop < len(folds) else ""
    if following in ("-", "/", "+", "of") or before in ("-", "/", "+", ".", "#") or _is_label(statement, first):
        return None
    low, high = _bounds(folds, value, first)
    is_article = folds[first] in ("a", "an") and stop == first + 1
    sign = currencies().name(before)
    if sign and not before.isalpha():
        return Count(statement, sign, "", value, low, high, first - 1, stop, stop - 1)
    if following in ("%", "percent") or folds[stop : stop + 2] == ["per", "cent"]:
        end = stop + (2 if following == "per" else 1)
        return Count(statement, "%", "", value, low, high, first, end, end - 1)
    sign = currencies().name(following)
    if sign and not is_article:
        return Count(statement, sign, "", value, low, high, first, stop + 1, stop)
    if 1400 <= value < 2100 and folds[first].isdecimal() and stop == first + 1:
        return None
    return _of_things(statement, folds, (value, low, high), first, stop, is_article)


def _of_things(
    statement: Statement,
    folds: Sequence[str],
    range_: tuple[float, float, float],
    first: int,
    stop: int,
    is_article: bool,
) -> Count | None:
    value, low, high = range_
    at = _noun(statement, folds, stop, plural=value > 1)
    if at is None or "each" in folds[max(0, first - 1) : at + 3] or _is_known(folds, first, at):
        return None
    noun = folds[at]
    return Count(statement, counted_as(noun), noun, value, low, high, first, at + 1, at, is_article)


def _noun(statement: Statement, folds: Sequence[str], start: int, plural: bool) -> int | None:
    """The token of what is counted: the first plural from `start` on, or the last word of the phrase."""
    last = None
    for index in range(start, min(len(folds), start + _NOUN_PHRASE)):
        word = folds[index]
        if not word[0].isalpha() or is_function_word(word):
            break
        if _is_plural(word):
            follows = folds[index + 1] if index + 1 < len(folds) else ""
            if plural:
                is_sort = word in listed("plurals") and follows.endswith("s") and _is_plural(follows)
                return index + 1 if is_sort else index
            return None
        if last is not None and not plural and (word.endswith(("ed", "ing")) or deed_of(word)):
            break
        last = index
    return None if plural or last is None or any(one.first <= last < one.stop for one in statement.named) else last


def _is_plural(word: str) -> bool:
    return word in listed("plurals") or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")))


def _is_known(folds: Sequence[str], first: int, at: int) -> bool:
    """Whether it is one of those that the text speaks of anyway: "the two sides", "a third boat"."""
    before = folds[max(0, first - 2) : first]
    definite = bool({"the", "these", "those", "both", "all", "other", "its", "their"} & set(before[-1:]))
    more = any(word in listed("more") for word in (*before, *folds[first + 1 : at]))
    return more or (definite and folds[at] in listed("partners"))


def _is_label(statement: Statement, first: int) -> bool:
    """Whether figures belong to the word before them: "Article 9", "Room 101"."""
    token = statement.tokens[first]
    before = statement.tokens[first - 1] if first else None
    return bool(before and token.text[0].isdigit() and before.capital and not before.opens and first > 1)


def _bounds(folds: Sequence[str], value: float, first: int) -> tuple[float, float]:
    """The least and the most that a number may mean, given what stands before it."""
    near = folds[max(0, first - 3) : first]
    if any(word in listed("least", "bounds") for word in near):
        return value, value * 1.5
    if near[-2:] == ["up", "to"] or any(word in listed("most", "bounds") for word in near):
        return 0.0, value
    if any(word in listed("about", "bounds") for word in near[-2:]):
        return value * (1 - _ROUGHLY), value * (1 + _ROUGHLY)
    is_round = value >= 100 and math.isclose(value % (10 ** (len(str(int(value))) - 2)), 0)
    return (value * (1 - _NEAR), value * (1 + _NEAR)) if is_round else (value, value)
