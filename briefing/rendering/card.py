"""The card of an entity, and where two entities meet, as entries of a list."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise

from rich.cells import cell_len

from briefing.analysis.card import Card, Companion, Dated
from briefing.analysis.meetings import Meeting, Together
from briefing.model import Description, Document, Entity, Mention, Span, documents_by_id
from briefing.parsing import visible
from briefing.rendering.context import mention_places, place_entries, shown_words
from briefing.rendering.entry import Entry, counted, heading
from briefing.rendering.line import Line, Piece, clip, fit, flow, paint

_LABEL = 8
"""Cells for what a row of the card is about."""
_SOURCE = 3
"""Of a row, one part in so many is kept for where its words stand, if that takes as much."""
_DESCRIPTIONS = 3
"""Rows: at 24 rows a card has to leave room for the mentions."""
_LONGEST_QUOTE = 480
"""Characters of a sentence or paragraph that are shown of a meeting."""
_TOGETHER = {Together.SENTENCE: "same sentence", Together.PARAGRAPH: "same paragraph"}


def card_title(card: Card) -> str:
    """Name, type and extent: "Andrii Taran  PERSON  2 mentions in 1 document"."""
    mentions = counted(len(card.entity.mentions), "mention")
    documents = counted(card.entity.document_count, "document")
    return f"{_plain(card.entity.name)}  {card.entity.type}  {mentions} in {documents}"


def card_entries(card: Card, documents: Sequence[Document], width: int, most: int | None = None) -> list[Entry]:
    """The card in lines of at most `width` cells: what it is, its other names, dates, companions; then its mentions.

    The value of descriptions, dates and mentions is (document id, span); that of a companion, in the list that ends the
    card, is its key. Other names, the row that sums the companions up, and a document's own date cannot be chosen.
    With `most`, only so many mentions are listed.
    """
    by_id = documents_by_id(documents)
    entries = [
        Entry((_described(one, by_id[one.document], number, width),), (one.document, one.span))
        for number, one in enumerate(card.descriptions[:_DESCRIPTIONS])
    ]
    if card.forms:
        names = "  ".join(_times(f"“{_plain(form)}”", count) for form, count in card.forms)
        entries.append(Entry((_row("also", Piece(names)),)))
    entries += _dates(card, by_id, width)
    if card.companions:
        entries.append(Entry((_row("with", *_summed(card.companions)),)))
    places = mention_places(documents, islice(chain.from_iterable(card.mentions), most))
    entries += place_entries(documents, places, width, f"{card.entity.type.lower()} chosen")
    if len(places) < len(card.entity.mentions):
        entries.append(heading("", f"the first {len(places):,} of {len(card.entity.mentions):,} mentions"))
    if len(card.mentions) < card.entity.document_count:
        read = f"the first {len(card.mentions):,} of {card.entity.document_count:,} documents"
        entries.append(heading("", f"all but the counts above is from {read}"))
    if card.companions:
        entries.append(heading("MENTIONED WITH", "in the same sentence"))
        entries += [Entry((_companion(one),), one.key) for one in card.companions]
    return [Entry(tuple(clip(line, width) for line in entry.lines), entry.value) for entry in entries]


def meeting_entries(
    meetings: Iterable[Meeting], documents: Sequence[Document], one: Entity, other: Entity, width: int
) -> list[Entry]:
    """Each meeting of two entities: document, line and how close; under them the quote, both names marked.

    The value of each is (document id, span of the quote).
    """
    by_id = documents_by_id(documents)
    entries = []
    for meeting in meetings:
        document = by_id[meeting.document]
        named = chain.from_iterable(entity.mentions_in(document.id) for entity in (one, other))
        there = sorted(named, key=lambda mention: mention.span)
        first = bisect_left(there, meeting.span.start, key=lambda mention: mention.span.start)
        stop = bisect_left(there, meeting.span.end, key=lambda mention: mention.span.start)
        together = f"  {_TOGETHER[meeting.together]}"
        facts = (Piece(_place(document, meeting.span, width - len(together)), "accent"), Piece(together, "muted"))
        lines = (clip(facts, width), *_quote(document, meeting.span, there[first:stop], width))
        entries.append(Entry(lines, (document.id, meeting.span)))
    return entries


def _plain(text: str) -> str:
    return visible(" ".join(text.split()))


def _times(text: str, count: int) -> str:
    return f"{text} {count}" if count > 1 else text


def _row(label: str, *pieces: Piece) -> Line:
    return (Piece(label.ljust(_LABEL), "muted"), *pieces)


def _place(document: Document, span: Span, room: int) -> str:
    """Name of the document and line; where `room` cells do not hold both, the name is cut, or left out."""
    line = f"line {document.line_of(span.start)}"
    label = visible(document.label)
    if cell_len(label) + len(line) + 2 > room:
        label = fit(label, max(0, room - len(line) - 2)).rstrip()
    return f"{label}, {line}" if label else line


def _described(description: Description, document: Document, number: int, width: int) -> Line:
    """A description with its source, and in how many more places it is said."""
    more = f" and {description.count - 1} more" if description.count > 1 else ""
    words, source = _with_source(
        shown_words(document, description.span), document, description.span, width - _LABEL - 2 - len(more)
    )
    return _row("" if number else "is", Piece(words), Piece("  "), Piece(source, "accent"), Piece(more, "muted"))


def _with_source(words: str, document: Document, span: Span, room: int) -> tuple[str, str]:
    """`words` and where they stand, cut to `room` cells: of the source all but the name of the document is kept."""
    least, whole = cell_len(_place(document, span, 0)), cell_len(_place(document, span, room))
    words = fit(words, max(1, room - max(least, min(whole, room // _SOURCE)))).rstrip()
    return words, _place(document, span, room - cell_len(words))


def _dates(card: Card, documents: Mapping[str, Document], width: int) -> Iterator[Entry]:
    if card.first and card.last:
        same = card.first == card.last
        yield _date("date" if same else "first", card.first, documents, width)
        if not same:
            yield _date("last", card.last, documents, width)


def _date(label: str, dated: Dated, documents: Mapping[str, Document], width: int) -> Entry:
    document = documents[dated.document]
    iso = Piece(visible(dated.iso))
    if dated.span is None:
        return Entry((_row(label, iso, Piece(f"  the date of {visible(document.label)}", "muted")),))
    room = width - _LABEL - len(dated.iso) - len("  “”  ")
    words, source = _with_source(shown_words(document, dated.span), document, dated.span, room)
    pieces = (iso, Piece(f"  “{words}”  "), Piece(source, "accent"))
    return Entry((_row(label, *pieces),), (document.id, dated.span))


def _summed(companions: Sequence[Companion]) -> Iterator[Piece]:
    for number, one in enumerate(companions):
        comma = ", " if number else ""
        yield Piece(comma)
        yield Piece(_plain(one.key[1]), one.key[0].lower())
        yield Piece(f" {one.count}")


def _companion(companion: Companion) -> Line:
    type, name = companion.key
    count = Piece(str(companion.count).rjust(4) + " ", "line-number")
    return (count, Piece(_plain(name), type.lower()), Piece(f"  {type}", "muted"))


def _quote(document: Document, span: Span, names: Sequence[Mention], width: int) -> Iterator[Line]:
    """The words at `span` between quotation marks, `names` marked; of many, those where the two names are near."""
    shown = document.blocks[document.block_index_at(span.start)].shown
    start, end = shown.shown_of(span) or (0, 0)
    marks = [(*place, "chosen") for name in names if (place := shown.shown_of(name.span))]
    begin = start
    if end - start > _LONGEST_QUOTE and (near := shown.shown_of(_nearest(names))):
        begin = max(start, near[0] - _LONGEST_QUOTE // 8)
    stop = min(end, begin + _LONGEST_QUOTE)
    pieces = (
        Piece("“" if begin == start else "“…", "muted"),
        *paint(shown.text, "", marks, begin, stop),
        Piece("”" if stop == end else "…”", "muted"),
    )
    margin = Piece("  ")
    for line in flow(pieces, max(1, width - 2)):
        yield (margin, *line)


def _nearest(names: Sequence[Mention]) -> Span:
    """The first of the two names that stand nearest to one another and mean different entities."""
    pairs = [(right.span.start - left.span.end, left.span) for left, right in pairwise(names) if left.key != right.key]
    return min(pairs)[1] if pairs else Span(0, 0)
