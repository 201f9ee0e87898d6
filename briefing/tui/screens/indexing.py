"""Indexing on the desk: how far the index of a large pack is, which is made beside the keys, and how to hold it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from briefing.model import Pack
from briefing.rendering.bars import opening_notice
from briefing.rendering.indexing import progress_words
from briefing.tui.messages import IndexingTold
from briefing.tui.screens.ask import Choice, KeyScreen
from briefing.tui.screens.watching import WatchingDesk

if TYPE_CHECKING:
    from briefing.storage.index.apart import IndexingProcess
    from briefing.storage.index.indexing import Progress

_ROOM = 3
"""Parts of the first row, of which the progress has one less: the title is to be read as well."""
_PAUSE, _GO_ON, _STOP = "pause", "go on", "stop"


class IndexingDesk(WatchingDesk):
    """Says how far the index is, and lets the officer pause and stop it."""

    _indexer: IndexingProcess | None = None
    _progress: Progress | None = None

    def keep_up_with_indexing(self, indexing: IndexingProcess) -> None:
        """Say how far `indexing` is, until it has ended."""
        self._indexer = indexing

    def follow(self, indexing: IndexingProcess) -> None:
        """Hear how far `indexing` is, until it has ended; in a thread."""
        indexing.follow(self._hear)

    def take_pack(self, pack: Pack) -> None:
        """Go on with what was found: the index is there, or will not be."""
        was_busy = bool(self.state.busy) or self._indexer is not None
        self._indexer, self.state.busy = None, ""
        super().take_pack(pack)
        if was_busy:
            self.say(opening_notice(self.state.pack))

    def give_up(self, fault: str) -> None:
        """Go on without what could not be found."""
        self._indexer, self.state.busy = None, ""
        super().give_up(fault)

    def on_unmount(self) -> None:
        """What was indexed is kept; it goes on from there next time."""
        super().on_unmount()
        if self._indexer is not None:
            self._indexer.stop()

    def _hear(self, progress: Progress) -> None:
        self.post_message(IndexingTold(progress))

    @on(IndexingTold)
    def tell(self, message: IndexingTold) -> None:
        """Say on the first row how far the index is."""
        self._progress = message.progress
        if self._indexer is not None:
            self._write_progress()

    def _write_progress(self) -> None:
        if self._indexer is None or self._progress is None:
            return
        room = self.size.width * (_ROOM - 1) // _ROOM
        self.state.busy = "paused: Z goes on" if self._indexer.is_paused else progress_words(self._progress, room)
        self.write_bars()

    def action_indexing(self) -> None:
        """Ask whether to pause the indexing, to go on, or to stop it."""
        indexing = self._indexer
        if indexing is None:
            self.say(
                "what is left is found here, and cannot be held up" if self.state.busy else "nothing is being indexed"
            )
            return
        told = progress_words(self._progress, 0) if self._progress else "just begun"
        choices: tuple[Choice, ...] = (
            ("g", _GO_ON, "go on") if indexing.is_paused else ("p", _PAUSE, "pause it"),
            ("s", _STOP, "stop it: what is done is kept; the rest is found here, slowly"),
        )

        async def decided(answer: object) -> None:
            {_PAUSE: indexing.pause, _GO_ON: indexing.go_on, _STOP: indexing.stop}[str(answer)]()
            self._write_progress()
            if answer == _STOP:
                self._indexer, self.state.busy = None, "finding the rest …"
                self.write_bars()

        self.put_question(KeyScreen(self.look, f"Indexing: {told}", choices), decided)
