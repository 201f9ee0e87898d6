"""The index of a pack made or brought up to date from its files, and given to all who work on the pack."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.extraction.model_names import name_model_installed
from briefing.model import NameFinder, PackError, Problem
from briefing.parsing import visible
from briefing.storage.findings import name_model
from briefing.storage.index.basis import basis_of
from briefing.storage.index.indexing import Rules, Summary, Watch, bring_up_to_date
from briefing.storage.index.place import damage, damage_named, shared_path, writing
from briefing.storage.index.sources import FilesToRead
from briefing.storage.pack_files import list_pack, nothing_to_read
from briefing.storage.private_files import opened_folder, sync_folder
from briefing.storage.scenario_file import read_scenario


@dataclass(frozen=True, slots=True)
class Indexed:
    """What was done, and where it lies."""

    summary: Summary
    """With files that were passed over among its faults."""
    path: Path


def index_pack(
    paths: Sequence[Path],
    scenario: Path | None = None,
    ner: NameFinder | None = None,
    *,
    watch: Watch,
    workers: int = 1,
    wait: bool = True,
) -> Indexed:
    """Bring the officer's index of the pack at `paths` up to date; `scenario` and `ner` as for `read_pack`.

    `workers` as for `bring_up_to_date`. Raises `PackError` when the pack cannot be read or the index not be stored,
    `IndexStoppedError` when it was stopped, and `IndexBusyError` when another program is at it and it is not to `wait`.
    """
    files = list_pack(paths)
    if not files.sources:
        raise PackError(nothing_to_read(paths), *files.problems)
    own = scenario or files.scenario
    question = read_scenario(own, (), own=False)[0] if own else None
    finder = ner or files.settings.ner
    finder = finder if name_model_installed() else NameFinder.RULES
    rules = Rules(files.rules.names, question, name_model(finder))
    basis = basis_of(rules.names, finder)
    for anew in (False, True):
        try:
            with writing(paths, basis, wait=wait, anew=anew) as index:
                if index.path is None:
                    raise PackError(*index.problems)
                path = index.path
                documents = FilesToRead(files.sources)
                summary = bring_up_to_date(index.connection, documents, rules, watch, workers=workers)
                break
        except sqlite3.Error as error:
            if anew or not damage(error):
                fault = f"cannot be written: {error}"
                raise PackError(Problem(visible(str(path)), fault, "make room for it")) from error
    return Indexed(replace(summary, faults=(*files.problems, *summary.faults)), path)


def share_index(paths: Sequence[Path], index: Path) -> Path:
    """Lay a copy of an index into its pack, readable for all: all of it or none; where it then lies.

    Officers use it only where root has written it: what a pack brings itself is not believed.
    Raises `PackError` when that cannot be done.
    """
    path = shared_path(paths)
    if path is None:
        raise PackError(Problem("--share", "loose files have no place for an index", "put them into a folder"))
    path = paths[0].resolve() / path.relative_to(paths[0])
    new = f"{path.name}.{os.getpid()}"
    try:
        with opened_folder(path.parent, make=True) as folder:
            os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder))
            try:
                with damage_named(), closing(sqlite3.connect(f"{index.as_uri()}?mode=ro", uri=True)) as connection:
                    connection.execute("VACUUM INTO ?", (str(path.parent / new),))
                os.chmod(new, 0o644, dir_fd=folder)
                # The folder was made for one officer's journal, which has a folder of its own in it.
                os.fchmod(folder, stat.S_IMODE(os.fstat(folder).st_mode) | 0o055)
                os.replace(new, path.name, src_dir_fd=folder, dst_dir_fd=folder)
            except BaseException:
                os.unlink(new, dir_fd=folder)
                raise
            sync_folder(folder)
        return path
    except (OSError, sqlite3.Error) as error:
        fault = f"cannot be shared: {error.strerror if isinstance(error, OSError) else error}"
        raise PackError(Problem(visible(str(path)), fault, "ask whose the pack is for the right to it")) from error
