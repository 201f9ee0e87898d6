"""The terminal application: settles the look, waits for the analysis, and leaves all else to the desk."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib.resources import files
from threading import Thread
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.message import Message

from briefing.commands import COMMANDS, Scope, key_name
from briefing.model import Pack
from briefing.parsing import visible
from briefing.rendering.entry import Entry, heading
from briefing.rendering.help import help_lines
from briefing.rendering.line import Piece, fit
from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal
from briefing.tui.key_queue import KeyQueue
from briefing.tui.keys import bindings
from briefing.tui.look import textual_theme
from briefing.tui.messages import PackAnalysed, PackFailed
from briefing.tui.screens.desk import DeskScreen
from briefing.tui.screens.pick import PageScreen, PickScreen

_KEY_WIDTH = 12


class BriefingApp(App[None]):
    """One pack on one terminal."""

    CSS = (files("briefing.tui") / "desk.tcss").read_text(encoding="utf-8")
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.APP)]

    def __init__(
        self,
        pack: Pack,
        themes: Sequence[Theme],
        theme: str,
        analyse: Callable[[], Pack] | None = None,
        journal: Journal | None = None,
    ) -> None:
        """`theme` names one of `themes`.

        `pack` may lack its analysis; then `analyse` makes it, in a thread. What is decided is written to `journal`.
        """
        # Where no colour is wanted, the framework must send what it is given rather than shades of grey of it.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self._pack = pack
        self._analyse = analyse
        self._journal = journal
        self._keys = KeyQueue(self, super().on_event)
        self._looks = {look.name: look for look in themes}
        self.animation_level = "none"
        for look in themes:
            self.register_theme(textual_theme(look))
        self.theme = theme

    def on_mount(self) -> None:
        """Open the desk; what was not yet found in the documents follows."""
        analysed = self._analyse is None
        self.push_screen(DeskScreen(self._pack, self._looks[self.theme], analysed, self._journal))
        if self._analyse is not None:
            # Whatever is done before the documents are on the screen delays them.
            thread = Thread(target=_run_analysis, args=(self._analyse, self.desk), daemon=True)
            self.desk.call_after_refresh(thread.start)

    async def on_event(self, event: events.Event) -> None:
        """Let every key but Ctrl+C, and what is pasted, wait until all before it has been acted on."""
        stops = isinstance(event, events.Key) and event.key == "ctrl+c"
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded and not stops:
            self._keys.put(event)
        else:
            await super().on_event(event)

    async def keys_heard(self) -> None:
        """Wait until every key so far has been acted on in full."""
        await self._keys.heard()

    def on_unmount(self) -> None:
        """Listen to no further key."""
        self._keys.close()

    @property
    def desk(self) -> DeskScreen:
        """The desk."""
        return next(screen for screen in self.screen_stack if isinstance(screen, DeskScreen))

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing: links are shown, never followed."""

    def _fatal_error(self) -> None:
        """End with one line. The framework would print a traceback with the text of documents in it."""
        if not self._exit_renderables:
            fault = visible(f"{type(self._exception).__name__}: {self._exception}")
            self._exit_renderables.append(Text(f"briefing: stopped by a fault of its own: {fault}"))
        self._close_messages_no_wait()

    def action_next_theme(self) -> None:
        """Change to the next theme."""
        names = list(self._looks)
        self._change_look(names[(names.index(self.theme) + 1) % len(names)])

    def action_help(self) -> None:
        """Show every key and what it does."""
        self.desk.cover(True)
        self.push_screen(PageScreen(self._looks[self.theme], "Help", help_lines), lambda _: self.desk.cover(False))

    def action_palette(self) -> None:
        """Choose a command or a theme by name."""
        self.desk.cover(True)
        self.push_screen(PickScreen(self._looks[self.theme], "Commands", self._palette), self._run_picked)

    def _palette(self, query: str, width: int) -> list[Entry]:
        wanted = query.casefold().strip()
        found: list[tuple[str, Entry]] = []
        for command in COMMANDS:
            if command.scope is not Scope.LIST and _holds(f"{command.name} {command.help}", wanted.split()):
                key = Piece(fit(key_name(command.keys[0]), _KEY_WIDTH), "key")
                name = Piece(fit(command.name, _KEY_WIDTH + 5), "")
                found.append((command.name, Entry(((key, name, Piece(command.help, "muted")),), command.id)))
        for theme in self._looks:
            if _holds(f"theme {theme}", wanted.split()):
                here = "now" if theme == self.theme else ""
                line = (Piece(fit(here, _KEY_WIDTH), "muted"), Piece(f"theme {theme}", ""))
                found.append((theme, Entry((line,), ("theme", theme))))
        # Who types a name means it, whatever else speaks of it.
        found.sort(key=lambda named: (named[0] != wanted, not named[0].startswith(wanted)))
        return [heading("COMMANDS AND THEMES"), *(entry for _, entry in found)]

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


def _run_analysis(analyse: Callable[[], Pack], desk: DeskScreen) -> None:
    """Hand the desk what `analyse` makes, or why it could not; for a thread."""
    try:
        message: Message = PackAnalysed(analyse())
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the documents can still be read
        message = PackFailed(f"{type(error).__name__}: {error}")
    desk.post_message(message)


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
