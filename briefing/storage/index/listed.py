"""The documents of a large pack as its index lists them, so that none is read before somebody looks at it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from sys import intern
from typing import Any

from briefing.extraction.model_names import name_model_installed
from briefing.model import Document, NameFinder
from briefing.storage.index.basis import basis_of
from briefing.storage.index.place import reading
from briefing.storage.index.records import problem_from
from briefing.storage.index.sources import settings_of
from briefing.storage.listed_document import Known, ListedDocument, known_by_name
from briefing.storage.pack_files import PackFiles, Source, read_source

_QUERY = (
    "SELECT file.id, size, mtime_ns, settings, problems, file.digest, format, title, label, date, origin, words,"
    " characters FROM file JOIN document ON document.id = file.id WHERE fault = ''"
)


class ListedPack:
    """Gives the documents of a large pack: as its index lists them, where their files are still so."""

    def __init__(
        self,
        paths: Sequence[Path],
        files: PackFiles,
        ner: NameFinder | None,
        *,
        private: bool,
        reads_others: bool = True,
    ) -> None:
        """`files` are those of the pack at `paths`.

        `ner` as for `read_pack`, `private` as for `analyse_indexed`. Files that the index does not know are read with
        `reads_others`; else they are listed by their names.
        """
        self._reads_others = reads_others
        self.others = 0
        """How many files there were that the index does not know as they are."""
        self._rows: dict[str, tuple[Any, ...]] = {}
        finder = (ner or files.settings.ner) if name_model_installed() else NameFinder.RULES
        try:
            with reading(paths, basis_of(files.rules.names, finder), private=private) as index:
                rows = index.connection.execute(_QUERY) if index is not None else ()
                self._rows = {row[0]: row for row in rows}
        except sqlite3.Error:
            self._rows = {}

    def __call__(self, source: Source) -> Document:
        """The document in a file. Raises `PackError` as `read_source` does."""
        row = self._rows.pop(source.id, None)
        seen = source.stamp
        if row is None or seen is None or (seen.size, seen.mtime_ns, settings_of(source)) != row[1:4]:
            self.others += 1
            return read_source(source) if self._reads_others else ListedDocument(source, known_by_name(source))
        problems, digest, format, title, label, date, origin, words, characters = row[4:]
        said = tuple(map(problem_from, json.loads(problems))) if problems != "[]" else ()
        # What is the same is kept once: there may be a hundred thousand of them.
        label = title if label == title else label
        known = Known(digest, intern(format), title, label, date, origin, words, characters, said)
        return ListedDocument(source, known)
