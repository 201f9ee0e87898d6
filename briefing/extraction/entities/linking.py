"""Brings together what means the same, within a document and across all of them, and names it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from briefing.extraction.entities.bodies import Body, body_of, is_shared, spelled
from briefing.extraction.entities.form_counts import FormCounts
from briefing.extraction.entities.meetings import Meetings
from briefing.extraction.entities.names import NameIndex, listed_names
from briefing.extraction.entities.reading import Named, Reading
from briefing.extraction.entities.tokens import fold, folded
from briefing.extraction.entities.vocabulary import cue
from briefing.model import EntityKey, EntityType, Mention

_PERSON = EntityType.PERSON
_Key = tuple[EntityType, str]
"""What all mentions of the same entity share: its type, and words that tell it from others of that type."""


def link(readings: Sequence[Reading], pack: NameIndex) -> list[Mention]:
    """The mentions of all documents, in order, each with its entity's name."""
    linking = Linking(pack)
    for reading in readings:
        linking.learn(reading)
    meant = [(reading, linking.meant_in(reading)) for reading in readings]
    names = [name for _, name in linking.entities()]
    return [
        mention for reading, numbers in meant for mention in mentions_of(reading, [names[number] for number in numbers])
    ]


def mentions_of(reading: Reading, names: Iterable[str]) -> Iterator[Mention]:
    """What a document names as mentions, `names` giving the name of the entity that each of them means."""
    for named, name in zip(reading.names, names, strict=True):
        yield Mention(reading.document, named.span, named.text, named.type, name, _if_other(named.shown, named.text))


class Linking:
    """Links what documents name, without holding their readings: each is shown to it twice, in the same order.

    First `learn` takes in all of them, then `meant_in` is asked of all of them, then `entities` tells what they mean.
    The memory taken grows with the different names in the documents, not with their number.
    """

    def __init__(self, pack: NameIndex) -> None:
        """`pack` holds what the pack itself says of names."""
        self._pack = pack
        self._people = _People(pack)
        self._acronyms = _Acronyms()
        self._meetings = Meetings()
        self._numbers: dict[_Key, int] = {}
        self._forms = FormCounts()
        """By number, as the next one."""
        self._known: dict[int, str] = {}

    def learn(self, reading: Reading) -> None:
        """Take in what one document tells of the others."""
        self._acronyms.learn(reading)
        self._people.learn(reading)
        self._meetings.learn((_normal(named.shown), named.held) for named in reading.names)

    def meant_in(self, reading: Reading) -> list[int]:
        """For each name of one document the number of the entity that it means; after all were learned."""
        context = _Context(reading, self._people, self._acronyms.agreed, self._pack, self._meetings)
        numbers = []
        for named in reading.names:
            key, name = context.key_of(named)
            number = self._numbers.setdefault(key, len(self._numbers))
            numbers.append(number)
            self._forms.add(number, named.shown)
            if name:
                self._known.setdefault(number, name)
        return numbers

    def entities(self) -> list[EntityKey]:
        """The type and name of each entity, in the order of their numbers; after all documents were asked for theirs.

        Two of them may be the same.
        """
        return [
            (type, self._known.get(number) or _fullest(self._forms.of(number)))
            for (type, _), number in self._numbers.items()
        ]


def _if_other(shown: str, text: str) -> str:
    return "" if shown == text else shown


def _fullest(forms: Counter[str]) -> str:
    """The longest form, the more frequent one first, with a capital where any form has one."""
    return max(forms, key=lambda form: (form[:1].isupper(), len(form.split()), forms[form], form))


@dataclass(slots=True)
class _Acronyms:
    """What each acronym stands for, where all documents that say so agree."""

    agreed: dict[str, str] = field(default_factory=dict)
    _spelled_out: dict[str, str] = field(default_factory=dict)
    """As first met."""

    def learn(self, reading: Reading) -> None:
        """Takes in what one document spells out."""
        for acronym, long_form in reading.acronyms.items():
            if acronym not in self._spelled_out:
                self._spelled_out[acronym] = self.agreed[acronym] = long_form
            elif _normal(self._spelled_out[acronym]) != _normal(long_form):
                self.agreed.pop(acronym, None)


# The same names stand in documents again and again.
@lru_cache(maxsize=50_000)
def _normal(name: str) -> str:
    """A name without what does not tell names apart: "the", a possessive, capitals, accents, two ways of spelling."""
    words = [spelled(word) for word in folded(name).split()]
    if words and words[0] == "the":
        words = words[1:]
    if words and words[-1] == "'s":
        words = words[:-1]
    return " ".join(words)


@dataclass(slots=True)
class _People:
    """Everyone named in full, by name and by surname."""

    pack: NameIndex
    by_surname: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    full: dict[str, str] = field(default_factory=dict)
    """By the words of the name in order of the alphabet, as first met."""

    def learn(self, reading: Reading) -> None:
        """Takes in who is named in full in one document."""
        for named in reading.names:
            if named.type is _PERSON and " " in (named.name or named.shown):
                name = self.canonical(named)
                for surname in surnames(name):
                    self.by_surname[surname].add(name)

    def canonical(self, named: Named) -> str:
        """The name of a person named in full."""
        for index in (self.pack, listed_names()):
            entry = index.find(named.name or named.shown)
            if entry and entry.type is _PERSON:
                return entry.name
        words = _name_words(named.name or named.shown)
        return self.full.setdefault(" ".join(sorted(words)), named.name or named.shown)


