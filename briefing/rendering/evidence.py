"""Claims as an officer reads them: the quote, where it stands, which way it leans, how firm it is, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from briefing.analysis.judgements import LABEL_WORDS, Judgements
from briefing.analysis.quotes import quote_state
from briefing.model import (
    Cell,
    Claim,
    Cue,
    Document,
    PackError,
    QuoteRef,
    RoleRow,
    Span,
    Stage,
    as_evidence,
    documents_by_id,
)
from briefing.parsing import visible
from briefing.rendering.context import shown_words
from briefing.rendering.entry import EntriesOnDemand, Entry, EntryLists, heading
from briefing.rendering.line import Line, Piece, flow
from briefing.rendering.strikes import struck_through
from briefing.rendering.weighing import verdict_lines

_INDENT = 2


def cell_entries(cell: Cell, documents: Sequence[Document], width: int, held: Judgements | None = None) -> EntryLists:
    """What a cell was judged to be and on which words, then its direct and its inherited quotes.

    The value of every quote is (document id, span); one that no longer stands in its document cannot be chosen. Of
    quotes that were struck or put right it is said by whom and when, as far as it is in `held`.
    """
    by_id = documents_by_id(documents)
    verdict = verdict_lines(cell, width)
    above = [Entry(tuple(verdict))] if verdict else []
    between = []
    if cell.direct and cell.inherited:
        above.append(heading("DIRECT", "about both"))
    if cell.inherited:
        between.append(heading("INHERITED", "of every role this constraint reaches"))
    below = []
    if not cell.claims:
        text = "No sentence speaks of both, and no general one reaches this role."
        below.append(Entry(tuple(flow([Piece(text, "muted")], width))))
    return EntryLists(
        above,
        claim_entries(cell.direct, by_id, width, held),
        between,
        claim_entries(cell.inherited, by_id, width, held),
        [*below, *_struck_heading(cell.struck)],
        claim_entries(cell.struck, by_id, width, held, struck=True),
        _rested_on(cell, by_id, width),
    )


def _struck_heading(struck: Sequence[Claim]) -> list[Entry]:
    return [heading("STRUCK", "counts for nothing; x lets it count again")] if struck else []


def _struck_words(claim: Claim, held: Judgements | None) -> str:
    """The words for a quote that was struck: "struck by ann@desk, 2021-03-17", or without a name where none is held."""
    event = held.strike_of(claim) if held else None
    return f"struck by {visible(event.by)}, {event.at:%Y-%m-%d}" if event else "struck"


def _put_right(claim: Claim, held: Judgements | None) -> str:
    """What was put right, each time with who did it: "stage, leaning by ann@desk, 2021-03-17; date by bob@desk, …"."""
    events = held.labels.get((claim.document, claim.quote), {}) if held else {}
    by_whom: dict[str, list[str]] = {}
    for label in claim.corrected:
        event = events.get(label)
        whom = f" by {visible(event.by)}, {event.at:%Y-%m-%d}" if event else ""
        by_whom.setdefault(whom, []).append(LABEL_WORDS[label])
    return "; ".join(f"{', '.join(labels)}{whom}" for whom, labels in by_whom.items())


def _rested_on(cell: Cell, documents: Mapping[str, Document], width: int) -> list[Entry]:
    """The quotes that the rating names and that are not listed anyway, also those that are gone from their document."""
    entries = []
    listed = [*cell.claims.places, *as_evidence(cell.struck).places] if cell.assessment else []
    for quote in cell.assessment.quotes if cell.assessment else ():
        document = documents.get(quote.document)
        span = quote_state(document, quote)[1]
        if document is None or span is None:
            entries.append(_orphan_entry(quote, document.label if document else quote.document, width))
        elif not any(id == document.id and place.overlaps(span) for id, place in listed):
            struck = quote in cell.struck_quotes
            facts = (
                Piece(f"{visible(document.label)}, line {document.line_of(span.start)}", "accent"),
                Piece("  struck" if struck else "", "warning"),
            )
            words = _quote(document, span, (), width)
            lines = [struck_through(line) for line in words] if struck else words
            entries.append(Entry((facts, *lines), (document.id, span)))
    return [heading("RATED ON", "what the rating rests on besides"), *entries] if entries else []


def _orphan_entry(quote: QuoteRef, label: str, width: int) -> Entry:
    """A quote that is gone: it cannot be gone to, and counts for nothing."""
    facts = flow([Piece(f"no longer stands in {visible(label)}", "warning")], width, _INDENT)
    words = struck_through((Piece(f"“{visible(' '.join(quote.text.split()))}”"),))
    margin = (Piece(" " * _INDENT),)
    return Entry((*facts, *(margin + line for line in flow(words, width - _INDENT))))


def role_entries(row: RoleRow, documents: Sequence[Document], width: int, held: Judgements | None = None) -> EntryLists:
    """What became of a role's stage, then every claim about it, firmest and body first, then what was struck.

    The value of each claim is (document id, span). Of quotes that were struck or put right it is said by whom and when,
    as far as it is in `held`.
    """
    by_id = documents_by_id(documents)
    order = {stage: place for place, stage in enumerate(Stage)}
    ranked = as_evidence(row.claims).ranked(lambda kind: (kind.heading, order[kind.stage]))
    return EntryLists(
        [Entry(tuple(flow([Piece("* ", "warning"), Piece(words)], width, _INDENT))) for words in row.changes],
        claim_entries(ranked, by_id, width, held),
        _struck_heading(row.struck),
        claim_entries(row.struck, by_id, width, held, struck=True),
    )


def claim_entries(
    claims: Sequence[Claim],
    documents: Mapping[str, Document],
    width: int,
    held: Judgements | None = None,
    *,
    struck: bool = False,
) -> EntriesOnDemand:
    """For each claim stance, stage, document, line and voice; under them the quote, its cue words marked.

    When they were `struck` they count for nothing: it is said by whom, and their words are struck through. A cell may
    have thousands of claims, and as many documents be read for them: each is made when it is looked at, once.
    """
    evidence = as_evidence(claims)

    @cache
    def lines(index: int) -> tuple[Line, ...]:
        try:
            claim = evidence[index]
        except PackError as error:
            return tuple(flow([Piece(visible(str(error.problems[0])), "warning")], width, _INDENT))
        why = _struck_words(claim, held) if struck else ""
        return tuple(_claim_lines(claim, documents[claim.document], width, held, why))

    return EntriesOnDemand(evidence.places, lines)


def _claim_lines(claim: Claim, document: Document, width: int, held: Judgements | None, struck: str) -> Iterator[Line]:
    facts = [
        Piece(claim.stance.upper(), str(claim.stance)),
        Piece("  "),
        Piece(str(claim.stage), str(claim.status)),
        Piece(f"  {document.label}, line {claim.line}", "accent"),
        Piece(f"  {visible(claim.voice)}", "muted"),
        Piece(f"  {claim.as_of or 'undated'}", "muted"),
    ]
    if claim.heading:
        facts.append(Piece("  heading", "muted"))
    if claim.corrected:
        facts.append(Piece(f"  put right: {_put_right(claim, held)}", "muted"))
    if struck:
        facts.append(Piece(f"  {struck}", "warning"))
    yield from flow(facts, width, _INDENT)
    quote = _quote(document, claim.span, claim.cues, width)
    yield from map(struck_through, quote) if struck else quote


def _quote(document: Document, span: Span, marked: Sequence[Cue], width: int) -> list[Line]:
    """The words at `span` between quotation marks, those that decided something underlined."""
    words = shown_words(document, span)
    block = document.block_at(span.start)
    begin = ((block and block.shown.shown_of(span)) or (0, 0))[0]
    edges = {0, len(words)}
    cues = [block.shown.shown_of(cue.span) for cue in marked] if block else []
    ranges = [
        (start - begin, end - begin)
        for start, end in filter(None, cues)
        if begin <= start and end <= begin + len(words)
    ]
    for start, end in ranges:
        edges |= {start, end}
    cuts = sorted(edges)
    pieces = [Piece("“", "muted")]
    for left, right in pairwise(cuts):
        decided = any(start <= left and right <= end for start, end in ranges)
        pieces.append(Piece(words[left:right], "target" if decided else ""))
    pieces.append(Piece("”", "muted"))
    margin = (Piece(" " * _INDENT),)
    return [margin + line for line in flow(pieces, width - _INDENT)]
