"""Lays what officers decided over what the rules found.

Decisions are kept, never results, so they hold for new documents. A decision speaks of an entity by type and name.
Where two officers disagree the later one holds; where an entity has been renamed since, by a document that names it
more fully, it is found again by the form that the decision knew it by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefing.analysis.added_names import with_names
from briefing.analysis.history import standing
from briefing.extraction.entities import exchanged, group_entities
from briefing.model import (
    AddName,
    Correction,
    Entity,
    EntityKey,
    EntityRule,
    Event,
    Mention,
    Mentions,
    Merge,
    Pack,
    Reject,
    Retype,
    Split,
    WithNames,
    as_mentions,
)

_Form = tuple[EntityKey, str]
"""What the rules held a name to mean, and its `Mention.form`."""


def with_events(pack: Pack, events: Sequence[Event]) -> Pack:
    """`pack`, already analysed, with its mentions and entities as `events` leave them.

    The time taken grows with the entities, the decisions, and the mentions of the entities that they are about; where a
    name was added, with the places where it stands, and in a pack of which no passages are listed with the text.
    """
    pack = replace(pack, events=tuple(events))
    corrections = _corrections(pack)
    named = _named(pack, corrections)
    pack, found, entities = replace(pack, named=named), named.mentions, named.entities
    if not corrections:
        return replace(pack, mentions=found, entities=entities, rejected=())
    meanings = _Meanings.of(entities, pack.entity_rules, corrections)
    touched = [entity for entity in entities if entity.key in meanings.touched]
    kept, rejected = meanings.of_touched(touched)
    now = group_entities(kept, pack.documents, meanings.rules(pack.entity_rules))
    return replace(
        pack,
        mentions=CorrectedMentions(found, meanings.meant, len(found) - len(rejected)),
        entities=exchanged(entities, touched, now),
        rejected=group_entities(rejected, pack.documents),
    )


def rejections_of(pack: Pack, entity: Entity) -> list[Event]:
    """The standing events that make `entity`, one of `pack.rejected`, no entity, in their order.

    Once all of them are taken back it is one again, unless the pack's `entities.toml` rejects it; where that alone does
    there are none.
    """
    corrections = _corrections(pack)
    found, entities = _named(pack, corrections)[2:]
    meanings = _Meanings.of(entities, pack.entity_rules, corrections)
    forms = {
        (mention.key, mention.form)
        for document in entity.documents
        for mention in found.in_document(document)
        if any(mention.span == one.span for one in entity.mentions_in(document))
    }
    events = {event.id for form in forms for event in meanings.rejected.get(form, ())}
    return [event for event in standing(pack.events) if event.id in events]


def corrections_of(pack: Pack) -> tuple[Correction, ...]:
    """What puts right who and what is found, beside the names its `entities.toml` gives and rejects, in its order."""
    decided = (event.decision for event in standing(pack.events))
    return (*pack.written_corrections, *(one for one in decided if isinstance(one, Correction)))


def _corrections(pack: Pack) -> list[tuple[Correction, Event | None]]:
    """What holds, in its order, each with the event that said so; None for what the pack itself says."""
    said: list[tuple[Correction, Event | None]] = [(Reject(name), None) for name in pack.rejected_names]
    said += [(correction, None) for correction in pack.written_corrections]
    events = standing(pack.events)
    return said + [(event.decision, event) for event in events if isinstance(event.decision, Correction)]


def _named(pack: Pack, corrections: Sequence[tuple[Correction, Event | None]]) -> WithNames:
    """What is found with all names added, and the entities that this means before `corrections`."""
    names = tuple(correction for correction, _ in corrections if isinstance(correction, AddName))
    if pack.named is not None and pack.named.found is pack.found and pack.named.names == names:
        return pack.named
    entities = pack.found_entities
    if entities is None:
        entities = group_entities(pack.found, pack.documents, pack.entity_rules)
    return with_names(pack, entities, names) if names else WithNames(pack.found, (), as_mentions(pack.found), entities)


class CorrectedMentions(Mentions):
    """Mentions as officers put them right, each when it is looked at."""

    __slots__ = ("_count", "_found", "_meant")

    def __init__(self, found: Mentions, meant: Callable[[Mention], Mention | None], count: int) -> None:
        """`meant` gives what one of those `found` means now, None for nothing; `count` of them mean something."""
        super().__init__(lambda: filter(None, map(meant, found)))
        self._found = found
        self._meant = meant
        self._count = count

    def in_document(self, document: str) -> Sequence[Mention]:
        """Those in the document of that id."""
        return [*filter(None, map(self._meant, self._found.in_document(document)))]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Mention]:
        return filter(None, map(self._meant, self._found))


@dataclass(slots=True)
class _Meanings:
    """Which entity each form of each name found means now."""

    current: dict[_Form, EntityKey]
    rejected: dict[_Form, list[Event]] = field(default_factory=dict)
    """What means no entity, each with the events that said so."""
    _forms: dict[EntityKey, dict[_Form, None]] = field(default_factory=lambda: defaultdict(dict))
    """By what they mean now."""
    _found: dict[EntityKey, list[_Form]] = field(default_factory=lambda: defaultdict(list))
    """By what they were found to mean."""
    _named: dict[EntityKey, set[EntityKey]] = field(default_factory=lambda: defaultdict(set))
    """What the rules held a form of a type to mean."""

    touched: set[EntityKey] = field(default_factory=set)
    """The entities that mean something else, or more, than was found."""

    @classmethod
    def of(
        cls,
        entities: Sequence[Entity],
        rules: Iterable[EntityRule],
        corrections: Sequence[tuple[Correction, Event | None]],
    ) -> _Meanings:
        """What the forms of `entities`, and those that `rules` give, mean after `corrections`.

        Those of entities that no correction can be about are left out: they mean what they were found to mean.
        """
        about = _concerned(entities, [correction for correction, _ in corrections])
        forms = dict.fromkeys((entity.key, form) for entity in about for form in (entity.name, *entity.aliases))
        for rule in rules:
            forms |= dict.fromkeys(((rule.type, rule.name), form) for form in rule.forms)
        meanings = cls({form: form[0] for form in forms})
        for form in forms:
            key, text = form
            meanings._forms[key][form] = None
            meanings._found[key].append(form)
            meanings._named[key[0], text].add(key)
        for correction, event in corrections:
            meanings.take(correction, event)
        moved = [
            (form[0], key) for form, key in meanings.current.items() if key != form[0] or form in meanings.rejected
        ]
        meanings.touched = {key for keys in moved for key in keys}
        return meanings

    def meant(self, mention: Mention) -> Mention | None:
        """`mention` as what it means now; None where that is no entity."""
        return None if (mention.key, mention.form) in self.rejected else self._renamed(mention)

    def of_touched(self, entities: Iterable[Entity]) -> tuple[list[Mention], list[Mention]]:
        """The mentions of `entities`, which are touched, as what they mean now: first those that mean any."""
        found = [mention for entity in entities for mention in entity.mentions]
        kept = [meant for mention in found if (meant := self.meant(mention)) is not None]
        return kept, [self._renamed(one) for one in found if (one.key, one.form) in self.rejected]

    def _renamed(self, mention: Mention) -> Mention:
        key = self.current.get((mention.key, mention.form), mention.key) if mention.key in self.touched else mention.key
        return mention if mention.key == key else replace(mention, type=key[0], canonical=key[1])

    def take(self, correction: Correction, event: Event | None) -> None:
        """Let `correction` hold, which `event` says; None when the pack itself does."""
        match correction:
            case Merge(entity, into):
                target = self._meant(into) or into
                there = list(self._forms.get(target, ()))
                if all(form in self.rejected for form in there):
                    self._take_up(there)
                self._move(self._forms_of(entity), target)
            case Retype(entity, type):
                name = (self._meant(entity) or entity)[1]
                self._move(self._forms_of(entity), (type, name))
            case Split(entity, form):
                type = (self._meant(entity) or entity)[0]
                self._move([one for one in self._forms_of(entity) if one[1] == form], (type, form))
            case Reject(entity):
                forms = self._forms_of(entity)
                if not self._forms.get(entity) and entity in self._found:
                    # It is part of something else by now, which may well be an entity.
                    self._move(forms, entity)
                for one in forms:
                    self.rejected.setdefault(one, []).extend([event] if event else [])
            case AddName(entity):
                self._take_up(list(self._forms.get(entity, ())))

    def rules(self, given: Iterable[EntityRule]) -> list[EntityRule]:
        """What `given` says of other forms, by the entity each of them means now."""
        aliases: dict[EntityKey, list[str]] = defaultdict(list)
        for rule in given:
            for form in rule.forms:
                aliases[self.current[(rule.type, rule.name), form]].append(form)
        return [EntityRule(type, name, tuple(forms)) for (type, name), forms in aliases.items()]

    def _forms_of(self, entity: EntityKey) -> list[_Form]:
        """The forms that a decision on `entity` is about: those it has, else had when found, else its new name has.

        Where some of those it has are rejected and others are not, it is about the others.
        """
        if here := self._forms.get(entity):
            return [form for form in here if form not in self.rejected] or list(here)
        if entity in self._found:
            return list(self._found[entity])
        renamed = self._named.get(entity, set())
        return self._forms_of(next(iter(renamed))) if len(renamed) == 1 else []

    def _meant(self, entity: EntityKey) -> EntityKey | None:
        """What a decision means by `entity` today; None when the documents no longer speak of it."""
        meant = {self.current[form] for form in self._forms_of(entity)}
        return next(iter(meant)) if len(meant) == 1 else None

    def _move(self, forms: Iterable[_Form], key: EntityKey) -> None:
        """Let `forms` mean `key`, which makes them an entity."""
        for form in forms:
            del self._forms[self.current[form]][form]
            self._forms[key][form] = None
            self.current[form] = key
            self.rejected.pop(form, None)

    def _take_up(self, forms: Iterable[_Form]) -> None:
        for form in forms:
            self.rejected.pop(form, None)


def _concerned(entities: Sequence[Entity], corrections: Iterable[Correction]) -> list[Entity]:
    """Those of `entities` that have a name which `corrections` say, or one of those that they give to others."""
    names: set[str] = set()
    for correction in corrections:
        names.add(correction.entity[1])
        if isinstance(correction, Merge):
            names.add(correction.into[1])
        elif isinstance(correction, Split):
            names.add(correction.form)
    named = [entity for entity in entities if not names.isdisjoint((entity.name, *entity.aliases))]
    # What gets another type, or is merged into one that has another name by now, comes to bear the name of one of them.
    names |= {entity.name for entity in named}
    return [entity for entity in entities if not names.isdisjoint((entity.name, *entity.aliases))]
