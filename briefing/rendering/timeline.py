"""The timeline as entries of a list: when, how far along, whether overdue, where it stands, and the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial

from rich.cells import cell_len

from briefing.model import Document, Stage, TimelineEntry, documents_by_id
from briefing.parsing import visible
from briefing.rendering.context import shown_words
from briefing.rendering.entry import Entry, LinesToCome, counted, heading
from briefing.rendering.line import Line, Piece, clip, fit, flow, paint
from briefing.rendering.strikes import Struck, is_struck, struck_through

_DATE = 19
"""Cells for the date: "written 2021-03-17 ". A stretch of time takes more."""
_STAGE = 11
"""Cells for how far along: "announced  "."""
_COLUMNS = 60
"""Cells: on rows shorter than this dates and stages take no more than they need."""
_INDENT = 2
_LEAST_NAME = 12
"""Cells that the name of a document has to have, else the words of the date are left to the quote."""


def timeline_entries(
    entries: Sequence[TimelineEntry],
    documents: Sequence[Document],
    as_of: date | None,
    width: int,
    struck: Struck = (),
) -> list[Entry]:
    """The timeline by year, two lines of at most `width` cells an entry; the value of each is (document id, span).

    The second line is the sentence, cut around the words of its date, which are underlined. "about" means that the
    date was worked out from them, "written" that it is the document's own. A line stands where the as-of date is:
    before the first entry that lies after it. Entries among `struck` are marked as such and struck through.
    """
    by_id = documents_by_id(documents)
    counts = Counter(_year(entry) for entry in entries)
    shown: list[Entry] = []
    today = as_of.isoformat() if as_of else None
    year = None
    for entry in entries:
        if today and (entry.date is None or entry.date > today):
            shown.append(_as_of(today, width))
            today = None
        if year != _year(entry):
            year = _year(entry)
            title = heading(year, counted(counts[year], "entry", "entries"))
            shown.append(Entry(tuple(clip(line, width) for line in title.lines)))
        document = by_id[entry.document]
        shown.append(_entry(entry, document, width, struck=is_struck(document, entry.span, struck)))
    if today:
        shown.append(_as_of(today, width))
    if not entries:
        text = "No sentence names a date, and none speaks of a role or a constraint."
        shown.append(Entry(tuple(flow([Piece(text, "muted")], width))))
    return shown


def _year(entry: TimelineEntry) -> str:
    return entry.date[:4] if entry.date else "UNDATED"


def _as_of(today: str, width: int) -> Entry:
    return Entry((clip((Piece(f"── as of {today} ──", "accent"),), width),))


def _entry(entry: TimelineEntry, document: Document, width: int, *, struck: bool) -> Entry:
    lines = LinesToCome(partial(_entry_lines, entry, document, width, struck=struck), 2)
    return Entry(lines, (document.id, entry.span))


def _entry_lines(entry: TimelineEntry, document: Document, width: int, *, struck: bool) -> tuple[Line, Line]:
    stage = "muted" if entry.stage is Stage.UNCLEAR else str(entry.stage.status)
    date_room, stage_room = (_DATE, _STAGE) if width >= _COLUMNS else (0, 0)
    facts = [Piece(fit(_when(entry), max(date_room, len(_when(entry)) + 1)), "strong")]
    facts.append(Piece(fit(str(entry.stage), max(stage_room, len(entry.stage) + 1)), stage))
    if struck:
        facts.append(Piece("STRUCK  ", "warning"))
    elif entry.overdue:
        facts += [Piece("OVERDUE", "warning"), Piece("  ")]
    room = width - sum(cell_len(piece.text) for piece in facts)
    words = f"“{shown_words(document, entry.words)}”  " if entry.words and (entry.inferred or not entry.date) else ""
    line = f", line {document.line_of(entry.span.start)}"
    if words and cell_len(words) + _LEAST_NAME + len(line) <= room:
        facts.append(Piece(words))
        room -= cell_len(words)
    name = visible(document.label)
    name = name if cell_len(name + line) <= room else fit(name, max(0, room - len(line))).rstrip()
    facts.append(Piece(name + line, "accent"))
    quote = _quote(entry, document, width - _INDENT)
    quote = struck_through(quote) if struck else quote
    return clip(tuple(facts), width), clip((Piece(" " * _INDENT), *quote), width)


def _when(entry: TimelineEntry) -> str:
    """The date in words and figures: "about 2021-09 to 2021-11", "written 2021-03", "undated"."""
    if entry.date is None:
        return "undated"
    until = f" to {entry.until}" if entry.until else ""
    basis = "" if entry.words and not entry.inferred else "about " if entry.words else "written "
    return f"{basis}{entry.date}{until}"


def _quote(entry: TimelineEntry, document: Document, width: int) -> Line:
    """The sentence between quotation marks in one row of `width` cells, so cut that the words of its date are seen."""
    if not document.blocks:
        return ()
    shown = document.blocks[document.block_index_at(entry.span.start)].shown
    start, end = shown.shown_of(entry.span) or (0, 0)
    words = shown.shown_of(entry.words) if entry.words else None
    begin, room = start, max(0, width - 2)
    if words and (words[1] - start > room or cell_len(shown.text[start : words[1]]) > room):
        # Characters of East Asia take two cells: at the worst the words begin after two thirds of the row.
        third = max(start, words[0] - room // 3)
        begin = max(start, min(third, end - room + 1))
        if cell_len(shown.text[begin : words[1]]) >= room:
            begin = third
    stop = min(end, begin + room)
    marks = [(*words, "target")] if words else []
    row = (
        Piece("“" if begin == start else "“…", "muted"),
        *paint(shown.text, "", marks, begin, stop),
        Piece("”" if stop == end else "…”", "muted"),
    )
    return clip(row, width)
