"""Every decision as a line of a journal: what is written is read, and nothing else passes."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import (
    AddName,
    ClaimLabel,
    Collect,
    Confidence,
    Credibility,
    Decision,
    EntityKey,
    EntityType,
    Event,
    Grade,
    Group,
    Merge,
    PackError,
    QuoteRef,
    Rate,
    Rating,
    Redo,
    Reject,
    Relabel,
    Reliability,
    Restore,
    Retype,
    SaveQuery,
    SetDate,
    Settle,
    Snapshot,
    Span,
    Split,
    Stage,
    Stance,
    Strike,
    Triage,
    TriageState,
    Undo,
)
from briefing.parsing.visible import is_safe
from briefing.storage.event_line import LONGEST, event_line, line_hash, read_event_line
from briefing.storage.journal import Journal, journal_folders
from briefing.storage.line_record import LineError
from briefing.storage.pack_folder import read_pack

NOON = datetime(2024, 5, 31, 12, tzinfo=UTC)
GAZETTE = (EntityType.ORG, "Gazette")
PLACE = (EntityType.PLACE, "Port Gazette")
GOOD = '"previous":"","at":"2024-05-31T12:00:00.000000Z","by":"vos@desk"'

CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.text(CHARACTERS, min_size=1, max_size=200)
NOTES = st.text(CHARACTERS, max_size=200)
KEYS: st.SearchStrategy[EntityKey] = st.tuples(st.sampled_from(EntityType), TEXTS)
SPANS = st.tuples(st.integers(0, 10**9), st.integers(1, 10**6)).map(lambda one: Span(one[0], one[0] + one[1]))
HASHES = st.binary(max_size=4).map(line_hash)
VALUES = {
    ClaimLabel.ROLES: NOTES,
    ClaimLabel.CONSTRAINTS: NOTES,
    ClaimLabel.STANCE: st.sampled_from(Stance).map(str),
    ClaimLabel.STAGE: st.sampled_from(Stage).map(str),
    ClaimLabel.VOICE: TEXTS,
    ClaimLabel.AS_OF: st.sampled_from(["", "2024", "2024-05", "2024-05-31"]),
}
RATINGS = st.sampled_from(Rating).map(str)
STAGES = st.sampled_from(Stage).map(str)


def tuples_of(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[tuple[str, ...], ...]]:
    return st.lists(st.tuples(*parts), max_size=3).map(tuple)


DECISIONS: st.SearchStrategy[Decision] = st.one_of(
    st.builds(Merge, KEYS, KEYS),
    st.builds(Split, KEYS, TEXTS),
    st.builds(Reject, KEYS),
    st.builds(Retype, KEYS, st.sampled_from(EntityType)),
    st.builds(AddName, KEYS, TEXTS, SPANS),
    *[st.builds(Relabel, TEXTS, SPANS, TEXTS, st.just(label), values) for label, values in VALUES.items()],
    st.builds(
        Rate,
        TEXTS,
        TEXTS,
        st.none() | st.sampled_from(Rating),
        st.none() | st.sampled_from(Confidence),
        NOTES,
        st.lists(st.builds(QuoteRef, TEXTS, TEXTS), max_size=3).map(tuple),
    ),
    st.builds(Strike, TEXTS),
    st.builds(Strike, TEXTS, SPANS, TEXTS),
    st.builds(Group, st.lists(TEXTS, min_size=1, max_size=3).map(tuple)),
    st.builds(Grade, TEXTS, st.sampled_from(Reliability), st.sampled_from(Credibility)),
    st.builds(Triage, TEXTS, HASHES, st.sampled_from(TriageState)),
    st.builds(Settle, HASHES.map(lambda one: one[:16]), NOTES),
    st.builds(Collect, TEXTS, TEXTS, TEXTS),
    st.builds(SaveQuery, TEXTS),
    st.builds(SetDate, st.dates()),
    st.builds(
        Snapshot,
        tuples_of(TEXTS, TEXTS, RATINGS),
        tuples_of(TEXTS, STAGES),
        tuples_of(TEXTS, HASHES),
        st.lists(TEXTS, max_size=3).map(tuple),
        st.none() | st.lists(HASHES.map(lambda one: one[:16]), max_size=3).map(tuple),
    ),
    st.builds(Undo, HASHES),
    st.builds(Redo, HASHES),
)
HELP = Span(0, 8)
QUOTES = (QuoteRef("a.txt", "They help [1].", 12), QuoteRef("b/c.md", "“Nobody” helps."))
SAID: list[tuple[Decision, str]] = [
    (
        Relabel("a.txt", HELP, "They help", ClaimLabel.STAGE, "under way"),
        '"do":"relabel","document":"a.txt","start":0,"end":8,"quote":"They help","label":"stage","value":"under way"',
    ),
    (
        Rate("escort", "law", Rating.HIGH, Confidence.LOW, "For now.", QUOTES),
        (
            '"do":"rate","role":"escort","constraint":"law","rating":"high","confidence":"low","note":"For now."'
            ',"quotes":[["a.txt","They help [1].","12"],["b/c.md","“Nobody” helps.","-"]]'
        ),
    ),
    (
        Rate("escort", "law", Rating.HIGH, seen=4711),
        '"do":"rate","role":"escort","constraint":"law","rating":"high","confidence":null,"note":"","quotes":[],"seen":4711',
    ),
    (
        Rate("escort", "law", None),
        '"do":"rate","role":"escort","constraint":"law","rating":null,"confidence":null,"note":"","quotes":[]',
    ),
    (Strike("a.txt"), '"do":"strike","document":"a.txt"'),
    (
        Strike("a.txt", HELP, "They help"),
        '"do":"strike","document":"a.txt","start":0,"end":8,"quote":"They help"',
    ),
    (SaveQuery('role:escort "a law"'), r'"do":"query","query":"role:escort \"a law\""'),
    (Group(("a.txt", "b/c.md")), '"do":"group","documents":["a.txt","b/c.md"]'),
    (
        Grade("a.txt", Reliability.USUALLY, Credibility.DOUBTFUL),
        '"do":"grade","document":"a.txt","reliability":"B","credibility":"4"',
    ),
    (
        Triage("a.txt", "ab" * 32, TriageState.LATER),
        f'"do":"triage","document":"a.txt","digest":"{"ab" * 32}","state":"later"',
    ),
    (Settle("0123456789abcdef", ""), '"do":"settle","conflict":"0123456789abcdef","note":""'),
    (
        Collect("escort", "law", "Which law?"),
        '"do":"collect","role":"escort","constraint":"law","question":"Which law?"',
    ),
    (SetDate(date(2024, 5, 31)), '"do":"date","as_of":"2024-05-31"'),
    (
        Snapshot((("escort", "law", "high"),), (("escort", "planned"),), (("a.txt", "ab" * 32),), ("b/c.md",)),
        (
            '"do":"snapshot","ratings":[["escort","law","high"]],"stages":[["escort","planned"]]'
            f',"documents":[["a.txt","{"ab" * 32}"]],"struck":["b/c.md"]'
        ),
    ),
    (
        Snapshot((), (), (), (), ()),
        '"do":"snapshot","ratings":[],"stages":[],"documents":[],"struck":[],"struck_sentences":[]',
    ),
    (
        Snapshot((), (), (), (), ("0123456789abcdef",)),
        '"do":"snapshot","ratings":[],"stages":[],"documents":[],"struck":[],"struck_sentences":["0123456789abcdef"]',
    ),
]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder to be briefed from."""
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "a.txt").write_text("The Gazette says so.\n")
    return pack


