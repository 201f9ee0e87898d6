"""From the bytes of a file to a `Document`: one parser a format, behind one registry."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from pathlib import PurePosixPath

from briefing.model import Block, BlockKind, Document, LazyTuple, Parts, Problem
from briefing.parsing.blocks import sections_of
from briefing.parsing.decoding import Lines, decode, lines_of, looks_binary
from briefing.parsing.front_matter import FrontMatter, is_iso_date, read_front_matter
from briefing.parsing.plain_text import parse_plain_text
from briefing.parsing.visible import visible

__all__ = ["FORMATS", "format_of", "is_iso_date", "looks_binary", "parse_document", "visible"]

_Parser = Callable[[str, Lines, int], Parts[Block]]


def _text(text: str, lines: Lines, _: int) -> Parts[Block]:
    return parse_plain_text(text, lines)


def _markdown(text: str, lines: Lines, skip: int) -> Parts[Block]:
    # Half of what importing this room would cost is the Markdown parser, and many packs hold plain text only.
    from briefing.parsing.markdown import parse_markdown

    return parse_markdown(text, lines, skip)


FORMATS: dict[str, tuple[str, ...]] = {"text": (".txt", ".text"), "markdown": (".md", ".markdown")}
"""The formats that can be read, and the endings of their files in lower case."""

_PARSERS: dict[str, _Parser] = {"text": _text, "markdown": _markdown}


_BY_ENDING = {ending: name for name, endings in FORMATS.items() for ending in endings}


def format_of(path: str) -> str | None:
    """The format of a file by its ending; None when there is no parser for it."""
    return _BY_ENDING.get(os.path.splitext(path)[1].lower())  # noqa: PTH122 - a Path for each of many files takes longer


def parse_document(
    id: str,
    data: bytes,
    *,
    encoding: str | None = None,
    label: str = "",
    date: str | None = None,
    origin: str | None = None,
) -> Document:
    """The document that the bytes `data` of the file `id` hold; a file of an unknown ending is read as plain text.

    `encoding`, `label`, `date` and `origin` are what the pack says of it and win over its front matter. Never raises
    for any `data`: what was odd about it stands in the document's `problems`. Raises `LookupError` for an unknown
    encoding.
    """
    decoded = decode(id, data, encoding)
    text = decoded.text
    lines = lines_of(text)
    format = format_of(id) or "text"
    front = read_front_matter(text, lines) if format == "markdown" else FrontMatter()
    blocks = _PARSERS[format](text, lines, front.lines)
    name = visible(PurePosixPath(id).name)
    written = front.metadata.get("date", "")
    problems = decoded.problems
    if written and not date and not is_iso_date(written):
        fault = f"the date {written!r} is no day, month or year"
        problems += (Problem(id, fault, "write it as 2024-05-31, or give it in briefing.toml", 1),)
    title = front.metadata.get("title") or _title(blocks.part(0)) or name
    return Document(
        id=id,
        text=text,
        digest=sha256(data).hexdigest(),
        format=format,
        blocks=blocks,
        sections=LazyTuple(partial(sections_of, blocks)),
        title=title,
        label=visible(label) or title,
        date=date or (written if is_iso_date(written) else None),
        origin=origin or front.metadata.get("source") or front.metadata.get("origin"),
        metadata=front.metadata,
        problems=problems,
        line_starts=lines.starts,
        encoding=encoding or "",
    )


def _title(blocks: Sequence[Block]) -> str:
    """The first heading, if nothing but furniture and captions stands before it."""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            return block.shown.text
        if block.counts:
            break
    return ""
