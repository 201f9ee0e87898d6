"""The index of a large pack made in processes of its own, beside the interface, which goes on answering keys.

They are forked, as nothing may be executed here. Only a process without other threads may be, and what it has loaded by
then it keeps; so one is forked early, and sleeps until it is asked. For the work it forks another each time, with which
the memory goes that this takes.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, NoReturn

from briefing.model import NameFinder, PackError
from briefing.storage.state_folder import cache_folder

if TYPE_CHECKING:
    from briefing.storage.index.indexing import Progress

_NICENESS = 10
"""Whoever is at the keys comes first."""
_BEGIN, _PAUSE, _GO_ON, _STOP = b"b", b"p", b"g", b"s"
"""What it is asked, a byte each; nothing more to come means that nobody is there any more."""
_WHOLE, _NOT_WHOLE = "true\n", "false\n"
"""What it tells when it has ended: whether the index is whole. Before that it tells how far it is, a line each time."""
_LISTENED_TO = (
    *(signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2, signal.SIGXCPU),
    *(signal.SIGTSTP, signal.SIGTTOU, signal.SIGTTIN),
)
"""Signals that may be about the terminal to the process that is copied, and to its copies are what they are to all."""


class IndexingProcess:
    """A process that brings the index of a pack up to date each time it is asked to; it ends with this one at last.

    One that is killed while it has nothing to do stays in the list of processes, and takes no more than a line there,
    until it is asked the next time or this one ends: nobody looks after it for that alone. From then on whoever asks
    hears that the index is not whole.
    """

    def __init__(self, pid: int, asks: int, told: int) -> None:
        """`asks` is where it hears what it is to do, `told` where it writes how far it is."""
        self._pid = pid
        self._asks = os.fdopen(asks, "wb", buffering=0)
        self._told = os.fdopen(told, encoding="utf-8")
        self._has_begun = False
        self.is_paused = False

    def begin(self) -> None:
        """Let it begin, if it has not."""
        if not self._has_begun:
            self._has_begun, self.is_paused = True, False
            self._ask(_BEGIN)

    def follow(self, told: Callable[[Progress], None]) -> bool:
        """Hear how far it is, from its beginning until it has ended; whether the index is whole then. For a thread."""
        from briefing.storage.index.indexing import Progress

        self.begin()
        for line in self._told:
            if line in (_WHOLE, _NOT_WHOLE):
                self._has_begun = self.is_paused = False
                return line == _WHOLE
            told(Progress(**json.loads(line)))
        self._take_leave()
        self._has_begun = self.is_paused = False
        return False

    def pause(self) -> None:
        """Let it rest when it has written down what it has."""
        self._ask(_PAUSE)
        self.is_paused = True

    def go_on(self) -> None:
        """Let it go on."""
        self._ask(_GO_ON)
        self.is_paused = False

    def stop(self) -> None:
        """Let it end for this time when it has written down what it has."""
        self._ask(_STOP)
        self.is_paused = False

    def leave(self) -> None:
        """Ask it nothing any more: it ends, at work when it has written down what it has. Nobody waits for that."""
        self._asks.close()
        # This one may go on for long: nothing is to be left of that one in the list of processes.
        Thread(target=self._take_leave, daemon=True).start()

    def _take_leave(self) -> None:
        """Wait until it has ended, and let the system forget it."""
        with suppress(ChildProcessError):  # it is forgotten already
            os.waitpid(self._pid, 0)

    def _ask(self, what: bytes) -> None:
        with suppress(BrokenPipeError, ValueError):  # it is gone, or was left
            self._asks.write(what)


def stand_by(paths: Sequence[Path], scenario: Path | None, ner: NameFinder | None) -> IndexingProcess | None:
    """A process to index the pack at `paths`, `scenario` and `ner` as for `index_pack`; None where it cannot be kept.

    No other thread may run when this is called. What is loaded by then the process keeps in memory.
    """
    if cache_folder() is None or not hasattr(os, "fork"):
        return None
    hears, asks = os.pipe()
    told, tells = os.pipe()
    try:
        pid = os.fork()
        if pid == 0:
            os.close(asks)
            os.close(told)
            _serve(hears, tells, lambda: _index(paths, scenario, ner, hears, tells))
    except OSError:  # as many processes as the host allows
        os.close(asks)
        os.close(told)
        return None
    finally:
        os.close(hears)
        os.close(tells)
    return IndexingProcess(pid, asks, told)


def _serve(hears: int, tells: int, index: Callable[[], NoReturn]) -> NoReturn:
    """Have a process `index` each time that is asked for, until nobody is there to ask."""
    try:
        for number in _LISTENED_TO:
            signal.signal(number, signal.SIG_DFL)
        _leave_the_terminal()
        os.nice(_NICENESS)
        while asked := os.read(hears, 1):
            if asked == _BEGIN:  # else it is for one that has ended
                os.write(tells, (_WHOLE if _is_done(index) else _NOT_WHOLE).encode())
    finally:
        os._exit(0)


def _is_done(index: Callable[[], NoReturn]) -> bool:
    try:
        pid = os.fork()
    except OSError:  # as many processes as the host allows
        return False
    if pid == 0:
        index()
    _, status = os.waitpid(pid, 0)
    return status == 0


class _Paused(Event):
    """Whether to rest, as whoever began it asks; sets `stopped` too, also when they are gone."""

    def __init__(self, stopped: Event, hears: int) -> None:
        super().__init__()
        self._parent = os.getppid()
        self._stopped = stopped
        self._hears = hears
        self._poll = select.poll()
        self._poll.register(hears, select.POLLIN)

    def is_set(self) -> bool:
        if os.getppid() != self._parent:
            self._stopped.set()
        while not self._stopped.is_set() and self._poll.poll(0):
            acts = {_PAUSE: self.set, _GO_ON: self.clear}
            acts.get(os.read(self._hears, 1), self._stopped.set)()
        return super().is_set()


def _index(paths: Sequence[Path], scenario: Path | None, ner: NameFinder | None, hears: int, tells: int) -> NoReturn:
    """Index the pack, and end this process whatever happens."""
    status = 1
    try:
        # Loaded here, so that nobody waits for it, and the process that stays does without.
        from briefing.storage.index.index_pack import index_pack
        from briefing.storage.index.indexing import Watch

        gc.enable()
        stopped = Event()

        def told(progress: Progress) -> None:
            try:
                os.write(tells, json.dumps(asdict(progress)).encode() + b"\n")
            except OSError:
                stopped.set()  # nobody listens any more

        watch = Watch(told=told, paused=_Paused(stopped, hears), stopped=stopped)
        indexed = index_pack(paths, scenario, ner, watch=watch, workers=cores())
        status = 0 if indexed.summary.is_whole else 1
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
