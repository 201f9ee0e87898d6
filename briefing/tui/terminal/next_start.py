"""Keeping the first screen of the next start, drawn when the officer has left, by a process of its own."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from briefing.first_screen import ENDING, LONGEST, MOST_FILES, as_kept, kept_file, stamp, still_holds
from briefing.host import Decisions
from briefing.storage.private_files import opened_folder, replace_file
from briefing.tui.terminal.app import TerminalApp
from briefing.tui.terminal.ascii import encoder
from briefing.tui.terminal.cells import Row, as_bytes
from briefing.tui.terminal.changes import dialect_of, frame

_OTHERS_END = 0.2
"""Seconds that other threads have to end."""
_PATIENCE = 20
"""Seconds after which the process is ended, whatever keeps it."""
_SETTLED = 2.0
"""Seconds since a file was changed, after which another change shows in its times: file systems count in steps, the
coarsest of two seconds."""
_MOST_KEPT = 32
"""Screens of different packs, sizes and terminals that are kept."""

Stamps = list[tuple[bytes, bytes]]


def keep_first_screen(
    make: Callable[[], TerminalApp], decisions: Decisions, files: Callable[[], Iterator[str]], own: Path | None
) -> None:
    """Have the first screen of the next start drawn and kept, by a process that the caller does not wait for.

    It starts no program: it is this one, gone on without its terminal, so what it draws is what a start draws, from
    the files as they are by then. Nothing is kept when anything stands in the way. To be called when the terminal has
    been given back and no other thread runs.

    Args:
        make: Makes the application as a start makes it; in that process.
        decisions: What was decided of the terminal.
        files: Every file and folder on which the screen rests; in that process.
        own: The one among them that is only ever replaced, and by us: its number tells.
    """
    try:
        size = os.get_terminal_size(1)
        path = kept_file((size.columns, size.lines))
        if path is None or not _is_alone():
            return
        # Where this process leads the session, its end hangs up on all who have not left it by then.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        if os.fork():
            return
    except OSError:
        return
    try:
        _leave_terminal()
        _keep(Path(path), lambda: make().draw(decisions, (size.columns, size.lines)), decisions, _Files(files, own))
    finally:
        os._exit(0)


def _is_alone() -> bool:
    """Whether no other thread runs; one that has been told to end, and is looking at the disk yet, is waited for."""
    end = time.monotonic() + _OTHERS_END
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(max(0.0, end - time.monotonic()))
    return threading.active_count() == 1


class _Files:
    """What a screen rests on."""

    def __init__(self, files: Callable[[], Iterator[str]], own: Path | None) -> None:
        self._files = files
        self._own = os.fsencode(own) if own else b""
        self.seconds = 0.0
        """How long it took to look at all of them."""

    def stamps(self) -> Stamps:
        """Every file with its stamp; one more than the most that are looked at means that there are more."""
        paths = sorted(map(os.fsencode, islice(self._files(), MOST_FILES + 1)))
        begin = time.monotonic()
        stamps = [(path, stamp(path)) for path in paths]
        self.seconds = time.monotonic() - begin
        return stamps

    def age(self, stamps: Stamps) -> float:
        """Seconds since the last change of any but our own."""
        times = [int(time) for path, found in stamps if path != self._own for time in found.split()[1:3]]
        return time.time() - max(times, default=0) / 1e9


def _leave_terminal() -> None:
    """Go on without terminal and session, after everything else that has something to do, and not for long."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
    os.setsid()
    for number in (*ENDING, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.alarm(_PATIENCE)
    os.nice(5)


def _keep(path: Path, draw: Callable[[], list[Row] | None], decisions: Decisions, files: _Files) -> None:
    """Draw, and keep what was drawn at `path` if nothing has changed meanwhile."""
    if still_holds(str(path)):
        return
    stamps = files.stamps()
    time.sleep(min(_SETTLED, max(0.0, _SETTLED - files.age(stamps))))
    if len(stamps) > MOST_FILES or files.seconds > LONGEST or files.stamps() != stamps:
        return
    screen = draw()
    if screen is None:
        return
    dialect = dialect_of(os.environ.get("TERM", ""), in_screen="STY" in os.environ)
    drawn = encoder(decisions.ascii)(frame(None, screen, dialect))
    data = as_kept(drawn, as_bytes(screen), stamps)
    # No other files can be among them without a folder or a setting among these having changed.
    if data is not None and all(stamp(path) == found for path, found in stamps):
        with opened_folder(path.parent, make=True, make_base=True) as folder:
            replace_file(path.name, folder, data)
        _forget_oldest(path.parent)


def _forget_oldest(folder: Path) -> None:
    found: list[tuple[int, str]] = []
    for entry in os.scandir(folder):
        with suppress(OSError):  # another process has removed it
            found.append((entry.stat().st_mtime_ns, entry.path))
    for _, path in sorted(found, reverse=True)[_MOST_KEPT:]:
        with suppress(OSError):
            Path(path).unlink()
