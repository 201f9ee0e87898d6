"""What a pack says of itself in `briefing.toml` and of names in `entities.toml`."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from briefing import model
from briefing.model import EntityKey, EntityRule, EntityType, NameFinder, Span
from briefing.parsing import parse_document
from briefing.storage.bundled import readable
from briefing.storage.toml_tables import TomlFile, TomlTable


class DocumentSettings(NamedTuple):
    """What `briefing.toml` says of one document."""

    file: str
    """Its path inside the pack, with forward slashes."""
    label: str = ""
    date: str | None = None
    """ISO 8601: a day, a month or a year."""
    origin: str | None = None
    encoding: str | None = None


class PackSettings(NamedTuple):
    """What `briefing.toml` says of the pack as a whole."""

    title: str = ""
    marking: str = ""
    as_of: date | None = None
    documents: tuple[DocumentSettings, ...] = ()
    ner: NameFinder = NameFinder.RULES
    """What is to find the names, where the host has it."""


def read_pack_settings(path: Path) -> PackSettings:
    """The settings in the `briefing.toml` at `path`. Raises `PackError` with every fault of the file."""
    file = TomlFile(path)
    top = file.top
    title, marking, as_of = top.text("title"), top.text("marking"), top.date("as_of")
    if as_of and len(as_of) < len("2000-01-01"):
        top.fault("as_of", "as_of is no day", "write a day such as 2024-05-31")
        as_of = None
    ner = top.choice("ner", NameFinder) or NameFinder.RULES
    documents: list[DocumentSettings] = []
    for table in top.tables("document"):
        settings = _document(table, path.parent)
        if settings.file and settings.file in {other.file for other in documents}:
            table.fault("file", f"{settings.file} is listed twice", "list it once")
        documents.append(settings)
    top.close()
    file.finish()
    return PackSettings(title, marking, date.fromisoformat(as_of) if as_of else None, tuple(documents), ner)


class EntityRules(NamedTuple):
    """What `entities.toml` says of names."""

    names: tuple[EntityRule, ...] = ()
    rejected: tuple[EntityKey, ...] = ()
    """What the rules would take for an entity and is none."""
    corrections: tuple[model.Correction, ...] = ()
    """What else is put right, in the order of the file."""


class _Do(StrEnum):
    MERGE = "merge"
    SPLIT = "split"
    REJECT = "reject"
    RETYPE = "retype"
    ADD = "add"


def read_entity_rules(path: Path) -> EntityRules:
    """The rules in the `entities.toml` at `path`. Raises `PackError` with every fault of the file."""
    file = TomlFile(path)
    rules: list[EntityRule] = []
    named: set[tuple[EntityType, str]] = set()
    for table in file.top.tables("entity"):
        type = table.choice("type", EntityType, required=True)
        name = table.text("name", required=True)
        aliases = table.texts("aliases")
        table.close()
        if type is None or not name:
            continue
        if (type, name) in named:
            table.fault("name", f"{type.value} {name} is named twice", "put all aliases in one place")
        named.add((type, name))
        rules.append(EntityRule(type, name, aliases))
    rejected: list[EntityKey] = []
    for table in file.top.tables("reject"):
        key = _key(table, "type", "name")
        table.close()
        if key:
            rejected.append(key)
    corrections = [_correction(table) for table in file.top.tables("correction")]
    file.top.close()
    file.finish()
    return EntityRules(tuple(rules), tuple(rejected), tuple(one for one in corrections if one))


def _key(table: TomlTable, type: str, name: str) -> EntityKey | None:
    """The entity that the keys `type` and `name` say; None when one of them is missing or faulty."""
    kind, words = table.choice(type, EntityType, required=True), table.text(name, required=True)
    return (kind, words) if kind is not None and words else None


def _correction(table: TomlTable) -> model.Correction | None:
    """What the table says; None when it is at fault."""
    do, entity = table.choice("do", _Do, required=True), _key(table, "type", "name")
    if do is None:
        return None
    correction: model.Correction | None = None
    if do is _Do.MERGE:
        into = _key(table, "into_type", "into")
        correction = model.Merge(entity, into) if entity and into else None
    elif do is _Do.SPLIT:
        form = table.text("form", required=True)
        correction = model.Split(entity, form) if entity else None
    elif do is _Do.RETYPE:
        new_type = table.choice("new_type", EntityType, required=True)
        correction = model.Retype(entity, new_type) if entity and new_type else None
    elif do is _Do.REJECT:
        correction = model.Reject(entity) if entity else None
    else:
        file, span = _place(table)
        correction = model.AddName(entity, file, span) if entity else None
    table.close()
    return correction


def _place(table: TomlTable) -> tuple[str, Span]:
    """Where an added name was seen; nowhere when the table does not say."""
    file, start, end = table.text("file"), table.number("start"), table.number("end")
    if not file and start is None and end is None:
        return "", Span(0, 0)
    if not file or start is None or end is None:
        table.fault("", "a place is a file, a start and an end", "give all three or none of them")
    elif start <= end:
        return file, Span(start, end)
    else:
        table.fault("end", "end lies before start", "give the characters of the file from start to end")
    return "", Span(0, 0)


def _document(table: TomlTable, folder: Path) -> DocumentSettings:
    file = table.text("file", required=True)
    settings = DocumentSettings(
        PurePosixPath(file).as_posix() if file else "",
        table.text("label"),
        table.date("date"),
        table.text("origin") or None,
        table.text("encoding") or None,
    )
    table.close()
    if file and not _inside(folder, file):
        table.fault("file", f"{file} lies outside the pack", "copy it into the pack")
    elif file and not readable(folder / file).is_file():
        table.fault("file", f"there is no file {file}", "correct the name or take the entry out")
    if settings.encoding and not _is_encoding(settings.encoding):
        table.fault(
            "encoding", f"unknown encoding {settings.encoding}", 'use one such as "utf-8", "cp1252" or "utf-16"'
        )
    return settings


def _inside(folder: Path, file: str) -> bool:
    try:
        return (folder / file).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def _is_encoding(name: str) -> bool:
    """Whether it names a way to write text in bytes that takes any byte, wrong ones as U+FFFD."""
    try:
        parse_document("a", b"a\xff", encoding=name)
    except (LookupError, ValueError):
        return False
    return True
