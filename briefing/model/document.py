"""A document: the verbatim text, and the views into it that parsing made."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import overload

from briefing.model.lazy import Parts
from briefing.model.problem import Problem
from briefing.model.span import Span


class BlockKind(StrEnum):
    """What a block is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    """A line under a picture, known by being said more than once."""
    FURNITURE = "furniture"
    """What the page around the article left behind: "Read also", "Advertising"."""
    MARKUP = "markup"
    """Lines that only instruct a renderer: a rule, a bare fence, front matter. Not shown."""


class Emphasis(StrEnum):
    """How markup weighs a stretch of shown text."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    LINK = "link"
    STRUCK = "struck"


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A stretch of shown text and the source characters it stands for.

    They match one for one, or the run is one picture, mapped as a whole: `<U+202E>`, `&` for `&amp;`, a line break
    shown as a space.
    """

    shown: int
    """Where the run begins in the shown text (characters)."""
    shown_length: int
    source: int
    """Where the run begins in the document's text (characters)."""
    source_length: int
    is_whole: bool = False
    """Whether it is a picture though it is as long as its source, as `<U+202E>` for `&#x202E;` is."""

    @property
    def is_picture(self) -> bool:
        """Whether the run is mapped as a whole. A picture of another length than its source needs not say so."""
        return self.is_whole or self.shown_length != self.source_length


