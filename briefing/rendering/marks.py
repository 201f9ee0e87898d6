"""What is marked in a document: its mentions, the chosen entity, what was found, and the words that were jumped to."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model import Entity, EntityType, Mention, Span
from briefing.rendering.document import Mark


def document_marks(
    mentions: Iterable[Mention],
    chosen: Entity | None,
    hits: Iterable[Span],
    hit_style: str,
    current: Span | None,
) -> list[Mark]:
    """The marks of one document, sorted so that the inner of two nested ones is painted over the outer.

    Every mention has the style of its type; those of the entity `chosen`, `chosen` as well. `hits` have `hit_style`,
    and `current`, the one that was jumped to, "current" or, where it is a whole sentence, "target".
    """
    key = chosen.key if chosen else None
    marks = [Mark(mention.span, _style(mention.type, mention.key == key)) for mention in mentions]
    marks += [Mark(span, "current" if span == current and hit_style == "hit" else hit_style) for span in hits]
    if current is not None and hit_style != "hit":
        marks.append(Mark(current, "target"))
    return sorted(marks, key=_outer_first)


def _style(type: EntityType, chosen: bool) -> str:
    return f"{type.lower()} chosen" if chosen else type.lower()


def _outer_first(mark: Mark) -> tuple[int, int]:
    return mark.span.start, -mark.span.end
