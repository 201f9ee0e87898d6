"""What officers decided, in words, and the lists that a decision is chosen from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from briefing.analysis.judgements import LABEL_WORDS
from briefing.model import (
    AddName,
    Collect,
    Correction,
    Decision,
    Document,
    Entity,
    EntityKey,
    EntityType,
    Event,
    Grade,
    Group,
    Merge,
    Rate,
    Redo,
    Reject,
    Relabel,
    Restore,
    Retype,
    SaveQuery,
    SetDate,
    Settle,
    Snapshot,
    Span,
    Split,
    Strike,
    Triage,
    TriageState,
    Undo,
    documents_by_id,
)
from briefing.parsing import visible
from briefing.rendering.context import shown_words, words_in_context
from briefing.rendering.entities import TYPE_HEADINGS
from briefing.rendering.entry import Entry, heading
from briefing.rendering.line import Line, Piece, fit, flow

_COUNT = 14
_TRIAGED = {
    TriageState.NEW: "called {} new again",
    TriageState.KEPT: "kept {}",
    TriageState.SKIPPED: "skipped {}",
    TriageState.LATER: "left {} for later",
}


def decision_words(decision: Decision, documents: Sequence[Document] = ()) -> str:
    """What was decided, in the past tense: "merged “Madasic” into “Motor Sich”".

    Documents are called by their labels where they are among `documents`, else by their ids.
    """
    match decision:
        case Strike() | Group() | Grade() | Triage():
            return _source_words(decision, {document.id: document.label for document in documents})
        case Merge() | Split() | Reject() | Retype() | AddName() | Restore() | Undo() | Redo():
            return _correction_words(decision)
        case _:
            return _weighing_words(decision)


def _source_words(decision: Strike | Group | Grade | Triage, labels: Mapping[str, str]) -> str:
    def named(id: str) -> str:
        return f"“{visible(labels.get(id, id))}”"

    match decision:
        case Strike(document, span):
            words = f"struck {'a sentence of ' if span else ''}{named(document)}"
        case Group(grouped):
            origin = "one origin" if len(grouped) > 1 else "an origin of its own"
            words = f"counted {', '.join(map(named, grouped))} as {origin}"
        case Grade(document, reliability, credibility):
            words = f"graded {named(document)} {reliability}{credibility}"
        case Triage(document, state=state):
            words = _TRIAGED[state].format(named(document))
    return words


def _weighing_words(decision: Relabel | Rate | Settle | Collect | SaveQuery | SetDate | Snapshot) -> str:
    match decision:
        case Rate(role, constraint, rating, confidence, note):
            sure = f", confidence {confidence}" if confidence else ""
            words = f"rated {visible(role)} × {visible(constraint)} {rating or 'no longer'}{sure}"
            words += ", with a note" if note else ""
        case Relabel(label=label, value=value):
            words = f"put right the {LABEL_WORDS[label]}: {visible(value) or 'none'}"
        case Settle():
            words = "settled a conflict"
        case Collect(role, constraint):
            words = f"put {visible(role)} × {visible(constraint)} on the list of what to find out"
        case SaveQuery(query):
            words = f"saved the query {visible(query)}"
        case SetDate(as_of):
            words = f"set the date to {as_of.isoformat()}"
        case Snapshot():
            words = "noted how things stand"
    return words


def _correction_words(decision: Correction | Restore | Undo | Redo) -> str:
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
        case Restore():
            words = "took back an earlier decision"
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
    by_id = documents_by_id(documents)
    counts = Counter(mention.form for mention in entity.mentions)
    entries = []
    for form, count in counts.most_common():
        if form != entity.name and query.casefold() in form.casefold():
            first = next(mention for mention in entity.mentions if mention.form == form)
            number = Piece(str(count).rjust(4) + " ", "line-number")
            line = _words_beside_context(by_id[first.document], first.span, width - len(number.text))
            entries.append(Entry(((number, *line),), form))
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
    return [Entry((_words_beside_context(document, span, width),), span) for span in candidates]


def _words_beside_context(document: Document, span: Span, width: int) -> Line:
    room = width // 3
    context = words_in_context(document, span, width - room - 2, "chosen")
    words = Piece(fit(shown_words(document, span), room), "key")
    return (words, Piece("  "), *(Piece(text, f"muted {style}") for text, style in context))


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
