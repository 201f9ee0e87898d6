"""Setting up a checkout: once, again after a break, and in one line what is missing where it cannot be done."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")

PYTHON = """\
#!/bin/sh
# A Python that writes down what it is asked to do. FIT: its answer whether it will do; PIP: how installing ends.
case "$*" in
    -c*) exit "$FIT" ;;
    "-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
esac
echo "$*" >>calls
case "$*" in
    *--require-hashes*) echo 'ERROR: nothing found'; exit "$PIP" ;;
esac
"""


class Checkout:
    """A folder with the Makefile, and a Python that only pretends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / name, folder)
        python = folder / "python"
        python.write_text(PYTHON, encoding="utf-8")
        python.chmod(0o755)

    def make_test(self, python: str = "./python", fit: int = 0, pip: int = 0) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "FIT": str(fit), "PIP": str(pip)}
        return subprocess.run(
            ["make", "test", f"PYTHON={python}"],  # noqa: S607 - whichever make the machine has
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        """What Python was asked to do since the last look: the word after -m of each call."""
        log = self.folder / "calls"
        words = [line.split()[1] for line in log.read_text(encoding="utf-8").splitlines()]
        log.unlink()
        return words


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout on a path with a space in it."""
    folder = tmp_path / "a checkout"
    folder.mkdir()
    return Checkout(folder)


@pytest.mark.parametrize(
    ("python", "fit", "said"),
    [
        ("./missing", 0, "No Python 3.11 or newer among: ./missing."),
        ("./python", 2, "No Python 3.11 or newer among: ./python."),
        ("./missing ./python", 3, "./python has no venv module:"),
    ],
)
def test_a_python_that_will_not_do_is_named_in_one_line(checkout: Checkout, python: str, fit: int, said: str) -> None:
    run = checkout.make_test(python, fit)
    assert run.returncode != 0
    first, makes_own = run.stderr.splitlines()
    assert first.startswith(said)
    assert makes_own.startswith("make: ***")
    assert not (checkout.folder / ".venv").exists()


def test_packages_that_cannot_be_had_are_named_in_one_line_and_asked_for_again(checkout: Checkout) -> None:
    run = checkout.make_test(pip=1)
    assert run.returncode != 0
    assert "Could not install requirements.lock (ERROR: nothing found)" in run.stderr
    assert "PIP_FIND_LINKS" in run.stderr
    assert checkout.calls() == ["venv", "pip"]
    assert checkout.make_test().returncode == 0
    assert checkout.calls() == ["venv", "pip", "pip", "compileall", "pip", "pytest"]


def test_a_checkout_is_set_up_once(checkout: Checkout) -> None:
    checkout.make_test()
    checkout.calls()
    assert checkout.make_test().stderr == ""
    assert checkout.calls() == ["pytest"]


def test_new_versions_are_installed_into_what_is_there(checkout: Checkout) -> None:
    checkout.make_test()
    checkout.calls()
    stamp = (checkout.folder / ".venv" / ".dev-stamp").stat().st_mtime
    os.utime(checkout.folder / "requirements-dev.lock", (stamp + 1, stamp + 1))
    checkout.make_test()
    assert checkout.calls() == ["pip", "pytest"]


def test_a_checkout_that_was_moved_is_set_up_anew(checkout: Checkout) -> None:
    checkout.make_test()
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("elsewhere"))
    checkout.calls()
    checkout.make_test()
    assert checkout.calls() == ["venv", "pip", "pip", "compileall", "pip", "pytest"]
