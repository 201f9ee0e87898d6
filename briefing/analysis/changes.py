"""How a pack differs from an earlier state of it, and whether the words that decisions rest on are still there."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from briefing.analysis.causes import Source, rating_cause, stage_cause
from briefing.analysis.history import taken_back_by
from briefing.analysis.judgements import LABEL_WORDS, Judgements, judgements, unknown_ids
from briefing.analysis.quotes import QuoteState, is_lost, quote_state
from briefing.model import (
    ClaimLabel,
    Event,
    Pack,
    QuoteRef,
    Relabel,
    Settle,
    Snapshot,
    Span,
    Strike,
    as_claims,
    documents_by_id,
)

_Key = TypeVar("_Key")
_LAPSED = str(QuoteState.ORPHANED)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is otherwise than it was."""

    subject: str
    """What changed, by name: "Training × Cost", "Training", "A report"."""
    was: str
    """How it was, or the words in question."""
    now: str
    cause: str
    """What made it so: "rated by ann@desk", "A report changed", "by ann@desk"; "" where nothing tells."""
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
        tuple(sorted(_mark(*sentence) for sentence in held.struck_quotes)),
    )


def changes_since(pack: Pack, event: Event) -> tuple[Change, ...]:
    """What in `pack` differs from the snapshot that `event` took: verdicts, statuses, then sources.

    A snapshot that noted no sentences says nothing of which were struck since.
    """
    old = event.decision
    if not isinstance(old, Snapshot):
        return ()
    new = snapshot_of(pack)
    held = judgements(pack.events)
    sources = [*_documents_since(old, new, _labels(pack)), *_strikes_since(pack, held, old, new)]
    rows = pack.matrix.rows if pack.matrix else ()
    found: list[Change] = []
    cells = {(cell.role, cell.constraint): cell for row in rows for cell in row.cells}
    before = {(role, constraint): rating for role, constraint, rating in old.ratings}
    after = {(role, constraint): rating for role, constraint, rating in new.ratings}
    for key, was, now in _differing(before, after):
        rated = cells[key].assessment if key in cells else None
        words = f"{now}, drafted" if rated and rated.drafted else now
        found.append(Change(_named(pack, key), was, words, rating_cause(pack, event, key), cell=key))
    by_role = {row.role.id: row for row in rows}
    for role, was, now in _differing(dict(old.stages), dict(new.stages)):
        row = by_role.get(role)
        cause = stage_cause(pack, event, (role, was, now), row, [source for _, source in sources])
        found.append(Change(_named(pack, (role,)), was, now, cause, cell=(role, None)))
    return (*found, *(change for change, _ in sources))


def _labels(pack: Pack) -> dict[str, str]:
    return {document.id: document.label for document in pack.documents}


def _named(pack: Pack, ids: tuple[str, ...]) -> str:
    """A role, or a role and a constraint, by the names that the scenario gives them."""
    names: dict[str, str] = {}
    if pack.scenario:
        names |= {role.id: role.name for role in pack.scenario.roles}
        names |= {constraint.id: constraint.name for constraint in pack.scenario.constraints}
    return " × ".join(names.get(id, id) for id in ids)


def _documents_since(old: Snapshot, new: Snapshot, labels: Mapping[str, str]) -> Iterator[tuple[Change, Source]]:
    """What became of the files that differ, by the labels of their documents."""
    for id, was, now in _differing(dict(old.documents), dict(new.documents)):
        fate = "is new" if not was else "is gone" if not now else "changed"
        name = labels.get(id, id)
        yield Change(name, "", fate, ""), Source(id, f"{name} {fate}")


def _strikes_since(pack: Pack, held: Judgements, old: Snapshot, new: Snapshot) -> Iterator[tuple[Change, Source]]:
    """Documents and sentences that were struck or count again, and by whom, in the order in which they were struck."""
    labels = _labels(pack)
    before, after = (_marks(one, sentences=old.struck_sentences is not None) for one in (old, new))
    strikes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for event in pack.events:
        if isinstance(event.decision, Strike):
            strikes[event.decision.document, event.decision.quote].add(event.id)
    by_mark = {_mark(*key): key for key in strikes}
    for mark, (document, words) in by_mark.items():
        if (mark in before) is not (mark in after):
            strike = held.struck_quotes.get((document, words)) or held.struck_documents.get(document)
            decided = strike if mark in after else taken_back_by(pack.events, strikes[document, words])
            name, fate = labels.get(document, document), "struck" if mark in after else "counts again"
            by = f"by {decided.by}" if decided else ""
            subject = f"a sentence of {name}" if words else name
            yield (
                Change(
                    name, _quoted(words) if words else "", fate, by, _place(pack, document, words) if words else None
                ),
                Source(document, f"{subject} {fate} {by}".rstrip(), words, struck=mark in after),
            )
    for mark in sorted(before - after - by_mark.keys()):
        id = next((id for id in old.struck if _mark(id) == mark), "")
        name, cause = labels.get(id, id) or "A sentence", "no journal tells of its strike"
        yield Change(name, "", "counts again", cause), Source(id, f"{name} counts again, {cause}", struck=False)


def _marks(snapshot: Snapshot, *, sentences: bool) -> set[str]:
    """Of the documents that counted for nothing, and of the sentences if they are asked for."""
    return {_mark(id) for id in snapshot.struck}.union(snapshot.struck_sentences or () if sentences else ())


