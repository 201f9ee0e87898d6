"""The desk: the one screen that owns what is open, chosen and found, and feeds the widgets."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events, on
from textual.widget import Widget

from briefing.model import Entity, Pack, Span
from briefing.rendering.context import mention_places, place_entries
from briefing.rendering.entities import entity_entries
from briefing.rendering.entry import Entry, counted
from briefing.rendering.line import Piece
from briefing.rendering.pages import outline_entries
from briefing.rendering.theme import Theme
from briefing.tui.messages import CellOpened, PackAnalysed, PackFailed
from briefing.tui.screens.frame import DeskFrame
from briefing.tui.screens.pick import PickScreen
from briefing.tui.state import Hits, Place, Places
from briefing.tui.widgets.document_pane import DocumentPane
from briefing.tui.widgets.filtered_list import FilteredList, FilterInput
from briefing.tui.widgets.line_list import LineList

_LISTED = 500
"""Places: more are not listed, since nobody reads on; `n` runs through them all."""
_RING = 9
"""Documents: in a larger pack Tab goes round the panes on the screen only."""


class DeskScreen(DeskFrame):
    """Documents, entities and the scenario of one pack."""

    def __init__(self, pack: Pack, look: Theme, analysed: bool) -> None:
        super().__init__(pack, look, analysed)
        self._everywhere = False
        self._listed = Hits()
        self._before_find: tuple[Hits, tuple[int, Span] | None] = (Hits(), None)

    def on_mount(self) -> None:
        """Show the pack."""
        self.sidebar.border_title = Text("Entities")
        self.finder.display = False
        self.documents.show(self.state.pack.documents, self.state.marks)
        self._show_analysis()
        pack = self.state.pack
        problems = len(pack.problems) + sum(len(document.problems) for document in pack.documents)
        if problems:
            faults = counted(problems, "fault")
            self.state.notice = f"{faults} in the pack: briefing check names them"
        self._focus_view()

    @on(PackAnalysed)
    def take_analysis(self, message: PackAnalysed) -> None:
        """Light up what was found in the documents."""
        self.state.take(message.pack)
        self._show_analysis()
        self.documents.refresh_marks()
        self.write_bars()

    @on(PackFailed)
    def say_failed(self, message: PackFailed) -> None:
        """The documents can still be read."""
        self.state.fault = f"Entities and scenario could not be made: {message.fault}"
        self._show_analysis()
        self.say(self.state.fault)

    def _show_analysis(self) -> None:
        state = self.state
        self.sidebar.fill(self._entity_entries)
        reason = "This pack has no scenario.toml, so there is nothing to weigh."
        if not state.analysed:
            reason = state.fault or "Reading the documents …"
        self.scenario.show(state.pack.matrix, state.pack.documents, reason)
        self.set_out()

    def _entity_entries(self, query: str, width: int) -> Sequence[Entry]:
        state = self.state
        if not state.analysed:
            return [Entry(((Piece(" none: see below" if state.fault else " reading …", "muted"),),))]
        key = state.chosen.key if state.chosen else None
        return entity_entries(state.pack.entities, state.pack.documents, query, width, key)

    # ------------------------------------------------------------------ going to words, and back

    def _remember(self) -> None:
        """Note where the officer is, for Backspace."""
        state, documents = self.state, self.documents
        lists = [view for view in (self.panel, self.scenario.matrix, self.scenario.evidence) if view.has_focus]
        # Whoever came from the sidebar wants to go back to what it was called from.
        focus = lists[0].id if lists else "matrix" if state.view == "scenario" else ""
        index = documents.current
        state.trail.append(Place(state.view, focus or "", index, documents.pane.top, state.words(index)))

    def _turn_to(self, view: str) -> None:
        if view != self.state.view:
            self.zoomed = ""
        self.state.view = view
        self.state.notice = ""
        self.called = False

    def _show_words(self, index: int, span: Span) -> None:
        self.state.current = (index, span)
        self._turn_to("documents")
        if self.zoomed != "documents":
            self.zoomed = ""
        self.set_out()
        pane = self.documents.open(index, span)
        self.documents.refresh_marks()
        pane.focus()

    def _go_to(self, document: str, span: Span) -> None:
        """Show words in their place, having noted where the officer was."""
        self._remember()
        self._show_words(self.state.index_of(document), span)

    def action_back(self) -> None:
        """Go back to where the officer was."""
        if not self.state.trail:
            return
        place = self.state.trail.pop()
        self._turn_to(place.view)
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
            self.say("nothing to run through: choose an entity (e) or find something (/)")
            return
        offset = self.documents.pane.top
        number = state.hits.step(index, state.words(index) or Span(offset, offset), by)
        if state.view != "documents":
            self._remember()
        self._show_words(*state.hits.places[number])
        self.say(f"{number + 1} of {len(state.hits.places)}  {state.hits.label}")

    # ------------------------------------------------------------------ choosing and finding

    @on(FilteredList.Chosen)
    def choose_entity(self, message: FilteredList.Chosen) -> None:
        """Light an entity up everywhere, and show its mentions."""
        self._remember()
        key = message.value
        if isinstance(key, tuple):
            self.state.choose(key)
        self._list_chosen()
        self.sidebar.input.value = ""
        self.sidebar.fill(self._entity_entries)
        self.documents.refresh_marks()
        self._turn_to("documents")
        self.set_out()
        self.panel.focus()

    @on(FilteredList.Left)
    def leave_sidebar(self, message: FilteredList.Left) -> None:
        """Give the keys back to the view."""
        self._focus_view()

    @on(LineList.Chosen)
    def show_chosen(self, message: LineList.Chosen) -> None:
        """Go to the words of a mention, a hit or a quote."""
        if message.list is self.scenario.evidence:
            self.state.run_through_quotes(self.scenario.topic, self.scenario.quotes)
        else:
            self.state.hits = self._listed
        if isinstance(message.value, tuple):
            self._go_to(*message.value)

    @on(CellOpened)
    def open_cell(self) -> None:
        """Go to the words of the quote under the cursor, the first of the cell at first."""
        value = self.scenario.evidence.value
        if isinstance(value, tuple):
            self.state.run_through_quotes(self.scenario.topic, self.scenario.quotes)
            self._go_to(*value)
        else:
            self.say("no document says anything on this")

    def _list_places(self, title: str, places: Places, style: str) -> None:
        documents, shown = self.state.pack.documents, places[:_LISTED]
        self._listed = self.state.hits
        self.panel.border_title = Text(title)
        self.panel.border_subtitle = Text(f"the first {_LISTED}" if len(places) > _LISTED else "")
        self.panel.fill(lambda width: place_entries(documents, shown, width, style))
        self.listing = bool(places)
        self.set_out()

    def action_find(self) -> None:
        """Find in the current document."""
        self._type_query(everywhere=False)

    def action_find_everywhere(self) -> None:
        """Find in the whole pack."""
        self._type_query(everywhere=True)

    def _type_query(self, everywhere: bool) -> None:
        self._remember()
        self._everywhere = everywhere
        self._turn_to("documents")
        label = self.state.pack.documents[self.documents.current].label
        self.finder.placeholder = "find in all documents" if everywhere else f"find in {label}"
        self._before_find = (self.state.hits, self.state.current)
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
        places = state.find(event.value, self._everywhere, index, start)
        if self._everywhere:
            self._list_places(f"“{event.value}”  {counted(len(places), 'hit')}", places, "hit")
        words = state.words(index)
        if words is not None:
            self.documents.pane.go_to(words)
        self.documents.refresh_marks()
        self.say(counted(len(places), "hit") if event.value else "")

    @on(FilterInput.Submitted, "#find")
    def keep_found(self, event: FilterInput.Submitted) -> None:
        """Leave the hits lit up, for `n` to run through."""
        self._hide_finder()
        (self.panel if self._everywhere and self.listing and event.value else self.documents.pane).focus()

    @on(FilterInput.Left)
    def leave_find(self, event: FilterInput.Left) -> None:
        """Go back to where the officer was before looking for anything."""
        self._hide_finder()
        self.state.hits, self.state.current = self._before_find
        self._list_chosen()
        self.action_back()

    @on(FilterInput.Moved)
    def move_in_found(self, message: FilterInput.Moved) -> None:
        """Move in what was found, while typing."""
        self.panel.move(message.action)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Whoever goes elsewhere has stopped looking."""
        if event.widget is self.finder:
            self._hide_finder()

    def _hide_finder(self) -> None:
        self.finder.display = False

    def _list_chosen(self) -> None:
        """List the mentions of the chosen entity under the documents, or nothing when there is none."""
        chosen = self.state.chosen
        places = mention_places(self.state.pack.documents, chosen.mentions) if chosen else ()
        self._list_places(_entity_title(chosen) if chosen else "", places, "chosen")

    def action_clear(self) -> None:
        """Forget the chosen entity and what was found."""
        self.state.clear()
        self.listing, self.zoomed = False, ""
        self.sidebar.fill(self._entity_entries)
        self.documents.refresh_marks()
        self._focus_view()

    # ------------------------------------------------------------------ moving about

    def action_documents(self) -> None:
        """Show the documents."""
        self._turn_to("documents")
        self._focus_view()

    def action_scenario(self) -> None:
        """Show the roles against the constraints."""
        if self.state.pack.scenario is None:
            self.say("this pack has no scenario.toml")
            return
        self._turn_to("scenario")
        self._focus_view()

    def _focus_view(self) -> None:
        self.called = False
        self.set_out()
        (self.documents.pane if self.state.view == "documents" else self.scenario.first).focus()

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._go_round(1)

    def action_previous_pane(self) -> None:
        """Go to the previous pane."""
        self._go_round(-1)

    def _go_round(self, by: int) -> None:
        """Go round the documents and the list under them, or the matrix and its evidence; and the sidebar."""
        ring: list[int | Widget] = [self.scenario.matrix, self.scenario.evidence]
        if self.state.view == "documents":
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
            self.scenario.evidence.step(by)

    def action_entities(self) -> None:
        """Find an entity by typing."""
        self.called, self.zoomed = True, ""
        self.set_out()
        self.sidebar.type()

    def action_outline(self) -> None:
        """Choose a document or a section by typing."""
        documents = self.state.pack.documents
        screen = PickScreen(self.look, "Outline", lambda query, width: outline_entries(documents, query))
        self.cover(True)
        self.app.push_screen(screen, self._open_outlined)

    def _open_outlined(self, place: object) -> None:
        self.cover(False)
        if isinstance(place, tuple):
            self._go_to(*place)

    def action_zoom(self) -> None:
        """Show only this pane, and back."""
        alone = self.zoomed
        if self.sidebar.list.has_focus:
            self._focus_view()
        focused = self.focused
        kind = "documents" if isinstance(focused, DocumentPane) else focused.id if focused else ""
        self.zoomed = "" if alone else kind or ""
        self.set_out()


def _entity_title(entity: Entity) -> str:
    """Type, how often, and every name: what stands over the mentions of an entity. Only the names may be cut."""
    names = dict.fromkeys(" ".join(name.split()) for name in (entity.name, *entity.aliases))
    count = f"{counted(len(entity.mentions), 'mention')} in {counted(len(entity.documents), 'document')}"
    return f"{entity.type}  {count}  {' / '.join([*names][:4])}"
