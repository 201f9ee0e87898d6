"""Every rule earns its place: for each there is a text that is read rightly with it and wrongly without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import reduce
from importlib import import_module
from pkgutil import iter_modules
from types import SimpleNamespace

import pytest

from briefing.extraction.entities.found import Found, Trust
from briefing.extraction.entities.meetings import Held
from briefing.extraction.entities.scan import Scan
from briefing.extraction.entities.tense import Tense
from tests.marked_text import found, marks, mentions

PACKAGE = "briefing.extraction.entities"


def nothing(*_: object, **__: object) -> Iterator[Found]:
    return iter(())


def always(value: object) -> Callable[..., object]:
    """A rule that says the same of everything."""
    return lambda *_, **__: value


def as_given(place: int) -> Callable[..., object]:
    """A rule that hands back what it was given at `place`, counted from nought."""
    return lambda *given, **_: given[place]


def next_token(_: Scan, index: int, *__: object) -> int:
    return index + 1


FINDING = {
    "reading._candidates": "They sailed from [Norway|PLACE].",
    "reading.phrases_of": "They held a [2+2 dialogue|EVENT] there.",
    "phrases._quoted": "The “[quiet fox|EVENT]” exercise ended.",
    "phrases._wars_in": "It grew from the [war in Mali|EVENT].",
    "phrases._constitutions": "[Malta|PLACE] cannot, since its [constitution|LAW] forbids bases.",
    "phrases._articles": "They invoked [Article 14|LAW] at once.",
    "phrases._editions": "They sent a ship to [Cobra Gold 23|EVENT].",
    "phrases._exercises": "The large exercise [Stone Otter|EVENT] began.",
    "phrases._states": "The [Federal Republic of Peru|PLACE] agreed.",
    "phrases._trust_funds": "They gave to the [trust fund for Mali|PROGRAMME].",
    "phrases._coordinated": "They want [North|PLACE] and [South Korea|PLACE] there.",
    "phrases._shared_ending": "They crossed the [Atlantic|PLACE] and [Indian oceans|PLACE].",
    "reading.weapons_of": "An [Su-99|EQUIPMENT] crashed.",
    "weapons._designated": "An [Su-99|EQUIPMENT] crashed.",
    "weapons._before_class": "Two [Sand Viper|EQUIPMENT] helicopters fell.",
    "weapons._weapon": "Two [Orvo-class|EQUIPMENT] ships left.",
    "reading.ships_of": "The frigate [Belrose|EQUIPMENT] sank.",
    "weapons._named_after": "The cruisers [Belrose|EQUIPMENT] and [Hamburg|EQUIPMENT] sank.",
    "weapons._ship": "The [USS Larkspur|EQUIPMENT] sank.",
    "reading.names_with_head": "They signed the [Orvo Treaty|LAW].",
    "runs._head_first": "They saw [Lake Orvo|PLACE].",
    "runs._head_last": "They signed the [Orvo Treaty|LAW].",
    "runs._small_head": "They left the [Orvo peninsula|PLACE].",
    "runs._before_kind": "They joined the [East Thicket|PROGRAMME] programme.",
    "reading.people_of": "They met Gen. [Borzut|PERSON] there.",
    "people._titled": "They met Gen. [Borzut|PERSON] there.",
    "people._by_given_name": "It made [Anna Grant|PERSON] famous.",
    "people._family_name_first": "It flew near [Tanabe Hiroko|PERSON].",
}
"""Rules that yield names, each with a text in which nothing else yields the same."""

DECIDING: list[tuple[str, object, str]] = [
    ("reading.find_dates", nothing, "It began on [3 May|DATE]."),
    ("reading._ADDRESS", re.compile("(?!)"), "Write to x@norway.example or https://example.org/Norway first."),
    ("tokens.Block.is_read", True, "```\nOslo\n```\n\nThe code is from [Prague|PLACE].\n"),
    ("reading.Emphasis", SimpleNamespace(CODE=None), "Run `Paris.deploy()` in [Vienna|PLACE]."),
    ("reading._trust_in_list", always(Trust.SURE), "It made [Anna Putin Borzut|PERSON] famous."),
    ("reading.find_definitions", nothing, "The [Alianza Popular Orvana|ORG] ([APO|ORG]) won."),
    ("acronyms._in_brackets", always(None), "The [Alianza Popular Orvana|ORG] ([APO|ORG]) won."),
    ("acronyms._after_comma", always(None), "[ARO|ORG], the [Alianza Roja Orvana|ORG], stayed."),
    ("acronyms._forwards", always(None), "[ATO|ORG] ([Arctic Transport Organization|ORG]) stayed."),
    ("acronyms._holds_in_order", always(False), "The [Alianza Popular Orvana|ORG] ([ALPO|ORG]) won."),
    ("reading._beside_names", nothing, "The [Orvo Institute|ORG] ([SIDE|ORG]) closed."),
    ("reading._called", nothing, "The [Treaty of Orvo|LAW] (the “[Pact|LAW]”) binds."),
    ("reading._long_form", always(None), "The [Alianza Popular Orvana|ORG] ([APO|ORG]) won."),
    ("reading._names_again", nothing, "Exercise “[Quiet Fox|EVENT]” is new. Few like [Quiet Fox|EVENT] much."),
    ("reading._people_again", nothing, "Gen. [Ana Borzut|PERSON] left. Few like [Borzut|PERSON] much."),
    ("reading.label_unknown", always([]), "They met in [Borzut|PLACE]."),
    ("residual._weigh_before", always(None), "They met in [Borzut|PLACE]."),
    ("residual._before_listing", always(""), "They met in [Oslo|PLACE] and [Borzut|PLACE]."),
    ("residual._weigh_after", always(None), "[Borzut|PERSON] said so."),
    ("residual._weigh_apposition", always(None), "[Borzut|PERSON], a retired general, left."),
    ("residual._with_article", as_given(1), "They heard that [al-Borzuti|PERSON] said so."),
    ("residual._share_surnames", always(None), "They left with [Vessel Tarzo|PERSON]. [Tarzo|PERSON] said so."),
    ("residual._weigh_neighbours", always(None), "They saw [Mali|PLACE], [Borzut|PLACE], [Chad|PLACE] and more."),
    ("residual._weigh_form", always(None), "A talk by [Borzutenko|PERSON] was long."),
    ("residual._written_small", always(set()), "They met in Borzut, a borzut being a barn."),
    ("residual._is_code", always(False), "They work in CloudDeploy."),
    ("residual._is_only_a_word", always(False), "Captured [Borzut|PLACE], [Mali|PLACE], is in [Borzut|PLACE]."),
    ("joining._whole", always(None), "It ended on [Friday, 3 May 2019|DATE]."),
    ("joining._with_words_before", as_given(1), "They heard [Orvo Erdogan|PERSON] there."),
    ("runs._any_name", always(False), "They closed the [Orvo Plant|PLACE]."),
    ("tokens._is_title_case", always(False), "# New Ideas For Every Orvo Treaty Group\n\nThey are few.\n"),
    ("tokens.fold", str.lower, "They fly to [Bogotá|PLACE] and [Malmö|PLACE]."),
    ("tokens._is_letterhead", always(False), "[Ministry of National Tides|ORG]\n\nThey are few.\n"),
    ("names._is_no_other_word", always(True), "Few like Irena much. [Nato|ORG] did."),
    ("weapons._may_be_ship", always(True), "The frigate Commander left."),
    ("reading.base_of_edition", as_given(0), "Exercise “[Quiet Fox 2019|EVENT]” is old. Few like [Quiet Fox|EVENT]."),
    ("scan._links", always(False), "The [Orvo-Borzut Institute|ORG] closed."),
    ("names._is_written_as_name", always(True), "They ate turkey from china."),
    ("names._same_capitals", always(True), "Nobody knows who asked us."),
    ("names._stands_after_the", always(True), "They live west of here."),
    ("names._may_be_small", always(False), "The [second Intifada|EVENT] began."),
    ("dates._is_date", always(True), "He may march; March said so."),
    ("runs.names_part_of_date", always(False), "They signed the [Treaty of Borzut|LAW] [Tuesday|DATE]."),
    ("weapons._class_follows", always(False), "The [Type 93|EQUIPMENT] frigate left."),
    ("weapons._TYPE_NUMBER", re.compile("(?!)"), "The [Type 93|EQUIPMENT] frigate left."),
    ("runs._begin", as_given(1), "The [9th Orvo Brigade|ORG] left."),
    ("runs._past_and", as_given(1), "They addressed the [Trade and Tide Council|ORG]."),
    ("runs._complement_end", next_token, "The [Ministry of Tides|ORG] met."),
    ("runs._part_end", always(None), "The [Ministry of Tides|ORG] met."),
    ("runs._number_end", as_given(1), "They broke the [Orvo Resolution 1701|LAW] twice."),
    ("runs._opens_only", always(False), "Training [Malian Army|ORG] recruits is hard."),
    ("runs._is_own_kind", always(False), "The [Tongan Sea|PLACE] is deep."),
    ("runs._is_name", always(True), "They want a New Initiative."),
    ("people.is_weekday", always(False), "President [Anna Borzut|PERSON] [Monday|DATE] left."),
    ("people._follows_name", always(False), "They met President [Anna King|PERSON] there."),
    ("scan._particle_reach", always(0), "The [Jaish-e-Borzut Party|ORG] won."),
    ("people._follows_occupation", always(False), "The analyst [Borzut|PERSON] left early."),
    ("people._past_office", always(None), "The Secretary of State [Borzut|PERSON] left."),
    ("people._is_particle", always(False), "They saw [Ludwig van der Borzut|PERSON] again."),
    ("people._is_given", always(False), "It made [Anna Grant|PERSON] famous."),
    ("people._past_word", next_token, "They saw [Anna B. Borzut|PERSON] again."),
    ("people._past_suffix", as_given(1), "They saw [Anna Borzut Jr.|PERSON] again."),
]
"""Rules that decide, each with what stands in for it and a text in which that does harm."""

LINKING: list[tuple[str, object, tuple[str, ...], list[str]]] = [
    (
        "bodies.owner_before",
        always(None),
        ("Latvia's Ministry of Health met.",),
        ["Latvia", "Ministry of Health of Latvia"],
    ),
    (
        "reading.owner_of",
        always(None),
        ("Latvia's Ministry of Health met.",),
        ["Latvia", "Ministry of Health of Latvia"],
    ),
    (
        "bodies._seat_after",
        always(None),
        ("The Health Ministry in Riga met.",),
        ["Ministry of Health of Latvia", "Riga"],
    ),
    ("bodies._last_state", always(None), ("Malta kept its constitution.",), ["Malta", "Constitution of Malta"]),
    (
        "bodies._without_owner",
        lambda words: (words, None),
        ("The Latvian Health Office met.",),
        ["Health Office of Latvia"],
    ),
    ("bodies._office_first", as_given(0), ("The Latvian Health Ministry met.",), ["Ministry of Health of Latvia"]),
    (
        "bodies.american_spellings",
        dict,
        ("The Orvo Labour Party won.", "The Orvo Labor Party won."),
        ["Orvo Labour Party"] * 2,
    ),
    ("bodies.peoples", always({}), ("The Latvian Health Office met.",), ["Health Office of Latvia"]),
    ("linking.body_of", always(None), ("The Latvian Health Ministry met.",), ["Ministry of Health of Latvia"]),
    (
        "linking._Acronyms.learn",
        always(None),
        ("The Orvo Rescue Command (ORC) met.", "The ORC left."),
        ["Orvo Rescue Command"] * 3,
    ),
    ("linking.surnames", always([]), ("Minister Ana Ruizova spoke.", "Minister Ruizova left."), ["Ana Ruizova"] * 2),
    (
        "linking._name_words",
        lambda name: name.split(),
        ("Dr. Ana Ruizova Jr. met Dr. Ana Ruizova.",),
        ["Ana Ruizova Jr."] * 2,
    ),
    (
        "linking._fullest",
        min,
        ("Dr. Tanabe saw the Orvo Treaty on Tides. The Orvo Treaty binds.",),
        ["Tanabe", *["Orvo Treaty on Tides"] * 2],
    ),
    (
        "linking._Context._lengthened",
        as_given(2),
        ("The Orvo Treaty on Tides is old. The Orvo Treaty binds.",),
        ["Orvo Treaty on Tides"] * 2,
    ),
    (
        "linking._Context._national",
        lambda self, type, body, owner: ((type, body.base), ""),
        ("The Latvian Health Ministry met.",),
        ["Ministry of Health of Latvia"],
    ),
    ("reading.is_shared", always(False), ("Ghana's Security Council met.",), ["Ghana", "Security Council of Ghana"]),
    ("people.may_be_anyone", always(False), ("Mr. Castro left.",), ["Castro"]),
    (
        "reading.held",
        always(Held()),
        ("The 2019 Orvo Summit met.", "The 2021 Orvo Summit met."),
        ["2019", "2019 Orvo Summit", "2021", "2021 Orvo Summit"],
    ),
    (
        "linking._Context._is_anothers",
        always(False),
        ("Ghana's Security Council met.",),
        ["Ghana", "Security Council of Ghana"],
    ),
    (
        "linking.Meetings.label",
        always(""),
        ("The 2019 Orvo Summit met.", "The 2021 Orvo Summit met."),
        ["2019", "2019 Orvo Summit", "2021", "2021 Orvo Summit"],
    ),
    ("linking._normal", as_given(0), ("The Orvo Treaty met.", "THE ORVO TREATY met."), ["Orvo Treaty"] * 2),
]
"""Rules that link, each with what stands in for it, and documents with the entity's name of each mention."""


