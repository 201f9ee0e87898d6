"""The rules of the house: which part may know which, what no part may do, and what is shipped."""

from __future__ import annotations

import ast
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "briefing"
MODULES = sorted(PACKAGE.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

SEEDS = {
    "000_d544b825a163a315.txt": "784b25cdb13f1ba32abd093258bcb503560b11364ec7924453aa27bdf41844b5",
    "003_086e147ae4d49465.txt": "3f6673bc73bc907f5662ba818f68eb1d8c99c33a938c04d47d1539cd03b12c05",
    "004_2d6187573546f256.txt": "6b87969a2c0bca55cf22c86777b4f7982fcaa5b0579f80ae2603db023fdee92c",
}

BELOW_THE_INTERFACE = ("model", "parsing", "extraction", "analysis", "storage", "rendering", "export")
"""The packages that must run where Textual cannot: in a pipe, in a script, in another program."""

MAX_LINES = 400
MAX_APP_LINES = 200

VAGUE_NAME = re.compile(r"util|helper|manager|misc|common", re.IGNORECASE)

COUNTRY_NAME = re.compile(r"japan|ukrain|russia|(?<![a-z])nato(?![a-z])", re.IGNORECASE)
"""What the seeds are about. Knowledge of any country belongs into data files."""

OUTSIDE_WORLD = {
    "aiohttp": "network",
    "ftplib": "network",
    "http": "network",
    "httpx": "network",
    "imaplib": "network",
    "poplib": "network",
    "requests": "network",
    "smtplib": "network",
    "socket": "network",
    "socketserver": "network",
    "ssl": "network",
    "urllib.request": "network",
    "webbrowser": "network",
    "xmlrpc": "network",
    "code": "runs what it reads",
    "ctypes": "runs what it reads",
    "dill": "runs what it reads",
    "marshal": "runs what it reads",
    "pickle": "runs what it reads",
    "shelve": "runs what it reads",
    "pty": "starts programs",
    "subprocess": "starts programs",
}
"""Modules that reach out of the program, or let what they read act; and why each is barred."""

RUNS_TEXT = {"eval", "exec", "compile", "__import__", "os.execv", "os.popen", "os.startfile", "os.system"}
"""Calls that turn words into deeds."""

THIRD_PARTY = {"markdown_it", "rich", "textual"}


def each_module() -> pytest.MarkDecorator:
    """Run a test once for every module of the package."""
    return pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(path: Path) -> set[str]:
    """Full names of all modules, and of what is taken from them, that `path` imports anywhere."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def loaded_by(statement: str) -> set[str]:
    """Names of all modules in a fresh Python that has run `statement`."""
    script = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_imports_run_one_way() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_everything_below_the_interface_runs_without_textual() -> None:
    loaded = loaded_by("\n".join(f"import briefing.{name}" for name in BELOW_THE_INTERFACE))
    assert {f"briefing.{name}" for name in BELOW_THE_INTERFACE} <= loaded
    assert "textual" not in loaded


def test_the_command_line_starts_without_textual() -> None:
    loaded = loaded_by("import briefing.cli")
    assert "briefing.cli" in loaded
    assert "textual" not in loaded


@pytest.mark.parametrize("path", sorted((PACKAGE / "model").glob("*.py")), ids=lambda path: path.stem)
def test_the_model_imports_only_itself_and_the_standard_library(path: Path) -> None:
    others = {name for name in imported(path) if not name.startswith("briefing.model")}
    assert {name.split(".")[0] for name in others} <= sys.stdlib_module_names


@each_module()
def test_only_the_declared_libraries_are_imported(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported(path)}
    assert roots <= sys.stdlib_module_names | THIRD_PARTY | {"briefing"}


def test_only_one_module_loads_a_library_that_may_be_missing() -> None:
    loading = [path for path in MODULES if any(within(name, "importlib.import_module") for name in imported(path))]
    own = PACKAGE / "model" / "__init__.py"  # loads modules of its own that are not needed at once
    assert [path for path in loading if path != own] == [PACKAGE / "extraction" / "model_names.py"]


@each_module()
def test_nothing_reaches_out_or_runs_what_it_reads(path: Path) -> None:
    barred = {name: why for name in imported(path) for bar, why in OUTSIDE_WORLD.items() if within(name, bar)}
    called = {ast.unparse(node.func) for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)}
    assert barred == {}
    assert called & RUNS_TEXT == set()


def within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


@each_module()
def test_modules_are_short(path: Path) -> None:
    limit = MAX_APP_LINES if path == PACKAGE / "tui" / "app.py" else MAX_LINES + 1
    assert len(path.read_text(encoding="utf-8").splitlines()) < limit


@each_module()
def test_names_say_what_a_thing_is(path: Path) -> None:
    classes = [node.name for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)]
    names = [*path.relative_to(PACKAGE).with_suffix("").parts, *classes]
    assert [name for name in names if VAGUE_NAME.search(name)] == []


class WithoutDocstrings(ast.NodeTransformer):
    """Drops every string that stands alone: docstrings of modules, classes, functions and attributes."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        lone_string = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return None if lone_string else self.generic_visit(node)


@each_module()
def test_no_code_knows_a_country(path: Path) -> None:
    code = ast.unparse(WithoutDocstrings().visit(parsed(path)))
    assert COUNTRY_NAME.findall(code) == []


@pytest.mark.parametrize(("name", "digest"), SEEDS.items())
def test_the_seeds_are_byte_for_byte_as_given(name: str, digest: str) -> None:
    assert hashlib.sha256((ROOT / "seeds" / name).read_bytes()).hexdigest() == digest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel as built from a copy of this checkout in which somebody has worked, without a network."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("briefing", "seeds", "themes"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    journal = folder / "seeds" / ".briefing" / "journal" / "officer@host.jsonl"
    journal.parent.mkdir(parents=True, exist_ok=True)
    journal.write_text("{}\n", encoding="utf-8")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", "dist"]
    subprocess.run(build, cwd=folder, capture_output=True, check=True)
    (path,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


class TestWheel:
    @pytest.mark.parametrize("folder", ["seeds", "themes"])
    def test_ships_every_file_of_the_folder_unchanged(self, wheel: zipfile.ZipFile, folder: str) -> None:
        files = [path for path in sorted((ROOT / folder).iterdir()) if path.is_file()]
        assert files
        for path in files:
            assert wheel.read(f"briefing/{folder}/{path.name}") == path.read_bytes()

    def test_ships_word_lists_and_style_sheets(self, wheel: zipfile.ZipFile) -> None:
        data = {
            path.relative_to(ROOT).as_posix()
            for path in PACKAGE.rglob("*")
            if path.is_file() and path.suffix not in {".py", ".pyc"}
        }
        assert data
        assert data <= set(wheel.namelist())

    def test_leaves_out_what_an_officer_wrote(self, wheel: zipfile.ZipFile) -> None:
        assert [name for name in wheel.namelist() if ".briefing" in name] == []

    def test_is_pure_python_and_needs_three_libraries(self, wheel: zipfile.ZipFile) -> None:
        described = {Path(name).name: wheel.read(name).decode() for name in wheel.namelist() if ".dist-info/" in name}
        needs = re.findall(r"^Requires-Dist: ([\w-]+)([^;\n]*)(.*)$", described["METADATA"], re.MULTILINE)
        assert [name for name, _, only in needs if not only] == ["markdown-it-py", "rich", "textual"]
        assert ("textual", "==8.2.8", "") in needs
        assert {only for *_, only in needs} == {"", "; extra == 'spacy'"}
        assert "\nTag: py3-none-any\n" in described["WHEEL"]
        assert "briefing = briefing.__main__:run" in described["entry_points.txt"]


PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def locked(name: str) -> dict[str, str]:
    """Version of each package in a lock file. Fails on a line that is not a pin, a hash of one, or a comment."""
    pins: dict[str, str] = {}
    hashed: set[str] = set()
    package = ""
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if pin := PIN.fullmatch(line):
            package = pin["name"]
            pins[package] = pin["version"]
        elif HASH.fullmatch(line):
            hashed.add(package)
        else:
            assert line.lstrip().startswith("#"), line
    assert hashed == set(pins)
    return pins


def test_the_lock_holds_what_the_project_asks_for() -> None:
    pins = locked("requirements.lock")
    asked = {re.split(r"[<>=]", need)[0] for need in PROJECT["project"]["dependencies"]}
    assert asked == {"markdown-it-py", "rich", "textual"}
    assert asked | {"hatchling", "editables"} <= set(pins)
    assert pins["textual"] == "8.2.8"


def test_the_tools_are_locked_to_the_same_libraries() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "pyproject.toml", "Makefile"])
def test_no_file_that_fetches_names_where_from(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"https?://\S+|file://\S+|--(?:extra-)?index-url[ =]\S+|--find-links", text) == []
