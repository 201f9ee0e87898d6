"""The command line: what can be asked for, the door to the terminal interface, and how everything ends."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from itertools import takewhile
from pathlib import Path
from threading import Thread
from typing import TypeVar

from briefing import __version__
from briefing.host import decide, observe
from briefing.model import NameFinder, Pack, PackError, Problem
from briefing.rendering.safe_output import safe_output
from briefing.reports import (
    DONE,
    NOT_READ,
    VIEWS,
    WRONG_USAGE,
    begin_pack,
    complain,
    paths_of,
    read,
    refuse_outside,
    show_check,
    show_entities,
    show_hits,
    show_view,
)
from briefing.storage.bundled import bundled_folder, readable
from briefing.storage.state_folder import state_folder

_Result = TypeVar("_Result")
_EVERYWHERE = {
    "--ascii": "show ASCII only, as where the locale is not UTF-8 (also BRIEFING_ASCII=1)",
    "--restricted": "read nothing outside the pack, write nothing outside the state folder, reach no shell (also "
    "BRIEFING_RESTRICTED=1)",
}
"""Options of every command: they may stand before it as well."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments` (those of the process by default); the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    state = state_folder()
    host = observe(os.environ, state / "briefing" if state else None)
    with safe_output(ascii=decide(host, ascii="--ascii" in given).ascii):
        options = _parse(given)
    options.host = host
    options.decisions = decide(
        host, theme=getattr(options, "theme", None) or "", ascii=options.ascii, restricted=options.restricted
    )
    for_eyes = getattr(options, "format", "table") == "table" and not getattr(options, "export_rules", False)
    with safe_output(ascii=options.decisions.ascii, pipes=for_eyes and (options.ascii or host.ascii_wanted)):
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    """Do what is asked; the exit code, whatever goes wrong."""
    if sys.stdout is None:
        complain([Problem("standard output", "is closed", "give it somewhere to go")])
        return NOT_READ
    try:
        if options.decisions.restricted:
            refuse_outside(options)
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - an officer can do nothing with a traceback
        return _failed(error)


def _parse(given: list[str]) -> argparse.Namespace:
    """What the arguments `given` ask for; options may stand anywhere after the command."""
    parser, commands = _parser()
    if given and given[0] in ("-h", "--help", "--version"):
        return parser.parse_args(given)
    # Whoever sets up a host puts these before whatever an officer asks for.
    first = list(takewhile(lambda one: one in _EVERYWHERE, given))
    rest = given[len(first) :]
    # Without a command the pack is opened, so that `briefing FOLDER` does what one expects.
    if not rest or rest[0] not in commands:
        rest = ["open", *rest]
    command = commands[rest[0]]
    rest = [*first, *rest[1:]]
    # After "--" nothing is an option; intermixed arguments do not know that.
    return command.parse_args(rest) if "--" in rest else command.parse_intermixed_args(rest)


def _failed(error: Exception) -> int:
    """Say on stderr what went wrong, a line a fault; the exit code."""
    if isinstance(error, BrokenPipeError):  # whoever read us has seen enough
        _write_nothing_more()
        return DONE
    if isinstance(error, PackError):
        complain(error.problems)
    elif isinstance(error, OSError):
        place = str(error.filename or "standard output")
        complain([Problem(place, error.strerror or str(error), "check where it leads")])
        _write_nothing_more()
    else:
        fault = f"stopped by a fault of its own: {type(error).__name__}: {error}"
        complain([Problem("internal", fault, "report what you did")])
    return NOT_READ


