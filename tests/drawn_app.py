"""An app drawn on a terminal of the test's own: what was sent to it, and what stands on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.pilot import Pilot

from briefing.tui.terminal.display import CellDisplay
from briefing.tui.terminal.writer import TerminalWriter
from tests.strict_terminal import SeenCell, StrictTerminal


class DrawnApp:
    """An app, its driver's terminal, and all that was sent to it."""

    def __init__(self, app: CellDisplay, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def driver(self) -> ScreenDriver:
        """What the app writes to."""
        assert isinstance(self.app._driver, ScreenDriver)
        return self.app._driver

    @property
    def seen(self) -> list[list[SeenCell]]:
        """The cells of the terminal."""
        return self.driver.terminal.seen

    def undiffed(self) -> list[list[SeenCell]]:
        """The cells of a terminal on which the framework itself drew the whole screen."""
        terminal = StrictTerminal(*self.app.size)
        update = self.app.screen._compositor.render_update(full=True, screen_stack=self.app._background_screens)
        terminal.feed(update.render_segments(self.app.console))  # type: ignore[union-attr]
        return terminal.seen

    async def settle(self) -> None:
        """Wait until all is drawn."""
        heard = getattr(self.app, "keys_heard", None)
        if heard is not None and self.app.is_running:
            await heard()
        await self.pilot.pause()
        await self.pilot.pause()

    async def press(self, *keys: str) -> str:
        """Press keys, wait until all is drawn; what was sent meanwhile."""
        before = len(self.driver.sent)
        await self.pilot.press(*keys)
        await self.settle()
        return self.driver.sent[before:]

    async def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size; it shows litter until it is drawn again."""
        self.driver.resize(columns, rows)
        await self.settle()


class ScreenDriver(Driver):
    """Draws on a `StrictTerminal`."""

    def __init__(self, app: App[Any], **arguments: Any) -> None:
        super().__init__(app, **arguments)
        assert self._size is not None
        self.terminal = StrictTerminal(*self._size, litter=True)
        self.sent = ""
        self.writer: TerminalWriter | None = None
        """Where what is written goes besides; None where it is drawn and nothing else."""

    def write(self, data: str) -> None:
        self.sent += data
        self.terminal.feed(data)
        if self.writer is not None:
            self.writer.write(data)

    def resize(self, columns: int, rows: int) -> None:
        """The terminal has another size."""
        self._size = (columns, rows)
        self.terminal = StrictTerminal(columns, rows, litter=True)
        size = Size(columns, rows)
        self.process_message(events.Resize(size, size))

    def start_application_mode(self) -> None:
        """Nothing to be done."""

    def disable_input(self) -> None:
        """Nothing to be done."""

    def stop_application_mode(self) -> None:
        """Nothing to be done."""


@asynccontextmanager
async def drawn(app: CellDisplay, columns: int = 80, rows: int = 24) -> AsyncIterator[DrawnApp]:
    """`app` at work on a terminal of that size."""
    app.driver_class = ScreenDriver
    async with app.run_test(headless=False, size=(columns, rows)) as pilot:
        one = DrawnApp(app, pilot)
        await one.settle()
        yield one
