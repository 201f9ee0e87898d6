"""Who and what the documents speak of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from briefing.model.span import Span


class EntityType(StrEnum):
    """The nine kinds of thing that are listed; the names are part of the stable export."""

    PERSON = "PERSON"
    ORG = "ORG"
    PLACE = "PLACE"
    DATE = "DATE"
    EVENT = "EVENT"
    EQUIPMENT = "EQUIPMENT"
    LAW = "LAW"
    PROGRAMME = "PROGRAMME"
    DEMONYM = "DEMONYM"
    """A word for a people or "of a country" ("Japanese"); its entity is named after the country."""


class NameFinder(StrEnum):
    """What looks for names in the documents."""

    RULES = "rules"
    SPACY = "spacy"
    """The rules, and under them a statistical model of spaCy."""


EntityKey = tuple[EntityType, str]
"""Type and name of an entity: unique within a pack."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a document names an entity."""

    document: str
    """`Document.id`."""
    span: Span
    text: str
    """The words at `span`, verbatim."""
    type: EntityType
    canonical: str
    """Name of the entity meant; with `type` it is the entity's key."""
    shown: str = ""
    """The words as a reader sees them, where markup within hides some; "" where that is `text` itself."""

    @property
    def key(self) -> EntityKey:
        """What this mention has in common with all mentions of the same entity."""
        return self.type, self.canonical

    @property
    def form(self) -> str:
        """The words as a name for lists: as shown, a line break within read as a blank."""
        return " ".join((self.shown or self.text).split())


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing, however many names the documents have for it."""

    type: EntityType
    name: str
    """The canonical name. For a date its fullest form as written ("May 29, 2026"), for a demonym the country."""
    aliases: tuple[str, ...]
    """Every other form found in the documents or given by the pack, most frequent first."""
    mentions: tuple[Mention, ...]
    """In order of document, then of place."""

    @property
    def key(self) -> EntityKey:
        """Type and name: unique within a pack."""
        return self.type, self.name

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that mention it, each once, in order of first mention."""
        return tuple(dict.fromkeys(mention.document for mention in self.mentions))


@dataclass(frozen=True, slots=True)
class Description:
    """Words by which a document says who or what an entity is: "Kenyan foreign minister", "a think tank in Oslo"."""

    document: str
    """`Document.id`."""
    span: Span
    text: str
    """The words at `span`, verbatim."""
    count: int = 1
    """In how many places the documents say so."""


@dataclass(frozen=True, slots=True)
class EntityRule:
    """What a pack's `entities.toml` says of one entity: its type, its name and every other form that means it."""

    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form that means it. A people has the name of its country, which does not mean the people."""
        return self.aliases if self.type is EntityType.DEMONYM and self.aliases else (self.name, *self.aliases)
