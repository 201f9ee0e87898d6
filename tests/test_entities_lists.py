"""Every word list earns its place: for each there is a text that is read rightly with it and wrongly without it."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.extraction.entities import lists, names
from tests.marked_text import found, marks, mentions

DATA = Path(lists.__file__).parents[1] / "data"
TABLES = ("cues.toml", "head_nouns.toml")

CASES = {
    "cities.txt": "They fly to [Vienna|PLACE] and back.",
    "common_words.txt": "Part One ends here; Chapter Four says why.",
    "countries.txt": "The [US|PLACE] and three [Bolivians|DEMONYM], not us, decided.",
    "equipment.txt": "Its [Mirage 2000|EQUIPMENT] jets are older than the pilots who fly them.",
    "events.txt": "Many had served in the [Winter War|EVENT] and after [9/11|EVENT].",
    "given_names.txt": "The envoy left with [Leila Borzut|PERSON] for good.",
    "laws.txt": "[UNCLOS|LAW] and the [Geneva Conventions|LAW] hold.",
    "not_names.txt": "GDP fell by 3 percent while the CEO slept.",
    "organisations.txt": "Few trust [UNESCO|ORG] there.",
    "peoples.txt": "Three [Tuaregs|DEMONYM] and a [Hausa|DEMONYM] trader left.",
    "persons.txt": "Nobody in the room had met [Xi|PERSON] or [Erdoğan|PERSON].",
    "places.txt": "They crossed [Kashmir|PLACE] and back.",
    "provinces.txt": "They fled through [Laghman|PLACE] at night.",
    "programmes.txt": "Nobody left [AUKUS|PROGRAMME] for less.",
    "societies.txt": "Nobody left [Hezbollah|ORG] in time.",
    "cues.toml.words.function": "The Ministry later withdrew the remark.",
    "cues.toml.words.endings": "They believe in Negotiating.",
    "cues.toml.words.beginnings": "They stayed in Reopened zones.",
    "cues.toml.person.titles": "They met General [Brown|PERSON] there.",
    "cues.toml.person.short_titles": "MS. [OYELARAN|PERSON]: Thank you.",
    "cues.toml.person.roles": "The analyst [Borzut|PERSON] left early.",
    "cues.toml.person.speech": "[Kofman|PERSON] added that aid would come.",
    "cues.toml.person.names": "They met President [Anna King|PERSON] there.",
    "cues.toml.person.bylines": "Reporting by [Borzut|PERSON].",
    "cues.toml.person.inner": "The [Jaish-e-Borzut Party|ORG] won.",
    "cues.toml.person.articles": "Nobody left [el Fasher|PLACE] in time.",
    "cues.toml.person.tied_articles": "They heard that [al-Borzuti|PERSON] said so.",
    "cues.toml.person.pronoun_verbs": '"No comment," said [Tshabalala|PERSON], who left.',
    "cues.toml.person.particles": "They saw [Ludwig van der Borzut|PERSON] again.",
    "cues.toml.person.suffixes": "They saw [Gilberto Borzut Jr.|PERSON] again.",
    "cues.toml.person.family_first": "A letter to [Wong Borzut|PERSON] came.",
    "cues.toml.person.surname_endings": "A talk by [Borzutenko|PERSON] was long.",
    "cues.toml.place.before": "It flows from [Dorpburg|PLACE] north, then back to [Dorpburg|PLACE].",
    "cues.toml.place.strong_before": "They met in [Borzut|PLACE].",
    "cues.toml.place.after": "Planes woke [Dorpburg|PLACE] residents.",
    "cues.toml.place.kinds": "The village of [Borzut|PLACE] burned.",
    "cues.toml.place.states": "The [Republic of Peru|PLACE] agreed.",
    "cues.toml.place.state_adjectives": "The [Plurinational Republic of Peru|PLACE] agreed.",
    "cues.toml.place.endings": "They flew from [Dorpburg|PLACE] north, then back to [Dorpburg|PLACE].",
    "cues.toml.organisation.published": "They wrote in [Dagens Borzut|ORG] of it.",
    "cues.toml.organisation.after": "Some [Borzut|ORG] rebels fled, then other [Borzut|ORG] troops.",
    "cues.toml.organisation.kinds": "They fought the militia [Borzut|ORG], then the movement [Borzut|ORG].",
    "cues.toml.organisation.endings": "Everyone bought [Orvotech|ORG] shares.",
    "cues.toml.quoted.near": "They hold exercise “[Blue Lantern|EVENT]” every year.",
    "cues.toml.quoted.singular": "The large exercise [Stone Otter|EVENT] began.",
    "cues.toml.quoted.introducing": "The drill, codenamed “[Desert Kite|EVENT],” involves 400 men.",
    "cues.toml.quoted.companies": "The company “[Borzut Blue|ORG]” makes engines.",
    "cues.toml.quoted.arms": "The frigate [Belrose|EQUIPMENT] sank.",
    "cues.toml.west.not_after": "The [West|PLACE] worries; the west bank of the river is calm.",
    "cues.toml.west.not_before": "They went to the west.",
    "head_nouns.toml.heads.ORG": "The [Orvo Army|ORG] has no tanks.",
    "head_nouns.toml.heads.PLACE": "Crowds filled [Orvo Avenue|PLACE] by noon.",
    "head_nouns.toml.heads.LAW": "Both sides broke the [Orvo Declaration|LAW] at once.",
    "head_nouns.toml.heads.PROGRAMME": "Work on the [Orvo Corridor Project|PROGRAMME] stopped.",
    "head_nouns.toml.heads.EVENT": "The [Siege of Orvo|EVENT] was long.",
    "head_nouns.toml.frames.titles_in_names": "The [Orvo General Staff|ORG] met.",
    "head_nouns.toml.frames.small_heads": "They left the [Orvo peninsula|PLACE].",
    "head_nouns.toml.frames.small_words": "The [second Intifada|EVENT] began.",
    "head_nouns.toml.frames.of": "The [Ministry of Tides|ORG] met.",
    "head_nouns.toml.frames.for_on": "Both sides broke the [Protocol on Arms Control|LAW].",
    "head_nouns.toml.frames.national": "The [Tongan Navy|ORG] left.",
    "head_nouns.toml.frames.general": "They want a New Initiative and a Joint Declaration.",
    "head_nouns.toml.frames.after_names": "They closed the Power Plant.",
    "head_nouns.toml.frames.offices": "The [Orvo Ministry|ORG] of Borzut closed.",
    "head_nouns.toml.frames.shortened": "They sued [Borzut Inc.|ORG] there.",
    "head_nouns.toml.frames.letterheads": "[Ministry of National Tides|ORG]\n\nThey are few.\n",
    "head_nouns.toml.frames.own_possessives": "The [Farmers' Trade Union|ORG] won.",
    "head_nouns.toml.small.PROGRAMME": "They joined the [East Shield|PROGRAMME] programme.",
    "head_nouns.toml.small.EVENT": "They joined the [Stone Otter|EVENT] exercise.",
    "head_nouns.toml.first.PLACE": "They saw [Mount Orvo|PLACE] again.",
    "head_nouns.toml.first.EVENT": "[Operation Linda Borzut|EVENT] began.",
    "head_nouns.toml.first.ORG": "They heard [Radio Orvo|ORG] at night.",
    "head_nouns.toml.equipment.classes": "It ordered three [Sand Viper|EQUIPMENT] frigates.",
    "head_nouns.toml.equipment.between": "It ordered three [Sand Viper|EQUIPMENT] strategic bombers.",
    "head_nouns.toml.equipment.designators": "They lost a [T-72|EQUIPMENT], two [BMP-2|EQUIPMENT]s and a horse.",
    "head_nouns.toml.equipment.never": "They want H-1B visas.",
    "head_nouns.toml.equipment.ships": "The [TCG Borzut|EQUIPMENT] docked.",
}
"""By file, or by file, table and key."""

LINKING: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "capitals.txt": (("The Defence Ministry in Lima met.",), ["Ministry of Defence of Peru", "Lima"]),
    "cues.toml.words.spellings": (
        ("The Orvo Labour Party won.", "The Orvo Labor Party won."),
        ["Orvo Labour Party"] * 2,
    ),
    "cues.toml.person.common_surnames": (("Mr. Castro left.",), ["Castro"]),
    "cues.toml.person.offices": (("President Castro left.",), ["Fidel Castro"]),
    "head_nouns.toml.frames.meetings": (
        ("The 2019 Orvo Summit met.", "The 2021 Orvo Summit met."),
        ["2019", "2019 Orvo Summit", "2021", "2021 Orvo Summit"],
    ),
    "head_nouns.toml.frames.shared": (
        ("Ghana's Security Council met.",),
        ["Ghana", "Security Council of Ghana"],
    ),
}
"""Lists that decide what a name means: documents, and the entity's name of each mention."""


