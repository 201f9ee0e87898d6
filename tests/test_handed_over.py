"""What is handed to a host that offers nothing: the one file and the wheelhouse, each where there is nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pytest

from release.one_file import LARGEST
from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
MINORS = ("3.11", "3.12", "3.13")
ROUNDS = 9
SLOWEST = 1.5
"""How many times the start of an installed program the one file may take."""
BARE = {"TERM": "vt100", "LANG": "C", "HOME": "/nonexistent"}

# All in one process, one after the other: they build in one place.
pytestmark = [pytest.mark.hard, pytest.mark.xdist_group("one file")]


def pythons() -> dict[str, Path]:
    """The Pythons of this machine by minor version, those that `PYTHONS` names first; each itself and no starter."""
    found: dict[str, Path] = {}
    ask = "import sys; print('%d.%d' % sys.version_info[:2], sys.executable)"
    for name in (*os.environ.get("PYTHONS", "").split(), *(f"python{minor}" for minor in MINORS)):
        command = shutil.which(name)
        said = command and subprocess.run([command, "-c", ask], capture_output=True, text=True, check=False)
        if said and said.returncode == 0:
            minor, _, path = said.stdout.strip().partition(" ")
            found.setdefault(minor, Path(path).resolve())
    return found


PYTHONS = pythons()
each_python = pytest.mark.parametrize(
    "minor",
    [
        pytest.param(minor, marks=pytest.mark.skipif(minor not in PYTHONS, reason=f"no Python {minor} here"))
        for minor in MINORS
    ],
)


@pytest.fixture(scope="module")
def dist() -> Path:
    """`dist/` with a file for every Python there is, and the wheelhouse."""
    pythons = " ".join(str(python) for python in PYTHONS.values())
    subprocess.run(["make", "pyz", f"PYTHONS={pythons}"], cwd=ROOT, capture_output=True, check=True)  # noqa: S607
    return ROOT / "dist"


def file_for(dist: Path, minor: str) -> Path:
    return dist / f"briefing-py{minor.replace('.', '')}.pyz"


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in a virtual environment of its own, installed from the wheelhouse with no index and no settings."""
    folder = tmp_path_factory.mktemp("installed")
    python = folder / "bin" / "python"
    subprocess.run([PYTHONS[HERE], "-m", "venv", folder], check=True)
    offline = ["--isolated", "--no-index", "--find-links", str(dist / "wheelhouse")]
    install = [str(python), "-I", "-m", "pip", "--quiet", "install", *offline, "briefing"]
    subprocess.run(install, env={"PIP_CONFIG_FILE": os.devnull}, capture_output=True, check=True)
    return python


class Host:
    """A host with a Python and nothing else: no home, no locale, no rights and, where we may cut it, no network."""

    def __init__(self, folder: Path, python: Path) -> None:
        self.folder = folder
        base = python.parent.parent
        (folder / "base").mkdir()
        self._base = base
        self.python = folder / "base" / "bin" / python.name
        script = 'mount --bind "$1" "$2" && shift 2 && exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"'
        self.prefix = ["unshare", "-n", "-m", "sh", "-c", script, "sh", str(base), str(folder / "base")]
        if os.geteuid() != 0 or subprocess.run([*self.prefix, "true"], capture_output=True, check=False).returncode:
            self.prefix, self.python = [], python
        self.environment = {**BARE, "LD_LIBRARY_PATH": str(self.python.parent.parent / "lib")}

    def command(self, file: Path, *arguments: str) -> list[str]:
        copy = Path(shutil.copy(file, self.folder))
        return [*self.prefix, str(self.python), "-I", str(copy), *arguments]


@pytest.fixture
def host(minor: str) -> Iterator[Host]:
    # Not below pytest's own folder, where nobody else may look.
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield Host(folder, PYTHONS[minor])


