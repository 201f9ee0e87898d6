"""The command line: what can be asked for, the door to the terminal interface, and how everything ends."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path

from briefing import __version__
from briefing.first_screen import give_back
from briefing.host import decide, observe
from briefing.model import NameFinder, PackError, Problem
from briefing.rendering.safe_output import safe_output
from briefing.reports import (
    DONE,
    NOT_READ,
    VIEWS,
    begin_pack,
    complain,
    refuse_outside,
    show_check,
    show_entities,
    show_hits,
    show_view,
)
from briefing.storage.bundled import theme_names
from briefing.storage.state_folder import state_folder

_MOST_WORKERS = 64
"""Processes: each takes some 50 MB."""
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
        try:
            options = _parse(given)
        except (OSError, PackError) as error:  # help that cannot be written
            return _failed(error)
    if options.run is not _open:
        gc.enable()
    options.host = host
    options.decisions = decide(
        host, theme=getattr(options, "theme", None) or "", ascii=options.ascii, restricted=options.restricted
    )
    for_eyes = getattr(options, "format", "table") == "table" and not getattr(options, "export_rules", False)
    with safe_output(ascii=options.decisions.ascii, pipes=for_eyes and (options.ascii or host.ascii_wanted)):
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    """Do what is asked; the exit code, whatever goes wrong."""
    try:
        _check_output()
        if options.decisions.restricted:
            refuse_outside(options)
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - an officer can do nothing with a traceback
        give_back()
        return _failed(error)


def _check_output() -> None:
    if sys.stdout is None:
        raise PackError(Problem("standard output", "is closed", "give it somewhere to go"))


def _show(text: str) -> None:
    _check_output()
    sys.stdout.write(text)
    sys.stdout.flush()


class _Parser(argparse.ArgumentParser):
    """A parser whose help, where it cannot be written, ends as a view does; argparse says nothing and ends with 0."""

    def print_help(self, file: object = None) -> None:
        """Write the help to standard output. Raises `OSError` or `PackError` when it cannot be written."""
        _show(self.format_help())


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        _show(f"briefing {__version__}\n")
        parser.exit()


def _parse(given: list[str]) -> argparse.Namespace:
    """What the arguments `given` ask for; options may stand anywhere after the command."""
    if given and given[0] in ("-h", "--help", "--version"):
        return _parser()[0].parse_args(given)
    # Whoever sets up a host puts these before whatever an officer asks for.
    first = list(takewhile(lambda one: one in _EVERYWHERE, given))
    rest = given[len(first) :]
    if not rest or rest[0] == "open" or os.sep in rest[0]:  # which no other command has in its name
        command = _add_open(_Parser(prog="briefing open"))
    else:
        commands = _parser()[1]
        command = commands.get(rest[0], commands["open"])
    # Without a command the pack is opened, so that `briefing FOLDER` does what one expects.
    rest = [*first, *(rest[1:] if rest and command.prog.endswith(f" {rest[0]}") else rest)]
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
    parser = _Parser(
        prog="briefing",
        description="Prepare and give a briefing in a terminal. PACK is a folder, one file or several files; left out, "
        "it is the current folder if that holds a briefing.toml, else the bundled example.",
        epilog="Without a COMMAND the pack is opened, in a theme of your choice with --theme NAME.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(metavar="COMMAND")
    _add_open(commands.add_parser("open", help="the terminal interface (also without a command)"))
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
    found = commands.add_parser("search", help="lines in context where what you look for stands, with counts")
    found.add_argument(
        "query",
        metavar="QUERY",
        help='words, "a phrase", begin*, AND OR NOT, entity: role: constraint: type: doc: status: stance: voice: '
        "after: before:, or ~ and a regular expression; one that begins with - goes behind --",
    )
    _add_format(found)
    _add_pack(found, show_hits)
    _add_pack(commands.add_parser("check", help="is the pack sound? quotes verified, faults named"), show_check)
    indexed = commands.add_parser(
        "index",
        help="read a pack before it is needed, so that it opens at once",
        description="Find all there is to find in a pack and keep it. What has not changed since is not read again. "
        "Ctrl+C stops it, and what is done is kept.",
    )
    indexed.add_argument("--workers", type=_count, metavar="N", help="processes that read at once (one a processor)")
    shared = "lay a copy into the pack; officers use it where root has written it"
    indexed.add_argument("--share", action="store_true", help=shared)
    _add_pack(indexed, _index)
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
    for name, command in commands.choices.items():
        if name != "open":
            _add_everywhere(command)
    return parser, commands.choices


def _add_open(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The arguments of the terminal interface, whose parser is the only one that most starts need."""
    parser.add_argument("--theme", default=None, metavar="NAME", help=f"one of: {', '.join(theme_names())}")
    parser.add_argument("--fresh", action="store_true", help="begin anew, not where the pack was left")
    _add_pack(parser, _open)
    _add_everywhere(parser)
    return parser


def _add_everywhere(parser: argparse.ArgumentParser) -> None:
    for option, meaning in _EVERYWHERE.items():
        parser.add_argument(option, action="store_true", help=meaning)


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


def _count(given: str) -> int:
    """A number of processes. Raises `ValueError`, which argparse explains."""
    if not 1 <= int(given) <= _MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"{given} is no number from 1 to {_MOST_WORKERS}")
    return int(given)


def _index(options: argparse.Namespace) -> int:
    from briefing.index_command import show_indexing

    return show_indexing(options)


def _examine(options: argparse.Namespace) -> int:
    from briefing.doctor import show_doctor

    return show_doctor(options)


def _open(options: argparse.Namespace) -> int:
    from briefing.desk_command import show_desk

    return show_desk(options)
