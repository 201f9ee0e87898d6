"""Reads one document: every rule over every passage, then once more with what the document itself has taught."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefing.extraction.entities.acronyms import Definition, find_definitions
from briefing.extraction.entities.bodies import is_shared, owner_of
from briefing.extraction.entities.dates import Reference, find_dates
from briefing.extraction.entities.found import Found, Trust, choose
from briefing.extraction.entities.joining import join
from briefing.extraction.entities.meetings import Held, held
from briefing.extraction.entities.names import Entry, NameIndex, listed_names
from briefing.extraction.entities.people import may_be_anyone, people_of
from briefing.extraction.entities.phrases import base_of_edition, phrases_of
from briefing.extraction.entities.residual import label_unknown
from briefing.extraction.entities.runs import names_with_head
from briefing.extraction.entities.scan import Listed, Scan, names_in, scan_passage
from briefing.extraction.entities.tokens import passage_of
from briefing.extraction.entities.vocabulary import cue, is_common, is_function_word
from briefing.extraction.entities.weapons import ships_of, weapons_of
from briefing.extraction.model_names import NameModel
from briefing.model import Document, Emphasis, EntityType, Span

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}|<U\+[0-9A-F]{4,6}>")
_IN_ADDRESSES = ("@", "://", "www.", "<U+")
"""One of them is in every address."""
_CALLED = re.compile(r"\s\((?:[a-z]+ ){0,6}[“\"]((?:[A-Z0-9][\w+-]{0,30} ?){1,4})[”\"]\)")
_OWNED = (EntityType.ORG, EntityType.LAW)
_SPREADING = (EntityType.ORG, EntityType.EVENT, EntityType.LAW, EntityType.PROGRAMME, EntityType.EQUIPMENT)


class Named(NamedTuple):
    """A name in a document, not yet linked."""

    span: Span
    text: str
    """Verbatim."""
    shown: str
    """As shown, markup and line breaks hidden."""
    type: EntityType
    name: str
    """The entity's name where a list or a rule knows it, else ""."""
    owner: str | None
    """The country in the possessive before it, or whose capital it sits in."""
    held: Held
    """For a meeting: when and where."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document names."""

    document: str
    names: list[Named]
    """In order, without overlap."""
    acronyms: dict[str, str]
    """The long form of each acronym that the document spells out."""


def read_document(document: Document, pack: NameIndex, model: NameModel | None = None) -> Reading:
    """Everything that `document` names; the names in `pack` win over all lists and rules, and these over `model`."""
    reference = Reference.parse(document.date)
    blocks = (block for block in document.blocks if block.is_read)
    scans = [scan_passage(passage_of(block), (pack, listed_names())) for block in blocks]
    passages = [_Passage(scan, list(_candidates(scan, pack, reference))) for scan in scans]
    acronyms: dict[str, str] = {}
    _match_again(passages, _taught_by_definitions(passages, acronyms), Trust.SURE)
    found = [passage.chosen() for passage in passages]
    _match_again(passages, _names_again(scans, found), Trust.SURE)
    _match_again(passages, _people_again(scans, found), Trust.GUESS)
    _match_again(passages, label_unknown(scans, [passage.chosen() for passage in passages]), Trust.GUESS)
    if model:
        _add_model_names(passages, model)
    return Reading(document.id, list(_named(document, passages)), acronyms)


@dataclass(slots=True)
class _Passage:
    """A passage, and what is found in it without regard to one another."""

    scan: Scan
    candidates: list[Found]
    _chosen: list[Found] | None = None

    def chosen(self) -> list[Found]:
        """The names in it, of all candidates so far."""
        if self._chosen is None:
            self._chosen = join(self.scan, choose(self.candidates, len(self.scan.passage.text)))
        return self._chosen

    def add(self, found: Sequence[Found], *, first: bool) -> None:
        """Put more candidates before the others, so that they win between equals, or behind them."""
        if found:
            self.candidates = [*found, *self.candidates] if first else [*self.candidates, *found]
            self._chosen = None


