"""Names told by their phrase: quoted exercises, "war in …", "its constitution", "Article 9", "North and South …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.extraction.entities.dates import names_part_of_date
from briefing.extraction.entities.found import Found
from briefing.extraction.entities.names import NameIndex, country_names
from briefing.extraction.entities.scan import Listed, Scan
from briefing.extraction.entities.tokens import fold
from briefing.extraction.entities.vocabulary import cue, is_common, is_function_word
from briefing.model import EntityType

_QUOTED = re.compile(r"[“\"‘«„]([^\W\d_][^“”\"‘«»„\n]{1,60}?)[”\"’»]")
_ARTICLE = re.compile(r"\bArticles?\s(?:\d{1,4}|[IVXLC]{1,7})(?:\(\d{1,2}\))?(?!\w)")
_OF_LAW = re.compile(r"\s+of\s+(?:the\s+)?")
_EDITION = re.compile(r"(?:-| |’|')(?P<year>(?:19|20)\d\d[A-Z]?|\d\d)(?![\w%-]|\.\d|\s?(?:percent|soldiers|troops))")
_EDITION_AT_END = re.compile(r"(?:-| |’|')(?:(?:19|20)\d\d[A-Z]?|\d\d)$")
_LONGEST_EXERCISE = 3
_TWO_PLUS_TWO = re.compile(r"\b2\+2 (?:[a-z]+ ){0,3}(?:dialogue|meeting|talks|consultations)\b")
_OWNED = frozenset(("'s", "'", "its", "their", "our"))
_NEAR = 40


def phrases_of(scan: Scan, index: NameIndex) -> Iterator[Found]:
    """Every name that the passage's phrases tell; `index` is asked for the full names behind shortened ones."""
    yield from _quoted(scan)
    yield from _wars_in(scan, index)
    yield from _constitutions(scan)
    yield from _articles(scan)
    if "2+2 " in scan.passage.text:
        for meeting in _TWO_PLUS_TWO.finditer(scan.passage.text):
            yield Found(*meeting.span(), EntityType.EVENT)
    yield from _editions(scan)
    yield from _exercises(scan)
    yield from _states(scan)
    yield from _trust_funds(scan)
    yield from _coordinated(scan, index)


def _quoted(scan: Scan) -> Iterator[Found]:
    """A short name in quotation marks beside "exercise", "company" or the word for a ship or a weapon."""
    text = scan.passage.text
    after_event = False
    for match in _QUOTED.finditer(text):
        name = match[1].rstrip(" ,.")
        if len(name.split()) > 4:
            continue
        before = re.findall(r"[\w-]+", text[max(0, match.start() - 2 * _NEAR) : match.start()].lower())
        after = re.findall(r"[\w-]+", text[match.end() : match.end() + _NEAR].lower())[:3]
        if after_event and before[-1:] == ["and"] and name[0].isupper():
            type: EntityType | None = EntityType.EVENT
        else:
            type = _quoted_type(before, after, capital=name[0].isupper())
        after_event = type is EntityType.EVENT
        if type:
            yield Found(match.start(1), match.start(1) + len(name), type)


def _quoted_type(before: list[str], after: list[str], *, capital: bool) -> EntityType | None:
    last, next_word = before[-1] if before else "", after[0] if after else ""
    near = cue("quoted", "near")
    if last in near or near & set(after):
        return EntityType.EVENT
    if not capital:
        return None
    if last in cue("quoted", "introducing") and near & set(before):
        return EntityType.EVENT
    if last in cue("quoted", "companies"):
        return EntityType.ORG
    arms = cue("quoted", "arms")
    return EntityType.EQUIPMENT if last in arms or next_word in arms else None


def _wars_in(scan: Scan, index: NameIndex) -> Iterator[Found]:
    """`war in Ruritania`: a war by the country it is fought in."""
    for listed in scan.listed:
        if listed.entry.type is not EntityType.PLACE or scan.fold_at(listed.first - 1) != "in":
            continue
        war = listed.first - 2
        if scan.fold_at(war) != "war":
            continue
        begin = war - 1 if scan.fold_at(war - 1) == "civil" else war
        name = f"war in {listed.entry.name}"
        known = index.find(name)
        yield scan.found(begin, listed.stop, EntityType.EVENT, known.name if known else name)


def _constitutions(scan: Scan) -> Iterator[Found]:
    """`its constitution`: a state's own, written small or not."""
    if scan.passage.title_case:
        return
    for position in [number for number, word in enumerate(scan.folds) if word == "constitution"]:
        if scan.tokens[position].shouted:
            continue
        before = {scan.fold_at(position - back) for back in (1, 2, 3, 4)}
        if scan.fold_at(position - 1) == "the" or before & _OWNED or scan.type_at(position - 1) is EntityType.DEMONYM:
            yield scan.found(position, position + 1, EntityType.LAW)


def _articles(scan: Scan) -> Iterator[Found]:
    """`Article 5 of the Arms Trade Treaty`, the listed law that it is of taken in."""
    text = scan.passage.text
    if "Article" not in text:
        return
    laws = {
        scan.tokens[listed.first].start: scan.tokens[listed.stop - 1].end
        for listed in scan.listed
        if listed.entry.type is EntityType.LAW
    }
    for match in _ARTICLE.finditer(text):
        end = match.end()
        of = _OF_LAW.match(text, end)
        yield Found(match.start(), laws.get(of.end(), end) if of else end, EntityType.LAW)