DATING: list[tuple[str, object, str, str]] = [
    ("date_names._year_meant", always(None), "August next year", "August 2022"),
    ("date_names._year_inferred", always("2021"), "in December", "December 2020"),
    ("date_names.tense_near", always(Tense.UNKNOWN), "in April", "April 2020"),
    ("date_names._figures_name", always(None), "2016-11-02", "November 2, 2016"),
    ("date_names._day_in_figures", always(None), "17/03/2016", "March 17, 2016"),
    ("date_names._exists", always(False), "2016-11-02", "November 2, 2016"),
    ("date_names._part_name", always(None), "in the fall", "fall 2020"),
    ("date_names._part", always("Q1"), "in the third quarter of 2019", "Q3 2019"),
    ("date_names._which_name", always(None), "last year", "2020"),
    ("date_names._month_meant", always(None), "last May", "May 2020"),
    ("date_names._near_name", always(None), "yesterday", "March 16, 2021"),
    ("date_names._weekday_name", always(None), "on Tuesday", "March 16, 2021"),
    ("date_names._ago_name", always(None), "three years ago", "2018"),
    (
        "dates._shared_years",
        lambda text, matches, *_: [""] * len(matches),
        "March 2-4 and May 3, 2019",
        "March 2-4, 2019",
    ),
]
"""Rules for what a date means, each with a date in a document of March 17, 2021, and what the first one means."""


