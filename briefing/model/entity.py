"""Who and what the documents speak of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, chain
from typing import TYPE_CHECKING, overload

from briefing.model.lazy import LazyTuple
from briefing.model.problem import PackError, Problem
from briefing.model.span import Span

if TYPE_CHECKING:
    from briefing.model.passage import ShownPassage


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
        return tuple(self.counts)

    @property
    def document_count(self) -> int:
        """In how many documents they stand."""
        return len(self.documents)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many stand in each of `documents`, in their order."""
        return Counter(mention.document for mention in self)

    @property
    def forms(self) -> Counter[str]:
        """How often they have each form."""
        return Counter(mention.form for mention in self)

    def overlapping(self, places: Iterable[tuple[str, Span]]) -> Iterable[Mention]:
        """Those that share a character with one of `places`, each the id of a document and a stretch of its text."""
        for document, span in places:
            found = self.in_document(document)
            first = bisect_right(found, span.start, key=lambda mention: mention.span.end)
            last = bisect_left(found, span.end, key=lambda mention: mention.span.start)
            yield from found[first:last]

    def passages_with(self, names: Sequence[str]) -> Generator[ShownPassage] | None:
        """The passages that names may be looked for in and where one of `names` may stand; to be closed after use.

        None where nobody has listed passages by their words, so that the documents have to be gone through.
        """
        return None


class CountedMentions(Mentions):
    """Mentions of which it is known how many there are, and which are looked up document by document."""

    __slots__ = ("_count", "_counts", "_documents", "_ends")

    def __init__(self, count: int) -> None:
        """`count`: how many there are in all."""
        super().__init__(tuple)
        self._count = count
        self._counts: Mapping[str, int] | None = None
        self._documents: Sequence[str] = ()
        self._ends: Sequence[int] = ()
        """How many there are up to the end of each document."""

    def in_document(self, document: str) -> Sequence[Mention]:
        """Those in the document of that id, looked up by themselves."""
        raise NotImplementedError

    def _counted(self) -> Mapping[str, int]:
        """How many there are in each document that has any, in order."""
        raise NotImplementedError

    @property
    def counts(self) -> Mapping[str, int]:
        """See `Mentions`."""
        if self._counts is None:
            counts = self._counted()
            self._documents = tuple(counts)
            self._ends = [*accumulate(counts.values())]
            self._count = self._ends[-1] if counts else 0
            self._counts = counts  # after the others, since another thread may be asking
        return self._counts

    @property
    def documents(self) -> Sequence[str]:
        """See `Mentions`."""
        return self._documents if self.counts else ()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Mention: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Mention, ...]: ...
    def __getitem__(self, index: int | slice) -> Mention | tuple[Mention, ...]:
        documents = self.documents
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        number = range(len(self))[index]
        at = bisect_right(self._ends, number)
        found, place = self.in_document(documents[at]), number - (self._ends[at - 1] if at else 0)
        if place >= len(found):
            raise PackError(Problem("index", "has been written to by another program", "open the pack again"))
        return found[place]

    def __iter__(self) -> Iterator[Mention]:
        return chain.from_iterable(map(self.in_document, self.counts))

    def _whole(self) -> tuple[Mention, ...]:
        # What makes it is not kept beside it: that would be this itself, and keep open what it is looked up in.
        return tuple(iter(self))


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
