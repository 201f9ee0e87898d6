"""The picture of the terminal: which cells are wanted on it, which were sent, and the frames between the two."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rich.color import ColorSystem
from rich.segment import Segment
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.filter import LineFilter
from textual.geometry import Offset, Region
from textual.screen import Screen
from textual.widgets import Input

from briefing.first_screen import PaintedScreen
from briefing.tui.terminal.barrier import Barrier
from briefing.tui.terminal.cells import BLANK, Row, cells_of, cut, from_bytes
from briefing.tui.terminal.changes import dialect_of, frame
from briefing.tui.terminal.compositor import SeenUpdate
from briefing.tui.terminal.writer import TerminalWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

_SYSTEMS = {"standard": ColorSystem.STANDARD, "256": ColorSystem.EIGHT_BIT, "truecolor": ColorSystem.TRUECOLOR}

_ONE_PACKET = 1000
"""Characters of a frame that reaches the terminal in one piece, so that it need not be told to wait for the end."""


class _SurpriseError(Exception):
    """The framework handed over something whose cells are not known."""


class CellDisplay(App[None]):
    """Sends only the cells that changed, whatever was painted anew; to be inherited before `App`.

    The framework keeps no picture of the terminal: what is dirty goes out whole, every run of a style with all its
    parameters. A line of scrolling took 7,682 bytes, where less takes 145. It also queues frames that a stalled line
    will never take in time; here the next frame is made when the line has taken the last, from what was sent to what
    is wanted by then, so nothing piles up.

    On any surprise, an unknown kind of update or a row of the wrong length, the framework draws the whole screen its
    own way, and the picture is begun anew with what it draws next.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._wanted: list[Row] | None = None
        """The cells of the screen; None where they are not known, so that it must be asked for whole."""
        self._sent: list[Row] | None = None
        """The cells that the terminal shows; None where nothing is known of it."""
        self._cursor_sent: Offset | None = None
        """Where the cursor was put; None where it stands anywhere."""
        self._plainly = False
        """Whether the next frame is to be the framework's own."""
        self._painted: list[Row] | None = None
        """The cells painted before the program was there, as long as they stand for what is not made yet."""
        self._is_just_drawn = False
        """Whether those show what the first frame will: nothing is waited for."""
        self._behind: list[Row] | None = None
        """The cells that were wanted, behind those painted, when the first key was acted on."""
        self._barrier = Barrier()
        self._dialect = dialect_of(os.environ.get("TERM", ""), in_screen="STY" in os.environ)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every row passes on its way out: the filters of the framework, then the barrier."""
        others = tuple(super().get_line_filters())
        if others != self._barrier.others:
            self._barrier = Barrier(others)
        return [self._barrier]

    def forget_screen(self) -> None:
        """Send everything again: the terminal may show anything. For a program that was stopped, and for a redraw."""
        self._sent = self._painted = None
        self._send()

    def on_resize(self, event: events.Resize) -> None:
        """Forget what the terminal shows: it has cut or wrapped it.

        If it has its old size again, the framework sees nothing to do.
        """
        if self._painted is not None and event.size == (len(self._painted[0]), len(self._painted)):
            return
        self._sent = self._painted = None
        if self._wanted is not None and event.size == (len(self._wanted[0]), len(self._wanted)):
            self._send()

    # ------------------------------------------------------------ what was painted before the program was there

    def go_on_from(self, painted: PaintedScreen) -> None:
        """Know that `painted` stands on the terminal, and leave it there until `settle`; if just drawn, for a frame."""
        self._is_just_drawn = not isinstance(painted.cells, bytes)
        with suppress(ValueError, TypeError, IndexError):
            cells = from_bytes(painted.cells) if isinstance(painted.cells, bytes) else painted.cells
            if {len(row) for row in cells} == {painted.size[0]} and len(cells) == painted.size[1]:
                self._sent = self._painted = cells

    @property
    def is_painted(self) -> bool:
        """Whether the terminal shows what was painted, and not yet what is."""
        return self._painted is not None

    def cells_wanted(self) -> list[Row] | None:
        """The cells of the screen as it is to be; None where they are not known."""
        return self._wanted

    def is_as_painted(self, region: Region) -> bool:
        """Whether the same characters are painted and wanted in `region`, or were before the first key."""
        wanted = self._behind or self._wanted
        if self._painted is None or wanted is None:
            return False
        columns = slice(region.x, region.right)
        return all(
            [text for text, _ in painted[columns]] == [text for text, _ in row[columns]]
            for painted, row in list(zip(self._painted, wanted, strict=True))[region.y : region.bottom]
        )

    def follow_keys(self) -> None:
        """Show what the keys change from now on, and leave the rest as painted."""
        self._behind = self._behind or self._wanted

    def hold_still(self) -> None:
        """Show nothing of what comes until `settle`."""
        self._behind = None

    def settle(self) -> None:
        """Show what is wanted, in place of what was painted."""
        self._painted = self._behind = None
        self._send()

    def _to_be_shown(self, wanted: list[Row]) -> list[Row]:
        """The cells to send: those wanted or, while what was painted stands, that with what keys have changed."""
        if self._painted is None or self._sent is None:
            return wanted
        if self._behind is None:
            return self._sent
        return [_changed_over(*rows) for rows in zip(self._painted, self._behind, wanted, strict=True)]

    # ------------------------------------------------------------ what the framework hands over

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Note which cells are wanted, and send them if the line is free.

        The framework's private method, called once for each update of the screen. Nothing public sees an update.
        """
        if renderable is None or not self._is_drawing():
            super()._display(screen, renderable)
            return
        try:
            self._wanted = self._cells_wanted(screen, renderable)
        except Exception:  # noqa: BLE001 - whatever the framework hands over, the screen must be drawn
            self._plainly = True
        if self._is_just_drawn and self._wanted is not None:
            self._is_just_drawn, self._painted = False, None
        self._send()
        self.post_display_hook()

    def _is_drawing(self) -> bool:
        """Whether the framework itself would draw now: it does not while it starts, ends or gathers changes."""
        driver = self._driver
        visible = self._running and not self._closed and not self._batch_count
        return visible and driver is not None and not driver.is_headless and not driver.is_inline

    def _send(self) -> None:
        """Send what differs, unless the line is busy: then as soon as it no longer is."""
        driver = self._driver
        if driver is None or not self._running or self._closed:
            return
        loop = asyncio.get_running_loop()

        def line_is_free() -> None:
            # The program may have ended in the meantime.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._send)

        writer = getattr(driver, "writer", None)
        if isinstance(writer, TerminalWriter) and writer.busy(line_is_free):
            return
        if self._plainly:
            self._send_plainly()
        elif self._wanted is not None:
            self._send_changes(self._to_be_shown(self._wanted))

    def _send_changes(self, wanted: list[Row]) -> None:
        try:
            text = frame(self._sent, wanted, self._dialect)
        except Exception:  # noqa: BLE001 - as above
            self._send_plainly()
            return
        self._sent = wanted
        text += self._cursor_for_input(text)
        # Keys are listened to from the first frame on, also where nothing of it needs to be sent.
        if (text or self._painted is not None) and self._driver is not None:
            split = self._sync_available and len(text) > _ONE_PACKET
            self._driver.write(f"\x1b[?2026h{text}\x1b[?2026l" if split else text)
            self._driver.flush()

    def _cursor_for_input(self, text: str) -> str:
        """What puts the cursor, unseen as it is, where one types: there a terminal shows a word being composed."""
        place = self.screen.outer_size.clamp_offset(self.cursor_position) if isinstance(self.focused, Input) else None
        stands, self._cursor_sent = not text and place == self._cursor_sent, place
        return "" if place is None or stands else f"\x1b[{place.y + 1};{place.x + 1}H"

    def _send_plainly(self) -> None:
        """Let the framework draw the whole screen."""
        self._plainly = False
        self._wanted = self._sent = self._painted = None
        super()._display(self.screen, self._whole_update(self.screen))

    def _whole_update(self, screen: Screen[Any]) -> RenderableType | None:
        return screen._compositor.render_update(full=True, screen_stack=self._background_screens)

    def _cells_wanted(self, screen: Screen[Any], renderable: RenderableType) -> list[Row] | None:
        """The cells of the whole screen after an update; None while it gets another size: all will be drawn for that.

        Raises `_SurpriseError` where that cannot be told.
        """
        width, height = self.size
        if screen._compositor.size != self.size:
            return None
        known = self._wanted
        if known is not None and (len(known[0]), len(known)) != (width, height):
            known = None
        if known is None and isinstance(renderable, SeenUpdate) and self._is_all(renderable):
            known = [[BLANK] * width for _ in range(height)]
        if known is None and isinstance(renderable, (ChopsUpdate, SeenUpdate)):
            renderable = self._whole_update(screen) or renderable
        if type(renderable) is SeenUpdate and known is not None:
            rows = self._with_seen(known, renderable)
        elif type(renderable) is LayoutUpdate and renderable.region.size == self.size:
            rows = [self._cells(segment for strip in line for segment in strip) for line in renderable.strips]
        elif type(renderable) is ChopsUpdate and known is not None:
            rows = self._with_spans(known, renderable)
        else:
            raise _SurpriseError
        if len(rows) != height or any(len(row) != width for row in rows):
            raise _SurpriseError
        return rows

    def _is_all(self, update: SeenUpdate) -> bool:
        """Whether every cell of the terminal is in `update`, nothing lying under its screen."""
        cells = sum(end - start for line in update.lines for start, end in line.ranges)
        return cells == self.size.area and len(self.screen_stack) == 1

    def _with_seen(self, known: list[Row], update: SeenUpdate) -> list[Row]:
        """`known` with what is seen written over it."""
        rows = list(known)
        written: set[int] = set()
        for number, ranges, strip, left in update.lines:
            if number not in written:
                rows[number] = list(rows[number])
                written.add(number)
            cells = self._cells(strip)
            for start, end in ranges:
                rows[number][start:end] = cut(cells, start - left, end - left)
        return rows

    def _with_spans(self, known: list[Row], update: ChopsUpdate) -> list[Row]:
        """`known` with every part of a row written over it that a span of `update` touches."""
        rows = list(known)
        for number, first, last in update.spans:
            row = list(rows[number])
            for end, (start, strip) in zip(update.chop_ends[number], update.chops[number].items(), strict=True):
                if strip is not None and start < last and end > first:
                    row[start:end] = self._cells(strip)
            rows[number] = row
        return rows

    def _cells(self, segments: Iterable[Segment]) -> Row:
        system = None if self.no_color else _SYSTEMS.get(self.console.color_system or "")
        return cells_of(segments, system)


def _changed_over(painted: Row, behind: Row, wanted: Row) -> Row:
    """The row `painted`, with the cells of `wanted` from the first to the last that differs from the one `behind`."""
    places = [place for place, (old, new) in enumerate(zip(behind, wanted, strict=True)) if old != new]
    if not places:
        return painted
    first, end = places[0], places[-1] + 1
    return [*painted[:first], *wanted[first:end], *painted[end:]]
