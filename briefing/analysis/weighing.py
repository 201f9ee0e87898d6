"""Lays what officers made of the evidence over what was read: labels put right, sources struck, cells rated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.analysis.judgements import judgements, relabelled
from briefing.analysis.matrix import fill_matrix
from briefing.analysis.origins import origins_of
from briefing.model import Event, Pack


def weighed(pack: Pack, events: Sequence[Event]) -> Pack:
    """`pack`, its claims and conflicts found, with claims, origins, conflicts and matrix as `events` leave them."""
    held = judgements(events)
    claims = relabelled(pack.found_claims, held.labels)
    origins = origins_of(pack.documents, held.groups)
    conflicts = tuple(replace(conflict, settled=held.settled.get(conflict.id)) for conflict in pack.conflicts)
    matrix = None
    if pack.scenario is not None:
        matrix = fill_matrix(pack.scenario, claims, pack.documents, held=held, origins=origins, conflicts=conflicts)
    return replace(
        pack,
        events=tuple(events),
        as_of=held.as_of or pack.written_as_of,
        claims=tuple(claims),
        origins=origins,
        conflicts=conflicts,
        matrix=matrix,
    )