def forget() -> None:
    """Drops all that the extraction of names has kept of the lists."""
    for name, module in list(sys.modules.items()):
        if name.startswith("briefing.extraction.entities"):
            for member in vars(module).values():
                if hasattr(member, "cache_clear"):
                    member.cache_clear()


@pytest.fixture
def fresh_lists() -> Iterator[None]:
    forget()
    yield
    forget()


def empty(place: str, patch: pytest.MonkeyPatch) -> None:
    """Takes every word out of one list."""
    if place.endswith(".spellings"):
        # Made of the list once, for good.
        patch.setattr(names, "_SPELT_TWO_WAYS", re.compile("(?!)"))
    if place.endswith(".txt"):
        read = lists._read
        patch.setattr(lists, "_read", lambda name: "" if name == place else read(name))
        return
    name, table, key = place.rsplit(".", 2)
    tables = tomllib.loads((DATA / name).read_text(encoding="utf-8"))
    tables[table][key] = ""
    others = lists._tables
    patch.setattr(lists, "_tables", lambda file: tables if file == name else others(file))


def test_every_list_has_a_case() -> None:
    files = [path.name for path in DATA.glob("*.txt")]
    keys = [
        f"{name}.{table}.{key}"
        for name in TABLES
        for table, content in tomllib.loads((DATA / name).read_text(encoding="utf-8")).items()
        for key in content
    ]
    assert sorted([*CASES, *LINKING]) == sorted([*files, *keys])


@pytest.mark.parametrize("place", CASES)
def test_the_list_is_needed(place: str, monkeypatch: pytest.MonkeyPatch, fresh_lists: None) -> None:
    row = CASES[place]
    with monkeypatch.context() as patch:
        empty(place, patch)
        assert found(row, "row.md") != marks(row)
    forget()
    assert found(row, "row.md") == marks(row)


@pytest.mark.parametrize("place", LINKING)
def test_the_list_is_needed_to_link(place: str, monkeypatch: pytest.MonkeyPatch, fresh_lists: None) -> None:
    texts, meant = LINKING[place]
    with monkeypatch.context() as patch:
        empty(place, patch)
        assert [mention.canonical for mention in mentions(*texts)] != meant
    forget()
    assert [mention.canonical for mention in mentions(*texts)] == meant
