"""The list of entities for the sidebar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from rich.cells import cell_len

from briefing.analysis.series import series_by_edition, series_of
from briefing.model import Document, Entity, EntityKey, EntityType
from briefing.parsing import visible
from briefing.rendering.entry import Entry, LinesToCome, heading
from briefing.rendering.line import Line, Piece, fit

TYPE_HEADINGS = {
    EntityType.PERSON: "PEOPLE",
    EntityType.ORG: "ORGANISATIONS",
    EntityType.PLACE: "PLACES",
    EntityType.EVENT: "EVENTS",
    EntityType.EQUIPMENT: "EQUIPMENT",
    EntityType.LAW: "LAWS",
    EntityType.PROGRAMME: "PROGRAMMES",
    EntityType.DATE: "DATES",
    EntityType.DEMONYM: "NATIONALITIES",
}
"""What the entities of each type are called together, in the order in which they are listed."""
_NOT_FOUND = 4
_DOTS = 4
"""Documents: in a larger pack the documents of an entity are counted, not drawn one by one."""
_EDITION_INDENT = 2
"""Cells."""


def entity_entries(
    entities: Sequence[Entity], documents: Sequence[Document], query: str, width: int, chosen: object = None
) -> list[Entry]:
    """The entities whose name or alias holds `query`, grouped by type, most mentioned first; their value is their key.

    Each line has the name, `▪` if it is `chosen`, how often it is mentioned, and in which documents: `●` where it is,
    `·` where it is not, in the order of the pack. An edition ("Sea Breeze 2021") stands under its series. While
    something is looked for, what fits it best comes first.
    """
    wanted = query.casefold().strip()
    ranked = sorted(((_rank(entity, wanted), entity) for entity in entities), key=lambda pair: pair[0])
    groups: dict[EntityType, list[Entity]] = {}
    for rank, entity in ranked:
        if rank < _NOT_FOUND:
            groups.setdefault(entity.type, []).append(entity)
    # Nothing being looked for, the kinds have their usual order; else the kind of the best find is first.
    entries: list[Entry] = []
    for type in groups if wanted else filter(groups.__contains__, TYPE_HEADINGS):
        entries.append(heading(TYPE_HEADINGS[type], str(len(groups[type]))))
        entries += [
            Entry(LinesToCome(partial(_lines, one, documents, width, one.key == chosen, indent)), one.key)
            for one, indent in _with_editions(groups[type])
        ]
    return entries


@dataclass(frozen=True, slots=True)
class Rejected:
    """What choosing something that was rejected means. Not its key, which may be listed again."""

    key: EntityKey


def rejected_entries(
    rejected: Sequence[Entity], documents: Sequence[Document], query: str, width: int, chosen: object = None
) -> list[Entry]:
    """What was said to be no entity, struck through, narrowed as `entity_entries` is; each value is `Rejected`."""
    found = [one for one in rejected if _rank(one, query.casefold().strip()) < _NOT_FOUND]
    entries = []
    for one in found:
        line = _line(one, documents, width, one.key == chosen, 0)
        struck = tuple(Piece(piece.text, f"{piece.style} struck muted") for piece in line)
        entries.append(Entry((struck,), Rejected(one.key)))
    return [heading("REJECTED", str(len(found))), *entries] if found else []


def _with_editions(entities: Sequence[Entity]) -> Iterator[tuple[Entity, int]]:
    """The entities, editions after their series, and how many cells each is indented."""
    series = series_by_edition(entities)
    editions: dict[EntityKey, list[Entity]] = {}
    for entity in entities:
        if entity.key in series:
            editions.setdefault(series[entity.key].key, []).append(entity)
    for entity in entities:
        if entity.key not in series:
            yield entity, 0
            yield from ((edition, _EDITION_INDENT) for edition in editions.get(entity.key, ()))


def _rank(entity: Entity, wanted: str) -> int:
    """How well a name or alias fits: 0 the same, 1 begins with what is wanted, 2 a word does, 3 holds it, 4 none."""
    names = [name.casefold() for name in (entity.name, *entity.aliases)]
    if not wanted or wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    if any(word.startswith(wanted) for name in names for word in name.split()):
        return 2
    return 3 if any(wanted in name for name in names) else _NOT_FOUND


def _lines(entity: Entity, documents: Sequence[Document], width: int, chosen: bool, indent: int) -> tuple[Line]:
    return (_line(entity, documents, width, chosen, indent),)


def _line(entity: Entity, documents: Sequence[Document], width: int, chosen: bool, indent: int) -> Line:
    if len(documents) <= _DOTS:
        where = set(entity.documents)
        spread = "".join("●" if document.id in where else "·" for document in documents)
    else:
        spread = f"{entity.document_count}d".rjust(_DOTS)
    count = str(len(entity.mentions)).rjust(3)
    room = max(1, width - len(count) - len(spread) - 2 - indent)
    name = Piece(fit(_shortened(name_within(entity, room), room), room), entity.type.lower())
    marker = Piece("▪" if chosen else " ", "accent")
    return (Piece(" " * indent), name, marker, Piece(count), Piece(" " + spread, "muted"))


def name_within(entity: Entity, width: int) -> str:
    """The entity's name as shown; where `width` cells do not hold it, its longest alias that fits, if there is one."""
    names = [visible(" ".join(name.split())) for name in (entity.name, *entity.aliases)]
    fitting = [name for name in names if cell_len(name) <= width]
    return names[0] if names[0] in fitting else max(fitting, key=cell_len, default=names[0])


def _shortened(name: str, width: int) -> str:
    """`name` with its middle left out where it is too long: the end often says whose ministry, or which year's."""
    if cell_len(name) <= width:
        return name
    series = series_of(name)
    last = name[len(series) :] if series else " " + name.rsplit(maxsplit=1)[-1]
    room = width - cell_len(last) - 1
    return name[:room].rstrip() + "…" + last if room >= width // 3 and name.isascii() else name
