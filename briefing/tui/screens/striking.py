"""Striking on the desk: a sentence, a document or all of an origin counts for nothing; or again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from briefing import model
from briefing.analysis.history import standing
from briefing.model import Pack, Span
from briefing.parsing import visible
from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal
from briefing.tui.screens.deciding import DecidingDesk

if TYPE_CHECKING:
    from briefing.analysis.linchpins import Linchpin
    from briefing.rendering.weighing import Place

NO_QUOTE = "Tab to the evidence of a cell (2): no quote is under the cursor"


class StrikingDesk(DecidingDesk):
    """What counts for nothing."""

    def __init__(self, pack: Pack, look: Theme, analysed: bool, journal: Journal | None = None) -> None:
        """Without a `journal` nothing can be struck."""
        super().__init__(pack, look, analysed, journal)
        self._struck_at: dict[str, Place] = {}
        """By document, the line of the linchpins at which it was struck last."""

    def claim_at_cursor(self) -> model.Claim | None:
        """The claim under the cursor of the evidence; None where it is not on the screen."""
        evidence = self.scenario.evidence
        value = evidence.value if self.state.view == "scenario" and evidence.cursor_shown else None
        return model.as_claims(self.state.pack.claims).at(*value) if isinstance(value, tuple) else None

    def document_at_cursor(self) -> str | None:
        """The document that is meant: the one that is read, or that of the line under the cursor of a sheet.

        In the scenario it is that of the quote under the cursor. None, having said why, where the line stands for no
        document: nobody strikes what is not on the screen.
        """
        if self.state.view == "scenario":
            claim = self.claim_at_cursor()
            if claim is None:
                self.say(NO_QUOTE)
            return claim.document if claim else None
        if self.state.view == "documents":
            return self.state.pack.documents[self.documents.current].id
        if self.state.view == "appraisal":
            return self.state.appraised
        document = _document_of(self.sheet.value)
        if not document:
            self.say("no document is under the cursor")
        return document or None

    async def action_strike(self) -> None:
        """Let a sentence, a document, or what a line of the linchpins hangs on count for nothing; or again."""
        from briefing.rendering.weighing import Place

        value = self.sheet.value
        match self.state.view:
            case "scenario":
                claim = self.claim_at_cursor()
                if claim is None:
                    self.say(NO_QUOTE)
                else:
                    await self._strike(claim.document, claim.span)
            case "linchpins" if isinstance(value, Place):
                await self._strike_origin(value)
            case "linchpins" if isinstance(value, tuple):
                await self._restore_origin(value[0])
            case "timeline" | "conflicts" if sentence := self._sentence_of(value):
                await self._strike(*sentence)
            case "changes" | "questions":
                self.say("nothing to strike is under the cursor")
            case _:
                document = self.document_at_cursor()
                if document is not None:
                    await self._strike(document)

    def _sentence_of(self, value: object) -> tuple[str, Span] | None:
        """The sentence that a line of the timeline or of the conflicts stands for, with its document."""
        from briefing.rendering.conflicts import ConflictSide

        if isinstance(value, ConflictSide):
            pairs = (one for one in self.state.pack.conflicts if one.id == value.conflict_id)
            sides = (side for one in pairs for side in (one.one, one.other))
            spans = (side.span for side in sides if (side.document, side.words) == (value.document, value.span))
            return next(((value.document, span) for span in spans), None)
        return value if isinstance(value, tuple) else None

    async def _strike(self, document: str, span: Span | None = None) -> None:
        """Strike a sentence, or without `span` the document; what was struck counts again."""
        quote = self.state.pack.document(document).quote(span) if span else ""
        if span and not quote:
            self.say("these words do not stand there any more: the file has changed")
            return
        strikes = self._strikes({document}) or (self._strikes({document}, quote) if quote else ())
        if strikes:
            await self._restore(strikes)
        else:
            await self.decide(model.Strike(document, span, quote))

    def _strikes(self, documents: Collection[str], quote: str = "") -> list[model.Event]:
        """The decisions, of whatever officer, by which `documents` as a whole, or these words of them, are struck."""
        return [
            event
            for event in standing(self.state.pack.events)
            if isinstance(event.decision, model.Strike)
            and event.decision.document in documents
            and event.decision.quote == quote
        ]

    async def _restore(self, strikes: Sequence[model.Event]) -> None:
        """Let all count again that was struck by `strikes`."""
        named = []
        for event in strikes:
            if isinstance(event.decision, model.Strike):
                what = "a sentence of" if event.decision.span else "all of"
                label = self.state.pack.document(event.decision.document).label
                named.append(f"{what} “{visible(label)}”")
        words = f"counts again: {', '.join(dict.fromkeys(named))}"
        for event in strikes:
            if not await self.decide(model.Restore(event.id), words):
                return

    async def _strike_origin(self, place: Place) -> None:
        """Strike every document of the origin that alone holds up a cell or a status."""
        from briefing.analysis.judgements import judgements

        pack = self.state.pack
        documents = next((one.origin.documents for one in self._linchpins() if place in _held_up(one)), ())
        struck = judgements(pack.events).struck_documents
        counting = [document for document in documents if document not in struck]
        words = "struck " + ", ".join(f"“{visible(pack.document(document).label)}”" for document in counting)
        for document in counting:
            if not await self.decide(model.Strike(document), words):
                break
        self._struck_at |= dict.fromkeys(documents, place)
        # The line has gone: the same key is to restore what it has just struck, not to strike what took its place.
        self.sheet.go_to(next((one for one in self.sheet.values if _document_of(one) in documents), None))

    async def _restore_origin(self, document: str) -> None:
        """Let every document of an origin count again, and go back to the line that hung on it."""
        origin = next(one.documents for one in self.state.pack.origins if document in one.documents)
        await self._restore(self._strikes(origin))
        held = (_held_up(one) for one in self._linchpins() if document in one.origin.documents)
        places = next(held, set())
        line = self._struck_at.get(document)
        self.sheet.go_to(line if line in places else next((one for one in self.sheet.values if one in places), None))

    def _linchpins(self) -> tuple[Linchpin, ...]:
        from briefing.analysis.linchpins import linchpins

        pack = self.state.pack
        return linchpins(pack.matrix, pack.origins) if pack.matrix else ()


def _held_up(linchpin: Linchpin) -> set[Place]:
    """The cells and the statuses that one origin alone holds up."""
    from briefing.rendering.weighing import Place

    cells = {Place(cell.role, cell.constraint) for cell in linchpin.cells}
    return cells | {Place(row.role.id, None) for row in linchpin.rows}


def _document_of(value: object) -> str:
    """The id of the document that a line of a sheet stands for; "" where it stands for something else."""
    from briefing.rendering.conflicts import ConflictSide

    if isinstance(value, ConflictSide):
        return value.document
    if isinstance(value, str):
        return value
    return str(value[0]) if isinstance(value, tuple) else ""
