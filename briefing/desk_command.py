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
    from briefing.storage.index.apart import IndexingProcess
    from briefing.storage.index.listed import ListedPack
    from briefing.storage.pack_files import PackFiles
    from briefing.storage.pack_folder import Reader
    from briefing.storage.watching import Stamps
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
    app = _desk_app(options, indexes=True)
    status = app.run_here(options.decisions)
    if status == DONE:
        for text in app.desk.state.printouts.values():
            print(text, end="\n\n")
        if app.desk.state.pack.ner is NameFinder.RULES:
            _keep_first_screen(options)
    return _end_now(status)


def _desk_app(options: argparse.Namespace, *, indexes: bool = False) -> BriefingApp:
    """The terminal interface, with the documents of the pack in it; with `indexes` what an index lacks is indexed."""
    opening = _Opening(options)
    reading = _in_background(opening.open)
    # The framework takes longer to import than the documents to read; both happen at once.
    from briefing.rendering.theme import read_theme
    from briefing.storage.journal import Journal, journal_folders
    from briefing.storage.session import SessionFile
    from briefing.tui.app import BriefingApp

    folder = readable(bundled_folder("themes"))
    themes = [read_theme(theme, (folder / f"{theme}.toml").read_text(encoding="utf-8")) for theme in theme_names()]
    pack = reading()
    indexing = opening.start_indexing() if indexes else None
    folders = journal_folders(paths_of(options))
    if options.decisions.restricted:
        state = options.host.state_folder
        folders = tuple(folder for folder in folders if state and folder.is_relative_to(state))
    session = SessionFile(paths_of(options), fresh=options.fresh)
    journal, theme = Journal(folders), options.decisions.theme
    app = BriefingApp(pack, themes, theme, lambda: opening.analysed(pack, app, indexing), journal, session)
    app.desk.keep_up_with(opening.watched)
    if indexing is not None:
        app.desk.keep_up_with_indexing(indexing)
    return app


class _Opening:
    """The way from the files of a pack to all that is found in them."""

    def __init__(self, options: argparse.Namespace) -> None:
        from briefing.storage.watching import WatchedPack

        self._options = options
        self._is_private = not options.decisions.restricted
        self._listed: ListedPack | None = None
        """What has listed the documents of a large pack."""
        self.watched = WatchedPack(paths_of(options), options.scenario, self._read, self._analysed)
        """What looks for changes in the pack."""

    def open(self) -> Pack:
        """The pack, its documents read, or of a large pack listed. Raises `PackError` when it cannot be."""
        return self.watched.open(self._reader)

    def start_indexing(self) -> IndexingProcess | None:
        """Have read beside the interface what the index lacks of a large pack; None where that is not to be done.

        No other thread may run when this is called.
        """
        if self._listed is None or not self._listed.others or not self._is_private:
            return None
        from briefing.storage.index.apart import start_indexing

        return start_indexing(paths_of(self._options), self._options.scenario, ner_of(self._options))

    def analysed(self, pack: Pack, app: BriefingApp, indexing: IndexingProcess | None) -> Pack:
        """`pack` with all that is found in it, once it is indexed; its documents are then those that could be read."""
        if indexing is not None:
            app.desk.follow(indexing)
        if self._listed is not None and self._listed.others:
            pack = self.open()
        return self._analysed(pack)

    def _read(self, files: PackFiles, reader: Reader) -> Pack:
        from briefing.storage.pack_folder import read_pack

        if self._options.decisions.restricted:
            refuse_outside(self._options)
        paths, ner = paths_of(self._options), ner_of(self._options)
        return read_pack(paths, self._options.scenario, ner, files=files, reader=reader)

    def _reader(self, files: PackFiles, stamps: Stamps) -> Reader:
        from briefing.storage.listed_document import LARGE
        from briefing.storage.pack_files import read_source

        if len(files.sources) < LARGE:
            return read_source
        from briefing.storage.index.listed import ListedPack

        # Only at first, while the index is made, is a file listed that nobody has read.
        reads = self._listed is not None or not self._is_private
        paths, ner = paths_of(self._options), ner_of(self._options)
        self._listed = ListedPack(paths, files, stamps, ner, private=self._is_private, reads_others=reads)
        return self._listed

    def _analysed(self, pack: Pack) -> Pack:
        from briefing.storage.index.analysed import analyse_indexed

        return analyse_indexed(pack, paths_of(self._options), private=self._is_private)


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


def _in_background(work: Callable[[], _Result]) -> Callable[[], _Result]:
    """What waits for `work`, done in a thread that does not keep the process alive, and gives what it gave."""
    future: Future[_Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001  whatever it is, it belongs to whoever asks for the result
            future.set_exception(error)

    thread = Thread(target=run, daemon=True)
    thread.start()

    def result() -> _Result:
        thread.join()
        return future.result()

    return result
