"""What an index holds, without the numbers by which it holds together."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from briefing.model import Pack
from briefing.storage.index.place import index_path

_QUERIES = {
    "documents": "SELECT id, digest, format, title, label, date, origin, words, characters, claims, hex(sketch),"
    " problems, source, cited FROM document ORDER BY place",
    "files": "SELECT id, digest, fault FROM file ORDER BY id",
    "wordings": "SELECT d.id, w.shingles, hex(w.fingerprints) FROM wording w"
    " LEFT JOIN document d ON d.number = w.document ORDER BY d.place",
    "passages": "SELECT d.id, p.start, p.end, p.counts, t.text FROM passage_place p"
    " JOIN passage t ON t.rowid = p.passage JOIN document d ON d.number = p.document ORDER BY d.place, p.start",
    "entities": "SELECT type, name, mentions, documents, aliases FROM entity ORDER BY type, name",
    "forms": "SELECT e.type, e.name, f.form FROM entity_form f JOIN entity e ON e.number = f.entity"
    " ORDER BY e.type, e.name, f.form",
    "mentions": "SELECT d.id, m.start, m.end, e.type, e.name, m.text, m.shown FROM mention m"
    " JOIN document d ON d.number = m.document JOIN entity e ON e.number = m.entity ORDER BY d.place, m.start",
    "claims": "SELECT d.id, c.start, c.end, c.line, c.quote, c.roles, c.constraints, c.stance, c.stage, c.voice,"
    " c.as_of, c.heading, c.cues FROM claim c JOIN document d ON d.number = c.document ORDER BY d.place, c.start",
    "labels": "SELECT l.label, d.id, l.start FROM claim_label l JOIN document d ON d.number = l.document"
    " ORDER BY l.label, d.place, l.start",
    "conflicts": "SELECT data FROM conflict ORDER BY place",
    "readings": "SELECT digest, hex(data) FROM reading ORDER BY digest",
    "meta": "SELECT key, value FROM meta WHERE key <> 'program' ORDER BY key",
    "strays": "SELECT count(*) FROM passage WHERE rowid NOT IN (SELECT passage FROM passage_place) UNION ALL"
    " SELECT count(*) FROM entity_form WHERE entity NOT IN (SELECT number FROM entity)",
}


def content_of(path: Path) -> Mapping[str, list[Any]]:
    """Everything in the index at `path`, in order; its words can be searched for."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.execute("INSERT INTO passage(passage) VALUES('integrity-check')")
        return {name: connection.execute(query).fetchall() for name, query in _QUERIES.items()}


def kept(*paths: Path) -> Path:
    """Where the index of the pack lies."""
    path = index_path(paths)
    assert path is not None
    return path


def findings(pack: Pack) -> dict[str, Any]:
    """All that analysis adds to a pack."""
    return {
        "found": pack.found,
        "mentions": pack.mentions,
        "entities": pack.entities,
        "rejected": pack.rejected,
        "found_claims": pack.found_claims,
        "claims": pack.claims,
        "found_conflicts": pack.found_conflicts,
        "conflicts": pack.conflicts,
        "likenesses": pack.found_likenesses,
        "origins": pack.origins,
        "matrix": pack.matrix,
        "problems": pack.problems,
    }
