"""Key bindings, made from the table of commands."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from briefing.commands import COMMANDS, Scope, key_name


def bindings(scope: Scope) -> list[BindingType]:
    """A binding for every key of the commands of `scope`; the action has the name of the command."""
    return [
        Binding(
            ",".join(command.keys),
            command.id,
            command.name,
            show=False,
            key_display=key_name(command.keys[0]),
            tooltip=command.help,
            id=command.id,
        )
        for command in COMMANDS
        if command.scope is scope
    ]
