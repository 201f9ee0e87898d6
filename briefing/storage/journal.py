"""The officers' journals of a pack: what they decided, one file an officer, only ever added to.

No lock and no server: every officer writes a file of their own, each line names the hash of one before it, and the
state of a pack is the fold of all its journals. An event is on the disk before `Journal.append` returns it.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.model import PackError, Problem
from briefing.parsing import visible
from briefing.storage.bundled import bundled_folder
from briefing.storage.private_files import opened_file, opened_folder, sync_folder, write_all
from briefing.storage.state_folder import as_file_name, pack_name, state_folder

if TYPE_CHECKING:
    from briefing.model import Decision, Event
    from briefing.storage.journal_file import JournalFile, Placed

LARGEST = 16 * 1024 * 1024
"""Bytes: a larger journal is not read, and none grows larger. That is some 50,000 events of one officer."""
_PACKS_OWN = ".briefing"
_SUFFIX = ".jsonl"
_TO_ADD = os.O_RDWR | os.O_CREAT | os.O_APPEND
_FAULTS = {errno.ELOOP: "is a link", errno.ENOTDIR: "is a link or no folder"}
_REMEDIES = {
    errno.EACCES: "ask whose it is for the right to it",
    errno.EDQUOT: "make room and do it again",
    errno.ELOOP: "put what it leads to in its place",
    errno.ENOSPC: "make room and do it again",
    errno.ENOTDIR: "put a folder in its place",
}


def journal_folders(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Where the journals of the pack at `paths` lie: inside it, if it is a folder, then in the officer's state folder.

    For the pack that ships with the program it is the other way round, since an upgrade would sweep its folder. The
    state folder is that of the XDG Base Directory Specification, which has relative paths ignored.
    """
    real = sorted({path.resolve() for path in paths})
    own = (real[0] / _PACKS_OWN / "journal",) if len(real) == 1 and real[0].is_dir() else ()
    state = state_folder()
    if state is None or not real:
        return own
    elsewhere = state / "briefing" / "journal" / pack_name(paths)
    return (elsewhere, *own) if real[0] == bundled_folder("seeds").resolve() else (*own, elsewhere)


def read_journals(folders: Sequence[Path]) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """All events of the journals in `folders`, in the order in which they hold, and what is wrong with the journals.

    The order is that of time; that of lines within a journal, whatever its clock did; and that of the officers' names
    where times are equal. A line that stands in two journals is one event. Raises nothing: what is no event is set
    aside with its problem, and everything else counts.
    """
    placed: list[Placed] = []
    problems: list[Problem] = []
    for folder in folders:
        try:
            for journal in _read_folder(folder):
                placed += journal.events
                problems += journal.problems()
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(_unread(folder, error))
    placed.sort(key=lambda one: (one.time, one.officer, one.line, one.event.id))
    return tuple({one.event.id: one.event for one in placed}.values()), tuple(problems)


