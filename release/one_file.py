"""Builds the one file: the program, all it needs, the seeds and the themes, for one minor version of Python.

`python -m release.one_file PYTHON WHEELHOUSE FOLDER` writes FOLDER/briefing-py3X.pyz for the Python named, out of the
wheels in WHEELHOUSE alone. It is a zip file that Python runs as it is, see `zipapp` in the standard library, with byte
code in the place of the sources: those would be compiled anew at every start, which takes three times as long. The
same wheels and the same Python make the same bytes. Nothing is taken out of the libraries: what a start never asks for
costs it nothing, and the file holds what the lock file says.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

LARGEST = 8_000_000
"""Bytes: what goes through a slow line, or onto a small disk, without a thought."""
START = "__main__.py"
_START = """\
import sys

if sys.version_info[:2] != ({version}):
    sys.stderr.write(
        "briefing: %s: is built for Python {minor}, and this is Python %d.%d: start it with python{minor}, "
        "or get the file for this one\\n" % ((sys.argv[0],) + tuple(sys.version_info[:2]))
    )
    sys.exit(3)

from briefing.__main__ import run

sys.exit(run())
"""
"""Source, in words that every Python knows: byte code of another version would only be called a bad magic number."""
_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip file can say."""


class BuildError(Exception):
    """Why the file cannot be built, in one line."""


def build(python: str, wheelhouse: Path, folder: Path) -> Path:
    """Build the file for `python`, a command or path, into `folder`; its path. Raises `BuildError`."""
    minor = _run([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]).strip()
    path = folder / f"briefing-py{minor.replace('.', '')}.pyz"
    with TemporaryDirectory() as temporary:
        tree = Path(temporary)
        pip = [sys.executable, "-m", "pip", "--python", python, "--quiet", "--disable-pip-version-check"]
        offline = ["--no-index", "--find-links", str(wheelhouse), "--only-binary", ":all:"]
        _run([*pip, "install", *offline, "--no-compile", "--target", temporary, "briefing"])
        compile_tree(python, tree)
        write_archive(tree, minor, path)
    if path.stat().st_size > LARGEST:
        raise BuildError(f"{path.name} has {path.stat().st_size} bytes, more than {LARGEST}")
    return path


def compile_tree(python: str, tree: Path) -> None:
    """Put the byte code of `python` beside every source below `tree`, not to be checked against it."""
    # Where a set stands in the byte code must not hang on the hashes of this run.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    options = ["-q", "-b", "-s", str(tree), "--invalidation-mode", "unchecked-hash"]
    _run([python, "-m", "compileall", *options, str(tree)], environment)


def write_archive(tree: Path, minor: str, path: Path) -> None:
    """Write the compiled `tree` as a file for Python `minor` ("3.12") to `path`, which whoever may read it may run.

    Raises `BuildError` when something in the tree is not pure Python.
    """
    names = sorted(file.relative_to(tree).as_posix() for file in tree.rglob("*") if file.is_file())
    compiled = [name for name in names if name.endswith((".so", ".pyd", ".dylib"))]
    if compiled:
        raise BuildError(f"{compiled[0]} is not pure Python")
    start = _START.format(version=minor.replace(".", ", "), minor=minor)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(f"#!/usr/bin/env python{minor}\n".encode())
        with zipfile.ZipFile(file, "w") as archive:
            _add(archive, START, start.encode())
            for name in _wanted(names):
                _add(archive, name, (tree / name).read_bytes())
    path.chmod(0o755)


def _wanted(names: Iterable[str]) -> Iterable[str]:
    """Of the names of an installed tree those that are run or read, and the licences."""
    for name in names:
        first, _, rest = name.partition("/")
        if first.endswith(".dist-info"):
            # What was installed how, when and from where is of no use here, and would differ between machines.
            if rest == "METADATA" or rest.startswith("licenses/"):
                yield name
        elif first != "bin" and "__pycache__" not in name and not name.endswith(".py"):
            yield name


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.create_system = 3  # Unix, wherever it is built
    entry.external_attr = 0o100644 << 16
    archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)


def _run(command: list[str], environment: dict[str, str] | None = None) -> str:
    """What `command` prints. Raises `BuildError` when it fails."""
    try:
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    except OSError as error:
        raise BuildError(f"{command[0]} cannot be started: {error.strerror}") from error
    except subprocess.CalledProcessError as error:
        said = f"{error.stdout}\n{error.stderr}".split("\n")
        last = next((line for line in reversed(said) if line.strip()), "it does not say why")
        raise BuildError(f"{' '.join(command[:4])} … failed: {last}") from error


def main() -> int:
    """Build what the command line says; the exit code."""
    python, wheelhouse, folder = sys.argv[1:]
    try:
        path = build(python, Path(wheelhouse), Path(folder))
    except BuildError as error:
        print(f"make pyz: {error}", file=sys.stderr)
        return 1
    print(f"{path}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
