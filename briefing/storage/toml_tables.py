"""TOML files read key by key, so that every fault is found at once and named with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from briefing.model import PackError, Problem
from briefing.parsing import is_iso_date, visible
from briefing.storage.bundled import readable

_Choice = TypeVar("_Choice", bound=StrEnum)
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\"' -]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_LARGEST = 4 * 1024 * 1024
"""Bytes: nobody writes a larger TOML file by hand."""
_Place = tuple[str | int, ...]


class TomlFile:
    """One TOML file: its top table, the line of every key, and the faults found so far."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises `PackError` when it cannot be read or is no TOML; later faults are gathered."""
        self.path = visible(str(path))
        self.problems: list[Problem] = []
        self.passed_over: list[Problem] = []
        try:
            file = readable(path)
            if file.exists() and not file.is_file():
                raise PackError(Problem(self.path, "is no file", "put a TOML file in its place"))
            with file.open("rb") as opened:
                data = opened.read(_LARGEST + 1)
            if len(data) > _LARGEST:
                raise PackError(Problem(self.path, "the file is too large for TOML", "keep it under 4 MB"))
            text = data.decode("utf-8-sig")
            values = tomllib.loads(text)
        except (OSError, RuntimeError) as error:
            fault = f"cannot be read: {getattr(error, 'strerror', None) or error}"
            raise PackError(Problem(self.path, fault, "check its name and permissions")) from error
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise PackError(Problem(self.path, "is not UTF-8", "save it as UTF-8", line)) from error
        except tomllib.TOMLDecodeError as error:
            raise PackError(_broken(self.path, str(error), text)) from error
        except RecursionError as error:
            raise PackError(Problem(self.path, "is nested too deep", "write it flat")) from error
        self._lines = _lines_of_keys(text)
        self.top = TomlTable(self, values, ())

    def fault(self, place: _Place, fault: str, remedy: str) -> None:
        """Note a fault of the key or table at `place`."""
        self.problems.append(self._problem(place, fault, remedy))

    def pass_over(self, place: _Place, fault: str, remedy: str) -> None:
        """Note what at `place` is passed over, so that the rest of the file can be used."""
        self.passed_over.append(self._problem(place, fault, remedy))

    def _problem(self, place: _Place, fault: str, remedy: str) -> Problem:
        while place and place not in self._lines:
            place = place[:-1]
        return Problem(self.path, visible(fault), visible(remedy), self._lines.get(place, 1))

    def finish(self) -> None:
        """Raise `PackError` with every fault noted, in order of line; do nothing when there is none."""
        if self.problems:
            raise PackError(*sorted(self.problems, key=lambda problem: problem.line or 0))


