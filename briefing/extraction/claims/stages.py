"""How far along a sentence says things are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefing.extraction.claims.clauses import clause_at, clause_starts
from briefing.extraction.claims.cues import Cues
from briefing.extraction.claims.sentences import Sentence
from briefing.extraction.claims.subject import Subject
from briefing.extraction.claims.terms import ROLE, Found
from briefing.model import Stage

_PREVAILING = {"announced": Stage.ANNOUNCED, "planned": Stage.PLANNED}
_BY_LIST = {
    "future": Stage.ANNOUNCED,
    "to_come": Stage.PLANNED,
    "proposed": Stage.PROPOSED,
    "possible": Stage.POSSIBLE,
    "under_way": Stage.UNDER_WAY,
    "done": Stage.DONE,
}
"""The stage that the cues of a list stand for. Of two that begin at one word the first here decides."""
_OF_TENSE = ("under_way", "done")
"""Lists of forms of verbs, whatever the verb."""
_STAGES = tuple((_PREVAILING | _BY_LIST).items())
"""Every list that tells, with its stage."""

_COMPLETED = ("reporting", "announced", "planned", "proposed", "denied")
"""After a word of these lists "that" tells what is said or decided; elsewhere, of something beside the point."""


class Reading(NamedTuple):
    """How far along a sentence says things are."""

    stage: Stage
    cues: tuple[Found, ...] = ()
    """What decided it."""
    denied: frozenset[str] = frozenset()
    """Labels of roles that are said not to be, in a sentence that says others are."""


class _Said(NamedTuple):
    """A cue and what it stands for."""

    cue: Found
    stage: Stage


def read_stage(sentence: Sentence, subject: Subject, cues: Cues) -> Reading:
    """How far along what the sentence says is.

    A question asks what is possible. A denial holds for the roles that stand in its clause. Otherwise a word of
    deciding or planning prevails, and else the first of "will", "could" and a past tense does: it belongs to the main
    clause. What stands in clauses beside the point tells nothing.
    What is said of a constraint alone is not to be denied, and is unclear unless it tells what was done.
    """
    roles = tuple(label for label in subject.labels if label.startswith(ROLE))
    if sentence.is_question:
        return Reading(Stage.POSSIBLE)
    if not roles:
        return _of_constraint(cues)
    said = _said(cues)
    denials = _Denials(sentence, cues, said)
    denied = denials.roles(subject, roles)
    if denied == frozenset(roles):
        return Reading(Stage.DENIED, denials.first)
    standing = [one for one in said if not denials.hold_for(one.cue.start)]
    standing = _to_the_point(standing, subject, cues, denials.clauses)
    if denials.all and not standing and not denied:
        standing = [one for one in said if one.cue not in denials.all]
    deciding = _deciding(standing)
    if deciding:
        return Reading(deciding.stage, (deciding.cue,), denied)
    if subject.carried:
        return Reading(subject.carried, (), denied)
    told = _told_as_deed(subject, cues)
    return Reading(Stage.DONE, (told,), denied) if told else Reading(Stage.UNCLEAR, (), denied)


def _told_as_deed(subject: Subject, cues: Cues) -> Found | None:
    """The first past tense of saying that is itself among the words that tell of a role, as it may be in diplomacy."""
    sayings = _sayings(cues)
    terms = sorted((term.start, term.end) for term in subject.terms if term.label.startswith(ROLE))
    reach = place = 0
    for one in cues.get("done", ()):
        while place < len(terms) and terms[place][0] <= one.start:
            reach = max(reach, terms[place][1])
            place += 1
        if one.start in sayings and one.start < reach:
            return one
    return None


def stage_given_by(cues: Cues) -> Stage | None:
    """The stage that a line gives to what is listed under it: "What it could offer"; None when it gives none."""
    deciding = _deciding([one for one in _said(cues) if one.stage is not Stage.DONE or one.cue.end - one.cue.start > 1])
    return deciding.stage if deciding else None


def _to_the_point(said: Sequence[_Said], subject: Subject, cues: Cues, clauses: Sequence[int]) -> list[_Said]:
    """What is said outside of clauses that open with "which", "although" and the like and name no role."""
    openers = {one.start for one in cues.get("subordinate", ())}
    openers |= {one.start for one in cues.get("that", ())}.difference(
        one.end for name in _COMPLETED for one in cues.get(name, ())
    )
    beside = {clause for clause, start in enumerate(clauses) if start in openers}
    beside -= {clause_at(clauses, term.start) for term in subject.terms if term.label.startswith(ROLE)}
    return [one for one in said if clause_at(clauses, one.cue.start) not in beside and one.cue.start - 1 not in openers]


def _of_constraint(cues: Cues) -> Reading:
    sayings = _sayings(cues)
    said = [one for one in _said(cues) if one.stage in _PREVAILING.values() and one.cue.label in _PREVAILING]
    said += [
        _Said(one, _BY_LIST[name])
        for name in ("under_way", "done")
        for one in cues.get(name, ())
        if one.end - one.start > 1 and one.start not in sayings
    ]
    deciding = _deciding(said)
    return Reading(deciding.stage, (deciding.cue,)) if deciding else Reading(Stage.UNCLEAR)


def _sayings(cues: Cues) -> set[int]:
    return {one.start for one in cues.get("reporting", ())}


def _said(cues: Cues) -> list[_Said]:
    """What the sentence says of how far along things are; a past tense of saying tells nothing of what is said.

    A sentence that opens with what looks like a past tense opens with a participle: "asked about it, she said".
    """
    said = [_Said(one, stage) for name, stage in _STAGES if name not in _OF_TENSE for one in cues.get(name, ())]
    meant = {word for one in said for word in range(one.cue.start, one.cue.end)}
    sayings = _sayings(cues)
    for name in _OF_TENSE:
        for one in cues.get(name, ()):
            # "Has offered" tells of an offer; a word of saying, or the participle that opens a sentence, of no deed.
            is_deed = one.end - 1 not in meant and (name != "done" or (one.start not in sayings and one.end > 1))
            if is_deed:
                said.append(_Said(one, _BY_LIST[name]))
    return said


def _deciding(said: Sequence[_Said]) -> _Said | None:
    prevailing = [one for one in said if one.cue.label in _PREVAILING]
    return min(prevailing or said, key=lambda one: one.cue.start, default=None)


class _Denials:
    """The words of denial in one sentence, and what they hold for."""

    def __init__(self, sentence: Sentence, cues: Cues, said: Iterable[_Said]) -> None:
        self.all = frozenset(cues.get("denied", ()))
        self.clauses = clause_starts(sentence, cues)
        self._from: dict[int, int] = {}
        self.first: tuple[Found, ...] = tuple(cues.get("denied", ())[:1])
        opening: dict[int, int] = {}
        for one in said:
            clause = clause_at(self.clauses, one.cue.start)
            opening[clause] = min(opening.get(clause, one.cue.start), one.cue.start)
        for denial in cues.get("denied", ()):
            clause = clause_at(self.clauses, denial.start)
            opens = denial.start <= opening.get(clause, denial.start)
            begins = self.clauses[clause] if opens else denial.start
            self._from[clause] = min(self._from.get(clause, begins), begins)

    def hold_for(self, word: int) -> bool:
        """Whether what stands at `word` is denied: it follows the denial, or its clause opens with it."""
        begins = self._from.get(clause_at(self.clauses, word))
        return begins is not None and word >= begins

    def roles(self, subject: Subject, roles: Iterable[str]) -> frozenset[str]:
        """Those of `roles` that are denied wherever they are named; one carried over, by the first clause."""
        if not self.all:
            return frozenset()
        places: dict[str, list[int]] = {role: [] for role in roles}
        for term in subject.terms:
            if term.label in places:
                places[term.label].append(term.start)
        return frozenset(role for role, named in places.items() if all(self.hold_for(word) for word in named or [0]))
