"""The first screen, painted before the program is there: what the last start ended with, if nothing has changed since.

Most of a start is the loading of modules. So the first screen of the next start is kept in the officer's cache folder,
with the stamps of every file that it rests on, and written to the terminal by this module alone, which needs next to
nothing. The program takes the terminal over where this leaves it. In any doubt nothing is painted, and the program
starts as it would without this.
"""

# What is imported here delays the paint: pathlib, signal, json and hashlib take longer than all the rest of it.
import _signal  # type: ignore[import-not-found]  # what `signal` gives names to
import os
import sys
import termios
import time
from _blake2 import blake2b

from briefing import __version__

TYPE_CHECKING = False  # as in typing, which takes as long to load as all of the above
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

TAKEN = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h"
"""The alternate screen, no cursor, no wrapping, pastes marked. No mouse, no reports of focus, no keys of kitty's."""
GIVEN_BACK = "\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[r\x1b[0m\x1b[?1049l\x1b[?25h"
"""All that was ever switched on switched off, whatever a frame that was cut short has left behind."""
ENDING: tuple[int, ...] = (
    _signal.SIGHUP,
    _signal.SIGINT,
    _signal.SIGQUIT,
    _signal.SIGTERM,
    _signal.SIGUSR1,
    _signal.SIGUSR2,
    _signal.SIGXCPU,
)
"""The signals that end a program unless it listens."""
MOST_FILES = 150_000
"""Files and folders that are looked at before a screen is painted, at some 3 µs each. A screen that rests on more is
not kept: the times of folders alone would not tell that a file was written to in its place."""

LONGEST = 0.7
"""Seconds for which they are looked at; where that is not enough, as on a slow disk, nothing is painted, nor kept."""
_MAGIC = b"briefing first screen 2\n"
_LARGEST = 24 << 20
"""Bytes of a kept screen: nearly all of them are the paths of the files it rests on."""
_ALONE = ("--ascii",)
_WITH_WORD = ("--theme",)
"""Options that change nothing but the look, as they stand in the command line; any other means that nothing is painted
and nothing kept."""
_READ = ("COLORTERM", "HOME", "LANG", "LANGUAGE", "LNAME", "LOGNAME", "NO_COLOR", "TERM", "TZ", "USER", "USERNAME")
_READ_BEGINS = ("BRIEFING_", "LC_", "PYTHON", "XDG_")
"""Variables, and how the names of others begin, on which a screen may rest."""
_FINALS = tuple("ABCDHKXmr")
"""What ends a control sequence that a frame may hold: moves, erasing, colours, the margins."""
_MOVES = {8: None, 10: None, 13: None}


class PaintedScreen:
    """What the terminal shows already, and how it was found."""

    def __init__(self, attributes: "list[Any]", size: tuple[int, int], cells: "bytes | list[Any]") -> None:
        """`attributes` are those of the terminal before, `size` its columns and rows.

        `cells` are bytes, as they were kept, or rows, just drawn.
        """
        self.attributes = attributes
        self.size = size
        self.cells = cells


_facts: list[str] | None = None
_painted: PaintedScreen | None = None


def paint(arguments: list[str]) -> None:
    """Show the kept screen of a start with `arguments` if there is one and it still holds. Raises nothing.

    From here until `take_over` the terminal is in the care of this module: signals and `give_back` restore it.
    """
    global _facts  # noqa: PLW0603 - there is one process, and one terminal
    _facts = _facts_of(arguments)
    try:
        if _facts is None or not _is_ours():
            return
        columns, rows = os.get_terminal_size(1)
        path = kept_file((columns, rows))
        kept = _read(path) if path else None
        if kept is not None:
            _put_up(*kept, (columns, rows))
    except (OSError, termios.error, ValueError):
        give_back()


def show(frame: bytes, cells: "list[Any]", size: tuple[int, int]) -> None:
    """Show a screen of `size` that was just drawn, unless one is painted already. Raises nothing.

    `frame` is what draws `cells`, its rows. From here the terminal is in the care of this module, as after `paint`.
    """
    try:
        if _painted is None and _is_ours() and _is_harmless(frame):
            _put_up(frame, cells, size)
    except (OSError, termios.error):
        give_back()


def is_painted() -> bool:
    """Whether a screen is painted, and not yet taken over."""
    return _painted is not None


