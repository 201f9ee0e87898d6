"""Weighing on the desk: rating cells, grading sources, settling conflicts, and the sheets that show what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from briefing import model
from briefing.analysis.history import standing
from briefing.parsing.front_matter import is_iso_date
from briefing.tui.screens.striking import NO_QUOTE, StrikingDesk

if TYPE_CHECKING:
    from briefing.rendering.weighing import Place
    from briefing.tui.screens.ask import Choice

_TAKEN_AWAY = "taken away"
_MOST_PINNED, _MOST_BYTES = 100, 32 * 1024
"""Quotes of a cell that are pinned to its rating, and bytes of their words: they are looked at after each decision,
and are to fit in a line of the journal."""


class WeighingDesk(StrikingDesk):
    """What an officer makes of the evidence."""

    # ------------------------------------------------------------------ cells

    def _cell(self) -> tuple[model.RoleRow, model.Constraint, model.Cell] | None:
        """The cell under the cursor of the matrix; None, having said why, where there is none."""
        found = self.scenario.cell if self.state.view == "scenario" else None
        if found is None:
            self.say("go to a cell of the scenario first (2)")
        return found

    def action_rate(self) -> None:
        """Rate the cell under the cursor."""
        from briefing.rendering.matrix import GLYPHS

        found = self._cell()
        if found is None:
            return
        row, constraint, cell = found

        async def rate(value: object) -> None:
            rating = value if isinstance(value, model.Rating) else None
            old = self._own(cell)
            confidence, note = (old.confidence, old.note) if old and rating else (None, "")
            await self.decide(model.Rate(cell.role, cell.constraint, rating, confidence, note, *self._pins(cell)))

        choices: list[Choice] = [(str(n), one, f"{GLYPHS[one]} {one}") for n, one in enumerate(model.Rating)]
        choices.append(("space", _TAKEN_AWAY, "take the rating away"))
        self.ask_key(f"How strongly does {constraint.name} bear on {row.role.name}?", choices, rate)

    def action_confidence(self) -> None:
        """Say how sure the rating of the cell is."""
        found = self._cell()
        rate = self._own(found[2]) if found else None
        if found is None or rate is None:
            if found:
                self.say("rate the cell first (r): a draft is nobody's")
            return

        async def sure(value: object) -> None:
            if isinstance(value, model.Confidence):
                await self.decide(replace(rate, confidence=value))

        choices: list[Choice] = [(one[0], one, str(one)) for one in model.Confidence]
        self.ask_key("How sure is that?", choices, sure)

    def action_note(self) -> None:
        """Write a note: on the rating of the cell, or on the conflict, which settles it."""
        from briefing.rendering.conflicts import ConflictSide

        side = self.sheet.value
        if self.state.view == "conflicts" and isinstance(side, ConflictSide):
            self._settle(side.conflict_id)
            return
        found = self._cell()
        rate = self._own(found[2]) if found else None
        if found is None or rate is None:
            if found:
                self.say("rate the cell first (r): a draft is nobody's")
            return

        async def write(note: str) -> None:
            await self.decide(replace(rate, note=note))

        self.ask_text(f"{found[0].role.name} × {found[1].name}: a note", rate.note, write)

    def _settle(self, conflict: str) -> None:
        """Settle a conflict with a note; one that is settled is opened again by emptying its note."""
        from briefing.analysis.judgements import settlements_of

        pair = next((one for one in self.state.pack.conflicts if one.id == conflict), None)
        settlements = settlements_of(self.state.pack.events, conflict)

        async def settle(note: str) -> None:
            if note or not settlements:
                await self.decide(model.Settle(conflict, note))
                return
            for event in settlements:
                if not await self.decide(model.Restore(event.id), "the pair is open again"):
                    return

        title = "Settled: how do the two fit together?"
        if settlements:
            title = "How do the two fit together? Without a note the pair is open again"
        self.ask_text(title, (pair.settled if pair else None) or "", settle, f"settling {conflict}")

    def _own(self, cell: model.Cell) -> model.Rate | None:
        """What this officer decided about a cell."""
        from briefing.analysis.judgements import judgements

        event = judgements(self.state.pack.events).ratings.get((cell.role, cell.constraint), {}).get(self.officer)
        rate = event.decision if event else None
        return rate if isinstance(rate, model.Rate) and rate.rating is not None else None

    def _pins(self, cell: model.Cell) -> tuple[tuple[model.QuoteRef, ...], int]:
        """The evidence of a cell, and besides it what the ratings shown rest on, as far as that stands and counts.

        Of very much evidence the first, and how much there is.
        """
        from briefing.analysis.judgements import judgements
        from briefing.analysis.quotes import quote_state

        documents = model.documents_by_id(self.state.pack.documents)
        held = judgements(self.state.pack.events)
        pinned, size = {}, 0
        for claim in cell.claims[:_MOST_PINNED]:
            size += len(claim.quote.encode()) + len(claim.document.encode())
            if size > _MOST_BYTES:
                break
            pinned[claim.document, claim.span] = claim.quote
        seen = 0 if len(pinned) == len(cell.claims) else len(cell.claims) + len(cell.struck)
        for quote in (quote for one in (cell.assessment, *cell.rivals) if one for quote in one.quotes):
            span = quote_state(documents.get(quote.document), quote)[1]
            known = (place for id, place in pinned if id == quote.document)
            if span and not held.strikes_out(quote) and not any(one.contains(span) for one in known):
                pinned[quote.document, span] = documents[quote.document].quote(span)
        pins = tuple(model.QuoteRef(document, words, span.start) for (document, span), words in pinned.items())
        return pins, seen

    # ------------------------------------------------------------------ sources

    def action_appraise(self) -> None:
        """Grade the source: how far it is to be trusted, then how far what it says is to be believed."""
        document = self.document_at_cursor()
        if document is None or not self.state.analysed:
            return
        from briefing.rendering.origins import CREDIBILITIES, RELIABILITIES

        self.state.appraised = document
        self.open_sheet("appraisal")
        label = self.state.pack.document(document).label

        async def believed(reliability: object) -> None:
            async def grade(credibility: object) -> None:
                if isinstance(reliability, model.Reliability) and isinstance(credibility, model.Credibility):
                    await self.decide(model.Grade(document, reliability, credibility))

            choices: list[Choice] = [(one.value, one, words) for one, words in CREDIBILITIES.items()]
            self.ask_key(f"{label}: is what it says to be believed?", choices, grade)

        choices: list[Choice] = [(one.value.lower(), one, words) for one, words in RELIABILITIES.items()]
        self.ask_key(f"{label}: is the source to be trusted?", choices, believed)

    def action_relabel(self) -> None:
        """Put right how a quote was read: which way it leans, how far along, what it is about, who says so and when."""
        from briefing.rendering.weighing import label_entries

        claim, scenario = self.claim_at_cursor(), self.state.pack.scenario
        if claim is None or scenario is None:
            self.say(NO_QUOTE)
            return

        async def put_right(picked: object) -> None:
            if not isinstance(picked, tuple):
                return
            label, value = picked

            async def write(text: str) -> None:
                if label is model.ClaimLabel.AS_OF and text and not is_iso_date(text):
                    self.say(f"“{text}” is no date: write one such as 2024, 2024-05 or 2024-05-31")
                    return
                await self.decide(model.Relabel(claim.document, claim.span, claim.quote, label, text))

            if label is model.ClaimLabel.VOICE:
                self.ask_text("Who says so?", claim.voice, write)
            elif label is model.ClaimLabel.AS_OF:
                self.ask_text("Which date does it speak from? YYYY, YYYY-MM or YYYY-MM-DD", claim.as_of or "", write)
            else:
                await write(value)

        self.pick("This sentence …", lambda query, width: label_entries(claim, scenario, query), put_right)

    def action_merge(self) -> None:
        """On the sheet of origins: say that this document is of one origin with another."""
        from briefing.rendering.pages import document_entries

        document, pack = self.document_at_cursor(), self.state.pack
        if document is None:
            return
        others = [one for one in pack.documents if one.id != document]

        async def join(value: object) -> None:
            if isinstance(value, tuple):
                joined = next(one.documents for one in pack.origins if value[0] in one.documents)
                await self.decide(model.Group(tuple(dict.fromkeys((*joined, document)))))

        label = pack.document(document).label
        self.pick(f"{label} is of one origin with …", lambda query, width: document_entries(others, query), join)

    async def action_split(self) -> None:
        """On the sheet of origins: say that this document is an origin of its own."""
        document = self.document_at_cursor()
        if document is not None:
            await self.decide(model.Group((document,)))

    # ------------------------------------------------------------------ the pack as a whole

    def action_rank(self) -> None:
        """Order the roles by what stands in their way, or as the scenario lists them."""
        if self.state.pack.matrix is None:
            self.say("there is nothing to order")
            return
        self.state.ranking = not self.state.ranking
        self.show_matrix()
        self.say("least hindered first" if self.state.ranking else "as the scenario lists them")

    def action_next_gap(self) -> None:
        """Go to the next cell without a direct quote."""
        if self.state.pack.matrix is None:
            return
        if self.state.view != "scenario":
            self.turn_to("scenario")
            self.focus_view()
        if not self.scenario.matrix.go_to_next_gap():
            self.say("every cell has a direct quote")

    async def action_collect(self) -> None:
        """Put the question that this cell leaves open on the list of what to find out; or take it off."""
        from briefing.analysis.gaps import question_for
        from briefing.rendering.weighing import Place

        if self.state.view == "questions":
            if not isinstance(self.sheet.value, Place) or not await self._take_off_list(self.sheet.value):
                self.say("no question is under the cursor")
            return
        found = self._cell()
        if found is None or await self._take_off_list(Place(found[2].role, found[2].constraint)):
            return
        row, constraint, cell = found
        question = question_for(row.role, constraint, cell, len(self.state.pack.documents))
        await self.decide(model.Collect(cell.role, cell.constraint, question))

    async def _take_off_list(self, place: Place) -> bool:
        """Take the question of a cell off the list of what to find out; whether it was on it."""
        asked = [
            event
            for event in standing(self.state.pack.events)
            if isinstance(event.decision, model.Collect)
            and (event.decision.role, event.decision.constraint) == (place.role, place.constraint)
        ]
        for event in asked:
            words = f"took {place.role} × {place.constraint} off the list to find out"
            await self.decide(model.Restore(event.id), words)
        return bool(asked)

    async def action_snapshot(self) -> None:
        """Note how things stand, to see later what has changed."""
        from briefing.analysis.changes import snapshot_of

        if self.state.analysed:
            await self.decide(snapshot_of(self.state.pack))

    def action_set_date(self) -> None:
        """Let the briefing speak from another day."""

        async def set_date(text: str) -> None:
            try:
                day = date.fromisoformat(text)
            except ValueError:
                self.say(f"“{text}” is no day: write one such as 2024-05-31")
                return
            await self.decide(model.SetDate(day))

        now = self.state.pack.as_of
        self.ask_text("The day the briefing speaks from", now.isoformat() if now else "", set_date)
