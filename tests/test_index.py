"""Where an index lies, whose it is, and when it is not believed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import time
from contextlib import closing
from pathlib import Path
from random import Random
from threading import Event

import pytest

from briefing.model import NameFinder, PackError, Problem
from briefing.storage.findings import find, with_findings
from briefing.storage.index import analysed as index_analysed
from briefing.storage.index import index_pack as module
from briefing.storage.index import place
from briefing.storage.index.analysed import analyse_indexed
from briefing.storage.index.basis import Basis, basis_of
from briefing.storage.index.index_pack import index_pack, share_index
from briefing.storage.index.indexing import IndexStoppedError, Progress, Watch
from briefing.storage.index.place import IndexBusyError, doubt, index_path, reading, shared_path, state_of, writing
from briefing.storage.pack_folder import analyse_pack, read_pack
from tests.index_content import content_of, findings, kept

BASIS = basis_of((), NameFinder.RULES)
SCENARIO = """\
question = "q"
actor = "Kenya"
actor_terms = ["Kenya*", "he"]
[[role]]
id = "train"
name = "Training"
terms = ["train*"]
[[constraint]]
id = "cost"
name = "Cost"
terms = ["cost*"]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "a.txt").write_text("Mr John Smith of Kenya agreed.\n\nHe will train pilots.\n", encoding="utf-8")
    (folder / "b.md").write_text("# News\n\nSmith spoke in Oslo.\n\n---\n\n", encoding="utf-8")
    return folder


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Says "anew" for each pack that was analysed without an index since."""
    calls: list[str] = []

    def analysed(pack: object) -> object:
        calls.append("anew")
        return find(pack)  # type: ignore[arg-type]

    monkeypatch.setattr(index_analysed, "find", analysed)
    return calls


def pretend(monkeypatch: pytest.MonkeyPatch, *, officer: int = 1000, owner: int = 0, writable: int = 0) -> None:
    """Let the officer, and whoever all open files belong to, be those users, and others have these rights as well."""
    fstat = os.fstat

    def seen(file: int) -> os.stat_result:
        found = fstat(file)
        said = {name: getattr(found, name) for name in dir(found) if name.startswith("st_")}
        return os.stat_result((found.st_mode | writable, *found[1:4], owner, *found[5:10]), said)

    monkeypatch.setattr(os, "fstat", seen)
    monkeypatch.setattr(os, "getuid", lambda: officer)


def indexed(pack: Path) -> Path:
    return index_pack([pack], watch=Watch()).path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_it_lies_in_the_cache_folder_and_is_the_officers_alone(pack: Path, home: Path) -> None:
    os.umask(0o022)
    path = indexed(pack)
    assert path.parent == home / ".cache" / "briefing" / "index"
    assert path.name.startswith("pack-")
    assert {mode(file) for file in path.parent.iterdir()} == {0o600}
    assert {mode(folder) for folder in (path.parent, path.parent.parent)} == {0o700}
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, f"{path.name}.lock"]


def test_it_holds_what_it_was_asked_to(pack: Path) -> None:
    content = content_of(indexed(pack))
    assert [row[0] for row in content["documents"]] == ["a.txt", "b.md"]
    # What only instructs a renderer is no passage.
    assert [(row[0], row[4]) for row in content["passages"]] == [
        ("a.txt", "Mr John Smith of Kenya agreed."),
        ("a.txt", "He will train pilots."),
        ("b.md", "News"),
        ("b.md", "Smith spoke in Oslo."),
    ]
    assert ("PERSON", "John Smith", 2, 2, '["Smith"]') in content["entities"]
    assert ("PERSON", "John Smith", "Smith") in content["forms"]
    assert content["strays"] == [(0,), (0,)]
    assert ("state", "whole") in content["meta"]


def test_a_relative_cache_folder_is_passed_over(monkeypatch: pytest.MonkeyPatch, pack: Path, home: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "somewhere")
    assert kept(pack).is_relative_to(home / ".cache")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("PRAGMA application_id = 7", "foreign"),
        ("PRAGMA user_version = 99", "of another version"),
        ("CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM document; END", "of another make"),
        ("DROP TABLE claim_label", "of another make"),
        ("UPDATE meta SET value = '0.0' WHERE key = 'program'", "made by other rules"),
        ("DELETE FROM meta WHERE key = 'names'", "made by other rules"),
    ],
)
def test_in_doubt_it_is_not_read(pack: Path, statement: str, why: str) -> None:
    path = indexed(pack)
    change(path, statement)
    with closing(sqlite3.connect(path)) as connection:
        assert doubt(connection, BASIS) == why
    with reading([pack], BASIS) as index:
        assert index is None


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA user_version = 99",
        "DROP TABLE claim_label",
        "UPDATE meta SET value = '0.0' WHERE key = 'program'",
        "UPDATE mention SET text = 'other words'",
        "UPDATE mention SET end = start - 1",
        "UPDATE entity SET type = 'GHOST'",
        "DELETE FROM entity",
        "UPDATE reading SET data = x'00'; ",
        "UPDATE wording SET fingerprints = x'00'; ",
        "DELETE FROM wording; ",
        "UPDATE meta SET value = 'reading' WHERE key = 'state'",
    ],
)
def test_whatever_is_wrong_it_is_made_anew_and_right(pack: Path, statement: str, looked: list[str]) -> None:
    path = indexed(pack)
    whole = content_of(path)
    change(path, statement)
    # What is only needed when something changes.
    is_noticed_later = statement.endswith("; ")
    if is_noticed_later:
        (pack / "a.txt").write_text((pack / "a.txt").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    plain = findings(analyse_pack(read_pack([pack])))
    assert findings(analyse_indexed(read_pack([pack]), [pack])) == plain
    assert findings(analyse_indexed(read_pack([pack]), [pack])) == plain
    assert looked == []
    if not is_noticed_later:
        assert {**content_of(path), "files": []} == {**whole, "files": []}


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_was_cut_or_overwritten_is_made_anew(pack: Path, share: float) -> None:
    path = indexed(pack)
    whole = content_of(path)
    data = path.read_bytes()
    at = int(len(data) * share)
    for damaged in (data[:at], data[:at] + b"\xff" * (len(data) - at), data[:100] + b"\0" * (len(data) - 100), b""):
        path.write_bytes(damaged)
        plain = findings(analyse_pack(read_pack([pack])))
        assert findings(analyse_indexed(read_pack([pack]), [pack])) == plain
        index_pack([pack], watch=Watch())
        path.write_bytes(damaged)
        index_pack([pack], watch=Watch())
        assert findings(analyse_indexed(read_pack([pack]), [pack])) == plain
        path.unlink()
        index_pack([pack], watch=Watch())
        assert content_of(path) == whole


def test_whatever_bytes_are_damaged_the_result_is_right(seeds: Path) -> None:
    path = indexed(seeds)
    data = path.read_bytes()
    pack = read_pack([seeds])
    plain = findings(analyse_pack(pack))
    for seed in range(40):
        random = Random(seed)  # noqa: S311
        size = random.randrange(8, 2000)
        # Every other time where the tables are named.
        at = random.randrange(100, (3000 if seed % 2 else len(data)) - size)
        damaged = data[:at] + random.randbytes(size) + data[at + size :]
        path.write_bytes(damaged)
        if seed % 4 > 1:
            indexed(seeds)
        assert findings(analyse_indexed(pack, [seeds])) == plain, seed


def test_a_name_that_is_no_text_is_damage(pack: Path, looked: list[str]) -> None:
    path = indexed(pack)
    data = path.read_bytes()
    # The columns of the table of tables, one after another: its kind, its name, whose it is. A page that was split may
    # have kept what is no longer read.
    assert b"tableclaimclaim" in data
    damaged = data.replace(b"tableclaimclaim", b"table\xff\xfeaimclaim")
    path.write_bytes(damaged)
    with closing(sqlite3.connect(path)) as connection, pytest.raises(UnicodeDecodeError):
        connection.execute("SELECT * FROM meta")
    assert findings(analyse_indexed(read_pack([pack]), [pack])) == findings(analyse_pack(read_pack([pack])))
    assert looked == []
    path.write_bytes(damaged)
    indexed(pack)
    assert len(content_of(path)["documents"]) == 2


@pytest.mark.parametrize("lost", ["mention", "claim"])
def test_what_was_lost_without_a_trace_is_looked_for_again(pack: Path, lost: str) -> None:
    (pack / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
    path = indexed(pack)
    whole = content_of(path)
    assert len(whole["claims"]) == 1
    change(path, f"DELETE FROM {lost} WHERE start = (SELECT max(start) FROM {lost})")  # noqa: S608
    assert findings(analyse_indexed(read_pack([pack]), [pack])) == findings(analyse_pack(read_pack([pack])))
    assert content_of(path)[f"{lost}s"] == whole[f"{lost}s"]


@pytest.mark.parametrize("foreign", ["text", "database"])
def test_a_foreign_file_is_never_overwritten(pack: Path, foreign: str, looked: list[str]) -> None:
    path = kept(pack)
    path.parent.mkdir(parents=True)
    if foreign == "text":
        path.write_text("my notes", encoding="utf-8")
    else:
        change(path, "CREATE TABLE notes(text)")
    data = path.read_bytes()
    with pytest.raises(PackError, match=r"is not kept: .*is no index of ours; take it away"):
        indexed(pack)
    with writing([pack], BASIS) as index:
        assert index.path is None
        assert index.connection.execute("SELECT count(*) FROM document").fetchone() == (0,)
    analysed = analyse_indexed(read_pack([pack]), [pack])
    fault = f"is not kept: {path}: is no index of ours"
    assert analysed.problems == (*read_pack([pack]).problems, Problem("index", fault, "take it away"))
    assert looked == ["anew"]
    assert path.read_bytes() == data


@pytest.mark.parametrize("what", ["file", "folder", "link"])
def test_no_link_is_followed(pack: Path, tmp_path: Path, what: str) -> None:
    path, elsewhere = kept(pack), tmp_path / "elsewhere"
    elsewhere.mkdir()
    path.parent.parent.mkdir(parents=True)
    if what == "folder":
        path.parent.symlink_to(elsewhere)
    else:
        path.parent.mkdir()
        path.symlink_to(elsewhere / "file") if what == "file" else path.mkdir()
    with pytest.raises(PackError, match="is not kept"):
        indexed(pack)
    assert list(elsewhere.iterdir()) == []


def test_where_nothing_can_be_stored_the_pack_is_analysed_all_the_same(
    pack: Path, monkeypatch: pytest.MonkeyPatch, looked: list[str]
) -> None:
    (pack / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(pack / "file"))
    with writing([pack], BASIS) as index:
        assert index.path is None
        (problem,) = index.problems
        assert problem.fault.endswith(".sqlite: File exists")
    # What is no fault of a file in its place is not told each time.
    assert findings(analyse_indexed(read_pack([pack]), [pack])) == findings(analyse_pack(read_pack([pack])))
    assert looked == ["anew"]


def test_without_a_home_it_is_in_memory(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    assert index_path([pack]) is None
    with writing([pack], BASIS) as index:
        assert index.problems[0].fault == "is not kept: there is no home folder"


def test_a_full_disk_is_said_and_what_is_there_stays(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = indexed(pack)
    whole = content_of(path)
    for number in range(40):
        (pack / f"n{number}.txt").write_text(f"Officer number {number} spoke at length. " * 200, encoding="utf-8")
    connected = place._connected

    def small(uri: str, *room: int) -> sqlite3.Connection:
        connection = connected(uri, *room)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 5}")
        return connection

    monkeypatch.setattr(place, "_connected", small)
    with pytest.raises(PackError, match="cannot be written: database or disk is full; make room"):
        indexed(pack)
    monkeypatch.undo()
    assert len(read_pack([pack]).documents) == 42
    for number in range(40):
        (pack / f"n{number}.txt").unlink()
    indexed(pack)
    assert {**content_of(path), "meta": 0} == {**whole, "meta": 0}


def test_a_shared_index_is_read_by_those_who_have_none(
    pack: Path, home: Path, monkeypatch: pytest.MonkeyPatch, looked: list[str]
) -> None:
    shared = share_index([pack], indexed(pack))
    assert shared == shared_path([pack.resolve()])
    assert (mode(shared), mode(shared.parent)) == (0o644, 0o755)
    assert sorted(file.name for file in shared.parent.iterdir()) == ["index.sqlite"]
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "other"))
    pretend(monkeypatch)
    plain = findings(analyse_pack(read_pack([pack])))
    shared.chmod(0o444)
    shared.parent.chmod(0o555)
    try:
        for private in (False, True):
            assert findings(analyse_indexed(read_pack([pack]), [pack], private=private)) == plain
    finally:
        shared.parent.chmod(0o755)
    assert looked == []
    assert not (home / "other").exists()


@pytest.mark.parametrize(
    ("who", "is_believed"),
    [
        ({}, True),
        ({"officer": 0}, False),
        ({"owner": 1000}, False),
        ({"owner": 1001}, False),
        ({"writable": 0o020}, False),
        ({"writable": 0o002}, False),
    ],
)
def test_a_shared_index_is_believed_only_where_root_has_written_it(
    pack: Path, monkeypatch: pytest.MonkeyPatch, who: dict[str, int], is_believed: bool
) -> None:
    path = indexed(pack)
    shared = share_index([pack], path)
    path.unlink()
    pretend(monkeypatch, **who)
    for private in (False, True):
        with reading([pack], BASIS, private=private) as index:
            assert (index is not None and index.path == shared) is is_believed


@pytest.mark.parametrize("name", [".briefing", "index.sqlite"])
@pytest.mark.parametrize("right", [0o020, 0o002])
def test_both_the_shared_index_and_its_folder_are_roots_alone(
    pack: Path, monkeypatch: pytest.MonkeyPatch, name: str, right: int
) -> None:
    shared = share_index([pack], indexed(pack))
    pretend(monkeypatch)
    with reading([pack], BASIS, private=False) as index:
        assert index is not None
    changed = shared if name == shared.name else shared.parent
    changed.chmod(mode(changed) | right)
    with reading([pack], BASIS, private=False) as index:
        assert index is None


@pytest.mark.parametrize("name", [".briefing", "index.sqlite"])
def test_no_link_leads_to_a_shared_index(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shared = share_index([pack], indexed(pack))
    pretend(monkeypatch)
    moved = shared if name == shared.name else shared.parent
    moved.rename(tmp_path / "elsewhere")
    moved.symlink_to(tmp_path / "elsewhere")
    with reading([pack], BASIS, private=False) as index:
        assert index is None


def test_findings_that_a_pack_brings_are_not_believed(
    pack: Path, monkeypatch: pytest.MonkeyPatch, looked: list[str]
) -> None:
    path = indexed(pack)
    shared = share_index([pack], path)
    path.unlink()
    # Such as stand in the words, so that nothing else tells.
    change(shared, "UPDATE entity SET name = 'Mallory' WHERE name = 'John Smith'")
    pretend(monkeypatch, owner=1000)
    for private in (False, True):
        analysed = analyse_indexed(read_pack([pack]), [pack], private=private)
        assert "John Smith" in [entity.name for entity in analysed.entities]
    assert looked == ["anew"]


def test_a_shared_index_of_other_words_is_not_believed(
    pack: Path, monkeypatch: pytest.MonkeyPatch, looked: list[str]
) -> None:
    pretend(monkeypatch)
    path = indexed(pack)
    shared = share_index([pack], path)
    path.unlink()
    change(shared, "UPDATE mention SET start = start + 1, end = end + 1")
    plain = findings(analyse_pack(read_pack([pack])))
    assert findings(analyse_indexed(read_pack([pack]), [pack], private=False)) == plain
    assert looked == ["anew"]
    (pack / "a.txt").write_text("Other words.\n", encoding="utf-8")
    changed = findings(analyse_pack(read_pack([pack])))
    assert findings(analyse_indexed(read_pack([pack]), [pack], private=False)) == changed


def test_loose_files_share_nothing(pack: Path) -> None:
    with pytest.raises(PackError, match="loose files have no place for an index"):
        share_index([pack / "a.txt"], indexed(pack / "a.txt"))


def test_in_the_restricted_mode_nothing_is_written(pack: Path, home: Path, looked: list[str]) -> None:
    analyse_indexed(read_pack([pack]), [pack], private=False)
    assert looked == ["anew"]
    assert list(home.iterdir()) == []


def test_one_makes_it_and_the_other_says_so(pack: Path, looked: list[str]) -> None:
    with writing([pack], BASIS):
        with pytest.raises(IndexBusyError):
            index_pack([pack], watch=Watch(), wait=False)
        analyse_indexed(read_pack([pack]), [pack])
        assert looked == ["anew"]
    analyse_indexed(read_pack([pack]), [pack])
    assert looked == ["anew"]


def test_it_is_read_while_another_makes_it(pack: Path) -> None:
    index_pack([pack], watch=Watch())
    (pack / "c.txt").write_text("Mr Tom Brown of Ghana spoke.\n", encoding="utf-8")
    seen = []

    def look(progress: Progress) -> None:
        with reading([pack], BASIS) as index:
            assert index is not None
            seen.append(
                (state_of(index.connection), *index.connection.execute("SELECT count(*) FROM document").fetchone())
            )

    index_pack([pack], watch=Watch(told=look, commit_after=0))
    assert ("reading", 3) in seen
    assert seen[-1] == ("whole", 3)


def test_what_was_done_before_it_was_stopped_is_not_done_again(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        (pack / f"n{number}.txt").write_text(f"Officer {number} spoke to Mr Smith.\n", encoding="utf-8")
        os.utime(pack / f"n{number}.txt", (1_000_000_000, 1_000_000_000))
    stopped = Event()
    watch = Watch(told=lambda progress: stopped.set(), stopped=stopped)
    with pytest.raises(IndexStoppedError):
        index_pack([pack], watch=watch)
    with closing(sqlite3.connect(kept(pack))) as connection:
        (done,) = connection.execute("SELECT count(*) FROM document").fetchone()
    assert 1 <= done < 7
    assert index_pack([pack], watch=Watch()).summary.read == 7 - done


def test_paused_it_waits_until_it_may_go_on(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paused, stopped = Event(), Event()
    paused.set()
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        if len(waits) == 3:
            paused.clear()
        return False

    monkeypatch.setattr(stopped, "wait", wait)
    summary = index_pack([pack], watch=Watch(paused=paused, stopped=stopped)).summary
    assert len(waits) == 3
    assert summary.is_whole


def test_progress_goes_from_nothing_to_all(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Progress] = []
    clock = iter(range(0, 10_000, 1))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    index_pack([pack], watch=Watch(told=told.append))
    assert list(dict.fromkeys(one.stage for one in told)) == [
        "reading",
        "linking names",
        "finding evidence",
        "comparing",
    ]
    reading_told = [one for one in told if one.stage == "reading"]
    assert [(one.done, one.total) for one in reading_told] == [(0, 2), (1, 2), (2, 2)]
    assert reading_told[-1].words == 17
    assert 0 < reading_told[-1].rate < 1
    assert reading_told[-1].left is not None
    shares = [one.share for one in told]
    assert shares == sorted(shares)


def test_an_index_that_nobody_has_used_for_long_is_thrown_away(pack: Path, tmp_path: Path) -> None:
    path = indexed(pack)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    keeps = path.with_name("notes.txt")
    keeps.write_text("", encoding="utf-8")
    os.utime(keeps, (1_000_000_000, 1_000_000_000))
    other = Path(shutil.copytree(pack, tmp_path / "other"))
    indexed(other)
    assert not path.exists()
    assert keeps.exists()
    assert kept(other).exists()


def test_a_large_pack_is_not_searched_for_conflicts_and_says_so(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "The ministry will train 40 pilots.\n\nThe ministry will train 50 pilots.\n"
    (pack / "c.txt").write_text(told, encoding="utf-8")
    monkeypatch.setattr("briefing.analysis.conflicts.MOST_DOCUMENTS", 2)
    read = read_pack([pack])
    assert [problem for problem in analyse_pack(read).problems if "conflicts are not looked for" in problem.fault]
    assert findings(analyse_indexed(read, [pack])) == findings(analyse_pack(read))
    assert with_findings(read, find(read)).conflicts == ()


def test_the_rules_of_another_checkout_are_other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len({basis_of((), NameFinder.RULES), basis_of((), NameFinder.SPACY), BASIS}) == 2
    assert Basis("1", "2").rows() == {"program": "1", "names": "2"}
    assert module.__name__.endswith("index_pack")
