"""What is looked for, as SQL over the tables of an index. What was typed is only ever a value in it, never a part.

A condition is about one row `p` of `passage_place`. What is rare is looked up and its passages taken; what is frequent
is held against each passage in turn, since the first thousands are soon found.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.analysis.query import OF_A_CLAIM, And, Field, FieldName, Node, Not, Or, Query, Term, fields, terms
from briefing.model import EntityType, Stage, Stance, Status

_RARE = 15_000
"""Mentions or claims: of fewer, all are looked up."""
_LAST_CHARACTER = "\U0010ffff"
_PASSAGE_OF = (
    "(SELECT q.passage FROM passage_place q WHERE q.document = {0}.document AND q.start <= {0}.start "
    "ORDER BY q.start DESC LIMIT 1)"
)
_WITHIN = "{0}.document = p.document AND {0}.start >= p.start AND {0}.start < p.end"
_NAMED = (
    "(SELECT f.entity FROM main.entity_form f WHERE f.entity_form MATCH ? UNION ALL"
    " SELECT f.entity FROM temp.new_entity_form f WHERE f.new_entity_form MATCH ?)"
)
"""The entities of a name, as stored and as officers put it right; those that are no more have no mentions."""
_STATUSES = {status: tuple(stage for stage in Stage if stage.status is status) for status in Status}


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with the values of its question marks, in order."""

    text: str
    values: tuple[str | int, ...] = ()


EVERY = Sql("1")
"""Every passage."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which passages are meant."""

    match: str
    """What the full-text index is asked for, which also ranks them; "" for what it cannot say."""
    condition: Sql
    """What else has to hold."""


def selection_of(query: Query, connection: sqlite3.Connection) -> Selection:
    """What `query` selects; how often its names and labels occur is looked up first."""
    node = query.where
    parts = node.parts if isinstance(node, And) else (node,) if node else ()
    words = [part for part in parts if _match(part)]
    match = ""
    if words:
        # What must not stand there can only be taken away from what does.
        words += [part for part in parts if isinstance(part, Not) and _match(part.part)]
        match = _match(And(tuple(words))) if len(words) > 1 else _match(words[0])
    rest = [part for part in parts if part not in words]
    return Selection(match, _all(rest, connection))


def words_of(query: Query) -> str:
    """What the full-text index is asked for to find the words themselves in a passage; "" for no words."""
    return " OR ".join(_match(term) for term in terms(query.where))


def names_of(query: Query) -> Sql | None:
    """Which rows `m` of `mention` are names that `query` asks for; None for none."""
    asked = [field for field in fields(query.where) if field.name in (FieldName.ENTITY, FieldName.TYPE)]
    return _together(map(_entity, asked), " OR ") if asked else None


def claims_of(query: Query) -> Sql | None:
    """Which rows `c` of `claim` are sentences that `query` asks for; None for none."""
    groups = _claim_groups(query.where)
    return _together((_claim(group) for group in groups), " OR ") if groups else None


# ------------------------------------------------------------------ words


def _match(node: Node) -> str:
    """`node` in the language of FTS5; "" for what it cannot say."""
    match node:
        case Term(text, prefix):
            words = text.replace('"', '""')
            return f'"{words}" *' if prefix else f'"{words}"'
        case Or(parts):
            said = [_match(part) for part in parts]
            return f"({' OR '.join(said)})" if all(said) else ""
        case And(parts):
            said = [_match(part) for part in parts if not isinstance(part, Not)]
            lacking = [_match(part.part) for part in parts if isinstance(part, Not)]
            if not said or not all(said + lacking):
                return ""
            return "(" + " NOT ".join((f"({' AND '.join(said)})", *lacking)) + ")"
    return ""


# ------------------------------------------------------------------ conditions on a passage


def _condition(node: Node, connection: sqlite3.Connection) -> Sql:
    match = _match(node)
    if match:
        return Sql("p.passage IN (SELECT rowid FROM passage WHERE passage MATCH ?)", (match,))
    match node:
        case And(parts):
            return _all(parts, connection)
        case Or(parts):
            return _together((_condition(part, connection) for part in parts), " OR ")
        case Not(part):
            condition = _condition(part, connection)
            return Sql(f"NOT {condition.text}", condition.values)
        case Field():
            return _of_field(node, connection)
    raise AssertionError(node)


def _all(parts: Sequence[Node], connection: sqlite3.Connection) -> Sql:
    """All of `parts`; those on a claim are about the same one."""
    claim = tuple(part for part in parts if isinstance(part, Field) and part.name in OF_A_CLAIM)
    conditions = [_with_claim(claim, connection)] if claim else []
    conditions += [_condition(part, connection) for part in parts if part not in claim]
    return _together(conditions, " AND ") if conditions else EVERY


def _of_field(field: Field, connection: sqlite3.Connection) -> Sql:
    if field.name in OF_A_CLAIM:
        return _with_claim((field,), connection)
    if field.name in (FieldName.ENTITY, FieldName.TYPE):
        return _with_mention(field, connection)
    documents = _document(field)
    return Sql(f"p.document IN (SELECT d.number FROM document d WHERE {documents.text})", documents.values)


