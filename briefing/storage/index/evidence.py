"""Where all claims of a pack stand and what they are evidence for, in so little room that all is in memory at once."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import accumulate, chain, repeat
from typing import Any, NamedTuple, overload

from briefing.model import Claim, ClaimKind, Claims, PackError, Problem, Span
from briefing.storage.index.records import kind_from, kind_row

_FIELDS = 4
"""Of each claim its kind, its first character, the one behind its last, and the date it speaks from: four bytes each,
in the order of the host, since no index leaves it."""
_BYTES = "I"
_UNDATED = 0


class EvidenceWriter:
    """Writes beside the claims of each document what `stored_claims` makes of all of them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """The connection is in a transaction whenever a method is called."""
        self._connection = connection
        kinds = connection.execute("SELECT roles, constraints, stance, stage, heading, number FROM claim_kind")
        self._kinds: dict[tuple[Any, ...], int] = {tuple(kind): number for *kind, number in kinds}
        self._dates: dict[str, int] = dict(connection.execute("SELECT date, number FROM claim_date"))

    def write(self, document: int, claims: Sequence[Sequence[Any]]) -> None:
        """Let the index say where `claims`, as the columns `CLAIM_COLUMNS`, stand in the document of that number."""
        fields = chain.from_iterable(
            (self._kind(kind_row(row)), row[0], row[1], self._date(row[9]))
            for row in sorted(claims, key=lambda row: int(row[0]))
        )
        data = array(_BYTES, fields).tobytes()
        row = document, data, _digest(data)
        self._connection.execute("INSERT OR REPLACE INTO evidence VALUES(?, ?, ?)", row)

    def _kind(self, kind: tuple[Any, ...]) -> int:
        if kind not in self._kinds:
            self._kinds[kind] = number = len(self._kinds) + 1
            self._connection.execute("INSERT INTO claim_kind VALUES(?, ?, ?, ?, ?, ?)", (number, *kind))
        return self._kinds[kind]

    def _date(self, date: str | None) -> int:
        if date is None:
            return _UNDATED
        if date not in self._dates:
            self._dates[date] = number = len(self._dates) + 1
            self._connection.execute("INSERT INTO claim_date VALUES(?, ?)", (number, date))
        return self._dates[date]


def _digest(data: bytes) -> bytes:
    """What tells whether a row is as it was written."""
    return blake2b(data, digest_size=8).digest()


class Stored(NamedTuple):
    """What the index holds of all claims."""

    documents: Sequence[str]
    """All ids, in the order of the pack."""
    data: Sequence[bytes]
    """Of each of them."""
    kinds: Mapping[int, ClaimKind]
    dates: Mapping[int, str]

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> Stored:
        """That of the index at `connection`. Raises `sqlite3.Error`, and `ValueError` when it holds what cannot be."""
        rows = connection.execute(
            "SELECT document.id, ifnull(evidence.claims, x''), evidence.digest FROM document"
            " LEFT JOIN evidence ON evidence.document = document.number ORDER BY document.place"
        ).fetchall()
        if any(data and _digest(data) != digest for _, data, digest in rows):
            raise ValueError("what was noted of the claims is not what was written")
        kinds = connection.execute("SELECT number, roles, constraints, stance, stage, heading FROM claim_kind")
        return cls(
            [id for id, _, _ in rows],
            [data for _, data, _ in rows],
            {number: kind_from(kind) for number, *kind in kinds},
            dict(connection.execute("SELECT number, date FROM claim_date")),
        )


class StoredClaims(Claims):
    """The claims of a large pack, looked up document by document; counted and sorted by kind without that."""

    __slots__ = (
        "_dates",
        "_ends",
        "_firsts",
        "_ids",
        "_in_document",
        "_lasts",
        "_latest",
        "_named_dates",
        "_places",
        "_standing",
    )

    def __init__(self, stored: Stored, in_document: Callable[[str], Sequence[Claim]]) -> None:
        """`in_document` looks up the claims in the document of an id. Raises `KeyError` for a kind of no name."""
        super().__init__(tuple)
        self._in_document = in_document
        self._ids = stored.documents
        self._places = {id: place for place, id in enumerate(stored.documents)}
        fields = array(_BYTES, b"".join(stored.data))
        self._firsts, self._lasts, self._dates = (fields[at::_FIELDS] for at in range(1, _FIELDS))
        self._named_dates = stored.dates
        counts = [len(data) // (_FIELDS * fields.itemsize) for data in stored.data]
        self._ends = [*accumulate(counts)]
        self._standing = array(_BYTES, chain.from_iterable(map(repeat, range(len(counts)), counts)))
        """The place in the pack of the document of each claim."""
        self._latest: tuple[str, Sequence[Claim]] = "", ()
        """The document that was looked at last, since the next claim is asked of the same."""
        numbers: dict[int, array[int]] = {}
        for number, kind in enumerate(fields[::_FIELDS]):
            numbers.setdefault(kind, array(_BYTES)).append(number)
        self._kinds = {stored.kinds[kind]: those for kind, those in sorted(numbers.items(), key=lambda one: one[1][0])}

    @property
    def counts(self) -> Mapping[str, int]:
        """How many claims each document has that has any."""
        return {id: len(numbers) for id in self._ids if (numbers := self.numbers_in(id))}

    def numbers_in(self, document: str) -> range:
        """The numbers of the claims in the document of that id."""
        place = self._places.get(document)
        return range(0) if place is None else range(self._ends[place - 1] if place else 0, self._ends[place])

    def in_document(self, document: str) -> Sequence[Claim]:
        """The claims in the document of that id, looked up. Raises `PackError` when they cannot be."""
        latest, found = self._latest
        if latest != document:
            found = self._in_document(document)
            numbers = self.numbers_in(document)
            if [(one.span.start, one.span.end) for one in found] != [
                (self._firsts[at], self._lasts[at]) for at in numbers
            ]:
                raise PackError(Problem("index", "has been written to by another program", "open the pack again"))
            self._latest = document, found
        return found

    def document(self, number: int) -> str:
        """The id of the document that a claim stands in."""
        return self._ids[self._standing[number]]

    def place(self, number: int) -> tuple[str, Span]:
        """Where a claim stands: id of the document, and the words."""
        return self.document(number), Span(self._firsts[number], self._lasts[number])

    def documents_of(self, numbers: Iterable[int]) -> set[str]:
        """The ids of the documents that these claims stand in."""
        return {self._ids[place] for place in set(map(self._standing.__getitem__, numbers))}

    def latest(self, numbers: Iterable[int]) -> str | None:
        """The latest date that any of these claims speaks from; None where none says."""
        dates = set(map(self._dates.__getitem__, numbers)) - {_UNDATED}
        return max(map(self._named_dates.__getitem__, dates), default=None)

    def _whole(self) -> tuple[Claim, ...]:
        # What makes it is not kept beside it: that would be this itself, and keep the index open.
        return tuple(iter(self))

    def __len__(self) -> int:
        return len(self._firsts)

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Claim, ...]: ...
    def __getitem__(self, index: int | slice) -> Claim | tuple[Claim, ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        number = range(len(self))[index]
        document = self.document(number)
        return self.in_document(document)[number - self.numbers_in(document).start]

    def __iter__(self) -> Iterator[Claim]:
        return chain.from_iterable(map(self.in_document, self._ids))
