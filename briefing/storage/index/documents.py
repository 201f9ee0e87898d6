"""Documents as rows of an index: each is read by itself, by whatever process, and written by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.analysis.cited_sources import cited_source
from briefing.analysis.wording import fingerprints_of, shingles_of, sketch_of
from briefing.extraction.entities.names import NameIndex
from briefing.extraction.entities.reading import read_document
from briefing.extraction.model_names import NameModel
from briefing.model import BlockKind, Document, PackError
from briefing.storage.index.basis import source_of
from briefing.storage.index.passages import making_of
from briefing.storage.index.records import (
    CLAIM_COLUMNS,
    as_json,
    cited_as_text,
    claim_labels,
    compressed,
    problem_rows,
    reading_as_text,
)
from briefing.storage.index.sources import DocumentSource

Record = dict[str, Any]
"""What reading one file gave, as JSON can hold it: "place" and "stamp"; then "fault" and "remedy", or "document", and,
unless the index has them already, "passages", "reading" and "wording"."""


@dataclass(frozen=True, slots=True)
class DocumentReader:
    """Reads one file after another as a record."""

    documents: DocumentSource
    names: NameIndex
    """What the pack says of names."""
    model: NameModel | None
    known: Mapping[str, str]
    """`source` of the documents that the index has, by id."""

    def __call__(self, place: int) -> Record:
        """The record of the file at that place of the pack."""
        stamp = self.documents.stamp(place)
        record: Record = {"place": place, "stamp": stamp}
        try:
            document = self.documents.document(place)
            record["document"] = fields = _fields(document)
            if self.known.get(document.id) != fields["source"]:
                record["passages"] = _passages(document)
                record["reading"] = reading_as_text(read_document(document, self.names, self.model))
                shingles = shingles_of(document)
                record["wording"] = [len(shingles), fingerprints_of(shingles).tobytes().hex()]
                fields["sketch"] = sketch_of(shingles).hex()
        except PackError as error:
            record |= {"fault": error.problems[0].fault, "remedy": error.problems[0].remedy}
        except Exception as error:  # noqa: BLE001 - one document is not to stand in the way of all others
            record |= {"fault": f"stopped by a fault of its own: {type(error).__name__}", "remedy": "report it"}
        return record


def _fields(document: Document) -> Record:
    return {
        "id": document.id,
        "digest": document.digest,
        "format": document.format,
        "title": document.title,
        "label": document.label,
        "date": document.date,
        "origin": document.origin,
        "words": len(document.text.split()),
        "characters": len(document.text),
        "problems": as_json(problem_rows(document)),
        "source": source_of(document),
        "cited": cited_as_text(cited_source(document)),
    }


def _passages(document: Document) -> list[list[Any]]:
    return [
        [block.shown.text, block.span.start, block.span.end, int(block.counts), making_of(block, document.text)]
        for block in document.blocks
        if block.kind is not BlockKind.MARKUP
    ]


class DocumentWriter:
    """Writes records into an index, and takes out what is no more."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """The connection is in a transaction whenever a method is called."""
        self._connection = connection
        self.has_changed = False
        """Whether a document came, went, or is not what it was."""
        self._numbers: dict[str, int] = dict(connection.execute("SELECT id, number FROM document"))
        self._last = _last(connection, "SELECT max(number) FROM document")
        self._passage = _last(connection, "SELECT max(passage) FROM passage_place")

    def write(self, id: str, record: Record) -> bool:
        """Let the index hold what reading the file `id` gave; whether that is a document, and no fault."""
        if "fault" in record:
            self.refuse(id, record["stamp"], record["fault"], record["remedy"])
            return False
        try:
            self._write_document(record)
        except UnicodeEncodeError:  # half a surrogate pair, from an encoding that only `briefing.toml` can name
            fault = "holds characters that no file can"
            self.refuse(id, record["stamp"], fault, "name another encoding in briefing.toml")
            return False
        self._write_file(id, record["stamp"], record["document"]["digest"])
        return True

    def refuse(self, id: str, stamp: Sequence[Any], fault: str, remedy: str) -> None:
        """Let the index say of the file `id` why it could not be read."""
        self.remove(id)
        self._write_file(id, stamp, "", fault, remedy)

    def remove(self, id: str) -> None:
        """Take the document out; its file stays known."""
        number = self._numbers.pop(id, None)
        if number is not None:
            self.has_changed = True
            self._empty(number)
            self._connection.execute("DELETE FROM document WHERE number = ?", (number,))

    def forget(self, id: str) -> None:
        """Take a file out that is no more."""
        self.remove(id)
        self._connection.execute("DELETE FROM file WHERE id = ?", (id,))

    def _write_file(self, id: str, stamp: Sequence[Any], digest: str, fault: str = "", remedy: str = "") -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO file(id, size, mtime_ns, settings, digest, fault, remedy) VALUES(?,?,?,?,?,?,?)",
            (id, *stamp, digest, fault, remedy),
        )

    def _write_document(self, record: Record) -> None:
        fields: Record = record["document"]
        number = self._numbers.get(fields["id"])
        if "passages" not in record:
            self._write_names(number, fields)
            return
        self.has_changed = True
        columns = {**fields, "place": record["place"], "sketch": bytes.fromhex(fields["sketch"])}
        data = compressed(record["reading"])
        if number is None:
            self._last = number = self._last + 1
        else:
            self._empty(number)
        self._numbers[fields["id"]] = columns["number"] = number
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        self._connection.execute(
            f"INSERT OR REPLACE INTO document({names}) VALUES({marks})",
            tuple(columns.values()),
        )
        self._connection.execute("INSERT OR REPLACE INTO reading VALUES(?, ?)", (fields["source"], data))
        shingles, fingerprints = record["wording"]
        row = number, shingles, bytes.fromhex(fingerprints)
        self._connection.execute("INSERT OR REPLACE INTO wording VALUES(?, ?, ?)", row)
        self._write_passages(number, record["passages"])

    def _write_names(self, number: int | None, fields: Record) -> None:
        """What the pack says of a document whose words are the same."""
        names = tuple(fields[name] for name in ("title", "label", "origin", "problems", "cited"))
        query = "SELECT title, label, origin, problems, cited FROM document WHERE number = ?"
        if self._connection.execute(query, (number,)).fetchone() != names:
            self.has_changed = True
            query = "UPDATE document SET title = ?, label = ?, origin = ?, problems = ?, cited = ? WHERE number = ?"
            self._connection.execute(query, (*names, number))

    def _write_passages(self, number: int, passages: list[list[Any]]) -> None:
        first = self._passage + 1
        self._passage += len(passages)
        self._connection.executemany(
            "INSERT INTO passage(rowid, text) VALUES(?, ?)",
            ((first + at, passage[0]) for at, passage in enumerate(passages)),
        )
        self._connection.executemany(
            "INSERT INTO passage_place VALUES(?, ?, ?, ?, ?, ?)",
            ((first + at, number, *passage[1:]) for at, passage in enumerate(passages)),
        )

    def _empty(self, number: int) -> None:
        """Take out all that hangs on a document."""
        passages = self._connection.execute(
            "SELECT passage FROM passage_place WHERE document = ?", (number,)
        ).fetchall()
        self._connection.executemany("DELETE FROM passage WHERE rowid = ?", passages)
        self._connection.execute("DELETE FROM passage_place WHERE document = ?", (number,))
        self._connection.execute("DELETE FROM wording WHERE document = ?", (number,))
        self._connection.execute("DELETE FROM covered WHERE within = ?1 OR document = ?1", (number,))
        forget_found(self._connection, number)


def forget_found(connection: sqlite3.Connection, number: int) -> None:
    """Take out the mentions and claims of a document."""
    connection.execute("DELETE FROM mention WHERE document = ?", (number,))
    rows = connection.execute(f"SELECT {CLAIM_COLUMNS} FROM claim WHERE document = ?", (number,)).fetchall()  # noqa: S608
    connection.executemany(
        "DELETE FROM claim_label WHERE label = ? AND document = ? AND start = ?",
        [(label, number, row[0]) for row in rows for label in claim_labels(row)],
    )
    connection.execute("DELETE FROM claim WHERE document = ?", (number,))
    connection.execute("DELETE FROM evidence WHERE document = ?", (number,))


def _last(connection: sqlite3.Connection, query: str) -> int:
    return connection.execute(query).fetchone()[0] or 0
