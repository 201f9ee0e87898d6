"""Text in ASCII that takes as many cells: for terminals and locales that do not know UTF-8, and for `--ascii`."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import decomposition, name, normalize

from rich.cells import cell_len

_TABLE = dict(
    zip(
        "○◔◑◕●·•◦▪■□◆◇◼▲▼◀▶▴▾◂▸…–—―‐‑‒−‘’‚‛“”„‟«»‹›′″←→↑↓↔⇐⇒≠×÷±≤≥≈¬¦¡¿§¶©®°€£¥¢✓✔✗✘\u00a0",
        ".:oO@-*o+##**#^v<>^v<>.-------''''\"\"\"\"<><>'\"<>^v-<>#x/+<>~!|!?SPcRoELYcvvxx ",
        strict=True,
    )
)
"""What looks most alike. The five ratings stay five, and differ from the dot for "nothing"."""

_LETTERS = dict(zip("øØłŁđĐħĦŧŦıðÐßæÆœŒþÞ", "oOlLdDhHtTidDsaAoOtT", strict=True))
"""Latin letters that Unicode does not take apart into a letter and an accent."""

_OTHER_MEANING = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>")
"""Kinds of character that read otherwise without their form: 10² is not 102."""

_BEYOND = re.compile(r"[^\x00-\x7f]")


def to_ascii(text: str) -> str:
    """`text` with every character beyond ASCII replaced, cell for cell; control characters of ASCII stay.

    Boxes become `+-|`, letters lose their accents; what has no likeness becomes `?`, or `??` where it is wide.
    """
    return text if text.isascii() else _BEYOND.sub(lambda found: _likeness(found[0]), text)


@lru_cache(maxsize=4096)
def _likeness(character: str) -> str:
    known = _TABLE.get(character) or _LETTERS.get(character) or _drawn(character)
    if known:
        return known
    width = cell_len(character)
    if decomposition(character).startswith(_OTHER_MEANING):
        return "?" * width
    plain = "".join(part for part in normalize("NFKD", character) if part.isascii())
    return plain.ljust(width) if plain.isprintable() and 0 < len(plain) <= width else "?" * width


def _drawn(character: str) -> str:
    """The likeness of a line, a block, or the picture of a control character; "" for anything else."""
    code = ord(character)
    if 0x2400 <= code <= 0x2426:
        return "^"
    if 0x2580 <= code <= 0x259F:
        return "#"
    if not 0x2500 <= code <= 0x257F:
        return ""
    words = set(name(character).split())
    if "DIAGONAL" in words:
        return {0x2571: "/", 0x2572: "\\"}.get(code, "X")
    lies, stands = words & {"HORIZONTAL", "LEFT", "RIGHT"}, words & {"VERTICAL", "UP", "DOWN"}
    if lies and stands:
        return "+"
    # A pane with a double border is the one that has the keys.
    return "|" if stands else "=" if "DOUBLE" in words else "-"
