"""What this host, its locale and its terminal say of themselves, and what is decided because of it.

Nothing here asks the terminal, which may be slow, silent or hostile: the environment, the system and Python know
enough.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple


class Colours(IntEnum):
    """How many colours may be sent to the terminal."""

    NONE = 0
    """Bold, underlined and reversed text only."""
    SIXTEEN = 16
    MANY = 256
    FULL = 1 << 24


class Host(NamedTuple):
    """The facts; as the environment, the system and Python tell them."""

    python: str
    """Its version, such as "3.11.7"."""
    executable: str
    superuser: bool
    """Whether the program runs with the rights of root."""
    ssh: bool
    multiplexer: str
    """ "tmux" or "screen" where the terminal is one of theirs, else ""."""
    term: str
    """TERM, without white space; "" where it is not set."""
    colorterm: str
    """COLORTERM, likewise."""
    no_color: bool
    """Whether NO_COLOR is set to anything (no-color.org)."""
    locale: str
    """The value of the variable that decides on characters; "" where none is set."""
    utf8_mode: bool
    """Whether Python writes UTF-8 whatever the locale says, as it does in the C locale (PEP 540)."""
    encoding: str
    """What Python writes to the terminal in; "" where standard error is closed."""
    columns: int
    """Cells; 0, as the rows, where no standard stream is a terminal or it does not know its size."""
    rows: int
    input_is_terminal: bool
    output_is_terminal: bool
    errors_are_terminal: bool
    state_folder: Path | None
    """Where what must outlive the session is kept; None where neither XDG_STATE_HOME nor a home is known."""
    state_writable: bool
    """Whether it can be written, or made where it is not there yet."""
    state_free: int
    """Bytes that may still be written there; quotas are not known."""
    ascii_wanted: bool
    """Whether BRIEFING_ASCII asks for ASCII."""
    restricted_wanted: bool
    """Whether BRIEFING_RESTRICTED asks for the restricted mode."""


class Decisions(NamedTuple):
    """What is done because of the facts, each with the reason in words: a clause without a full stop."""

    colours: Colours
    colours_reason: str
    ascii: bool
    """Whether only ASCII may be written to the terminal."""
    ascii_reason: str
    theme: str
    theme_reason: str
    restricted: bool
    """Whether the officer may neither write outside the state folder nor read outside the pack, nor reach a shell."""
    restricted_reason: str


def observe(environ: Mapping[str, str], state: Path | None) -> Host:
    """The facts, for a process whose environment is `environ`, and whose state folder is `state`. Raises nothing."""
    size = _size()
    writable, free = _room(state) if state else (False, 0)
    return Host(
        python=".".join(map(str, sys.version_info[:3])),
        executable=sys.executable or "",
        superuser=hasattr(os, "geteuid") and os.geteuid() == 0,
        ssh=any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY")),
        multiplexer="tmux" if environ.get("TMUX") else "screen" if environ.get("STY") else "",
        term=environ.get("TERM", "").strip(),
        colorterm=environ.get("COLORTERM", "").strip(),
        no_color=bool(environ.get("NO_COLOR")),
        locale=_locale(environ, coerced=bool(sys.flags.utf8_mode)),
        utf8_mode=bool(sys.flags.utf8_mode),
        encoding=getattr(sys.__stderr__, "encoding", None) or "",
        columns=size.columns,
        rows=size.lines,
        input_is_terminal=_is_terminal(0),
        output_is_terminal=_is_terminal(1),
        errors_are_terminal=_is_terminal(2),
        state_folder=state,
        state_writable=writable,
        state_free=free,
        ascii_wanted=_is_set(environ, "BRIEFING_ASCII"),
        restricted_wanted=_is_set(environ, "BRIEFING_RESTRICTED"),
    )


def decide(host: Host, *, theme: str = "", ascii: bool = False, restricted: bool = False) -> Decisions:
    """What follows from the facts of `host` and from what the command line asks; an empty `theme` asks for none.

    Options can only add to what the environment restricts, never take it away.
    """
    colours, colours_reason = _colours(host)
    theme, theme_reason = (theme, "asked for with --theme") if theme else _theme(colours)
    ascii, ascii_reason = _ascii(host, asked=ascii)
    restricted, restricted_reason = _restricted(host, asked=restricted)
    return Decisions(colours, colours_reason, ascii, ascii_reason, theme, theme_reason, restricted, restricted_reason)


# ---------------------------------------------------------------- colours

_COLOURLESS = r"dumb|unknown|vt\d.*|.*-m|.*-mono|"
"""Kinds of terminal without colour, by the names of terminfo: -m and -mono are its suffixes for monochrome ones."""
_SIXTEEN = (
    r"(?:alacritty|ansi|contour|cons25|cygwin|dtterm|Eterm|foot|ghostty|gnome|iTerm2?|konsole|kterm|linux|mintty|mlterm|"
    r"ms-terminal|nsterm|pcansi|putty|rxvt|screen|st|teraterm|tmux|vscode|vte|wezterm|xterm)(?![A-Za-z]).*"
)
"""Kinds of terminal that know at least the eight colours of ECMA-48 and their bright ones, by the names of terminfo."""


def _colours(host: Host) -> tuple[Colours, str]:
    if host.no_color:
        return Colours.NONE, "NO_COLOR is set"
    if re.fullmatch(_COLOURLESS, host.term, re.IGNORECASE):
        return Colours.NONE, f"TERM={host.term} has no colours" if host.term else "TERM is not set"
    known = _colours_of_kind(host)
    if host.colorterm.lower() not in ("truecolor", "24bit"):
        return known
    if host.multiplexer == "screen":
        # Its shells inherit COLORTERM from outside, and before version 5 it takes 24-bit colours for other attributes.
        return known[0], "COLORTERM speaks of the terminal outside screen"
    return Colours.FULL, f"COLORTERM={host.colorterm}"


def _colours_of_kind(host: Host) -> tuple[Colours, str]:
    if "256color" in host.term or "direct" in host.term:
        return Colours.MANY, f"TERM={host.term} promises no more without COLORTERM"
    if re.fullmatch(_SIXTEEN, host.term, re.IGNORECASE):
        return Colours.SIXTEEN, f"TERM={host.term} promises no more"
    return Colours.NONE, f"TERM={host.term} is not known to have any"


def _theme(colours: Colours) -> tuple[str, str]:
    """The theme that the terminal has the colours for."""
    if colours is Colours.NONE:
        return "plain", "it needs no colour"
    if colours is Colours.SIXTEEN:
        return "sixteen", "it needs the terminal's own colours only"
    return "dark", "the terminal has the colours for it"


# ---------------------------------------------------------------- characters


def _locale(environ: Mapping[str, str], *, coerced: bool) -> str:
    """What decides on characters: the first of LC_ALL, LC_CTYPE and LANG that is set (POSIX, "Locale Variables").

    Where Python found the C locale it may have set LC_CTYPE itself (PEP 538): with `coerced` that value is passed over.
    """
    kind = environ.get("LC_CTYPE", "")
    if coerced and kind in ("C.UTF-8", "C.utf8", "UTF-8"):
        kind = ""
    return environ.get("LC_ALL", "") or kind or environ.get("LANG", "")


def _ascii(host: Host, *, asked: bool) -> tuple[bool, str]:
    """Whether to write ASCII only.

    The C locale, or none, says nothing of the terminal. UTF-8 there is a guess, which a terminal of another kind shows
    as rubbish or, since bytes 0x80 to 0x9F are among it, obeys. A locale that is not installed still says what the
    terminal takes: it came with the officer, over SSH.
    """
    if asked or host.ascii_wanted:
        return True, "asked for with --ascii" if asked else "BRIEFING_ASCII is set"
    if not _is_utf8(host.encoding):
        return True, f"Python writes {host.encoding or 'nothing'} here, which is not UTF-8"
    if not host.locale:
        return True, "no locale is set, so the terminal may take anything"
    # A name without an encoding means what the system knows of it; in UTF-8 mode Python did not find it there.
    named = "." in host.locale or host.locale in ("C", "POSIX")
    if _is_utf8(host.locale.partition("@")[0].rpartition(".")[2]) or not (named or host.utf8_mode):
        return False, f"the locale {host.locale} is UTF-8"
    return True, f"the locale {host.locale} does not say UTF-8"


def _is_utf8(encoding: str) -> bool:
    return encoding.replace("-", "").replace("_", "").lower() == "utf8"


# ---------------------------------------------------------------- rights


def _restricted(host: Host, *, asked: bool) -> tuple[bool, str]:
    if host.restricted_wanted:
        return True, "BRIEFING_RESTRICTED is set"
    return asked, "asked for with --restricted" if asked else "nobody asked for it"


def _is_set(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").strip() not in ("", "0")


# ---------------------------------------------------------------- the system


def _is_terminal(file: int) -> bool:
    try:
        return os.isatty(file)
    except OSError:
        return False


def _size() -> os.terminal_size:
    """Of the first standard stream that is a terminal."""
    for file in (1, 2, 0):
        try:
            return os.get_terminal_size(file)
        except OSError:
            continue
    return os.terminal_size((0, 0))


def _room(folder: Path) -> tuple[bool, int]:
    """Whether `folder` can be written or made, and the bytes that are free there."""
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    try:
        found = os.statvfs(folder)
    except OSError:
        return False, 0
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK), found.f_bavail * found.f_frsize
