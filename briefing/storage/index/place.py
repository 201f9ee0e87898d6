"""Where the index of a pack lies, and whether what lies there can be trusted. In doubt it is made anew."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from briefing.model import Problem
from briefing.parsing import visible
from briefing.storage.index.basis import Basis
from briefing.storage.index.schema import APPLICATION, TABLES, VERSION
from briefing.storage.large_pack import INDEX
from briefing.storage.private_files import opened_file, opened_folder
from briefing.storage.state_folder import cache_folder, pack_name

_SUFFIX = ".sqlite"
_SHARED = Path(".briefing") / "index.sqlite"
_HEADER = b"SQLite format 3\0"
_APPLICATION_AT = 68
"""Byte of the application id in a SQLite file ("Database File Format", 1.3)."""
_PASSING = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
)
_WAITS = 5.0
"""Seconds for which another program that is just writing is waited for."""
_READ_IN, _WRITTEN_IN = 2_000, 16_000
"""KiB of an index in memory, to read and to write it: what is read again comes nearly as fast from the system."""
_UNUSED = 90 * 24 * 3600
"""Seconds after which the index of a pack that nobody has opened is thrown away."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index that is open."""

    connection: sqlite3.Connection
    path: Path | None
    """Where it lies; None in memory."""
    problems: tuple[Problem, ...] = ()
    """Why it is in memory."""
    is_displaced: bool = False
    """Whether that is because a foreign file stands in its place, which only the officer can take away."""


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """An index that is looked up where it lies; what is open of it can be read whatever becomes of its file."""

    connection: sqlite3.Connection
    path: Path
    basis: Basis
    inode: tuple[int, int] | None
    """Of the file that `connection` reads: no other has it as long as that is open."""

    @property
    def is_there(self) -> bool:
        """Whether its file still lies there: it was neither thrown away nor made anew."""
        return _inode(self.path) == self.inode

    @property
    def is_outdated(self) -> bool:
        """Whether another lies in its place that this program does not read, such as one of another version.

        It is left to that version: else the two would throw away what the other makes for as long as both run.
        """
        if not self.path.exists():
            return False
        other = _sound(self.path, self.basis, whole=False)
        if other is not None:
            other.connection.close()
        return other is None

    def beside(self) -> sqlite3.Connection:
        """Another connection to it, for another thread. Raises `sqlite3.Error`, also when its file lies there no more.

        Another index that lies in its place may be half made, or of other words, and is never read instead.
        """
        connection = _connected(f"{self.path.as_uri()}?mode=ro")
        if not self.is_there:
            connection.close()
            raise sqlite3.OperationalError("was thrown away")
        return connection


class IndexBusyError(Exception):
    """Another program is making the index of this pack."""


def index_path(paths: Sequence[Path]) -> Path | None:
    """Where the officer's own index of the pack at `paths` lies; None for an officer without a home."""
    cache = cache_folder()
    return cache / "briefing" / "index" / f"{pack_name(paths)}{_SUFFIX}" if cache else None


def shared_path(paths: Sequence[Path]) -> Path | None:
    """Where the index lies that all officers of the pack share; None for loose files, which have no place for it.

    It is read only where root has written it: a pack comes from others, and could bring its own findings.
    """
    return paths[0] / _SHARED if len(paths) == 1 and paths[0].is_dir() else None


@contextmanager
def reading(paths: Sequence[Path], basis: Basis, *, private: bool = True) -> Iterator[StoredIndex | None]:
    """The officer's own index of the pack at `paths`, else the shared one if it is whole; None where neither is sound.

    The shared one has to be root's, and is nothing to an officer who is root: she may have unpacked it with the pack.
    Nothing can be written to it, and what it holds stands still while it is open this way only within a transaction.
    Without `private` the shared one alone is looked at. A fault of the file that shows later raises `sqlite3.Error`.
    """
    index = opened(paths, basis, private=private)
    try:
        with damage_named():
            yield index
    finally:
        if index is not None:
            index.connection.close()


def opened(paths: Sequence[Path], basis: Basis, *, private: bool = True) -> StoredIndex | None:
    """What `reading` gives, for whoever goes on asking it: its connection is to be closed, or to be forgotten."""
    own, shared = index_path(paths) if private else None, shared_path(paths)
    for path in filter(None, (own, shared)):
        index = _sound(path.absolute(), basis, whole=path is shared)
        if index is not None:
            return index
    return None


