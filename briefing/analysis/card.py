"""The card of an entity: what the documents say of it, when, and with whom and what."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice

from briefing.analysis.meetings import sentence_of
from briefing.extraction.descriptions import describe
from briefing.extraction.entities.dates import iso_of
from briefing.extraction.entities.tokens import fold
from briefing.model import (
    Description,
    Document,
    Entity,
    EntityKey,
    EntityType,
    Mention,
    Pack,
    Span,
    documents_by_id,
)

MOST_COMPANIONS = 8
_NO_COMPANIONS = (EntityType.DATE, EntityType.DEMONYM)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, and what it rests on."""

    iso: str
    """ISO 8601 as far as known: a day, a month or a year."""
    document: str
    """`Document.id`."""
    span: Span | None
    """Of the words that give the date, in a sentence that names the entity; None where it is the document's own."""


@dataclass(frozen=True, slots=True)
class Companion:
    """An entity that is named together with another."""

    key: EntityKey
    count: int
    """In how many sentences."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one entity."""

    entity: Entity
    descriptions: tuple[Description, ...]
    """The most telling first."""
    forms: tuple[tuple[str, int], ...]
    """Its other names as found, with how often each is used; most frequent first."""
    first: Dated | None
    """The earliest date it is mentioned with; of a year and a day in it, the day."""
    last: Dated | None
    """The latest date it is mentioned with."""
    companions: tuple[Companion, ...]
    """What shares the most sentences with it, first."""
    mentions: tuple[tuple[Mention, ...], ...]
    """By document, in the order of the pack, then by place: those in the documents that were read for the card."""


def card_of(entity: Entity, pack: Pack, most: int | None = None) -> Card:
    """The card of `entity` in an analysed pack; with `most` as the first so many documents that name it have it.

    Dates and companions are those of the sentences that name it; no heading, caption or copy is asked. For a document
    in which no such sentence has a date, its own date stands. Dates and peoples are no companions.
    """
    by_id = documents_by_id(pack.documents)
    whole, entity = entity, entity if most is None else _within(entity, most)
    shared = list(_shared(entity, pack, by_id))
    counts = Counter(key for keys in shared for key in dict.fromkeys(mention.key for mention in keys))
    companions = [(key, count) for key, count in counts.items() if key[0] not in _NO_COMPANIONS and key != entity.key]
    companions.sort(key=lambda pair: (-pair[1], pair[0][1], pair[0][0]))
    dates = _dates(entity, [mention for mentions in shared for mention in mentions], by_id)
    return Card(
        whole,
        describe(entity, pack.documents),
        _forms(entity),
        min(dates, key=lambda dated: dated.iso, default=None),
        max(dates, key=lambda dated: dated.iso, default=None),
        tuple(Companion(key, count) for key, count in companions[:MOST_COMPANIONS]),
        tuple(tuple(group) for _, group in groupby(entity.mentions, lambda mention: mention.document)),
    )


def entities_called(entities: Sequence[Entity], name: str) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """The entities that bear `name`, and those whose name or alias only contains it; case and accents do not matter."""
    wanted = fold(" ".join(name.split()))
    exact, containing = [], []
    for entity in entities:
        names = [fold(" ".join(one.split())) for one in (entity.name, *entity.aliases)]
        if wanted in names:
            exact.append(entity)
        elif wanted and any(wanted in one for one in names):
            containing.append(entity)
    return tuple(exact), tuple(containing)


def _shared(entity: Entity, pack: Pack, by_id: Mapping[str, Document]) -> Iterator[list[Mention]]:
    """The mentions of each sentence that names the entity."""
    seen: tuple[str, Span] | None = None
    for mention in entity.mentions:
        found = sentence_of(by_id[mention.document], mention)
        if found is None or seen == (mention.document, found[1]):
            continue
        seen = (mention.document, found[1])
        mentions = pack.mentions_in(mention.document)
        first = bisect_left(mentions, found[1].start, key=_start)
        stop = bisect_left(mentions, found[1].end, key=_start)
        yield list(mentions[first:stop])


def _start(mention: Mention) -> int:
    return mention.span.start


def _within(entity: Entity, most: int) -> Entity:
    """`entity` as the first `most` documents that name it have it."""
    if entity.document_count <= most:
        return entity
    by_document = groupby(entity.mentions, lambda mention: mention.document)
    return replace(entity, mentions=tuple(chain.from_iterable(group for _, group in islice(by_document, most))))


def _dates(entity: Entity, mentions: Sequence[Mention], by_id: Mapping[str, Document]) -> list[Dated]:
    """The dates among `mentions`, and those of the documents that have none there; of a date, only what it is itself.

    A month or year that a finer date lies in is left out.
    """
    if entity.type is EntityType.DATE:
        mentions = entity.mentions
    dates = [
        Dated(iso, mention.document, mention.span)
        for mention in mentions
        if mention.type is EntityType.DATE and (iso := iso_of(mention.canonical))
    ]
    if entity.type is not EntityType.DATE:
        own = {dated.document for dated in dates}
        dates += [Dated(iso, id, None) for id in entity.documents if id not in own and (iso := by_id[id].date)]
    finer = {dated.iso[:length] for dated in dates for length in (4, 7) if length < len(dated.iso)}
    return [dated for dated in dates if dated.iso not in finer]


def _forms(entity: Entity) -> tuple[tuple[str, int], ...]:
    counts = Counter(mention.form for mention in entity.mentions)
    forms = [(form, count) for form, count in counts.items() if form != entity.name]
    return tuple(sorted(forms, key=lambda pair: (-pair[1], pair[0])))
