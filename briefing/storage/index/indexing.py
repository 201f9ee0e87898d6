"""Brings an index up to date: reads what has changed, links all names, and reads the claims that this changes."""

from __future__ import annotations

import gc
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any

from briefing.analysis.conflicts import conflicts_of, searched_for_conflicts
from briefing.extraction.claims.claim_reader import ClaimReader
from briefing.extraction.entities.names import NameIndex, forms_of
from briefing.extraction.model_names import NameModel
from briefing.model import EntityRule, PackError, Problem, Scenario
from briefing.storage.index.basis import scenario_digest, source_of
from briefing.storage.index.copies import likenesses_in
from briefing.storage.index.documents import DocumentReader, DocumentWriter
from briefing.storage.index.found import DocumentClaims, Finder, Listed
from briefing.storage.index.loading import found_in
from briefing.storage.index.place import meta
from briefing.storage.index.records import conflict_as_text, likenesses_as_text
from briefing.storage.index.sources import UNKNOWN, DocumentSource
from briefing.storage.index.workers import Work, in_order

READ, LINKED, FOUND, COMPARED = 1.0, 0.02, 0.6, 0.03
"""How long it takes to read a document, to link its names, to find its claims, and to compare its words, in proportion;
only to tell how much time is left."""
_ROUNDS = 3
"""Times that a pack is gone through when its files change while that is done."""
_RECENT = 10.0
"""Seconds over which the rate is taken."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the indexing of a pack is."""

    stage: str
    """"reading", "linking names", "finding evidence" or "comparing"."""
    done: int = 0
    """Documents, in this stage."""
    total: int = 0
    words: int = 0
    """In the documents that were read."""
    rate: float = 0.0
    """Documents a second, over the last seconds."""
    share: float = 0.0
    """Of all stages: from 0 to 1."""
    left: float | None = None
    """Seconds, as far as can be told."""
    faults: int = 0
    """Documents that could not be read."""