def _editions(scan: Scan) -> Iterator[Found]:
    """`Zapad-2021`, `Keen Sword 23`: an exercise and the year it was held are one edition of it."""
    for listed in scan.listed:
        form = listed.entry.form
        if listed.entry.type is not EntityType.EVENT or is_common(fold(form)):
            continue
        edition = None if _is_war(listed) else _edition(scan, listed.first, listed.stop, listed.entry.name)
        if edition:
            yield edition


def _edition(scan: Scan, first: int, stop: int, name: str) -> Found | None:
    """The exercise `name`, tokens `first` to before `stop`, with the year that follows; None where no year does."""
    start, end = scan.tokens[first].start, scan.tokens[stop - 1].end
    edition = _EDITION.match(scan.passage.text, end)
    if edition is None:
        return None
    year = edition["year"]
    return Found(start, edition.end(), EntityType.EVENT, f"{name}-{year if len(year) > 2 else f'20{year}'}")


def base_of_edition(text: str) -> str:
    """The exercise that `text` names an edition of: "Zapad" of "Zapad-2021"; `text` itself where no year ends it."""
    edition = _EDITION_AT_END.search(text)
    return text[: edition.start()] if edition else text


def _exercises(scan: Scan) -> Iterator[Found]:
    """`the multinational exercise Iron Wolf 2019`: an unlisted name after the word, which is written small."""
    for first, stop in scan.runs:
        if scan.fold_at(first - 1) not in cue("quoted", "singular") or scan.tokens[first - 1].capital:
            continue
        end = first
        while end < min(stop, first + _LONGEST_EXERCISE) and _may_name_exercise(scan, end):
            end += 1
        if end > first:
            text = scan.passage.text[scan.tokens[first].start : scan.tokens[end - 1].end]
            yield _edition(scan, first, end, text) or scan.found(first, end, EntityType.EVENT)


def _may_name_exercise(scan: Scan, index: int) -> bool:
    token = scan.tokens[index]
    if index in scan.at or names_part_of_date(token.text) or token.fold in cue("person", "titles"):
        return False
    return token.capital and not token.shouted and not is_function_word(token.fold)


def _trust_funds(scan: Scan) -> Iterator[Found]:
    """`trust fund for Ruritania`: a programme by the country it is for, written small."""
    for listed in scan.listed:
        fund = listed.first - 3 if scan.fold_at(listed.first - 1) == "the" else listed.first - 2
        words = [scan.fold_at(index) for index in range(fund - 1, fund + 2)]
        if listed.entry.type is EntityType.PLACE and words == ["trust", "fund", "for"]:
            yield scan.found(fund - 1, listed.stop, EntityType.PROGRAMME)


def _states(scan: Scan) -> Iterator[Found]:
    """`Federal Republic of Ruritania`: a state's long name, which no list need hold."""
    for listed in scan.listed:
        of = listed.first - 2 if scan.fold_at(listed.first - 1) == "the" else listed.first - 1
        head = of - 1
        if listed.entry.name not in country_names() or scan.fold_at(of) != "of":
            continue
        if scan.fold_at(head) not in cue("place", "states") or scan.fold_at(head - 1) == "of":
            continue
        begin = head
        while scan.fold_at(begin - 1) in cue("place", "state_adjectives") and scan.tokens[begin - 1].capital:
            begin -= 1
        if scan.tokens[head].capital:
            yield scan.found(begin, listed.stop, EntityType.PLACE, listed.entry.name)


def _is_war(listed: Listed) -> bool:
    return any(word in listed.entry.form.lower() for word in ("war", "revolution", "9/11", "september"))


def _coordinated(scan: Scan, index: NameIndex) -> Iterator[Found]:
    """`Atlantic and Indian Oceans`: two names that share their last words."""
    tokens = scan.tokens
    for conjunction in [number for number, word in enumerate(scan.folds[:-2]) if word == "and"]:
        if not (conjunction and tokens[conjunction - 1].capital and tokens[conjunction + 1].capital):
            continue
        stop = conjunction + 2
        while stop < min(len(tokens), conjunction + 7) and (
            tokens[stop].capital or tokens[stop].text in ("-", "'s", "’s")
        ):
            stop += 1
        ends = [stop + 1] if stop < len(tokens) and tokens[stop].fold in _SMALL_PLURALS else []
        yield from _shared_ending(scan, index, conjunction, [*ends, *range(stop, conjunction + 2, -1)])


_SMALL_PLURALS = frozenset(
    ("oceans", "seas", "straits", "islands", "peninsulas", "regions", "provinces", "oblasts", "prefectures")
)


def _shared_ending(scan: Scan, index: NameIndex, conjunction: int, ends: list[int]) -> Iterator[Found]:
    first, second = conjunction - 1, conjunction + 1
    left = scan.tokens[first].fold
    right = [token.fold for token in scan.tokens[second : ends[0]]] if ends else []
    for end in ends:
        words = right[: end - second]
        whole = _entry(index, words)
        if whole is None:
            continue
        for shared in range(1, len(words)):
            part = _entry(index, [left, *words[shared:]])
            if part and part[0] is whole[0]:
                yield scan.found(first, conjunction, *part)
                yield scan.found(second, end, *whole)
                return


def _entry(index: NameIndex, words: list[str]) -> tuple[EntityType, str] | None:
    """Type and name listed for folded words, the last one taken in the singular if need be."""
    singular = words[-1][:-3] + "y" if words[-1].endswith("ies") else words[-1].removesuffix("s")
    for last in (words[-1], singular):
        entry = index.entries.get(" ".join([*words[:-1], last]))
        if entry and entry.type:
            return entry.type, entry.name
    return None
