"""The indexer is killed a hundred times in the middle of its work: what is there is right, and is gone on from."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from briefing.storage.index import basis
from briefing.storage.index.analysed import analyse_indexed
from briefing.storage.index.index_pack import index_pack
from briefing.storage.index.indexing import Watch
from briefing.storage.pack_folder import analyse_pack, read_pack
from tests.effort import chance, tries
from tests.index_content import content_of, findings, kept
from tests.test_index_same import SCENARIO, SENTENCES

pytestmark = pytest.mark.hard

TIMES = 100
DOCUMENTS = 150
OLD = 1_000_000_000
COMMITTING = """
import sys
from pathlib import Path
from briefing.storage.index import basis
from briefing.storage.index.index_pack import index_pack
from briefing.storage.index.indexing import Watch
basis._program = lambda: "the same"
index_pack([Path(sys.argv[1])], watch=Watch(commit_after=0.02), workers=int(sys.argv[2]))
"""
"""The indexer, committing so often that it is killed while it does."""


@pytest.fixture(autouse=True)
def same_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever works on the rules meanwhile does not make the index anew."""
    monkeypatch.setattr(basis, "_program", lambda: "the same")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
    dice = chance("index")
    for number in range(DOCUMENTS):
        path = folder / f"{number:03}.txt"
        words = dice.sample(SENTENCES[1:], 6)
        path.write_text("\n\n".join((*words, f"Officer {number} spoke.")) + "\n", encoding="utf-8")
        os.utime(path, (OLD, OLD))
    return folder


def start(pack: Path, workers: int) -> subprocess.Popen[bytes]:
    command = (sys.executable, "-c", COMMITTING, str(pack), str(workers))
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def done(path: Path) -> int:
    """Documents in the index, every one of them whole."""
    if not path.exists() or not path.stat().st_size:
        return 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return 0
        torn = "SELECT count(*) FROM document WHERE source NOT IN (SELECT digest FROM reading)"
        assert connection.execute(torn).fetchone() == (0,)
        bare = "SELECT count(*) FROM document WHERE number NOT IN (SELECT document FROM passage_place)"
        assert connection.execute(bare).fetchone() == (0,)
        (count,) = connection.execute("SELECT count(*) FROM document").fetchone()
        return int(count)


def test_killed_it_is_gone_on_from_and_right(pack: Path, tell: Callable[[str], None]) -> None:
    began = time.monotonic()
    index_pack([pack], watch=Watch())
    seconds = time.monotonic() - began
    path = kept(pack)
    whole, plain = content_of(path), findings(analyse_pack(read_pack([pack])))
    path.unlink()
    killed = resumed = 0
    for number in range(tries(TIMES)):
        before = done(path)
        indexing = start(pack, 1 + number % 3)
        try:
            # As long as it takes to begin, and then any part of the work.
            indexing.wait(chance("kill", number).uniform(0.1, 0.6 + seconds * 0.6))
        except subprocess.TimeoutExpired:
            indexing.send_signal(signal.SIGKILL)
            killed += 1
        indexing.wait()
        after = done(path)
        assert after >= before
        resumed += before > 0
        if number % 10 == 9:
            # Whoever opens the pack sees what is right, whatever the indexer left.
            assert findings(analyse_indexed(read_pack([pack]), [pack])) == plain
        if number % 10 == 9 or after == DOCUMENTS:
            index_pack([pack], watch=Watch())
            assert content_of(path) == whole
            path.unlink()
    tell(
        f"index: killed {killed} times at any moment, gone on from {resumed} times; never torn, and the same in the end"
    )
    assert killed >= tries(TIMES) * 0.5


def test_two_at_once_do_the_work_of_one(pack: Path) -> None:
    index_pack([pack], watch=Watch())
    path = kept(pack)
    whole = content_of(path)
    for _ in range(tries(10)):
        path.unlink()
        both = [start(pack, 1), start(pack, 2)]
        assert [one.wait() for one in both] == [0, 0]
        assert content_of(path) == whole
