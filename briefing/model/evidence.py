"""The claims of a pack by what they say, and those that bear on one thing: none is made before it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple, overload

from briefing.model.claim import Claim, Stage, Stance
from briefing.model.lazy import LazyTuple, OnDemand
from briefing.model.span import Span


class ClaimKind(NamedTuple):
    """All of a claim that decides what it is evidence for."""

    roles: tuple[str, ...]
    constraints: tuple[str, ...]
    stance: Stance
    stage: Stage
    heading: bool

    @classmethod
    def of(cls, claim: Claim) -> ClaimKind:
        """That of `claim`."""
        return cls(claim.roles, claim.constraints, claim.stance, claim.stage, claim.heading)


Group = tuple[ClaimKind, Sequence[int]]
"""Claims of one kind, by their numbers in ascending order."""


class Claims(LazyTuple[Claim]):
    """The claims of a pack in order of document, then of place, made when they are first looked at.

    Equal to the tuple. The number of a claim is its index.
    """

    __slots__ = ("_by_document", "_kinds")

    def __init__(self, make: Callable[[], Iterable[Claim]]) -> None:
        super().__init__(make)
        self._by_document: Mapping[str, Sequence[int]] | None = None
        self._kinds: Mapping[ClaimKind, Sequence[int]] | None = None

    @property
    def kinds(self) -> Mapping[ClaimKind, Sequence[int]]:
        """The numbers of the claims of each kind, in ascending order."""
        if self._kinds is None:
            kinds: dict[ClaimKind, list[int]] = {}
            for number, claim in enumerate(self):
                kinds.setdefault(ClaimKind.of(claim), []).append(number)
            self._kinds = kinds
        return self._kinds

    @property
    def counts(self) -> Mapping[str, int]:
        """How many claims each document has that has any."""
        return {document: len(numbers) for document, numbers in self._documents().items()}

    def numbers_in(self, document: str) -> Sequence[int]:
        """The numbers of the claims in the document of that id."""
        return self._documents().get(document, ())

    def in_document(self, document: str) -> Sequence[Claim]:
        """The claims in the document of that id."""
        return [self[number] for number in self.numbers_in(document)]

    def at(self, document: str, span: Span) -> Claim | None:
        """The claim at `span` of a document; None where there is none."""
        number = self.number_at(document, span)
        return self[number] if number is not None else None

    def number_at(self, document: str, span: Span) -> int | None:
        """The number of the claim at `span` of a document; None where there is none."""
        return next((number for number in self.numbers_in(document) if self.place(number)[1] == span), None)

    def document(self, number: int) -> str:
        """The id of the document that a claim stands in."""
        return self[number].document

    def place(self, number: int) -> tuple[str, Span]:
        """Where a claim stands: id of the document, and the words."""
        return self[number].document, self[number].span

    def documents_of(self, numbers: Iterable[int]) -> set[str]:
        """The ids of the documents that these claims stand in."""
        return set(map(self.document, numbers))

    def latest(self, numbers: Iterable[int]) -> str | None:
        """The latest date that any of these claims speaks from; None where none says."""
        return max(filter(None, (self[number].as_of for number in numbers)), default=None)

    @property
    def changed(self) -> Mapping[int, Claim]:
        """Those that were put right, by their numbers."""
        return {}

    def put_right(self, changed: Mapping[int, Claim]) -> Claims:
        """These claims, those of some numbers replaced."""
        return _PutRight(self, changed) if changed else self

    def _documents(self) -> Mapping[str, Sequence[int]]:
        if self._by_document is None:
            by_document: dict[str, list[int]] = {}
            for number, claim in enumerate(self):
                by_document.setdefault(claim.document, []).append(number)
            self._by_document = by_document
        return self._by_document


class _PutRight(Claims):
    """Claims of which some were replaced, at the same places."""

    __slots__ = ("_before", "_changed")

    def __init__(self, before: Claims, changed: Mapping[int, Claim]) -> None:
        super().__init__(tuple)
        self._before = before
        self._changed = changed

    @property
    def kinds(self) -> Mapping[ClaimKind, Sequence[int]]:
        if self._kinds is None:
            kinds = dict(self._before.kinds)
            for kind in {ClaimKind.of(self._before[number]) for number in self._changed}:
                kinds[kind] = [number for number in kinds[kind] if number not in self._changed]
            for number, claim in self._changed.items():
                kind = ClaimKind.of(claim)
                kinds[kind] = sorted((*kinds.get(kind, ()), number))
            self._kinds = {kind: numbers for kind, numbers in kinds.items() if numbers}
        return self._kinds

    @property
    def counts(self) -> Mapping[str, int]:
        return self._before.counts

    @property
    def changed(self) -> Mapping[int, Claim]:
        return {**self._before.changed, **self._changed}

    def numbers_in(self, document: str) -> Sequence[int]:
        return self._before.numbers_in(document)

    def document(self, number: int) -> str:
        return self._before.document(number)

    def place(self, number: int) -> tuple[str, Span]:
        return self._before.place(number)

    def documents_of(self, numbers: Iterable[int]) -> set[str]:
        return self._before.documents_of(numbers)

    def latest(self, numbers: Iterable[int]) -> str | None:
        asked = set(numbers)
        dates = [claim.as_of for number, claim in self._changed.items() if number in asked]
        return max(filter(None, (*dates, self._before.latest(asked - self._changed.keys()))), default=None)

    def _whole(self) -> tuple[Claim, ...]:
        # What makes it is not kept beside it: that would be this itself, and keep all that is before it.
        return tuple(iter(self))

    def __len__(self) -> int:
        return len(self._before)

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Claim, ...]: ...
    def __getitem__(self, index: int | slice) -> Claim | tuple[Claim, ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        number = range(len(self))[index]
        return self._changed.get(number) or self._before[number]

    def __iter__(self) -> Iterator[Claim]:
        return (self._changed.get(number) or claim for number, claim in enumerate(self._before))


class Evidence(Sequence[Claim]):
    """Those of the claims of a pack that bear on one thing; equal to the tuple. How many there are is known at once."""

    __slots__ = ("_count", "_numbers", "_tiers", "claims")

    def __init__(self, claims: Claims, *tiers: Sequence[Group]) -> None:
        """Those of `claims` that are in `tiers`: one tier after the other, each in order of document and place."""
        self.claims = claims
        """All of the pack."""
        self._tiers = tiers
        self._count = sum(len(numbers) for _, numbers in self.groups)
        self._numbers: Sequence[int] | None = None

    @property
    def groups(self) -> Iterator[Group]:
        """The claims by their kinds."""
        return chain.from_iterable(self._tiers)

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers of the claims, in their order."""
        if self._numbers is None:
            tiers = (sorted(chain.from_iterable(numbers for _, numbers in tier)) for tier in self._tiers)
            self._numbers = [*chain.from_iterable(tiers)]
        return self._numbers

    @property
    def places(self) -> Sequence[tuple[str, Span]]:
        """Where each stands: id of the document, and the words."""
        return OnDemand(len(self), lambda index: self.claims.place(self.numbers[index]))

    @property
    def documents(self) -> Iterator[str]:
        """The id of the document of each, in no order."""
        return (self.claims.document(number) for _, numbers in self.groups for number in numbers)

    def where(self, wanted: Callable[[ClaimKind], bool]) -> Evidence:
        """Those whose kind is `wanted`."""
        return Evidence(self.claims, *([group for group in tier if wanted(group[0])] for tier in self._tiers))

    def among(self, numbers: Collection[int]) -> Evidence:
        """Those that have one of `numbers`."""
        if not numbers:
            return Evidence(self.claims)
        tiers = (
            [(kind, [number for number in those if number in numbers]) for kind, those in tier] for tier in self._tiers
        )
        return Evidence(self.claims, *tiers)

    def within(self, documents: Container[str]) -> Evidence:
        """Those that stand in one of `documents`, given by their ids."""
        return self.among({number for number in self.numbers if self.claims.document(number) in documents})

    def ranked(self, rank: Callable[[ClaimKind], Any]) -> Evidence:
        """The same, those of the kinds of the lowest rank first."""
        tiers: dict[Any, list[Group]] = {}
        for group in self.groups:
            tiers.setdefault(rank(group[0]), []).append(group)
        return Evidence(self.claims, *(tiers[key] for key in sorted(tiers)))

    def __add__(self, other: Evidence) -> Evidence:
        if self.claims is not other.claims:
            return as_evidence((*self, *other))
        return Evidence(self.claims, *self._tiers, *other._tiers)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Claim, ...]: ...
    def __getitem__(self, index: int | slice) -> Claim | tuple[Claim, ...]:
        found = self.numbers[index]
        return self.claims[found] if isinstance(found, int) else tuple(map(self.claims.__getitem__, found))

    def __iter__(self) -> Iterator[Claim]:
        return map(self.claims.__getitem__, self.numbers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Evidence | tuple) and len(self) == len(other) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def as_claims(claims: Sequence[Claim]) -> Claims:
    """`claims`, which are in order of document and place, to be asked for by what they say."""
    return claims if isinstance(claims, Claims) else Claims(lambda: claims)


def as_evidence(claims: Sequence[Claim]) -> Evidence:
    """`claims` in their order."""
    if isinstance(claims, Evidence):
        return claims
    known = as_claims(tuple(claims))
    return Evidence(known, [*known.kinds.items()])
