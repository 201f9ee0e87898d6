"""How a pack differs from an earlier state of it, and whether the words that ratings rest on are still there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from briefing.analysis.judgements import Judgements, judgements
from briefing.analysis.search import find_quote
from briefing.model import Document, Event, Pack, QuoteRef, Rate, Snapshot, Span

_Key = TypeVar("_Key")


class QuoteState(StrEnum):
    """What has become of words that somebody rested a rating on."""

    VERIFIED = "verified"
    """They stand where they stood."""
    MOVED = "moved"
    """They stand elsewhere in their document, exactly and once."""
    ORPHANED = "orphaned"
    """They are gone, or stand in several places of which none is theirs. They count for nothing."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is otherwise than it was."""

    subject: str
    """What changed, by name: "Training × Cost", "Training", "A report"."""
    was: str
    now: str
    cause: str
    """What made it so: "rated by ann@desk", "A report changed", "A report struck"; "" where nothing tells."""
    place: tuple[str, Span] | None = None
    """Document and words to look at, where there are any."""
    cell: tuple[str, str | None] | None = None
    """Ids of the role and the constraint to look at, None for the role as a whole."""


def snapshot_of(pack: Pack) -> Snapshot:
    """How `pack` stands."""
    rows = pack.matrix.rows if pack.matrix else ()
    held = judgements(pack.events)
    return Snapshot(
        tuple(
            (one.role, one.constraint, str(one.assessment.rating))
            for row in rows
            for one in row.cells
            if one.assessment
        ),
        tuple((row.role.id, str(row.stage)) for row in rows if row.stage),
        tuple((document.id, document.digest) for document in pack.documents),
        tuple(sorted(held.struck_documents)),
    )


def changes_since(pack: Pack, event: Event) -> tuple[Change, ...]:
    """What in `pack` differs from the snapshot that `event` took: verdicts, statuses, then sources."""
    old = event.decision
    if not isinstance(old, Snapshot):
        return ()
    new = snapshot_of(pack)
    sources = [*_sources(old, new, _labels(pack))]
    cause = "; ".join(f"{label} {what}" for label, what in sources)
    held = judgements(pack.events)
    found: list[Change] = []
    cells = [cell for row in (pack.matrix.rows if pack.matrix else ()) for cell in row.cells]
    drafted = {(cell.role, cell.constraint) for cell in cells if cell.assessment and cell.assessment.drafted}
    before = {(role, constraint): rating for role, constraint, rating in old.ratings}
    after = {(role, constraint): rating for role, constraint, rating in new.ratings}
    for cell, was, now in _differing(before, after):
        words = f"{now}, drafted" if cell in drafted else now
        found.append(Change(_named(pack, cell), was, words, _cause(held, cell), cell=cell))
    for role, was, now in _differing(dict(old.stages), dict(new.stages)):
        found.append(Change(_named(pack, (role,)), was, now, cause, cell=(role, None)))
    found += [Change(label, "", what, "") for label, what in sources]
    return tuple(found)


def _cause(held: Judgements, cell: tuple[str, str]) -> str:
    """Who last rated a cell or took their rating away; a rating that was undone has left no name."""
    events = [*held.ratings.get(cell, {}).values()]
    if not events:
        return "the rating was taken away"
    taken_away = isinstance(events[-1].decision, Rate) and events[-1].decision.rating is None
    return f"the rating of {events[-1].by} was taken away" if taken_away else f"rated by {events[-1].by}"


def _labels(pack: Pack) -> dict[str, str]:
    return {document.id: document.label for document in pack.documents}


def _named(pack: Pack, ids: tuple[str, ...]) -> str:
    """A role, or a role and a constraint, by the names that the scenario gives them."""
    names: dict[str, str] = {}
    if pack.scenario:
        names |= {role.id: role.name for role in pack.scenario.roles}
        names |= {constraint.id: constraint.name for constraint in pack.scenario.constraints}
    return " × ".join(names.get(id, id) for id in ids)


def _sources(old: Snapshot, new: Snapshot, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What became of each document that differs, by its label."""
    for id, was, now in _differing(dict(old.documents), dict(new.documents)):
        yield labels.get(id, id), "is new" if not was else "is gone" if not now else "changed"
    for id in sorted(set(old.struck) ^ set(new.struck)):
        yield labels.get(id, id), "struck" if id in new.struck else "counts again"


def _differing(old: Mapping[_Key, str], new: Mapping[_Key, str]) -> Iterator[tuple[_Key, str, str]]:
    for key in dict.fromkeys((*old, *new)):
        if old.get(key, "") != new.get(key, ""):
            yield key, old.get(key, ""), new.get(key, "")


def quote_changes(pack: Pack) -> tuple[Change, ...]:
    """Every pinned quote that does not stand where it stood, by role and constraint."""
    documents, labels = {document.id: document for document in pack.documents}, _labels(pack)
    found = []
    for (role, constraint), officers in judgements(pack.events).ratings.items():
        for event in officers.values():
            for quote in getattr(event.decision, "quotes", ()):
                state, span = quote_state(documents.get(quote.document), quote)
                if state is not QuoteState.VERIFIED:
                    place = (quote.document, span) if span else None
                    words = f"“{' '.join(quote.text.split())}”"
                    fate = "changed" if quote.document in documents else "is gone"
                    cause = f"{labels.get(quote.document, quote.document)} {fate}; rated by {event.by}"
                    cell = (role, constraint)
                    found.append(Change(_named(pack, cell), words, str(state), cause, place, cell))
    return tuple(found)


def quote_state(document: Document | None, quote: QuoteRef) -> tuple[QuoteState, Span | None]:
    """What has become of `quote`, and where it stands now; nowhere for an orphan."""
    if document is None:
        return QuoteState.ORPHANED, None
    if quote.start is not None and document.text.startswith(quote.text, quote.start):
        return QuoteState.VERIFIED, Span(quote.start, quote.start + len(quote.text))
    span = find_quote(document, quote.text)
    if span is None or document.quote(span) != quote.text or document.text.find(quote.text, span.start + 1) >= 0:
        return QuoteState.ORPHANED, None
    return (QuoteState.VERIFIED if quote.start is None else QuoteState.MOVED), span
