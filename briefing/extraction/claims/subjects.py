"""Which roles and constraints a sentence speaks of, and whether it speaks of the actor at all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.extraction.claims.cues import Cues
from briefing.extraction.claims.sentences import Sentence
from briefing.extraction.claims.terms import Found, TermFinder
from briefing.extraction.claims.words import words_of
from briefing.model import BlockKind, EntityType, Mention, Scenario, Status

_PARTIES = (
    EntityType.PERSON,
    EntityType.ORG,
    EntityType.PLACE,
    EntityType.DEMONYM,
    EntityType.EVENT,
    EntityType.EQUIPMENT,
)
_SUBJECT_WORDS = 4
"""A name among so many words at the beginning, or after the first comma, is taken for the subject."""
_REMEMBERED = 8
"""Sentences for which a text goes on speaking of the actor while it names neither it nor anybody else."""
_OPENING_WORDS = 10
"""Words at the beginning of a sentence among which "this decision" points back to what was said."""
ROLE = "role:"
CONSTRAINT = "constraint:"


@dataclass(frozen=True, slots=True)
class Subject:
    """What one sentence is about."""

    terms: tuple[Found, ...]
    """The words that count, labelled "role:id" or "constraint:id"."""
    labels: tuple[str, ...]
    """Those of the terms and those carried over from sentences before, each once."""
    carried: Status | None
    """How far along that was from which roles are carried over; None when none are."""
    of_others: bool
    """Whether somebody else than the actor is its subject."""
    under_limits: bool
    """Whether it stands under a heading about what limits."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Roles that were spoken of, and how far along they were."""

    roles: tuple[str, ...]
    status: Status


_NOTHING = _Spoken((), Status.GENERAL)


class SubjectReader:
    """Reads one document sentence by sentence and says what each is about."""

    def __init__(self, scenario: Scenario) -> None:
        terms = {ROLE + role.id: role.terms for role in scenario.roles}
        terms |= {CONSTRAINT + constraint.id: constraint.terms for constraint in scenario.constraints}
        unless = {ROLE + role.id: role.unless for role in scenario.roles}
        unless |= {CONSTRAINT + constraint.id: constraint.unless for constraint in scenario.constraints}
        self._subjects = TermFinder(terms, unless)
        self._actors = TermFinder({"actor": scenario.actor_terms})
        self.start("", ())

    def start(self, title: str, mentions: Sequence[Mention]) -> None:
        """Forget what was read, and begin a document of this title with its mentions, in order of place."""
        self._parties = [mention for mention in mentions if mention.type in _PARTIES]
        self._starts = [mention.span.start for mention in self._parties]
        self._about_actor = bool(self._actors.find(words_of(title)))
        self._titled = self._about_actor
        self._named_level = 1
        self._under_limits = False
        self._since_actor = _REMEMBERED + 1
        self._in_focus = False
        self._deed = _NOTHING
        self._since_deed = 0
        self._leading = _NOTHING

    def read(self, sentence: Sentence, cues: Cues) -> Subject:
        """What `sentence`, the next of the document, is about."""
        actors = {one.start: one.end for one in self._actors.find(sentence.words)}
        terms = self._subjects.find(sentence.words, actors)
        if sentence.is_title:
            return self._read_title(sentence, cues, terms, bool(actors))
        others = not actors and "together" not in cues and self._names_others_first(sentence, cues)
        self._in_focus = bool(actors) or self._goes_on(sentence, cues, others)
        self._since_actor = 0 if actors else self._since_actor + 1
        if not self._in_focus:
            terms = []
        labels = tuple(dict.fromkeys(one.label for one in terms))
        carried = self._carried(sentence, cues, labels)
        if not carried.roles:
            return Subject(tuple(terms), labels, None, others, self._under_limits)
        pointing = () if sentence.block.kind is BlockKind.ITEM else cues.get("going_on", ())[:1]
        terms += [Found(role, one.start, one.end) for one in pointing for role in carried.roles]
        return Subject(tuple(terms), (*labels, *carried.roles), carried.status, others, self._under_limits)

    def remember(self, sentence: Sentence, subject: Subject, status: Status) -> None:
        """Keep what the sentences after `sentence` may go on from: what it says, and how far along that is."""
        if sentence.is_title:
            return
        roles = tuple(label for label in subject.labels if label.startswith(ROLE))
        self._since_deed += 1
        if roles and status is Status.ANNOUNCED:
            self._deed, self._since_deed = _Spoken(roles, status), 0
        if sentence.block.kind is not BlockKind.ITEM:
            self._leading = _Spoken(roles, status) if sentence.text.rstrip().endswith(":") else _NOTHING

    def _read_title(self, sentence: Sentence, cues: Cues, terms: Sequence[Found], actors: bool) -> Subject:
        self._leading = _NOTHING
        if sentence.block.kind is BlockKind.HEADING:
            self._under_limits = "limits" in cues
            self._enter_section(sentence.block.level, actors, bool(self._parties_in(sentence)))
        labels = tuple(dict.fromkeys(one.label for one in terms)) if actors or self._titled else ()
        return Subject(tuple(terms) if labels else (), labels, None, False, False)

    def _enter_section(self, level: int, actor: bool, others: bool) -> None:
        """Note whom a heading names: that holds for its section and, if it is the actor's title, for those after it."""
        if actor or others or level <= self._named_level:
            self._named_level = level
            self._titled = actor or (not others and self._about_actor and level > 1)
        if level == 1:
            self._about_actor = actor

    def _goes_on(self, sentence: Sentence, cues: Cues, others: bool) -> bool:
        """Whether a sentence that does not name the actor still speaks of it."""
        if others:
            return False
        near = self._titled or self._since_actor <= _REMEMBERED
        return near if "together" in cues or sentence.place == 0 else self._in_focus

    def _names_others_first(self, sentence: Sentence, cues: Cues) -> bool:
        """Whether its subject seems to be a party by name. The actor's names were looked for before."""
        words = sentence.words.starts
        objects = {one.end for one in cues.get("before_object", ())}
        heads = [0]
        comma = sentence.text.find(",", 0, 80)
        if comma >= 0:
            heads.append(bisect_left(words, comma))
        for mention in self._parties_in(sentence):
            place = sentence.shown(mention.span)
            if place is None:
                break
            word = bisect_left(words, place[0])
            article = word and sentence.words.texts[word - 1] in ("the", "a", "an")
            if objects.isdisjoint((word, word - 1) if article else (word,)) and any(
                head <= word < head + _SUBJECT_WORDS for head in heads
            ):
                return True
        return False

    def _parties_in(self, sentence: Sentence) -> Sequence[Mention]:
        """The first few parties named in the sentence."""
        first = bisect_left(self._starts, sentence.span.start)
        end = min(bisect_left(self._starts, sentence.span.end), first + _SUBJECT_WORDS)
        return self._parties[first:end]

    def _carried(self, sentence: Sentence, cues: Cues, labels: Iterable[str]) -> _Spoken:
        """What is taken over: by an item from the line above its list, by "this decision" from what was announced."""
        if any(label.startswith(ROLE) for label in labels):
            return _NOTHING
        if sentence.block.kind is BlockKind.ITEM and len(sentence.block.sentences) == 1 and self._leading.roles:
            return self._leading
        pointing = cues.get("going_on", ())
        near = self._since_deed <= _REMEMBERED and pointing and pointing[0].start <= _OPENING_WORDS
        return self._deed if near else _NOTHING
