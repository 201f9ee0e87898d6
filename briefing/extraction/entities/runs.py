"""Names that say themselves what they are: "Ministry of Health", "Torres Strait", "Arms Trade Treaty", "Lake Chad"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefing.extraction.entities.dates import names_part_of_date
from briefing.extraction.entities.found import Found
from briefing.extraction.entities.lists import table_of, words_of
from briefing.extraction.entities.scan import Scan
from briefing.extraction.entities.vocabulary import cue, is_common, is_function_word
from briefing.model import EntityType

_ORDINAL = re.compile(r"\d{1,3}(?:st|[nr]d|th)")
_STATES = (EntityType.PLACE, EntityType.DEMONYM)


def names_with_head(scan: Scan) -> Iterator[Found]:
    """Every capitalised run of the passage that a head noun types."""
    for first, stop in scan.runs:
        yield from _head_first(scan, first, stop)
        yield from _head_last(scan, first, stop)
        yield from _small_head(scan, first, stop)
        yield from _before_kind(scan, first, stop)


def _head_first(scan: Scan, first: int, stop: int) -> Iterator[Found]:
    """`Lake Chad`, `Operation Torch`: the head begins the name."""
    for index in range(first, stop - 1):
        type = _first_heads().get(scan.fold_at(index))
        # Of "Exercise Cobra Gold" the listed name is enough.
        if scan.type_at(index + 1) is type is EntityType.EVENT and scan.fold_at(index) == "exercise":
            return
        if type and scan.fold_at(index + 1) not in _heads() and scan.tokens[index + 1].capital:
            end = min(stop, index + 4)
            yield scan.found(index, end, type)
            return


def _head_last(scan: Scan, first: int, stop: int) -> Iterator[Found]:
    """The run up to its last head noun, and the words that "of", "for" or "on" add to it."""
    head = next((i for i in range(stop - 1, first - 1, -1) if scan.fold_at(i) in _heads()), None)
    if head is None:
        return
    type = _heads()[scan.fold_at(head)]
    begin = _past_and(scan, _begin(scan, first, head))
    end = head + 1
    if head == stop - 1 and scan.fold_at(head) in words_of("head_nouns.toml", "frames", "shortened"):
        end += scan.fold_at(end) == "."
    elif head == stop - 1 and not (
        begin < head and scan.fold_at(head) in words_of("head_nouns.toml", "frames", "offices")
    ):
        end = _complement_end(scan, head, type)
        end = _number_end(scan, end, type)
    if _is_name(scan, begin, head, end):
        yield scan.found(begin, end, type)


def _begin(scan: Scan, first: int, head: int) -> int:
    """Where the name begins: after titles, words that open a sentence, and all but the last of several states."""
    begin = first
    for index in range(first, head):
        word = scan.fold_at(index)
        if (
            word in cue("person", "titles") and word not in words_of("head_nouns.toml", "frames", "titles_in_names")
        ) or is_function_word(word):
            begin = index + 1
    if begin < head and scan.tokens[begin].opens and _opens_only(scan, begin, head):
        begin += 1
    while begin < head and not scan.tokens[begin].text[0].isalnum():
        begin += 1
    return begin - 1 if _ORDINAL.fullmatch(scan.fold_at(begin - 1)) else begin


def _opens_only(scan: Scan, begin: int, head: int) -> bool:
    """Whether an everyday word owes its capital to the beginning of the sentence: a name in full follows it."""
    following = scan.at.get(begin + 1)
    return (
        begin + 1 < head
        and begin not in scan.at
        and is_common(scan.fold_at(begin))
        and following is not None
        and following.entry.type in _STATES
    )


def _past_and(scan: Scan, begin: int) -> int:
    """`Economic and Social Council`: where the name begins when everyday words, "the" before them, are joined to it."""
    index = begin - 2
    if scan.fold_at(begin - 1) not in ("and", "&") or begin in scan.at:
        return begin
    while index >= 0 and scan.tokens[index].capital and index not in scan.at and is_common(scan.fold_at(index)):
        word = scan.fold_at(index)
        ends_name = is_head(word) and word not in words_of("head_nouns.toml", "frames", "after_names")
        if ends_name or is_function_word(word):
            break
        index -= 1
    determined = scan.fold_at(index) in ("the", "'s") or scan.type_at(index) is EntityType.DEMONYM
    return index + 1 if determined and index < begin - 2 else begin


def _complement_end(scan: Scan, head: int, type: EntityType) -> int:
    """One past the last token of `of …`, `for …`, `on …` after the head, or of the head itself."""
    end = head + 1
    while True:
        link = scan.fold_at(end)
        if link == "of":
            allowed = scan.fold_at(head) in words_of("head_nouns.toml", "frames", "of")
        elif link in ("for", "on"):
            allowed = scan.fold_at(head) in words_of("head_nouns.toml", "frames", "for_on")
            allowed = allowed and not (type is EntityType.PROGRAMME and scan.type_at(end + 1) in _STATES)
        else:
            allowed = link == "and" and end > head + 1
        part = _part_end(scan, end + 1, everyday=link == "and") if allowed else None
        if part is None:
            return end
        end = part


def _part_end(scan: Scan, index: int, *, everyday: bool) -> int | None:
    """One past the capitalised words (`everyday` ones only, if so asked) that begin at `index`, "the" passed over."""
    if not everyday and scan.fold_at(index) == "the":
        index += 1
    if scan.fold_at(index) in ("their", "its") and everyday:
        index += 1
    if not _continues(scan, index, everyday=everyday):
        return None
    if everyday and scan.fold_at(index) in _heads() and scan.fold_at(index + 1) == "of":
        return None
    end = index + 1
    while _continues(scan, end, everyday=everyday) or (
        scan.fold_at(end) == "-" and _continues(scan, end + 1, everyday=everyday)
    ):
        end += 1
    return end


def _continues(scan: Scan, index: int, *, everyday: bool) -> bool:
    if not 0 <= index < len(scan.tokens):
        return False
    token = scan.tokens[index]
    if token.text.isdigit() and len(token.text) == 4 and not everyday:
        return scan.fold_at(index - 1) == "of"
    if not token.capital or is_function_word(token.fold) or names_part_of_date(token.text):
        return False
    if scan.type_at(index) is EntityType.PERSON or _is_title_of_person(scan, index):
        return False
    return not everyday or (is_common(token.fold) and scan.type_at(index) is None)


def _is_title_of_person(scan: Scan, index: int) -> bool:
    """Whether a title stands there that is no part of a body's name, and a name after it."""
    word = scan.fold_at(index)
    if word not in cue("person", "titles") or word in words_of("head_nouns.toml", "frames", "titles_in_names"):
        return (
            word == "general"
            and index + 1 < len(scan.tokens)
            and scan.tokens[index + 1].capital
            and not is_common(scan.fold_at(index + 1))
        )
    return True