def take_over() -> PaintedScreen | None:
    """What was painted and from now on is in the care of the caller; None where nothing was."""
    global _painted
    painted, _painted = _painted, None
    return painted


def give_back() -> None:
    """Give the terminal back as it was found, if it was painted and not taken over; what was typed is thrown away."""
    painted = take_over()
    if painted is None:
        return
    # In the background, after a stop, whatever writes to the terminal could stop the program for good.
    before = _signal.signal(_signal.SIGTTOU, _signal.SIG_IGN)
    try:
        holder, group = os.tcgetpgrp(0), os.getpgrp()
        if holder == group:
            termios.tcflush(0, termios.TCIFLUSH)
            termios.tcsetattr(0, termios.TCSANOW, painted.attributes)
        # A shell that has the terminal has set its attributes, but not the screen. Another program has set all.
        if holder in (group, os.getsid(0), os.getpgid(os.getppid())):
            _switch_back(is_ours=holder == group)
    except (OSError, termios.error):
        pass  # the line has dropped: there is nobody to give it back to
    _signal.signal(_signal.SIGTTOU, before)
    for number in (_signal.SIGTSTP, _signal.SIGWINCH):
        _signal.signal(number, _signal.SIG_DFL)


def raw(attributes: "list[Any]", *, signals: bool) -> "list[Any]":
    """`attributes` of a terminal, with no echo, every key at once, and Enter as it is; Ctrl+C a signal or a key."""
    iflag, oflag, cflag, lflag, *speeds, characters = attributes
    iflag &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP)
    lflag &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | (0 if signals else termios.ISIG))
    characters = [*characters]
    characters[termios.VMIN], characters[termios.VTIME] = 1, 0
    return [iflag, oflag, cflag, lflag, *speeds, characters]


# ---------------------------------------------------------------- what is kept


def kept_file(size: tuple[int, int]) -> str | None:
    """Where the screen is kept that a start like this one, on a terminal of `size`, is to find; None for nowhere.

    The name of the file is a digest of all that it rests on besides files.
    """
    if _facts is None or min(size) < 1:
        return None
    cache = os.environ.get("XDG_CACHE_HOME", "")
    home = os.environ.get("HOME", "")
    if not cache.startswith("/"):
        if not home.startswith("/"):
            return None
        cache = f"{home}/.cache"
    key = "\0".join((*_facts, *map(str, size))).encode("utf-8", "surrogateescape")
    return f"{cache}/briefing/first_screen/{blake2b(key, digest_size=16).hexdigest()}"


def as_kept(frame: bytes, cells: bytes, stamps: list[tuple[bytes, bytes]]) -> bytes | None:
    """What is kept of a screen: the bytes that draw it, its cells, and the files it rests on; None for what is not.

    That is more files than are looked at, or a frame that holds more than moves, colours, erasing and characters.
    """
    body = b"\0".join((frame, cells, _digest_of(found for _, found in stamps), *(path for path, _ in stamps)))
    if len(stamps) > MOST_FILES or len(body) > _LARGEST or not _is_harmless(frame):
        return None
    return _MAGIC + _digest(body) + body


def still_holds(path: str) -> bool:
    """Whether what is kept at `path` could be painted now."""
    try:
        return _read(path) is not None
    except (OSError, ValueError):
        return False


def stamp(path: bytes) -> bytes:
    """What changes when a file or folder does: size, times and number; the same for all that are not there."""
    try:
        found = os.stat(path)  # noqa: PTH116 - pathlib is not loaded yet
    except OSError:
        return b"-"
    return b"%d %d %d %d" % (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=32).digest()


def _digest_of(stamps: "Iterable[bytes]") -> bytes:
    """One for all of them."""
    digest = blake2b(digest_size=32)
    for one in stamps:
        digest.update(one + b"\n")
    return digest.hexdigest().encode()


def _stamps_in_time(paths: list[bytes]) -> "Iterator[bytes]":
    """The stamps of what lies at `paths` now. Raises `TimeoutError` once that has taken too long."""
    end = time.monotonic() + LONGEST
    for path in paths:
        if time.monotonic() > end:
            raise TimeoutError
        yield stamp(path)


