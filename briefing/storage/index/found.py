"""What is found in the documents of an index: names linked across all of them, then the claims of each by itself.

The readings are gone through three times, one at a time: what each tells of the others, what each of its names shares
with those of others, and, once every entity has its name, its mentions.
"""

from __future__ import annotations

import sqlite3
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from briefing.extraction.claims.claim_reader import ClaimReader
from briefing.extraction.entities import aliases_of
from briefing.extraction.entities.form_counts import FormCounts
from briefing.extraction.entities.linking import Linking, mentions_of
from briefing.extraction.entities.names import NameIndex
from briefing.extraction.entities.reading import Reading
from briefing.model import EntityKey, EntityRule, Mention, PackError
from briefing.storage.index.basis import digest_of, source_of
from briefing.storage.index.documents import forget_found
from briefing.storage.index.evidence import EvidenceWriter
from briefing.storage.index.records import (
    CLAIM_COLUMNS,
    as_json,
    claim_labels,
    claim_row,
    mention_from,
    mention_rows,
    reading_from,
)
from briefing.storage.index.sources import DocumentSource

_FORM_BITS = 24
"""The forms of an entity stand together, so that they are found without an index of their own: the entity's number, and
so many bits for their own."""


_AT_ONCE = 1000
"""Rows in memory of those that are gone through."""


class Listed(NamedTuple):
    """A document of the index."""

    number: int
    id: str
    place: int
    source: str
    found: str


@dataclass(frozen=True, slots=True)
class DocumentClaims:
    """Reads the claims of one document after another, as rows."""

    documents: DocumentSource
    claims: ClaimReader | None

    def __call__(self, task: Sequence[Any]) -> list[list[Any]] | None:
        """The claims of the document at a place of the pack, given its `source` and the rows of its mentions.

        None when its file is no longer what it was read as.
        """
        place, source, rows = task
        if self.claims is None:
            return []
        try:
            document = self.documents.document(place)
        except PackError:
            return None
        if source_of(document) != source:
            return None
        mentions = [mention_from(document.id, row) for row in rows]
        return [claim_row(claim) for claim in self.claims.read(document, mentions)]


class Finder:
    """Links the names of all documents of an index, and says which of them are to be read for claims again."""

    def __init__(self, connection: sqlite3.Connection, names: NameIndex, scenario: str) -> None:
        """`names` holds what the pack says of names, `scenario` is a digest."""
        self._connection = connection
        self._names = names
        self._scenario = scenario
        rows = connection.execute("SELECT number FROM document ORDER BY place")
        self._documents = array("q", [number for (number,) in rows])
        """Their numbers: all else is looked up one at a time, of those there may be a hundred thousand."""
        self._entities: list[tuple[int, str]] = []
        """Number in the index, and name, of each entity in the order in which they were linked."""
        self._tally = _Tally()
        self._evidence = EvidenceWriter(connection)

    @property
    def documents(self) -> int:
        """How many there are."""
        return len(self._documents)

    def link(self) -> Iterator[None]:
        """Link all names; yields once a document, twice in all. The entities then have their numbers and names."""
        linking = Linking(self._names)
        for _, reading in self._readings():
            linking.learn(reading)
            yield
        self._connection.execute("CREATE TEMP TABLE IF NOT EXISTS linked(document INTEGER PRIMARY KEY, entities BLOB)")
        for document, reading in self._readings():
            numbers = array("I", linking.meant_in(reading))
            self._connection.execute("INSERT OR REPLACE INTO linked VALUES(?, ?)", (document.number, numbers.tobytes()))
            yield
        self._entities = _numbered(self._connection, linking.entities())

    def found(self) -> Iterator[tuple[Listed, list[int], list[list[Any]], str]]:
        """Each document, its entities by number, the rows of its mentions, and what these and its claims rest on.

        Where the last is its `Listed.found` they stand in the index already.
        """
        for document, reading in self._readings():
            query = "SELECT entities FROM linked WHERE document = ?"
            data = self._connection.execute(query, (document.number,)).fetchone()
            meant = [self._entities[number] for number in array("I", data[0])]
            mentions = list(mentions_of(reading, [name for _, name in meant]))
            numbers = [number for number, _ in meant]
            self._tally.count(numbers, mentions)
            rows = mention_rows(mentions)
            yield document, numbers, rows, digest_of([self._scenario, document.source, rows])

    def write(self, document: Listed, entities: Sequence[int], rows: Sequence[Any], claims: Sequence[Any]) -> None:
        """Let the index hold the mentions of a document, given their entities, and its claims."""
        number, execute = document.number, self._connection.executemany
        forget_found(self._connection, number)
        execute(
            "INSERT INTO mention(document, start, end, entity, text, shown) VALUES(?, ?, ?, ?, ?, ?)",
            ((number, row[0], row[1], entity, row[2], row[5]) for entity, row in zip(entities, rows, strict=True)),
        )
        marks = ", ".join("?" * len(CLAIM_COLUMNS.split(",")))
        execute(
            f"INSERT INTO claim(document, {CLAIM_COLUMNS}) VALUES(?, {marks})",
            ((number, *row) for row in claims),
        )
        execute(
            "INSERT OR IGNORE INTO claim_label VALUES(?, ?, ?)",
            [(label, number, row[0]) for row in claims for label in claim_labels(row)],
        )
        self._evidence.write(number, claims)

    def finish(self, rules: Iterable[EntityRule]) -> None:
        """Let the entities have their counts and other forms, once all mentions are written."""
        self._tally.write(self._connection, rules)
        self._connection.execute("DROP TABLE linked")
        self._connection.execute("DELETE FROM reading WHERE digest NOT IN (SELECT source FROM document)")

    def _readings(self) -> Iterator[tuple[Listed, Reading]]:
        """Each document, and what it names."""
        for number in self._documents:
            row = self._connection.execute(
                "SELECT document.id, place, source, found, data FROM document"
                " LEFT JOIN reading ON reading.digest = source WHERE number = ?",
                (number,),
            ).fetchone()
            try:
                *fields, data = row
                document = Listed(number, *fields)
                reading = reading_from(data, document.id)
            except (KeyError, TypeError, ValueError, zlib.error) as error:
                raise sqlite3.DatabaseError("a reading is damaged") from error
            yield document, reading


