"""One officer's journal as it is read, line by line: its events, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from briefing.model import Event, Problem
from briefing.parsing import visible
from briefing.storage.event_line import line_hash, read_event_line
from briefing.storage.line_record import LineError

_MOST_FAULTS = 100
"""Faulty lines of one journal that are named one by one."""
_HOPELESS = 10_000
"""Faulty lines after which the rest of a journal is not read: it is none."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An event with what says when it holds."""

    time: datetime
    """The latest that the journal had seen when it was written."""
    officer: str
    """Whose journal it stands in."""
    line: int
    event: Event


@dataclass(slots=True)
class JournalFile:
    """One journal; its lines are read in order."""

    path: str
    officer: str
    events: list[Placed] = field(default_factory=list)
    _faults: dict[int, Problem] = field(default_factory=dict)
    _unnamed: int = 0
    """Faults beyond those that are named."""
    _cut_off: dict[str, int] = field(default_factory=dict)
    """Hash and line of every line that was cut off and that no later event follows."""
    _seen: set[str] = field(default_factory=lambda: {""})
    """Hashes of the lines so far. A session that saw an empty file may be overtaken by others, so "" is among them."""
    _signed: set[str] = field(default_factory=set)

    def problems(self) -> list[Problem]:
        """What is wrong, in order of line."""
        found = [problem for _, problem in sorted(self._faults.items())]
        if self._unnamed:
            rest = ", and what comes after them is not read" if self.is_hopeless else ""
            found.append(Problem(self.path, f"{self._unnamed} more lines are at fault{rest}", "put back a sound copy"))
        return found

    @property
    def is_hopeless(self) -> bool:
        """Whether so much is wrong that reading on is of no use."""
        return self._unnamed >= _HOPELESS

    def fault(self, line: int, fault: str, remedy: str) -> None:
        """Note what is wrong with a line, counted from 1; 0 stands for the journal as a whole."""
        if len(self._faults) < _MOST_FAULTS:
            self._faults[line] = Problem(self.path, visible(fault), visible(remedy), line or None)
        else:
            self._unnamed += 1

    def read(self, number: int, line: bytes, *, ended: bool) -> None:
        """Take in one line; `ended` says whether it has its line end."""
        try:
            read = read_event_line(line)
        except LineError as error:
            digest = line_hash(line)
            if not line.endswith(b"}"):
                self._cut_off[digest] = number
            self._set_aside(number, error, cut_off=digest in self._cut_off and not ended)
        else:
            digest = read.event.id
            self._check(number, read.previous, read.event)
            time = max(read.event.at, self.events[-1].time) if self.events else read.event.at
            self.events.append(Placed(time, self.officer, number, read.event))
        self._seen.add(digest)

    def _set_aside(self, number: int, error: LineError, *, cut_off: bool) -> None:
        if cut_off:
            fault = "the last line was cut off while it was written and is set aside"
            self.fault(number, fault, "it was never shown as saved: do it again if it is missing")
        else:
            self.fault(number, f"{error.fault}: the line is set aside", error.remedy)

    def _check(self, number: int, previous: str, event: Event) -> None:
        if previous not in self._seen:
            fault = "does not follow from any line before it: the journal was changed, or lines were taken out"
            self.fault(number, fault, "it counts all the same; compare the journal with a copy of it")
        elif event.by != self.officer and event.by not in self._signed:
            fault = f"is signed by {event.by}, whose journal this is not; this and all like it count as theirs"
            self.fault(number, fault, f"keep them in {event.by}.jsonl")
            self._signed.add(event.by)
        # Whoever wrote after a line that was cut off has shown it to the officer: it is told once.
        self._faults.pop(self._cut_off.pop(previous, 0), None)
