"""Journals on disk: one event a line, nothing lost, nothing changed unseen."""

from __future__ import annotations

import itertools
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.model import EntityType, Event, Reject
from briefing.storage import journal as journal_module
from briefing.storage.event_line import LONGEST, event_line, line_hash
from briefing.storage.journal import Journal, journal_folders, read_journals
from briefing.storage.pack_folder import read_pack

NOON = datetime(2024, 5, 31, 12, tzinfo=UTC)
CHANGED = "does not follow from any line before it: the journal was changed, or lines were taken out"

NAMES = "abcdefghij"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder to be briefed from."""
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "a.txt").write_text("The Gazette says so.\n")
    return pack


@pytest.fixture
def own(pack: Path) -> Path:
    """The folder of journals in the pack, made beforehand."""
    own = pack / ".briefing" / "journal"
    own.mkdir(parents=True)
    return own


def named(name: str) -> Reject:
    return Reject((EntityType.ORG, name))


def lines_of(names: str, by: str = "vos@desk", start: datetime = NOON, step: int = 1) -> list[bytes]:
    """A sound journal that rejects one name after another, `step` seconds apart."""
    lines: list[bytes] = []
    for index, name in enumerate(names):
        previous = line_hash(lines[-1]) if lines else ""
        lines.append(event_line(previous, start + timedelta(seconds=step * index), by, named(name)))
    return lines


def write(folder: Path, lines: list[bytes], officer: str = "vos@desk") -> Path:
    path = folder / f"{officer}.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def rejected(events: tuple[Event, ...]) -> str:
    """The names rejected, one letter each, in order."""
    return "".join(event.decision.entity[1] for event in events if isinstance(event.decision, Reject))


def read(folder: Path) -> tuple[str, list[tuple[int | None, str]]]:
    """The names rejected, and line and fault of each problem."""
    events, problems = read_journals([folder])
    return rejected(events), [(problem.line, problem.fault) for problem in problems]


def test_nothing_is_made_before_the_first_event_and_then_for_the_officer_alone(pack: Path, home: Path) -> None:
    journal = Journal(journal_folders([pack]))
    assert read_pack([pack]).events == ()
    assert [path.name for path in pack.iterdir()] == ["a.txt"]
    assert list(home.iterdir()) == []
    journal.append(named("a"))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (pack / ".briefing").rglob("*")}
    assert modes == {"journal": 0o700, f"{journal.officer}.jsonl": 0o600}
    assert stat.S_IMODE((pack / ".briefing").stat().st_mode) == 0o700
    assert list(home.iterdir()) == []


def test_an_event_is_written_at_once_and_on_the_disk_before_it_is_returned(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    real_write, real_sync = os.write, os.fsync

    def writing(file: int, data: bytes) -> int:
        calls.append("line" if data.startswith(b"{") and data.endswith(b"}\n") else "piece")
        return real_write(file, data)

    def syncing(file: int) -> None:
        calls.append("folder" if stat.S_ISDIR(os.fstat(file).st_mode) else "file")
        real_sync(file)

    monkeypatch.setattr(os, "write", writing)
    monkeypatch.setattr(os, "fsync", syncing)
    journal = Journal(journal_folders([pack]))
    journal.append(named("a"))
    assert calls == ["folder", "folder", "line", "file", "folder"]
    calls.clear()
    journal.append(named("b"))
    assert calls == ["line", "file"]
    calls.clear()
    Journal(journal_folders([pack])).append(named("c"))
    assert calls == ["line", "file", "folder"]


@pytest.mark.parametrize(
    ("user", "host", "officer"),
    [
        ("vos", "desk.example.org", "vos@desk.example.org"),
        ("AREA\\j. vos", "../d:e", "AREAj.vos@de"),
        ("..", "", f"{os.getuid()}@host"),
        ("李", ".", f"{os.getuid()}@host"),
        ("v" * 300, "d" * 300, f"{'v' * 100}@{'d' * 100}"),
    ],
)
def test_the_officer_names_a_file(
    user: str, host: str, officer: str, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: user)
    monkeypatch.setattr("platform.node", lambda: host)
    journal = Journal(journal_folders([pack]))
    assert journal.officer == officer
    assert journal.append(named("a")).by == officer
    assert [path.name for path in (pack / ".briefing" / "journal").iterdir()] == [f"{officer}.jsonl"]


def test_the_host_is_asked_once_who_the_officer_is(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def name() -> str:
        asked.append("who?")
        return "vos"

    monkeypatch.setattr("getpass.getuser", name)
    journal = Journal(journal_folders([pack]))
    assert asked == []
    events = [journal.append(named(word)) for word in "ab"]
    assert {event.by for event in events} == {journal.officer}
    assert asked == ["who?"]


def test_an_officer_without_a_name_has_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert Journal([]).officer.split("@")[0] == str(os.getuid())


def test_journals_lie_in_the_pack_and_in_the_state_folder(
    pack: Path, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    digest = line_hash(os.fsencode(pack))[:12]
    state = home / ".local" / "state" / "briefing" / "journal" / f"pack-{digest}"
    assert journal_folders([pack]) == (pack / ".briefing" / "journal", state)
    link = tmp_path / "link"
    link.symlink_to(pack)
    assert journal_folders([link]) == journal_folders([pack])
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert journal_folders([pack])[1] == state
    monkeypatch.setenv("XDG_STATE_HOME", "/var/state")
    (only,) = journal_folders([pack / "a.txt"])
    assert only.parent == Path("/var/state/briefing/journal")
    assert only.name == f"a.txt-{line_hash(os.fsencode(pack / 'a.txt'))[:12]}"
    several = [pack / "a.txt", pack / "b.txt"]
    assert journal_folders(several) == journal_folders(several[::-1]) != (only,)


def test_two_officers_journals_hold_by_time_whatever_order_they_are_read_in(tmp_path: Path) -> None:
    first, second = (tmp_path / name / "journal" for name in "xy")
    first.mkdir(parents=True)
    second.mkdir(parents=True)
    write(first, lines_of("ace", "b@desk", NOON, 2), "b@desk")
    write(second, lines_of("bdf", "a@desk", NOON + timedelta(seconds=1), 2), "a@desk")
    write(second, lines_of("123", "c@desk", NOON, 2), "c@desk")
    assert rejected(read_journals([first, second])[0]) == "a1bc2de3f"
    assert read_journals([first, second]) == read_journals([second, first])


def test_lines_keep_their_order_when_a_clock_runs_backwards(own: Path) -> None:
    write(own, lines_of("abc", start=NOON, step=-3600))
    write(own, lines_of("xyz", "zed@desk", NOON - timedelta(minutes=1), 60), "zed@desk")
    assert read(own) == ("xabcyz", [])


def test_a_journal_copied_to_both_places_counts_once(tmp_path: Path) -> None:
    folders = [tmp_path / name / "journal" for name in "xy"]
    for folder, names in zip(folders, ("abc", "abcd"), strict=True):
        folder.mkdir(parents=True)
        write(folder, lines_of(names))
    events, problems = read_journals(folders)
    assert (rejected(events), problems) == ("abcd", ())


def test_a_changed_byte_is_seen(own: Path) -> None:
    path = write(own, lines_of("abcd"))
    path.write_bytes(path.read_bytes().replace(b'"b"', b'"x"'))
    assert read(own) == ("axcd", [(3, CHANGED)])


def test_a_line_taken_out_is_seen(own: Path) -> None:
    lines = lines_of("abcd")
    write(own, [*lines[:1], *lines[2:]])
    assert read(own) == ("acd", [(2, CHANGED)])
    write(own, lines[1:])
    assert read(own) == ("bcd", [(1, CHANGED)])


def test_lines_put_in_another_order_are_seen(own: Path) -> None:
    a, b, c, d = lines_of("abcd")
    write(own, [a, c, b, d])
    assert read(own)[1] == [(2, CHANGED)]


def test_line_ends_changed_by_a_version_control_are_no_fault(own: Path) -> None:
    path = write(own, lines_of("abc"))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read(own) == ("abc", [])


def test_sessions_that_began_at_once_are_no_fault(own: Path) -> None:
    a, b = lines_of("ab")
    late = event_line("", NOON + timedelta(seconds=9), "vos@desk", named("c"))
    later = event_line(line_hash(a), NOON + timedelta(seconds=10), "vos@desk", named("d"))
    write(own, [a, b, late, later])
    assert read(own) == ("abcd", [])


def test_an_event_of_another_officer_counts_as_theirs_and_is_said_once(own: Path) -> None:
    path = write(own, lines_of("ab", "vos@desk") + lines_of("cd", "other@desk", NOON + timedelta(minutes=1)))
    events, (problem,) = read_journals([own])
    assert [event.by for event in events] == ["vos@desk", "vos@desk", "other@desk", "other@desk"]
    assert (problem.path, problem.line) == (str(path), 3)
    assert problem.fault.startswith("is signed by other@desk, whose journal this is not")


GOOD = '"previous":"","at":"2024-05-31T12:00:00.000000Z","by":"vos@desk"'


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (
            b"{%s}" % f'{GOOD},"do":"forecast\x1b"'.replace("\x1b", "\\u001b").encode(),
            '"do" is "forecast␛", which this version',
        ),
        (b"{%s}" % f'{GOOD},"do":["undo"]'.encode(), '"do" is missing or no text'),
        (b"{%s}" % f'{GOOD},"do":"undo"'.encode(), '"event" is missing or no SHA-256'),
        (b"{%s}" % f'{GOOD},"do":"reject","entity":"","type":"ORG"'.encode(), '"entity" is missing or no text'),
        (
            b"{%s}" % f'{GOOD},"do":"reject","entity":"x","type":"SHIP"'.encode(),
            '"type" is "SHIP", which is none of: PERSON',
        ),
        (b"{%s}" % f'{GOOD},"do":"reject","entity":"\\ud800","type":"ORG"'.encode(), '"entity" is no Unicode text'),
        (b'{"previous":"x"}', '"previous" is missing or no SHA-256'),
        (b'{"previous":"","at":"2024-05-31 12:00"}', '"at" is missing or no time'),
        (b'{"previous":"","at":"2024-13-31T12:00:00.000000Z"}', '"at" is a time that never was'),
        (b'{"previous":"","at":"2024-05-31T12:00:00.000000Z","by":"\\u202e@x"}', '"by" is missing or no officer'),
        (b"[1]", "is no JSON object"),
        (b"nonsense}", "is no JSON at character 1"),
        (b'{"a":"\xff"}', "is not UTF-8"),
        (b"[" * 60_000 + b"]" * 2 + b"}", "is nested too deep"),
        (b"9" * 10_000, "holds a number that is too long"),
        (b" " * (LONGEST + 1) + b"}", "is longer than 64 KiB"),
    ],
    ids=itertools.count(),
)
def test_a_line_that_is_no_event_is_set_aside_and_said(line: bytes, fault: str, own: Path) -> None:
    a, b, c = lines_of("abc")
    write(own, [a, line, b, c])
    names, ((number, said),) = read(own)
    assert (names, number) == ("abc", 2)
    assert said.startswith(fault)
    assert said.endswith("the line is set aside")


def test_a_journal_of_nonsense_is_said_in_a_hundred_lines(own: Path) -> None:
    write(own, [*lines_of("a"), *[b"%d}" % number for number in range(20_000)], *lines_of("b")])
    events, problems = read_journals([own])
    assert (rejected(events), len(problems)) == ("a", 101)
    assert problems[-1].fault == "10000 more lines are at fault, and what comes after them is not read"


def test_a_journal_neither_grows_nor_is_read_beyond_its_limit(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "LARGEST", 1000)
    folders = journal_folders([pack])
    journal = Journal(folders)
    for name in NAMES:
        journal.append(named(name))
    events, problems = read_journals(folders)
    assert (rejected(events), problems) == (NAMES[:10], ())
    assert 500 < (folders[0] / f"{journal.officer}.jsonl").stat().st_size <= 1000