@lru_cache(maxsize=20_000)
def _name_words(name: str) -> tuple[str, ...]:
    words = [word for word in folded(name).split() if word[0].isalnum() and word not in _suffixes()]
    return tuple([word for word in words if len(word) > 1] or words)


@cache
def _suffixes() -> frozenset[str]:
    return frozenset(fold(suffix) for suffix in cue("person", "suffixes"))


def surnames(name: str) -> list[str]:
    """The folded words that may stand for a person named in full: the last one, and a family name that comes first."""
    words = _name_words(name)
    if len(words) < 2:
        return []
    first = name.split(maxsplit=1)[0]
    return [words[-1], words[0]] if first in cue("person", "family_first") else [words[-1]]


@dataclass(slots=True)
class _Context:
    """What one document says that helps to tell who and what it means."""

    reading: Reading
    people: _People
    acronyms: dict[str, str]
    pack: NameIndex
    meetings: Meetings
    held: dict[str, set[str]] = field(init=False)
    """What tells its meetings apart, by their names."""
    local_people: dict[str, set[str]] = field(init=False)
    """Those it names in full, by each word of their names."""
    known_people: dict[str, set[str]] = field(init=False)
    """Those it names by surname, whose full names the lists know, by each word of them."""
    owners: dict[str, set[str]] = field(init=False)
    longer: dict[EntityType, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.local_people = defaultdict(set)
        self.known_people = defaultdict(set)
        self.owners = defaultdict(set)
        self.held = defaultdict(set)
        names: dict[EntityType, dict[str, None]] = defaultdict(dict)
        for named in self.reading.names:
            if named.type is _PERSON and " " in (named.name or named.shown):
                name = self.people.canonical(named)
                people = self.local_people if " " in named.shown else self.known_people
                for word in {*_name_words(named.shown), *_name_words(name)}:
                    people[word].add(name)
            elif label := self.meetings.label(_normal(named.shown), named.held):
                self.held[_normal(named.shown)].add(label)
            elif named.type is EntityType.LAW:
                names[named.type][_normal(named.shown)] = None
            body = self._body(named)
            owner = body and (body.owner or named.owner)
            if body and owner:
                self.owners[body.base].add(owner)
        self.longer = {type: list(found) for type, found in names.items()}

    def key_of(self, named: Named) -> tuple[_Key, str]:
        """What all mentions of the same entity share, and the entity's name as far as it is known."""
        if named.type is _PERSON:
            name = self._person(named)
            return (named.type, _normal(name)), name
        meant = named.name or self.reading.acronyms.get(named.shown) or self.acronyms.get(named.shown) or named.shown
        if named.type in (EntityType.DATE, EntityType.DEMONYM):
            return (named.type, meant), meant
        entry = self.pack.find(meant) or listed_names().find(meant)
        if entry and entry.type is named.type and not self._is_anothers(named, entry.name):
            return (named.type, _normal(entry.name)), entry.name
        if named.type is EntityType.EVENT and _normal(named.shown) in self.held:
            return self._meeting(named)
        body = self._body(named)
        if body:
            return self._national(named.type, body, named.owner)
        return (named.type, self._lengthened(named.type, _normal(meant))), named.name

    def _person(self, named: Named) -> str:
        if " " in named.shown:
            return self.people.canonical(named)
        word = (_name_words(named.shown) or (fold(named.shown),))[-1]
        here = self.local_people.get(word, set())
        if not here and named.name:
            return named.name
        elsewhere = (
            set() if named.shown in cue("person", "common_surnames") else self.people.by_surname.get(word, set())
        )
        for candidates in (here, self.known_people.get(word, set()), elsewhere):
            if len(candidates) == 1:
                return next(iter(candidates))
        return named.name or (named.shown.title() if named.shown.isupper() else named.shown)

    def _body(self, named: Named) -> Body | None:
        if named.name or named.type not in (EntityType.ORG, EntityType.LAW):
            return None
        return body_of(self.reading.acronyms.get(named.shown, named.shown))

    def _meeting(self, named: Named) -> tuple[_Key, str]:
        """One of several meetings of the same name; where the document tells of one alone, it is that one."""
        base = _normal(named.shown)
        known = self.held[base]
        label = self.meetings.label(base, named.held) or (next(iter(known)) if len(known) == 1 else "")
        words = f"{label} {named.shown}" if label.isdigit() else f"{named.shown} {label}"
        return (named.type, f"{base} {label}".strip()), words.strip()

    def _is_anothers(self, named: Named, listed: str) -> bool:
        """Whether a name that many bodies bear is here that of another one than the lists mean."""
        if not named.owner or not is_shared(named.shown) or self.pack.find(named.shown):
            return False
        meant = body_of(listed)
        return meant is None or meant.owner != named.owner

    def _national(self, type: EntityType, body: Body, owner_before: str | None) -> tuple[_Key, str]:
        owners = self.owners.get(body.base, set())
        owner = body.owner or owner_before or (next(iter(owners)) if len(owners) == 1 else None)
        words = body.words[:1].upper() + body.words[1:]
        if owner is None:
            return (type, body.base), ""
        return (type, f"{body.base} of {fold(owner)}"), f"{words} of {owner}"

    def _lengthened(self, type: EntityType, name: str) -> str:
        """The one longer name of the same document that begins with this one, or the name itself."""
        longer = [other for other in self.longer.get(type, ()) if other.startswith(name + " ")]
        return longer[0] if len(longer) == 1 else name
