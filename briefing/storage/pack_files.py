"""The files of a pack: which there are and what the pack says of them, before any document is read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from briefing.model import Document, PackError, Problem
from briefing.parsing import FORMATS, looks_binary, parse_document, visible
from briefing.storage.bundled import SETTINGS, readable
from briefing.storage.pack_settings import (
    DocumentSettings,
    EntityRules,
    PackSettings,
    read_entity_rules,
    read_pack_settings,
)

LARGEST = 64 * 1024 * 1024
"""Bytes: a larger file is passed over."""
_SCENARIO = "scenario.toml"
_ENTITIES = "entities.toml"
SETTINGS_FILES = (SETTINGS, _ENTITIES, _SCENARIO)
"""Names of what a folder says of itself; all of it can be missing."""
_ENDINGS = tuple(ending for endings in FORMATS.values() for ending in endings)
_COPY = "copy what it points to into the pack"


class Stamp(NamedTuple):
    """What tells without reading it whether a file may have changed."""

    size: int
    """Bytes."""
    mtime_ns: int
    inode: int


class Source(NamedTuple):
    """One file of a pack; as plain as it is because there may be a hundred thousand of them."""

    path: str
    """Where it lies."""
    id: str
    """Its path inside the pack."""
    settings: DocumentSettings | None = None
    """What the pack says of it, if anything."""
    stamp: Stamp | None = None
    """Of the file as it was when it was listed; None where it was not there."""


@dataclass(frozen=True, slots=True)
class PackFiles:
    """A pack whose documents are yet to be read."""

    name: str
    is_folder: bool
    sources: tuple[Source, ...]
    """Those that `briefing.toml` lists first, in its order; then the others by path."""
    settings: PackSettings = field(default_factory=PackSettings)
    rules: EntityRules = field(default_factory=EntityRules)
    scenario: Path | None = None
    """The pack's own scenario file."""
    problems: tuple[Problem, ...] = ()
    """Files passed over."""


def list_pack(paths: Sequence[Path]) -> PackFiles:
    """The files of the pack at `paths`: a folder, one file, or several files.

    A folder is listed with all below it, hidden names left out, and brings its own settings; loose files have none.
    Raises `PackError` when a file named outright, or a settings file, is at fault.
    """
    if len(paths) == 1 and readable(paths[0]).is_dir():
        return _list_folder(paths[0])
    return _list_files(paths)


def read_source(source: Source) -> Document:
    """The document in one file. Raises `PackError` when it is not a file, too large, not text, or cannot be read."""
    return document_in(source, read_bytes(source))


def read_bytes(source: Source) -> bytes:
    """What is in the file. Raises `PackError` when it is not a file, is too large, or cannot be read."""
    name = visible(source.id)
    try:
        file = readable(Path(source.path))
        if not file.is_file():
            raise PackError(Problem(name, "is no file that can be read", "take it out or put the text in its place"))
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise PackError(Problem(name, f"cannot be read: {error.strerror or error}", "check its permissions")) from error
    if len(data) > LARGEST:
        raise PackError(Problem(name, "is larger than 64 MB and passed over", "split it into smaller files"))
    return data


def document_in(source: Source, data: bytes) -> Document:
    """The document that the bytes of the file make. Raises `PackError` when they are no text."""
    settings = source.settings or DocumentSettings(source.id)
    if settings.encoding is None and looks_binary(data):
        raise PackError(Problem(visible(source.id), "is not text", "convert it to .txt or .md"))
    return parse_document(
        source.id,
        data,
        encoding=settings.encoding,
        label=settings.label,
        date=settings.date,
        origin=settings.origin,
    )


def nothing_to_read(paths: Sequence[Path]) -> Problem:
    """What is wrong with a folder in which there is no document."""
    remedy = "put .txt or .md files into it, or name another folder"
    return Problem(visible(str(paths[0])), "holds no document that can be read", remedy)


def stamp_at(path: str) -> Stamp | None:
    """The stamp of the file at `path` as it is at this moment; None where there is none."""
    try:
        return _stamp(os.stat(path))  # noqa: PTH116 - for ten thousand files a Path each takes too long
    except (OSError, ValueError):
        return None


