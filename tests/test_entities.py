"""Finding names: properties that hold for any text, where names are looked for, and what a pack says."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.extraction.entities import extract_mentions, group_entities
from briefing.extraction.entities.names import listed_names
from briefing.extraction.entities.tokens import cut
from briefing.model import EntityRule, EntityType
from briefing.parsing import parse_document
from tests.marked_text import entity_names, mentions, short_document

_PIECES = [
    *(
        "Ministry",
        "of",
        "Defense",
        "Norway's",
        "Norwegian",
        "the",
        "Treaty",
        "on",
        "and",
        "South",
        "China",
        "Seas",
        "U.S.",
    ),
    *(
        "(NATO)",
        "Gen.",
        "Ruiz",
        "“Silver Fox”",
        "exercise",
        "2021",
        "May",
        "3-5,",
        "Article 5",
        "war in",
        "Mali",
        "its",
    ),
    *(
        "constitution",
        "MiG-29s",
        "-",
        "'s",
        "\n\n",
        "# ",
        "**",
        "[x](http://y.z)",
        "| a | b |",
        "\u202e",
        "e\u0301",
        "\t",
        "\x00",
    ),
]
_texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_PIECES), max_size=60).map(" ".join))


# What holds for any text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(_texts, max_size=3), markdown=st.booleans())
def test_mentions_are_quotes_in_order_and_never_overlap(texts: list[str], markdown: bool) -> None:
    ending = "md" if markdown else "txt"
    documents = [short_document(text, f"{number}.{ending}") for number, text in enumerate(texts)]
    by_id = {document.id: document for document in documents}
    order = list(by_id)
    reached = (0, 0)
    for mention in extract_mentions(documents):
        assert mention.text == by_id[mention.document].quote(mention.span) != ""
        assert mention.canonical.strip()
        assert (order.index(mention.document), mention.span.start) >= reached
        reached = (order.index(mention.document), mention.span.end)


@settings(max_examples=50, deadline=None)
@given(text=_texts)
def test_tokens_cover_all_but_white_space(text: str) -> None:
    tokens = cut(text)
    assert "".join(token.text for token in tokens) == "".join(text.split())
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_the_same_documents_give_the_same_mentions() -> None:
    text = "Gen. Ana Ruiz of the Peace Academy met Ruiz Pires and the Norwegian Navy near Kobani and Foobar."
    assert mentions(text, text) == mentions(text, text)


@pytest.mark.parametrize(
    "unit",
    ["Foo, ", "A.", "“A ", "Ministry of ", "Foo and ", "2021 ", "(ABC) ", "People's ", "its constitution ", "F-"],
)
def test_time_grows_with_length_alone(unit: str) -> None:
    def seconds(length: int) -> float:
        document = short_document(unit * (length // len(unit)))
        start = time.process_time()
        extract_mentions([document])
        return time.process_time() - start

    seconds(1_000)
    assert seconds(160_000) < 12 * max(seconds(40_000), 0.02)


def test_no_document_and_no_text() -> None:
    assert extract_mentions([]) == ()
    assert mentions("") == ()


# Where names are looked for


def test_markup_and_addresses_yield_no_name() -> None:
    text = "See [the report](https://example.org/Norway/NATO) at https://example.org/Finland.\n"
    document = parse_document("a.md", text.encode())
    assert extract_mentions([document]) == ()


def test_a_name_that_markup_or_a_line_break_splits_is_one_mention() -> None:
    document = parse_document("a.md", b"The **Arms Trade** Treaty and the Gulf of\nAden matter.\n")
    assert [mention.text for mention in extract_mentions([document])] == ["Arms Trade** Treaty", "Gulf of\nAden"]
    assert [mention.canonical for mention in extract_mentions([document])] == ["Arms Trade Treaty", "Gulf of Aden"]


def test_in_a_title_case_heading_only_known_names_count() -> None:
    text = b"# The Future of Norway's Security Council Bid and Ruiz\n\nGeneral Ana Ruiz left Oslo.\n"
    found = extract_mentions([parse_document("a.md", text)])
    assert [mention.text for mention in found] == ["Norway", "Security Council", "Ruiz", "Ana Ruiz", "Oslo"]


def test_a_capital_at_the_beginning_of_a_sentence_makes_no_name() -> None:
    assert entity_names("Training is one strong area. Logistics too. Think about it. Epidemic fears grew.") == {}


# Exercises, weapons, dates


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Four MiG-31s took off.", "MiG-31"),
        ("The XQ-77 missile failed.", "XQ-77"),
        ("Two Sand Viper helicopters fell.", "Sand Viper"),
        ("The frigate Belrose sank.", "Belrose"),
        ("The USS Larkspur sank.", "USS Larkspur"),
    ],
)
def test_weapons_and_ships(sentence: str, name: str) -> None:
    (mention,) = mentions(sentence)
    assert (mention.type, mention.text) == (EntityType.EQUIPMENT, name)


def test_what_only_looks_like_a_designator_is_none() -> None:
    found = mentions("COVID-19 hit the G-7, and the I-95 was closed from K-12 on.")
    assert EntityType.EQUIPMENT not in {mention.type for mention in found}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("this year", "2021"),
        ("last year", "2020"),
        ("August this year", "August 2021"),
        ("last fall", "fall 2020"),
        ("March 2", "March 2, 2021"),
        ("2 March", "March 2, 2021"),
        ("Nov. 2, 2016", "November 2, 2016"),
        ("May 3-5, 1999", "May 3-5, 1999"),
        ("May 21st", "May 21, 2020"),
        ("2016-11-02", "November 2, 2016"),
        ("yesterday", "March 16, 2021"),
        ("last month", "February 2021"),
        ("last week", "week of March 8, 2021"),
        ("three years ago", "2018"),
        ("1994", "1994"),
        ("Friday", "March 12, 2021"),
    ],
)
def test_a_date_is_resolved_from_the_date_of_its_document(written: str, meant: str) -> None:
    (mention,) = mentions(f"They met there {written}.", date="2021-03-17")
    assert (mention.text, mention.type, mention.canonical) == (written, EntityType.DATE, meant)


def test_a_date_stays_as_written_when_nothing_tells_the_year() -> None:
    assert entity_names("They met this year and on March 2.") == {"this year": "this year", "March 2": "March 2"}


def test_numbers_and_verbs_are_no_dates() -> None:
    assert entity_names("He may march with 2000 soldiers, and 1500 tanks cost $1999.") == {}


# What a pack says


def test_the_rules_of_a_pack_win() -> None:
    rule = EntityRule(EntityType.ORG, "Dunholm Works", ("Dunholm", "the old works", "Oslo"))
    found = mentions("Dunholm sold the old works near Oslo to Oslo Steel.", rules=[rule])
    assert {mention.text for mention in found if mention.canonical == "Dunholm Works"} == {
        "Dunholm",
        "old works",
        "Oslo",
    }


def test_entities_are_grouped_with_their_other_names() -> None:
    rules = [EntityRule(EntityType.PLACE, "Lake Orn", ("Orn", "Ornsee"))]
    documents = [
        short_document("Orn is deep. Orn is cold. Lake Orn freezes. Oslo is far.", "0.txt"),
        short_document("Oslo.", "1.txt"),
    ]
    lake, city = group_entities(extract_mentions(documents, rules), documents, rules)
    assert (lake.name, lake.aliases, len(lake.mentions)) == ("Lake Orn", ("Orn", "Ornsee"), 3)
    assert (city.name, city.documents) == ("Oslo", ("0.txt", "1.txt"))


def test_every_listed_form_is_found_as_itself() -> None:
    index = listed_names()
    wrong = []
    for entry in index.entries.values():
        text = f"x the {entry.form} x" if entry.after_the else entry.form
        tokens = cut(text)
        start = 2 if entry.after_the else 0
        match = index.longest_at(tokens, start)
        if match is None or match[1].name != entry.name:
            wrong.append(entry.form)
    assert wrong == []


def test_code_addresses_and_pictures_of_control_characters_are_no_names() -> None:
    text = "The script `London.deploy` and https://example.org/Paris and \u2028 were seen in Rome."
    document = parse_document("a.md", text.encode())
    assert [mention.text for mention in extract_mentions([document])] == ["Rome"]
