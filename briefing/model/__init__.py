"""The shared model: frozen dataclasses, no input or output, no clock.

Imports nothing of ours and only the standard library. What documents are made of is loaded at once, all else when it
is first asked for: to make the classes of the whole model takes as long as to read a small pack.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from briefing.model.document import (
    Block,
    BlockKind,
    Document,
    Documents,
    Emphasis,
    Section,
    ShownRun,
    ShownText,
    document_numbers,
    documents_by_id,
)
from briefing.model.entity import (
    CountedMentions,
    Description,
    Entity,
    EntityKey,
    EntityRule,
    EntityType,
    Mention,
    Mentions,
    NameFinder,
    as_mentions,
)
from briefing.model.lazy import Joined, LazyTuple, OnDemand, Parts
from briefing.model.pack import Pack, WithNames
from briefing.model.problem import PackError, Problem
from briefing.model.span import Span

if TYPE_CHECKING:
    from briefing.model.claim import Claim, ClaimLabel, Cue, Stage, Stance, Status
    from briefing.model.conflict import Conflict, ConflictKind, Side
    from briefing.model.decision import (
        AddName,
        Collect,
        Correction,
        Decision,
        Event,
        Grade,
        Group,
        Judgement,
        Merge,
        Rate,
        Redo,
        Reject,
        Relabel,
        Restore,
        Retype,
        SaveQuery,
        SetDate,
        Settle,
        Snapshot,
        Split,
        Strike,
        Triage,
        Undo,
    )
    from briefing.model.evidence import ClaimKind, Claims, Evidence, as_claims, as_evidence
    from briefing.model.matrix import Basis, Cell, Matrix, RoleRow, Suggestion
    from briefing.model.passage import ShownPassage
    from briefing.model.scenario import Assessment, Confidence, Constraint, QuoteRef, Rating, Role, Scenario
    from briefing.model.source import Credibility, Graded, Likeness, Origin, Reliability, TriageState
    from briefing.model.timeline import TimelineEntry

__all__ = [
    "AddName",
    "Assessment",
    "Basis",
    "Block",
    "BlockKind",
    "Cell",
    "Claim",
    "ClaimKind",
    "ClaimLabel",
    "Claims",
    "Collect",
    "Confidence",
    "Conflict",
    "ConflictKind",
    "Constraint",
    "Correction",
    "CountedMentions",
    "Credibility",
    "Cue",
    "Decision",
    "Description",
    "Document",
    "Documents",
    "Emphasis",
    "Entity",
    "EntityKey",
    "EntityRule",
    "EntityType",
    "Event",
    "Evidence",
    "Grade",
    "Graded",
    "Group",
    "Joined",
    "Judgement",
    "LazyTuple",
    "Likeness",
    "Matrix",
    "Mention",
    "Mentions",
    "Merge",
    "NameFinder",
    "OnDemand",
    "Origin",
    "Pack",
    "PackError",
    "Parts",
    "Problem",
    "QuoteRef",
    "Rate",
    "Rating",
    "Redo",
    "Reject",
    "Relabel",
    "Reliability",
    "Restore",
    "Retype",
    "Role",
    "RoleRow",
    "SaveQuery",
    "Scenario",
    "Section",
    "SetDate",
    "Settle",
    "ShownPassage",
    "ShownRun",
    "ShownText",
    "Side",
    "Snapshot",
    "Span",
    "Split",
    "Stage",
    "Stance",
    "Status",
    "Strike",
    "Suggestion",
    "TimelineEntry",
    "Triage",
    "TriageState",
    "Undo",
    "WithNames",
    "as_claims",
    "as_evidence",
    "as_mentions",
    "document_numbers",
    "documents_by_id",
]

_LATER = {
    "claim": "Claim ClaimLabel Cue Stage Stance Status",
    "conflict": "Conflict ConflictKind Side",
    "decision": "AddName Collect Correction Decision Event Grade Group Judgement Merge Rate Redo Reject Relabel "
    "Restore Retype SaveQuery SetDate Settle Snapshot Split Strike Triage Undo",
    "evidence": "ClaimKind Claims Evidence as_claims as_evidence",
    "matrix": "Basis Cell Matrix RoleRow Suggestion",
    "passage": "ShownPassage",
    "scenario": "Assessment Confidence Constraint QuoteRef Rating Role Scenario",
    "source": "Credibility Graded Likeness Origin Reliability TriageState",
    "timeline": "TimelineEntry",
}
"""Modules that are loaded when one of the names they make is asked for (PEP 562)."""

if not TYPE_CHECKING:  # to a checker of types every name would be one of the model

    def __getattr__(name: str) -> object:
        """What `name` stands for in the module that makes it. Raises `AttributeError` for a name of none."""
        for module, names in _LATER.items():
            if name in names.split():
                found: object = getattr(import_module(f"{__name__}.{module}"), name)
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
