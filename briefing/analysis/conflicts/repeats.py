"""Which pairs only say again what another pair says, because documents of one origin repeat one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefing.analysis.judgements import Judgements
from briefing.model import Conflict, ConflictKind, Document, Origin, Side, documents_by_id

_WORD = re.compile(r"\w+")
_ALIKE = 0.5
"""The part of the words of the shorter sentence that also stand in one that repeats it, at the least."""


def told_once(
    conflicts: Iterable[Conflict], documents: Sequence[Document], origins: Sequence[Origin], held: Judgements
) -> tuple[Conflict, ...]:
    """Those of `conflicts` that are no repeats of another, in their order.

    Of several that say the same, one of which both sentences count stands for all, and of those one that is settled.
    """
    numbers = {id: number for number, origin in enumerate(origins) for id in origin.documents}
    by_id = documents_by_id(documents)
    told: dict[tuple[ConflictKind, str], list[_Told]] = {}
    place: dict[str, int] = {}
    for number, conflict in enumerate(conflicts):
        place[conflict.id] = number
        sides = tuple(_Said.of(side, numbers, by_id, held) for side in (conflict.one, conflict.other))
        one = _Told(conflict, sides)
        those = told.setdefault((conflict.kind, conflict.subject), [])
        index = next((index for index, other in enumerate(those) if one.repeats(other)), None)
        if index is None:
            those.append(one)
        elif one.rank < those[index].rank:
            those[index] = one
    kept = [one.conflict for those in told.values() for one in those]
    return tuple(sorted(kept, key=lambda conflict: place[conflict.id]))


@dataclass(frozen=True, slots=True)
class _Said:
    """One side of a pair, as it is held against sides of others."""

    origin: int
    words: str
    """Those that disagree."""
    sentence: frozenset[str]
    struck: bool

    @classmethod
    def of(cls, side: Side, numbers: dict[str, int], by_id: Mapping[str, Document], held: Judgements) -> _Said:
        text = by_id[side.document].text
        sentence = side.span.slice(text)
        return cls(
            numbers[side.document],
            side.words.slice(text),
            frozenset(_WORD.findall(sentence.casefold())),
            held.strike_on(side.document, sentence) is not None,
        )

    def repeats(self, other: _Said) -> bool:
        shorter = min(len(self.sentence), len(other.sentence))
        shared = len(self.sentence & other.sentence)
        return (self.origin, self.words) == (other.origin, other.words) and shared >= _ALIKE * shorter


@dataclass(frozen=True, slots=True)
class _Told:
    conflict: Conflict
    sides: tuple[_Said, ...]

    @property
    def rank(self) -> tuple[bool, bool]:
        """The lower, the better it stands for what repeats it."""
        return any(side.struck for side in self.sides), self.conflict.settled is None

    def repeats(self, other: _Told) -> bool:
        """Whether both are of the same words from the same origins."""
        orders = (other.sides, other.sides[::-1])
        return any(all(map(_Said.repeats, self.sides, sides)) for sides in orders)
