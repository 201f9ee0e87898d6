"""What this host, its locale and its terminal can do, what is done because of it, and what would make it better."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from textwrap import wrap

from briefing import __version__
from briefing.export.formats import as_json
from briefing.host import Colours, Decisions, Host
from briefing.parsing import visible

_WIDTH = 80
"""Cells: the narrowest terminal anybody prints on."""
_INDENT = " " * 10
SMALLEST = (40, 10)
"""Cells and rows: a smaller terminal shows less than five lines of a document."""
LEAST_FREE = 1024 * 1024
"""Bytes: with less room the next day's decisions may not be saved."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about this host."""

    subject: str
    found: str
    """The facts; "" where there is none that was not said before."""
    done: str
    """What follows from them; "" where nothing does."""
    better: str = ""
    """What would make it better; "" where nothing would."""
    wrong: bool = False
    """Whether it stands in the way of work until that is done."""


def show_doctor(options: argparse.Namespace) -> int:
    """Print what is found; 1 when something stands in the way of work, else 0."""
    found = findings(options.host, options.decisions)
    wrong = any(finding.wrong for finding in found)
    if options.json:
        facts = {**options.host._asdict(), "state_folder": str(options.host.state_folder or "")}
        told = {"host": facts, "decisions": options.decisions._asdict(), "findings": list(map(asdict, found))}
        sys.stdout.write(as_json({"version": __version__, **told, "wrong": wrong}))
    else:
        sys.stdout.write("".join(f"{line}\n" for line in as_lines(found)))
    return int(wrong)


def findings(host: Host, decisions: Decisions) -> tuple[Finding, ...]:
    """All there is to say, what the officer sees first before what lies behind it."""
    return (
        _terminal(host),
        _colours(host, decisions),
        _characters(host, decisions),
        Finding("theme", "", f"{decisions.theme}: {decisions.theme_reason}"),
        _line(host),
        _state(host, decisions),
        _rights(decisions),
        _program(host),
    )


def as_lines(found: Sequence[Finding]) -> Iterator[str]:
    """`found` as lines of text, each of at most 80 characters where no word is longer."""
    for finding in found:
        yield finding.subject.upper()
        remedy = "WRONG" if finding.wrong else "better"
        for label, text in (("found", finding.found), ("done", finding.done), (remedy, finding.better)):
            if text:
                first = f"  {label}".ljust(len(_INDENT))
                yield from _wrapped(visible(text), first)
    wrong = [finding.subject for finding in found if finding.wrong]
    yield f"In the way of work: {', '.join(wrong)}." if wrong else "Nothing is in the way of work."


def _wrapped(text: str, first: str) -> list[str]:
    """`text` in lines, the first after `first`; paths and names stay whole, so that they can be copied."""
    return wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=_INDENT, break_on_hyphens=False, break_long_words=False
    )


def _terminal(host: Host) -> Finding:
    ends = {
        "input": host.input_is_terminal,
        "output": host.output_is_terminal,
        "error": host.errors_are_terminal,
    }
    missing = [f"standard {name}" for name, is_terminal in ends.items() if not is_terminal]
    if missing:
        found = f"{', '.join(missing)}: no terminal"
        return Finding("terminal", found, "views are printed as text, and the interface is not opened", _NO_TERMINAL)
    if not (host.columns and host.rows):
        return Finding("terminal", "its size is not known", "80 by 24 cells are taken for it", "stty rows 24 cols 80")
    found = f"{host.columns} by {host.rows} cells"
    if host.columns < SMALLEST[0] or host.rows < SMALLEST[1]:
        return Finding("terminal", found, "there is no room for a document", "make it 40 by 10 or larger", wrong=True)
    return Finding("terminal", found, "drawn at this size, and anew when it changes")


_NO_TERMINAL = "start it in a terminal; over SSH with ssh -t"


