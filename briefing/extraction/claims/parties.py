"""Who is named in a sentence: the actor, or other parties; and which deeds are the actor's own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefing.extraction.claims.clauses import clause_at, clause_starts
from briefing.extraction.claims.cues import Cues
from briefing.extraction.claims.sentences import Sentence
from briefing.extraction.claims.terms import Found
from briefing.model import EntityType, Mention

_PARTIES = (
    EntityType.PERSON,
    EntityType.ORG,
    EntityType.PLACE,
    EntityType.DEMONYM,
    EntityType.EVENT,
    EntityType.EQUIPMENT,
)
_DOERS = (EntityType.PERSON, EntityType.ORG, EntityType.PLACE, EntityType.DEMONYM)
_SUBJECT_WORDS = 4
"""A name among so many words at the beginning, or after the first comma, is taken for the subject."""
_CLAUSE_SUBJECT = 2
"""A name among so many words of a later clause is taken for its subject."""
_SAYING = 4
"""Words that may stand between a speaker and the word of saying: "Moreau, the defence minister, said"."""
_OFFICE = 4
"""Words that may stand between the name of a state and that of who serves it: "Kenya's new foreign minister"."""
_BREAKING = ("not_in_title", "before_object", "reporting", "finite")
_AGENT = 8
"""Words after "by" in which those who did it are named."""


class Party(NamedTuple):
    """A name of another party than the actor in one sentence: its first word and the word after its last."""

    first: int
    end: int
    type: EntityType


class Named(NamedTuple):
    """Who is named in one sentence."""

    actors: Mapping[int, int]
    """The first word of every name of the actor, and of who serves it, and the word after its last."""
    others: tuple[Party, ...]
    """In order."""


class PartyReader:
    """Reads one document sentence by sentence and says who is named, and who of them belongs to the actor."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        """Begin a document with its mentions, in order of place."""
        self._parties = [mention for mention in mentions if mention.type in _PARTIES]
        self._starts = [mention.span.start for mention in self._parties]
        self._own: set[str] = set()

    def read(self, sentence: Sentence, cues: Cues, actors: Mapping[int, int], terms: Sequence[Found]) -> Named:
        """Who is named in `sentence`, the next of the document; `actors` are the places of the actor's terms.

        Equipment that is one of the scenario's `terms` is what a role is about, and no party.
        """
        first = bisect_left(self._starts, sentence.span.start)
        mentions = self._parties[first : bisect_left(self._starts, sentence.span.end)]
        if not mentions:
            return Named(actors, ())
        subjects = {one.start for one in terms}
        own, others = dict(actors), []
        of_actor = {word for first, end in actors.items() for word in range(first, end)}
        for mention in mentions:
            place = sentence.shown(mention.span)
            if place is None:
                continue
            begin, end = (bisect_left(sentence.words.starts, character) for character in place)
            serves = mention.type is EntityType.PERSON and _serves(begin, of_actor, cues)
            if serves or (mention.type is EntityType.ORG and not of_actor.isdisjoint(range(begin, end))):
                self._own.add(mention.canonical)
            if mention.canonical in self._own:
                own.setdefault(begin, end)
            elif of_actor.isdisjoint(range(begin, end)) and not _is_subject_matter(mention, subjects, begin, end):
                others.append(Party(begin, end, mention.type))
        return Named(dict(sorted(own.items())), tuple(others))


def _is_subject_matter(mention: Mention, subjects: set[int], begin: int, end: int) -> bool:
    """Whether a piece of equipment is what a role is about."""
    return mention.type is EntityType.EQUIPMENT and not subjects.isdisjoint(range(begin, end))


def _serves(begin: int, of_actor: set[int], cues: Cues) -> bool:
    """Whether the actor's name and a title stand right before a person's: "Kenya's foreign minister"."""
    before = range(max(0, begin - _OFFICE - 1), begin)
    owner = next((word for word in reversed(before) if word in of_actor), None)
    if owner is None:
        return False
    titles = {word for one in cues.get("speakers", ()) for word in range(one.start, one.end)}
    breaks = {one.start for name in _BREAKING for one in cues.get(name, ())}
    between = range(owner + 1, begin)
    return not titles.isdisjoint(between) and breaks.isdisjoint(between)


def others_first(sentence: Sentence, cues: Cues, named: Named) -> Party | None:
    """The other party that seems to be the subject of the sentence; None when there is none.

    Who only says something is not: "Moreau said", "analysts in Oslo argue".
    """
    objects = {one.end for one in cues.get("before_object", ())}
    heads = [0]
    comma = sentence.text.find(",", 0, 80)
    if comma >= 0:
        heads.append(bisect_left(sentence.words.starts, comma))
    sayings = [one.start for one in cues.get("reporting", ())]
    heads += [one.end for one in cues.get("reporting", ())[:1] if one.start <= 2 * _SUBJECT_WORDS]
    for party in named.others:
        if party.first >= heads[-1] + _SUBJECT_WORDS and party.first >= 3 * _SUBJECT_WORDS:
            break
        if party.type is EntityType.PERSON and _precedes(party.end, sayings):
            continue
        if not _is_object(sentence, party, objects) and any(
            head <= party.first < head + _SUBJECT_WORDS for head in heads
        ):
            return party
    return None


def names_other(sentence: Sentence, cues: Cues, named: Named) -> bool:
    """Whether another party is named other than after a preposition."""
    objects = {one.end for one in cues.get("before_object", ())}
    return any(not _is_object(sentence, party, objects) for party in named.others)


def _precedes(word: int, places: Sequence[int]) -> bool:
    index = bisect_left(places, word)
    return index < len(places) and places[index] <= word + _SAYING


def _is_object(sentence: Sentence, party: Party, objects: set[int]) -> bool:
    """Whether the party stands after a preposition, an article between them or not."""
    article = party.first and sentence.words.texts[party.first - 1] in ("the", "a", "an")
    return not objects.isdisjoint((party.first, party.first - 1) if article else (party.first,))


def own_deeds(sentence: Sentence, cues: Cues, named: Named, roles: Sequence[Found]) -> list[Found]:
    """Those of `roles`, words that tell of roles, that tell of what the actor does.

    What is given to it, what it thanks others for, what others did in a clause of their own, and what was done by
    others is not.
    """
    if not roles or not (named.others or "others" in cues or "receiving" in cues):
        return list(roles)
    starts = clause_starts(sentence, cues)
    foreign = _clauses_of_others(sentence, cues, named, starts) | _clauses_of_receiving(cues, named, starts)
    urged = _urged_from(cues, named, starts)
    passive = _passives(cues, named)
    actors = list(named.actors)
    return [
        one
        for one in roles
        if clause_at(starts, one.start) not in foreign
        and not _is_urged(one, urged.get(clause_at(starts, one.start)), actors)
        and not any(starts[clause_at(starts, by)] <= one.start < by for by in _next(passive, one.start))
    ]


def _clauses_of_others(sentence: Sentence, cues: Cues, named: Named, starts: Sequence[int]) -> set[int]:
    """The clauses that open with another party and do not name the actor."""
    if not named.actors:
        return set()
    objects = {one.end for one in cues.get("before_object", ())}
    sayings = [one.start for one in cues.get("reporting", ())]
    with_actor = {clause_at(starts, word) for word in named.actors}
    return {
        clause
        for party in named.others
        if party.type in _DOERS
        and (clause := clause_at(starts, party.first)) not in with_actor
        and party.first <= starts[clause] + _CLAUSE_SUBJECT
        and not _is_object(sentence, party, objects)
        and not _precedes(party.end, sayings)
    }


def _clauses_of_receiving(cues: Cues, named: Named, starts: Sequence[int]) -> set[int]:
    """The clauses in which the actor is given something and is not named as giver."""
    others = {clause_at(starts, party.first) for party in named.others}
    receiving = cues.get("receiving", ())
    within = {(clause_at(starts, one.start), word) for one in receiving for word in range(one.start, one.end)}
    clauses = {clause_at(starts, one.start) for one in receiving}
    giving = {
        clause
        for word in named.actors
        if (clause := clause_at(starts, word)) in clauses and (clause, word) not in within
    }
    return (clauses & others) - giving


def _urged_from(cues: Cues, named: Named, starts: Sequence[int]) -> dict[int, int]:
    """By clause, the word after which it tells what another party does, is to do or is thanked for."""
    parties = sorted({party.first for party in named.others} | {one.start for one in cues.get("others", ())})
    urged: dict[int, int] = {}
    for one in cues.get("of_another", ()):
        clause = clause_at(starts, one.start)
        index = bisect_left(parties, one.end)
        if index < len(parties) and clause_at(starts, parties[index]) == clause:
            urged.setdefault(clause, one.end)
    return urged


def _is_urged(role: Found, begins: int | None, actors: Sequence[int]) -> bool:
    return begins is not None and role.start >= begins and not _any_in(actors, begins, role.start)


def _any_in(places: Sequence[int], start: int, end: int) -> bool:
    index = bisect_left(places, start)
    return index < len(places) and places[index] < end


def _passives(cues: Cues, named: Named) -> list[int]:
    """The words after "by" that name who did it, where that is another party and not the actor."""
    actors = list(named.actors)
    urging = {one.start for one in cues.get("of_another", ())}
    others = [party.first for party in named.others]
    return [
        one.end
        for one in cues.get("passive", ())
        if urging.isdisjoint(range(one.start, one.end))
        and _any_in(others, one.end, one.end + 3)
        and not _any_in(actors, one.end, one.end + _AGENT)
    ]


def _next(places: Sequence[int], word: int) -> Sequence[int]:
    index = bisect_left(places, word)
    return places[index : index + 1]
