"""Rules written as `entities.toml` are read back as they were, and make of a pack what was made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.corrections import corrections_of, with_events
from briefing.export.entity_rules import entity_rules_toml
from briefing.extraction.entities import extract_mentions
from briefing.model import (
    AddName,
    Correction,
    Decision,
    EntityKey,
    EntityRule,
    EntityType,
    Mention,
    Merge,
    Pack,
    PackError,
    Reject,
    Retype,
    Span,
    Split,
)
from briefing.storage.pack_settings import EntityRules, read_entity_rules
from tests.test_corrections import DECISIONS, FIRST, HARBOUR, PORT, SECOND, corrected, pack_of

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
RULES = st.lists(
    st.builds(EntityRule, st.sampled_from(EntityType), NAMES, st.lists(NAMES, max_size=3).map(tuple)),
    max_size=4,
    unique_by=lambda rule: (rule.type, rule.name),
)
KEY = st.tuples(st.sampled_from(EntityType), NAMES)
SPANS = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda ends: Span(min(ends), max(ends)))
CORRECTIONS = st.one_of(
    st.builds(Merge, KEY, KEY),
    st.builds(Split, KEY, NAMES),
    st.builds(Reject, KEY),
    st.builds(Retype, KEY, st.sampled_from(EntityType)),
    st.builds(AddName, KEY, NAMES, SPANS),
    st.builds(AddName, KEY, st.just(""), st.just(Span(0, 0))),
)
COUNTRY = "Utopia"
PEOPLE = (
    EntityRule(EntityType.PLACE, COUNTRY),
    EntityRule(EntityType.DEMONYM, COUNTRY, ("Utopian",)),
    EntityRule(EntityType.ORG, "Harbour Authority", ("the Quay", "Quay")),
)
THIRD = "A third\n\nUtopia and the Utopian fleet met the Quay of Lisbon. The quay and a Lamp Fund were Utopian.\n"


def read(text: str) -> EntityRules:
    with TemporaryDirectory() as folder:
        path = Path(folder, "entities.toml")
        path.write_text(text, encoding="utf-8")
        return read_entity_rules(path)


def exported(pack: Pack) -> EntityRules:
    return read(entity_rules_toml(pack.entity_rules, pack.rejected_names, corrections_of(pack)))


def read_again(pack: Pack) -> Pack:
    """The documents of `pack` read by the rules it exports, without any journal."""
    rules = exported(pack)
    found = pack.found if rules.names == pack.entity_rules else extract_mentions(pack.documents, rules.names)
    plain = Pack("p", "p", "", None, pack.documents, found=found)
    plain = replace(
        plain, entity_rules=rules.names, rejected_names=rules.rejected, written_corrections=rules.corrections
    )
    return with_events(plain, ())


def meaning(pack: Pack) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """What is found and what is rejected: document, place, type and name."""

    def places(mentions: Iterable[Mention]) -> set[tuple[object, ...]]:
        return {(one.document, one.span, one.type, one.canonical) for one in mentions}

    return places(pack.mentions), places(mention for entity in pack.rejected for mention in entity.mentions)


@given(RULES, st.lists(KEY, max_size=3), st.lists(CORRECTIONS, max_size=5))
def test_what_is_written_is_read_back(
    rules: list[EntityRule], rejected: list[EntityKey], corrections: list[Correction]
) -> None:
    text = entity_rules_toml(rules, rejected, corrections)
    assert all(character.isprintable() or character == "\n" for character in text)
    assert read(text) == EntityRules(tuple(rules), tuple(rejected), tuple(corrections))


def test_it_is_laid_out_to_be_read_by_people() -> None:
    rules = [EntityRule(EntityType.ORG, 'The "Port"', ("P\x1b[2J", "Quay")), EntityRule(EntityType.PLACE, "Lisbon")]
    time = (EntityType.ORG, "Time")
    corrections: list[Correction] = [
        Merge(PORT, HARBOUR),
        Split(time, "T"),
        Retype(time, EntityType.LAW),
        AddName(time, "a", Span(2, 4)),
    ]
    assert (
        entity_rules_toml(rules, [time], corrections).partition("\n\n")[2]
        == """\
[[entity]]
type = "ORG"
name = "The \\"Port\\""
aliases = [
    "P\\u001B[2J",
    "Quay",
]

[[entity]]
type = "PLACE"
name = "Lisbon"

[[reject]]
type = "ORG"
name = "Time"

[[correction]]
do = "merge"
type = "ORG"
name = "Port Authority"
into_type = "ORG"
into = "Harbour Authority"