def _colours(host: Host, decisions: Decisions) -> Finding:
    names = {"TERM": host.term, "COLORTERM": host.colorterm, "NO_COLOR": "1" if host.no_color else ""}
    found = ", ".join(f"{name}={value}" for name, value in names.items() if value) or "TERM is not set"
    sent = {
        Colours.NONE: "no colours, only weight and the marks > ! ~",
        Colours.SIXTEEN: "16 colours",
        Colours.MANY: "256 colours",
        Colours.FULL: "24-bit colours",
    }
    better = {
        Colours.NONE: "set TERM to what the terminal is, if it is one with colours, such as xterm-256color",
        Colours.SIXTEEN: "set TERM=xterm-256color, only if the terminal shows that many; most do",
        Colours.MANY: "set COLORTERM=truecolor, only if the terminal shows 24-bit colours and the line is fast: they "
        "take a fifth more bytes",
        Colours.FULL: "unset COLORTERM if colours look wrong or the line is slow",
    }
    remedy = "unset NO_COLOR to have colours" if host.no_color else better[decisions.colours]
    return Finding("colours", found, f"{sent[decisions.colours]}: {decisions.colours_reason}", remedy)


def _characters(host: Host, decisions: Decisions) -> Finding:
    mode = ", in its UTF-8 mode" if host.utf8_mode else ""
    found = f"locale {host.locale or 'not set'}; Python writes {host.encoding or 'nothing'}{mode}"
    if not decisions.ascii:
        return Finding("characters", found, f"UTF-8: {decisions.ascii_reason}", _SCREEN[host.multiplexer == "screen"])
    asked = host.ascii_wanted or decisions.ascii_reason.startswith("asked")
    remedy = "leave that out" if asked else "set LC_ALL=C.UTF-8 or another UTF-8 locale"
    return Finding(
        "characters",
        found,
        f"ASCII only, other characters shown as the nearest ones or as ?: {decisions.ascii_reason}",
        f"{remedy}, only if the terminal takes UTF-8; most do",
    )


_SCREEN = ("", "start screen with -U, or frames and dashes are shown as rubbish")


def _line(host: Host) -> Finding:
    found = "over SSH" if host.ssh else "on this host"
    found += f", inside {host.multiplexer}" if host.multiplexer else ""
    remedy = "run it inside tmux or screen: a dropped line then loses nothing, not even the place on the screen"
    done = "decisions are on the disk before the screen says so"
    done += "; view and notes are kept for the next start" if _has_room(host) else ""
    return Finding("line", found, done, remedy if host.ssh and not host.multiplexer else "")


def _has_room(host: Host) -> bool:
    """Whether the state folder takes what is to be kept in it."""
    return host.state_folder is not None and host.state_writable and host.state_free >= LEAST_FREE


def _state(host: Host, decisions: Decisions) -> Finding:
    if _has_room(host):
        found = f"{host.state_folder}, {_size(host.state_free)} free, quotas aside"
        where = "here" if decisions.restricted else "in the pack's folder, or here where that cannot be written"
        return Finding("state", found, f"decisions are kept {where}; view and notes are kept here")
    if host.state_folder is None:
        found, remedy = "no home folder is known", "set XDG_STATE_HOME to a folder of yours"
    elif not host.state_writable:
        found, remedy = f"{host.state_folder} cannot be written", "set XDG_STATE_HOME to a folder that can be written"
    else:
        found = f"{host.state_folder}, {_size(host.state_free)} free, quotas aside"
        remedy = "make room, or set XDG_STATE_HOME to a folder with room"
    return Finding("state", found, _UNSAVED[decisions.restricted], remedy, wrong=True)


_UNSAVED = (
    "reading goes on; view and notes are not kept, nor are decisions where the pack cannot be written",
    "reading goes on; view, notes and decisions are not kept, since the restricted mode writes nowhere else",
)
"""What follows where the state folder takes nothing, in the ordinary mode and in the restricted one."""


def _size(bytes: int) -> str:
    """In the largest unit of which there is one or more, rounded down."""
    for unit, name in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")):
        if bytes >= unit:
            return f"{bytes // unit} {name}"
    return f"{bytes} bytes"


def _rights(decisions: Decisions) -> Finding:
    if not decisions.restricted:
        done = "reads what it is named, writes decisions and views; no network, no other program, no clipboard"
        return Finding("rights", f"not restricted: {decisions.restricted_reason}", done)
    done = "nothing is read outside the pack or written outside the state folder, and no key leads to a shell"
    return Finding("rights", f"restricted: {decisions.restricted_reason}", done)


def _program(host: Host) -> Finding:
    found = f"briefing {__version__}, Python {host.python}, {host.executable}"
    remedy = "work as yourself: it needs no rights of root" if host.superuser else ""
    return Finding("program", found, "", remedy)
