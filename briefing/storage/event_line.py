r"""One event of a journal as one line of JSON, and back.

The format is stable: keys may be added, and those that are not known are ignored; these stay. A line is one flat
object in UTF-8, at most 64 KiB long:

    {"previous":"9f2c…","at":"2024-05-31T09:30:00.000000Z","by":"vos@desk","do":"reject","entity":"Gazette","type":"ORG"}

- "previous": SHA-256 of the bytes of the line before, without its line end, in hexadecimal; "" where there was none.
- "at": when, in UTC, to the microsecond. "by": the officer, as "user@host".
- "do" and what belongs to it, types being those of `EntityType`:
    - "merge": "entity", "type", "into", "into_type": one entity is another.
    - "split": "entity", "type", "form": a form of the entity means something else.
    - "reject": "entity", "type": it is no entity.
    - "retype": "entity", "type", "new_type".
    - "add": "entity", "type", "document", "start", "end": words are a name, seen at those characters.
    - "undo", "redo": "event": the id of an earlier event, which is the SHA-256 of its line.

A line written here holds a "}" at its end and nowhere else, being `\u007d` within a text: so a line that was cut off
can be told from one that was changed. Texts with characters that a terminal could act on are in ASCII throughout.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from json import JSONDecodeError

from briefing.model import (
    AddName,
    Decision,
    EntityKey,
    EntityType,
    Event,
    Merge,
    Redo,
    Reject,
    Retype,
    Span,
    Split,
    Undo,
)
from briefing.parsing import visible
from briefing.parsing.visible import is_safe

LONGEST = 64 * 1024
"""Bytes: a longer line is no event."""
_FARTHEST = 2**53
"""Characters: the last whole number that every reader of JSON knows exactly."""
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_OFFICER = re.compile(r"[A-Za-z0-9._-]{1,100}@[A-Za-z0-9._-]{1,100}")
_HASH = re.compile(r"[0-9a-f]{64}")
_PREVIOUS = re.compile(r"(?:[0-9a-f]{64})?")
_FORMS = {
    _TIME: 'time such as "2024-05-31T09:30:00.000000Z"',
    _OFFICER: 'officer such as "user@host"',
    _HASH: "SHA-256 in hexadecimal",
    _PREVIOUS: "SHA-256 in hexadecimal",
}
_MEND = "put it back as it was, or leave it: all other lines count"
_Record = Mapping[str, object]


class LineError(ValueError):
    """A line that is no event: what is wrong with it, and the way out."""

    def __init__(self, fault: str, remedy: str = _MEND) -> None:
        super().__init__(fault)
        self.fault = fault
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class EventLine:
    """What one line says."""

    previous: str
    """The hash of the line it was written after; "" where there was none."""
    event: Event


def line_hash(line: bytes) -> str:
    """The SHA-256 of a line without its line end, in hexadecimal."""
    return hashlib.sha256(line).hexdigest()


def event_line(previous: str, at: datetime, by: str, decision: Decision) -> bytes:
    """The line, without line end, that says who decided what and when; `at` has a time zone.

    Raises `LineError` when the line could not be read again: a name is empty, too long, or no Unicode text.
    """
    time = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    record = {"previous": previous, "at": time, "by": by, **_fields(decision)}
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    if not is_safe(text):
        text = json.dumps(record, separators=(",", ":"))
    line = (text[:-1].replace("}", r"\u007d") + "}").encode()
    read_event_line(line)
    return line


def read_event_line(line: bytes) -> EventLine:
    """What `line`, without its line end, says. Raises `LineError` when it is no event."""
    record = _record(line)
    previous = _matching(record, "previous", _PREVIOUS)
    at, by = _time(record), _matching(record, "by", _OFFICER)
    return EventLine(previous, Event(line_hash(line), at, by, _decision(record)))


def _fields(decision: Decision) -> dict[str, str | int]:
    fields: dict[str, str | int]
    match decision:
        case Merge(entity, (into_type, into)):
            fields = {"do": "merge", **_entity_fields(entity), "into": into, "into_type": into_type.value}
        case Split(entity, form):
            fields = {"do": "split", **_entity_fields(entity), "form": form}
        case Reject(entity):
            fields = {"do": "reject", **_entity_fields(entity)}
        case Retype(entity, new_type):
            fields = {"do": "retype", **_entity_fields(entity), "new_type": new_type.value}
        case AddName(entity, document, Span(start, end)):
            fields = {"do": "add", **_entity_fields(entity), "document": document, "start": start, "end": end}
        case Undo(event):
            fields = {"do": "undo", "event": event}
        case Redo(event):
            fields = {"do": "redo", "event": event}
    return fields


def _entity_fields(entity: EntityKey) -> dict[str, str]:
    type, name = entity
    return {"entity": name, "type": type.value}


def _record(line: bytes) -> _Record:
    if len(line) > LONGEST:
        raise LineError("is longer than 64 KiB")
    try:
        record = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise LineError("is not UTF-8") from error
    except JSONDecodeError as error:
        raise LineError(f"is no JSON at character {error.pos + 1}") from error
    except ValueError as error:
        raise LineError("holds a number that is too long") from error
    except RecursionError as error:
        raise LineError("is nested too deep") from error
    if not isinstance(record, dict):
        raise LineError("is no JSON object")
    return record


def _decision(record: _Record) -> Decision:
    do = _text(record, "do")
    if do not in _DECISIONS:
        fault = f'"do" is "{visible(do[:40])}", which this version does not know'
        raise LineError(fault, "open the pack with the version that wrote it, or leave it: all other lines count")
    return _DECISIONS[do](record)


_DECISIONS: Mapping[str, Callable[[_Record], Decision]] = {
    "merge": lambda record: Merge(_entity(record), (_type(record, "into_type"), _text(record, "into"))),
    "split": lambda record: Split(_entity(record), _text(record, "form")),
    "reject": lambda record: Reject(_entity(record)),
    "retype": lambda record: Retype(_entity(record), _type(record, "new_type")),
    "add": lambda record: AddName(_entity(record), _text(record, "document"), _span(record)),
    "undo": lambda record: Undo(_matching(record, "event", _HASH)),
    "redo": lambda record: Redo(_matching(record, "event", _HASH)),
}


def _entity(record: _Record) -> EntityKey:
    return _type(record, "type"), _text(record, "entity")


def _type(record: _Record, key: str) -> EntityType:
    value = _text(record, key)
    try:
        return EntityType(value)
    except ValueError as error:
        raise LineError(f'"{key}" is "{visible(value[:40])}", which is no type of entity') from error


def _time(record: _Record) -> datetime:
    value = _matching(record, "at", _TIME)
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise LineError('"at" is a time that never was') from error


def _span(record: _Record) -> Span:
    start, end = _whole_number(record, "start"), _whole_number(record, "end")
    if not 0 <= start < end <= _FARTHEST:
        raise LineError('"start" and "end" are no range of characters')
    return Span(start, end)


def _whole_number(record: _Record, key: str) -> int:
    value = record.get(key)
    if type(value) is not int:
        raise LineError(f'"{key}" is no whole number')
    return value


def _matching(record: _Record, key: str, form: re.Pattern[str]) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise LineError(f'"{key}" is missing or no {_FORMS[form]}')
    return value


def _text(record: _Record, key: str) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value:
        raise LineError(f'"{key}" is missing or no text')
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise LineError(f'"{key}" is no Unicode text') from error
    return value
