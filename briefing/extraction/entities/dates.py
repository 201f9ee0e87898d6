"""Finds dates in words and figures, and reads the names of dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.extraction.entities.calendar_words import MONTHS, SEASONS, WEEKDAYS, Reference
from briefing.extraction.entities.date_names import NUMBERS, month_date, name_of

__all__ = ["FoundDate", "Reference", "find_dates", "is_weekday", "iso_of", "names_part_of_date"]

_MONTHS = "|".join(MONTHS) + (
    "|Jan\\.|Feb\\.|Mar\\.|Apr\\.|Jun\\.|Jul\\.|Aug\\.|Sept\\.|Sep\\.|Oct\\.|Nov\\.|Dec\\.|Sept|Jan|Feb|Aug|Oct|Nov|Dec"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|[nr]d|th)?(?!\d|[.,]\d|%|:)"
_YEAR = r"(?:1[4-9]|20)\d\d(?!\d|[.,]\d|%|-[A-Z])"
_SEASON = "|".join([*SEASONS, *(season.title() for season in SEASONS)])
_WEEKDAY = "|".join(WEEKDAYS)
_COUNT = "|".join(NUMBERS) + "|[1-9]\\d{0,2}"
_WHICH_YEAR = r"(?:this|last|next)\s+year"
_TIGHT_DASH = r"\s?[-–—]\s?"
# "between May 3 and 5", but "May 3 to 5".
_TO = r"(?(between)\s+and\s+|\s?(?:-|–|—|to)\s?)"
# What follows a word that names no other thing beside it: "in the spring, …", not "in the spring offensive".
_ALONE = (
    r"(?=\s*(?:[.,;:!?)”\"]|$)|\s+(?:and|or|but|when|as|after|before|to|if|with|by|because|while|is|was|were|will|would"
    r"|the|they|it|he|she|we|that|which|at|on|in|for|from|has|had|have)\b)"
)

# What a date can begin with. It is asked first, since most words are none of these.
_BEGINS = (
    r"\b(?=\d|[ADFHJLMNOQSTWY]|an?\s|the\s|this\s|last\s|next\s|q[1-4]|first|second|third|fourth|f(?:isc|inanci)al"
    r"|spring|summer|autumn|fall|winter|today|tomorrow|yester|year|end\s|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve)"
)

_DATE = re.compile(
    rf"{_BEGINS}"
    r"(?:(?<![\w.,/$€£¥-])|(?<=[Mm]id-))(?:(?<=[Bb]etween\s)(?P<between>))?(?:"
    # July 4, 1776; Sept. 11; March 15-17; March 30-April 2; May 21st; June 2021; May-July 2019
    rf"(?P<month>{_MONTHS})(?:(?:\s+|(?<=\.))(?P<day>{_DAY})"
    rf"(?:{_TIGHT_DASH}(?P<last_month>{_MONTHS})\s+(?P<last_there>{_DAY})|{_TO}(?P<last>{_DAY}))?"
    rf"(?:,?\s+(?:(?P<year>{_YEAR})|(?:of\s+)?(?P<day_which>{_WHICH_YEAR})))?"
    rf"|{_TIGHT_DASH}(?P<through>{_MONTHS})(?:,?\s+(?P<through_year>{_YEAR}))?(?![\w-]|\s\d)"
    rf"|(?:\s+of)?,?\s+(?P<month_year>{_YEAR})|(?:\s+of)?\s+(?P<month_which>{_WHICH_YEAR})"
    r"|(?P<month_alone>(?!\w|\sDay|-[A-Z])))"
    # 4 July 1776; 4-6 July 2020; 30 March-2 April; the 4th of July
    rf"|(?P<day2>{_DAY})(?:{_TO}(?P<last2>{_DAY}))?(?:\s+of)?\s+(?P<month2>{_MONTHS})"
    rf"(?:{_TIGHT_DASH}(?P<last_there2>{_DAY})\s+(?P<last_month2>{_MONTHS}))?(?:,?\s+(?P<year2>{_YEAR}))?(?!\w)"
    r"|(?P<iso>(?:1[4-9]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![\w-])"
    r"|(?P<figures>[0-3]?\d[./][0-3]?\d[./](?:1[4-9]|20)\d\d)(?![\w/])"
    r"|(?P<quarter>[Qq][1-4]|H[12]|(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast)\s+quarter"
    rf"|(?:[Ff]irst|[Ss]econd|[Ll]ast)\s+half),?\s+(?:of\s+)?(?P<quarter_year>{_YEAR})"
    rf"|(?P<fiscal>FY\s?(?=\d)|(?:[Ff]iscal|[Ff]inancial)\s+(?:[Yy]ear\s+)?(?={_YEAR}|20\d\d-))"
    rf"(?P<fiscal_year>(?:1[4-9]|20)?\d\d)(?:[-–/](?:20)?\d\d)?(?![\w-])"
    rf"|(?P<season>{_SEASON})\s+(?:of\s+)?(?P<season_year>{_YEAR})"
    rf"|(?P<which>[Tt]his|[Ll]ast|[Nn]ext)\s+(?P<unit>year|month|week|weekend|{_SEASON}|{_WEEKDAY}|{_MONTHS})(?!\w)"
    rf"|(?P<season_alone>{'|'.join(SEASONS)})(?!\w){_ALONE}"
    rf"|(?P<year_end>year-end|year['’]s\s+end|end\s+of\s+the\s+year)(?!\w){_ALONE}"
    r"|(?P<near>[Tt]oday|[Yy]esterday|[Tt]omorrow)(?!\w)"
    r"|(?P<decade>(?:the\s+)?(?:1[4-9]|20)\d0s)(?!\w)"
    rf"|(?P<count>{_COUNT})\s+(?P<ago_unit>years?|months?|weeks?|days?|decades?)\s+(?P<ago>ago|earlier|later)(?!\w)"
    rf"|(?P<weekday>{_WEEKDAY})(?P<weekdays>s?)(?!\w)"
    rf"|(?P<from>{_YEAR})(?:\s?[-–—]\s?(?P<until>(?:1[4-9]|20)\d\d|\d\d))?(?![\w%/]|-\w)"
    r")"
)
# "May" and "March" are months after one of these; a bare year after one is no number of things.
_BEFORE_DATE = re.compile(
    r"in|since|by|until|till|during|before|after|from|between|early|late|mid|through|circa|on|last|next|this|back"
    r"|spring|summer|fall|autumn|winter|years?|fiscal"
)
_END_OF = re.compile(r"\b(?:end|beginning|start|middle|half|month)\s+of\s+$")
_BEFORE_SEASON = re.compile(
    r"\b(?:(?:in|by|during|over|through|for|until)\s+the|early|late|mid)[\s-](?:early\s|late\s)?$"
)
_BEFORE_YEAR_END = re.compile(r"\b(?:by|at|before|until|till|through|toward|towards)\s+(?:the\s+)?$")
_LONGEST_BEFORE = 24
_COUNTED = re.compile(r"\s+(?:[a-z-]+\s+)?[a-z]+s\b")
_NOT_COUNTED = re.compile(
    r"\s+(?:was|is|has|as|its|his|this|us|always|perhaps|does|sanctions|towards|thus|plus|versus)\b"
)
_AMBIGUOUS_MONTHS = frozenset(("May", "March"))
# Between two dates of which only the second has a year, or only the first.
_SAME_YEAR = re.compile(r",?\s+(?:to|through|until|till|and|or)\s+(?:(?:on|in|from)\s+)?|\s?[-–—]\s?|,\s+")
_UP_TO = re.compile(r"\s+(?:to|through|until|till)\s+|\s?[-–—]\s?")
_DATE_NAME = re.compile(
    r"(?:week of )?(?P<month>[A-Z][a-z]+)"
    r"(?: (?P<day>\d{1,2})(?:-(?:(?P<last_month>[A-Z][a-z]+) )?\d{1,2})?,|-(?P<through>[A-Z][a-z]+))? (?P<year>\d{4})"
    r"|(?:(?:spring|summer|fall|winter|Q[1-4]|H[12]) |FY|\d{1,2}/\d{1,2}/)?(?P<alone>[1-9]\d{3})(?:s|-\d{2,4})?"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text."""

    start: int
    """In characters."""
    end: int
    name: str
    """The date meant, as far as it is known: "May 29, 2026", "July 2024", "2021", else the words as written."""


