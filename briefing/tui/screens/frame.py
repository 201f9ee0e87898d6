"""The frame of the desk: what stands where, at which width, and what the first and last row say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.widget import Widget

from briefing import model
from briefing.analysis.history import redoable, undoable
from briefing.model import Pack
from briefing.rendering.bars import bottom_line, top_line
from briefing.rendering.entry import Entry
from briefing.rendering.theme import Theme
from briefing.tui.available import Situation, available
from briefing.tui.layout import READING, TO_FILTER, sidebar_width, stands_alone
from briefing.tui.state import DeskState, Hits
from briefing.tui.terminal.screen import DrawnScreen
from briefing.tui.widgets.bar import Bar
from briefing.tui.widgets.containers import Beside, Column
from briefing.tui.widgets.document_pane import DocumentPane
from briefing.tui.widgets.documents_view import DocumentsView
from briefing.tui.widgets.filtered_list import FilteredList, FilterInput
from briefing.tui.widgets.line_list import LineList
from briefing.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from briefing.tui.found import FoundHits
    from briefing.tui.widgets.scenario_view import ScenarioView

MOST_LISTED = 500
"""Places: more are not listed, since nobody reads on; `n` runs through them all."""
MOST_READ = 25
"""Documents that are read for the card of an entity, or for where two meet: more would keep a key waiting."""
_TALL = 30
"""Rows: on a screen with fewer the matrix and its evidence have one border between them, not four."""
_WEIGHING = 150
"""Cells: from this width on the sidebar stands beside the matrix."""


class Listing(NamedTuple):
    """What a list under the documents shows: the card of an entity, what was found, where two entities meet."""

    title: str
    make: Callable[[int], Sequence[Entry]]
    """Makes its entries for a width in cells."""
    hits: Hits | FoundHits
    """What `n` runs through once something of it was chosen."""
    note: str = ""
    """For the lower border."""


class _WaysBack(NamedTuple):
    """What can be done about the decisions so far."""

    events: tuple[model.Event, ...]
    """The decisions."""
    undo: bool
    redo: bool


class DeskFrame(DrawnScreen[None]):
    """The widgets of the desk, arranged for its view, its width and what is zoomed."""

    AUTO_FOCUS = ""

    def __init__(self, pack: Pack, look: Theme, analysed: bool) -> None:
        super().__init__(id="desk")
        self.state = DeskState(pack, analysed)
        """What is open, chosen and found."""
        self.look = look
        """How style names are painted."""
        self.called = False
        """Whether the sidebar was asked for where there is little room for it."""
        self.listing: Listing | None = None
        """What is listed under the documents."""
        self.zoomed = ""
        """What is shown alone: "documents", "mentions", "matrix" or "evidence"; "" when nothing is."""
        self._back = _WaysBack((), undo=False, redo=False)
        self.is_whole = analysed
        """Whether all widgets are there; at first it may be those alone that the documents are read in."""
        self._scenario: ScenarioView | None = None
        self.covered = False
        """Whether a page lies over the desk, so that no key of the desk does anything."""
        self._has_come_up = False

    def compose(self) -> ComposeResult:
        """Marking, sidebar and view, marking and keys."""
        self._take_in_height(self.app.size.height)
        yield Bar(self.look, id="top")
        with Beside(id="middle"):
            yield FilteredList(self.look, TO_FILTER, id="sidebar")
            with Column(id="views"):
                yield DocumentsView(self.look, id="documents")
                if self.is_whole:
                    yield from self._other_views()
        if self.is_whole:
            yield self._new_finder()
        yield Bar(self.look, id="bottom")

    async def complete(self) -> None:
        """Put up, unseen, what the first screen has done without."""
        await self.query_one("#views").mount_all(self._other_views())
        await self.mount(self._new_finder(), before="#bottom")
        self.is_whole = True
        self.set_out()

    def _other_views(self) -> Iterator[Widget]:
        # Nine modules are loaded for the scenario alone.
        from briefing.tui.widgets.scenario_view import ScenarioView

        self._scenario = ScenarioView(self.look, id="scenario")
        for view in (LineList(self.look, id="mentions"), self._scenario, LineList(self.look, id="sheet")):
            view.display = False
            yield view

    def _new_finder(self) -> FilterInput:
        finder = FilterInput("", id="find")
        finder.display = False
        return finder

    def _take_in_height(self, height: int) -> None:
        """Be of the classes that say how high the screen is before there are widgets to be styled anew for that."""
        fitting = [name for least, name in self.app.VERTICAL_BREAKPOINTS or () if least <= height]
        self.add_class(*fitting[-1:], update=False)
        self.set_class(height < _TALL, "short", update=False)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Come up: the first time what has only just been styled need not be styled again."""
        event.refresh_styles = self._has_come_up
        self._has_come_up = True

    @property
    def documents(self) -> DocumentsView:
        """The panes."""
        return self.query_one(DocumentsView)

    @property
    def scenario(self) -> ScenarioView:
        """The matrix and its evidence. Raises `NoMatches` until all widgets are there."""
        if self._scenario is None:
            raise NoMatches("the scenario is not there yet")
        return self._scenario

    @property
    def sheet(self) -> LineList:
        """The timeline, conflicts and other whole views of lines."""
        return self.query_one("#sheet", LineList)

    @property
    def sidebar(self) -> FilteredList:
        """The entities."""
        return self.query_one("#sidebar", FilteredList)

    @property
    def panel(self) -> LineList:
        """Mentions of the chosen entity, or what was found, under the documents."""
        return self.query_one("#mentions", LineList)

    @property
    def finder(self) -> FilterInput:
        """Where what is looked for is typed."""
        return self.query_one("#find", FilterInput)

    def repaint(self, look: Theme) -> None:
        """Show everything in another theme."""
        self.look = look
        for view in self.query(LineView):
            view.look = look

    def say(self, notice: str) -> None:
        """Put what just happened on the last row."""
        self.state.notice = notice
        self.write_bars()

    def set_out(self) -> None:
        """Show what there is room for."""
        wide, reading, zoomed = self.size.width, self.state.view == "documents", self.zoomed
        self.set_class(self.size.height < _TALL, "short")
        # Who types or chooses in the sidebar keeps it, on however narrow a screen.
        called = self.called or self.sidebar.has_focus_within
        self.sidebar.display = not zoomed and (called or wide >= (READING if reading else _WEIGHING))
        beside = sidebar_width(wide)
        self.sidebar.styles.width = beside
        self.documents.share(wide - beside if self.sidebar.display else wide)
        self.documents.display = reading and zoomed in ("", "documents")
        self.documents.show_only_current(bool(zoomed))
        if self.is_whole:
            self._set_out_others()
        self.write_bars()

    def _set_out_others(self) -> None:
        reading, zoomed = self.state.view == "documents", self.zoomed
        self.panel.display = reading and self.listing is not None and zoomed in ("", "mentions")
        self.scenario.display = self.state.view == "scenario"
        self.sheet.display = self.state.view not in ("documents", "scenario")
        self.scenario.matrix.display = self.scenario.filled and zoomed in ("", "matrix")
        self.scenario.evidence.display = zoomed in ("", "evidence")

    def write_bars(self) -> None:
        """Say on the first and last row where one is and which keys do something."""
        state = self.state
        width = self.size.width - 2
        self.query_one("#top", Bar).write(*top_line(state.pack, state.view, width, state.busy))
        self.query_one("#bottom", Bar).write(*bottom_line(state.pack, self._available(), state.notice, width))

    @property
    def officer(self) -> str:
        """Who decides, as "user@host"; "" where nobody can."""
        return ""

    def _ways_back(self) -> _WaysBack:
        """Whether there is something to undo and to redo; found out once after each decision, not with each key."""
        events = self.state.pack.events
        if self._back.events is not events:
            undo, redo = undoable(events, self.officer), redoable(events, self.officer)
            self._back = _WaysBack(events, undo is not None, redo is not None)
        return self._back

    def _available(self) -> set[str]:
        """Ids of the commands that do something now."""
        focused, state = self.focused, self.state
        if self.covered:
            return set()
        if isinstance(focused, FilterInput):
            return {"open", "back"}
        choosable = isinstance(focused, LineList) and focused.value is not None
        has_hits, back = bool(state.hits.places), self._ways_back()
        situation = Situation(
            view=state.view,
            can_open=choosable or (focused is not None and focused.id == "matrix"),
            has_subject=self.sidebar.list.has_focus or (state.chosen is not None and self.panel.display),
            has_chosen=state.chosen is not None,
            has_hits=has_hits,
            has_trail=bool(state.trail),
            can_undo=back.undo,
            can_redo=back.redo,
            is_busy=bool(state.busy),
            can_save_query=state.everywhere and bool(state.query),
        )
        return available(state.pack, situation)

    def cover(self, covered: bool) -> None:
        """Note that a page has been laid over the desk, or taken away."""
        self.covered = covered
        self.write_bars()

    def on_line_list_made(self, message: LineList.Made) -> None:
        """Say what can be done with what is listed now."""
        self.write_bars()

    def on_resize(self, event: events.Resize) -> None:
        """Choose what there is room for."""
        self.set_out()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow the keys: the pane that has them shows the current document."""
        if isinstance(event.widget, DocumentPane):
            self.documents.took_focus(event.widget)
        if stands_alone(self.size.width) and self.sidebar.display and not self.sidebar.has_focus_within:
            self.called = False
            self.set_out()
        self.write_bars()
