"""What stands between the program and the terminal: takes it over, reads it, and always gives it back."""

from __future__ import annotations

import codecs
import os
import signal
import sys
import termios
import time
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, Any

from textual import events
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from briefing.first_screen import GIVEN_BACK, TAKEN, raw, take_over
from briefing.tui.terminal.ascii import encoder
from briefing.tui.terminal.endings import Endings
from briefing.tui.terminal.input import InputParser
from briefing.tui.terminal.keys import Dialect
from briefing.tui.terminal.reader import TerminalReader
from briefing.tui.terminal.writer import TerminalWriter

if TYPE_CHECKING:
    from briefing.tui.terminal.app import TerminalApp

_ASKED = "\x1b[?2026$p"
"""Whether a frame can be shown at once (synchronized output). Nothing waits for the answer."""
_DEAF_TO_QUESTIONS = ("dumb", "linux", "vt")
"""Kinds of terminal that cannot answer; old ones would show the question."""
_ATTEMPTS = 20
_PAUSE = 0.01
"""Seconds between two attempts to write to a terminal that takes nothing."""


class StopRefused(Message):
    """There is no shell to stop for."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class TerminalDriver(Driver):
    """Textual's driver for a terminal over a line that may be slow, stall or drop.

    Written anew from Textual's interface for drivers, because of what was measured of its own: a queue of 30 frames and
    then a blocking write; an end of input taken for nothing, so that an orphan spun at half a core; a second thread for
    the keys after SIGCONT, which left the terminal raw at the end; keys typed ahead taken for answers to what was not
    yet on the screen; and ten wake-ups a second while idle.
    """

    def __init__(
        self,
        app: TerminalApp,
        *,
        debug: bool = False,
        mouse: bool = False,
        size: tuple[int, int] | None = None,
    ) -> None:
        """`mouse` is not heard: what a terminal can be told to report, a host can do without."""
        super().__init__(app, debug=False, mouse=False, size=size)
        self._terminal_app = app
        self._input = 0
        self._output = 1
        self.writer: TerminalWriter | None = None
        """What takes frames to the terminal, while it is ours."""
        self._attributes: list[Any] | None = None
        """Those of the terminal before it was ours; None while it is not."""
        self._reader: TerminalReader | None = None
        self._was_painted = False
        """Whether the first screen stood on the terminal before the program was there."""
        self._endings = Endings(app.save_now, app.leave, self._give_back_now)

    @property
    def can_suspend(self) -> bool:
        """Whether there may be a shell to go back to; a session's first process has none."""
        return not self._terminal_app.restricted and os.getsid(0) != os.getpid()

    def start_application_mode(self) -> None:
        """Take the terminal over, and listen to signals. Keys are listened to from the first frame on."""
        self._endings.watch()
        self._loop.add_signal_handler(signal.SIGWINCH, self._resized)
        self._loop.add_signal_handler(signal.SIGCONT, self._continued)
        self._loop.add_signal_handler(signal.SIGTSTP, self._stop_here)
        painted = take_over()
        if painted is not None:
            self._was_painted = True
            self._attributes = painted.attributes
            self._terminal_app.go_on_from(painted)
        self._take(entered=self._was_painted)
        self._resized()

    def write(self, data: str) -> None:
        """Send `data`, a frame, after what was sent before; returns at once.

        With the first frame the keyboard comes to life, in the only place where it does: what was typed before could
        not have been meant for a screen nobody had seen, so it is thrown away. Where the screen was painted before the
        program was there, that was done then, and what was typed since is heard.
        """
        if self.writer is None:
            return
        if self._reader is None:
            self._listen()
        self.writer.write(data)

    def disable_input(self) -> None:
        """Listen to no more keys, and throw away those that were typed and not yet heard."""
        if self._reader is not None:
            self._reader.stop()
            self._reader = None
            if self._is_ours():
                _flush(self._input, termios.TCIFLUSH)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self.writer is None:
            return
        self.disable_input()
        writer, self.writer = self.writer, None
        if self._is_ours(or_the_shells=True):
            writer.write(GIVEN_BACK)
        if not writer.stop():
            self._force()
        self._restore_attributes()

    def close(self) -> None:
        """Listen to no more signals."""
        for number in (signal.SIGWINCH, signal.SIGCONT, signal.SIGTSTP):
            self._loop.remove_signal_handler(number)
        self._endings.unwatch()

    # ------------------------------------------------------------ the terminal

    def _take(self, *, entered: bool = False) -> None:
        if self.writer is None:
            self.writer = TerminalWriter(self._output, encoder(self._terminal_app.ascii_only))
            self.writer.start()
        self._set_attributes()
        if not entered:
            self.writer.write(TAKEN)

    def _set_attributes(self) -> None:
        """No echo, every key at once, Enter as it is. Ctrl+C stays a signal until keys are listened to."""
        with suppress(termios.error):
            attributes = termios.tcgetattr(self._input)
            if self._attributes is None:
                self._attributes = attributes
            termios.tcsetattr(self._input, termios.TCSANOW, raw(attributes, signals=self._reader is None))

    def _is_ours(self, *, or_the_shells: bool = False) -> bool:
        """Whether nobody else has the terminal; when we were stopped, the shell or another program may.

        The shell sets the attributes it needs, but not the screen: that we may give back while it has the terminal.
        """
        with suppress(OSError):  # where there is no job control, nobody can have it
            holder = os.tcgetpgrp(self._input)
            shells = (os.getsid(0), os.getpgid(os.getppid())) if or_the_shells else ()
            return holder in (os.getpgrp(), *shells)
        return True

    def _restore_attributes(self) -> None:
        if self._attributes is not None:
            if self._is_ours():
                with suppress(termios.error):
                    termios.tcsetattr(self._input, termios.TCSANOW, self._attributes)
            self._attributes = None

    def _give_back_now(self) -> None:
        """Give the terminal back while the rest of the program stands still; for a thread, before the process ends."""
        self._force()
        self._restore_attributes()

    def _force(self) -> None:
        """Throw away what the terminal has not taken, and make it ordinary again if it takes that much at once."""
        if not self._is_ours(or_the_shells=True):
            return
        for _ in range(_ATTEMPTS):
            _flush(self._output, termios.TCOFLUSH)
            try:
                os.set_blocking(self._output, False)
                os.write(self._output, GIVEN_BACK.encode("ascii"))
            except BlockingIOError:  # the last write of a frame has yet to return
                time.sleep(_PAUSE)
            except OSError:
                break
            else:
                break
        with suppress(OSError):
            os.set_blocking(self._output, True)

    # ------------------------------------------------------------ what comes from outside

    def _listen(self) -> None:
        if not self._was_painted:
            _flush(self._input, termios.TCIFLUSH)
        self._was_painted = False
        parser = InputParser(Dialect(os.environ.get("TERM", "")), _encoding())
        self._reader = TerminalReader(self._input, parser, self._hear_soon, self._unheard)
        self._set_attributes()
        self._reader.start()
        kind, program = os.environ.get("TERM", "dumb"), os.environ.get("TERM_PROGRAM")
        if self.writer is not None and not kind.startswith(_DEAF_TO_QUESTIONS) and program != "Apple_Terminal":
            self.writer.write(_ASKED)

    def _hear_soon(self, messages: list[Message], taken: Event) -> None:
        """Let the event loop hear `messages`; in the thread that reads."""

        def hear() -> None:
            try:
                for message in messages:
                    self._hear(message)
            finally:
                taken.set()

        try:
            self._loop.call_soon_threadsafe(hear)
        except RuntimeError:  # it has ended
            taken.set()

    def _hear(self, message: Message) -> None:
        """Hand on what was typed. Ctrl+Z stops us here: it must work in every view and while another is being asked."""
        if isinstance(message, events.Key) and message.key == "ctrl+z":
            self._stop_here()
        else:
            self.process_message(message)

    def _unheard(self, error: Exception | None) -> None:
        """End, since nothing more will be heard: the line has dropped, or reading it has failed with `error`."""
        if error is None:
            self._endings.hang_up()
            return

        def fail() -> None:
            raise error

        self._loop.call_soon_threadsafe(self._terminal_app.call_later, fail)

    def _resized(self) -> None:
        """Tell the size of the terminal, in cells; by itself the framework would believe COLUMNS and TERM."""
        columns, rows = _size(self._output)
        size = Size(columns, rows)
        self._size = (columns, rows)
        self.process_message(events.Resize(size, size))

    def _stop_here(self) -> None:
        """Give the terminal back and stop, until continued."""
        if not self.can_suspend:
            restricted = self._terminal_app.restricted
            self.process_message(StopRefused("restricted" if restricted else "this program is the whole session"))
            return
        self.stop_application_mode()
        # With a handler of ours nobody would stop; and the other signal must not find the terminal half taken over.
        for number in (signal.SIGTSTP, signal.SIGCONT):
            self._loop.remove_signal_handler(number)
        os.kill(0, signal.SIGTSTP)
        self._loop.add_signal_handler(signal.SIGCONT, self._continued)
        self._loop.add_signal_handler(signal.SIGTSTP, self._stop_here)
        self._take_again()

    def _continued(self) -> None:
        """Put right what others did to the terminal while we were stopped by SIGSTOP, and gave nothing back before."""
        if self.writer is not None:
            self._take_again()

    def _take_again(self) -> None:
        # From the background it stops here once more; but whoever is to end must not.
        if self._endings.ending:
            return
        self._take()
        self._resized()
        self._terminal_app.forget_screen()


def _flush(terminal: int, queue: int) -> None:
    with suppress(termios.error):
        termios.tcflush(terminal, queue)


def _size(terminal: int) -> tuple[int, int]:
    """Columns and rows, in cells; those of a terminal that does not know are 80 and 24."""
    try:
        size = os.get_terminal_size(terminal)
    except OSError:
        size = os.terminal_size((0, 0))
    return size.columns or 80, size.lines or 24


def _encoding() -> str:
    """What the terminal sends, as the locale says; UTF-8 where ASCII would not be itself in it."""
    encoding = getattr(sys.__stdin__, "encoding", None) or "utf-8"
    ascii_characters = bytes(range(128))
    with suppress(LookupError, UnicodeError):
        if codecs.decode(ascii_characters, encoding) == ascii_characters.decode("ascii"):
            return encoding
    return "utf-8"
