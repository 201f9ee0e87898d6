"""What the passages of a pack are searched by: its index, or for a small pack one made in memory in milliseconds."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from briefing.model import BlockKind, Document, Pack
from briefing.storage.index.place import beside
from briefing.storage.index.records import as_json, claim_labels, claim_row
from briefing.storage.index.schema import FINDINGS, TABLES
from briefing.storage.index.search import PassageIndex
from briefing.storage.index.stored import StoredMentions

_SMALL = 1_000_000
"""Characters: making an index of a larger pack takes longer than a key may."""


def is_at_hand(pack: Pack) -> bool:
    """Whether `passage_index` takes no longer than a key may."""
    if isinstance(pack.found, StoredMentions):
        return not _is_put_right(pack)
    return sum(document.characters for document in pack.documents) <= _SMALL


def passage_index(pack: Pack) -> PassageIndex:
    """The passages of `pack`, with the names and claims that were found in them, as officers put them right.

    Those of a large pack are looked up where they are stored. Raises `sqlite3.Error` when that cannot be read.
    """
    return _stored(pack, pack.found) if isinstance(pack.found, StoredMentions) else in_memory_index(pack)


def in_memory_index(pack: Pack) -> PassageIndex:
    """An index of `pack` made from what is in memory of it."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(TABLES)
    numbers = {document.id: number for number, document in enumerate(pack.documents, 1)}
    for number, document in enumerate(pack.documents, 1):
        _write_document(connection, number, document)
    _write_findings(connection, pack, numbers)
    connection.commit()
    return PassageIndex(connection)


def _stored(pack: Pack, found: StoredMentions) -> PassageIndex:
    connection = beside(found.connection)
    if _is_put_right(pack):
        # What officers put right stands before what is stored: tables for the time being come first.
        numbers = dict(connection.execute("SELECT id, number FROM document"))
        connection.executescript(FINDINGS.format("temp."))
        _write_findings(connection, pack, numbers)
    return PassageIndex(connection)


def _is_put_right(pack: Pack) -> bool:
    return pack.mentions is not pack.found or pack.claims is not pack.found_claims


def _write_document(connection: sqlite3.Connection, number: int, document: Document) -> None:
    one = document
    row = (number, one.id, one.digest, number, one.format, one.title, one.label, one.date, one.origin, len(one.text))
    connection.execute(
        "INSERT INTO document(number, id, digest, place, format, title, label, date, origin, characters, words, sketch,"
        " problems, source) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, x'', '[]', '')",
        row,
    )
    for block in document.blocks:
        if block.kind is not BlockKind.MARKUP:
            written = connection.execute("INSERT INTO passage(text) VALUES(?)", (block.shown.text,))
            place = (written.lastrowid, number, block.span.start, block.span.end, int(block.counts))
            connection.execute("INSERT INTO passage_place VALUES(?, ?, ?, ?, ?)", place)


def _write_findings(connection: sqlite3.Connection, pack: Pack, numbers: Mapping[str, int]) -> None:
    """Let the index hold the names and claims of `pack`, whose documents have these `numbers`."""
    _write_entities(connection, pack, numbers)
    claims: dict[str, list[list[object]]] = defaultdict(list)
    for claim in pack.claims:
        claims[claim.document].append(claim_row(claim))
    for id, rows in claims.items():
        marks = ", ".join("?" * (1 + len(rows[0])))
        connection.executemany(f"INSERT OR IGNORE INTO claim VALUES({marks})", [(numbers[id], *row) for row in rows])
        labels = [(label, numbers[id], row[0]) for row in rows for label in claim_labels(row)]
        connection.executemany("INSERT OR IGNORE INTO claim_label VALUES(?, ?, ?)", labels)


def _write_entities(connection: sqlite3.Connection, pack: Pack, numbers: Mapping[str, int]) -> None:
    keys = {entity.key: number for number, entity in enumerate(pack.entities, 1)}
    for entity in pack.entities:
        number = keys[entity.key]
        counts = len(entity.mentions), entity.document_count
        row = (number, entity.type, entity.name, *counts, as_json(entity.aliases))
        connection.execute("INSERT INTO entity VALUES(?, ?, ?, ?, ?, ?)", row)
        forms = [(form, number) for form in (entity.name, *entity.aliases)]
        connection.executemany("INSERT INTO entity_form VALUES(?, ?)", forms)
    mentions = [
        (numbers[one.document], one.span.start, one.span.end, keys[one.key], one.text, one.shown)
        for one in pack.mentions
        if one.key in keys
    ]
    connection.executemany("INSERT OR IGNORE INTO mention VALUES(?, ?, ?, ?, ?, ?)", mentions)
