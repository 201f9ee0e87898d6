r"""One event of a journal as one line of JSON, and back.

The format is stable: keys may be added, and those that are not known are ignored, as is what stands in a list beyond
the places named here; these stay. A line is one object in UTF-8, at most 64 KiB long, with no object in it:

    {"previous":"9f2c…","at":"2024-05-31T09:30:00.000000Z","by":"vos@desk","do":"reject","entity":"Gazette","type":"ORG"}

- "previous": SHA-256 of the bytes of the line before, without its line end, in hexadecimal; "" where there was none.
- "at": when, in UTC, to the microsecond. "by": the officer, as "user@host".
- "do" and what belongs to it, values being those of the model's enumerations:
    - "merge": "entity", "type", "into", "into_type": one entity is another.
    - "split": "entity", "type", "form": a form of the entity means something else.
    - "reject": "entity", "type": it is no entity.
    - "retype": "entity", "type", "new_type".
    - "add": "entity", "type", "document", "start", "end": words are a name, seen at those characters.
    - "relabel": "document", "start", "end", "quote", "label", "value": the claim of that sentence is to be read
      otherwise. "value" holds ids separated by blanks for roles and constraints, and may be empty; a day, a month, a
      year or nothing for "as_of"; any name for "voice".
    - "rate": "role", "constraint", "rating", "confidence", "note", "quotes": a cell is rated; "rating" is null where it
      is not to be rated after all, "confidence" where nothing is said of it; "note" may be empty; "quotes" is a list of
      [document, words, the character at which they stand or "-"], all three as texts.
    - "strike": "document" counts for nothing; or with "start", "end" and "quote" one sentence of it.
    - "group": "documents": a list of those that are one origin; one alone is an origin of its own.
    - "grade": "document", "reliability", "credibility".
    - "triage": "document", "digest", "state": the document is kept, skipped, for later or new; "digest" is the SHA-256
      of its file as it was then.
    - "settle": "conflict", "note": the conflict of that id is understood; "note" may be empty.
    - "collect": "role", "constraint", "question": a gap is to be filled.
    - "query": "query": what is looked for will be looked for again.
    - "date": "as_of": the day the briefing speaks from, as "2024-05-31".
    - "snapshot": how things stand: "ratings", a list of [role, constraint, rating]; "stages", of [role, stage];
      "documents", of [document, SHA-256 of its file]; "struck", of documents; "struck_sentences", of marks: the first
      sixteen digits of the SHA-256 of the document's id, U+0000 and the words. Older lines lack these.
    - "restore": "event": what that earlier event struck, rejected or collected is so no more.
    - "undo", "redo": "event": the id of an earlier event, which is the SHA-256 of its line.

A line written here holds a "}" at its end and nowhere else, being `\u007d` within a text: so a line that was cut off
can be told from one that was changed. Texts with characters that a terminal could act on are in ASCII throughout.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from json import JSONDecodeError

from briefing.model import Correction, Decision, Event, Snapshot
from briefing.parsing.visible import is_safe
from briefing.storage.decision_fields import decision_of, fields_of
from briefing.storage.line_record import Form, LineError, LineRecord

LONGEST = 64 * 1024
"""Bytes: a longer line is no event."""
_TIME = Form(
    re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"),
    'time such as "2024-05-31T09:30:00.000000Z"',
)
_OFFICER = Form(re.compile(r"[A-Za-z0-9._-]{1,100}@[A-Za-z0-9._-]{1,100}"), 'officer such as "user@host"')
_PREVIOUS = Form(re.compile(r"(?:[0-9a-f]{64})?"), "SHA-256 in hexadecimal")


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

    Raises `LineError` when the line could not be read again: a text is missing, too long or no Unicode.
    """
    time = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    record = {"previous": previous, "at": time, "by": by, **fields_of(decision)}
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    if not is_safe(text):
        text = json.dumps(record, separators=(",", ":"))
    try:
        line = (text[:-1].replace("}", r"\u007d") + "}").encode()
        read_event_line(line)
    except LineError as error:
        raise LineError(error.fault, _way_out(decision)) from error
    return line


def read_event_line(line: bytes) -> EventLine:
    """What `line`, without its line end, says. Raises `LineError` when it is no event."""
    record = _record(line)
    previous = record.matching("previous", _PREVIOUS)
    at, by = _time(record), record.matching("by", _OFFICER)
    return EventLine(previous, Event(line_hash(line), at, by, decision_of(record)))


def _way_out(decision: Decision) -> str:
    """What an officer can do about a decision that makes no line."""
    if isinstance(decision, Snapshot):
        return "open a part of the pack, such as one folder in it, and take the snapshot there"
    return "give it another name" if isinstance(decision, Correction) else "write it shorter or in other words"


def _record(line: bytes) -> LineRecord:
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
    return LineRecord(record)


def _time(record: LineRecord) -> datetime:
    value = record.matching("at", _TIME)
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise LineError('"at" is a time that never was') from error