class Journal:
    """The journal of the officer at the keyboard. Nothing is made on the disk until the first event."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Of a pack whose journals lie in `folders`: the first that can be written is."""
        self._folders = tuple(folders)
        self._entered: set[Path] = set()

    @cached_property
    def officer(self) -> str:
        """Who writes, as "user@host", in letters, digits, dots, dashes and underscores.

        Found out once, since where the environment does not say it the C library asks others.
        """
        # Neither is needed to open a pack.
        import getpass
        import platform

        try:
            user = as_file_name(getpass.getuser())
        except (ImportError, KeyError, OSError):
            user = ""
        return f"{user or os.getuid()}@{as_file_name(platform.node()) or 'host'}"

    def append(self, decision: Decision) -> Event:
        """Write down what the officer decided; it is on the disk when the event is returned.

        Raises `PackError` when it is not saved, with a problem for each place that was tried.
        """
        from briefing.storage.line_record import LineError

        name = self.officer + _SUFFIX
        problems = []
        for folder in self._folders:
            path = visible(str(folder / name))
            try:
                return self._append_in(folder, name, decision)
            except LineError as error:
                raise PackError(Problem(path, f"not saved: {error.fault}", error.remedy)) from error
            except OSError as error:
                problems.append(Problem(path, f"not saved: {_fault(error)}", _remedy(error)))
        nowhere = Problem("journal", "not saved: it has no folder", "set XDG_STATE_HOME to one")
        raise PackError(*(problems or [nowhere]))

    def _append_in(self, folder: Path, name: str, decision: Decision) -> Event:
        from briefing.storage.event_line import event_line, line_hash, read_event_line

        with (
            _opened(folder, make=True) as here,
            opened_file(name, here, os.O_RDWR | os.O_CREAT | os.O_APPEND) as journal,
        ):
            last, ended = _last_line(journal)
            if not ended:
                # What was cut off here keeps a line of its own; what is being written at this moment is whole by then.
                write_all(journal, b"\n")
                last, _ = _last_line(journal)
            size = os.fstat(journal).st_size
            line = event_line(line_hash(last) if last else "", datetime.now(UTC), self.officer, decision)
            if size + len(line) >= LARGEST:
                raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
            write_all(journal, line + b"\n")
            os.fsync(journal)
            if not size or folder not in self._entered:
                sync_folder(here)
                self._entered.add(folder)
        return read_event_line(line).event


def _read_folder(folder: Path) -> Iterator[JournalFile]:
    """The journals in `folder` by name. Raises `OSError` when there is none or it cannot be read."""
    with _opened(folder, make=False) as here:
        with os.scandir(here) as entries:
            names = sorted(entry.name for entry in entries)
        for name in names:
            if name.endswith(_SUFFIX) and not name.startswith("."):
                yield _read_journal(folder / name, here)


def _read_journal(path: Path, folder: int) -> JournalFile:
    # Whoever opens a pack that nobody has decided on need not wait for the classes of all decisions to be made.
    from briefing.storage.journal_file import JournalFile

    journal = JournalFile(visible(str(path)), path.stem)
    try:
        with opened_file(path.name, folder, os.O_RDONLY) as file, open(file, "rb", closefd=False) as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        journal.fault(0, f"cannot be read: {_fault(error)}", _remedy(error))
        return journal
    if len(data) > LARGEST:
        journal.fault(0, "is larger than 16 MB and set aside", "take out of it what is no event")
        return journal
    for number, line in enumerate(io.BytesIO(data), 1):
        content = line.rstrip(b"\r\n")
        if content:
            journal.read(number, content, ended=line.endswith(b"\n"))
        if journal.is_hopeless:
            break
    return journal


def _opened(folder: Path, *, make: bool) -> AbstractContextManager[int]:
    """A folder of journals. One inside a pack is made only where there is a pack."""
    inside = folder.parent.name == _PACKS_OWN
    # Ours are .briefing/journal in a pack, and briefing/journal/PACK in the state folder.
    return opened_folder(folder, own=2 if inside else 3, make=make, make_base=make and not inside)


def _last_line(file: int) -> tuple[bytes, bool]:
    """The last line that is not empty, without its line end, and whether the file ends with a line end or is empty."""
    size = os.fstat(file).st_size
    length = 1024
    while True:
        data = os.pread(file, length, max(0, size - length))
        text = data.rstrip(b"\r\n")
        if b"\n" in text or length >= size:
            return text.rpartition(b"\n")[2], data[-1:] in (b"", b"\n")
        length *= 4


def _unread(folder: Path, error: OSError) -> Problem:
    return Problem(visible(str(folder)), f"cannot be read: {_fault(error)}", _remedy(error))


def _fault(error: OSError) -> str:
    return _FAULTS.get(error.errno or 0, error.strerror or str(error))


def _remedy(error: OSError) -> str:
    return _REMEDIES.get(error.errno or 0, "check where it leads and its permissions")
