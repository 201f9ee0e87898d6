"""What takes frames to the terminal never makes anybody wait, and ends in time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from threading import Event

import pytest

from briefing.tui.terminal.ascii import encoder
from briefing.tui.terminal.writer import TerminalWriter

MUCH = "x" * 1_000_000
"""More than a pseudo-terminal takes before somebody reads it."""
PATIENCE = 20.0
"""Seconds."""


class Line:
    """A pseudo-terminal, raw, and the writer at its one end."""

    def __init__(self) -> None:
        self.far, self.near = os.openpty()
        self.writer = TerminalWriter(self.near, encoder(ascii_only=False))
        self.writer.start()

    def read(self, count: int) -> bytes:
        """`count` bytes at the far end."""
        taken = b""
        while len(taken) < count:
            taken += os.read(self.far, count - len(taken))
        return taken

    def hang_up(self) -> None:
        """The far end goes away."""
        os.close(self.far)
        self.far = -1

    def close(self) -> None:
        """Read whatever is left, so that the writer ends."""
        if self.far >= 0:
            self.hang_up()
        self.writer.stop(PATIENCE)
        os.close(self.near)


@pytest.fixture
def line() -> Iterator[Line]:
    one = Line()
    yield one
    one.close()


def test_what_is_written_arrives_in_order(line: Line) -> None:
    for number in range(100):
        line.writer.write(f"{number:04}é")
    assert line.read(600).decode() == "".join(f"{number:04}é" for number in range(100))


def test_writing_to_a_line_that_stands_still_returns_at_once(line: Line) -> None:
    began = time.monotonic()
    for _ in range(50):
        line.writer.write(MUCH[:10_000])
    assert time.monotonic() - began < 1
    assert line.writer.busy(lambda: None)


def test_it_says_once_that_everything_was_taken(line: Line) -> None:
    calls: list[str] = []
    free = Event()
    line.writer.write(MUCH)

    def tell() -> None:
        calls.append("second")
        free.set()

    assert line.writer.busy(lambda: calls.append("first"))
    assert line.writer.busy(tell)
    assert not free.is_set()
    line.read(len(MUCH))
    assert free.wait(PATIENCE)
    assert calls == ["second"], "only the last one who asked is told"
    assert not line.writer.busy(lambda: calls.append("third"))
    line.writer.write("more")
    line.read(4)
    assert calls == ["second"]


def test_stopping_sends_what_waits(line: Line) -> None:
    line.writer.write("the last words")
    assert line.writer.stop(PATIENCE)
    assert line.read(14) == b"the last words"
    line.writer.write("too late")
    assert not line.writer.busy(lambda: None)


def test_stopping_on_a_line_that_stands_still_takes_no_longer_than_allowed(line: Line) -> None:
    line.writer.write(MUCH)
    began = time.monotonic()
    assert not line.writer.stop(0.2)
    assert 0.2 <= time.monotonic() - began < 2


def test_after_a_hang_up_what_is_written_is_forgotten(line: Line) -> None:
    line.writer.write(MUCH)
    line.hang_up()
    line.writer.join(PATIENCE)
    assert line.writer.gone
    line.writer.write("nobody reads this")
    assert line.writer.busy(lambda: pytest.fail("nothing is ever sent")), "no frame need be made any more"
    assert not line.writer.stop(PATIENCE)


def test_the_terminal_is_left_blocking_and_may_be_found_not_to_be(line: Line) -> None:
    os.set_blocking(line.near, False)
    line.writer.write(MUCH)
    assert line.read(len(MUCH)) == MUCH.encode()
    os.set_blocking(line.near, True)
    line.writer.write("more")
    assert line.read(4) == b"more"
    assert os.get_blocking(line.near)


def test_room_that_somebody_else_took_in_the_meantime_is_waited_for(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = [BlockingIOError(), BlockingIOError()]
    write = os.write

    def refuse_first(descriptor: int, data: bytes) -> int:
        if refusals:
            raise refusals.pop()
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", refuse_first)
    line.writer.write("words")
    assert line.read(5) == b"words"
    assert refusals == []


def test_nothing_is_done_while_there_is_nothing_to_do(line: Line) -> None:
    line.writer.write("a")
    line.read(1)
    # A thread that waits for nothing but words spends no time at all.
    before = time.process_time()
    assert not Event().wait(0.3)
    assert time.process_time() - before < 0.05
