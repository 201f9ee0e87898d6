"""Characters that take two cells, none, or as many as the terminal likes: nothing gets out of line for them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from rich.cells import cell_len
from wcwidth import wcwidth

from briefing.parsing import visible
from briefing.parsing.visible import hidden_characters, is_safe, picture
from briefing.storage.pack_folder import open_pack
from briefing.tui.terminal.pen import _SURE
from tests.terminal import PATIENCE, Terminal
from tests.test_tui import OpenDesk, open_desk, press, screen_text

__all__ = ["open_desk"]

SAMPLES = {
    "kanji": "防衛省は人道支援を発表した。",
    "hangul": "국방부 \u1100\u1161\u11a8 발표",
    "half width": "ﾃﾞｰﾀ ＦＵＬＬ １２３",
    "astronaut": "👩\u200d🚀 family 👨\u200d👩\u200d👧",
    "thumb": "👍🏽 up 🏻",
    "flags": "🇺🇦 and 🇯🇵",
    "heart": "❤\ufe0f ☎\ufe0f 1\ufe0f\u20e3 ⚡ ⌚",
    "accents": "e\u0301le\u0300ve Việt z\u0351\u036b\u0343",
    "kana": "か\u3099く",
    "arabic": "وزارة الدفاع أعلنت",
    "hebrew": "משרד הבִּטָּחוֹן",
    "hindi": "रक्षा मंत्रालय क्षि",
    "thai": "กระทรวงกลาโหม น้ำ",
    "unseen": "zero\u200bwidth \u2060 \u00ad soft \u202eback",
    "ambiguous": "①②③ “quoted” … ° ± × Ω §",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack with all samples in its title, the names of its documents, their text and its scenario."""
    lines = [
        f"- The {name} officer {words} said that escorts cost 5 million in 2024." for name, words in SAMPLES.items()
    ]
    (tmp_path / "a.md").write_text("# 漢字 👍🏽 heading\n\n" + "\n".join(lines * 2) + "\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("\n\n".join(words * 9 for words in SAMPLES.values()) + "\n", encoding="utf-8")
    (tmp_path / "briefing.toml").write_text(
        'title = "防衛 🇺🇦 briefing"\nmarking = "UNCLASSIFIED"\nas_of = 2025-01-01\n'
        '[[document]]\nfile = "a.md"\nlabel = "防衛省 👩\u200d🚀 report e\u0301"\n'
        '[[document]]\nfile = "b.md"\nlabel = "🇺🇦 משרד"\n',
        encoding="utf-8",
    )
    (tmp_path / "scenario.toml").write_text(
        'question = "どの役割 🇺🇦 を果たせるか"\nactor = "officer"\nactor_terms = ["officer*"]\n'
        '[[role]]\nid = "escort"\nname = "護衛 👍🏽 escort"\nterms = ["escort*"]\n'
        '[[constraint]]\nid = "cost"\nname = "費用 cost"\nterms = ["cost*"]\n',
        encoding="utf-8",
    )
    return tmp_path


def test_rich_and_wcwidth_agree_on_every_character_that_is_shown() -> None:
    shown = [chr(code) for code in range(0x20, 0x110000) if is_safe(chr(code))]
    assert len(shown) > 100_000
    assert [f"{ord(one):X}" for one in shown if wcwidth(one) != cell_len(one)] == []


def test_the_pen_trusts_no_character_on_which_terminals_differ() -> None:
    sure = [chr(code) for first, last in _SURE for code in range(first, last + 1)]
    assert [one for one in sure if unicodedata.category(one) != "Cn" and wcwidth(one) != cell_len(one)] == []
    assert [one for one in sure if unicodedata.combining(one)] == []


@pytest.mark.parametrize("words", SAMPLES.values(), ids=SAMPLES)
def test_no_character_changes_the_width_of_another(words: str) -> None:
    shown = visible(words)
    assert cell_len(shown) == sum(map(cell_len, shown))


def test_a_flag_is_its_letters_and_nothing_hidden() -> None:
    assert visible("🇺🇦") == "UA"
    assert picture("🏽") == "<U+1F3FD>"
    assert hidden_characters("🇺🇦 👍🏽") == 0


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (160, 40)])
async def test_every_row_of_every_view_is_as_wide_as_the_screen(
    open_desk: OpenDesk, folder: Path, size: tuple[int, int]
) -> None:
    async with open_desk(*size, pack=open_pack([folder])) as pilot:
        for keys in (
            "",
            "space space",
            "tab j j",
            "2 j",
            "tab",
            "v",
            "3 j j",
            "exclamation_mark",
            "i",
            "X",
            "a z",
            "o",
        ):
            await press(pilot, keys)
            odd = [row for row in screen_text(pilot) if sum(map(wcwidth, row)) != size[0]]
            assert odd == [], keys


KEYS = ["", " ", "j", "\t", " ", "2", "3", "i"]
"""Pressed one after another; after each the right border has to stand where it belongs."""


def test_the_border_on_the_right_stands_in_line_on_a_terminal(folder: Path) -> None:
    with Terminal(str(folder), "--theme", "plain", "--fresh") as terminal:
        terminal.wait_for("DATES", "% ")
        for key in KEYS:
            terminal.press(key)
            terminal.press("?")
            terminal.wait_for("Help")
            terminal.press("?")
            terminal.wait_until(lambda rows: not any("Help" in row for row in rows), "end of help")
            assert set(terminal.last_column) <= set(" ┐│┘╗║╝─═▁▂▃▄▅▆▇"), key
            sides = [cell for cell in terminal.last_column[1:-1] if cell in "│║"]
            assert key == "2" or len(sides) >= 15, key


@contextmanager
def tmux(folder: Path, *command: str) -> Iterator[list[str]]:
    """A tmux of the test's own with `command` in it; the beginning of every command line to it."""
    line = ["tmux", "-S", str(folder / "socket"), "-f", "/dev/null"]
    subprocess.run([*line, "-u", "new-session", "-d", "-x", "80", "-y", "24", *command], check=True)
    try:
        yield line
    finally:
        subprocess.run([*line, "kill-server"], check=False)


@pytest.mark.hard
@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_the_border_on_the_right_stands_in_line_inside_tmux(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    command = (sys.executable, "-m", "briefing", str(folder), "--theme", "plain", "--fresh")
    with tmux(tmp_path_factory.mktemp("tmux"), *command) as line:

        def rows(until: str) -> list[str]:
            deadline = monotonic() + PATIENCE
            while monotonic() < deadline:
                out = subprocess.run([*line, "capture-pane", "-p"], check=True, capture_output=True, text=True).stdout
                if until in out:
                    return out.splitlines()
            raise AssertionError(f"no {until}:\n{out}")

        rows("Entities")
        for key, until in (("", "DATES"), ("Space", "% "), ("3", "TIMELINE"), ("i", "ORIGINS")):
            if key:
                subprocess.run([*line, "send-keys", key], check=True)
            shown = rows(until)
            odd = [row for row in shown[1:-1] if row.rstrip()[-1] in "│║" and sum(map(wcwidth, row.rstrip())) != 80]
            assert odd == [], key
            assert sum(row.rstrip()[-1] in "│║" for row in shown[1:-1]) >= 15
