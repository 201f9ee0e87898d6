"""A disk that lets threads wait until the test says so."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import Event, current_thread, main_thread
from types import TracebackType
from typing import Any

import pytest


class SlowDisk:
    """Lets every thread but the main one wait after a call of the system, until the block is left."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, call: str = "fsync") -> None:
        """`call` names a function of `os`."""
        self.reached = Event()
        """Set once a thread waits."""
        self._go_on = Event()
        self._go_on.set()
        quick: Callable[..., object] = getattr(os, call)

        def slow(*arguments: Any, **named: Any) -> None:
            quick(*arguments, **named)
            if current_thread() is not main_thread():
                self.reached.set()
                assert self._go_on.wait(30)

        monkeypatch.setattr(os, call, slow)

    def __enter__(self) -> None:
        self.reached.clear()
        self._go_on.clear()

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._go_on.set()
