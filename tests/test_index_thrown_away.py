"""The index of a large pack goes away, or another comes in its place, while the pack is open: nothing is lost by it."""

from __future__ import annotations

import gc
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from briefing.analysis.query import parse_query
from briefing.model import Pack
from briefing.rendering.taken_in import taken_in_words
from briefing.rendering.theme import Theme
from briefing.storage.index.index_pack import index_pack
from briefing.storage.index.indexing import Watch
from briefing.storage.index.memory import passage_index
from briefing.storage.index.stored import StoredMentions
from briefing.storage.watching import WatchedPack
from tests.index_content import kept
from tests.large_desk import large_desk, sixty_documents
from tests.large_folder import LargeFolder
from tests.line import BRIEFING
from tests.open_folder import SCENARIO
from tests.test_stored_findings import CORRECTIONS, found_by, same_again
from tests.test_tui import desk, press
from tests.watched_line import WatchedLine
from tests.weighing_desk import notice

GONE = "the index of the pack is gone: look for it again when it is made anew"
MADE = "taken in: the index, which was gone and is made again"


@pytest.fixture
def folder(tmp_path: Path) -> LargeFolder:
    """A large pack, indexed."""
    folder = LargeFolder(tmp_path / "pack").fill()
    folder.stored()
    return folder


def opened(folder: LargeFolder) -> tuple[WatchedPack, Pack]:
    """What watches the pack, and the pack as its index has it."""
    watched = folder.watched()
    pack = folder.analysed(watched.open(folder.reader))
    assert isinstance(pack.found, StoredMentions)
    return watched, pack


def made_anew(folder: LargeFolder) -> Path:
    """Throw the index of the pack away and have another made in its place; where it lies."""
    path = kept(folder.folder)
    path.unlink()
    index_pack([folder.folder], watch=Watch())
    return path


def taken(watched: WatchedPack, pack: Pack) -> Pack:
    """What one look gives to go on with."""
    offer = watched.look(pack)
    assert offer is not None
    assert offer.after is not None
    watched.accept()
    return offer.after


def searched(pack: Pack, text: str) -> list[str]:
    """Ids of the documents in which `text` is found."""
    with closing(passage_index(pack)) as index:
        return [passage.document for passage in found_by(index, text)]


