"""What was found in the whole pack, for the desk to list and run through: looked up page by page, never all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing.model import Pack, PackError, Problem, Span
from briefing.rendering.context import found_line
from briefing.rendering.entry import EntriesOnDemand, counted
from briefing.rendering.line import Line, Piece
from briefing.storage.index.search_stopped import SearchStoppedError

if TYPE_CHECKING:
    from briefing.storage.index.search import Found, PassageIndex

_MOVED_ON = Problem("index", "has been written to since, or cannot be read", "look for it again")


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """What choosing a query from a list means."""

    text: str


@dataclass(frozen=True, slots=True)
class Searcher:
    """A pack with the index that it is searched by."""

    pack: Pack
    index: PassageIndex
    places: Mapping[str, int]
    """Where each document stands in the pack, by its id."""


class FoundPlaces(Sequence[tuple[int, Span]]):
    """Index of the document and the first words of every passage that was found, best first."""

    def __init__(self, searcher: Searcher, found: Found) -> None:
        self._searcher = searcher
        self._found = found
        self._pages: dict[int, list[tuple[int, tuple[Span, ...]]]] = {}

    def __len__(self) -> int:
        return len(self._found.passages)

    def __getitem__(self, number: int) -> tuple[int, Span]:  # type: ignore[override] # nobody slices it
        index, words = self.words(number)
        return index, words[0]

    def __iter__(self) -> Iterator[tuple[int, Span]]:
        return (self[number] for number in range(len(self)))

    def words(self, number: int) -> tuple[int, tuple[Span, ...]]:
        """Index of the document and all words found of passage `number`.

        Raises `SearchStoppedError` while something else is looked up, and `PackError` where it cannot be looked up any
        more.
        """
        from briefing.storage.index.search import PAGE

        page, place = divmod(range(len(self))[number], PAGE)
        if page not in self._pages:
            self._pages[page] = self._page(page, min(PAGE, len(self) - page * PAGE))
        return self._pages[page][place]

    def _page(self, number: int, count: int) -> list[tuple[int, tuple[Span, ...]]]:
        """Page `number`, which is of `count` passages."""
        # The first screen need not wait for the database.
        import sqlite3

        from briefing.storage.index.search import words_found

        searcher = self._searcher
        try:
            passages = searcher.index.page(self._found, number)
            places = [searcher.places[passage.document] for passage in passages]
        except (sqlite3.Error, KeyError) as error:
            raise PackError(_MOVED_ON) from error
        if len(passages) < count:
            raise PackError(_MOVED_ON)
        return [
            (index, words_found(passage, searcher.pack.documents[index]))
            for index, passage in zip(places, passages, strict=True)
        ]


@dataclass(slots=True)
class FoundHits:
    """What was found in the whole pack, to run through from the best on."""

    searcher: Searcher
    found: Found
    label: str
    style: str = "hit"
    at: int = -1
    """Number of the passage that was gone to last."""
    places: FoundPlaces = field(init=False)
    _lit: dict[int, list[Span]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = FoundPlaces(self.searcher, self.found)

    @property
    def counts(self) -> str:
        """How much there is: "12 passages in 3 documents"."""
        passages = counted(len(self.places), "passage")
        if self.found.more:
            return f"more than {passages}"
        return f"{passages} in {counted(self.found.documents, 'document')}"

    def step(self, document: int, current: Span, by: int) -> int:
        """Number of the passage after (`by` 1) or before (`by` -1) the one gone to last, round the ends.

        Where the officer has gone since makes no difference. Raises `IndexError` when there are none.
        """
        if not self.places:
            raise IndexError("no places")
        self.at = (max(self.at, -1 if by > 0 else 0) + by) % len(self.places)
        return self.at

    def in_document(self, document: int) -> list[Span]:
        """All words found in one document; none while they cannot be looked up."""
        if document not in self._lit:
            import sqlite3

            from briefing.storage.index.search import words_found

            one = self.searcher.pack.documents[document]
            try:
                passages = self.searcher.index.in_document(self.found, one.id)
            except (SearchStoppedError, sqlite3.Error):
                return []
            self._lit[document] = sorted(span for passage in passages for span in words_found(passage, one))
        return self._lit[document]

    def entries(self, width: int) -> EntriesOnDemand:
        """A line for every passage, made when it comes on the screen; the value of each is its number."""

        def line(number: int) -> tuple[Line, ...]:
            try:
                index, words = self.places.words(number)
            except (SearchStoppedError, PackError):
                return ((Piece("…", "muted"),),)
            return (found_line(self.searcher.pack.documents[index], words, width),)

        return EntriesOnDemand(range(len(self.places)), line, 1)
