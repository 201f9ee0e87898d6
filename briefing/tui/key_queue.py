"""Keys one at a time: each is acted on in full before the next is looked at, however many arrive at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

_PATIENCE = 5.0
"""Seconds after which a part of the program that does not answer is passed over, so that the keyboard never dies."""
ONE_FRAME = 0.1
"""Seconds for which what comes of a key is not shown, so that it is shown at once."""
_ROUNDS = 20
"""How often in a row parts of the program may make work for one another before a key counts as acted on."""
_AHEAD = 1000
"""Keys that wait at most. Nobody types so far ahead: a line gone mad must not fill the memory."""

Typed = events.Key | events.Paste
"""A key, or text that was pasted."""


class KeyQueue:
    """Hands keys on in order.

    The framework gives a key to what has the focus when the key arrives, and moves the focus later: keys typed ahead,
    or sent in one packet by a slow line, would be heard by what had the focus before.
    """

    def __init__(
        self, app: App[None], hand_on: Callable[[Typed], Awaitable[None]], may_act: Callable[[Typed], bool]
    ) -> None:
        """`hand_on` gives a key to what has the focus; it is called in the app's own turn.

        `may_act` says whether a key can be acted on yet; where it cannot, `look_again` has it asked again.
        """
        self._app = app
        self._hand_on = hand_on
        self._may_act = may_act
        self._look = asyncio.Event()
        self._keys: asyncio.Queue[Typed] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def put(self, key: Typed) -> None:
        """Let `key` wait for its turn; beyond a thousand it is lost."""
        if self._keys.qsize() >= _AHEAD:
            return
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        self._keys.put_nowait(key)

    async def heard(self) -> None:
        """Wait until every key so far has been acted on in full."""
        await self._keys.join()

    def look_again(self) -> None:
        """See whether the key that waits for it can be acted on by now."""
        self._look.set()

    def close(self) -> None:
        """Forget the keys that still wait."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        while True:
            key = await self._keys.get()
            while not self._may_act(key):
                self._look.clear()
                await self._look.wait()
            acting = asyncio.create_task(self._act_on(key))
            # One frame shows all that comes of a key, unless it takes so long that some of it is better than nothing.
            with self._app.batch_update():
                await asyncio.wait([acting], timeout=ONE_FRAME)
            for screen in self._app.screen_stack:
                screen.check_idle()
            await acting
            self._keys.task_done()

    async def _act_on(self, key: Typed) -> None:
        """Hand `key` on, and wait until all that it reaches has done with it."""
        app = self._app
        app.call_later(self._hand_on, key)
        await has_caught_up(app)
        for _ in range(_ROUNDS):
            await self._late_have_caught_up()
            reached = app.screen, app.focused
            # App and screen may stop in the middle of a message, for a decision to be written or a page to be put up.
            if not await has_caught_up(app):
                break
            await self._late_have_caught_up()
            await has_caught_up(app.screen)
            if not await self._late_have_caught_up() and reached == (app.screen, app.focused):
                break

    async def _late_have_caught_up(self) -> bool:
        """Wait until nothing is on its way to any part that a key reaches; whether anything was, and has arrived."""
        for waits in range(_ROUNDS):
            late = next((part for part in self._reached_by_a_key() if part.message_queue_size), None)
            if late is None:
                return waits > 0
            if not await has_caught_up(late):
                return False
        return True

    def _reached_by_a_key(self) -> Iterator[MessagePump]:
        """What has the focus and all above it, up to the app: what is said there passes all of them on its way up."""
        yield from (self._app.focused or self._app.screen).ancestors_with_self


class _Answer:
    """What a part of the program gives when its turn has come."""

    def __init__(self) -> None:
        self.given: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def give(self, in_time: bool = True) -> None:
        """Wake whoever waits for it, and say whether it came before patience ran out."""
        if not self.given.done():
            self.given.set_result(in_time)


async def has_caught_up(part: MessagePump, *, drawn: bool = False) -> bool:
    """Wait until `part` has done with all that was on its way to it; with `drawn`, and what came of it is drawn.

    False where it has not, in a while, or has ended.
    """
    if not part.is_running:
        return False
    answer = _Answer()
    # As `call_later` does it, which wraps what is to be called, and then looks anew how many arguments that takes.
    asked = part.call_after_refresh(answer.give) if drawn else part.post_message(events.Callback(answer.give))
    if not asked:
        return False
    patience = asyncio.get_running_loop().call_later(_PATIENCE, answer.give, False)
    try:
        return await answer.given
    finally:
        patience.cancel()