def names_part_of_date(word: str) -> bool:
    """Whether a word is the name of a month or a day of the week."""
    return word in MONTHS or word in WEEKDAYS


def is_weekday(word: str) -> bool:
    """Whether a word is the name of a day of the week."""
    return word in WEEKDAYS


def iso_of(name: str) -> str | None:
    """The date that the name of a date entity means, in ISO 8601 as far as it goes: "2026-05-29", "2024-07", "2021".

    A stretch of time is told by its beginning ("2021-2023", "week of May 4, 2026", "2020s", "March 30-April 2, 2022"),
    a season, a quarter, a half and a fiscal year by its year, and so is a day in figures that may be read in two ways.
    None for what names no year, and for a day that no calendar has.
    """
    match = _DATE_NAME.fullmatch(name)
    if match is None:
        return None
    if match["month"] is None:
        return match["alone"]
    names = [match["month"], match["last_month"] or match["through"] or match["month"]]
    if not all(month in MONTHS for month in names):
        return None
    first, last = (MONTHS.index(month) + 1 for month in names)
    day = match["day"]
    try:
        written = date(int(match["year"]) - (last < first), first, int(day or 1)).isoformat()
    except ValueError:
        return None
    return written if day else written[:7]


def find_dates(text: str, reference: Reference | None = None) -> Iterator[FoundDate]:
    """The dates of `text` in order, without overlap, their names made full with `reference`."""
    matches = [match for match in _DATE.finditer(text) if _is_date(text, match)]
    for match, year in zip(matches, _shared_years(text, matches, reference), strict=True):
        start, end = match.span()
        if match["decade"] and text.startswith("the", start):
            start = text.index(match["decade"][-5:], start)
        yield FoundDate(start, end, name_of(match, reference, year) or " ".join(text[start:end].split()))


