"""What fingers, pastes, terminals and bad lines may send: by chance, and by mutation of what is known to come."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

PASTE, PASTED = b"\x1b[200~", b"\x1b[201~"
ENDED = PASTED + b"\x1b\\"
"""Ends whatever was begun."""
KEYS: Sequence[bytes] = (
    *(bytes([one]) for one in b"abcdefghijklmnoprstuvwxyzAGNRSTUX0123456789/\\.!=?[] &"),
    *(b"\r", b"\t", b"\x7f", b"\x08", b"\x00", b"\x0c", b"\x1a", b"\x1c", b"\x1b"),
    *(b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[H", b"\x1b[F", b"\x1b[5~", b"\x1b[6~", b"\x1b[Z", b"\x1bOP"),
    *(b"\x1b[1;5A", b"\x1b[3;5~", b"\x1b[[A", b"\x1b[15~", b"\x1bOM", b"\x1bOx", b"\x1bj", b"\x1b[27u", b"\x1b[3^"),
    *(
        "é漢\u0301👨\u200d🛡\u202e\x9b".encode(),
        "ç".encode("latin-1"),
        b"\xff",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90",
    ),
)
"""Keys, and bytes that are none; but not those that leave the program or could lead to it: q, Ctrl+C and the colon."""
REPLIES: Sequence[bytes] = (
    *(b"\x1b[?61;4;6;22c", b"\x1b[>41;390;0c", b"\x1b[24;80R", b"\x1b[0n", b"\x1b[?2026;2$y", b"\x1b[?1u"),
    *(b"\x1b[I", b"\x1b[O", b"\x1b[8;24;80t", b"\x1b[<0;10;20M", b"\x1b[M qq", b"\x1b[?997;1n", b"\x1b[4;1$y"),
    *(b"\x1b]11;rgb:0000/0000/0000\x1b\\", b"\x1b]lq title q\x07", b"\x1b]52;c;cQ==\x1b\\"),
    *(b"\x1bP>|xqerm(390)\x1b\\", b"\x1bP1$r0mq\x1b\\", b"\x1b_Gi=1;OK q\x1b\\"),
)
"""What a terminal answers, or says by itself; most with a q in it, which must not leave the program."""
PASTES: Sequence[bytes] = (
    *(b"ab\x1b[31mq", b"a\0\x07\rq\x03", b"\x1b\x1b[200~q", b"q:quit\r", b"gro\xdf q", b"\x1b]0;q\x07"),
    *(b"lorem q " * 400, "\u202e\u2066q\u200b".encode(), b"\x1b[201", b"\x1b[A\x1b[Bq", b""),
)
"""What may stand in a paste: never a key, whatever it is."""
CASES: dict[str, Sequence[bytes | float]] = {
    "an invalid byte": [b"\xff"],
    "é in Latin-1, then a letter": [b"\xe9", 0.3, b"a"],
    "NUL and Ctrl+\\": [b"\0\x1c"],
    "an arrow in two parts": [b"\x1b", 0.12, b"[B"],
    "F1 in two parts": [b"\x1bO", 0.3, b"P"],
    "a paste with ESC in it": [PASTE + b"ab\x1b[31mq" + PASTED],
    "a paste with NUL and Enter in it": [PASTE + b"a\0\x07\rq" + PASTED],
    "the start of a paste in two parts": [b"\x1b[200", 0.12, b"~hello q" + PASTED],
    "the end of a paste in two parts": [PASTE + b"hello", 0.2, b"\x1b[201", 0.6, b"~"],
    "a paste without an end": [PASTE + b"hello", 2.5],
    "a late DA1": [b"\x1b[?61;4;6;22c"],
    "a late answer to OSC 11": [b"\x1b]11;rgb:0000/0000/0000\x1b\\"],
    "an XTVERSION with q in it": [b"\x1bP>|xqerm(390)\x1b\\"],
    "a paste of 64 KB": [PASTE + b"lorem q " * 8192 + PASTED],
}
"""Bytes, and seconds in which nothing comes. All have befallen programs at the far end of a line."""


def some_bytes(chance: Random) -> bytes:
    """Bytes as they may come: mad, known, known and mutated, or pasted."""
    make = chance.choice((_mad, _known, _mutated, _mutated, _pasted))
    return make(chance)


def harmless(typed: bytes) -> bytes:
    """`typed` without the keys that leave the program or may lead to it, unless it is whole and none of it is a key."""
    pasted = typed.startswith(PASTE) and typed.find(PASTED) == len(typed) - len(PASTED)
    if typed in REPLIES or pasted:
        return typed
    return typed.translate(None, b"q:\x03")


def _mad(chance: Random) -> bytes:
    return chance.randbytes(chance.randrange(1, 9))


def _known(chance: Random) -> bytes:
    return chance.choice((*KEYS, *REPLIES))


def _pasted(chance: Random) -> bytes:
    content = chance.choice(PASTES) if chance.random() < 0.5 else chance.randbytes(chance.randrange(40))
    return PASTE + content + PASTED


def _mutated(chance: Random) -> bytes:
    typed = bytearray(_known(chance) if chance.random() < 0.7 else _pasted(chance))
    for _ in range(chance.randrange(1, 4)):
        place = chance.randrange(len(typed) + 1)
        match chance.randrange(5):
            case 0:
                del typed[place:]
            case 1:
                del typed[place : place + chance.randrange(1, 4)]
            case 2:
                typed[place:place] = chance.randbytes(chance.randrange(1, 4))
            case 3:
                typed[place:place] = _known(chance)
            case _:
                typed[place:place] = typed[place : place + 8]
    return bytes(typed)
