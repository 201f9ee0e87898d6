"""What made a rating or the stage of a role otherwise than a snapshot has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.analysis.history import standing, taken_back_by
from briefing.analysis.judgements import LABEL_WORDS, judgements, relabelled
from briefing.model import Claim, Event, Pack, Rate, RoleRow, Stage, as_claims

_FIRMNESS = (*Stage, "")


@dataclass(frozen=True, slots=True)
class Source:
    """A document that differs, or of which all or a sentence was struck or counts again."""

    document: str
    """`Document.id`; "" where nobody knows it any more."""
    words: str
    """What became of it: "A report changed", "a sentence of A report struck by ann@desk"."""
    sentence: str = ""
    """The words of the sentence that this is about; "" for the whole document."""
    struck: bool | None = None
    """Whether it was struck or counts again; None where its text differs."""


def rating_cause(pack: Pack, snapshot: Event, cell: tuple[str, str]) -> str:
    """Why the rating of a cell is not as the event `snapshot` noted it; "" where nothing tells.

    Told by the decisions that hold now and did not then, or the other way round; where there are none, the draft.
    """
    now = _ratings(pack.events, cell)
    before = _ratings(_until(pack, snapshot), cell)
    new = [event for id, event in now.items() if id not in before]
    undone = [event for id, event in before.items() if id not in now]
    # What reached the pack late, from the journal of another, may be older than the snapshot.
    last = (new or ([] if undone else [*now.values()]))[-1:]
    for event in last:
        taken_away = isinstance(event.decision, Rate) and event.decision.rating is None
        return f"the rating of {event.by} was taken away" if taken_away else f"rated by {event.by}"
    if undone:
        by = taken_back_by(pack.events, {undone[-1].id})
        return f"the rating of {undone[-1].by} was undone" + (f" by {by.by}" if by and by.by != undone[-1].by else "")
    return _draft_cause(pack, cell)


def _ratings(events: Sequence[Event], cell: tuple[str, str]) -> dict[str, Event]:
    """The standing ratings of a cell by the id of their event, in order."""
    rates = ((event, event.decision) for event in standing(events))
    return {event.id: event for event, rate in rates if isinstance(rate, Rate) and (rate.role, rate.constraint) == cell}


def _until(pack: Pack, snapshot: Event) -> Sequence[Event]:
    """The events of the pack up to `snapshot`."""
    index = next((index for index, event in enumerate(pack.events) if event.id == snapshot.id), len(pack.events))
    return pack.events[:index]


def _draft_cause(pack: Pack, cell: tuple[str, str]) -> str:
    drafts = pack.scenario.assessments if pack.scenario else ()
    if not any((draft.role, draft.constraint) == cell for draft in drafts):
        return "its draft was taken out of the scenario"
    if pack.matrix and pack.matrix.cell(*cell).assessment is None:
        return "the quotes of its draft are gone"
    return "its draft was changed in the scenario"


def stage_cause(
    pack: Pack, snapshot: Event, change: tuple[str, str, str], row: RoleRow | None, sources: Sequence[Source]
) -> str:
    """Why the stage of a role is not as the event `snapshot` noted it; "" where nothing tells.

    `change` holds the id of the role, the stage that it had and the one it has. Where it is less firm, named are the
    strikes and labels put right that took sentences of the former away, else all documents that differ: what they said
    before is not known. Where it is firmer, named is what holds sentences of the latter since.
    """
    role, was, now = change
    firmer = _FIRMNESS.index(now) < _FIRMNESS.index(was)
    if firmer:
        claims = [claim for claim in row.claims if claim.stage == now] if row else []
        told = [source for source in sources if not source.struck]
    else:
        claims = [claim for claim in row.struck if claim.stage == was] if row else []
        told = [source for source in sources if source.struck]
    certain = [source.words for source in told if any(_holds(source, claim) for claim in claims)]
    certain += _relabels(pack, snapshot, role, lost="" if firmer else was, won=now if firmer else "")
    possible = [source.words for source in sources if (not firmer and source.struck is None) or not source.document]
    return "; ".join(dict.fromkeys(certain or possible))


def _holds(source: Source, claim: Claim) -> bool:
    return claim.document == source.document and source.sentence in ("", claim.quote) and not claim.heading


def _relabels(pack: Pack, snapshot: Event, role: str, *, lost: str, won: str) -> Iterator[str]:
    """The labels put right, or read as before again, since `snapshot` by which a role lost or won a claim of a stage.

    Of the two stages one is "", which is not looked for.
    """
    labels = {document.id: document.label for document in pack.documents}
    before, now = judgements(_until(pack, snapshot)).labels, judgements(pack.events).labels
    found = as_claims(pack.found_claims)
    differing = {key for key in (*before, *now) if before.get(key) != now.get(key)}
    documents = {document for document, _ in differing}
    numbers = sorted(number for document in documents for number in found.numbers_in(document))
    then, since = relabelled(found, before, pack.scenario), relabelled(found, now, pack.scenario)
    for old, new in ((then[number], since[number]) for number in numbers if _key(found[number]) in differing):
        was, told = _told(old, role), _told(new, role)
        if was == told or (was != lost if lost else told != won):
            continue
        earlier, later = before.get(_key(new), {}), now.get(_key(new), {})
        for label in dict.fromkeys((*earlier, *later)):
            if earlier.get(label) != later.get(label):
                by = f"put right by {later[label].by}" if label in later else f"as read before {earlier[label].by}"
                yield f"{LABEL_WORDS[label]} of a sentence of {labels[new.document]} {by}"


def _key(claim: Claim) -> tuple[str, str]:
    return claim.document, claim.quote


def _told(claim: Claim, role: str) -> str:
    """The stage that a claim gives a role; "" for none."""
    return str(claim.stage) if role in claim.roles and not claim.heading else ""
