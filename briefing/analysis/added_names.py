"""Names that officers add: every place where one stands, and what that leaves of what the rules found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from briefing.analysis.word_signs import word_signs
from briefing.extraction.entities import aliases_of, exchanged
from briefing.model import (
    AddName,
    CountedMentions,
    Document,
    Emphasis,
    Entity,
    EntityKey,
    Mention,
    Mentions,
    Pack,
    ShownPassage,
    Span,
    as_mentions,
    document_numbers,
)


def with_names(
    found: Mentions, entities: Iterable[Entity], pack: Pack, names: Sequence[AddName]
) -> tuple[Mentions, tuple[Entity, ...]]:
    """`found`, and every place in `pack` where one of `names` stands; and what that leaves of `entities`.

    `entities` are those that `found` means, in the order of `group_entities`, which is kept. Where two mentions overlap
    the longer holds, and at the place that an officer pointed at what the officer said.
    """
    names = [name for name in names if name.entity[1].split()]
    if not names:
        return found, tuple(entities)
    passages = found.passages_with([name.entity[1] for name in names])
    added = list(_places_of(_passages_of(pack.documents) if passages is None else passages, names))
    gone, new = _changes(found, added, {(name.document, name.span) for name in names})
    numbers = document_numbers(pack.documents)
    given = {(rule.type, rule.name): rule.aliases for rule in pack.entity_rules}
    gone_of, new_of = _by_entity(gone), _by_entity(new)
    keys = gone_of.keys() | new_of.keys()
    old = {entity.key: entity for entity in entities if entity.key in keys}
    now: list[Entity] = []
    for key in keys:
        before = as_mentions(old[key].mentions if key in old else ())
        mentions = ChangedMentions(before, gone_of[key], new_of[key], numbers)
        if len(mentions):
            forms = before.forms
            forms.subtract(mention.form for mention in gone_of[key])
            forms.update(mention.form for mention in new_of[key])
            now.append(Entity(*key, aliases_of(key[1], +forms, given.get(key, ())), mentions))
    return ChangedMentions(found, gone, new, numbers), exchanged(entities, old.values(), now)


class ChangedMentions(CountedMentions):
    """Mentions of which some are gone, and others with them, put together document by document."""

    __slots__ = ("_before", "_gone", "_new", "_numbers")

    def __init__(
        self, before: Mentions, gone: Sequence[Mention], new: Sequence[Mention], numbers: Mapping[str, int]
    ) -> None:
        """`gone` are some of those `before`, `new` none of them. `numbers`: the order of documents, by id."""
        super().__init__(len(before) - len(gone) + len(new))
        self._before = before
        self._gone = {id: {mention.span.start for mention in there} for id, there in _by_document(gone).items()}
        self._new = _by_document(new)
        self._numbers = numbers

    def in_document(self, document: str) -> Sequence[Mention]:
        """Those in the document of that id, in order."""
        before, gone, new = self._before.in_document(document), self._gone.get(document), self._new.get(document)
        if not (gone or new):
            return before
        kept = [mention for mention in before if not (gone and mention.span.start in gone)]
        return sorted([*kept, *(new or ())], key=lambda mention: mention.span)

    def _counted(self) -> Mapping[str, int]:
        counts = dict(self._before.counts)
        for id, starts in self._gone.items():
            counts[id] -= len(starts)
        for id, new in self._new.items():
            counts[id] = counts.get(id, 0) + len(new)
        return {id: counts[id] for id in sorted(counts, key=self._numbers.__getitem__) if counts[id]}


def _passages_of(documents: Iterable[Document]) -> Iterator[ShownPassage]:
    for document in documents:
        for block in document.blocks:
            if block.is_read:
                yield ShownPassage(document.id, block.span.start, document.quote(block.span), block.shown)


def _places_of(passages: Iterable[ShownPassage], names: Iterable[AddName]) -> Iterator[Mention]:
    keys = {" ".join(name.entity[1].split()): name.entity for name in names}
    longest_first = sorted(keys, key=lambda words: (-len(words), words))
    alternatives = "|".join(r"\s++".join(map(re.escape, words.split())) for words in longest_first)
    anywhere = re.compile(alternatives)

    @cache
    def between(signs: str) -> re.Pattern[str]:
        return re.compile(rf"(?<![{signs}/@])(?:{alternatives})(?![{signs}/@])")

    for passage in passages:
        text = passage.shown.text
        if not anywhere.search(text):
            continue
        code = [(start, end) for start, end, weight in passage.shown.emphasis if weight is Emphasis.CODE]
        for match in between(word_signs([text])).finditer(text):
            before = bisect_right(code, match.end() - 1, key=lambda place: place[0])
            if before and match.start() < code[before - 1][1]:
                continue
            span = passage.shown.source_of(*match.span())
            shown = match.group()
            yield Mention(passage.document, span, passage.quote(span), *keys[" ".join(shown.split())], shown)


def _changes(
    found: Mentions, added: Sequence[Mention], pointed: set[tuple[str, Span]]
) -> tuple[list[Mention], list[Mention]]:
    """Which of those found are gone once those added hold, and which of those added are new."""
    gone: list[Mention] = []
    new: list[Mention] = []
    there = _by_document(found.overlapping([(mention.document, mention.span) for mention in added]))
    for document, own in _by_document(added).items():
        was = {(mention.span, mention.key): mention for mention in there.get(document, ())}
        kept = _without_overlap(was.values(), own, pointed)
        now = {(mention.span, mention.key): mention for mention in kept}
        gone += [mention for place, mention in was.items() if place not in now]
        new += [mention for place, mention in now.items() if place not in was]
    return gone, new


def _without_overlap(
    found: Iterable[Mention], added: Iterable[Mention], pointed: set[tuple[str, Span]]
) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted((*added, *found), key=lambda one: (one.span.start, -one.span.end)):
        if kept and kept[-1].span.overlaps(mention.span):
            first, second = ((one.document, one.span) in pointed for one in (kept[-1], mention))
            if first or (not second and len(kept[-1].span) >= len(mention.span)):
                continue
            kept.pop()
        kept.append(mention)
    return kept


def _by_document(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    by_document: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_document[mention.document].append(mention)
    return dict(by_document)


def _by_entity(mentions: Iterable[Mention]) -> Mapping[EntityKey, list[Mention]]:
    by_entity: dict[EntityKey, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_entity[mention.key].append(mention)
    return by_entity
