"""Documents made by chance and by mutation, and all that is done with them: read, analysed, drawn, exported.

`python -m tests.mutated_documents SEED PACKS FIRST STEP` does so with every STEP-th of PACKS small packs from the FIRST
on, and prints as JSON how many documents that were and how long the slowest pack took. One that fails is named on
standard error with its number: with that as FIRST and PACKS, it fails again.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from briefing.analysis.appraisal import facts_about
from briefing.analysis.card import card_of
from briefing.analysis.check import check_pack
from briefing.analysis.corrections import corrections_of
from briefing.analysis.linchpins import linchpins
from briefing.analysis.timeline import timeline_of
from briefing.export import rows, weighing_rows
from briefing.export.entity_rules import entity_rules_toml
from briefing.export.formats import FORMATS, as_json, as_table
from briefing.model import Document, Pack, PackError
from briefing.parsing.visible import is_safe
from briefing.rendering.bars import bottom_line, top_line
from briefing.rendering.card import card_entries
from briefing.rendering.conflicts import conflict_entries
from briefing.rendering.context import place_entries
from briefing.rendering.document import DocumentLayout
from briefing.rendering.entities import entity_entries
from briefing.rendering.entry import Entry
from briefing.rendering.evidence import cell_entries, role_entries
from briefing.rendering.line import Line, clip, plain, width_of
from briefing.rendering.marks import document_marks
from briefing.rendering.matrix import columns_for, row_line
from briefing.rendering.origins import appraisal_entries, origin_entries
from briefing.rendering.pages import outline_entries
from briefing.rendering.timeline import timeline_entries
from briefing.rendering.weighing import linchpin_entries
from briefing.storage.pack_folder import open_pack
from tests.literal_hits import search
from tests.poisoned_pack import PAYLOADS

ROOT = Path(__file__).resolve().parent.parent
IN_ONE_PACK = 20
"""Documents."""
PATIENCE = 1.0
"""Seconds that one document may take, with all that is done with it; on a busy machine."""
_ROWS = 400
"""Rows of a document that are drawn at each width."""
_TABLE = 10
"""Rows of a table that are drawn."""

_SEEDS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
_TRAPS = (
    *("# ", "###### ", "- ", "* ", "1. ", "> ", ">>> ", "```\n", "~~~\n", "    ", "\t", "---\n", "===\n", "***", "**"),
    *(
        "_a_",
        "`",
        "``",
        "[",
        "](",
        "[a](b)",
        "![",
        "[r]: <",
        "[r][r]",
        "<",
        "<!--",
        "-->",
        "<a href='",
        "&amp;",
        "&#0;",
    ),
    *("&#x202e;", "&#27;", "\\", "\\\n", "  \n", "| a | b |\n|---|---|\n", "|", "\n\n", "\r", "\r\n", "\x0c", "\ufeff"),
    *("Read also\n", "• ", "“", "”", "'", "…", "e\u0301", "漢字。", "👨\u200d👩", "ß", "İ", "ǆ", "\U0001f6e1\ufe0f"),
    *(
        "Mr. ",
        "U.S. ",
        "No. 7 ",
        "2024-05-31 ",
        "on 31 February 2024 ",
        "99 billion ",
        "$5",
        "1,000.00 ",
        "not ",
        "will ",
    ),
    *PAYLOADS,
)
_ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-16", "utf-16-be", "cp1252", "latin-1", "utf-8-sig")


def documents(seed: int, pack: int) -> dict[str, bytes]:
    """The files of one pack by name."""
    one = Random(repr((seed, pack)))  # noqa: S311 - nothing secret is made with it
    return {f"{number:02}.{one.choice(('txt', 'txt', 'md'))}": _document(one) for number in range(IN_ONE_PACK)}


def _document(one: Random) -> bytes:
    kind = one.random()
    if kind < 0.03:
        return one.randbytes(one.randrange(300))
    if kind < 0.05:
        return (one.choice(_TRAPS) * one.randrange(1, 2000)).encode("utf-8", "surrogatepass")[:6000]
    if kind < 0.2:
        text = "".join(one.choice(_TRAPS) + one.choice(("", "a", "word ")) for _ in range(one.randrange(60)))
    else:
        text = _mutated(_passage(one), one)
    data = text.encode(one.choice(_ENCODINGS), "replace")
    if one.random() < 0.15 and data:
        place = one.randrange(len(data))
        data = data[:place] + one.randbytes(one.randrange(1, 5)) + data[place + one.randrange(3) :]
    return data


def _passage(one: Random) -> str:
    text = one.choice(_SEEDS)
    begin = one.randrange(len(text))
    return text[begin : begin + one.randrange(40, 400)]


def _mutated(text: str, one: Random) -> str:
    for _ in range(one.randrange(1, 6)):
        place = one.randrange(len(text) + 1)
        match one.randrange(6):
            case 0:
                text = text[:place] + one.choice(_TRAPS) + text[place:]
            case 1:
                text = text[:place] + text[place + one.randrange(1, 30) :]
            case 2:
                text = text[:place] + text[place : place + 40] * one.randrange(2, 8) + text[place:]
            case 3:
                text = text[:place] + chr(one.choice((one.randrange(0x250), one.randrange(0xD800)))) + text[place:]
            case 4:
                text = text[:place] + _passage(one)[:80] + text[place:]
            case _:
                text = text.replace(one.choice((" ", "\n", ".", ",")), one.choice((" ", "\n", "\r\n", "", "\t", ". ")))
    return text


# ---------------------------------------------------------------- all that is done with them


def check(seed: int, number: int) -> int:
    """Do all that is done with a pack of mutated documents; how many could be read. Raises whatever goes wrong."""
    files = documents(seed, number)
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "seeds" / "scenario.toml", folder)
        for path, data in files.items():
            (folder / path).write_bytes(data)
        try:
            pack = open_pack([folder])
        except PackError as error:
            raise AssertionError(str(error)) from error
    read = {document.id for document in pack.documents}
    passed_over = {problem.path for problem in pack.problems}
    _hold(read | passed_over >= files.keys(), "a document is neither read nor named", files.keys() - read - passed_over)
    _hold(all(is_safe(str(problem)) for problem in check_pack(pack)), "a problem is not safe to show", pack.problems)
    _quotes_stand(pack)
    for width in (24, 100):
        for line in _drawn(pack, width):
            text = plain(line)
            _hold(is_safe(text), "an unsafe line", width, text)
            _hold(width_of(line) <= width, "a line too wide", width, text)
    _export(pack)
    return len(read)


def _hold(holds: bool, *fault: object) -> None:
    if not holds:
        raise AssertionError(*fault)


def _quotes_stand(pack: Pack) -> None:
    texts = {document.id: document.text for document in pack.documents}
    for mention in pack.mentions:
        _hold(texts[mention.document][mention.span.start : mention.span.end] == mention.text, "a mention", mention)
    for claim in pack.claims:
        _hold(texts[claim.document][claim.span.start : claim.span.end] == claim.quote, "a claim", claim)
    for hit in search(pack.documents, "a"):
        words = texts[hit.document][hit.span.start : hit.span.end]
        # What is looked for may stand in the picture of a character, such as <U+200A>.
        _hold(words.casefold() == "a" or not is_safe(words) or words.startswith("&"), "a hit", hit, words)


def _drawn(pack: Pack, width: int) -> Iterator[Line]:
    """Every line of every view."""
    yield from (part for part in (*top_line(pack, "view", width), *bottom_line(pack, ["help"], "", width)))
    for document in pack.documents:
        yield from _document_lines(document, pack, width)
    for entry in _entries(pack, width):
        yield from entry.lines
    if pack.matrix is not None and width >= 40:
        columns = columns_for(width, pack.matrix, 0)
        yield from (row_line(row, columns, None) for row in pack.matrix.rows)


def _document_lines(document: Document, pack: Pack, width: int) -> Iterator[Line]:
    layout = DocumentLayout(document, width)
    mentions = [mention for mention in pack.mentions if mention.document == document.id]
    marks = document_marks(mentions, (), [hit.span for hit in search([document], "the")], "hit", None)
    for row in range(min(len(layout), _ROWS)):
        _hold(0 <= layout.offset_of(row) <= len(document.text), "a row from nowhere", document.id, row)
        yield layout.line(row, marks)


def _entries(pack: Pack, width: int) -> Iterator[Entry]:
    documents, mentions, claims = pack.documents, pack.mentions, pack.claims
    if width < 40:
        return
    yield from entity_entries(pack.entities, documents, "", width)
    for entity in pack.entities[:1]:
        yield from card_entries(card_of(entity, pack), documents, width)
    yield from timeline_entries(timeline_of(documents, mentions, claims, pack.as_of), documents, pack.as_of, width)
    yield from conflict_entries(pack.conflicts, documents, width)
    yield from origin_entries(pack.origins, documents, width)
    yield from _cut(outline_entries(documents, ""), width)
    for document in documents[:5]:
        facts = facts_about(document, [one for one in mentions if one.document == document.id], pack.as_of)
        yield from appraisal_entries(document, facts, (), width)
        hits = [(document, hit.span) for hit in search([document], "the")]
        yield from _cut(place_entries(documents, hits, width, "hit"), width)
    if pack.matrix is not None:
        yield from linchpin_entries(linchpins(pack.matrix, pack.origins), documents, pack.matrix, width)
        for row in pack.matrix.rows[:4]:
            yield from role_entries(row, documents, width)
            yield from (entry for cell in row.cells for entry in cell_entries(cell, documents, width))


def _cut(entries: Iterable[Entry], width: int) -> Iterator[Entry]:
    """Entries whose lines the list cuts when it draws them."""
    return (Entry(tuple(clip(line, width) for line in entry.lines)) for entry in entries)


def _export(pack: Pack) -> None:
    made: list[list[Any]] = [
        rows.document_rows(pack),
        rows.entity_rows(pack),
        rows.mention_rows(pack),
        rows.evidence_rows(pack),
        rows.conflict_rows(pack.conflicts, pack.documents, pack.events),
        rows.origin_rows(pack.origins, pack.documents),
        rows.timeline_rows(timeline_of(pack.documents, pack.mentions, pack.claims, pack.as_of), pack),
        weighing_rows.question_rows(pack),
        weighing_rows.change_rows(pack),
    ]
    if pack.matrix is not None:
        made += [rows.cell_rows(pack.matrix), weighing_rows.ranking_rows(pack), weighing_rows.linchpin_rows(pack)]
        json.loads(as_json(rows.scenario_object(pack.matrix)))
    for value in made:
        for name, write in FORMATS.items():
            text = write(value)
            if name == "json":
                json.loads(text)
            if name == "jsonl":
                _hold(len(text.splitlines()) >= len(value), "rows are missing", value[:1])
        as_table(value[:_TABLE], 80)
    entity_rules_toml(pack.entity_rules, pack.rejected_names, corrections_of(pack))


# ---------------------------------------------------------------- in a process of its own


@contextmanager
def _in_time(seconds: float) -> Iterator[None]:
    """Raise `TimeoutError` in the middle of what takes longer, so that the traceback shows where."""

    def too_late(_: int, __: FrameType | None) -> None:
        raise TimeoutError(seconds)

    signal.signal(signal.SIGALRM, too_late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def main(arguments: Sequence[str]) -> None:
    """Check some packs."""
    seed, packs, first, step = map(int, arguments)
    made = read = 0
    slowest = 0.0
    for number in range(first, max(packs, first + 1), step):
        began = time.monotonic()
        try:
            with _in_time(PATIENCE * IN_ONE_PACK):
                read += check(seed, number)
        except Exception:
            print(f"pack {number} of seed {seed}:", file=sys.stderr)  # noqa: T201 - for whoever runs it
            raise
        made += IN_ONE_PACK
        slowest = max(slowest, time.monotonic() - began)
    print(json.dumps({"made": made, "read": read, "slowest": slowest}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
