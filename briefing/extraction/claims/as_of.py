"""The date a sentence speaks from."""

from __future__ import annotations

import re
from datetime import date

from briefing.model import Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_DATE = re.compile(
    r"\b(?:"
    + _MONTH.format("m1")
    + r" (?P<d1>\d{1,2})(?:[nrst][dht])?(?!\d)(?:,? "
    + _YEAR.format("y1")
    + r"\b)?|(?P<d2>\d{1,2})(?:[nrst][dht])? "
    + _MONTH.format("m2")
    + r"(?: "
    + _YEAR.format("y2")
    + r"\b)?|"
    + _MONTH.format("m3")
    + r",? "
    + _YEAR.format("y3")
    + r"\b|(?:in|since|during) "
    + _YEAR.format("y4")
    + r"\b(?!-)|(?P<last>last year))",
    re.IGNORECASE,
)

_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?!\d)")


def as_of(text: str, written: str | None) -> tuple[str | None, Span | None]:
    """The first date in `text` that is not after `written`, in ISO 8601 as far as known, and where it stands.

    A day without a year is of the year of `written`. Without any such date the sentence speaks from `written` itself,
    of which a time of day is dropped and what is no ISO 8601 is not used.
    """
    head = _ISO.match(written or "")
    written = head[0] if head else None
    for match in _DATE.finditer(text):
        value = _iso(match, written)
        if value and (written is None or value <= written[: len(value)]):
            return value, Span(*match.span())
    return written, None


def _iso(match: re.Match[str], written: str | None) -> str | None:
    group = match.groupdict()
    year = next(
        (value for key, value in group.items() if key.startswith("y") and value), written[:4] if written else None
    )
    if year is None:
        return None
    if group["last"]:
        return f"{int(year) - 1:04}"
    month = group["m1"] or group["m2"] or group["m3"]
    if month is None:
        return year
    number = _MONTHS.index(month[:3].lower()) + 1
    day = group["d1"] or group["d2"]
    if day is None:
        return f"{year}-{number:02}"
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None
