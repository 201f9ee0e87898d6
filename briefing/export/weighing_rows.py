"""What was made of the evidence, as rows: what falls with a source, what is to be found out, what has changed."""

from __future__ import annotations

from briefing.analysis.changes import changes_since, quote_changes
from briefing.analysis.judgements import judgements
from briefing.analysis.linchpins import linchpins, stage_claims
from briefing.analysis.ranking import ranked
from briefing.export.rows import Row
from briefing.model import Cell, Collect, Pack


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
                "quotes": len(stage_claims(row)),
            }
            for row in one.rows
        ]
        rows += [
            {
                **held,
                "role": cell.role,
                "constraint": cell.constraint,
                "holds": str(cell.assessment.rating) if cell.assessment else None,
                "quotes": len(cell.claims) or _quotes_rated_on(cell),
            }
            for cell in one.cells
        ]
    return rows


def _quotes_rated_on(cell: Cell) -> int:
    """How many quotes a cell was rated on that have not been struck: what holds up one without evidence."""
    quotes = cell.assessment.quotes if cell.assessment else ()
    return sum(quote not in cell.struck_quotes for quote in quotes)


def ranking_rows(pack: Pack) -> list[Row]:
    """One row a role, least hindered first, and why it stands above the next."""
    return [
        {
            "place": one.place,
            "tied": one.tied,
            "role": one.row.role.id,
            "stage": str(one.row.stage) if one.row.stage else None,
            "as_of": one.row.as_of,
            "above_the_next": one.reason,
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