def named(name: str) -> Reject:
    return Reject((EntityType.ORG, name))


@given(DECISIONS)
def test_what_is_written_is_read(decision: Decision) -> None:
    line = event_line("", NOON, "vos@desk", decision)
    read = read_event_line(line)
    assert read.previous == ""
    assert read.event == Event(line_hash(line), NOON, "vos@desk", decision)
    assert line.index(b"}") == len(line) - 1
    assert is_safe(line.decode())


def test_the_format_stays() -> None:
    line = event_line("ab" * 32, NOON, "vos@desk", AddName(GAZETTE, "a.txt", Span(4, 11)))
    assert line.decode() == (
        f'{{"previous":"{"ab" * 32}","at":"2024-05-31T12:00:00.000000Z","by":"vos@desk","do":"add",'
        '"entity":"Gazette","type":"ORG","document":"a.txt","start":4,"end":11}'
    )
    line = event_line("", NOON, "vos@desk", Merge(GAZETTE, (EntityType.PLACE, 'Łódź "}"')))
    assert line.decode().endswith(
        '"do":"merge","entity":"Gazette","type":"ORG","into":"Łódź \\"\\u007d\\"","into_type":"PLACE"}'
    )
    assert line_hash(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(("decision", "said"), SAID, ids=itertools.count())
def test_the_format_of_judgements_stays(decision: Decision, said: str) -> None:
    line = event_line("", NOON, "vos@desk", decision)
    assert line.decode() == f"{{{GOOD},{said}}}"
    assert read_event_line(line).event.decision == decision


def fault_of(fields: str) -> str:
    """What is said of a line that has `fields` beside the sound head of a line."""
    with pytest.raises(LineError) as caught:
        read_event_line(f"{{{GOOD},{fields}}}".encode())
    return caught.value.fault


@pytest.mark.parametrize(
    ("do", "good", "bad", "fault"),
    [
        ("relabel", '"label":"stage"', '"label":"mood"', '"label" is "mood", which is none of: roles, constraints, '),
        ("relabel", '"value":"under way"', '"value":"soon"', '"value" is "soon", which is none of: done, under way'),
        ("relabel", '"value":"under way"', '"value":""', '"value" is missing or no text'),
        ("relabel", '"label":"stage"', '"label":"stance"', '"value" is "under way", which is none of: enables'),
        ("relabel", '"label":"stage"', '"label":"as_of"', '"value" is no day, month or year'),
        ("relabel", '"quote":"They help"', '"quote":""', '"quote" is missing or no text'),
        ("relabel", '"end":8', '"end":0', '"start" and "end" are no range of characters'),
        ("rate", '"rating":"high"', '"rating":"severe"', '"rating" is "severe", which is none of: none, low'),
        ("rate", '"rating":"high"', '"ratings":"high"', '"rating" is missing or no text'),
        ("rate", '"confidence":"low"', '"confidence":3', '"confidence" is missing or no text'),
        ("rate", '"note":"For now."', '"note":null', '"note" is missing or no text'),
        ("rate", '["a.txt","They help [1].","12"]', '["a.txt","They help [1].","x"]', '"quotes" holds a place'),
        ("rate", '["a.txt","They help [1].","12"]', '["a.txt"]', '"quotes" holds what is no list of 3 texts'),
        ("rate", '["a.txt","They help [1].","12"]', '"a.txt"', '"quotes" holds what is no list of 3 texts'),
        ("rate", '["a.txt","They help [1].","12"]', '["a.txt","","12"]', '"quotes" is missing or no text'),
        ("rate", '["a.txt","They help [1].","12"]', '["a.txt","\\ud800","12"]', '"quotes" is no Unicode text'),
        ("strike", '"document":"a.txt"', '"document":"a.txt","quote":"They"', '"start" is no whole number'),
        ("strike", '"document":"a.txt"', '"document":"a.txt","start":0,"end":8', '"quote" is missing or no text'),
        ("group", '["a.txt","b/c.md"]', "[]", '"documents" names none'),
        ("group", '["a.txt","b/c.md"]', '"a.txt"', '"documents" is missing or no list'),
        ("grade", '"reliability":"B"', '"reliability":"G"', '"reliability" is "G", which is none of: A, B, C, D, E, F'),
        ("grade", '"credibility":"4"', '"credibility":4', '"credibility" is missing or no text'),
        ("triage", '"later"', '"read"', '"state" is "read", which is none of: new, kept, skipped, later'),
        ("triage", '"digest":"abab', '"digest":"xbab', '"digest" is missing or no SHA-256 in hexadecimal'),
        ("settle", '"0123456789abcdef"', '"0123"', '"conflict" is missing or no id of a conflict'),
        ("collect", '"question":"Which law?"', '"question":""', '"question" is missing or no text'),
        ("date", '"2024-05-31"', '"2024-05"', '"as_of" is missing or no day such as "2024-05-31"'),
        ("date", '"2024-05-31"', '"2024-02-31"', '"as_of" is a day that never was'),
        ("snapshot", '"law","high"', '"law","worst"', '"ratings" is "worst", which is none of: none, low'),
        ("snapshot", '"escort","planned"', '"escort","soon"', '"stages" is "soon", which is none of: done'),
        ("snapshot", '"abab', '"xbab', '"documents" holds a digest that is no SHA-256 in hexadecimal'),
        ("snapshot", '"struck":["b/c.md"]', '"struck":[1]', '"struck" is missing or no text'),
        ("snapshot", '"0123456789abcdef"', '"0123"', '"struck_sentences" holds what is no mark of a sentence'),
        ("snapshot", '["0123456789abcdef"]', "null", '"struck_sentences" is missing or no list'),
    ],
)
def test_a_judgement_with_one_field_wrong_is_no_event(do: str, good: str, bad: str, fault: str) -> None:
    said = next(said for _, said in SAID if said.startswith(f'"do":"{do}"') and good in said)
    assert fault_of(said.replace(good, bad)).startswith(fault)


@pytest.mark.parametrize(
    "numbers", ['"start":1', '"start":-1,"end":2', '"start":2,"end":2', '"start":true,"end":2', '"start":1.0,"end":2',
                '"start":0,"end":9007199254740993']
)  # fmt: skip
def test_a_place_that_is_no_range_is_no_event(numbers: str) -> None:
    line = f'{{{GOOD},"do":"add","entity":"x","type":"ORG","document":"a.txt",{numbers}}}'
    with pytest.raises(LineError):
        read_event_line(line.encode())


def test_keys_of_later_versions_are_ignored() -> None:
    line = f'{{{GOOD},"do":"reject","why":[{{}}],"entity":"x","type":"ORG"}}'.encode()
    assert read_event_line(line).event.decision == named("x")


def test_what_later_versions_add_to_a_list_is_ignored() -> None:
    decision, said = SAID[1]
    line = f"{{{GOOD},{said}}}".replace('"They help [1].","12"', '"They help [1].","12",[4,{}]').encode()
    assert read_event_line(line).event.decision == decision


def test_every_decision_is_saved_and_read_with_the_pack(pack: Path) -> None:
    decisions: list[Decision] = [
        Merge(GAZETTE, PLACE), Split(GAZETTE, "the Gaz"), Reject(GAZETTE), Retype(GAZETTE, EntityType.LAW),
        AddName(PLACE, "a.txt", Span(4, 11)), *[decision for decision, _ in SAID], Restore("0" * 64), Undo("0" * 64),
        Redo("0" * 64),
    ]  # fmt: skip
    before = datetime.now(UTC)
    journal = Journal(journal_folders([pack]))
    events = [journal.append(decision) for decision in decisions]
    read = read_pack([pack])
    assert read.problems == ()
    assert read.events == tuple(events)
    assert [event.decision for event in events] == decisions
    assert {event.by for event in events} == {journal.officer}
    assert all(before <= event.at <= datetime.now(UTC) for event in events)


def snapshot_of(documents: int) -> Snapshot:
    return Snapshot((), (), tuple((f"reports/{number:05}.txt", line_hash(b"")) for number in range(documents)), ())


@pytest.mark.parametrize(
    ("decision", "fault", "remedy"),
    [
        (named(""), '"entity" is missing or no text', "give it another name"),
        (named("\ud800"), '"entity" is no Unicode text', "give it another name"),
        (named("x" * LONGEST), "is longer than 64 KiB", "give it another name"),
        (
            Rate("escort", "law", Rating.LOW, note="x" * LONGEST),
            "is longer than 64 KiB",
            "write it shorter or in other words",
        ),
        (
            snapshot_of(1000),
            "is longer than 64 KiB",
            "open a part of the pack, such as one folder in it, and take the snapshot there",
        ),
    ],
    ids=itertools.count(),
)
def test_what_cannot_be_written_is_refused_whole(decision: Decision, fault: str, remedy: str, pack: Path) -> None:
    journal = Journal(journal_folders([pack]))
    with pytest.raises(PackError) as caught:
        journal.append(decision)
    (problem,) = caught.value.problems
    assert (problem.fault, problem.remedy) == (f"not saved: {fault}", remedy)
    journal.append(named("a"))
    read = read_pack([pack])
    assert [event.decision for event in read.events] == [named("a")]
    assert read.problems == ()


def test_a_long_note_and_the_snapshot_of_a_large_pack_are_saved(pack: Path) -> None:
    journal = Journal(journal_folders([pack]))
    decisions: list[Decision] = [
        Rate("escort", "law", Rating.LOW, note="“x”\n" * 6000),
        snapshot_of(600),
        Snapshot((), (), (), (), tuple(f"{number:016x}" for number in range(3000))),
    ]
    events = [journal.append(decision) for decision in decisions]
    assert [event.decision for event in events] == decisions
    assert read_pack([pack]).events == tuple(events)
