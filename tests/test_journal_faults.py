"""Journals when something goes wrong: cut off, killed, overtaken, full disk, links, folders that cannot be written."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.model import EntityType, PackError, Rate, Reject
from briefing.storage.event_line import event_line, line_hash
from briefing.storage.journal import Journal, journal_folders, read_journals
from briefing.storage.pack_folder import read_pack

ROOT = Path(__file__).resolve().parent.parent
NOON = datetime(2024, 5, 31, 12, tzinfo=UTC)
CUT_OFF = "the last line was cut off while it was written and is set aside"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder to be briefed from."""
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "a.txt").write_text("The Gazette says so.\n")
    return pack


@pytest.fixture
def folders(pack: Path) -> tuple[Path, ...]:
    return journal_folders([pack])


@pytest.fixture
def file(folders: tuple[Path, ...]) -> Path:
    """Where the officer's journal in the pack will be."""
    return folders[0] / f"{Journal(folders).officer}.jsonl"


def named(name: str) -> Reject:
    return Reject((EntityType.ORG, name))


def read(*folders: Path) -> tuple[list[str], list[tuple[int | None, str]]]:
    """The names rejected, and line and fault of each problem."""
    events, problems = read_journals(folders)
    names = [event.decision.entity[1] for event in events if isinstance(event.decision, Reject)]
    return names, [(problem.line, problem.fault) for problem in problems]


def refused(journal: Journal) -> list[str]:
    """What is said of each place when a correction cannot be saved."""
    with pytest.raises(PackError) as caught:
        journal.append(named("refused"))
    return [str(problem) for problem in caught.value.problems]


def test_a_last_line_cut_off_anywhere_is_set_aside_said_and_kept(folders: tuple[Path, ...], file: Path) -> None:
    journal = Journal(folders)
    journal.append(named("a"))
    whole = file.read_bytes()
    journal.append(named("b } łódź \x1b"))
    last = file.read_bytes()[len(whole) :]
    for cut in range(1, len(last) - 1):
        file.write_bytes(whole + last[:cut])
        assert read(*folders) == (["a"], [(2, CUT_OFF)])
        Journal(folders).append(named("c"))
        assert read(*folders) == (["a", "c"], [])
        assert file.read_bytes().startswith(whole + last[:cut] + b'\n{"previous":"' + line_hash(last[:cut]).encode())


def test_a_last_line_that_lacks_only_its_end_counts(folders: tuple[Path, ...], file: Path) -> None:
    journal = Journal(folders)
    journal.append(named("a"))
    journal.append(named("b"))
    file.write_bytes(file.read_bytes()[:-1])
    assert read(*folders) == (["a", "b"], [])
    journal.append(named("c"))
    assert read(*folders) == (["a", "b", "c"], [])


def test_cut_off_again_and_again(folders: tuple[Path, ...], file: Path) -> None:
    for name in "abc":
        Journal(folders).append(named(name))
        with file.open("ab") as torn:
            torn.write(b'{"previous":"')
    assert read(*folders) == (["a", "b", "c"], [(6, CUT_OFF)])


