"""How the program ends when told to from outside: what is on the screen kept, the terminal given back, and in time."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from threading import Timer, get_ident, main_thread
from types import FrameType
from typing import Any

from briefing.first_screen import ENDING

CRASHED = 70
"""Exit status after a fault of our own (EX_SOFTWARE of sysexits.h). Textual's is 0 after some, as after an invalid
byte."""
PATIENCE = 2.0
"""Seconds for an orderly end. Past it the program ends all the same: on a stalled line Textual stood still for 32."""


class Endings:
    """Listens to the signals that end a program, from `watch` to `unwatch`.

    Under Textual most left the alternate screen, raw mode and a hidden cursor behind, and nothing was saved.
    """

    def __init__(self, save: Callable[[], None], leave: Callable[[int], object], give_back: Callable[[], None]) -> None:
        """What is called when a signal ends the program.

        Args:
            save: Keeps what would be lost; at once, in the signal handler.
            leave: Asks the program for an orderly end with an exit status; in the event loop.
            give_back: Gives the terminal back without waiting for anything; in a thread, when there was no such end.
        """
        self._save = save
        self._leave = leave
        self._give_back = give_back
        self._loop: asyncio.AbstractEventLoop | None = None
        self._before: dict[int, Any] = {}
        self._ending = False

    @property
    def ending(self) -> bool:
        """Whether a signal has ended the program, and it is on its way out."""
        return self._ending

    def watch(self) -> None:
        """Listen, even to what is ignored: under nohup a program without its terminal would never end."""
        self._loop = asyncio.get_running_loop()
        for number in ENDING:
            self._before[number] = signal.signal(number, self._end)

    def unwatch(self) -> None:
        """Listen no longer. The time for an orderly end runs on: the program has not ended yet."""
        for number, handler in self._before.items():
            signal.signal(number, handler or signal.SIG_DFL)
        self._before.clear()

    def hang_up(self) -> None:
        """End as on SIGHUP; from any thread."""
        if not self._ending:
            signal.pthread_kill(main_thread().ident or get_ident(), signal.SIGHUP)

    def _end(self, number: int, _: FrameType | None) -> None:
        """Keep what would be lost and begin to leave. A handler of the loop would wait for as long as the loop does."""
        if self._ending:
            return
        self._ending = True
        # In the background, after a stop, whatever changes or writes to the terminal would stop the program for good.
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        status = 128 + number
        watchdog = Timer(PATIENCE, self._end_now, (status,))
        watchdog.daemon = True
        watchdog.start()
        with suppress(Exception):  # whatever is wrong with what it would keep, the program must end
            self._save()
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._leave, status)

    def _end_now(self, status: int) -> None:
        try:
            self._give_back()
        finally:
            os._exit(status)
