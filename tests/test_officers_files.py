"""What the interface writes on hosts that allow little: for the officer alone, or not at all, and reading goes on."""

from __future__ import annotations

import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from briefing.cli import main
from tests.terminal import Terminal


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    text = "Mr John Smith agreed.\n\nThe Harbour Ministry will pay.\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    return folder


def readable_by_others(folder: Path) -> list[str]:
    """Names of what lies below `folder` and others could read, write or enter."""
    return sorted(str(path) for path in folder.rglob("*") if stat.S_IMODE(path.lstat().st_mode) & 0o077)


@contextmanager
def mask(bits: int) -> Iterator[None]:
    before = os.umask(bits)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def no_room_for_files() -> Iterator[None]:
    """Let programs that are started write not a byte to a file, as with a full disk or quota."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def strike_the_document(terminal: Terminal) -> None:
    terminal.wait_for("John Smith agreed", "PEOPLE")
    terminal.press("x")


@pytest.mark.parametrize("place", ["pack", "state"])
def test_whatever_the_mask_files_are_the_officers_alone(
    pack: Path, home: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place == "state":
        monkeypatch.setenv("BRIEFING_RESTRICTED", "1")
    with mask(0), Terminal(str(pack)) as terminal:
        strike_the_document(terminal)
        terminal.wait_for("saved: struck")
        terminal.press("q")
        assert terminal.exit_code() == 0
    written = [*(pack / ".briefing").rglob("*.jsonl"), *home.rglob("*.jsonl")]
    assert len(written) == 1
    assert [path for path in readable_by_others(pack) if not path.endswith("a.txt")] == []
    assert readable_by_others(home) == []


def test_whatever_the_mask_a_new_pack_is_the_officers_alone(tmp_path: Path) -> None:
    with mask(0):
        assert main(["init", str(tmp_path / "a" / "b" / "c")]) == 0
    assert readable_by_others(tmp_path) == []


def strike_in_vain_and_read_on(terminal: Terminal) -> None:
    """A decision that cannot be saved is said in one line, and the program goes on."""
    strike_the_document(terminal)
    rows = terminal.wait_for("not saved:")
    assert len([row for row in rows if "not saved" in row]) == 1
    terminal.press("/", *"pay", "Enter")
    terminal.wait_for("1 hit")
    terminal.press("q")
    assert terminal.exit_code() == 0


def test_a_full_disk_is_said_in_one_line_and_reading_goes_on(pack: Path, home: Path) -> None:
    with no_room_for_files():
        terminal = Terminal(str(pack))
    with terminal:
        strike_in_vain_and_read_on(terminal)
    assert [path for path in (*pack.rglob("*"), *home.rglob("*")) if path.is_file() and path.stat().st_size] == [
        pack / "a.txt"
    ]


def test_folders_that_cannot_be_written_are_said_in_one_line_and_reading_goes_on(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pack / ".briefing").write_text("in the way", encoding="utf-8")
    (tmp_path / "state").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with Terminal(str(pack)) as terminal:
        strike_in_vain_and_read_on(terminal)
