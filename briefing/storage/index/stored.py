"""What an index holds of a large pack: looked up when it is asked for, rather than held in memory."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import starmap
from threading import Lock
from typing import Any
from weakref import finalize

from briefing.model import (
    Claim,
    Claims,
    CountedMentions,
    Document,
    Entity,
    EntityKey,
    EntityType,
    Mention,
    Mentions,
    PackError,
    Problem,
    ShownPassage,
    Span,
)
from briefing.storage.index.evidence import Stored, StoredClaims
from briefing.storage.index.passages import passages_with, shown_passage
from briefing.storage.index.place import StoredIndex, damage_named, is_busy
from briefing.storage.index.records import CLAIM_COLUMNS, claim_from

_NONE: tuple[str, Sequence[Mention]] = "", ()
"""What was looked up of no document; shared, since of a hundred thousand entities few are looked at."""


class StoredFindings:
    """The entities, mentions and claims of an index; for the words that the pack has, whatever becomes of the index.

    From any thread. What cannot be looked up raises `PackError`.
    """

    def __init__(self, index: StoredIndex, documents: Sequence[Document]) -> None:
        """The connection of `index` may be used from any thread, and is closed when nobody has this any more."""
        self.index = index
        finalize(self, index.connection.close)  # with the pack that was found; garbage may be looked for much later
        self._is_held = False
        """Whether one transaction goes on for ever."""
        self._digests = {document.id: (place, document.digest) for place, document in enumerate(documents)}
        self._asking = Lock()
        self._version = -1
        self._documents: dict[int, tuple[int, str]] = {}
        """Place in the pack and id of each document of the index that has the words which the pack has."""
        self._numbers: dict[str, int] = {}
        self._entities: dict[int, EntityKey] = {}
        self._keys: dict[EntityKey, int] = {}

    def entities(self) -> tuple[Entity, ...]:
        """All of them, most mentioned first, as `group_entities` has them."""
        query = "SELECT type, name, mentions, documents, aliases FROM entity ORDER BY mentions DESC, name, type"
        with self._reading():
            return tuple(starmap(self._entity, self._rows(query)))

    def mentions(self) -> Mentions:
        """All of them."""
        with self._reading():
            ((count,),) = self._rows("SELECT ifnull(sum(mentions), 0) FROM entity")
        return StoredMentions(self, None, count, len(self._digests))

    def claims(self) -> Claims:
        """All of them. Raises `PackError` too when what the index says of them cannot be."""
        with self._reading():
            return StoredClaims(Stored.of(self.index.connection), self.claims_in)

    def claims_in(self, document: str) -> Sequence[Claim]:
        """Those in a document, in order."""
        query = f"SELECT {CLAIM_COLUMNS} FROM claim WHERE document = ? ORDER BY start"  # noqa: S608
        with self._reading():
            self._look()
            return [claim_from(document, row) for row in self._rows(query, self._numbers.get(document, -1))]

    def extent(self, entity: EntityKey | None) -> list[tuple[str, int]]:
        """The documents that mention an entity, or anything, in the order of the pack, with how often each does."""
        query = "SELECT document, count(*) FROM mention"
        with self._reading():
            self._look()
            if entity is not None:
                found = self._rows(f"{query} WHERE entity = ? GROUP BY document", self._keys.get(entity, -1))
            else:
                found = self._rows(f"{query} GROUP BY document")
            known = [(*self._documents[number], count) for number, count in found if number in self._documents]
        return [(id, count) for _, id, count in sorted(known)]

    def in_document(self, document: str, entity: EntityKey | None) -> list[Mention]:
        """The mentions in a document, all or those of an entity, in order."""
        query = "SELECT start, end, text, entity, shown FROM mention WHERE document = ?"
        with self._reading():
            self._look()
            number = self._numbers.get(document)
            if number is None:
                return []
            if entity is not None:
                rows = self._rows(f"{query} AND entity = ? ORDER BY start", number, self._keys[entity])
            else:
                rows = self._rows(f"{query} ORDER BY start", number)
            return [self._mention(document, *row) for row in rows]

    def overlapping(self, places: Iterable[tuple[str, Span]]) -> list[Mention]:
        """The mentions that share a character with one of `places`."""
        # None overlaps another: of those that begin before a place the last alone can reach into it.
        query = (
            "SELECT start, end, text, entity, shown FROM mention WHERE document = ?1 AND start < ?2 AND end > ?3 AND"
            " start >= ifnull((SELECT max(start) FROM mention WHERE document = ?1 AND start <= ?3), 0)"
        )
        with self._reading():
            self._look()
            return [
                self._mention(document, *row)
                for document, span in places
                for row in self._rows(query, self._numbers.get(document, -1), span.end, span.start)
            ]

    def forms(self, entity: EntityKey | None) -> Counter[str]:
        """How often an entity, or anything, is mentioned by each form."""
        query = "SELECT document, shown, text, count(*) FROM mention{0} GROUP BY document, shown, text"
        forms: Counter[str] = Counter()
        with self._reading():
            self._look()
            if entity is not None:
                rows = self._rows(query.format(" WHERE entity = ?"), self._keys.get(entity, -1))
            else:
                rows = self._rows(query.format(""))
            for document, shown, text, count in rows:
                if document in self._documents:
                    forms[" ".join((shown or text).split())] += count
        return forms

    def passages_with(self, names: Sequence[str]) -> Generator[ShownPassage]:
        """The passages that names may be looked for in and where the words of one of `names` stand.

        Some may come twice. Until all are looked at, or this is closed, nobody else asks.
        """
        with self._reading():
            self._look()
            for number, *row in passages_with(self.index.connection, names):
                if number in self._documents:
                    yield shown_passage(self._documents[number][1], *row)

    def is_lost(self) -> bool:
        """Whether all is to be looked up anew: the index was thrown away, or cannot be read any more.

        Until then, and where another version has made it anew, what was thrown away is read on.
        """
        if not self.index.is_there:
            self._hold()
            return not self.index.is_outdated
        try:
            with self._reading():
                self._rows("SELECT key FROM meta LIMIT 1")
        except PackError as error:
            return not is_busy(error.__cause__)
        return False

    def _hold(self) -> None:
        """Let nothing be looked for beside an index that was thrown away.

        What is there now belongs to the one in its place. At the beginning of every transaction SQLite would take that
        for what a killed program has left of this one, and refuse to read it.
        """
        with self._asking, suppress(sqlite3.Error):
            if not self._is_held:
                self._rows("BEGIN")
                try:
                    self._rows("SELECT key FROM meta LIMIT 1")
                    self._is_held = True
                finally:
                    if not self._is_held:
                        self._rows("ROLLBACK")

    def _look(self) -> None:
        """See whether another program has written to the index, so that what was noted of it no longer holds."""
        ((version,),) = self._rows("PRAGMA data_version")
        if version != self._version:
            self._documents = {
                number: (self._digests[id][0], id)
                for number, id, digest in self._rows("SELECT number, id, digest FROM document")
                if id in self._digests and self._digests[id][1] == digest
            }
            self._numbers = {id: number for number, (_, id) in self._documents.items()}
            entities = self._rows("SELECT number, type, name FROM entity")
            self._entities = {number: (EntityType(type), name) for number, type, name in entities}
            self._keys = {key: number for number, key in self._entities.items()}
            self._version = version

    def _mention(self, document: str, start: int, end: int, text: str, entity: int, shown: str) -> Mention:
        return Mention(document, Span(start, end), text, *self._entities[entity], shown)

    def _entity(self, type: str, name: str, mentions: int, documents: int, aliases: str) -> Entity:
        kind = EntityType(type)
        stored = StoredMentions(self, (kind, name), mentions, documents)
        return Entity(kind, name, tuple(json.loads(aliases)), stored)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """While this lasts nobody else asks, and the index stands still. Raises `PackError` for what cannot be."""
        try:
            with self._asking, damage_named():
                if self._is_held:
                    yield
                    return
                self._rows("BEGIN")
                try:
                    yield
                finally:
                    if self.index.connection.in_transaction:  # after some errors SQLite has ended it by itself
                        self._rows("COMMIT")
        except sqlite3.Error as error:
            raise PackError(Problem("index", f"cannot be read: {error}", "open the pack again")) from error
        except (KeyError, TypeError, ValueError) as error:
            raise PackError(Problem("index", "is damaged", "open the pack again")) from error

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self.index.connection.execute(query, values).fetchall()


class StoredMentions(CountedMentions):
    """The mentions of one entity, or of a whole pack, looked up document by document."""

    __slots__ = ("_document_count", "_entity", "_latest", "findings")

    def __init__(self, findings: StoredFindings, entity: EntityKey | None, count: int, document_count: int) -> None:
        """`entity` is None for a whole pack. The counts are known beforehand."""
        super().__init__(count)
        self.findings = findings
        self._entity = entity
        self._document_count = document_count
        self._latest = _NONE
        """The document that was looked at last, since the next is asked of the same."""

    @property
    def document_count(self) -> int:
        """In how many documents they stand."""
        return self._document_count

    @property
    def forms(self) -> Counter[str]:
        """See `Mentions`."""
        return self.findings.forms(self._entity)

    def in_document(self, document: str) -> Sequence[Mention]:
        """Those in the document of that id, looked up by themselves."""
        latest, found = self._latest
        if latest != document:
            found = self.findings.in_document(document, self._entity)
            self._latest = document, found
        return found

    def overlapping(self, places: Iterable[tuple[str, Span]]) -> Iterable[Mention]:
        """See `Mentions`."""
        return super().overlapping(places) if self._entity else self.findings.overlapping(places)

    def passages_with(self, names: Sequence[str]) -> Generator[ShownPassage]:
        """See `Mentions`; those of a whole pack, whatever entity these are of."""
        return self.findings.passages_with(names)

    def _counted(self) -> Mapping[str, int]:
        return dict(self.findings.extent(self._entity))
