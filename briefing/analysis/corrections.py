"""Lays what officers decided over what the rules found.

Decisions are kept, never results, so they hold for new documents. A decision speaks of an entity by type and name.
Where two officers disagree the later one holds; where an entity has been renamed since, by a document that names it
more fully, it is found again by the form that the decision knew it by.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefing.analysis.history import standing
from briefing.extraction.entities import group_entities
from briefing.model import (
    AddName,
    BlockKind,
    Correction,
    Document,
    Emphasis,
    Entity,
    EntityKey,
    EntityRule,
    Event,
    Mention,
    Merge,
    Pack,
    Reject,
    Retype,
    Span,
    Split,
)

_Form = tuple[EntityKey, str]
"""What the rules held a name to mean, and its `Mention.form`."""
_UNREAD = (BlockKind.FURNITURE, BlockKind.MARKUP, BlockKind.CODE)


def with_events(pack: Pack, events: Sequence[Event]) -> Pack:
    """`pack`, already analysed, with its mentions and entities as `events` leave them."""
    corrections = [*map(Reject, pack.rejected_names), *(event.decision for event in standing(events))]
    if not corrections:
        entities = group_entities(pack.found, pack.documents, pack.entity_rules)
        return replace(pack, events=tuple(events), mentions=pack.found, entities=entities, rejected=())
    found = _with_added(pack.found, pack.documents, [one for one in corrections if isinstance(one, AddName)])
    meanings = _Meanings.of(found, pack.entity_rules)
    for correction in corrections:
        if isinstance(correction, (Merge, Split, Reject, Retype, AddName)):
            meanings.take(correction)
    mentions: list[Mention] = []
    rejected: list[Mention] = []
    for mention in found:
        key = meanings.current[mention.key, mention.form]
        (rejected if key in meanings.rejected else mentions).append(_meaning(mention, key))
    rules = meanings.rules(pack.entity_rules)
    return replace(
        pack,
        events=tuple(events),
        mentions=tuple(mentions),
        entities=group_entities(mentions, pack.documents, rules),
        rejected=group_entities(rejected, pack.documents),
    )


def corrected_rules(pack: Pack) -> tuple[tuple[EntityRule, ...], tuple[EntityKey, ...]]:
    """What an `entities.toml` must say for the documents to be read as they now stand in `pack`: names, and no names.

    The pack's own rules and every entity that a correction has touched, with all its forms; by name.
    """
    given = {(rule.type, rule.name) for rule in pack.entity_rules}
    found = {(mention.document, mention.span): mention.key for mention in pack.found}
    touched = given | {
        mention.key for mention in pack.mentions if found.get((mention.document, mention.span)) != mention.key
    }
    rules = [EntityRule(one.type, one.name, one.aliases) for one in _and_longer(pack.entities, touched)]
    named = {form for rule in rules for form in (rule.name, *rule.aliases)}
    rules += [
        replace(rule, aliases=tuple(alias for alias in rule.aliases if alias not in named))
        for rule in pack.entity_rules
        if rule.name not in named
    ]
    rejected = {*pack.rejected_names, *(entity.key for entity in pack.rejected)}
    return tuple(sorted(rules, key=lambda rule: (rule.type, rule.name))), tuple(sorted(rejected))


def _and_longer(entities: Sequence[Entity], keys: set[EntityKey]) -> list[Entity]:
    """Those of `entities` with one of `keys`, and those whose longer names a rule for these would cut short."""
    chosen = [entity for entity in entities if entity.key in keys]
    forms = {form for entity in chosen for form in (entity.name, *entity.aliases)}
    if not forms:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms)))})(?!\w)")
    longer = [
        entity
        for entity in entities
        if entity.key not in keys and any(map(pattern.search, (entity.name, *entity.aliases)))
    ]
    return _and_longer(entities, {entity.key for entity in (*chosen, *longer)}) if longer else chosen


@dataclass(slots=True)
class _Meanings:
    """Which entity each form of each name found means now."""

    current: dict[_Form, EntityKey]
    rejected: set[EntityKey] = field(default_factory=set)
    _forms: dict[EntityKey, list[_Form]] = field(default_factory=lambda: defaultdict(list))
    """By what they mean now."""
    _found: dict[EntityKey, list[_Form]] = field(default_factory=lambda: defaultdict(list))
    """By what they were found to mean."""
    _named: dict[EntityKey, set[EntityKey]] = field(default_factory=lambda: defaultdict(set))
    """What the rules held a form of a type to mean."""

    @classmethod
    def of(cls, found: Iterable[Mention], rules: Iterable[EntityRule]) -> _Meanings:
        forms = dict.fromkeys((mention.key, mention.form) for mention in found)
        for rule in rules:
            forms |= dict.fromkeys(((rule.type, rule.name), form) for form in (rule.name, *rule.aliases))
        meanings = cls({form: form[0] for form in forms})
        for form in forms:
            key, text = form
            meanings._forms[key].append(form)
            meanings._found[key].append(form)
            meanings._named[key[0], text].add(key)
        return meanings

    def take(self, correction: Correction) -> None:
        """Let `correction` hold."""
        match correction:
            case Merge(entity, into):
                target = self._meant(into) or into
                self.rejected.discard(target)
                self._move(self._forms_of(entity), target)
            case Retype(entity, type):
                name = (self._meant(entity) or entity)[1]
                self._move(self._forms_of(entity), (type, name))
            case Split(entity, form):
                type = (self._meant(entity) or entity)[0]
                self._move([one for one in self._forms_of(entity) if one[1] == form], (type, form))
            case Reject(entity):
                self.rejected |= {self.current[form] for form in self._forms_of(entity)}
            case AddName(entity):
                self.rejected.discard(entity)

    def rules(self, given: Iterable[EntityRule]) -> list[EntityRule]:
        """What `given` says of other forms, by the entity each of them means now."""
        aliases: dict[EntityKey, list[str]] = defaultdict(list)
        for rule in given:
            for form in (rule.name, *rule.aliases):
                aliases[self.current[(rule.type, rule.name), form]].append(form)
        return [EntityRule(type, name, tuple(forms)) for (type, name), forms in aliases.items()]

    def _forms_of(self, entity: EntityKey) -> list[_Form]:
        """The forms that a decision on `entity` is about: those it has, else had when found, else its new name has."""
        if self._forms.get(entity):
            return self._forms[entity]
        if self._found.get(entity):
            return self._found[entity]
        renamed = self._named.get(entity, set())
        return self._forms[next(iter(renamed))] if len(renamed) == 1 else []

    def _meant(self, entity: EntityKey) -> EntityKey | None:
        """What a decision means by `entity` today; None when the documents no longer speak of it."""
        meant = {self.current[form] for form in self._forms_of(entity)}
        return next(iter(meant)) if len(meant) == 1 else None

    def _move(self, forms: Iterable[_Form], key: EntityKey) -> None:
        for form in list(forms):
            self._forms[self.current[form]].remove(form)
            self._forms[key].append(form)
            self.current[form] = key


def _meaning(mention: Mention, key: EntityKey) -> Mention:
    return mention if mention.key == key else replace(mention, type=key[0], canonical=key[1])


def _with_added(
    found: Sequence[Mention], documents: Sequence[Document], names: Sequence[AddName]
) -> tuple[Mention, ...]:
    """`found`, and every place where one of `names` stands.

    Where two overlap the longer holds, and at the place that an officer pointed at what the officer said.
    """
    if not names:
        return tuple(found)
    added = list(_places_of(documents, names))
    pointed = {(name.document, name.span) for name in names}
    by_document: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        by_document[mention.document].append(mention)
    for document in documents:
        own = [mention for mention in added if mention.document == document.id]
        if own:
            by_document[document.id] = _without_overlap(by_document[document.id], own, pointed)
    return tuple(mention for document in documents for mention in by_document[document.id])


def _places_of(documents: Sequence[Document], names: Sequence[AddName]) -> Iterator[Mention]:
    keys = {" ".join(name.entity[1].split()): name.entity for name in names}
    longest_first = sorted(keys, key=lambda words: (-len(words), words))
    alternatives = "|".join(r"\s++".join(map(re.escape, words.split())) for words in longest_first)
    pattern = re.compile(rf"(?<![\w/@])(?:{alternatives})(?![\w/@])")
    for document in documents:
        for block in document.blocks:
            if block.kind in _UNREAD:
                continue
            code = [(start, end) for start, end, weight in block.shown.emphasis if weight is Emphasis.CODE]
            for match in pattern.finditer(block.shown.text):
                if any(start < match.end() and match.start() < end for start, end in code):
                    continue
                span = block.shown.source_of(*match.span())
                shown = match.group()
                yield Mention(document.id, span, document.quote(span), *keys[" ".join(shown.split())], shown)


def _without_overlap(
    found: Sequence[Mention], added: Sequence[Mention], pointed: set[tuple[str, Span]]
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
