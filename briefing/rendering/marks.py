"""What is marked in a document: its mentions, the chosen entity, what was found, and the words that were jumped to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefing.model import EntityKey, EntityType, Mention, Span


class Mark(NamedTuple):
    """A stretch of the document to be shown in a style: a mention, a hit, the sentence that was jumped to."""

    span: Span
    style: str


class Marks(NamedTuple):
    """The marks of one document, so kept that those of a single row are found without looking at the others."""

    marks: tuple[Mark, ...] = ()
    """Sorted so that the inner of two nested ones comes after the outer, and is painted over it."""
    longest: int = 0
    """Characters of the longest mark."""
    run: tuple[Span, ...] = ()
    """What `n` runs through here, in reading order: mentions of the chosen entity, hits, or quotes."""
    current: Span | None = None
    """The words that were jumped to."""

    @classmethod
    def of(cls, marks: Iterable[Mark], run: tuple[Span, ...] = (), current: Span | None = None) -> Marks:
        """These marks, sorted."""
        ordered = tuple(sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)))
        return cls(ordered, max((len(mark.span) for mark in ordered), default=0), run, current)

    def touching(self, span: Span) -> Sequence[Mark]:
        """Those that share a character with `span`."""
        first = bisect_left(self.marks, span.start - self.longest, key=lambda mark: mark.span.start)
        last = bisect_left(self.marks, span.end, key=lambda mark: mark.span.start)
        return [mark for mark in self.marks[first:last] if mark.span.end > span.start]


NO_MARKS = Marks()


def document_marks(
    mentions: Iterable[Mention],
    chosen: Iterable[EntityKey],
    hits: Sequence[Span],
    hit_style: str,
    current: Span | None,
) -> Marks:
    """The marks of one document.

    Every mention has the style of its type; those of `chosen` have "chosen" as well. `hits`, what `n` runs through in
    reading order, have `hit_style`. The words that were jumped to, `current`, have "current" where they are a hit with
    a style, else "target".
    """
    keys = set(chosen)
    marks = [Mark(mention.span, _style(mention.type, mention.key in keys)) for mention in mentions]
    if hit_style:
        marks += [Mark(span, hit_style) for span in hits if span != current]
    if current is not None:
        marks.append(Mark(current, "current" if hit_style and current in hits else "target"))
    return Marks.of(marks, tuple(hits), current)


def _style(type: EntityType, chosen: bool) -> str:
    return f"{type.lower()} chosen" if chosen else type.lower()
