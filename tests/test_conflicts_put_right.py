"""A pair that disagreed only because a label was read wrong goes when an officer puts it right, and comes back."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefing.analysis.conflicts import conflicts_of
from briefing.analysis.weighing import weighed
from briefing.export.rows import conflict_rows
from briefing.extraction.entities import extract_mentions
from briefing.model import (
    Claim,
    ClaimLabel,
    Constraint,
    Document,
    Event,
    Pack,
    Relabel,
    Role,
    Scenario,
    Settle,
    Stage,
    Stance,
    Undo,
)
from briefing.parsing import parse_document
from briefing.rendering.conflicts import conflict_entries
from briefing.rendering.line import plain
from tests.weighed_pack import events

SCENARIO = Scenario(
    "What could Chile do?",
    "Chile",
    ("chile",),
    (Role("ships", "Ships", ("ship*",)),),
    (Constraint("distance", "Distance", ("far",)), Constraint("cost", "Cost", ("cost*",))),
)
HERE, THERE = "0.txt", "1.txt"
DELIVERED = "Poland has delivered the howitzers to Moldova.", "The howitzers will be delivered to Moldova by Poland."
RATIFIED = (
    "The parliament of Ghana has ratified the fisheries treaty.",
    "The parliament of Ghana has not ratified the fisheries treaty.",
)
ENTRY = (
    "Turkey supports the entry of Georgia into the union.",
    "Turkey opposes the entry of Georgia into the union.",
)
FERRY = (
    "The ferry with the Greek trucks will arrive in Cyprus on May 14.",
    "The ferry with the Greek trucks will arrive in Cyprus on May 21.",
)
OFFICERS = (
    "Norway will send four officers to the headquarters in Nairobi.",
    "Norway will send six officers to the headquarters in Nairobi.",
)
SEA = "The sea is too far for ships.", "Sailing so far trains the crews of the ships."
CONSTRAINTS = {SEA[0]: ("distance",), SEA[1]: ("distance", "cost")}
LEANINGS = dict(zip(SEA, (Stance.LIMITS, Stance.ENABLES), strict=True))


def claim(document: Document, words: str) -> Claim:
    """A claim on the one sentence of a document, read as unclear: so the words alone tell how firm it is."""
    block = document.blocks[document.block_index_at(document.text.index(words))]
    return Claim(
        document.id,
        block.sentences[0],
        3,
        words,
        ("ships",),
        CONSTRAINTS.get(words, ()),
        LEANINGS.get(words, Stance.NEUTRAL),
        Stage.UNCLEAR,
        "author",
        None,
    )


def pack_of(*sentences: str) -> Pack:
    """A pack with a document for each sentence, a claim on each, and the conflicts between them."""
    documents = [
        parse_document(f"{number}.txt", f"News from abroad\n\n{words}\n".encode(), date="2024-05-06")
        for number, words in enumerate(sentences)
    ]
    claims = tuple(claim(document, words) for document, words in zip(documents, sentences, strict=True))
    mentions = extract_mentions(documents)
    found = conflicts_of(documents, claims, mentions, SCENARIO)
    return Pack(
        "p", "p", "", None, tuple(documents), SCENARIO, found=mentions, found_claims=claims, found_conflicts=found
    )


def put_right(pack: Pack, *labels: tuple[str, ClaimLabel, str]) -> list[Event]:
    """Events that put right the claim of each document named."""
    by_id = {claim.document: claim for claim in pack.found_claims}
    return events(*(Relabel(id, by_id[id].span, by_id[id].quote, label, value) for id, label, value in labels))


def kinds(pack: Pack, made: Sequence[Event]) -> list[str]:
    return [str(conflict.kind) for conflict in weighed(pack, made).conflicts]


@pytest.mark.parametrize(
    ("sentences", "kind", "labels"),
    [
        (DELIVERED, "status", [(HERE, ClaimLabel.STAGE, "announced")]),
        (DELIVERED, "status", [(THERE, ClaimLabel.STAGE, "under way")]),
        (DELIVERED, "status", [(HERE, ClaimLabel.STAGE, "unclear")]),
        (DELIVERED, "status", [(HERE, ClaimLabel.STAGE, "possible"), (THERE, ClaimLabel.STAGE, "proposed")]),
        (RATIFIED, "polarity", [(THERE, ClaimLabel.STAGE, "planned")]),
        (RATIFIED, "polarity", [(HERE, ClaimLabel.STAGE, "denied")]),
        (FERRY, "date", [(THERE, ClaimLabel.AS_OF, "2024-05-14")]),
        (FERRY, "date", [(HERE, ClaimLabel.AS_OF, "")]),
        (SEA, "polarity", [(HERE, ClaimLabel.STANCE, "enables")]),
        (SEA, "polarity", [(THERE, ClaimLabel.STANCE, "neutral")]),
        (SEA, "polarity", [(THERE, ClaimLabel.CONSTRAINTS, "cost")]),
    ],
)
def test_a_pair_goes_with_the_label_that_made_it_and_comes_back(
    sentences: Sequence[str], kind: str, labels: list[tuple[str, ClaimLabel, str]]
) -> None:
    pack = pack_of(*sentences)
    assert kinds(pack, ()) == [kind]
    made = put_right(pack, *labels)
    after = weighed(pack, made)
    assert after.conflicts == ()
    undone = [*made, *events(*(Undo(event.id) for event in made), first=len(made))]
    assert weighed(after, undone).conflicts == pack.found_conflicts


@pytest.mark.parametrize(
    ("sentences", "kind", "labels"),
    [
        # What was put right still disagrees.
        (DELIVERED, "status", [(THERE, ClaimLabel.STAGE, "announced")]),
        (RATIFIED, "polarity", [(HERE, ClaimLabel.STAGE, "under way")]),
        (RATIFIED, "polarity", [(THERE, ClaimLabel.STAGE, "denied")]),
        (FERRY, "date", [(HERE, ClaimLabel.AS_OF, "2024-05-15")]),
        (SEA, "polarity", [(HERE, ClaimLabel.STANCE, "enables"), (THERE, ClaimLabel.STANCE, "limits")]),
        (SEA, "polarity", [(THERE, ClaimLabel.CONSTRAINTS, "distance")]),
        # It has nothing to do with what disagrees.
        (DELIVERED, "status", [(HERE, ClaimLabel.STANCE, "limits"), (HERE, ClaimLabel.AS_OF, "2020")]),
        (DELIVERED, "status", [(HERE, ClaimLabel.STANCE, "limits"), (THERE, ClaimLabel.STAGE, "announced")]),
        (FERRY, "date", [(HERE, ClaimLabel.STAGE, "denied")]),
        (SEA, "polarity", [(HERE, ClaimLabel.STAGE, "denied"), (HERE, ClaimLabel.VOICE, "the navy")]),
        # The words disagree, whatever is made of them.
        (ENTRY, "polarity", [(HERE, ClaimLabel.STAGE, "denied"), (THERE, ClaimLabel.STAGE, "denied")]),
        (OFFICERS, "number", [(HERE, ClaimLabel.STAGE, "done"), (HERE, ClaimLabel.STANCE, "limits")]),
    ],
)
def test_a_pair_stays_that_still_disagrees(
    sentences: Sequence[str], kind: str, labels: list[tuple[str, ClaimLabel, str]]
) -> None:
    pack = pack_of(*sentences)
    assert kinds(pack, put_right(pack, *labels)) == [kind]


def test_a_settled_pair_says_who_settled_it_and_keeps_it_through_other_labels() -> None:
    pack = pack_of(*DELIVERED)
    (conflict,) = pack.found_conflicts
    settled = events(Settle(conflict.id), by="bob@desk", first=5)
    after = weighed(pack, [*put_right(pack, (HERE, ClaimLabel.ROLES, "")), *settled])
    head, *_ = conflict_entries(after.conflicts, pack.documents, 200)
    assert plain(head.lines[0]).endswith("  settled by bob@desk, 2026-01-01: without a note")
    (row,) = conflict_rows(after.conflicts, pack.documents)
    assert (row["settled"], row["settled_by"], row["settled_at"]) == ("", "bob@desk", "2026-01-01T00:05:00+00:00")
    (open_row,) = conflict_rows(pack.found_conflicts, pack.documents)
    assert (open_row["settled"], open_row["settled_by"], open_row["settled_at"]) == (None, None, None)
