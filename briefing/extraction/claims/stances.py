"""How a sentence leans."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extraction.claims.cues import Cues
from briefing.extraction.claims.sentences import Sentence
from briefing.extraction.claims.subject import Subject
from briefing.extraction.claims.terms import CONSTRAINT, ROLE, Found
from briefing.model import Stage, Stance


def stance_of(sentence: Sentence, subject: Subject, stage: Stage, cues: Cues) -> tuple[Stance, Sequence[Found]]:
    """Which way the sentence leans, and the cues that decided it.

    What is said of a role speaks for it, and what is said of a constraint alone speaks against, unless other words
    prevail. What is said not to be speaks against; another denial beside a role that is said to be does not.
    """
    limits, enables = cues.get("limits", ()), cues.get("enables", ())
    if sentence.is_question or "neutral" in cues:
        return Stance.NEUTRAL, cues.get("neutral", ())
    if any(label.startswith(ROLE) for label in subject.labels):
        return _of_role(subject, stage, cues)
    if subject.of_others:
        return Stance.NEUTRAL, ()
    if len(enables) > len(limits) and not subject.under_limits:
        return Stance.ENABLES, enables
    return Stance.LIMITS, limits


def _of_role(subject: Subject, stage: Stage, cues: Cues) -> tuple[Stance, Sequence[Found]]:
    limits, enables = cues.get("limits", ()), cues.get("enables", ())
    denied = cues.get("denied", ())
    if stage is Stage.DENIED:
        return Stance.LIMITS, denied[:1]
    if any(label.startswith(CONSTRAINT) for label in subject.labels):
        return (Stance.LIMITS, limits) if limits or not enables else (Stance.ENABLES, enables)
    denials = {word for one in denied for word in range(one.start, one.end)}
    limits = [one for one in limits if one.start not in denials]
    return (Stance.LIMITS, limits) if len(limits) > len(enables) else (Stance.ENABLES, enables)
