"""Says which day, month or year the words of a date mean, and names it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from briefing.extraction.entities.calendar_words import MONTHS, SEASONS, WEEKDAYS, Reference, day_name, month_number
from briefing.extraction.entities.tense import Tense, tense_near

NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
NUMBERS |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
_STEPS = {"this": 0, "last": -1, "next": 1}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_HALF_A_YEAR = 6
_OTHER_END = re.compile(rf"\s?(?:to|through|until|till|[-–—])\s?(?:{'|'.join(WEEKDAYS)})\b")
_OTHER_BEGINNING = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\s?(?:to|through|until|till|[-–—])\s?$")
_LONGEST_BEGINNING = 20


class MonthDate(NamedTuple):
    """A month or a day of one, and what a stretch from there ends with. Zero stands for what is not written."""

    month: int
    day: int
    last_month: int
    last_day: int
    year: str
    """That of the end; "" where it is not known."""


def month_date(match: re.Match[str], reference: Reference | None) -> MonthDate | None:
    """What a date that names its month says; None for any other."""
    if match["month"]:
        last_month, last_day = match["last_month"] or match["through"], match["last"] or match["last_there"]
        year = match["year"] or match["month_year"] or match["through_year"]
        year = year or _year_meant(match["month_which"] or match["day_which"], reference)
        return _month_date(match["month"], match["day"], last_month, last_day, year)
    if match["month2"]:
        last_month, last_day = match["last_month2"], match["last2"] or match["last_there2"]
        return _month_date(match["month2"], match["day2"], last_month, last_day, match["year2"])
    return None


def _month_date(
    month: str, day: str | None, last_month: str | None, last_day: str | None, year: str | None
) -> MonthDate:
    last = month_number(last_month) if last_month else 0
    return MonthDate(month_number(month), _number(day), last, _number(last_day), year or "")


def _number(day: str | None) -> int:
    return int(day.rstrip("sthndr")) if day else 0


def name_of(match: re.Match[str], reference: Reference | None, year: str = "") -> str | None:
    """The name of the date that `match` found; None where it stays as it is written.

    `year` is that of a date without one, where a date beside it says so; else `reference` and the verb tell.
    """
    written = month_date(match, reference)
    if written:
        year = written.year or year or _year_inferred(written.last_month or written.month, match, reference)
        return _month_name(written, year)
    for rule in (_figures_name, _part_name, _which_name, _near_name, _weekday_name, _ago_name):
        name = rule(match, reference)
        if name:
            return name
    return None


def _month_name(written: MonthDate, year: str) -> str:
    name = MONTHS[written.month - 1] + (f" {written.day}" if written.day else "")
    if written.last_month:
        name += f"-{MONTHS[written.last_month - 1]}" + (f" {written.last_day}" if written.last_day else "")
    elif written.last_day:
        name += f"-{written.last_day}"
    if not year:
        return name
    return f"{name}, {year}" if written.day else f"{name} {year}"


def _year_meant(which: str | None, reference: Reference | None) -> str | None:
    """The year that "this year", "last year" or "next year" means."""
    if not which or not reference:
        return None
    return str(reference.year + _STEPS[which.split()[0].lower()])


def _year_inferred(month: int, match: re.Match[str], reference: Reference | None) -> str:
    """The year of a month that none is written with: by the verb near it, else the nearest one."""
    if not reference:
        return ""
    ahead = month - reference.month if reference.month else 0
    tense = tense_near(match.string, *match.span()) if ahead else Tense.UNKNOWN
    if ahead > 0 and (tense is Tense.PAST or (tense is Tense.UNKNOWN and ahead > _HALF_A_YEAR)):
        return str(reference.year - 1)
    if ahead < -_HALF_A_YEAR and tense is Tense.PLANNED:
        return str(reference.year + 1)
    return str(reference.year)


def _figures_name(match: re.Match[str], _: Reference | None) -> str | None:
    if match["iso"]:
        return day_name(date.fromisoformat(match["iso"])) if _exists(match["iso"]) else None
    if match["figures"]:
        return _day_in_figures(match["figures"])
    if match["season"]:
        return f"{match['season'].lower().replace('autumn', 'fall')} {match['season_year']}"
    if match["decade"]:
        return match["decade"][-5:]
    if match["until"]:
        return f"{match['from']}-{match['until']}"
    return match["from"]


def _day_in_figures(written: str) -> str | None:
    """`31.12.2025`, `17/03/2021`, `3/17/2021`; of `03/04/2021` nobody can tell which is the month."""
    first, second, year = (int(part) for part in re.split(r"[./]", written))
    orders = [(second, first), (first, second)] if "/" in written else [(second, first)]
    days = {f"{year}-{month:02}-{day:02}" for month, day in orders}
    known = sorted(day for day in days if _exists(day))
    return day_name(date.fromisoformat(known[0])) if len(known) == 1 else None


def _exists(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _part_name(match: re.Match[str], reference: Reference | None) -> str | None:
    """A quarter or half of a year ("Q3 2025", "H1 2025"), a fiscal year, a season or the end of a year not written."""
    if match["quarter"]:
        return f"{_part(match['quarter'].lower().split())} {match['quarter_year']}"
    if match["fiscal"]:
        year = match["fiscal_year"]
        return f"FY{year if len(year) > 2 else f'20{year}'}"
    if match["season_alone"]:
        season = match["season_alone"]
        year = _year_inferred(SEASONS[season], match, reference)
        return f"{season.replace('autumn', 'fall')} {year}" if year else None
    return str(reference.year) if match["year_end"] and reference else None


def _part(words: list[str]) -> str:
    if len(words) == 1:
        return words[0].upper()
    letter, count = ("Q", 4) if words[1] == "quarter" else ("H", 2)
    return f"{letter}{_QUARTERS.get(words[0], count)}"


def _which_name(match: re.Match[str], reference: Reference | None) -> str | None:
    if not match["which"] or not reference:
        return None
    step = _STEPS[match["which"].lower()]
    unit = match["unit"]
    if unit == "month" or unit in MONTHS:
        return _month_meant(unit, reference, step)
    if unit in WEEKDAYS and step and reference.date:
        return day_name(_weekday_away(reference.date, WEEKDAYS.index(unit), step))
    year = reference.year + step
    if unit.lower() in SEASONS:
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
    index = MONTHS.index(month) + 1
    # A month of this year that is past is the last of its name, one to come the next.
    other_year = reference.month >= index if step > 0 else reference.month <= index
    return f"{month} {reference.year + step * other_year}"


def _month_away(reference: Reference, months: int) -> str:
    """The month `months` after that of `reference`, in words."""
    count = reference.year * 12 + reference.month - 1 + months
    return f"{MONTHS[count % 12]} {count // 12}"


def _weekday_name(match: re.Match[str], reference: Reference | None) -> str | None:
    """The day that "on Tuesday" means: this one or the last, or the next where it is planned.

    "Tuesdays", "every Tuesday" and "from Tuesday to Friday" stay as they are written.
    """
    if not match["weekday"] or match["weekdays"] or not reference or not reference.date:
        return None
    text, (start, end) = match.string, match.span()
    before = text[max(0, start - _LONGEST_BEGINNING) : start]
    if re.search(r"\b(?:every|each)\s$", before) or _OTHER_BEGINNING.search(before) or _OTHER_END.match(text, end):
        return None
    weekday = WEEKDAYS.index(match["weekday"])
    if tense_near(text, start, end) is Tense.PLANNED:
        return day_name(_weekday_away(reference.date, weekday, 1))
    return day_name(reference.date - timedelta(days=(reference.date.weekday() - weekday) % 7))


def _weekday_away(day: date, weekday: int, step: int) -> date:
    """The last such weekday before `day` (`step` -1) or the first one after it (`step` 1)."""
    days = (weekday - day.weekday()) % 7 if step > 0 else (day.weekday() - weekday) % 7
    return day + step * timedelta(days=days or 7)


def _near_name(match: re.Match[str], reference: Reference | None) -> str | None:
    if not match["near"] or not reference or not reference.date:
        return None
    step = {"yesterday": -1, "tomorrow": 1}.get(match["near"].lower(), 0)
    return day_name(reference.date + timedelta(days=step))


def _ago_name(match: re.Match[str], reference: Reference | None) -> str | None:
    """The year, month, week or day that "three weeks ago" means, as far as `reference` is known."""
    if match["ago"] != "ago" or not reference:
        return None
    count = int(match["count"]) if match["count"].isdigit() else NUMBERS[match["count"]]
    unit = match["ago_unit"].rstrip("s")
    if unit in ("year", "decade"):
        years = count if unit == "year" else 10 * count
        return str(reference.year - years) if years < reference.year else None
    if unit == "month" and reference.month:
        return _month_away(reference, -count)
    if unit == "week" and reference.date:
        return _week_name(reference.date - timedelta(weeks=count))
    if unit == "day" and reference.date:
        return day_name(reference.date - timedelta(days=count))
    return None


def _week_name(day: date) -> str:
    return f"week of {day_name(day - timedelta(days=day.weekday()))}"
