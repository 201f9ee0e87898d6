"""How a sentence leans and how far along it says things are."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extraction.claims.cues import Cues
from briefing.extraction.claims.sentences import Sentence
from briefing.extraction.claims.subjects import CONSTRAINT, ROLE, Subject
from briefing.extraction.claims.terms import Found
from briefing.model import Stance, Status


def stance_of(sentence: Sentence, subject: Subject, cues: Cues) -> tuple[Stance, Sequence[Found]]:
    """Which way the sentence leans, and the cues that decided it.

    What is said of a role speaks for it, and what is said of a constraint alone speaks against, unless other words
    prevail.
    """
    limits, enables = cues.get("limits", ()), cues.get("enables", ())
    has_role = any(label.startswith(ROLE) for label in subject.labels)
    has_constraint = any(label.startswith(CONSTRAINT) for label in subject.labels)
    if sentence.is_question or "neutral" in cues:
        return Stance.NEUTRAL, cues.get("neutral", ())
    if has_role:
        if limits and (has_constraint or len(limits) > len(enables)):
            return Stance.LIMITS, limits
        return Stance.ENABLES, enables
    if subject.of_others:
        return Stance.NEUTRAL, ()
    if len(enables) > len(limits) and not subject.under_limits:
        return Stance.ENABLES, enables
    return Stance.LIMITS, limits


def status_of(sentence: Sentence, subject: Subject, cues: Cues) -> tuple[Status, Sequence[Found]]:
    """How far along what the sentence says is, and the cues that decided it.

    A word of deciding prevails. Otherwise the first of "will", "could" and a past tense does: it belongs to the main
    clause. What is said of a constraint alone is general, unless it tells what was done.
    """
    sayings = {one.start for one in cues.get("reporting", ())}
    told = [one for one in cues.get("done", ()) if one.start in sayings]
    done = [one for one in cues.get("done", ()) if one.start not in sayings]
    if "announced" in cues:
        return Status.ANNOUNCED, cues["announced"][:1]
    if not any(label.startswith(ROLE) for label in subject.labels):
        perfect = [one for one in done if one.end - one.start > 1]
        return (Status.DONE, perfect[:1]) if perfect else (Status.GENERAL, ())
    if sentence.is_question:
        return Status.POSSIBLE, ()
    firsts = [
        (found[0].start, status, found[:1])
        for found, status in (
            (cues.get("future", ()), Status.ANNOUNCED),
            (cues.get("possible", ()), Status.POSSIBLE),
            (done, Status.DONE),
        )
        if found
    ]
    if firsts:
        _, status, deciding = min(firsts, key=lambda first: first[0])
        return status, deciding
    if subject.carried:
        return subject.carried, ()
    return (Status.DONE, told[:1]) if told else (Status.GENERAL, ())
