"""The five trips an officer makes first, and a few accidents, in a real pseudo-terminal."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.terminal import Terminal


@pytest.fixture
def desk(seeds: Path) -> Iterator[Terminal]:
    """The seeds, opened and analysed, on 80 by 24 cells."""
    with Terminal(str(seeds)) as terminal:
        terminal.wait_for("UNCLASSIFIED", "PEOPLE", "q quit")
        yield terminal


def test_from_training_under_the_constitution_to_its_first_quote_and_back(desk: Terminal) -> None:
    desk.press("2")
    desk.wait_for("Training × Constitution", "LIMITS")
    desk.press("Enter")
    desk.wait_for("DOCUMENTS", "Backspace back", "its constitution, which")
    desk.press("Backspace")
    desk.wait_for("SCENARIO", "Training × Constitution")


def test_who_is_taran(desk: Terminal) -> None:
    desk.press("e", "t", "a", "r", "Enter")
    rows = desk.wait_for("Andrii Taran  PERSON  2 mentions in 1", "Taran concluded")
    assert any("is      Ukrainian Defense Minister" in row for row in rows)


def test_where_else_nsatu_is_mentioned(desk: Terminal) -> None:
    desk.press("e", "n", "s", "a", "Enter")
    desk.wait_for("News: Japan joins NSATU", "NSATU is tasked with")


def test_what_document_004_says_under_delicate_timing(desk: Terminal) -> None:
    desk.press("o", "d", "e", "l", "Enter")
    desk.wait_for("Delicate timing for the two", "The timing of this approach")


def test_which_roles_are_announced_rather_than_possible(desk: Terminal) -> None:
    desk.press("2")
    rows = desk.wait_for("Coordination", "Diplomacy")
    status = {row.split()[0]: row for row in rows if "ANNOUNCED" in row or " possible " in row}
    assert "ANNOUNCED" in status["Coordination"]
    assert "possible" in status["Demining"]


def test_corrections_taken_back_leave_the_pack_as_it_was(seeds: Path, tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(seeds, folder)
    with Terminal(str(folder)) as terminal:
        before = sidebar(terminal.wait_until(all_listed, "entities"))
        terminal.press("e", *"soskin", "Enter")
        terminal.wait_for("Oleh Soskin  PERSON")
        terminal.press("m")
        terminal.wait_for("Oleh Soskin is the same as")
        terminal.press(*"taran", "Enter")
        terminal.wait_for("Andrii Taran  PERSON  4 mentions", "saved")
        terminal.press("e", *"kishi", "Enter")
        terminal.wait_for("Nobuo Kishi  PERSON")
        terminal.press("d")
        terminal.wait_for("rejected “Nobuo Kishi”")
        assert sidebar(terminal.rows) != before
        terminal.press("u")
        terminal.wait_for("undone: rejected")
        terminal.press("u")
        terminal.wait_for("undone: merged")
        terminal.wait_until(lambda rows: sidebar(rows) == before, "sidebar as it was")
        terminal.press("q")
        assert terminal.exit_code() == 0
    (journal,) = (folder / ".briefing" / "journal").iterdir()
    assert len(journal.read_text(encoding="utf-8").splitlines()) == 4
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    with Terminal(str(folder)) as terminal:
        assert sidebar(terminal.wait_until(all_listed, "entities")) == before


def sidebar(rows: Sequence[str]) -> list[str]:
    """The list of entities, without the row to type in and without the marks of the cursor and of the chosen one."""
    return [row[1:25].replace(">", " ").replace("▪", " ") for row in rows[3:-2]]


def all_listed(rows: Sequence[str]) -> bool:
    return all(row.strip() for row in sidebar(rows))


@pytest.fixture
def copied(seeds: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A copy of the seeds, in which decisions can be made, on 140 by 40 cells."""
    shutil.copytree(seeds, tmp_path / "seeds")
    with Terminal(str(tmp_path / "seeds"), columns=140, rows=40) as terminal:
        terminal.wait_for("UNCLASSIFIED", "PEOPLE", "q quit")
        yield terminal


def test_keys_sent_at_once_are_heard_one_after_the_other(copied: Terminal) -> None:
    copied.burst("e", *"nsatu", "Enter")
    copied.wait_for("NATO Security Assistance and Training for Ukraine  ORG  3 mentions")
    copied.burst("m", *"motor", "Enter")
    copied.wait_for("Motor Sich  ORG  4 mentions", "saved: merged")
    copied.burst("t", *"place", "Enter")
    copied.wait_for("Motor Sich  PLACE  4 mentions")
    copied.burst("e", "d", *"iplomacy", "Backspace", "u", "2", "z")
    copied.wait_for("diplomacu2z")


@pytest.fixture
def matrix(copied: Terminal) -> Terminal:
    """The matrix of a copy of the seeds, the cursor on its first cell."""
    copied.press("2")
    copied.wait_for("SCENARIO", "Training × Constitution  ◑ moderate?", "6 inherited")
    return copied


def test_from_the_matrix_to_a_quote_and_back_in_two_keys(matrix: Terminal) -> None:
    matrix.press("Enter")
    matrix.wait_for("DOCUMENTS", "its constitution, which")
    matrix.press("Backspace")
    matrix.wait_for("SCENARIO", "Training × Constitution")


