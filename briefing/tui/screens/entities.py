"""Entities on the desk: the sidebar, the card of the chosen one, and where two of them meet."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from briefing.analysis.history import standing
from briefing.model import Entity, EntityKey, EntityType, Pack, PackError
from briefing.parsing import visible
from briefing.rendering.bars import opening_notice
from briefing.rendering.entry import Entry, counted
from briefing.rendering.line import Piece
from briefing.tui.layout import SIDEBAR, WAITING
from briefing.tui.look import border_text
from briefing.tui.messages import CellOpened, ConstraintRelaxed, PackAnalysed, PackFailed
from briefing.tui.screens.finding import FindingDesk
from briefing.tui.screens.frame import MOST_LISTED, MOST_READ, Listing
from briefing.tui.widgets.filtered_list import FilteredList
from briefing.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from briefing.analysis.meetings import Meeting


class EntityDesk(FindingDesk):
    """What was found in the documents, shown and followed."""

    _card: Listing | None = None
    """What stands under the documents while an entity is chosen."""

    def on_mount(self) -> None:
        """Show the pack."""
        self.begin()

    def begin(self) -> None:
        """Show the pack from its beginning."""
        self.sidebar.border_title = border_text(SIDEBAR)
        self.documents.show(self.state.pack.documents, self.state.marks)
        self.show_analysis()
        self.state.notice = opening_notice(self.state.pack)
        self.focus_view()

    @on(PackAnalysed)
    def take_analysis(self, message: PackAnalysed) -> None:
        """Light up what was found in the documents."""
        self.take_pack(message.pack)
        if gc.get_freeze_count():
            # As at the start: what was found stays, and looking through it for garbage would keep a key waiting.
            gc.freeze()

    def take_pack(self, pack: Pack) -> None:
        """Go on with `pack`, the same documents with more found in them."""
        self.state.take(pack)
        self.show_analysis()
        self.documents.refresh_marks()
        self.write_bars()

    @on(PackFailed)
    def say_failed(self, message: PackFailed) -> None:
        """The documents can still be read."""
        self.give_up(message.fault)

    def give_up(self, fault: str) -> None:
        """Say why nothing is found in the documents."""
        self.state.fault = f"Entities and scenario could not be made: {fault}"
        self.show_analysis()
        self.say(self.state.fault)

    def show_analysis(self) -> None:
        """Show who and what was found, and the matrix."""
        state = self.state
        self.sidebar.fill(self.entity_entries)
        if state.pack.events:
            from briefing.analysis.judgements import judgements

            self.documents.struck = judgements(state.pack.events).struck_documents
        if self.is_whole:
            self._show_scenario()
        self.set_out()

    async def complete(self) -> None:
        """Put up, unseen, what the first screen has done without, and say there what is known so far."""
        if not self.is_whole:
            await super().complete()
            self._show_scenario()

    def _show_scenario(self) -> None:
        state = self.state
        if state.pack.matrix is not None:
            waited = not self.scenario.filled
            self.show_matrix()
            if waited and self.zoomed == "evidence":
                self.zoomed = ""
            if waited and self.scenario.evidence.has_focus:
                # Until now there was nothing else to give the keys to.
                self.set_out()
                self.scenario.matrix.focus()
        elif state.analysed:
            self.scenario.say("This pack has no scenario.toml, so there is nothing to weigh.")
        else:
            self.scenario.say(state.fault or "Reading the documents …")

    def show_matrix(self) -> None:
        """Show the matrix, in the order and with the constraints that the officer wants."""
        state = self.state
        if state.pack.matrix is not None:
            from briefing.analysis.judgements import judgements
            from briefing.analysis.ranking import ranked

            ranking = ranked(state.pack.matrix, state.relaxed) if state.ranking else ()
            held = judgements(state.pack.events)
            self.scenario.show(state.pack.matrix, state.pack.documents, held, ranking, state.relaxed)

    @on(ConstraintRelaxed)
    def relax(self, message: ConstraintRelaxed) -> None:
        """Take a constraint for granted, or no longer, and see what moves."""
        from briefing.analysis.ranking import ranked

        self.state.relaxed ^= {message.constraint}
        self.state.ranking = True
        self.show_matrix()
        matrix, relaxed = self.state.pack.matrix, self.state.relaxed
        if matrix is not None:
            names = [one.name for one in matrix.scenario.constraints if one.id in relaxed]
            moved = sum(one.gained != 0 for one in ranked(matrix, relaxed))
            taken = f"{counted(moved, 'role')} moved; taken for granted: {', '.join(names)}"
            self.say(taken if names else "no constraint is taken for granted")

    def entity_entries(self, query: str, width: int) -> Sequence[Entry]:
        """The entities of the sidebar that `query` leaves."""
        state = self.state
        if not state.analysed:
            return [Entry(((Piece(" none: see below", "muted") if state.fault else WAITING,),))]
        from briefing.rendering.entities import entity_entries, rejected_entries

        key, pack = state.chosen.key if state.chosen else None, state.pack
        return [
            *entity_entries(pack.entities, pack.documents, query, width, key),
            *rejected_entries(pack.rejected, pack.documents, query, width, key),
        ]

    # ------------------------------------------------------------------ choosing

    @on(FilteredList.Chosen)
    def choose_from_sidebar(self, message: FilteredList.Chosen) -> None:
        """Light an entity up everywhere, and show its card."""
        entity = self.listed(message.value)
        if entity is not None:
            self.sidebar.input.value = ""
            self.choose(entity.key)

    def listed(self, value: object) -> Entity | None:
        """The entity that a line of a list of entities stands for."""
        from briefing.rendering.entities import Rejected

        return self.state.entity(value.key if isinstance(value, Rejected) else value)

    @on(FilteredList.Left)
    def leave_sidebar(self, message: FilteredList.Left) -> None:
        """Give the keys back to the view."""
        self.focus_view()

    @on(LineList.Chosen)
    def show_chosen(self, message: LineList.Chosen) -> None:
        """Go to the words of a mention, a hit or a quote; or to the card of another entity."""
        value = message.value
        if not isinstance(value, tuple) or message.list is self.sheet:
            return
        if isinstance(value[0], EntityType):
            self.choose(value)
            return
        if message.list is self.scenario.evidence:
            self.run_through_cell()
        elif message.list is self.panel and self.listing is not None:
            self.state.hits = self.listing.hits
        self.go_to(*value)

    @on(CellOpened)
    def open_cell(self) -> None:
        """Go to the words of the quote under the cursor, the first of the cell at first."""
        value = self.scenario.evidence.value
        if isinstance(value, tuple):
            self.run_through_cell()
            self.go_to(*value)
        else:
            self.say("no document says anything on this")

    def run_through_cell(self) -> None:
        """Let `n` run through the quotes of the cell; what was listed under the documents is about something else."""
        self.state.run_through_quotes(self.scenario.topic, self.scenario.quotes)
        self.list_under(None)

    def choose(self, key: EntityKey) -> None:
        """Light an entity up everywhere, and show its card."""
        self.remember()
        self.state.choose(key)
        self.list_card()
        self.sidebar.fill(self.entity_entries)
        self.documents.refresh_marks()
        self.turn_to("documents")
        self.set_out()
        self.panel.focus()

    @property
    def card_shown(self) -> bool:
        """Whether the card of the chosen entity, or where it meets another, is on the screen."""
        return self.state.chosen is not None and self.panel.display and self.listing is self._card

    def list_card(self) -> None:
        """Show the card of the chosen entity under the documents, or nothing when there is none."""
        entity, pack = self.state.chosen, self.state.pack
        if entity is None:
            self.list_under(None)
            return
        from briefing.analysis.card import card_of
        from briefing.rendering.card import card_entries, card_title
        from briefing.rendering.decisions import history_entries

        try:
            card, events = card_of(entity, pack, MOST_READ), standing(pack.events)
        except PackError as error:
            self.list_under(None)
            self.say_missing(error)
            return

        def make(width: int) -> Sequence[Entry]:
            return [*card_entries(card, pack.documents, width, MOST_LISTED), *history_entries(events, entity, width)]

        title = f"REJECTED  {card_title(card)}" if entity in pack.rejected else card_title(card)
        self._card = Listing(title, make, self.state.hits)
        self.list_under(self._card)

    def show_entity(self, entity: Entity | None) -> None:
        """Go on with `entity` as the chosen one; with None, as nobody is. What else is listed stays."""
        had_keys, had_card = self.panel.has_focus, self.listing is self._card
        hits, current = self.state.hits, self.state.current
        if entity is None:
            self.state.clear()
        else:
            self.state.choose(entity.key)
        if had_card or self.listing is None:
            self.list_card()
        else:
            self.state.hits, self.state.current = hits, current
        if had_keys and self.listing is None:
            self.focus_view()

    def action_meet(self) -> None:
        """Choose a second entity, and show where the two meet."""
        from briefing.rendering.entities import entity_entries

        one, pack = self.state.chosen, self.state.pack
        if one is None:
            self.say("choose an entity first (e), then the one it meets")
            return
        others = [entity for entity in pack.entities if entity.key != one.key]
        self.pick(f"{entity_name(one)} and …", partial(entity_entries, others, pack.documents), self._show_meetings)

    async def _show_meetings(self, key: object) -> None:
        from briefing.analysis.meetings import meetings

        one, documents = self.state.chosen, self.state.pack.documents
        other = self.state.entity(key)
        if one is None or other is None:
            return
        try:
            found = meetings(one, other, documents, MOST_READ)
        except PackError as error:
            self.say_missing(error)
            return
        if not found:
            self.say(f"no sentence and no paragraph holds both {entity_name(one)} and {entity_name(other)}")
            return
        self.remember()
        self.list_meetings(one, other, found)
        self.documents.refresh_marks()
        self.turn_to("documents")
        self.set_out()
        self.panel.focus()

    def list_meetings(self, one: Entity, other: Entity, found: Sequence[Meeting]) -> None:
        """Show under the documents where two entities meet, which `found` says."""
        from briefing.analysis.meetings import documents_with_both
        from briefing.rendering.card import meeting_entries

        documents = self.state.pack.documents
        title = f"{entity_name(one)} and {entity_name(other)}"
        self.state.other = other
        self.state.run_through_quotes(title, [(meeting.document, meeting.span) for meeting in found])

        def make(width: int) -> Sequence[Entry]:
            return meeting_entries(found, documents, one, other, width)

        both = len(documents_with_both(one, other))
        note = f"in the first {MOST_READ} of {both:,} documents that name both" if both > MOST_READ else ""
        self._card = Listing(f"{title}  {counted(len(found), 'place')}", make, self.state.hits, note)
        self.list_under(self._card)

    def action_clear(self) -> None:
        """Forget the chosen entity and what was found."""
        self.state.clear()
        self.zoomed = ""
        self.list_under(None)
        self.sidebar.fill(self.entity_entries)
        self.documents.refresh_marks()
        self.focus_view()


def entity_name(entity: Entity) -> str:
    """The entity's name on one line, as a terminal may show it."""
    return visible(" ".join(entity.name.split()))