def _mark(document: str, words: str = "") -> str:
    """What a snapshot notes of a struck sentence, see `Snapshot.struck_sentences`; or the like for a whole document."""
    return hashlib.sha256(f"{document}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _place(pack: Pack, document: str, words: str) -> tuple[str, Span] | None:
    """Where a sentence of those words stands in a document: the first that is a claim, else the first at all."""
    for claim in as_claims(pack.claims).in_document(document):
        if claim.quote == words:
            return document, claim.span
    for one in pack.documents:
        if one.id == document:
            spans = (span for block in one.blocks for span in block.sentences if one.quote(span) == words)
            return next(((document, span) for span in spans), None)
    return None


def _differing(old: Mapping[_Key, str], new: Mapping[_Key, str]) -> Iterator[tuple[_Key, str, str]]:
    for key in dict.fromkeys((*old, *new)):
        if old.get(key, "") != new.get(key, ""):
            yield key, old.get(key, ""), new.get(key, "")


def quote_changes(pack: Pack, *, drafts: bool = True) -> tuple[Change, ...]:
    """Every quote that a decision rests on and that does not stand where it stood; cause and officer are named.

    First, unless `drafts` is false, those gone from under drafts that nobody has replaced, then those of ratings, by
    role and constraint; then sentences that were struck or put right and are no more, labels that name what the
    scenario no longer has, and settled conflicts that are none any more. Of these it does not matter where in their
    document they stand.
    """
    held = judgements(pack.events)
    gone = _gone_from_drafts(pack, held) if drafts else ()
    return (*gone, *_moved_from_ratings(pack, held), *_lapsed(pack, held), *_lapsed_settlements(pack, held))


def _gone_from_drafts(pack: Pack, held: Judgements) -> Iterator[Change]:
    documents = documents_by_id(pack.documents)
    for draft in pack.scenario.assessments if pack.scenario else ():
        if held.assessments(draft.role, draft.constraint):
            continue
        cell = (draft.role, draft.constraint)
        for quote in draft.quotes:
            if is_lost(quote, documents.get(quote.document)):
                cause = f"{_fate(pack, quote.document)}; drafted"
                yield Change(_named(pack, cell), _quoted(quote.text), _LAPSED, cause, cell=cell)


def _moved_from_ratings(pack: Pack, held: Judgements) -> Iterator[Change]:
    documents = documents_by_id(pack.documents)
    for (role, constraint), officers in held.ratings.items():
        for event in officers.values():
            quotes: tuple[QuoteRef, ...] = getattr(event.decision, "quotes", ())
            for quote in quotes:
                state, span = quote_state(documents.get(quote.document), quote)
                if state is not QuoteState.VERIFIED:
                    place = (quote.document, span) if span else None
                    cause = f"{_fate(pack, quote.document)}; rated by {event.by}"
                    cell = (role, constraint)
                    yield Change(_named(pack, cell), _quoted(quote.text), str(state), cause, place, cell)


def _lapsed(pack: Pack, held: Judgements) -> Iterator[Change]:
    """Strikes of sentences and labels put right that are about nothing any more."""
    documents = dict.fromkeys(document for document, _ in (*held.struck_quotes, *held.labels))
    claims = as_claims(pack.claims)
    claimed = {(id, claim.quote) for id in documents for claim in claims.in_document(id)}
    for key, event in held.struck_quotes.items():
        if key not in claimed and _place(pack, *key) is None:
            yield _lapse(pack, key, f"{_fate(pack, key[0])}; struck by {event.by}")
    for key, events in held.labels.items():
        place = _place(pack, *key)
        # Without a scenario nothing is read as a claim, and no label is lost by it.
        if place and pack.matrix is None:
            continue
        lost = f"{_labels(pack)[key[0]]} is read otherwise" if place else _fate(pack, key[0])
        for label, event in events.items():
            value = event.decision.value if isinstance(event.decision, Relabel) else ""
            fate = _unmeant(pack, label, value) if key in claimed else lost
            if fate:
                cause = f"{fate}; put right by {event.by}: {LABEL_WORDS[label]} {value or 'none'}"
                yield _lapse(pack, key, cause, place)


def _unmeant(pack: Pack, label: ClaimLabel, value: str) -> str:
    """What of a label cannot be meant, in words; "" where all can."""
    unknown = unknown_ids(label, value, pack.scenario)
    return f"the scenario has no {', '.join(unknown)}" if unknown else ""


def _lapsed_settlements(pack: Pack, held: Judgements) -> Iterator[Change]:
    """Notes on conflicts that are none any more: a word of their sentences changed, or a name in the scenario."""
    found = {conflict.id for conflict in pack.found_conflicts}
    # Without a scenario fewer sentences are held against one another, and no note is lost by it.
    for id, event in held.settled.items() if pack.matrix is not None else ():
        if id not in found and isinstance(event.decision, Settle):
            note = event.decision.note
            cause = f"its sentences are read otherwise; settled by {event.by}"
            yield Change("A settled pair", _quoted(note) if note else "a pair without a note", _LAPSED, cause)


def _lapse(pack: Pack, sentence: tuple[str, str], cause: str, place: tuple[str, Span] | None = None) -> Change:
    document, words = sentence
    name = _labels(pack).get(document, document)
    return Change(name, _quoted(words), _LAPSED, cause, place)


def _fate(pack: Pack, document: str) -> str:
    """Why words are not where they were: "A report changed", "a.txt is gone"."""
    labels = _labels(pack)
    return f"{labels[document]} changed" if document in labels else f"{document} is gone"


def _quoted(words: str) -> str:
    return f"“{' '.join(words.split())}”"
