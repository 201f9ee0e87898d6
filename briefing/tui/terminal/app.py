"""An application at home on a restricted host: no network, no browser, no clipboard of the officer's, no files."""

from __future__ import annotations

import os
from typing import Any

from rich.text import Text

from briefing.host import Decisions
from briefing.parsing import visible
from briefing.tui.terminal.cells import Row
from briefing.tui.terminal.display import CellDisplay
from briefing.tui.terminal.driver import TerminalDriver
from briefing.tui.terminal.endings import CRASHED


class TerminalApp(CellDisplay, inherit_bindings=False):
    """Textual's application, with what could leave the terminal or the host taken out of it.

    Its keys go with that: Ctrl+Q would leave at once, and a terminal or line with flow control sends it by itself.
    """

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        # Where no colour is wanted, the framework must send what it is given rather than shades of grey of it.
        super().__init__(driver_class=TerminalDriver, ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.animation_level = "none"
        self.ascii_only = False
        """Whether only ASCII may be sent to the terminal."""
        self.restricted = False
        """Whether the officer may reach no shell, not even by stopping the program."""
        self.is_only_drawn = False
        """Whether the first screen is all that is wanted."""
        self._drawn: list[Row] | None = None
        self._told_to_end = 0
        """The exit status that goes with the signal that ended the program; 0 when none did."""

    def run_here(self, decisions: Decisions) -> int:
        """Run on the terminal of the process until left; the exit status.

        0 after the officer left, 128 and the number of the signal that ended the program, 70 after a fault of its own.
        """
        self.ascii_only = decisions.ascii
        self.restricted = decisions.restricted
        self.run(mouse=False)
        if self._told_to_end:
            return self._told_to_end
        if self._exception is not None or self.return_code is None:
            return CRASHED
        return self.return_code

    def draw(self, decisions: Decisions, size: tuple[int, int]) -> list[Row] | None:
        """The cells that a terminal of `size` would show once the first screen has settled; None where it does not.

        For a process that has no terminal.
        """
        self.ascii_only = decisions.ascii
        self.is_only_drawn = True
        self.run(headless=True, size=size, mouse=False)
        return self._drawn

    def cells_wanted(self) -> list[Row] | None:
        """The cells of the screen as it is to be; None where they are not known."""
        if not self.is_only_drawn:
            return super().cells_wanted()
        update = self._whole_update(self.screen)  # nothing is handed over where there is no terminal
        return self._cells_wanted(self.screen, update) if update else None

    def settle(self) -> None:
        """Show what is wanted, in place of what was painted; or note it, where it is to be drawn only."""
        super().settle()
        if self.is_only_drawn:
            self._drawn = self.cells_wanted()
            self.exit()

    def save_now(self) -> None:
        """Keep what would be lost if the program ended; called in a signal handler, in the middle of anything."""

    def leave(self, status: int) -> None:
        """End with `status` because a signal says so; what goes wrong on the way changes nothing."""
        self._told_to_end = status
        self.exit(return_code=status)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing: links are shown, never followed. The framework would start $BROWSER."""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy within the program. The framework would send the text, as OSC 52, to the officer's own clipboard."""
        self._clipboard = text

    def deliver_text(self, *_: Any, **__: Any) -> None:
        """Write nothing. The framework would save texts, and pictures of the screen, in ~/Downloads."""

    def deliver_binary(self, *_: Any, **__: Any) -> None:
        """Write nothing."""

    def _set_pointer_shape(self, shape: str) -> None:
        """Send nothing: there is no mouse. The framework would send OSC 22."""

    def _fatal_error(self) -> None:
        """End with one line. The framework would print a traceback with the text of documents in it."""
        if not self._exit_renderables and not self._told_to_end:
            fault = visible(f"{type(self._exception).__name__}: {self._exception}")
            self._exit_renderables.append(Text(f"briefing: stopped by a fault of its own: {fault}"))
        self._close_messages_no_wait()
