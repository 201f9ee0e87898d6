"""What is made of the evidence, as entries of lists: what falls with a source, what changed, what to find out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing import model
from briefing.model import (
    Assessment,
    Cell,
    Claim,
    ClaimLabel,
    Constraint,
    Document,
    Matrix,
    Role,
    Scenario,
    Stage,
    Stance,
)
from briefing.parsing import visible
from briefing.rendering.entry import Entry, counted, heading
from briefing.rendering.line import Line, Piece, fit, flow
from briefing.rendering.matrix import rating_words

if TYPE_CHECKING:
    from briefing.analysis.changes import Change
    from briefing.analysis.linchpins import Linchpin
    from briefing.analysis.ranking import Ranked

_LABEL = 10
_INDENT = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A cell to go to."""

    role: str
    constraint: str | None
    """None for the role as a whole."""


def linchpin_entries(
    found: Iterable[Linchpin], documents: Sequence[Document], matrix: Matrix, width: int
) -> list[Entry]:
    """Every origin with what it alone holds up: statuses, then cells by constraint; the value of each is its `Place`.

    Roles whose cells anybody has rated stand with the rating. Of a constraint that would be left without any quote at
    all it is said so.
    """
    labels = {document.id: visible(document.label) for document in documents}
    roles = {role.id: visible(role.name) for role in matrix.scenario.roles}
    entries: list[Entry] = []
    for one in found:
        title = " + ".join(labels[id] for id in one.origin.documents)
        held = f"alone holds up {counted(len(one.cells), 'cell')} and {counted(len(one.rows), 'status', 'statuses')}"
        entries.append(Entry(tuple(flow([Piece(title, "heading"), Piece(f"  {held}", "muted")], width))))
        for row in one.rows:
            words = (Piece(fit("status", _LABEL), "muted"), Piece(roles[row.role.id]), Piece(f"  {row.stage}", "muted"))
            entries.append(Entry((words,), Place(row.role.id, None)))
        for constraint in matrix.scenario.constraints:
            cells = [cell for cell in one.cells if cell.constraint == constraint.id]
            if cells:
                evident = [cell for row in matrix.rows for cell in row.cells if cell.constraint == constraint.id]
                told = sum(bool(cell.claims) for cell in cells)
                whole = told > 0 and told == sum(bool(cell.claims) for cell in evident)
                pieces = [
                    Piece(fit("cells", _LABEL), "muted"),
                    Piece(visible(constraint.name), "strong"),
                    Piece("  every quote there is" if whole else "", "warning"),
                    Piece(f"  {', '.join(_held_up(cell, roles[cell.role]) for cell in cells)}", "muted"),
                ]
                lines = tuple(flow(pieces, width, _LABEL))
                entries.append(Entry(lines, Place(cells[0].role, constraint.id)))
    return entries or [_nothing("No cell and no status rests on one origin alone.", width)]


def _held_up(cell: Cell, role: str) -> str:
    """A role with what its cell was rated, where anybody has: "Training: low?" for a draft."""
    rated = cell.assessment
    return f"{role}: {rated.rating}{'?' if rated.drafted else ''}" if rated else role


def change_entries(changes: Iterable[Change], width: int) -> list[Entry]:
    """What was and what is, with the cause; the value of each is the place of the words, else the `Place` of a cell."""
    entries = []
    for change in changes:
        pieces = [Piece(visible(change.subject), "strong")]
        if change.was:
            pieces.append(Piece(f"  {visible(change.was)}", "muted"))
        pieces += [Piece(" → " if change.was else "  ", "muted"), Piece(visible(change.now) or "nothing")]
        if change.cause:
            pieces.append(Piece(f"  {visible(change.cause)}", "accent"))
        cell = Place(*change.cell) if change.cell else None
        entries.append(Entry(tuple(flow(pieces, width, indent=2)), change.place or cell))
    return entries or [_nothing("Nothing has changed.", width)]


def question_entries(collected: Mapping[tuple[str, str], model.Event], width: int) -> list[Entry]:
    """What is to be found out, who asked and when; the value of each is the `Place` of its cell."""
    entries = []
    for (role, constraint), event in collected.items():
        if isinstance(event.decision, model.Collect):
            asked = Piece(f"  {visible(event.by)}, {event.at:%Y-%m-%d}", "muted")
            lines = tuple(flow([Piece(visible(event.decision.question)), asked], width, indent=2))
            entries.append(Entry(lines, Place(role, constraint)))
    return entries or [_nothing("Nothing is on the list: `.` goes to the next gap, R puts it here.", width)]


