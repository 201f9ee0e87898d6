"""Lays what officers made of the evidence over what was read: labels put right, sources struck, cells rated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.analysis.conflicts.put_right import still_disagreeing
from briefing.analysis.conflicts.repeats import told_once
from briefing.analysis.judgements import Judgements, judgements, relabelled
from briefing.analysis.matrix import fill_matrix
from briefing.analysis.origins import origins_of
from briefing.model import Conflict, Event, Pack, Settle


def weighed(pack: Pack, events: Sequence[Event]) -> Pack:
    """`pack`, its claims and conflicts found, with claims, origins, conflicts and matrix as `events` leave them."""
    held = judgements(events)
    claims = relabelled(pack.found_claims, held.labels, pack.scenario)
    labelled = dict.fromkeys(document for document, _ in held.labels)
    put_right = [claim for document in labelled for claim in claims.in_document(document)]
    origins = origins_of(pack.documents, held.groups, pack.found_likenesses)
    disagreeing = [_settled(one, held) for one in still_disagreeing(pack.found_conflicts, put_right)]
    conflicts = told_once(disagreeing, pack.documents, origins, held)
    matrix = None
    if pack.scenario is not None:
        matrix = fill_matrix(pack.scenario, claims, pack.documents, held=held, origins=origins, conflicts=conflicts)
    return replace(
        pack,
        events=tuple(events),
        as_of=held.as_of or pack.written_as_of,
        claims=claims,
        origins=origins,
        conflicts=conflicts,
        matrix=matrix,
    )


def _settled(conflict: Conflict, held: Judgements) -> Conflict:
    event = held.settled.get(conflict.id)
    if event is None or not isinstance(event.decision, Settle):
        return conflict
    return replace(conflict, settled=event.decision.note, settled_by=event.by, settled_at=event.at)