@contextmanager
def written_to(path: Path) -> Iterator[None]:
    """Somebody is about to commit to the index at `path`: what it held before is on the disk beside it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE mention SET text = text || '!'")
        connection.execute("UPDATE passage_place SET counts = 1 - counts")
        assert path.with_name(f"{path.name}-journal").read_bytes()[:1] == b"\xd9"
        yield
        connection.execute("ROLLBACK")


# ---------------------------------------------------------------------- thrown away


def test_it_is_made_again_and_searched(folder: LargeFolder) -> None:
    watched, before = opened(folder)
    wanted = searched(before, "entity:taran")
    assert wanted
    kept(folder.folder).unlink()
    with pytest.raises(sqlite3.Error, match="unable to open"):
        passage_index(before)
    after = taken(watched, before)
    assert kept(folder.folder).exists()
    assert searched(after, "entity:taran") == wanted
    same_again(after, folder.opened_anew())
    assert taken_in_words(before, after) == MADE
    assert watched.look(after) is None


def test_the_whole_folder_of_the_cache_can_go(folder: LargeFolder) -> None:
    watched, before = opened(folder)
    shutil.rmtree(kept(folder.folder).parent)
    same_again(taken(watched, before), folder.opened_anew())
    assert kept(folder.folder).exists()


def test_where_it_cannot_be_made_again_the_pack_does_without(folder: LargeFolder) -> None:
    watched, before = opened(folder)
    caches = kept(folder.folder).parent
    shutil.rmtree(caches)
    caches.touch()
    after = taken(watched, before)
    assert not isinstance(after.found, StoredMentions)
    plain = folder.opened_anew()
    assert list(after.mentions) == list(plain.mentions)
    assert list(after.claims) == list(plain.claims)
    assert taken_in_words(before, after).startswith("taken in: 1 fault: ")
    assert watched.look(after) is None


def test_a_file_that_changed_meanwhile_is_taken_in_with_it(folder: LargeFolder) -> None:
    watched, before = opened(folder)
    kept(folder.folder).unlink()
    folder.put("07.txt", "Changed\n\nMinister Ola Holm met the pilots.\n")
    after = taken(watched, taken(watched, before))
    assert taken_in_words(before, after) == "taken in: 1 changed: 07.txt"
    assert searched(after, "entity:holm") == ["07.txt"]


# ---------------------------------------------------------------------- another in its place


def test_two_indexes_are_never_mixed(folder: LargeFolder) -> None:
    watched, before = opened(folder)
    plain = folder.opened_anew()
    # Its documents and entities have other numbers.
    kept(folder.folder).unlink()
    folder.put("00000.txt", "Newer and first.\n\nLars Berg of Norway came to Oslo with Ann Taran.\n")
    index_pack([folder.folder], watch=Watch())
    same_again(before, plain)
    with pytest.raises(sqlite3.Error, match="was thrown away"):
        passage_index(before)
    after = taken(watched, taken(watched, before))
    same_again(after, folder.opened_anew())
    assert "00000.txt" in searched(after, "entity:berg")


def test_one_that_is_half_made_is_made_whole(folder: LargeFolder) -> None:
    watched, before = opened(folder)
    path = made_anew(folder)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'reading' WHERE key = 'state'")
        connection.execute("DELETE FROM passage")
        connection.execute("UPDATE document SET source = '', found = ''")
    with pytest.raises(sqlite3.Error, match="was thrown away"):
        passage_index(before)
    assert "01.txt" in searched(taken(watched, before), "tugs")


def test_what_was_thrown_away_is_read_on_while_another_is_written(folder: LargeFolder) -> None:
    watched, before = opened(folder)
    plain = folder.opened_anew()
    path = made_anew(folder)
    taken(watched, before)
    with written_to(path):
        same_again(before, plain)


def test_that_of_another_version_is_left_to_it(folder: LargeFolder) -> None:
    watched, before = opened(folder)
    plain = folder.opened_anew()
    path = made_anew(folder)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("UPDATE mention SET start = start + 1")
    others = path.read_bytes()
    assert watched.look(before) is None
    with written_to(path):
        assert watched.look(before) is None
        same_again(before, plain)
    with pytest.raises(sqlite3.Error, match="was thrown away"):
        passage_index(before)
    assert path.read_bytes() == others


def test_one_that_a_killed_program_left_half_written_is_put_right(folder: LargeFolder) -> None:
    watched, before = opened(folder)
    path = kept(folder.folder)
    journal = path.with_name(f"{path.name}-journal")
    with written_to(path):
        left = path.read_bytes(), journal.read_bytes()
    for file, data in zip((path, journal), left, strict=True):
        with file.open("r+b" if file.exists() else "wb") as written:
            written.write(data)
    after = taken(watched, before)
    assert not journal.exists()
    same_again(after, folder.opened_anew())
    same_again(before, folder.opened_anew())


# ---------------------------------------------------------------------- given back


def still_open(path: Path) -> int:
    """How many descriptors of this process are of the file at `path`."""
    found = 0
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # that of the folder which is listed
            found += descriptor.readlink() == path
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this host does not tell which files are open")
@pytest.mark.parametrize("said", ["none", "relabel", "all"])
def test_what_is_not_shown_any_more_is_closed_though_no_garbage_is_looked_for(folder: LargeFolder, said: str) -> None:
    path = kept(folder.folder)
    folder.decide(*CORRECTIONS[said])
    gc.collect()
    before = still_open(path)
    gc.disable()
    try:
        for _ in range(3):
            pack = folder.opened_from_index()
            index = passage_index(pack)
            assert list(index.all(index.find(parse_query(r"role:tugs ~\btugs"))))
            assert (len(list(pack.claims)), pack.matrix is not None) == (len(pack.claims), True)
            assert still_open(path) == before + 2
            del index, pack
        assert still_open(path) == before
    finally:
        gc.enable()


# ---------------------------------------------------------------------- the desk


@pytest.mark.parametrize("corrected", [False, True])
async def test_a_search_on_the_desk_says_that_it_is_gone_and_goes_on_when_it_is_made(
    tmp_path: Path, themes: list[Theme], corrected: bool
) -> None:
    folder = sixty_documents(tmp_path)
    async with large_desk(folder, themes) as (pilot, watched):
        if corrected:
            await press(pilot, "e t a r a n enter d")
        kept(folder.folder).unlink()
        await press(pilot, "backslash t u g s")
        await pilot.app.workers.wait_for_complete()
        assert notice(pilot) == GONE
        await press(pilot, "escape")
        desk(pilot).look_for_changes(watched)
        await pilot.pause()
        assert notice(pilot) == MADE
        await press(pilot, "backslash t u g s")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert notice(pilot) == "59 passages in 46 documents"


def test_a_session_outlives_its_index(folder: LargeFolder) -> None:
    with WatchedLine((*BRIEFING, str(folder.folder)), size=(120, 30), BRIEFING_FIRST_SCREEN="0") as line:
        line.see("Ann Taran        32  21d")
        shutil.rmtree(kept(folder.folder).parent)
        line.see(MADE)
        line.press(b"\\tugs")
        line.see("30 passages in 23 documents")
        line.press(b"\rq")
        assert line.status() == 0
    assert kept(folder.folder).exists()


def test_nothing_is_looked_for_in_claims_that_were_found_for_another_scenario(folder: LargeFolder) -> None:
    _, pack = opened(folder)
    other = folder.folder.parent / "other.toml"
    other.write_text(SCENARIO.replace("tug*", "council"), encoding="utf-8")
    with closing(passage_index(pack)) as index:
        assert found_by(index, "tugs")
        assert index_pack([folder.folder], other, watch=Watch()).summary.is_whole
        with pytest.raises(sqlite3.DatabaseError, match="another scenario"):
            found_by(index, "tugs")
        assert index_pack([folder.folder], watch=Watch()).summary.is_whole
        assert found_by(index, "tugs")


def test_one_that_is_being_written_is_not_lost(folder: LargeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.storage.index.place._WAITS", 0.0)
    _, pack = opened(folder)
    assert isinstance(pack.found, StoredMentions)
    findings = pack.found.findings
    with closing(sqlite3.connect(kept(folder.folder), isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert not findings.is_lost()
        connection.execute("ROLLBACK")
    assert not findings.is_lost()
