"""A document of which it is known what it is called, and whose words are read only when somebody looks at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from briefing.model import Block, Document, PackError, Problem, Section
from briefing.parsing import format_of, visible
from briefing.storage.pack_files import Source, read_source


class Known(NamedTuple):
    """What is known of a document without reading it; each as in `Document`."""

    digest: str
    format: str
    title: str
    label: str
    date: str | None
    origin: str | None
    words: int
    characters: int
    problems: tuple[Problem, ...] = ()


def known_by_name(source: Source) -> Known:
    """What can be said of a file that nobody has read yet."""
    said = source.settings
    name = visible(PurePosixPath(source.id).name)
    label = visible(said.label) if said and said.label else name
    date, origin = (said.date, said.origin) if said else (None, None)
    return Known("", format_of(source.id) or "text", name, label, date, origin, 0, 0)


class ListedDocument(Document):
    """What is known of a file, and what stands in it, which is read once when it is looked at.

    Where the file is by then no longer the one that is known, nothing stands in it: whoever watches the pack offers
    the new one, and what was found in the old words is never laid on other ones. Of a file that nobody has read yet no
    digest is known; then it is what it is when it is read.
    """

    __slots__ = ("_contents", "_known", "_source")
    _contents: Document | None
    _known: Known
    _source: Source

    def __init__(self, source: Source, known: Known) -> None:
        # What is frozen is set like this alone. The rest is looked up in `known`: there may be a hundred thousand.
        object.__setattr__(self, "id", source.id)
        object.__setattr__(self, "_source", source)
        object.__setattr__(self, "_known", known)
        object.__setattr__(self, "_contents", None)

    def read_anew(self) -> Document:
        """What is in the file now, for whoever goes through all of them and keeps none; no words where it is gone."""
        try:
            return read_source(self._source)
        except PackError:
            return Document(self.id, "", "", self.format)

    @property
    def contents(self) -> Document:
        """What was read, or is read now; without any words where they are not those that are known."""
        if self._contents is None:
            contents = self.read_anew()
            if self._known.digest not in ("", contents.digest):
                contents = Document(self.id, "", self._known.digest, self.format)
            # Of two threads that read it at the same time, the later one's words are the same.
            object.__setattr__(self, "_contents", contents)
            return contents
        return self._contents

    @property
    def is_at_hand(self) -> bool:
        """See `Document`."""
        return self._contents is not None

    @property
    def digest(self) -> str:
        """See `Document`; of a file that nobody has read yet it is not known."""
        return self._known.digest or (self._contents.digest if self._contents is not None else "")

    @property
    def format(self) -> str:
        """See `Document`."""
        return self._known.format

    @property
    def title(self) -> str:
        """See `Document`."""
        return self._known.title

    @property
    def label(self) -> str:
        """See `Document`."""
        return self._known.label

    @property
    def date(self) -> str | None:
        """See `Document`."""
        return self._known.date

    @property
    def origin(self) -> str | None:
        """See `Document`."""
        return self._known.origin

    @property
    def problems(self) -> tuple[Problem, ...]:
        """See `Document`."""
        return self._known.problems

    @property
    def characters(self) -> int:
        """See `Document`."""
        return self._known.characters

    @property
    def words(self) -> int:
        """See `Document`."""
        return self._known.words

    @property
    def encoding(self) -> str:
        """See `Document`."""
        return (self._source.settings.encoding or "") if self._source.settings else ""

    @property
    def text(self) -> str:
        """See `Document`."""
        return self.contents.text

    @property
    def blocks(self) -> Sequence[Block]:
        """See `Document`."""
        return self.contents.blocks

    @property
    def sections(self) -> Sequence[Section]:
        """See `Document`."""
        return self.contents.sections

    @property
    def metadata(self) -> Mapping[str, str]:
        """See `Document`."""
        return self.contents.metadata

    @property
    def line_starts(self) -> tuple[int, ...]:
        """See `Document`."""
        return self.contents.line_starts
