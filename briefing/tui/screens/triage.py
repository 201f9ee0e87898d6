"""Triage on the desk: the list of the documents, what is kept, skipped or left for later, and what is still new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from briefing import model
from briefing.model import Document, Pack
from briefing.parsing import visible
from briefing.rendering.entry import heading
from briefing.tui.available import TRIAGE
from briefing.tui.screens.sheets import Sheet
from briefing.tui.screens.weighing import WeighingDesk
from briefing.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from briefing.analysis.judgements import Judgements
    from briefing.analysis.triage import Arrangement, Listed, Shelf
    from briefing.tui.screens.ask import Choice


class TriageDesk(WeighingDesk):
    """Going through the documents of a large pack."""

    _shelved: Shelf | None = None
    _judged: tuple[Pack, Judgements] | None = None
    _made: tuple[Shelf, Judgements | None, Arrangement, tuple[Listed, ...]] | None = None
    """The list that was made last, behind all that it was made of."""

    @property
    def sheets(self) -> dict[str, Callable[[Pack], Sheet]]:
        """What makes the sheet of each name."""
        return {**super().sheets, TRIAGE: self._triage}

    def _triage(self, pack: Pack) -> Sheet:
        from briefing.analysis.triage import tally
        from briefing.rendering.triage import arrangement_words, triage_entries, triage_title

        arrangement, officer, shelf, held = self.state.arrangement, self.officer, self._shelf, self._held
        rows = self._rows(arrangement)
        title, note = triage_title(tally(pack, held.triaged)), arrangement_words(arrangement)
        if not rows:
            return Sheet(title, lambda width: [heading(f"No document is {arrangement.only}: F shows others.")], note)
        return Sheet(title, lambda width: triage_entries(rows, shelf, held, officer, width), note)

    def _rows(self, arrangement: Arrangement) -> tuple[Listed, ...]:
        """The list, made anew only where something has changed that it depends on."""
        from briefing.analysis.triage import document_list

        shelf, held = self._shelf, self._held
        sifted = held if arrangement.only else None
        made = self._made
        if made is None or made[0] is not shelf or made[1] is not sifted or made[2] != arrangement:
            self._made = made = (shelf, sifted, arrangement, document_list(shelf, held.triaged, arrangement))
        return made[3]

    @property
    def _shelf(self) -> Shelf:
        from briefing.analysis.triage import Shelf

        if self._shelved is None or not self._shelved.holds(self.state.pack):
            self._shelved = Shelf.of(self.state.pack)
        return self._shelved

    @property
    def _held(self) -> Judgements:
        from briefing.analysis.judgements import judgements

        pack = self.state.pack
        if self._judged is None or self._judged[0] is not pack:
            self._judged = (pack, judgements(pack.events))
        return self._judged[1]

    def action_triage(self) -> None:
        """Show the list of the documents, the cursor on the one that is read."""
        again = self.state.view == TRIAGE
        self.open_sheet(TRIAGE)
        if not again and self.state.view == TRIAGE:
            self.sheet.go_to(self.state.pack.documents[self.documents.current].id)

    @on(LineList.Chosen)
    def open_listed(self, message: LineList.Chosen) -> None:
        """Open the document that a line of the list stands for."""
        if message.list is self.sheet and isinstance(message.value, str):
            self._open_document(message.value)

    def _open_document(self, id: str) -> None:
        """Show a document where it was left."""
        self.remember()
        self.state.current = None
        self.turn_to("documents")
        self.set_out()
        pane = self.documents.open(self.state.index_of(id))
        self.documents.refresh_marks()
        pane.focus()

    # ------------------------------------------------------------------ deciding

    def action_set_aside(self) -> None:
        """Keep the document that is read, or is under the cursor; skip it, or leave it for later."""
        id = self.document_at_cursor()
        if id is None:
            return
        document = self.state.pack.document(id)

        async def decided(state: object) -> None:
            if isinstance(state, model.TriageState):
                await self._set_aside(document, state)

        choices: list[Choice] = [
            ("k", model.TriageState.KEPT, "keep it"),
            ("s", model.TriageState.SKIPPED, "skip it"),
            ("l", model.TriageState.LATER, "leave it for later"),
            ("n", model.TriageState.NEW, "it is new, as if nobody had decided"),
        ]
        self.ask_key(f"Keep or skip “{document.label}”?", choices, decided)

    async def _set_aside(self, document: Document, state: model.TriageState) -> None:
        from briefing.analysis.triage import standing_of

        standing = standing_of(document, self._held.triaged)
        if standing.state is state and standing.by in ("", self.officer):
            self.say(f"“{visible(document.label)}” is {state} already")
            return
        following = self._new_beside(1) if self.state.view == TRIAGE and state is not model.TriageState.NEW else None
        if await self.decide(model.Triage(document.id, document.digest, state)) and following:
            self.sheet.go_to(following)

    # ------------------------------------------------------------------ what is new

    def _step(self, by: int) -> None:
        if self.state.view == TRIAGE:
            self._go_to_new(by)
        else:
            super()._step(by)

    def action_next_new(self) -> None:
        """Go to the next document of the list that is new: on the list to its line, elsewhere to the document."""
        if self.state.view == TRIAGE:
            self._go_to_new(1)
        elif not self.state.analysed:
            self.say("still reading the documents")
        else:
            self._open_new()

    def _go_to_new(self, by: int) -> None:
        id = self._new_beside(by)
        if id is None:
            self._say_none_new()
        else:
            self.sheet.go_to(id)

    def _new_beside(self, by: int) -> str | None:
        """The new document of the list that follows the line under the cursor, or precedes it; None for no other."""
        from briefing.analysis.triage import next_new

        rows = self._rows(self.state.arrangement)
        number = next_new(rows, self._held.triaged, self.sheet.cursor, by)
        return None if number is None else rows[number].document.id

    def _open_new(self) -> None:
        """Show the new document that follows the one that is read, in the order of the list."""
        from briefing.analysis.triage import next_new, tally

        rows = self._rows(replace(self.state.arrangement, only=None))
        current = self.state.pack.documents[self.documents.current]
        here = next((number for number, row in enumerate(rows) if row.document is current), -1)
        number = next_new(rows, self._held.triaged, here)
        if number is None:
            self._say_none_new()
            return
        self._open_document(rows[number].document.id)
        self.say(f"{tally(self.state.pack, self._held.triaged)[model.TriageState.NEW]:,} still new")

    def _say_none_new(self) -> None:
        from briefing.analysis.triage import tally

        new = tally(self.state.pack, self._held.triaged)[model.TriageState.NEW]
        self.say(f"no other is new that is listed; {new:,} in all" if new else "no document is new")

    # ------------------------------------------------------------------ arranging

    def action_rank(self) -> None:
        """On the list of the documents: put them into the next order."""
        if self.state.view != TRIAGE:
            super().action_rank()
            return
        from briefing.analysis.triage import DocumentOrder

        orders = list(DocumentOrder)
        now = self.state.arrangement
        self._arrange(replace(now, order=orders[(orders.index(now.order) + 1) % len(orders)]))
        self.say(str(self.state.arrangement.order))

    def action_sift(self) -> None:
        """List the documents that are new alone, then those kept, skipped, for later; then all."""
        if self.state.view != TRIAGE:
            analysed = self.state.analysed
            self.say("go to the list of the documents first (O)" if analysed else "still reading the documents")
            return
        states = (None, *model.TriageState)
        now = self.state.arrangement
        self._arrange(replace(now, only=states[(states.index(now.only) + 1) % len(states)]))
        only = self.state.arrangement.only
        self.say(f"only those that are {only}" if only else "all documents")

    @on(LineList.Turned)
    def unfold(self, message: LineList.Turned) -> None:
        """List what is alike below the document under the cursor; or fold it again, the cursor on the first of it."""
        rows = self._rows(self.state.arrangement) if self.state.view == TRIAGE else ()
        if message.list is not self.sheet or not rows:
            return
        number = self.sheet.cursor
        while rows[number].below and not message.open:
            number -= 1
        row, now = rows[number], self.state.arrangement
        self.sheet.go_to(row.document.id)
        if row.alike and row.folded is message.open:
            self._arrange(replace(now, unfolded=now.unfolded ^ {self._shelf.origin_of(row.document)}))

    def _arrange(self, arrangement: Arrangement) -> None:
        self.state.arrangement = arrangement
        self.fill_sheet(keep=True)
        self.write_bars()
