"""A pack that has been read, with what is found in it: from its index where that has it, else found and kept there."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from briefing.model import Pack, PackError, Problem
from briefing.storage.findings import Findings, find, name_model, with_findings
from briefing.storage.index.basis import Basis, basis_of, scenario_digest
from briefing.storage.index.indexing import Rules, Watch, bring_up_to_date
from briefing.storage.index.loading import findings_in, stored_findings
from briefing.storage.index.place import IndexBusyError, damage, damage_named, opened, writing
from briefing.storage.index.sources import DocumentsRead
from briefing.storage.index.stored import StoredMentions
from briefing.storage.large_pack import LARGE
from briefing.storage.pack_files import list_pack


def analyse_indexed(
    pack: Pack, paths: Sequence[Path], *, private: bool = True, beside: Callable[[], object] | None = None
) -> Pack:
    """The same as `analyse_pack`, and next time sooner: what was found in unchanged documents is not looked for again.

    `paths` are what `pack` was read from. Without `private` nothing is written, and the index inside the pack is the
    only one that is read, if root has written it. What the index lacks is found here, unless `beside`, where there is
    such a process, has it brought up to date. Whatever is wrong with an index, the pack is analysed; a foreign file in
    its place is among the problems of the pack, and of a large one, which takes long, why none can be kept.
    """
    found = _kept(pack, paths, private=private)
    if found is None and beside is not None:
        beside()
        found = _kept(pack, paths, private=private)
    if found is None and private:
        found, problems = _kept_anew(pack, paths)
        pack = replace(pack, problems=(*problems, *pack.problems))
    return with_findings(pack, find(pack) if found is None else found)


def _kept(pack: Pack, paths: Sequence[Path], *, private: bool) -> Findings | None:
    found, index = None, None
    scenario = scenario_digest(pack.scenario)
    try:
        index = opened(paths, _basis(pack), private=private)
        if index is not None:
            with damage_named():
                if len(pack.documents) >= LARGE:
                    found = stored_findings(index, pack.documents, scenario)
                else:
                    found = findings_in(index.connection, pack.documents, scenario)
    except (sqlite3.Error, PackError):
        found = None
    finally:
        # What is found in a large pack is looked up for as long as that is open.
        if index is not None and (found is None or not isinstance(found.mentions, StoredMentions)):
            index.connection.close()
    return found


def _kept_anew(pack: Pack, paths: Sequence[Path]) -> tuple[Findings | None, tuple[Problem, ...]]:
    """What is found, None where that cannot be kept; and what the officer has to put right for that."""
    rules = Rules(pack.entity_rules, pack.scenario, name_model(pack.ner))
    is_large = len(pack.documents) >= LARGE
    documents = DocumentsRead(pack.documents, list_pack(paths).sources if is_large else ())
    # Of a small pack all or nothing: it takes no longer than the analysis, and waits for the disk once.
    watch = Watch() if is_large else Watch(commit_after=math.inf)
    for anew in (False, True):
        try:
            with writing(paths, _basis(pack), wait=False, anew=anew) as index:
                if index.path is None:
                    return None, index.problems if is_large or index.is_displaced else ()
                bring_up_to_date(index.connection, documents, rules, watch)
                if not is_large:
                    return findings_in(index.connection, pack.documents, scenario_digest(pack.scenario)), ()
            found = _kept(pack, paths, private=True)
            if found is not None or anew:
                return found, ()
            # What cannot be read though nothing has changed is damaged.
        except (IndexBusyError, OSError):
            break
        except sqlite3.Error as error:
            if not damage(error):
                break
    return None, ()


def _basis(pack: Pack) -> Basis:
    return basis_of(pack.entity_rules, pack.ner)
