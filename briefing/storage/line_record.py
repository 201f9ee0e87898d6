"""The fields of one line of a journal, read so that nothing passes that was not written so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from briefing.model import Span
from briefing.parsing import visible

MEND = "put it back as it was, or leave it: all other lines count"
"""What to do about a line that is no event."""
_FARTHEST = 2**53
"""Characters: the last whole number that every reader of JSON knows exactly."""
_SHOWN = 40
"""Characters of a wrong value that are named."""
_Choice = TypeVar("_Choice", bound=StrEnum)


class LineError(ValueError):
    """A line that is no event: what is wrong with it, and the way out."""

    def __init__(self, fault: str, remedy: str = MEND) -> None:
        super().__init__(fault)
        self.fault = fault
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Form:
    """How a text must be written."""

    pattern: re.Pattern[str]
    """For the whole of it."""
    words: str
    """What it is, as in "is no day such as 2024-05-31"."""


HASH = Form(re.compile(r"[0-9a-f]{64}"), "SHA-256 in hexadecimal")


@dataclass(frozen=True, slots=True)
class LineRecord:
    """The object on a line. Every method raises `LineError` when the field it is asked for is not as it must be."""

    values: Mapping[str, object]

    def has(self, key: str) -> bool:
        """Whether the line says anything at `key`, if only that there is nothing."""
        return key in self.values

    def text(self, key: str, *, empty: bool = False) -> str:
        """The text at `key`, which is not empty unless `empty` allows it."""
        return _text(self.values.get(key), key, empty=empty)

    def matching(self, key: str, form: Form) -> str:
        """The text at `key`, written as `form` says."""
        value = self.values.get(key)
        if not isinstance(value, str) or not form.pattern.fullmatch(value):
            raise LineError(f'"{key}" is missing or no {form.words}')
        return value

    def choice(self, key: str, kind: type[_Choice]) -> _Choice:
        """The member of `kind` whose value stands at `key`."""
        return chosen(self.text(key), key, kind)

    def choice_or_none(self, key: str, kind: type[_Choice]) -> _Choice | None:
        """As `choice`, or None for a `null`, which must be there."""
        return None if self.has(key) and self.values[key] is None else self.choice(key, kind)

    def span(self) -> Span:
        """The characters from "start" to "end"."""
        start, end = self.whole_number("start"), self.whole_number("end")
        if not 0 <= start < end <= _FARTHEST:
            raise LineError('"start" and "end" are no range of characters')
        return Span(start, end)

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts at `key`, none of them empty."""
        return tuple(_text(item, key) for item in self._list(key))

    def rows(self, key: str, length: int) -> tuple[tuple[str, ...], ...]:
        """The list of lists at `key`: the first `length` texts of each, none of them empty."""
        rows = []
        for item in self._list(key):
            if not isinstance(item, list) or len(item) < length:
                raise LineError(f'"{key}" holds what is no list of {length} texts')
            rows.append(tuple(_text(value, key) for value in item[:length]))
        return tuple(rows)

    def _list(self, key: str) -> list[object]:
        value = self.values.get(key)
        if not isinstance(value, list):
            raise LineError(f'"{key}" is missing or no list')
        return value

    def whole_number(self, key: str) -> int:
        """The number that stands there, 0 or more."""
        value = self.values.get(key)
        if type(value) is not int:
            raise LineError(f'"{key}" is no whole number')
        return value


def chosen(value: str, key: str, kind: type[_Choice]) -> _Choice:
    """The member of `kind` of that value. Raises `LineError`, naming `key`, when there is none."""
    try:
        return kind(value)
    except ValueError as error:
        known = ", ".join(member.value for member in kind)
        raise LineError(f'"{key}" is "{visible(value[:_SHOWN])}", which is none of: {known}') from error


def _text(value: object, key: str, *, empty: bool = False) -> str:
    if not isinstance(value, str) or not (value or empty):
        raise LineError(f'"{key}" is missing or no text')
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise LineError(f'"{key}" is no Unicode text') from error
    return value
