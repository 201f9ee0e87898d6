"""What every test starts from: a home of its own, the same terminal, the same random examples."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from briefing.model import Pack
from briefing.rendering.theme import Theme, read_theme
from briefing.storage.pack_folder import open_pack

ROOT = Path(__file__).resolve().parent.parent

# How fast examples are made says something of the machine, not of what is tested.
settings.register_profile("briefing", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("briefing")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, and an environment that is the same on every machine."""
    home = tmp_path_factory.mktemp("home")
    for name in os.environ:
        if name.startswith(("BRIEFING_", "LC_", "XDG_")):
            monkeypatch.delenv(name)
    for name in ("COLORTERM", "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR", "SSH_CONNECTION", "STY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BRIEFING_FIRST_SCREEN", "0")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TZ", "UTC")
    return home


@pytest.fixture
def seeds() -> Path:
    """The bundled pack, in the checkout. Read only: what a test writes goes into a copy."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def seeds_pack() -> Pack:
    """The bundled pack, read and analysed once."""
    return open_pack([ROOT / "seeds"])


@pytest.fixture(scope="session")
def themes() -> list[Theme]:
    """All themes that ship."""
    return [
        read_theme(path.stem, path.read_text(encoding="utf-8")) for path in sorted((ROOT / "themes").glob("*.toml"))
    ]


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say what a test did and measured; it is printed at the end of the run."""

    def told(line: str) -> None:
        request.node.user_properties.append(("told", line))

    return told


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have told."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    for report in sorted(reports, key=lambda report: report.nodeid):
        for name, line in report.user_properties:
            if name == "told" and report.when == "call":
                terminalreporter.write_line(line)
