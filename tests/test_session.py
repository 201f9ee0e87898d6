"""The session file: what was on the screen is found again, whole or not at all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.storage.session import LARGEST, Session, SessionFile
from tests.slow_disk import SlowDisk

TEXTS = st.text(max_size=20)
SESSIONS = st.builds(
    Session,
    view=TEXTS,
    line=st.integers(0, 10_000),
    offsets=st.lists(st.tuples(TEXTS, st.integers(0, 10_000)), max_size=3).map(tuple),
    words=st.tuples(st.integers(0, 10_000), TEXTS),
    entity=st.tuples(TEXTS, TEXTS),
    order=TEXTS,
    only=TEXTS,
    ranking=st.booleans(),
    relaxed=st.lists(TEXTS, max_size=3).map(tuple),
    drafts=st.lists(st.tuples(TEXTS, TEXTS), max_size=3).map(tuple),
)


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The officer's state folder, which does not exist yet."""
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


def the_file(state: Path) -> Path:
    (found,) = (state / "briefing" / "session").iterdir()
    return found


def test_a_session_is_found_again(state: Path, tmp_path: Path) -> None:
    session = Session(view="scenario", role="training", drafts=(("a note", "half-writ"),), words=(12, "the words"))
    SessionFile([tmp_path]).keep(session)
    assert SessionFile([tmp_path]).read() == session


@given(session=SESSIONS)
def test_every_session_is_found_again(session: Session, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder))
        SessionFile([folder]).keep(session)
        assert SessionFile([folder]).read() == session


def test_each_pack_has_its_own(state: Path, tmp_path: Path) -> None:
    SessionFile([tmp_path / "a"]).keep(Session(view="scenario"))
    assert SessionFile([tmp_path / "b"]).read() is None


def test_it_is_the_officers_alone_whatever_the_umask(state: Path, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        SessionFile([tmp_path]).keep(Session(view="scenario"))
    finally:
        os.umask(before)
    for path in (state, *state.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        '"scenario"',
        "[" * 5_000,
        '{"view": 3}',
        '{"line": true}',
        '{"line": "3"}',
        '{"words": [1]}',
        '{"words": ["1", "x"]}',
        '{"relaxed": "cost"}',
        '{"drafts": [["a"]]}',
        '{"offsets": [["a", 1.5]]}',
    ],
)
def test_what_is_no_session_is_passed_over(state: Path, tmp_path: Path, text: str) -> None:
    SessionFile([tmp_path]).keep(Session(view="scenario"))
    the_file(state).write_text(text)
    assert SessionFile([tmp_path]).read() is None


def test_what_a_later_version_wrote_besides_is_passed_over(state: Path, tmp_path: Path) -> None:
    SessionFile([tmp_path]).keep(Session(view="scenario"))
    the_file(state).write_text(json.dumps({"view": "timeline", "colour": "blue"}))
    assert SessionFile([tmp_path]).read() == Session(view="timeline")


