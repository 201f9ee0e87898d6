"""Finding on the desk: words in this document, and all that the language of search can ask of the whole pack."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from textual import events, on

from briefing.model import Pack, PackError, Span, document_numbers
from briefing.parsing import visible
from briefing.rendering.entry import Entry, counted, heading
from briefing.rendering.line import Piece
from briefing.rendering.theme import Theme
from briefing.storage.index.search_stopped import SearchStoppedError
from briefing.tui.screens.frame import Listing
from briefing.tui.screens.reading import ReadingDesk
from briefing.tui.state import Hits
from briefing.tui.widgets.filtered_list import FilterInput
from briefing.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    import sqlite3

    from briefing.analysis.query import Query
    from briefing.storage.index.search import Found
    from briefing.tui.found import FoundHits, SavedQuery, Searcher

_AT_ONCE = 0.05
"""Seconds: what takes longer to find is looked up beside the keys, and overtaken by the next of them."""
_BETWEEN_KEYS = 0.01
"""Seconds for which a long document is looked through at a time, and as many in which keys are acted on."""


class FindingDesk(ReadingDesk):
    """Lights up what is typed, in one document or in the whole pack, and lists what was found in the pack."""

    def __init__(self, pack: Pack, look: Theme, analysed: bool) -> None:
        super().__init__(pack, look, analysed)
        self._everywhere = False
        self._before_find: tuple[Hits | FoundHits, tuple[int, Span] | None, Listing | None] = (Hits(), None, None)
        self._searcher: Searcher | None = None
        self._indexing = Lock()

    def action_find(self) -> None:
        """Find in the current document."""
        self._type_query(everywhere=False)

    def action_find_everywhere(self) -> None:
        """Find in the whole pack."""
        self._type_query(everywhere=True)
        self.list_queries()

    def _type_query(self, everywhere: bool) -> None:
        self.remember()
        self._everywhere = everywhere
        self.turn_to("documents")
        label = self.state.pack.documents[self.documents.current].label
        self.finder.placeholder = (
            'find in all documents: words, "a phrase", role:, entity:, ~pattern' if everywhere else f"find in {label}"
        )
        self._before_find = (self.state.hits, self.state.current, self.listing)
        with self.finder.prevent(FilterInput.Changed):
            self.finder.value = ""
        self.zoomed = ""
        self.finder.display = True
        self.finder.focus()
        self.set_out()

    @on(FilterInput.Changed, "#find")
    def look_for(self, event: FilterInput.Changed) -> None:
        """Light up what was typed so far, and show the first hit from here on."""
        state, index = self.state, self.documents.current
        start = state.trail[-1].offset if state.trail else 0
        if self._everywhere:
            self.look_up(event.value)
            state.go_on_from(index, start)
        else:
            self._find_here(event.value, index, start)
        words = state.words(index)
        if words is not None:
            self.documents.pane.go_to(words)
        self.documents.refresh_marks()

    def _find_here(self, text: str, index: int, start: int) -> None:
        """Light up `text` in one document: what is found at once, and the rest beside the keys."""
        from briefing.analysis.search import places_from

        self.workers.cancel_group(self, "find")
        places = places_from(self.state.pack.documents[index], text, start)
        found: list[Span] = []
        is_whole = _take(places, found, _AT_ONCE)
        self.state.take_found(text, index, found)
        self.state.go_on_from(index, start)
        self._say_found(text, is_whole)
        if not is_whole:
            self.run_worker(self._find_on(text, index, places, found), group="find", exclusive=True)

    async def _find_on(self, text: str, index: int, places: Iterator[list[Span]], found: list[Span]) -> None:
        """Go on looking through a long document, a little at a time."""
        is_whole = False
        while not is_whole:
            await asyncio.sleep(_BETWEEN_KEYS)
            is_whole = _take(places, found, _BETWEEN_KEYS)
        if self.state.query == text and not self.state.everywhere:
            self.state.take_found(text, index, found)
            self.documents.refresh_marks()
            self._say_found(text, is_whole=True)

    def _say_found(self, text: str, is_whole: bool) -> None:
        hits = counted(len(self.state.hits.places), "hit")
        self.say((hits if is_whole else f"{hits} so far …") if text else "")

    # ------------------------------------------------------------------ in the whole pack

    def look_up(self, text: str) -> None:
        """Look for `text` in all documents, light up what is found, and list it; what is no query changes nothing."""
        # The first screen need not wait for the language of search, nor for the database.
        import sqlite3

        from briefing.analysis.query import parse_query
        from briefing.analysis.query_error import QueryError
        from briefing.storage.index.search import most_at_first

        try:
            query = parse_query(text, typing=True)
        except QueryError as error:
            self.say(f"at {error.place + 1}: {visible(error.fault)}: {error.remedy}")
            return
        if not query:
            self._stop_looking()
            self.state.take_hits(Hits(), "")
            self.list_queries()
            self.say("")
            return
        try:
            at_hand = self._indexed()
            if at_hand is None:
                raise SearchStoppedError
            first = at_hand.index.find(query, most=most_at_first(query), seconds=_AT_ONCE)
            self._list_found(text, at_hand, first)
            if first.more and query.where is None:
                self.run_worker(self._look_on(text, query, is_begun=True), group="search", exclusive=True)
        except SearchStoppedError:
            self.say("looking …")
            self.run_worker(self._look_on(text, query), group="search", exclusive=True)
        except sqlite3.Error as error:
            self._say_fault(error)

    async def _look_on(self, text: str, query: Query, is_begun: bool = False) -> None:
        """Go on looking for what was not found at once, until another query comes; with `is_begun` a page is listed."""
        import sqlite3

        from briefing.storage.index.search import most_at_first

        try:
            searcher = self._indexed()
            if searcher is None:
                searcher = await asyncio.to_thread(self._make_index)
            if query.where is None and not is_begun:
                first = await asyncio.to_thread(searcher.index.find, query, most=most_at_first(query))
                self._list_found(text, searcher, first)
                if not first.more:
                    return
            found = await asyncio.to_thread(searcher.index.find, query)
            self._list_found(text, searcher, found)
        except SearchStoppedError:
            return
        except sqlite3.Error as error:
            self._say_fault(error)
        except PackError as error:
            self.say_missing(error)

    def _say_fault(self, error: sqlite3.Error) -> None:
        from briefing.storage.index.memory import is_thrown_away

        if is_thrown_away(self.state.pack):
            self.say("the index of the pack is gone: look for it again when it is made anew")
        else:
            self.say(f"the index of the pack is at fault: {visible(str(error))}: open the pack again")

    def _indexed(self) -> Searcher | None:
        """The pack as it is now with its index; None where making one would keep a key waiting."""
        pack = self.state.pack
        if self._searcher is not None and self._searcher.pack is pack:
            return self._searcher
        from briefing.storage.index.memory import is_at_hand

        return self._make_index() if is_at_hand(pack) else None

    def _make_index(self) -> Searcher:
        from briefing.storage.index.memory import passage_index
        from briefing.tui.found import Searcher

        with self._indexing:
            pack, made = self.state.pack, self._searcher
            if made is None or made.pack is not pack:
                made = Searcher(pack, passage_index(pack), document_numbers(pack.documents))
                self._searcher = made
            return made

    def _stop_looking(self) -> None:
        self.workers.cancel_group(self, "search")
        if self._searcher is not None:
            self._searcher.index.stop()

    def _list_found(self, text: str, searcher: Searcher, found: Found) -> None:
        from briefing.tui.found import FoundHits

        hits = FoundHits(searcher, found, f"“{text}”")
        self.state.take_hits(hits, text)
        title = f"“{text}”  {hits.counts}"
        if hits.places:
            hits.places.words(0)  # the page that is drawn first: once more is looked for, nothing can be looked up
        self.list_under(Listing(title, hits.entries, hits, "* saves the query") if hits.places else None)
        self.documents.refresh_marks()
        self.say(hits.counts)

    def list_queries(self) -> None:
        """List what was saved, and what was looked for before."""
        from briefing.analysis.judgements import judgements

        saved, asked = list(judgements(self.state.pack.events).queries), self.state.asked

        def make(width: int) -> Sequence[Entry]:
            groups = (("SAVED", saved), ("LOOKED FOR BEFORE", [text for text in asked if text not in saved]))
            return [
                entry
                for title, texts in groups
                if texts
                for entry in (heading(title), *(_query_entry(text) for text in texts))
            ]

        self.list_under(Listing("Queries", make, self.state.hits) if saved or asked else None)

    @on(FilterInput.Submitted, "#find")
    def keep_found(self, event: FilterInput.Submitted) -> None:
        """Leave the hits lit up, for `n` to run through; or take the query under the cursor."""
        from briefing.tui.found import SavedQuery

        listed = self.panel.value if self.listing else None
        if self._everywhere and isinstance(listed, SavedQuery) and not event.value:
            self.take_query(listed)
            return
        if self._everywhere and event.value:
            self.state.note_asked(event.value)
        self._hide_finder()
        (self.panel if self._everywhere and self.listing and event.value else self.documents.pane).focus()

    @on(LineList.Chosen)
    def open_found(self, message: LineList.Chosen) -> None:
        """Go to the words of a passage that was found, or look for what was looked for before."""
        from briefing.tui.found import FoundHits, SavedQuery

        value, hits = message.value, self.listing.hits if self.listing else None
        if isinstance(value, SavedQuery):
            self.take_query(value)
        elif message.list is self.panel and isinstance(value, int) and isinstance(hits, FoundHits):
            self.state.hits = hits
            hits.at = value
            self.go_to_place(value, remember=True)

    def take_query(self, query: SavedQuery) -> None:
        """Look for what was saved, or looked for before, and let it be changed."""
        if not self.finder.display:
            self._type_query(everywhere=True)
        self.finder.value = query.text
        self.finder.cursor_position = len(query.text)
        self.finder.focus()

    @on(FilterInput.Left)
    def leave_find(self, event: FilterInput.Left) -> None:
        """Go back to where the officer was before looking for anything."""
        self._stop_looking()
        self._hide_finder()
        self.state.hits, self.state.current, listing = self._before_find
        self.list_under(listing)
        self.action_back()

    @on(FilterInput.Moved)
    def move_in_found(self, message: FilterInput.Moved) -> None:
        """Move in what was found, while typing."""
        self.panel.move(message.action)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Whoever goes elsewhere has stopped looking."""
        if event.widget.id == "find":  # at first it is not there yet
            self._hide_finder()

    def _hide_finder(self) -> None:
        self.finder.display = False


def _take(places: Iterator[list[Span]], found: list[Span], seconds: float) -> bool:
    """Add to `found` what comes of `places` in so many seconds; whether that is all."""
    end = time.monotonic() + seconds
    for spans in places:
        found += spans
        if time.monotonic() > end:
            return False
    return True


def _query_entry(text: str) -> Entry:
    from briefing.tui.found import SavedQuery

    return Entry(((Piece(f"  {visible(text)}"),),), SavedQuery(text))
