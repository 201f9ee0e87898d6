"""What the desk knows while it is open: plain values, so that it can be tested and saved without a screen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, overload

from briefing.model import Document, Entity, EntityKey, Mention, Pack, PackError, Span, documents_by_id
from briefing.rendering.marks import Marks, document_marks

if TYPE_CHECKING:
    from briefing.analysis.triage import Arrangement
    from briefing.tui.found import FoundHits
    from briefing.tui.renumbering import Renumbering

Places = Sequence[tuple[Document, Span]]
"""Words in documents."""
_MOST_ASKED = 10
"""Queries that are kept in mind."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Places to run through: the mentions of an entity, what was found, the quotes of a cell."""

    label: str = ""
    """What they are, for the last row: "Taran", "“logistics”"."""
    places: Sequence[tuple[int, Span]] = ()
    """Index of the document in the pack, and the words; in reading order."""
    style: str = "hit"
    """How they are marked: "hit", or "" where something else marks them already."""

    def step(self, document: int, current: Span, by: int) -> int:
        """Index of the place after (`by` 1) or before (`by` -1) the words `current` of `document`, round the ends.

        Raises `IndexError` when there are no places, `PackError` where they cannot be looked up.
        """
        if not self.places:
            raise IndexError("no places")
        here = (document, current)
        index = bisect_right(self.places, here) if by > 0 else bisect_left(self.places, here) - 1
        return index % len(self.places)

    def in_document(self, document: int) -> list[Span]:
        """The places in one document; none while they cannot be looked up."""
        try:
            first = bisect_left(self.places, document, key=itemgetter(0))
            last = bisect_right(self.places, document, lo=first, key=itemgetter(0))
            return [span for _, span in self.places[first:last]]
        except PackError:
            return []


class MentionPlaces(Sequence[tuple[int, Span]]):
    """Where mentions stand, which are in the order of `pack`: each looked up when it is asked for."""

    def __init__(self, mentions: Sequence[Mention], pack: Pack) -> None:
        self._mentions = mentions
        self._pack = pack

    def __len__(self) -> int:
        return len(self._mentions)

    @overload
    def __getitem__(self, number: int) -> tuple[int, Span]: ...
    @overload
    def __getitem__(self, number: slice) -> list[tuple[int, Span]]: ...
    def __getitem__(self, number: int | slice) -> tuple[int, Span] | list[tuple[int, Span]]:
        if isinstance(number, slice):
            return [self._place(mention) for mention in self._mentions[number]]
        return self._place(self._mentions[number])

    def _place(self, mention: Mention) -> tuple[int, Span]:
        return self._pack.index_of(mention.document), mention.span


class Place(NamedTuple):
    """Where an officer was, in enough detail to come back to it."""

    view: str
    focus: str
    """Id of the list that had the keys; "" for the pane of the current document."""
    document: int
    """Index of the document in the current pane."""
    offset: int
    """First character shown of it."""
    current: Span | None
    """The words that were marked as jumped to."""
    appraised: str = ""
    """Id of the document that the sheet "appraisal" was about last."""
    listed: object = None
    """The value under the cursor of the sheet, where one was open."""


