"""The clauses of a sentence: stretches of words that each have a verb of their own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from briefing.extraction.claims.cues import Cues
from briefing.extraction.claims.sentences import Sentence

_VERBS = (
    "finite",
    "reporting",
    "announced",
    "planned",
    "future",
    "to_come",
    "proposed",
    "possible",
    "under_way",
    "done",
    "denied",
)
_SIGN = re.compile(r"[;:—–,()]|\s-\s")
"""What stands between clauses."""
_SOFT = (",", "(", ")")
"""Signs that also part what is no clause."""


def clause_starts(sentence: Sentence, cues: Cues) -> tuple[int, ...]:
    """The first word of every clause, in order; the first is 0.

    A comma or a word such as "but" parts two clauses where there is a verb on both sides of it; before "which" there
    need be none.
    """
    openers = {one.start for one in cues.get("clause_openers", ())}
    openers |= {one.end for one in cues.get("reporting", ())}
    openers -= _what_is_denied(sentence, cues)
    verbs = sorted({one.start for name in _VERBS for one in cues.get(name, ())})
    relative = {one.start for one in cues.get("subordinate", ())}
    starts, has_verb = [0], False
    places = list(_possible_starts(sentence, openers))
    for index, (place, is_hard) in enumerate(places):
        has_verb = has_verb or _any_between(verbs, places[index - 1][0] if index else 0, place)
        end = places[index + 1][0] if index + 1 < len(places) else len(sentence.words)
        if is_hard or ((has_verb or place in relative) and _any_between(verbs, place, end)):
            starts.append(place)
            has_verb = False
    return tuple(starts)


def clause_at(starts: Sequence[int], word: int) -> int:
    """The number of the clause, counted from 0, that `word` lies in."""
    return max(0, bisect_right(starts, word) - 1)


def _what_is_denied(sentence: Sentence, cues: Cues) -> set[int]:
    """The words with which begins what a word of denial holds for: "denied that", "rejected reports that"."""
    texts = sentence.words.texts
    begins = set()
    for one in cues.get("denied", ()):
        begins.add(one.end)
        begins.update(index for index in range(one.end + 1, min(one.end + 3, len(texts))) if texts[index] == "that")
    return begins


def _possible_starts(sentence: Sentence, openers: set[int]) -> Sequence[tuple[int, bool]]:
    """Words with which a clause may begin, and whether a sign before them leaves no doubt that one does."""
    words = sentence.words
    found = dict.fromkeys(openers, False)
    for sign in _SIGN.finditer(sentence.text):
        index = bisect_right(words.starts, sign.start())
        is_hard = sign[0] not in _SOFT
        found[index] = is_hard or found.get(index, False)
    return sorted((index, is_hard) for index, is_hard in found.items() if 0 < index < len(words))


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    index = bisect_right(places, start - 1)
    return index < len(places) and places[index] < end
