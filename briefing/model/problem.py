"""What is wrong with an input, said so that an officer can put it right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one file: where it is, what it is, and the way out."""

    path: str
    """The file, as the officer named it or inside the pack."""
    fault: str
    """What is wrong, in a clause without a full stop."""
    remedy: str = ""
    """What to do about it, in a clause without a full stop; empty where nothing needs doing."""
    line: int | None = None
    """The line, counted from 1; None where the fault is the file's as a whole."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line is not None else self.path
        return f"{place}: {self.fault}; {self.remedy}" if self.remedy else f"{place}: {self.fault}"


class PackError(Exception):
    """The pack cannot be opened as asked. Carries every fault found, so that all can be mended at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