class TomlTable:
    """One table of a file. A key is known once it has been asked for; `close` names all others."""

    def __init__(self, file: TomlFile, values: Mapping[str, object], place: _Place) -> None:
        self._file = file
        self._values = values
        self._place = place
        self._asked: list[str] = []

    def fault(self, key: str, fault: str, remedy: str) -> None:
        """Note a fault at `key`; "" stands for the table as a whole."""
        self._file.fault((*self._place, key) if key else self._place, fault, remedy)

    def pass_over(self, key: str, fault: str, remedy: str) -> None:
        """Note what at `key` is passed over, so that the rest of the file can be used."""
        self._file.pass_over((*self._place, key), fault, remedy)

    def text(self, key: str, *, required: bool = False) -> str:
        """The text at `key`, as written; "" when it is missing or faulty."""
        value = self._value(key, required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fault(key, f"{key} must be text", f'write {key} = "…"')
            return ""
        if required and not value.strip():
            self.fault(key, f"{key} is empty", "give it a value")
        return value

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """The list of texts at `key`; empty when it is missing or faulty."""
        value = self._value(key, required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(key, f"{key} must be a list of texts", f'write {key} = ["…", "…"]')
            return ()
        return tuple(value)

    def choice(self, key: str, kind: type[_Choice], *, required: bool = False) -> _Choice | None:
        """The member of `kind` that `key` names, whatever its case; None when it is missing or faulty."""
        value = self.text(key, required=required)
        if not value:
            return None
        for member in kind:
            if value.lower() == member.value.lower():
                return member
        self.fault(key, f'"{value}" is no {key}', _instead(value, [member.value for member in kind]))
        return None

    def date(self, key: str) -> str | None:
        """The day, month or year at `key` in ISO 8601; None when it is missing or faulty."""
        value = self._value(key, required=False)
        if isinstance(value, date):
            return value.isoformat()[:10]
        if value is None or (isinstance(value, str) and is_iso_date(value)):
            return value
        self.fault(key, f"{key} is no date", "write a day, month or year such as 2024-05-31, 2024-05 or 2024 in quotes")
        return None

    def number(self, key: str) -> int | None:
        """The whole number from 0 on at `key`; None when it is missing or faulty."""
        value = self._value(key, required=False)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        self.fault(key, f"{key} must be a whole number", f"write {key} = 0 or more")
        return None

    def tables(self, key: str) -> list[TomlTable]:
        """The tables of the list at `key`, in order; empty when there is none or it is faulty."""
        value = self._value(key, required=False)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault(key, f"{key} must be a list of tables", f"begin each with [[{key}]]")
            return []
        return [TomlTable(self._file, item, (*self._place, key, index)) for index, item in enumerate(value)]

    def has(self, key: str) -> bool:
        """Whether the file says anything at `key`."""
        return key in self._values

    def close(self) -> None:
        """Note every key that was never asked for, with the nearest known one."""
        for key in self._values:
            if key not in self._asked:
                remedy = _instead(key, self._asked)
                self.fault(key, f'unknown key "{key}"', remedy)

    def _value(self, key: str, required: bool) -> object | None:
        self._asked.append(key)
        value = self._values.get(key)
        if value is None and required:
            self.fault("", f"{key} is missing", f'add {key} = "…"')
        return value


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `word` may be a slip for; None when nothing is near."""
    return next(iter(get_close_matches(word[:100], list(known), n=1, cutoff=0.6)), None)


def _instead(word: str, known: Iterable[str]) -> str:
    near = nearest(word, known)
    return f'did you mean "{near}"?' if near else f"use one of: {', '.join(known)}"


def _broken(path: str, message: str, text: str) -> Problem:
    at = _AT_LINE.search(message)
    line = int(at[1]) if at else text.count("\n") + 1
    fault = _AT_LINE.sub("", message).replace("(at end of document)", "at its end").strip()
    return Problem(
        path, f"broken TOML: {visible(fault[:1].lower() + fault[1:])}", "mend this line or the one before", line
    )


def _lines_of_keys(text: str) -> dict[_Place, int]:
    """The line of every table header and key; what stands within a value of several lines is no key."""
    lines: dict[_Place, int] = {}
    tables: dict[_Place, int] = {}
    place: _Place = ()
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        header = _HEADER.match(line)
        if header:
            place = _table_place(header[1] == "[[", header[2], tables)
            lines.setdefault(place, number)
        key = None if header else _KEY.match(line)
        if key:
            lines.setdefault((*place, key[1]), number)
            closing = _left_open(line[key.end() :])
    return lines


def _table_place(is_list: bool, name: str, tables: dict[_Place, int]) -> _Place:
    """Where the table `name` lies, lists counted: `[[a]]` for the second time is ("a", 1)."""
    place: _Place = ()
    parts = [part.strip(" \"'") for part in name.split(".")]
    for depth, part in enumerate(parts):
        place = (*place, part)
        last = depth == len(parts) - 1
        if last and is_list:
            tables[place] = tables.get(place, -1) + 1
        if place in tables:
            place = (*place, tables[place])
    return place


def _left_open(value: str) -> str:
    """The quotes that must close a text which runs on over the line end."""
    for quotes in ('"""', "'''"):
        if value.count(quotes) == 1:
            return quotes
    return ""
