"""The index of a large pack made in processes of its own, beside the interface, which goes on answering keys.

They are forked, as nothing may be executed here; before the interface has any other thread.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NoReturn

from briefing.model import NameFinder, PackError
from briefing.storage.index.place import index_path

if TYPE_CHECKING:
    from briefing.storage.index.indexing import Progress

_NICENESS = 10
"""Whoever is at the keys comes first."""
_ASKED = (signal.SIGUSR1, signal.SIGUSR2, signal.SIGTERM)
"""To rest, to go on, to stop."""
_WHOLE = 0
"""Exit code of a process that has brought the index up to date."""


class IndexingProcess:
    """A process that brings the index of a pack up to date, and those that it has forked."""

    def __init__(self, pid: int, told: int) -> None:
        """`told` is where it writes how far it is."""
        self._pid = pid
        self._told = told
        self.is_paused = False

    def follow(self, told: Callable[[Progress], None]) -> bool:
        """Hear how far it is until it has ended; whether the index is whole then. For a thread."""
        from briefing.storage.index.indexing import Progress

        with os.fdopen(self._told, encoding="utf-8") as lines:
            for line in lines:
                with suppress(ValueError, TypeError):  # the last line of one that was killed may be half of one
                    told(Progress(**json.loads(line)))
        pid, self._pid = self._pid, 0  # nobody is asked anything any more under a number that may be another's
        _, status = os.waitpid(pid, 0)
        return os.waitstatus_to_exitcode(status) == _WHOLE

    def pause(self) -> None:
        """Let it rest when it has written down what it has."""
        self._signal(signal.SIGUSR1)
        self.is_paused = True

    def go_on(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGUSR2)
        self.is_paused = False

    def stop(self) -> None:
        """Let it end when it has written down what it has; that is not done again."""
        self._signal(signal.SIGTERM)
        self.is_paused = False

    def _signal(self, number: signal.Signals) -> None:
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, number)


def start_indexing(paths: Sequence[Path], scenario: Path | None, ner: NameFinder | None) -> IndexingProcess | None:
    """Begin to index the pack at `paths`, `scenario` and `ner` as for `index_pack`; None where it cannot be kept.

    No other thread may run when this is called.
    """
    if index_path(paths) is None or not hasattr(os, "fork"):
        return None
    hears, tells = os.pipe()
    # What it is asked before it can listen is to wait, not to end it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ASKED)
    try:
        pid = os.fork()
        if pid == 0:
            os.close(hears)
            _index(paths, scenario, ner, tells)
    except OSError:  # as many processes as the host allows
        os.close(hears)
        return None
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(tells)
    return IndexingProcess(pid, hears)


class _Paused(Event):
    """Whether to rest; not once nobody is there any more who could let it go on."""

    def __init__(self, stopped: Event) -> None:
        super().__init__()
        self._parent = os.getppid()
        self._stopped = stopped

    def is_set(self) -> bool:
        if os.getppid() != self._parent:
            self._stopped.set()
        return super().is_set()


def _index(paths: Sequence[Path], scenario: Path | None, ner: NameFinder | None, tells: int) -> NoReturn:
    """Index the pack, and end this process whatever happens."""
    status = 1
    try:
        # Loaded here, so that the interface does not wait for it.
        from briefing.storage.index.index_pack import index_pack
        from briefing.storage.index.indexing import Watch

        stopped = Event()
        paused = _Paused(stopped)
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTSTP, signal.SIGTTOU, signal.SIGTTIN):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, lambda *_: stopped.set())
        signal.signal(signal.SIGUSR1, lambda *_: paused.set())
        signal.signal(signal.SIGUSR2, lambda *_: paused.clear())
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ASKED)
        _leave_the_terminal()
        os.nice(_NICENESS)

        def told(progress: Progress) -> None:
            try:
                os.write(tells, json.dumps(asdict(progress)).encode() + b"\n")
            except OSError:
                stopped.set()  # nobody listens any more

        watch = Watch(told=told, paused=paused, stopped=stopped)
        indexed = index_pack(paths, scenario, ner, watch=watch, workers=cores())
        status = _WHOLE if indexed.summary.is_whole else 1
    except PackError:
        status = 2
    finally:
        os._exit(status)


def _leave_the_terminal() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(nowhere, stream.fileno())


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
