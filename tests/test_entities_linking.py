"""One thing, one line: what means the same is one entity, and what does not stays apart, whatever the order."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.extraction.entities import extract_mentions
from briefing.model import Document, EntityType
from tests.marked_text import entity_names, mentions, short_document


def meant(*texts: str) -> list[str]:
    """The entity's name of each mention, in order."""
    return [mention.canonical for mention in mentions(*texts)]


# Acronyms


def test_an_acronym_in_brackets_stands_for_the_words_before_it() -> None:
    names = entity_names("The Joint Rescue Command (JRC) moved. The JRC is small.")
    assert names == {"Joint Rescue Command": "Joint Rescue Command", "JRC": "Joint Rescue Command"}


@pytest.mark.parametrize(
    ("text", "acronym", "long_form"),
    [
        ("JRC (Joint Rescue Command) moved.", "JRC", "Joint Rescue Command"),
        ("ATO, the Arctic Transport Organization, stayed.", "ATO", "Arctic Transport Organization"),
        ("ATO, or the Arctic Transport Organization, stayed.", "ATO", "Arctic Transport Organization"),
    ],
)
def test_an_acronym_before_its_long_form_is_understood(text: str, acronym: str, long_form: str) -> None:
    assert entity_names(text) == {acronym: long_form, long_form: long_form}


@pytest.mark.parametrize(
    "texts",
    [
        ("The Joint Rescue Command (JRC) moved.", "Officials of the JRC said the JRC would stay."),
        ("Officials of the JRC said the JRC would stay.", "The Joint Rescue Command (JRC) moved."),
    ],
    ids=["spelled out first", "spelled out last"],
)
def test_an_acronym_spelled_out_in_one_document_holds_in_the_others(texts: tuple[str, str]) -> None:
    assert meant(*texts) == ["Joint Rescue Command"] * 4


def test_an_acronym_that_two_documents_read_differently_means_what_each_says() -> None:
    coast, rates, other = (
        "The Coastal Rescue Agency (CRA) met.",
        "The Central Rates Authority (CRA) met.",
        "The CRA met.",
    )
    found = mentions(coast, rates, other)
    by_document = {(mention.document, mention.canonical) for mention in found if mention.text == "CRA"}
    assert by_document == {
        ("0.txt", "Coastal Rescue Agency"),
        ("1.txt", "Central Rates Authority"),
        ("2.txt", "CRA"),
    }


def test_an_acronym_of_a_plain_phrase_is_no_name() -> None:
    assert entity_names("They built unmanned ground vehicles (UGVs). The UGVs were slow.") == {}


def test_a_document_may_give_a_listed_acronym_another_meaning() -> None:
    names = entity_names("The Alpine Food Programme (AFP) grew. The AFP feeds many.")
    assert names["AFP"] == "Alpine Food Programme"
    assert entity_names("He told AFP so.")["AFP"] == "Agence France-Presse"


def test_a_short_name_in_quotation_marks_after_a_long_one() -> None:
    names = entity_names("They signed the Treaty of Mutual Trust (the “Treaty”). The Treaty binds both.")
    assert names["Treaty"] == "Treaty of Mutual Trust"


def test_the_beginning_of_a_law_s_name_stands_for_the_whole() -> None:
    assert meant("The Orvo Treaty on Tides was signed. The Orvo Treaty binds.") == ["Orvo Treaty on Tides"] * 2


# People


def test_a_surname_is_linked_to_the_full_name_within_and_across_documents() -> None:
    found = mentions("Minister Ana Ruizova spoke. Ruizova left.", "Minister Ruizova returned.")
    assert [mention.text for mention in found] == ["Ana Ruizova", "Ruizova", "Ruizova"]
    assert {mention.canonical for mention in found} == {"Ana Ruizova"}


def test_a_surname_that_two_people_bear_is_linked_to_neither() -> None:
    names = entity_names("Minister Ana Ruizova spoke.", "Minister Eva Ruizova spoke.", "Minister Ruizova left.")
    assert names["Ruizova"] == "Ruizova"


