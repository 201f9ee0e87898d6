"""A screen that is drawn once for what happens at once, and of which only what is seen is drawn."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.screen import Screen, ScreenResultType

from briefing.tui.key_queue import ONE_FRAME, has_caught_up
from briefing.tui.terminal.compositor import SeenCompositor


class DrawnScreen(Screen[ScreenResultType]):
    """Textual's screen with a compositor of ours, and one frame for a layout and what follows from it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._compositor = SeenCompositor()
        self._taking_in: asyncio.Task[None] | None = None
        """What waits until the widgets have taken their new sizes in."""

    def _screen_resized(self, size: Size) -> None:
        """Lay the widgets out for `size`, unless the terminal has another one by now, of which word is on its way.

        The framework's private method. A screen tells itself of every size it is laid out for: it would follow two of
        them in turn, for ever.
        """
        if size == self.app.size:
            super()._screen_resized(size)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay the widgets out, and draw them once they have taken their new sizes in.

        The framework's private method. It would draw what stood in a widget at its old size, and then all of it again.
        """
        with self.app.batch_update():
            super()._refresh_layout(size, scroll)
        told = [widget for widget in self._compositor.widgets if widget.message_queue_size]
        if told:
            self._taking_in = asyncio.create_task(self._draw_once_taken_in(told))

    async def _draw_once_taken_in(self, told: Sequence[MessagePump]) -> None:
        """Draw what was laid out, once those that were `told` something have heard it, or at the latest in a while."""
        await asyncio.wait([asyncio.create_task(has_caught_up(widget)) for widget in told], timeout=ONE_FRAME)
        if self._taking_in is asyncio.current_task():
            self._taking_in = None
            if self.is_running:
                self._compositor_refresh()

    def _compositor_refresh(self) -> None:
        """Draw what is dirty: all that was asked for by now, also by widgets whose word is still on its way here.

        The framework's private method, in which it loses what it is to draw in a batch.
        """
        if self.app._batch_count:
            self._dirty_widgets.add(self)  # after the batch it is asked for again
        elif self._taking_in is None:
            self._compositor.update_widgets(set(self._compositor.visible_widgets))
            super()._compositor_refresh()
