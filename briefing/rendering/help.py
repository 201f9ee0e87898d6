"""The help page, made from the table of commands."""

from __future__ import annotations

from briefing.commands import COMMANDS, Scope, key_name
from briefing.rendering.line import Line, Piece, fit, flow

_KEYS_WIDTH = 18
_TITLES = {
    Scope.LIST: "IN A LIST, A DOCUMENT OR THE MATRIX",
    Scope.DESK: "ON THE DESK",
    Scope.APP: "THE PROGRAM",
}
_MARKS = (
    ("2", "direct quotes: sentences about both the role and the constraint"),
    ("~3", "inherited quotes: general sentences about the constraint"),
    ("○ ◔ ◑ ◕ ●", "none, low, moderate, high, blocking: how strongly a constraint bears on a role"),
    ("low?", "a rating drafted with the pack, not confirmed by anybody"),
    ("·", "evidence that nobody has rated"),
    ("—", "no evidence in the documents"),
    ("DONE ANNOUNCED", "the firmest status the body of any document gives a role; then possible, general"),
    ("●·", "in the sidebar: the documents that name an entity, and those that do not"),
    ("␛ <U+202E>", "a character in a document that a terminal could act on, made visible"),
)


def help_lines(width: int) -> list[Line]:
    """Every key with what it does, then every mark with what it means, in `width` cells."""
    lines: list[Line] = []
    for scope, title in _TITLES.items():
        lines.append((Piece(title, "group"),))
        for command in COMMANDS:
            if command.scope is scope:
                keys = " ".join(key_name(key) for key in command.keys)
                lines += _row(keys, command.help, width)
        lines.append(())
    lines.append((Piece("MARKS", "group"),))
    for mark, meaning in _MARKS:
        lines += _row(mark, meaning, width)
    return lines


def _row(left: str, right: str, width: int) -> list[Line]:
    rows = list(flow([Piece(right)], max(10, width - _KEYS_WIDTH)))
    first = (Piece(fit(left, _KEYS_WIDTH), "key"), *rows[0])
    return [first, *((Piece(" " * _KEYS_WIDTH), *row) for row in rows[1:])]
