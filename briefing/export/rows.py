"""Every view of a pack as rows of plain values; their keys are the stable contract of the command line."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.analysis.search import Hit
from briefing.model import Cell, Claim, Matrix, Pack

Row = dict[str, object]
"""One row: values that JSON can hold, by the name of their column."""


def document_rows(pack: Pack) -> list[Row]:
    """One row a document."""
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
    documents = {document.id: document for document in pack.documents}
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


def evidence_rows(pack: Pack) -> list[Row]:
    """One row a claim, in order of document and place."""
    return [
        {
            **_place(claim),
            "roles": list(claim.roles),
            "constraints": list(claim.constraints),
            "stance": str(claim.stance),
            "status": str(claim.status),
            "voice": claim.voice,
            "as_of": claim.as_of,
            "heading": claim.heading,
            "cues": [{"label": cue.label, "start": cue.span.start, "end": cue.span.end} for cue in claim.cues],
        }
        for claim in pack.claims
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
            "note": cell.assessment.note if cell.assessment else None,
            "basis": str(cell.basis),
            "direct": len(cell.direct),
            "inherited": len(cell.inherited),
            "origins": cell.origins,
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
                "quotes": [_place(claim) for claim in row.claims],
            }
            for row in matrix.rows
        ],
        "constraints": [{"id": one.id, "name": one.name} for one in scenario.constraints],
        "cells": cell_rows(matrix),
    }


def matrix_rows(matrix: Matrix) -> list[Row]:
    """One row a role, one column a constraint, for tables: "low? 2 ~3"; `?` marks a draft."""
    rows = []
    for row in matrix.rows:
        values: Row = {"role": row.role.name, "status": str(row.status or "—")}
        for constraint, cell in zip(matrix.scenario.constraints, row.cells, strict=True):
            values[constraint.name] = f"{_rating(cell)} {cell.tally}".strip()
        rows.append(values)
    return rows


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
        }
        for hit in hits
    ]


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
