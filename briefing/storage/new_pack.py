"""The first files of a new pack: what it is called, and the question it is to answer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from string import Template

from briefing.model import PackError, Problem
from briefing.package_text import package_text
from briefing.parsing import format_of, visible
from briefing.storage.toml_text import quoted

_FILES = ("briefing.toml", "scenario.toml")
_MOST_LISTED = 200
"""Documents: whoever has more will not describe each of them by hand."""
_DOCUMENT = """
[[document]]
file = {file}
# label = ""
# date = ""
# origin = ""
"""
_NO_DOCUMENT = """
# [[document]]
# file = "report.txt"
# label = "Report of the harbour office"
# date = "2024-05-31"
# origin = "harbour office, by mail"
# encoding = "cp1252"
"""


def new_pack(folder: Path) -> tuple[Path, ...]:
    """Write a commented `briefing.toml` and `scenario.toml` into `folder`, for an officer to fill in; their paths.

    The folder is made if it is not there; the documents in it are listed, in order of their paths. All that is made is
    for the officer alone to read. Raises `PackError`, having written nothing, when one of the files is there already,
    or when one cannot be written.
    """
    paths = tuple(folder / name for name in _FILES)
    remedy = "change it by hand, or move it away and do this again"
    there = [Problem(visible(str(path)), "is there already", remedy) for path in paths if os.path.lexists(path)]
    if there:
        raise PackError(*there)
    made: list[Path] = []
    try:
        for above in reversed(folder.parents):
            if not os.path.lexists(above):
                above.mkdir(0o700)
        folder.mkdir(0o700, exist_ok=True)
        title = quoted(folder.resolve().name or str(folder))
        documents = _listed(sorted(_documents(folder)))
        for path in paths:
            template = Template(package_text("briefing.storage", f"data/{path.name}"))
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            made.append(path)
            with os.fdopen(file, "w", encoding="utf-8", newline="\n") as opened:
                opened.write(template.substitute(title=title, documents=documents))
    except OSError as error:
        for path in made:
            path.unlink()
        fault = f"cannot be read or written: {error.strerror or error}"
        remedy = "check where it leads and its permissions"
        raise PackError(Problem(visible(str(error.filename or folder)), fault, remedy)) from error
    return paths


def _documents(folder: Path) -> Iterator[str]:
    """Paths inside `folder` of what can be a document; links, and names that are no Unicode, are left unlisted."""
    for here, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".") and _is_unicode(name)]
        for name in names:
            path = Path(here, name)
            hidden = name.startswith(".") or path.is_symlink()
            if format_of(name) and not hidden and _is_unicode(name) and path.is_file():
                yield path.relative_to(folder).as_posix()


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _listed(documents: list[str]) -> str:
    """A table for each document, in TOML; as a comment where there is none."""
    tables = "".join(_DOCUMENT.format(file=quoted(document)) for document in documents[:_MOST_LISTED])
    more = len(documents) - _MOST_LISTED
    rest = f"\n\n# {more} more documents follow by name." if more > 0 else ""
    return (tables or _NO_DOCUMENT).rstrip("\n") + rest
