"""A pack that has been read, with what is found in it: from its index where that has it, else found and kept there."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from briefing.model import Pack
from briefing.storage.findings import Findings, find, name_model, with_findings
from briefing.storage.index.basis import Basis, basis_of, scenario_digest
from briefing.storage.index.indexing import Rules, Watch, bring_up_to_date
from briefing.storage.index.loading import findings_in
from briefing.storage.index.place import IndexBusyError, damage, reading, writing
from briefing.storage.index.sources import DocumentsRead


def analyse_indexed(pack: Pack, paths: Sequence[Path], *, private: bool = True) -> Pack:
    """The same as `analyse_pack`, and next time sooner: what was found in unchanged documents is not looked for again.

    `paths` are what `pack` was read from. Without `private` nothing is written, and the index inside the pack is the
    only one that is read. Whatever is wrong with an index, the pack is analysed.
    """
    found = _kept(pack, paths, private=private)
    if found is None and private:
        found = _kept_anew(pack, paths)
    return with_findings(pack, find(pack) if found is None else found)


def _kept(pack: Pack, paths: Sequence[Path], *, private: bool) -> Findings | None:
    try:
        with reading(paths, _basis(pack), private=private) as index:
            if index is None:
                return None
            return findings_in(index.connection, pack.documents, scenario_digest(pack.scenario))
    except sqlite3.Error:
        return None


def _kept_anew(pack: Pack, paths: Sequence[Path]) -> Findings | None:
    rules = Rules(pack.entity_rules, pack.scenario, name_model(pack.ner))
    documents = DocumentsRead(pack.documents)
    # All or nothing: it takes no longer than the analysis, and waits for the disk once.
    watch = Watch(commit_after=math.inf)
    for anew in (False, True):
        try:
            with writing(paths, _basis(pack), wait=False, anew=anew) as index:
                if index.path is None:
                    return None
                bring_up_to_date(index.connection, documents, rules, watch)
                return findings_in(index.connection, pack.documents, scenario_digest(pack.scenario))
        except (IndexBusyError, OSError):
            return None
        except sqlite3.Error as error:
            if not damage(error):
                return None
    return None


def _basis(pack: Pack) -> Basis:
    return basis_of(pack.entity_rules, pack.ner)
