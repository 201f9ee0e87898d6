"""Regular expressions of officers: only such as cannot take long, whatever text they are held against.

Python's `re` tries again from every place where a repeat could have ended. That is quick as long as few repeats can end
in many places. So a repeat within a repeat, and what looks back or aside, is refused; at most two repeats may be open;
and the more of them there are, the shorter are the stretches of text that are looked at as one. What repeats a fixed
number of times costs that number, and what it costs is limited too: within a stretch nothing can stop a search.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefing.analysis.query_error import QueryError

LONGEST = 200
"""Characters of a pattern."""
_MOST_OPEN = 2
"""Repeats of one pattern that are open: that can end in more than `_MANY` places."""
_MANY = 20
_MOST_WAYS = (200, 10, 4)
"""What alternatives, options and smaller repeats may multiply to, by the number of open repeats."""
_STRETCH = (4_000, 2_000, 400)
"""Characters that are looked at as one, by the number of open repeats: each more multiplies the work by the length.
A stretch of the worst text, "aaaa…" for `a*a*b`, takes some tenths of a second. Stretches overlap by half, so that what
is no longer than that is found wherever it stands."""
_MOST_ADDED = (10_000, 100, 20)
"""By how many signs a pattern may grow when its counted repeats are written out, those within each other
multiplied, times the ways it leaves; by the number of open repeats. All of that may be tried at every place where an
open repeat can end, and nothing can stop a search within a stretch: at these limits the worst takes a second or two."""
_COUNT = re.compile(r"\{([0-9]*)(,?)([0-9]*)\}")


@dataclass(slots=True)
class _Group:
    """What a bracket holds so far; or one sign."""

    repeats: bool = False
    """Whether something in it can end in more than one place."""
    signs: int = 0
    """With its counted repeats written out."""
    shortest: int = 0
    """Characters it takes at least. Where it holds a choice it may be fewer: that is refused anyway."""


def check_pattern(pattern: str, place: int = 0) -> None:
    """Raises `QueryError` for a pattern that is none, or that could take long; `place` is where it begins."""
    if len(pattern) > LONGEST:
        raise QueryError(place + LONGEST, f"the pattern is longer than {LONGEST} characters", "make it shorter")
    try:
        _compiled(pattern)
    except re.error as error:
        fault = f"the pattern is none: {error.msg}"
        raise QueryError(place + (error.pos or 0), fault, r"write \ before a sign that is meant as itself") from error
    except (OverflowError, RecursionError) as error:
        raise QueryError(place, "the pattern asks for too many repeats", "make it simpler") from error
    _Reader(pattern, place).read()


def matches(pattern: str, text: str, going: Callable[[], bool] = lambda: True) -> Iterator[tuple[int, int]]:
    """Where `pattern` stands in `text`: first character and one past the last. What is empty is passed over.

    Between stretches of the text it is asked whether this is still `going` on.
    """
    compiled = _compiled(pattern)
    stretch = _STRETCH[_open_repeats(pattern)]
    free = 0
    for start in range(0, max(1, len(text) - stretch // 2), stretch // 2):
        if not going():
            return
        for match in compiled.finditer(text, max(start, free), start + stretch):
            if match.end() > match.start():
                yield match.span()
                free = match.end()


@lru_cache(maxsize=8)
def _compiled(pattern: str) -> re.Pattern[str]:
    with warnings.catch_warnings():
        # What may once mean something else is said to nobody who could change the pattern.
        warnings.simplefilter("ignore")
        return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=8)
def _open_repeats(pattern: str) -> int:
    return _Reader(pattern, 0).read()


class _Reader:
    """Counts in how many ways a pattern can be tried."""

    def __init__(self, pattern: str, place: int) -> None:
        self._pattern = pattern
        self._place = place
        self._at = 0
        self._open = 0
        self._ways = 1
        self._written = 0
        """Signs read so far, each once."""
        self._groups = [_Group()]

    def read(self) -> int:
        """The number of open repeats. Raises `QueryError` for too many, or for what cannot be told."""
        last = _Group()
        """The bracket that has just been closed, or the sign passed over."""
        while self._at < len(self._pattern):
            sign = self._pattern[self._at]
            if sign in "*+?" or (sign == "{" and _COUNT.match(self._pattern, self._at)):
                self._repeat(last)
                continue
            if sign == "(":
                self._begin_group()
            elif sign == ")":
                last = self._end_group()
            elif sign == "|":
                self._multiply(2)
                self._groups[-1].repeats = True
            else:
                last = self._one_sign(sign)
            self._pass_over(sign)
        if (self._groups[0].signs - self._written) * self._ways > _MOST_ADDED[self._open]:
            self._refuse("repeats too often", "write smaller numbers")
        return self._open

    def _one_sign(self, sign: str) -> _Group:
        at_a_place = sign in "^$" or (sign == "\\" and self._pattern[self._at + 1] in "AbBZ")
        self._written += 1
        one = _Group(signs=1, shortest=0 if at_a_place else 1)
        self._add(one)
        return one

    def _add(self, part: _Group, least: int = 1, most: int = 1) -> None:
        """Add to the bracket that is open what `part` comes to, `least` to `most` times."""
        self._groups[-1].signs += part.signs * most
        self._groups[-1].shortest += part.shortest * least

    def _begin_group(self) -> None:
        if self._pattern.startswith("(?", self._at) and not self._pattern.startswith("(?:", self._at):
            self._refuse("looks aside, or has settings of its own", "write only plain brackets, or (?: … )")
        self._at += 2 * self._pattern.startswith("(?:", self._at)
        self._groups.append(_Group())

    def _end_group(self) -> _Group:
        group = self._groups.pop()
        self._groups[-1].repeats |= group.repeats
        self._add(group)
        return group

    def _repeat(self, part: _Group) -> None:
        """Take in a repeat of `part`, which has been added once."""
        least, most, end = self._bounds()
        if most is None or most > 1:
            if part.repeats:
                self._refuse("repeats a repeat or a choice", "take one of the two out")
            if not part.shortest:
                self._refuse("repeats what may be nothing", "take the repeat out")
        # An open repeat goes on no longer than the stretch, however much it allows.
        open_ended = most is None or most - least > _MANY
        written_out = least if most is None or open_ended else most
        self._add(part, least - 1, max(written_out, 1) - 1)
        if open_ended:
            self._open += 1
            self._groups[-1].repeats = True
            if self._open > _MOST_OPEN:
                self._refuse(f"has more than {_MOST_OPEN} open repeats", "write {0,9} for *, or {1,9} for +")
            self._weigh()
        elif most is not None and most > least:
            self._multiply(most - least + 1)
            self._groups[-1].repeats = True
        # A second sign says only whether the shorter or the longer is tried first.
        self._at = end + (self._pattern[end : end + 1] in ("?", "+"))

    def _bounds(self) -> tuple[int, int | None, int]:
        """How often at least and at most, None for without end, and where that has been said."""
        sign = self._pattern[self._at]
        count = _COUNT.match(self._pattern, self._at)
        if sign != "{" or count is None:
            return (1 if sign == "+" else 0), (1 if sign == "?" else None), self._at + 1
        least, comma, most = count.groups()
        return int(least or 0), int(most) if most else None if comma else int(least or 0), count.end()

    def _multiply(self, ways: int) -> None:
        self._ways *= ways
        self._weigh()

    def _weigh(self) -> None:
        if self._ways > _MOST_WAYS[self._open]:
            self._refuse("leaves too many choices", "ask for less at once")

    def _pass_over(self, sign: str) -> None:
        """Go on behind one character, escape or set."""
        if sign == "\\":
            if self._pattern[self._at + 1 : self._at + 2] in tuple("123456789"):
                self._refuse("looks back", "write out what is meant")
            self._at += 2
        elif sign == "[":
            self._at += 1 + self._pattern.startswith("^", self._at + 1)
            self._at += self._pattern.startswith("]", self._at)
            while self._pattern[self._at] != "]":
                self._at += 1 + (self._pattern[self._at] == "\\")
            self._at += 1
        else:
            self._at += 1

    def _refuse(self, fault: str, remedy: str) -> None:
        raise QueryError(self._place + self._at, f"the pattern {fault}, which could take long", remedy)
