"""What became of a pack while it was open, in the one line that is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from briefing.model import Pack, Problem, documents_by_id
from briefing.parsing import visible
from briefing.rendering.entry import counted


def taken_in_words(before: Pack, after: Pack) -> str:
    """How `after` differs from `before`: "taken in: 2 new, 1 gone: 003_report.txt …; 1 decision by ana@host".

    Where it does not, all of it was looked up anew, since the index was thrown away.
    """
    return f"taken in: {'; '.join(_parts(before, after)) or 'the index, which was gone and is made again'}"


def refused_words(problem: Problem) -> str:
    """Why what lies on the disk now is not gone on with."""
    return f"not taken in, what was read stays: {fault_words(problem)}"


def fault_words(problem: Problem) -> str:
    """A fault on one row: the name of its file, the line, and what is wrong."""
    place = PurePath(problem.path).name + (f":{problem.line}" if problem.line else "")
    return f"{place}: {problem.fault}"


def _parts(before: Pack, after: Pack) -> Iterator[str]:
    old, new = documents_by_id(before.documents), documents_by_id(after.documents)
    groups = {
        "new": [id for id in new if id not in old],
        "changed": [id for id in new if id in old and new[id] is not old[id]],
        "gone": [id for id in old if id not in new],
    }
    ids = [id for group in groups.values() for id in group]
    if ids:
        counts = ", ".join(f"{len(group):,} {name}" for name, group in groups.items() if group)
        yield f"{counts}: {visible(ids[0])}{' …' if ids[1:] else ''}"
    if before.scenario != after.scenario:
        yield "the scenario"
    if _names(before) != _names(after):
        yield "what the pack says of names"
    if _settings(before) != _settings(after):
        yield "the settings of the pack"
    known = {event.id for event in before.events}
    for officer, count in sorted(Counter(event.by for event in after.events if event.id not in known).items()):
        yield f"{counted(count, 'decision')} by {visible(officer)}"
    faults = [problem for problem in after.problems if problem not in before.problems]
    if faults:
        yield f"{counted(len(faults), 'fault')}: {fault_words(faults[0])}"


def _names(pack: Pack) -> tuple[object, ...]:
    return pack.entity_rules, pack.rejected_names, pack.written_corrections


def _settings(pack: Pack) -> tuple[object, ...]:
    return pack.title, pack.marking, pack.written_as_of, pack.ner
