"""What the widgets of the desk tell the screen that owns its state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from briefing.model import Pack

if TYPE_CHECKING:
    from briefing.storage.index.indexing import Progress
    from briefing.storage.watching import Offer


@dataclass
class PackAnalysed(Message):
    """Entities, claims and the matrix of the pack are there."""

    pack: Pack


@dataclass
class PackFailed(Message):
    """The pack could be read but not analysed."""

    fault: str


@dataclass
class IndexingTold(Message):
    """How far the indexing of the pack is."""

    progress: Progress


@dataclass
class IndexingEnded(Message):
    """The pack is not being indexed any more."""

    is_whole: bool
    """Whether nothing is left to be found."""


@dataclass
class PackOffered(Message):
    """The pack has changed on the disk, and was read and analysed anew."""

    offer: Offer


@dataclass
class CellEntered(Message):
    """The cursor of the matrix has come to rest."""


@dataclass
class ConstraintRelaxed(Message):
    """A constraint is to be taken for granted, or no longer."""

    constraint: str


@dataclass
class CellOpened(Message):
    """The words behind the cell under the cursor are wanted."""
