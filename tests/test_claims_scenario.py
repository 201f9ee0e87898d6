"""What the term lists of the bundled scenario find in invented sentences, and what they pass over."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from briefing.extraction.claims.claim_reader import extract_claims
from briefing.extraction.entities import extract_mentions
from briefing.model import Scenario
from briefing.parsing import parse_document
from briefing.storage.pack_folder import read_pack


@cache
def bundled() -> Scenario:
    scenario = read_pack([Path(__file__).parents[1] / "seeds"]).scenario
    assert scenario is not None
    return scenario


def labels_of(text: str) -> list[str]:
    document = parse_document("row.txt", f"A short title\n\n{text}\n".encode())
    claims = extract_claims([document], bundled(), extract_mentions([document]))
    return [label for claim in claims for label in (*claim.roles, *claim.constraints)]


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("Japan has trained forty sappers.", ["training", "demining"]),
        ("Tokyo sent tents and blankets.", ["humanitarian"]),
        ("Japan gave metal detectors to the town.", ["demining"]),
        ("Japan delivered bulletproof vests.", ["industry"]),
        ("Japan pays for distance learning in shelters.", []),
        ("Japan keeps its distance from the quarrel.", []),
        ("The distance makes it hard for Japan.", ["distance"]),
        ("The storm cost Japan many lives.", []),
        ("Japan wants peace at all costs.", []),
        ("Japan fears the costs.", ["cost"]),
        ("Japan praised the cost-effective pumps.", []),
        ("The remark cost a Japanese minister votes.", []),
    ],
)
def test_terms(sentence: str, labels: list[str]) -> None:
    assert labels_of(sentence) == labels
