"""The palette: every command and theme by name."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.commands import COMMANDS, Scope, key_name
from briefing.rendering.entry import Entry, heading
from briefing.rendering.line import Piece, fit

_KEY_WIDTH = 12
_NAME_WIDTH = 17


def palette_entries(themes: Sequence[str], theme: str, query: str) -> list[Entry]:
    """Commands and `themes`, of which `theme` is in use, that hold every word of `query`.

    The value of each is the id of the command, or ("theme", its name).
    """
    wanted = query.casefold().strip()
    found: list[tuple[str, Entry]] = []
    for command in COMMANDS:
        if command.scope is not Scope.LIST and _holds(f"{command.name} {command.help}", wanted.split()):
            key = Piece(fit(key_name(command.keys[0]), _KEY_WIDTH), "key")
            name = Piece(fit(command.name, _NAME_WIDTH), "")
            found.append((command.name, Entry(((key, name, Piece(command.help, "muted")),), command.id)))
    for look in themes:
        if _holds(f"theme {look}", wanted.split()):
            here = "now" if look == theme else ""
            line = (Piece(fit(here, _KEY_WIDTH), "muted"), Piece(f"theme {look}", ""))
            found.append((look, Entry((line,), ("theme", look))))
    # Who types a name means it, whatever else speaks of it.
    found.sort(key=lambda named: (named[0] != wanted, not named[0].startswith(wanted)))
    return [heading("COMMANDS AND THEMES"), *(entry for _, entry in found)] if found else []


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