def _document(field: Field) -> Sql:
    """Which rows `d` of `document` are meant."""
    if field.name is FieldName.DOC:
        holds = "instr(folded({0}), ?)"
        return Sql(f"({holds.format('d.id')} OR {holds.format('d.label')})", (field.value.casefold(),) * 2)
    sign = ">=" if field.name is FieldName.AFTER else "<"
    # A month or a year stands for its first day.
    return Sql(f"substr(d.date || '-01-01', 1, 10) {sign} ?", ((field.value + "-01-01")[:10],))


def _with_mention(field: Field, connection: sqlite3.Connection) -> Sql:
    """Passages in which an entity is named."""
    if field.name is FieldName.ENTITY:
        rows = Sql(f"mention m WHERE m.entity IN {_NAMED}", _name(field))
        if _is_rare(rows, connection):
            return Sql(f"p.passage IN (SELECT {_PASSAGE_OF.format('m')} FROM {rows.text})", rows.values)
    mention = _entity(field)
    return Sql(f"EXISTS (SELECT 1 FROM mention m WHERE {_WITHIN.format('m')} AND {mention.text})", mention.values)


def _entity(field: Field) -> Sql:
    """Which of the rows `m` of `mention` that stand in a passage are meant."""
    if field.name is FieldName.TYPE:
        types = [type for type in EntityType if type.lower().startswith(field.value.lower())]
        return Sql(f"(SELECT e.type FROM entity e WHERE e.number = m.entity) IN ({_marks(types)})", tuple(types))
    # The sign keeps SQLite from going through all mentions of the entity to find one in the passage.
    return Sql(f"+m.entity IN {_NAMED}", _name(field))


def _name(field: Field) -> tuple[str, str]:
    return (_match(Term(field.value, field.prefix)),) * 2


def _with_claim(group: Sequence[Field], connection: sqlite3.Connection) -> Sql:
    """Passages with a claim that is all that `group` says."""
    for field in group:
        if field.name in (FieldName.ROLE, FieldName.CONSTRAINT):
            begin = f"{field.name}:{field.value}"
            label = Sql("claim_label l WHERE l.label >= ? AND l.label < ?", (begin, begin + _LAST_CHARACTER))
            if _is_rare(label, connection):
                return _with_label(label, [one for one in group if one != field])
    claim = _claim(group)
    return Sql(f"EXISTS (SELECT 1 FROM claim c WHERE {_WITHIN.format('c')} AND {claim.text})", claim.values)


def _with_label(label: Sql, rest: Sequence[Field]) -> Sql:
    """Passages with a claim that has `label`, and is all that the `rest` says."""
    passages = f"p.passage IN (SELECT {_PASSAGE_OF.format('l')} FROM {label.text}"
    if not rest:
        return Sql(f"{passages})", label.values)
    claim = _claim(rest)
    same = "c.document = l.document AND c.start = l.start"
    held = f"EXISTS (SELECT 1 FROM claim c WHERE {same} AND {claim.text})"
    return Sql(f"{passages} AND {held})", label.values + claim.values)


def _claim(group: Iterable[Field]) -> Sql:
    """Which rows `c` of `claim` are meant."""
    return _together(map(_of_claim, group), " AND ")


def _of_claim(field: Field) -> Sql:
    match field.name:
        case FieldName.ROLE | FieldName.CONSTRAINT:
            # A list of ids is JSON: before each of them stands a quote.
            beginning = json.dumps(field.value, ensure_ascii=False)[:-1]
            return Sql(f"instr(c.{field.name}s, ?)", (beginning,))
        case FieldName.STATUS:
            said = [status for status in Status if status.startswith(field.value.lower())]
            stages = [stage for status in said for stage in _STATUSES[status]]
            return Sql(f"c.stage IN ({_marks(stages)})", tuple(stages))
        case FieldName.STANCE:
            stances = [stance for stance in Stance if stance.startswith(field.value.lower())]
            return Sql(f"c.stance IN ({_marks(stances)})", tuple(stances))
    return Sql("instr(folded(c.voice), ?)", (field.value.casefold(),))


def _claim_groups(node: Node | None) -> list[tuple[Field, ...]]:
    """Fields on claims that are about the same one, of all that a passage is found by."""
    match node:
        case Field(name) if name in OF_A_CLAIM:
            return [(node,)]
        case Or(parts):
            return [group for part in parts for group in _claim_groups(part)]
        case And(parts):
            claim = tuple(part for part in parts if isinstance(part, Field) and part.name in OF_A_CLAIM)
            rest = [group for part in parts if part not in claim for group in _claim_groups(part)]
            return [claim, *rest] if claim else rest
    return []


def _is_rare(rows: Sql, connection: sqlite3.Connection) -> bool:
    counted = connection.execute(f"SELECT count(*) FROM (SELECT 1 FROM {rows.text} LIMIT {_RARE})", rows.values)
    return int(counted.fetchone()[0]) < _RARE


def _together(pieces: Iterable[Sql], sign: str) -> Sql:
    said = list(pieces)
    return Sql(f"({sign.join(piece.text for piece in said)})", tuple(value for piece in said for value in piece.values))


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
