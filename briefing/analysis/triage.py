"""Sifting a large pack: what was decided to do with each document, and the documents in an order to be gone through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from briefing import model
from briefing.model import Document, Pack, as_claims, documents_by_id

Triaged = Mapping[str, "model.Event"]
"""The last word on each document by its id, as in `Judgements.triaged`."""


class DocumentOrder(StrEnum):
    """In which order documents are listed; where that leaves it open, as in the pack."""

    PACK = "as in the pack"
    DATE = "newest first"
    """Those without a date last."""
    SOURCE = "by source"
    """By the name of who published them; those that name nobody last."""
    CLAIMS = "most claims first"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How an officer wants the documents listed."""

    order: DocumentOrder = DocumentOrder.PACK
    only: model.TriageState | None = None
    """List those in this state alone; None for all."""
    unfolded: frozenset[str] = frozenset()
    """The origins whose documents are all listed, each by the id that `Shelf.origin_of` gives."""


def arrangement_of(order: str, only: str) -> Arrangement:
    """The arrangement that these values of `DocumentOrder` and `TriageState` stand for; what is none says nothing."""
    orders, states = ([str(one) for one in kind] for kind in (DocumentOrder, model.TriageState))
    return Arrangement(
        DocumentOrder(order) if order in orders else DocumentOrder.PACK,
        model.TriageState(only) if only in states else None,
    )


class Standing(NamedTuple):
    """What holds of a document."""

    state: model.TriageState
    by: str = ""
    """The officer who decided that, as "user@host"; "" where nobody did."""
    before: model.TriageState | None = None
    """What it was until its file changed, which made it new."""


class Listed(NamedTuple):
    """A document in its place on the list."""

    document: Document
    alike: int = 0
    """How many documents of its origin are folded under it, or listed below it."""
    folded: bool = False
    """Whether these are folded."""
    below: bool = False
    """Whether it is listed below another of its origin."""


@dataclass(slots=True)
class Shelf:
    """The documents of a pack with what no triage changes, each part of it made when it is first asked for."""

    pack: Pack
    claims: Mapping[str, int]
    """Sentences that bear on the scenario, by document, of those that have any."""
    _origins: dict[str, str]
    _orders: dict[DocumentOrder, list[Document]] = field(default_factory=dict)
    _words: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, pack: Pack) -> Shelf:
        """That of `pack`."""
        origins = {id: origin.documents[0] for origin in pack.origins for id in origin.documents}
        return cls(pack, as_claims(pack.claims).counts, origins)

    def holds(self, pack: Pack) -> bool:
        """Whether it is that of `pack` too, which may differ in what was decided."""
        mine = self.pack
        return mine.documents is pack.documents and mine.claims is pack.claims and mine.origins is pack.origins

    def origin_of(self, document: Document) -> str:
        """The id of the first document of its origin, which is its own where there is no other."""
        return self._origins.get(document.id, document.id)

    def words(self, document: Document) -> int:
        """Words of a document, as white space parts them."""
        if document.id not in self._words:
            self._words[document.id] = document.words
        return self._words[document.id]

    def in_order(self, order: DocumentOrder) -> Sequence[Document]:
        """All documents in that order."""
        if order not in self._orders:
            documents = [*self.pack.documents]
            if order is DocumentOrder.DATE:
                documents.sort(key=lambda one: one.date or "", reverse=True)
            elif order is DocumentOrder.SOURCE:
                documents.sort(key=lambda one: (not one.origin, (one.origin or "").casefold()))
            elif order is DocumentOrder.CLAIMS:
                documents.sort(key=lambda one: self.claims.get(one.id, 0), reverse=True)
            self._orders[order] = documents
        return self._orders[order]


def standing_of(document: Document, triaged: Triaged) -> Standing:
    """What holds of `document`.

    Nothing holds for other words than those that were decided about: a document whose file has changed is new.
    """
    event = triaged.get(document.id)
    if event is None or not isinstance(event.decision, model.Triage):
        return Standing(model.TriageState.NEW)
    state = event.decision.state
    if event.decision.digest == document.digest:
        return Standing(state, event.by)
    new = model.TriageState.NEW
    return Standing(new) if state is new else Standing(new, event.by, state)


def tally(pack: Pack, triaged: Triaged) -> dict[model.TriageState, int]:
    """How many documents of `pack` are in each state. The time taken grows with the number of decisions."""
    by_id = documents_by_id(pack.documents)
    decided = Counter(standing_of(by_id[id], triaged).state for id in triaged if id in by_id)
    decided[model.TriageState.NEW] += len(pack.documents) - decided.total()
    return {state: decided[state] for state in model.TriageState}


def document_list(shelf: Shelf, triaged: Triaged, arrangement: Arrangement) -> tuple[Listed, ...]:
    """The documents of `shelf` as `arrangement` wants them.

    Of an origin only the first has its place in the order: the others are folded under it, or stand below it.
    """
    groups: dict[str, list[Document]] = {}
    only = arrangement.only
    for document in shelf.in_order(arrangement.order):
        if only is None or standing_of(document, triaged).state is only:
            groups.setdefault(shelf.origin_of(document), []).append(document)
    rows: list[Listed] = []
    for origin, (first, *others) in groups.items():
        folded = bool(others) and origin not in arrangement.unfolded
        rows.append(Listed(first, len(others), folded))
        if not folded:
            rows += [Listed(document, below=True) for document in others]
    return tuple(rows)


def next_new(rows: Sequence[Listed], triaged: Triaged, number: int, by: int = 1) -> int | None:
    """Index of the next new one of `rows` after that with index `number`, or with `by` -1 before it, round the ends.

    None where no other is new. Without a row to begin at, `number` is -1.
    """
    count = len(rows)
    places = ((number + by * step) % count for step in range(1, count + (number < 0)))
    return next((place for place in places if _is_new(rows[place].document, triaged)), None)


def _is_new(document: Document, triaged: Triaged) -> bool:
    return standing_of(document, triaged).state is model.TriageState.NEW


def kept_first(pack: Pack, triaged: Triaged, few: int, most: int) -> Sequence[Document]:
    """A `few` documents of `pack`, in its order: those that were kept, of which as many as `most`, then the first."""
    if len(pack.documents) <= few:
        return pack.documents
    by_id = documents_by_id(pack.documents)
    kept = [id for id in triaged if id in by_id and standing_of(by_id[id], triaged).state is model.TriageState.KEPT]
    ids = [*dict.fromkeys((*kept, *(document.id for document in pack.documents[:few])))][
        : max(few, min(len(kept), most))
    ]
    return [by_id[id] for id in sorted(ids, key=pack.index_of)]