def test_a_line_that_another_session_is_still_writing_is_followed_whole(
    folders: tuple[Path, ...], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Journal(folders).append(named("a"))
    whole = file.read_bytes()
    Journal(folders).append(named("b"))
    rest = file.read_bytes()[len(whole) + 40 :]
    file.write_bytes(file.read_bytes()[: len(whole) + 40])
    real = os.write

    def overtaken(file: int, data: bytes) -> int:
        nonlocal rest
        real(file, rest)
        rest = b""
        return real(file, data)

    monkeypatch.setattr(os, "write", overtaken)
    Journal(folders).append(named("c"))
    assert read(*folders) == (["a", "b", "c"], [])


def test_a_broken_line_that_was_not_cut_off_is_said_whatever_follows(folders: tuple[Path, ...], file: Path) -> None:
    journal = Journal(folders)
    journal.append(named("a"))
    journal.append(named("b"))
    file.write_bytes(file.read_bytes().replace(b'"entity":"b"', b'"entity":"b '))
    journal.append(named("c"))
    names, ((line, fault),) = read(*folders)
    assert (names, line) == (["a", "c"], 2)
    assert fault.startswith("is no JSON")


def test_two_sessions_of_one_officer_take_turns(folders: tuple[Path, ...]) -> None:
    sessions = [Journal(folders), Journal(folders)]
    for number in range(20):
        sessions[number % 2].append(named(str(number)))
    assert read(*folders) == ([str(number) for number in range(20)], [])


RATER = """\
import sys
from pathlib import Path
from briefing.model import Confidence, QuoteRef, Rate, Rating
from briefing.storage.journal import Journal, journal_folders
journal = Journal(journal_folders([Path(sys.argv[1])]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(100):
    quotes = tuple(QuoteRef("a.txt", f"The Gazette says so {one}.") for one in range(number % 4))
    rate = Rate(f"role {number}", "law", list(Rating)[number % 5], Confidence.LOW, sys.argv[2] * number, quotes)
    print(journal.append(rate).id)
"""


@pytest.mark.parametrize("users", [("ann", "ann"), ("ann", "bo")], ids=["one officer", "two officers"])
def test_two_processes_rate_at_once(users: tuple[str, str], pack: Path, folders: tuple[Path, ...]) -> None:
    raters = [
        subprocess.Popen(
            [sys.executable, "-c", RATER, pack, name],
            cwd=ROOT,
            env={**os.environ, "LOGNAME": user},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name, user in zip("xy", users, strict=True)
    ]
    for rater in raters:
        assert rater.stdout is not None
        assert rater.stdout.readline() == "ready\n"
    for rater in raters:
        assert rater.stdin is not None
        rater.stdin.write("\n")
        rater.stdin.flush()
    said = [rater.communicate()[0].split() for rater in raters]
    events, problems = read_journals(folders)
    assert problems == ()
    assert len(events) == 200
    by_id = {event.id: event for event in events}
    for ids, name, user in zip(said, "xy", users, strict=True):
        rates = [by_id[id].decision for id in ids]
        assert [rate.note for rate in rates if isinstance(rate, Rate)] == [name * number for number in range(100)]
        assert {by_id[id].by.partition("@")[0] for id in ids} == {user}
    assert [len(event.decision.quotes) for event in events if isinstance(event.decision, Rate)].count(3) == 50
    assert len(list(folders[0].iterdir())) == len(set(users))


KILLED = """\
import os, random, select, signal, sys
from pathlib import Path
from briefing.model import QuoteRef, Rate, Rating
from briefing.storage.journal import Journal, journal_folders

folders = journal_folders([Path(sys.argv[1])])
chance = random.Random(1)
for life in range(500):
    heard, said = os.pipe()
    child = os.fork()
    if not child:
        journal = Journal(folders)
        while True:
            quotes = tuple(QuoteRef("a.txt", "x" * chance.randrange(1000)) for _ in range(chance.randrange(4)))
            event = journal.append(Rate(f"role {life}", "law", Rating.HIGH, note="for now", quotes=quotes))
            os.write(said, event.id.encode() + b"\\n")
    os.close(said)
    text = os.read(heard, 65536) if life % 4 else b""
    while select.select([heard], [], [], chance.random() * 0.01)[0] and chance.random() < 0.7:
        text += os.read(heard, 65536)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(heard, 65536):
        text += piece
    os.close(heard)
    sys.stdout.write(text.decode())
"""


def test_no_rating_said_to_be_saved_is_lost_in_500_kills(pack: Path, folders: tuple[Path, ...]) -> None:
    run = subprocess.run(
        [sys.executable, "-c", KILLED, pack], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    said = run.stdout.split()
    events, problems = read_journals(folders)
    assert len(said) == len(set(said)) >= 375
    assert set(said) <= {event.id for event in events}
    assert {event.decision.note for event in events if isinstance(event.decision, Rate)} == {"for now"}
    assert [problem for problem in problems if problem.fault != CUT_OFF] == []


def test_a_full_disk_is_said_and_nothing_is_lost(
    folders: tuple[Path, ...], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(folders[:1])
    journal.append(named("a"))
    real, room = os.write, 50

    def full(file: int, data: bytes) -> int:
        nonlocal room
        if room == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = real(file, data[:room])
        room -= written
        return written

    monkeypatch.setattr(os, "write", full)
    (said,) = refused(journal)
    assert said == f"{file}: not saved: only a part of it could be written; make room and do it again"
    (said,) = refused(journal)
    assert said == f"{file}: not saved: No space left on device; make room and do it again"
    monkeypatch.setattr(os, "write", real)
    assert read(*folders) == (["a"], [(2, CUT_OFF)])
    journal.append(named("b"))
    assert read(*folders) == (["a", "b"], [])


def test_what_the_disk_does_not_confirm_is_not_saved(
    folders: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(file: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    journal = Journal(folders)
    monkeypatch.setattr(os, "fsync", broken)
    assert [": not saved: Input/output error; " in said for said in refused(journal)] == [True, True]


def test_a_folder_that_cannot_be_written_by_itself_is_no_fault(
    folders: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def files_only(file: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        real(file)

    monkeypatch.setattr(os, "fsync", files_only)
    Journal(folders).append(named("a"))
    assert read(folders[0]) == (["a"], [])


def test_a_pack_that_cannot_be_written_has_its_journal_in_the_state_folder(
    pack: Path, folders: tuple[Path, ...], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.mkdir

    def read_only(path: str | Path, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        if path == ".briefing":
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        real(path, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "mkdir", read_only)
    event = Journal(folders).append(named("a"))
    state = folders[1] / file.name
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (state, *list(state.parents)[:5])]
    assert modes == [0o600] + [0o700] * 5
    monkeypatch.setattr(os, "mkdir", real)
    later = Journal(folders).append(named("b"))
    assert file.is_file()
    assert read_pack([pack]).events == (event, later)


def test_loose_files_have_their_journal_in_the_state_folder(pack: Path) -> None:
    folders = journal_folders([pack / "a.txt"])
    event = Journal(folders).append(named("a"))
    assert read_pack([pack / "a.txt"]).events == (event,)
    assert read_pack([pack]).events == ()
    assert [path.name for path in pack.iterdir()] == ["a.txt"]


def test_a_pack_that_is_gone_is_not_made_anew(pack: Path, folders: tuple[Path, ...]) -> None:
    (pack / "a.txt").unlink()
    pack.rmdir()
    Journal(folders).append(named("a"))
    assert not pack.exists()
    assert read(*folders) == (["a"], [])


def test_without_any_place_nothing_is_said_to_be_saved(
    pack: Path, folders: tuple[Path, ...], home: Path, file: Path
) -> None:
    (pack / ".briefing").write_text("")
    (home / ".local").write_text("")
    first, second = refused(Journal(folders))
    assert first == f"{file}: not saved: is a link or no folder; put a folder in its place"
    assert second.startswith(f"{folders[1] / file.name}: not saved: ")
    assert refused(Journal([])) == ["journal: not saved: it has no folder; set XDG_STATE_HOME to one"]


@pytest.mark.parametrize("link", [".briefing", ".briefing/journal"])
def test_a_folder_that_is_a_link_is_neither_written_nor_read(
    link: str, pack: Path, folders: tuple[Path, ...], tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    (outside / "journal").mkdir(parents=True)
    line = event_line("", NOON, "x@y", named("planted")) + b"\n"
    for folder in (outside, outside / "journal"):
        (folder / "x@y.jsonl").write_bytes(line)
    (pack / link).parent.mkdir(exist_ok=True)
    (pack / link).symlink_to(outside)
    Journal(folders).append(named("a"))
    assert sorted(path.name for path in outside.rglob("*")) == ["journal", "x@y.jsonl", "x@y.jsonl"]
    names, ((line_number, fault),) = read(*folders)
    assert (names, line_number, fault) == (["a"], None, "cannot be read: is a link or no folder")


@pytest.mark.parametrize("names", [1, 2, 3])
def test_no_link_is_followed_below_the_state_folder(names: int, pack: Path, home: Path, tmp_path: Path) -> None:
    (folder,) = journal_folders([pack / "a.txt"])
    state = home / ".local" / "state"
    own = folder.relative_to(state).parts
    link = state.joinpath(*own[:names])
    outside = tmp_path / "outside"
    planted = outside.joinpath(*own[names:], "x@y.jsonl")
    planted.parent.mkdir(parents=True)
    planted.write_bytes(event_line("", NOON, "x@y", named("planted")) + b"\n")
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    assert refused(Journal([folder]))[0].endswith("not saved: is a link or no folder; put a folder in its place")
    assert [path for path in outside.rglob("*") if path.is_file()] == [planted]
    assert read(folder) == ([], [(None, "cannot be read: is a link or no folder")])


def test_a_journal_that_is_a_link_is_neither_written_nor_read(
    folders: tuple[Path, ...], file: Path, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    target.write_bytes(event_line("", NOON, "x@y", named("planted")) + b"\n")
    before = target.read_bytes()
    folders[0].mkdir(parents=True)
    file.symlink_to(target)
    Journal(folders).append(named("a"))
    assert target.read_bytes() == before
    assert read(*folders) == (["a"], [(None, "cannot be read: is a link")])


def test_a_pipe_in_place_of_a_journal_is_not_waited_for(folders: tuple[Path, ...], file: Path) -> None:
    folders[0].mkdir(parents=True)
    os.mkfifo(file)
    Journal(folders).append(named("a"))
    assert read(*folders) == (["a"], [(None, "cannot be read: is no file")])


def test_other_files_are_no_journals(folders: tuple[Path, ...]) -> None:
    Journal(folders).append(named("a"))
    for name in ("notes.txt", "._x@y.jsonl", "x@y.jsonl.orig"):
        (folders[0] / name).write_text("nonsense\n")
    (folders[0] / "\x1b.jsonl").write_text("nonsense\n")
    _, (problem,) = read_journals(folders)
    assert problem.path == f"{folders[0]}/␛.jsonl"
