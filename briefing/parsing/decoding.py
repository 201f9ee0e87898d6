"""From bytes to text, with nothing lost and nothing guessed in silence."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import overload

from briefing.model import Problem, Span
from briefing.parsing.visible import hidden_characters

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
    if not text or text.isspace():
        problems.append(Problem(path, "the file is empty", "take it out of the pack or give it a text"))
    return Decoded(text, tuple(problems))


class Lines(Sequence[Span]):
    """The lines of a text, each without its line end; a `Span` is made only of those that are asked for."""

    __slots__ = ("ends", "starts")

    def __init__(self, starts: tuple[int, ...], ends: tuple[int, ...]) -> None:
        self.starts = starts
        """The first character of every line."""
        self.ends = ends
        """One past the last character of every line."""

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> list[Span]: ...
    def __getitem__(self, index: int | slice) -> Span | list[Span]:
        if isinstance(index, slice):
            return list(map(Span, self.starts[index], self.ends[index]))
        return Span(self.starts[index], self.ends[index])


def lines_of(text: str) -> Lines:
    """The lines of `text`, each without its line end: a line feed, a carriage return or both in that order.

    An empty text has one line.
    """
    pieces = text.split("\n")
    if "\r" in text:
        # One right before a line feed belongs to that: it is taken for a part of the line and taken off at the end.
        returned = (line for piece in pieces[:-1] for line in _returned(piece))
        pieces = [*returned, *pieces[-1].split("\r")]
    starts = list(accumulate([len(piece) + 1 for piece in pieces], initial=0))
    ends = [start - 1 for start in starts[1:]]
    if "\r" in text:
        ends = [end - (text[end : end + 1] == "\n" and text[end - 1 : end] == "\r") for end in ends]
    del starts[-1]
    # What follows the last line end is a line only when there is something in it.
    if len(starts) > 1 and starts[-1] >= len(text):
        del starts[-1], ends[-1]
    return Lines(tuple(starts), tuple(ends))


def _returned(piece: str) -> list[str]:
    """The lines of what stands between two line feeds; a carriage return at its end is left on the last of them."""
    if "\r" not in piece:
        return [piece]
    lines = piece.split("\r")
    return [*lines[:-2], lines[-2] + "\r"] if not lines[-1] else lines


def _line(text: str, offset: int) -> int:
    return sum(1 for start in lines_of(text).starts if start <= offset)


def _one_for_one(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _LOST * (error.end - error.start), error.end


codecs.register_error("briefing.one_for_one", _one_for_one)
