"""Files and folders that are the officer's alone: 0600 and 0700 at the most, and never reached through a link."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident

# Not every system has these; without them a link is followed and a pipe waited for.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP)
"""What a file system says that cannot write out a folder by itself."""
_NEW = re.compile(r"\..+\.(?P<process>[0-9]{1,9})\.[0-9]+", re.DOTALL)
"""The name of a file that is still written: that of the file whose place it will take, and who writes it."""


@contextmanager
def opened_folder(folder: Path, *, own: int = 2, make: bool = False, make_base: bool = False) -> Iterator[int]:
    """The folder as a file descriptor. Its last `own` names are ours: with `make` they are made; they may not be links.

    With `make_base` what they stand in is made as well. Raises `OSError`.
    """
    base = folder.parents[own - 1]
    if make_base:
        _make_base(base)
    here = os.open(base, _FOLDER)
    try:
        for name in folder.parts[-own:]:
            if make:
                _make_folder(name, here)
            below = os.open(name, _FOLDER | _NO_LINK, dir_fd=here)
            os.close(here)
            here = below
        yield here
    finally:
        os.close(here)


@contextmanager
def opened_file(name: str, folder: int, flags: int) -> Iterator[int]:
    """A regular file in a folder as a descriptor. Raises `OSError`."""
    file = os.open(name, flags | _NO_LINK, 0o600, dir_fd=folder)
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise OSError(errno.EINVAL, "is no file")
        yield file
    finally:
        os.close(file)


def replace_file(name: str, folder: int, data: bytes, wanted: Callable[[], bool] = lambda: True) -> bool:
    """Let the file `name` in a folder hold `data`: all of it, or what it held before. Raises `OSError`.

    When all is written it is asked whether that is still `wanted`. Returns whether it was.
    """
    # A signal handler may write in the middle of what a thread writes.
    new = f".{name}.{os.getpid()}.{get_ident()}"
    try:
        with opened_file(new, folder, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) as file:
            write_all(file, data)
            os.fsync(file)
        if wanted():
            os.replace(new, name, src_dir_fd=folder, dst_dir_fd=folder)
            return True
        os.unlink(new, dir_fd=folder)
    except OSError:
        with suppress(OSError):
            os.unlink(new, dir_fd=folder)
        raise
    return False


def remove_left_behind(folder: int) -> None:
    """Remove from a folder what `replace_file` began to write in a process that is gone. Raises `OSError`.

    To be called before this process writes there: another one may have had its number. One that writes on another host
    at this moment has to write again.
    """
    for name in os.listdir(folder):
        found = _NEW.fullmatch(name)
        if found and not _runs_elsewhere(int(found["process"])):
            os.unlink(name, dir_fd=folder)


def _runs_elsewhere(process: int) -> bool:
    """Whether there is a process of that number besides this one."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass  # there is, and it is somebody else's
    return True


def write_all(file: int, data: bytes) -> None:
    """Write `data`. Raises `OSError` when there is no room for all of it."""
    if os.write(file, data) < len(data):
        raise OSError(errno.ENOSPC, "only a part of it could be written")


def sync_folder(folder: int) -> None:
    """Let the names in a folder be on the disk, where the file system knows how to."""
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


def _make_folder(name: str, folder: int) -> None:
    try:
        os.mkdir(name, 0o700, dir_fd=folder)
    except FileExistsError:
        return
    sync_folder(folder)


def _make_base(path: Path) -> None:
    if path.is_dir():
        return
    _make_base(path.parent)
    path.mkdir(0o700, exist_ok=True)
    above = os.open(path.parent, _FOLDER)
    try:
        sync_folder(above)
    finally:
        os.close(above)
