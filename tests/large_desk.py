"""A desk on a pack that is opened from its index."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from briefing.rendering.theme import Theme
from briefing.storage.journal import Journal
from briefing.storage.watching import WatchedPack
from briefing.tui.app import BriefingApp
from tests.large_folder import LargeFolder
from tests.test_tui import DeskPilot, desk, until


def sixty_documents(place: Path) -> LargeFolder:
    """A pack of sixty documents in `place`, indexed."""
    folder = LargeFolder(place / "pack", documents=60).fill()
    folder.stored()
    return folder


@asynccontextmanager
async def large_desk(
    folder: LargeFolder, themes: list[Theme], width: int = 120, height: int = 30
) -> AsyncIterator[tuple[DeskPilot, WatchedPack]]:
    """A desk on it as it is opened from a command line; it looks for changes when it is told to."""
    watched = folder.watched()
    pack = watched.open(folder.reader)
    journal = Journal([folder.folder / ".briefing" / "journal"])
    app = BriefingApp(pack, themes, "dark", lambda: folder.analysed(pack), journal)
    async with app.run_test(size=(width, height)) as pilot:
        await until(pilot, lambda: desk(pilot).state.analysed)
        app.desk.keep_up_with(watched)
        yield pilot, watched
