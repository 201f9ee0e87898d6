"""Work that several processes share: forked copies of this one, fed and heard over pipes, in plain JSON.

They are forked because nothing may be executed here, and because a copy has the word lists in memory already; so there
must be no other thread when work begins. A process that dies takes one piece of work with it, and is replaced.
"""

from __future__ import annotations

import json
import os
import select
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, NoReturn

_AHEAD = 48
"""Pieces of work begun before the first of them is done: how far a long document can hold up those after it."""
_SURELY_TAKEN = 16 * 1024
"""Bytes that a pipe takes while nobody reads from it: it holds four times that on Linux, and no system has less."""
_LENGTH = 8
"""Bytes of the length that goes before every message."""

Work = Callable[[Any], Any]
"""What is to be done with one task. Tasks and results are what JSON can hold."""


def in_order(tasks: Iterable[Any], work: Work, workers: int) -> Iterator[Any]:
    """What `work` makes of each of the tasks, in their order; None where the process died of it.

    With fewer than two `workers` it is done in this process, when the next result is asked for.
    """
    if workers < 2:
        yield from map(work, tasks)
        return
    crew = _Crew(work, workers)
    try:
        yield from crew.results(iter(tasks))
    finally:
        crew.dismiss()


class _Worker:
    """A forked process, and the tasks it was given."""

    def __init__(self, work: Work, others: Iterable[_Worker]) -> None:
        to_child, self._tasks = os.pipe()
        self.results, from_child = os.pipe()
        self.given: deque[tuple[int, bytes]] = deque()
        """Number and message of each task that it has not answered, in order."""
        self._pid = os.fork()
        if self._pid == 0:
            # A copy of another's pipe would keep that one from noticing that this process is gone.
            for end in (self._tasks, self.results, *(end for other in others for end in other.ends())):
                os.close(end)
            _serve(work, to_child, from_child)
        os.close(to_child)
        os.close(from_child)

    def ends(self) -> tuple[int, int]:
        """The ends of its pipes that are in this process."""
        return self._tasks, self.results

    def takes(self, message: bytes) -> bool:
        """Whether it can be given a task without waiting for it: it has none, or one, and this one is small."""
        return not self.given or (len(self.given) == 1 and len(message) < _SURELY_TAKEN)

    def give(self, number: int, message: bytes) -> None:
        """Hand it a task. That it is dead shows when it is to be heard."""
        self.given.append((number, message))
        with suppress(BrokenPipeError):
            _send(self._tasks, message)

    def take(self) -> tuple[int, Any]:
        """Number and result of its first task, once there is one. Raises `EOFError` when it is dead."""
        message = _receive(self.results)
        number, _ = self.given.popleft()
        return number, json.loads(message)

    def end(self) -> None:
        """Let it go; what it was doing is lost."""
        os.close(self._tasks)
        os.close(self.results)
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


class _Crew:
    """Workers, and the results that wait for those before them."""

    def __init__(self, work: Work, workers: int) -> None:
        self._work = work
        self._workers: list[_Worker] = []
        self._done: dict[int, Any] = {}
        self._suspect: set[int] = set()
        """Tasks that a process was about when it died. It may not have been their fault: they are tried once more."""
        for _ in range(workers):
            self._workers.append(_Worker(work, self._workers))

    def results(self, tasks: Iterator[Any]) -> Iterator[Any]:
        """See `in_order`."""
        messages = enumerate(json.dumps(task).encode() for task in tasks)
        first = 0
        held = next(messages, None)
        while held is not None or any(worker.given for worker in self._workers):
            while held is not None and held[0] < first + _AHEAD and (worker := self._free(held[1])):
                worker.give(*held)
                held = next(messages, None)
            self._hear()
            while first in self._done:
                yield self._done.pop(first)
                first += 1

    def dismiss(self) -> None:
        """Let all of them go."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _free(self, message: bytes) -> _Worker | None:
        """The one with the fewest tasks, if it can take another."""
        worker = min(self._workers, key=lambda worker: len(worker.given))
        return worker if worker.takes(message) else None

    def _hear(self) -> None:
        """Wait until one of them has something to say, and take that in."""
        busy = {worker.results: worker for worker in self._workers if worker.given}
        poll = select.poll()
        for end in busy:
            poll.register(end, select.POLLIN | select.POLLHUP)
        for end, _ in poll.poll():
            try:
                number, result = busy[end].take()
            except EOFError:
                self._replace(busy[end])
            else:
                self._done[number] = result

    def _replace(self, dead: _Worker) -> None:
        dead.end()
        self._workers.remove(dead)
        worker = _Worker(self._work, self._workers)
        self._workers.append(worker)
        number, _ = dead.given[0]
        if number in self._suspect:
            self._done[number] = None
            dead.given.popleft()
        self._suspect.add(number)
        for task in dead.given:
            worker.give(*task)


def _serve(work: Work, tasks: int, results: int) -> NoReturn:
    """Answer tasks until there are no more; the life of a forked process."""
    try:
        # Ctrl+C is for the process that was started; this one ends with it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True:
            _send(results, json.dumps(work(json.loads(_receive(tasks)))).encode())
    finally:
        # Nothing of the process that this is a copy of may be written or undone.
        os._exit(0)


def _send(pipe: int, message: bytes) -> None:
    rest = memoryview(len(message).to_bytes(_LENGTH, "big") + message)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _receive(pipe: int) -> bytes:
    """The next message. Raises `EOFError` when there is none to come, or only a part of it."""
    return _read(pipe, int.from_bytes(_read(pipe, _LENGTH), "big"))


def _read(pipe: int, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = os.read(pipe, size - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
