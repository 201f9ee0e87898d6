"""A pack on the disk while it is open: what was added, changed or removed is read, and all else kept as it was read.

The index of a large pack is looked after as well: where it was thrown away the pack is analysed anew, which makes it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from briefing.model import Document, Pack, PackError, Problem
from briefing.parsing import visible
from briefing.storage.journal import journal_folders
from briefing.storage.large_pack import LARGE
from briefing.storage.pack_files import (
    SETTINGS_FILES,
    PackFiles,
    Source,
    Stamp,
    list_pack,
    read_source,
    stamp_at,
)
from briefing.storage.pack_folder import Reader, analysed_as

_LEAST, _SHARE = 3.0, 50
"""Seconds between two looks, and how many times as long as a look takes they are apart at the least: looking takes no
more than a fiftieth of a core, or of what a slow disk can give."""
_SHARE_OF_READING = 4
"""How many times as long as it took to read the pack anew it is left alone then: files may come for hours."""


Stamps = Mapping[str, Stamp | None]
"""By path; None for what is not there."""


class _Seen(NamedTuple):
    """A look at the pack."""

    others: Stamps
    """Of what is no document, or not to be held against the stamp that `files` have of it."""
    files: PackFiles
    fault: PackError | None = None
    """Why it could not be listed; then `files` are those of the last look at which it could."""

    @property
    def stamps(self) -> Stamps:
        """Of all files."""
        return {**{source.path: source.stamp for source in self.files.sources}, **self.others}


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """What has become of a pack on the disk, for whoever shows it to take up. Compared by identity."""

    after: Pack | None
    """The pack anew; None where it cannot be read as it lies there now."""
    problem: Problem | None = None
    """Why."""


class WatchedPack:
    """A pack that is open, and the files it was read from. Only one thread may look at a time."""

    def __init__(
        self,
        paths: Sequence[Path],
        scenario: Path | None,
        read: Callable[[PackFiles, Reader], Pack],
        analyse: Callable[[Pack], Pack],
    ) -> None:
        """The pack at `paths`, with a `scenario` file of another place, if any.

        `read` reads what is listed, each document by what it is given for that; `analyse` finds what is in them.
        """
        self._paths = paths
        self._settings = [str(scenario)] if scenario else []
        if len(paths) == 1:
            self._settings += [str(paths[0] / name) for name in SETTINGS_FILES]
        self._read = read
        self._analyse = analyse
        self._folders: tuple[Path, ...] = ()
        self._taken = self._last = _Seen({}, PackFiles("", is_folder=False, sources=()))
        """What the pack was read from that is open, and the look before this one."""
        self._offered_seen: _Seen | None = None
        self._refused: Stamps | None = None
        """What could not be read."""
        self._problems: tuple[Problem, ...] = ()
        """Of the pack as it was read, before it was analysed."""
        self._waits = _LEAST
        self.offered: Offer | None = None
        """What has not been answered yet."""

    def open(self, reader: Callable[[PackFiles], Reader] = lambda files: read_source) -> Pack:
        """The pack, its documents read by what `reader` gives for its files. Raises `PackError` when it cannot be."""
        self._folders = journal_folders(self._paths)
        # Looked at before it is read: what is written meanwhile is seen to have changed.
        seen = self._look()
        if seen.fault is not None:
            raise seen.fault
        pack = self._read(seen.files, reader(seen.files))
        self._taken = self._last = seen
        self._problems = pack.problems
        return pack

    @property
    def interval(self) -> float:
        """Seconds that are to go by until the next look."""
        return self._waits

    def look(self, pack: Pack) -> Offer | None:
        """What is to go on with instead of `pack`, which is open; None where nothing has changed, or is still changing.

        It stays offered until it is accepted. Decisions on `pack` that came while it was read are not in it.
        """
        if self.offered is not None:
            return self.offered
        began = time.perf_counter()
        seen, last = self._look(), self._last
        self._waits = max(_LEAST, _SHARE * (time.perf_counter() - began))
        is_lost = _has_lost_index(pack)
        if seen == self._taken and not is_lost:
            self._last = self._taken  # of a hundred thousand files one look is enough to keep
            return None
        self._last = seen
        changed = _differing(self._taken.stamps, seen.stamps)
        moving = changed & _differing(last.stamps, seen.stamps)
        if not (is_lost or changed - moving) or not moving.isdisjoint(self._settings) or seen.stamps == self._refused:
            return None
        self._refused = None
        self.offered = self._renewed(pack, seen, changed, moving, is_lost=is_lost)
        self._waits = max(self._waits, _SHARE_OF_READING * (time.perf_counter() - began))
        return self.offered

    def accept(self) -> None:
        """What was offered is gone on with, or was told where it could not be read."""
        if self.offered is not None and self._offered_seen is not None:
            if self.offered.after is None:
                self._refused = self._offered_seen.stamps
            else:
                self._taken = self._offered_seen
        self.offered = self._offered_seen = None

    def _look(self) -> _Seen:
        # What a listing rests on is looked at first, so that no change falls between the two.
        others = {path: stamp_at(path) for path in self._settings}
        fault = None
        try:
            files = list_pack(self._paths)
        except PackError as error:
            files, fault = self._taken.files, error
            others |= {source.path: stamp_at(source.path) for source in files.sources}
        others |= {path: stamp_at(path) for path in _files_in(self._folders)}
        return _Seen(others, files, fault)

    def _renewed(
        self, before: Pack, seen: _Seen, changed: Collection[str], moving: Collection[str], *, is_lost: bool
    ) -> Offer | None:
        """The pack as it was `seen`; files that are still `moving` are left as they were."""
        try:
            if seen.fault is not None:
                raise seen.fault
            read = self._read(seen.files, _Kept(before, self._taken.files, changed, moving))
            after = self._analyse(read) if is_lost else self._after(before, read)
        except PackError as error:
            offer = Offer(None, error.problems[0])
        except Exception as error:  # noqa: BLE001 - whatever went wrong, what is open can still be read
            fault = f"{type(error).__name__}: {error}"
            offer = Offer(None, Problem(visible(before.name), visible(fault), "report it"))
        else:
            taken = self._taken.stamps
            seen = seen._replace(others={**seen.others, **{path: taken.get(path) for path in moving}})
            self._problems = read.problems
            if after is None:
                self._taken = seen
                return None
            offer = Offer(after)
        self._offered_seen = seen
        return offer

    def _after(self, before: Pack, read: Pack) -> Pack | None:
        """The pack that was `read` with all that is found in it; None where it is as it was `before`."""
        if not _rests_on_the_same(before, read):
            return self._analyse(read)
        if {one.id for one in read.events} == {one.id for one in before.events} and (
            _said_of(read) == _said_of(before) and read.problems == self._problems
        ):
            return None
        return analysed_as(before, replace(read, documents=before.documents))


class _Kept:
    """Gives documents: those that are open where their files are as they were, others read anew."""

    def __init__(self, pack: Pack, files: PackFiles, changed: Collection[str], moving: Collection[str]) -> None:
        self._open = {document.id: document for document in pack.documents}
        self._settings = {source.id: source.settings for source in files.sources}
        self._changed = changed
        self._moving = moving

    def __call__(self, source: Source) -> Document | None:
        known = self._open.get(source.id)
        if source.path in self._moving:
            return known  # it may be half written
        if known is not None and source.path not in self._changed and self._settings.get(source.id) == source.settings:
            return known
        document = read_source(source)
        return known if known is not None and _content(known) == _content(document) else document


def _content(document: Document) -> tuple[str | None, ...]:
    one = document
    return one.digest, one.format, one.encoding, one.label, one.date, one.origin


def _rests_on_the_same(one: Pack, other: Pack) -> bool:
    """Whether the same is found in both."""
    same = len(one.documents) == len(other.documents) and all(map(_is, one.documents, other.documents))
    return same and (one.scenario, one.entity_rules, one.ner) == (other.scenario, other.entity_rules, other.ner)


def _is(one: Document, other: Document) -> bool:
    return one is other


def _has_lost_index(pack: Pack) -> bool:
    """Whether what is found in `pack` was looked up in an index that cannot be gone on with."""
    if len(pack.documents) < LARGE:
        return False
    # Smaller packs do without the database.
    from briefing.storage.index.stored import StoredMentions  # noqa: PLC0415

    return isinstance(pack.found, StoredMentions) and pack.found.findings.is_lost()


def _said_of(pack: Pack) -> tuple[object, ...]:
    """What the settings say of the pack as a whole."""
    said = (pack.name, pack.title, pack.marking, pack.written_as_of)
    return (*said, pack.rejected_names, pack.written_corrections)


def _differing(one: Stamps, other: Stamps) -> set[str]:
    return {path for path in {**one, **other} if one.get(path) != other.get(path)}


def _files_in(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:
            yield from sorted(entry.path for entry in entries)