def _candidates(scan: Scan, pack: NameIndex, reference: Reference | None) -> Iterator[Found]:
    """What the lists and rules find, without regard to one another."""
    text = scan.passage.text
    if any(sign in text for sign in _IN_ADDRESSES):
        for address in _ADDRESS.finditer(text):
            yield Found(*address.span(), None, trust=Trust.PACK)
    for start, end, weight in scan.passage.shown.emphasis:
        if weight is Emphasis.CODE:
            yield Found(start, end, None, trust=Trust.PACK)
    yield from phrases_of(scan, listed_names())
    yield from ships_of(scan)
    for listed in scan.listed:
        entry = listed.entry
        trust = _trust_in_list(scan, listed, pack)
        name = "" if entry.type is None or (trust is Trust.LIKELY and may_be_anyone(scan, listed)) else entry.name
        yield scan.found(listed.first, listed.stop, entry.type, name, trust)
    for date in find_dates(text, reference):
        yield Found(date.start, date.end, EntityType.DATE, date.name)
    yield from weapons_of(scan)
    yield from names_with_head(scan)
    yield from people_of(scan)


def _trust_in_list(scan: Scan, listed: Listed, pack: NameIndex) -> Trust:
    """A well-known surname may be part of somebody else's name; all else that is listed is sure."""
    if pack.entries and pack.entries.get(" ".join(scan.folds[listed.first : listed.stop])) is listed.entry:
        return Trust.PACK
    is_alone = listed.stop - listed.first == 1
    return Trust.LIKELY if listed.entry.type is EntityType.PERSON and is_alone else Trust.SURE


def _match_again(passages: Sequence[_Passage], entries: Iterable[Entry], trust: Trust) -> None:
    """Look for the names that `entries` tell in every passage."""
    index = NameIndex.of(entries)
    if not index.entries:
        return
    for passage in passages:
        scan = passage.scan
        matches = [
            scan.found(first, stop, entry.type, entry.name, trust) for first, stop, entry in names_in(scan, index)
        ]
        passage.add(matches, first=True)


def _add_model_names(passages: Sequence[_Passage], model: NameModel) -> None:
    """Puts what `model` finds, but no everyday word, behind all else. Titles, whose capitals mislead, it never sees."""
    texts = ["" if passage.scan.passage.title_case else passage.scan.passage.text for passage in passages]
    for text, passage, names in zip(texts, passages, model(texts), strict=True):
        named = [name for name in names if not is_common(text[name.start : name.end].lower())]
        passage.add([Found(*name, trust=Trust.MODEL) for name in named], first=False)


def _taught_by_definitions(passages: Sequence[_Passage], acronyms: dict[str, str]) -> list[Entry]:
    """Entries for the acronyms that the document spells out; the long forms become candidates themselves."""
    entries: list[Entry] = []
    for passage in passages:
        scan, names = passage.scan, passage.chosen()
        for definition in [*find_definitions(scan.tokens), *_beside_names(scan, names)]:
            acronym = scan.tokens[definition.acronym].text
            long_form = _long_form(scan, definition, names)
            if long_form is None or long_form.type is None or acronym in acronyms:
                continue
            type, name = long_form.type, long_form.name
            acronyms[acronym] = name or scan.passage.text[long_form.start : long_form.end]
            passage.add([long_form], first=False)
            entries += [Entry(type, name, acronym), Entry(type, name, acronyms[acronym])]
        for short, found_name in _called(scan, names):
            acronyms.setdefault(short, found_name.name or scan.passage.text[found_name.start : found_name.end])
            entries.append(Entry(found_name.type, found_name.name, short))
    return entries


def _called(scan: Scan, names: Sequence[Found]) -> Iterator[tuple[str, Found]]:
    """`the Treaty of Amity and Trade (the “Treaty”)`: a short name in brackets and quotation marks after a long one."""
    for name in names:
        short = _CALLED.match(scan.passage.text, name.end) if name.type in _SPREADING else None
        if short:
            yield short[1], name


