"""Types the names that no list and no rule knows, by all the places where a document puts them.

The contexts of one name are pooled over the whole document; the kind that wins at `_ENOUGH` with `_MARGIN` to the next
labels every occurrence of the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from briefing.extraction.entities.found import Found
from briefing.extraction.entities.lists import endings_of
from briefing.extraction.entities.names import Entry
from briefing.extraction.entities.scan import Scan
from briefing.extraction.entities.tokens import Token
from briefing.extraction.entities.vocabulary import cue, given_names, is_common, is_function_word
from briefing.model import EntityType

_ENOUGH = 1.0
_MARGIN = 0.3
_MOST_WORDS = 4
_INNER_CAPITAL = re.compile(r"[a-z]{3}[A-Z]")
_LONGEST_LISTING = 12
_LONGEST_APPOSITION = 6
_OPENS_APPOSITION = frozenset(("a", "an", "the", "his", "her", "its", "their", "former", "ex", "then", "head", "who"))
_ENDS_APPOSITION = frozenset((",", ".", ";", ":", "(", ")", "and", "or", "but", "said", "says", "who", "which", "that"))
_AFTER_PLACE = frozenset((",", ".", ";", ":", "(", ")", "and", "in", "on", "to", "after", "when", "where", "-", ""))
_BETWEEN_MEMBERS = (",", "and", "or")
_PLACE, _PERSON, _ORG = EntityType.PLACE, EntityType.PERSON, EntityType.ORG
_OWNERS = (_PLACE, _ORG, EntityType.DEMONYM)
_Scores = dict[EntityType, float]


def label_unknown(scans: Sequence[Scan], found: Sequence[Sequence[Found]]) -> list[Entry]:
    """An entry for every unknown capitalised name of a document that its contexts type; `found` is by passage."""
    pooled: dict[str, _Scores] = {}
    small = _written_small(scans)
    for scan, names in zip(scans, found, strict=True):
        known = _types_by_token(scan, names)
        for first, stop in _unknown(scan, known):
            if stop - first == 1 and scan.tokens[first].fold in small:
                continue
            name = scan.passage.text[scan.tokens[first].start : scan.tokens[stop - 1].end]
            if name not in pooled:
                # What the name looks like is said once, however often it stands there.
                pooled[name] = dict.fromkeys((_PLACE, _PERSON, _ORG), 0.0)
                _weigh_form(scan, first, stop, pooled[name])
            _weigh(scan, first, stop, known, pooled[name])
    _share_surnames(pooled)
    return [Entry(type, "", name) for name, scores in pooled.items() if (type := _winner(scores))]


def _share_surnames(pooled: dict[str, _Scores]) -> None:
    """What a surname alone has shown counts for the full name too, and the other way round."""
    for name in [name for name in pooled if " " in name]:
        surname = name.rsplit(" ", 1)[1]
        alone = pooled.get(surname)
        if alone is None:
            if _winner(pooled[name]) is _PERSON:
                pooled[surname] = {**dict.fromkeys((_PLACE, _ORG), 0.0), _PERSON: _ENOUGH}
            continue
        together = {type: pooled[name][type] + alone[type] for type in alone}
        if _winner(together) is _PERSON:
            pooled[name] = pooled[surname] = together


def _written_small(scans: Iterable[Scan]) -> set[str]:
    """The words that the document also writes without a capital: they are words."""
    return {token.text for scan in scans for token in scan.tokens if token.text.islower()}


def _winner(scores: _Scores) -> EntityType | None:
    (best, most), (_, next_most), *_ = sorted(scores.items(), key=lambda item: -item[1])
    return best if most >= _ENOUGH and most - next_most >= _MARGIN else None


def _types_by_token(scan: Scan, names: Iterable[Found]) -> dict[int, EntityType | None]:
    """The type of the name found at each token."""
    types: dict[int, EntityType | None] = {}
    index = 0
    for found in names:
        while index < len(scan.tokens) and scan.tokens[index].end <= found.start:
            index += 1
        at = index
        while at < len(scan.tokens) and scan.tokens[at].start < found.end:
            types[at] = found.type
            at += 1
    return types


def _unknown(scan: Scan, known: dict[int, EntityType | None]) -> Iterator[tuple[int, int]]:
    """Token ranges of the capitalised words that nothing has claimed and that are no everyday words."""
    for first, stop in scan.runs:
        begin = first
        for index in range(first, stop + 1):
            if index < stop and index not in known and index not in scan.at:
                continue
            yield from _worth_weighing(scan, begin, index)
            begin = index + 1


def _worth_weighing(scan: Scan, first: int, stop: int) -> Iterator[tuple[int, int]]:
    tokens = scan.tokens
    while first < stop and (not tokens[first].capital or _is_only_a_word(scan, first, stop)):
        first += 1
    while stop > first and not tokens[stop - 1].capital:
        stop -= 1
    if not 0 < stop - first <= _MOST_WORDS or len(tokens[first].text) == 1 or scan.fold_at(first - 1)[-1:].isdigit():
        return
    if not all(is_common(token.fold) for token in tokens[first:stop]) and not any(map(_is_code, tokens[first:stop])):
        yield _with_article(scan, first), stop


def _with_article(scan: Scan, first: int) -> int:
    """`al-Zawahiri`, `el Obeid`: where the name begins with the article written small before it."""
    tied = scan.fold_at(first - 1) == "-" and scan.tokens[first - 1].end == scan.tokens[first].start
    article = first - 2 if tied else first - 1
    articles = cue("person", "tied_articles" if tied else "articles")
    return article if article >= 0 and scan.tokens[article].text in articles else first


def _is_code(token: Token) -> bool:
    """Whether it has a capital after a small letter, as names in programs do."""
    return not token.text.isupper() and _INNER_CAPITAL.search(token.text) is not None


def _is_only_a_word(scan: Scan, first: int, stop: int) -> bool:
    token = scan.tokens[first]
    if token.fold in cue("person", "titles") or is_function_word(token.fold):
        return True
    return is_common(token.fold) and (token.opens or stop - first == 1)


def _weigh(scan: Scan, first: int, stop: int, known: dict[int, EntityType | None], scores: _Scores) -> None:
    """Adds what one occurrence says for each type."""
    _weigh_before(scan, first, scores)
    _weigh_after(scan, stop, known, scores)
    _weigh_neighbours(scan, first, stop, known, scores)


def _weigh_before(scan: Scan, first: int, scores: _Scores) -> None:
    before = scan.fold_at(first - 1)
    if before in _BETWEEN_MEMBERS:
        before = _before_listing(scan, first - 1)
    if before == "in" and scan.fold_at(first - 2) in cue("organisation", "published"):
        scores[_ORG] += 1.0
    elif scan.fold_at(first - 2) == "according":
        scores[_PERSON] += 0.4
        scores[_ORG] += 0.4
    elif before == "by":
        scores[_PERSON] += 1.0 if scan.fold_at(first - 2) in cue("person", "bylines") else 0.5
    elif before in cue("organisation", "kinds"):
        scores[_ORG] += 0.9
    elif placed := _weight_of_place(before, scan.fold_at(first - 2)):
        scores[_PLACE] += placed
    elif before == "the":
        scores[_ORG] += 0.5
        scores[_PERSON] -= 0.6
        scores[_PLACE] -= 0.2
    elif before in cue("person", "speech"):
        scores[_PERSON] += 0.5


def _weight_of_place(before: str, further: str) -> float:
    """What the two words before a name say for a place: "near", "town of", "to"."""
    if before in cue("place", "strong_before") or (before == "of" and further in cue("place", "kinds")):
        return 1.0
    return 0.4 if before in cue("place", "before") else 0.0


def _before_listing(scan: Scan, index: int) -> str:
    """The word before the listing that ends at a comma or conjunction: "near" of "near Foo and Bar"."""
    first = max(0, index - _LONGEST_LISTING)
    while index > first and (scan.tokens[index].capital or scan.tokens[index].fold in _BETWEEN_MEMBERS):
        index -= 1
    return scan.fold_at(index)


def _weigh_after(scan: Scan, stop: int, known: dict[int, EntityType | None], scores: _Scores) -> None:
    after = scan.fold_at(stop)
    if after in cue("person", "speech"):
        scores[_PERSON] += 1.0
        scores[_ORG] += 0.4
    elif after in cue("organisation", "after") or after in cue("organisation", "kinds"):
        scores[_ORG] += 0.7
    elif after in cue("place", "after") or after in cue("place", "kinds"):
        scores[_PLACE] += 1.0
    elif after == "in" and _PLACE in (known.get(stop + 1), known.get(stop + 2)):
        scores[_PLACE] += 0.4
    elif after == ",":
        _weigh_apposition(scan, stop + 1, known, scores)
    if after in ("of", "from") and _ORG in (known.get(stop + 1), known.get(stop + 2)):
        scores[_PERSON] += 0.6
    following = scan.fold_at(stop + 1)
    if after == "," and following.isdigit() and len(following) == 2:
        scores[_PERSON] += 1.0
    if after in cue("person", "pronoun_verbs") or (after == "," and following in cue("person", "pronoun_verbs")):
        scores[_PERSON] += 0.7


def _weigh_apposition(scan: Scan, first: int, known: dict[int, EntityType | None], scores: _Scores) -> None:
    """What follows a comma after the name: `, a retired general`, `, a town near …`, `, Country's foreign minister`."""
    index = first
    while known.get(index) in _OWNERS:
        index += 1
    owned = index > first and scan.fold_at(index) in ("'s", "'")
    if _PLACE in (known.get(first), known.get(first + 1)) and not owned and scan.fold_at(index) in _AFTER_PLACE:
        scores[_PLACE] += 0.8
        return
    if not (owned or index > first or scan.fold_at(first) in _OPENS_APPOSITION or _is_role(scan.fold_at(first))):
        return
    for at in range(index, min(len(scan.tokens), index + _LONGEST_APPOSITION)):
        word = scan.fold_at(at)
        if word in _ENDS_APPOSITION:
            return
        if scan.fold_at(at + 1) in ("'s", "'"):
            continue
        kind = _PERSON if _is_role(word) else next((type for type, kinds in _kinds() if word in kinds), None)
        if kind:
            # "near Foo, Defence Minister Jane Roe said": the office is somebody else's.
            scores[kind] += 0.0 if at + 1 < len(scan.tokens) and scan.tokens[at + 1].capital else 1.0
            return


def _is_role(word: str) -> bool:
    return word in cue("person", "roles") or word in cue("person", "titles")


def _kinds() -> tuple[tuple[EntityType, frozenset[str]], ...]:
    return (_ORG, cue("organisation", "kinds")), (_PLACE, cue("place", "kinds"))


def _weigh_neighbours(scan: Scan, first: int, stop: int, known: dict[int, EntityType | None], scores: _Scores) -> None:
    """The other members of a listing are mostly of the same type."""
    for link, neighbour in ((first - 1, first - 2), (stop, stop + 1)):
        type = known.get(neighbour)
        if scan.fold_at(link) in ("and", "or", ",") and type in scores:
            scores[type] += 0.45


def _weigh_form(scan: Scan, first: int, stop: int, scores: _Scores) -> None:
    tokens = scan.tokens[first:stop]
    last = tokens[-1]
    if len(tokens) == 1 and last.shouted and 2 <= len(last.text) <= 6:
        scores[_ORG] += 0.9
        return
    if any(token.text in given_names() for token in tokens):
        scores[_PERSON] += 0.5
    if len(last.fold) > 5 and last.fold.endswith(endings_of("cues.toml", "person", "surname_endings")):
        scores[_PERSON] += 0.6
    if last.fold.endswith(endings_of("cues.toml", "place", "endings")) and len(last.fold) > 5:
        scores[_PLACE] += 0.5
    if last.fold.endswith(endings_of("cues.toml", "organisation", "endings")) and len(last.fold) > 6:
        scores[_ORG] += 0.4
    if len(tokens) == 1 or any(is_common(token.fold) for token in tokens):
        return
    scores[_ORG if scan.fold_at(first - 1) == "the" else _PERSON] += 0.5
