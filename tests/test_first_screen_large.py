"""The first screen of a pack of thousands of files: painted at once, and only while not one of them has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.first_screen import TAKEN
from tests import test_first_screen as first
from tests.test_first_screen import rewritten_in_secret, said

FILES = 3000
KEEP_IN_TIME = """
import os, sys
from pathlib import Path
from briefing import first_screen
from briefing.host import decide, observe
from briefing.storage.behind_screen import files_behind_screen
from briefing.tui.terminal import next_start
class App:
    def draw(self, decisions, size):
        os.write(drawn, b"drawn")
        return []
next_start._SETTLED = 0
first_screen.paint(sys.argv[1:])
first_screen.give_back()
ended, drawn = os.pipe()
decisions = decide(observe(os.environ, None))
next_start.keep_first_screen(App, decisions, lambda: files_behind_screen([Path(sys.argv[1])]), None)
os.close(drawn)
print(os.read(ended, 5), os.read(ended, 1), "done")
"""
"""Has an empty first screen of the pack kept, as when it is left, and waits until that is done."""
NO_TIME = "from briefing import first_screen\nfirst_screen.LONGEST = -1\n"
ALL_TIME = "from briefing import first_screen\nfirst_screen.LONGEST = 60\n"
PAINT = f"{ALL_TIME}{first.PAINT}"
KEEP = f"{ALL_TIME}{KEEP_IN_TIME}"


@pytest.fixture(autouse=True)
def wanted(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let first screens be kept; the folder they are kept in."""
    monkeypatch.delenv("BRIEFING_FIRST_SCREEN")
    return home / ".cache" / "briefing" / "first_screen"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack of many files, some of them behind links, whose first screen is kept."""
    pack = tmp_path / "pack"
    for number in range(FILES):
        folder = pack / f"part{number // 1000}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:04}.txt").write_text("One.\n", encoding="utf-8")
    (pack / ".store").mkdir()
    (pack / ".store" / "behind.txt").write_text("One.\n", encoding="utf-8")
    (pack / "link.txt").symlink_to(".store/behind.txt")
    assert b"b'drawn' b'' done" in said(KEEP, pack)
    return pack


def made_a_link(folder: Path) -> None:
    aside = folder.with_name(f".{folder.name}")
    folder.rename(aside)
    folder.symlink_to(aside.name)


CHANGES: dict[str, Callable[[Path], object]] = {
    "one rewritten, as long as before": lambda pack: (pack / "part1" / "1500.txt").write_text("Two.\n"),
    "one rewritten, and the times put back": lambda pack: rewritten_in_secret(pack / "part1" / "1500.txt"),
    "one behind a link rewritten": lambda pack: rewritten_in_secret(pack / ".store" / "behind.txt"),
    "the last one rewritten": lambda pack: rewritten_in_secret(pack / "part2" / "2999.txt"),
    "one more": lambda pack: (pack / "part1" / "new.txt").touch(),
    "one less": lambda pack: (pack / "part1" / "1500.txt").unlink(),
    "one hidden": lambda pack: (pack / "part1" / "1500.txt").rename(pack / "part1" / ".1500.txt"),
    "one in the place of another": lambda pack: (pack / "part1" / "1500.txt").replace(pack / "part1" / "1501.txt"),
    "a folder more": lambda pack: (pack / "part3").mkdir(),
    "a folder made a link": lambda pack: made_a_link(pack / "part1"),
}


def test_what_is_kept_is_painted_while_nothing_changes(pack: Path) -> None:
    assert TAKEN.encode() in said(PAINT, pack)
    assert TAKEN.encode() in said(PAINT, pack)


@pytest.mark.parametrize("change", CHANGES)
def test_one_change_among_them_is_enough(pack: Path, change: str) -> None:
    CHANGES[change](pack)
    assert TAKEN.encode() not in said(PAINT, pack)


def test_what_still_holds_is_not_drawn_again(pack: Path) -> None:
    assert b"b'' b'' done" in said(KEEP, pack)


def test_nothing_is_painted_where_looking_takes_too_long_nor_is_it_tried_again(pack: Path) -> None:
    assert TAKEN.encode() not in said(f"{NO_TIME}{first.PAINT}", pack)
    assert TAKEN.encode() not in said(PAINT, pack)


def test_nothing_is_kept_where_looking_takes_too_long(pack: Path) -> None:
    (pack / "part1" / "new.txt").touch()
    assert b"b'' b'' done" in said(f"{NO_TIME}{KEEP_IN_TIME}", pack)
    assert b"b'drawn' b'' done" in said(KEEP, pack)