@dataclass(slots=True)
class DeskState:
    """What is open, chosen and found."""

    pack: Pack
    analysed: bool
    """Whether the pack's entities, claims and matrix are there yet."""
    view: str = "documents"
    """What is shown: "documents", "scenario", or the name of a sheet."""
    appraised: str = ""
    """Id of the document that the sheet "appraisal" is about."""
    ranking: bool = False
    """Whether the roles stand in the order of what hinders them."""
    relaxed: frozenset[str] = frozenset()
    """Ids of the constraints that are taken for granted."""
    chosen: Entity | None = None
    """The entity that is lit up everywhere."""
    other: Entity | None = None
    """The entity that the chosen one is held against, lit up as well."""
    hits: Hits | FoundHits = field(default_factory=Hits)
    """What `n` runs through."""
    current: tuple[int, Span] | None = None
    """Index of a document and the words in it that were jumped to last."""
    query: str = ""
    """What was looked for, while `n` runs through it."""
    everywhere: bool = False
    """Whether it was looked for in all documents."""
    asked: list[str] = field(default_factory=list)
    """What was looked for in all documents in this session, last one first."""
    drafts: dict[str, str] = field(default_factory=dict)
    """What is half-written, by what it is about."""
    printouts: dict[str, str] = field(default_factory=dict)
    """Views as text, to be printed once the officer has left, by name."""
    trail: list[Place] = field(default_factory=list)
    """Where Backspace leads, last place last."""
    notice: str = ""
    """What just happened, for the last row."""
    busy: str = ""
    """How far what goes on beside the keys is, for the first row."""
    fault: str = ""
    """Why the analysis failed, if it did."""
    _entities: dict[EntityKey, Entity] = field(default_factory=dict)
    _arrangement: Arrangement | None = None

    def __post_init__(self) -> None:
        self.take(self.pack, self.analysed)

    @property
    def arrangement(self) -> Arrangement:
        """How the documents are listed."""
        if self._arrangement is None:
            from briefing.analysis.triage import Arrangement

            self._arrangement = Arrangement()
        return self._arrangement

    @arrangement.setter
    def arrangement(self, arrangement: Arrangement) -> None:
        self._arrangement = arrangement

    @property
    def is_arranged(self) -> bool:
        """Whether an order was asked for yet."""
        return self._arrangement is not None

    def take(self, pack: Pack, analysed: bool = True) -> None:
        """Go on with `pack`, the same documents with more found in them."""
        self.pack, self.analysed = pack, analysed
        self._entities = {entity.key: entity for entity in (*pack.rejected, *pack.entities)}

    def go_on_with(self, pack: Pack, kept: Renumbering) -> None:
        """Go on with `pack`, a later reading: what was noted of places in documents holds where `kept` finds them.

        Only what was found by the index of the pack before is forgotten: it is to be looked up anew.
        """
        self.take(pack)
        ids = documents_by_id(pack.documents)
        trail = (_again(place, kept) for place in self.trail if place.view != "appraisal" or place.appraised in ids)
        self.trail = [place for place in trail if place is not None]
        self.appraised = self.appraised if self.appraised in ids else ""
        self.current = kept.words(*self.current) if self.current else None
        places = self.hits.places if isinstance(self.hits, Hits) else ()
        run_through_mentions = isinstance(places, MentionPlaces)
        places = () if run_through_mentions else places
        found = sorted(one for place in places if (one := kept.words(*place)) is not None)
        self.hits = replace(self.hits, places=tuple(found)) if isinstance(self.hits, Hits) else Hits()
        self.chosen, self.other = (self._renamed(entity) for entity in (self.chosen, self.other))
        if self.chosen and run_through_mentions:
            self.hits = Hits(self.hits.label, MentionPlaces(self.chosen.mentions, pack), style="")
        constraints = pack.scenario.constraints if pack.scenario else ()
        self.relaxed &= {constraint.id for constraint in constraints}

    def _renamed(self, entity: Entity | None) -> Entity | None:
        """The entity as it is called now, by a place where it is named; None where the pack does not name it."""
        if entity is None:
            return None
        known = documents_by_id(self.pack.documents)
        places = (
            (one.document, one.span)
            for one in entity.mentions
            if one.document in known and known[one.document].quote(one.span) == one.text
        )
        found = (self.entity_at(*place) for place in places)
        try:
            return self.entity(entity.key) or next((one for one in found if one is not None), None)
        except PackError:
            return None

    def marks(self, index: int) -> Marks:
        """What is marked in document number `index`."""
        mentions = self.mentions_in(self.pack.documents[index].id)
        chosen = [entity.key for entity in (self.chosen, self.other) if entity]
        return document_marks(mentions, chosen, self.hits.in_document(index), self.hits.style, self.words(index))

    def words(self, index: int) -> Span | None:
        """The words of document number `index` that were jumped to, if that is where the officer is."""
        return self.current[1] if self.current and self.current[0] == index else None

    def mentions_in(self, document: str) -> Sequence[Mention]:
        """The mentions of the document with that id, in order; none while they cannot be looked up."""
        try:
            return self.pack.mentions_in(document)
        except PackError:
            return ()

    def entity(self, key: object) -> Entity | None:
        """The entity with that key, among those rejected too; None when there is none."""
        return self._entities.get(key) if isinstance(key, tuple) else None

    def entity_at(self, document: str, span: Span) -> Entity | None:
        """The entity mentioned by the words at `span`, be it rejected; None when none is."""
        mention = next((one for one in self.mentions_in(document) if one.span == span), None)
        if mention is not None:
            return self.entity(mention.key)
        for entity in self.pack.rejected:
            if any((one.document, one.span) == (document, span) for one in entity.mentions):
                return entity
        return None

    def index_of(self, document: str) -> int:
        """The index of the document with that id. Raises `KeyError` when the pack has none."""
        return self.pack.index_of(document)

    def choose(self, key: EntityKey) -> None:
        """Choose the entity with `key`, so that `n` runs through its mentions."""
        self.chosen, self.other = self.entity(key), None
        places = MentionPlaces(self.chosen.mentions if self.chosen else (), self.pack)
        self.hits, self.query = Hits(" ".join(key[1].split()), places, style=""), ""

    def run_through_quotes(self, label: str, quotes: Sequence[tuple[str, Span]]) -> None:
        """Let `n` run through `quotes`, given by document id and place."""
        self.run_through(label, [(self.pack.document(id), span) for id, span in quotes], style="")

    def find(self, query: str, index: int, offset: int) -> None:
        """Look for the words `query` in document number `index`.

        The first hit from character `offset` on becomes the current one, else the first.
        """
        from briefing.analysis.search import places

        found = places(self.pack.documents[index : index + 1], query)
        self.take_found(query, index, [span for _, span in found])
        self.go_on_from(index, offset)

    def take_found(self, query: str, index: int, found: Iterable[Span]) -> None:
        """Let `n` run through the places where the words `query` stand in document number `index`."""
        self.hits = Hits(f"“{query}”", tuple((index, span) for span in sorted(found)), style="hit")
        self.query, self.everywhere = query, False

    def take_hits(self, hits: Hits | FoundHits, query: str) -> None:
        """Let `n` run through what was found in all documents."""
        self.hits, self.current = hits, None
        self.query, self.everywhere = query, True

    def go_on_from(self, index: int, offset: int) -> None:
        """Let the first hit in document number `index` from character `offset` on be current, else its first."""
        own = self.hits.in_document(index)
        ahead = [span for span in own if span.start >= offset] or own
        self.current = (index, ahead[0]) if ahead else None

    def note_asked(self, query: str) -> None:
        """Keep in mind what was looked for in all documents, for it to be asked again."""
        self.asked = [query, *(one for one in self.asked if one != query)][:_MOST_ASKED]

    def run_through(self, label: str, places: Places, style: str) -> None:
        """Let `n` run through `places`, in reading order."""
        numbered = sorted((self.pack.index_of(document.id), span) for document, span in places)
        self.hits = Hits(label, tuple(numbered), style)
        self.query = ""

    def clear(self) -> None:
        """Forget what was chosen and found."""
        self.chosen, self.other, self.current, self.hits, self.notice = None, None, None, Hits(), ""
        self.query = ""


def _again(place: Place, kept: Renumbering) -> Place | None:
    """The same place where `kept` finds it; None where its document is gone."""
    number = kept.number(place.document)
    if number is None:
        return None
    words = kept.words(place.document, place.current) if place.current else None
    offset = kept.offset(place.document, place.offset)
    return place._replace(document=number, offset=offset, current=words[1] if words else None)
