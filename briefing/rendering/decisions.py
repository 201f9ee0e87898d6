"""What officers decided, in words, and the lists that a decision is chosen from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from briefing.model import (
    AddName,
    Decision,
    Document,
    Entity,
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
from briefing.rendering.context import shown_words, words_in_context
from briefing.rendering.entities import TYPE_HEADINGS
from briefing.rendering.entry import Entry, counted, heading
from briefing.rendering.line import Piece, fit, flow

_COUNT = 14


def decision_words(decision: Decision) -> str:
    """What was decided, in the past tense: "merged “Madasic” into “Motor Sich”"."""
    match decision:
        case Merge(entity, into):
            words = f"merged {_name(entity)} into {_name(into)}"
        case Split(entity, form):
            words = f"split “{visible(form)}” from {_name(entity)}"
        case Reject(entity):
            words = f"rejected {_name(entity)}, {_article(entity[0])}"
        case Retype(entity, type):
            words = f"made {_name(entity)} {_article(type)}"
        case AddName(entity):
            words = f"added {_name(entity)}, {_article(entity[0])}"
        case Undo():
            words = "undone"
        case Redo():
            words = "redone"
    return words


def history_entries(events: Iterable[Event], entity: Entity, width: int) -> list[Entry]:
    """Those of `events` that made the entity what it is: who decided what, and when."""
    names = {entity.name, *entity.aliases}
    lines = [
        line
        for event in events
        if names & set(_names_in(event.decision))
        for line in flow(
            [
                Piece(f"{event.at:%Y-%m-%d %H:%M} ", "muted"),
                Piece(visible(event.by), "accent"),
                Piece(" " + decision_words(event.decision), ""),
            ],
            width,
            indent=2,
        )
    ]
    return [heading("CORRECTED"), Entry(tuple(lines))] if lines else []


def form_entries(entity: Entity, documents: Sequence[Document], query: str, width: int) -> list[Entry]:
    """Every form of the entity but its name, with how often it stands and where first; its value is the form."""
    by_id = {document.id: document for document in documents}
    counts = Counter(mention.form for mention in entity.mentions)
    entries = []
    for form, count in counts.most_common():
        if form == entity.name or query.casefold() not in form.casefold():
            continue
        first = next(mention for mention in entity.mentions if mention.form == form)
        context = words_in_context(by_id[first.document], first.span, width - _COUNT, "chosen")
        entries.append(Entry(((Piece(fit(counted(count, "mention"), _COUNT), "muted"), *context),), form))
    return entries


def type_entries(query: str, now: EntityType | None = None) -> list[Entry]:
    """The nine types, narrowed to those that begin with `query`; `now` is the one that holds."""
    entries = []
    for type, title in TYPE_HEADINGS.items():
        if type.startswith(query.strip().upper()) or title.startswith(query.strip().upper()):
            note = "  now" if type is now else ""
            line = (Piece(fit(type, _COUNT), type.lower()), Piece(title.lower() + note, "muted"))
            entries.append(Entry((line,), type))
    return entries


def candidate_entries(document: Document, candidates: Iterable[Span], width: int) -> list[Entry]:
    """Words that could be a name, each with its context; its value is the span."""
    entries = []
    room = width // 3
    for span in candidates:
        words = Piece(fit(shown_words(document, span), room), "key")
        context = words_in_context(document, span, width - room - 2, "chosen")
        dimmed = (Piece(text, f"muted {style}") for text, style in context)
        entries.append(Entry(((words, Piece("  "), *dimmed),), span))
    return entries


def _name(entity: EntityKey) -> str:
    return f"“{visible(' '.join(entity[1].split()))}”"


def _article(type: EntityType) -> str:
    return f"{'an' if type[0] in 'AEIOU' else 'a'} {type}"


def _names_in(decision: Decision) -> tuple[str, ...]:
    match decision:
        case Merge(entity, into):
            return entity[1], into[1]
        case Split(entity, form):
            return entity[1], form
        case Reject(entity) | Retype(entity) | AddName(entity):
            return (entity[1],)
        case _:
            return ()
