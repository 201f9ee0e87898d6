"""Where an officer's own files lie, and under which name a pack has its part of them."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]")


def state_folder() -> Path | None:
    """The folder for state, after the XDG Base Directory Specification, which has relative paths ignored.

    None where the officer has no home.
    """
    return _folder("XDG_STATE_HOME", ".local", "state")


def cache_folder() -> Path | None:
    """The folder for what can be made again, after the same. None where the officer has no home."""
    return _folder("XDG_CACHE_HOME", ".cache")


def _folder(variable: str, *below_home: str) -> Path | None:
    given = Path(os.environ.get(variable, ""))
    if given.is_absolute():
        return given
    try:
        return Path.home().joinpath(*below_home)
    except RuntimeError:
        return None


def pack_name(paths: Sequence[Path]) -> str:
    """A file name for the pack at `paths`, which are not none: its folder's name, and a digest of where it lies."""
    real = sorted({path.resolve() for path in paths})
    name = real[0].name if len(real) == 1 else real[0].parent.name
    digest = sha256(b"\0".join(os.fsencode(path) for path in real)).hexdigest()
    return f"{as_file_name(name) or 'pack'}-{digest[:12]}"


def as_file_name(name: str) -> str:
    """What of a name can stand in that of a file, at most 100 characters."""
    return _NOT_IN_NAMES.sub("", name)[:100].strip(".")
