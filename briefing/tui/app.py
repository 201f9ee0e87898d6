"""The terminal application: settles the look, keeps the session, and leaves all else to the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.message import Message
from textual.timer import Timer

from briefing.commands import COMMANDS, Scope
from briefing.model import Pack, PackError
from briefing.package_text import package_text
from briefing.rendering.entry import Entry
from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal
from briefing.storage.session import SessionFile
from briefing.tui.keys import bindings
from briefing.tui.layout import LOW
from briefing.tui.look import textual_theme
from briefing.tui.screens.desk import DeskScreen
from briefing.tui.starting import StartingApp
from briefing.tui.terminal.driver import StopRefused
from briefing.tui.terminal.input import PasteShortened
from briefing.tui.widgets.filtered_list import FilterInput

_KEPT_AFTER = 1.0
"""Seconds from a key until what it left on the screen is kept."""


class BriefingApp(StartingApp):
    """One pack on one terminal."""

    CSS = package_text("briefing.tui", "desk.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.APP)]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "-high")]  # noqa: RUF012 - the framework declares it so

    def __init__(
        self,
        pack: Pack,
        themes: Sequence[Theme],
        theme: str,
        analyse: Callable[[], Pack] | None = None,
        journal: Journal | None = None,
        session_file: SessionFile | None = None,
    ) -> None:
        """`theme` names one of `themes`.

        `pack` may lack its analysis; then `analyse` makes it, in a thread. What is decided is written to `journal`,
        what is on the screen to `session_file`, which also says what to go on with.
        """
        super().__init__(analyse)
        looks = {look.name: look for look in themes}
        session = session_file.read() if session_file else None
        self._desk = DeskScreen(pack, looks[theme], analyse is None, journal, session)
        self._session_file = session_file
        self._keeping: Timer | None = None
        self._saving: asyncio.Task[None] | None = None
        self._told = False
        self._looks = looks
        for look in themes:
            self.register_theme(textual_theme(look))
        self.theme = theme

    async def on_event(self, event: events.Event) -> None:
        """Let every key but Ctrl+C, and what is pasted, wait until all before it has been acted on."""
        stops = isinstance(event, events.Key) and event.key == "ctrl+c"
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded and not stops:
            self._keys.put(event)
            self._keep_soon()
        else:
            await super().on_event(event)

    async def _dispatch_message(self, message: Message) -> None:
        """Go on where what was found cannot be looked up on a key, having said so."""
        try:
            await super()._dispatch_message(message)
        except PackError as error:
            self.desk.say_missing(error)

    async def keys_heard(self) -> None:
        """Wait until every key so far has been acted on in full."""
        await self._keys.heard()

    def on_unmount(self) -> None:
        """Listen to no further key."""
        self._keys.close()

    @property
    def desk(self) -> DeskScreen:
        """The desk."""
        return self._desk

    def save_now(self) -> None:
        """Keep what is on the screen, at once; for when the terminal is about to go."""
        # While the desk is put up or taken down, what was kept last stands.
        with suppress(NoMatches):
            if self._session_file is not None:
                self._session_file.keep(self.desk.session())

    def _keep_soon(self) -> None:
        """Keep what is on the screen in a second, so that many keys are one writing."""
        if self._session_file is not None and self._keeping is None:
            self._keeping = self.set_timer(_KEPT_AFTER, self._begin_to_keep)

    def _begin_to_keep(self) -> None:
        """Keep what is on the screen while keys are acted on: a disk may be slow."""
        self._saving = asyncio.create_task(self._keep())

    async def _keep(self) -> None:
        self._keeping = None
        try:
            if self._session_file is not None:
                await asyncio.to_thread(self._session_file.keeping(self.desk.session()))
            self._told = False
        except NoMatches:
            return
        except OSError as error:
            if not self._told:
                self._told = True
                self.desk.say(f"what is on the screen cannot be kept: {error.strerror}")

    def on_paste_shortened(self, message: PasteShortened) -> None:
        """Say that not all that was pasted is there."""
        self.desk.say(f"too much was pasted at once: the last {message.lost} bytes are left out")

    def on_stop_refused(self, message: StopRefused) -> None:
        """Say why Ctrl+Z does nothing."""
        with suppress(NoMatches):  # it may have come before there was a desk
            self.desk.say(f"no shell here: {message.why}")

    def on_filter_input_full(self, message: FilterInput.Full) -> None:
        """Say that not all that was typed or pasted is there."""
        self.desk.say(f"too long: what is beyond {message.longest:,} characters is left out")

    async def action_quit(self) -> None:
        """Leave, what is on the screen kept."""
        await self._keep()
        self.exit()

    def action_next_theme(self) -> None:
        """Change to the next theme."""
        names = list(self._looks)
        self._change_look(names[(names.index(self.theme) + 1) % len(names)])

    def action_redraw(self) -> None:
        """Send the whole screen again."""
        self.forget_screen()

    def action_help(self) -> None:
        """Show every key and what it does."""
        from briefing.rendering.help import help_lines
        from briefing.tui.screens.pick import PageScreen

        self.desk.cover(True)
        make = partial(help_lines, ascii=self.ascii_only)
        self.push_screen(PageScreen(self._looks[self.theme], "Help", make), lambda _: self.desk.cover(False))

    def action_palette(self) -> None:
        """Choose a command or a theme by name."""
        from briefing.rendering.palette import palette_entries
        from briefing.tui.screens.pick import PickScreen

        def make(query: str, width: int) -> Sequence[Entry]:
            return palette_entries(list(self._looks), self.theme, query)

        self.desk.cover(True)
        self.push_screen(PickScreen(self._looks[self.theme], "Commands", make), self._run_picked)

    async def _run_picked(self, picked: object) -> None:
        self.desk.cover(False)
        if isinstance(picked, tuple):
            self._change_look(picked[1])
        elif isinstance(picked, str):
            scope = next(command.scope for command in COMMANDS if command.id == picked)
            await self.run_action(picked, self if scope is Scope.APP else self.desk)

    def _change_look(self, name: str) -> None:
        self.theme = name
        self.desk.repaint(self._looks[name])
        self.desk.say(f"theme {name}")