def _facts_of(arguments: list[str]) -> list[str] | None:
    """All that a first screen rests on besides files and the size of the terminal; None where none is wanted."""
    environ = os.environ
    refused = environ.get("BRIEFING_FIRST_SCREEN", "").strip() == "0"
    if refused or environ.get("BRIEFING_RESTRICTED", "").strip() not in ("", "0") or not _is_plain(arguments):
        return None
    try:
        here = os.getcwd()  # noqa: PTH109
    except OSError:
        return None
    read = sorted(name for name in environ if name in _READ or name.startswith(_READ_BEGINS))
    return [
        __version__,
        sys.version,
        __file__,
        here,
        os.uname().nodename,
        str(os.getuid()),
        str(sys.flags.utf8_mode),
        *(getattr(stream, "encoding", "") for stream in (sys.stdin, sys.stderr)),
        "".join(name for name in ("STY", "TMUX") if environ.get(name)),
        str(len(arguments)),
        *arguments,
        *(f"{name}={environ[name]}" for name in read),
    ]


def _is_plain(arguments: list[str]) -> bool:
    """Whether the only options among `arguments` are those that change nothing but the look."""
    words = iter(arguments)
    for word in words:
        if word in _WITH_WORD:
            next(words, None)
        elif word.startswith("-") and word not in _ALONE:
            return False
    return True


def _read(path: str) -> tuple[bytes, bytes] | None:
    """The frame and the cells kept at `path`; None where there are none that still hold. Raises `OSError`.

    What takes too long to be told is thrown away.
    """
    file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        found = os.fstat(file)
        if found.st_mode & 0o170077 != 0o100000 or found.st_uid != os.getuid() or found.st_size > _LARGEST * 2:
            return None
        data = os.read(file, found.st_size)
    finally:
        os.close(file)
    begin = len(_MAGIC)
    body = data[begin + 32 :]
    if data[:begin] != _MAGIC or data[begin : begin + 32] != _digest(body):
        return None
    frame, cells, stamps, *paths = body.split(b"\0")
    try:
        still = _digest_of(_stamps_in_time(paths)) == stamps
    except TimeoutError:
        os.unlink(path)  # noqa: PTH108 - on so slow a disk each start would look in vain
        return None
    return (frame, cells) if still and _is_harmless(frame) else None


def _is_harmless(frame: bytes) -> bool:
    """Whether nothing in `frame` acts on the terminal but moves, colours and erasing, as the display writes them."""
    try:
        seen, *sequences = frame.decode().split("\x1b[")
    except UnicodeDecodeError:
        return False
    shown = [seen]
    for sequence in sequences:
        rest = sequence.lstrip("0123456789;")
        if not rest.startswith(_FINALS):
            return False
        shown.append(rest[1:])
    return "".join(shown).translate(_MOVES).isprintable()


# ---------------------------------------------------------------- the terminal


def _is_ours() -> bool:
    """Whether there is a terminal, and we have it. Raises `OSError`."""
    return all(map(os.isatty, (0, 1, 2))) and os.tcgetpgrp(0) == os.getpgrp()


def _put_up(frame: bytes, cells: "bytes | list[Any]", size: tuple[int, int]) -> None:
    """Paint, and listen to signals. What was typed before was meant for no screen; what comes now, for this one."""
    global _painted  # noqa: PLW0603
    attributes = termios.tcgetattr(0)
    _painted = PaintedScreen(attributes, size, cells)
    for number in ENDING:
        _signal.signal(number, _end)
    _signal.signal(_signal.SIGTSTP, _signal.SIG_IGN)
    _signal.signal(_signal.SIGWINCH, _forget)
    termios.tcsetattr(0, termios.TCSANOW, raw(attributes, signals=True))
    termios.tcflush(0, termios.TCIFLUSH)
    rest = TAKEN.encode() + frame
    while rest:
        rest = rest[os.write(1, rest) :]


def _switch_back(*, is_ours: bool) -> None:
    """Switch off all that was switched on, without waiting for the line. Raises `OSError` and `termios.error`."""
    switches = GIVEN_BACK.encode()
    os.set_blocking(1, False)
    try:
        try:
            taken = os.write(1, switches)
        except BlockingIOError:
            taken = 0
        if taken < len(switches) and is_ours:  # the line stands still
            termios.tcflush(1, termios.TCOFLUSH)
            os.write(1, switches)
    finally:
        os.set_blocking(1, True)


def _forget(_: int, __: object) -> None:
    """Know nothing of the cells any more: the terminal was resized, and has cut or wrapped them."""
    if _painted is not None:
        _painted.cells = b""


def _end(number: int, _: object) -> None:
    give_back()
    os._exit(128 + number)
