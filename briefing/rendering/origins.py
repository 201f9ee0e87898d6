"""What documents are worth as sources: the origins they come from, what is to be said of each, and its grades."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from briefing.model import Credibility, Document, Graded, LazyTuple, Origin, Reliability, documents_by_id
from briefing.parsing import visible
from briefing.rendering.context import words_in_context
from briefing.rendering.entry import Entry, counted, heading
from briefing.rendering.line import Line, Piece, clip, flow

if TYPE_CHECKING:  # to load it takes longer than to open a pack
    from briefing.analysis.appraisal import Fact

RELIABILITIES = {
    Reliability.COMPLETELY: "completely reliable",
    Reliability.USUALLY: "usually reliable",
    Reliability.FAIRLY: "fairly reliable",
    Reliability.NOT_USUALLY: "not usually reliable",
    Reliability.UNRELIABLE: "unreliable",
    Reliability.NOT_JUDGED: "not judged",
}
"""What the grades of the Admiralty scale for sources mean, in words."""
CREDIBILITIES = {
    Credibility.CONFIRMED: "confirmed",
    Credibility.PROBABLY_TRUE: "probably true",
    Credibility.POSSIBLY_TRUE: "possibly true",
    Credibility.DOUBTFUL: "doubtful",
    Credibility.IMPROBABLE: "improbable",
    Credibility.NOT_JUDGED: "not judged",
}
"""What the grades of the Admiralty scale mean, in words."""
_INDENT = 2
"""Cells."""
_PLACES = 5
"""Rows: of the words that show a fact, so many are listed."""
_NUMBER = 5
"""Cells for the number of a line."""


def origin_entries(
    origins: Sequence[Origin],
    documents: Sequence[Document],
    width: int,
    struck: Collection[str] = (),
    grades: Mapping[str, Iterable[Graded]] = MappingProxyType({}),
) -> list[Entry]:
    """Each origin in lines of at most `width` cells: how many documents, why they count as one, and the documents.

    Those whose ids are in `struck` are marked as such, and each has its `grades` by id. The value of a document is
    (its id, span of its first block).
    """
    by_id = documents_by_id(documents)
    entries: list[Entry] = []
    for number, origin in enumerate(origins, 1):
        above = [heading(f"ORIGIN {number}", counted(len(origin.documents), "document"))]
        if origin.reason:
            above.append(Entry(tuple(flow([Piece(visible(origin.reason), "muted")], width))))
        entries += _clipped(above, width)
        entries += [
            _document_entry(by_id[id], width, [*grades.get(id, ())], struck=id in struck) for id in origin.documents
        ]
    return entries


def appraisal_entries(document: Document, facts: Sequence[Fact], graded: Iterable[Graded], width: int) -> list[Entry]:
    """How officers grade `document` as a source, and what is to be said of it, in lines of at most `width` cells.

    What reading the file had to say, such as how many hidden characters it holds, comes before the facts. The value of
    a fact that words show, and of those words, is (document id, span). Of `graded`, those about this document are
    listed.
    """
    grades = [grade for grade in graded if grade.document == document.id]
    entries = [heading("GRADES", "given by officers")]
    for grade in grades:
        pieces = [Piece(grade_words(grade), "strong"), Piece(f"  by {visible(grade.by)}", "muted")]
        entries.append(Entry(tuple(flow(pieces, width, _INDENT))))
    if not grades:
        entries.append(Entry(((Piece("Nobody has graded it.", "muted"),),)))
    entries.append(heading("FACTS", "stated, not judged"))
    for problem in document.problems:
        said = f"{problem.fault}; {problem.remedy}" if problem.remedy else problem.fault
        entries.append(Entry(tuple(flow([Piece("! ", "warning"), Piece(visible(said))], width, _INDENT))))
    for fact in facts:
        text = tuple(flow([Piece("· ", "muted"), Piece(visible(fact.text))], width, _INDENT))
        entries.append(Entry(text, (document.id, fact.span) if fact.span else None))
        if len(fact.spans) > 1:
            entries += _places(document, fact, width)
    if not facts and not document.problems:
        entries.append(Entry(((Piece("Nothing to remark.", "muted"),),)))
    return list(_clipped(entries, width))


def grade_words(graded: Graded) -> str:
    """Both grades with what they mean: "A completely reliable, 2 probably true"; F and 6 are "not judged"."""
    source = f"{graded.reliability} {RELIABILITIES[graded.reliability]}"
    return f"{source}, {graded.credibility} {CREDIBILITIES[graded.credibility]}"


def _document_entry(document: Document, width: int, graded: Sequence[Graded], *, struck: bool) -> Entry:
    lines = LazyTuple(partial(_document_lines, document, width, graded, struck=struck))
    return Entry(lines, (document.id, document.beginning) if document.beginning else None)


def _document_lines(document: Document, width: int, graded: Sequence[Graded], *, struck: bool) -> Iterator[Line]:
    pieces = [
        Piece(visible(document.label), "accent"),
        Piece(f"  {visible(document.date or 'undated')}", ""),
        Piece(f"  {visible(document.origin or 'publisher not given')}", "muted"),
        *(Piece(f"  {one.reliability}{one.credibility} by {visible(one.by)}", "strong") for one in graded),
    ]
    if struck:
        pieces.insert(0, Piece("STRUCK  ", "warning"))
    margin = (Piece(" " * _INDENT),)
    return (clip(margin + line, width) for line in flow(pieces, max(1, width - _INDENT), _INDENT))


def _places(document: Document, fact: Fact, width: int) -> Iterator[Entry]:
    for span in fact.spans[:_PLACES]:
        number = Piece(str(document.line_of(span.start)).rjust(_NUMBER - 1) + " ", "line-number")
        yield Entry(
            ((number, *words_in_context(document, span, max(1, width - _NUMBER), "target")),), (document.id, span)
        )
    if len(fact.spans) > _PLACES:
        more = Piece(f"{' ' * _NUMBER}and {len(fact.spans) - _PLACES} more", "muted")
        yield Entry(((more,),))


def _clipped(entries: Iterable[Entry], width: int) -> Iterator[Entry]:
    for entry in entries:
        yield Entry(tuple(clip(line, width) for line in entry.lines), entry.value)
