"""Reading on the desk: going to words and back, moving from pane to pane."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from briefing.model import PackError, Span
from briefing.storage.index.search_stopped import SearchStoppedError
from briefing.tui.look import border_text
from briefing.tui.screens.frame import DeskFrame, Listing
from briefing.tui.state import Place
from briefing.tui.widgets.document_pane import DocumentPane
from briefing.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from briefing.tui.widgets.filtered_list import Filtered

_RING = 9
"""Documents: in a larger pack Tab goes round the panes on the screen only."""


class ReadingDesk(DeskFrame):
    """Moving about in documents, lists and the matrix."""

    # ------------------------------------------------------------------ going to words, and back

    def remember(self) -> None:
        """Note where the officer is, for Backspace."""
        state, documents = self.state, self.documents
        index = documents.current
        offset, words = documents.pane.top, state.words(index)
        listed = None if state.view in ("documents", "scenario") else self.sheet.value
        state.trail.append(Place(state.view, self.place_of_keys(), index, offset, words, state.appraised, listed))

    def place_of_keys(self) -> str:
        """The id of the list that has the keys, or that they go back to; "" for the pane of the current document."""
        lists = [view for view in self._lists if view.has_focus]
        # Whoever came from the sidebar wants to go back to what it was called from.
        homes = {"documents": "", "scenario": "matrix"}
        focus = lists[0].id if lists else homes.get(self.state.view, "sheet")
        return focus or ""

    def give_keys_to(self, place: str) -> None:
        """Give the keys to the list with that id, if it is shown."""
        for view in self._lists:
            if view.id == place and view.display:
                view.focus()

    @property
    def _lists(self) -> tuple[LineView, ...]:
        return self.panel, self.scenario.matrix, self.scenario.evidence, self.sheet

    async def _dispatch_message(self, message: Message) -> None:
        """Go on where what was found cannot be looked up, having said so."""
        try:
            await super()._dispatch_message(message)
        except PackError as error:
            self.say_missing(error)

    def turn_to(self, view: str) -> None:
        """Turn to the documents or the scenario."""
        if view != self.state.view:
            self.zoomed = ""
        self.state.view = view
        self.state.notice = ""
        self.called = False

    def _show_words(self, index: int, span: Span) -> None:
        self.state.current = (index, span)
        self.turn_to("documents")
        if self.zoomed != "documents":
            self.zoomed = ""
        self.set_out()
        pane = self.documents.open(index, span)
        self.documents.refresh_marks()
        pane.focus()

    def go_to(self, document: str, span: Span) -> None:
        """Show words in their place, having noted where the officer was."""
        self.remember()
        self._show_words(self.state.index_of(document), span)

    def action_back(self) -> None:
        """Go back to where the officer was."""
        if not self.state.trail:
            return
        place = self.state.trail.pop()
        self.turn_to(place.view)
        self.state.appraised = place.appraised
        if place.view not in ("documents", "scenario"):
            self.fill_sheet(keep=True)
            if place.listed is not None:
                self.sheet.go_to(place.listed)
        self.set_out()
        pane = self.documents.restore(place.document, place.offset)
        self.state.current = (place.document, place.current) if place.current else None
        self.documents.refresh_marks()
        listed = self.query_one(f"#{place.focus}") if place.focus else pane
        self.zoomed = ""
        self.set_out()
        (listed if listed.display else pane).focus()

    def action_next_hit(self) -> None:
        """The next mention, hit or quote."""
        self._step(1)

    def action_previous_hit(self) -> None:
        """The mention, hit or quote before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        state, index = self.state, self.documents.current
        if not state.hits.places:
            self.say("e or / first: there is nothing to run through")
            return
        offset = self.documents.pane.top
        try:
            number = state.hits.step(index, state.words(index) or Span(offset, offset), by)
        except PackError as error:
            self.say_missing(error)
            return
        if self.go_to_place(number, remember=state.view != "documents"):
            self.say(f"{number + 1} of {len(state.hits.places)}  {state.hits.label}")

    def go_to_place(self, number: int, *, remember: bool) -> bool:
        """Show the words of that number of what `n` runs through; whether they could be looked up by now."""
        try:
            place = self.state.hits.places[number]
        except SearchStoppedError:
            self.say("still looking …")
            return False
        except PackError as error:
            self.say_missing(error)
            return False
        if remember:
            self.remember()
        self._show_words(*place)
        return True

    def say_missing(self, error: PackError) -> None:
        """Say why what was found in the documents cannot be looked up."""
        problem = error.problems[0]
        self.say(f"{problem.path}: {problem.fault}; {problem.remedy}")

    def fill_sheet(self, *, keep: bool) -> None:
        """Make the sheet that is open anew; with `keep` the cursor stays."""

    # ------------------------------------------------------------------ choosing and finding

    def list_under(self, listing: Listing | None) -> None:
        """Show `listing` under the documents, or nothing."""
        self.listing = listing
        if listing is not None:
            self.panel.border_title = border_text(listing.title)
            self.panel.border_subtitle = border_text(listing.note)
            self.panel.fill(listing.make)
        self.set_out()

    # ------------------------------------------------------------------ moving about

    def action_documents(self) -> None:
        """Show the documents."""
        self.turn_to("documents")
        self.focus_view()

    def action_scenario(self) -> None:
        """Show the roles against the constraints."""
        if self.state.pack.scenario is None:
            self.say("this pack has no scenario.toml")
            return
        self.turn_to("scenario")
        self.focus_view()

    def focus_view(self) -> None:
        """Give the keys to the view."""
        self.called = False
        self.set_out()
        match self.state.view:
            case "documents":
                self.documents.pane.focus()
            case "scenario":
                self.scenario.first.focus()
            case _:
                self.sheet.focus()

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._go_round(1)

    def action_previous_pane(self) -> None:
        """Go to the previous pane."""
        self._go_round(-1)

    def _go_round(self, by: int) -> None:
        """Go round the documents and the list under them, or the matrix and its evidence; and the sidebar."""
        ring: list[int | Widget] = [self.sheet]
        if self.state.view == "scenario":
            ring = [self.scenario.matrix, self.scenario.evidence]
        elif self.state.view == "documents":
            count = len(self.state.pack.documents)
            ring = [*(range(count) if count <= _RING else self.documents.indexes)]
            ring += [self.panel] if self.listing else []
        ring += [self.sidebar.list] if self.sidebar.display else []
        focused = self.sidebar.list if self.focused is self.sidebar.input else self.focused
        here = self.documents.current if isinstance(focused, DocumentPane) or focused is self.finder else focused
        place = ring[(ring.index(here) + by) % len(ring)] if here in ring else ring[0]
        if self.zoomed:
            self.zoomed = "documents" if isinstance(place, int) else place.id or ""
            self.set_out()
        (self.documents.open(place) if isinstance(place, int) else place).focus()

    def action_next_section(self) -> None:
        """The next section, or the next quote."""
        self._next_section(1)

    def action_previous_section(self) -> None:
        """The section or quote before."""
        self._next_section(-1)

    def _next_section(self, by: int) -> None:
        if self.state.view == "documents":
            if not self.documents.pane.next_section(by):
                self.say("no further section")
        else:
            (self.scenario.evidence if self.state.view == "scenario" else self.sheet).step(by)

    def action_entities(self) -> None:
        """Find an entity by typing."""
        self.called, self.zoomed = True, ""
        self.set_out()
        self.sidebar.type()

    def action_outline(self) -> None:
        """Choose a document or a section by typing."""
        from briefing.rendering.pages import outline_entries

        documents = self.state.pack.documents
        self.pick("Outline", lambda query, width: outline_entries(documents, query), self._open_outlined)

    async def _open_outlined(self, place: object) -> None:
        if isinstance(place, tuple):
            self.go_to(*place)

    def pick(self, title: str, make: Filtered, then: Callable[[object], Awaitable[None]]) -> None:
        """Let the officer choose from what `make` lists; `then` is given what was chosen, if anything was."""
        from briefing.tui.screens.pick import PickScreen

        async def picked(value: object) -> None:
            self.cover(False)
            if value is not None:
                await then(value)

        self.cover(True)
        self.app.push_screen(PickScreen(self.look, title, make), picked)

    def action_print(self) -> None:
        """Have the present view printed as text once the terminal is the shell's again."""
        from briefing.tui.printing import view_as_text

        state = self.state
        name = state.pack.documents[self.documents.current].id if state.view == "documents" else state.view
        state.printouts[name] = view_as_text(self)
        self.say("printed once you have left (q)")

    def action_zoom(self) -> None:
        """Show only this pane, and back."""
        alone = self.zoomed
        if self.sidebar.list.has_focus:
            self.focus_view()
        focused = self.focused
        kind = "documents" if isinstance(focused, DocumentPane) else focused.id if focused else ""
        self.zoomed = "" if alone else kind or ""
        self.set_out()
