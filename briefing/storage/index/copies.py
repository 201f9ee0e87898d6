"""Which documents of an index are of one origin by what stands in them: without reading their files again."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Mapping
from types import MappingProxyType

from briefing.analysis.cited_sources import CitedSource
from briefing.analysis.origins import likenesses_among
from briefing.analysis.wording import Wordings, shingles_in
from briefing.model import Document, Likeness
from briefing.storage.index.records import cited_from

_ROOM = 2_000_000
"""Shingles of eight bytes that are kept at the most, beside those of one longer document: some texts are looked at time
and again."""


_NO_METADATA: Mapping[str, str] = MappingProxyType({})


class _StoredWordings(Wordings):
    """The words of the documents of an index, in the order of the pack, each looked up when it is asked for."""

    def __init__(self, connection: sqlite3.Connection, told: Callable[[], None]) -> None:
        """`told` is called after each look at a document's fingerprints."""
        self._connection = connection
        self._told = told
        rows = connection.execute(
            "SELECT document.number, wording.shingles FROM document"
            " LEFT JOIN wording ON wording.document = document.number ORDER BY document.place"
        )
        self._numbers: list[int] = []
        self.sizes: list[int] = []
        for number, size in rows:
            self._numbers.append(number)
            self.sizes.append(size)
        self._kept: dict[int, array[int]] = {}
        self._room = _ROOM
        self._known: tuple[int, dict[int, int]] = -1, {}
        """The document that others were held against last, and what is known of each of them by its number."""

    def covered(self, number: int, within: int) -> int:
        """See `Wordings`; what was found once is kept as long as both documents stay."""
        whole, one = self._numbers[within], self._numbers[number]
        if whole != self._known[0]:
            rows = self._connection.execute("SELECT document, words FROM covered WHERE within = ?", (whole,))
            self._known = whole, dict(rows)
        words = self._known[1].get(one)
        if words is None:
            words = super().covered(number, within)
            self._connection.execute("INSERT INTO covered VALUES(?, ?, ?)", (whole, one, words))
        return words

    def fingerprints(self, number: int) -> array[int]:
        """See `Wordings`."""
        query = "SELECT fingerprints FROM wording WHERE document = ?"
        (marks,) = self._connection.execute(query, (self._numbers[number],)).fetchone()
        self._told()
        return array("q", marks)

    def shingles(self, number: int) -> array[int]:
        """See `Wordings`."""
        if number not in self._kept:
            if self._room < self.sizes[number]:
                self._kept.clear()
                self._room = _ROOM
            self._room -= self.sizes[number]
            self._kept[number] = self._read(number)
        return self._kept[number]

    def _read(self, number: int) -> array[int]:
        query = (
            "SELECT shown.text FROM passage_place place JOIN passage shown ON shown.rowid = place.passage"
            " WHERE place.document = ? AND place.counts ORDER BY place.passage"
        )
        rows = self._connection.execute(query, (self._numbers[number],)).fetchall()
        shingles = shingles_in(text for (text,) in rows)
        if len(shingles) != self.sizes[number]:
            raise sqlite3.DatabaseError("a document has lost words")
        return shingles


def likenesses_in(connection: sqlite3.Connection, told: Callable[[], None]) -> tuple[Likeness, ...]:
    """The same as `likenesses_of` finds in the documents of the index.

    `told` is called twice a document. Raises `sqlite3.Error` when the index is damaged, and what `told` raises.
    """
    documents: list[Document] = []
    cited: list[CitedSource | None] = []
    try:
        rows = connection.execute("SELECT id, label, origin, cited FROM document ORDER BY place")
        for id, label, origin, source in rows:
            # Nothing else of it is looked at, and there may be a hundred thousand.
            documents.append(Document(id, "", "", "", label=label, origin=origin, metadata=_NO_METADATA))
            cited.append(cited_from(source))
        return likenesses_among(documents, cited, _StoredWordings(connection, told))
    except (IndexError, TypeError, ValueError) as error:
        raise sqlite3.DatabaseError("what documents have in common is damaged") from error