@contextmanager
def writing(paths: Sequence[Path], basis: Basis, *, wait: bool = True, anew: bool = False) -> Iterator[Index]:
    """The officer's own index of the pack at `paths`, to be brought up to date; an empty one where there is none.

    While it is open no other program has it so: raises `IndexBusyError` when one has, unless it is to `wait`. With
    `anew` whatever was in it is gone. Where it cannot be stored it is kept in memory, and says why.
    """
    path = index_path(paths)
    if path is None:
        yield _in_memory(basis, "there is no home folder", "set XDG_CACHE_HOME to one")
        return
    try:
        lock = _locked(path, wait=wait)
    except OSError as error:
        yield _in_memory(basis, f"{path}: {error.strerror or error}", "make room for it, or set XDG_CACHE_HOME")
        return
    try:
        index = _stored(path, basis, anew=anew)
        try:
            with damage_named():
                yield index
        finally:
            index.connection.close()
    finally:
        os.close(lock)


def doubt(connection: sqlite3.Connection, basis: Basis) -> str:
    """Why what an index holds may not be what would be found today; "" when it is. Raises `sqlite3.Error`.

    This is the one place where that is decided, documents aside, each of which has its own `source`.
    """
    if _number(connection, "application_id") != APPLICATION:
        return "foreign"
    if _number(connection, "user_version") != VERSION:
        return "of another version"
    # A file that others could write may bring tables that act.
    if _schema(connection) != _own_schema():
        return "of another make"
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    known = all(meta.get(key) == value for key, value in basis.rows().items())
    return "" if known else "made by other rules"


def state_of(connection: sqlite3.Connection) -> str:
    """How far it is: "whole", or "reading" while something is still to be found."""
    return meta(connection, "state") or "reading"


def meta(connection: sqlite3.Connection, key: str) -> str | None:
    """What the index says of itself under that key; None when it says nothing."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def damage(error: sqlite3.Error) -> bool:
    """Whether an index is to be made anew after `error`: not when it only cannot be had or written at this moment."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF not in _PASSING


def is_busy(error: BaseException | None) -> bool:
    """Whether `error` says no more than that another program is just writing."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def damage_named() -> Iterator[None]:
    """Raises `sqlite3.DatabaseError` for the `UnicodeDecodeError` with which `sqlite3` fails on damaged names."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise sqlite3.DatabaseError("holds what is no text") from error


def _sound(path: Path, basis: Basis, *, whole: bool) -> StoredIndex | None:
    """The index at `path`, to be read; None where there is none that can be trusted."""
    connection = None
    try:
        inode = _inode(path)
        if not stat.S_ISREG(os.lstat(path).st_mode) or path.parent.is_symlink():
            return None
        if whole and not _is_believed(path):
            return None
        # A shared one is never written to where it lies, and so needs no lock: its folder may be read-only.
        mode = "mode=ro&immutable=1" if whole else "mode=ro"
        connection = _connected(f"{path.as_uri()}?{mode}")
        connection.execute("PRAGMA query_only = ON")
        is_sound = not doubt(connection, basis) and (not whole or state_of(connection) == "whole")
        # Unless another was put there while it was opened.
        if is_sound and _inode(path) == inode:
            return StoredIndex(connection, path, basis, inode)
    except (OSError, sqlite3.Error, ValueError):
        pass
    if connection is not None:
        connection.close()
    return None


def _inode(path: Path) -> tuple[int, int] | None:
    """What no other file is known by at this moment; None where there is none."""
    try:
        seen = os.lstat(path)
    except OSError:
        return None
    return seen.st_dev, seen.st_ino


def _is_believed(path: Path) -> bool:
    """Whether root, and nobody else, has written the shared index at `path`. Raises `OSError`."""
    if os.getuid() == 0:
        return False
    with opened_folder(path.parent, own=1) as folder, opened_file(path.name, folder, os.O_RDONLY) as file:
        return _is_roots(os.fstat(folder)) and _is_roots(os.fstat(file))


