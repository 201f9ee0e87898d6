"""What was made of the evidence, as rows: what falls with a source, what is to be found out, what has changed."""

from __future__ import annotations

from briefing.analysis.appraisal import facts_about
from briefing.analysis.changes import changes_since, quote_changes
from briefing.analysis.judgements import judgements
from briefing.analysis.linchpins import linchpins
from briefing.analysis.ranking import ranked
from briefing.export.rows import Row
from briefing.model import Collect, Document, Pack, Span


def linchpin_rows(pack: Pack) -> list[Row]:
    """One row for every cell and every status that one origin alone holds up."""
    if pack.matrix is None:
        return []
    rows: list[Row] = []
    for one in linchpins(pack.matrix, pack.origins):
        held = {"documents": list(one.origin.documents)}
        rows += [
            {
                **held,
                "role": row.role.id,
                "constraint": None,
                "holds": str(row.stage),
                "quotes": len(row.stage_claims),
            }
            for row in one.rows
        ]
        rows += [
            {
                **held,
                "role": cell.role,
                "constraint": cell.constraint,
                "holds": str(cell.assessment.rating) if cell.assessment else None,
                "quotes": len(cell.claims or cell.standing_quotes),
            }
            for cell in one.cells
        ]
    return rows


def ranking_rows(pack: Pack) -> list[Row]:
    """One row a role, least hindered first, why it stands above the next, and the constraints nobody has rated."""
    return [
        {
            "place": one.place,
            "tied": one.tied,
            "role": one.row.role.id,
            "stage": str(one.row.stage) if one.row.stage else None,
            "as_of": one.row.as_of,
            "above_the_next": one.reason,
            "not_rated": [cell.constraint for cell in one.row.cells if cell.assessment is None],
        }
        for one in (ranked(pack.matrix) if pack.matrix else ())
    ]


def question_rows(pack: Pack) -> list[Row]:
    """One row for everything that is to be found out."""
    return [
        {
            "role": role,
            "constraint": constraint,
            "question": event.decision.question if isinstance(event.decision, Collect) else "",
            "by": event.by,
            "at": event.at.isoformat(timespec="seconds"),
        }
        for (role, constraint), event in judgements(pack.events).collected.items()
    ]


def change_rows(pack: Pack) -> list[Row]:
    """One row for every quote that a decision rests on and that moved or went, then for all since the last snapshot."""
    snapshots = judgements(pack.events).snapshots
    since = changes_since(pack, snapshots[-1]) if snapshots else ()
    return [
        {"subject": change.subject, "was": change.was, "now": change.now, "cause": change.cause}
        for change in (*quote_changes(pack), *since)
    ]


def appraisal_rows(pack: Pack) -> list[Row]:
    """For every document a row for each grade an officer gave it, and for each thing to be said of it as a source.

    `start` and `end` are where the words stand that show it, as characters of the document; None where none do.
    """
    grades = judgements(pack.events).grades
    rows: list[Row] = []
    for document in pack.documents:
        given = grades[document.id].values()
        rows += [_appraisal(document, f"{one.reliability}{one.credibility}", one.by) for one in given]
        rows += [_appraisal(document, str(problem.fault)) for problem in document.problems]
        facts = facts_about(document, pack.mentions, pack.as_of)
        rows += [_appraisal(document, fact.text, span=fact.span) for fact in facts]
    return rows


def _appraisal(document: Document, said: str, graded_by: str | None = None, span: Span | None = None) -> Row:
    return {
        "doc": document.id,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "line": document.line_of(span.start) if span else None,
        "said": said,
        "quote": document.quote(span) if span else None,
        "graded_by": graded_by,
    }
