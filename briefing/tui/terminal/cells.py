"""The screen as the terminal keeps it: rows of cells, each with its characters and its look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style

_MARKS = 8
"""Combining marks kept on one character. Unicode's Stream-Safe Text Format (UAX 15) allows 30; no language needs more
than four, and a document of nothing else must not become one cell of a megabyte."""


class Look(NamedTuple):
    """How a cell is drawn, as the parameters of SGR (ECMA-48, 8.3.117)."""

    ink: str = ""
    """The colour of the character, such as "31" or "38;5;17"; "" for the terminal's own."""
    ground: str = ""
    """The colour of the background, likewise."""
    weight: int = 0
    """A sum of bits, one for each of `WEIGHTS`."""


Cell = tuple[str, Look]
"""A character with its combining marks, "" in the second half of a wide one, and its look."""
Row = list[Cell]

PLAIN = Look()
BLANK: Cell = (" ", PLAIN)

WEIGHTS = (
    ("bold", "1", "22"),
    ("dim", "2", "22"),
    ("italic", "3", "23"),
    ("underline", "4", "24"),
    ("blink", "5", "25"),
    ("blink2", "6", "25"),
    ("reverse", "7", "27"),
    ("conceal", "8", "28"),
    ("strike", "9", "29"),
    ("underline2", "21", "24"),
    ("frame", "51", "54"),
    ("encircle", "52", "54"),
    ("overline", "53", "55"),
)
"""What Rich calls it, and the parameters of SGR that begin and end it."""

SEEN_ON_BLANKS = sum(
    1 << bit for bit, (name, _, _) in enumerate(WEIGHTS) if name not in ("bold", "dim", "italic", "conceal")
)
"""The weights that show where there is no character."""


def cells_of(segments: Iterable[Segment], system: ColorSystem | None) -> Row:
    """The cells that `segments` fill, with the colours of `system`; without any where that is None."""
    row: Row = []
    for text, style, control in segments:
        if control:
            continue
        look = look_of(style, system)
        if text.isascii():
            row += map(_ascii_cells(look).__getitem__, text)
        else:
            _add(row, text, look, (" ", look_of_blank(look)))
    return row


class _AsciiCells(dict[str, Cell]):
    """The cells of one look by their ASCII characters, each made once: what is the same is found so without a look."""

    def __init__(self, look: Look) -> None:
        super().__init__({" ": (" ", look_of_blank(look))})
        self._look = look

    def __missing__(self, character: str) -> Cell:
        cell = self[character] = (character, self._look)
        return cell


_ascii_cells = lru_cache(maxsize=256)(_AsciiCells)


def _add(row: Row, text: str, look: Look, blank: Cell) -> None:
    """Put `text`, which may hold wide and combining characters, at the end of `row`."""
    for character in text:
        width = cell_len(character)
        if width == 0:
            _combine(row, character)
        elif character == " ":
            row.append(blank)
        else:
            row.append((character, look))
            row += [("", look)] * (width - 1)


def cut(row: Row, start: int, end: int) -> Row:
    """The cells of `row` from `start` to before `end`; a wide character that is cut in two is blank."""
    cells = row[start:end]
    if cells and not cells[0][0]:
        cells[0] = (" ", look_of_blank(cells[0][1]))
    if cells and end < len(row) and not row[end][0]:
        cells[-1] = (" ", look_of_blank(cells[-1][1]))
    return cells


def _combine(row: Row, mark: str) -> None:
    """Put `mark` on the last character of `row`; one that has none to stand on is not shown."""
    at = len(row) - 1
    while at >= 0 and not row[at][0]:
        at -= 1
    if at >= 0 and len(row[at][0]) <= _MARKS:
        row[at] = (row[at][0] + mark, row[at][1])


@lru_cache(maxsize=4096)
def look_of(style: Style | None, system: ColorSystem | None) -> Look:
    """What `style` looks like with the colours of `system`."""
    if style is None:
        return PLAIN
    weight = sum(1 << bit for bit, (name, _, _) in enumerate(WEIGHTS) if getattr(style, name))
    return Look(_colour(style.color, system, True), _colour(style.bgcolor, system, False), weight)


@lru_cache(maxsize=4096)
def look_of_blank(look: Look) -> Look:
    """What can be seen of `look` where there is no character: the ink only of a line or of reversed colours."""
    return look if look.weight & SEEN_ON_BLANKS else Look(ground=look.ground)


def _colour(colour: Color | None, system: ColorSystem | None, is_ink: bool) -> str:
    if colour is None or system is None or colour.is_default:
        return ""
    return ";".join(colour.downgrade(system).get_ansi_codes(foreground=is_ink))


def as_bytes(screen: Sequence[Row]) -> bytes:
    """The cells of `screen`, to be kept; without a byte 0."""
    import json  # most starts need not wait for it

    looks: dict[Look, int] = {}
    rows = [
        [
            [looks.setdefault(look, len(looks)), _shortest([text for text, _ in cells])]
            for look, cells in groupby(row, key=lambda cell: cell[1])
        ]
        for row in screen
    ]
    return json.dumps([list(looks), rows], separators=(",", ":")).encode()


def _shortest(texts: list[str]) -> list[str] | str:
    """What gives the same one after the other as `texts`: one text, where each is a character by itself."""
    return "".join(texts) if all(len(text) == 1 for text in texts) else texts


def from_bytes(data: bytes) -> list[Row]:
    """The cells that were made `data` of. Raises `ValueError`, `TypeError` or `IndexError` for anything else."""
    import json

    looks, rows = json.loads(data)
    known = [Look(*look) for look in looks]
    return [[(text, known[number]) for number, texts in row for text in texts] for row in rows]
