"""A folder with a small pack in it that is open, and what befalls its files meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.model import Decision, Pack
from briefing.storage.event_line import event_line
from briefing.storage.index.analysed import analyse_indexed
from briefing.storage.pack_files import PackFiles
from briefing.storage.pack_folder import Reader, analyse_pack, read_pack
from briefing.storage.watching import Offer, WatchedPack

SCENARIO = """\
question = "What could the port lend?"
actor = "the port"
[[role]]
id = "tugs"
terms = ["tug*"]
[[role]]
id = "pilots"
terms = ["pilot*"]
[[constraint]]
id = "cost"
terms = ["cost*", "money"]
[[constraint]]
id = "law"
terms = ["law*", "forbid*"]
"""
DOCUMENTS = {
    "a.txt": "Harbour\n\nThe Port Authority may lend two tugs. Tugs cost money, said Ann Taran.\n",
    "b.txt": "Law\n\nThe law forbids the port to lend pilots. Ann Taran said so on 4 May 2024.\n",
    "c.txt": "Note\n\nThe Port Authority lent its tugs in March 2024.\n",
}


@dataclass(slots=True)
class OpenFolder:
    """The folder, and the pack as it was opened and went on since."""

    folder: Path
    indexed: bool = False
    """Whether the pack is analysed by its index."""
    _clock: int = 0

    def put(self, name: str, text: str) -> None:
        """Write a file, later than all before."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self._clock += 1
        os.utime(path, ns=(0, self._clock * 10**9))

    def decide(self, *decisions: Decision, by: str = "ana@host") -> None:
        """Add to the journal of another officer."""
        journal = self.folder / ".briefing" / "journal"
        journal.mkdir(parents=True, exist_ok=True)
        start = datetime(2026, 1, 1, tzinfo=UTC)
        lines = (event_line("", start + timedelta(minutes=n), by, one) for n, one in enumerate(decisions))
        (journal / f"{by}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))

    def begin(self) -> Path:
        """Put the pack there; its folder."""
        self.put("scenario.toml", SCENARIO)
        for name, text in DOCUMENTS.items():
            self.put(name, text)
        return self.folder

    def watched(self) -> WatchedPack:
        """What looks after the pack; not opened yet."""
        return WatchedPack([self.folder], None, self.read_listed, self._analyse())

    def opened_anew(self) -> Pack:
        """The pack as it would be if it were opened now."""
        return analyse_pack(read_pack([self.folder]))

    def _analyse(self) -> Callable[[Pack], Pack]:
        return (lambda pack: analyse_indexed(pack, [self.folder])) if self.indexed else analyse_pack

    def read_listed(self, files: PackFiles, reader: Reader) -> Pack:
        return read_pack([self.folder], files=files, reader=reader)


def look_twice(watched: WatchedPack, pack: Pack) -> Offer | None:
    """What two looks at the pack give: a file is to keep still for one."""
    return watched.look(pack) or watched.look(pack)


def gone_on(watched: WatchedPack, pack: Pack) -> Pack:
    """The pack that two looks at it lead to, taken up."""
    offer = look_twice(watched, pack)
    watched.accept()
    return offer.after or pack if offer else pack


def content(pack: Pack) -> dict[str, object]:
    """All of a pack that can be seen, to be compared."""
    names = [name for name in Pack.__dataclass_fields__ if name not in ("documents", "matrix")]
    documents = [(one.id, one.text, one.label, one.title, one.date, one.origin) for one in pack.documents]
    matrix = pack.matrix and (pack.matrix.scenario, pack.matrix.rows)
    return {name: getattr(pack, name) for name in names} | {"documents": documents, "matrix": matrix}