def path_id(path: str) -> str:
    """A path as text that can be encoded: bytes of a file name that are no UTF-8 are written out."""
    if path.isascii():
        return path
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def _list_folder(folder: Path) -> PackFiles:
    problems: list[Problem] = []
    root = folder.resolve()
    strays = {name: _stray_link(folder / name, root) for name in SETTINGS_FILES}
    if any(strays.values()):
        raise PackError(
            *(Problem(visible(str(folder / name)), fault, _COPY) for name, fault in strays.items() if fault)
        )
    # Whatever bears one of these names is read or refused: a pack must not open without its marking by accident.
    settings = read_pack_settings(folder / SETTINGS) if _is_there(folder / SETTINGS) else PackSettings()
    rules = read_entity_rules(folder / _ENTITIES) if _is_there(folder / _ENTITIES) else EntityRules()
    listed = {document.file for document in settings.documents}
    sources = [_listed(str(folder / document.file), document) for document in settings.documents]
    if readable(folder) is folder:  # the pack inside the archive of the program lists all it has
        sources += [source for source in _walk(folder, root, problems) if source.id not in listed]
    name = path_id(root.name) or str(folder)
    scenario = folder / _SCENARIO if _is_there(folder / _SCENARIO) else None
    return PackFiles(name, True, tuple(sources), settings, rules, scenario, tuple(problems))


def _list_files(paths: Sequence[Path]) -> PackFiles:
    faults = [problem for path in paths for problem in _unfit(path)]
    if faults or not paths:
        raise PackError(*(faults or [Problem("", "no file is named", "name a folder or files")]))
    absolute = list(dict.fromkeys(Path(os.path.normpath(Path.cwd() / path)) for path in paths))
    root = Path(os.path.commonpath([path.parent for path in absolute]))
    names = [path_id(path.relative_to(root).as_posix()) for path in absolute]
    sources = [Source(str(path), name, None, stamp_at(str(path))) for path, name in zip(absolute, names, strict=True)]
    name = sources[0].id if len(sources) == 1 else path_id(root.name) or str(root)
    return PackFiles(name, False, tuple(sources))


def _listed(path: str, document: DocumentSettings) -> Source:
    return Source(path, document.file, document, stamp_at(path))


def _is_there(path: Path) -> bool:
    return os.path.lexists(path) or readable(path).exists()


def _unfit(path: Path) -> list[Problem]:
    name = visible(str(path))
    if path.is_dir():
        return [Problem(name, "is a folder among files", "name one folder, or files only")]
    if not path.exists():
        return [Problem(name, "there is no such file or folder", "check the name")]
    return []


def _walk(folder: Path, root: Path, problems: list[Problem]) -> list[Source]:
    """The documents below `folder` by path; hidden names, links out of it and other kinds of file are left out."""
    found: list[Source] = []
    waiting = [(str(folder), "")]
    while waiting:
        here, inside = waiting.pop()
        folders, links, files = _entries(here, problems)
        waiting += [(entry.path, f"{inside}{entry.name}/") for entry in reversed(folders)]
        problems += [Problem(path_id(inside + entry.name), "is a link to a folder", _COPY) for entry in links]
        for entry in files:
            id = path_id(inside + entry.name)
            stray = _stray_link(Path(entry.path), root) if entry.is_symlink() else ""
            if stray:
                problems.append(Problem(id, stray, _COPY))
            else:
                found.append(Source(entry.path, id, None, _stamp_of(entry)))
    found.sort(key=lambda source: source.id)
    return found


def _stamp_of(entry: os.DirEntry[str]) -> Stamp | None:
    try:
        return _stamp(entry.stat())
    except OSError:
        return None


def _stamp(found: os.stat_result) -> Stamp:
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)


_Entries = list[os.DirEntry[str]]


def _entries(folder: str, problems: list[Problem]) -> tuple[_Entries, _Entries, _Entries]:
    """The folders, links to folders, and documents in one folder, by name; hidden names left out."""
    folders: _Entries = []
    links: _Entries = []
    files: _Entries = []
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.startswith("."):
                    continue
                if _is_folder(entry):
                    (links if entry.is_symlink() else folders).append(entry)
                elif entry.name.lower().endswith(_ENDINGS):
                    files.append(entry)
    except OSError as error:
        fault = f"cannot be read: {error.strerror}"
        problems.append(Problem(visible(str(error.filename)), fault, "check its permissions"))
    return folders, links, files


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # such as a link to itself
        return False


def _stray_link(path: Path, root: Path) -> str:
    """What is wrong with where a link leads; "" for what is no link, or leads to something inside `root`."""
    if not path.is_symlink():
        return ""
    try:
        return "" if path.resolve(strict=True).is_relative_to(root) else "is a link out of the pack"
    except (OSError, RuntimeError):
        return "is a link that leads nowhere"
