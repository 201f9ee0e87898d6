"""Ranges of characters, the coin in which everything else is counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, `start` to `end`, into one document's text.

    Raises `ValueError` when it would be negative or run backwards: a span that cannot be sliced is never made.
    """

    start: int
    """The first character, counted from 0."""
    end: int
    """One past the last character."""

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs from {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def slice(self, text: str) -> str:
        """The characters of `text` that this span covers: the quote."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether every character of `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end
