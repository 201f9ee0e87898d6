"""Every view of a pack as rows of plain values; their keys are the stable contract of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from briefing.analysis.card import Card, Dated
from briefing.analysis.judgements import Judgements, judgements
from briefing.analysis.search import CONTEXT, Hit
from briefing.analysis.triage import Standing, standing_of
from briefing.model import (
    Cell,
    Claim,
    Conflict,
    Document,
    Event,
    Matrix,
    Mention,
    Origin,
    Pack,
    Side,
    Span,
    TimelineEntry,
    documents_by_id,
)

Row = dict[str, object]
"""One row: values that JSON can hold, by the name of their column."""


def document_rows(pack: Pack) -> list[Row]:
    """One row a document, what officers want with it at the end.

    `state_before` is what they wanted until its file changed, which made it new.
    """
    triaged = judgements(pack.events).triaged
    return [
        {
            "doc": document.id,
            "label": document.label,
            "title": document.title,
            "date": document.date,
            "origin": document.origin,
            "format": document.format,
            "words": len(document.text.split()),
            "characters": len(document.text),
            "sections": [section.title for section in document.sections if section.heading is not None],
            "sha256": document.digest,
            "problems": [str(problem) for problem in document.problems],
            **_standing(standing_of(document, triaged)),
        }
        for document in pack.documents
    ]


def entity_rows(pack: Pack) -> list[Row]:
    """One row an entity, most mentioned first."""
    return [
        {
            "name": entity.name,
            "type": str(entity.type),
            "mentions": len(entity.mentions),
            "documents": list(entity.documents),
            "aliases": list(entity.aliases),
        }
        for entity in pack.entities
    ]


def mention_rows(pack: Pack) -> list[Row]:
    """One row a mention, in order of document and place."""
    documents = documents_by_id(pack.documents)
    return [
        {
            "doc": mention.document,
            "start": mention.span.start,
            "end": mention.span.end,
            "line": documents[mention.document].line_of(mention.span.start),
            "text": mention.text,
            "type": str(mention.type),
            "canonical": mention.canonical,
        }
        for mention in pack.mentions
    ]


def card_rows(cards: Sequence[Card], pack: Pack) -> list[Row]:
    """One object a card, with all that is on it."""
    documents = documents_by_id(pack.documents)
    return [
        {
            "name": card.entity.name,
            "type": str(card.entity.type),
            "aliases": list(card.entity.aliases),
            "descriptions": [
                {**_words(documents[one.document], one.span), "count": one.count} for one in card.descriptions
            ],
            "first": _dated(card.first, documents),
            "last": _dated(card.last, documents),
            "companions": [
                {"name": one.key[1], "type": str(one.key[0]), "sentences": one.count} for one in card.companions
            ],
            "mentions": [_in_context(mention, documents) for group in card.mentions for mention in group],
        }
        for card in cards
    ]


def card_mention_rows(cards: Sequence[Card], pack: Pack) -> list[Row]:
    """One row a mention of the entities on `cards`, with what stands around it."""
    documents = documents_by_id(pack.documents)
    return [
        {**_in_context(mention, documents), "type": str(mention.type), "canonical": mention.canonical}
        for card in cards
        for group in card.mentions
        for mention in group
    ]


def evidence_rows(pack: Pack) -> list[Row]:
    """One row a claim, in order of document and place, those that were struck among them."""
    held = judgements(pack.events)
    return [
        {
            **_place(claim),
            "roles": list(claim.roles),
            "constraints": list(claim.constraints),
            "stance": str(claim.stance),
            "status": str(claim.status),
            "stage": str(claim.stage),
            "voice": claim.voice,
            "as_of": claim.as_of,
            "heading": claim.heading,
            "struck": held.strike_of(claim) is not None,
            "cues": [{"label": cue.label, "start": cue.span.start, "end": cue.span.end} for cue in claim.cues],
        }
        for claim in pack.claims
    ]


def timeline_rows(entries: Sequence[TimelineEntry], pack: Pack) -> list[Row]:
    """One row an entry of the timeline, in its order; `words` are those that give the date, None where none do."""
    documents = documents_by_id(pack.documents)
    held = judgements(pack.events)
    return [
        {
            "date": entry.date,
            "until": entry.until,
            "inferred": entry.inferred,
            "overdue": entry.overdue,
            "stage": str(entry.stage),
            "roles": list(entry.roles),
            "doc": entry.document,
            "start": entry.span.start,
            "end": entry.span.end,
            "line": documents[entry.document].line_of(entry.span.start),
            "quote": documents[entry.document].quote(entry.span),
            "words": documents[entry.document].quote(entry.words) if entry.words else None,
            "struck": _is_struck(documents[entry.document], entry.span, held),
        }
        for entry in entries
    ]


def cell_rows(matrix: Matrix) -> list[Row]:
    """One row a cell, role by role."""
    return [
        {
            "role": cell.role,
            "constraint": cell.constraint,
            "rating": str(cell.assessment.rating) if cell.assessment else None,
            "confidence": str(cell.assessment.confidence) if cell.assessment and cell.assessment.confidence else None,
            "drafted": cell.assessment.drafted if cell.assessment else None,
            "by": cell.assessment.by if cell.assessment else None,
            "note": cell.assessment.note if cell.assessment else None,
            "rivals": [{"by": one.by, "rating": str(one.rating)} for one in cell.rivals],
            "suggested": str(cell.suggestion.rating) if cell.suggestion else None,
            "why": cell.suggestion.reason if cell.suggestion else None,
            "basis": str(cell.basis),
            "direct": len(cell.direct),
            "inherited": len(cell.inherited),
            "origins": cell.origins,
            "conflicts": list(cell.conflicts),
            "changes": list(cell.changes),
            "quotes": [_place(claim) for claim in cell.claims],
        }
        for row in matrix.rows
        for cell in row.cells
    ]


def scenario_object(matrix: Matrix) -> Row:
    """The whole scenario as one object: roles, constraints and cells."""
    scenario = matrix.scenario
    return {
        "question": scenario.question,
        "actor": scenario.actor,
        "roles": [
            {
                "id": row.role.id,
                "name": row.role.name,
                "status": str(row.status) if row.status else None,
                "stage": str(row.stage) if row.stage else None,
                "as_of": row.as_of,
                "quotes": [_place(claim) for claim in row.claims],
            }
            for row in matrix.rows
        ],
        "constraints": [{"id": one.id, "name": one.name} for one in scenario.constraints],
        "cells": cell_rows(matrix),
    }


def matrix_rows(matrix: Matrix) -> list[Row]:
    """One row a role, one column a constraint, for tables: "low? ≠high 2 ~3 /1 ! *".

    `?` marks a draft, `≠` what other officers rated, `/` stands before the number of origins, `!` marks quotes that
    disagree, `*` what has changed since; `·` is evidence that nobody has rated. `as_of` is the status's latest date.
    """
    rows = []
    for row in matrix.rows:
        values: Row = {"role": row.role.name, "status": str(row.stage or "—"), "as_of": row.as_of}
        for constraint, cell in zip(matrix.scenario.constraints, row.cells, strict=True):
            values[constraint.name] = _cell_words(cell)
        rows.append(values)
    return rows


def conflict_rows(
    conflicts: Sequence[Conflict], documents: Sequence[Document], events: Iterable[Event] = ()
) -> list[Row]:
    """One row a conflict, in the order given; the two sentences with the words of them that disagree.

    Of each sentence it says whether it was struck by one of `events`, of a conflict whether either was.
    """
    by_id = documents_by_id(documents)
    held = judgements(events)
    return [
        {
            "id": conflict.id,
            "kind": str(conflict.kind),
            "subject": conflict.subject,
            "reason": conflict.reason,
            "one": _side(by_id[conflict.one.document], conflict.one, held),
            "other": _side(by_id[conflict.other.document], conflict.other, held),
            "roles": list(conflict.roles),
            "constraints": list(conflict.constraints),
            "settled": conflict.settled,
            "settled_by": conflict.settled_by or None,
            "settled_at": conflict.settled_at.isoformat(timespec="seconds") if conflict.settled_at else None,
            "struck": any(_is_struck(by_id[side.document], side.span, held) for side in (conflict.one, conflict.other)),
        }
        for conflict in conflicts
    ]


def origin_rows(origins: Sequence[Origin], documents: Sequence[Document]) -> list[Row]:
    """One row an origin: its documents, what they are called, and why they count as one."""
    labels = {document.id: document.label for document in documents}
    return [
        {
            "origin": number,
            "documents": list(origin.documents),
            "labels": [labels[id] for id in origin.documents],
            "reason": origin.reason,
        }
        for number, origin in enumerate(origins, 1)
    ]


def hit_rows(hits: Sequence[Hit]) -> list[Row]:
    """One row a place where what was looked for stands, with what is around it."""
    return [
        {
            "doc": hit.document,
            "start": hit.span.start,
            "end": hit.span.end,
            "line": hit.line,
            "before": hit.before,
            "text": hit.found,
            "after": hit.after,
            "passage_start": hit.passage.start,
            "passage_end": hit.passage.end,
        }
        for hit in hits
    ]


def _standing(standing: Standing) -> Row:
    before = str(standing.before) if standing.before else None
    return {"state": str(standing.state), "state_by": standing.by or None, "state_before": before}


def _is_struck(document: Document, span: Span, held: Judgements) -> bool:
    """Whether the document, or the sentence at `span`, counts for nothing."""
    return document.id in held.struck_documents or (document.id, document.quote(span)) in held.struck_quotes


def _side(document: Document, side: Side, held: Judgements) -> Row:
    return {
        "doc": document.id,
        "start": side.span.start,
        "end": side.span.end,
        "line": document.line_of(side.span.start),
        "quote": document.quote(side.span),
        "words": {"start": side.words.start, "end": side.words.end, "text": document.quote(side.words)},
        "struck": _is_struck(document, side.span, held),
    }


def _words(document: Document, span: Span) -> Row:
    return {
        "doc": document.id,
        "start": span.start,
        "end": span.end,
        "line": document.line_of(span.start),
        "text": document.quote(span),
    }


def _in_context(mention: Mention, documents: Mapping[str, Document]) -> Row:
    """A mention with the words of its block before and after it, as shown."""
    document = documents[mention.document]
    shown = document.blocks[document.block_index_at(mention.span.start)].shown
    start, end = shown.shown_of(mention.span) or (0, 0)
    before = ("…" if start > CONTEXT else "") + shown.text[max(0, start - CONTEXT) : start]
    after = shown.text[end : end + CONTEXT] + ("…" if end + CONTEXT < len(shown.text) else "")
    return {**_words(document, mention.span), "before": before, "after": after}


def _dated(dated: Dated | None, documents: Mapping[str, Document]) -> Row | None:
    """A date with the words that give it; without words where it is the document's own."""
    if dated is None:
        return None
    words = _words(documents[dated.document], dated.span) if dated.span else {"doc": dated.document}
    return {"date": dated.iso, "of": "sentence" if dated.span else "document", **words}


def _cell_words(cell: Cell) -> str:
    rivals = dict.fromkeys(f"≠{one.rating}" for one in cell.rivals)
    origins = f"/{cell.origins}" if cell.claims else ""
    marks = ("!" if cell.conflicts else "", "*" if cell.changes else "")
    return " ".join(filter(None, (_rating(cell), *rivals, cell.tally, origins, *marks)))


def _rating(cell: Cell) -> str:
    if cell.assessment is None:
        return "·" if cell.claims else "—"
    return f"{cell.assessment.rating}{'?' if cell.assessment.drafted else ''}"


def _place(claim: Claim) -> Row:
    return {
        "doc": claim.document,
        "start": claim.span.start,
        "end": claim.span.end,
        "line": claim.line,
        "quote": claim.quote,
    }
