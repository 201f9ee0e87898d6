"""From bytes to text, with nothing lost and nothing guessed in silence."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from briefing.model import Problem, Span
from briefing.parsing.visible import hidden_characters

_LINE_END = re.compile(r"\r\n|\n|\r")
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LOST = "\udc00"
"""Stands for a byte that did not decode until all are counted: half a surrogate pair, which no file can hold."""
_SAMPLE = 8192
"""Bytes looked at to tell text from other files."""
_BINARY_SHARE = 0.05
"""More control bytes than this share of the sample, and no reader would call it text."""
_TEXT_CONTROLS = b"\t\n\f\r\x1b"
"""Control bytes that text files do hold: white space, and the escape of a terminal recording."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and what had to be said about reading it."""

    text: str
    problems: tuple[Problem, ...]


def looks_binary(data: bytes) -> bool:
    """Whether `data` is no text: many control bytes near its beginning. One stray NUL does not make a text binary."""
    if data.startswith(tuple(mark for mark, _ in _BYTE_ORDER_MARKS)):
        return False
    sample = data[:_SAMPLE]
    controls = sum(1 for byte in sample if byte < 0x20 and byte not in _TEXT_CONTROLS)
    return controls > max(1, len(sample) * _BINARY_SHARE)


def decode(path: str, data: bytes, encoding: str | None = None) -> Decoded:
    """Decode `data` as `encoding`, or by its byte order mark, or as UTF-8.

    A byte order mark is dropped. Each byte that does not decode becomes one U+FFFD, so that no two readers can disagree
    about where a character stands; the number of them is reported. Raises `LookupError` for an unknown encoding.
    """
    name = codecs.lookup(encoding).name if encoding else None
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark) and name in (None, marked, "utf-8-sig", "utf-16"):
            data, name = data[len(mark) :], marked
            break
    text = data.decode(name or "utf-8", errors="briefing.one_for_one")
    problems = []
    lost = text.count(_LOST)
    if lost:
        fault = f"{lost} {'byte is' if lost == 1 else 'bytes are'} not {(name or 'utf-8').upper()} and shown as \ufffd"
        remedy = 'name its encoding in briefing.toml, such as encoding = "cp1252"'
        problems.append(Problem(path, fault, remedy, _line(text, text.index(_LOST))))
        text = text.replace(_LOST, "\ufffd")
    hidden = hidden_characters(text)
    if hidden:
        noun = "character is" if hidden == 1 else "characters are"
        problems.append(Problem(path, f"{hidden} control or invisible {noun} shown as pictures"))
    if not text.strip():
        problems.append(Problem(path, "the file is empty", "take it out of the pack or give it a text"))
    return Decoded(text, tuple(problems))


def lines_of(text: str) -> tuple[Span, ...]:
    """The lines of `text`, each without its line end: a line feed, a carriage return or both in that order.

    An empty text has one line.
    """
    lines = []
    start = 0
    for end in _LINE_END.finditer(text):
        lines.append(Span(start, end.start()))
        start = end.end()
    if start < len(text) or not lines:
        lines.append(Span(start, len(text)))
    return tuple(lines)


def _line(text: str, offset: int) -> int:
    return sum(1 for _ in _LINE_END.finditer(text, 0, offset)) + 1


def _one_for_one(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _LOST * (error.end - error.start), error.end


codecs.register_error("briefing.one_for_one", _one_for_one)
