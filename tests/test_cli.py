"""The command line: what it prints, where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from briefing.cli import main
from briefing.model import Credibility, Grade, Reliability
from briefing.storage.journal import Journal, journal_folders

VIEWS = ("documents", "entities", "mentions", "evidence", "scenario")
FORMATS = ("table", "json", "jsonl", "csv", "markdown")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("format", FORMATS)
def test_every_view_is_text_in_every_format(
    capsys: pytest.CaptureFixture[str], seeds: Path, view: str, format: str
) -> None:
    code, out, err = run(capsys, view, str(seeds), "--format", format)
    assert (code, err) == (0, "")
    assert out.strip()
    assert out.replace("\n", "").isprintable()
    if format == "json":
        json.loads(out)
    elif format == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in out.splitlines())
    elif format == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(out))}) == 1


def test_mentions_keep_the_contract(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    _, out, _ = run(capsys, "mentions", str(seeds), "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert len(rows) > 300
    for row in rows:
        assert {"doc", "start", "end", "line", "text", "type", "canonical"} <= row.keys()
        text = (seeds / row["doc"]).read_bytes().decode()
        assert text[row["start"] : row["end"]] == row["text"]
        assert text.count("\n", 0, row["start"]) + 1 == row["line"]


def test_evidence_keeps_the_contract(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    _, out, _ = run(capsys, "evidence", str(seeds), "--format", "jsonl")
    keys = {"doc", "start", "end", "line", "quote", "roles", "constraints", "stance", "status", "voice", "as_of"}
    rows = [json.loads(line) for line in out.splitlines()]
    for row in rows:
        assert keys <= row.keys()
        text = (seeds / row["doc"]).read_bytes().decode()
        assert text[row["start"] : row["end"]] == row["quote"]
        assert row["stance"] in ("enables", "limits", "neutral")
        assert row["status"] in ("done", "announced", "possible", "general")
        assert row["roles"] or row["constraints"]


def test_the_scenario_keeps_the_contract(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    _, out, _ = run(capsys, "scenario", str(seeds), "--format", "json")
    scenario = json.loads(out)
    assert [one["id"] for one in scenario["constraints"]][:4] == ["constitution", "distance", "cost", "russia"]
    assert len(scenario["cells"]) == len(scenario["roles"]) * len(scenario["constraints"])
    cell = next(
        one for one in scenario["cells"] if (one["role"], one["constraint"]) == ("coordination", "constitution")
    )
    assert cell["basis"] == "direct"
    assert cell["direct"] + cell["inherited"] == len(cell["quotes"])
    assert cell["rating"] == "low"
    for quote in cell["quotes"]:
        text = (seeds / quote["doc"]).read_bytes().decode()
        assert text[quote["start"] : quote["end"]] == quote["quote"]


def test_an_appraisal_says_where_the_words_stand_that_show_it(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    code, out, err = run(capsys, "appraisal", str(seeds), "--format", "json")
    assert (code, err) == (0, "")
    rows = json.loads(out)
    assert {row["doc"] for row in rows} == {path.name for path in seeds.glob("*.txt")}
    shown = [row for row in rows if row["quote"] is not None]
    assert shown
    for row in shown:
        text = (seeds / row["doc"]).read_bytes().decode()
        assert text[row["start"] : row["end"]] == row["quote"]
        assert text.count("\n", 0, row["start"]) + 1 == row["line"]
    assert all(row["start"] is row["end"] is row["line"] is None for row in rows if row["quote"] is None)


def test_an_appraisal_holds_the_grades_of_officers_and_the_faults_of_the_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_bytes(b"The harbour is open.\xff\n")
    journal = Journal(journal_folders([tmp_path]))
    journal.append(Grade("one.txt", Reliability.USUALLY, Credibility.PROBABLY_TRUE))
    _, out, _ = run(capsys, "appraisal", str(tmp_path), "--format", "json")
    first, second, *_ = json.loads(out)
    nowhere = {"doc": "one.txt", "start": None, "end": None, "line": None, "quote": None}
    assert first == {**nowhere, "said": "B2", "graded_by": journal.officer}
    assert (second["said"], second["graded_by"]) == ("1 byte is not UTF-8 and shown as �", None)
    code, out, _ = run(capsys, "appraisal", str(tmp_path))
    heading, graded, *_ = lines(out)
    assert code == 0
    assert heading.split() == ["doc", "said", "graded_by"]
    assert graded.split() == ["one.txt", "B2", journal.officer]


def test_search_counts_what_it_found(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    code, out, _ = run(capsys, "search", "nsatu", str(seeds))
    assert code == 0
    assert out.splitlines()[-1] == "2 places in 1 of 3 documents"
    assert "headquartered in Wiesbaden" in out


def test_search_speaks_the_language_of_the_interface(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    code, out, _ = run(capsys, "search", "entity:nsatu wiesbaden", str(seeds), "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["text"] for row in rows][-1] == "Wiesbaden"
    text = (seeds / rows[0]["doc"]).read_text(encoding="utf-8")
    for row in rows:
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["text"] in text[row["passage_start"] : row["passage_end"]]
    code, out, _ = run(capsys, "search", r"~maritime self.defense \w+", str(seeds))
    assert code == 0
    assert out.splitlines()[-1] == "3 places in 2 of 3 documents"
    assert "passage" not in out


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("a (b", "search: character 3: the bracket is not closed; close it with )"),
        ("", "search: character 1: there is no word to look for; type one, or ~ and a regular expression"),
        (
            "~(a+)+",
            (
                "search: character 6: the pattern repeats a repeat or a choice, which could take long; "
                "take one of the two out"
            ),
        ),
    ],
)
def test_a_query_at_fault_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], seeds: Path, query: str, said: str
) -> None:
    code, out, err = run(capsys, "search", query, str(seeds))
    assert (code, out, lines(err)) == (2, "", [f"briefing: {said}"])


def test_the_current_folder_is_the_pack_when_it_is_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "briefing.toml").write_text('title = "Mine"\n', encoding="utf-8")
    (tmp_path / "one.txt").write_text("Words of my own.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    _, out, _ = run(capsys, "documents", "--format", "jsonl")
    assert [json.loads(line)["doc"] for line in out.splitlines()] == ["one.txt"]


def test_the_bundled_pack_is_the_default(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _, out, _ = run(capsys, "documents", "--format", "jsonl")
    assert json.loads(out.splitlines()[0])["doc"] == "000_d544b825a163a315.txt"


def test_one_file_is_a_pack_too(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    file = seeds / "003_086e147ae4d49465.txt"
    code, out, _ = run(capsys, "mentions", str(file), "--format", "jsonl")
    assert code == 0
    assert {json.loads(line)["doc"] for line in out.splitlines()} == {file.name}


def test_a_sound_pack_checks_out(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    code, out, err = run(capsys, "check", str(seeds))
    assert (code, err) == (0, "")
    assert "every quote verified" in out


# ---------------------------------------------------------------------- faults


@pytest.mark.parametrize("command", [*VIEWS, "check"])
def test_a_wrong_path_ends_in_3_and_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
    code, out, err = run(capsys, command, str(tmp_path / "nowhere"))
    assert (code, out) == (3, "")
    assert len(lines(err)) == 1
    assert "nowhere: there is no such file or folder" in err


def a_pack(folder: Path, scenario: str) -> str:
    (folder / "a.txt").write_text("The ministry will pay the cost.\n", encoding="utf-8")
    (folder / "scenario.toml").write_text(scenario, encoding="utf-8")
    return str(folder)


SOUND = """
question = "Which?"
actor = "The ministry"
actor_terms = ["the ministry"]
[[role]]
id = "funding"
name = "Funding"
terms = ["pay*"]
[[constraint]]
id = "cost"
name = "Cost"
terms = ["cost*"]
"""


@pytest.mark.parametrize(
    ("scenario", "line", "words"),
    [
        (SOUND.replace('name = "Funding"', 'name = "Funding"\ncolour = "red"'), 8, "colour"),
        (SOUND + '[[role]]\nid = "funding"\nname = "Again"\nterms = ["x"]\n', 14, "funding"),
        (SOUND.replace('terms = ["pay*"]', 'terms = "pay*"'), 8, "terms"),
        (SOUND.replace("[[constraint]]", "[[constraint"), 9, ""),
        (SOUND.replace('question = "Which?"', ""), None, "question"),
        (SOUND + '[[assessment]]\nrole = "nobody"\nconstraint = "cost"\nrating = "low"\n', 14, "nobody"),
        (SOUND + '[[assessment]]\nrole = "funding"\nconstraint = "cost"\nrating = "huge"\n', 16, "huge"),
    ],
    ids=["unknown key", "role twice", "wrong type", "broken TOML", "missing key", "unknown role", "unknown rating"],
)
def test_a_broken_scenario_names_file_line_and_fault(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, scenario: str, line: int | None, words: str
) -> None:
    code, out, err = run(capsys, "scenario", a_pack(tmp_path, scenario))
    assert (code, out) == (3, "")
    assert 1 <= len(lines(err)) <= 2
    assert "scenario.toml" in err
    assert words in err
    assert line is None or f"scenario.toml:{line}:" in err
    assert ";" in err, "no way out is named"
    assert run(capsys, "check", str(tmp_path))[0] == 1


def test_a_sound_scenario_of_ones_own_is_filled(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "scenario", a_pack(tmp_path, SOUND), "--format", "jsonl")
    assert code == 0
    assert json.loads(out)["basis"] == "direct"


def test_files_that_cannot_be_read_are_named_and_passed_over(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "good.txt").write_text("Good words.\n", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    code, out, err = run(capsys, "documents", str(tmp_path), "--format", "jsonl")
    assert code == 0
    assert [json.loads(line)["doc"] for line in out.splitlines()] == ["good.txt"]
    assert len(lines(err)) == 1
    assert "binary.txt" in err
    assert run(capsys, "check", str(tmp_path))[0] == 1
    assert run(capsys, "documents", str(tmp_path / "binary.txt"))[0] == 3


def test_an_empty_folder_holds_no_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "documents", str(tmp_path))
    assert code == 3
    assert "no document" in err


def test_invalid_bytes_are_counted_by_check(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(b"One line.\nCaf\xe9 and na\xefve words.\n")
    code, out, _ = run(capsys, "check", str(tmp_path))
    assert code == 1
    assert "latin.txt:2:" in out
    assert "2 bytes" in out


def test_hostile_names_never_reach_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "evil\x1b[31m"
    folder.mkdir()
    (folder / "a\x1b]0;x\x07\u202e.txt").write_text("Words \x1b[2J here.\n", encoding="utf-8")
    for command in ("documents", "check"):
        _, out, err = run(capsys, command, str(folder))
        assert (out + err).replace("\n", "").isprintable()


def test_the_interface_needs_a_terminal(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    code, _, err = run(capsys, "open", str(seeds))
    assert code == 3
    assert "not a terminal" in err


@pytest.mark.parametrize("elsewhere", ["</dev/null", ">/dev/null", "2>/dev/null"])
def test_the_interface_needs_a_terminal_at_every_end(seeds: Path, elsewhere: str) -> None:
    command = f"{sys.executable} -m briefing {seeds} {elsewhere}; echo ended with $?"
    child: pexpect.spawn[bytes] = pexpect.spawn("/bin/sh", ["-c", command], timeout=30, env=os.environ)
    shown = child.read()
    child.close()
    assert b"ended with 3\r\n" in shown
    assert b"\x1b" not in shown
    assert len(shown.splitlines()) == (1 if elsewhere.startswith("2") else 2)


def test_a_fault_of_our_own_is_no_traceback(
    capsys: pytest.CaptureFixture[str], seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("boom \x1b[31m")

    monkeypatch.setattr("briefing.storage.index.analysed.analyse_indexed", fail)
    code, out, err = run(capsys, "mentions", str(seeds))
    assert (code, out) == (3, "")
    assert lines(err) == [
        "briefing: internal: stopped by a fault of its own: ValueError: boom ␛[31m; report what you did"
    ]


def test_wrong_usage_ends_in_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["documents", "--format", "yaml"])
    assert caught.value.code == 2
    assert "yaml" in capsys.readouterr().err


@pytest.mark.parametrize("where", ["/dev/full", "&-"])
@pytest.mark.parametrize("asked", ["documents", "--help", "--version", "documents --help", "open --help"])
def test_output_that_cannot_be_written_ends_in_3(seeds: Path, asked: str, where: str) -> None:
    command = f"{sys.executable} -m briefing {asked} {seeds} >{where}"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == 3
    assert len(lines(done.stderr)) == 1
    assert done.stderr.startswith("briefing: standard output: ")


@pytest.mark.parametrize("stream", [0, 2])
def test_without_one_of_its_streams_the_interface_is_not_opened(seeds: Path, stream: int) -> None:
    command = f"exec {stream}>&-; exec {sys.executable} -m briefing {seeds}"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False, env=os.environ)
    assert (done.returncode, done.stdout) == (3, "")
    said = (
        "briefing: briefing open: this is not a terminal; for pipes and files use a view, such as: briefing documents\n"
    )
    assert done.stderr == ("" if stream == 2 else said)


def test_a_terminal_whose_standard_error_is_closed_is_told_nothing(seeds: Path) -> None:
    command = f"exec 2>&-; exec {sys.executable} -m briefing {seeds}"
    child: pexpect.spawn[bytes] = pexpect.spawn("/bin/sh", ["-c", command], env=os.environ)
    assert child.read() == b""
    child.close()
    assert child.exitstatus == 3


def test_json_is_json_on_a_stream_that_holds_ascii_only(seeds: Path) -> None:
    command = [sys.executable, "-m", "briefing", "search", "Japan’s", str(seeds), "--format", "json"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert "Japan’s" in {row["text"] for row in json.loads(done.stdout.decode("ascii"))}


@pytest.mark.parametrize("kind", ["loop", "nowhere"])
def test_a_link_that_leads_nowhere_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.txt").write_text("Words.\n", encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / ("b.txt" if kind == "loop" else "gone.txt"))
    code, _, err = run(capsys, "documents", str(tmp_path))
    assert code == 0
    assert "b.txt: is a link" in err


def test_settings_that_cannot_be_read_are_a_fault(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.\n", encoding="utf-8")
    (tmp_path / "briefing.toml").symlink_to(tmp_path / "gone.toml")
    code, _, err = run(capsys, "documents", str(tmp_path))
    assert code == 3
    assert "briefing.toml" in err


def test_a_missing_scenario_file_cannot_be_read(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    assert run(capsys, "check", str(seeds), "--scenario", "nowhere.toml")[0] == 3


def test_a_reader_that_goes_away_is_no_fault(seeds: Path) -> None:
    command = f"{sys.executable} -m briefing mentions {seeds} --format jsonl | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False, env=os.environ)
    assert done.stderr == ""
    assert json.loads(done.stdout)["text"]
