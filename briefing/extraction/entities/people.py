"""Names of people: after a title or an occupation, or by a given name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.extraction.entities.dates import is_weekday
from briefing.extraction.entities.found import Found, Trust
from briefing.extraction.entities.names import peoples
from briefing.extraction.entities.runs import is_head
from briefing.extraction.entities.scan import Listed, Scan
from briefing.extraction.entities.vocabulary import cue, given_names, is_common, is_function_word
from briefing.model import EntityType

_MOST_WORDS = 5
_OTHER = (EntityType.PLACE, EntityType.ORG, EntityType.DEMONYM, EntityType.EVENT, EntityType.LAW, EntityType.PROGRAMME)


def people_of(scan: Scan) -> Iterator[Found]:
    """Every person that the passage names with a title, an occupation or a given name."""
    if scan.passage.title_case:
        return
    for first, stop in scan.runs:
        yield from _titled(scan, first, stop)
        for index in range(first, stop):
            yield from _by_given_name(scan, index)


def _titled(scan: Scan, first: int, stop: int) -> Iterator[Found]:
    titles = [index for index in range(first, stop) if _is_title(scan, index)]
    begin = _name_begin(scan, first, stop, titles)
    if begin is None or (begin >= stop and not _is_particle(scan, begin)):
        return
    end = name_end(scan, begin, trusted=bool(titles))
    if end is not None:
        listed = scan.at.get(begin)
        known = listed and (listed.first, listed.stop) == (begin, end) and listed.entry.type is EntityType.PERSON
        name = listed.entry.name if listed and known and not may_be_anyone(scan, listed) else ""
        yield scan.found(begin, end, EntityType.PERSON, name)


def may_be_anyone(scan: Scan, listed: Listed) -> bool:
    """Whether a listed name is a common surname that no high office stands before: many bear it."""
    if listed.stop - listed.first > 1 or scan.tokens[listed.first].text not in cue("person", "common_surnames"):
        return False
    return scan.fold_at(listed.first - 1) not in cue("person", "offices")


def _is_title(scan: Scan, index: int) -> bool:
    """Whether a title stands there that is no part of a name: `King`, but not in "Luther King"."""
    word = scan.fold_at(index)
    return word in cue("person", "titles") and not (word in cue("person", "names") and _follows_name(scan, index))


def _follows_name(scan: Scan, index: int) -> bool:
    """Whether the word before is a given name, or one that nothing knows."""
    before = scan.tokens[index - 1] if index else None
    if before is None or not before.capital or before.fold in cue("person", "titles"):
        return False
    if _is_given(scan, index - 1):
        return True
    return not is_common(before.fold) and index - 1 not in scan.at and index not in scan.at


def _name_begin(scan: Scan, first: int, stop: int, titles: Sequence[int]) -> int | None:
    """Where the name begins: after the last title of the run, or with it after an occupation or an office."""
    if titles:
        return _after_mark(scan, titles[-1] + 1)
    return first if _follows_occupation(scan, first) else _past_office(scan, first, stop)


def _after_mark(scan: Scan, index: int) -> int:
    """Past the full stop of a title cut short, and past "-elect"."""
    if scan.fold_at(index) == "." and scan.fold_at(index - 1) in cue("person", "titles"):
        return index + 1
    return index


def _follows_occupation(scan: Scan, first: int) -> bool:
    before = scan.fold_at(first - 1)
    if before == ".":
        return scan.fold_at(first - 2) in cue("person", "short_titles")
    return before in cue("person", "roles")


def _past_office(scan: Scan, first: int, stop: int) -> int | None:
    """`Secretary of State Jane Roe`, `Minister for Health Roe`: the first word of the run past the office."""
    if scan.fold_at(first - 1) not in ("of", "for") or scan.fold_at(first - 2) not in cue("person", "titles"):
        return None
    index = first
    while index < stop and (
        scan.type_at(index) in _OTHER or (is_common(scan.fold_at(index)) and not _is_given(scan, index))
    ):
        index += 1
    return index if first < index < stop else None


def name_end(scan: Scan, first: int, *, trusted: bool) -> int | None:
    """One past the last token of the person's name that begins at `first`; None when no name stands there.

    After a title (`trusted`) a single everyday word may be a surname ("Secretary Rice").
    """
    index = first
    words = 0
    while words < _MOST_WORDS:
        while _is_particle(scan, index):
            index += 2 if scan.fold_at(index + 1) in ("-", "‑") else 1
        if not _is_name_word(scan, index, alone_after_title=trusted and words == 0, follows_name=words > 0):
            break
        index = _past_word(scan, index)
        words += 1
    if words == 0:
        return None
    return _past_suffix(scan, index)


def _is_particle(scan: Scan, index: int) -> bool:
    if scan.fold_at(index) not in cue("person", "particles") or index + 1 >= len(scan.tokens):
        return False
    following = index + 2 if scan.fold_at(index + 1) in ("-", "–") else index + 1
    if following >= len(scan.tokens):
        return False
    return scan.tokens[following].capital or scan.fold_at(following) in ("der", "den", "la", "las", "los")


def _is_name_word(scan: Scan, index: int, *, alone_after_title: bool, follows_name: bool) -> bool:
    if index >= len(scan.tokens) or not _may_be_name_word(scan, index):
        return False
    token = scan.tokens[index]
    if scan.type_at(index) in _OTHER:
        fits = token.fold not in peoples() if follows_name else _is_given(scan, index)
        return fits and not _is_longer(scan, index) and not token.shouted
    if token.fold in peoples() or is_head(token.fold):
        return False
    if not is_common(token.fold) or _is_given(scan, index):
        return True
    following = scan.tokens[index + 1] if index + 1 < len(scan.tokens) else None
    return (alone_after_title or follows_name) and not (following and following.capital)


def _may_be_name_word(scan: Scan, index: int) -> bool:
    """Whether it has a capital and neither serves grammar nor is a title or a suffix."""
    token = scan.tokens[index]
    if not token.capital or is_function_word(token.fold) or _is_title(scan, index) or is_weekday(token.text):
        return False
    return len(token.text) == 1 or token.text not in cue("person", "suffixes")


def _is_longer(scan: Scan, index: int) -> bool:
    listed = scan.at[index]
    return listed.stop - listed.first > 1


def _past_word(scan: Scan, index: int) -> int:
    """Past the word, the full stop of an initial, and what a hyphen ties to it."""
    tokens = scan.tokens
    stop = index + 1
    if len(tokens[index].text) == 1 and scan.fold_at(stop) == "." and tokens[stop].start == tokens[index].end:
        return stop + 1
    while stop + 1 < len(tokens) and tokens[stop].text in ("-", "‑") and tokens[stop].end == tokens[stop + 1].start:
        if tokens[stop].start != tokens[stop - 1].end or not tokens[stop + 1].text.isalpha():
            break
        stop += 2
    return stop


def _past_suffix(scan: Scan, index: int) -> int:
    suffixes = cue("person", "suffixes")
    at = index + 1 if scan.fold_at(index) == "," else index
    if at >= len(scan.tokens) or scan.tokens[at].text not in suffixes:
        return index
    if at > index and scan.tokens[at].text not in ("Jr", "Sr"):
        return index
    return at + 2 if scan.tokens[at].text in ("Jr", "Sr") and scan.fold_at(at + 1) == "." else at + 1


def _by_given_name(scan: Scan, index: int) -> Iterator[Found]:
    tokens = scan.tokens
    if index > 0 and (_is_given(scan, index - 1) or scan.type_at(index) is EntityType.PERSON):
        return
    given = _is_given(scan, index)
    if not given and tokens[index].text not in cue("person", "family_first"):
        return
    if scan.at.get(index) and _is_longer(scan, index):
        return
    second = _past_word(scan, index)
    if second >= len(tokens) or not (tokens[second].capital or _is_particle(scan, second)):
        yield from _family_name_first(scan, index)
        return
    if tokens[second].fold in peoples() or is_head(tokens[second].fold) or scan.type_at(second) in _OTHER:
        return
    if not given and (is_common(tokens[second].fold) or second != index + 1):
        return
    end = name_end(scan, index, trusted=False)
    if end is not None and end > second:
        # "Sofia Roe", "Jane London": the place that a part of the name is listed as must not win over the whole.
        trust = Trust.SURE if any(scan.type_at(at) is EntityType.PLACE for at in range(index, end)) else Trust.LIKELY
        yield scan.found(index, end, EntityType.PERSON, trust=trust)


def _family_name_first(scan: Scan, index: int) -> Iterator[Found]:
    """`Tanaka Hiroko`: an unknown word, then a given name that ends the run."""
    before = index - 1
    if before < 0 or not scan.tokens[before].capital or before in scan.at or is_common(scan.fold_at(before)):
        return
    if before > 0 and scan.tokens[before - 1].capital and not is_function_word(scan.fold_at(before - 1)):
        return
    yield scan.found(before, index + 1, EntityType.PERSON, trust=Trust.LIKELY)


def _is_given(scan: Scan, index: int) -> bool:
    text = scan.tokens[index].text
    return text in given_names() or (len(text) > 2 and text.isupper() and text.title() in given_names())
