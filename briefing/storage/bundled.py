"""Where the folders that ship with the program lie: the bundled pack and the themes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zipfile

_PACKAGE = Path(__file__).resolve().parents[1]
SETTINGS = "briefing.toml"
"""The file that says of a folder that it is a pack."""


def bundled_folder(name: str) -> Path:
    """The folder `name` that ships with the program: inside the package when installed, beside it in a checkout.

    Its files are to be read with `readable`.
    """
    inside = _PACKAGE / name
    return inside if readable(inside).is_dir() else _PACKAGE.parent / name


def theme_names() -> list[str]:
    """The names of the themes that ship, in order."""
    themes = readable(bundled_folder("themes")).iterdir()
    return sorted(theme.stem for theme in themes if theme.suffix == ".toml")


def program_path() -> Path:
    """The folder of the program's modules; the one file where it is one."""
    return _PACKAGE if _PACKAGE.is_dir() else _PACKAGE.parent


def default_pack() -> Path:
    """The pack meant when none is named: the current folder if it holds a `briefing.toml`, else the bundled one."""
    here = Path()
    return here if (here / SETTINGS).is_file() else bundled_folder("seeds")


def readable(path: Path) -> Path | zipfile.Path:
    """What to read for `path`: itself, or its counterpart in the archive that the program runs from.

    A file that ships inside the one file of `make pyz` has a path, by which its pack is known, and no place on the
    disk. Both kinds can be asked for what `zipfile.Path` offers: `exists`, `is_file`, `iterdir`, `open` and others.
    """
    package = _archived_package()
    if package is None or not path.is_relative_to(_PACKAGE):
        return path
    return package.joinpath(*path.relative_to(_PACKAGE).parts)


@cache
def _archived_package() -> zipfile.Path | None:
    """The package inside its archive; None when it is a folder on the disk."""
    if _PACKAGE.is_dir():
        return None
    import zipfile

    return zipfile.Path(_PACKAGE.parent) / _PACKAGE.name
