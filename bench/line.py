"""A program in a pseudo-terminal: what it sends and when, and what is on its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import NamedTuple, Self

import pyte

ROOT = Path(__file__).resolve().parent.parent
BRIEFING = (sys.executable, "-c", "import sys; from briefing.__main__ import run; sys.exit(run())")
"""As the command does it that an installer makes."""
PATIENCE = 60.0
"""Seconds until what is waited for must be there."""
STILL = 0.05
"""Seconds without a byte after which it is worth looking at the screen."""
_ESCAPE = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")
_LEFT_OUT = ("COLORTERM", "LANGUAGE", "LESS", "NO_COLOR", "PYTHONDONTWRITEBYTECODE")
_LEFT_OUT_BEGINS = ("BRIEFING_", "LC_", "TEXTUAL", "XDG_")


class Answer(NamedTuple):
    """What a key made a program send."""

    seconds: float
    """From the key to the last byte; 0 without any."""
    bytes: int


class Line:
    """`command` in a pseudo-terminal of `size` columns and rows, its home in `home`, started from this checkout."""

    def __init__(
        self,
        command: Sequence[str],
        home: Path | str,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`environment` is added to this process's, without what would make one terminal unlike another."""
        columns, rows = size
        self.sent = bytearray()
        """All that the program has sent."""
        self.last = 0.0
        """Seconds from the start to the last of it."""
        self._drawn = 0
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in _LEFT_OUT and not name.startswith(_LEFT_OUT_BEGINS)
        }
        self._began = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env={**kept, "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment},
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - no thread is running here
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)

    @property
    def pid(self) -> int:
        """Of the program."""
        return self._process.pid

    @property
    def rows(self) -> list[str]:
        """What is on the screen."""
        # Drawn only when asked for, so that drawing delays no reading.
        self._stream.feed(bytes(self.sent[self._drawn :]))
        self._drawn = len(self.sent)
        return list(self._screen.display)

    def now(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._began

    def press(self, keys: str) -> None:
        """Type `keys`, all at once."""
        os.write(self._master, keys.encode())

    def read(self, wait: float) -> int:
        """Read what has come, or comes within `wait` seconds; how many bytes."""
        if not select.select([self._master], [], [], wait)[0]:
            return 0
        try:
            data = os.read(self._master, 65536)
        except OSError:  # nobody has the terminal any more
            time.sleep(0.001)
            return 0
        self.last = self.now()
        self.sent += data
        return len(data)

    def until(self, *words: str, after: int = 0, patience: float = PATIENCE) -> float:
        """Read until all `words` came after byte `after`, or are on the screen; seconds from the start to then.

        Raises `TimeoutError` after `patience` seconds.
        """
        end = time.perf_counter() + patience
        while time.perf_counter() < end:
            if self.read(STILL):
                come = _ESCAPE.sub(b"", bytes(self.sent[after:])).decode("utf-8", "replace")
                if all(word in come for word in words):
                    return self.last
            # Only what changed is sent: of a word that stood there in part, no more than the rest comes.
            elif len(self.sent) > after and all(word in "\n".join(self.rows) for word in words):
                return self.last
        raise TimeoutError(f"no {words} on the screen:\n" + "\n".join(self.rows))

    def answer(self, keys: str, quiet: float, first: float = 0.0) -> Answer:
        """Type `keys`, and read until nothing has come for `quiet` seconds; the first byte may take `first` seconds."""
        before = len(self.sent)
        sent = self.now()
        if keys:
            self.press(keys)
        wait = max(quiet, first)
        while self.read(wait) and self.last < sent + PATIENCE:
            wait = quiet
        count = len(self.sent) - before
        return Answer(self.last - sent if count else 0.0, count)

    def ended(self) -> float:
        """Read until the program has ended; seconds from now. Raises `TimeoutError`."""
        began = time.perf_counter()
        while self._process.poll() is None:
            if time.perf_counter() > began + PATIENCE:
                raise TimeoutError("the program does not end:\n" + "\n".join(self.rows))
            self.read(0.001)
        return time.perf_counter() - began


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
