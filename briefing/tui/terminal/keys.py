"""The names of keys, for what the terminals in use send for them; under the names that Textual binds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.events import Key
from textual.keys import _character_to_key


def _table(words: str) -> dict[str, str]:
    """A dictionary from every second word to the one behind it."""
    return dict(zip(words.split()[::2], words.split()[1::2], strict=True))


def _numbered(first: int, *names: str) -> dict[int, str]:
    """Names from the number `first` on."""
    return dict(enumerate(names, first))


_CONTROL = {code: f"ctrl+{chr(code + 96)}" for code in range(1, 27)} | {
    **_numbered(27, "escape", "ctrl+backslash", "ctrl+right_square_bracket", "ctrl+circumflex_accent"),
    **_numbered(8, "backspace", "tab"),
    0: "ctrl+@",
    13: "enter",
    31: "ctrl+underscore",
    127: "backspace",
}
_WITH_ALT = {"\t": "shift+tab", "\x7f": "ctrl+w"}
"""The Linux console's Shift+Tab; and deleting a word, which is Alt+Backspace wherever readline is."""
_FINAL = _table("A up B down C right D left F end H home P f1 Q f2 S f4 Z shift+tab") | _table(
    "a shift+up b shift+down c shift+right d shift+left"
)
"""By the last byte of a control sequence; small letters are rxvt's. R is left out: it says where the cursor stands, a
late reply, and only Shift+F3 and its like are spelt the same."""
_SHIFTED = _table("A up B down C right D left F end H home M enter P f1 Q f2 R f3 S f4") | _table(
    "a ctrl+up b ctrl+down c ctrl+right d ctrl+left"
)
"""After ESC O: arrows and PF keys as vt100 has them; small letters are rxvt's."""
_KEYPAD = {"X": "=", **dict(zip("jklmnopqrstuvwxy", "*+,-./0123456789", strict=True))}
"""After ESC O: the keypad in its application mode (vt100, PuTTY)."""
_NUMBERED = {
    **_numbered(1, "home", "insert", "delete", "end", "pageup", "pagedown", "home", "end"),
    **_numbered(11, "f1", "f2", "f3", "f4", "f5"),
    **_numbered(17, "f6", "f7", "f8", "f9", "f10"),
    **_numbered(23, "f11", "f12", "f13", "f14"),
    **_numbered(28, "f15", "f16"),
    **_numbered(31, "f17", "f18", "f19", "f20"),
}
"""By the number before a tilde: vt220 and all that follow it. 1 and 4 are Home and End on the Linux console, in PuTTY
and tmux, 7 and 8 in rxvt; 11 to 14 are F1 to F4 in PuTTY and rxvt."""
_VT220 = _numbered(28, "help", "do")
"""What stands on the keys of vt220 and its successors that others count as F15 and F16."""
_CONSOLE = _table("A f1 B f2 C f3 D f4 E f5")
"""After ESC [ [: the Linux console."""
_RXVT = {"^": ("ctrl",), "@": ("ctrl", "shift")}
"""What rxvt writes in place of the tilde."""
_NUMBERS = re.compile(r"[0-9;:]*")
_VT = re.compile(r"vt[2-5]\d\d")
_RELEASED = ":3"
"""After the modifiers: the key went up (kitty)."""


def typed(character: str) -> Key | None:
    """The key that sends `character`; None where no key does."""
    name = _CONTROL.get(ord(character))
    if name is None and 0x80 <= ord(character) < 0xA0:
        return None
    return Key(name or _character_to_key(character), character)


def typed_with_alt(character: str) -> Key | None:
    """The key that, with Alt held, sends ESC and `character`."""
    key = typed(character)
    if key is None or character in _WITH_ALT:
        return key and Key(_WITH_ALT[character], None)
    shift = ["shift"] if character.isupper() else []
    return _named(key.key.lower(), ["alt", *shift])


class Dialect:
    """Names the keys that send a sequence, as one kind of terminal means it."""

    def __init__(self, term: str) -> None:
        """`term` is the name of the terminal in terminfo, as TERM has it."""
        self._numbered = _NUMBERED | (_VT220 if _VT.match(term) else {})

    def control_sequence(self, parameters: str, final: str) -> Key | None:
        """The key that sends ESC [ `parameters` `final`; None for replies, reports and whatever is not known."""
        if not _NUMBERS.fullmatch(parameters) or _RELEASED in parameters:
            return None
        numbers = [int(part.partition(":")[0] or 0) for part in parameters.split(";")]
        held = _modifiers(numbers[1:2])
        if final == "u":
            return _by_code(numbers[0], held)
        if final == "~" and numbers[0] == 27 and len(numbers) == 3:
            return _by_code(numbers[2], held)
        if final == "~":
            return _named(self._numbered.get(numbers[0]), held)
        if final in _RXVT:
            return _named(self._numbered.get(numbers[0]), _RXVT[final])
        return _named(_FINAL.get(final), held or _modifiers(numbers[:1]))

    def shifted_sequence(self, parameters: str, final: str) -> Key | None:
        """The key that sends ESC O `parameters` `final`, or None."""
        if final in _KEYPAD:
            return typed(_KEYPAD[final])
        held = _modifiers([int(number) for number in parameters.split(";")[-1:] if number])
        return _named(_SHIFTED.get(final), held)

    def console_sequence(self, final: str) -> Key | None:
        """The key that sends ESC [ [ `final`, or None."""
        return _named(_CONSOLE.get(final), [])


def _by_code(code: int, held: Sequence[str]) -> Key | None:
    """The key of the character `code`, as a terminal sends it that a program before us left in another mode."""
    if not 0 < code < 0xD800:  # beyond are no characters, or keys by the numbers that kitty made up
        return None
    if list(held) == ["shift"] and chr(code).isalpha():
        return typed(chr(code).upper()[0])
    key = typed(chr(code))
    return _named(key.key, held) if key and held else key


def _modifiers(numbers: Sequence[int]) -> list[str]:
    """What is held down, by xterm's number for it: one more than the sum of 1 for Shift, 2 for Alt and 4 for Ctrl."""
    bits = numbers[0] - 1 if numbers and 1 < numbers[0] <= 256 else 0
    return [name for bit, name in ((2, "alt"), (4, "ctrl"), (1, "shift")) if bits & bit]


def _named(name: str | None, held: Sequence[str]) -> Key | None:
    """The key `name`, with what is held besides, each once and in the order Textual writes them."""
    if name is None:
        return None
    *own, plain = name.split("+")
    modifiers = {*own, *held}
    if "shift" in modifiers and plain in _COUNTED_ON:
        modifiers.remove("shift")
        plain = _COUNTED_ON[plain]
    return Key("+".join([*sorted(modifiers), plain]), "\r" if name == "enter" and not held else None)


_COUNTED_ON = {f"f{number}": f"f{number + 12}" for number in range(1, 13)}
"""Function keys with Shift, as terminfo counts them."""
