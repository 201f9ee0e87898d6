"""Indexing on the desk: how far the index of a large pack is, which is made beside the keys, and how to hold it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from briefing.model import Pack
from briefing.rendering.bars import opening_notice
from briefing.storage.large_pack import INDEX
from briefing.tui.messages import IndexingEnded, IndexingTold
from briefing.tui.screens.watching import WatchingDesk

if TYPE_CHECKING:
    from briefing.storage.index.apart import IndexingProcess
    from briefing.storage.index.indexing import Progress
    from briefing.storage.watching import WatchedPack
    from briefing.tui.screens.ask import Choice

_ROOM = 3
"""Parts of the first row, of which the progress has one less: the title is to be read as well."""
_REST = "finding the rest …"
_PAUSE, _GO_ON, _STOP = "pause", "go on", "stop"


class IndexingDesk(WatchingDesk):
    """Says how far the index is, and lets the officer pause and stop it."""

    _indexer: IndexingProcess | None = None
    _progress: Progress | None = None
    is_indexing = False
    """Whether the pack is being indexed beside the desk."""
    _was_asked = False
    """Whether it was, or was to be, since the look for changes began."""

    def keep_up_with_indexing(self, indexing: IndexingProcess, *, at_once: bool) -> None:
        """Say how far `indexing` is whenever it is at work: `at_once`, and when the pack changes."""
        self._indexer, self.is_indexing = indexing, at_once

    def index(self) -> None:
        """Have the index brought up to date, until that has ended; in a thread."""
        if self._indexer is not None:
            self.is_indexing = self._was_asked = True
            self.post_message(IndexingEnded(self._indexer.follow(self._hear)))

    def look_for_changes(self, watched: WatchedPack) -> None:
        """As `WatchingDesk.look_for_changes`; whatever was found for that is found by then."""
        self._was_asked = False
        super().look_for_changes(watched)
        if self._was_asked:
            self.post_message(IndexingEnded(is_whole=True))

    def take_pack(self, pack: Pack) -> None:
        """Go on with what was found: the index is there, or will not be."""
        was_listed = pack.documents is not self.state.pack.documents
        self.is_indexing, self.state.busy = False, ""
        super().take_pack(pack)
        if was_listed or any(problem.path == INDEX for problem in pack.problems):
            self.say(opening_notice(self.state.pack))

    def give_up(self, fault: str) -> None:
        """Go on without what could not be found."""
        self.is_indexing, self.state.busy = False, ""
        super().give_up(fault)

    def on_unmount(self) -> None:
        """What was indexed is kept; it goes on from there next time."""
        super().on_unmount()
        if self._indexer is not None:
            self._indexer.leave()

    def _hear(self, progress: Progress) -> None:
        self.post_message(IndexingTold(progress))

    @on(IndexingTold)
    def tell(self, message: IndexingTold) -> None:
        """Say on the first row how far the index is."""
        self._progress = message.progress
        self._write_progress()

    @on(IndexingEnded)
    def tell_the_end(self, message: IndexingEnded) -> None:
        """Say that what is left is found here, or nothing any more."""
        self._end("" if message.is_whole else _REST)

    def _end(self, busy: str) -> None:
        self.is_indexing, self._progress, self.state.busy = False, None, busy
        self.write_bars()

    def _write_progress(self) -> None:
        if self._indexer is None or self._progress is None or not self.is_indexing:
            return
        from briefing.rendering.indexing import progress_words

        room = self.size.width * (_ROOM - 1) // _ROOM
        self.state.busy = "paused: Z goes on" if self._indexer.is_paused else progress_words(self._progress, room)
        self.write_bars()

    def action_indexing(self) -> None:
        """Ask whether to pause the indexing, to go on, or to stop it."""
        indexing = self._indexer
        if indexing is None or not self.is_indexing:
            self.say(
                "what is left is found here, and cannot be held up" if self.state.busy else "nothing is being indexed"
            )
            return
        from briefing.rendering.indexing import progress_words
        from briefing.tui.screens.ask import KeyScreen

        told = progress_words(self._progress, 0) if self._progress else "just begun"
        choices: tuple[Choice, ...] = (
            ("g", _GO_ON, "go on") if indexing.is_paused else ("p", _PAUSE, "pause it"),
            ("s", _STOP, "stop it: what is done is kept; the rest is found here, slowly"),
        )

        async def decided(answer: object) -> None:
            {_PAUSE: indexing.pause, _GO_ON: indexing.go_on, _STOP: indexing.stop}[str(answer)]()
            self._write_progress()
            if answer == _STOP:
                self._end(_REST)

        self.put_question(KeyScreen(self.look, f"Indexing: {told}", choices), decided)
