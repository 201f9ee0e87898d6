"""What sentences say of a scenario about nobody in particular."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extraction.claims.claim_reader import extract_claims
from briefing.extraction.entities import extract_mentions
from briefing.model import (
    Claim,
    Constraint,
    Document,
    EntityType,
    Mention,
    Role,
    Scenario,
    Span,
    Stance,
    Status,
)
from briefing.parsing import parse_document

SCENARIO = Scenario(
    question="What could Utopia do?",
    actor="Utopia",
    actor_terms=("utopia*",),
    roles=(
        Role("medical", "Medical", ("medical*", "field hospital*"), ("medical journal*",)),
        Role("escort", "Escort", ("escort*",)),
    ),
    constraints=(
        Constraint("law", "Law", ("law|laws", "charter")),
        Constraint("cost", "Cost", ("cost*", "budget*")),
    ),
)


def parse(text: str, name: str = "a.txt", date: str | None = None) -> Document:
    return parse_document(name, text.encode(), date=date)


def claims_in(text: str, mentions: Sequence[Mention] = (), date: str | None = None) -> tuple[Claim, ...]:
    return extract_claims([parse(text, date=date)], SCENARIO, mentions)


def only(text: str, mentions: Sequence[Mention] = (), date: str | None = None) -> Claim:
    (claim,) = claims_in(text, mentions, date)
    return claim


def mention(text: str, words: str, type: EntityType = EntityType.ORG) -> Mention:
    start = text.index(words)
    return Mention("a.txt", Span(start, start + len(words)), words, type, words)


def test_claim_names_what_it_is_about_in_the_order_of_the_scenario() -> None:
    claim = only("Utopia could escort ships or send medical teams, but its laws and the costs limit that.\n")
    assert (claim.roles, claim.constraints) == (("medical", "escort"), ("law", "cost"))
    assert (claim.document, claim.line, claim.heading) == ("a.txt", 1, False)
    assert (claim.stance, claim.status) == (Stance.LIMITS, Status.POSSIBLE)


def test_cues_are_the_words_that_decided() -> None:
    text = "**Utopia** could send *medical*\nteams.\n"
    document = parse(text, "a.md")
    (claim,) = extract_claims([document], SCENARIO)
    assert {cue.label: document.quote(cue.span) for cue in claim.cues} == {
        "role:medical": "medical",
        "stage:possible": "could",
    }
    assert claim.quote == document.quote(claim.span)


def test_sentence_without_role_or_constraint_makes_no_claim() -> None:
    assert claims_in("Utopia is an island. A Utopian medical journal said so.\n") == ()


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Utopia has already sent medical teams.", Status.DONE),
        ("Utopia opened a field hospital.", Status.DONE),
        ("Utopia is escorting three convoys.", Status.DONE),
        ("Utopia decided to send medical teams.", Status.ANNOUNCED),
        ("Utopia will send medical teams.", Status.ANNOUNCED),
        ("Utopia may send medical teams.", Status.POSSIBLE),
        ("Medical help from Utopia is a possibility.", Status.POSSIBLE),
        ("Could Utopia send medical teams?", Status.POSSIBLE),
        ("The king said Utopia will send medical teams.", Status.ANNOUNCED),
        ("Medical care is a strength of Utopia.", Status.GENERAL),
        ("Utopia’s charter must be considered.", Status.GENERAL),
    ],
)
def test_status(sentence: str, status: Status) -> None:
    assert only(sentence + "\n").status is status


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Utopia could help with medical teams.", Stance.ENABLES),
        ("Utopia’s charter does not allow escort duty.", Stance.LIMITS),
        ("Utopia’s charter places constraints on what it does.", Stance.LIMITS),
        ("Utopia has eased its laws.", Stance.ENABLES),
        ("Can Utopia afford the cost?", Stance.NEUTRAL),
    ],
)
def test_stance(sentence: str, stance: Stance) -> None:
    assert only(sentence + "\n").stance is stance


def test_what_others_do_is_no_evidence() -> None:
    text = "Utopia watched.\n\nRuritania sent medical teams. They escort convoys.\n"
    assert claims_in(text, [mention(text, "Ruritania", EntityType.PLACE)]) == ()


def test_text_goes_on_speaking_of_the_actor() -> None:
    text = "Utopia has good doctors. They could run a field hospital. Near Ruritania, medical help is rare.\n"
    claims = claims_in(text, [mention(text, "Ruritania", EntityType.PLACE)])
    assert [claim.quote[:4] for claim in claims] == ["They", "Near"]


def test_this_decision_goes_on_from_what_was_announced() -> None:
    text = "Utopia announced that it will escort convoys. This decision marks a change. The weather was fine.\n"
    first, second = claims_in(text)
    assert (second.roles, second.status) == (("escort",), Status.ANNOUNCED)
    assert second.quote == "This decision marks a change."
    assert "role:escort" in [cue.label for cue in second.cues]
    assert first.roles == ("escort",)


def test_items_inherit_from_the_line_above_their_list() -> None:
    text = "Utopia will send medical staff:\n\n• two nurses;\n• one doctor.\n\nUtopia is far away.\n"
    assert [(claim.quote, claim.roles) for claim in claims_in(text)][1:] == [
        ("two nurses;", ("medical",)),
        ("one doctor.", ("medical",)),
    ]


def test_section_about_others_is_no_evidence() -> None:
    text = (
        "# Utopia\n\nIts law is old.\n\n## Ruritania\n\nMedical care is good.\n\n## Outlook\n\nMedical care is bad.\n"
    )
    document = parse(text, "a.md")
    other = replace(mention(text, "Ruritania", EntityType.PLACE), document="a.md")
    assert [claim.line for claim in extract_claims([document], SCENARIO, [other])] == [3, 11]


def test_headings_and_copies_are_marked_as_such() -> None:
    text = (
        "Utopia to escort ships\n\nUtopia sends medical teams\nUtopia sends medical teams\n\nIt will escort them all.\n"
    )
    assert [claim.heading for claim in claims_in(text)] == [True, True, True, False]


def test_constraint_under_a_heading_about_limits_limits() -> None:
    text = "Utopia today\n\nChallenges and Constraints\n\nThere is also its charter, which helps.\n"
    assert only(text).stance is Stance.LIMITS


@pytest.mark.parametrize(
    ("sentence", "names", "voice"),
    [
        ("Utopia will escort ships.", [], "author"),
        ("The Ministry of Tides announced that Utopia will escort ships.", ["Ministry of Tides"], "Ministry of Tides"),
        (
            "According to Daily News: the Ministry of Tides announced that Utopia will escort ships.",
            ["Daily News", "Ministry of Tides"],
            "Ministry of Tides via Daily News",
        ),
        ("According to the Daily News, Utopia will escort ships.", [], "the Daily News"),
        ("Utopia will escort ships, said Ann Lee.", ["Ann Lee"], "Ann Lee"),
        ("Some analysts say Utopia will escort ships.", [], "Some analysts"),
        ("Ann Lee: “Utopia will escort ships.”", ["Ann Lee"], "Ann Lee"),
    ],
)
def test_voice(sentence: str, names: list[str], voice: str) -> None:
    kinds = {"Ann Lee": EntityType.PERSON}
    assert (
        only(sentence + "\n", [mention(sentence, name, kinds.get(name, EntityType.ORG)) for name in names]).voice
        == voice
    )


def test_he_said_is_the_last_speaker() -> None:
    text = "Bob Roe said that Utopia is far. Utopia will escort ships, he said.\n"
    assert only(text, [mention(text, "Bob Roe", EntityType.PERSON)]).voice == "Bob Roe"


DATES = {
    "2023-05-29": "May 29, 2023",
    "2024-03-03": "3 March",
    "2023-07": "July 2023",
    "2014": "2014",
    "2023": "Last year",
    "2021-03-17": "17 March 2021",
    "2021-05": "May 2021",
    "2020": "2020",
}
"""The words that tell each date."""


@pytest.mark.parametrize(
    ("sentence", "written", "as_of"),
    [
        ("Utopia escorts ships.", "2024-05", "2024-05"),
        ("Utopia escorts ships.", None, None),
        ("On May 29, 2023, Utopia escorted ships.", "2024-05", "2023-05-29"),
        ("On 3 March Utopia escorted ships.", "2024-05", "2024-03-03"),
        ("On 31 February 2023 Utopia escorted ships.", "2024", "2024"),
        ("In July 2023 Utopia escorted ships.", "2024-05-01", "2023-07"),
        ("Utopia escorted ships in 2014.", "2024-05-01", "2014"),
        ("Last year Utopia escorted ships.", "2024-05-01", "2023"),
        ("Utopia will escort ships in 2030.", "2024-05-01", "2024-05-01"),
        ("Utopia escorts ships.", "2024-05-01 12:00:00 +0800", "2024-05-01"),
        ("Utopia escorts ships.", "May", None),
        ("On 17 March 2021 Utopia escorted ships.", "2021-03", "2021-03-17"),
        ("Utopia has escorted ships since 2019.", "2021-03", "2021-03"),
        ("In May 2021 Utopia will escort ships.", None, None),
        ("In May 2021 Utopia escorted ships.", None, "2021-05"),
        ("In 2020 Utopia planned to escort ships in 2022.", "2021-03", "2020"),
    ],
)
def test_as_of(sentence: str, written: str | None, as_of: str | None) -> None:
    document = parse(sentence + "\n", date=written)
    (claim,) = extract_claims([document], SCENARIO, extract_mentions([document]))
    assert claim.as_of == as_of
    assert [document.quote(cue.span) for cue in claim.cues if cue.label == "as_of"] == (
        [] if as_of is None or (written or "").startswith(as_of) else [DATES[as_of]]
    )


def test_broken_term_is_refused() -> None:
    scenario = Scenario("?", "x", ("x",), (Role("a", "A", ("*",)),), ())
    with pytest.raises(ValueError, match="not a word"):
        extract_claims([], scenario)


PIECES = st.sampled_from(
    [
        "Utopia",
        "will",
        "could",
        " ",
        ". ",
        "\n",
        "\n\n",
        "medical",
        "law",
        "said",
        "he",
        "According to",
        ":",
        "• ",
        "# ",
        "**",
    ]
) | st.sampled_from(["?", "“", "’s", "This decision", "漢字", "May 29, 2026", "> ", "\x1b[2J", "\u202e", "|"])


@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(["a.txt", "a.md"]))
def test_any_text_gives_verbatim_quotes(text: str, name: str) -> None:
    document = parse(text, name)
    for claim in extract_claims([document], SCENARIO):
        assert claim.quote == document.text[claim.span.start : claim.span.end]
        assert claim.roles or claim.constraints
        assert all(claim.span.contains(cue.span) for cue in claim.cues)


@pytest.mark.parametrize(
    "piece", ["Utopia medical law said he ", "According to ", "a", "not *ed ", "“Utopia: medical "]
)
def test_one_endless_line_is_read_in_linear_time(piece: str) -> None:
    document = parse(piece * (200_000 // len(piece)))
    start = time.process_time()
    extract_claims([document], SCENARIO)
    assert time.process_time() - start < 30