def test_a_quote_is_struck_and_restored_in_two_keys(matrix: Terminal) -> None:
    matrix.press("x")
    matrix.wait_for("saved: struck a sentence of", "*~5/1", "5 inherited")
    matrix.press("x")
    matrix.wait_until(
        lambda rows: not any("*~" in row for row in rows) and "counts again" in rows[-1], "quote that counts again"
    )


def test_a_cell_is_rated_in_two_keys_and_a_third_takes_it_back(matrix: Terminal) -> None:
    matrix.press("r")
    matrix.wait_for("How strongly does Constitution and law bear on Training?", "any other key leaves")
    matrix.press("3")
    matrix.wait_for("saved: rated training × constitution high", "Training × Constitution  ◕ high")
    matrix.press("u")
    matrix.wait_for("saved: undone: rated", "Training × Constitution  ◑ moderate?")


def test_one_key_leads_to_the_next_gap(matrix: Terminal) -> None:
    matrix.press(".")
    matrix.wait_for("Training × Cost")


def test_what_hangs_on_one_origin_its_cell_and_back_in_three_keys(matrix: Terminal) -> None:
    matrix.press("X")
    matrix.wait_for("LINCHPINS", "Opinion: Japan in a NATO mission  alone holds up")
    matrix.press("Enter")
    matrix.wait_for("SCENARIO", "on this role")
    matrix.press("Backspace")
    matrix.wait_for("LINCHPINS", "alone holds up")


def test_weighing_keys_sent_at_once_are_heard_one_after_the_other(matrix: Terminal, tmp_path: Path) -> None:
    matrix.burst("r", "3", "c", "h", "w", *"treaty", "Enter", "x", "j", "r", "1", ".", "R", "Q")
    matrix.wait_for("QUESTIONS", "To find out  1 question")
    matrix.burst("2", "g", "h", "X", "Backspace")
    matrix.wait_for("confidence high: treaty")
    (journal,) = (tmp_path / "seeds" / ".briefing" / "journal").iterdir()
    done = [json.loads(line)["do"] for line in journal.read_text(encoding="utf-8").splitlines()]
    assert done == ["rate", "rate", "rate", "strike", "rate", "collect"]


@pytest.mark.parametrize(
    "keys",
    [
        ["o", "Backspace", "Backspace", "Backspace"],
        ["o", "Enter", "Enter", "Enter"],
        [":", "Backspace", "Backspace"],
        ["e", *"nsatu", "Enter", "&", "Enter", "Enter"],
        ["Tab", "z", "Tab", "/", "z", "Tab", "z"],
        ["Tab", "e", "z", "Escape", "Tab", "/", "z", "Escape"],
    ],
    ids=" ".join,
)
def test_no_burst_of_keys_ends_the_program(copied: Terminal, keys: list[str]) -> None:
    copied.burst(*keys, "Escape", "Escape")
    copied.burst("Backspace", "Backspace", "1", "?")
    copied.wait_for("IN A LIST")


def test_quitting_leaves_the_terminal_as_it_was(desk: Terminal) -> None:
    desk.press("q")
    assert desk.exit_code() == 0
    assert b"\x1b[?1049l" in desk.raw
    assert b"\x1b[?25h" in desk.raw


def test_resizing_redraws_for_the_new_size(desk: Terminal) -> None:
    desk.resize(120, 40)
    desk.wait_until(
        lambda rows: rows[39].strip().startswith("UNCLASSIFIED") and "q quit" in rows[39], "last row at row 40"
    )
    desk.resize(60, 15)
    desk.wait_until(
        lambda rows: rows[14].strip().startswith("UNCLASSIFIED") and "q quit" in rows[14], "last row at row 15"
    )


def test_a_hostile_document_reaches_the_terminal_as_pictures(tmp_path: Path) -> None:
    payload = "\x1b]0;PWNED\x07 \x9b31m \x1b[6n \u202e \u2028 \u200b \x05 \U000e0041"
    (tmp_path / "evil.txt").write_text(f"A title {payload}\n\nA paragraph {payload} ends here.\n", encoding="utf-8")
    with Terminal(str(tmp_path)) as terminal:
        terminal.wait_for("A paragraph ␛]0;PWNED␇", "<U+2028>", "are shown as pictures")
        terminal.press("q")
        assert terminal.exit_code() == 0
    for raw in ("\x1b]0;PWNED", "\x9b31m", "\x1b[6n", "\u202e", "\u2028", "\u200b", "\x05", "\U000e0041"):
        assert raw.encode() not in terminal.raw, ascii(raw)


def test_no_colour_is_sent_when_none_is_wanted(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with Terminal(str(seeds)) as terminal:
        terminal.wait_for("PEOPLE", "q quit")
        terminal.press("2")
        terminal.wait_for("Training × Constitution")
    assert b"38;5;" not in terminal.raw
    assert b"38;2;" not in terminal.raw
    assert not any(f"[{code}m".encode() in terminal.raw for code in (*range(31, 38), *range(41, 48)))


def test_a_wrong_path_is_told_before_the_screen_is_taken(tmp_path: Path) -> None:
    with Terminal(str(tmp_path / "nowhere")) as terminal:
        assert terminal.exit_code() == 3
    assert b"nowhere: there is no such file or folder" in terminal.raw
    assert b"\x1b[?1049h" not in terminal.raw
