"""The shared model: frozen dataclasses, no input or output, no clock.

Imports nothing of ours and only the standard library.
"""

from briefing.model.claim import Claim, Cue, Stance, Status
from briefing.model.decision import AddName, Correction, Decision, Event, Merge, Redo, Reject, Retype, Split, Undo
from briefing.model.document import Block, BlockKind, Document, Emphasis, Section, ShownRun, ShownText
from briefing.model.entity import Description, Entity, EntityKey, EntityRule, EntityType, Mention, NameFinder
from briefing.model.pack import Pack
from briefing.model.problem import PackError, Problem
from briefing.model.scenario import (
    Assessment,
    Basis,
    Cell,
    Confidence,
    Constraint,
    Matrix,
    QuoteRef,
    Rating,
    Role,
    RoleRow,
    Scenario,
)
from briefing.model.span import Span

__all__ = [
    "AddName",
    "Assessment",
    "Basis",
    "Block",
    "BlockKind",
    "Cell",
    "Claim",
    "Confidence",
    "Constraint",
    "Correction",
    "Cue",
    "Decision",
    "Description",
    "Document",
    "Emphasis",
    "Entity",
    "EntityKey",
    "EntityRule",
    "EntityType",
    "Event",
    "Matrix",
    "Mention",
    "Merge",
    "NameFinder",
    "Pack",
    "PackError",
    "Problem",
    "QuoteRef",
    "Rating",
    "Redo",
    "Reject",
    "Retype",
    "Role",
    "RoleRow",
    "Scenario",
    "Section",
    "ShownRun",
    "ShownText",
    "Span",
    "Split",
    "Stance",
    "Status",
    "Undo",
]
