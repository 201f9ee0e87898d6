"""What to send so that a screen becomes another one: the cells that changed and nothing else.

Only sequences that every VT100 and the Linux console have are used (moving, erasing to the end of the line, scroll
region, index and reverse index), and one of the VT220, erasing characters, where the terminal is sure to know it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from operator import ne
from typing import NamedTuple

from briefing.tui.terminal.cells import Look, Row, look_of_blank
from briefing.tui.terminal.pen import Pen
from briefing.tui.terminal.scroll import find_scroll

Screen = list[Row]

_UNKNOWN = ("\0", Look())
"""A cell of which nothing is known: no cell is like it."""

_FILLERS = ("xterm", "linux", "alacritty", "foot", "konsole", "putty", "st-", "vte", "gnome")
"""How the names of terminals begin that erase in the colour of the background and can erase characters: "bce" and
"ech" in terminfo. screen and tmux are not among them, nor is rxvt, which cannot erase characters."""

_FEW_BLANKS = 9
"""Blanks that are written rather than erased: erasing takes as many bytes, with the move over them."""

_FEW_ROWS = 3
"""Changed rows among which none is looked for that has moved."""


class Dialect(NamedTuple):
    """What the terminal is sure to understand."""

    fills: bool
    """Whether it erases in the colour of the background, and can erase characters."""


def dialect_of(term: str, in_screen: bool) -> Dialect:
    """What the terminal named `term` understands; `in_screen`: whether it is GNU screen under another name."""
    return Dialect(fills=term.startswith(_FILLERS) and not in_screen)


def frame(old: Screen | None, new: Screen, dialect: Dialect) -> str:
    """What turns `old` into `new`, of the same size; all of `new` where nothing is known of what the terminal shows.

    The terminal writes plainly and lines do not wrap, before and after. "" when nothing changed.
    """
    if old is None:
        unknown = [[_UNKNOWN] * len(row) for row in new]
        return f"\x1b[m\x1b[r{_redraw(unknown, new, Pen(at=(0, 0)), dialect)}"
    changed = sum(map(ne, old, new))
    scroll = find_scroll(old, new) if changed > _FEW_ROWS else None
    if scroll is not None:
        # Which of the two takes fewer bytes is as good as told by the cells, and drawing both takes much longer.
        scrolled = scroll.applied(old)
        if _cells_changed(scrolled, new) < _cells_changed(old, new):
            return f"{scroll.sequence}{_redraw(scrolled, new, Pen(at=(0, 0)), dialect)}"
    return _redraw(old, new, Pen(), dialect)


def _cells_changed(old: Screen, new: Screen) -> int:
    return sum(sum(map(ne, before, row)) for before, row in zip(old, new, strict=True) if before != row)


def _redraw(old: Screen, new: Screen, pen: Pen, dialect: Dialect) -> str:
    for number, (before, row) in enumerate(zip(old, new, strict=True)):
        if row != before:
            _draw_row(number, before, row, pen, dialect)
    return pen.written()


def _draw_row(number: int, old: Row, new: Row, pen: Pen, dialect: Dialect) -> None:
    tail = _blank_tail(new)
    for start, stop in _changed_runs(old, new):
        column = start
        while column < stop:
            cell = new[column]
            if cell[0] != " ":
                end = _end_of_words(new, column, stop)
                words = "".join([text for text, _ in new[column:end]])
                pen.put((number, column), (words, cell[1]), len(new))
                column = end
                continue
            # Where a few blanks end the row, writing them is as short as erasing them.
            if column >= tail and len(new) - column > 3 and _erasable(cell[1], dialect):
                pen.erase_to_end((number, column), cell[1])
                return
            end = column + 1
            while end < stop and new[end] == cell:
                end += 1
            if end - column > _FEW_BLANKS and dialect.fills and not cell[1].weight:
                pen.erase((number, column), end - column, cell[1])
            else:
                pen.put((number, column), (" " * (end - column), cell[1]), len(new))
            column = end


def _end_of_words(row: Row, start: int, stop: int) -> int:
    """Where the ASCII words of one look end that begin at `start`, with single blanks between them.

    Any other character stands alone; so do blanks that the pen would have to write in another way.
    """
    text, look = row[start]
    end = start + 1
    if len(text) != 1 or not text.isascii():
        return end
    own_blank = look_of_blank(look)
    blank = None if own_blank.weight else (" ", own_blank)
    for column in range(end, stop):
        cell = row[column]
        if cell == blank:
            if column > end:
                break
            continue
        text, own = cell
        if text == " " or len(text) != 1 or own != look or not text.isascii():
            break
        end = column + 1
    return end


def _blank_tail(row: Row) -> int:
    """Where the blanks of one look begin with which `row` ends."""
    if row[-1][0] != " ":
        return len(row)
    return next((column + 1 for column in range(len(row) - 1, -1, -1) if row[column] != row[-1]), 0)


def _erasable(look: Look, dialect: Dialect) -> bool:
    return not look.weight and (dialect.fills or not look.ground)


def _changed_runs(old: Row, new: Row) -> Iterator[tuple[int, int]]:
    """The half-open ranges of columns to write, in order, short gaps with them.

    Where one half of a wide character has changed, so has the other, or it is written with it.
    """
    begin = end = 0
    for column in compress(range(len(new)), map(ne, old, new)):
        if not end:
            begin = column
        elif column > end and not _joined(new, end, column):
            yield begin, end
            begin = column
        end = column + 1
    if end:
        yield begin, end


def _joined(row: Row, end: int, start: int) -> bool:
    """Whether writing the unchanged cells from `end` to `start` takes no more bytes than moving over them."""
    if start - end > 4:
        return False
    look = row[end - 1][1]
    return all(text.isascii() and own in (look, look_of_blank(look)) for text, own in row[end:start])
