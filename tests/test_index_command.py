"""`briefing index`: what it says while it works and when it is done, and how it is stopped."""

from __future__ import annotations

import re
import signal
import subprocess
from pathlib import Path

import pytest

from briefing.cli import main
from briefing.model import NameFinder
from briefing.storage.index.basis import basis_of
from briefing.storage.index.place import writing
from tests.index_content import content_of, kept
from tests.line import BRIEFING, Line
from tests.terminal import Terminal


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "a.txt").write_text("Mr John Smith of Kenya agreed.\n", encoding="utf-8")
    (folder / "b.txt").write_text("Smith spoke in Oslo.\n", encoding="utf-8")
    return folder


def large(folder: Path, count: int = 100) -> Path:
    """A pack that takes some seconds."""
    for number in range(count):
        text = f"Officer {number} of Kenya met Mr John Smith in Oslo on 3 May 2024 and spoke at length. " * 8
        (folder / f"n{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def test_it_says_what_it_did_and_where_it_lies(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", str(pack), "--workers", "1"]) == 0
    out, err = capsys.readouterr()
    first, second, third = out.splitlines()
    assert re.fullmatch(r"2 documents in the index; 2 read, 2 searched for evidence, in [\d.]+ s", first)
    assert re.fullmatch(r"10 words: [\d,]+ a second of processor time", second)
    assert third == f"the index lies in {kept(pack)}"
    assert err == ""
    assert main(["index", str(pack), "--workers", "1"]) == 0
    assert capsys.readouterr().out.startswith("2 documents in the index; 0 read, 0 searched for evidence")


def test_what_failed_is_named_with_the_reason_and_the_way_out(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / "c\x1b[31m.txt").write_bytes(b"\0\1\2" * 50)
    (pack / "d.txt").symlink_to("/etc/passwd")
    assert main(["index", str(pack), "--workers", "1"]) == 0
    out, err = capsys.readouterr()
    assert "2 files passed over" in out
    assert err.splitlines() == [
        "briefing: d.txt: is a link out of the pack; copy what it points to into the pack",
        "briefing: c␛[31m.txt: is not text; convert it to .txt or .md",
    ]


def test_the_shared_index_is_said_to_be(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", str(pack), "--workers", "1", "--share"]) == 0
    shared = pack / ".briefing" / "index.sqlite"
    assert f"a copy lies in {shared}; officers use it where root has written it" in capsys.readouterr().out
    assert content_of(shared) == content_of(kept(pack))


@pytest.mark.parametrize("workers", ["0", "65", "two"])
def test_workers_are_a_number(pack: Path, capsys: pytest.CaptureFixture[str], workers: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["index", str(pack), "--workers", workers])
    assert ended.value.code == 2
    assert "--workers" in capsys.readouterr().err


def test_the_restricted_mode_writes_no_index(pack: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", str(pack), "--restricted"]) == 3
    assert "index: writes outside the state folder" in capsys.readouterr().err
    assert main(["entities", str(pack), "--restricted"]) == 0
    assert list(home.iterdir()) == []


def test_views_are_the_same_before_and_after(pack: Path, capsys: pytest.CaptureFixture[str], home: Path) -> None:
    views = []
    for _ in range(3):
        assert main(["mentions", str(pack), "--format", "jsonl"]) == 0
        views.append(capsys.readouterr().out)
    assert views[0].count("\n") == 4
    assert len(set(views)) == 1
    assert kept(pack).exists()


def test_on_a_terminal_one_line_is_written_again_and_again(tmp_path: Path) -> None:
    with Terminal("index", str(large(tmp_path)), "--workers", "2", columns=100) as terminal:
        terminal.wait_for("a second", "left")
        terminal.wait_for("100 documents in the index")
        raw = terminal.raw.decode()
    assert re.search(r"\r█+░*  reading \d+ of 100  [\d.]+ (documents )?a second  [\w. ]+ left", raw)
    assert "\x1b" not in raw
    # When it is done nothing is left of that line.
    assert "".join(terminal.rows).strip().startswith("100 documents in the index")


def test_in_a_pipe_nothing_is_written_over(tmp_path: Path) -> None:
    run = subprocess.run([*BRIEFING, "index", large(tmp_path, 40)], capture_output=True, check=True)
    assert b"\r" not in run.stderr + run.stdout
    assert run.stdout.startswith(b"40 documents in the index; 40 read")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_stopped_with_ctrl_c_it_keeps_what_is_done(tmp_path: Path, workers: str) -> None:
    folder = large(tmp_path, 2000)
    index = kept(folder)
    with Line((*BRIEFING, "index", folder, "--workers", workers)) as line:
        # Whenever it says how far it is, somebody looks whether any of that is on the disk.
        line.read_until(lambda told: index.exists() and index.stat().st_size > 200_000, "document in the index")
        line.process.send_signal(signal.SIGINT)
        assert line.status() == 130
    *_, cleared, last = line.raw.split(b"\r\n")[0].split(b"\r")
    assert (cleared.strip(), last) == (b"", b"stopped; what is done is kept")
    assert line.raw.endswith(last + b"\r\n")
    assert 0 < len(content_of(index)["documents"]) < 2000


def test_a_second_one_waits_and_says_so(pack: Path) -> None:
    command = [*BRIEFING, "index", str(pack)]
    with writing([pack], basis_of((), NameFinder.RULES)):
        second = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            assert second.stderr is not None
            assert second.stderr.readline() == b"another program is indexing this pack; waiting\n"
            assert second.poll() is None
        except BaseException:
            second.kill()
            raise
    out, err = second.communicate(timeout=60)
    assert (second.returncode, err) == (0, b"")
    assert out.startswith(b"2 documents in the index; 2 read")
    assert len(content_of(kept(pack))["documents"]) == 2
