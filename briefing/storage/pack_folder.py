"""A pack read from its files, in two stages: the documents first, then all that is found in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from briefing.model import Document, NameFinder, Pack, PackError, Problem
from briefing.parsing import visible
from briefing.storage.journal import journal_folders, read_journals
from briefing.storage.pack_files import PackFiles, Source, list_pack, nothing_to_read, read_source
from briefing.storage.scenario_file import read_scenario

Reader = Callable[[Source], Document | None]
"""Gives the document in a file, or None where the file is to be left out for now. Raises `PackError`, as `read_source`
does."""


def open_pack(paths: Sequence[Path], scenario: Path | None = None, ner: NameFinder | None = None) -> Pack:
    """The whole pack at `paths`, read and analysed; see `read_pack`."""
    return analyse_pack(read_pack(paths, scenario, ner))


def read_pack(
    paths: Sequence[Path],
    scenario: Path | None = None,
    ner: NameFinder | None = None,
    *,
    files: PackFiles | None = None,
    reader: Reader = read_source,
) -> Pack:
    """The documents, scenario and entity rules of the pack at `paths`: a folder, one file, or several files.

    A folder is read with all below it, hidden folders left out, and brings its own settings; loose files have none.
    `scenario` names another scenario file to hold the documents against; `ner` overrules what the pack says of finding
    names. What this host lacks for that, files of a folder that cannot be read, and what is wrong with the journals are
    named in the pack's problems. `files` are those of the pack where it has been listed already, and `reader` is what
    gives the documents in them. Raises `PackError` when a file named outright, or a settings file, is at fault, or
    when there is no document at all.
    """
    files = files or list_pack(paths)
    documents, problems = _read_documents(files, paths, reader)
    settings, rules = files.settings, files.rules
    title = settings.title or (documents[0].label if not files.is_folder and len(documents) == 1 else files.name)
    pack = Pack(files.name, title, settings.marking, settings.as_of, documents)
    pack = replace(pack, written_as_of=settings.as_of, ner=settings.ner)
    pack = replace(pack, entity_rules=rules.names, rejected_names=rules.rejected, written_corrections=rules.corrections)
    own = scenario is None and files.is_folder
    pack = _with_ner(_with_scenario(pack, scenario or files.scenario, own, problems), ner)
    events, faults = read_journals(journal_folders(paths))
    return replace(pack, events=events, problems=(*pack.problems, *faults))


def analyse_pack(pack: Pack) -> Pack:
    """The same pack with its mentions, entities, claims and matrix."""
    # Documents are on the screen before any of this is needed, and loading it takes longer than reading them.
    from briefing.storage.findings import find, with_findings

    return with_findings(pack, find(pack))


def analysed_as(before: Pack, pack: Pack) -> Pack:
    """`pack` with what was found in `before`, whose documents, scenario and names are the same."""
    from briefing.storage.findings import Findings, with_findings

    found = Findings(
        before.found, before.found_claims, before.found_conflicts, before.found_likenesses, before.found_entities
    )
    return with_findings(pack, found)


def _read_documents(
    files: PackFiles, paths: Sequence[Path], reader: Reader
) -> tuple[tuple[Document, ...], list[Problem]]:
    """The documents, and what is wrong with those of a folder. Raises `PackError`, as `read_pack` says."""
    problems = list(files.problems)
    documents = []
    for source in files.sources:
        try:
            document = reader(source)
        except PackError as error:
            problems += error.problems
        else:
            documents += [document] if document is not None else []
    if problems and not files.is_folder:
        raise PackError(*problems)
    if not documents:
        raise PackError(nothing_to_read(paths), *problems)
    return tuple(documents), problems


def _with_scenario(pack: Pack, path: Path | None, own: bool, problems: list[Problem]) -> Pack:
    if path is None:
        return replace(pack, problems=tuple(problems))
    scenario, passed_over = read_scenario(path, pack.documents, own=own)
    return replace(pack, scenario=scenario, problems=(*problems, *passed_over))


def _with_ner(pack: Pack, asked: NameFinder | None) -> Pack:
    """The pack with the names to be found as asked, or else as it wishes; by the rules where this host has no more."""
    ner = asked or pack.ner
    if ner is NameFinder.RULES:
        return replace(pack, ner=ner)
    from briefing.extraction.model_names import name_model_installed

    if name_model_installed():
        return replace(pack, ner=ner)
    fault = f'ner = "{ner}": spaCy is not installed, and names are found by the rules alone'
    problem = Problem(visible(pack.name), fault, "install briefing[spacy]")
    return replace(pack, ner=NameFinder.RULES, problems=(*pack.problems, problem))
