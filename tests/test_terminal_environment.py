"""What the environment can do to the terminal interface: nothing that was not decided."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import rich
import textual

from briefing.host import Colours
from briefing.tui.terminal.environment import prepare
from tests.terminal import Terminal

HOSTILE = {
    "TEXTUAL": "debug,devtools",
    "TEXTUAL_ANIMATIONS": "full",
    "TEXTUAL_COLOR_SYSTEM": "truecolor",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_DRIVER": "evil:Driver",
    "TEXTUAL_FILTERS": "dim",
    "TEXTUAL_LOG": "everything.log",
    "TEXTUAL_PRESS": "q",
    "TEXTUAL_SCREENSHOT": "0",
    "TEXTUAL_SHOW_RETURN": "1",
    "TEXTUAL_THEME": "nord",
    "ESCDELAY": "1",
    "COLUMNS": "30",
    "LINES": "5",
    "FORCE_COLOR": "1",
    "TTY_COMPATIBLE": "0",
    "UNICODE_VERSION": "4.1.0",
}


def prepared(environment: dict[str, str], colours: Colours = Colours.MANY) -> dict[str, str]:
    changed = dict(environment)
    prepare(changed, colours)
    return changed


def test_nothing_is_left_of_what_others_set() -> None:
    assert prepared(HOSTILE) == {
        "ESCDELAY": "500",
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_COLOR_SYSTEM": "256",
        "TEXTUAL_DISABLE_KITTY_KEY": "1",
        "TEXTUAL_SMOOTH_SCROLL": "0",
        "TEXTUAL_SPEEDUPS": "0",
    }


def test_what_is_not_the_framework_s_stays() -> None:
    assert prepared({"HOME": "/home/officer"})["HOME"] == "/home/officer"
    assert prepared({"TERM": "xterm"})["TERM"] == "xterm"


@pytest.mark.parametrize(
    ("colours", "system", "no_color"),
    [
        (Colours.NONE, "standard", "1"),
        (Colours.SIXTEEN, "standard", None),
        (Colours.MANY, "256", None),
        (Colours.FULL, "truecolor", None),
    ],
)
def test_colours_are_as_decided(colours: Colours, system: str, no_color: str | None) -> None:
    environment = prepared({"NO_COLOR": "", "COLORTERM": "truecolor"}, colours)
    assert environment["TEXTUAL_COLOR_SYSTEM"] == system
    assert environment.get("NO_COLOR") == no_color


@pytest.mark.parametrize("kind", ["dumb", "unknown", "DUMB "])
def test_a_terminal_that_says_nothing_of_itself_is_not_guessed_at(kind: str) -> None:
    assert prepared({"TERM": kind})["TERM"] == "vt100"


def test_the_framework_finds_what_was_decided() -> None:
    script = (
        "import os, sys\n"
        "from briefing.host import Colours\n"
        "from briefing.tui.terminal.environment import prepare\n"
        "assert 'textual' not in sys.modules\n"
        "prepare(os.environ, Colours.SIXTEEN)\n"
        "from textual import constants as c\n"
        "print(c.DEBUG, c.DRIVER, c.LOG_FILE, repr(c.PRESS), c.SCREENSHOT_DELAY, c.SHOW_RETURN, repr(c.FILTERS))\n"
        "print(c.ESCAPE_DELAY, c.TEXTUAL_ANIMATIONS, c.COLOR_SYSTEM, c.DISABLE_KITTY_KEY, c.SMOOTH_SCROLL)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **HOSTILE}, capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines() == ["False None None '' -1 False ''", "0.5 none standard True False"]


KNOWN = {
    *("COLORTERM", "COLUMNS", "DATABRICKS_RUNTIME_VERSION", "FORCE_COLOR", "JUPYTER_COLUMNS", "JUPYTER_LINES"),
    *("LC_TERMINAL", "LINES", "NO_COLOR", "ROWS", "TERM", "TERM_PROGRAM", "TTY_COMPATIBLE", "TTY_INTERACTIVE"),
    *("ESCDELAY", "UNICODE_VERSION"),
}
"""What the libraries ask the environment for, besides TEXTUAL*. ROWS is asked for in a browser only."""


def test_the_libraries_ask_the_environment_for_nothing_new() -> None:
    assert (version("textual"), version("rich").split(".")[0]) == ("8.2.8", "15")
    asked: set[str] = set()
    for library in (textual, rich):
        for path in sorted(Path(next(iter(library.__path__))).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            asked.update(re.findall(r"""(?:environ(?:\.get|\.pop)?|getenv|_environ\w*)[(\[]\s*["'](\w+)["']""", source))
    assert {name for name in asked if not name.startswith("TEXTUAL")} == KNOWN


def test_no_variable_presses_a_key_or_writes_a_file(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in HOSTILE.items():
        monkeypatch.setenv(name, value)
    with Terminal(str(seeds), folder=tmp_path) as terminal:
        rows = terminal.wait_for("UNCLASSIFIED", "PEOPLE", "q quit")
        assert len(rows[1].rstrip()) > 70
        terminal.press("q")
        assert terminal.exit_code() == 0
    assert [path.name for path in tmp_path.iterdir()] == []
