"""Watching on the desk: what changes in the pack while it is open is taken in, and all goes on where it was."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

from textual import on

from briefing.model import Pack, Problem
from briefing.parsing import visible
from briefing.tui.messages import PackOffered
from briefing.tui.screens.frame import MOST_READ
from briefing.tui.screens.resuming import ResumingDesk
from briefing.tui.state import Hits

if TYPE_CHECKING:
    from briefing.model import Decision
    from briefing.storage.watching import WatchedPack
    from briefing.tui.found import FoundHits
    from briefing.tui.renumbering import Renumbering

_AGAIN = 1.0
"""Seconds after which what came while the officer was in the middle of something is offered again."""


class WatchingDesk(ResumingDesk):
    """Takes in documents, settings and decisions of other officers that come while the pack is open."""

    _watched: WatchedPack | None = None
    _deciding = 0
    """Decisions on their way to the disk."""

    def keep_up_with(self, watched: WatchedPack) -> None:
        """Take in what changes in the pack; looked for in a thread once the pack is analysed."""
        self._watched = watched
        self._left = Event()

    def take_pack(self, pack: Pack) -> None:
        """Go on with what was found, and begin to look for what changes."""
        if pack.documents is not self.state.pack.documents:
            self._take_documents(pack)  # those that were listed by their names so far
        super().take_pack(pack)
        if self._watched is not None:
            Thread(target=self._watch, args=(self._watched,), daemon=True).start()

    def on_unmount(self) -> None:
        """Look no more."""
        if self._watched is not None:
            self._left.set()

    def _watch(self, watched: WatchedPack) -> None:
        while not self._left.wait(_AGAIN if watched.offered else watched.interval):
            self.look_for_changes(watched)

    def look_for_changes(self, watched: WatchedPack) -> None:
        """Look at the pack once, in whatever thread, and offer what has become of it."""
        offer = watched.look(self.state.pack)
        if offer is not None:
            self.post_message(PackOffered(offer))

    async def decide(self, decision: Decision, words: str = "") -> bool:
        """As `DecidingDesk.decide`; nothing is taken in meanwhile."""
        self._deciding += 1
        try:
            return await super().decide(decision, words)
        finally:
            self._deciding -= 1

    @property
    def _is_asking(self) -> bool:
        """Whether the officer is in the middle of a question, of typing what to find, or of a decision."""
        return self.covered or self.finder.display or self._deciding > 0

    @on(PackOffered)
    def take_in(self, message: PackOffered) -> None:
        """Go on with what was offered, unless the officer is busy: then it will be offered again."""
        watched, offer = self._watched, message.offer
        if watched is None or watched.offered is not offer or self._is_asking:
            return
        watched.accept()
        if offer.after is not None:
            self._go_on_with(offer.after)
        else:
            from briefing.rendering.taken_in import refused_words

            self.say(refused_words(offer.problem or Problem(visible(self.state.pack.name), "cannot be read")))

    def _go_on_with(self, pack: Pack) -> None:
        """Show `pack`, a later reading, and all of what was open and chosen that it still has."""
        from briefing.rendering.taken_in import taken_in_words

        state, documents = self.state, self.documents
        before, was_read = state.pack, documents.current
        hits, query, everywhere = state.hits, state.query, state.everywhere
        kept = self._take_documents(pack)
        self._show_scenario_again()
        self._list_again(hits)
        if query:
            self._find_again(hits, query, everywhere, kept)
        self._show_view_again()
        documents.refresh_marks()
        known = {event.id for event in pack.events}
        for event in before.events:
            if event.id not in known:  # decided while the pack was read anew
                self._take_event(event)
        words = taken_in_words(before, pack)
        if kept.number(was_read) is None and state.view == "documents":
            words = f"“{visible(before.documents[was_read].label)}” is gone, this is what stood next to it; {words}"
        self.say(words)

    def _take_documents(self, pack: Pack) -> Renumbering:
        """Show the documents of `pack` where those were that are shown; where each of these stands now."""
        from briefing.tui.renumbering import Renumbering

        state, documents = self.state, self.documents
        kept = Renumbering(state.pack.documents, pack.documents)
        offsets = {
            number: kept.offset(old, offset)
            for old, offset in documents.offsets.items()
            if (number := kept.number(old)) is not None
        }
        state.go_on_with(pack, kept)
        documents.take(pack.documents, offsets, kept.nearest(documents.leftmost), kept.nearest(documents.current))
        return kept

    def _show_scenario_again(self) -> None:
        matrix, scenario = self.scenario.matrix, self.state.pack.scenario
        constraint = matrix.constraint
        self.show_analysis()
        columns = [one.id for one in scenario.constraints] if scenario else []
        if constraint in columns and columns[matrix.column] != constraint:
            matrix.go_to(matrix.row, columns.index(constraint))

    def _list_again(self, hits: Hits | FoundHits) -> None:
        """List anew what was listed under the documents, and run through it where `hits`, run through so far, were."""
        state, listed, value = self.state, self.listing, self.panel.value
        if listed is None:
            return
        had_keys, run_through = self.panel.has_focus, state.hits
        if listed is self._card:
            self._list_chosen_again()
            if hits is not listed.hits:
                state.hits = run_through
        elif not isinstance(listed.hits, Hits) and listed.hits is not hits:
            self.list_under(None)
        self.panel.go_to(value)
        if self.listing is None:
            self.zoomed = "" if self.zoomed == "mentions" else self.zoomed
            self.set_out()
            if had_keys:
                self.focus_view()

    def _list_chosen_again(self) -> None:
        from briefing.analysis.meetings import meetings

        state = self.state
        one, other, state.other = state.chosen, state.other, None
        if one is None:
            state.hits = Hits()
        else:
            query = state.query
            state.choose(one.key)
            state.query = query
        found = meetings(one, other, state.pack.documents, MOST_READ) if one and other else ()
        if one and other and found:
            self.list_meetings(one, other, found)
        else:
            self.list_card()

    def _find_again(self, hits: Hits | FoundHits, query: str, everywhere: bool, kept: Renumbering) -> None:
        """Look anew for what `hits` were; what was jumped to stays marked."""
        state, current = self.state, self.state.current
        if everywhere and not isinstance(hits, Hits):
            line = self.panel.value
            self.look_up(query)
            self.panel.go_to(line)
            if not isinstance(state.hits, Hits):
                state.hits.at = min(hits.at, len(state.hits.places) - 1)
        elif isinstance(hits, Hits) and hits.places and not kept.is_same(hits.places[0][0]):
            number = kept.number(hits.places[0][0])
            if number is None:
                state.hits, state.query = Hits(), ""
            else:
                state.find(query, number, 0)
        state.current = current

    def _show_view_again(self) -> None:
        state = self.state
        gone = {"scenario": state.pack.scenario is None, "appraisal": not state.appraised}
        if gone.get(state.view):
            self.turn_to("documents")
            self.focus_view()
        elif state.view not in ("documents", "scenario"):
            self.fill_sheet(keep=True)
