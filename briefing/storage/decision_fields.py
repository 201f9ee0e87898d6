"""What a decision is on a line of a journal: its fields, and back. `event_line` says what each of them means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from briefing.model import (
    AddName,
    ClaimLabel,
    Collect,
    Confidence,
    Correction,
    Credibility,
    Decision,
    EntityKey,
    EntityType,
    Grade,
    Group,
    Judgement,
    Merge,
    QuoteRef,
    Rate,
    Rating,
    Redo,
    Reject,
    Relabel,
    Reliability,
    Restore,
    Retype,
    SaveQuery,
    SetDate,
    Settle,
    Snapshot,
    Span,
    Split,
    Stage,
    Stance,
    Strike,
    Triage,
    TriageState,
    Undo,
)
from briefing.parsing import is_iso_date, visible
from briefing.storage.line_record import HASH, Form, LineError, LineRecord, chosen

_Fields = dict[str, object]
_CONFLICT = Form(re.compile(r"[0-9a-f]{16}"), "id of a conflict: sixteen hexadecimal digits")
_SENTENCE = Form(_CONFLICT.pattern, "mark of a sentence: sixteen hexadecimal digits")
_DAY = Form(re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), 'day such as "2024-05-31"')


def fields_of(decision: Decision) -> _Fields:
    """The fields that say `decision`, "do" first, as JSON can hold them; no object among them."""
    if isinstance(decision, Restore):
        return {"do": "restore", "event": decision.event}
    if isinstance(decision, Undo):
        return {"do": "undo", "event": decision.event}
    if isinstance(decision, Redo):
        return {"do": "redo", "event": decision.event}
    if isinstance(decision, Correction):
        return _fields_of_correction(decision)
    return _fields_of_judgement(decision)


def decision_of(record: LineRecord) -> Decision:
    """The decision that the fields of `record` say. Raises `LineError` when they say none."""
    do = record.text("do")
    if do not in _READERS:
        fault = f'"do" is "{visible(do[:40])}", which this version does not know'
        raise LineError(fault, "open the pack with the version that wrote it, or leave it: all other lines count")
    return _READERS[do](record)


def _fields_of_correction(decision: Correction) -> _Fields:
    match decision:
        case Merge(entity, (into_type, into)):
            return {"do": "merge", **_entity_fields(entity), "into": into, "into_type": into_type}
        case Split(entity, form):
            return {"do": "split", **_entity_fields(entity), "form": form}
        case Reject(entity):
            return {"do": "reject", **_entity_fields(entity)}
        case Retype(entity, new_type):
            return {"do": "retype", **_entity_fields(entity), "new_type": new_type}
        case AddName(entity, document, span):
            return {"do": "add", **_entity_fields(entity), "document": document, **_span_fields(span)}


def _fields_of_judgement(decision: Judgement) -> _Fields:
    if isinstance(decision, (Strike, Group, Grade, Triage)):
        return _fields_on_source(decision)
    fields: _Fields
    match decision:
        case Relabel(document, span, quote, label, value):
            sentence = {"document": document, **_span_fields(span), "quote": quote}
            fields = {"do": "relabel", **sentence, "label": label, "value": value}
        case Rate():
            fields = _fields_of_rate(decision)
        case Settle(conflict, note):
            fields = {"do": "settle", "conflict": conflict, "note": note}
        case Collect(role, constraint, question):
            fields = {"do": "collect", "role": role, "constraint": constraint, "question": question}
        case SaveQuery(query):
            fields = {"do": "query", "query": query}
        case SetDate(as_of):
            fields = {"do": "date", "as_of": as_of.isoformat()}
        case Snapshot(ratings, stages, documents, struck, sentences):
            stood = {"ratings": ratings, "stages": stages, "documents": documents, "struck": struck}
            fields = {"do": "snapshot", **stood, **({} if sentences is None else {"struck_sentences": sentences})}
    return fields


def _fields_on_source(decision: Strike | Group | Grade | Triage) -> _Fields:
    fields: _Fields
    match decision:
        case Strike(document, span, quote):
            sentence = {**_span_fields(span), "quote": quote} if span else {}
            fields = {"do": "strike", "document": document, **sentence}
        case Group(documents):
            fields = {"do": "group", "documents": documents}
        case Grade(document, reliability, credibility):
            fields = {"do": "grade", "document": document, "reliability": reliability, "credibility": credibility}
        case Triage(document, digest, state):
            fields = {"do": "triage", "document": document, "digest": digest, "state": state}
    return fields


def _fields_of_rate(rate: Rate) -> _Fields:
    fields: _Fields = {
        "do": "rate",
        "role": rate.role,
        "constraint": rate.constraint,
        "rating": rate.rating,
        "confidence": rate.confidence,
        "note": rate.note,
        "quotes": [(quote.document, quote.text, _place(quote.start)) for quote in rate.quotes],
    }
    return fields | {"seen": rate.seen} if rate.seen else fields


def _entity_fields(entity: EntityKey) -> _Fields:
    type, name = entity
    return {"entity": name, "type": type}


def _span_fields(span: Span) -> _Fields:
    return {"start": span.start, "end": span.end}


def _entity(record: LineRecord) -> EntityKey:
    return record.choice("type", EntityType), record.text("entity")


def _merge(record: LineRecord) -> Merge:
    return Merge(_entity(record), (record.choice("into_type", EntityType), record.text("into")))


def _relabel(record: LineRecord) -> Relabel:
    label = record.choice("label", ClaimLabel)
    value = record.text("value", empty=label in _MAY_BE_EMPTY)
    if label is ClaimLabel.STANCE:
        chosen(value, "value", Stance)
    elif label is ClaimLabel.STAGE:
        chosen(value, "value", Stage)
    elif label is ClaimLabel.AS_OF and value and not is_iso_date(value):
        raise LineError('"value" is no day, month or year')
    return Relabel(record.text("document"), record.span(), record.text("quote"), label, value)


_MOST_DIGITS = 15
_MAY_BE_EMPTY = {ClaimLabel.ROLES, ClaimLabel.CONSTRAINTS, ClaimLabel.AS_OF}


def _rate(record: LineRecord) -> Rate:
    return Rate(
        record.text("role"),
        record.text("constraint"),
        record.choice_or_none("rating", Rating),
        record.choice_or_none("confidence", Confidence),
        record.text("note", empty=True),
        tuple(QuoteRef(document, words, _start(place)) for document, words, place in record.rows("quotes", 3)),
        record.whole_number("seen") if record.has("seen") else 0,
    )


def _place(start: int | None) -> str:
    return "-" if start is None else str(start)


def _start(place: str) -> int | None:
    if place == "-":
        return None
    if not (place.isascii() and place.isdigit() and len(place) <= _MOST_DIGITS):
        raise LineError('"quotes" holds a place that is no number of characters')
    return int(place)


def _strike(record: LineRecord) -> Strike:
    document = record.text("document")
    if not (record.has("start") or record.has("end") or record.has("quote")):
        return Strike(document)
    return Strike(document, record.span(), record.text("quote"))


def _group(record: LineRecord) -> Group:
    documents = record.texts("documents")
    if not documents:
        raise LineError('"documents" names none')
    return Group(documents)


def _grade(record: LineRecord) -> Grade:
    scales = record.choice("reliability", Reliability), record.choice("credibility", Credibility)
    return Grade(record.text("document"), *scales)


def _triage(record: LineRecord) -> Triage:
    return Triage(record.text("document"), record.matching("digest", HASH), record.choice("state", TriageState))


def _set_date(record: LineRecord) -> SetDate:
    day = record.matching("as_of", _DAY)
    try:
        return SetDate(date.fromisoformat(day))
    except ValueError as error:
        raise LineError('"as_of" is a day that never was') from error


def _snapshot(record: LineRecord) -> Snapshot:
    ratings = [(role, constraint, rating) for role, constraint, rating in record.rows("ratings", 3)]
    stages = [(role, stage) for role, stage in record.rows("stages", 2)]
    documents = [(document, digest) for document, digest in record.rows("documents", 2)]
    for _, _, rating in ratings:
        chosen(rating, "ratings", Rating)
    for _, stage in stages:
        chosen(stage, "stages", Stage)
    if not all(HASH.pattern.fullmatch(digest) for _, digest in documents):
        raise LineError(f'"documents" holds a digest that is no {HASH.words}')
    sentences = record.texts("struck_sentences") if record.has("struck_sentences") else None
    if not all(_SENTENCE.pattern.fullmatch(sentence) for sentence in sentences or ()):
        raise LineError(f'"struck_sentences" holds what is no {_SENTENCE.words}')
    return Snapshot(tuple(ratings), tuple(stages), tuple(documents), record.texts("struck"), sentences)


_READERS: Mapping[str, Callable[[LineRecord], Decision]] = {
    "merge": _merge,
    "split": lambda record: Split(_entity(record), record.text("form")),
    "reject": lambda record: Reject(_entity(record)),
    "retype": lambda record: Retype(_entity(record), record.choice("new_type", EntityType)),
    "add": lambda record: AddName(_entity(record), record.text("document"), record.span()),
    "relabel": _relabel,
    "rate": _rate,
    "strike": _strike,
    "group": _group,
    "grade": _grade,
    "triage": _triage,
    "settle": lambda record: Settle(record.matching("conflict", _CONFLICT), record.text("note", empty=True)),
    "collect": lambda record: Collect(record.text("role"), record.text("constraint"), record.text("question")),
    "query": lambda record: SaveQuery(record.text("query")),
    "date": _set_date,
    "snapshot": _snapshot,
    "restore": lambda record: Restore(record.matching("event", HASH)),
    "undo": lambda record: Undo(record.matching("event", HASH)),
    "redo": lambda record: Redo(record.matching("event", HASH)),
}
