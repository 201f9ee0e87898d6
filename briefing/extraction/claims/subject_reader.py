"""Reads which roles and constraints a sentence speaks of, and whether it speaks of the actor at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefing.extraction.claims.clauses import clause_starts
from briefing.extraction.claims.cues import Cues
from briefing.extraction.claims.parties import Named, Party, PartyReader, names_other, others_first, own_deeds
from briefing.extraction.claims.sentences import Sentence
from briefing.extraction.claims.stages import stage_given_by
from briefing.extraction.claims.subject import Subject
from briefing.extraction.claims.terms import CONSTRAINT, ROLE, Found, TermFinder
from briefing.extraction.claims.words import Words, words_of
from briefing.model import BlockKind, Mention, Scenario, Span, Stage

_REMEMBERED = 8
"""Sentences for which a text goes on speaking of the actor while it names neither it nor anybody else."""
_OPENING_WORDS = 10
"""Words at the beginning of a sentence among which "this decision" points back to what was said."""
_SHORT = 8
"""Words: a sentence that is no longer is read as one with the heading above it."""
_LEAD = 4
"""Words: a first sentence of an item that is no longer is the heading of the rest."""


class _Context(NamedTuple):
    """What was spoken of, and how far along that was."""

    labels: tuple[str, ...] = ()
    stage: Stage | None = None
    limits: bool = False
    """Whether it was what limits."""


_NOTHING = _Context()


class SubjectReader:
    """Reads one document sentence by sentence and says what each is about."""

    def __init__(self, scenario: Scenario) -> None:
        terms = {ROLE + role.id: role.terms for role in scenario.roles}
        terms |= {CONSTRAINT + constraint.id: constraint.terms for constraint in scenario.constraints}
        unless = {ROLE + role.id: role.unless for role in scenario.roles}
        unless |= {CONSTRAINT + constraint.id: constraint.unless for constraint in scenario.constraints}
        self._subjects = TermFinder(terms, unless)
        self._named = {words_of(role.name).texts: (ROLE + role.id,) for role in scenario.roles}
        self._named |= {words_of(one.name).texts: (CONSTRAINT + one.id,) for one in scenario.constraints}
        self._actors = TermFinder({"actor": scenario.actor_terms})
        self.start("", ())

    def start(self, title: str, mentions: Sequence[Mention]) -> None:
        """Forget what was read, and begin a document of this title with its mentions, in order of place."""
        self._parties = PartyReader(mentions)
        self._about_actor = bool(self._actors.find(words_of(title)))
        self._titled = self._about_actor
        self._named_level = 1
        self._since_actor = _REMEMBERED + 1
        self._in_focus = False
        self._deed = self._before = self._leading = self._lead = self._section = _NOTHING
        self._since_deed = 0
        self._limits_from = 0
        self._title: Span | None = None

    def actors_in(self, words: Words) -> Mapping[int, int]:
        """The first word of every name of the actor, and the word after its last."""
        return {one.start: one.end for one in self._actors.find(words)}

    def read(self, sentence: Sentence, cues: Cues, actors: Mapping[int, int]) -> Subject:
        """What `sentence`, the next of the document, is about; `actors` are the names of the actor in it."""
        terms = self._subjects.find(sentence.words, actors)
        named = self._parties.read(sentence, cues, actors, terms)
        if self._title is None and sentence.block.kind is BlockKind.HEADING:
            self._title = sentence.block.span
        if sentence.is_title:
            return self._read_title(sentence, cues, terms, named)
        other = None if named.actors or "together" in cues else others_first(sentence, cues, named)
        near = self._is_near(sentence, cues)
        self._in_focus = bool(named.actors) or (near and other is None)
        if self._in_focus:
            roles = [one for one in terms if one.label.startswith(ROLE)]
            foreign = set(roles).difference(own_deeds(sentence, cues, named, roles))
            terms = [one for one in terms if one not in foreign]
        else:
            terms = _standing_in_the_way(terms, other) if self._is_of_actor() and other else []
        self._since_actor = 0 if named.actors else self._since_actor + 1
        of_others = other is not None and not terms
        labels = tuple(dict.fromkeys(one.label for one in terms))
        context, pointing = self._context(sentence, cues, labels, bool(named.others))
        terms += [Found(label, one.start, one.end) for one in pointing for label in context.labels]
        stage = context.stage
        if stage is None and sentence.block.kind is BlockKind.ITEM and not _has_verb(sentence, cues):
            stage = self._leading.stage or self._section.stage
        labels = tuple(dict.fromkeys((*labels, *context.labels)))
        return Subject(tuple(terms), labels, stage, of_others, self._section.limits)

    def remember(self, sentence: Sentence, subject: Subject, stage: Stage, cues: Cues) -> None:
        """Keep what the sentences after `sentence` may go on from: what it says, and how far along that is."""
        if sentence.is_title:
            return
        roles = tuple(label for label in subject.labels if label.startswith(ROLE))
        said = _Context(roles, stage) if stage is not Stage.DENIED else _NOTHING
        self._since_deed += 1
        self._before = said
        if roles and stage.status is Stage.ANNOUNCED.status:
            self._deed, self._since_deed = said, 0
        if sentence.block.kind is not BlockKind.ITEM:
            self._leading = _NOTHING
            if sentence.text.rstrip().endswith(":"):
                self._leading = said if roles else _Context(stage=stage_given_by(cues))
        elif sentence.place == 0:
            self._lead = said if len(sentence.words) <= _LEAD else _NOTHING

    def _read_title(self, sentence: Sentence, cues: Cues, terms: Sequence[Found], named: Named) -> Subject:
        self._leading = self._before = _NOTHING
        actors = bool(named.actors)
        is_heading = sentence.block.kind is BlockKind.HEADING
        if is_heading:
            self._enter_section(sentence.block.level, actors, names_other(sentence, cues, named))
        labels = tuple(dict.fromkeys(one.label for one in terms)) if actors or self._titled else ()
        if is_heading and self._titled and not labels:
            labels = self._named.get(sentence.words.texts, ())
        if is_heading and sentence.block.span != self._title:
            level = sentence.block.level
            below = self._limits_from if self._limits_from and level > self._limits_from else 0
            self._limits_from = below or (level if "limits" in cues else 0)
            self._section = _Context(labels, stage_given_by(cues), self._limits_from > 0)
        return Subject(tuple(terms) if labels else (), labels, None, False, False)

    def _enter_section(self, level: int, actor: bool, others: bool) -> None:
        """Note whom a heading names: that holds for its section and, if it is the actor's title, for those after it."""
        if actor or others or level <= self._named_level:
            self._named_level = level
            self._titled = actor or (not others and self._about_actor and level > 1)
        if level == 1:
            self._about_actor = actor

    def _is_near(self, sentence: Sentence, cues: Cues) -> bool:
        """Whether a sentence that names neither the actor nor anybody else still speaks of the actor."""
        return self._is_of_actor() if "together" in cues or sentence.place == 0 else self._in_focus

    def _is_of_actor(self) -> bool:
        """Whether the text around speaks of the actor."""
        return self._titled or self._since_actor <= _REMEMBERED

    def _context(
        self, sentence: Sentence, cues: Cues, labels: Sequence[str], others: bool
    ) -> tuple[_Context, Sequence[Found]]:
        """What is taken over from before the sentence, and the words that point back to it.

        An item takes over the roles of the line above its list, "this decision" those of what was announced, "it would"
        those of the sentence right before; a short sentence what the heading above it names.
        """
        if any(label.startswith(ROLE) for label in labels):
            return _NOTHING, ()
        is_item = sentence.block.kind is BlockKind.ITEM
        if is_item and len(sentence.block.sentences) == 1 and self._leading.labels:
            return self._leading, ()
        if is_item and sentence.place and self._lead.labels:
            return self._lead, ()
        for name, before, is_near in (
            ("going_on", self._deed, self._since_deed <= _REMEMBERED),
            ("going_on_at_once", self._before, sentence.place > 0),
        ):
            pointing = cues.get(name, ())[:1]
            if is_near and before.labels and pointing and pointing[0].start <= _OPENING_WORDS:
                return before, pointing
        is_short = len(sentence.words) <= _SHORT and not sentence.is_question
        under = (is_item or is_short) and self._in_focus and not others and not labels
        return (self._section, ()) if under else (_NOTHING, ())


def _has_verb(sentence: Sentence, cues: Cues) -> bool:
    """Whether the first clause is more than a bare name of something."""
    starts = clause_starts(sentence, cues)
    end = starts[1] if len(starts) > 1 else len(sentence.words)
    return any(one.start < end for one in cues.get("finite", ()))


def _standing_in_the_way(terms: Sequence[Found], other: Party) -> list[Found]:
    """What another does is no role of the actor's, but a constraint where the term is about that very party."""
    return [one for one in terms if one.label.startswith(CONSTRAINT) and one.start <= other.first < one.end]
