"""A terminal that knows only what every terminal knows, and fails on anything else it is sent."""

from __future__ import annotations

import re

from rich.cells import cell_len

_TOKEN = re.compile(
    r"\x1b\[(?P<private>\??)(?P<numbers>[\d;]*)(?P<final>[A-Za-z])|\x1b(?P<escape>.)|(?P<one>.)", re.DOTALL
)
_ENDS = {"22": ("1", "2"), "23": ("3",), "24": ("4", "21"), "25": ("5", "6"), "27": ("7",), "28": ("8",), "29": ("9",)}
_ENDS |= {"54": ("51", "52"), "55": ("53",)}
_BEGINS = {code for codes in _ENDS.values() for code in codes}
_SEEN_ON_BLANKS = {"4", "5", "6", "7", "9", "21", "51", "52", "53"}

SeenCell = tuple[str, str, str, frozenset[str]]
"""Characters, ink, background, weights."""
TORN = "\ufffd"
"""What stands in the half of a wide character whose other half was written over: nobody may rely on it."""


class StrictTerminal:
    """Cells of (characters, ink, background, weights); wide characters have "" in their second cell."""

    def __init__(self, columns: int, rows: int, *, fills: bool = True, litter: bool = False) -> None:
        """`fills`: whether it erases in the colour of the background; `litter`: whether it shows something already."""
        self.columns, self.rows, self.fills = columns, rows, fills
        self._ink, self._ground, self._weights = "", "", frozenset[str]()
        self._x = self._y = self._base = 0
        self._top, self._bottom, self._has_margins = 0, rows - 1, False
        first = ("#", "31", "42", frozenset({"7"})) if litter else self._blank()
        self.cells = [[first] * columns for _ in range(rows)]

    def feed(self, text: str) -> None:
        """Do what `text` says."""
        for token in _TOKEN.finditer(text):
            if token["one"] is not None:
                self._character(token["one"])
            elif token["escape"] is not None:
                assert token["escape"] == "M", f"unknown escape {token[0]!r}"
                self._up()
            elif token["private"]:
                assert token["numbers"] == "2026", f"unknown mode {token[0]!r}"
            else:
                numbers = token["numbers"].split(";") if token["numbers"] else []
                self._control(token["final"], numbers, token[0])

    @property
    def plain(self) -> bool:
        """Whether the next character would be written in no colour and no weight, anywhere on the screen."""
        return not self._has_margins and (self._ink, self._ground, self._weights) == ("", "", frozenset())

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row, from 0."""
        return self._x, self._y

    @property
    def text(self) -> list[str]:
        """The rows."""
        return ["".join(cell[0] for cell in row) for row in self.cells]

    @property
    def seen(self) -> list[list[SeenCell]]:
        """The cells, without what an eye cannot see: the ink of blanks that have no line under them."""
        return [[_seen(cell) for cell in row] for row in self.cells]

    def _blank(self) -> SeenCell:
        return (" ", "", self._ground if self.fills else "", frozenset())

    def _character(self, character: str) -> None:
        if character == "\r":
            self._x = 0
        elif character == "\n":
            self._down()
        elif character == "\b":
            self._x = max(0, self._x - 1)
        elif not cell_len(character):
            text, ink, ground, weights = self.cells[self._y][self._base]
            self.cells[self._y][self._base] = (text + character, ink, ground, weights)
        else:
            assert character.isprintable(), f"unknown control {character!r}"
            self._write(character, cell_len(character))

    def _write(self, character: str, width: int) -> None:
        assert self._x + width <= self.columns, "written over the edge"
        self._tear(self._x, self._x + width)
        for x in range(width):
            cell = (character if x == 0 else "", self._ink, self._ground, self._weights)
            self.cells[self._y][self._x + x] = cell
        self._base = self._x
        # No wrapping: after the last column the cursor stays on it.
        self._x = min(self._x + width, self.columns - 1)

    def _tear(self, first: int, end: int) -> None:
        row = self.cells[self._y]
        if not row[first][0]:
            row[first - 1] = (TORN, "", "", frozenset())
        if end < self.columns and not row[end][0]:
            row[end] = (TORN, "", "", frozenset())

    def _control(self, final: str, numbers: list[str], what: str) -> None:
        count = int(numbers[0]) if numbers and numbers[0] else 1
        if final == "m":
            self._colour(numbers or ["0"])
        elif final == "H":
            self._y, self._x = count - 1, (int(numbers[1]) if len(numbers) > 1 else 1) - 1
            assert self._y < self.rows, "moved below the screen"
            assert self._x < self.columns, "moved beside the screen"
        elif final in "ABCD":
            self._x += {"C": count, "D": -count}.get(final, 0)
            self._y += {"B": count, "A": -count}.get(final, 0)
            assert 0 <= self._x < self.columns, "stepped beside the screen"
            assert 0 <= self._y < self.rows, "stepped out of the screen"
        elif final in "KX":
            assert final == "K" or self.fills, "ECH where it is not known"
            end = self.columns if final == "K" else self._x + count
            assert end <= self.columns, "erased over the edge"
            self._tear(self._x, end)
            self.cells[self._y][self._x : end] = [self._blank()] * (end - self._x)
        else:
            assert final == "r", f"unknown sequence {what!r}"
            self._top, self._bottom = (int(one) - 1 for one in numbers or ("1", str(self.rows)))
            self._has_margins = bool(numbers)
            self._x = self._y = 0

    def _down(self) -> None:
        if self._y == self._bottom:
            self.cells[self._top : self._bottom + 1] = [*self.cells[self._top + 1 : self._bottom + 1], self._new_row()]
        else:
            assert self._y < self.rows - 1, "fed below the screen"
            self._y += 1

    def _up(self) -> None:
        assert self._y == self._top, "reverse index is used to scroll only"
        self.cells[self._top : self._bottom + 1] = [self._new_row(), *self.cells[self._top : self._bottom]]

    def _new_row(self) -> list[SeenCell]:
        assert self._has_margins, "scrolled without margins"
        return [self._blank()] * self.columns

    def _colour(self, codes: list[str]) -> None:
        while codes:
            code = codes.pop(0)
            if code == "0":
                self._ink, self._ground, self._weights = "", "", frozenset()
            elif code in ("38", "48"):
                taken = 2 if codes[0] == "5" else 4
                colour = ";".join([code, *codes[:taken]])
                del codes[:taken]
                self._ink, self._ground = (colour, self._ground) if code == "38" else (self._ink, colour)
            elif code in _BEGINS:
                self._weights |= {code}
            elif code in _ENDS:
                self._weights -= set(_ENDS[code])
            elif int(code) in (*range(30, 38), *range(90, 98), 39):
                self._ink = "" if code == "39" else code
            else:
                assert int(code) in (*range(40, 48), *range(100, 108), 49), f"unknown colour {code}"
                self._ground = "" if code == "49" else code


def _seen(cell: SeenCell) -> SeenCell:
    text, _, ground, weights = cell
    return cell if text != " " or weights & _SEEN_ON_BLANKS else (" ", "", ground, frozenset())
