"""A real pseudo-terminal with the program in it, and the screen it draws there."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pexpect
import pyte
from wcwidth import wcwidth

PATIENCE = 30.0
"""Seconds after which a screen that does not come is a failure."""
KEYS = {"Enter": "\r", "Backspace": "\x7f", "Tab": "\t", "Escape": "\x1b", "Down": "\x1b[B"}


class Screen(pyte.Screen):
    """Pyte's screen, and what every terminal does besides.

    Taking the margins away puts the cursor into the corner; of a wide character of which one half is written over,
    nothing is left.
    """

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        """Set the rows that scroll; all of them without numbers."""
        super().set_margins(top, bottom)
        self.cursor_position()

    def draw(self, data: str) -> None:
        """Write `data` where the cursor is."""
        for one in data:
            row, column = self.buffer[self.cursor.y], self.cursor.x
            if wcwidth(one) > 0 and 0 < column < self.columns and not row[column].data:
                row[column - 1] = row[column - 1]._replace(data=" ")
            super().draw(one)
            column = self.cursor.x
            if wcwidth(one) > 0 and column < self.columns and not row[column].data:
                row[column] = row[column]._replace(data=" ")


class Terminal:
    """`briefing` with `arguments` in a terminal of `columns` by `rows` cells."""

    def __init__(
        self,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        folder: Path | None = None,
        program: Sequence[str] = (sys.executable, "-m", "briefing"),
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        """Every byte the program has sent."""
        command = [*program[1:], *arguments]
        self._child: pexpect.spawn[bytes] = pexpect.spawn(
            program[0], command, dimensions=(rows, columns), cwd=folder, env=environment, timeout=PATIENCE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._child.close(force=True)

    @property
    def rows(self) -> list[str]:
        """What stands on the screen."""
        return list(self._screen.display)

    @property
    def last_column(self) -> str:
        """What stands in the cells on the right, from top to bottom."""
        cells = [self._screen.buffer[row][self._screen.columns - 1].data for row in range(self._screen.lines)]
        return "".join(cell or "?" for cell in cells)

    def wait_for(self, *words: str) -> list[str]:
        """Read until all `words` stand on the screen; the screen."""
        return self.wait_until(lambda rows: all(word in "\n".join(rows) for word in words), f"{words} on the screen")

    def wait_until(self, holds: Callable[[Sequence[str]], bool], what: str) -> list[str]:
        """Read until `holds` is true of the screen; the screen. Fails, showing it, when the program stays silent."""
        while not holds(self.rows):
            try:
                self._take(self._child.read_nonblocking(65536, timeout=PATIENCE))
            except (pexpect.TIMEOUT, pexpect.EOF) as error:
                raise AssertionError(f"no {what}:\n" + "\n".join(self.rows)) from error
        return self.rows

    def press(self, *keys: str) -> None:
        """Send keys: names of `KEYS`, or characters as they are."""
        for key in keys:
            self._child.send(KEYS.get(key, key))

    def burst(self, *keys: str) -> None:
        """Send keys all at once, as a slow line delivers them."""
        self._child.send("".join(KEYS.get(key, key) for key in keys))

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal."""
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def exit_code(self) -> int | None:
        """Read until the program ends; its exit code."""
        try:
            while True:
                self._take(self._child.read_nonblocking(65536, timeout=PATIENCE))
        except pexpect.EOF:
            self._child.close()
        code: int | None = self._child.exitstatus
        return code

    def _take(self, data: bytes) -> None:
        self.raw += data
        self._stream.feed(data)