[[correction]]
do = "split"
type = "ORG"
name = "Time"
form = "T"

[[correction]]
do = "retype"
type = "ORG"
name = "Time"
new_type = "LAW"

[[correction]]
do = "add"
type = "ORG"
name = "Time"
file = "a"
start = 2
end = 4
"""
    )


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        (['do = "mend"', 'type = "ORG"', 'name = "A"'], 2, '"mend" is no do; use one of: merge, split'),
        (['do = "merge"', 'type = "ORG"', 'name = "A"', 'into_type = "ORG"'], 1, "into is missing"),
        (['do = "reject"', 'type = "ORG"', 'name = "A"', 'form = "B"'], 5, 'unknown key "form"'),
        (['do = "retype"', 'type = "ORG"', 'name = "A"', 'new_type = "SHIP"'], 5, '"SHIP" is no new_type'),
        (['do = "add"', 'type = "ORG"', 'name = "A"', 'file = "a.txt"'], 1, "a place is a file, a start and an end"),
        (['do = "add"', 'type = "ORG"', 'name = "A"', "start = -1"], 5, "start must be a whole number"),
        (
            ['do = "add"', 'type = "ORG"', 'name = "A"', 'file = "a"', "start = 3", "end = 2"],
            7,
            "end lies before start",
        ),
    ],
)
def test_a_fault_in_a_correction_is_named_with_its_line(lines: list[str], line: int, words: str) -> None:
    with pytest.raises(PackError) as raised:
        read("[[correction]]\n" + "\n".join(lines) + "\n")
    problem = raised.value.problems[0]
    assert problem.line == line
    assert words in str(problem)


KEYS = st.sampled_from([*((rule.type, rule.name) for rule in PEOPLE), PORT, (EntityType.PLACE, "Lisbon")])
OF_THE_PACK = st.one_of(
    DECISIONS,
    st.builds(Merge, KEYS, KEYS),
    st.builds(Reject, KEYS),
    st.builds(Retype, KEYS, st.sampled_from([EntityType.DEMONYM, EntityType.PLACE, EntityType.ORG])),
    st.builds(Split, KEYS, st.sampled_from(["Quay", "the Quay", "Utopian"])),
    st.builds(
        AddName, st.just((EntityType.PLACE, "Quay of Lisbon")), st.sampled_from(["2.txt", ""]), st.just(Span(0, 4))
    ),
)


@given(st.lists(OF_THE_PACK, max_size=6))
def test_exported_rules_make_of_the_documents_what_was_decided(decisions: list[Decision]) -> None:
    pack = corrected(pack_of(FIRST, SECOND, THIRD, rules=PEOPLE, no_names=[(EntityType.PLACE, "Lisbon")]), *decisions)
    assert meaning(read_again(pack)) == meaning(pack)
    assert meaning(read_again(read_again(pack))) == meaning(pack)


def _single(pack: Pack) -> Iterator[list[Correction]]:
    """One decision of each kind on each entity, and a rejection after it."""
    types = list(EntityType)
    for number, one in enumerate(pack.entities):
        other = pack.entities[(number * 7 + 1) % len(pack.entities)]
        retyped = types[(types.index(one.type) + 1) % len(types)]
        yield [Reject(one.key)]
        yield [Merge(one.key, other.key)]
        yield [Merge(one.key, other.key), Reject(other.key)]
        yield [Retype(one.key, retyped)]
        yield [Retype(one.key, retyped), Reject((retyped, one.name))]
        for form in one.aliases:
            yield [Split(one.key, form)]
            yield [Split(one.key, form), Reject((one.type, form))]


def test_every_decision_on_the_seeds_comes_back(seeds_pack: Pack) -> None:
    tried = list(_single(seeds_pack))[::5]
    assert len(tried) > 100
    assert {type(one) for decisions in tried for one in decisions} == {Reject, Merge, Retype, Split}
    wrong = []
    for decisions in tried:
        pack = corrected(seeds_pack, *decisions)
        if meaning(read_again(pack)) != meaning(pack):
            wrong.append(decisions)
    assert wrong == []


def test_the_name_of_a_country_does_not_mean_its_people() -> None:
    pack = pack_of(THIRD, rules=PEOPLE[1::-1])
    assert [(one.text, one.type) for one in pack.mentions if one.canonical == COUNTRY] == [
        ("Utopia", EntityType.PLACE),
        ("Utopian", EntityType.DEMONYM),
        ("Utopian", EntityType.DEMONYM),
    ]
