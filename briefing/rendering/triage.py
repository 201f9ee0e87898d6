"""The list of the documents to be gone through: what was decided about each, what it is called, how much there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from briefing.analysis.judgements import Judgements
from briefing.analysis.triage import Arrangement, Listed, Shelf, Standing, standing_of
from briefing.model import Document, TriageState
from briefing.parsing import visible
from briefing.rendering.entry import EntriesOnDemand, counted
from briefing.rendering.line import Line, Piece, clip, fit, width_of

GLYPHS = {TriageState.NEW: "•", TriageState.KEPT: "✓", TriageState.SKIPPED: "✗", TriageState.LATER: "…"}
"""What stands before the word for a state, so that the eye finds it."""
_STYLES = {
    TriageState.NEW: "strong",
    TriageState.KEPT: "accent",
    TriageState.SKIPPED: "muted",
    TriageState.LATER: "emphasis",
}
_STATE = 11
"""Cells for a glyph, the longest word for a state, and a gap."""
_WIDE = 110
"""Cells: with fewer a document takes two lines, since one would leave too little for what it is called."""
_DATE, _CLAIMS, _WORDS = 10, 12, 17
"""Cells of columns, with a gap before the second and third: "2024-05-31", "999 claims", "9,999,999 words"."""
_GAP = 2
"""Cells."""
_LEAST = 20
"""Cells that what a document is called keeps at the least, whatever else is to be said of it."""
_BELOW = "└ "
"""Before a document that stands below another of its origin."""


def triage_entries(rows: Sequence[Listed], shelf: Shelf, held: Judgements, officer: str, width: int) -> EntriesOnDemand:
    """The documents of `rows` in lines of at most `width` cells, made on demand; the value of each is its id.

    Who decided about one is said where it was not `officer`; what was struck is marked.
    """
    height = 1 if width >= _WIDE else 2

    def lines(number: int) -> tuple[Line, ...]:
        row = rows[number]
        standing = standing_of(row.document, held.triaged)
        state = Piece(fit(f"{GLYPHS[standing.state]} {standing.state}", _STATE), _STYLES[standing.state])
        facts = Piece(_facts(row.document, shelf), "muted")
        notes = _notes(standing, officer, struck=row.document.id in held.struck_documents)
        source = Piece(f"  {visible(row.document.origin or 'publisher not given')}", "muted")
        if height == 2:
            below = (Piece(" " * _STATE), facts, source)
            return clip((state, *_title(row, notes, width - _STATE)), width), clip(below, width)
        room = width - _STATE - _GAP - cell_len(facts.text)
        title = _title(row, (), room - room * 2 // 5)
        return (clip((state, *title, Piece(" " * _GAP), facts, *notes, source), width),)

    return EntriesOnDemand([row.document.id for row in rows], lines, height)


def triage_title(counts: Mapping[TriageState, int]) -> str:
    """How many documents there are, and how many in each state: "Documents  12: 9 new, 2 kept, 1 skipped"."""
    states = ", ".join(f"{count:,} {state}" for state, count in counts.items() if count)
    return f"Documents  {sum(counts.values()):,}: {states}"


def arrangement_words(arrangement: Arrangement) -> str:
    """In which order the documents stand, and which of them: "newest first, only new"."""
    return f"{arrangement.order}{f', only {arrangement.only}' if arrangement.only else ''}"


def _facts(document: Document, shelf: Shelf) -> str:
    """When a document is from and how much there is in it, in columns."""
    words = shelf.words(document)
    columns = counted(shelf.claims.get(document.id, 0), "claim"), f"{words:,} {'word' if words == 1 else 'words'}"
    date = fit(visible(document.date or "undated"), _DATE)
    return date + "".join(fit(text, size, right=True) for text, size in zip(columns, (_CLAIMS, _WORDS), strict=True))


def _notes(standing: Standing, officer: str, *, struck: bool) -> Line:
    """What was decided about a document, but for its state."""
    notes = [Piece("  STRUCK", "warning")] if struck else []
    if standing.before is not None:
        left = "left for later" if standing.before is TriageState.LATER else standing.before
        notes.append(Piece(f"  changed since it was {left}", "warning"))
    if standing.by not in ("", officer):
        notes.append(Piece(f"  by {visible(standing.by)}", "strong"))
    return tuple(notes)


def _title(row: Listed, notes: Line, width: int) -> Line:
    """What a document is called, how many are alike, and `notes`, in exactly `width` cells; the name is cut first."""
    name = f"{_BELOW * row.below}{visible(row.document.label)}"
    alike = f"  {f'+{row.alike} alike' if row.folded else f'{row.alike} alike below'}" if row.alike else ""
    beside = (Piece(alike, "accent"), *notes)
    room = max(width - width_of(beside), min(_LEAST, cell_len(name)))
    line = clip((*clip((Piece(name),), room), *beside), width)
    return (*line, Piece(" " * (width - width_of(line))))
