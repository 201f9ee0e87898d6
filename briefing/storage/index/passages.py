"""Passages as an index holds them: found by their words, and traced to where they stand without reading a document."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count
from typing import Any

from briefing.model import Block, Emphasis, ShownPassage, ShownRun, ShownText
from briefing.storage.index.records import as_json
from briefing.storage.index.schema import TOKENIZER

_AT_ONCE = 100
"""Names that are looked for by one question: SQLite refuses an expression of a thousand parts."""
_WORDS = 8
"""Words of a name by which its passages are found."""
_PASSAGES = (
    "SELECT p.document, p.start, p.making, f.text FROM passage f CROSS JOIN passage_place p ON p.passage = f.rowid"
    " WHERE p.making IS NOT NULL AND {0}"
)


def making_of(block: Block, text: str) -> str | None:
    """How what is shown of a block is made from what stands in `text`, that of its document; see `shown_passage`.

    "" where it is the same. None where no name is looked for in it.
    """
    if not block.is_read:
        return None
    pieces: list[int | list[Any]] = []
    at = block.span.start
    for run in block.shown.runs:
        if at < run.source:
            pieces.append([0, text[at : run.source]])
        at = run.source + run.source_length
        words = text[run.source : at]
        pieces += [[run.shown_length, words]] if run.is_picture else _pieces(words, block.shown.text[run.shown :])
    code = [(start, end) for start, end, weight in block.shown.emphasis if weight is Emphasis.CODE]
    return "" if not code and pieces == [len(block.shown.text)] else as_json([pieces, code])


def _pieces(source: str, shown: str) -> list[int | list[Any]]:
    """The pieces of a run whose characters match those shown one for one."""
    if shown.startswith(source):
        return [len(source)]
    pieces: list[int | list[Any]] = []
    same = 0
    for character, seen in zip(source, shown, strict=False):
        if character == seen:
            same += 1
            continue
        pieces += [same, [1, character]] if same else [[1, character]]
        same = 0
    return [*pieces, same] if same else pieces


def shown_passage(document: str, start: int, making: str, text: str) -> ShownPassage:
    """The passage of a document that begins at character `start` and is shown as `text`.

    `making` says what stands there: of so many characters shown the same, or of so many others. Raises `ValueError` or
    `TypeError` for what says nothing.
    """
    if not making:
        return ShownPassage(document, start, text, ShownText(text, (ShownRun(0, len(text), start, len(text)),)))
    pieces, code = json.loads(making)
    runs: list[ShownRun] = []
    source, shown, at = "", 0, start
    for piece in pieces:
        length, words = (piece, text[shown : shown + piece]) if isinstance(piece, int) else piece
        if length:
            is_whole = not isinstance(piece, int) and length == len(words) > 1
            runs.append(ShownRun(shown, length, at, len(words), is_whole))
        source, shown, at = source + words, shown + length, at + len(words)
    emphasis = tuple((first, last, Emphasis.CODE) for first, last in code)
    return ShownPassage(document, start, source, ShownText(text, tuple(runs), emphasis))


def passages_with(connection: sqlite3.Connection, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The number of the document, and what `shown_passage` takes, of each passage where one of `names` may stand.

    In no order; a passage may come more than once. Those of a name of nothing but signs, which are listed nowhere, are
    found by going through all texts.
    """
    listed, unlisted = _by_words([name for name in names if "\0" not in name])  # no text that is shown holds one
    for some in _portions(listed):
        yield from connection.execute(_PASSAGES.format("f.passage MATCH ?"), (" OR ".join(some),))
    for some in _portions(unlisted):
        holds = " OR ".join(["instr(f.text, ?)"] * len(some))
        yield from connection.execute(_PASSAGES.format(f"({holds})"), some)


def _by_words(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """What the full-text index is asked for to find `names`; and of those that it does not list, the first signs."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE passage USING fts5(text, {TOKENIZER})")
        connection.executemany("INSERT INTO passage(rowid, text) VALUES(?, ?)", enumerate(names))
        phrases = ['"{}"'.format(" ".join(name.split()[:_WORDS]).replace('"', '""')) for name in names]
        query = "SELECT 1 FROM passage WHERE passage MATCH ? AND rowid = ?"
        has_words = [connection.execute(query, asked).fetchone() for asked in zip(phrases, count(), strict=False)]
    listed = [phrase for phrase, has in zip(phrases, has_words, strict=True) if has]
    return listed, [name.split()[0] for name, has in zip(names, has_words, strict=True) if not has]


def _portions(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE))
