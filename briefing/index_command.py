"""`briefing index`: reads a pack before it is needed, and says how far it is."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from briefing.model import NameFinder, PackError, Problem
from briefing.parsing import visible
from briefing.rendering.indexing import duration_words, progress_words
from briefing.rendering.safe_output import SafeText
from briefing.reports import DONE, FOUND_WRONG, complain, paths_of
from briefing.storage.index.apart import cores
from briefing.storage.index.index_pack import Indexed, index_pack, share_index
from briefing.storage.index.indexing import IndexStoppedError, Progress, Watch
from briefing.storage.index.place import IndexBusyError

_STOPPED = 130
"""Exit code after Ctrl+C, as shells have it."""
_EVERY = 5.0
"""Seconds between two lines where they are kept, and not written over one another."""


def show_indexing(options: argparse.Namespace) -> int:
    """Index the pack; what was done on standard output, how far it is on standard error."""
    if options.decisions.restricted:
        fault = "writes outside the state folder, and this is the restricted mode"
        raise PackError(Problem("index", fault, "let root index the pack with --share"))
    workers = options.workers or cores()
    line = _Line(sys.stderr)
    began, used = time.monotonic(), _processor_time()
    try:
        indexed = _index(options, Watch(told=line.show), workers)
    except (KeyboardInterrupt, IndexStoppedError):
        line.end()
        print("stopped; what is done is kept", file=sys.stderr)
        return _STOPPED
    finally:
        line.end()
    for text in _summary(indexed, time.monotonic() - began, _processor_time() - used):
        print(text)
    if options.share:
        shared = share_index(paths_of(options), indexed.path)
        print(f"a copy lies in {visible(str(shared))}; officers use it where root has written it")
    complain(indexed.summary.faults)
    return DONE if indexed.summary.is_whole else FOUND_WRONG


def _index(options: argparse.Namespace, watch: Watch, workers: int) -> Indexed:
    ner = NameFinder(options.ner) if options.ner else None

    def run(*, wait: bool) -> Indexed:
        paths: Sequence[Path] = paths_of(options)
        return index_pack(paths, options.scenario, ner, watch=watch, workers=workers, wait=wait)

    try:
        return run(wait=False)
    except IndexBusyError:
        print("another program is indexing this pack; waiting", file=sys.stderr)
        return run(wait=True)


def _processor_time() -> float:
    """Seconds of processor time used by this process and by those it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _summary(indexed: Indexed, seconds: float, used: float) -> list[str]:
    summary = indexed.summary
    read = f"{summary.documents:,} documents in the index; {summary.read:,} read, {summary.searched:,} searched"
    lines = [f"{read} for evidence, in {duration_words(seconds)}"]
    if summary.words:
        lines.append(f"{summary.words:,} words: {summary.words / max(used, 0.001):,.0f} a second of processor time")
    if summary.faults:
        count = len(summary.faults)
        lines.append(f"{count:,} {'file' if count == 1 else 'files'} passed over")
    if not summary.is_whole:
        lines.append("files changed while they were read: run it again")
    return [*lines, f"the index lies in {visible(str(indexed.path))}"]


class _Line:
    """How far it is: on a terminal one line written over again, else a line every some seconds."""

    def __init__(self, stream: object) -> None:
        self._stream = stream if isinstance(stream, SafeText) and stream.isatty() else None
        self._next = time.monotonic() + _EVERY
        self._is_begun = False

    def show(self, progress: Progress) -> None:
        """Show it, if it is time."""
        if self._stream is not None:
            self._stream.rewrite(progress_words(progress, shutil.get_terminal_size().columns - 1))
            self._is_begun = True
        elif time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            print(progress_words(progress, 0), file=sys.stderr, flush=True)

    def end(self) -> None:
        """Let what comes next begin a line of its own."""
        if self._stream is not None and self._is_begun:
            self._stream.rewrite("")
            self._is_begun = False
