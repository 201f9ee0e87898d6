"""The first screen, painted before the program is there: when, what, and how the program goes on from it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from briefing import first_screen
from briefing.storage.behind_screen import files_behind_screen
from tests.line import BRIEFING, PATIENCE, Line

ASKED = b"\x1b[?2026$p"
KEEP = """
import os, sys
from briefing import first_screen
first_screen.paint(sys.argv[2:])
path = first_screen.kept_file(tuple(os.get_terminal_size(1)))
files = [os.fsencode(path) for path in sys.argv[1].split(":")]
kept = first_screen.as_kept(b"\\x1b[m\\x1b[rkept", b"[]", [(path, first_screen.stamp(path)) for path in files])
if path:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    os.close(os.open(path, os.O_CREAT, 0o600))
    open(path, "wb").write(kept)
print("done")
"""
"""Keeps a small screen that rests on the files named first, for a start with the other arguments."""
PAINT = """
import sys
from briefing import first_screen
first_screen.paint(sys.argv[1:])
first_screen.give_back()
print("done")
"""
PAINT_AND_WAIT = """
import signal, sys
from briefing import first_screen
first_screen.paint(sys.argv[1:])
while True:
    signal.pause()
"""
PAINT_AND_WRITE_SHORT = """
import os, sys
from briefing import first_screen
first_screen.paint(sys.argv[1:])
os.read(0, 1)
write = os.write
def write_short(file, data):
    os.write = write
    return write(file, data[:3])
os.write = write_short
first_screen.give_back()
print("done")
"""
"""Of what gives the terminal back the line at first takes three bytes, once a key is pressed."""
SHELL = """
import os, signal, sys, termios
from briefing import first_screen
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
ready, write = os.pipe()
child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpgrp())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    first_screen.paint(sys.argv[1:])
    os.write(write, b".")
    while True:
        signal.pause()
os.read(ready, 1)
os.kill(child, signal.SIGSTOP)
os.waitpid(child, os.WUNTRACED)
os.tcsetpgrp(0, os.getpgrp())
own = termios.tcgetattr(0)
own[6][termios.VERASE] = b"#"
termios.tcsetattr(0, termios.TCSANOW, own)
os.kill(child, signal.SIGTERM)
os.kill(child, signal.SIGCONT)
status = os.waitpid(child, os.WUNTRACED)[1]
print("stopped" if os.WIFSTOPPED(status) else os.waitstatus_to_exitcode(status), termios.tcgetattr(0) == own, "done")
os.kill(child, signal.SIGKILL) if os.WIFSTOPPED(status) else None
"""
"""Starts what paints in the foreground, stops it, takes the terminal back, and ends it."""
DRAWS_FOR_EVER = """
import os, signal, sys
from briefing import first_screen
from briefing.tui.terminal import next_start
first_screen.paint([])
next_start._PATIENCE = 1
end, held = os.pipe()
next_start.keep_first_screen(signal.pause, None, lambda: iter(()), None)
os.close(held)
os.read(end, 1)
print("done")
"""
"""Waits for the end of a process that is to draw the next first screen, and never does."""
INTERRUPTED = """
import os, signal, sys, types
signal.signal(signal.SIGINT, signal.{before})
def interrupt():
    os.kill(os.getpid(), signal.SIGINT)
class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == "{module}":
            interrupt()
sys.meta_path.insert(0, Interrupting())
sys.argv[1:] = ["doctor"]
if "{module}" == "main":
    sys.modules["briefing.cli"] = types.SimpleNamespace(main=interrupt)
from briefing.__main__ import run
sys.exit(run())
"""
"""Has Ctrl+C pressed while a module is loaded, or as the first that `main` sees."""


@pytest.fixture(autouse=True)
def wanted(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let first screens be kept; the folder they are kept in."""
    monkeypatch.delenv("BRIEFING_FIRST_SCREEN")
    return home / ".cache" / "briefing" / "first_screen"


def said(source: str, *arguments: object, size: tuple[int, int] = (80, 24)) -> bytes:
    """What a program writes to its terminal."""
    with Line((sys.executable, "-c", source, *map(str, arguments)), size=size) as line:
        line.wait_for(b"done")
        assert line.status() == 0
        assert line.left_on() == set()
        assert line.attributes() == line.before
        return line.raw


