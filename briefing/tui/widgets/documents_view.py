"""The documents side by side: a window of one, two or three panes over all documents of the pack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping, Sequence

from textual.app import ComposeResult

from briefing.model import Document, Span
from briefing.rendering.marks import NO_MARKS, Marks
from briefing.rendering.theme import Theme
from briefing.tui.layout import MOST_PANES, first_pane, panes_for
from briefing.tui.widgets.containers import Beside
from briefing.tui.widgets.document_pane import DocumentPane


class DocumentsView(Beside):
    """Panes on neighbouring documents. It slides so that the current document is always in one of them."""

    def __init__(self, look: Theme, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._look = look
        self._documents: Sequence[Document] = ()
        self._offsets: dict[int, int] = {}
        self._first = 0
        self._leftmost = 0
        """Index of the document in the first pane, as long as the current one is then in another."""
        self._shown = 1
        self._room = 0
        self._marks: Callable[[int], Marks] = lambda index: NO_MARKS
        self.struck: Collection[str] = ()
        """Ids of the documents that count for nothing."""
        self._single = False
        self.current = 0
        """Index of the document that has the keys, or had them last."""

    def compose(self) -> ComposeResult:
        """As many panes as there may be room for; more come when the terminal gets wider."""
        yield from self._new_panes(0, panes_for(MOST_PANES, self.app.size.width))

    def _new_panes(self, begin: int, end: int) -> list[DocumentPane]:
        return [DocumentPane(self._look, id=f"pane-{number}") for number in range(begin, end)]

    @property
    def panes(self) -> list[DocumentPane]:
        """The panes on the screen, from left to right."""
        return list(self.query(DocumentPane))[: self._shown]

    @property
    def indexes(self) -> range:
        """Indexes of the documents on the screen."""
        return range(self._first, self._first + self._shown)

    def share(self, room: int) -> None:
        """Divide `room` cells among the panes: as wide as the view is to be, which may not be laid out yet."""
        if room != self._room:
            self._room = room
            self._arrange()

    def show_only_current(self, single: bool) -> None:
        """Give the current document all the room, or share it again."""
        if single != self._single:
            self._single = single
            self._arrange()

    @property
    def pane(self) -> DocumentPane:
        """The pane of the current document."""
        return self.panes[self.current - self._first]

    def show(self, documents: Sequence[Document], marks: Callable[[int], Marks]) -> None:
        """Show these documents, each with the marks that `marks` gives for its index."""
        self._documents = documents
        self._marks = marks
        self._arrange()

    def refresh_marks(self) -> None:
        """Mark the documents on the screen anew."""
        for number, pane in enumerate(self.panes):
            if pane.document is not None:
                self._mark(pane, self._first + number)

    def open(self, index: int, span: Span | None = None) -> DocumentPane:
        """Make document number `index` current, with the words at `span` on the screen; its pane."""
        self.current = index
        self._arrange()
        self._leftmost = self._first
        if span is not None:
            self.pane.go_to(span)
        return self.pane

    def restore(self, index: int, offset: int) -> DocumentPane:
        """Make document number `index` current with character `offset` at the top; its pane."""
        self._offsets[index] = offset
        self.current = index
        self._arrange(restored=(index,))
        self._leftmost = self._first
        return self.pane

    @property
    def offsets(self) -> Mapping[int, int]:
        """The first character shown of every document that was ever on the screen, by its index."""
        return self._offsets | {self._first + number: pane.top for number, pane in enumerate(self.panes)}

    @property
    def leftmost(self) -> int:
        """Index of the document in the first pane, where there is room for that and the current one."""
        return self._leftmost

    def put(self, offsets: Mapping[int, int], leftmost: int, current: int) -> None:
        """Make document number `current` current, and let each show the character of `offsets` at the top.

        As far as there is room, document number `leftmost` is in the first pane.
        """
        self._offsets |= offsets
        self._leftmost, self.current = leftmost, current
        self._arrange(restored=offsets)

    def take(self, documents: Sequence[Document], offsets: Mapping[int, int], leftmost: int, current: int) -> None:
        """Go on with other documents, each with the character of `offsets` at the top; the rest as for `put`.

        A document that is on the screen already stays as it is.
        """
        self._documents, self._offsets = documents, dict(offsets)
        self._leftmost, self.current = leftmost, current
        self._shown = 0  # what was shown has other numbers now
        self._arrange()

    def took_focus(self, pane: DocumentPane) -> None:
        """Make the document of `pane` the current one."""
        if pane in self.panes:
            self.current = self._first + self.panes.index(pane)

    def _arrange(self, restored: Container[int] = ()) -> None:
        if not self._documents:
            return
        shown = panes_for(1 if self._single else len(self._documents), self._room)
        there = len(self.query(DocumentPane))
        if there < shown:
            self.mount(*self._new_panes(there, shown))
        first = first_pane(self._leftmost, self.current, shown, len(self._documents))
        all_panes = list(self.query(DocumentPane))
        for number, pane in enumerate(all_panes[: self._shown]):
            if pane.document is not None and self._first + number not in restored:
                self._offsets[self._first + number] = pane.top
        had_keys = any(pane.has_focus for pane in all_panes)
        self._first, self._shown = first, shown
        for number, pane in enumerate(all_panes):
            pane.display = number < shown
            if number < shown:
                index = first + number
                if pane.document is not self._documents[index] or index in restored:
                    pane.show(self._documents[index], self._offsets.get(index, 0))
                self._mark(pane, index)
        if had_keys:
            # The current document has the keys, in whichever pane it is now.
            self.pane.focus()

    def _mark(self, pane: DocumentPane, index: int) -> None:
        pane.mark(self._marks(index), "STRUCK" if self._documents[index].id in self.struck else "")
