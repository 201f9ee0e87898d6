"""The first screen as it is drawn before the framework is there: the same cells as the framework draws."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from rich.color import ColorSystem

from briefing.first_screen import TAKEN
from briefing.host import decide, observe
from briefing.model import Pack, Strike
from briefing.rendering.theme import Theme, read_theme
from briefing.storage.bundled import bundled_folder, theme_names
from briefing.storage.journal import Journal
from briefing.storage.pack_folder import read_pack
from briefing.storage.session import Session, SessionFile
from briefing.tui.app import BriefingApp
from briefing.tui.opening_frame import Opened, is_drawn, opening_frame, show_opening_frame
from briefing.tui.terminal.cells import Row
from tests.drawn_app import drawn
from tests.line import BRIEFING, Line

_CORNERS = "╮┐╗"
SIZES = [(80, 24), (64, 16), (99, 30), (120, 40), (140, 40), (160, 20), (220, 60)]
THEMES = [read_theme(name, (Path(bundled_folder("themes")) / f"{name}.toml").read_text()) for name in theme_names()]


WITHOUT_FRAMEWORK = """
import sys
from briefing.__main__ import run
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name == "textual":
            print("framework wanted")
            raise SystemExit(3)
sys.meta_path.insert(0, Missing())
run()
"""
"""Ends where the framework would be loaded."""


RESIZED = """
import os, signal
from briefing import first_screen
woken, wakes = os.pipe()
os.set_blocking(wakes, False)
signal.set_wakeup_fd(wakes)
first_screen.show(b"drawn", [["drawn"]], (80, 24))
forget = signal.getsignal(signal.SIGWINCH)
signal.signal(signal.SIGWINCH, lambda *_: (forget(0, None), print("cut", flush=True)))
print("listening", flush=True)
os.read(woken, 1), os.read(woken, 1)
print(first_screen.take_over().cells)
"""
"""Draws, waits until it was resized twice, and says what is known of the cells."""


class KeptSession(SessionFile):
    """One that is there."""

    def __init__(self, session: Session) -> None:
        super().__init__([bundled_folder("seeds")])
        self._session = session

    def read(self) -> Session:
        return self._session


async def framework_frame(opened: Opened, look: Theme, size: tuple[int, int]) -> list[Row]:
    """What the framework draws while nothing is found yet."""
    found = Event()

    def find() -> Pack:
        found.wait()
        return opened.pack

    session = KeptSession(opened.session) if opened.session else None
    app = BriefingApp(opened.pack, THEMES, look.name, find, opened.journal, session)
    async with drawn(app, *size):
        cells = app.cells_wanted()
        found.set()
    assert cells is not None
    return cells


def same(mine: list[Row], others: list[Row]) -> None:
    """Fail unless all cells are the same but those of scrollbars, which are left blank."""
    walls = {place for place, (sign, _) in enumerate(others[1]) if sign in _CORNERS}
    for row, other_row in zip(mine, others, strict=True):
        for place, (one, other) in enumerate(zip(row, other_row, strict=True)):
            assert one == other or (place + 1 in walls and one[0] == " "), (place, text(row), text(other_row))


def text(row: Row) -> str:
    return "".join(sign for sign, _ in row)


def opened_pack() -> Pack:
    return read_pack([bundled_folder("seeds")])


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("look", THEMES, ids=lambda look: look.name)
async def test_it_is_what_the_framework_draws(look: Theme, size: tuple[int, int]) -> None:
    pack = opened_pack()
    cells = opening_frame(Opened(pack), look, size, ColorSystem.EIGHT_BIT)
    same(cells, await framework_frame(Opened(pack), look, size))


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=str)
@pytest.mark.parametrize("look", THEMES, ids=lambda look: look.name)
async def test_so_it_is_without_colours(look: Theme, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    pack = opened_pack()
    cells = opening_frame(Opened(pack), look, size, None)
    same(cells, await framework_frame(Opened(pack), look, size))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (220, 60)], ids=str)
async def test_it_goes_on_where_the_officer_was(size: tuple[int, int]) -> None:
    pack = opened_pack()
    _, second, third = (document.id for document in pack.documents)
    session = Session(view="documents", document=third, first=second, offsets=((third, 2000), (second, 10**9)))
    cells = opening_frame(Opened(pack, session), THEMES[0], size, ColorSystem.EIGHT_BIT)
    same(cells, await framework_frame(Opened(pack, session), THEMES[0], size))
    assert opening_frame(Opened(pack), THEMES[0], size, ColorSystem.EIGHT_BIT) != cells


async def test_it_knows_what_was_decided(tmp_path: Path) -> None:
    journal = Journal([tmp_path])
    pack = opened_pack()
    event = journal.append(Strike(document=pack.documents[0].id))
    opened = Opened(replace(pack, events=(event,)), None, journal)
    cells = opening_frame(opened, THEMES[0], (160, 40), ColorSystem.EIGHT_BIT)
    same(cells, await framework_frame(opened, THEMES[0], (160, 40)))
    assert "STRUCK" in text(cells[1])
    assert "u undo" in text(cells[-1])


@pytest.mark.parametrize(
    "session",
    [Session(view="timeline"), Session(view="documents", zoomed="documents"), Session("documents", words=(0, "Jap"))],
)
def test_what_is_not_documents_side_by_side_is_left_to_the_framework(session: Session) -> None:
    assert not is_drawn(session, (80, 24))


@pytest.mark.parametrize("size", [(63, 24), (80, 15), (1, 1)])
def test_so_is_a_screen_with_little_room(size: tuple[int, int]) -> None:
    assert not is_drawn(None, size)
    assert is_drawn(None, (64, 16))
    assert is_drawn(Session(view="documents"), (64, 16))


def test_what_cannot_be_drawn_is_left_to_the_framework(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[bytes] = []
    monkeypatch.setattr("briefing.tui.opening_frame.show", lambda frame, cells, size: shown.append(frame))
    decisions = decide(observe({"TERM": "xterm"}, None))
    show_opening_frame(Opened(opened_pack()), THEMES[0], decisions, (80, 24))
    assert len(shown) == 1
    show_opening_frame(Opened(replace(opened_pack(), documents=())), THEMES[0], decisions, (80, 24))
    assert len(shown) == 1


async def test_long_titles_wide_characters_and_faults_are_where_the_framework_has_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        f"# {'日本語の題' * 12}\n\nÀ bientôt — 漢字とかな, e\u0301te\u0301.\n", encoding="utf-8"
    )
    (tmp_path / "b.md").write_text("", encoding="utf-8")
    (tmp_path / "c.md").write_bytes(b"---\ndate: nonsense\n---\n\x1b[31mred\x1b]0;title\x07 \xff\n")
    (tmp_path / "briefing.toml").write_text('title = "A very long title of a pack, too long for its row"\n')
    pack = read_pack([tmp_path])
    for size in SIZES:
        cells = opening_frame(Opened(pack), THEMES[1], size, ColorSystem.EIGHT_BIT)
        same(cells, await framework_frame(Opened(pack), THEMES[1], size))


# ---------------------------------------------------------------- on a terminal


def test_it_is_there_before_the_framework_is_loaded(home: Path) -> None:
    with Line((sys.executable, "-c", WITHOUT_FRAMEWORK, str(bundled_folder("seeds")))) as line:
        line.wait_for(b"Training", b"quit", b"framework wanted")
        assert line.status() == 3
        assert line.left_on() == set()
        assert line.attributes() == line.before


def test_what_comes_after_it_is_little(home: Path) -> None:
    with Line((*BRIEFING, str(bundled_folder("seeds")))) as line:
        line.wait_for(TAKEN.encode(), b"Training", b"quit")
        drawn = len(line.raw)
        line.wait_for(b"PEOPLE")
        first = line.raw[drawn:].partition(b"PEOPLE")[0]
        assert b"UNCLASSIFIED" not in first
        line.press(b"q")
        assert line.status() == 0
        assert line.left_on() == set()
        assert line.raw.count(TAKEN.encode()) == 1


def test_a_key_typed_at_it_is_heard(home: Path) -> None:
    with Line((*BRIEFING, str(bundled_folder("seeds")))) as line:
        line.wait_for(b"Training", b"quit")
        line.press(b"q")
        assert line.status() == 0
        assert line.left_on() == set()
        assert line.attributes() == line.before


def test_a_terminal_that_was_resized_is_drawn_whole(home: Path) -> None:
    with Line((sys.executable, "-c", RESIZED)) as line:
        line.wait_for(b"listening")
        line.resize(60, 24)
        line.wait_for(b"cut")
        line.resize(80, 24)
        line.wait_for(b"b''")
        assert line.status() == 0


def test_a_pack_that_cannot_be_read_is_said_plainly(home: Path, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text("title = ", encoding="utf-8")
    with Line((*BRIEFING, str(tmp_path))) as line:
        line.wait_for(b"briefing.toml")
        assert line.status() == 3
        assert TAKEN.encode() not in line.raw