# ---------------------------------------------------------------- when


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack for whose first screen a small one is kept."""
    pack = tmp_path / "pack"
    (pack / ".briefing" / "journal").mkdir(parents=True)
    (pack / "a.txt").write_text("One.\n", encoding="utf-8")
    (pack / "briefing.toml").write_text("", encoding="utf-8")
    (pack / ".briefing" / "journal" / "ann@host.jsonl").write_text("{}\n", encoding="utf-8")
    files = [pack, *sorted(pack.rglob("*")), tmp_path / "session.json"]
    said(KEEP, ":".join(map(str, files)), pack)
    return pack


def test_what_is_kept_is_painted_while_nothing_changes(pack: Path) -> None:
    assert b"kept" in said(PAINT, pack)
    assert b"kept" in said(PAINT, pack)


CHANGES: dict[str, Callable[[Path], object]] = {
    "words of a document, as many as before": lambda pack: (pack / "a.txt").write_text("Two.\n", encoding="utf-8"),
    "words, and the times put back": lambda pack: rewritten_in_secret(pack / "a.txt"),
    "a document more": lambda pack: (pack / "b.txt").write_text("", encoding="utf-8"),
    "a document less": lambda pack: (pack / "a.txt").unlink(),
    "another in its place": lambda pack: (pack / "briefing.toml").rename(pack / "a.txt"),
    "a decision of one's own": lambda pack: added(pack / ".briefing" / "journal" / "ann@host.jsonl"),
    "a decision of another officer": lambda pack: added(pack / ".briefing" / "journal" / "bob@host.jsonl"),
    "the settings": lambda pack: added(pack / "briefing.toml"),
    "a file that was not there": lambda pack: added(pack.parent / "session.json"),
}


def added(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("{}\n")


def rewritten_in_secret(path: Path) -> None:
    before = path.stat()
    path.write_text("Two.\n", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_screen_rests_on_has_changed(pack: Path, change: str) -> None:
    CHANGES[change](pack)
    assert b"kept" not in said(PAINT, pack)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TERM", "xterm"),
        ("COLORTERM", "truecolor"),
        ("NO_COLOR", "1"),
        ("LANG", "C"),
        ("LC_ALL", "C"),
        ("TMUX", "/run/tmux,1,0"),
        ("STY", "1.screen"),
        ("USER", "bob"),
        ("XDG_STATE_HOME", "/elsewhere"),
        ("BRIEFING_ASCII", "1"),
        ("BRIEFING_RESTRICTED", "1"),
        ("BRIEFING_FIRST_SCREEN", "0"),
        ("PYTHONUTF8", "1"),
    ],
)
def test_another_environment(pack: Path, name: str, value: str) -> None:
    with Line(("env", f"{name}={value}", sys.executable, "-c", PAINT, pack)) as line:
        line.wait_for(b"done")
        assert b"kept" not in line.raw


@pytest.mark.parametrize(
    "arguments",
    [["--theme", "red"], ["--ascii"], ["--fresh"], ["--restricted"], ["--scenario", "a.toml"], ["--no-such-option"]],
    ids=" ".join,
)
def test_other_arguments(pack: Path, arguments: list[str]) -> None:
    assert b"kept" not in said(PAINT, *arguments, pack)


@pytest.mark.parametrize("arguments", [["--fresh"], ["--restricted"], ["--scenario", "a.toml"]], ids=" ".join)
def test_nothing_is_kept_for_arguments_that_say_more_than_the_look(
    wanted: Path, tmp_path: Path, arguments: list[str]
) -> None:
    said(KEEP, tmp_path, *arguments)
    assert not wanted.exists()


def test_the_look_may_be_asked_for(tmp_path: Path) -> None:
    said(KEEP, tmp_path / "file", "--theme", "red", "--ascii")
    assert b"kept" in said(PAINT, "--theme", "red", "--ascii")


def test_another_size(pack: Path) -> None:
    assert b"kept" not in said(PAINT, pack, size=(80, 25))
    assert b"kept" not in said(PAINT, pack, size=(81, 24))


def test_another_folder_to_start_from(pack: Path, tmp_path: Path) -> None:
    with Line((sys.executable, "-c", PAINT, pack), folder=tmp_path, PYTHONPATH=str(Path.cwd())) as line:
        line.wait_for(b"done")
        assert b"kept" not in line.raw


def damaged(data: bytes) -> bytes:
    return data.replace(b"kept", b"cept")


def cut_off(data: bytes) -> bytes:
    return data[:-1]


def emptied(_: bytes) -> bytes:
    return b""


def of_another_version(data: bytes) -> bytes:
    return data.replace(b"screen 2", b"screen 1")


@pytest.mark.parametrize("spoil", [damaged, cut_off, of_another_version, emptied])
def test_a_damaged_file_is_not_painted(pack: Path, wanted: Path, spoil: Callable[[bytes], bytes]) -> None:
    kept = next(wanted.iterdir())
    kept.write_bytes(spoil(kept.read_bytes()))
    assert b"ept" not in said(PAINT, pack)


def test_a_file_that_others_can_read_or_write_is_not_painted(pack: Path, wanted: Path) -> None:
    kept = next(wanted.iterdir())
    kept.chmod(0o620)
    assert b"kept" not in said(PAINT, pack)
    kept.chmod(0o600)
    assert b"kept" in said(PAINT, pack)


def test_a_link_is_not_painted(pack: Path, wanted: Path, tmp_path: Path) -> None:
    kept = next(wanted.iterdir())
    kept.rename(tmp_path / "elsewhere")
    kept.symlink_to(tmp_path / "elsewhere")
    assert b"kept" not in said(PAINT, pack)


@pytest.mark.parametrize(
    "frame",
    [
        b"\x1b]0;title\x07",
        b"\x1b[?1000h",
        b"\x1b[2J",
        b"\x1b[6n",
        b"\x1bc",
        b"\x07",
        "\x9b6n".encode(),
        "\u202e".encode(),
        b"\x1b[",
        b"\xff",
    ],
)
def test_no_frame_is_kept_that_could_act_on_a_terminal(frame: bytes) -> None:
    assert first_screen.as_kept(frame, b"[]", []) is None
    assert first_screen.as_kept(b"\x1b[1;31mword \xe2\x94\x80\x1b[m\r\n\b\x1b[K", b"[]", []) is not None


def test_a_screen_that_rests_on_more_files_than_are_looked_at_is_not_kept() -> None:
    stamps = [(b"/file", b"-")] * first_screen.MOST_FILES
    assert first_screen.as_kept(b"a", b"[]", stamps) is not None
    assert first_screen.as_kept(b"a", b"[]", [*stamps, (b"/one/more", b"-")]) is None


def test_a_pipe_is_not_painted_on(pack: Path) -> None:
    with Line(("sh", "-c", f"{sys.executable} -c '{PAINT}' {pack} | cat")) as line:
        line.wait_for(b"done")
        assert b"kept" not in line.raw


@pytest.fixture
def linking_pack(tmp_path: Path) -> Path:
    """A pack that lists what lies in a hidden folder, and what is reached by links."""
    pack = tmp_path / "pack"
    for folder in (".drafts", ".store", ".store2"):
        (pack / folder).mkdir(parents=True)
    for name in ("seen.txt", ".drafts/a.txt", ".store/c.txt", ".store2/c.txt", ".store/d.txt"):
        (pack / name).write_text("One.\n", encoding="utf-8")
    (pack / "lnk").symlink_to(".store")
    (pack / "d.txt").symlink_to(".store/d.txt")
    (pack / ".store" / "entities").write_text("", encoding="utf-8")
    (pack / "entities.toml").symlink_to(".store/entities")
    listed = "".join(f'[[document]]\nfile = "{name}"\n' for name in (".drafts/a.txt", "lnk/c.txt"))
    (pack / "briefing.toml").write_text(listed, encoding="utf-8")
    return pack


@pytest.mark.parametrize("name", [".drafts/a.txt", ".store/c.txt", ".store/d.txt", ".store/entities", "seen.txt"])
def test_a_screen_rests_on_what_the_pack_lists_and_links_to(linking_pack: Path, name: str) -> None:
    behind = list(files_behind_screen([linking_pack]))
    before = [first_screen.stamp(os.fsencode(path)) for path in behind]
    added(linking_pack / name)
    assert [first_screen.stamp(os.fsencode(path)) for path in behind] != before


def test_a_screen_rests_on_where_a_link_leads(linking_pack: Path) -> None:
    behind = str(linking_pack / "lnk" / "c.txt")
    assert behind in files_behind_screen([linking_pack])
    before = first_screen.stamp(os.fsencode(behind))
    (linking_pack / "lnk").unlink()
    (linking_pack / "lnk").symlink_to(".store2")
    assert first_screen.stamp(os.fsencode(behind)) != before


def test_every_file_behind_a_screen_is_looked_at_once(linking_pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(linking_pack)
    behind = list(files_behind_screen([Path()]))
    assert behind.count(str(linking_pack / "seen.txt")) == 1
    assert behind.count(str(linking_pack / "lnk" / "c.txt")) == 1
    assert len(behind) == len(set(behind))


# ---------------------------------------------------------------- who dies before the program is there


@contextmanager
def painted(pack: Path, source: str) -> Iterator[Line]:
    with Line((sys.executable, "-c", source, pack)) as line:
        line.wait_for(b"kept")
        yield line
        assert line.left_on() == set()
        assert line.attributes() == line.before


@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2", "SIGXCPU"])
def test_a_signal_gives_the_terminal_back(pack: Path, name: str) -> None:
    with painted(pack, PAINT_AND_WAIT) as line:
        os.kill(line.process.pid, signal.Signals[name])
        assert line.status() == 128 + signal.Signals[name]


def test_ctrl_c_gives_the_terminal_back(pack: Path) -> None:
    with painted(pack, PAINT_AND_WAIT) as line:
        assert line.attributes() != line.before
        line.press(b"\x03")
        assert line.status() == 130


def test_ctrl_z_does_not_leave_the_screen_to_the_shell(pack: Path) -> None:
    with painted(pack, PAINT_AND_WAIT) as line:
        line.press(b"\x1a")
        os.kill(line.process.pid, signal.SIGTERM)
        assert line.status() == 128 + signal.SIGTERM


def test_a_program_that_cannot_be_loaded_gives_the_terminal_back(pack: Path) -> None:
    source = "import sys; sys.modules['briefing.cli'] = None; from briefing.__main__ import run; run()"
    with painted(pack, source) as line:
        assert line.status() == 1
        assert line.raw.index(first_screen.GIVEN_BACK.encode()) < line.raw.index(b"ModuleNotFoundError")


def test_a_line_that_takes_only_a_part_is_emptied_and_told_all(pack: Path) -> None:
    with painted(pack, PAINT_AND_WRITE_SHORT) as line:
        line.press(b"x")
        line.wait_for(b"done")
        assert first_screen.GIVEN_BACK.encode() in line.raw


def test_in_the_background_it_ends_and_leaves_the_shell_its_terminal(pack: Path) -> None:
    with Line((sys.executable, "-c", SHELL, pack)) as line:
        assert b"143 True done" in line.wait_for(b"done")
        assert line.status() == 0
        assert first_screen.GIVEN_BACK.encode() in line.raw


@pytest.mark.parametrize(
    ("module", "before", "status"),
    [
        ("briefing.first_screen", "default_int_handler", -signal.SIGINT),
        ("briefing.cli", "default_int_handler", -signal.SIGINT),
        ("briefing.reports", "default_int_handler", -signal.SIGINT),
        ("main", "default_int_handler", 130),
        ("briefing.doctor", "default_int_handler", 130),
        ("briefing.cli", "SIG_IGN", None),
    ],
)
def test_ctrl_c_while_modules_are_loaded_shows_no_traceback(module: str, before: str, status: int | None) -> None:
    run = subprocess.run(
        (sys.executable, "-c", INTERRUPTED.format(module=module, before=before)), capture_output=True, check=False
    )
    assert run.stderr == b""
    if status is None:  # whoever ignores it, as a shell does for what runs in the background, has it ignored
        assert run.returncode in (0, 1)
        assert run.stdout != b""
    else:
        assert run.returncode == status
        assert run.stdout == b""


def test_a_dropped_line_ends_it(pack: Path) -> None:
    with Line((sys.executable, "-c", PAINT_AND_WAIT, pack), nohup=True) as line:
        line.wait_for(b"kept")
        line.drop()
        assert line.status() == 128 + signal.SIGHUP


# ---------------------------------------------------------------- the program itself


@contextmanager
def waited_for() -> Iterator[int]:
    """A descriptor to hand to a program; then waits until that has ended, and all that it has begun in the background.

    Each of them has the descriptor, and the last to end closes it.
    """
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as end:
        with os.fdopen(writing, "wb"):
            yield writing
        assert select.select([end], [], [], PATIENCE)[0], "something does not end"
        assert end.read() == b""


def kept_in(folder: Path) -> Path:
    """The one screen that is kept."""
    (found,) = (path for path in folder.glob("*") if not path.name.startswith("."))
    return found


def left_with(keys: bytes, pack: Path, wanted: Path, size: tuple[int, int] = (80, 24)) -> bytes:
    """Open `pack`, press `keys`, and leave; the frame that is kept for the next start."""
    with waited_for() as handed, Line((*BRIEFING, pack), size=size, handed=[handed]) as line:
        line.wait_for(b"UNCLASSIFIED", b"PEOPLE")
        line.press(keys)
        line.read_for(1.0)
        line.press(b"q")
        assert line.status() == 0
    _, _, rest = kept_in(wanted).read_bytes().partition(b"\n")
    return rest[32:].split(b"\0")[0]  # after the digest


@pytest.mark.parametrize(
    ("keys", "size"),
    [(keys, (80, 24)) for keys in (b"", b"jjj", b"2jl", b"3", b"!", b"eUkr\r", b"/NATO\r", b"z", b"i")]
    + [(b"2jl", (160, 40))],
)
def test_the_next_start_paints_what_the_program_then_shows(
    seeds: Path, wanted: Path, keys: bytes, size: tuple[int, int]
) -> None:
    frame = left_with(keys, seeds, wanted, size)
    with Line((*BRIEFING, seeds), size=size) as line:
        line.wait_for(ASKED)
        line.read_for(1.5)
        painted = first_screen.TAKEN.encode() + frame.replace(b"\n", b"\r\n")  # as a terminal's driver does
        assert line.raw == painted + ASKED  # not one cell is sent again
        line.press(b"q")
        assert line.status() == 0
        assert line.left_on() == set()
        assert line.attributes() == line.before


def test_keys_typed_before_the_screen_are_not_heard_and_those_after_it_are(seeds: Path, wanted: Path) -> None:
    left_with(b"", seeds, wanted)
    with Line((*BRIEFING, seeds), typed=b"qqq") as line:
        line.wait_for(b"UNCLASSIFIED")
        line.press(b"2")
        line.wait_for(b"Coordination")
        line.press(b"q")
        assert line.status() == 0


def test_a_document_can_be_read_on_before_anything_is_found_in_it(seeds: Path, wanted: Path) -> None:
    left_with(b"", seeds, wanted)
    with Line((*BRIEFING, seeds)) as line:
        line.wait_for(b"UNCLASSIFIED")
        line.press(b"q")
        assert line.status() == 0
        assert line.left_on() == set()


def test_a_painted_start_sleeps_as_any_other(seeds: Path, wanted: Path) -> None:
    left_with(b"", seeds, wanted)
    with Line((*BRIEFING, seeds)) as line:
        line.wait_for(ASKED)
        line.press(b"2")
        line.wait_for(b"Coordination")
        line.read_for(1.5)
        before = line.wake_ups()
        assert line.read_for(2) == b""
        assert line.wake_ups() - before <= 2


def test_another_size_by_the_time_the_program_is_there(seeds: Path, wanted: Path) -> None:
    left_with(b"", seeds, wanted)
    with Line((*BRIEFING, seeds)) as line:
        line.wait_for(b"UNCLASSIFIED")
        line.resize(100, 30)
        line.wait_for(b"UNCLASSIFIED", b"PEOPLE")
        line.press(b"q")
        assert line.status() == 0


def test_what_is_kept_is_for_nobody_else(seeds: Path, wanted: Path) -> None:
    left_with(b"", seeds, wanted)
    assert kept_in(wanted).stat().st_mode & 0o777 == 0o600
    assert wanted.stat().st_mode & 0o777 == 0o700


def test_the_oldest_are_forgotten_even_if_others_forget_them_too(seeds: Path, wanted: Path) -> None:
    wanted.mkdir(parents=True, mode=0o700)
    old = [wanted / f"old{number:02}" for number in range(40)]
    for number, path in enumerate(old):
        path.write_bytes(b"")
        os.utime(path, (number, number))
    (wanted / "gone").symlink_to("nowhere")  # like one that is removed after the folder was listed
    with waited_for() as handed, Line((*BRIEFING, seeds), handed=[handed]) as line:
        line.wait_for(b"UNCLASSIFIED", b"PEOPLE")
        line.read_for(1.0)  # nothing is kept while the findings are still being written down
        line.press(b"q")
        assert line.status() == 0
    assert [path.exists() for path in old] == [False] * 9 + [True] * 31


def test_what_draws_the_next_screen_does_not_stay_for_ever() -> None:
    assert b"done" in said(DRAWS_FOR_EVER)
