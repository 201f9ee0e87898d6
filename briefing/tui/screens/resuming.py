"""Going on where the last session with a pack ended: the desk as plain values, and these on the desk again."""

from __future__ import annotations

from briefing.model import Pack, Span
from briefing.rendering.bars import opening_notice
from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal
from briefing.storage.session import Session
from briefing.tui.screens.triage import TriageDesk


class ResumingDesk(TriageDesk):
    """Takes up what was open, where, and what was chosen. What the pack no longer has is passed over."""

    def __init__(
        self,
        pack: Pack,
        look: Theme,
        analysed: bool,
        journal: Journal | None = None,
        session: Session | None = None,
    ) -> None:
        """`session` is what to go on with; None to begin anew."""
        super().__init__(pack, look, analysed, journal)
        self.is_whole = analysed or (session is not None and session.view != "documents")
        self._waiting = session
        """What is to be taken up once the pack is analysed."""
        self._left_at = self._whereabouts()
        """Where the desk stood when it was opened."""

    def session(self) -> Session:
        """What is on the desk; until the pack is analysed, what was on it when it was left."""
        if self._waiting is not None:
            return self._waiting
        state, documents, matrix = self.state, self.state.pack.documents, self.scenario.matrix
        current, words = documents[self.documents.current], state.words(self.documents.current)
        return Session(
            view=state.view,
            source=state.appraised,
            line=self.sheet.cursor,
            document=current.id,
            first=documents[self.documents.leftmost].id,
            offsets=tuple((documents[index].id, offset) for index, offset in self.documents.offsets.items() if offset),
            words=(words.start, current.quote(words)) if words else (0, ""),
            zoomed=self.zoomed,
            focus=self.place_of_keys(),
            filter=self.sidebar.input.value,
            entity=(str(state.chosen.type), state.chosen.key[1]) if state.chosen else ("", ""),
            query=state.query,
            everywhere=state.everywhere,
            role=matrix.role_row.role.id if matrix.role_row else "",
            constraint=matrix.constraint,
            order=str(state.arrangement.order) if state.is_arranged else "",
            only=str(state.arrangement.only or "") if state.is_arranged else "",
            ranking=state.ranking,
            relaxed=tuple(sorted(state.relaxed)),
            drafts=tuple(state.drafts.items()),
        )

    def begin(self) -> None:
        """Show the documents where they were left; the rest follows once it was found in them."""
        super().begin()
        session, pack = self._waiting, self.state.pack
        if session is None:
            return
        self.state.drafts = dict(session.drafts)
        if session.order or session.only:
            from briefing.analysis.triage import arrangement_of

            self.state.arrangement = arrangement_of(session.order, session.only)
        self._take_up_documents(session)
        if session.view == "scenario" and pack.scenario is not None:
            self.turn_to("scenario")
        elif session.view == "documents" and session.zoomed == "documents":
            self.zoomed = "documents"
        self.focus_view()
        self._left_at = self._whereabouts()
        if self.state.analysed:
            self._take_up_findings(session)

    def take_pack(self, pack: Pack) -> None:
        """Go on with what was found, chosen as it was."""
        super().take_pack(pack)
        if self._waiting is not None:
            self._take_up_findings(self._waiting)

    def give_up(self, fault: str) -> None:
        """Go on without what could not be found."""
        self._waiting = None
        super().give_up(fault)

    def _whereabouts(self) -> tuple[str, int]:
        """What differs once the officer has gone somewhere."""
        return self.state.view, len(self.state.trail)

    def _take_up_documents(self, session: Session) -> None:
        documents = self.state.pack.documents
        left = session.left_in(documents)
        start, words = session.words
        if words and documents[left.current].text.startswith(words, start):
            self.state.current = (left.current, Span(start, start + len(words)))
        self.documents.put(left.offsets, left.first, left.current)
        self.documents.refresh_marks()

    def _take_up_findings(self, session: Session) -> None:
        self._waiting = None
        self._take_up_scenario(session)
        self._take_up_chosen(session)
        self.sidebar.input.value = session.filter
        if self._whereabouts() == self._left_at:
            self._take_up_view(session)
        topics = ", ".join(topic for topic, _ in session.drafts)
        besides = ["back where you were", *([f"half-written: {topics}"] if topics else ())]
        self.say(opening_notice(self.state.pack, besides))

    def _take_up_scenario(self, session: Session) -> None:
        state, matrix = self.state, self.state.pack.matrix
        if matrix is None:
            return
        columns = [constraint.id for constraint in matrix.scenario.constraints]
        state.relaxed = frozenset(session.relaxed).intersection(columns)
        state.ranking = session.ranking
        self.show_matrix()
        column = columns.index(session.constraint) if session.constraint in columns else -1
        if session.role:
            self.scenario.matrix.go_to_role(session.role, column)
        elif column >= 0:
            self.scenario.matrix.go_to(-1, column)

    def _take_up_chosen(self, session: Session) -> None:
        type, name = session.entity
        entity = self.state.entity((type, name))
        words = self.state.current
        if entity is not None:
            self.state.choose(entity.key)
            self.list_card()
            self.sidebar.fill(self.entity_entries)
        elif session.query and session.everywhere:
            self.look_up(session.query)
        elif session.query:
            self.state.find(session.query, self.documents.current, 0)
        self.state.current = words
        self.documents.refresh_marks()

    def _take_up_view(self, session: Session) -> None:
        state = self.state
        state.appraised = session.source if session.source in {one.id for one in state.pack.documents} else ""
        is_sheet = session.view in self.sheets and (session.view != "appraisal" or state.appraised)
        if is_sheet:
            self.turn_to(session.view)
            self.sheet.cursor = max(0, session.line)
            self.fill_sheet(keep=True)
        self.zoomed = session.zoomed if session.zoomed in ("documents", "mentions", "matrix", "evidence") else ""
        self.focus_view()
        self.give_keys_to(session.focus)
