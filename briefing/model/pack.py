"""A pack: the documents, the question, and all that was found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from briefing.model.document import Document, Documents, document_numbers, documents_by_id
from briefing.model.entity import Entity, EntityKey, EntityRule, Mention, NameFinder, as_mentions

if TYPE_CHECKING:
    from datetime import date

    from briefing.model.claim import Claim
    from briefing.model.conflict import Conflict
    from briefing.model.decision import AddName, Correction, Event
    from briefing.model.entity import Mentions
    from briefing.model.matrix import Matrix
    from briefing.model.problem import Problem
    from briefing.model.scenario import Scenario
    from briefing.model.source import Likeness, Origin


class WithNames(NamedTuple):
    """What was found in a pack and the names that officers added, kept for as long as neither changes."""

    found: Sequence[Mention]
    """Without them."""
    names: Sequence[AddName]
    mentions: Mentions
    """With them, and without what had to make room for them."""
    entities: tuple[Entity, ...]
    """What `mentions` mean, most mentioned first."""


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """Everything one briefing is about, as read from its files. Compared by identity."""

    name: str
    """The folder's or the file's name."""
    title: str
    marking: str
    """The handling marking that stands on the first and last row of every screen and page; "" when none is given."""
    as_of: date | None
    """The day the briefing speaks from."""
    documents: Sequence[Document]
    """Those that `briefing.toml` lists first, in its order; then the others by path."""
    scenario: Scenario | None = None
    entity_rules: tuple[EntityRule, ...] = ()
    """What the pack itself says of names, in the order of its `entities.toml`."""
    written_as_of: date | None = None
    """`as_of` as `briefing.toml` gives it, before an officer changed it."""
    rejected_names: tuple[EntityKey, ...] = ()
    """What the pack's `entities.toml` says is no entity."""
    written_corrections: tuple[Correction, ...] = ()
    """What else its `entities.toml` puts right, in its order; it holds before what officers decide."""
    ner: NameFinder = NameFinder.RULES
    """What finds the names in its documents."""
    events: tuple[Event, ...] = ()
    """What officers decided, from all journals of the pack, in the order in which it holds."""
    found: Sequence[Mention] = ()
    """What the rules found, before any officer's correction. In order of document, then of place."""
    found_entities: tuple[Entity, ...] | None = None
    """What they mean, before any correction, most mentioned first; None where nobody has put them together yet."""
    named: WithNames | None = None
    """That with the names that officers added; None where nobody has looked for them yet."""
    mentions: Sequence[Mention] = ()
    """In order of document, then of place, with all corrections."""
    entities: tuple[Entity, ...] = ()
    """Most mentioned first."""
    rejected: tuple[Entity, ...] = ()
    """What was found and said to be no entity, most mentioned first; its mentions are not in `mentions`."""
    found_claims: Sequence[Claim] = ()
    """What the rules read, before an officer put anything right. In order of document, then of place."""
    claims: Sequence[Claim] = ()
    """In order of document, then of place, as officers put them right; those of struck sources too."""
    found_conflicts: tuple[Conflict, ...] = ()
    """What the rules found, before an officer put right or settled anything; the most telling first."""
    found_likenesses: tuple[Likeness, ...] | None = None
    """Which documents belong to one origin by what stands in them; None where nobody has looked yet."""
    origins: tuple[Origin, ...] = ()
    """Which documents count as one, in the order of the pack; every document is in one of them."""
    conflicts: tuple[Conflict, ...] = ()
    """Those of `found_conflicts` that still disagree as officers put claims right; those of struck sources too."""
    matrix: Matrix | None = None
    problems: tuple[Problem, ...] = ()
    """Files passed over and faults that did not stop the pack from opening."""

    def __post_init__(self) -> None:
        if not isinstance(self.documents, Documents):
            object.__setattr__(self, "documents", Documents(self.documents))
        object.__setattr__(self, "mentions", as_mentions(self.mentions))

    def document(self, id: str) -> Document:
        """The document of that id. Raises `KeyError` when the pack holds none."""
        return documents_by_id(self.documents)[id]

    def mentions_in(self, document: str) -> Sequence[Mention]:
        """The mentions in the document of that id, in order."""
        return as_mentions(self.mentions).in_document(document)

    def index_of(self, document: str) -> int:
        """The index of the document of that id. Raises `KeyError` when the pack holds none."""
        return document_numbers(self.documents)[document]
