"""Titles: what stands directly before a name, or directly after it, and says what it names."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extraction.descriptions.noun_phrases import OWNERS, Phrase, Unit, is_kind, may_modify, phrase_words
from briefing.extraction.descriptions.surroundings import Surroundings, kinds_after
from briefing.extraction.entities.lists import words_of
from briefing.extraction.entities.vocabulary import cue, is_common, is_function_word
from briefing.model import EntityType

_MOST_UNITS = 12
_OWNED = frozenset(("'s", "'"))
_LINKS = frozenset(("of", "for", "to"))
_BEFORE_NOUNS = frozenset(("by", "with", "from", "of", "for", "between", "against"))


def title_before(around: Surroundings) -> Phrase | None:
    """`Kenyan foreign minister`, `the port city of`, `the frigate`: what stands directly before the name."""
    units = around.before
    head, stop = _title_head(around)
    if head is None:
        return None
    first = _title_start(units, head)
    before = units[first - 1].fold if first else ""
    if first == head and not _stands_alone(around, head, before):
        return None
    determined = before in phrase_words("phrase", "determiners")
    if determined and not units[head].capital and _may_be_subject(around.after):
        return None
    return Phrase(first, head, stop)


def _stands_alone(around: Surroundings, head: int, before: str) -> bool:
    """Whether one noun after the word `before` is a title that tells something, and no verb ("to force X")."""
    unit = around.before[head]
    if unit.fold in phrase_words("title", "bare") or before in OWNERS:
        return False
    if unit.capital or before in _BEFORE_NOUNS or before in phrase_words("phrase", "determiners"):
        return True
    return around.type is EntityType.PERSON and unit.fold not in phrase_words("title", "verbs_too")


def _title_head(around: Surroundings) -> tuple[int | None, int]:
    """The noun of the title, and one past the title's last unit."""
    units = around.before
    last = len(units) - 1
    if last < 0:
        return None, 0
    if around.type is EntityType.PERSON:
        return _person_head(units, around.kinds), len(units)
    if units[last].fold == "of":
        named = around.type is EntityType.PLACE and not around.is_country and last > 0
        head = last - 1
        kinds = phrase_words("place", "named_by_of")
    else:
        named, head, kinds = not around.is_country, last, around.kinds
    if named and not units[head].capital and is_kind(units, head, kinds):
        return head, head + 1
    return None, 0


def _person_head(units: Sequence[Unit], kinds: frozenset[str]) -> int | None:
    """The noun that ends the title, or that "of", "for" or "to" follows in it ("Secretary of State")."""
    last = len(units) - 1
    if is_kind(units, last, kinds):
        return last
    if not may_modify(units[last]):
        return None
    for index in range(last, max(-1, last - _MOST_UNITS), -1):
        fold = units[index].fold
        if index < last and fold != "and" and units[index + 1].fold in _LINKS and is_kind(units, index, kinds):
            return index
        if fold not in _LINKS and fold not in ("and", "the") and not may_modify(units[index]):
            return None
    return None


def _title_start(units: Sequence[Unit], head: int) -> int:
    """The first unit of the title whose noun stands at `head`."""
    first = head
    while first > 0 and head - first < _MOST_UNITS and _goes_before(units, first - 1):
        first -= 1
    inside = _start_inside(units, first)
    first = first if inside is None else inside
    while first < head and (units[first].fold in _OWNED or units[first].fold == "and"):
        first += 1
    return first


def _goes_before(units: Sequence[Unit], index: int) -> bool:
    unit = units[index]
    if unit.fold in _OWNED:
        return index > 0 and units[index - 1].capital
    if unit.fold == "and":
        return index > 0 and units[index - 1].fold in phrase_words("title", "modifiers")
    listed = unit.fold in phrase_words("title", "modifiers")
    return may_modify(unit) and (listed or not (unit.opens and is_common(unit.fold)))


def _start_inside(units: Sequence[Unit], first: int) -> int | None:
    """Where the title begins after a determiner or preposition, whatever words stand between; None for neither."""
    inside = phrase_words("title", "modifiers_inside") | phrase_words("phrase", "inner") - {"and"}
    for index in range(first, max(0, first - 5), -1):
        before = units[index - 1].fold
        if before in phrase_words("phrase", "determiners"):
            return index
        if before in _BEFORE_NOUNS:
            return None if units[index].fold.endswith("ing") and not may_modify(units[index]) else index
        if not units[index - 1].is_word or (is_function_word(before) and before not in inside):
            return None
        if before in phrase_words("phrase", "verbs") or before in cue("person", "speech"):
            return None
    return None


def _may_be_subject(after: Sequence[Unit]) -> bool:
    """Whether the name may be the subject of a clause of its own: "the company X hired is new" says nothing of X."""
    if not after or not after[0].is_word or after[0].capital or is_function_word(after[0].fold):
        return False
    # With an object, or nothing more to come, the verb is that of the whole.
    goes_on = after[1].fold if len(after) > 1 else "."
    has_object = goes_on in OWNERS or goes_on in phrase_words("phrase", "determiners")
    return not has_object and goes_on not in (".", "!", "?") and after[0].fold not in cue("person", "speech")


def kind_after(around: Surroundings) -> Phrase | None:
    """`X strategic bombers`, `X military exercise`: the noun directly after the name of a weapon or an event."""
    kinds = kinds_after(around.type)
    units = around.after
    head = None
    for index, unit in enumerate(units if kinds else ()):
        if is_kind(units, index, kinds) and not unit.capital:
            head = index
        elif unit.capital or not (_between(unit) or may_modify(unit)):
            break
    if head is None:
        return None
    following = units[head + 1] if head + 1 < len(units) else None
    if following and following.is_word and not is_function_word(following.fold) and not units[head].fold.endswith("s"):
        return None  # "X rocket attack"
    return Phrase(0, head, head + 1)


def _between(unit: Unit) -> bool:
    return unit.fold in words_of("head_nouns.toml", "equipment", "between")