def _number_end(scan: Scan, end: int, type: EntityType) -> int:
    """`Resolution 1701`, `Protocol II`, `Task Force 59`: a number that follows belongs to a law or a unit."""
    following = scan.fold_at(end)
    after = scan.fold_at(end + 1)
    if type is EntityType.LAW and following and set(following) <= set("ivx") and scan.tokens[end].text.isupper():
        return end + 1
    counted = type is EntityType.ORG and (len(following) > 3 or after[:1].isalpha())
    if not following.isdigit() or type not in (EntityType.LAW, EntityType.ORG) or counted:
        return end
    # The year of a resolution may stand in brackets.
    in_brackets = after == "(" and scan.fold_at(end + 2).isdigit() and scan.fold_at(end + 3) == ")"
    return end + 4 if in_brackets and type is EntityType.LAW else end + 1


def _is_name(scan: Scan, begin: int, head: int, end: int) -> bool:
    """Whether more than general words stand before the head, or a complement follows it."""
    before = [scan.tokens[index] for index in range(begin, head) if scan.tokens[index].text[0].isalnum()]
    telling = [token for token in before if token.fold not in words_of("head_nouns.toml", "frames", "general")]
    if end > head + 1 and scan.fold_at(head + 1) != ".":
        return True
    if not telling:
        return False
    if scan.fold_at(head) in words_of("head_nouns.toml", "frames", "after_names") and not _any_name(scan, begin, head):
        return False
    if len(before) == 1 and before[0].opens and is_common(before[0].fold):
        return False
    peoples = all(scan.type_at(index) is EntityType.DEMONYM for index in range(begin, head))
    return (
        not peoples
        or scan.fold_at(head) in words_of("head_nouns.toml", "frames", "national")
        or _is_own_kind(scan, head)
    )


def _any_name(scan: Scan, begin: int, head: int) -> bool:
    """Whether a listed name or a word that is no everyday one stands before the head."""
    words = [index for index in range(begin, head) if scan.tokens[index].text[0].isalpha()]
    return any(index in scan.at or not is_common(scan.fold_at(index)) for index in words)


def _is_own_kind(scan: Scan, head: int) -> bool:
    """Heads that make a name with a state alone: wars, meetings, seas, treaties."""
    return _heads()[scan.fold_at(head)] in (EntityType.EVENT, EntityType.PLACE)


def _before_kind(scan: Scan, first: int, stop: int) -> Iterator[Found]:
    """`East Shield programme`: an unlisted name of several words before the small word for its kind."""
    word = stop + 1 if scan.fold_at(stop) in ("military", "naval", "air", "joint") else stop
    type = _small_kinds().get(scan.fold_at(word))
    if type is None:
        return
    begin = _begin(scan, first, stop)
    if stop - begin in (2, 3) and not any(index in scan.at for index in range(begin, stop)):
        yield scan.found(begin, stop, type)


def _small_head(scan: Scan, first: int, stop: int) -> Iterator[Found]:
    """`G7 summit`, `Kola peninsula`: the head is written small after a known name."""
    head = scan.fold_at(stop)
    if head not in words_of("head_nouns.toml", "frames", "small_heads") or scan.tokens[stop].capital:
        return
    type = _heads()[head]
    begin = _begin(scan, first, stop)
    if begin == stop or is_common(scan.fold_at(begin)):
        return
    known = {scan.type_at(index) for index in range(begin, stop)}
    if EntityType.DEMONYM in known or EntityType.PERSON in known:
        return
    if type is EntityType.PLACE or known & {EntityType.ORG, EntityType.PLACE}:
        yield scan.found(begin, stop + 1, type)


def is_head(word: str) -> bool:
    """Whether a folded word is a noun that types the names it ends."""
    return word in _heads()


@cache
def _heads() -> dict[str, EntityType]:
    return _types("heads")


@cache
def _first_heads() -> dict[str, EntityType]:
    return _types("first")


@cache
def _small_kinds() -> dict[str, EntityType]:
    return _types("small")


def _types(table: str) -> dict[str, EntityType]:
    """The type of each noun in a table of head_nouns.toml; where two list it, the first."""
    types: dict[str, EntityType] = {}
    for type, words in table_of("head_nouns.toml", table).items():
        for word in words:
            types.setdefault(word, EntityType(type))
    return types
