"""Rules written as `entities.toml` are read back as they were."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from briefing.export.entity_rules import entity_rules_toml
from briefing.model import EntityRule, EntityType
from briefing.storage.pack_settings import EntityRules, read_entity_rules

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
RULES = st.lists(
    st.builds(EntityRule, st.sampled_from(EntityType), NAMES, st.lists(NAMES, max_size=3).map(tuple)),
    max_size=4,
    unique_by=lambda rule: (rule.type, rule.name),
)
KEYS = st.lists(st.tuples(st.sampled_from(EntityType), NAMES), max_size=3)


@given(RULES, KEYS)
def test_what_is_written_is_read_back(rules: list[EntityRule], rejected: list[tuple[EntityType, str]]) -> None:
    text = entity_rules_toml(rules, rejected)
    assert all(character.isprintable() or character == "\n" for character in text)
    with TemporaryDirectory() as folder:
        path = Path(folder, "entities.toml")
        path.write_text(text, encoding="utf-8")
        assert read_entity_rules(path) == EntityRules(tuple(rules), tuple(rejected))


def test_it_is_laid_out_to_be_read_by_people() -> None:
    rules = [EntityRule(EntityType.ORG, 'The "Port"', ("P\x1b[2J", "Quay")), EntityRule(EntityType.PLACE, "Lisbon")]
    assert (
        entity_rules_toml(rules, [(EntityType.ORG, "Time")]).partition("\n\n")[2]
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
"""
    )
