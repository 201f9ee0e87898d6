"""The builder of the one file: only byte code in it, always the same bytes, and a word for the wrong Python."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from release.one_file import BuildError, compile_tree, write_archive

MINOR = f"{sys.version_info[0]}.{sys.version_info[1]}"
CLI = """\
def main():
    if words is None:
        raise LookupError("no words")
    print(*sorted(words))
    return 4

words = {"pier", "quay", "dock"}
"""


def installed(folder: Path, cli: str = CLI) -> Path:
    """A tree as pip leaves it, with a program that says three words and ends with 4."""
    files = {
        "briefing/__init__.py": "",
        "briefing/__main__.py": "def run():\n    from briefing.cli import main\n    return main()\n",
        "briefing/cli.py": cli,
        "briefing/data/words.txt": "quay\n",
        "bin/briefing": f"#!{folder}/python\n",
        "quay-1.0.dist-info/METADATA": "Name: quay\n",
        "quay-1.0.dist-info/RECORD": str(folder),
        "quay-1.0.dist-info/licenses/LICENSE": "Do as you like.\n",
        "a_lone_module.py": "",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    compile_tree(sys.executable, folder)
    return folder


@pytest.fixture(scope="module")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dist") / "one.pyz"
    write_archive(installed(tmp_path_factory.mktemp("tree")), MINOR, path)
    return path


def run(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", path], capture_output=True, text=True, check=False)


def test_it_runs_and_ends_as_the_program_does(one_file: Path) -> None:
    ran = run(one_file)
    assert (ran.stdout, ran.stderr, ran.returncode) == ("dock pier quay\n", "", 4)


def test_holds_byte_code_data_and_licences_in_order(one_file: Path) -> None:
    with zipfile.ZipFile(one_file) as archive:
        assert archive.namelist() == [
            "__main__.py",
            "a_lone_module.pyc",
            "briefing/__init__.pyc",
            "briefing/__main__.pyc",
            "briefing/cli.pyc",
            "briefing/data/words.txt",
            "quay-1.0.dist-info/METADATA",
            "quay-1.0.dist-info/licenses/LICENSE",
        ]


def test_byte_code_is_never_checked_against_a_source(one_file: Path) -> None:
    with zipfile.ZipFile(one_file) as archive:
        assert archive.read("briefing/cli.pyc")[4:8] == b"\x01\0\0\0"  # PEP 552: by hash, unchecked


def test_can_be_started_by_its_name(one_file: Path) -> None:
    assert one_file.read_bytes().startswith(f"#!/usr/bin/env python{MINOR}\n".encode())
    assert one_file.stat().st_mode & 0o777 == 0o755


def test_the_same_tree_elsewhere_and_later_makes_the_same_bytes(one_file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.pyz"
    write_archive(installed(tmp_path / "a longer name of a folder"), MINOR, again)
    assert again.read_bytes() == one_file.read_bytes()


def test_a_fault_names_file_and_line_without_a_source(tmp_path: Path) -> None:
    write_archive(installed(tmp_path / "tree", CLI.replace('{"pier", "quay", "dock"}', "None")), MINOR, tmp_path / "x")
    ran = run(tmp_path / "x")
    assert 'File "briefing/cli.py", line 3, in main\n' in ran.stderr
    assert ran.stderr.endswith("LookupError: no words\n")


def test_another_python_is_told_in_one_line_which_to_use(tmp_path: Path) -> None:
    path = tmp_path / "other.pyz"
    write_archive(installed(tmp_path / "tree"), "3.2", path)
    ran = run(path)
    assert ran.returncode == 3
    assert ran.stderr == (
        f"briefing: {path}: is built for Python 3.2, and this is Python {MINOR}: start it with python3.2, "
        "or get the file for this one\n"
    )


@pytest.mark.parametrize("name", ["quay/_fast.cpython-311-x86_64-linux-gnu.so", "fast.pyd", "quay/libs/fast.dylib"])
def test_what_is_no_pure_python_is_refused(tmp_path: Path, name: str) -> None:
    tree = installed(tmp_path / "tree")
    (tree / name).parent.mkdir(parents=True, exist_ok=True)
    (tree / name).write_bytes(b"\x7fELF")
    with pytest.raises(BuildError, match="is not pure Python"):
        write_archive(tree, MINOR, tmp_path / "one.pyz")
    assert not (tmp_path / "one.pyz").exists()


def test_a_python_that_cannot_be_started_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"^/no/such/python cannot be started: No such file or directory$"):
        compile_tree("/no/such/python", tmp_path)


def test_a_source_that_does_not_compile_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def quay(:\n")
    with pytest.raises(BuildError, match="compileall"):
        compile_tree(sys.executable, tmp_path)
