"""The desk: the one screen that owns what is open, chosen and found, feeds the widgets, and writes down decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from briefing import model
from briefing.commands import Scope
from briefing.model import Entity, EntityType, Span
from briefing.rendering.entry import Entry, heading
from briefing.tui.keys import bindings
from briefing.tui.screens.entities import entity_name
from briefing.tui.screens.indexing import IndexingDesk


class DeskScreen(IndexingDesk):
    """Documents, entities and the scenario of one pack, and what an officer puts right in them."""

    # Declared here and not where the rest is built on: the framework goes through them anew for each class of the desk.
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.DESK)]

    def _subject(self) -> Entity | None:
        """The entity a correction is about: the one under the cursor of the sidebar, else the one on the card."""
        if self.sidebar.list.has_focus:
            return self.listed(self.sidebar.list.value)
        if not self.card_shown:
            self.say("choose an entity first: e, or Tab to the sidebar")
            return None
        return self.state.chosen

    def action_merge(self) -> None:
        """Say that this entity, or on the sheet of origins this document, is one with another."""
        if self.state.view == "origins":
            super().action_merge()
            return
        one, pack = self._subject(), self.state.pack
        if one is None:
            return
        from briefing.analysis.candidates import alike
        from briefing.rendering.entities import entity_entries

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
                await self.decide(model.Merge(one.key, into.key))

        self.pick(f"{entity_name(one)} is the same as …", make, merge)

    async def action_split(self) -> None:
        """Say that one form of this entity means something else, or that this document is an origin of its own."""
        if self.state.view == "origins":
            await super().action_split()
            return
        one, documents = self._subject(), self.state.pack.documents
        if one is None:
            return
        from briefing.rendering.decisions import form_entries

        if not form_entries(one, documents, "", 80):
            self.say(f"nothing to split: {entity_name(one)} has one form only")
            return

        async def split(form: object) -> None:
            await self.decide(model.Split(one.key, str(form)))

        def make(query: str, width: int) -> Sequence[Entry]:
            return form_entries(one, documents, query, width)

        self.pick(f"Split from {entity_name(one)} …", make, split)

    async def action_reject(self) -> None:
        """Say that this is no entity; or that it is one after all."""
        one, pack = self._subject(), self.state.pack
        if one is None:
            return
        if one not in pack.rejected:
            await self.decide(model.Reject(one.key))
            return
        from briefing.analysis.corrections import rejections_of

        events = rejections_of(pack, one)
        for event in events:
            await self.decide(model.Restore(event.id), f"took up {entity_name(one)} again")
        if not events:
            self.say("entities.toml of the pack says so: take it out there")

    def action_retype(self) -> None:
        """Change the type of this entity."""
        one = self._subject()
        if one is None:
            return
        from briefing.rendering.decisions import type_entries

        async def retype(type: object) -> None:
            if isinstance(type, EntityType) and type is not one.type:
                await self.decide(model.Retype(one.key, type))

        self.pick(f"{entity_name(one)} is …", lambda query, width: type_entries(query, one.type), retype)

    def action_add_name(self) -> None:
        """Choose words on the screen that are a name, then its type."""
        if not self.state.analysed:
            return
        from briefing.analysis.candidates import name_candidates
        from briefing.rendering.context import shown_words
        from briefing.rendering.decisions import candidate_entries, type_entries

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
                        await self.decide(model.AddName((type, name), document.id, span))

                self.pick(f"“{name}” is …", lambda query, width: type_entries(query), add)

        self.pick(f"A name in {document.label}", make, type_of)
