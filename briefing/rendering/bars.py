"""The first and the last row: the marking, where one is, and the keys that do something now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from rich.cells import cell_len

from briefing.commands import COMMANDS, key_name
from briefing.model import Pack
from briefing.parsing import visible
from briefing.rendering.entry import counted
from briefing.rendering.line import Line, Piece, clip, width_of

_GAP = "  "


def marking_piece(pack: Pack) -> Piece:
    """The marking of the pack, which stands on the first and last row of every screen."""
    return Piece(visible(pack.marking), "marking")


def top_line(pack: Pack, view: str, width: int, busy: str = "") -> tuple[Line, Line]:
    """What stands on the left and right of the first row: marking, view and title; the day the briefing speaks from.

    While the program is `busy`, that is said instead of the day. Where `width` cells do not hold it all, the title is
    cut first, then the day left out; the marking stays.
    """
    as_of = busy or (f"as of {pack.as_of.isoformat()}" if pack.as_of else "no as-of date")
    left: Line = (marking_piece(pack), Piece(_GAP), Piece(view.upper(), "accent"), Piece(_GAP))
    room = width - width_of(left) - len(_GAP) - cell_len(as_of)
    right = (Piece(as_of, "bar"),) if room >= 0 else ()
    title = clip((Piece(visible(pack.title), "bar-title"),), max(0, room))
    return left + title, right


def opening_notice(pack: Pack, besides: Sequence[str] = ()) -> str:
    """What is said when the pack is opened: how many faults it has, then `besides`, then the first fault in words.

    "" where there is neither a fault nor anything besides.
    """
    problems = [*pack.problems, *(problem for document in pack.documents for problem in document.problems)]
    if not problems:
        return "; ".join(besides)
    first = problems[0]
    place = PurePath(first.path).name + (f":{first.line}" if first.line else "")
    return "; ".join([counted(len(problems), "fault"), *besides, f"{place}: {first.fault}", "see briefing check"])


def bottom_line(pack: Pack, available: Iterable[str], notice: str, width: int) -> tuple[Line, Line]:
    """What stands on the left and on the right of the last row: the marking with what just happened, then the keys.

    Of the commands whose ids are `available`, those that matter most come first, as many as `width` cells hold; help
    and quit are placed before all others. A notice is cut for none of them: they have what it leaves.
    """
    left: Line = (marking_piece(pack),)
    wanted = set(available)
    ranked = sorted((one for one in COMMANDS if one.rank and one.id in wanted), key=lambda one: one.rank)
    sizes = {one.id: cell_len(key_name(one.keys[0])) + 1 + cell_len(one.name) + len(_GAP) for one in ranked}
    kept = ["help", "quit"]
    if notice:
        kept = ["help"]
        left += (Piece(_GAP), *clip((Piece(visible(notice), "accent"),), max(0, width - width_of(left) - len(_GAP))))
    room = width - width_of(left) - len(_GAP)
    shown = set()
    for command in sorted(ranked, key=lambda one: (one.id not in kept, one.id != "quit")):
        if sizes[command.id] <= room:
            room -= sizes[command.id]
            shown.add(command.id)
    pieces: list[Piece] = []
    for command in ranked:
        if command.id in shown:
            pieces += [Piece(_GAP), Piece(key_name(command.keys[0]), "key"), Piece(" " + command.name, "bar")]
    return left, tuple(pieces)
