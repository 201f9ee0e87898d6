"""Appositions and definitions: "X, a think tank in Oslo,", "the Kenyan minister, X,", "X is a body that …"."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extraction.descriptions.noun_phrases import (
    ENDS,
    OWNERS,
    QUOTES,
    Phrase,
    Unit,
    is_kind,
    phrase_words,
    read_phrase,
)
from briefing.extraction.descriptions.surroundings import Surroundings
from briefing.extraction.entities.vocabulary import cue, given_names
from briefing.model import EntityType

_LINKS = frozenset(("of", "for", "to"))
_CONJUNCTIONS = frozenset(("and", "or"))
_LONGEST_OPENING = 6
"""Units before a clause, the comma among them."""


def apposition_after(around: Surroundings, title: Phrase | None) -> Phrase | None:
    """`X, a think tank in Oslo,`, `X (the Kenyan minister)`, `X — the port's harbour master — said`."""
    units = around.after
    opening = units[0].fold if units else ""
    if opening not in (",", "(", "—", "–", "-") or _belongs_to_other(around, title):
        return None
    first = 1
    if [unit.fold for unit in units[2:3]] == [","] and units[1].fold.isdigit():
        first = 3  # an age
    person = around.type is EntityType.PERSON
    phrase = read_phrase(units, first, around.kinds, bare=person, capital=person) if first < len(units) else None
    if phrase is None or (person and _names_another(units, phrase, around.kinds)):
        return None
    closing = units[phrase.stop].fold if phrase.stop < len(units) else "."
    if opening == ",":
        closed = closing in ENDS and not _is_listed(units, phrase, person) and not _is_fronted(around, phrase)
    else:
        closed = closing == ")" if opening == "(" else closing in (opening, ".", ";")
    return phrase if closed else None


def _names_another(units: Sequence[Unit], phrase: Phrase, kinds: frozenset[str]) -> bool:
    """Whether the phrase is the title of somebody else, whose name it runs into: "X, Secretary of State Jane Roe,"."""
    for index in range(phrase.head + 2, phrase.stop):
        before = units[index - 1]
        if units[index].capital and units[index].fold.capitalize() in given_names() and before.capital:
            return before.fold.capitalize() not in given_names() and not is_kind(units, index - 1, kinds)
    return False


def _belongs_to_other(around: Surroundings, title: Phrase | None) -> bool:
    """Whether the name only says whose somebody or something of the same type is ("the wife of X, a lawyer")."""
    units = around.before
    index = _past_determiners(units, title.first if title else len(units))
    if index < 2 or units[index - 1].fold not in _LINKS:
        return False
    return is_kind(units, index - 2, around.kinds | phrase_words("title", "relative"))


def _is_listed(units: Sequence[Unit], phrase: Phrase, person: bool) -> bool:
    """Whether the phrase seems to be the next of a list: "X, the president, and the army"."""
    following = units[phrase.stop + 1 : phrase.stop + 2]
    if not following or following[0].fold not in ("and", "or", "&") or units[phrase.stop].fold != ",":
        return False
    return not person or (phrase.stop == phrase.head + 1 and phrase.head - phrase.first < 2)


def _is_fronted(around: Surroundings, phrase: Phrase) -> bool:
    """Whether the comma may end an opening part, the phrase being the subject: "After meeting X, the minister left"."""
    if not _opens_with_link(around.before):
        return False
    return not _goes_on_small(around.after, phrase.stop)


def _opens_with_link(units: Sequence[Unit]) -> bool:
    """Whether the part of the sentence that `units` end begins with a preposition, a conjunction or a participle."""
    index = len(units)
    while index and not (units[index - 1].fold in ENDS and units[index - 1].fold not in QUOTES):
        index -= 1
    while index < len(units) - 1 and (units[index].fold in QUOTES or units[index].fold in ("and", "but", "that")):
        index += 1
    if index == len(units):
        return False
    opening = units[index]
    return opening.fold in phrase_words("phrase", "openers") or opening.fold.endswith("ing")


def _goes_on_small(units: Sequence[Unit], closing: int) -> bool:
    """Whether a comma stands at `closing`, and after it the clause goes on with a small word."""
    if [unit.fold for unit in units[closing : closing + 1]] != [","] or closing + 1 >= len(units):
        return False
    following = units[closing + 1]
    barred = phrase_words("phrase", "relative_pronouns") | phrase_words("phrase", "determiners") | _CONJUNCTIONS
    return following.is_word and not following.capital and following.fold not in barred


def apposition_before(around: Surroundings) -> Phrase | None:
    """`the Kenyan foreign minister, X,`, `its newest frigate, the X,`: the phrase comes first."""
    comma = _past_determiners(around.before, len(around.before)) - 1
    units = around.before[: comma + 1]
    if comma < 1 or units[comma].fold != ",":
        return None
    closing = around.after[0].fold if around.after else "."
    if closing not in ENDS or (closing == "," and not _goes_on_small(around.after, 0)):
        return None
    first = comma
    while first and units[first - 1].fold not in ENDS:
        first -= 1
    if _opens_with_link(units[:comma]) and closing != ",":
        return None
    person = around.type is EntityType.PERSON
    for index in range(first, comma):
        phrase = read_phrase(units, index, around.kinds, bare=False, capital=person)
        relative = index > 0 and units[index - 1].fold in OWNERS  # "his deputy": only the words around say whose
        if phrase and phrase.stop == comma and (phrase.head > phrase.first or not relative):
            after_comma = index > 0 and units[index - 1].fold == ","  # then it may describe what stands before it
            return None if after_comma else phrase
    return None


def definition(around: Surroundings, title: Phrase | None) -> Phrase | None:
    """`X is a command that …`: what a clause with X as its subject says it is."""
    units, before = around.after, around.before
    subject = _past_determiners(before, title.first if title else len(before))
    verb = 0
    if 1 < subject < 4 and before[subject - 1].fold == "," and [unit.fold for unit in units[:1]] == [","]:
        subject, verb = 0, 1  # "ABC, the Agency of Bees and Cranes, is ..."
    first = _past_copula(units, verb)
    if first is None or around.asks:
        return None
    if not (_begins_clause(before[:subject], around.first) if subject else around.first):
        return None
    return read_phrase(units, first, around.kinds, bare=False, capital=around.type is EntityType.PERSON)


def _begins_clause(units: Sequence[Unit], whole: bool) -> bool:
    """Whether a clause begins after `units`, which with `whole` begin the sentence: after "In fact," or "said that"."""
    last = units[-1].fold
    if last == "that":
        return len(units) > 1 and units[-2].fold in cue("person", "speech")
    if last == "," and whole and len(units) <= _LONGEST_OPENING:
        return phrase_words("phrase", "conditions").isdisjoint(unit.fold for unit in units)
    return last in phrase_words("phrase", "subject_after")


def _past_copula(units: Sequence[Unit], verb: int) -> int | None:
    """The unit after "is", or after "serves as"; None when no such words stand at `verb`."""
    folds = [unit.fold for unit in units[verb : verb + 2]]
    if len(folds) == 2 and folds[0] in phrase_words("phrase", "copulas"):
        return verb + 1
    if len(folds) == 2 and folds[0] in phrase_words("phrase", "copulas_with_as") and folds[1] == "as":
        return verb + 2 if verb + 2 < len(units) else None
    return None


def _past_determiners(units: Sequence[Unit], index: int) -> int:
    """Where the determiner before unit `index` stands, or the index itself."""
    while index and units[index - 1].fold in phrase_words("phrase", "determiners"):
        index -= 1
    return index
