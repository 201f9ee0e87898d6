"""Every rule and every cue list earns its place: a text that is read rightly with it and wrongly without it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import reduce
from importlib import import_module
from importlib.resources import files

import pytest

from briefing.extraction.claims import claim_reader, dating
from briefing.extraction.claims.cues import Cues, find_cues
from briefing.extraction.claims.stages import Reading
from briefing.extraction.claims.words import Words
from briefing.model import Stage, Stance
from tests.test_claims_table import ROWS, claims_of, said_last

PACKAGE = "briefing.extraction.claims"
SAYS = dict(ROWS)

LISTS = {
    "according": "According to the Tide Institute, Kenya will send doctors.",
    "announced": "Kenya decided to escort the convoys.",
    "before_object": "Kenya acted. Near Uganda, convoys were escorted.",
    "clause_openers": "Kenya is home to hospitals that had been closed.",
    "denied": "Kenya will not send doctors.",
    "done": "Kenya sent doctors to Pemba.",
    "enables": "Kenya has eased its laws.",
    "finite": "Kenya is home to hospitals that had been closed.",
    "future": "Kenya will send doctors.",
    "going_on": "Kenya will lend a radar. This decision is new.",
    "going_on_at_once": "Kenya will lend a radar. It would be the first one.",
    "limits": "Kenya is unlikely to send doctors.",
    "neutral": "It is not clear when Kenya will send doctors.",
    "not_in_title": "Kenya and President Ana Borzut met. Borzut sent doctors.",
    "of_another": "Kenya welcomed the loan by Uganda.",
    "others": "Kenya invited other states to send doctors.",
    "passive": "In Kenya, the convoys were escorted by Ugandan ships.",
    "planned": "Kenya plans to send doctors.",
    "possible": "Kenya could send doctors.",
    "proposed": "Kenya proposed talks in Nairobi.",
    "receiving": "Uganda has sent doctors to Kenya.",
    "reporting": "Kenya said it would train the crews and has approved the funds.",
    "same_speaker": "Amina Borzut spoke of Kenya. “We will send doctors,” she said.",
    "speakers": "The report recommends Kenyan patrols off Pemba.",
    "subordinate": "Kenya, which sailed there in 2019, is home to hospitals.",
    "that": "Kenya is home to hospitals that had been closed.",
    "to_come": "Kenya was to host the talks in March.",
    "together": "Kenya and Uganda met. Uganda’s president said both countries will train crews.",
    "under_way": "Kenya is training the crews.",
}
"""By name of the cue list, a row that needs it."""


def always(value: object) -> Callable[..., object]:
    """A rule that says the same of everything."""
    return lambda *_, **__: value


def as_given(place: int) -> Callable[..., object]:
    """A rule that hands back what it was given at `place`, counted from nought."""
    return lambda *given, **_: given[place]


RULES: list[tuple[str, object, str]] = [
    ("stages.clause_starts", always((0,)), "Kenya will not lend a radar but will send doctors."),
    ("clauses._what_is_denied", always(set()), "Kenya denied that doctors had been sent."),
    ("stages._to_the_point", as_given(0), "Kenya is home to hospitals that had been closed."),
    ("stages._of_constraint", always(Reading(Stage.UNCLEAR)), "Kenya has eased its laws."),
    ("stages._sayings", always(set()), "Kenyan officials noted that doctors might come."),
    ("stages._told_as_deed", always(None), "The Kenyan presidents stressed their calm."),
    ("stages._COMPLETED", (), "As to radars, Kenya said that it will send some."),
    ("stages._OF_TENSE", ("under_way", "done", "proposed"), "Kenya has offered doctors."),
    ("stages._Denials.roles", always(frozenset()), "Kenya ruled out patrols."),
    ("stages._Denials.hold_for", always(True), "Kenya sent doctors without joining the mission."),
    ("stances._of_role", always((Stance.NEUTRAL, ())), "Kenya sent doctors to Pemba."),
    ("subject_reader.stage_given_by", always(None), "# Kenya\n\n## What it could offer\n\n- Radars"),
    ("subject_reader._has_verb", always(False), "# Kenya\n\n## What it could offer\n\n- It has radars"),
    ("subject_reader._standing_in_the_way", always([]), "Kenya cares. Malawi warned that it would object."),
    ("subject_reader.others_first", always(None), "Kenya watched. Uganda sent doctors."),
    ("subject_reader.names_other", always(False), "# Kenya\n\n## Uganda\n\nDoctors are many."),
    ("subject_reader.own_deeds", as_given(3), "Kenya thanked Uganda for its doctors."),
    ("parties._serves", always(False), "The Kenyan minister Amina Borzut left. Borzut opened a hospital there."),
    ("parties._is_object", always(False), "Kenya acted. Near Uganda, convoys were escorted."),
    ("parties._precedes", always(False), "Kenya is far. Minister Ana Borzut said doctors would go."),
    ("parties._clauses_of_others", always(set()), "Kenya said that Uganda had sent doctors."),
    ("parties._clauses_of_receiving", always(set()), "Uganda has sent doctors to Kenya."),
    ("parties._urged_from", always({}), "Kenya thanked Uganda for its doctors."),
    ("parties._passives", always([]), "In Kenya, the convoys were escorted by Ugandan ships."),
    ("parties._is_subject_matter", always(False), "# Kenya\n\n## What it could offer\n\n- NASAMS on rotation"),
    ("voice._unnamed", always(""), "Some analysts say Kenya will send doctors."),
    (
        "voice._quoted",
        lambda sentences: [False] * len(sentences),
        "“Kenya is near,” Amina Borzut said. “It will send doctors.”",
    ),
    ("voice._is_object", always(False), "Those in Kenya say doctors may come."),
]
"""Rules, each with what stands in for it and a row in which that does harm."""


def without_list(name: str) -> Callable[[Words, Mapping[int, int] | None], Cues]:
    def find(words: Words, actors: Mapping[int, int] | None = None) -> Cues:
        return {label: found for label, found in find_cues(words, actors).items() if label != name}

    return find


def test_every_cue_list_has_a_case() -> None:
    text = (files("briefing.extraction") / "data" / "claims_cues.toml").read_text(encoding="utf-8")
    assert sorted(tomllib.loads(text)) == sorted(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_the_cue_list_decides(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = LISTS[name]
    assert said_last(row) == SAYS[row]
    monkeypatch.setattr(claim_reader, "find_cues", without_list(name))
    assert said_last(row) != SAYS[row]


@pytest.mark.parametrize(("rule", "stand_in", "row"), RULES, ids=[rule for rule, _, _ in RULES])
def test_the_rule_decides(rule: str, stand_in: object, row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said_last(row) == SAYS[row]
    module, *classes, name = rule.split(".")
    owner = reduce(getattr, classes, import_module(f"{PACKAGE}.{module}"))
    monkeypatch.setattr(owner, name, stand_in)
    assert said_last(row) != SAYS[row]


HEADLINE = "# Kenya has sent radars\n\nKenya will send two radars in May.\n"


def test_a_headline_says_no_more_than_the_body(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [(claim.heading, claim.stage) for claim in claims_of(HEADLINE)] == [
        (True, Stage.ANNOUNCED),
        (False, Stage.ANNOUNCED),
    ]
    monkeypatch.setattr(claim_reader, "_no_firmer_than_body", as_given(0))
    assert claims_of(HEADLINE)[0].stage is Stage.DONE


def test_a_headline_alone_says_nothing_of_how_far_along_things_are() -> None:
    (headline,) = claims_of("# Kenya has sent radars\n\nNobody knows more.\n")
    assert (headline.stage, [cue.label for cue in headline.cues]) == (Stage.UNCLEAR, ["role:radar"])


def test_a_date_that_only_bounds_is_not_the_time_spoken_from(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Kenya has escorted convoys since 2019.\n"
    assert [claim.as_of for claim in claims_of(text)] == ["2024-05-01"]
    monkeypatch.setattr(dating, "_is_bound", always(False))
    assert [claim.as_of for claim in claims_of(text)] == ["2019"]
