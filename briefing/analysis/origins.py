"""Origins: which documents say what they say from one source, and so count once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from briefing.analysis.cited_sources import CitedSource, address, cited_source, publisher, source_key
from briefing.analysis.wording import SeparateSets, Wordings, WordingsRead, repeats_in
from briefing.model import Document, Event, Group, Likeness, Origin

_REASONS = 3
"""Clauses: of an origin of many documents, so many of the reasons are given."""
_NAMED = 3
"""Documents named in one clause."""
_READ = 25
"""Documents: so many of one origin are read from their files while an officer waits."""


def origins_of(
    documents: Sequence[Document], decisions: Iterable[Event] = (), found: Sequence[Likeness] | None = None
) -> tuple[Origin, ...]:
    """Every document in exactly one origin; origins by their first document, all in the order of `documents`.

    Documents are of one origin when a third or more of the words of one stand in the other (see `repeats_in`), when
    they rest on one and the same source as a whole (see `cited_source`) or one of them is that source's own, or when
    they were published by one and the same publisher or page. What officers decided goes before all that: a standing
    `Group` of several documents joins them, a later one of a single document sets it apart, and no likeness that was
    found joins it to another again. Decisions of any other kind, and documents that are not there, are passed over.
    `found` is what `likenesses_of` finds in the documents, where that is known already. The time taken grows with the
    number of words, and is short when it is, or when the same documents are asked about again.

    Documents that are not at hand are not read to find likenesses: without `found` there are none. When some of them
    are set apart, what joins the others of their origin is found anew in their words where they are few, and else is
    what was found without those set apart.
    """
    numbers = {document.id: number for number, document in enumerate(documents)}
    joined, apart = _decided(decisions, {document.id: document.label for document in documents})
    if found is None or apart:
        if all(document.is_at_hand for document in documents):
            found = likenesses_of(tuple(document for document in documents if document.id not in apart))
        else:
            found = _without(found or (), apart, documents, numbers)
    links = [*joined, *found]
    sets = _joined(links, numbers)
    reasons: dict[int, list[str]] = {}
    for link in links:
        reasons.setdefault(sets.find(numbers[link.documents[0]]), []).append(link.reason)
    members: dict[int, list[str]] = {}
    for document in documents:
        members.setdefault(sets.find(numbers[document.id]), []).append(document.id)
    return tuple(
        Origin(tuple(ids), _summed(reasons[first]) if first in reasons else apart.get(ids[0], ""))
        for first, ids in members.items()
    )


def _joined(links: Iterable[Likeness], numbers: Mapping[str, int]) -> SeparateSets:
    sets = SeparateSets(len(numbers))
    for link in links:
        for other in link.documents[1:]:
            sets.join(numbers[link.documents[0]], numbers[other])
    return sets


def _without(
    found: Sequence[Likeness], apart: Collection[str], documents: Sequence[Document], numbers: Mapping[str, int]
) -> list[Likeness]:
    """What joins the documents that are not set `apart`, given what was found in all of them."""
    sets = _joined(found, numbers)
    origins: dict[int, list[Document]] = {sets.find(numbers[id]): [] for id in apart}
    for number, document in enumerate(documents):
        if document.id not in apart and (first := sets.find(number)) in origins:
            origins[first].append(document)
    few = {first for first, others in origins.items() if len(others) <= _READ}
    links = []
    for link in found:
        if sets.find(numbers[link.documents[0]]) not in few:
            left = tuple(id for id in link.documents if id not in apart)
            links += [Likeness(left, link.reason)] if len(left) > 1 else []
    return links + [link for first in sorted(few) for link in likenesses_of(tuple(origins[first]))]


def _decided(decisions: Iterable[Event], labels: Mapping[str, str]) -> tuple[list[Likeness], dict[str, str]]:
    """What officers joined; and what they took out of the origin that was found for it, with what to say of that."""
    joined: list[tuple[list[str], str]] = []
    apart: dict[str, str] = {}
    for event in decisions:
        if not isinstance(event.decision, Group):
            continue
        ids = list(dict.fromkeys(event.decision.documents))
        if len(ids) == 1 and ids[0] in labels:
            apart[ids[0]] = f"set apart by {event.by}"
            joined = [([id for id in others if id != ids[0]], by) for others, by in joined]
        elif len(ids) > 1:
            joined.append(([id for id in ids if id in labels], event.by))
    links = [(ids, f"{_listed([labels[id] for id in ids])} joined by {by}") for ids, by in joined if len(ids) > 1]
    return [Likeness(tuple(ids), reason) for ids, reason in links], apart


# Asked anew after every decision of an officer, about the same documents.
@lru_cache(maxsize=2)
def likenesses_of(documents: tuple[Document, ...]) -> tuple[Likeness, ...]:
    """Enough of what joins documents to join all that are of one origin by what stands in them."""
    return likenesses_among(documents, list(map(cited_source, documents)), WordingsRead(documents))


def likenesses_among(
    documents: Sequence[Document], cited: Sequence[CitedSource | None], wordings: Wordings
) -> tuple[Likeness, ...]:
    """The same, given the `cited_source` of each of the documents, and their words: they themselves are not read."""
    return *_wording(documents, wordings), *_sources(documents, cited)


def _wording(documents: Sequence[Document], wordings: Wordings) -> Iterator[Likeness]:
    for repeat in repeats_in(wordings):
        one, other = documents[repeat.document], documents[repeat.within]
        reason = f"{_percent(repeat.share)} % of the words of {one.label} stand in {other.label}"
        yield Likeness((one.id, other.id), reason)


def _percent(share: float) -> int:
    """In whole numbers; 100 only where it is all."""
    return int(share * 100)


def _sources(documents: Sequence[Document], cited: Sequence[CitedSource | None]) -> list[Likeness]:
    """Documents with one source: it is named by them as such, or they are published by it."""
    citing: dict[str, list[tuple[Document, CitedSource]]] = {}
    own: dict[str, list[Document]] = {}
    pages: dict[str, list[Document]] = {}
    keys: dict[str, str] = {}
    for document, source in zip(documents, cited, strict=True):
        if source:
            keys[document.id] = source_key(source.name)
            citing.setdefault(keys[document.id], []).append((document, source))
        elif name := publisher(document):
            keys[document.id] = source_key(name)
            own.setdefault(keys[document.id], []).append(document)
        if page := address(document):
            pages.setdefault(page, []).append(document)
    for document in documents:
        for key in dict.fromkeys((source_key(publisher(document)), source_key(document.label))):
            if key in citing and keys.get(document.id) != key:
                own.setdefault(key, []).append(document)
    links = [_one_source(citing.get(key, ()), own.get(key, ())) for key in dict.fromkeys((*citing, *own))]
    links += [
        Likeness(_ids(those), f"{_listed(_labels(those))} are from one page, {page}") for page, those in pages.items()
    ]
    return [link for link in links if len(link.documents) > 1]


def _one_source(citing: Sequence[tuple[Document, CitedSource]], own: Sequence[Document]) -> Likeness:
    ids = (*(document.id for document, _ in citing), *_ids(own))
    clauses = []
    if citing:
        where = [f"{document.label} names it {cited.reason}" for document, cited in citing[:_NAMED]]
        if len(citing) > _NAMED:
            where.append(f"{len(citing) - _NAMED} more name it")
        clauses.append(f"according to {citing[0][1].name}: {', '.join(where)}")
    if own:
        name = citing[0][1].name if citing else publisher(own[0])
        clauses.append(f"{_listed(_labels(own))} {'is' if len(own) == 1 else 'are'} from {name}")
    return Likeness(ids, ", ".join(clauses))


def _ids(documents: Iterable[Document]) -> tuple[str, ...]:
    return tuple(document.id for document in documents)


def _labels(documents: Iterable[Document]) -> list[str]:
    return [document.label for document in documents]


def _listed(labels: Sequence[str]) -> str:
    """The documents by name, of many the first ones: "A report, A speech and 4 more"."""
    if len(labels) > _NAMED + 1:
        return f"{', '.join(labels[:_NAMED])} and {len(labels) - _NAMED} more"
    return " and ".join(filter(None, (", ".join(labels[:-1]), labels[-1])))


def _summed(reasons: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(reasons))
    shown = distinct[:_REASONS]
    more = len(distinct) - len(shown)
    return "; ".join([*shown, f"and {more} more"] if more > 0 else shown)
