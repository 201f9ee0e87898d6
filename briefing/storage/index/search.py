"""Looking up in an index what is asked for: which passages, best first, and the words in those of a page."""

from __future__ import annotations

import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from threading import Lock
from weakref import finalize

from briefing.analysis.pattern import matches
from briefing.analysis.query import Query
from briefing.model import Document, PackError, Span
from briefing.storage.index.place import meta
from briefing.storage.index.query_sql import EVERY, Sql, claims_of, names_of, selection_of, words_of
from briefing.storage.index.schema import CLAIMS, FORMS, LAID_OVER, NAMES, TOKENIZER
from briefing.storage.index.search_stopped import SearchStoppedError

MOST_FOUND = 5_000
"""Passages: of more than these only the first are listed, in the order of the pack. Nobody reads on, and putting all in
order of how well they fit would take longer than a key may."""
PAGE = 50
"""Passages whose words are looked up at once: a screen or more."""
MOST_LIT = 1_000
"""Passages of one document whose words are looked up when it is shown."""
_STEPS = 2_000
"""Steps of SQLite, less than a millisecond, between two looks at the clock."""
_BEGIN, _END = "\1", "\2"
"""Put around words in a passage; no shown text holds them."""
_Place = tuple[int, int, int, int]
"""Of a passage: its number, that of its document, where it begins, and where it ends."""
_SHOWS = "shows((SELECT t.text FROM passage t WHERE t.rowid = p.passage))"


@dataclass(frozen=True, slots=True)
class Found:
    """Which passages are what was asked for."""

    query: Query
    passages: tuple[int, ...] = ()
    """Their numbers, best first."""
    within: tuple[int, ...] = ()
    """Numbers of the documents that they stand in, in the same order."""
    more: bool = False
    """Whether there are more than were looked for; then these are the first in the order of the pack."""

    @property
    def documents(self) -> int:
        """In how many documents they stand."""
        return len(set(self.within))


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was found."""

    document: str
    """`Document.id`."""
    span: Span
    """Of the block, in the document's text."""
    text: str
    """As shown."""
    shown: tuple[tuple[int, int], ...]
    """Start and end of the words found, in `text`."""
    named: tuple[Span, ...]
    """Where the entities asked for are named, in the document's text."""
    claimed: tuple[Span, ...]
    """The sentences that say what was asked for, in the document's text."""


def words_found(passage: Passage, document: Document) -> tuple[Span, ...]:
    """Where in `document` stands what made `passage` one that was asked for, in order and without overlap.

    That is the words and the names; where neither was asked for, the sentences; else the whole passage.
    """
    block = document.block_at(passage.span.start)
    if block is None or block.shown.text != passage.text:
        # The index has been written to since, and holds other words than the document that is open.
        return (Span(0, 0) if block is None else block.span,)
    words = {block.shown.source_of(*place) for place in passage.shown}
    places: list[Span] = []
    for span in sorted({*words, *passage.named} or passage.claimed or [passage.span]):
        if not places or places[-1].end <= span.start:
            places.append(span)
    return tuple(places)


def most_at_first(query: Query) -> int:
    """How many passages to look for before any is listed: nothing ranks what a pattern finds, so its first page stands.

    What comes after that page is looked for with `MOST_FOUND`.
    """
    return PAGE if query.where is None else MOST_FOUND


