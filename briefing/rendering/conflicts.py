"""Conflicts as an officer weighs them: what disagrees, and the two sentences one above the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing import model
from briefing.model import Document, Span, documents_by_id
from briefing.parsing import visible
from briefing.rendering.entry import Entry
from briefing.rendering.line import Line, Piece, flow, paint
from briefing.rendering.strikes import Struck, is_struck, struck_through

_INDENT = 2
_MARGIN = 160
"""Characters of a long sentence that are shown before and after the words that disagree."""


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """What choosing one of the two sentences means."""

    conflict_id: str
    document: str
    """`Document.id`."""
    span: Span
    """Of the words that disagree."""


def conflict_entries(
    conflicts: Iterable[model.Conflict], documents: Sequence[Document], width: int, struck: Struck = ()
) -> list[Entry]:
    """Three entries for each conflict, in lines of at most `width` cells: what it is about, and either sentence.

    The first cannot be chosen; the value of the others is a `ConflictSide`. A sentence among `struck` is marked as
    such and struck through. Without any conflict one entry says so.
    """
    by_id = documents_by_id(documents)
    entries = []
    for conflict in conflicts:
        entries.append(Entry(tuple(_head(conflict, width))))
        for side in (conflict.one, conflict.other):
            document = by_id[side.document]
            entries.append(_side(conflict, side, document, width, struck=is_struck(document, side.span, struck)))
    if not entries:
        text = "No two sentences disagree, as far as the rules can tell."
        entries.append(Entry(tuple(flow([Piece(text, "muted")], width))))
    return entries


def _head(conflict: model.Conflict, width: int) -> Iterable[Line]:
    is_open = conflict.settled is None
    pieces = [
        Piece(conflict.kind.upper(), "warning" if is_open else "muted"),
        Piece(f"  {_plain(conflict.subject)}", "strong" if is_open else "muted"),
        Piece(f"  {_plain(conflict.reason)}", "" if is_open else "muted"),
    ]
    if conflict.settled is not None:
        who = f" by {visible(conflict.settled_by)}" if conflict.settled_by else ""
        when = f", {conflict.settled_at:%Y-%m-%d}" if conflict.settled_at else ""
        pieces.append(Piece(f"  settled{who}{when}: {_plain(conflict.settled) or 'without a note'}", "muted"))
    return flow(pieces, width, _INDENT)


def _side(conflict: model.Conflict, side: model.Side, document: Document, width: int, *, struck: bool) -> Entry:
    facts = [
        Piece(f"{visible(document.label)}, line {document.line_of(side.words.start)}", "accent"),
        Piece(f"  {visible(document.date or 'undated')}", "muted"),
    ]
    if struck:
        facts.insert(0, Piece("STRUCK  ", "warning"))
    style = "limits target" if conflict.settled is None else "target"
    quote = _quote(document, side, style)
    quote = struck_through(quote) if struck else quote
    margin = (Piece(" " * _INDENT),)
    lines = [margin + line for line in flow(facts, max(1, width - _INDENT), _INDENT)]
    lines += [margin + line for line in flow(quote, max(1, width - _INDENT))]
    return Entry(tuple(lines), ConflictSide(conflict.id, side.document, side.words))


def _quote(document: Document, side: model.Side, style: str) -> Line:
    """The sentence between quotation marks, the words that disagree in `style`; of a long one, what is around them."""
    block = document.block_at(side.span.start)
    if block is None:
        return ()
    shown = block.shown
    start, end = shown.shown_of(side.span) or (0, 0)
    words = shown.shown_of(side.words) or (start, start)
    begin, stop = max(start, words[0] - _MARGIN), min(end, words[1] + _MARGIN)
    return (
        Piece("“" if begin == start else "“…", "muted"),
        *paint(shown.text, "", [(*words, style)], begin, stop),
        Piece("”" if stop == end else "…”", "muted"),
    )


def _plain(text: str) -> str:
    return visible(" ".join(text.split()))
