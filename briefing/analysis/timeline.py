"""The timeline: every sentence with a date, and every claim, in the order of their dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from briefing.analysis.conflicts.wording import item_of
from briefing.analysis.periods import Period, period_of, written_period
from briefing.extraction.entities.dates import is_weekday
from briefing.model import (
    BlockKind,
    Claim,
    ClaimLabel,
    Document,
    EntityType,
    Mention,
    Span,
    Stage,
    TimelineEntry,
)

_TITLES = (BlockKind.HEADING, BlockKind.CAPTION)
_PLANS = (Stage.ANNOUNCED, Stage.PLANNED, Stage.PROPOSED)
_CARRIED_OUT = (Stage.DONE, Stage.UNDER_WAY)
_SPECIFIC = (EntityType.EVENT, EntityType.EQUIPMENT, EntityType.LAW, EntityType.PROGRAMME)
_UNIT = r"(?:days|weeks|months|years|decades|centuries)\b"
# Times that no calendar can tell: "several years ago", "in recent months", "over the past two decades".
_VAGUE = re.compile(
    rf"\b(?:(?:a\s++)?(?:several|many|some|few|couple\s++of|number\s++of)\s++)?{_UNIT}\s++ago\b"
    rf"|\b(?:recent|past|last|coming|next)\s++(?:\w{{1,12}}\s++)?{_UNIT}",
    re.IGNORECASE,
)
# Dates within days of the day on which they are written.
_NEAR = re.compile(r"(?:today|yesterday|tomorrow)|(?:this|last|next)\s++(?:week|weekend|\w{3,6}day)", re.IGNORECASE)
_TO = re.compile(r"\s{0,3}(?:to|until|till|through|[-–—])\s{1,3}(?:the\s)?|[-–—]")
_AND = re.compile(r"\s{1,3}and\s{1,3}")
_BETWEEN = re.compile(r"\bbetween\s{1,3}$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_MOST_DATES = 8
"""What names more dates than that is a list, and stands on the timeline as one stretch."""
_ANY = ""
"""Whatever a sentence names."""


@dataclass(frozen=True, slots=True)
class _Time:
    """When something is, and which words say so."""

    period: Period | None
    words: Span | None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with what was found in it."""

    document: Document
    written: Period | None
    """When its document was."""
    span: Span
    is_title: bool
    """Whether it is a heading or a caption."""
    claim: Claim | None
    specifics: frozenset[str]
    """The names of events, equipment, laws and programmes in it."""
    items: frozenset[str]
    """What else a plan, or what was carried out, is about: its words but for names and dates, as `item_of` has them."""
    times: tuple[_Time, ...]


def timeline_of(
    documents: Sequence[Document], mentions: Sequence[Mention], claims: Sequence[Claim], as_of: date | None = None
) -> tuple[TimelineEntry, ...]:
    """Every sentence that names a date, once for each, and every claim that names none, in the order of their dates.

    "2021" stands at the beginning of 2021, before its months and days; what cannot be dated stands last, in the order
    of the documents. Two dates that words make a stretch ("from May 2 to June 3") are one entry, and so are a list of
    more than eight. A claim that names no date is dated by its document. Dates near the day of writing ("on Monday",
    "today") that could not be made out are taken to be that day; times that no calendar can tell ("several years ago")
    stay undated. Headings and captions are listed only for what the body of their document does not say, copies and
    page furniture never. Without `as_of` nothing is overdue. The time taken grows with the length of the documents, and
    n log n with the entries.
    """
    named: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        named[mention.document].append(mention)
    claimed: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        claimed[claim.document].append(claim)
    said: list[tuple[int, _Sentence]] = []
    for place, document in enumerate(documents):
        sentences = list(_sentences(document, named[document.id], claimed[document.id]))
        said += [(place, sentence) for sentence in _without_repeating_titles(sentences)]
    carried_out = _CarriedOut()
    for _, sentence in said:
        carried_out.take(sentence)
    placed = [(place, entry) for place, sentence in said for entry in _entries(sentence, as_of, carried_out)]
    return tuple(entry for _, entry in sorted(placed, key=lambda pair: _order(*pair)))


def _order(place: int, entry: TimelineEntry) -> tuple[bool, str, str, int, Span, Span]:
    """Dates of ISO 8601 sort as text, a year before its months and a day before a stretch that begins with it."""
    return (
        entry.date is None,
        entry.date or "",
        entry.until or entry.date or "",
        place,
        entry.span,
        entry.words or entry.span,
    )


