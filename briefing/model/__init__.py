"""The shared model: frozen dataclasses, no input or output, no clock.

Imports nothing of ours and only the standard library.
"""

from briefing.model.claim import Claim, Cue, Stance, Status
from briefing.model.document import Block, BlockKind, Document, Emphasis, Section, ShownRun, ShownText
from briefing.model.entity import Entity, EntityRule, EntityType, Mention
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
    "Assessment",
    "Basis",
    "Block",
    "BlockKind",
    "Cell",
    "Claim",
    "Confidence",
    "Constraint",
    "Cue",
    "Document",
    "Emphasis",
    "Entity",
    "EntityRule",
    "EntityType",
    "Matrix",
    "Mention",
    "Pack",
    "PackError",
    "Problem",
    "QuoteRef",
    "Rating",
    "Role",
    "RoleRow",
    "Scenario",
    "Section",
    "ShownRun",
    "ShownText",
    "Span",
    "Stance",
    "Status",
]
