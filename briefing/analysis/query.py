"""The language of search: what is typed, as a tree of words, fields and signs between them.

- `some words`: all of them, in any order; while typing, the last one may be only begun.
- `"a phrase"`: these words in this order. `word*`: words that begin so.
- `a AND b`, `a OR b`, `NOT a` or `-a`: NOT binds closest, OR least; brackets change that.
- `role:training` and the other fields of `FieldName`, with quotes around a value that has blanks.
- `~pattern`: a regular expression over what is shown; the rest of the query is the pattern.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from briefing.analysis.pattern import check_pattern
from briefing.analysis.query_error import QueryError
from briefing.model import EntityType, Stance, Status

LONGEST = 2_000
"""Characters of a query."""
_DEEPEST = 20
"""Brackets within brackets, and NOT before NOT."""
_MOST_TERMS = 64
"""Words and fields of a query: each is looked up."""
_QUOTES = '"“”„«»'
_END_OF_WORD = re.compile(rf"[\s(){_QUOTES}]")
_DAY = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_HALF_A_DAY = re.compile(r"[0-9]{0,4}|[0-9]{4}-[01]?|[0-9]{4}-(?:0[1-9]|1[0-2])-[0-3]?")


class FieldName(StrEnum):
    """What besides words can be asked for."""

    ENTITY = "entity"
    """A name, any of those the entity goes by, or words of it."""
    ROLE = "role"
    """The beginning of a role's id."""
    CONSTRAINT = "constraint"
    """The beginning of a constraint's id."""
    TYPE = "type"
    """The beginning of an entity type: somebody or something of it is named."""
    DOC = "doc"
    """Part of the document's id or label."""
    STATUS = "status"
    STANCE = "stance"
    VOICE = "voice"
    """Part of who says so."""
    AFTER = "after"
    """The document is of this day, month or year, or later."""
    BEFORE = "before"
    """The document is of an earlier day, month or year."""


OF_A_CLAIM = (FieldName.ROLE, FieldName.CONSTRAINT, FieldName.STATUS, FieldName.STANCE, FieldName.VOICE)
"""Fields that speak of one sentence: side by side they are held against the same one."""
_LISTED: dict[FieldName, tuple[str, ...]] = {
    FieldName.TYPE: tuple(EntityType),
    FieldName.STATUS: tuple(Status),
    FieldName.STANCE: tuple(Stance),
}


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one behind the other."""

    text: str
    """Without quotes; single blanks between words."""
    prefix: bool = False
    """Whether the last word is only the beginning of one."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something other than words."""

    name: FieldName
    value: str
    prefix: bool = False
    """Whether the last word of a name is only the beginning of one."""


@dataclass(frozen=True, slots=True)
class And:
    """All of these hold."""

    parts: tuple[Node, ...]
    """Two or more, none of them an `And`."""


@dataclass(frozen=True, slots=True)
class Or:
    """One of these holds, or several."""

    parts: tuple[Node, ...]
    """Two or more, none of them an `Or`."""


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    part: Node


