"""Claims as an officer reads them: the quote, where it stands, which way it leans, how firm it is, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from briefing.model import Assessment, Cell, Claim, Document
from briefing.parsing import visible
from briefing.rendering.context import shown_words
from briefing.rendering.entry import Entry, heading
from briefing.rendering.line import Line, Piece, flow
from briefing.rendering.matrix import rating_words

_INDENT = 2


def cell_entries(cell: Cell, documents: Sequence[Document], width: int) -> list[Entry]:
    """What a cell was judged to be, then its direct and its inherited quotes; the value of a quote is its claim."""
    by_id = {document.id: document for document in documents}
    entries = [Entry(tuple(_verdict(cell.assessment, width)))] if cell.assessment else []
    if cell.direct and cell.inherited:
        entries.append(heading("DIRECT", "about both"))
    entries += [claim_entry(claim, by_id[claim.document], width) for claim in cell.direct]
    if cell.inherited:
        entries.append(heading("INHERITED", "of every role this constraint reaches"))
    entries += [claim_entry(claim, by_id[claim.document], width) for claim in cell.inherited]
    if not cell.claims:
        entries.append(
            Entry(((Piece("No sentence speaks of both, and none of the constraint in general.", "muted"),),))
        )
    return entries


def role_entries(claims: Sequence[Claim], documents: Sequence[Document], width: int) -> list[Entry]:
    """Every claim about a role, firmest status first and body before headings; the value of each is its claim."""
    by_id = {document.id: document for document in documents}
    order = ["done", "announced", "possible", "general"]
    ranked = sorted(claims, key=lambda claim: (claim.heading, order.index(claim.status)))
    return [claim_entry(claim, by_id[claim.document], width) for claim in ranked]


def claim_entry(claim: Claim, document: Document, width: int) -> Entry:
    """One claim: stance, status, document, line and voice; under them the quote, its cue words marked."""
    facts = [
        Piece(claim.stance.upper(), str(claim.stance)),
        Piece("  "),
        Piece(str(claim.status), str(claim.status)),
        Piece(f"  {document.label}, line {claim.line}", "accent"),
        Piece(f"  {visible(claim.voice)}", "muted"),
        Piece(f"  {claim.as_of or 'undated'}", "muted"),
    ]
    if claim.heading:
        facts.append(Piece("  heading", "muted"))
    return Entry((*flow(facts, width, _INDENT), *_quote(claim, document, width)), claim)


def _quote(claim: Claim, document: Document, width: int) -> list[Line]:
    words = shown_words(document, claim.span)
    block = document.blocks[document.block_index_at(claim.span.start)]
    begin = (block.shown.shown_of(claim.span) or (0, 0))[0]
    edges = {0, len(words)}
    cues = [block.shown.shown_of(cue.span) for cue in claim.cues]
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


def _verdict(assessment: Assessment, width: int) -> list[Line]:
    by = "drafted with the pack, not confirmed" if assessment.drafted else f"by {visible(assessment.by)}"
    pieces = [Piece(rating_words(assessment), str(assessment.rating) + (" draft" if assessment.drafted else ""))]
    if assessment.confidence:
        pieces.append(Piece(f"  {assessment.confidence} confidence", ""))
    pieces.append(Piece(f"  {by}", "muted"))
    if assessment.note:
        pieces.append(Piece(f"  {visible(assessment.note)}", ""))
    return list(flow(pieces, width, _INDENT))
