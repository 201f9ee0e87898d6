"""What an officer had on the screen, kept so that a dropped line loses nothing: one small file a pack and officer."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints

from briefing.model import Document
from briefing.storage.private_files import opened_file, opened_folder, remove_left_behind, replace_file
from briefing.storage.state_folder import pack_name, state_folder

LARGEST = 256 * 1024
"""Bytes: of a session that would take more the longest parts are left out, and a larger file is not read."""
_SUFFIX = ".json"


class LeftIn(NamedTuple):
    """Where an officer was in the documents of a pack, by their indexes."""

    offsets: Mapping[int, int] = {}
    """The first character shown of each that was scrolled."""
    first: int = 0
    """The one in the first pane."""
    current: int = 0
    """The one that had the keys."""


class Session(NamedTuple):
    """What was open, where, and what was chosen. Names that a changed pack no longer has are passed over."""

    view: str = ""
    """As `DeskState.view`: "documents", "scenario", or the name of a sheet."""
    source: str = ""
    """Id of the document that the page on a source is about."""
    line: int = 0
    """Number of the entry that had the cursor of the sheet, from 0."""
    document: str = ""
    """Id of the document that had the keys, or had them last."""
    first: str = ""
    """Id of the document in the first pane."""
    offsets: tuple[tuple[str, int], ...] = ()
    """Ids of documents with the number of the first character shown."""
    words: tuple[int, str] = (0, "")
    """The number of the first character of the words that were jumped to, and these; "" for none."""
    zoomed: str = ""
    """What was shown alone."""
    focus: str = ""
    """Id of the list that had the keys; "" for the pane of the document."""
    filter: str = ""
    """What was typed over the list of entities."""
    entity: tuple[str, str] = ("", "")
    """Type and name of the chosen entity, as in its key."""
    query: str = ""
    """What was looked for last."""
    everywhere: bool = False
    """Whether it was looked for in all documents."""
    role: str = ""
    """Id of the role that had the cursor of the matrix; "" for the heading."""
    constraint: str = ""
    """Id of the constraint that had it; "" for the status."""
    order: str = ""
    """In which order the documents were listed, as in `DocumentOrder`."""
    only: str = ""
    """The state of those that alone were listed, as in `TriageState`; "" for all."""
    ranking: bool = False
    """Whether the roles stood in the order of what hinders them."""
    relaxed: tuple[str, ...] = ()
    """Ids of the constraints that were taken for granted."""
    drafts: tuple[tuple[str, str], ...] = ()
    """What was half-written, each after what it is about."""

    def left_in(self, documents: Sequence[Document]) -> LeftIn:
        """Where the officer was in `documents`; those that are gone are passed over."""
        places = {document.id: index for index, document in enumerate(documents)}
        offsets = {
            places[id]: min(max(0, offset), documents[places[id]].characters or offset)
            for id, offset in self.offsets
            if id in places
        }
        current = places.get(self.document, 0)
        return LeftIn(offsets, places.get(self.first, current), current)


class SessionFile:
    """Keeps the last session with a pack. A session is no record: what cannot be kept or read is passed over."""

    def __init__(self, paths: Sequence[Path], *, fresh: bool = False) -> None:
        """Of the pack at `paths`; with `fresh` there is nothing to go on with."""
        self._fresh = fresh
        state = state_folder()
        self._folder = state / "briefing" / "session" if state else None
        self._name = pack_name(paths) + _SUFFIX
        self._kept: Session | None = None
        """What the file holds, where that is known."""
        self._latest: Session | None = None
        """What is to be kept: nothing older is put in its place, whichever thread is the last to have it written."""

    @property
    def path(self) -> Path | None:
        """Where the session is kept; None where the officer has no home."""
        return self._folder / self._name if self._folder else None

    def keep(self, session: Session) -> None:
        """Let `session` be found at the next start: it is on the disk when this returns, in place of the one before.

        Raises `OSError` when it cannot be kept, and the one before stays; or when a part of it is too long, and the
        rest is kept.
        """
        self.keeping(session)()

    def keeping(self, session: Session) -> Callable[[], None]:
        """What keeps `session`, as `keep` does, when it is called, in any thread; from now on no older one is kept.

        What is slow in one thread does not undo what another has kept meanwhile. Nothing is locked: a signal handler,
        which keeps a session too, would wait for what it has interrupted.
        """
        self._latest = session
        return lambda: self._write(session)

    def _write(self, session: Session) -> None:
        if session == self._kept or self._latest is not session:
            return
        self._kept = None
        if self._folder is None:
            raise OSError(errno.ENOENT, "there is no home folder; set XDG_STATE_HOME to one")
        whole, data = _as_bytes(session)
        with opened_folder(self._folder, make=True, make_base=True) as folder:
            replaced = replace_file(self._name, folder, data, lambda: self._latest is session)
        if replaced and self._latest is session:
            self._kept = session
        if not whole:
            raise OSError(errno.EFBIG, "a part of it is too long, and is left out")

    def read(self) -> Session | None:
        """The last session; None where there is none, none that can be read, or none is wanted.

        What a session that was killed has left half-written, notes among it, is removed.
        """
        if self._folder is None:
            return None
        with suppress(OSError), opened_folder(self._folder) as folder:
            remove_left_behind(folder)
        if self._fresh:
            return None
        try:
            with opened_folder(self._folder) as folder, opened_file(self._name, folder, os.O_RDONLY) as file:
                self._kept = _session(os.read(file, LARGEST))
        except OSError:
            return None
        return self._kept


def _as_bytes(session: Session) -> tuple[bool, bytes]:
    """Whether all of `session` has room in a file, and what it is to hold: without the longest parts if it has not.

    A part is a field, or one of the texts that are half-written.
    """
    # A start without a session need not wait for it.
    import json

    values = session._asdict()
    whole = True
    while len(data := json.dumps(values).encode()) > LARGEST:
        whole = False
        name = max(values, key=lambda one: len(json.dumps(values[one])))
        part = values[name]
        if name == "drafts" and len(part) > 1:
            longest = max(range(len(part)), key=lambda number: len(json.dumps(part[number])))
            values[name] = part[:longest] + part[longest + 1 :]
        else:
            del values[name]
    return whole, data


def _session(data: bytes) -> Session | None:
    """The session written as `data`; None for what is none, in whatever way."""
    import json

    kinds = get_type_hints(Session)
    try:
        values = _as_tuples(json.loads(data))
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict):
        return None
    found = {name: value for name, value in values.items() if name in kinds}
    return Session(**found) if all(_fits(value, kinds[name]) for name, value in found.items()) else None


def _as_tuples(value: Any) -> Any:
    """`value` with every list in it, or in the fields of it, made a tuple."""
    if isinstance(value, dict):
        return {name: _as_tuples(item) for name, item in value.items()}
    return tuple(map(_as_tuples, value)) if isinstance(value, list) else value


def _fits(value: object, kind: Any) -> bool:
    """Whether `value` is of `kind`: a plain type, or tuples of them."""
    parts = get_args(kind)
    if not parts:
        return type(value) is kind
    if not isinstance(value, tuple):
        return False
    if parts[-1] is Ellipsis:
        parts = parts[:1] * len(value)
    return len(value) == len(parts) and all(map(_fits, value, parts))