class PassageIndex:
    """The passages of an index. One question at a time: a new one stops the one before."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        scenario: str | None = None,
        put_right: Callable[[sqlite3.Connection], Callable[[], None]] | None = None,
    ) -> None:
        """`connection` is to an index, and may be used from any thread; it is closed when nobody has this any more.

        With `scenario`, a digest, nothing is looked for in claims that were found for another one since. `put_right`
        looks up what officers put right, and gives what writes that into the tables of `LAID_OVER`; anew once another
        program has written to the index.
        """
        self._connection = connection
        self._scenario = scenario
        self._put_right = put_right
        self._version = -1
        """That of the index over which that was laid."""
        finalize(self, connection.close)
        self._asking = Lock()
        self._asked = 0
        """Number of the latest question."""
        connection.executescript(FORMS.format("temp.new_"))
        if put_right is not None:
            connection.executescript(NAMES.format("temp.new_", "new_") + CLAIMS.format("temp.new_") + LAID_OVER)
        connection.create_function("folded", 1, str.casefold, deterministic=True)

    def close(self) -> None:
        """Give the tables back."""
        self.stop()
        with self._asking:
            self._connection.close()

    def stop(self) -> None:
        """Let the search that is under way end as soon as it can."""
        self._asked += 1

    def find(self, query: Query, *, most: int | None = MOST_FOUND, seconds: float | None = None) -> Found:
        """The passages that `query` asks for: all, or the first `most`.

        Raises `SearchStoppedError` when it is stopped, or would take longer than `seconds`; `sqlite3.Error` when the
        file of the index is at fault.
        """
        self.stop()
        asked, deadline = self._asked, time.monotonic() + seconds if seconds is not None else float("inf")

        def going() -> bool:
            return asked == self._asked and time.monotonic() < deadline

        if not self._asking.acquire(timeout=-1 if seconds is None else seconds):
            raise SearchStoppedError
        try:
            if not going():
                raise SearchStoppedError
            lay_over = self._looked_up(may_wait=seconds is None)
            with self._matching(query, going), self._unchanged():
                lay_over()
                found = self._find_while(going, query, most)
        finally:
            self._asking.release()
        if not going():
            raise SearchStoppedError
        return found

    @contextmanager
    def _matching(self, query: Query, going: Callable[[], bool]) -> Iterator[None]:
        """While this lasts SQL can ask whether a text shows the pattern of `query`. Not to be made in a transaction."""
        self._connection.create_function(
            "shows", 1, lambda text: any(matches(query.pattern, text, going)), deterministic=True
        )
        try:
            yield
        finally:
            # It knows of this question, and so of this: neither would ever be given back.
            self._connection.create_function("shows", 1, None)

    @contextmanager
    def _unchanged(self) -> Iterator[None]:
        """While this lasts no other program writes to the index."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            if self._connection.in_transaction:  # after some errors SQLite has ended it by itself
                self._connection.execute("COMMIT")

    def _looked_up(self, *, may_wait: bool) -> Callable[[], None]:
        """What lays what officers put right over the index, unless it lies there.

        Raises `SearchStoppedError` if that is to be looked up and nobody `may_wait` for it.
        """
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if self._put_right is None or version == self._version:
            return lambda: None
        if not may_wait:
            raise SearchStoppedError
        try:
            write = self._put_right(self._connection)
        except PackError as error:
            raise sqlite3.DatabaseError(error.problems[0].fault) from error

        def lay_over() -> None:
            write()
            # What was written since it was looked up has another version, and is looked up for the next question.
            self._version = version

        return lay_over

    def _find_while(self, going: Callable[[], bool], query: Query, most: int | None) -> Found:
        """What `_find` finds, as long as it is `going` on."""
        self._connection.set_progress_handler(lambda: not going(), _STEPS)
        try:
            if self._scenario is not None and meta(self._connection, "scenario") != self._scenario:
                raise sqlite3.DatabaseError("it was made anew for another scenario")
            return self._find(query, most)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise SearchStoppedError from error
            raise
        finally:
            self._connection.set_progress_handler(None, 0)

    def _find(self, query: Query, most: int | None) -> Found:
        if not query:
            return Found(query)
        selection = selection_of(query, self._connection)
        condition, tables, rank = selection.condition, "passage_place p", "0"
        # How words rank takes time for each of them, and other conditions for each passage: neither is spent twice.
        twice = bool(selection.match) and condition == EVERY and not query.pattern
        if query.pattern:
            condition = Sql(f"{condition.text} AND {_SHOWS}", condition.values)
        if selection.match:
            # The order of the tables is the order in which they are gone through.
            tables = "passage f CROSS JOIN passage_place p ON p.passage = f.rowid"
            condition = Sql(f"f.passage MATCH ? AND {condition.text}", (selection.match, *condition.values))
            rank = "bm25(f.passage)"
        rows = self._rows("0" if twice else rank, tables, condition, most)
        more = most is not None and len(rows) > most
        if twice and not more:
            rows = self._rows(rank, tables, condition, most)
        # What is no evidence, such as what the page around an article left behind, comes last among what is ranked.
        ranked = bool(selection.match) and not more
        ordered = sorted(rows) if ranked else sorted(rows, key=lambda row: row[2])[:most]
        return Found(query, tuple(row[2] for row in ordered), tuple(row[3] for row in ordered), more)

    def _rows(self, rank: str, tables: str, condition: Sql, most: int | None) -> list[tuple[int, ...]]:
        """Whether it is no evidence, rank, number and document of passages, in the order in which they are found."""
        return self._connection.execute(
            f"SELECT NOT p.counts, {rank}, p.passage, p.document FROM {tables} WHERE {condition.text} LIMIT ?",
            (*condition.values, -1 if most is None else most + 1),
        ).fetchall()

    def page(self, found: Found, number: int) -> list[Passage]:
        """Page `number` of what was found, counted from 0, with the words in it.

        Raises `SearchStoppedError` while something is looked up in another thread.
        """
        return self._passages(found, found.passages[number * PAGE : (number + 1) * PAGE])

    def all(self, found: Found) -> Iterator[Passage]:
        """All that was found, best first, with the words in it, looked up page by page."""
        for number in range(-(-len(found.passages) // PAGE)):
            yield from self.page(found, number)

    def in_document(self, found: Found, document: str) -> list[Passage]:
        """What was found in the document of that id, its first `MOST_LIT` passages, with the words in them.

        Raises `SearchStoppedError` while something is looked up in another thread.
        """
        with self._answering():
            row = self._connection.execute("SELECT number FROM document WHERE id = ?", (document,)).fetchone()
        places = zip(found.within, found.passages, strict=True)
        wanted = [passage for within, passage in places if row and within == row[0]]
        return self._passages(found, tuple(wanted[:MOST_LIT]))

    @contextmanager
    def _answering(self) -> Iterator[None]:
        if not self._asking.acquire(blocking=False):
            raise SearchStoppedError
        try:
            yield
        finally:
            self._asking.release()

    def _passages(self, found: Found, wanted: tuple[int, ...]) -> list[Passage]:
        these = Sql(f"p.passage IN ({', '.join('?' * len(wanted))})", wanted)
        with self._answering():
            rows = self._connection.execute(
                "SELECT p.passage, p.document, p.start, p.end, d.id, f.text FROM passage_place p "
                "JOIN document d ON d.number = p.document JOIN passage f ON f.rowid = p.passage "
                f"WHERE {these.text}",
                these.values,
            ).fetchall()
            words = _words_in(found.query, [(row[0], row[5]) for row in rows])
            places = [row[:4] for row in rows]
            named = self._named(names_of(found.query), places)
            claimed = self._claimed(claims_of(found.query), places)
        passages = {
            number: Passage(id, Span(start, end), text, tuple(words[number]), named[number], claimed[number])
            for number, _, start, end, id, text in rows
        }
        return [passages[number] for number in wanted if number in passages]

    def _named(self, rows: Sql | None, places: Sequence[_Place]) -> dict[int, tuple[Span, ...]]:
        """Where in each of `places`, by its number, the mentions stand that `rows` asks for by what they are of."""
        query = "SELECT start, end, entity FROM mention WHERE document = ? AND start >= ? AND start < ? ORDER BY start"
        found = {
            number: self._connection.execute(query, place).fetchall() if rows is not None else []
            for number, *place in places
        }
        entities = list({entity for mentions in found.values() for _, _, entity in mentions})
        meant: set[tuple[int]] = set()
        if rows is not None and entities:
            # Names are looked up once for all places.
            these = ", ".join(["(?)"] * len(entities))
            query = f"WITH m(entity) AS (VALUES {these}) SELECT entity FROM m WHERE {rows.text}"
            meant = set(self._connection.execute(query, (*entities, *rows.values)))
        return {
            number: tuple(Span(start, end) for start, end, entity in mentions if (entity,) in meant)
            for number, mentions in found.items()
        }

    def _claimed(self, rows: Sql | None, places: Sequence[_Place]) -> dict[int, tuple[Span, ...]]:
        """Where in each of `places`, by its number, the sentences stand that are `rows`."""
        found = dict.fromkeys((place[0] for place in places), tuple[Span, ...]())
        if rows is not None:
            query = f"SELECT start, end FROM claim c WHERE document = ? AND start >= ? AND start < ? AND {rows.text}"
            for number, *place in places:
                spans = self._connection.execute(f"{query} ORDER BY start", (*place, *rows.values))
                found[number] = tuple(Span(*span) for span in spans)
        return found


def _words_in(query: Query, texts: list[tuple[int, str]]) -> defaultdict[int, list[tuple[int, int]]]:
    """Where the words of `query` stand in each of `texts`, by number of the passage."""
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    words = words_of(query)
    if words:
        # In a small table of their own: how long that takes has nothing to do with how large the index is.
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute(f"CREATE VIRTUAL TABLE passage USING fts5(text, {TOKENIZER})")
            connection.executemany("INSERT INTO passage(rowid, text) VALUES(?, ?)", texts)
            marked = connection.execute(
                "SELECT rowid, highlight(passage, 0, ?, ?) FROM passage WHERE passage MATCH ?", (_BEGIN, _END, words)
            )
            for passage, text in marked:
                found[passage] += _marked(text)
    if query.pattern:
        for passage, text in texts:
            found[passage] = sorted([*found[passage], *matches(query.pattern, text)])
    return found


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """Where what stands between the two signs would stand without them."""
    at = 0
    for piece in text.split(_BEGIN)[1:] if _BEGIN in text else ():
        if not at:
            at = text.index(_BEGIN)
        words, _, rest = piece.partition(_END)
        yield at, at + len(words)
        at += len(words) + len(rest)
