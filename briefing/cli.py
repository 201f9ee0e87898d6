"""The command line: every view of a pack as text, and the door to the terminal interface."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from briefing import __version__
from briefing.model import Entity, NameFinder, Pack, PackError, Problem
from briefing.parsing import visible
from briefing.storage.bundled import bundled_folder, default_pack

if TYPE_CHECKING:
    from briefing.analysis.card import Card

DONE, FOUND_WRONG, WRONG_USAGE, NOT_READ = range(4)
"""Exit codes: all went well; `check` found a fault; the command was called wrongly; something could not be read."""

_VIEWS = {
    "documents": "the documents of the pack",
    "entities": "who and what they speak of",
    "mentions": "every place where they do",
    "evidence": "every sentence that bears on the scenario",
    "scenario": "the roles against the constraints",
}
_Result = TypeVar("_Result")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments` (those of the process by default); the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    # Without a command the pack is opened, so that `briefing FOLDER` does what one expects.
    commands = {"open", "search", "check", *_VIEWS}
    if not given or (given[0] not in commands and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "open")
    options = parser.parse_args(given)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if sys.stdout is None:
        _complain([Problem("standard output", "is closed", "give it somewhere to go")])
        return NOT_READ
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - an officer can do nothing with a traceback
        return _failed(error)


def _failed(error: Exception) -> int:
    """Say on stderr what went wrong, a line a fault; the exit code."""
    if isinstance(error, BrokenPipeError):  # whoever read us has seen enough
        _write_nothing_more()
        return DONE
    if isinstance(error, PackError):
        _complain(error.problems)
    elif isinstance(error, OSError):
        place = str(error.filename or "standard output")
        _complain([Problem(place, error.strerror or str(error), "check where it leads")])
        _write_nothing_more()
    else:
        fault = f"stopped by a fault of its own: {type(error).__name__}: {error}"
        _complain([Problem("internal", fault, "report what you did")])
    return NOT_READ


def _write_nothing_more() -> None:
    """Let what is still to be written go nowhere, so that the interpreter has nothing to complain of when it ends."""
    if not hasattr(sys.stdout, "getvalue"):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="briefing",
        description="Prepare and give a briefing in a terminal. PACK is a folder, one file or several files; left out, "
        "it is the current folder if that holds a briefing.toml, else the bundled example.",
        epilog="Without a COMMAND the pack is opened, in a theme of your choice with --theme NAME.",
    )
    parser.add_argument("--version", action="version", version=f"briefing {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND")
    opened = commands.add_parser("open", help="the terminal interface (also without a command)")
    opened.add_argument("--theme", default=None, metavar="NAME", help=f"one of: {', '.join(_theme_names())}")
    _add_pack(opened, _open)
    for view, meaning in _VIEWS.items():
        command = commands.add_parser(view, help=meaning)
        command.set_defaults(view=view)
        _add_format(command)
        if view == "entities":
            command.add_argument(
                "--export-rules", action="store_true", help="print names and corrections as an entities.toml"
            )
            _add_pack(command, _show_entities, names=True)
        else:
            _add_pack(command, _show_view)
    found = commands.add_parser("search", help="lines in context where some words stand, with counts")
    found.add_argument("query", metavar="QUERY", help="words; case, kinds of quotes and line ends do not matter")
    _add_format(found)
    _add_pack(found, _search)
    _add_pack(commands.add_parser("check", help="is the pack sound? quotes verified, faults named"), _check)
    return parser


def _add_pack(
    parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int], *, names: bool = False
) -> None:
    """The arguments that say what to read, and with `names` on whom and what to report."""
    meaning = "a folder, one file or several files"
    if names:
        meaning += "; or NAME: show all there is on who or what is called so"
    metavar = "PACK or NAME" if names else "PACK"
    parser.add_argument("pack", nargs="*", default=[], type=str if names else Path, metavar=metavar, help=meaning)
    parser.add_argument(
        "--scenario", type=Path, metavar="FILE", help="another scenario.toml to hold the documents against"
    )
    parser.add_argument(
        "--ner",
        choices=[finder.value for finder in NameFinder],
        help="find names by the rules, or by a model of spaCy under them (what the pack says, else rules)",
    )
    parser.set_defaults(run=run)


def _add_format(parser: argparse.ArgumentParser) -> None:
    formats = ("table", "json", "jsonl", "csv", "markdown")
    parser.add_argument("--format", choices=formats, default="table", help="how to write it (table)")


def _paths(options: argparse.Namespace) -> list[Path]:
    return options.pack or [default_pack()]


def _ner(options: argparse.Namespace) -> NameFinder | None:
    """What is to find names, if the command line says so. Raises `PackError` when this host does not have it."""
    if options.ner != NameFinder.SPACY:
        return NameFinder(options.ner) if options.ner else None
    from briefing.extraction.model_names import name_model_installed

    if not name_model_installed():
        remedy = "install briefing[spacy], or leave --ner out"
        raise PackError(Problem(f"--ner {options.ner}", "spaCy is not installed", remedy))
    return NameFinder.SPACY


def _analysed(options: argparse.Namespace) -> Pack:
    from briefing.storage.pack_folder import open_pack

    pack = open_pack(_paths(options), options.scenario, _ner(options))
    _complain(pack.problems)
    return pack


def _show_view(options: argparse.Namespace) -> int:
    from briefing.export import rows

    if options.view == "documents":
        pack = _read(options)
        _complain(pack.problems)
        return _write(rows.document_rows(pack), options.format)
    pack = _analysed(options)
    if options.view == "scenario":
        if pack.matrix is None:
            raise PackError(
                Problem(pack.name, "has no scenario", "write a scenario.toml into it, or name one with --scenario")
            )
        if options.format == "json":
            return _write(rows.scenario_object(pack.matrix), options.format)
        make = rows.cell_rows if options.format == "jsonl" else rows.matrix_rows
        return _write(make(pack.matrix), options.format)
    views = {
        "entities": rows.entity_rows,
        "mentions": rows.mention_rows,
        "evidence": rows.evidence_rows,
    }
    return _write(views[options.view](pack), options.format)


def _show_entities(options: argparse.Namespace) -> int:
    """The list of entities, or the cards of those whose names are given among the paths."""
    given: list[str] = options.pack
    names = [one for one in given if not _is_path(one)]
    options.pack = [Path(one) for one in given if _is_path(one)]
    if options.export_rules:
        if names:
            raise PackError(Problem("--export-rules", f"{names[0]!r} is no file or folder", "name a pack"))
        return _export_rules(_analysed(options))
    if not names:
        return _show_view(options)
    from briefing.analysis.card import card_of, entities_called
    from briefing.export import rows

    pack = _analysed(options)
    # Words that were not quoted may be one name.
    joined = entities_called(pack.entities, " ".join(names))[0]
    found: list[Entity] = list(joined)
    for name in () if joined else names:
        exact, containing = entities_called(pack.entities, name)
        if not exact and len(containing) > 1:
            _write(rows.entity_rows(replace(pack, entities=containing)), options.format)
            fault = f"{len(containing)} entities have {name!r} in their names"
            _complain([Problem("entities", fault, "give the whole name of one")])
            return DONE
        if not exact and not containing:
            fault = f"no entity and no file is called {name!r}"
            raise PackError(Problem("entities", fault, "`briefing entities` lists them"))
        found += exact or containing
    cards = [card_of(entity, pack) for entity in dict.fromkeys(found)]
    if options.format == "table":
        return _write_cards(cards, pack)
    make = rows.card_rows if options.format.startswith("json") else rows.card_mention_rows
    return _write(make(cards, pack), options.format)


def _export_rules(pack: Pack) -> int:
    from briefing.analysis.corrections import corrected_rules
    from briefing.export.entity_rules import entity_rules_toml

    sys.stdout.write(entity_rules_toml(*corrected_rules(pack)))
    return DONE


def _is_path(given: str) -> bool:
    """Whether what was given is a file or folder, or can only be meant as one."""
    path = Path(given)
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


def _search(options: argparse.Namespace) -> int:
    from briefing.analysis.search import search
    from briefing.export.rows import hit_rows

    pack = _read(options)
    _complain(pack.problems)
    hits = search(pack.documents, options.query)
    _write(hit_rows(hits), options.format)
    if options.format == "table":
        documents = len({hit.document for hit in hits})
        print(
            f"{len(hits)} {'place' if len(hits) == 1 else 'places'} in {documents} of {len(pack.documents)} documents"
        )
    return DONE


def _check(options: argparse.Namespace) -> int:
    from briefing.analysis.check import check_pack
    from briefing.storage.pack_folder import open_pack

    paths, ner = _paths(options), _ner(options)
    try:
        pack = open_pack(paths, options.scenario, ner)
    except PackError as error:
        _complain(error.problems)
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


def _open(options: argparse.Namespace) -> int:
    if not all(path.exists() for path in _paths(options)):
        _read(options)  # says what is missing, terminal or not
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        remedy = "for pipes and files use a view, such as: briefing documents"
        raise PackError(Problem("briefing open", "this is not a terminal", remedy))
    name = options.theme or _fitting_theme()
    if name not in _theme_names():
        _complain([Problem("--theme", f"there is no theme {name!r}", f"choose one of: {', '.join(_theme_names())}")])
        return WRONG_USAGE
    # The size of the terminal is asked of the terminal: these say what it was once, and would freeze it.
    for variable in ("COLUMNS", "LINES"):
        os.environ.pop(variable, None)
    reading = _in_background(lambda: _read(options))
    # The framework takes longer to import than the documents to read; both happen at once.
    from briefing.rendering.theme import read_theme
    from briefing.storage.journal import Journal, journal_folders
    from briefing.tui.app import BriefingApp

    folder = bundled_folder("themes")
    themes = [read_theme(theme, (folder / f"{theme}.toml").read_text(encoding="utf-8")) for theme in _theme_names()]
    pack = reading.result()
    journal = Journal(journal_folders(_paths(options)))
    app = BriefingApp(pack, themes, name, lambda: _analyse(pack), journal)
    app.run()
    return NOT_READ if app.return_code else DONE


def _read(options: argparse.Namespace) -> Pack:
    from briefing.storage.pack_folder import read_pack

    return read_pack(_paths(options), options.scenario, _ner(options))


def _analyse(pack: Pack) -> Pack:
    from briefing.storage.pack_folder import analyse_pack

    return analyse_pack(pack)


def _in_background(work: Callable[[], _Result]) -> Future[_Result]:
    """What `work` will have given, done in a thread that does not keep the process alive."""
    future: Future[_Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001  whatever it is, it belongs to whoever asks for the result
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future


def _fitting_theme() -> str:
    """The theme for what the terminal says of itself: one it has the colours for."""
    kind = os.environ.get("TERM", "")
    if os.environ.get("NO_COLOR") or kind.startswith(("dumb", "vt")) or kind.endswith("-mono"):
        return "plain"
    return "dark" if "256color" in kind or os.environ.get("COLORTERM") else "sixteen"


def _theme_names() -> list[str]:
    return sorted(path.stem for path in bundled_folder("themes").glob("*.toml"))


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


def _complain(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(visible(f"briefing: {problem}"), file=sys.stderr)
