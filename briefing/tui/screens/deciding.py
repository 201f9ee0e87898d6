"""Deciding on the desk: what an officer says is written down, then shown; and can be taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing import model
from briefing.analysis.history import redoable, standing, undoable
from briefing.model import Pack, PackError
from briefing.parsing import visible
from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal
from briefing.tui.screens.sheets import SheetDesk

if TYPE_CHECKING:
    from briefing.tui.screens.ask import AskScreen, Choice, KeyScreen


class DecidingDesk(SheetDesk):
    """Writes decisions into the officer's journal, and shows what follows from them."""

    def __init__(self, pack: Pack, look: Theme, analysed: bool, journal: Journal | None = None) -> None:
        """Without a `journal` nothing can be decided."""
        super().__init__(pack, look, analysed)
        self._journal = journal

    @property
    def officer(self) -> str:
        """Who decides, as "user@host"; "" where nobody can."""
        return self._journal.officer if self._journal else ""

    async def action_undo(self) -> None:
        """Take back the last decision."""
        await self._decide_again(undoable, model.Undo, "nothing to undo")

    async def action_redo(self) -> None:
        """Let the decision hold again that was taken back last."""
        await self._decide_again(redoable, model.Redo, "nothing to redo")

    async def _decide_again(
        self,
        find: Callable[[Sequence[model.Event], str], model.Event | None],
        make: type[model.Undo | model.Redo],
        nothing: str,
    ) -> None:
        event = find(self.state.pack.events, self.officer)
        if event is None or not self.state.analysed:
            self.say(nothing if self.state.analysed else "still reading the documents")
        else:
            await self.decide(make(event.id))

    def _words_for(self, decision: model.Decision) -> str:
        """What was decided, in the past tense; of what counts no more, or again, what it was."""
        from briefing.rendering.decisions import decision_words

        documents = self.state.pack.documents
        decisions = {one.id: one.decision for one in self.state.pack.events}
        about = decisions.get(decision.event) if isinstance(decision, (model.Undo, model.Redo, model.Restore)) else None
        if about is None:
            return decision_words(decision, documents)
        how = "redone" if isinstance(decision, model.Redo) else "undone"
        if isinstance(about, model.Restore):
            how = "undone" if isinstance(decision, model.Redo) else "holds again"
            about = decisions.get(about.event, about)
        return f"{how}: {decision_words(about, documents)}"

    async def decide(self, decision: model.Decision, words: str = "") -> bool:
        """Write `decision` down; once it is on the disk, show what follows from it and say so, in `words` if given.

        Whether it is; else it was said why not.
        """
        if self._journal is None or not self._can_decide():
            return False
        try:
            event = await asyncio.to_thread(self._journal.append, decision)
        except PackError as error:
            problem = error.problems[0]
            # What went wrong is read even where the row is too short for the name of the file.
            self.say("; ".join(filter(None, (problem.fault, problem.remedy, problem.path))))
            return False
        try:
            self._take_event(event)
        except PackError as error:
            # It is on the disk, and holds once the pack is opened again: until then it can be taken back.
            self.state.pack = replace(self.state.pack, events=(*self.state.pack.events, event))
            self.say_missing(error)
            return True
        self.say(f"saved: {words or self._words_for(decision)}")
        return True

    def _can_decide(self) -> bool:
        """Whether anything can be decided now; says why not."""
        if self._journal is None:
            self.say("there is no journal to write this down in")
        elif not self.state.analysed:
            # What follows from it could not be shown, and would be overtaken by what is being read.
            self.say("still reading the documents")
        return self._journal is not None and self.state.analysed

    def _take_event(self, event: model.Event) -> None:
        from briefing.analysis.corrections import with_events
        from briefing.analysis.weighing import weighed

        state, decision = self.state, event.decision
        events = (*state.pack.events, event)
        decisions = {one.id: one.decision for one in events}
        about: model.Decision | None = decision
        while isinstance(about, (model.Undo, model.Redo, model.Restore)):
            about = decisions.get(about.event)
        if isinstance(about, (model.Merge, model.Split, model.Reject, model.Retype, model.AddName)):
            chosen = state.chosen
            state.take(with_events(state.pack, events))
            place = (decision.document, decision.span) if isinstance(decision, model.AddName) else None
            if place is None and chosen is not None:
                place = next(((one.document, one.span) for one in chosen.mentions), None)
            if place is not None:
                self.show_entity(state.entity_at(*place))
        elif isinstance(about, (model.SaveQuery, model.Triage)):
            # Nothing else follows from it: a large pack is not weighed anew for each of its documents.
            state.pack = replace(state.pack, events=events)
        else:
            state.take(weighed(state.pack, events))
        if not isinstance(about, (model.SaveQuery, model.Triage)):
            self.show_analysis()
        if state.view not in ("documents", "scenario"):
            self.fill_sheet(keep=True)
        self.documents.refresh_marks()

    async def action_save_query(self) -> None:
        """Save what was looked for in all documents, or the query under the cursor; if it was saved, do so no more."""
        from briefing.tui.found import SavedQuery

        state = self.state
        listed = self.panel.value if self.panel.display else None
        text = listed.text if isinstance(listed, SavedQuery) else state.query if state.everywhere else ""
        if not text:
            self.say("look for something in all documents first: \\")
            return
        saved = [event for event in standing(state.pack.events) if event.decision == model.SaveQuery(text)]
        for event in saved:
            await self.decide(model.Restore(event.id), f"the query {visible(text)} is saved no more")
        if not saved:
            await self.decide(model.SaveQuery(text))
        if isinstance(listed, SavedQuery):
            self.list_queries()

    # ------------------------------------------------------------------ asking

    def ask_key(self, title: str, choices: Sequence[Choice], then: Callable[[object], Awaitable[None]]) -> None:
        """Let the officer answer with one key."""
        from briefing.tui.screens.ask import KeyScreen

        self._ask(KeyScreen(self.look, title, choices), then)

    def ask_text(self, title: str, value: str, then: Callable[[str], Awaitable[None]], topic: str = "") -> None:
        """Let the officer answer with a line of text, beginning with `value`.

        What is half-written when the line drops is kept under `topic`, by default the title, and is the beginning
        next time.
        """
        from briefing.tui.screens.ask import AskScreen

        drafts, topic = self.state.drafts, topic or title

        def heard(text: str) -> None:
            drafts[topic] = text
            if text == visible(value):
                del drafts[topic]

        async def typed(text: object) -> None:
            await then(str(text))

        half_written = drafts.get(topic)
        self._ask(AskScreen(title, value if half_written is None else half_written, heard), typed, topic)

    def _ask(self, screen: KeyScreen | AskScreen, then: Callable[[object], Awaitable[None]], topic: str = "") -> None:
        if self._can_decide():
            self.put_question(screen, then, topic)

    def put_question(
        self, screen: KeyScreen | AskScreen, then: Callable[[object], Awaitable[None]], topic: str = ""
    ) -> None:
        """Lay a question over the desk, be it one that decides nothing; `then` is told the answer, if there is one."""

        async def answered(value: object) -> None:
            self.cover(False)
            self.state.drafts.pop(topic, None)
            if value is not None:
                await then(value)

        self.cover(True)
        self.app.push_screen(screen, answered)