def test_each_document_s_surname_is_that_of_its_own_person() -> None:
    ana, eva = "Minister Ana Ruizova spoke. Ruizova left.", "Judge Eva Ruizova spoke. Ruizova stayed."
    assert meant(ana, eva) == ["Ana Ruizova", "Ana Ruizova", "Eva Ruizova", "Eva Ruizova"]


def test_two_people_of_one_surname_in_a_document_stay_apart() -> None:
    names = entity_names("Minister Ana Ruizova met Judge Eva Ruizova. Minister Ruizova left.")
    assert names == {"Ana Ruizova": "Ana Ruizova", "Eva Ruizova": "Eva Ruizova", "Ruizova": "Ruizova"}


def test_the_two_orders_of_a_name_are_one_person() -> None:
    names = entity_names("Dr. Hiroko Tanabe wrote it. Later Tanabe Hiroko signed it.")
    assert names == {"Hiroko Tanabe": "Hiroko Tanabe", "Tanabe Hiroko": "Hiroko Tanabe"}


def test_a_family_name_that_comes_first_stands_for_the_person() -> None:
    assert meant("Minister Zhang Orvo spoke.", "Minister Zhang left.") == ["Zhang Orvo", "Zhang Orvo"]


def test_junior_and_an_initial_do_not_make_two_people() -> None:
    found = mentions("General Ana Ruizova Jr. spoke.", "General Ana B. Ruizova spoke.", "General Ana Ruizova left.")
    assert [mention.text for mention in found] == ["Ana Ruizova Jr.", "Ana B. Ruizova", "Ana Ruizova"]
    assert {mention.canonical for mention in found} == {"Ana Ruizova Jr."}


def test_a_famous_surname_within_another_name_is_not_the_famous_one() -> None:
    assert entity_names("General Ahmed Sharif Chaudhry spoke.") == {"Ahmed Sharif Chaudhry": "Ahmed Sharif Chaudhry"}


# States, peoples and what is theirs


@pytest.mark.parametrize(
    ("word", "country"),
    [("Norwegian", "Norway"), ("Malians", "Mali"), ("British", "United Kingdom"), ("Filipino", "Philippines")],
)
def test_a_word_for_a_people_means_the_country(word: str, country: str) -> None:
    (mention,) = mentions(f"Two {word} experts spoke.")
    assert (mention.type, mention.canonical) == (EntityType.DEMONYM, country)


def test_ministries_of_two_countries_stay_apart() -> None:
    names = entity_names(
        "Latvia's Ministry of Health met the Estonian Health Ministry and the Ministry of Health of Chile."
    )
    assert names["Ministry of Health"] == "Ministry of Health of Latvia"
    assert names["Estonian Health Ministry"] == "Ministry of Health of Estonia"
    assert names["Ministry of Health of Chile"] == "Ministry of Health of Chile"


def test_one_country_s_ministry_is_one_however_its_owner_is_written() -> None:
    kenya = (
        "Kenya's Ministry of Defence met.",
        "The Kenyan Defence Ministry met.",
        "The Ministry of Defense of Kenya met.",
    )
    names = [mention.canonical for mention in mentions(*kenya) if mention.type is EntityType.ORG]
    assert names == ["Ministry of Defence of Kenya"] * 3


def test_a_ministry_without_owner_is_the_only_one_of_its_document() -> None:
    names = entity_names("Latvia's Defence Ministry met critics. The Ministry of Defense stood firm.")
    assert names["Defence Ministry"] == names["Ministry of Defense"] == "Ministry of Defence of Latvia"


def test_a_ministry_without_owner_is_never_that_of_another_document() -> None:
    ghana, nobody = "Ghana's Ministry of Defence met.", "The Ministry of Defence stayed."
    assert meant(ghana, nobody) == ["Ghana", "Ministry of Defence of Ghana", "Ministry of Defence"]


def test_a_ministry_without_owner_is_neither_of_two() -> None:
    text = "Ghana's Ministry of Defence met Togo's Ministry of Defence. The Ministry of Defence left."
    assert [mention.canonical for mention in mentions(text) if mention.type is EntityType.ORG] == [
        "Ministry of Defence of Ghana",
        "Ministry of Defence of Togo",
        "Ministry of Defence",
    ]