class IndexStoppedError(Exception):
    """Indexing was stopped as asked; what was done is kept."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on, and how they can hold it up."""

    told: Callable[[Progress], None] = lambda progress: None
    """Called some ten times a second."""
    paused: Event = field(default_factory=Event)
    stopped: Event = field(default_factory=Event)
    commit_after: float = 1.0
    """Seconds of work that are lost at the most when the process is killed."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is looked for in the documents, beside what holds for all packs."""

    names: tuple[EntityRule, ...] = ()
    scenario: Scenario | None = None
    model: NameModel | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What indexing did."""

    documents: int
    """In the index."""
    read: int
    """Documents that were read."""
    words: int
    """In those."""
    searched: int
    """Documents that were searched for evidence, those with changed names among them."""
    faults: tuple[Problem, ...]
    """Of all files that could not be read."""
    is_whole: bool
    """Whether all is found; not when files kept changing."""


def bring_up_to_date(
    connection: sqlite3.Connection, documents: DocumentSource, rules: Rules, watch: Watch, *, workers: int = 1
) -> Summary:
    """Let the index hold what there is to find in `documents`.

    With two or more `workers` so many processes are forked, and no other thread may run; else all is done in this
    thread. What is committed stands whatever happens, and is not done again. Raises `IndexStoppedError` when it is
    stopped, and `sqlite3.Error` when the index cannot be written or is damaged.
    """
    indexing = _Indexing(connection, documents, rules, watch, workers)
    try:
        for _ in range(_ROUNDS):
            if not indexing.run():
                break
        return indexing.summary()
    finally:
        if connection.in_transaction:
            connection.rollback()


class _Indexing:
    def __init__(
        self, connection: sqlite3.Connection, documents: DocumentSource, rules: Rules, watch: Watch, workers: int
    ) -> None:
        self._connection = connection
        self._documents = documents
        self._rules = rules
        self._workers = workers
        self._pace = _Pace(connection, watch)
        self._names = NameIndex.of(
            entry for rule in rules.names for entry in forms_of(rule.type, rule.name, rule.forms)
        )
        self._scenario = scenario_digest(rules.scenario)
        self._read = self._words = self._searched = 0
        self._is_sound = False
        """Whether all that the index has stands as long as no file turns out to have changed."""

    def run(self) -> bool:
        """Go through the pack; whether it has to be done again, since files changed under way."""
        changed = self._documents.changed(self._connection)
        self._pace.begin()
        if not self._begin(changed):
            self._pace.end()
            return False
        outdated = False
        if self._read_documents(changed) or not self._is_sound:
            outdated = self._find() or self._compare()
        if not outdated:
            self._set("state", "whole")
        self._pace.end()
        return outdated

    def summary(self) -> Summary:
        """What was done."""
        (documents,) = self._connection.execute("SELECT count(*) FROM document").fetchone()
        rows = self._connection.execute("SELECT id, fault, remedy FROM file WHERE fault <> '' ORDER BY id")
        whole = meta(self._connection, "state") == "whole"
        faults = tuple(Problem(*row) for row in rows)
        return Summary(documents, self._read, self._words, self._searched, faults, whole)

    def _begin(self, changed: list[int]) -> bool:
        """Take out what is gone; whether there is anything to do."""
        ids = self._documents.ids
        places = {id: place for place, id in enumerate(ids)}
        known = [row[0] for row in self._connection.execute("SELECT id FROM file ORDER BY id")]
        gone = [id for id in known if id not in places]
        placed = dict(self._connection.execute("SELECT id, place FROM document ORDER BY place"))
        moved = [(places[id], id) for id, place in placed.items() if places.get(id, place) != place]
        self._connection.executemany("UPDATE document SET place = ? WHERE id = ?", moved)
        was = (meta(self._connection, "state"), meta(self._connection, "scenario"))
        staying = [id for id in placed if id in places]
        in_order = staying == sorted(staying, key=places.__getitem__)
        self._is_sound = was == ("whole", self._scenario) and in_order and len(staying) == len(placed)
        if not changed and self._is_sound:
            return False
        self._set("state", "reading")
        self._set("scenario", self._scenario)
        writer = DocumentWriter(self._connection)
        for id in gone:
            writer.forget(id)
        self._pace.expect(len(changed), len(ids))
        return True

    def _read_documents(self, changed: list[int]) -> bool:
        """Read the files that may have changed; whether any of them has."""
        known = dict(self._connection.execute("SELECT id, source FROM document"))
        reader = DocumentReader(self._documents, self._names, self._rules.model, known)
        writer = DocumentWriter(self._connection)
        self._pace.stage("reading", len(changed), READ)
        for place, record in zip(changed, self._work(changed, reader), strict=True):
            if record is None:
                # Twice, since it may not have been the fault of the file.
                fault = "stopped the process that read it, twice"
                writer.refuse(self._documents.ids[place], self._documents.stamp(place), fault, "take it out")
                self._pace.step(self._words, is_fault=True)
            elif writer.write(self._documents.ids[place], record):
                self._read += "passages" in record
                self._words += record["document"]["words"] if "passages" in record else 0
                self._pace.step(self._words)
            else:
                self._pace.step(self._words, is_fault=True)
        return writer.has_changed

    def _find(self) -> bool:
        """Link names and find claims; whether a file was no longer what it had been read as."""
        finder = Finder(self._connection, self._names, self._scenario)
        self._pace.stage("linking names", 2 * finder.documents, LINKED / 2)
        for _ in finder.link():
            self._pace.step(self._words)
        self._pace.stage("finding evidence", finder.documents, FOUND)
        waiting: deque[tuple[Listed, list[int], list[Any], str]] = deque()

        def tasks() -> Iterator[Any]:
            for document, entities, rows, found in finder.found():
                if document.found == found:
                    self._pace.pass_over()
                else:
                    waiting.append((document, entities, rows, found))
                    yield [document.place, document.source, rows]

        claims = ClaimReader(self._rules.scenario) if self._rules.scenario else None
        outdated = False
        for rows in self._work(tasks(), DocumentClaims(self._documents, claims)):
            document, entities, mentions, found = waiting.popleft()
            if rows is None:
                outdated = True
                self._connection.execute("UPDATE file SET mtime_ns = ? WHERE id = ?", (UNKNOWN, document.id))
                self._pace.step(self._words)
                continue
            finder.write(document, entities, mentions, rows)
            self._connection.execute(
                "UPDATE document SET found = ?, claims = ? WHERE number = ?", (found, len(rows), document.number)
            )
            self._searched += 1
            self._pace.step(self._words)
        finder.finish(self._rules.names)
        return outdated

    def _compare(self) -> bool:
        """Hold the documents against one another; whether one was no longer what it had been."""
        self._connection.execute("DELETE FROM conflict")
        self._connection.execute("DELETE FROM meta WHERE key = 'likenesses'")
        rows = self._connection.execute("SELECT place, characters, source FROM document ORDER BY place").fetchall()
        is_searched = searched_for_conflicts(len(rows), sum(characters for _, characters, _ in rows))
        self._pace.stage("comparing", 2 * len(rows), COMPARED / 2)
        likenesses = likenesses_in(self._connection, lambda: self._pace.step(self._words))
        self._set("likenesses", likenesses_as_text(likenesses))
        if not is_searched:
            return False
        try:
            documents = tuple(self._documents.document(place) for place, _, _ in rows)
        except PackError:
            return True
        if [source_of(document) for document in documents] != [source for _, _, source in rows]:
            return True
        mentions, claims = found_in(self._connection)
        with _nothing_collected():
            conflicts = conflicts_of(documents, claims, mentions, self._rules.scenario)
        numbered = enumerate(map(conflict_as_text, conflicts))
        self._connection.executemany("INSERT INTO conflict VALUES(?, ?)", numbered)
        return False

    def _work(self, tasks: Any, work: Work) -> Iterator[Any]:
        if self._workers > 1:
            gc.freeze()  # what the copies only read is not copied page by page
        return in_order(tasks, work, self._workers)

    def _set(self, key: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (key, value))


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Hold back the garbage collector: where all that is made is kept, going through it again and again takes long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Pace:
    """Commits, tells how far it is, and waits or stops when asked to; after every document."""

    def __init__(self, connection: sqlite3.Connection, watch: Watch) -> None:
        self._connection = connection
        self._watch = watch
        self._progress = Progress("reading")
        self._units = self._all_units = self._weight = 0.0
        self._times: deque[tuple[float, int, float]] = deque()
        """When how many documents of the stage, and units of all, were done."""
        self._committed = self._told = time.monotonic()

    def begin(self) -> None:
        """Begin a transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._committed = time.monotonic()

    def end(self) -> None:
        """Commit what is not yet."""
        self._connection.execute("COMMIT")
        self._watch.told(self._progress)

    def expect(self, read: int, documents: int) -> None:
        """Say how many documents are to be read, of how many."""
        self._units, self._all_units = 0.0, read * (READ + FOUND) + documents * (LINKED + COMPARED)

    def stage(self, name: str, total: int, weight: float) -> None:
        """Begin a stage, in which each of `total` documents takes `weight`."""
        self._weight = weight
        self._times.clear()
        self._progress = replace(self._progress, stage=name, done=0, total=total, rate=0.0)
        self._watch.told(self._progress)

    def pass_over(self) -> None:
        """One of the stage needs nothing."""
        self._progress = replace(self._progress, done=self._progress.done + 1)

    def step(self, words: int, is_fault: bool = False) -> None:
        """One more document of the stage is done; `words` were read in all. Raises `IndexStoppedError`."""
        self._units += self._weight
        faults = self._progress.faults + is_fault
        self._progress = replace(self._progress, done=self._progress.done + 1, words=words, faults=faults)
        now = time.monotonic()
        if now - self._told >= 0.1:
            self._tell(now)
        if now - self._committed >= self._watch.commit_after:
            self._commit()
        if self._watch.stopped.is_set() or self._watch.paused.is_set():
            self._commit()
            while self._watch.paused.is_set() and not self._watch.stopped.wait(0.1):
                self._times.clear()
            if self._watch.stopped.is_set():
                raise IndexStoppedError

    def _tell(self, now: float) -> None:
        self._told = now
        self._times.append((now, self._progress.done, self._units))
        while now - self._times[0][0] > _RECENT:
            self._times.popleft()
        then, done, units = self._times[0]
        if now > then:
            rate = (self._progress.done - done) / (now - then)
            pace = (self._units - units) / (now - then)
            left = max(0.0, self._all_units - self._units) / pace if pace else None
            share = min(1.0, self._units / self._all_units) if self._all_units else 1.0
            self._progress = replace(self._progress, rate=rate, left=left, share=share)
        self._watch.told(self._progress)

    def _commit(self) -> None:
        self._connection.execute("COMMIT")
        self.begin()
