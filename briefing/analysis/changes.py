"""How a pack differs from an earlier state of it, and whether the words that ratings rest on are still there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from briefing.analysis.judgements import judgements
from briefing.analysis.search import find_quote
from briefing.model import Document, Event, Pack, QuoteRef, Snapshot, Span

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
    """What changed: "training × cost", "training", "report.txt"."""
    was: str
    now: str
    cause: str
    """What made it so: "rated by ann@desk", "report.txt changed", "report.txt struck"; "" where nothing tells."""
    place: tuple[str, Span] | None = None
    """Document and words to look at, where there are any."""


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
    sources = dict(_sources(old, new))
    cause = "; ".join(sources.values())
    held = judgements(pack.events)
    found: list[Change] = []
    before = {(role, constraint): rating for role, constraint, rating in old.ratings}
    after = {(role, constraint): rating for role, constraint, rating in new.ratings}
    for cell, was, now in _differing(before, after):
        by = [event.by for event in held.ratings.get(cell, {}).values()]
        found.append(Change(" × ".join(cell), was, now, f"rated by {by[-1]}" if by else "the rating was taken away"))
    for role, was, now in _differing(dict(old.stages), dict(new.stages)):
        found.append(Change(role, was, now, cause))
    found += [Change(id, "", words, "") for id, words in sources.items()]
    return tuple(found)


def _sources(old: Snapshot, new: Snapshot) -> Iterator[tuple[str, str]]:
    for id, was, now in _differing(dict(old.documents), dict(new.documents)):
        yield id, f"{id} {'is new' if not was else 'is gone' if not now else 'changed'}"
    for id in sorted(set(old.struck) ^ set(new.struck)):
        yield id, f"{id} {'struck' if id in new.struck else 'counts again'}"


def _differing(old: Mapping[_Key, str], new: Mapping[_Key, str]) -> Iterator[tuple[_Key, str, str]]:
    for key in dict.fromkeys((*old, *new)):
        if old.get(key, "") != new.get(key, ""):
            yield key, old.get(key, ""), new.get(key, "")


def quote_changes(pack: Pack) -> tuple[Change, ...]:
    """Every pinned quote that does not stand where it stood, by role and constraint."""
    documents = {document.id: document for document in pack.documents}
    found = []
    for (role, constraint), officers in judgements(pack.events).ratings.items():
        for event in officers.values():
            for quote in getattr(event.decision, "quotes", ()):
                state, span = quote_state(documents.get(quote.document), quote)
                if state is not QuoteState.VERIFIED:
                    place = (quote.document, span) if span else None
                    words = f"“{' '.join(quote.text.split())}”"
                    cause = f"{quote.document} changed; rated by {event.by}"
                    found.append(Change(f"{role} × {constraint}", words, str(state), cause, place))
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
