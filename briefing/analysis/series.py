"""Series and their editions: which exercise, programme or law is one in a row of several under one name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing.model import Entity, EntityKey, EntityType

_TYPES = (EntityType.EVENT, EntityType.PROGRAMME, EntityType.LAW)
"""What is held, run or enacted again under one name. The number of a weapon, a unit or a place names another thing."""

_YEAR = r"(?:19|20)[0-9]{2}(?:[-‐‑–—/.][0-9]{1,4})?"
_NUMBER = r"['’‘]?[0-9]{1,2}(?:[-‐‑–—/.][0-9]{1,2})?"
_ROMAN = r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"
# Every repeat is bounded, so that a long name is read once. A longer number is that of a document, not of an edition.
_EDITION = re.compile(rf"[\s,‐‑–—-]{{1,3}}(?:{_YEAR}|\({_YEAR}\)|{_NUMBER}|{_ROMAN})\Z")


def series_of(name: str) -> str | None:
    """The series that `name` is an edition of, without its year or number; None where it has neither.

    "Sea Breeze-2021" and "Sea Breeze 21" are of "Sea Breeze", "Sea Breeze II" is as well.
    """
    edition = _EDITION.search(name)
    series = name[: edition.start()] if edition else ""
    return series if any(map(str.isalpha, series)) else None


def series_by_edition(entities: Iterable[Entity]) -> dict[EntityKey, Entity]:
    """The series of each edition among `entities`, by the key of the edition. Only events, programmes, laws have one.

    A series is known by its name or an alias, and is itself no edition of another.
    """
    candidates = [entity for entity in entities if entity.type in _TYPES]
    named = {(entity.type, _folded(alias)): entity for entity in reversed(candidates) for alias in entity.aliases}
    named |= {(entity.type, _folded(entity.name)): entity for entity in reversed(candidates)}
    found = {}
    for entity in candidates:
        name = series_of(entity.name)
        series = named.get((entity.type, _folded(name))) if name else None
        if series is not None and series is not entity:
            found[entity.key] = series
    return {edition: series for edition, series in found.items() if series.key not in found}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
