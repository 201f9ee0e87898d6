"""How large a pack has to be for it to be opened from its index, and a glance that tells which may be."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

LARGE = 25
"""Documents: a pack with fewer is read whole, which takes no longer than finding out that it need not be."""

INDEX = "index"
"""What a problem is said to be about that keeps the index from being kept."""


def may_be_large(paths: Sequence[Path]) -> bool:
    """Whether there are files enough at `paths` for a large pack, documents or not; no more of them are looked at."""
    files = _files_below(str(paths[0])) if len(paths) == 1 else map(str, paths)
    return sum(1 for _ in islice(files, LARGE)) == LARGE


def _files_below(folder: str) -> Iterator[str]:
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield entry.path
