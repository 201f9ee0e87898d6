"""An index in memory, for a pack that has none: small ones, made in some milliseconds."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from briefing.model import BlockKind, Document, Pack
from briefing.storage.index.records import as_json, claim_labels, claim_row
from briefing.storage.index.schema import TABLES
from briefing.storage.index.search import PassageIndex


def in_memory_index(pack: Pack) -> PassageIndex:
    """The passages of `pack`, with the names and claims that were found in them, as officers put them right."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(TABLES)
    numbers = {document.id: number for number, document in enumerate(pack.documents, 1)}
    for number, document in enumerate(pack.documents, 1):
        _write_document(connection, number, document)
    _write_entities(connection, pack, numbers)
    claims: dict[str, list[list[object]]] = defaultdict(list)
    for claim in pack.claims:
        claims[claim.document].append(claim_row(claim))
    for id, rows in claims.items():
        marks = ", ".join("?" * (1 + len(rows[0])))
        connection.executemany(f"INSERT OR IGNORE INTO claim VALUES({marks})", [(numbers[id], *row) for row in rows])
        labels = [(label, numbers[id], row[0]) for row in rows for label in claim_labels(row)]
        connection.executemany("INSERT OR IGNORE INTO claim_label VALUES(?, ?, ?)", labels)
    connection.commit()
    return PassageIndex(connection)


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


def _write_entities(connection: sqlite3.Connection, pack: Pack, numbers: dict[str, int]) -> None:
    keys = {entity.key: number for number, entity in enumerate(pack.entities, 1)}
    for entity in pack.entities:
        number = keys[entity.key]
        counts = len(entity.mentions), len(entity.documents)
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
