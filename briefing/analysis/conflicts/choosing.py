"""Which of the disagreements found are shown, in which order, and what each is called."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from briefing.analysis.conflicts.pairs import Found
from briefing.analysis.conflicts.statements import Statement
from briefing.model import Conflict, ConflictKind, Document, EntityType, Scenario, Side, Span

_ORDER = (
    ConflictKind.STATUS,
    ConflictKind.NUMBER,
    ConflictKind.POLARITY,
    ConflictKind.FIRST,
    ConflictKind.HEADLINE,
    ConflictKind.DATE,
)
_PLAIN = (EntityType.PLACE, EntityType.DEMONYM)
_SAME_SUBJECT = 2
"""Of many conflicts of one kind about the same thing, so many are shown."""
_SAME_SENTENCE = 2
"""And so many that have a sentence in common."""


def chosen_conflicts(
    found: Iterable[Found], documents: Sequence[Document], scenario: Scenario | None
) -> tuple[Conflict, ...]:
    """The clearest of `found`, most telling first: one for each pair of sentences and kind, two for each subject."""
    writing = _Writing({document.id: number for number, document in enumerate(documents)}, _names(scenario))
    kept: list[tuple[Found, Conflict]] = []
    room = _Room()
    for _, group in groupby(sorted(found, key=_unclearness), key=_unclearness):
        # Of many found, few are shown: what there is no room for is not written out.
        alike = [(one, writing.subject(one)) for one in group]
        written = [(one, writing.conflict(one, subject)) for one, subject in alike if room.is_for(one, subject)]
        for one, conflict in sorted(written, key=lambda pair: pair[1].id):
            if room.is_for(one, conflict.subject):
                room.take(one, conflict.subject)
                kept.append((one, conflict))
    kept.sort(key=lambda pair: (_ORDER.index(pair[1].kind), -pair[0].clearness, pair[1].id))
    return tuple(conflict for _, conflict in kept)


def _unclearness(found: Found) -> float:
    return -found.clearness


class _Room:
    """What is shown already, and so what else can be."""

    def __init__(self) -> None:
        self._by_subject: Counter[tuple[ConflictKind, str]] = Counter()
        self._sentences: Counter[tuple[ConflictKind, str]] = Counter()
        self._seen: set[tuple[ConflictKind, frozenset[str]]] = set()

    def is_for(self, found: Found, subject: str) -> bool:
        """Whether what was found about a subject can still be shown."""
        kind = found.kind
        if self._by_subject[_about(found, subject)] >= _SAME_SUBJECT or (kind, _wordings(found)) in self._seen:
            return False
        return all(self._sentences[kind, wording] < _SAME_SENTENCE for wording in _wordings(found))

    def take(self, found: Found, subject: str) -> None:
        """Show it."""
        self._seen.add((found.kind, _wordings(found)))
        self._by_subject[_about(found, subject)] += 1
        self._sentences.update((found.kind, wording) for wording in _wordings(found))


def _about(found: Found, subject: str) -> tuple[ConflictKind, str]:
    return found.kind, subject + (f" {found.noun}" if not found.constraint else "")


def _wordings(found: Found) -> frozenset[str]:
    return frozenset((found.one.wording, found.other.wording))


def _names(scenario: Scenario | None) -> dict[str, str]:
    """Names of roles and constraints by kind and id."""
    if scenario is None:
        return {}
    roles = {f"role:{role.id}": role.name for role in scenario.roles}
    return roles | {f"constraint:{one.id}": one.name for one in scenario.constraints}


@dataclass(frozen=True, slots=True)
class _Writing:
    """Tells what was found as it is shown."""

    places: Mapping[str, int]
    """Of the documents, by id."""
    names: Mapping[str, str]
    """Of roles and constraints, by kind and id."""

    def subject(self, found: Found) -> str:
        """What both are about: the constraint or role, else the entity that both name, else the noun."""
        if found.constraint:
            return self.names.get(f"constraint:{found.constraint}", found.constraint)
        if found.one is found.other:
            return _named_near(found.one, found.words[0]) or found.noun
        theirs = set(_of_claims(found.other, "roles"))
        shared = [role for role in _of_claims(found.one, "roles") if role in theirs]
        if shared:
            return self.names.get(f"role:{shared[0]}", shared[0])
        others = {one.mention.canonical for one in found.other.named}
        entities = [
            one.mention
            for one in found.one.named
            if one.mention.canonical in others and one.mention.type is not EntityType.DATE
        ]
        entities.sort(key=lambda mention: (mention.type in _PLAIN, mention.canonical))
        return entities[0].canonical if entities else found.noun

    def conflict(self, found: Found, subject: str) -> Conflict:
        """What is shown of it."""
        sides = [*zip((found.one, found.other), found.words, found.reason, found.values, strict=True)]
        if found.one is not found.other:
            sides.sort(key=lambda side: (self.places[side[0].document.id], side[0].span))
        one, other = (Side(side[0].document.id, side[0].span, side[1], side[3]) for side in sides)
        quotes = sorted(side[0].document.quote(side[0].span) for side in sides)
        digest = hashlib.sha256("\0".join((found.kind, subject, *quotes)).encode("utf-8", "surrogatepass"))
        id = digest.hexdigest()[:16]
        roles = [set(_of_claims(statement, "roles")) for statement in (found.one, found.other)]
        return Conflict(
            id,
            found.kind,
            subject,
            one,
            other,
            f"{sides[0][2]} against {sides[1][2]}",
            tuple(role for role in _of_claims(found.one, "roles") if role in roles[0] & roles[1]),
            tuple(dict.fromkeys([*_of_claims(found.one, "constraints"), *_of_claims(found.other, "constraints")])),
            label=found.label,
            constraint=found.constraint,
        )


def _of_claims(statement: Statement, label: str) -> Iterator[str]:
    """Ids of the roles or constraints of all claims of a statement, each once."""
    found = [id for claim in statement.claims for id in (claim.roles if label == "roles" else claim.constraints)]
    yield from dict.fromkeys(found)


def _named_near(statement: Statement, words: Span) -> str:
    """The entity named nearest to some words of a statement, one that is no place before one that is; "" for none."""
    mentions = [one.mention for one in statement.named if one.mention.type is not EntityType.DATE]
    nearest = min(
        mentions, key=lambda one: (one.type in _PLAIN, abs(one.span.start - words.start), one.canonical), default=None
    )
    return nearest.canonical if nearest else ""
