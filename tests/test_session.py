"""The session file: what was on the screen is found again, whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.storage.session import LARGEST, Session, SessionFile

TEXTS = st.text(max_size=20)
SESSIONS = st.builds(
    Session,
    view=TEXTS,
    line=st.integers(0, 10_000),
    offsets=st.lists(st.tuples(TEXTS, st.integers(0, 10_000)), max_size=3).map(tuple),
    words=st.tuples(st.integers(0, 10_000), TEXTS),
    entity=st.tuples(TEXTS, TEXTS),
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


def test_an_endless_draft_is_not_kept(state: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File too large"):
        SessionFile([tmp_path]).keep(Session(drafts=(("a", "x" * LARGEST),)))
    assert not state.exists()


def test_the_same_session_is_not_written_twice(state: Path, tmp_path: Path) -> None:
    kept = SessionFile([tmp_path])
    kept.keep(Session(view="scenario"))
    the_file(state).unlink()
    kept.keep(Session(view="scenario"))
    assert not list((state / "briefing" / "session").iterdir())