def _shared_years(text: str, matches: Sequence[re.Match[str]], reference: Reference | None) -> list[str]:
    """The year of each date that names its month, from the date beside it if need be: "from May to July 2019".

    "" where none is written.
    """
    dates = [month_date(match, reference) for match in matches]
    years = [date.year if date else "" for date in dates]
    places = range(len(matches) - 1)
    for link, order in ((_SAME_YEAR, reversed(places)), (_UP_TO, iter(places))):
        for place in order:
            left, right = dates[place], dates[place + 1]
            if left is None or right is None or bool(years[place]) == bool(years[place + 1]):
                continue
            if not link.fullmatch(text, matches[place].end(), matches[place + 1].start()):
                continue
            turns = left.month > right.month
            if years[place + 1] and link is _SAME_YEAR:
                years[place] = str(int(years[place + 1]) - turns)
            elif years[place] and link is _UP_TO:
                years[place + 1] = str(int(years[place]) + turns)
    return years


def _is_date(text: str, match: re.Match[str]) -> bool:
    year_alone = match["from"] and not match["until"]
    if not year_alone and match["month_alone"] is None and not match["season_alone"] and not match["year_end"]:
        return True
    before = text[max(0, match.start() - _LONGEST_BEFORE) : match.start()]
    words = before.split()
    word = words[-1].lower().strip('(“"') if words else ""
    if match["month_alone"] is not None:
        known = match["month"] not in _AMBIGUOUS_MONTHS or _BEFORE_DATE.fullmatch(word)
        return bool(known or _END_OF.search(before))
    if match["season_alone"]:
        return bool(_BEFORE_SEASON.search(before))
    if match["year_end"]:
        return bool(_BEFORE_YEAR_END.search(before))
    if _BEFORE_DATE.fullmatch(word):
        return True
    following = text[match.end() : match.end() + 40]
    return not words or not _COUNTED.match(following) or bool(_NOT_COUNTED.match(following))
