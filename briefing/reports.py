"""Every view of a pack as text on standard output, and what goes wrong with it on standard error."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.model import Entity, NameFinder, Pack, PackError, Problem
from briefing.parsing import visible
from briefing.storage.bundled import default_pack

if TYPE_CHECKING:
    from briefing.analysis.card import Card
    from briefing.export.rows import Row

DONE, FOUND_WRONG, WRONG_USAGE, NOT_READ = range(4)
"""Exit codes: all went well; `check` found a fault; the command was called wrongly; something could not be read."""
_MOST_NAMED = 20
"""Entities: with more of them a name is too short to tell what is meant."""

VIEWS = {
    "documents": "the documents of the pack",
    "entities": "who and what they speak of",
    "mentions": "every place where they do",
    "evidence": "every sentence that bears on the scenario",
    "scenario": "the roles against the constraints",
    "timeline": "what happened, happens and is to happen, in order",
    "conflicts": "sentences that disagree",
    "origins": "which documents repeat one another",
    "ranking": "the roles, least hindered first",
    "linchpins": "what each origin alone holds up",
    "questions": "what is to be found out",
    "changes": "what has changed since the last snapshot",
    "appraisal": "what is to be said of each source, and its grades",
}


def begin_pack(options: argparse.Namespace) -> int:
    """Write the files of a new pack, and say which."""
    from briefing.storage.new_pack import new_pack

    for path in new_pack(options.folder):
        print(visible(str(path)))
    return DONE


def show_view(options: argparse.Namespace) -> int:
    """One view of the pack, as rows."""
    from briefing.export import rows, weighing_rows

    if options.view == "documents":
        pack = read(options)
        complain(pack.problems)
        return _write(rows.document_rows(pack), options.format)
    pack = _analysed(options)
    if pack.matrix is None and options.view in ("scenario", "ranking", "linchpins"):
        remedy = "write a scenario.toml into it, or name one with --scenario"
        raise PackError(Problem(pack.name, "has no scenario", remedy))
    if options.view == "scenario" and pack.matrix is not None:
        if options.format == "json":
            return _write(rows.scenario_object(pack.matrix), options.format)
        make = rows.cell_rows if options.format == "jsonl" else rows.matrix_rows
        return _write(make(pack.matrix), options.format)
    views: dict[str, Callable[[Pack], list[Row]]] = {
        "entities": rows.entity_rows,
        "mentions": rows.mention_rows,
        "evidence": rows.evidence_rows,
        "timeline": _timeline_rows,
        "conflicts": lambda pack: rows.conflict_rows(pack.conflicts, pack.documents, pack.events),
        "origins": lambda pack: rows.origin_rows(pack.origins, pack.documents),
        "ranking": weighing_rows.ranking_rows,
        "linchpins": weighing_rows.linchpin_rows,
        "questions": weighing_rows.question_rows,
        "changes": weighing_rows.change_rows,
        "appraisal": weighing_rows.appraisal_rows,
    }
    return _write(views[options.view](pack), options.format)


def _timeline_rows(pack: Pack) -> list[Row]:
    from briefing.analysis.timeline import timeline_of
    from briefing.export.rows import timeline_rows

    return timeline_rows(timeline_of(pack.documents, pack.mentions, pack.claims, pack.as_of), pack)


def show_entities(options: argparse.Namespace) -> int:
    """The list of entities, or the cards of those whose names are given among the paths."""
    given: list[str] = options.pack
    names = [one for one in given if not _is_path(one)]
    options.pack = [Path(one) for one in given if _is_path(one)]
    if fault := _misused(options, names):
        complain([fault])
        return WRONG_USAGE
    if options.export_rules:
        return _export_rules(_analysed(options))
    if not names:
        return show_view(options)
    from briefing.analysis.card import card_of
    from briefing.export import rows

    pack = _analysed(options)
    # Words that were not quoted may be one name.
    found = _called(pack, " ".join(names))[0] or [entity for name in names for entity in _meant(pack, name)]
    cards = [card_of(entity, pack) for entity in dict.fromkeys(found)]
    complain([_rejection(card.entity, pack) for card in cards if card.entity in pack.rejected])
    if options.format == "table":
        return _write_cards(cards, pack)
    make = rows.card_rows if options.format.startswith("json") else rows.card_mention_rows
    return _write(make(cards, pack), options.format)


def _misused(options: argparse.Namespace, names: Sequence[str]) -> Problem | None:
    if not all(map(str.strip, names)):
        return Problem("entities", "a name is empty", "give a name, or leave it out to list all entities")
    if options.export_rules and names:
        return Problem("--export-rules", f"{names[0]!r} is no file or folder", "name a pack")
    if options.export_rules and options.format != "table":
        return Problem("--export-rules", f"rules are not written as {options.format}", "leave --format out")
    return None


def _called(pack: Pack, name: str) -> tuple[list[Entity], list[Entity]]:
    """Those that bear `name`, rejected ones where no other does, and those whose names only contain it."""
    from briefing.analysis.card import entities_called

    exact, containing = entities_called(pack.entities, name)
    rejected, rejected_containing = entities_called(pack.rejected, name)
    return [*(exact or rejected)], [*containing, *rejected_containing]


def _meant(pack: Pack, name: str) -> list[Entity]:
    """Those that bear `name`, or the one whose name contains it. Raises `PackError` for none and for several."""
    exact, containing = _called(pack, name)
    if exact or len(containing) == 1:
        return exact or containing
    if not containing:
        fault = f"no entity and no file is called {name!r}"
        raise PackError(Problem("entities", fault, "`briefing entities` lists them"))
    fault = f"{len(containing)} entities have {name!r} in their names"
    more = len(containing) - _MOST_NAMED
    told = [Problem(entity.type, " ".join(entity.name.split())) for entity in containing[:_MOST_NAMED]]
    raise PackError(
        Problem("entities", fault, "give the whole name of one"),
        *told,
        *([Problem("entities", f"and {more} more", "give more of the name")] if more > 0 else ()),
    )


def _rejection(entity: Entity, pack: Pack) -> Problem:
    """Who said that `entity` is none."""
    from briefing.analysis.corrections import rejections_of

    name = f"{entity.type} {' '.join(entity.name.split())}"
    events = rejections_of(pack, entity)
    if not events:
        return Problem(name, "was rejected by the pack", "take it out of entities.toml if it is an entity")
    by = ", ".join(f"{event.by} on {event.at:%Y-%m-%d at %H:%M} UTC" for event in events)
    return Problem(name, f"was rejected by {by}", "choose it and press d to take it up again")


def _export_rules(pack: Pack) -> int:
    from briefing.analysis.corrections import corrections_of
    from briefing.export.entity_rules import entity_rules_toml

    sys.stdout.write(entity_rules_toml(pack.entity_rules, pack.rejected_names, corrections_of(pack)))
    return DONE


def _is_path(given: str) -> bool:
    """Whether what was given is a file or folder, or can only be meant as one."""
    path = Path(given)
    if not given:
        return False
    if path.exists() or path.suffix in (".md", ".txt", ".toml") or "\\" in given:
        return True
    return "/" in given and (path.is_absolute() or path.parent.exists())


def _write_cards(cards: Sequence[Card], pack: Pack) -> int:
    from briefing.rendering.card import card_entries, card_title
    from briefing.rendering.line import plain

    width = shutil.get_terminal_size((100, 24)).columns
    for number, card in enumerate(cards):
        lines = [plain(line).rstrip() for entry in card_entries(card, pack.documents, width) for line in entry.lines]
        print("\n" * bool(number) + "\n".join((card_title(card), *lines)))
    return DONE


def show_hits(options: argparse.Namespace) -> int:
    """Every place where what is looked for stands, the passages that fit best first."""
    from briefing.analysis.query import needs_analysis, parse_query
    from briefing.analysis.query_error import QueryError
    from briefing.analysis.search import hit_at
    from briefing.export.rows import hit_rows
    from briefing.storage.index.memory import in_memory_index
    from briefing.storage.index.search import words_found

    try:
        query = parse_query(options.query)
    except QueryError as error:
        complain([Problem(f"search: character {error.place + 1}", error.fault, error.remedy)])
        return WRONG_USAGE
    if needs_analysis(query.where):
        pack = _analysed(options)
    else:
        pack = read(options)
        complain(pack.problems)
    index = in_memory_index(pack)
    found = index.find(query, most=None)
    hits = []
    for passage in index.all(found):
        document = pack.document(passage.document)
        hits += [hit_at(document, span) for span in words_found(passage, document)]
    if options.format != "table":
        return _write(hit_rows(hits), options.format)
    _write([{**row, "passage_start": None, "passage_end": None} for row in hit_rows(hits)], "table")
    places = f"{len(hits)} {'place' if len(hits) == 1 else 'places'}"
    print(f"{places} in {found.documents} of {len(pack.documents)} documents")
    return DONE


def show_check(options: argparse.Namespace) -> int:
    """What is wrong with the pack, if anything is."""
    from briefing.analysis.check import check_pack
    from briefing.storage.pack_folder import open_pack

    paths, ner = paths_of(options), ner_of(options)
    try:
        pack = open_pack(paths, options.scenario, ner)
    except PackError as error:
        complain(error.problems)
        named = [*paths, options.scenario] if options.scenario else paths
        return FOUND_WRONG if all(path.exists() for path in named) else NOT_READ
    problems = check_pack(pack)
    for problem in problems:
        print(visible(str(problem)))
    found = {"document": pack.documents, "mention": pack.mentions, "claim": pack.claims}
    counts = ", ".join(f"{len(items)} {noun}{'' if len(items) == 1 else 's'}" for noun, items in found.items())
    verdict = f"{len(problems)} {'fault' if len(problems) == 1 else 'faults'}" if problems else "every quote verified"
    print(f"{visible(pack.name)}: {counts}: {verdict}")
    return FOUND_WRONG if problems else DONE


def refuse_outside(options: argparse.Namespace) -> None:
    """Raise `PackError` for what the restricted mode does not do.

    What is named on the command line is the pack. Nothing is written outside the state folder, and nothing read that
    lies outside the pack, or that a link in the place of one of its files leads to.
    """
    if options.run is begin_pack:
        raise PackError(Problem("init", f"writes a pack, and {_RESTRICTED}", "begin it on a host of your own"))
    paths = list(map(Path, getattr(options, "pack", ()))) or [default_pack()]
    faults = [
        Problem(visible(str(path)), f"is a link, and {_RESTRICTED}", "name what it leads to")
        for path in paths
        if path.is_symlink() and not path.is_dir()
    ]
    scenario = getattr(options, "scenario", None)
    folders = [path.resolve() if path.is_dir() else path.resolve().parent for path in paths]
    if scenario and not any(scenario.resolve().is_relative_to(folder) for folder in folders):
        fault = f"lies outside the pack, and {_RESTRICTED}"
        faults.append(Problem(visible(str(scenario)), fault, "name a file inside the pack"))
    if faults:
        raise PackError(*faults)


_RESTRICTED = "this is the restricted mode"


def read(options: argparse.Namespace) -> Pack:
    """The pack that is meant, its documents read."""
    from briefing.storage.pack_folder import read_pack

    return read_pack(paths_of(options), options.scenario, ner_of(options))


def _analysed(options: argparse.Namespace) -> Pack:
    from briefing.storage.index.analysed import analyse_indexed

    pack = analyse_indexed(read(options), paths_of(options), private=not options.decisions.restricted)
    complain(pack.problems)
    return pack


def ner_of(options: argparse.Namespace) -> NameFinder | None:
    """What is to find names, if the command line says so. Raises `PackError` when this host does not have it."""
    if options.ner != NameFinder.SPACY:
        return NameFinder(options.ner) if options.ner else None
    from briefing.extraction.model_names import name_model_installed

    if not name_model_installed():
        remedy = "install briefing[spacy], or leave --ner out"
        raise PackError(Problem(f"--ner {options.ner}", "spaCy is not installed", remedy))
    return NameFinder.SPACY


def paths_of(options: argparse.Namespace) -> list[Path]:
    """The pack that is meant, as paths."""
    return options.pack or [default_pack()]


def _write(value: object, format: str) -> int:
    from briefing.export.formats import FORMATS, as_json, as_table, ascii_json

    if not isinstance(value, list):
        text = as_json(value)
    elif format == "table":
        text = as_table(value, shutil.get_terminal_size().columns if sys.stdout.isatty() else None)
    else:
        text = FORMATS[format](value)
    if format.startswith("json") and "utf" not in (sys.stdout.encoding or "").lower():
        text = ascii_json(text)
    sys.stdout.write(text)
    sys.stdout.flush()
    return DONE


def complain(problems: Sequence[Problem]) -> None:
    """Say on standard error what is wrong, a line each; nowhere if that is closed."""
    if sys.stderr is None:  # where print would write to standard output
        return
    for problem in problems:
        print(visible(f"briefing: {problem}"), file=sys.stderr)
