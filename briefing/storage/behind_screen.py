"""The files on which what is shown of a pack rests."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from briefing.storage.bundled import SETTINGS, bundled_folder, program_path
from briefing.storage.journal import journal_folders
from briefing.storage.pack_files import list_pack


def files_behind_screen(paths: Sequence[Path]) -> Iterator[str]:
    """Every file and folder that what is shown of the pack at `paths` rests on, some of them not there.

    That is the pack, the journals of all officers, the themes, and the program itself. A folder changes when something
    is put into it or taken out, a file when it is written to, and what is not there when it comes. What is a link is
    to be looked at behind it. Each is named once; they are looked for only as far as they are asked for. Raises
    `PackError` where `paths` are no pack.
    """
    seen: set[str] = set()
    for path in _all_behind([path.absolute() for path in paths]):
        if path not in seen:
            seen.add(path)
            yield path


def _all_behind(paths: Sequence[Path]) -> Iterator[str]:
    yield str(Path.cwd() / SETTINGS)  # says which pack is meant where none is named
    for folder in (program_path(), bundled_folder("themes"), *paths):
        yield from _all_below(str(folder))
    # A pack may list what is hidden, or lies in a folder that is a link.
    yield from (source.path for source in list_pack(paths).sources)
    for folder in journal_folders(paths):
        yield from _all_below(str(folder))


def _all_below(path: str) -> Iterator[str]:
    """`path` and, if it is a folder, all below it but what is hidden and what Python has compiled."""
    yield path
    for here, below, names in os.walk(path):
        below[:] = [name for name in below if not name.startswith(".") and name != "__pycache__"]
        # For a hundred thousand files a Path each takes too long.
        yield from (f"{here}/{name}" for name in (*below, *names) if not name.startswith("."))
