"""Who and what the documents speak of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from briefing.model.lazy import LazyTuple
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


class Mentions(LazyTuple[Mention]):
    """Mentions in order of document, then of place, made when they are first looked at; equal to the tuple."""

    __slots__ = ("_by_document",)

    def __init__(self, make: Callable[[], Iterable[Mention]]) -> None:
        super().__init__(make)
        self._by_document: Mapping[str, Sequence[Mention]] | None = None

    def in_document(self, document: str) -> Sequence[Mention]:
        """Those in the document of that id, without going through the others every time."""
        if self._by_document is None:
            by_document: dict[str, list[Mention]] = {}
            for mention in self:
                by_document.setdefault(mention.document, []).append(mention)
            self._by_document = by_document
        return self._by_document.get(document, ())

    @property
    def documents(self) -> Sequence[str]:
        """Ids of the documents that they stand in, in order of the first of them."""
        return tuple(dict.fromkeys(mention.document for mention in self))

    @property
    def document_count(self) -> int:
        """In how many documents they stand."""
        return len(self.documents)


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing, however many names the documents have for it."""

    type: EntityType
    name: str
    """The canonical name. For a date its fullest form as written ("May 29, 2026"), for a demonym the country."""
    aliases: tuple[str, ...]
    """Every other form found in the documents or given by the pack, most frequent first."""
    mentions: Sequence[Mention]
    """In order of document, then of place."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "mentions", as_mentions(self.mentions))

    @property
    def key(self) -> EntityKey:
        """Type and name: unique within a pack."""
        return self.type, self.name

    @property
    def documents(self) -> Sequence[str]:
        """Ids of the documents that mention it, each once, in order of first mention."""
        return as_mentions(self.mentions).documents

    @property
    def document_count(self) -> int:
        """In how many documents it is mentioned."""
        return as_mentions(self.mentions).document_count

    def mentions_in(self, document: str) -> Sequence[Mention]:
        """Those in the document of that id, in order."""
        return as_mentions(self.mentions).in_document(document)


def as_mentions(mentions: Sequence[Mention]) -> Mentions:
    """`mentions`, which are in order of document and place, to be asked for document by document."""
    return mentions if isinstance(mentions, Mentions) else Mentions(lambda: mentions)


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