def forget() -> None:
    """What was remembered of words with a rule must not be heard without it, nor the other way round."""
    for module in iter_modules(import_module(PACKAGE).__path__):
        for member in vars(import_module(f"{PACKAGE}.{module.name}")).values():
            # The lists that are read once have no limit.
            if hasattr(member, "cache_parameters") and member.cache_parameters()["maxsize"] is not None:
                member.cache_clear()


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    yield
    forget()


def without(rule: str, stand_in: object, patch: pytest.MonkeyPatch) -> None:
    module, *classes, name = rule.split(".")
    owner = reduce(getattr, classes, import_module(f"{PACKAGE}.{module}"))
    patch.setattr(owner, name, stand_in)
    forget()


def test_every_rule_that_yields_names_has_a_case() -> None:
    rules = {
        rule
        for module in iter_modules(import_module(PACKAGE).__path__)
        for rule, member in vars(import_module(f"{PACKAGE}.{module.name}")).items()
        if getattr(member, "__annotations__", {}).get("return") == "Iterator[Found]"
    }
    assert {rule.partition(".")[2] for rule in FINDING} == rules


@pytest.mark.parametrize("rule", FINDING)
def test_the_rule_finds_names(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = FINDING[rule]
    assert found(row, "row.md") == marks(row)
    without(rule, nothing, monkeypatch)
    assert found(row, "row.md") != marks(row)


@pytest.mark.parametrize(("rule", "stand_in", "row"), DECIDING, ids=[rule for rule, _, _ in DECIDING])
def test_the_rule_decides(rule: str, stand_in: object, row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(row, "row.md") == marks(row)
    without(rule, stand_in, monkeypatch)
    assert found(row, "row.md") != marks(row)


@pytest.mark.parametrize(("rule", "stand_in", "texts", "names"), LINKING, ids=[case[0] for case in LINKING])
def test_the_rule_links(
    rule: str, stand_in: object, texts: tuple[str, ...], names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [mention.canonical for mention in mentions(*texts)] == names
    without(rule, stand_in, monkeypatch)
    assert [mention.canonical for mention in mentions(*texts)] != names


@pytest.mark.parametrize(("rule", "stand_in", "date", "meant"), DATING, ids=[case[0] for case in DATING])
def test_the_rule_dates(rule: str, stand_in: object, date: str, meant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"They met there {date}."
    assert mentions(text, date="2021-03-17")[0].canonical == meant
    without(rule, stand_in, monkeypatch)
    assert mentions(text, date="2021-03-17")[0].canonical != meant