def _sentences(document: Document, mentions: Iterable[Mention], claims: Iterable[Claim]) -> Iterator[_Sentence]:
    """The sentences that say when something is, in order; of all that is shown as prose, heading or caption."""
    if not document.blocks:
        return  # its file is gone, or no longer the one that this was found in
    spans = list(_spans(document))
    starts = [span.start for span in spans]
    named: dict[Span, list[Mention]] = defaultdict(list)
    for mention in mentions:
        named[spans[max(0, bisect_right(starts, mention.span.start) - 1)]].append(mention)
    claimed: dict[Span, Claim] = {}
    for claim in claims:
        claimed.setdefault(spans[max(0, bisect_right(starts, claim.span.start) - 1)], claim)
    written = written_period(document.date)
    for block in document.blocks:
        if not block.is_read or block.repeated:
            continue
        for span in block.sentences or (block.span,):
            here, said = named.get(span, []), claimed.get(span)
            times = tuple(_times(document, span, [one for one in here if one.type is EntityType.DATE], said))
            if times:
                specifics = frozenset(one.canonical for one in here if one.type in _SPECIFIC)
                is_told = said is not None and said.stage in (*_PLANS, *_CARRIED_OUT)
                items = frozenset(_items(document, span, here)) if is_told else frozenset[str]()
                yield _Sentence(document, written, span, block.kind in _TITLES, said, specifics, items, times)


def _items(document: Document, span: Span, names: Sequence[Mention]) -> Iterator[str]:
    start = span.start
    for name in sorted((one.span for one in names), key=lambda span: span.start):
        yield from _items_between(document, start, name.start)
        start = max(start, name.end)
    yield from _items_between(document, start, span.end)


def _items_between(document: Document, start: int, end: int) -> Iterator[str]:
    for word in _WORD.finditer(document.text, start, end):
        if item := item_of(word.group().casefold()):
            yield item


def _spans(document: Document) -> Iterator[Span]:
    """The sentences of all blocks, and every block that does not begin with one; in the order of their beginnings."""
    for block in document.blocks:
        if not block.sentences or block.sentences[0].start > block.span.start:
            yield block.span
        yield from block.sentences


def _without_repeating_titles(sentences: Sequence[_Sentence]) -> Iterator[_Sentence]:
    """All but the headings and captions, or those of their times, that another sentence of the document tells."""
    told: set[Period | str] = set()
    for sentence in sentences:
        if not sentence.is_title:
            told.update(*(_content(sentence, time) for time in sentence.times))
    for sentence in sentences:
        if not sentence.is_title:
            yield sentence
            continue
        contents = {time: _content(sentence, time) for time in sentence.times}
        times = tuple(time for time, content in contents.items() if not content <= told)
        if times:
            yield replace(sentence, times=times)
        told.update(*contents.values())


def _content(sentence: _Sentence, time: _Time) -> set[Period | str]:
    """What is said: roles and constraints, and the date or the words that stand for one."""
    claim = sentence.claim
    content: set[Period | str] = _subjects(claim.roles, claim.constraints) if claim else set()
    if time.words:
        content.add(time.period or sentence.document.quote(time.words).casefold())
    return content


def _subjects(roles: Iterable[str], constraints: Iterable[str]) -> set[Period | str]:
    return {*(f"role:{id}" for id in roles), *(f"constraint:{id}" for id in constraints)}


def _times(document: Document, span: Span, dates: Sequence[Mention], claim: Claim | None) -> Sequence[_Time]:
    """When what a sentence says is, by the best there is: an officer, its dates, its vague words, its document."""
    if claim and ClaimLabel.AS_OF in claim.decided:
        return (_Time(written_period(claim.as_of), None),)
    times = [_time(mention) for mention in dates]
    known = _without_coarser(_joined(document, [time for time in times if time.period]))
    if known:
        return known
    written = written_period(document.date)
    near = next((one.span for one in dates if is_weekday(one.text) or _NEAR.fullmatch(one.text)), None)
    if near and written:
        return (_Time(written, near, inferred=True),)
    if times:
        return times[:1]
    vague = _VAGUE.search(document.text, span.start, span.end)
    if vague:
        return (_Time(None, Span(*vague.span())),)
    return (_Time(written, None),) if claim else ()


def _time(mention: Mention) -> _Time:
    """What a date says; it is inferred where its words lack the year, or give a season for months."""
    period = period_of(mention.canonical)
    if period is None:
        return _Time(None, mention.span)
    season = mention.canonical.startswith(("spring", "summer", "fall", "winter"))
    return _Time(period, mention.span, inferred=season or period.date[:4] not in mention.text)


def _joined(document: Document, times: Sequence[_Time]) -> Iterator[_Time]:
    """The times, two that words make a stretch ("between 2014 and 2016") as one."""
    rest = list(reversed(times))
    while rest:
        first = rest.pop()
        joined = _stretch(document, first, rest[-1]) if rest else None
        if joined:
            rest.pop()
        yield joined or first


