"""A line whose screen is watched, and whose every byte must be one that the program means to send."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pyte

from briefing.parsing.visible import is_safe
from tests.line import Line
from tests.terminal import Screen

_OURS = re.compile(rb"\x1b(?:\[\?(?:1049|25|7|2004|2026)[hl]|\[\?2026\$p|\[[0-9;]*[ABCDHKXmr]|M)")
"""All that the program sends besides characters: modes, moves, colours, erasing, the region that scrolls."""
ESCAPE = b"\x1b[27u"
"""The key as kitty sends it, after which nothing has to be waited for."""


def foreign(raw: bytes) -> list[str]:
    """What of `raw` the program has no reason to send: sequences not its own, characters that are not to be seen."""
    text = _OURS.sub(b"", raw).decode("utf-8", "surrogateescape")
    return sorted({ascii(one) for one in text if one not in "\r\n\b" and not is_safe(one)})


class WatchedLine(Line):
    """A line with the screen at its near end."""

    def __init__(
        self,
        program: Sequence[str | Path],
        *,
        nohup: bool = False,
        folder: Path | None = None,
        size: tuple[int, int] = (80, 24),
        typed: bytes = b"",
        handed: Sequence[int] = (),
        **environment: str,
    ) -> None:
        self._screen = Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self.bottoms: list[str] = []
        """What stood in the last row, one after the other."""
        super().__init__(program, typed=typed, nohup=nohup, folder=folder, size=size, handed=handed, **environment)

    @property
    def rows(self) -> list[str]:
        """What stands on the screen."""
        return list(self._screen.display)

    def see(self, *words: str) -> list[str]:
        """Read until all `words` stand on the screen; the screen."""
        return self.see_that(lambda rows: all(word in "\n".join(rows) for word in words), repr(words))

    def see_that(self, holds: Callable[[Sequence[str]], bool], what: str) -> list[str]:
        """Read until `holds` is true of the screen; the screen. Fails, showing it, when it takes too long."""
        try:
            self.read_until(lambda _: holds(self.rows), what)
        except AssertionError:
            message = f"no {what} on the screen:\n" + "\n".join(self.rows)
            raise AssertionError(message) from None
        return self.rows

    def hear_a_key(self) -> None:
        """Try a key: leave whatever is open, ask for help, and leave that. Fails when help does not come, or stay."""
        self.press(ESCAPE * 4 + b"?")
        self.see("IN A LIST")
        self.press(ESCAPE)
        self.see_that(lambda rows: "IN A LIST" not in "\n".join(rows), "end of the help")

    @property
    def pen_is_plain(self) -> bool:
        """Whether the next character would be written in no colour and no weight, and all rows scroll together."""
        attributes = self._screen.cursor.attrs
        return attributes == self._screen.default_char._replace(data=attributes.data) and self._screen.margins is None

    def _read(self, seconds: float) -> bool:
        begin = len(self.raw)
        alive = super()._read(seconds)
        if len(self.raw) > begin:
            self._stream.feed(self.raw[begin:])
            row = self._screen.buffer[
                self._screen.lines - 1
            ]  # all rows take pyte longer than the program takes to draw
            bottom = "".join(row[column].data for column in range(self._screen.columns))
            if self.bottoms[-1:] != [bottom]:
                self.bottoms.append(bottom)
        return alive
