"""Sheets of the desk: whole views of lines, each made from what is known when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from textual import on

from briefing import model
from briefing.model import Pack, PackError, Span
from briefing.parsing import FORMATS, parse_document
from briefing.rendering.entry import Entry, counted, heading
from briefing.tui.look import border_text
from briefing.tui.messages import PackAnalysed
from briefing.tui.screens.entities import EntityDesk
from briefing.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from briefing.analysis.judgements import Judgements
    from briefing.rendering.strikes import Struck
    from briefing.rendering.weighing import Place

_IDLE = 0.5
"""Seconds after the findings in which the desk comes to rest, before anything is made that nobody has asked for."""
_TIMED, _MOST_TIMED = 25, 100
"""Documents that are read for the timeline, and how many when so many were kept: more would keep a key waiting."""


class Sheet(NamedTuple):
    """What a sheet shows."""

    title: str
    make: Callable[[int], Sequence[Entry]]
    """Makes its entries for a width in cells."""
    note: str = ""
    """For the lower border."""


class SheetDesk(EntityDesk):
    """The timeline, conflicts, origins, what hangs on one of them, what changed, what is to be found out."""

    _timed: tuple[Pack, Sheet] | None = None
    """The timeline of a pack: all documents it is about are read for it."""

    def open_sheet(self, view: str) -> None:
        """Turn to the sheet of that name, the cursor where it was if it is open already."""
        if not self.state.analysed:
            self.say("still reading the documents")
            return
        again = self.state.view == view
        if not again:
            self.remember()
        self.turn_to(view)
        self.fill_sheet(keep=again)
        self.focus_view()

    def fill_sheet(self, *, keep: bool) -> None:
        """Make the sheet that is open anew; with `keep` the cursor stays."""
        try:
            sheet = self._sheet(self.state.view, self.state.pack)
        except PackError as error:
            self.say_missing(error)
            title = self.state.view.capitalize()
            sheet = Sheet(title, lambda width: [heading("What belongs here cannot be read now.")])
        self.sheet.border_title = border_text(sheet.title)
        self.sheet.border_subtitle = border_text(sheet.note)
        self.sheet.fill(sheet.make, keep=keep)

    def _sheet(self, view: str, pack: Pack) -> Sheet:
        if view != "timeline":
            return self.sheets[view](pack)
        if self._timed is None or self._timed[0] is not pack:
            self._timed = pack, self.sheets[view](pack)
        return self._timed[1]

    def show_analysis(self) -> None:
        """Show who and what was found, and the matrix; the timeline is to be made anew."""
        self._timed = None
        super().show_analysis()

    @on(PackAnalysed)
    def get_ready(self) -> None:
        """Make the timeline beside the keys, of a pack that is read anyway: the first to ask for it would wait.

        Of a large pack nothing is read that nobody has asked for; what reads it, and what makes timelines, is loaded.
        """
        self.set_timer(_IDLE, self._begin_timeline)

    def _begin_timeline(self) -> None:
        if self._timed is None:
            Thread(target=self._make_timeline, args=(self.state.pack,), daemon=True).start()

    def _make_timeline(self, pack: Pack) -> None:
        with suppress(Exception):  # whatever is at fault is said to whoever asks for it
            if not all(document.is_at_hand for document in pack.documents):
                _load_timeline(pack)
                return
            timed = pack, _timeline(pack)
            if self.state.pack is pack and self._timed is None:
                self._timed = timed

    def _appraisal(self, pack: Pack) -> Sheet:
        from briefing.analysis.appraisal import facts_about
        from briefing.rendering.origins import appraisal_entries

        document = pack.document(self.state.appraised)
        facts = facts_about(document, self.state.mentions_in(document.id), pack.as_of)
        graded = [*_held(pack).grades[document.id].values()]
        marks = "".join(f"  {one.reliability}{one.credibility}" for one in graded)
        title = f"Source  {document.label}{marks}"
        return Sheet(title, lambda width: appraisal_entries(document, facts, graded, width))

    @property
    def sheets(self) -> dict[str, Callable[[Pack], Sheet]]:
        """What makes the sheet of each name."""
        return {
            "timeline": _timeline,
            "conflicts": _conflicts,
            "origins": _origins,
            "linchpins": _linchpins,
            "changes": _changes,
            "questions": _questions,
            "appraisal": self._appraisal,
        }

    @on(LineList.Chosen)
    def open_line(self, message: LineList.Chosen) -> None:
        """Go to the words, or to the cell, that a line of the sheet stands for."""
        from briefing.rendering.weighing import Place

        if message.list is not self.sheet:
            return
        if isinstance(message.value, Place):
            self.go_to_cell(message.value)
            return
        words = _words_of(message.value)
        if words is not None:
            places = [place for place in map(_words_of, self.sheet.values) if place is not None]
            self.state.run_through_quotes(self.state.view, places)
            self.go_to(*words)

    def go_to_cell(self, place: Place) -> None:
        """Put the cursor of the matrix on a cell, having noted where the officer was."""
        matrix = self.state.pack.matrix
        if matrix is None:
            return
        self.remember()
        self.turn_to("scenario")
        self.focus_view()
        columns = [constraint.id for constraint in matrix.scenario.constraints]
        column = columns.index(place.constraint) if place.constraint in columns else -1
        self.scenario.matrix.go_to_role(place.role, column)

    def action_timeline(self) -> None:
        """Show what happened, happens and is to happen, in order."""
        self.open_sheet("timeline")

    def action_conflicts(self) -> None:
        """Show the sentences that disagree; on that sheet, go to the next pair, round the end."""
        from briefing.rendering.conflicts import ConflictSide

        if self.state.view != "conflicts" or not self.sheet.has_focus:
            self.open_sheet("conflicts")
            return
        sides = [value for value in self.sheet.values if isinstance(value, ConflictSide)]
        pairs = list(dict.fromkeys(side.conflict_id for side in sides))
        here = self.sheet.value
        if isinstance(here, ConflictSide):
            following = pairs[(pairs.index(here.conflict_id) + 1) % len(pairs)]
            self.sheet.go_to(next(side for side in sides if side.conflict_id == following))

    def action_origins(self) -> None:
        """Show which documents repeat one another."""
        self.open_sheet("origins")

    def action_linchpins(self) -> None:
        """Show what each origin alone holds up."""
        self.open_sheet("linchpins")

    def action_changes(self) -> None:
        """Show what has changed since the last snapshot."""
        self.open_sheet("changes")

    def action_questions(self) -> None:
        """Show what is to be found out."""
        self.open_sheet("questions")


def _words_of(value: object) -> tuple[str, Span] | None:
    """The document and the words that a line of a sheet stands for; None where it stands for something else."""
    from briefing.rendering.conflicts import ConflictSide

    if isinstance(value, ConflictSide):
        return value.document, value.span
    return value if isinstance(value, tuple) else None


def _held(pack: Pack) -> Judgements:
    # The first screen need not wait for what makes them.
    from briefing.analysis.judgements import judgements

    return judgements(pack.events)


def _struck(pack: Pack) -> Struck:
    held = _held(pack)
    return {*held.struck_documents, *held.struck_quotes}


def _load_timeline(pack: Pack) -> None:
    """Load what reads documents, and what makes timelines, by making one of documents in which nothing stands."""
    endings = {FORMATS[document.format][0] for document in pack.documents[:_TIMED]}
    _timeline(pack, [parse_document(f"none{ending}", b"") for ending in endings])


def _timeline(pack: Pack, documents: Sequence[model.Document] = ()) -> Sheet:
    """The timeline of `documents`; without any of those that officers kept, and the first of the pack."""
    from briefing.analysis.timeline import timeline_of
    from briefing.analysis.triage import kept_first
    from briefing.rendering.strikes import is_struck
    from briefing.rendering.timeline import timeline_entries

    documents = documents or kept_first(pack, _held(pack).triaged, _TIMED, _MOST_TIMED)
    mentions = [mention for document in documents for mention in pack.mentions_in(document.id)]
    said = model.as_claims(pack.claims)
    claims = [claim for document in documents for claim in said.in_document(document.id)]
    entries = timeline_of(documents, mentions, claims, pack.as_of)
    struck = _struck(pack)
    overdue = sum(one.overdue and not is_struck(pack.document(one.document), one.span, struck) for one in entries)
    title = f"Timeline  {counted(len(entries), 'sentence')}, {overdue} overdue"
    is_whole = len(documents) == len(pack.documents)
    note = "" if is_whole else f"of {len(documents)} documents: those kept (K k), then the first of the pack"
    return Sheet(title, lambda width: timeline_entries(entries, pack.documents, pack.as_of, width, struck), note)


def _conflicts(pack: Pack) -> Sheet:
    from briefing.rendering.conflicts import conflict_entries

    still = sum(conflict.settled is None for conflict in pack.conflicts)
    title = f"Conflicts  {counted(still, 'open pair')}, {len(pack.conflicts) - still} settled"
    return Sheet(title, lambda width: conflict_entries(pack.conflicts, pack.documents, width, _struck(pack)))


def _origins(pack: Pack) -> Sheet:
    from briefing.rendering.origins import origin_entries

    title = f"Origins  {counted(len(pack.documents), 'document')} from {counted(len(pack.origins), 'origin')}"
    held = _held(pack)
    grades = {id: [*officers.values()] for id, officers in held.grades.items()}
    return Sheet(
        title, lambda width: origin_entries(pack.origins, pack.documents, width, held.struck_documents, grades)
    )


def _linchpins(pack: Pack) -> Sheet:
    from briefing.analysis.linchpins import linchpins
    from briefing.rendering.pages import document_entries
    from briefing.rendering.weighing import linchpin_entries

    matrix = pack.matrix
    if matrix is None:
        return Sheet("Linchpins", lambda width: [heading("This pack has no scenario.toml.")])
    found = linchpins(matrix, pack.origins)
    held = _held(pack)
    struck = document_entries([one for one in pack.documents if one.id in held.struck_documents], "")
    below = [heading("STRUCK", "holds up nothing; x lets it count again"), *struck] if struck else []
    title = "Linchpins  what each origin alone holds up"
    return Sheet(title, lambda width: [*linchpin_entries(found, pack.documents, matrix, width), *below])


def _changes(pack: Pack) -> Sheet:
    from briefing.analysis.changes import changes_since, quote_changes
    from briefing.rendering.weighing import change_entries

    snapshots = _held(pack).snapshots
    moved = quote_changes(pack)
    since = changes_since(pack, snapshots[-1]) if snapshots else ()

    def make(width: int) -> list[Entry]:
        entries = [heading("WORDS THAT DECISIONS REST ON"), *change_entries(moved, width)] if moved else []
        if not snapshots:
            return [*entries, heading("No snapshot has been taken: S takes one.")]
        taken = snapshots[-1]
        note = f"{taken.at:%Y-%m-%d %H:%M} by {taken.by}"
        return [*entries, heading("SINCE THE SNAPSHOT", note), *change_entries(since, width)]

    return Sheet(f"Changes  {len(since) + len(moved)}", make)


def _questions(pack: Pack) -> Sheet:
    from briefing.rendering.weighing import question_entries

    collected = _held(pack).collected
    title = f"To find out  {counted(len(collected), 'question')}"
    return Sheet(title, lambda width: question_entries(collected, width))
