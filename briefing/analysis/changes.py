"""How a pack differs from an earlier state of it, and whether the words that decisions rest on are still there."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from briefing.analysis.history import taken_back_by
from briefing.analysis.judgements import LABEL_WORDS, Judgements, judgements
from briefing.analysis.search import find_quote
from briefing.model import Document, Event, Pack, QuoteRef, Rate, Relabel, RoleRow, Snapshot, Span, Strike

_Key = TypeVar("_Key")


class QuoteState(StrEnum):
    """What has become of words that somebody rested a decision on."""

    VERIFIED = "verified"
    """They stand where they stood."""
    MOVED = "moved"
    """They stand elsewhere in their document, exactly and once."""
    ORPHANED = "orphaned"
    """They are gone, or stand in several places of which none is theirs. What rested on them counts for nothing."""


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
    cells = [cell for row in rows for cell in row.cells]
    drafted = {(cell.role, cell.constraint) for cell in cells if cell.assessment and cell.assessment.drafted}
    before = {(role, constraint): rating for role, constraint, rating in old.ratings}
    after = {(role, constraint): rating for role, constraint, rating in new.ratings}
    for cell, was, now in _differing(before, after):
        words = f"{now}, drafted" if cell in drafted else now
        found.append(Change(_named(pack, cell), was, words, _cause(held, cell), cell=cell))
    by_role = {row.role.id: row for row in rows}
    for role, was, now in _differing(dict(old.stages), dict(new.stages)):
        causes = [_cause_words(one) for one in sources if _bears_on(one, by_role.get(role))]
        found.append(Change(_named(pack, (role,)), was, now, "; ".join(dict.fromkeys(causes)), cell=(role, None)))
    return (*found, *sources)


def _cause(held: Judgements, cell: tuple[str, str]) -> str:
    """Who last rated a cell or took their rating away; a rating that was undone has left no name."""
    events = [*held.ratings.get(cell, {}).values()]
    if not events:
        return "the rating was taken away"
    taken_away = isinstance(events[-1].decision, Rate) and events[-1].decision.rating is None
    return f"the rating of {events[-1].by} was taken away" if taken_away else f"rated by {events[-1].by}"


def _cause_words(source: Change) -> str:
    """What became of a source, as the cause of something else: "a sentence of A report struck by ann@desk"."""
    subject = f"a sentence of {source.subject}" if source.was else source.subject
    return f"{subject} {source.now} {source.cause}".rstrip()


def _bears_on(source: Change, row: RoleRow | None) -> bool:
    """Whether what became of a source can have changed the status of a role: of a sentence, if it is evidence there."""
    if not source.was:
        return True
    claims = (*row.claims, *row.struck) if row else ()
    return any(source.place == (claim.document, claim.span) for claim in claims)


def _labels(pack: Pack) -> dict[str, str]:
    return {document.id: document.label for document in pack.documents}


def _named(pack: Pack, ids: tuple[str, ...]) -> str:
    """A role, or a role and a constraint, by the names that the scenario gives them."""
    names: dict[str, str] = {}
    if pack.scenario:
        names |= {role.id: role.name for role in pack.scenario.roles}
        names |= {constraint.id: constraint.name for constraint in pack.scenario.constraints}
    return " × ".join(names.get(id, id) for id in ids)


def _documents_since(old: Snapshot, new: Snapshot, labels: Mapping[str, str]) -> Iterator[Change]:
    """What became of the files that differ, by the labels of their documents."""
    for id, was, now in _differing(dict(old.documents), dict(new.documents)):
        yield Change(labels.get(id, id), "", "is new" if not was else "is gone" if not now else "changed", "")


def _strikes_since(pack: Pack, held: Judgements, old: Snapshot, new: Snapshot) -> Iterator[Change]:
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
            yield Change(
                labels.get(document, document),
                _quoted(words) if words else "",
                "struck" if mark in after else "counts again",
                f"by {decided.by}" if decided else "",
                _place(pack, document, words) if words else None,
            )
    for mark in sorted(before - after - by_mark.keys()):
        name = next((labels.get(id, id) for id in old.struck if _mark(id) == mark), "A sentence")
        yield Change(name, "", "counts again", "no journal tells of its strike")


def _marks(snapshot: Snapshot, *, sentences: bool) -> set[str]:
    """Of the documents that counted for nothing, and of the sentences if they are asked for."""
    return {_mark(id) for id in snapshot.struck}.union(snapshot.struck_sentences or () if sentences else ())


def _mark(document: str, words: str = "") -> str:
    """What a snapshot notes of a struck sentence, see `Snapshot.struck_sentences`; or the like for a whole document."""
    return hashlib.sha256(f"{document}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _place(pack: Pack, document: str, words: str) -> tuple[str, Span] | None:
    """Where a sentence of those words stands in a document: the first that is a claim, else the first at all."""
    for claim in pack.claims:
        if (claim.document, claim.quote) == (document, words):
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


def quote_changes(pack: Pack) -> tuple[Change, ...]:
    """Every quote that a decision rests on and that does not stand where it stood; cause and officer are named.

    First those that ratings rest on, by role and constraint; then sentences that were struck or put right and are no
    more. Of these it does not matter where in their document they stand.
    """
    held = judgements(pack.events)
    return (*_moved_from_ratings(pack, held), *_lapsed(pack, held))


def _moved_from_ratings(pack: Pack, held: Judgements) -> Iterator[Change]:
    documents = {document.id: document for document in pack.documents}
    for (role, constraint), officers in held.ratings.items():
        for event in officers.values():
            for quote in getattr(event.decision, "quotes", ()):
                state, span = quote_state(documents.get(quote.document), quote)
                if state is not QuoteState.VERIFIED:
                    place = (quote.document, span) if span else None
                    cause = f"{_fate(pack, quote.document)}; rated by {event.by}"
                    cell = (role, constraint)
                    yield Change(_named(pack, cell), _quoted(quote.text), str(state), cause, place, cell)


def _lapsed(pack: Pack, held: Judgements) -> Iterator[Change]:
    """Strikes of sentences and labels put right that are about nothing any more."""
    claimed = {(claim.document, claim.quote) for claim in pack.claims}
    for key, event in held.struck_quotes.items():
        if key not in claimed and _place(pack, *key) is None:
            yield _lapse(pack, key, f"{_fate(pack, key[0])}; struck by {event.by}")
    for key, events in held.labels.items():
        if key in claimed:
            continue
        place = _place(pack, *key)
        # Without a scenario nothing is read as a claim, and no label is lost by it.
        if place is None or pack.matrix is not None:
            fate = f"{_labels(pack)[key[0]]} is read otherwise" if place else _fate(pack, key[0])
            for label, event in events.items():
                value = event.decision.value if isinstance(event.decision, Relabel) else ""
                cause = f"{fate}; put right by {event.by}: {LABEL_WORDS[label]} {value or 'none'}"
                yield _lapse(pack, key, cause, place)


def _lapse(pack: Pack, sentence: tuple[str, str], cause: str, place: tuple[str, Span] | None = None) -> Change:
    document, words = sentence
    name = _labels(pack).get(document, document)
    return Change(name, _quoted(words), str(QuoteState.ORPHANED), cause, place)


def _fate(pack: Pack, document: str) -> str:
    """Why words are not where they were: "A report changed", "a.txt is gone"."""
    labels = _labels(pack)
    return f"{labels[document]} changed" if document in labels else f"{document} is gone"


def _quoted(words: str) -> str:
    return f"“{' '.join(words.split())}”"


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