def _stretch(document: Document, first: _Time, last: _Time) -> _Time | None:
    if not (first.period and last.period and first.words and last.words) or last.words.start - first.words.end > 16:
        return None
    text = document.text
    link = text[first.words.end : last.words.start]
    between = _BETWEEN.search(text[max(0, first.words.start - 12) : first.words.start])
    if first.period.end >= last.period.end or not (_TO.fullmatch(link) or (between and _AND.fullmatch(link))):
        return None
    period = Period(first.period.date, last.period.until or last.period.date)
    return _Time(period, Span(first.words.start, last.words.end), first.inferred or last.inferred)


def _without_coarser(times: Iterable[_Time]) -> list[_Time]:
    """Each time once, without the year and the month of a day that is named too; of a long list, the stretch."""
    by_period: dict[Period, _Time] = {}
    for time in times:
        if time.period:
            by_period.setdefault(time.period, time)
    finer = {period.date[:length] for period in by_period for length in (4, 7) if length < len(period.date)}
    kept = {period: time for period, time in by_period.items() if period.until or period.date not in finer}
    if len(kept) <= _MOST_DATES:
        return list(kept.values())
    last = max(kept, key=lambda period: period.end)
    words = [time.words for time in kept.values() if time.words]
    period = Period(min(period.date for period in kept), last.until or last.date)
    inferred = any(time.inferred for time in kept.values())
    return [_Time(period, Span(words[0].start, words[-1].end), inferred)]


def _entries(sentence: _Sentence, as_of: date | None, carried_out: _CarriedOut) -> Iterator[TimelineEntry]:
    claim = sentence.claim
    done = carried_out.last(sentence)
    for time in sentence.times:
        yield TimelineEntry(
            date=time.period.date if time.period else None,
            until=time.period.until if time.period else None,
            words=time.words,
            inferred=time.inferred,
            document=sentence.document.id,
            span=sentence.span,
            stage=claim.stage if claim else Stage.UNCLEAR,
            roles=claim.roles if claim else (),
            overdue=as_of is not None and _is_overdue(sentence, time, as_of, done),
        )


def _is_overdue(sentence: _Sentence, time: _Time, as_of: date, done: str) -> bool:
    """Whether the words of `time` name a day for a plan, and that day has passed without its being carried out.

    The date of a plan is one that was still to come when the document was written; any other is that of its
    announcement. An undated document cannot tell the two apart: there a year must have passed as well. `done` is when
    the like of it was last carried out.
    """
    if not (sentence.claim and sentence.claim.stage in _PLANS and time.words and time.period):
        return False
    end, written = time.period.end, sentence.written
    if written:
        return written.end < end < as_of.isoformat() and done <= written.end
    year_before = f"{as_of.year - 1:04}{as_of.isoformat()[4:]}"
    return end < year_before and done < time.period.date


@dataclass(slots=True)
class _CarriedOut:
    """The last days on which what roles are about was under way or done. A sentence vouches for none after its own."""

    by_name: dict[tuple[str, str | None], str] = field(default_factory=dict)
    """By subject and what the sentence names; under `None` those that name no event, equipment, law or programme."""
    by_item: dict[tuple[str, str], str] = field(default_factory=dict)
    """By subject and what else the sentence is about."""

    def take(self, sentence: _Sentence) -> None:
        """Note what `sentence` tells to be under way or done; titles and undated ones tell nothing."""
        claim = sentence.claim
        ends = [time.period.end for time in sentence.times if time.period]
        if not (claim and ends and claim.stage in _CARRIED_OUT) or sentence.is_title:
            return
        end = min(max(ends), sentence.written.end) if sentence.written else max(ends)
        for subject in _plan_subjects(claim):
            for name in (_ANY, *(sentence.specifics or (None,))):
                self.by_name[subject, name] = max(end, self.by_name.get((subject, name), ""))
            for item in sentence.items:
                self.by_item[subject, item] = max(end, self.by_item.get((subject, item), ""))

    def last(self, sentence: _Sentence) -> str:
        """The last day on which what `sentence` plans was under way or done; "" where nothing tells.

        Doing one thing carries out no other of the same role. So where two sentences both name events, equipment, laws
        or programmes, they have to name the same one, and always to have a word in common that is no name.
        """
        names = (None, *sentence.specifics) if sentence.specifics else (_ANY,)
        subjects = _plan_subjects(sentence.claim) if sentence.claim else ()
        return max(
            (
                min(
                    max((self.by_name.get((subject, name), "") for name in names), default=""),
                    max((self.by_item.get((subject, item), "") for item in sentence.items), default=""),
                )
                for subject in subjects
            ),
            default="",
        )


def _plan_subjects(claim: Claim) -> list[str]:
    """The roles that a claim speaks of, or without any its constraints."""
    return list(claim.roles) or [f"constraint {id}" for id in claim.constraints]