def _write_nothing_more() -> None:
    """Let what is still to be written go nowhere, so that the interpreter has nothing to complain of when it ends."""
    if not hasattr(sys.stdout, "getvalue"):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> tuple[argparse.ArgumentParser, Mapping[str, argparse.ArgumentParser]]:
    """The parser of the command line, and those of what follows each command."""
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
    opened.add_argument("--fresh", action="store_true", help="begin anew, not where the pack was left")
    _add_pack(opened, _open)
    for view, meaning in VIEWS.items():
        command = commands.add_parser(view, help=meaning)
        command.set_defaults(view=view)
        _add_format(command)
        if view == "entities":
            command.add_argument(
                "--export-rules", action="store_true", help="print names and corrections as an entities.toml"
            )
            _add_pack(command, show_entities, names=True)
        else:
            _add_pack(command, show_view)
    found = commands.add_parser("search", help="lines in context where some words stand, with counts")
    found.add_argument("query", metavar="QUERY", help="words; case, kinds of quotes and line ends do not matter")
    _add_format(found)
    _add_pack(found, show_hits)
    _add_pack(commands.add_parser("check", help="is the pack sound? quotes verified, faults named"), show_check)
    begun = commands.add_parser("init", help="begin a new pack: a commented briefing.toml and scenario.toml")
    begun.add_argument("folder", type=Path, metavar="FOLDER", help="where the documents lie, or will lie")
    begun.set_defaults(run=begin_pack)
    examined = commands.add_parser(
        "doctor",
        help="what this host and terminal can do, and what is done about it",
        description="What this host, its locale and its terminal can do, what is decided because of it, and what would "
        "make it better. The exit code is 1 where something stands in the way of work, else 0.",
    )
    examined.add_argument("--json", action="store_true", help="write it as JSON")
    examined.set_defaults(run=_examine)
    for command in commands.choices.values():
        for option, meaning in _EVERYWHERE.items():
            command.add_argument(option, action="store_true", help=meaning)
    return parser, commands.choices


def _add_pack(
    parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int], *, names: bool = False
) -> None:
    """The arguments that say what to read, and with `names` on whom and what to report."""
    meaning = "a folder, one file or several files"
    if names:
        meaning += (
            "; or NAME: show all there is on who or what is called so (where several may be meant they are named on "
            "standard error, and the exit code is 3)"
        )
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


def _examine(options: argparse.Namespace) -> int:
    from briefing.doctor import show_doctor

    return show_doctor(options)


def _open(options: argparse.Namespace) -> int:
    if not all(readable(path).exists() for path in paths_of(options)):
        read(options)  # says what is missing, terminal or not
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        remedy = "for pipes and files use a view, such as: briefing documents"
        raise PackError(Problem("briefing open", "this is not a terminal", remedy))
    name = options.decisions.theme
    if name not in _theme_names():
        complain([Problem("--theme", f"there is no theme {name!r}", f"choose one of: {', '.join(_theme_names())}")])
        return WRONG_USAGE
    from briefing.tui.terminal.environment import prepare

    prepare(os.environ, options.decisions.colours)
    reading = _in_background(lambda: read(options))
    # The framework takes longer to import than the documents to read; both happen at once.
    from briefing.rendering.theme import read_theme
    from briefing.storage.journal import Journal, journal_folders
    from briefing.storage.session import SessionFile
    from briefing.tui.app import BriefingApp

    folder = readable(bundled_folder("themes"))
    themes = [read_theme(theme, (folder / f"{theme}.toml").read_text(encoding="utf-8")) for theme in _theme_names()]
    pack = reading.result()
    folders = journal_folders(paths_of(options))
    if options.decisions.restricted:
        state = options.host.state_folder
        folders = tuple(folder for folder in folders if state and folder.is_relative_to(state))
    session = SessionFile(paths_of(options), fresh=options.fresh)
    app = BriefingApp(pack, themes, name, lambda: _analyse(pack), Journal(folders), session)
    status = app.run_here(options.decisions)
    if status == DONE:
        for text in app.desk.state.printouts.values():
            print(text, end="\n\n")
    return status


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


def _theme_names() -> list[str]:
    themes = readable(bundled_folder("themes")).iterdir()
    return sorted(theme.stem for theme in themes if theme.suffix == ".toml")
