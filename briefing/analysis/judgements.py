"""What officers made of the evidence, gathered from their events: the latest word of each, by what it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from briefing import model
from briefing.analysis.history import standing
from briefing.model import (
    Assessment,
    Claim,
    ClaimLabel,
    Claims,
    Constraint,
    QuoteRef,
    Role,
    Scenario,
    Stage,
    Stance,
    as_claims,
)

LABEL_WORDS = {
    ClaimLabel.ROLES: "roles",
    ClaimLabel.CONSTRAINTS: "constraints",
    ClaimLabel.STANCE: "leaning",
    ClaimLabel.STAGE: "stage",
    ClaimLabel.VOICE: "voice",
    ClaimLabel.AS_OF: "date",
}
"""What of a claim can be put right, as an officer calls it."""


@dataclass(slots=True)
class Judgements:
    """The judgements that hold."""

    ratings: dict[tuple[str, str], dict[str, model.Event]] = field(default_factory=lambda: defaultdict(dict))
    """By role and constraint, then by officer, in the order in which they were made."""
    labels: dict[tuple[str, str], dict[ClaimLabel, model.Event]] = field(default_factory=lambda: defaultdict(dict))
    """By document and the words of the sentence."""
    struck_documents: dict[str, model.Event] = field(default_factory=dict)
    struck_quotes: dict[tuple[str, str], model.Event] = field(default_factory=dict)
    """By document and words."""
    groups: list[model.Event] = field(default_factory=list)
    """Decisions on which documents are one origin, in the order in which they hold."""
    grades: dict[str, dict[str, model.Graded]] = field(default_factory=lambda: defaultdict(dict))
    """By document, then by officer."""
    triaged: dict[str, model.Event] = field(default_factory=dict)
    """What was decided to do with documents, by document: the last word of whatever officer."""
    settled: dict[str, model.Event] = field(default_factory=dict)
    """Decisions that settled conflicts, by `Conflict.id`."""
    collected: dict[tuple[str, str], model.Event] = field(default_factory=dict)
    """What is to be found out, by role and constraint."""
    queries: dict[str, model.Event] = field(default_factory=dict)
    """What is looked for again, as it was typed, in the order in which it was saved."""
    snapshots: list[model.Event] = field(default_factory=list)
    as_of: date | None = None

    def take(self, event: model.Event) -> None:
        """Let `event`, later than all before, hold."""
        match event.decision:
            case model.Rate(role, constraint):
                self.ratings[role, constraint].pop(event.by, None)
                self.ratings[role, constraint][event.by] = event
            case model.Relabel(document=document, quote=quote, label=label):
                self.labels[document, quote][label] = event
            case model.Strike(document, span, quote):
                if span is None:
                    self.struck_documents[document] = event
                else:
                    self.struck_quotes[document, quote] = event
            case model.Group():
                self.groups.append(event)
            case model.Grade(document, reliability, credibility):
                self.grades[document][event.by] = model.Graded(document, reliability, credibility, event.by)
            case _:
                self._take_other(event)

    def _take_other(self, event: model.Event) -> None:
        match event.decision:
            case model.Triage(document):
                self.triaged[document] = event
            case model.Settle(conflict):
                self.settled[conflict] = event
            case model.Collect(role, constraint):
                self.collected[role, constraint] = event
            case model.SaveQuery(query):
                self.queries.setdefault(query, event)
            case model.Snapshot():
                self.snapshots.append(event)
            case model.SetDate(as_of):
                self.as_of = as_of

    def strike_of(self, claim: Claim) -> model.Event | None:
        """The event that struck a claim, or the document it stands in; None when it counts."""
        return self.strike_on(claim.document, claim.quote)

    def strike_on(self, document: str, words: str) -> model.Event | None:
        """The event that struck the sentence of those words, or its document; None when it counts."""
        return self.struck_documents.get(document) or self.struck_quotes.get((document, words))

    def strikes_out(self, quote: QuoteRef) -> bool:
        """Whether `quote` was struck: its document, the sentence it is part of, or a sentence that is part of it."""
        if quote.document in self.struck_documents:
            return True
        return any(contained(quote, *struck) for struck in self.struck_quotes)

    def assessments(self, role: str, constraint: str) -> list[Assessment]:
        """What each officer decided about a cell, the latest first; those who took their rating away are left out."""
        found = []
        for event in reversed(list(self.ratings.get((role, constraint), {}).values())):
            rate = event.decision
            if isinstance(rate, model.Rate) and rate.rating is not None:
                assessment = Assessment(
                    role, constraint, rate.rating, rate.confidence, rate.note, event.by, rate.quotes, event.at
                )
                found.append(replace(assessment, seen=rate.seen))
        return found


def contained(quote: QuoteRef, document: str, text: str) -> bool:
    """Whether `quote` is part of `text` in that document, or `text` part of it, white space apart."""
    if quote.document != document:
        return False
    ours, theirs = " ".join(quote.text.split()), " ".join(text.split())
    return bool(ours and theirs) and (ours in theirs or theirs in ours)


def judgements(events: Iterable[model.Event]) -> Judgements:
    """The judgements among `events` that have not been taken back."""
    held = Judgements()
    for event in standing(events):
        held.take(event)
    return held


def settlements_of(events: Iterable[model.Event], conflict: str) -> tuple[model.Event, ...]:
    """The standing events that settled the conflict of that id: with all of them restored it is open again."""
    return tuple(
        event
        for event in standing(events)
        if isinstance(event.decision, model.Settle) and event.decision.conflict == conflict
    )


def relabelled(
    claims: Sequence[Claim],
    labels: Mapping[tuple[str, str], Mapping[ClaimLabel, model.Event]],
    scenario: Scenario | None = None,
) -> Claims:
    """`claims` as officers put them right; the same where they did not.

    What they say cannot be meant, such as an unknown stage, changes nothing: nor does a role or constraint that
    `scenario` no longer has. What they say was read so already is confirmed, not put right.
    """
    known, changed = as_claims(claims), {}
    for (document, quote), events in labels.items():
        for number in known.numbers_in(document):
            claim = known[number]
            put_right = _relabelled(claim, events, scenario) if claim.quote == quote else claim
            if put_right is not claim:
                changed[number] = put_right
    return known.put_right(changed)


def _relabelled(claim: Claim, labels: Mapping[ClaimLabel, model.Event], scenario: Scenario | None) -> Claim:
    for label, event in labels.items():
        if isinstance(event.decision, model.Relabel):
            claim = _with_label(claim, label, event.decision.value, scenario)
    return claim


def _with_label(claim: Claim, label: ClaimLabel, value: str, scenario: Scenario | None) -> Claim:
    unknown = unknown_ids(label, value, scenario)
    meant = [id for id in value.split() if id not in unknown]
    if unknown and not meant:
        return claim
    try:
        changed = _CHANGES[label](claim, " ".join(meant) if unknown else value)
    except ValueError:
        return claim
    if changed == claim:
        return replace(claim, confirmed=(*claim.confirmed, label))
    return replace(changed, corrected=(*claim.corrected, label))


def unknown_ids(label: ClaimLabel, value: str, scenario: Scenario | None) -> list[str]:
    """Which roles or constraints named by the `value` of a label `scenario` does not have; none for other labels."""
    known: dict[ClaimLabel, Iterable[Role | Constraint]] = {}
    if scenario is not None:
        known = {ClaimLabel.ROLES: scenario.roles, ClaimLabel.CONSTRAINTS: scenario.constraints}
    ids = {one.id for one in known.get(label, ())}
    return [id for id in value.split() if id not in ids] if label in known else []


_CHANGES: dict[ClaimLabel, Callable[[Claim, str], Claim]] = {
    ClaimLabel.ROLES: lambda claim, value: replace(claim, roles=tuple(value.split())),
    ClaimLabel.CONSTRAINTS: lambda claim, value: replace(claim, constraints=tuple(value.split())),
    ClaimLabel.STANCE: lambda claim, value: replace(claim, stance=Stance(value)),
    ClaimLabel.STAGE: lambda claim, value: replace(claim, stage=Stage(value)),
    ClaimLabel.VOICE: lambda claim, value: replace(claim, voice=value),
    ClaimLabel.AS_OF: lambda claim, value: replace(claim, as_of=value or None),
}
