"""Finds dates in words and figures, and says which day, month or year they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan\\.|Feb\\.|Mar\\.|Apr\\.|Jun\\.|Jul\\.|Aug\\.|Sept\\.|Sep\\.|Oct\\.|Nov\\.|Dec\\.|Sept|Jan|Feb|Aug|Oct|Nov|Dec"
)
_FULL_MONTHS = {month[:3].lower(): month for month in _MONTHS.split("|")[:12]}
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|[nr]d|th)?(?!\d|[.,]\d|%|:)"
_YEAR = r"(?:1[4-9]|20)\d\d(?!\d|[.,]\d|%|-[A-Z])"
_SEASON = "spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Fall|Winter"
_WEEKDAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NUMBERS |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
_COUNT = "|".join(_NUMBERS) + "|[1-9]\\d{0,2}"
_DASH = r"\s?(?:-|–|—|to)\s?"

_DATE = re.compile(
    r"(?:(?<![\w.,/$€£¥-])|(?<=[Mm]id-))(?:"
    # July 4, 1776; Sept. 11; March 15-17; May 21st; June 2021
    rf"(?P<month>{_MONTHS})(?:(?:\s+|(?<=\.))(?P<day>{_DAY})(?:{_DASH}(?:(?:{_MONTHS})\s+)?(?P<last>{_DAY}))?(?:,?\s+(?P<year>{_YEAR}))?"
    rf"|(?:\s+of)?,?\s+(?P<month_year>{_YEAR})|\s+(?P<month_which>(?:this|last|next)\s+year)|(?P<month_alone>(?!\w|\sDay)))"
    # 4 July 1776; the 4th of July
    rf"|(?P<day2>{_DAY})(?:{_DASH}{_DAY})?(?:\s+of)?\s+(?P<month2>{_MONTHS})(?:,?\s+(?P<year2>{_YEAR}))?(?!\w)"
    r"|(?P<iso>(?:1[4-9]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![\w-])"
    r"|(?P<figures>[0-3]?\d[./][0-3]?\d[./](?:1[4-9]|20)\d\d)(?![\w/])"
    rf"|(?P<season>{_SEASON})\s+(?:of\s+)?(?P<season_year>{_YEAR})"
    rf"|(?P<which>[Tt]his|[Ll]ast|[Nn]ext)\s+(?P<unit>year|month|week|weekend|{_SEASON}|{_WEEKDAY}|{_MONTHS})(?!\w)"
    r"|(?P<near>[Tt]oday|[Yy]esterday|[Tt]omorrow)(?!\w)"
    r"|(?P<decade>(?:the\s+)?(?:1[4-9]|20)\d0s)(?!\w)"
    rf"|(?P<count>{_COUNT})\s+(?P<ago_unit>years?|months?|weeks?|days?|decades?)\s+(?P<ago>ago|earlier|later)(?!\w)"
    rf"|(?P<weekday>{_WEEKDAY})s?(?!\w)"
    rf"|(?P<from>{_YEAR})(?:\s?[-–—]\s?(?P<until>(?:1[4-9]|20)\d\d|\d\d))?(?![\w%/]|-\w)"
    r")"
)
# "May" and "March" are months after one of these; a bare year after one is no number of things.
_BEFORE_DATE = re.compile(
    r"in|since|by|until|till|during|before|after|from|between|early|late|mid|through|circa|on|last|next|this|back"
    r"|spring|summer|fall|autumn|winter|years?|fiscal"
)
_COUNTED = re.compile(r"\s+(?:[a-z-]+\s+)?[a-z]+s\b")
_NOT_COUNTED = re.compile(
    r"\s+(?:was|is|has|as|its|his|this|us|always|perhaps|does|sanctions|towards|thus|plus|versus)\b"
)
_AMBIGUOUS_MONTHS = frozenset(("May", "March"))
_DATE_NAME = re.compile(
    r"(?:week of )?(?:(?P<month>[A-Z][a-z]+) (?:(?P<day>\d{1,2})(?:-\d{1,2})?, )?|(?:spring|summer|fall|winter) )?"
    r"(?P<year>[1-9]\d{3})(?:s|-\d{2,4})?"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text."""

    start: int
    """In characters."""
    end: int
    name: str
    """The date meant, as far as it is known: "May 29, 2026", "July 2024", "2021", else the words as written."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The day, month or year that a text speaks from. Zero stands for what is not known."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, written: str | None) -> Reference | None:
        """Reads "2021", "2021-03" or "2021-03-17", and longer forms that begin so; None for anything else."""
        match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)", written or "")
        if not match:
            return None
        year, month, day = (int(part or 0) for part in match.groups())
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            return None
        return cls(year, month, day)

    @property
    def date(self) -> date | None:
        """The day, where it is known to the day."""
        return date(self.year, self.month, self.day) if self.day else None


def names_part_of_date(word: str) -> bool:
    """Whether a word is the name of a month or a day of the week."""
    return word in _MONTHS.split("|")[:12] or word in _WEEKDAY.split("|")


def is_weekday(word: str) -> bool:
    """Whether a word is the name of a day of the week."""
    return word in _WEEKDAY.split("|")


def iso_of(name: str) -> str | None:
    """The date that the name of a date entity means, in ISO 8601 as far as it goes: "2026-05-29", "2024-07", "2021".

    A stretch of time is told by its beginning ("2021-2023", "week of May 4, 2026", "2020s"), a season by its year.
    None for what names no year, and for a day that no calendar has.
    """
    match = _DATE_NAME.fullmatch(name)
    if match is None:
        return None
    month = match["month"]
    if month is None:
        return match["year"]
    months = list(_FULL_MONTHS.values())
    if month not in months:
        return None
    number, day = months.index(month) + 1, match["day"]
    try:
        written = date(int(match["year"]), number, int(day or 1)).isoformat()
    except ValueError:
        return None
    return written if day else written[:7]


def find_dates(text: str, reference: Reference | None = None) -> Iterator[FoundDate]:
    """The dates of `text` in order, without overlap, their names made full with `reference`."""
    for match in _DATE.finditer(text):
        start, end = match.span()
        if match["decade"] and text.startswith("the", start):
            start = text.index(match["decade"][-5:], start)
        if _is_date(text, match):
            yield FoundDate(start, end, _name(match, reference) or " ".join(text[start:end].split()))


def _is_date(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()].split()
    word = before[-1].lower().strip('(“"') if before else ""
    if match["month_alone"] is not None:
        return match["month"] not in _AMBIGUOUS_MONTHS or bool(_BEFORE_DATE.fullmatch(word))
    if match["from"] and not match["until"]:
        if _BEFORE_DATE.fullmatch(word):
            return True
        following = text[match.end() : match.end() + 40]
        return not before or not _COUNTED.match(following) or bool(_NOT_COUNTED.match(following))
    return True


def _name(match: re.Match[str], reference: Reference | None) -> str | None:
    for rule in (_month_name, _day_first_name, _figures_name, _which_name, _near_name, _ago_name):
        name = rule(match, reference)
        if name:
            return name
    return None


def _full_month(written: str) -> str:
    return _FULL_MONTHS[written[:3].lower()]


def _bare(day: str) -> str:
    return day.rstrip("sthndr").lstrip("0")


def _month_name(match: re.Match[str], reference: Reference | None) -> str | None:
    if not match["month"]:
        return None
    month = _full_month(match["month"])
    year = match["year"] or match["month_year"] or _year_meant(match["month_which"], reference)
    if not year and reference:
        year = str(reference.year)
    if not match["day"]:
        return f"{month} {year}" if year else month
    days = _bare(match["day"])
    if match["last"]:
        days += f"-{_bare(match['last'])}"
    return f"{month} {days}, {year}" if year else f"{month} {days}"


def _year_meant(which: str | None, reference: Reference | None) -> str | None:
    """The year that "this year", "last year" or "next year" means."""
    if not which or not reference:
        return None
    return str(reference.year + {"this": 0, "last": -1, "next": 1}[which.split()[0].lower()])


def _day_first_name(match: re.Match[str], reference: Reference | None) -> str | None:
    if not match["day2"]:
        return None
    year = match["year2"] or (str(reference.year) if reference else "")
    name = f"{_full_month(match['month2'])} {_bare(match['day2'])}"
    return f"{name}, {year}" if year else name


def _figures_name(match: re.Match[str], _: Reference | None) -> str | None:
    if match["iso"]:
        return _day_name(date.fromisoformat(match["iso"])) if _exists(match["iso"]) else None
    if match["season"]:
        return f"{match['season'].lower().replace('autumn', 'fall')} {match['season_year']}"
    if match["decade"]:
        return match["decade"][-5:]
    if match["until"]:
        return f"{match['from']}-{match['until']}"
    return match["from"]


def _exists(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _day_name(day: date) -> str:
    return f"{list(_FULL_MONTHS.values())[day.month - 1]} {day.day}, {day.year}"


def _which_name(match: re.Match[str], reference: Reference | None) -> str | None:
    if not match["which"] or not reference:
        return None
    step = {"this": 0, "last": -1, "next": 1}[match["which"].lower()]
    unit = match["unit"]
    if unit == "month" or unit in _FULL_MONTHS.values():
        return _month_meant(unit, reference, step)
    if is_weekday(unit) and step and reference.date:
        return _day_name(_weekday_away(reference.date, _WEEKDAY.split("|").index(unit), step))
    year = reference.year + step
    if unit.lower() in _SEASON.split("|"):
        return f"{unit.lower().replace('autumn', 'fall')} {year}"
    if unit == "week":
        return _week_name(reference.date + timedelta(weeks=step)) if reference.date else None
    return str(year) if unit == "year" else None


def _month_meant(month: str, reference: Reference, step: int) -> str | None:
    """The month meant by "last month" or "last July" (`step` -1), "this July" or "next July"."""
    if not reference.month:
        return None
    if month == "month":
        return _month_away(reference, step)
    index = list(_FULL_MONTHS.values()).index(month) + 1
    # A month of this year that is past is the last of its name, one to come the next.
    other_year = reference.month >= index if step > 0 else reference.month <= index
    return f"{month} {reference.year + step * other_year}"


def _month_away(reference: Reference, months: int) -> str:
    """The month `months` after that of `reference`, in words."""
    count = reference.year * 12 + reference.month - 1 + months
    return f"{list(_FULL_MONTHS.values())[count % 12]} {count // 12}"


def _weekday_away(day: date, weekday: int, step: int) -> date:
    """The last such weekday before `day` (`step` -1) or the first one after it (`step` 1)."""
    days = (weekday - day.weekday()) % 7 if step > 0 else (day.weekday() - weekday) % 7
    return day + step * timedelta(days=days or 7)


def _near_name(match: re.Match[str], reference: Reference | None) -> str | None:
    if not match["near"] or not reference or not reference.date:
        return None
    step = {"yesterday": -1, "tomorrow": 1}.get(match["near"].lower(), 0)
    return _day_name(reference.date + timedelta(days=step))


def _ago_name(match: re.Match[str], reference: Reference | None) -> str | None:
    """The year, month, week or day that "three weeks ago" means, as far as `reference` is known."""
    if match["ago"] != "ago" or not reference:
        return None
    count = int(match["count"]) if match["count"].isdigit() else _NUMBERS[match["count"]]
    unit = match["ago_unit"].rstrip("s")
    if unit == "year":
        return str(reference.year - count) if count < reference.year else None
    if unit == "month" and reference.month:
        return _month_away(reference, -count)
    if unit == "week" and reference.date:
        return _week_name(reference.date - timedelta(weeks=count))
    if unit == "day" and reference.date:
        return _day_name(reference.date - timedelta(days=count))
    return None


def _week_name(day: date) -> str:
    return f"week of {_day_name(day - timedelta(days=day.weekday()))}"
