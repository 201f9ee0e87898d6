"""What takes the output to the terminal, in a thread of its own: a line that stands still must not stop the program."""

from __future__ import annotations

import os
import select
from collections.abc import Callable
from threading import Condition, Thread

_CHUNK = 4096
"""Bytes handed to the terminal at once; as much as the kernel takes of one call to write to a terminal."""


class TerminalWriter(Thread):
    """Hands text to a terminal in order, and says when the terminal has taken it all.

    The framework's own writer holds thirty frames and then blocks whoever writes: on a stalled line the event loop
    stood still for 32 seconds, and the line was then busy with frames nobody needed any more. This one never blocks,
    and whoever makes frames waits with the next one until the last is gone. The terminal's descriptor is left as it
    is: O_NONBLOCK would be shared with the shell that started the program.
    """

    def __init__(self, descriptor: int, encode: Callable[[str], bytes]) -> None:
        """`descriptor` is open on the terminal; `encode` makes the bytes that it understands."""
        super().__init__(name="terminal-writer", daemon=True)
        self._descriptor = descriptor
        self._encode = encode
        self._changed = Condition()
        self._waiting = bytearray()
        self._sending = False
        self._stopping = False
        self._gone = False
        self._then: Callable[[], None] | None = None

    def write(self, text: str) -> None:
        """Let `text` be sent after all that was written before; returns at once. What cannot be sent is forgotten."""
        data = self._encode(text)
        with self._changed:
            if not self._gone and not self._stopping:
                self._waiting += data
                self._changed.notify_all()

    def flush(self) -> None:
        """Do nothing: what is written is sent as soon as the terminal takes it."""

    def isatty(self) -> bool:
        """Say what the framework wants to hear: it asks before it writes."""
        return True

    def fileno(self) -> int:
        """The descriptor of the terminal."""
        return self._descriptor

    @property
    def gone(self) -> bool:
        """Whether the terminal has hung up. What is written then goes nowhere."""
        with self._changed:
            return self._gone

    def busy(self, then: Callable[[], None]) -> bool:
        """Whether something has still to be sent.

        If so, `then` is called once all is sent: in this thread, once, and in place of what an earlier call asked for.
        A terminal that hung up is busy for good.
        """
        with self._changed:
            if self._waiting or self._sending:
                self._then = then
                return True
            return self._gone

    def stop(self, timeout: float = 1.0) -> bool:
        """Send what waits and end, within `timeout` seconds; whether all was sent.

        If not, nothing more is sent than the kernel has been given: the thread, a daemon, ends with the program at the
        latest.
        """
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self.join(timeout)
        sent = not self.is_alive() and not self.gone
        if not sent:
            self._hang_up()
        return sent

    def run(self) -> None:
        """Send what is written until told to stop."""
        while data := self._take():
            try:
                self._send(data)
            except OSError:
                self._hang_up()
                return
            self._sent()

    def _take(self) -> bytes:
        """All that waits, as soon as there is something; nothing once there is nothing to do any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._stopping)
            data = bytes(self._waiting)
            self._waiting.clear()
            self._sending = bool(data)
            return data

    def _send(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest and not self.gone:
            # Somebody else may have set the descriptor not to block.
            select.select([], [self._descriptor], [])
            try:
                rest = rest[os.write(self._descriptor, rest[:_CHUNK]) :]
            except BlockingIOError:
                continue

    def _sent(self) -> None:
        with self._changed:
            self._sending = False
            if self._waiting:
                return
            then, self._then = self._then, None
        if then is not None:
            then()

    def _hang_up(self) -> None:
        with self._changed:
            self._gone = True
            self._sending = False
            self._waiting.clear()
            self._then = None
