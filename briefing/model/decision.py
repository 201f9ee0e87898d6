"""What officers decide about a pack, as it stands in their journals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from briefing.model.entity import EntityKey, EntityType
from briefing.model.span import Span


@dataclass(frozen=True, slots=True)
class Merge:
    """One entity is another: all its mentions become the other's, its name an alias."""

    entity: EntityKey
    into: EntityKey


@dataclass(frozen=True, slots=True)
class Split:
    """One of the forms of an entity means something else: it becomes an entity of that name."""

    entity: EntityKey
    form: str
    """As in `Entity.aliases`."""


@dataclass(frozen=True, slots=True)
class Reject:
    """What was found is no entity."""

    entity: EntityKey


@dataclass(frozen=True, slots=True)
class Retype:
    """An entity is of another type."""

    entity: EntityKey
    type: EntityType


@dataclass(frozen=True, slots=True)
class AddName:
    """Words that no rule found are a name, wherever they stand in the pack."""

    entity: EntityKey
    """Its name is the words."""
    document: str
    """`Document.id` of where the officer saw them."""
    span: Span


@dataclass(frozen=True, slots=True)
class Undo:
    """An earlier event is taken back."""

    event: str
    """`Event.id`."""


@dataclass(frozen=True, slots=True)
class Redo:
    """An earlier event that was taken back holds again."""

    event: str
    """`Event.id`."""


Correction = Merge | Split | Reject | Retype | AddName
"""What puts right who and what was found."""
Decision = Correction | Undo | Redo
"""Everything a journal can hold."""


@dataclass(frozen=True, slots=True)
class Event:
    """One decision: who made it, and when."""

    id: str
    """SHA-256 of its line in the journal, in hexadecimal."""
    at: datetime
    """With its time zone, UTC."""
    by: str
    """The officer, as "user@host"."""
    decision: Decision