def _beside_names(scan: Scan, names: Sequence[Found]) -> Iterator[Definition]:
    """`Secretaría de Inteligencia (SIDE)`: initials in brackets after a name that they do not spell."""
    if "(" not in scan.folds:
        return
    for found in names:
        last = scan.ending_at(found.end)
        if last is None or found.type not in (EntityType.ORG, EntityType.PROGRAMME, EntityType.LAW):
            continue
        acronym = last + 2
        if scan.fold_at(last + 1) == "(" and scan.fold_at(last + 3) == ")" and scan.tokens[acronym].shouted:
            first = scan.starting_at(found.start)
            if first is not None and first < last and scan.tokens[acronym].text.isalpha() and acronym not in scan.at:
                yield Definition(first, last + 1, acronym)


def _long_form(scan: Scan, definition: Definition, names: Sequence[Found]) -> Found | None:
    """The long form as a name, as much of it as a rule has found already; None when it is no name but a phrase."""
    tokens = scan.tokens[definition.first : definition.stop]
    ending = [found for found in names if found.end == tokens[-1].end and found.type]
    for found in ending:
        if found.start <= tokens[0].start:
            return found
    if not all(token.capital or is_function_word(token.fold) or not token.text[0].isalpha() for token in tokens):
        return None
    if sum(token.capital for token in tokens) < 2:
        return None
    listed = scan.at.get(definition.acronym)
    types = [found.type for found in ending if found.type is not EntityType.PLACE]
    type = types[0] if types else (listed and listed.entry.type) or EntityType.ORG
    return scan.found(definition.first, definition.stop, type)


def _names_again(scans: Sequence[Scan], found: Sequence[Sequence[Found]]) -> Iterator[Entry]:
    """Names of several words that were found once count wherever they stand again."""
    for scan, names in zip(scans, found, strict=True):
        for name in names:
            text = scan.passage.text[name.start : name.end]
            if name.type in _SPREADING and " " in text and text[0].isupper():
                yield Entry(name.type, name.name, text)
                if name.type is EntityType.EVENT and " " in base_of_edition(text) != text:
                    yield Entry(name.type, "", base_of_edition(text))


def _people_again(scans: Sequence[Scan], found: Sequence[Sequence[Found]]) -> Iterator[Entry]:
    """People who were named once count wherever they stand again, also by surname or given name alone."""
    for scan, names in zip(scans, found, strict=True):
        for name in names:
            if name.type is EntityType.PERSON:
                yield from _parts_of_person(scan.passage.text[name.start : name.end], name.name)


def _parts_of_person(text: str, name: str) -> Iterator[Entry]:
    yield Entry(EntityType.PERSON, name, text)
    full = name or text
    for word in full.split():
        plain = word.strip(",.")
        article, _, bare = plain.partition("-")
        if article.lower() in cue("person", "tied_articles") and bare[:1].isupper():
            yield Entry(EntityType.PERSON, "", plain)
            plain = bare
        if len(plain) < 3 or not plain[0].isupper() or plain in cue("person", "suffixes"):
            continue
        if not is_common(plain.lower()) and plain != text:
            yield Entry(EntityType.PERSON, "", plain)


def _named(document: Document, passages: Iterable[_Passage]) -> Iterator[Named]:
    reached = 0
    for passage in passages:
        scan = passage.scan
        for name in passage.chosen():
            if name.type is None:
                continue
            span = scan.passage.source_of(name.start, name.end)
            if span.start < reached or not len(span):
                continue
            reached = span.end
            shown = scan.passage.text[name.start : name.end]
            owner = _owner(scan, name)
            known = "" if owner and is_shared(shown) else name.name
            place = _held(scan, name)
            yield Named(span, span.slice(document.text), shown, name.type, known, owner, place)


def _owner(scan: Scan, name: Found) -> str | None:
    """The country whose a body or document is, unless its name is known and says so."""
    if name.type not in _OWNED or name.trust is Trust.PACK:
        return None
    first, last = scan.starting_at(name.start), scan.ending_at(name.end)
    if first is None or last is None:
        return None
    if name.name and not is_shared(scan.passage.text[name.start : name.end]):
        return None
    return owner_of(scan, first, last + 1)


def _held(scan: Scan, name: Found) -> Held:
    if name.type is not EntityType.EVENT or name.name:
        return Held()
    first, last = scan.starting_at(name.start), scan.ending_at(name.end)
    return Held() if first is None or last is None else held(scan, first, last + 1)
