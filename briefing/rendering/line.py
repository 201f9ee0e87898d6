"""Styled lines of text, measured in terminal cells: what every view is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size


class Piece(NamedTuple):
    """A stretch of text in one style."""

    text: str
    """Safe to write to a terminal; never markup."""
    style: str = ""
    """Names of styles, separated by spaces, later ones winning: "person chosen". Themes say how they look."""


Line = tuple[Piece, ...]
"""One row of the screen, from left to right."""


def plain(line: Line) -> str:
    """The text of `line` without its styles."""
    return "".join(piece.text for piece in line)


def width_of(line: Line) -> int:
    """How many cells `line` takes."""
    return sum(cell_len(piece.text) for piece in line)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """`text` in exactly `width` cells: cut with an ellipsis where it is longer, else filled with spaces."""
    size = cell_len(text)
    if size > width:
        text = _cut(text, width - 1) + "…" if width > 0 else ""
        size = cell_len(text)
    filling = " " * (width - size)
    return filling + text if right else text + filling


def clip(line: Line, width: int) -> Line:
    """`line` in at most `width` cells, its last cell an ellipsis where something was cut off."""
    if width_of(line) <= width:
        return line
    pieces = []
    room = max(0, width - 1)
    for piece in line:
        size = cell_len(piece.text)
        if size > room:
            pieces.append(Piece(_cut(piece.text, room) + "…" if width > 0 else "", piece.style))
            break
        pieces.append(piece)
        room -= size
    return tuple(pieces)


def wrap(text: str, width: int, first: int | None = None) -> list[tuple[int, int]]:
    """Start and end (characters) of each row that `text` takes in `width` cells.

    The first row takes `first` cells where that is given. Rows break at spaces, which are then not shown; a word longer
    than a row is broken where it must be. An empty text takes one row. The time taken grows with the length of `text`.
    """
    width = max(1, width)
    room = width if first is None else max(1, first)
    narrow = all(get_character_cell_size(character) == 1 for character in set(text))
    rows = []
    start = 0
    while True:
        limit = start + room if narrow else _fitting(text, start, room)
        if limit >= len(text):
            rows.append((start, len(text)))
            return rows
        end = text.rfind(" ", start, limit + 1)
        if end <= start:
            end = limit
        rows.append((start, len(text[start:end].rstrip()) + start))
        start = end
        while text[start : start + 1] == " ":
            start += 1
        room = width


def paint(
    text: str, base: str, overlays: Iterable[tuple[int, int, str]], start: int = 0, end: int | None = None
) -> Line:
    """Characters `start` to `end` of `text` in style `base`, each overlay (start, end, style) added on top in order."""
    end = len(text) if end is None else end
    inside = [(max(a, start), min(b, end), style) for a, b, style in overlays if a < end and b > start]
    if not inside:
        return (Piece(text[start:end], base),)
    edges = sorted({start, end, *(a for a, _, _ in inside), *(b for _, b, _ in inside)})
    pieces = []
    for left, right in pairwise(edges):
        styles = [base, *(style for a, b, style in inside if a <= left and right <= b)]
        pieces.append(Piece(text[left:right], " ".join(filter(None, styles))))
    return tuple(pieces)


def flow(pieces: Iterable[Piece], width: int, indent: int = 0) -> Iterator[Line]:
    """The pieces as one paragraph wrapped to `width` cells, every row after the first `indent` cells in."""
    text = ""
    overlays = []
    for piece in pieces:
        overlays.append((len(text), len(text) + len(piece.text), piece.style))
        text += piece.text
    for number, (start, end) in enumerate(wrap(text, width - indent, width)):
        margin = (Piece(" " * indent),) if number and indent else ()
        yield margin + paint(text, "", overlays, start, end)


def _fitting(text: str, start: int, room: int) -> int:
    """One past the last character that fits `room` cells from `start` on; at least one character is taken."""
    position = start
    while position < len(text):
        room -= get_character_cell_size(text[position])
        if room < 0:
            break
        position += 1
    return max(position, start + 1)


def _cut(text: str, width: int) -> str:
    taken = text[: _fitting(text, 0, width)]
    return taken if cell_len(taken) <= width else ""
