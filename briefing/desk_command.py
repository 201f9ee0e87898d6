"""`briefing open`: the pack on the terminal, and the first screen of the next start."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING, NoReturn, TypeVar

from briefing import first_screen
from briefing.model import NameFinder, Pack, PackError, Problem
from briefing.reports import DONE, WRONG_USAGE, complain, ner_of, paths_of, read, refuse_outside
from briefing.storage.bundled import bundled_folder, readable, theme_names

if TYPE_CHECKING:
    from briefing.rendering.theme import Theme
    from briefing.storage.index.apart import IndexingProcess
    from briefing.storage.index.listed import ListedPack
    from briefing.storage.journal import Journal
    from briefing.storage.pack_files import PackFiles
    from briefing.storage.pack_folder import Reader
    from briefing.storage.session import Session
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
    indexing = _stand_by(options)
    from briefing.tui.terminal.environment import prepare

    prepare(os.environ, options.decisions.colours)
    app = _desk_app(options, indexing, is_seen=True)
    status = app.run_here(options.decisions)
    if status == DONE:
        for text in app.desk.state.printouts.values():
            print(text, end="\n\n")
        # What is being indexed makes another first screen than is known now.
        if app.desk.state.pack.ner is NameFinder.RULES and not app.desk.is_indexing:
            _keep_first_screen(options)
    return _end_now(status)


def _stand_by(options: argparse.Namespace) -> IndexingProcess | None:
    """What is to index the pack beside the interface, if that may be large; before there is anything else in memory."""
    from briefing.storage.large_pack import may_be_large

    if options.decisions.restricted or not may_be_large(paths_of(options)):
        return None
    from briefing.storage.index.apart import stand_by

    return stand_by(paths_of(options), options.scenario, ner_of(options))


def _desk_app(
    options: argparse.Namespace, indexing: IndexingProcess | None = None, *, is_seen: bool = False
) -> BriefingApp:
    """The terminal interface, with the documents of the pack in it; what an index lacks is indexed by `indexing`.

    Where somebody sees the terminal and nothing is painted on it yet, the documents are shown there on the way.
    """
    from briefing.storage.journal import Journal, journal_folders
    from briefing.storage.session import SessionFile
    from briefing.tui.terminal.environment import load_without_network, load_without_spare_widgets

    folders = journal_folders(paths_of(options))
    if options.decisions.restricted:
        state = options.host.state_folder
        folders = tuple(folder for folder in folders if state and folder.is_relative_to(state))
    journal, session = Journal(folders), SessionFile(paths_of(options), fresh=options.fresh)
    opening = _Opening(options)
    left = session.read()
    if is_seen and not first_screen.is_painted() and _is_drawn(left):
        reading = _shown(opening.open(), options, left, journal)
        load_without_network()
    else:
        load_without_network()
        # The framework takes longer to import than the documents to read; both happen at once.
        reading = _in_background(opening.open)
    load_without_spare_widgets()
    from briefing.tui.app import BriefingApp

    themes = [_theme(name) for name in theme_names()]
    pack = reading()
    if indexing is not None and not opening.is_large:
        indexing.leave()
        indexing = None
    if indexing is not None and opening.is_unindexed:
        indexing.begin()
    app = BriefingApp(pack, themes, options.decisions.theme, lambda: opening.analysed(pack), journal, session)
    app.desk.keep_up_with(opening.watched)
    if indexing is not None:
        opening.index = app.desk.index
        app.desk.keep_up_with_indexing(indexing, at_once=opening.is_unindexed)
    return app


def _shown(pack: Pack, options: argparse.Namespace, session: Session | None, journal: Journal) -> Callable[[], Pack]:
    """What gives `pack`, which is on the screen by now: before anything is found in it, and without the framework."""
    from briefing.tui.opening_frame import Opened, show_opening_frame

    opened, theme = Opened(pack, session, journal), _theme(options.decisions.theme)
    show_opening_frame(opened, theme, options.decisions, os.get_terminal_size(1))
    return lambda: pack


def _is_drawn(session: Session | None) -> bool:
    from briefing.tui.opening_frame import is_drawn

    return is_drawn(session, os.get_terminal_size(1))


def _theme(name: str) -> Theme:
    """The theme of that name. Raises `PackError`."""
    from briefing.rendering.theme import read_theme

    return read_theme(name, (readable(bundled_folder("themes")) / f"{name}.toml").read_text(encoding="utf-8"))


class _Opening:
    """The way from the files of a pack to all that is found in them."""

    def __init__(self, options: argparse.Namespace) -> None:
        from briefing.storage.watching import WatchedPack

        self._options = options
        self._is_private = not options.decisions.restricted
        self._listed: ListedPack | None = None
        """What has listed the documents of a large pack."""
        self.index: Callable[[], object] | None = None
        """Has the index brought up to date beside the interface, and waits for it; None where nothing does that."""
        self.watched = WatchedPack(paths_of(options), options.scenario, self._read, self._analysed)
        """What looks for changes in the pack."""

    def open(self) -> Pack:
        """The pack, its documents read, or of a large pack listed. Raises `PackError` when it cannot be."""
        return self.watched.open(self._reader)

    @property
    def is_large(self) -> bool:
        """Whether the pack that was opened is large."""
        return self._listed is not None

    @property
    def is_unindexed(self) -> bool:
        """Whether it is large, and its index does not know all of its files as they are."""
        return self._listed is not None and self._listed.others > 0

    def analysed(self, pack: Pack) -> Pack:
        """`pack` with all that is found in it, once it is indexed; its documents are then those that could be read."""
        if not self.is_unindexed:
            return self._analysed(pack)
        if self.index is not None:
            self.index()
        return self._found(self.open())

    def _read(self, files: PackFiles, reader: Reader) -> Pack:
        from briefing.storage.pack_folder import read_pack

        if self._options.decisions.restricted:
            refuse_outside(self._options)
        paths, ner = paths_of(self._options), ner_of(self._options)
        return read_pack(paths, self._options.scenario, ner, files=files, reader=reader)

    def _reader(self, files: PackFiles) -> Reader:
        from briefing.storage.large_pack import LARGE
        from briefing.storage.pack_files import read_source

        if len(files.sources) < LARGE:
            return read_source
        from briefing.storage.index.listed import ListedPack

        # Only at first, while the index is made, is a file listed that nobody has read.
        reads = self._listed is not None or not self._is_private
        paths, ner = paths_of(self._options), ner_of(self._options)
        self._listed = ListedPack(paths, files, ner, private=self._is_private, reads_others=reads)
        return self._listed

    def _analysed(self, pack: Pack) -> Pack:
        return self._found(pack, self.index)

    def _found(self, pack: Pack, index: Callable[[], object] | None = None) -> Pack:
        """`pack` with all that is found in it; what its index lacks by `index`, else in this thread."""
        from briefing.storage.index.analysed import analyse_indexed

        found = analyse_indexed(pack, paths_of(self._options), private=self._is_private, beside=index)
        return found if self._is_private or not self.is_large else _with_index_missed(found)


def _with_index_missed(pack: Pack) -> Pack:
    """`pack` with a word on why its index is not kept, where nothing is stored of it."""
    from briefing.storage.index.stored import StoredMentions
    from briefing.storage.large_pack import INDEX

    if isinstance(pack.found, StoredMentions):
        return pack
    missed = Problem(INDEX, "is not kept in the restricted mode", "have one shared: briefing index --share")
    return replace(pack, problems=(missed, *pack.problems))


def _keep_first_screen(options: argparse.Namespace) -> None:
    """Have what the next start will show first drawn in the background."""
    from briefing.storage.behind_screen import files_behind_screen
    from briefing.storage.session import SessionFile
    from briefing.tui.terminal.next_start import keep_first_screen

    session = SessionFile(paths_of(options)).path

    def files() -> Iterator[str]:
        yield from files_behind_screen(paths_of(options))
        yield from [str(session)] if session else []
        found = map(find_spec, ("markdown_it", "rich", "textual"))
        yield from (library.origin for library in found if library and library.origin)

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