def _numbered(connection: sqlite3.Connection, entities: Sequence[EntityKey]) -> list[tuple[int, str]]:
    """The number that each of `entities` has, or a new one, in their order; and its name."""
    numbers: dict[EntityKey, int] = {}
    for number, type, name in connection.execute("SELECT number, type, name FROM entity"):
        numbers[type, name] = number
    last, known = max(numbers.values(), default=0), len(numbers)
    numbered = [(numbers.setdefault(key, last + 1 + len(numbers) - known), key[1]) for key in entities]
    rows = ((number, type, name) for (type, name), number in islice(numbers.items(), known, None))
    connection.executemany("INSERT INTO entity VALUES(?, ?, ?, 0, 0, '[]')", rows)
    return numbered


class _Tally:
    """How often, where and in which forms each entity is named."""

    def __init__(self) -> None:
        self._forms = FormCounts()
        self._documents: Counter[int] = Counter()

    def count(self, entities: Sequence[int], mentions: Sequence[Mention]) -> None:
        """Take in the mentions of one document, given the numbers of their entities."""
        self._documents.update(set(entities))
        for entity, mention in zip(entities, mentions, strict=True):
            self._forms.add(entity, mention.form)

    def write(self, connection: sqlite3.Connection, rules: Iterable[EntityRule]) -> None:
        """Let the table of entities say so, and hold no entity that no document names."""
        given = {(rule.type.value, rule.name): rule.aliases for rule in rules}
        for number, type, name, *said in _entities(connection):
            if number not in self._forms:
                connection.execute("DELETE FROM entity WHERE number = ?", (number,))
                _forget_forms(connection, number)
                continue
            aliases = aliases_of(name, self._forms.of(number), given.get((type, name), ()))
            counts = [self._forms.total(number), self._documents[number], as_json(aliases)]
            if counts != said:
                connection.execute(
                    "UPDATE entity SET mentions = ?, documents = ?, aliases = ? WHERE number = ?", (*counts, number)
                )
            if said[0] and counts[2] != said[2]:
                _forget_forms(connection, number)
            if counts[2] != said[2] or not said[0]:
                _write_forms(connection, number, [name, *aliases])


def _entities(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """The rows of all entities, some at a time, so that what was yielded may be changed."""
    query = (
        "SELECT number, type, name, mentions, documents, aliases FROM entity WHERE number > ? ORDER BY number LIMIT ?"
    )
    rows = connection.execute(query, (0, _AT_ONCE)).fetchall()
    while rows:
        yield from rows
        rows = connection.execute(query, (rows[-1][0], _AT_ONCE)).fetchall()


def _forget_forms(connection: sqlite3.Connection, entity: int) -> None:
    first = entity << _FORM_BITS
    connection.execute("DELETE FROM entity_form WHERE rowid BETWEEN ? AND ?", (first, first + (1 << _FORM_BITS) - 1))


def _write_forms(connection: sqlite3.Connection, entity: int, forms: Sequence[str]) -> None:
    """Write those of an entity of which none are there."""
    first = entity << _FORM_BITS
    rows = ((first + at, form, entity) for at, form in enumerate(forms))
    connection.executemany("INSERT INTO entity_form(rowid, form, entity) VALUES(?, ?, ?)", rows)
