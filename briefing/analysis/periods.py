"""Stretches of time, as far as words tell them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.extraction.entities.dates import Reference, iso_of

# Of the northern half of the earth. A winter is that of the year's beginning or of its end: nobody can tell which.
_PARTS = {"spring": ("-03", "-05"), "summer": ("-06", "-08"), "fall": ("-09", "-11")}
_PARTS |= {"Q1": ("-01", "-03"), "Q2": ("-04", "-06"), "Q3": ("-07", "-09"), "Q4": ("-10", "-12")}
_PARTS |= {"H1": ("-01", "-06"), "H2": ("-07", "-12")}
_STRETCH = re.compile(
    r"(?P<part>spring|summer|fall|winter|Q[1-4]|H[12]) \d{4}"
    r"|(?P<decade>\d{4})s"
    r"|(?P<year>\d{4})-(?P<last_year>\d{4}|\d\d)"
    r"|[A-Z][a-z]+ \d{1,2}-(?P<last_day>\d{1,2}), \d{4}"
    r"|[A-Z][a-z]+(?: \d{1,2})?-(?P<end>[A-Z][a-z]+(?: \d{1,2},)? \d{4})"
    r"|(?P<week>week of) [A-Z][a-z]+ \d{1,2}, \d{4}"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a month or a year, or a stretch from one to another."""

    date: str
    """Its beginning, in ISO 8601 as far as known: "2026-05-29", "2024-07", "2021"."""
    until: str | None = None
    """What it ends with, in the same form; None for a single day, month or year."""

    @property
    def end(self) -> str:
        """Sorts, as text, like its last day: "2024-07-99" for a month, whichever day that ends on."""
        return ((self.until or self.date) + "-99-99")[:10]


def period_of(name: str) -> Period | None:
    """The stretch of time that the name of a date entity means; None for what names no year or no day of a calendar.

    Seasons are those of the northern half of the earth: "fall 2021" is 2021-09 to 2021-11. "Winter 2021" is 2021 to
    2022-02. "Q3 2025" is 2025-07 to 2025-09, "2020s" 2020 to 2029, "week of May 4, 2026" seven days. A fiscal year
    is taken for the calendar's, as no two states begin it alike.
    """
    iso = iso_of(name)
    if iso is None:
        return None
    match = _STRETCH.fullmatch(name)
    if match is None:
        return Period(iso)
    if match["part"] == "winter":
        return Period(iso, f"{int(iso) + 1:04}-02")
    if match["part"]:
        first, last = _PARTS[match["part"]]
        return Period(iso + first, iso + last)
    return Period(iso, _until(match, iso))


def written_period(written: str | None) -> Period | None:
    """When a document was written, from `Document.date`; None when that is no date of ISO 8601."""
    known = Reference.parse(written)
    if known is None or written is None:
        return None
    return Period(written[: 10 if known.day else 7 if known.month else 4])


def _until(match: re.Match[str], iso: str) -> str | None:
    """What a decade, a stretch of years, months or days, or a week from `iso` on ends with; None if before it."""
    if match["decade"]:
        return f"{int(iso) + 9:04}"
    if match["year"]:
        return _last_year(iso, match["last_year"])
    if match["end"]:
        end = iso_of(match["end"])
        return end if end and end > iso else None
    try:
        first = date.fromisoformat(iso)
        last = first + timedelta(days=6) if match["week"] else _last_day(first, int(match["last_day"]))
    except (OverflowError, ValueError):
        return None
    return last.isoformat() if last > first else None


def _last_year(first: str, written: str) -> str | None:
    """The year after `first` that "2023" or "23" means."""
    if len(written) == 4:
        return written if written > first else None
    century = int(first[:2]) + (written < first[2:])
    return f"{century:02}{written}"


def _last_day(first: date, written: int) -> date:
    """That day of the month of `first`, or of the month after where it is less than the day of `first`."""
    if written >= first.day:
        return first.replace(day=written)
    return (first.replace(day=1) + timedelta(days=31)).replace(day=written)
