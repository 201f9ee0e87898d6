"""What the passages of a pack are searched by: its index, or for a small pack one made in memory in milliseconds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from briefing.model import BlockKind, Claim, Document, Entity, Pack, as_claims
from briefing.storage.index.basis import scenario_digest
from briefing.storage.index.records import CLAIM_COLUMNS, as_json, claim_labels, claim_row
from briefing.storage.index.schema import CLAIMS, CLAIMS_LAID_OVER, NAMES, NAMES_LAID_OVER, TABLES
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
        # What officers put right stands before what is stored: what is there for the time being comes first.
        if pack.mentions is not pack.found:
            _lay_names_over(connection, pack, numbers)
        if pack.claims is not pack.found_claims:
            _lay_claims_over(connection, pack, numbers)
    return PassageIndex(connection, scenario_digest(pack.scenario))


def _is_put_right(pack: Pack) -> bool:
    return pack.mentions is not pack.found or pack.claims is not pack.found_claims


def _lay_names_over(connection: sqlite3.Connection, pack: Pack, numbers: Mapping[str, int]) -> None:
    """Let the entities of `pack` stand before those stored."""
    stored, now = set(map(id, pack.found_entities or ())), set(map(id, pack.entities))
    connection.executescript(NAMES.format("temp.new_", "new_") + NAMES_LAID_OVER)
    old = [(one.type, one.name) for one in pack.found_entities or () if id(one) not in now]
    connection.executemany("INSERT INTO old_entity SELECT number FROM main.entity WHERE type = ? AND name = ?", old)
    (last,) = connection.execute("SELECT ifnull(max(number), 0) FROM main.entity").fetchone()
    new = [entity for entity in pack.entities if id(entity) not in stored]
    _write_entities(connection, new, numbers, last + 1, "new_")


def _lay_claims_over(connection: sqlite3.Connection, pack: Pack, numbers: Mapping[str, int]) -> None:
    """Let the claims of `pack` stand before those stored."""
    connection.executescript(CLAIMS.format("temp.new_") + CLAIMS_LAID_OVER)
    changed = [claim for claim in as_claims(pack.claims).changed.values() if claim.document in numbers]
    places = [(numbers[claim.document], claim.span.start) for claim in changed]
    connection.executemany("INSERT INTO old_claim VALUES(?, ?)", places)
    _write_claims(connection, changed, numbers, "new_")


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


def _write_claims(
    connection: sqlite3.Connection, claims: Iterable[Claim], numbers: Mapping[str, int], prefix: str = ""
) -> None:
    """Let the tables whose names begin with `prefix` hold `claims`, whose documents have these `numbers`."""
    rows = [(numbers[claim.document], claim_row(claim)) for claim in claims]
    marks = ", ".join("?" * (1 + len(CLAIM_COLUMNS.split(","))))
    values = [(document, *row) for document, row in rows]
    connection.executemany(f"INSERT OR IGNORE INTO {prefix}claim VALUES({marks})", values)
    labels = [(label, document, row[0]) for document, row in rows for label in claim_labels(row)]
    connection.executemany(f"INSERT OR IGNORE INTO {prefix}claim_label VALUES(?, ?, ?)", labels)


def _write_entities(
    connection: sqlite3.Connection,
    entities: Iterable[Entity],
    numbers: Mapping[str, int],
    first: int = 1,
    prefix: str = "",
) -> None:
    """Let the tables whose names begin with `prefix` hold `entities`, numbered from `first` on, and their mentions."""
    for number, entity in enumerate(entities, first):
        counts = len(entity.mentions), entity.document_count
        row = (number, entity.type, entity.name, *counts, as_json(entity.aliases))
        connection.execute(f"INSERT INTO {prefix}entity VALUES(?, ?, ?, ?, ?, ?)", row)
        forms = [(form, number) for form in (entity.name, *entity.aliases)]
        connection.executemany(f"INSERT INTO {prefix}entity_form(form, entity) VALUES(?, ?)", forms)
        mentions = [
            (numbers[one.document], one.span.start, one.span.end, number, one.text, one.shown)
            for one in entity.mentions
            if one.document in numbers
        ]
        connection.executemany(f"INSERT OR IGNORE INTO {prefix}mention VALUES(?, ?, ?, ?, ?, ?)", mentions)