def _is_roots(seen: os.stat_result) -> bool:
    return seen.st_uid == 0 and not seen.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _stored(path: Path, basis: Basis, *, anew: bool) -> Index:
    """The index at `path` to be written to, made anew in doubt; in memory where a foreign file stands in its place."""
    connection = None
    why = "damaged" if anew else ""
    try:
        with opened_folder(path.parent) as folder:
            _make(path.name, folder)
        try:
            with damage_named():
                connection = _connected(f"{path.as_uri()}?mode=rw", _WRITTEN_IN)
                why = why or doubt(connection, basis)
        except sqlite3.Error as error:
            if not damage(error):
                raise
            why = "damaged"
        if why and not _is_ours(path):
            return replace(_in_memory(basis, f"{path}: is no index of ours", "take it away"), is_displaced=True)
        if not why and connection is not None:
            index, connection = Index(connection, path), None
            return index
        return Index(_anew(path, basis), path)
    except (OSError, sqlite3.Error) as error:
        fault = error.strerror if isinstance(error, OSError) else str(error)
        return _in_memory(basis, f"{path}: {fault}", "make room for it, or set XDG_CACHE_HOME")
    finally:
        if connection is not None:
            connection.close()


def _anew(path: Path, basis: Basis) -> sqlite3.Connection:
    with opened_folder(path.parent) as folder:
        for name in (path.name, f"{path.name}-journal"):
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=folder)
        _make(path.name, folder)
        _throw_away_unused(folder)
    connection = _connected(f"{path.as_uri()}?mode=rw", _WRITTEN_IN)
    _fill(connection, basis)
    return connection


def _make(name: str, folder: int) -> None:
    """Let there be a file of that name, the officer's alone; raises `OSError` when what is there is no file."""
    try:
        os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder))
    except FileExistsError:
        # Not by opening it: when a file is closed, all locks go that SQLite holds on it in this process.
        if not stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            raise OSError(errno.EINVAL, "is no file") from None


def _is_ours(path: Path) -> bool:
    """Whether the file is an index, sound or not, or empty, as one is that was killed when it was begun."""
    with path.open("rb") as file:
        head = file.read(100)
    if not head:
        return True
    return head.startswith(_HEADER) and head[_APPLICATION_AT : _APPLICATION_AT + 4] == APPLICATION.to_bytes(4, "big")


def _throw_away_unused(folder: int) -> None:
    """Remove every index in the folder that nobody has opened for long."""
    oldest = time.time() - _UNUSED
    for name in os.listdir(folder):
        if name.endswith((_SUFFIX, f"{_SUFFIX}.lock")):
            with suppress(OSError):
                used = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if max(used.st_atime, used.st_mtime) < oldest:
                    os.unlink(name, dir_fd=folder)


def _in_memory(basis: Basis, fault: str, remedy: str) -> Index:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _fill(connection, basis)
    return Index(connection, None, (Problem(INDEX, f"is not kept: {visible(fault)}", remedy),))


def _fill(connection: sqlite3.Connection, basis: Basis) -> None:
    """Make the tables of a new index, all or none."""
    connection.executescript(
        f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; {TABLES}"
    )
    connection.executemany("INSERT INTO meta VALUES(?, ?)", [*basis.rows().items(), ("state", "reading")])
    connection.execute("COMMIT")


def _connected(uri: str, room: int = _READ_IN) -> sqlite3.Connection:
    """The index at `uri`, with `room` (KiB) for what was read of it."""
    connection = sqlite3.connect(uri, uri=True, timeout=_WAITS, isolation_level=None, check_same_thread=False)
    try:
        # No write-ahead log: that needs shared memory, which homes on network disks do not have.
        for setting in ("trusted_schema = OFF", "synchronous = NORMAL", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute(f"PRAGMA cache_size = -{room}")
    except (sqlite3.Error, UnicodeDecodeError):
        connection.close()
        raise
    return connection


def _number(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _schema(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()


@cache
def _own_schema() -> list[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        return _schema(connection)


def _locked(path: Path, *, wait: bool) -> int:
    """The lock on the making of the index at `path`, to be closed. Raises `IndexBusyError`, and `OSError`."""
    with (
        opened_folder(path.parent, make=True, make_base=True) as folder,
        opened_file(f"{path.name}.lock", folder, os.O_RDWR | os.O_CREAT) as file,
    ):
        lock = os.dup(file)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError as error:
        os.close(lock)
        raise IndexBusyError from error
    except BaseException:
        os.close(lock)
        raise
    return lock
