"""`briefing open`: the pack on the terminal, and the first screen of the next start."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NoReturn, TypeVar

from briefing.model import NameFinder, Pack, PackError, Problem
from briefing.reports import DONE, WRONG_USAGE, complain, ner_of, paths_of, read, refuse_outside
from briefing.storage.bundled import bundled_folder, readable, theme_names

if TYPE_CHECKING:
    from briefing.storage.pack_files import PackFiles
    from briefing.storage.pack_folder import Reader
    from briefing.storage.watching import Stamps, WatchedPack
    from briefing.tui.app import BriefingApp

_Result = TypeVar("_Result")


def show_desk(options: argparse.Namespace) -> int:
    """Open the pack on the terminal; the exit code, where the interface was not begun.

    Ends the process where it was. Raises `PackError` where the pack cannot be read, or where there is no terminal.
    """
    if not all(readable(path).exists() for path in paths_of(options)):
        read(options)  # says what is missing, terminal or not
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        remedy = "for pipes and files use a view, such as: briefing documents"
        raise PackError(Problem("briefing open", "this is not a terminal", remedy))
    name = options.decisions.theme
    if name not in theme_names():
        complain([Problem("--theme", f"there is no theme {name!r}", f"choose one of: {', '.join(theme_names())}")])
        return WRONG_USAGE
    # Until the first screen is there nothing becomes garbage; looking for some takes a tenth of the time.
    gc.disable()
    from briefing.tui.terminal.environment import load_without_network, prepare

    prepare(os.environ, options.decisions.colours)
    load_without_network()
    app = _desk_app(options)
    status = app.run_here(options.decisions)
    if status == DONE:
        for text in app.desk.state.printouts.values():
            print(text, end="\n\n")
        if app.desk.state.pack.ner is NameFinder.RULES:
            _keep_first_screen(options)
    return _end_now(status)


def _desk_app(options: argparse.Namespace) -> BriefingApp:
    """The terminal interface, with the documents of the pack in it."""
    reading = _in_background(lambda: _opened(options))
    # The framework takes longer to import than the documents to read; both happen at once.
    from briefing.rendering.theme import read_theme
    from briefing.storage.journal import Journal, journal_folders
    from briefing.storage.session import SessionFile
    from briefing.tui.app import BriefingApp

    folder = readable(bundled_folder("themes"))
    themes = [read_theme(theme, (folder / f"{theme}.toml").read_text(encoding="utf-8")) for theme in theme_names()]
    watched, pack = reading.result()
    folders = journal_folders(paths_of(options))
    if options.decisions.restricted:
        state = options.host.state_folder
        folders = tuple(folder for folder in folders if state and folder.is_relative_to(state))
    session = SessionFile(paths_of(options), fresh=options.fresh)
    journal, theme = Journal(folders), options.decisions.theme
    app = BriefingApp(pack, themes, theme, lambda: _analyse(pack, options), journal, session)
    app.desk.keep_up_with(watched)
    return app


def _opened(options: argparse.Namespace) -> tuple[WatchedPack, Pack]:
    """The pack with its documents, and what will look for changes in it."""
    from briefing.storage.listed_document import LARGE
    from briefing.storage.pack_files import read_source
    from briefing.storage.pack_folder import read_pack
    from briefing.storage.watching import WatchedPack

    paths, ner = paths_of(options), ner_of(options)

    def read_listed(files: PackFiles, reader: Reader) -> Pack:
        if options.decisions.restricted:
            refuse_outside(options)
        return read_pack(paths, options.scenario, ner, files=files, reader=reader)

    def listed(files: PackFiles, stamps: Stamps) -> Reader:
        if len(files.sources) < LARGE:
            return read_source
        from briefing.storage.index.listed import ListedPack

        return ListedPack(paths, files, stamps, ner, private=not options.decisions.restricted)

    watched = WatchedPack(paths, options.scenario, read_listed, lambda pack: _analyse(pack, options))
    return watched, watched.open(listed)


def _keep_first_screen(options: argparse.Namespace) -> None:
    """Have what the next start will show first drawn in the background."""
    from briefing.storage.behind_screen import files_behind_screen
    from briefing.storage.session import SessionFile
    from briefing.tui.terminal.next_start import keep_first_screen

    session = SessionFile(paths_of(options)).path

    def files() -> Iterator[Path]:
        yield from files_behind_screen(paths_of(options))
        yield from [session] if session else []
        found = map(find_spec, ("markdown_it", "rich", "textual"))
        yield from (Path(library.origin) for library in found if library and library.origin)

    keep_first_screen(lambda: _desk_app(options), options.decisions, files, session)


def _end_now(status: int) -> NoReturn:
    """End the process, the terminal being given back and everything on the disk.

    What Python would do yet, taking down all it has loaded, takes ten times as long as leaving has taken until then.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _analyse(pack: Pack, options: argparse.Namespace) -> Pack:
    from briefing.storage.index.analysed import analyse_indexed

    return analyse_indexed(pack, paths_of(options), private=not options.decisions.restricted)


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