def ranked_lines(ranked: Ranked, constraints: Sequence[Constraint], width: int) -> list[Line]:
    """Why a role stands where it does among all, and which of `constraints` nobody has rated for it."""
    cells = {cell.constraint: cell for cell in ranked.row.cells}
    not_rated = [one for one in constraints if cells[one.id].assessment is None]
    above = "above the next: " if len(not_rated) < len(constraints) else ""
    words = [f"{above}{visible(ranked.reason)}"] if ranked.reason else []
    for said, evident in (("without evidence or rating", False), ("not rated", True)):
        names = [visible(one.name) for one in not_rated if bool(cells[one.id].claims) is evident]
        if names:
            words.append(f"{len(names)} of {len(constraints)} {said}: {', '.join(names)}")
    return list(flow([Piece("; ".join(words), "second")], width, _INDENT)) if words else []


def verdict_lines(cell: Cell, width: int) -> list[Line]:
    """Who decided what about a cell and why; who differs; what the evidence points to; what has changed."""
    lines: list[Line] = []
    for one in (cell.assessment, *cell.rivals):
        if one is not None:
            lines += flow(_assessed(one), width, _INDENT)
    if cell.suggestion and (cell.assessment is None or cell.assessment.drafted):
        words = f"suggests {cell.suggestion.rating}: {cell.suggestion.reason}"
        lines += flow([Piece(words, "suggested")], width, _INDENT)
    for change in cell.changes:
        lines += flow([Piece("* ", "warning"), Piece(change)], width, _INDENT)
    if cell.conflicts:
        words = f"{counted(len(cell.conflicts), 'pair')} of these quotes disagree: ! shows them"
        lines += flow([Piece("! ", "warning"), Piece(words)], width, _INDENT)
    return lines


def _assessed(one: Assessment) -> list[Piece]:
    who = "draft" if one.drafted else f"{visible(one.by)}, {one.at:%Y-%m-%d}" if one.at else visible(one.by)
    return [
        Piece(rating_words(one), f"{one.rating}{' draft' if one.drafted else ''}"),
        Piece(f" {who}", "muted"),
        Piece(f", confidence {one.confidence}" if one.confidence else "", "muted"),
        Piece(f": {visible(one.note)}" if one.note else ""),
    ]


def label_entries(claim: Claim, scenario: Scenario, query: str) -> list[Entry]:
    """What a claim can be put right to; the value of each is (label, value).

    Roles and constraints are put in or taken out one at a time.
    """
    entries: list[Entry] = []
    for title, label, choices in (
        ("LEANS", ClaimLabel.STANCE, [(str(one), str(one), claim.stance is one) for one in Stance]),
        ("HOW FAR ALONG", ClaimLabel.STAGE, [(str(one), str(one), claim.stage is one) for one in Stage]),
        ("ROLES", ClaimLabel.ROLES, _toggles(claim.roles, scenario.roles)),
        ("CONSTRAINTS", ClaimLabel.CONSTRAINTS, _toggles(claim.constraints, scenario.constraints)),
        ("ELSE", ClaimLabel.VOICE, [("who says so …", "", False)]),
        ("", ClaimLabel.AS_OF, [("the date it speaks from …", "", False)]),
    ):
        fitting = [choice for choice in choices if query.casefold().strip() in f"{title} {choice[0]}".casefold()]
        if fitting and title:
            entries.append(heading(title))
        for words, value, now in fitting:
            line = (Piece(fit("now" if now else "", 5), "muted"), Piece(visible(words)))
            entries.append(Entry((line,), (label, value)))
    return entries


def _toggles(now: Sequence[str], known: Sequence[Role] | Sequence[Constraint]) -> list[tuple[str, str, bool]]:
    """Every role or constraint with the list of ids that would hold if it were put in or taken out."""
    toggles = []
    for one in known:
        others = [other for other in now if other != one.id]
        toggles.append((one.name, " ".join(others if one.id in now else [*now, one.id]), one.id in now))
    return toggles


def _nothing(words: str, width: int) -> Entry:
    return Entry(tuple(flow([Piece(words, "muted")], width)))
