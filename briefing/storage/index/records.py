"""How what the rules find is written in rows of an index, and read back the same."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

from briefing.analysis.cited_sources import CitedSource
from briefing.extraction.entities.meetings import Held
from briefing.extraction.entities.reading import Named, Reading
from briefing.model import (
    Claim,
    ClaimKind,
    ClaimLabel,
    Conflict,
    ConflictKind,
    Cue,
    Document,
    EntityType,
    LazyTuple,
    Likeness,
    Mention,
    Problem,
    Side,
    Span,
    Stage,
    Stance,
)

_NOWHERE = Held()
_TYPES = {type.value: type for type in EntityType}
_QUICKLY = 1
"""Level of compression: a reading takes a third of its room at a hundredth of what making it takes."""


def as_json(value: object) -> str:
    """`value` in one line, without what only eyes need."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def reading_as_text(reading: Reading) -> str:
    """What a document names, as text; its id is left out."""
    return as_json([[list(_name_row(named)) for named in reading.names], reading.acronyms])


def compressed(reading: str) -> bytes:
    """A reading as text, as it is kept."""
    return zlib.compress(reading.encode(), _QUICKLY)


def reading_from(data: bytes, document: str) -> Reading:
    """The reading of the document of that id that was kept as `data`."""
    names, acronyms = json.loads(zlib.decompress(data))
    return Reading(document, [_named(row) for row in names], acronyms)


def _name_row(named: Named) -> Iterator[Any]:
    yield named.span.start
    yield named.span.end
    yield named.text
    yield "" if named.shown == named.text else named.shown
    yield named.type.value
    yield named.name
    yield named.owner
    yield None if named.held == _NOWHERE else list(named.held)


def _named(row: Sequence[Any]) -> Named:
    start, end, text, shown, type, name, owner, held = row
    return Named(Span(start, end), text, shown or text, _TYPES[type], name, owner, Held(*held) if held else _NOWHERE)


def mention_rows(mentions: Iterable[Mention]) -> list[list[Any]]:
    """The mentions of one document, as JSON can hold them."""
    return [[one.span.start, one.span.end, one.text, one.type.value, one.canonical, one.shown] for one in mentions]


def mention_from(document: str, row: Sequence[Any]) -> Mention:
    """The mention in a row of `mention_rows`."""
    start, end, text, type, name, shown = row
    return Mention(document, Span(start, end), text, _TYPES[type], name, shown)


CLAIM_COLUMNS = "start, end, line, quote, roles, constraints, stance, stage, voice, as_of, heading, cues"


def claim_row(claim: Claim) -> list[Any]:
    """A claim of the rules as the columns `CLAIM_COLUMNS`."""
    return [
        claim.span.start,
        claim.span.end,
        claim.line,
        claim.quote,
        as_json(claim.roles),
        as_json(claim.constraints),
        claim.stance.value,
        claim.stage.value,
        claim.voice,
        claim.as_of,
        int(claim.heading),
        as_json([[cue.label, cue.span.start, cue.span.end] for cue in claim.cues]),
    ]


def claim_labels(row: Sequence[Any]) -> list[str]:
    """What a claim, as the columns `CLAIM_COLUMNS`, is about: "role:training", "constraint:cost"."""
    roles, constraints = json.loads(row[4]), json.loads(row[5])
    return [*(f"role:{id}" for id in roles), *(f"constraint:{id}" for id in constraints)]


def kind_row(row: Sequence[Any]) -> tuple[Any, ...]:
    """What of a claim, as the columns `CLAIM_COLUMNS`, decides what it is evidence for."""
    return (*row[4:8], row[10])


def kind_from(row: Sequence[Any]) -> ClaimKind:
    """The kind in a row of `kind_row`. Raises `ValueError` for what is none."""
    roles, constraints, stance, stage, heading = row
    return ClaimKind(_ids(roles), _ids(constraints), Stance(stance), Stage(stage), bool(heading))


def claim_from(document: str, row: Sequence[Any]) -> Claim:
    """The claim in the columns `CLAIM_COLUMNS`."""
    start, end, line, quote, roles, constraints, stance, stage, voice, as_of, heading, cues = row
    return Claim(
        document=document,
        span=Span(start, end),
        line=line,
        quote=quote,
        roles=_ids(roles),
        constraints=_ids(constraints),
        stance=Stance(stance),
        stage=Stage(stage),
        voice=voice,
        as_of=as_of,
        # Of all claims of a pack only those on the screen are asked what decided them.
        cues=LazyTuple(partial(_cues, cues)),
        heading=bool(heading),
    )


@lru_cache(maxsize=1024)
def _ids(text: str) -> tuple[str, ...]:
    """Ids of roles or constraints: many claims have the same."""
    return tuple(json.loads(text))


def _cues(text: str) -> Iterator[Cue]:
    return (Cue(label, Span(first, last)) for label, first, last in json.loads(text))


def conflict_as_text(conflict: Conflict) -> str:
    """A conflict of the rules, which nobody has settled, as text."""
    sides = [
        [side.document, side.span.start, side.span.end, side.words.start, side.words.end, side.value]
        for side in (conflict.one, conflict.other)
    ]
    return as_json(
        [
            conflict.id,
            conflict.kind,
            conflict.subject,
            *sides,
            conflict.reason,
            conflict.roles,
            conflict.constraints,
            conflict.label,
            conflict.constraint,
        ]
    )


def conflict_from(text: str) -> Conflict:
    """The conflict written as `text`."""
    id, kind, subject, one, other, reason, roles, constraints, label, constraint = json.loads(text)
    return Conflict(
        id=id,
        kind=ConflictKind(kind),
        subject=subject,
        one=_side(*one),
        other=_side(*other),
        reason=reason,
        roles=tuple(roles),
        constraints=tuple(constraints),
        label=ClaimLabel(label) if label is not None else None,
        constraint=constraint,
    )


def _side(document: str, start: int, end: int, first: int, last: int, value: str) -> Side:
    return Side(document, Span(start, end), Span(first, last), value)


def likenesses_as_text(likenesses: Iterable[Likeness]) -> str:
    """Likenesses as text."""
    return as_json([[one.documents, one.reason] for one in likenesses])


def likenesses_from(text: str) -> tuple[Likeness, ...]:
    """The likenesses written as `text`."""
    return tuple(Likeness(tuple(documents), reason) for documents, reason in json.loads(text))


def cited_as_text(source: CitedSource | None) -> str:
    """The source that a document rests on as text, "" for none; where it is named is left out."""
    return as_json([source.name, source.reason]) if source else ""


def cited_from(text: str) -> CitedSource | None:
    """The source written as `text`."""
    if not text:
        return None
    name, reason = json.loads(text)
    return CitedSource(name, reason, None)


def problem_rows(document: Document) -> list[list[Any]]:
    """What reading a document had to say, as JSON can hold it."""
    return [[one.path, one.fault, one.remedy, one.line] for one in document.problems]


def problem_from(row: Sequence[Any]) -> Problem:
    """The problem in a row of `problem_rows`."""
    return Problem(*row)
