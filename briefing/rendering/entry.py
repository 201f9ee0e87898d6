"""Entries of a list: one or more lines that are chosen as one."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.rendering.line import Line, Piece


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list shows for one thing."""

    lines: tuple[Line, ...]
    value: object = None
    """What choosing it means; None for a heading, which cannot be chosen."""


def heading(text: str, note: str = "") -> Entry:
    """An entry that names the ones below it."""
    pieces = (Piece(text, "group"),) + ((Piece(f"  {note}", "muted"),) if note else ())
    return Entry((pieces,))


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 quote", "2 quotes", "3 entries"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
