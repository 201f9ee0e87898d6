"""Texts that lie beside the code: word lists, templates, style sheets."""

from __future__ import annotations

from pkgutil import get_data


def package_text(package: str, name: str) -> str:
    """The UTF-8 text of the file `name` in the folder of `package`.

    Asks whatever loaded the package, since that may be a zip file whose directory has been read already:
    `importlib.resources` reads it anew for each file, 9 ms a time in the one file that `make pyz` builds.
    Raises `OSError` when there is no such file.
    """
    data = get_data(package, name)
    if data is None:
        raise FileNotFoundError(f"{package}: {name}")
    return data.decode("utf-8")
