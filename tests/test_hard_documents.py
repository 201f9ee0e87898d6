"""Whatever a document holds, it is read, analysed, drawn and exported in time; nothing of it acts on the terminal."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.effort import SEED, chance, tries
from tests.line import BRIEFING
from tests.mutated_documents import IN_ONE_PACK, documents
from tests.poisoned_pack import PAYLOADS, poisoned_pack
from tests.watched_line import WatchedLine, foreign

pytestmark = pytest.mark.hard

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = 20_000
SHOWN = 300
"""Documents that the program itself shows in a terminal."""
MOST_TRIED = 300
"""Fifths of a second for which the documents may be read before the timeline stands on the screen."""


@pytest.mark.parametrize("half", [0, 1])
def test_mutated_documents_are_read_drawn_and_exported(half: int, tell: Callable[[str], None]) -> None:
    packs = tries(DOCUMENTS // IN_ONE_PACK)
    began = time.monotonic()
    command = [sys.executable, "-m", "tests.mutated_documents", *map(str, (SEED, packs, half, 2))]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    found = json.loads(ran.stdout)
    assert found["read"] >= found["made"] * 0.7
    tell(
        f"documents: {found['made']} mutated, {found['read']} of them text, read, analysed, drawn at two widths and "
        f"exported in {time.monotonic() - began:.0f} s; the slowest {IN_ONE_PACK} took {found['slowest']:.1f} s"
    )


TOUR = "jj  ]]n/the\rn\x1b[27uG2jl\rXi!3=Q1ee\x1b[27uzzoo\x1b[27u\\a\rnn\x1b[27ua\x1b[27u2vkk?"
"""Keys that lead through every view, and to the help at last."""


def shown(pack: Path, number: int) -> bytes:
    """All that a terminal is sent when the views of `pack` are gone through, and the program left."""
    size = ((80, 24), (140, 40), (40, 10))[number % 3]
    with WatchedLine((*BRIEFING, "--fresh", pack), size=size) as line:
        line.wait_for(b"\x1b[?1049h")
        # A key that comes while the documents are still being read does nothing.
        pressed = 0
        while not any("Timeline  " in row for row in line.rows):
            assert pressed < MOST_TRIED, line.rows
            assert line.process.poll() is None
            line.press(b"3")
            line.read_for(0.2)
            pressed += 1
        for key in TOUR:
            line.press(key.encode())
            line.read_for(0.01)
        line.see("IN A LIST")
        line.press(b"\x1b[27u\x03")
        assert line.status() == 0, (pack, number)
        assert line.left_on() == set()
        assert line.attributes() == line.before
        return line.raw


def test_mutated_documents_reach_the_terminal_as_pictures(tmp_path: Path, tell: Callable[[str], None]) -> None:
    packs = tries(SHOWN // IN_ONE_PACK)
    for number in range(packs):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, data in documents(SEED, 1_000_000 + number).items():
            (folder / name).write_bytes(data)
        (folder / "scenario.toml").write_bytes((ROOT / "seeds" / "scenario.toml").read_bytes())
        assert foreign(shown(folder, number)) == [], number
    tell(f"documents: {packs * IN_ONE_PACK} mutated ones gone through in a terminal: nothing foreign was sent")


def test_poison_wherever_words_can_stand_is_shown_as_pictures(tmp_path: Path, tell: Callable[[str], None]) -> None:
    pack = poisoned_pack(tmp_path)
    for number in range(3):
        raw = shown(pack, number)
        assert foreign(raw) == []
        text = raw.decode()
        assert "␛" in text
        assert "<U+202E>" in text
    tell(f"documents: {len(PAYLOADS)} hostile texts in titles, names, bodies, cells: all shown as pictures at 3 sizes")


def test_a_document_of_one_long_line_is_shown_at_once(tmp_path: Path) -> None:
    one = chance("long line")
    words = ("word", "[link](x)", "**bold**", "\x1b[31m", "漢字", "2024")
    for number, name in enumerate(("a.txt", "b.md")):
        text = " ".join(one.choice(words) for _ in range(60_000))
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert foreign(shown(tmp_path, number)) == []
