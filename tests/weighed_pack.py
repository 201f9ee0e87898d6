"""Claims, matrices and events made by hand, for tests of what is made of the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from briefing.analysis.judgements import judgements
from briefing.analysis.matrix import fill_matrix
from briefing.model import (
    Assessment,
    Claim,
    Constraint,
    Decision,
    Document,
    Event,
    Matrix,
    Origin,
    Pack,
    QuoteRef,
    Rating,
    Role,
    Scenario,
    Span,
    Stage,
    Stance,
)

ROLES = (
    Role("escort", "Escort", ("escort*",)),
    Role("relief", "Relief", ("relief",)),
    Role("loans", "Loans", ("loan*",)),
)
CONSTRAINTS = (Constraint("law", "Law", ("law",)), Constraint("cost", "Cost", ("cost*",)))
TEXTS = {
    "a.txt": "Escorts are costly. The law forbids loans.",
    "b.txt": "Escorts are costly.",
    "c.txt": "It came late. Relief has gone.",
}


def documents() -> tuple[Document, ...]:
    """Three short documents."""
    return tuple(Document(id, text, f"digest of {id}", "text", label=id) for id, text in TEXTS.items())


def scenario(*drafts: Assessment) -> Scenario:
    """Three roles against two constraints."""
    return Scenario("What may be done?", "the league", ("league",), ROLES, CONSTRAINTS, drafts)


def claim(
    document: str,
    quote: str,
    about: str,
    stance: Stance = Stance.LIMITS,
    stage: Stage = Stage.UNCLEAR,
    *,
    heading: bool = False,
    as_of: str | None = None,
) -> Claim:
    """A claim on the ids in `about`, separated by blanks, standing where `quote` does."""
    start = TEXTS[document].find(quote)
    ids = about.split()
    return Claim(
        document,
        Span(max(0, start), max(0, start) + len(quote)),
        1,
        quote,
        tuple(id for id in ids if id in {role.id for role in ROLES}),
        tuple(id for id in ids if id in {constraint.id for constraint in CONSTRAINTS}),
        stance,
        stage,
        "author",
        as_of,
        heading=heading,
    )


COSTLY = claim("a.txt", "Escorts are costly.", "escort cost")
COSTLY_TOO = claim("b.txt", "Escorts are costly.", "escort cost")
FORBIDDEN = claim("a.txt", "The law forbids loans.", "loans law", stage=Stage.DENIED)
GONE = claim("c.txt", "Relief has gone.", "relief", Stance.ENABLES, Stage.DONE, as_of="2024-05")
CLAIMS = (COSTLY, FORBIDDEN, COSTLY_TOO, GONE)


def events(*decisions: Decision, by: str = "ann@desk", first: int = 0) -> list[Event]:
    """Events numbered from `first`, a minute apart."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Event(f"{by}{number}", start + timedelta(minutes=number), by, decision)
        for number, decision in enumerate(decisions, first)
    ]


def matrix(
    *made: Event, claims: Sequence[Claim] = CLAIMS, drafts: Sequence[Assessment] = (), origins: Sequence[Origin] = ()
) -> Matrix:
    """The matrix of `claims` as the events `made` leave it."""
    held = judgements(made)
    return fill_matrix(scenario(*drafts), claims, documents(), held=held, origins=origins)


def pack(*made: Event, drafts: Sequence[Assessment] = ()) -> Pack:
    """A pack of it all."""
    filled = matrix(*made, drafts=drafts)
    return Pack("p", "p", "", None, documents(), scenario(*drafts), events=tuple(made), claims=CLAIMS, matrix=filled)


def draft(role: str, constraint: str, rating: Rating, *quotes: QuoteRef) -> Assessment:
    """A rating that came with the pack, resting on `quotes`."""
    return Assessment(role, constraint, rating, quotes=quotes)
