"""A pack read from its files, in two stages: the documents first, then all that is found in them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.extraction.model_names import load_name_model, name_model_installed
from briefing.model import Document, NameFinder, Pack, PackError, Problem
from briefing.parsing import format_of, looks_binary, parse_document, visible
from briefing.storage.bundled import SETTINGS, readable
from briefing.storage.journal import journal_folders, read_journals
from briefing.storage.pack_settings import (
    DocumentSettings,
    EntityRules,
    PackSettings,
    read_entity_rules,
    read_pack_settings,
)
from briefing.storage.scenario_file import read_scenario

LARGEST = 64 * 1024 * 1024
"""Bytes: a larger file is passed over."""
_SCENARIO = "scenario.toml"
_ENTITIES = "entities.toml"


@dataclass(frozen=True, slots=True)
class _Source:
    """One file of a pack: where it lies, and its path inside the pack."""

    path: Path
    id: str


def open_pack(paths: Sequence[Path], scenario: Path | None = None, ner: NameFinder | None = None) -> Pack:
    """The whole pack at `paths`, read and analysed; see `read_pack`."""
    return analyse_pack(read_pack(paths, scenario, ner))


def read_pack(paths: Sequence[Path], scenario: Path | None = None, ner: NameFinder | None = None) -> Pack:
    """The documents, scenario and entity rules of the pack at `paths`: a folder, one file, or several files.

    A folder is read with all below it, hidden folders left out, and brings its own settings; loose files have none.
    `scenario` names another scenario file to hold the documents against; `ner` overrules what the pack says of finding
    names. What this host lacks for that, files of a folder that cannot be read, and what is wrong with the journals are
    named in the pack's problems. Raises `PackError` when a file named outright, or a settings file, is at fault, or
    when there is no document at all.
    """
    is_folder = len(paths) == 1 and readable(paths[0]).is_dir()
    pack = _with_ner(_read_folder(paths[0], scenario) if is_folder else _read_files(paths, scenario), ner)
    events, problems = read_journals(journal_folders(paths))
    return replace(pack, events=events, problems=(*pack.problems, *problems))


def analyse_pack(pack: Pack) -> Pack:
    """The same pack with its mentions, entities, claims and matrix."""
    # Documents are on the screen before any of this is needed, and loading it takes longer than reading them.
    from briefing.analysis.conflicts import conflicts_of
    from briefing.analysis.corrections import with_events
    from briefing.analysis.weighing import weighed
    from briefing.extraction.claims import extract_claims
    from briefing.extraction.entities import extract_mentions

    model = load_name_model() if pack.ner is NameFinder.SPACY else None
    mentions = extract_mentions(pack.documents, pack.entity_rules, model)
    pack = with_events(replace(pack, found=mentions), pack.events)
    # Claims rest on what the rules found, so that a correction never waits for them to be made anew.
    claims = extract_claims(pack.documents, pack.scenario, mentions) if pack.scenario else ()
    conflicts = conflicts_of(pack.documents, claims, mentions, pack.scenario)
    return weighed(replace(pack, found_claims=claims, found_conflicts=conflicts), pack.events)


def _read_folder(folder: Path, scenario: Path | None) -> Pack:
    problems: list[Problem] = []
    root = folder.resolve()
    strays = {name: _stray_link(folder / name, root) for name in (SETTINGS, _ENTITIES, _SCENARIO)}
    if any(strays.values()):
        raise PackError(
            *(Problem(visible(str(folder / name)), fault, _COPY) for name, fault in strays.items() if fault)
        )
    # Whatever bears one of these names is read or refused: a pack must not open without its marking by accident.
    settings = read_pack_settings(folder / SETTINGS) if _is_there(folder / SETTINGS) else PackSettings()
    rules = read_entity_rules(folder / _ENTITIES) if _is_there(folder / _ENTITIES) else EntityRules()
    listed = {document.file: document for document in settings.documents}
    sources = [_Source(folder / document.file, document.file) for document in settings.documents]
    if readable(folder) is folder:  # the pack inside the archive of the program lists all it has
        sources += [source for source in _walk(folder, problems) if source.id not in listed]
    documents = []
    for source in sources:
        try:
            documents.append(_read_document(source, listed.get(source.id, DocumentSettings(source.id))))
        except PackError as error:
            problems += error.problems
    if not documents:
        remedy = "put .txt or .md files into it, or name another folder"
        raise PackError(Problem(visible(str(folder)), "holds no document that can be read", remedy), *problems)
    own = folder / _SCENARIO if _is_there(folder / _SCENARIO) else None
    name = _id(folder.resolve().name) or str(folder)
    pack = Pack(name, settings.title or name, settings.marking, settings.as_of, tuple(documents))
    pack = replace(pack, written_as_of=settings.as_of, ner=settings.ner)
    pack = replace(pack, entity_rules=rules.names, rejected_names=rules.rejected, written_corrections=rules.corrections)
    return _with_scenario(pack, scenario or own, scenario is None, problems)


def _read_files(paths: Sequence[Path], scenario: Path | None) -> Pack:
    faults = [problem for path in paths for problem in _unfit(path)]
    if faults or not paths:
        raise PackError(*(faults or [Problem("", "no file is named", "name a folder or files")]))
    absolute = list(dict.fromkeys(Path(os.path.normpath(Path.cwd() / path)) for path in paths))
    root = Path(os.path.commonpath([path.parent for path in absolute]))
    documents: list[Document] = []
    for path in absolute:
        try:
            source = _Source(path, _id(path.relative_to(root).as_posix()))
            documents.append(_read_document(source, DocumentSettings(source.id)))
        except PackError as error:
            faults += error.problems
    if faults:
        raise PackError(*faults)
    name = documents[0].id if len(documents) == 1 else _id(root.name) or str(root)
    title = documents[0].label if len(documents) == 1 else name
    return _with_scenario(Pack(name, title, "", None, tuple(documents)), scenario, False, [])


def _with_scenario(pack: Pack, path: Path | None, own: bool, problems: list[Problem]) -> Pack:
    if path is None:
        return replace(pack, problems=tuple(problems))
    scenario, passed_over = read_scenario(path, pack.documents, own=own)
    return replace(pack, scenario=scenario, problems=(*problems, *passed_over))


def _with_ner(pack: Pack, asked: NameFinder | None) -> Pack:
    """The pack with the names to be found as asked, or else as it wishes; by the rules where this host has no more."""
    ner = asked or pack.ner
    if ner is NameFinder.RULES or name_model_installed():
        return replace(pack, ner=ner)
    fault = f'ner = "{ner}": spaCy is not installed, and names are found by the rules alone'
    problem = Problem(visible(pack.name), fault, "install briefing[spacy]")
    return replace(pack, ner=NameFinder.RULES, problems=(*pack.problems, problem))


def _is_there(path: Path) -> bool:
    return os.path.lexists(path) or readable(path).exists()


def _unfit(path: Path) -> list[Problem]:
    name = visible(str(path))
    if path.is_dir():
        return [Problem(name, "is a folder among files", "name one folder, or files only")]
    if not path.exists():
        return [Problem(name, "there is no such file or folder", "check the name")]
    return []


def _walk(folder: Path, problems: list[Problem]) -> Iterator[_Source]:
    """The documents below `folder` by path; hidden names, links out of it and other kinds of file are left out."""
    root = folder.resolve()
    found: list[_Source] = []

    def unreadable(error: OSError) -> None:
        problems.append(
            Problem(visible(str(error.filename)), f"cannot be read: {error.strerror}", "check its permissions")
        )

    for here, below, names in os.walk(folder, onerror=unreadable):
        linked = [name for name in below if Path(here, name).is_symlink() and not name.startswith(".")]
        problems += [
            Problem(_id(_inside(folder, here, name)), "is a link to a folder", _COPY) for name in sorted(linked)
        ]
        below[:] = [name for name in below if not name.startswith(".")]
        for name in names:
            if name.startswith(".") or format_of(name) is None:
                continue
            path = Path(here, name)
            source = _Source(path, _id(_inside(folder, here, name)))
            stray = _stray_link(path, root)
            if stray:
                problems.append(Problem(source.id, stray, _COPY))
            else:
                found.append(source)
    yield from sorted(found, key=lambda source: source.id)


def _stray_link(path: Path, root: Path) -> str:
    """What is wrong with where a link leads; "" for what is no link, or leads to something inside `root`."""
    if not path.is_symlink():
        return ""
    try:
        return "" if path.resolve(strict=True).is_relative_to(root) else "is a link out of the pack"
    except (OSError, RuntimeError):
        return "is a link that leads nowhere"


_COPY = "copy what it points to into the pack"


def _inside(folder: Path, here: str, name: str) -> str:
    return Path(here, name).relative_to(folder).as_posix()


def _id(path: str) -> str:
    """A path as text that can be encoded: bytes of a file name that are no UTF-8 are written out."""
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def _read_document(source: _Source, settings: DocumentSettings) -> Document:
    """The document in one file. Raises `PackError` when it is not a file, too large, not text, or cannot be read."""
    name = visible(source.id)
    try:
        file = readable(source.path)
        if not file.is_file():
            raise PackError(Problem(name, "is no file that can be read", "take it out or put the text in its place"))
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise PackError(Problem(name, "is larger than 64 MB and passed over", "split it into smaller files"))
    except OSError as error:
        raise PackError(Problem(name, f"cannot be read: {error.strerror or error}", "check its permissions")) from error
    if settings.encoding is None and looks_binary(data):
        raise PackError(Problem(name, "is not text", "convert it to .txt or .md"))
    return parse_document(
        source.id,
        data,
        encoding=settings.encoding,
        label=settings.label,
        date=settings.date,
        origin=settings.origin,
    )
