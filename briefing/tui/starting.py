"""The start of the terminal application: what waits for the first screen, and how it goes on from a painted one."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from textual import events, on
from textual.message import Message
from textual.timer import Timer

from briefing.commands import COMMANDS, Scope
from briefing.model import Pack
from briefing.tui.key_queue import ONE_FRAME, KeyQueue, Typed, has_caught_up
from briefing.tui.messages import PackAnalysed, PackFailed
from briefing.tui.screens.desk import DeskScreen
from briefing.tui.terminal.app import TerminalApp
from briefing.tui.widgets.document_pane import DocumentPane

_LONGEST_WAIT = 3.0
"""Seconds that a key waits for the findings it was meant for, on a screen painted before the program was there."""
_ROUNDS = 2
"""How often in a row nothing may have changed, every part of the desk having caught up, before all stands still."""
_MOVES = {key for command in COMMANDS if command.scope is Scope.LIST and command.id != "open" for key in command.keys}
_LEAVES = {key for command in COMMANDS if command.id == "quit" for key in command.keys}


class StartingApp(TerminalApp):
    """Puts up the desk, has the documents analysed, and keeps a painted screen until all that it shows is there."""

    def __init__(self, analyse: Callable[[], Pack] | None) -> None:
        """`analyse` makes what the pack of the desk lacks; in a thread."""
        super().__init__()
        self._analyse = analyse
        self._keys = KeyQueue(self, super().on_event, self._may_act)
        self._beginning: asyncio.Task[None] | None = None
        self._settling: asyncio.Task[None] | None = None
        self._giving_up: Timer | None = None

    @property
    def desk(self) -> DeskScreen:
        """The desk."""
        raise NotImplementedError

    def get_default_screen(self) -> DeskScreen:
        """The desk: an empty screen under it would be laid out and painted as well."""
        return self.desk

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheet anew; until there is a screen it has not been read yet, and will be once."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        """Find what was not yet found in the documents, once they are on the screen."""
        # Whatever is done before the documents are on the screen delays them.
        self.desk.call_after_refresh(self._begin_work)

    def _begin_work(self) -> None:
        if not gc.isenabled():
            # What was made so far stays to the end: it need not be looked through for garbage, ever.
            gc.freeze()
            gc.enable()
        self._beginning = asyncio.create_task(self._begin())

    async def _begin(self) -> None:
        """Complete the desk and have the documents analysed, after what was typed so far: all would take turns."""
        await has_caught_up(self)
        with suppress(TimeoutError):  # a key may be waiting for what is to be found
            await asyncio.wait_for(self._keys.heard(), ONE_FRAME)
            await has_caught_up(self.desk, drawn=True)
        try:
            await self.desk.complete()
        except Exception as error:  # noqa: BLE001 - in a task of its own nobody else hears of it
            if not self._exit:  # whoever leaves at once takes down what is just being put up
                self._handle_exception(error)
            return
        self._keys.look_again()
        if self._analyse is not None:
            Thread(target=_run_analysis, args=(self._analyse, self.desk), daemon=True).start()

    def post_display_hook(self) -> None:
        """See whether a key waits for what is there now."""
        self._keys.look_again()

    def _may_act(self, key: Typed) -> bool:
        """Whether all is there that `key` can be meant for.

        Until the desk is whole, and while a painted screen stands for findings that are still to come, a key waits; but
        a document can be read on, if it is as it was painted.
        """
        if self.desk.is_whole and not self.is_painted:
            return True
        if self.is_painted and self._giving_up is None:
            self._giving_up = self.set_timer(_LONGEST_WAIT, self.settle)
        if not isinstance(key, events.Key) or self.screen is not self.desk:
            return False
        pane = self.focused
        reads_on = key.key in _MOVES and isinstance(pane, DocumentPane)
        if self.is_painted and isinstance(pane, DocumentPane):
            reads_on = reads_on and self.is_as_painted(pane.region)
            if reads_on:
                self.follow_keys()
        return reads_on or key.key in _LEAVES

    @on(PackAnalysed)
    @on(PackFailed)
    def _settle_soon(self) -> None:
        """Once all that came with the findings is drawn, let it take the place of what was painted."""
        if self.is_painted or self.is_only_drawn:
            self.hold_still()
            self._settling = asyncio.create_task(self._settle())

    async def _settle(self) -> None:
        still = 0
        while still < _ROUNDS:
            before = self.cells_wanted()
            for part in (self, *self.desk.walk_children(with_self=True)):
                await has_caught_up(part)
            await has_caught_up(self.desk, drawn=True)
            still = still + 1 if self.cells_wanted() == before else 0
        self.settle()

    def settle(self) -> None:
        """Show what is wanted, and act on the keys that waited for it."""
        super().settle()
        self._keys.look_again()


def _run_analysis(analyse: Callable[[], Pack], desk: DeskScreen) -> None:
    """Hand the desk what `analyse` makes, or why it could not; for a thread."""
    try:
        message: Message = PackAnalysed(analyse())
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the documents can still be read
        message = PackFailed(f"{type(error).__name__}: {error}")
    desk.post_message(message)
