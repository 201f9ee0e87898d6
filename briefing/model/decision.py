"""What officers decide about a pack, as it stands in their journals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from briefing.model.claim import ClaimLabel
from briefing.model.entity import EntityKey, EntityType
from briefing.model.scenario import Confidence, QuoteRef, Rating
from briefing.model.source import Credibility, Reliability, TriageState
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
class Relabel:
    """A claim is to be read otherwise."""

    document: str
    span: Span
    """Of the claim's sentence."""
    quote: str
    """Its words, by which it is found again when the document has changed."""
    label: ClaimLabel
    value: str
    """Ids separated by blanks for roles and constraints, else the value itself."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How strongly a constraint bears on a role, or with no rating: not to be rated after all."""

    role: str
    constraint: str
    rating: Rating | None
    confidence: Confidence | None = None
    note: str = ""
    quotes: tuple[QuoteRef, ...] = ()
    """What it rests on: the words that stood in the cell when it was rated, of very many the first."""
    seen: int = 0
    """How many quotes stood there, those struck among them, where that is more than are named; else 0."""


@dataclass(frozen=True, slots=True)
class Strike:
    """A document, or one sentence of it, counts for nothing."""

    document: str
    span: Span | None = None
    """Of the sentence; None for the document as a whole."""
    quote: str = ""
    """The words at `span`."""


@dataclass(frozen=True, slots=True)
class Group:
    """Documents come from one origin; or with one document: it is an origin of its own, whatever it repeats."""

    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """How far a document is to be trusted, and what it says to be believed."""

    document: str
    reliability: Reliability
    credibility: Credibility


@dataclass(frozen=True, slots=True)
class Triage:
    """A document is kept, skipped or left for later; or is new, whatever was decided before."""

    document: str
    digest: str
    """`Document.digest` of what the officer had before them: other words in its place are new."""
    state: TriageState


@dataclass(frozen=True, slots=True)
class Settle:
    """A conflict is understood."""

    conflict: str
    """`Conflict.id`."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Collect:
    """A gap is put on the list of what to find out."""

    role: str
    constraint: str
    question: str


@dataclass(frozen=True, slots=True)
class SaveQuery:
    """What is looked for will be looked for again."""

    query: str
    """As it was typed."""


@dataclass(frozen=True, slots=True)
class SetDate:
    """The briefing speaks from another day."""

    as_of: date


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How things stand, for later comparison."""

    ratings: tuple[tuple[str, str, str], ...]
    """Role, constraint and rating of every cell that is rated."""
    stages: tuple[tuple[str, str], ...]
    """Role and firmest stage of every role that has one."""
    documents: tuple[tuple[str, str], ...]
    """Id and digest of every document."""
    struck: tuple[str, ...]
    """Ids of the documents that count for nothing."""
    struck_sentences: tuple[str, ...] | None = None
    """For each sentence that counts for nothing sixteen hexadecimal digits, made from its document's id and its words.

    Not more, for a snapshot has to fit into one line of a journal. None where earlier versions noted nothing of them.
    """


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


@dataclass(frozen=True, slots=True)
class Restore:
    """What was struck, rejected, collected or settled is so no more: an event is taken back; that can be undone."""

    event: str
    """`Event.id`."""


Correction = Merge | Split | Reject | Retype | AddName
"""What puts right who and what was found."""
Judgement = Relabel | Rate | Strike | Group | Grade | Triage | Settle | Collect | SaveQuery | SetDate | Snapshot
"""What is made of what was found."""
Decision = Correction | Judgement | Restore | Undo | Redo
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
