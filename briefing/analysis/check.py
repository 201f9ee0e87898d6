"""Whether a pack is sound: every quote is where it is said to be."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.analysis.changes import quote_changes
from briefing.model import Pack, Problem, documents_by_id


def check_pack(pack: Pack) -> tuple[Problem, ...]:
    """What is wrong with an analysed pack: files passed over, bytes lost, quotes that do not stand at their place.

    Quotes are those of mentions and claims, and the words that officers rested decisions on.
    """
    found = list(pack.problems)
    for document in pack.documents:
        found += document.problems
    found += _unverified(pack)
    found += [
        Problem(change.subject, f"{change.was} is {change.now}", f"look at it again: {change.cause}")
        # What is gone from under a draft is among the problems of the pack, with its line in the scenario file.
        for change in quote_changes(pack, drafts=False)
    ]
    return tuple(found)


def _unverified(pack: Pack) -> Iterator[Problem]:
    documents = documents_by_id(pack.documents)
    quoted = [(mention.document, mention.span, mention.text) for mention in pack.mentions]
    quoted += [(claim.document, claim.span, claim.quote) for claim in pack.claims]
    for id, span, words in quoted:
        document = documents[id]
        if document.quote(span) != words:
            fault = f"characters {span.start} to {span.end} are not {words!r}"
            yield Problem(id, fault, "report this as a fault of the program", document.line_of(span.start))
