"""A line to a terminal that can be slow, stall and drop, with a program at its end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PATIENCE = 30.0
"""Seconds after which something that does not come is a failure."""
BRIEFING = (sys.executable, "-m", "briefing")
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")


class Line:
    """`program` at the end of a line, the first of its session. Nothing is read unless asked for."""

    def __init__(
        self,
        program: Sequence[str | Path],
        *,
        typed: bytes = b"",
        nohup: bool = False,
        folder: Path | None = None,
        size: tuple[int, int] = (80, 24),
        handed: Sequence[int] = (),
        **environment: str,
    ) -> None:
        """`typed` is in the terminal before the program starts; with `nohup` it is to ignore that the line drops.

        `size` is that of the terminal, in columns and rows; `handed` are descriptors that the program has as well.
        """
        self.master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.before = self.attributes()
        """Attributes of the terminal before the program had it."""
        self.raw = b""
        """What was read so far."""
        self.press(typed)

        def prepare() -> None:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # what runs the tests in the background may ignore it
            if nohup:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)

        self.process = subprocess.Popen(
            list(program),
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env={**os.environ, "TERM": "xterm-256color", **environment},
            cwd=folder,
            start_new_session=True,
            pass_fds=handed,
            preexec_fn=prepare,  # noqa: PLW1509 - no thread is running in a test
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for descriptor in (self.master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)

    def attributes(self) -> list[Any]:
        """Those of the terminal now."""
        return termios.tcgetattr(self._slave)

    def set_attributes(self, attributes: list[Any]) -> None:
        """Change those of the terminal, as another program would."""
        termios.tcsetattr(self._slave, termios.TCSANOW, attributes)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: bytes) -> None:
        """Send `keys`, all at once."""
        if keys:
            os.write(self.master, keys)

    def read_until(self, holds: Callable[[bytes], bool], what: str) -> bytes:
        """Read until `holds` is true of what is read from now on; that."""
        begin, end = len(self.raw), time.monotonic() + PATIENCE
        while not holds(self.raw[begin:]):
            if not self._read(end - time.monotonic()):
                message = f"no {what} in {self.raw[begin:]!r}"
                raise AssertionError(message)
        return self.raw[begin:]

    def wait_for(self, *words: bytes) -> bytes:
        """Read until all `words` have come from now on."""
        return self.read_until(lambda data: all(word in data for word in words), repr(words))

    def read_for(self, seconds: float) -> bytes:
        """What comes in so much time."""
        begin, end = len(self.raw), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)
        return self.raw[begin:]

    def _read(self, seconds: float) -> bool:
        if seconds <= 0 or not select.select([self.master], [], [], min(seconds, 0.2))[0]:
            return seconds > 0
        try:
            self.raw += os.read(self.master, 65536)
        except OSError:
            return False
        return True

    def drop(self) -> None:
        """Hang up, as the server does when the connection has died."""
        os.close(self._slave)
        os.close(self.master)
        self.master = self._slave = -1

    def status(self, within: float = PATIENCE) -> int:
        """Wait for the end of the program, reading what it sends; its exit status. Fails if it takes longer."""
        end = time.monotonic() + within
        while self.master >= 0 and self.process.poll() is None and time.monotonic() < end:
            self.read_for(0.02)
        try:
            status = self.process.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            message = f"still there after {within} seconds"
            raise AssertionError(message) from error
        if self.master >= 0:
            self.read_for(0.05)
        return status

    def left_on(self) -> set[bytes]:
        """Private modes that are not as a terminal begins."""
        modes: dict[bytes, bool] = {}
        for numbers, switch in _MODE.findall(self.raw):
            modes.update(dict.fromkeys(numbers.split(b";"), switch == b"h"))
        begins_on = (b"7", b"25")
        return {mode for mode, on in modes.items() if on != (mode in begins_on)}

    def wake_ups(self) -> int:
        """How often the threads of the program have slept so far."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        statuses = [(task / "status").read_text(encoding="ascii") for task in sorted(tasks.iterdir())]
        return sum(
            int(line.split()[1]) for text in statuses for line in text.splitlines() if line.startswith("voluntary")
        )

    def threads(self) -> int:
        """Of the program, now."""
        return len(list(Path(f"/proc/{self.process.pid}/task").iterdir()))
