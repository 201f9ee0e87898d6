"""The desk on the seeds with a journal in a folder of the test's own, and what stands on it and in the journal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.analysis.weighing import weighed
from briefing.model import Cell, Decision, Pack
from briefing.rendering.theme import Theme
from briefing.storage.event_line import event_line
from briefing.storage.journal import Journal, read_journals
from briefing.tui.app import BriefingApp
from tests.test_tui import DeskPilot, desk, screen_text

ANN = "ann@desk"


@dataclass(frozen=True, slots=True)
class WeighingPack:
    """A pack, the themes, and where its journals lie."""

    pack: Pack
    themes: list[Theme]
    folder: Path

    @property
    def officer(self) -> str:
        """Who is at the keyboard."""
        return Journal([self.folder]).officer

    @asynccontextmanager
    async def opened(self, width: int = 80, height: int = 24) -> AsyncIterator[DeskPilot]:
        """The desk, with what stands in the journals laid over the pack."""
        events, problems = read_journals([self.folder])
        assert problems == ()
        pack = weighed(replace(self.pack, events=()), events)
        app = BriefingApp(pack, self.themes, "dark", None, Journal([self.folder]))
        async with app.run_test(size=(width, height)) as pilot:
            await pilot.pause()
            yield pilot

    def decisions(self) -> list[Decision]:
        """What stands in the journals."""
        return [event.decision for event in read_journals([self.folder])[0]]

    def write(self, *decisions: Decision, by: str = ANN) -> None:
        """Write the journal of another officer, of an earlier day."""
        self.folder.mkdir(exist_ok=True)
        start = datetime(2026, 1, 1, tzinfo=UTC)
        lines = [
            event_line("", start + timedelta(minutes=number), by, decision) for number, decision in enumerate(decisions)
        ]
        (self.folder / f"{by}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))


def cell_of(pilot: DeskPilot, role: str = "training", constraint: str = "constitution") -> Cell:
    """A cell as the desk knows it."""
    matrix = desk(pilot).state.pack.matrix
    assert matrix is not None
    return matrix.cell(role, constraint)


def row_with(pilot: DeskPilot, *words: str) -> str:
    """The first row on the screen that holds all `words`; "" when none does."""
    return next((row for row in screen_text(pilot) if all(word in row for word in words)), "")


def on_screen(pilot: DeskPilot, words: str) -> bool:
    """Whether `words` stand in a row of the screen."""
    return bool(row_with(pilot, words))


def notice(pilot: DeskPilot) -> str:
    """What the last row says has happened."""
    return desk(pilot).state.notice