Node = Term | Field | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for."""

    where: Node | None = None
    pattern: str = ""
    """A regular expression that `check_pattern` has let pass; "" for none."""

    def __bool__(self) -> bool:
        return self.where is not None or bool(self.pattern)

    def __str__(self) -> str:
        words = _written(self.where) if self.where else ""
        return f"{words} ~{self.pattern}".strip() if self.pattern else words


def parse_query(text: str, *, typing: bool = False) -> Query:
    """What `text` asks for. Raises `QueryError` when it cannot be meant.

    While `typing`, the last word may go on, and what is only half there is passed over: an open quote or bracket, a
    field without a value, an AND that nothing follows.
    """
    if len(text) > LONGEST:
        raise QueryError(LONGEST, f"is longer than {LONGEST:,} characters", "leave something out")
    # Half a surrogate pair cannot be handed on, and what follows a null would be lost.
    text = text.encode("utf-8", "replace").decode().replace("\0", " ")
    return _Parser(text, typing).query()


def terms(node: Node | None) -> list[Term]:
    """The words that a passage is found by: not those it must lack."""
    return [leaf for leaf in _leaves(node) if isinstance(leaf, Term)]


def fields(node: Node | None) -> list[Field]:
    """The fields that a passage is found by: not those it must lack."""
    return [leaf for leaf in _leaves(node) if isinstance(leaf, Field)]


def needs_analysis(node: Node | None) -> bool:
    """Whether the answer rests on what was found in documents: names and claims."""
    match node:
        case Field(name):
            return name not in (FieldName.DOC, FieldName.AFTER, FieldName.BEFORE)
        case And(parts) | Or(parts):
            return any(map(needs_analysis, parts))
        case Not(part):
            return needs_analysis(part)
    return False


def _leaves(node: Node | None) -> list[Term | Field]:
    match node:
        case Term() | Field():
            return [node]
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in _leaves(part)]
    return []


def _written(node: Node, within: type[Node] | None = None) -> str:
    """`node` as one could have typed it."""
    match node:
        case Term(text, prefix):
            return f'"{text}"' + "*" * prefix
        case Field(name, value, prefix):
            return f'{name}:"{value}"' + "*" * prefix
        case Not(part):
            return f"NOT {_written(part, Not)}"
        case And(parts):
            words = " AND ".join(_written(part, And) for part in parts)
            return f"({words})" if within is Not else words
        case Or(parts):
            words = " OR ".join(_written(part, Or) for part in parts)
            return f"({words})" if within else words


class _Parser:
    """Reads a query from left to right."""

    def __init__(self, text: str, typing: bool) -> None:
        self._text = text
        self._typing = typing
        self._at = 0
        self._depth = 0
        self._count = 0

    def query(self) -> Query:
        """The whole of it."""
        where = self._either()
        if self._next() == ")":
            raise QueryError(self._at, "no bracket was opened", "take it out")
        pattern = ""
        if self._next() == "~":
            start = self._at + 1
            pattern = self._text[start:].strip()
            check_pattern(pattern, start + len(self._text[start:]) - len(self._text[start:].lstrip()))
        query = Query(where, pattern)
        if not query and not self._typing:
            raise QueryError(0, "there is no word to look for", "type one, or ~ and a regular expression")
        return query

    def _either(self) -> Node | None:
        """Everything up to a closing bracket, a pattern or the end: alternatives."""
        parts = [self._all()]
        while self._sign() == "OR":
            self._take_sign("OR")
            parts.append(self._all())
        return _joined(Or, parts)

    def _all(self) -> Node | None:
        """What has to hold together."""
        parts: list[Node | None] = []
        while self._next() not in ("", ")", "~") and self._sign() != "OR":
            if self._sign() == "AND":
                if not parts:
                    self._complain(self._at, "nothing stands before AND", "write what else is to hold")
                self._take_sign("AND")
            else:
                parts.append(self._one())
        return _joined(And, parts)

    def _one(self) -> Node | None:
        """A word, phrase or field, what is in a bracket, or one of these with NOT before it."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise QueryError(self._at, f"is nested more than {_DEEPEST} deep", "take brackets out")
        node: Node | None
        following = self._text[self._at + 1 : self._at + 2]
        if self._sign() == "NOT" or (self._next() == "-" and following.strip("-").strip()):
            if self._sign() == "NOT":
                self._take_sign("NOT")
            else:
                self._at += 1
            part = self._one() if self._next() not in ("", ")", "~") and self._sign() not in ("AND", "OR") else None
            node = Not(part) if part else None
        elif self._next() == "(":
            node = self._bracket()
        else:
            node = self._leaf()
        self._depth -= 1
        return node

    def _bracket(self) -> Node | None:
        start = self._at
        self._at += 1
        node = self._either()
        if self._next() == ")":
            self._at += 1
        else:
            self._complain(start, "the bracket is not closed", "close it with )")
        return node

    def _leaf(self) -> Node | None:
        self._count += 1
        if self._count > _MOST_TERMS:
            raise QueryError(self._at, f"asks for more than {_MOST_TERMS} things", "leave something out")
        start = self._at
        if self._text[start] in _QUOTES:
            return _term(*self._phrase())
        word = self._word()
        name, colon, value = word.partition(":")
        if colon and name.lower() in tuple(FieldName):
            return self._field(FieldName(name.lower()), value, start)
        goes_on = self._typing and self._at == len(self._text)
        return _term(word.rstrip("*"), word.endswith("*") or goes_on)

    def _field(self, name: FieldName, value: str, start: int) -> Field | None:
        prefix = value.endswith("*") or (self._typing and self._at == len(self._text))
        if not value and self._text[self._at : self._at + 1] in tuple(_QUOTES):
            value, prefix = self._phrase()
        value = " ".join(value.rstrip("*").split())
        if not value:
            self._complain(start, f"{name}: stands without a value", f"write what follows {name}:")
            return None
        if name in _LISTED and not any(one.lower().startswith(value.lower()) for one in _LISTED[name]):
            raise QueryError(start, f"{name}:{value} is none", f"write one of {', '.join(_LISTED[name])}")
        if name in (FieldName.AFTER, FieldName.BEFORE):
            return self._dated(name, value, start)
        if name is FieldName.ENTITY and not any(map(str.isalnum, value)):
            return None
        return Field(name, value, prefix and name is FieldName.ENTITY)

    def _dated(self, name: FieldName, value: str, start: int) -> Field | None:
        day = _DAY.match(value)
        if day and (day.end() == len(value) or (self._typing and _HALF_A_DAY.fullmatch(value))):
            return Field(name, day.group())
        if self._typing and _HALF_A_DAY.fullmatch(value):
            return None
        raise QueryError(start, f"{name}:{value} is no date", "write 2024, 2024-05 or 2024-05-31")

    def _phrase(self) -> tuple[str, bool]:
        """The words between quotes, and whether they may go on."""
        start = self._at
        ends = [place for place in (self._text.find(quote, start + 1) for quote in _QUOTES) if place >= 0]
        if not ends:
            self._complain(start, "the quote is not closed", 'close it with "')
            self._at = len(self._text)
            return " ".join(self._text[start + 1 :].split()), not self._text[-1].isspace()
        self._at = min(ends) + 1
        starred = self._text.startswith("*", self._at)
        words = " ".join(self._text[start + 1 : self._at - 1].split())
        self._at += starred
        return words, starred

    def _word(self) -> str:
        start = self._at
        end = _END_OF_WORD.search(self._text, start + 1)
        self._at = end.start() if end else len(self._text)
        return self._text[start : self._at]

    def _next(self) -> str:
        """The next character that is not blank; "" at the end."""
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _sign(self) -> str:
        """AND, OR or NOT, if one of these comes next; else ""."""
        self._next()
        for sign in ("AND", "OR", "NOT"):
            end = self._at + len(sign)
            ends = end == len(self._text) or _END_OF_WORD.match(self._text, end)
            if ends and self._text.startswith(sign, self._at):
                return sign
        return ""

    def _take_sign(self, sign: str) -> None:
        start = self._at
        self._at += len(sign)
        if self._next() in ("", ")", "~") or self._sign() in ("AND", "OR"):
            self._complain(start, f"nothing stands after {sign}", "write what is meant, or take it out")

    def _complain(self, place: int, fault: str, remedy: str) -> None:
        """Refuse what is unfinished, unless it is still being typed."""
        if not self._typing:
            raise QueryError(place, fault, remedy)


def _term(text: str, prefix: bool) -> Term | None:
    """The words of `text`; None for what has no letter or digit, since such are not looked up."""
    return Term(text, prefix) if any(map(str.isalnum, text)) else None


def _joined(kind: type[And] | type[Or], parts: list[Node | None]) -> Node | None:
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part] if part else []
    return kind(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None
