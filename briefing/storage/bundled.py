"""Where the folders that ship with the program lie: the bundled pack and the themes."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
SETTINGS = "briefing.toml"
"""The file that says of a folder that it is a pack."""


def bundled_folder(name: str) -> Path:
    """The folder `name` that ships with the program: inside the package when installed, beside it in a checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def default_pack() -> Path:
    """The pack meant when none is named: the current folder if it holds a `briefing.toml`, else the bundled one."""
    here = Path()
    return here if (here / SETTINGS).is_file() else bundled_folder("seeds")
