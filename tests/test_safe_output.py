"""What documents, names and arguments hold never reaches a terminal as itself, whatever the command line is asked."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pexpect
import pytest

from briefing.cli import main
from briefing.parsing.visible import is_safe
from briefing.reports import VIEWS
from tests.poisoned_pack import EVERY, PAYLOADS, poisoned_pack

FORMATS = ("table", "json", "jsonl", "csv", "markdown")
RUN_ALL = """
import json, sys
from briefing.cli import main
for arguments in json.load(open(sys.argv[1])):
    try:
        main(arguments)
    except SystemExit:
        pass
"""


@pytest.fixture
def poison(tmp_path: Path) -> Path:
    """A pack with every payload wherever words can stand."""
    return poisoned_pack(tmp_path)


def views(pack: Path) -> list[list[str]]:
    """Every view, search and card in every format; tables first."""
    asked = [[view, str(pack)] for view in VIEWS]
    asked += [["search", "tugs", str(pack)], ["entities", "Harbour", str(pack)]]
    return [[*one, "--format", format] for format, one in product(FORMATS, asked)]


def others(pack: Path) -> list[list[str]]:
    """All else, and ways to be called wrongly."""
    folder, hostile = str(pack), EVERY.replace("\0", "")
    return [
        ["entities", folder, "--export-rules"], ["check", folder], ["doctor"], ["doctor", "--json"], ["--help"],
        ["open", "--help"], ["documents", "--format", hostile], ["documents", f"--{hostile}"], ["documents", hostile],
        ["entities", hostile, folder], ["search", hostile, folder], ["documents", folder, "--scenario", hostile],
        ["documents", folder, "--scenario", str(pack / "b.md")], ["open", folder, "--theme", hostile],
        ["init", folder], ["--restricted", "documents", folder, "--scenario", f"/{hostile}"], [hostile],
    ]  # fmt: skip


def on_terminal(arguments: Sequence[Sequence[str]], folder: Path) -> bytes:
    """All that a terminal is sent when the program is run with each of `arguments`."""
    file = folder / "arguments.json"
    file.write_text(json.dumps(arguments), encoding="utf-8")
    environment = {**os.environ, "TERM": f"xterm{PAYLOADS[2]}"}
    child: pexpect.spawn[bytes] = pexpect.spawn(
        sys.executable, ["-c", RUN_ALL, str(file)], env=environment, timeout=120, dimensions=(24, 80)
    )
    sent = child.read()
    child.close()
    assert child.exitstatus == 0, sent[-2000:]
    return bytes(sent).replace(b"\r\n", b"\n")  # the line discipline adds these


def unsafe(sent: bytes) -> list[str]:
    """What of `sent` a terminal could act on or an eye could miss."""
    return sorted({ascii(one) for one in sent.decode("utf-8") if one != "\n" and not is_safe(one)})


def test_no_table_and_no_fault_sends_a_terminal_what_it_could_act_on(poison: Path, tmp_path: Path) -> None:
    asked = [*views(poison)[: len(VIEWS) + 2], *others(poison)]
    sent = on_terminal(asked, tmp_path)
    assert unsafe(sent) == []
    for shown in ("␛[31337m", "<U+009B>31337m", "<U+202E>", "<U+200B>", "<U+E0041>"):
        assert shown.encode() in sent
    assert b"Traceback" not in sent


@pytest.mark.hard
def test_no_format_sends_a_terminal_what_it_could_act_on(poison: Path, tmp_path: Path) -> None:
    sent = on_terminal(views(poison), tmp_path)
    assert unsafe(sent) == []
    assert b"\\u202e" in sent
    assert b"Traceback" not in sent


def test_a_terminal_without_utf8_is_sent_ascii(poison: Path, tmp_path: Path) -> None:
    wide = tmp_path / "wide"
    wide.mkdir()
    (wide / "a.txt").write_text("港湾局 said “so” — être.\n", encoding="utf-8")
    asked = [["evidence", str(poison)], ["mentions", str(poison), "--format", "csv"], *others(poison)]
    sent = on_terminal([["--ascii", *arguments] for arguments in [*asked, ["search", "said", str(wide)]]], tmp_path)
    assert sent.isascii()
    assert unsafe(sent) == []
    assert b'??????   said   "so" - etre.' in sent


def test_a_locale_without_utf8_needs_no_option(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "C")
    sent = on_terminal([["search", "nsatu", str(seeds)], ["documents", str(seeds), "--format", "json"]], tmp_path)
    assert sent.isascii()
    assert b"NSATU" in sent


@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_json_in_a_pipe_holds_every_quote_as_it_stands(poison: Path, locale: str) -> None:
    command = [sys.executable, "-m", "briefing", "search", "tugs", str(poison), "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "LANG": locale})
    rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    texts = {path.name: path.read_bytes().decode() for path in poison.glob("*.txt")}
    assert len(rows) == len(PAYLOADS)
    for row in rows:
        assert texts[row["doc"]][row["start"] : row["end"]] == "tugs"


@pytest.mark.parametrize("environment", [{"LANG": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_a_pipe_gets_utf8_in_any_locale(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "a.txt").write_text("港湾局 said “so” — être.\n", encoding="utf-8")
    command = [sys.executable, "-m", "briefing", "search", "said", str(tmp_path), "--format", "csv"]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, **environment})
    (row,) = csv.DictReader(io.StringIO(done.stdout.decode("utf-8")))
    assert row["before"] + row["text"] + row["after"] == "港湾局 said “so” — être."


def test_ascii_reaches_tables_in_a_pipe_and_no_other_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Say “so”.\n", encoding="utf-8")
    found = {}
    for format in ("table", "csv"):
        command = [sys.executable, "-m", "briefing", "--ascii", "search", "say", str(tmp_path), "--format", format]
        found[format] = subprocess.run(command, capture_output=True, check=True, env=os.environ).stdout.decode()
    assert '"so".' in found["table"]
    assert "“so”." in found["csv"]


def test_errors_are_safe_wherever_they_go(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["documents", "--\x1b]0;PWN\x07"])
    assert "--␛]0;PWN␇" in capsys.readouterr().err
