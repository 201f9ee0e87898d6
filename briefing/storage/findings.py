"""All that the rules find in the documents of a pack, and the pack with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from briefing.analysis.conflicts import MOST_DOCUMENTS, conflicts_of, searched_for_conflicts
from briefing.analysis.corrections import with_events
from briefing.analysis.origins import likenesses_of
from briefing.analysis.weighing import weighed
from briefing.extraction.claims.claim_reader import extract_claims
from briefing.extraction.entities import extract_mentions
from briefing.extraction.model_names import NameModel, load_name_model
from briefing.model import Claim, Conflict, Entity, Likeness, Mention, NameFinder, Pack, Problem, as_claims
from briefing.parsing import visible


class Findings(NamedTuple):
    """What is found, before any officer put anything right."""

    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    conflicts: tuple[Conflict, ...]
    likenesses: tuple[Likeness, ...] | None = None
    """None where nobody has looked; then they are found when origins are asked for, if the documents are in memory."""
    entities: tuple[Entity, ...] | None = None
    """What the mentions mean; None where nobody has put them together."""


def find(pack: Pack) -> Findings:
    """What there is to find in the documents of `pack`."""
    mentions = extract_mentions(pack.documents, pack.entity_rules, name_model(pack.ner))
    # Claims rest on what the rules found, so that a correction never waits for them to be made anew.
    claims = extract_claims(pack.documents, pack.scenario, mentions) if pack.scenario else ()
    conflicts = conflicts_of(pack.documents, claims, mentions, pack.scenario) if _is_searched(pack) else ()
    return Findings(mentions, claims, conflicts, likenesses_of(tuple(pack.documents)))


def with_findings(pack: Pack, found: Findings) -> Pack:
    """`pack` with what is found in it, as its events leave that."""
    pack = replace(pack, found=found.mentions, found_entities=found.entities, found_likenesses=found.likenesses)
    pack = with_events(pack, pack.events)
    if not _is_searched(pack):
        fault = (
            f"is large (more than {MOST_DOCUMENTS} documents, or five million characters): conflicts are not looked for"
        )
        pack = replace(
            pack, problems=(*pack.problems, Problem(visible(pack.name), fault, "open a part of it for that"))
        )
    return weighed(replace(pack, found_claims=as_claims(found.claims), found_conflicts=found.conflicts), pack.events)


def name_model(ner: NameFinder) -> NameModel | None:
    """What is to find names beside the rules, if anything is; loading it takes a second."""
    return load_name_model() if ner is NameFinder.SPACY else None


def _is_searched(pack: Pack) -> bool:
    return searched_for_conflicts(len(pack.documents), sum(document.characters for document in pack.documents))
