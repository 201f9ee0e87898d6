"""What the passages of a pack are searched by: its index, or for a small pack one made in memory in milliseconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from briefing.model import BlockKind, Claim, Document, Entity, Pack, as_claims
from briefing.storage.index.basis import scenario_digest
from briefing.storage.index.records import CLAIM_COLUMNS, as_json, claim_labels, claim_row
from briefing.storage.index.schema import CLAIMS, NAMES, TABLES
from briefing.storage.index.search import PassageIndex
from briefing.storage.index.stored import StoredMentions

_SMALL = 1_000_000
"""Characters: making an index of a larger pack takes longer than a key may."""


def is_at_hand(pack: Pack) -> bool:
    """Whether `passage_index` takes no longer than a key may."""
    if isinstance(pack.found, StoredMentions):
        return not _is_put_right(pack)
    return sum(document.characters for document in pack.documents) <= _SMALL


def is_thrown_away(pack: Pack) -> bool:
    """Whether the index that `pack` is searched by lies there no more; whoever watches the pack has it made again."""
    return isinstance(pack.found, StoredMentions) and not pack.found.findings.index.is_there


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
    _write_entities(connection, pack.entities, numbers)
    _write_claims(connection, pack.claims, numbers)
    connection.commit()
    return PassageIndex(connection)


def _stored(pack: Pack, found: StoredMentions) -> PassageIndex:
    connection = found.findings.index.beside()
    if _is_put_right(pack):
        # Another program may have taken documents out meanwhile; then nothing is found in those.
        numbers = dict(connection.execute("SELECT id, number FROM document"))
        # What officers put right stands before what is stored: tables for the time being come first.
        if pack.mentions is not pack.found:
            _lay_names_over(connection, pack, numbers)
        if pack.claims is not pack.found_claims:
            _lay_claims_over(connection, pack, numbers)
    return PassageIndex(connection, scenario_digest(pack.scenario))


def _is_put_right(pack: Pack) -> bool:
    return pack.mentions is not pack.found or pack.claims is not pack.found_claims


def _lay_names_over(connection: sqlite3.Connection, pack: Pack, numbers: Mapping[str, int]) -> None:
    """Let the entities of `pack` stand before those stored; what is the same in both is only copied."""
    stored = set(map(id, pack.found_entities or ()))
    same = [(entity.type, entity.name) for entity in pack.entities if id(entity) in stored]
    connection.executescript(NAMES.format("temp."))
    connection.execute("CREATE TEMP TABLE same(number INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO same SELECT number FROM main.entity WHERE type = ? AND name = ?", same)
    for table, columns, entity in (
        ("entity", "number, type, name, mentions, documents, aliases", "number"),
        ("entity_form", "rowid, form, entity", "entity"),
        ("mention", "document, start, end, entity, text, shown", "entity"),
    ):
        connection.execute(
            f"INSERT INTO temp.{table}({columns}) SELECT {columns} FROM main.{table}"  # noqa: S608
            f" WHERE {entity} IN (SELECT number FROM same)"
        )
    (last,) = connection.execute("SELECT ifnull(max(number), 0) FROM main.entity").fetchone()
    others = [entity for entity in pack.entities if id(entity) not in stored]
    _write_entities(connection, others, numbers, last + 1)


def _lay_claims_over(connection: sqlite3.Connection, pack: Pack, numbers: Mapping[str, int]) -> None:
    """Let the claims of `pack` stand before those stored."""
    connection.executescript(CLAIMS.format("temp."))
    changed = [claim for claim in as_claims(pack.claims).changed.values() if claim.document in numbers]
    places = [(numbers[claim.document], claim.span.start) for claim in changed]
    for table in ("claim", "claim_label"):
        connection.execute(f"INSERT INTO temp.{table} SELECT * FROM main.{table}")  # noqa: S608
        connection.executemany(f"DELETE FROM temp.{table} WHERE document = ? AND start = ?", places)  # noqa: S608
    _write_claims(connection, changed, numbers)


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
            connection.execute("INSERT INTO passage_place VALUES(?, ?, ?, ?, ?, NULL)", place)


def _write_claims(connection: sqlite3.Connection, claims: Iterable[Claim], numbers: Mapping[str, int]) -> None:
    """Let the index hold `claims`, whose documents have these `numbers`."""
    rows = [(numbers[claim.document], claim_row(claim)) for claim in claims]
    marks = ", ".join("?" * (1 + len(CLAIM_COLUMNS.split(","))))
    connection.executemany(f"INSERT OR IGNORE INTO claim VALUES({marks})", [(document, *row) for document, row in rows])
    labels = [(label, document, row[0]) for document, row in rows for label in claim_labels(row)]
    connection.executemany("INSERT OR IGNORE INTO claim_label VALUES(?, ?, ?)", labels)


def _write_entities(
    connection: sqlite3.Connection, entities: Iterable[Entity], numbers: Mapping[str, int], first: int = 1
) -> None:
    """Let the index hold `entities`, numbered from `first` on, and their mentions."""
    for number, entity in enumerate(entities, first):
        counts = len(entity.mentions), entity.document_count
        row = (number, entity.type, entity.name, *counts, as_json(entity.aliases))
        connection.execute("INSERT INTO entity VALUES(?, ?, ?, ?, ?, ?)", row)
        forms = [(form, number) for form in (entity.name, *entity.aliases)]
        connection.executemany("INSERT INTO entity_form(form, entity) VALUES(?, ?)", forms)
        mentions = [
            (numbers[one.document], one.span.start, one.span.end, number, one.text, one.shown)
            for one in entity.mentions
            if one.document in numbers
        ]
        connection.executemany("INSERT OR IGNORE INTO mention VALUES(?, ?, ?, ?, ?, ?)", mentions)
