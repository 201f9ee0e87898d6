"""The thread that reads the terminal."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from select import select
from threading import Event, Thread

from textual.message import Message

from briefing.tui.terminal.input import InputParser

_PACKET = 4096
"""Bytes read at once: all that the kernel holds for a terminal."""


class TerminalReader(Thread):
    """Reads the terminal, and sleeps as long as there is nothing to read.

    Textual's looks ten times a second whether it should end, and takes the end of input, which never ends, for nothing:
    an orphan made 31,000 empty reads a second.
    """

    def __init__(
        self,
        terminal: int,
        parser: InputParser,
        hear: Callable[[list[Message], Event], None],
        end: Callable[[Exception | None], None],
    ) -> None:
        """What it calls, it calls in this thread.

        Args:
            terminal: The descriptor to read.
            parser: Makes messages of the bytes.
            hear: Is given messages, and sets the event once they are taken: until then nothing more is read, so that no
                flood of keys fills the memory.
            end: Is told that nothing more can be read; of the fault, if it is one of ours.
        """
        super().__init__(name="terminal-reader", daemon=True)
        self._terminal = terminal
        self._parser = parser
        self._hear = hear
        self._end = end
        self._woken, self._wake = os.pipe()
        self._taken = Event()
        self._stopped = False

    def stop(self) -> None:
        """End, at once; from another thread."""
        self._stopped = True
        self._taken.set()
        os.write(self._wake, b"\0")
        self.join()
        os.close(self._woken)
        os.close(self._wake)

    def run(self) -> None:
        """Read until told to stop, or until the line drops."""
        try:
            while not self._stopped and self._read():
                pass
        except Exception as error:  # noqa: BLE001 - a keyboard must not go dead in silence
            self._end(error)

    def _read(self) -> bool:
        """Hand on what comes next; False when no more can come: the input of a dropped line ends, or fails."""
        ready, _, _ = select([self._terminal, self._woken], [], [], self._parser.patience())
        data = None
        if self._terminal in ready:
            try:
                data = os.read(self._terminal, _PACKET)
            except BlockingIOError:  # somebody else may have set the descriptor not to block
                return True
            except OSError:
                data = b""
        if data == b"":
            self._end(None)
            return False
        now = time.monotonic()
        self._hand_on(self._parser.feed(data, now) if data else self._parser.expire(now))
        return True

    def _hand_on(self, messages: list[Message]) -> None:
        self._taken.clear()
        # In this order: whoever stops us sets the event after saying so.
        if messages and not self._stopped:
            self._hear(messages, self._taken)
            self._taken.wait()
