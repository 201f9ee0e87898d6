"""What the passages of a pack are searched by: its index, or for a small pack one made in memory in milliseconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, partial

from briefing.model import BlockKind, Claim, Document, Entity, EntityKey, Pack, as_claims
from briefing.storage.index.basis import scenario_digest
from briefing.storage.index.records import CLAIM_COLUMNS, as_json, claim_labels, claim_row
from briefing.storage.index.schema import TABLES
from briefing.storage.index.search import PassageIndex
from briefing.storage.index.stored import StoredMentions

_Number = Callable[[str], int | None]
"""The number of the document of an id; None for one that has none."""
_PUT_RIGHT = (
    "new_entity",
    "new_entity_form",
    "new_mention",
    "new_claim",
    "new_claim_label",
    "old_entity",
    "old_claim",
)
"""The tables of `LAID_OVER`."""
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
    _write_entities(connection, pack.entities, numbers.get)
    _write_claims(connection, pack.claims, numbers.get)
    connection.commit()
    return PassageIndex(connection)


def _stored(pack: Pack, found: StoredMentions) -> PassageIndex:
    put_right = partial(_put_right, pack) if _is_put_right(pack) else None
    connection = found.findings.index.beside()
    try:
        return PassageIndex(connection, scenario_digest(pack.scenario), put_right)
    except sqlite3.Error:
        connection.close()
        raise


def _is_put_right(pack: Pack) -> bool:
    return pack.mentions is not pack.found or pack.claims is not pack.found_claims


def _put_right(pack: Pack, connection: sqlite3.Connection) -> Callable[[], None]:
    """What lets the tables of `LAID_OVER` hold all of `pack` that is not as it is stored.

    What has to be looked up for that is looked up now, in no transaction: a program that waits to write lets nobody
    begin to read, and would wait for this one. Raises `PackError` when it cannot be looked up.
    """
    old, new = _names_put_right(pack, connection)
    changed = list(as_claims(pack.claims).changed.values())

    @cache
    def number(document: str) -> int | None:
        """None for a document that another program took out, or of which it has other words."""
        query = "SELECT number FROM document WHERE id = ? AND digest = ?"
        row = connection.execute(query, (document, pack.document(document).digest)).fetchone()
        return int(row[0]) if row else None

    def write() -> None:
        for table in _PUT_RIGHT:
            connection.execute(f"DELETE FROM temp.{table}")  # noqa: S608
        connection.executemany("INSERT INTO old_entity VALUES(?)", old)
        _write_entities(connection, new, number, -len(new), "new_")  # those stored are numbered from 1
        places = [(of, claim.span.start) for claim in changed if (of := number(claim.document)) is not None]
        connection.executemany("INSERT INTO old_claim VALUES(?, ?)", places)
        _write_claims(connection, changed, number, "new_")

    return write


def _names_put_right(pack: Pack, connection: sqlite3.Connection) -> tuple[list[tuple[int]], list[Entity]]:
    """The numbers of the entities that are no more as they are stored; and the entities that are not stored."""
    stored, now = set(map(id, pack.found_entities or ())), set(map(id, pack.entities))
    old: list[tuple[int]] = []
    gone: set[EntityKey] = set()
    for one in pack.found_entities or ():
        if id(one) not in now:
            query = "SELECT number FROM main.entity WHERE type = ? AND name = ?"
            numbers = connection.execute(query, one.key).fetchall()
            old += numbers
            if not numbers:
                gone.add(one.key)  # another program found it to be somebody else, and so it is found as that
    others = (entity for entity in pack.entities if id(entity) not in stored and entity.key not in gone)
    return old, [replace(entity, mentions=tuple(entity.mentions)) for entity in others]


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


def _write_claims(connection: sqlite3.Connection, claims: Iterable[Claim], number: _Number, prefix: str = "") -> None:
    """Let the tables whose names begin with `prefix` hold those of `claims` whose documents have a number."""
    rows = [(of, claim_row(claim)) for claim in claims if (of := number(claim.document)) is not None]
    marks = ", ".join("?" * (1 + len(CLAIM_COLUMNS.split(","))))
    values = [(document, *row) for document, row in rows]
    connection.executemany(f"INSERT OR IGNORE INTO {prefix}claim VALUES({marks})", values)
    labels = [(label, document, row[0]) for document, row in rows for label in claim_labels(row)]
    connection.executemany(f"INSERT OR IGNORE INTO {prefix}claim_label VALUES(?, ?, ?)", labels)


def _write_entities(
    connection: sqlite3.Connection, entities: Iterable[Entity], number: _Number, first: int = 1, prefix: str = ""
) -> None:
    """Let the tables whose names begin with `prefix` hold `entities`, numbered from `first` on.

    Of their mentions those whose documents have a number.
    """
    for own, entity in enumerate(entities, first):
        counts = len(entity.mentions), entity.document_count
        row = (own, entity.type, entity.name, *counts, as_json(entity.aliases))
        connection.execute(f"INSERT INTO {prefix}entity VALUES(?, ?, ?, ?, ?, ?)", row)
        forms = [(form, own) for form in (entity.name, *entity.aliases)]
        connection.executemany(f"INSERT INTO {prefix}entity_form(form, entity) VALUES(?, ?)", forms)
        mentions = [
            (of, one.span.start, one.span.end, own, one.text, one.shown)
            for one in entity.mentions
            if (of := number(one.document)) is not None
        ]
        connection.executemany(f"INSERT OR IGNORE INTO {prefix}mention VALUES(?, ?, ?, ?, ?, ?)", mentions)