@dataclass(frozen=True, slots=True)
class ShownText:
    """A block as a reader sees it: markup hidden, control characters pictured, with a map back to the source."""

    text: str
    """Safe to write to a terminal: holds no control, bidirectional or zero-width character."""
    runs: tuple[ShownRun, ...]
    """In order; together they cover `text`."""
    emphasis: tuple[tuple[int, int, Emphasis], ...] = ()
    """Start, end (characters of `text`) and weight of what markup set apart."""

    def source_of(self, start: int, end: int) -> Span:
        """The source span that shown characters `start` to `end` stand for, pictures taken whole."""
        if not self.runs:
            return Span(0, 0)
        first = last = self.runs[0]
        if len(self.runs) > 1:  # nearly all texts have one alone, and this is asked for all that is found
            first = self.runs[max(0, bisect_right(self.runs, start, key=lambda run: run.shown) - 1)]
            last = self.runs[max(0, bisect_left(self.runs, end, key=lambda run: run.shown) - 1)]
        begin = first.source
        if not first.is_picture:
            begin += min(start - first.shown, first.source_length)
        stop = last.source + last.source_length
        if not last.is_picture:
            stop = last.source + min(end - last.shown, last.source_length)
        return Span(begin, max(begin, stop))

    def shown_of(self, span: Span) -> tuple[int, int] | None:
        """Where the shown characters of `span` stand, as (start, end) of `text`, or None when all of it is hidden."""
        first = last = 0
        if len(self.runs) != 1:
            first = bisect_right(self.runs, span.start, key=lambda run: run.source + run.source_length)
            last = bisect_left(self.runs, span.end, key=lambda run: run.source) - 1
        if first >= len(self.runs) or last < first:
            return None
        begin, stop = self.runs[first], self.runs[last]
        if span.end <= begin.source or stop.source + stop.source_length <= span.start:
            return None
        start = begin.shown
        if not begin.is_picture:
            start += max(0, span.start - begin.source)
        end = stop.shown + stop.shown_length
        if not stop.is_picture:
            end = stop.shown + min(span.end - stop.source, stop.source_length)
        return (start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of whole lines that belong together: a paragraph, a heading, one list item."""

    span: Span
    """In the document's text, without the line end."""
    kind: BlockKind
    shown: ShownText
    sentences: Sequence[Span]
    """In order, without the white space between them. A heading, caption or item with no full stop is one sentence."""
    level: int = 0
    """Depth: of a heading 1 to 6, of a list item or quotation 1 for the outermost; 0 for all else."""
    marker: str = ""
    """What a list item is introduced by, as shown: "•", "3."."""
    repeated: bool = False
    """A copy of a line already said in this document. Kept, but counted for nothing."""

    @property
    def counts(self) -> bool:
        """Whether what the block says is evidence. Furniture, markup, captions, code and copies are not."""
        silent = (BlockKind.FURNITURE, BlockKind.MARKUP, BlockKind.CAPTION, BlockKind.CODE)
        return not self.repeated and self.kind not in silent

    @property
    def is_read(self) -> bool:
        """Whether names, dates and claims are looked for in it. Furniture, markup and code are only shown."""
        return self.kind not in (BlockKind.FURNITURE, BlockKind.MARKUP, BlockKind.CODE)

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence that holds character `offset` of the document, or the nearest one before it."""
        place = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start)
        return self.sentences[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all below it, up to the next heading of its level or above."""

    title: str
    """The heading as shown; "" for what stands before the first heading."""
    level: int
    """1 to 6; 0 for what stands before the first heading."""
    span: Span
    """From the heading's first character to the end of the last block of the section."""
    heading: int | None
    """Index of the heading's block in `Document.blocks`."""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One source text. It owns the verbatim text; everything else is a view into it by `Span`.

    Compared by identity: two documents may hold the same words and are still two documents.
    """

    id: str
    """The path inside the pack, with forward slashes. What `doc` means in every export."""
    text: str
    """As decoded from the file, a byte order mark dropped and nothing else changed (line ends too)."""
    digest: str
    """SHA-256 of the file's bytes, in hexadecimal."""
    format: str
    """The name of the parser that read it: "text" or "markdown"."""
    blocks: Sequence[Block] = ()
    """In order, without overlap; every character that is not white space lies in exactly one. A parser gives `Parts`,
    so that a long document is parsed only as far as it is looked at."""
    sections: Sequence[Section] = ()
    """In order of their headings; a section spans its subsections."""
    title: str = ""
    """As shown: the first heading, or the front matter's, or the file's name."""
    label: str = ""
    """A short readable name for lists, from `briefing.toml`; else the title or the file's name."""
    date: str | None = None
    """When it was written: ISO 8601, a month ("2021-03") or a year, as far as known."""
    origin: str | None = None
    """Where it was published, in words; None when nobody knows."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Keys and values of the front matter."""
    problems: tuple[Problem, ...] = ()
    """What reading it had to say: bytes that were not UTF-8, control characters made visible."""
    line_starts: tuple[int, ...] = (0,)
    """The first character of every line."""
    encoding: str = ""
    """How the pack says that the file is written; "" where the bytes alone say it."""

    @property
    def is_at_hand(self) -> bool:
        """Whether what stands in it is in memory, so that nobody waits for it."""
        return True

    @property
    def characters(self) -> int:
        """How long it is."""
        return len(self.text)

    @property
    def words(self) -> int:
        """How many, as white space parts them."""
        return len(self.text.split())

    @property
    def beginning(self) -> Span | None:
        """Its first block; None without blocks. Of one that is not read, the place before its first character."""
        if not self.is_at_hand:
            return Span(0, 0)
        return next((block.span for block in self.blocks), None)

    def line_of(self, offset: int) -> int:
        """The line, counted from 1, that character `offset` stands on."""
        return bisect_right(self.line_starts, offset)

    def quote(self, span: Span) -> str:
        """The words at `span`, exactly as they stand in the file."""
        return self.text[span.start : span.end]

    def block_index_at(self, offset: int) -> int:
        """Index of the block that holds character `offset`, or of the nearest one before it (0 at the least)."""
        return max(0, bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1)

    @property
    def parts(self) -> Parts[Block]:
        """The blocks in the parts in which they are made."""
        if isinstance(self.blocks, Parts):
            return self.blocks
        return Parts((Span(0, len(self.text)),), lambda _: self.blocks)

    def block_at(self, offset: int) -> Block | None:
        """The block that holds character `offset`, or the nearest one before it, else the first; None without blocks.

        Unlike the index of a block it is found without parsing all that stands before it.
        """
        return next(self.blocks_back_from(offset), None) or next(iter(self.blocks), None)

    def blocks_from(self, offset: int) -> Iterator[Block]:
        """The blocks that begin at character `offset` or behind it, in order, each parsed when it is its turn."""
        parts = self.parts
        for number in range(parts.part_at(offset), len(parts.spans)):
            yield from (block for block in parts.part(number) if block.span.start >= offset)

    def blocks_back_from(self, offset: int) -> Iterator[Block]:
        """The blocks that begin at character `offset` or before it, nearest first, each parsed when it is its turn."""
        parts = self.parts
        for number in range(parts.part_at(offset), -1, -1):
            part = parts.part(number)
            yield from reversed(part[: bisect_right(part, offset, key=lambda block: block.span.start)])

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that holds character `offset`; None before the first block."""
        holding = [section for section in self.sections if section.span.start <= offset < max(section.span.end, 1)]
        return max(holding, key=lambda section: section.span.start, default=None)


class Documents(Sequence[Document]):
    """The documents of a pack, in its order, each to be found by its id at once."""

    __slots__ = ("_in_order", "_numbers", "by_id")

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self._in_order = tuple(documents)
        self.by_id: Mapping[str, Document] = {document.id: document for document in self._in_order}
        self._numbers: Mapping[str, int] = {}

    @property
    def numbers(self) -> Mapping[str, int]:
        """The index of each document by its id."""
        if len(self._numbers) != len(self.by_id):
            self._numbers = {id: number for number, id in enumerate(self.by_id)}
        return self._numbers

    def __len__(self) -> int:
        return len(self._in_order)

    def __iter__(self) -> Iterator[Document]:
        return iter(self._in_order)

    @overload
    def __getitem__(self, number: int) -> Document: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Document, ...]: ...
    def __getitem__(self, number: int | slice) -> Document | tuple[Document, ...]:
        return self._in_order[number]


def documents_by_id(documents: Sequence[Document]) -> Mapping[str, Document]:
    """Every one of `documents` by its id; for those of a pack without going through them."""
    return documents.by_id if isinstance(documents, Documents) else Documents(documents).by_id


def document_numbers(documents: Sequence[Document]) -> Mapping[str, int]:
    """The index of every one of `documents` by its id; for those of a pack without going through them."""
    return documents.numbers if isinstance(documents, Documents) else Documents(documents).numbers
