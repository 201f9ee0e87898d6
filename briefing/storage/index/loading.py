"""What an index holds, as the model has it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from briefing.model import Claim, Conflict, Document, EntityType, Likeness, Mention, Span
from briefing.storage.findings import Findings
from briefing.storage.index.place import StoredIndex, meta
from briefing.storage.index.records import CLAIM_COLUMNS, claim_from, conflict_from, likenesses_from
from briefing.storage.index.sources import DocumentsRead
from briefing.storage.index.stored import StoredFindings


def found_in(connection: sqlite3.Connection) -> tuple[tuple[Mention, ...], tuple[Claim, ...]]:
    """All mentions and claims, each in order of document and place. Raises `sqlite3.Error` when they cannot be such."""
    try:
        return _mentions_in(connection), _claims_in(connection)
    except (KeyError, TypeError, ValueError) as error:
        raise sqlite3.DatabaseError("what was found is damaged") from error


def findings_in(connection: sqlite3.Connection, documents: Sequence[Document], scenario: str) -> Findings | None:
    """What the index holds of just these documents, given a digest of the scenario; None when it is not of these.

    Raises `sqlite3.Error` when it holds what cannot be.
    """
    connection.execute("BEGIN")
    try:
        if not _is_of(connection, documents, scenario):
            return None
        found = Findings(*found_in(connection), *_compared_in(connection))
        counted = _counted_in(connection)
    finally:
        connection.execute("COMMIT")
    if counted != (len(found.mentions), len(found.claims)):
        raise sqlite3.DatabaseError("what was found is no longer all there")
    _check(found, documents)
    return found


def stored_findings(index: StoredIndex, documents: Sequence[Document], scenario: str) -> Findings | None:
    """The same as `findings_in` for a large pack: entities and mentions are looked up when they are asked for.

    The index is used as long as the findings are. Raises `PackError` beside what `findings_in` raises.
    """
    connection = index.connection
    connection.execute("BEGIN")
    try:
        if not _is_of(connection, documents, scenario):
            return None
        compared = _compared_in(connection)
        rows = connection.execute("SELECT (SELECT count(*) FROM mention), (SELECT count(*) FROM claim)")
        counted = rows.fetchone()
        known = _counted_in(connection)
    finally:
        connection.execute("COMMIT")
    stored = StoredFindings(index, documents)
    claims = stored.claims()
    if not counted == known == (counted[0], len(claims)):
        raise sqlite3.DatabaseError("what was found is no longer all there")
    return Findings(stored.mentions(), claims, *compared, stored.entities())


def _mentions_in(connection: sqlite3.Connection) -> tuple[Mention, ...]:
    types = {type.value: type for type in EntityType}
    entities = {
        number: (types[type], name)
        for number, type, name in connection.execute("SELECT number, type, name FROM entity")
    }
    rows = connection.execute(
        "SELECT document.id, mention.start, mention.end, mention.text, mention.entity, mention.shown"
        " FROM document JOIN mention ON mention.document = document.number ORDER BY document.place, mention.start"
    )
    return tuple(
        Mention(id, Span(start, end), text, *entities[entity], shown) for id, start, end, text, entity, shown in rows
    )


def _claims_in(connection: sqlite3.Connection) -> tuple[Claim, ...]:
    columns = ", ".join(f"claim.{name.strip()}" for name in CLAIM_COLUMNS.split(","))
    rows = connection.execute(
        f"SELECT document.id, {columns} FROM document JOIN claim ON claim.document = document.number"  # noqa: S608
        " ORDER BY document.place, claim.start"
    )
    return tuple(claim_from(id, row) for id, *row in rows)


def _compared_in(connection: sqlite3.Connection) -> tuple[tuple[Conflict, ...], tuple[Likeness, ...] | None]:
    known = meta(connection, "likenesses")
    rows = connection.execute("SELECT data FROM conflict ORDER BY place").fetchall()
    try:
        return tuple(conflict_from(row[0]) for row in rows), likenesses_from(known) if known is not None else None
    except (KeyError, TypeError, ValueError) as error:
        raise sqlite3.DatabaseError("what was compared is damaged") from error


def _counted_in(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many mentions and claims there were when they were written: a damaged page may have lost some."""
    (mentions,) = connection.execute("SELECT ifnull(sum(mentions), 0) FROM entity").fetchone()
    (claims,) = connection.execute("SELECT ifnull(sum(claims), 0) FROM document").fetchone()
    return mentions, claims


def _is_of(connection: sqlite3.Connection, documents: Sequence[Document], scenario: str) -> bool:
    if meta(connection, "state") != "whole" or meta(connection, "scenario") != scenario:
        return False
    ids = [row[0] for row in connection.execute("SELECT id FROM document ORDER BY place")]
    return ids == [document.id for document in documents] and not DocumentsRead(documents).changed(connection)


def _check(found: Findings, documents: Sequence[Document]) -> None:
    """Nothing is shown on other words than it was found in, whoever wrote the index."""
    texts = {document.id: document.text for document in documents}
    if not all(texts[one.document][one.span.start : one.span.end] == words for one, words in _quotes(found)):
        raise sqlite3.DatabaseError("what is said to stand there does not")


def _quotes(found: Findings) -> Iterator[tuple[Mention | Claim, str]]:
    yield from ((mention, mention.text) for mention in found.mentions)
    yield from ((claim, claim.quote) for claim in found.claims)