@each_python
class TestOneFile:
    def test_holds_only_byte_code_and_is_small(self, dist: Path, minor: str) -> None:
        path = file_for(dist, minor)
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        assert [name for name in names if name.endswith((".py", ".so"))] == ["__main__.py"]
        assert {"briefing/tui/desk.tcss", "briefing/seeds/briefing.toml", "briefing/themes/dark.toml"} <= set(names)
        assert path.stat().st_size <= LARGEST

    def test_reads_the_seeds_where_there_is_nothing(self, dist: Path, minor: str, host: Host) -> None:
        command = host.command(file_for(dist, minor), "check")
        ran = subprocess.run(
            command, env=host.environment, cwd=host.folder, capture_output=True, text=True, check=False
        )
        assert ran.stderr == ""
        assert re.fullmatch(r"seeds: 3 documents, \d+ mentions, \d+ claims: every quote verified\n", ran.stdout)
        assert ran.returncode == 0

    def test_opens_the_seeds_where_there_is_nothing(self, dist: Path, minor: str, host: Host) -> None:
        command = host.command(file_for(dist, minor))
        with Terminal(program=command, environment=host.environment, folder=host.folder) as terminal:
            terminal.wait_for("UNCLASSIFIED", "PEOPLE")
            terminal.press("q")
            assert terminal.exit_code() == 0


def test_is_built_again_byte_for_byte(dist: Path) -> None:
    path = file_for(dist, HERE)
    before = sha256(path.read_bytes()).hexdigest()
    subprocess.run(["make", "pyz", f"PYTHONS={PYTHONS[HERE]}"], cwd=ROOT, capture_output=True, check=True)  # noqa: S607
    assert sha256(path.read_bytes()).hexdigest() == before


def test_keeps_decisions_in_the_state_folder(dist: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(file_for(dist, HERE), tmp_path))
    state = tmp_path / "state"
    environment = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "XDG_STATE_HOME": str(state), "HOME": "/nonexistent"}
    program = [str(PYTHONS[HERE]), "-I", str(file)]
    with Terminal(program=program, environment=environment, folder=tmp_path) as terminal:
        terminal.wait_for("PEOPLE")
        terminal.press("2")
        terminal.wait_for("Training")
        terminal.press("r", "3")
        terminal.wait_for("saved")
        terminal.press("q")
        assert terminal.exit_code() == 0
    (journal,) = (state / "briefing" / "journal").rglob("*.jsonl")
    assert '"rate"' in journal.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name, "state"]


def test_the_wheelhouse_alone_installs_the_program(installed: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [installed.parent / "briefing", "check"], env=BARE, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.stdout.endswith("every quote verified\n")
    assert ran.returncode == 0


def test_the_wheelhouse_holds_pure_python_only(dist: Path) -> None:
    names = [path.name for path in sorted((dist / "wheelhouse").iterdir())]
    assert [name for name in names if not name.endswith("-none-any.whl")] == []
    assert len([name for name in names if name.startswith("briefing-")]) == 1


@pytest.mark.parametrize("arguments", [["--version"], ["documents"]])
def test_starts_nearly_as_fast_as_when_installed(
    dist: Path, installed: Path, tmp_path: Path, arguments: list[str]
) -> None:
    def seconds(command: list[str]) -> float:
        began = time.perf_counter()
        subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
        return time.perf_counter() - began

    packed = [str(installed), "-I", str(file_for(dist, HERE)), *arguments]
    ratios = [seconds(packed) / seconds([str(installed.parent / "briefing"), *arguments]) for _ in range(ROUNDS)]
    assert median(ratios) <= SLOWEST


def test_paints_nearly_as_fast_as_when_installed(dist: Path, installed: Path, tmp_path: Path) -> None:
    environment = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": str(tmp_path)}

    def seconds(command: list[str]) -> float:
        began = time.perf_counter()
        with Terminal(program=command, environment=environment, folder=tmp_path) as terminal:
            terminal.wait_for("UNCLASSIFIED")
            return time.perf_counter() - began

    packed = [str(installed), "-I", str(file_for(dist, HERE))]
    ratios = [seconds(packed) / seconds([str(installed.parent / "briefing")]) for _ in range(ROUNDS)]
    assert median(ratios) <= SLOWEST
