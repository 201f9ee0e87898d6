"""What an index is made from: the files of a pack, or its documents where they have been read already."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import NamedTuple, Protocol

from briefing.model import Document, PackError
from briefing.storage.index.basis import digest_of, source_of
from briefing.storage.listed_document import ListedDocument
from briefing.storage.pack_files import Source, document_in, read_bytes, stamp_at

_SETTLED = 2 * 10**9
"""Nanoseconds: a file that was written more lately may be written again without its time telling."""
UNKNOWN = -1
"""For a size or a time that tells nothing, so that the file is looked into."""


class Stamp(NamedTuple):
    """What tells without reading it whether a file may have changed."""

    size: int
    """Bytes."""
    mtime_ns: int
    settings: str
    """A digest of what the pack says of it."""


class DocumentSource(Protocol):
    """The documents of a pack in its order; each is asked for by its place there."""

    @property
    def ids(self) -> Sequence[str]:
        """`Document.id`s."""

    def changed(self, connection: sqlite3.Connection) -> list[int]:
        """Places of those that the index does not have as they are, as far as can be told without reading."""

    def stamp(self, place: int) -> Stamp:
        """Of the file as it is at this moment."""

    def document(self, place: int) -> Document:
        """The document. Raises `PackError` when it cannot be read."""


class FilesToRead:
    """The files of a pack, each read when it is asked for and not kept."""

    def __init__(self, sources: Sequence[Source]) -> None:
        """`sources` are in the order of the pack."""
        self._sources = sources
        self.ids = [source.id for source in sources]

    def changed(self, connection: sqlite3.Connection) -> list[int]:
        """Those whose size, time or settings differ, and those that could not be read."""
        known = set(connection.execute("SELECT id, size, mtime_ns, settings FROM file WHERE fault = ''"))
        return [place for place, source in enumerate(self._sources) if (source.id, *stamp_of(source)) not in known]

    def stamp(self, place: int) -> Stamp:
        """A file that was written just now has no time that could be relied on."""
        return _lasting(stamp_of(self._sources[place]))

    def document(self, place: int) -> Document:
        """Reads it. Raises `PackError` when that cannot be done."""
        source = self._sources[place]
        return document_in(source, read_bytes(source))


class DocumentsRead:
    """The documents of a pack that has been read."""

    def __init__(self, documents: Sequence[Document], sources: Iterable[Source] = ()) -> None:
        """`documents` are in the order of the pack; `sources` are their files, as far as these are known."""
        self._documents = documents
        self._sources = {source.id: source for source in sources}
        self.ids = [document.id for document in documents]

    def changed(self, connection: sqlite3.Connection) -> list[int]:
        """Those of which the index has other words, or other things the pack says of them."""
        known = {row[0]: row for row in connection.execute("SELECT id, source, label, origin FROM document")}
        return [
            place
            for place, document in enumerate(self._documents)
            if known.get(document.id) != (document.id, source_of(document), document.label, document.origin)
        ]

    def stamp(self, place: int) -> Stamp:
        """Of a file that is still what was read; of others nobody knows it any more."""
        document = self._documents[place]
        source = self._sources.get(document.id)
        if source is not None:
            stamp = _lasting(stamp_of(source))
            with suppress(PackError):
                if sha256(read_bytes(source)).hexdigest() == document.digest:
                    return stamp
        return Stamp(UNKNOWN, UNKNOWN, "")

    def document(self, place: int) -> Document:
        """As it was read; one that is only listed is read, and not kept."""
        document = self._documents[place]
        return document.read_anew() if isinstance(document, ListedDocument) else document


def stamp_of(source: Source) -> Stamp:
    """Of a file as it is at this moment."""
    size, mtime_ns, _ = stamp_at(source.path) or (UNKNOWN, UNKNOWN, 0)
    return Stamp(size, mtime_ns, settings_of(source))


def _lasting(stamp: Stamp) -> Stamp:
    """What of `stamp` tells for ever."""
    return stamp if time.time_ns() - stamp.mtime_ns > _SETTLED else stamp._replace(mtime_ns=UNKNOWN)


def settings_of(source: Source) -> str:
    """A digest of what the pack says of a file; "" where it says nothing."""
    said = source.settings
    return digest_of([said.label, said.date, said.origin, said.encoding]) if said else ""
