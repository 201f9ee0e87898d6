"""The desk: the one screen that owns what is open, chosen and found, feeds the widgets, and writes down decisions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from briefing.analysis.history import redoable, standing, undoable
from briefing.model import (
    AddName,
    Decision,
    Entity,
    EntityType,
    Event,
    Merge,
    Pack,
    PackError,
    Redo,
    Reject,
    Retype,
    Span,
    Split,
    Undo,
)
from briefing.rendering.context import shown_words
from briefing.rendering.decisions import candidate_entries, decision_words, form_entries, type_entries
from briefing.rendering.entities import entity_entries
from briefing.rendering.entry import Entry, heading
from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal
from briefing.tui.screens.entities import EntityDesk, entity_name


class DeskScreen(EntityDesk):
    """Documents, entities and the scenario of one pack, and what an officer decides about them."""

    def __init__(self, pack: Pack, look: Theme, analysed: bool, journal: Journal | None = None) -> None:
        """Without a `journal` nothing can be decided."""
        super().__init__(pack, look, analysed)
        self._journal = journal

    def _subject(self) -> Entity | None:
        """The entity a correction is about: the one under the cursor of the sidebar, else the chosen one."""
        if self.sidebar.list.has_focus:
            return self.listed(self.sidebar.list.value)
        if self.state.chosen is None:
            self.say("choose an entity first: e, or Tab to the sidebar")
        return self.state.chosen

    def action_merge(self) -> None:
        """Say that this entity is another one."""
        one, pack = self._subject(), self.state.pack
        if one is None:
            return
        from briefing.analysis.candidates import alike

        likely = alike(one, pack.entities)
        others = [entity for entity in pack.entities if entity.key != one.key]

        def make(query: str, width: int) -> Sequence[Entry]:
            first = [] if query else entity_entries(likely, pack.documents, "", width)
            listed = [entry for entry in first if entry.value is not None]
            start = [heading("SPELLED ALIKE", str(len(listed))), *listed] if listed else []
            return [*start, *entity_entries(others, pack.documents, query, width)]

        async def merge(key: object) -> None:
            into = self.state.entity(key)
            if into is not None:
                await self._decide(Merge(one.key, into.key))

        self.pick(f"{entity_name(one)} is the same as …", make, merge)

    def action_split(self) -> None:
        """Say that one form of this entity means something else."""
        one, documents = self._subject(), self.state.pack.documents
        if one is None:
            return
        if not form_entries(one, documents, "", 80):
            self.say(f"{entity_name(one)} has one form only: there is nothing to split")
            return

        async def split(form: object) -> None:
            await self._decide(Split(one.key, str(form)))

        def make(query: str, width: int) -> Sequence[Entry]:
            return form_entries(one, documents, query, width)

        self.pick(f"Split from {entity_name(one)} …", make, split)

    async def action_reject(self) -> None:
        """Say that this is no entity; or that it is one after all."""
        one, pack = self._subject(), self.state.pack
        if one is None:
            return
        if one not in pack.rejected:
            await self._decide(Reject(one.key))
            return
        events = [event for event in standing(pack.events) if event.decision == Reject(one.key)]
        if events:
            await self._decide(Undo(events[-1].id))
        else:
            self.say("entities.toml of the pack says so: take it out there")

    def action_retype(self) -> None:
        """Change the type of this entity."""
        one = self._subject()
        if one is None:
            return

        async def retype(type: object) -> None:
            if isinstance(type, EntityType) and type is not one.type:
                await self._decide(Retype(one.key, type))

        self.pick(f"{entity_name(one)} is …", lambda query, width: type_entries(query, one.type), retype)

    def action_add_name(self) -> None:
        """Choose words on the screen that are a name, then its type."""
        if not self.state.analysed:
            return
        from briefing.analysis.candidates import name_candidates

        document = self.state.pack.documents[self.documents.current]
        words = self.state.words(self.documents.current)
        shown = self.documents.pane.shown
        mentions = self.state.mentions_in(document.id)

        def make(query: str, width: int) -> Sequence[Entry]:
            nearest = name_candidates(document, words, mentions, query) if words else []
            found = dict.fromkeys((*nearest, *name_candidates(document, shown, mentions, query)))
            note = "type the beginning of others" if not query else "" if found else "none begins so on the screen"
            return [heading("WORDS THAT MAY BE A NAME", note), *candidate_entries(document, found, width)]

        async def type_of(span: object) -> None:
            if isinstance(span, Span):
                name = " ".join(shown_words(document, span).split())

                async def add(type: object) -> None:
                    if isinstance(type, EntityType):
                        await self._decide(AddName((type, name), document.id, span))

                self.pick(f"“{name}” is …", lambda query, width: type_entries(query), add)

        self.pick(f"A name in {document.label}", make, type_of)

    async def action_undo(self) -> None:
        """Take back the last decision."""
        await self._decide_again(undoable, Undo, "nothing to undo")

    async def action_redo(self) -> None:
        """Let the decision hold again that was taken back last."""
        await self._decide_again(redoable, Redo, "nothing to redo")

    async def _decide_again(
        self, find: Callable[[Sequence[Event], str], Event | None], make: type[Undo | Redo], nothing: str
    ) -> None:
        event = find(self.state.pack.events, self._journal.officer) if self._journal else None
        if event is None:
            self.say(nothing)
        else:
            await self._decide(make(event.id), f"{decision_words(make(event.id))}: {decision_words(event.decision)}")

    async def _decide(self, decision: Decision, words: str = "") -> None:
        """Write `decision` down; once it is on the disk, show what follows from it and say so."""
        if self._journal is None:
            self.say("there is no journal to write this down in")
            return
        try:
            event = await asyncio.to_thread(self._journal.append, decision)
        except PackError as error:
            self.say(str(error.problems[0]))
            return
        self._take_event(event)
        self.say(f"saved: {words or decision_words(decision)}")

    def _take_event(self, event: Event) -> None:
        from briefing.analysis.corrections import with_events

        state, decision = self.state, event.decision
        chosen = state.chosen
        state.take(with_events(state.pack, (*state.pack.events, event)))
        place = (decision.document, decision.span) if isinstance(decision, AddName) else None
        if place is None and chosen is not None:
            place = (chosen.mentions[0].document, chosen.mentions[0].span)
        if place is not None:
            self.show_entity(state.entity_at(*place))
        self.show_analysis()
        self.documents.refresh_marks()
