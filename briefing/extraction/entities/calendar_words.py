"""The words of the calendar, and the day, month or year that a text speaks from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NUMBERS = {month[:3]: number for number, month in enumerate(MONTHS, 1)}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 1}
"""The month each begins in, on the northern half of the earth; a winter counts from the beginning of its year."""


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


def month_number(written: str) -> int:
    """1 to 12 for the name of a month, in full or cut short."""
    return _NUMBERS[written[:3]]


def day_name(day: date) -> str:
    """A day as the name of a date says it: "May 29, 2026"."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
