"""A pack made by hand: small enough to know by heart, with wide characters, markup and traps in it."""

from __future__ import annotations

from datetime import date

from briefing.analysis.matrix import fill_matrix
from briefing.model import (
    Assessment,
    Claim,
    Confidence,
    Constraint,
    Cue,
    Document,
    Entity,
    EntityType,
    Mention,
    Pack,
    Rating,
    Role,
    Scenario,
    Span,
    Stage,
    Stance,
)
from briefing.parsing import parse_document

NEWS = """\
# Harbour news

The **Port Authority** may lend *two tugs*, which the law limits [sic].

Tugs cost money. 港湾局 said | so.
"""
NOTE = "Port of Calm\nThe Port Authority lent its tugs in March.\nMoney is short; \x1b[31mvery\x1b[0m short.\n"


def _find(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def _mention(document: Document, words: str, type: EntityType, canonical: str) -> Mention:
    return Mention(document.id, _find(document, words), words, type, canonical)


def _claim(
    document: Document,
    quote: str,
    roles: tuple[str, ...],
    constraints: tuple[str, ...],
    leaning: tuple[Stance, Stage],
    cues: tuple[tuple[str, str], ...] = (),
) -> Claim:
    span = _find(document, quote)
    return Claim(
        document.id,
        span,
        document.line_of(span.start),
        quote,
        roles,
        constraints,
        leaning[0],
        leaning[1],
        "author",
        document.date,
        tuple(Cue(label, _find(document, words)) for label, words in cues),
    )


def small_pack() -> Pack:
    """Two documents, three entities, three claims; two roles held against three constraints."""
    news = parse_document("news.md", NEWS.encode(), label="News: tugs", date="2024-05-01", origin="a paper")
    note = parse_document("notes/note.txt", NOTE.encode(), label="Note")
    scenario = Scenario(
        "What could the port lend?",
        "the port",
        ("port",),
        (Role("tugs", "Tugs", ("tug*",)), Role("pilots", "Pilots and 港湾 masters", ("pilot*",))),
        (
            Constraint("law", "Law", ("law",)),
            Constraint("cost", "Cost of everything", ("cost", "money")),
            Constraint("time", "Time", ("time",)),
        ),
        (
            Assessment("tugs", "law", Rating.MODERATE, Confidence.LOW, "See [1].\x1b[2J"),
            Assessment("tugs", "cost", Rating.BLOCKING, None, "", "ann@desk"),
        ),
    )
    claims = (
        _claim(
            news,
            "The **Port Authority** may lend *two tugs*, which the law limits [sic].",
            ("tugs",),
            ("law",),
            (Stance.LIMITS, Stage.POSSIBLE),
            (("role:tugs", "tugs"), ("constraint:law", "law"), ("stance:limits", "limits")),
        ),
        _claim(news, "Tugs cost money.", ("tugs",), ("cost",), (Stance.LIMITS, Stage.UNCLEAR)),
        _claim(note, "The Port Authority lent its tugs in March.", ("tugs",), (), (Stance.ENABLES, Stage.DONE)),
        _claim(note, "Money is short; \x1b[31mvery\x1b[0m short.", (), ("cost",), (Stance.LIMITS, Stage.UNCLEAR)),
    )
    mentions = (
        _mention(news, "Port Authority", EntityType.ORG, "Port Authority"),
        _mention(news, "港湾局", EntityType.ORG, "Port Authority"),
        _mention(note, "Port of Calm", EntityType.PLACE, "Port of Calm"),
        _mention(note, "Port Authority", EntityType.ORG, "Port Authority"),
        _mention(note, "March", EntityType.DATE, "March"),
    )
    entities = (
        Entity(EntityType.ORG, "Port Authority", ("港湾局",), (*mentions[:2], mentions[3])),
        Entity(EntityType.PLACE, "Port of Calm", (), (mentions[2],)),
        Entity(EntityType.DATE, "March", (), (mentions[4],)),
    )
    documents = (news, note)
    return Pack(
        "harbour",
        "What the harbour\x1b can lend",
        "RESTRICTED",
        date(2024, 6, 1),
        documents,
        scenario,
        mentions=mentions,
        entities=entities,
        claims=claims,
        matrix=fill_matrix(scenario, claims, documents),
    )
