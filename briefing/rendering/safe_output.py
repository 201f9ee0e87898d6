"""The command line's last barrier: nothing reaches a terminal that it could act on, or an eye could miss."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

from rich.cells import cell_len

from briefing.parsing import visible
from briefing.rendering.ascii import to_ascii


class SafeText(TextIOWrapper):
    """A stream of text for eyes: whatever is no printable character is pictured, line ends aside.

    Whatever is shown is made safe where it is read; this holds for what nobody thought of: arguments that argparse
    repeats, names in the system's messages, warnings of Python's own.
    """

    _width = 0
    """Cells of what `rewrite` wrote last."""

    def write(self, text: str) -> int:
        """Write `text`, made safe, and in ASCII if the stream is; the number of characters in `text`."""
        shown = "\n".join(map(visible, text.split("\n")))
        super().write(to_ascii(shown) if self.encoding == "ascii" else shown)
        return len(text)

    def rewrite(self, text: str) -> None:
        """Let the line that the cursor is on hold `text` alone, made safe; it must be shorter than the line is wide."""
        shown = visible(text)
        shown = to_ascii(shown) if self.encoding == "ascii" else shown
        blanks = " " * max(0, self._width - cell_len(shown))
        self._width = cell_len(shown)
        super().write(f"\r{shown}{blanks}\r{shown}")
        self.flush()


@contextmanager
def safe_output(*, ascii: bool, pipes: bool = False) -> Iterator[None]:
    """Let standard output be safe where it is a terminal, and standard error wherever it leads.

    With `ascii` a terminal is sent ASCII only, and with `pipes` whatever else standard output is. Otherwise a pipe or
    file gets every character as it is, in UTF-8 whatever the locale says, for whoever did not name an encoding to
    Python.
    """
    out, err = sys.stdout, sys.stderr
    made = []
    if isinstance(out, TextIOWrapper) and (out.isatty() or (ascii and pipes)):
        sys.stdout = _safe(out, ascii=ascii)
        made.append(sys.stdout)
    elif isinstance(out, TextIOWrapper):
        named = os.environ.get("PYTHONIOENCODING") is not None
        out.reconfigure(encoding=out.encoding if named else "utf-8", errors="backslashreplace")
    if isinstance(err, TextIOWrapper):
        sys.stderr = _safe(err, ascii=ascii and err.isatty())
        made.append(sys.stderr)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err
        for stream in made:
            stream.detach()


def _safe(stream: TextIOWrapper, *, ascii: bool) -> SafeText:
    stream.flush()
    encoding = "ascii" if ascii else stream.encoding
    return SafeText(stream.buffer, encoding=encoding, errors="backslashreplace", line_buffering=True)
