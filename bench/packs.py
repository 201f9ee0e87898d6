"""The packs that are measured, made once a run, and the folders that hold what is kept of them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.line import BRIEFING, ROOT
from bench.made_pack import write_long_document, write_pack

FIRST, LAST = "Vorwort", "Nachwort"
"""Words that stand on the first and on the last page of the long document only."""
LONG = 10_000_000
"""Characters of the long document."""
SEEDS = ROOT / "seeds"
LIVE = "PEOPLE"
"""Stands on the desk once all that is found in the documents is there."""


@dataclass(slots=True)
class Packs:
    """All in `folder`."""

    folder: Path
    documents: int
    """Of the largest pack that is made."""
    words: dict[int, int] = field(default_factory=dict)
    """Of the packs that are there, by the number of their documents."""

    def made(self, documents: int) -> Path:
        """A pack of so many documents."""
        pack = self.folder / f"made-{documents}"
        if documents not in self.words:
            self.words[documents] = write_pack(pack, documents)
        return pack

    def indexed(self, documents: int) -> Path:
        """Such a pack, its index in `home`."""
        first = documents not in self.words
        pack = self.made(documents)
        if first or not list(self.home.glob(f".cache/briefing/index/{pack.name}-*.sqlite")):
            self.index(pack)
        return pack

    def home_with_index(self, name: str, pack: Path) -> Path:
        """A home folder of that name, with a copy of the index of `pack` that is in `home`."""
        home = self.new_home(name)
        folder = home / ".cache" / "briefing" / "index"
        folder.mkdir(parents=True, mode=0o700)
        for index in self.home.glob(f".cache/briefing/index/{pack.name}-*.sqlite"):
            shutil.copy2(index, folder)
        return home

    def long(self) -> Path:
        """A pack of one long document."""
        pack = self.folder / "long"
        if not pack.exists():
            write_long_document(pack, LONG, FIRST, LAST)
        return pack

    def index(self, pack: Path) -> None:
        """Bring the index of a pack in `home` up to date."""
        command = [*BRIEFING, "index", str(pack)]
        subprocess.run(command, cwd=ROOT, env=environment(self.home), capture_output=True, check=True)

    @property
    def home(self) -> Path:
        """A home folder with indexes in it."""
        return self.new_home("home")

    def new_home(self, name: str) -> Path:
        """A home folder of that name, empty at first."""
        home = self.folder / name
        home.mkdir(exist_ok=True)
        return home


def environment(home: Path) -> Mapping[str, str]:
    """Of a program that is no one's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BRIEFING_", "XDG_"))}
    return {**kept, "HOME": str(home)}
