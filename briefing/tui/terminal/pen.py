"""A pen on the terminal's screen: it knows where it stands and how it writes, and says only what differs."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len

from briefing.tui.terminal.cells import PLAIN, SEEN_ON_BLANKS, WEIGHTS, Cell, Look

_PARAMETERS_AT_ONCE = 16
"""Parameters of one SGR that every terminal takes; xterm and the Linux console take no more (NPAR in its vt.c)."""

_SURE = (
    (0x20, 0x7E),
    (0xA1, 0xAC),
    (0xAE, 0x2FF),
    (0x370, 0x482),
    (0x2010, 0x2027),
    (0x2190, 0x21FF),
    (0x2500, 0x25FC),
    (0x3041, 0x3096),
    (0x30A1, 0x30FA),
    (0x4E00, 0x9FA5),
    (0xAC00, 0xD7A3),
)
"""Characters on whose width all terminals agree: European letters, dashes, arrows, boxes; kana, Han and Hangul. After
any other one the pen does not trust its place: terminals differ on symbols, pictures and what came late to Unicode."""


class Pen:
    """Gathers what to send. It writes plainly at first, and is left to write plainly."""

    def __init__(self, at: tuple[int, int] | None = None) -> None:
        """`at`: row and column where the terminal's cursor stands, from 0; None where that is not known."""
        self._at = at
        self._look = PLAIN
        self._out: list[str] = []

    def written(self) -> str:
        """All that was said, and what makes the pen plain again."""
        self._set(PLAIN)
        return "".join(self._out)

    def put(self, place: tuple[int, int], cell: Cell, width: int) -> None:
        """Write `cell`, or several blanks or ASCII words as one, at `place` in a row of `width` columns.

        The second half of a wide character was written with the first.
        """
        text, look = cell
        if not text:
            return
        self._move(place)
        if text[0] == " ":
            self._set_for_blank(look)
        else:
            self._set(look)
        self._out.append(text)
        row, column = place
        if text.isascii():
            column += len(text)
            self._at = (row, column) if column < width else None
        else:
            column += cell_len(text)
            self._at = (row, column) if column < width and _is_sure(text) else None

    def erase(self, place: tuple[int, int], count: int, look: Look) -> None:
        """Make `count` cells from `place` on blank (ECH)."""
        self._move(place)
        self._set_for_blank(look)
        self._out.append(f"\x1b[{count}X")

    def erase_to_end(self, place: tuple[int, int], look: Look) -> None:
        """Make the row blank from `place` on (EL)."""
        self._move(place)
        self._set_for_blank(look)
        self._out.append("\x1b[K")

    def _move(self, place: tuple[int, int]) -> None:
        if self._at != place:
            self._out.append(_move(self._at, place))
            self._at = place

    def _set(self, look: Look) -> None:
        if look != self._look:
            self._out.append(_sgr(self._look, look))
            self._look = look

    def _set_for_blank(self, look: Look) -> None:
        """As `_set`, but leaving alone what cannot be seen on a blank."""
        ink, ground, weight = self._look
        if look.weight:
            self._set(look)
        elif ground != look.ground or weight & SEEN_ON_BLANKS:
            self._set(Look(ink, look.ground, weight & ~SEEN_ON_BLANKS))


def _move(at: tuple[int, int] | None, place: tuple[int, int]) -> str:
    """The shortest way to `place`, from 0; of several, the first."""
    row, column = place
    ways = [f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H" if row else "\x1b[H"]
    if at is not None:
        down, right = row - at[0], column - at[1]
        if down == 0:
            ways.append(_steps(right, "C", "D"))
            ways.append("\r" + _steps(column, "C", "D"))
            ways.append("\b" * -right if right < 0 else ways[0])
        elif right == 0:
            ways.append(_steps(down, "B", "A"))
        if down > 0:
            # The terminal's driver may turn a line feed into both; then the return says nothing new.
            ways.append("\r" + "\n" * down + _steps(column, "C", "D"))
    return min(ways, key=len)


def _steps(count: int, forward: str, back: str) -> str:
    final = forward if count > 0 else back
    return f"\x1b[{abs(count) if abs(count) > 1 else ''}{final}" if count else ""


@lru_cache(maxsize=4096)
def _sgr(old: Look, new: Look) -> str:
    """What makes a pen that writes as `old` write as `new`."""
    fresh = _ways(PLAIN, new)
    if new == PLAIN:
        return "\x1b[m"
    anew = ["0", *fresh]
    # A VT100 can only end all weights at once. It has no colours to lose by that; who has colours knows the others.
    known = old.ink or old.ground or new.ink or new.ground or not old.weight & ~new.weight
    change = _ways(old, new) if known else anew
    return _sequence(min(change, anew, key=lambda codes: len(";".join(codes))))


def _ways(old: Look, new: Look) -> list[str]:
    """The parameters of SGR for the attributes in which `new` differs from `old`."""
    ends: list[str] = []
    weight = old.weight
    for bit, (_, _, end) in enumerate(WEIGHTS):
        if old.weight & ~new.weight & 1 << bit and end not in ends:
            ends.append(end)
    for bit, (_, _, end) in enumerate(WEIGHTS):
        if end in ends:
            weight &= ~(1 << bit)
    begins = [begin for bit, (_, begin, _) in enumerate(WEIGHTS) if new.weight & ~weight & 1 << bit]
    ink = [] if new.ink == old.ink else [new.ink or "39"]
    ground = [] if new.ground == old.ground else [new.ground or "49"]
    return [*ends, *begins, *ink, *ground]


def _sequence(codes: list[str]) -> str:
    whole = ";".join(codes)
    if whole.count(";") < _PARAMETERS_AT_ONCE:
        return f"\x1b[{whole}m"
    return "".join(f"\x1b[{code}m" for code in codes)


@lru_cache(maxsize=4096)
def _is_sure(text: str) -> bool:
    return len(text) == 1 and any(first <= ord(text) <= last for first, last in _SURE)
