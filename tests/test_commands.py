"""The table of commands: one key, one meaning; all of it explained in the help and in the README."""

from __future__ import annotations

import string
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from briefing.commands import COMMANDS, Command, Scope, key_name, keys_table
from briefing.rendering.help import help_lines
from briefing.rendering.line import plain

README = Path(__file__).parents[1] / "README.md"
NAMED = {
    *("enter", "backspace", "tab", "shift+tab", "space", "pageup", "pagedown", "home", "end"),
    *("up", "down", "left", "right", "escape", "ctrl+c", "ctrl+l", *(f"f{number}" for number in range(1, 13))),
}


def test_no_key_means_two_things() -> None:
    # All scopes are heard at once: a list lies on the desk, and the desk in the app.
    meanings = [
        (key, one.id, other.id) for one, other in combinations(COMMANDS, 2) for key in one.keys if key in other.keys
    ]
    assert meanings == []


def test_no_command_is_named_twice() -> None:
    assert [id for id, times in Counter(command.id for command in COMMANDS).items() if times > 1] == []
    assert [name for name, times in Counter(command.name for command in COMMANDS).items() if times > 1] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_is_fit_to_be_shown(command: Command) -> None:
    assert command.id.isidentifier()
    assert command.keys
    assert command.name == command.name.lower().strip()
    assert len(command.name.split()) in (1, 2, 3)
    assert len(command.help) > 3
    assert not command.help.endswith(".")
    assert command.help[0].islower()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_key_is_one_that_every_terminal_sends(command: Command) -> None:
    plain_keys = set(string.ascii_letters + string.digits + string.punctuation)
    assert [key for key in command.keys if key not in plain_keys | NAMED] == []


def test_nothing_needs_escape_or_control() -> None:
    only = [command.id for command in COMMANDS if set(command.keys) <= {"escape", "ctrl+c"}]
    assert only == []
    first = [command.id for command in COMMANDS if command.keys[0] in ("escape", "ctrl+c")]
    assert first == []


def test_places_in_the_key_bar_are_all_different() -> None:
    ranks = [command.rank for command in COMMANDS if command.rank]
    assert len(ranks) == len(set(ranks))
    assert min(ranks) > 0


@pytest.mark.parametrize(
    ("key", "name"),
    [("j", "j"), ("\\", "\\"), ("enter", "Enter"), ("shift+tab", "Shift+Tab"), ("pagedown", "PageDown"), ("up", "↑")],
)
def test_what_is_printed_on_a_key(key: str, name: str) -> None:
    assert key_name(key) == name


def test_every_named_key_has_a_printed_name() -> None:
    named = {key for command in COMMANDS for key in command.keys if len(key) > 1}
    assert [key for key in sorted(named) if key_name(key) == key] == []


@pytest.mark.parametrize("width", [40, 80])
def test_the_help_lists_every_command_with_its_keys(width: int) -> None:
    text = " ".join(" ".join(map(plain, help_lines(width))).split())
    for command in COMMANDS:
        assert " ".join(key_name(key) for key in command.keys) in text
        assert " ".join(command.help.split()) in text


def test_the_help_says_how_a_settled_pair_is_opened_again() -> None:
    (note,) = (command.help for command in COMMANDS if command.id == "note")
    assert note.endswith("settle a conflict; if emptied, open it again")
    assert len(note) <= max(len(command.help) for command in COMMANDS if command.id != "note")


def test_the_help_has_a_heading_for_every_scope() -> None:
    headings = [plain(line) for line in help_lines(80) if line and line[0].style == "group"]
    assert len(headings) == len(Scope) + 1
    assert headings[-1] == "MARKS"


def test_the_table_of_keys_has_a_row_for_every_command() -> None:
    rows = keys_table().splitlines()
    assert rows[:2] == ["| key | does |", "|---|---|"]
    assert len(rows) == len(COMMANDS) + 2
    assert "| `j` `↓` | move down |" in rows
    assert all(row.count("|") == 3 for row in rows)


def test_the_readme_holds_the_table_of_keys() -> None:
    text = README.read_text(encoding="utf-8")
    between = text.split("<!-- keys -->")[1].split("<!-- /keys -->")[0]
    assert between.strip() == keys_table()
