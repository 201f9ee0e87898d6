"""Names that officers add: every place where one stands, and what that leaves of what the rules found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
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
    WithNames,
    as_mentions,
    document_numbers,
)


def with_names(pack: Pack, entities: Sequence[Entity], names: Sequence[AddName]) -> WithNames:
    """What was found in `pack`, and every place in it where one of `names` stands.

    `entities` are those found, in the order of `group_entities`. Where two mentions overlap, what an officer pointed at
    holds, else the longer.
    """
    found = as_mentions(pack.found)
    said = [name for name in names if name.entity[1].split()]
    listed = found.passages_with([name.entity[1] for name in said]) if said else None
    with closing(_passages_of(pack.documents) if listed is None else listed) as passages:
        added = list(_places_of(passages, said))
    gone, new = _changes(found, added, {(name.document, name.span) for name in said})
    numbers = document_numbers(pack.documents)
    given = {(rule.type, rule.name): rule.aliases for rule in pack.entity_rules}
    gone_of, new_of = _by_entity(gone), _by_entity(new)
    keys = gone_of.keys() | new_of.keys()
    old = {entity.key: entity for entity in entities if entity.key in keys}
    now: list[Entity] = []
    for key in keys:
        before, lost, won = as_mentions(old[key].mentions if key in old else ()), gone_of[key], new_of[key]
        mentions = ChangedMentions(before, lost, won, numbers)
        if len(mentions):
            forms = before.forms
            forms.subtract(mention.form for mention in lost)
            forms.update(mention.form for mention in won)
            now.append(Entity(*key, aliases_of(key[1], +forms, given.get(key, ())), mentions))
    return WithNames(
        pack.found, names, ChangedMentions(found, gone, new, numbers), exchanged(entities, old.values(), now)
    )


class ChangedMentions(CountedMentions):
    """Mentions of which some are gone, and others with them, put together document by document."""

    __slots__ = ("_before", "_gone", "_new", "_numbers")

    def __init__(
        self, before: Mentions, gone: Sequence[Mention], new: Sequence[Mention], numbers: Mapping[str, int]
    ) -> None:
        """`gone` are some of those `before`, `new` none of them. `numbers`: the order of documents, by id.

        Some `gone` may not be among those `before`, where another program has written to the index that has them.
        """
        super().__init__(max(0, len(before) - len(gone)) + len(new))
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
            counts[id] = max(0, counts.get(id, 0) - len(starts))
        for id, new in self._new.items():
            counts[id] = counts.get(id, 0) + len(new)
        return {id: counts[id] for id in sorted(counts, key=self._numbers.__getitem__) if counts[id]}


def _passages_of(documents: Iterable[Document]) -> Generator[ShownPassage]:
    for document in documents:
        for block in document.blocks:
            if block.is_read:
                yield ShownPassage(document.id, block.span.start, document.quote(block.span), block.shown)


def _places_of(passages: Iterable[ShownPassage], names: Sequence[AddName]) -> Iterator[Mention]:
    """Everywhere that one of `names` stands; of several that begin together the longest, and what was pointed at."""
    keys = {_words(name): name.entity for name in names}
    if not keys:
        return
    longest_first = sorted(keys, key=lambda words: (-len(words), words))
    patterns = {words: r"\s++".join(map(re.escape, words.split())) for words in longest_first}
    any_of_them = "|".join(patterns.values())
    anywhere = re.compile(any_of_them)
    pointed: dict[str, list[AddName]] = defaultdict(list)
    for name in names:
        pointed[name.document].append(name)

    @cache
    def between(signs: str, pattern: str) -> re.Pattern[str]:
        # What lies ahead is not used up: a name may begin within another.
        return re.compile(rf"(?<![{signs}/@])(?=({pattern})(?![{signs}/@]))")

    for passage in passages:
        text = passage.shown.text
        if not anywhere.search(text):
            continue
        signs = word_signs([text])
        places = {match.span(1) for match in between(signs, any_of_them).finditer(text)}
        for name in pointed.get(passage.document, ()):
            place = passage.shown.shown_of(name.span) if passage.holds(name.span) else None
            match = between(signs, patterns[_words(name)]).match(text, place[0]) if place else None
            if match and match.span(1) == place:
                places.add(match.span(1))
        code = [(start, end) for start, end, weight in passage.shown.emphasis if weight is Emphasis.CODE]
        for start, end in sorted(places):
            before = bisect_right(code, end - 1, key=lambda place: place[0])
            if before and start < code[before - 1][1]:
                continue
            span, words = passage.shown.source_of(start, end), text[start:end]
            quote = passage.quote(span)
            key = keys[" ".join(words.split())]
            yield Mention(passage.document, span, quote, *key, "" if words == quote else words)


def _words(name: AddName) -> str:
    return " ".join(name.entity[1].split())


def _changes(
    found: Mentions, added: Sequence[Mention], pointed: set[tuple[str, Span]]
) -> tuple[list[Mention], list[Mention]]:
    """Which of those found are gone once those added hold, and which of those added are new."""
    gone: list[Mention] = []
    new: list[Mention] = []
    there = _by_document(found.overlapping([(mention.document, mention.span) for mention in added]))
    for document, own in _by_document(added).items():
        was = {(mention.span, mention.key): mention for mention in there.get(document, ())}
        kept = _without_overlap([*own, *was.values()], pointed)
        now = {(mention.span, mention.key): mention for mention in kept}
        gone += [mention for place, mention in was.items() if place not in now]
        new += [mention for place, mention in now.items() if place not in was]
    return gone, new


def _without_overlap(mentions: Iterable[Mention], pointed: set[tuple[str, Span]]) -> list[Mention]:
    """Those of one document that hold, in order; of two that are as long the first."""

    def rank(mention: Mention) -> tuple[bool, int, int]:
        return (mention.document, mention.span) not in pointed, -len(mention.span), mention.span.start

    kept: list[Mention] = []
    for mention in sorted(mentions, key=rank):
        span = mention.span
        after = bisect_right(kept, span.start, key=lambda one: one.span.start)
        if not any(one.span.overlaps(span) for one in kept[max(0, after - 1) : after + 1]):
            kept.insert(after, mention)
    return kept


def _by_document(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    by_document: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_document[mention.document].append(mention)
    return dict(by_document)


def _by_entity(mentions: Iterable[Mention]) -> defaultdict[EntityKey, list[Mention]]:
    by_entity = defaultdict[EntityKey, list[Mention]](list)
    for mention in mentions:
        by_entity[mention.key].append(mention)
    return by_entity
