"""The help page, made from the table of commands."""

from __future__ import annotations

from briefing.commands import COMMANDS, Scope, key_name
from briefing.rendering.line import Line, Piece, fit, flow
from briefing.rendering.ruler import RULER_IN_ASCII

_KEYS_WIDTH = 18
_TITLES = {
    Scope.LIST: "IN A LIST, A DOCUMENT OR THE MATRIX",
    Scope.DESK: "ON THE DESK",
    Scope.APP: "THE PROGRAM",
}
_MARKS = (
    ("2~3/1", "two direct and three inherited quotes from one origin"),
    ("!  *", "quotes of this cell disagree; something has changed since it was rated, or a source was struck"),
    ("(mod.)", "what the evidence points to, where nobody has rated; in the evidence it says why"),
    ("≠●", "another officer rated it otherwise"),
    ("2", "direct quotes: sentences about both the role and the constraint"),
    ("~3", "inherited quotes: general sentences about the constraint"),
    ("○ ◔ ◑ ◕ ●", "none, low, moderate, high, blocking: how strongly a constraint bears on a role"),
    ("low?", "a rating drafted with the pack, not confirmed by anybody"),
    ("·", "evidence that nobody has rated"),
    ("—", "no evidence in the documents"),
    ("DONE UNDER WAY", "the firmest stage the body of any document gives a role: then announced, planned, proposed,"),
    ("", "possible, unclear, denied; capitals for what is more than a plan"),
    ("▪ ◆", "beside a document: where what n runs through stands, and the words that were jumped to"),
    ("●·", "in the sidebar: the documents that name an entity, and those that do not"),
    ("• ✓ ✗ …", "in the list of the documents: new, kept, skipped, left for later"),
    ("␛ <U+202E>", "a character in a document that a terminal could act on, made visible"),
)


def help_lines(width: int, *, ascii: bool = False) -> list[Line]:
    """Every key with what it does, then every mark with what it means, in `width` cells.

    With `ascii` the marks of the ruler are those that the desk has then.
    """
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
        lines += _row(mark.translate(RULER_IN_ASCII) if ascii else mark, meaning, width)
    return lines


def _row(left: str, right: str, width: int) -> list[Line]:
    rows = list(flow([Piece(right)], max(10, width - _KEYS_WIDTH)))
    first = (Piece(fit(left, _KEYS_WIDTH), "key"), *rows[0])
    return [first, *((Piece(" " * _KEYS_WIDTH), *row) for row in rows[1:])]
