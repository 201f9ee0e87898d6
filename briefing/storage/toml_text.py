"""Text as TOML writes it."""

from __future__ import annotations


def quoted(text: str) -> str:
    """A basic string of TOML 1.0: what is not printable is written as an escape, half a surrogate pair as U+FFFD."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