def test_its_constitution_is_that_of_the_country_named_last() -> None:
    names = entity_names("Malta joined late because its constitution forbids bases.")
    assert names["constitution"] == "Constitution of Malta"


def test_two_names_that_share_their_last_word() -> None:
    names = entity_names("Ships crossed the East and South China Seas and the Atlantic and Indian oceans.")
    assert names["East"] == "East China Sea"
    assert names["South China Seas"] == "South China Sea"
    assert names["Indian oceans"] == "Indian Ocean"


def test_a_hyphen_between_two_names_parts_them() -> None:
    assert list(entity_names("Norway-NATO relations improved.")) == ["Norway", "NATO"]


# Series and editions


def test_a_series_and_its_editions_are_entities_of_their_own() -> None:
    text = "Cobra Gold is old. Cobra Gold 2024 was large, Cobra Gold 2023 small."
    assert meant(text, "They came to Cobra Gold 24 and Cobra Gold-2024.") == [
        "Cobra Gold",
        "Cobra Gold-2024",
        "Cobra Gold-2023",
        "Cobra Gold-2024",
        "Cobra Gold-2024",
    ]


def test_a_quoted_series_and_its_edition_are_two_events() -> None:
    names = entity_names("“Zapad-2021” followed earlier “Zapad” exercises. The “quiet fox” exercise is new.")
    assert names == {"Zapad-2021": "Zapad-2021", "Zapad": "Zapad", "quiet fox": "quiet fox"}


# Spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kyiv", "Kiev"),
        ("Ministry of Defence of Ghana", "Ministry of Defense of Ghana"),
        ("Orvo Organisation for Peace", "Orvo Organization for Peace"),
        ("Orvo Labour Party", "Orvo Labor Party"),
        ("Kōchi Institute", "Kochi Institute"),
        ("Mérida Accord", "Merida Accord"),
        ("People's Orvo Party", "People’s Orvo Party"),
        ("Orvo Treaty", "ORVO TREATY"),
        ("Orvo Treaty", "the Orvo Treaty"),
        ("Orvo Treaty", "Orvo Treaty's"),
        ("Orvo Treaty", "Orvo Treaty’s"),
        ("United Nations", "U.N."),
        ("United States", "the U.S."),
    ],
)
def test_two_ways_of_writing_are_one_entity(one: str, other: str) -> None:
    text = "They waited for {} and nobody came."
    first, second = meant(text.format(one), text.format(other))
    assert first == second


# Order

SHELF = [
    "The Joint Rescue Command (JRC) moved. Minister Ana Ruizova left Ghana.",
    "The JRC met Minister Ruizova. Ghana's Ministry of Defence stayed away.",
    "The Ministry of Defence met Judge Eva Petrenko in Kiev.",
    "Judge Petrenko flew from Kyiv to Cobra Gold 2024.",
    "Dr. Hiroko Tanabe saw Cobra Gold and the Togolese Ministry of Defense.",
    "Tanabe Hiroko signed the Orvo Treaty on Tides; the Orvo Treaty binds the People's Orvo Party.",
    "The People’s Orvo Party and the Orvo Treaty are old. Minister Eva Ruizova is not.",
    "The Joint Rates Council (JRC) met the Ministry of Defence of Togo.",
]


def partition(documents: list[Document]) -> set[frozenset[tuple[str, int]]]:
    """The places of mentions, those that mean the same together."""
    together = defaultdict(set)
    for mention in extract_mentions(documents):
        together[mention.key].add((mention.document, mention.span.start))
    return {frozenset(places) for places in together.values()}


@settings(max_examples=30, deadline=None)
@given(documents=st.permutations([short_document(text, f"{number}.txt") for number, text in enumerate(SHELF)]))
def test_the_order_of_documents_does_not_change_what_belongs_together(documents: list[Document]) -> None:
    in_order = sorted(documents, key=lambda document: document.id)
    assert partition(documents) == partition(in_order)