def test_a_full_disk_leaves_the_session_before(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = SessionFile([tmp_path])
    kept.keep(Session(view="scenario"))
    monkeypatch.setattr(os, "write", lambda file, data: len(data) // 2)
    with pytest.raises(OSError, match="only a part"):
        kept.keep(Session(view="timeline"))
    monkeypatch.undo()
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    assert SessionFile([tmp_path]).read() == Session(view="scenario")
    assert the_file(state).is_file()


def test_a_link_in_its_place_is_not_followed(state: Path, tmp_path: Path) -> None:
    SessionFile([tmp_path]).keep(Session(view="scenario"))
    target = tmp_path / "elsewhere"
    target.write_text('{"view": "timeline"}')
    the_file(state).unlink()
    (state / "briefing" / "session" / "x").write_text("")
    name = SessionFile([tmp_path])
    name.keep(Session(view="conflicts"))
    path = next(one for one in (state / "briefing" / "session").iterdir() if one.suffix == ".json")
    path.unlink()
    path.symlink_to(target)
    assert SessionFile([tmp_path]).read() is None
    SessionFile([tmp_path]).keep(Session(view="scenario"))
    assert target.read_text() == '{"view": "timeline"}'


@pytest.mark.parametrize(
    ("endless", "rest"),
    [
        (Session(view="scenario", filter="x" * LARGEST), Session(view="scenario")),
        (Session(view="scenario", drafts=(("a", "x" * LARGEST),)), Session(view="scenario")),
        (
            Session(view="scenario", drafts=(("a", "y"), ("b", "x" * LARGEST), ("c", "z")), query="q"),
            Session(view="scenario", drafts=(("a", "y"), ("c", "z")), query="q"),
        ),
        (Session(view="scenario", filter="\u6f22" * LARGEST, query="x" * LARGEST), Session(view="scenario")),
    ],
    ids=["filter", "draft", "drafts", "both"],
)
def test_a_part_that_is_too_long_is_left_out_and_told_and_the_rest_is_kept(
    state: Path, tmp_path: Path, endless: Session, rest: Session
) -> None:
    kept = SessionFile([tmp_path])
    with pytest.raises(OSError, match="a part of it is too long"):
        kept.keep(endless)
    assert SessionFile([tmp_path]).read() == rest
    kept.keep(Session(view="timeline"))
    assert SessionFile([tmp_path]).read() == Session(view="timeline")


def test_what_is_slow_to_be_written_does_not_undo_what_was_kept_meanwhile(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_disk = SlowDisk(monkeypatch)
    kept = SessionFile([tmp_path])
    worker = Thread(target=kept.keep, args=(Session(view="older"),))
    with slow_disk:
        worker.start()
        assert slow_disk.reached.wait(10)
        kept.keep(Session(view="newer"))
    worker.join()
    assert SessionFile([tmp_path]).read() == Session(view="newer")
    assert the_file(state).suffix == ".json"


def test_the_order_is_that_of_the_sessions_not_that_of_the_threads(state: Path, tmp_path: Path) -> None:
    kept = SessionFile([tmp_path])
    older, newer = kept.keeping(Session(view="older")), kept.keeping(Session(view="newer"))
    newer()
    older()
    assert SessionFile([tmp_path]).read() == Session(view="newer")


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_what_was_kept_before_is_kept_again_when_something_else_is_being_written(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    slow_disk = SlowDisk(monkeypatch, call)
    kept = SessionFile([tmp_path])
    kept.keep(Session(view="here"))
    worker = Thread(target=kept.keep, args=(Session(view="there"),))
    with slow_disk:
        worker.start()
        assert slow_disk.reached.wait(10)
        kept.keep(Session(view="here"))
    worker.join()
    assert SessionFile([tmp_path]).read() == Session(view="here")


KILLED = """
import os, signal, sys
from pathlib import Path
from briefing.storage.session import Session, SessionFile
os.fsync = lambda file: os.fstat(file).st_size and os.kill(os.getpid(), signal.SIGKILL)
os.makedirs(os.environ["XDG_STATE_HOME"] + "/briefing/session")
SessionFile([Path(sys.argv[1])]).keep(Session(drafts=(("a", "half a note"),)))
"""


@pytest.mark.parametrize("fresh", [False, True])
def test_what_a_killed_session_has_left_half_written_is_removed_at_the_next_start(
    state: Path, tmp_path: Path, fresh: bool
) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path / "a"], check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL
    left = the_file(state)
    assert b"half a note" in left.read_bytes()
    others = [left.parent / name for name in (f".x.json.{os.getppid()}.1", "x.1.2", ".x", ".x.json.one.2", "x.json")]
    for path in others:
        path.write_text("{}")
    assert SessionFile([tmp_path / "b"], fresh=fresh).read() is None
    assert sorted(left.parent.iterdir()) == sorted(others)


def test_the_same_session_is_not_written_twice(state: Path, tmp_path: Path) -> None:
    kept = SessionFile([tmp_path])
    kept.keep(Session(view="scenario"))
    the_file(state).unlink()
    kept.keep(Session(view="scenario"))
    assert not list((state / "briefing" / "session").iterdir())
