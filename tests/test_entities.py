"""Finding names: properties that hold for any text, and each rule by itself."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.extraction.entities import extract_mentions, group_entities
from briefing.extraction.entities.names import listed_names
from briefing.extraction.entities.tokens import cut
from briefing.model import Document, EntityRule, EntityType, Mention
from briefing.parsing import parse_document

_HEADING = "A short title\n\n"
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


def _document(text: str, id: str = "a.txt", date: str | None = None) -> Document:
    return parse_document(id, (_HEADING + text).encode("utf-8", "surrogatepass"), date=date)


def _mentions(*texts: str, rules: Sequence[EntityRule] = (), date: str | None = None) -> tuple[Mention, ...]:
    documents = [_document(text, f"{number}.txt", date) for number, text in enumerate(texts)]
    return extract_mentions(documents, rules)


def _names(*texts: str, date: str | None = None) -> dict[str, str]:
    """The entity's name by the words of each mention."""
    return {mention.text: mention.canonical for mention in _mentions(*texts, date=date)}


# What holds for any text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(_texts, max_size=3), markdown=st.booleans())
def test_mentions_are_quotes_in_order_and_never_overlap(texts: list[str], markdown: bool) -> None:
    ending = "md" if markdown else "txt"
    documents = [_document(text, f"{number}.{ending}") for number, text in enumerate(texts)]
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
    assert _mentions(text, text) == _mentions(text, text)


@pytest.mark.parametrize(
    "unit",
    ["Foo, ", "A.", "“A ", "Ministry of ", "Foo and ", "2021 ", "(ABC) ", "People's ", "its constitution ", "F-"],
)
def test_time_grows_with_length_alone(unit: str) -> None:
    def seconds(length: int) -> float:
        document = _document(unit * (length // len(unit)))
        start = time.process_time()
        extract_mentions([document])
        return time.process_time() - start

    seconds(1_000)
    assert seconds(160_000) < 12 * max(seconds(40_000), 0.02)


def test_no_document_and_no_text() -> None:
    assert extract_mentions([]) == ()
    assert _mentions("") == ()


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
    mentions = extract_mentions([parse_document("a.md", text)])
    assert [mention.text for mention in mentions] == ["Norway", "Security Council", "Ruiz", "Ana Ruiz", "Oslo"]


def test_a_capital_at_the_beginning_of_a_sentence_makes_no_name() -> None:
    assert _names("Training is one strong area. Logistics too. Think about it. Epidemic fears grew.") == {}


# Acronyms


def test_an_acronym_in_brackets_stands_for_the_words_before_it() -> None:
    names = _names("The Joint Rescue Command (JRC) moved. The JRC is small.")
    assert names == {"Joint Rescue Command": "Joint Rescue Command", "JRC": "Joint Rescue Command"}


def test_an_acronym_before_its_long_form_is_understood() -> None:
    names = _names("JRC (Joint Rescue Command) moved. ATO, the Arctic Transport Organization, stayed.")
    assert names["JRC"] == "Joint Rescue Command"
    assert names["ATO"] == "Arctic Transport Organization"


def test_an_acronym_spelled_out_in_one_document_holds_in_the_others() -> None:
    mentions = _mentions("The Joint Rescue Command (JRC) moved.", "Officials of the JRC said the JRC would stay.")
    assert {mention.canonical for mention in mentions} == {"Joint Rescue Command"}
    assert {mention.document for mention in mentions} == {"0.txt", "1.txt"}


def test_an_acronym_of_a_plain_phrase_is_no_name() -> None:
    assert _names("They built unmanned ground vehicles (UGVs). The UGVs were slow.") == {}


def test_a_document_may_give_a_listed_acronym_another_meaning() -> None:
    names = _names("The Alpine Food Programme (AFP) grew. The AFP feeds many.")
    assert names["AFP"] == "Alpine Food Programme"
    assert _names("He told AFP so.")["AFP"] == "Agence France-Presse"


def test_a_short_name_in_quotation_marks_after_a_long_one() -> None:
    names = _names("They signed the Treaty of Mutual Trust (the “Treaty”). The Treaty binds both.")
    assert names["Treaty"] == "Treaty of Mutual Trust"


# People


def test_a_surname_is_linked_to_the_full_name_within_and_across_documents() -> None:
    mentions = _mentions("Minister Ana Ruizova spoke. Ruizova left.", "Minister Ruizova returned.")
    assert [mention.text for mention in mentions] == ["Ana Ruizova", "Ruizova", "Ruizova"]
    assert {mention.canonical for mention in mentions} == {"Ana Ruizova"}


def test_a_surname_that_two_people_bear_is_linked_to_neither() -> None:
    names = _names("Minister Ana Ruizova spoke.", "Minister Eva Ruizova spoke.", "Minister Ruizova left.")
    assert names["Ruizova"] == "Ruizova"


def test_the_two_orders_of_a_name_are_one_person() -> None:
    names = _names("Dr. Hiroko Tanabe wrote it. Later Tanabe Hiroko signed it.")
    assert names == {"Hiroko Tanabe": "Hiroko Tanabe", "Tanabe Hiroko": "Hiroko Tanabe"}


def test_a_famous_surname_within_another_name_is_not_the_famous_one() -> None:
    assert _names("General Ahmed Sharif Chaudhry spoke.") == {"Ahmed Sharif Chaudhry": "Ahmed Sharif Chaudhry"}


# States, peoples and what is theirs


@pytest.mark.parametrize(
    ("word", "country"),
    [("Norwegian", "Norway"), ("Malians", "Mali"), ("British", "United Kingdom"), ("Filipino", "Philippines")],
)
def test_a_word_for_a_people_means_the_country(word: str, country: str) -> None:
    (mention,) = _mentions(f"Two {word} experts spoke.")
    assert (mention.type, mention.canonical) == (EntityType.DEMONYM, country)


def test_ministries_of_two_countries_stay_apart() -> None:
    names = _names("Latvia's Ministry of Health met the Estonian Health Ministry and the Ministry of Health of Chile.")
    assert names["Ministry of Health"] == "Ministry of Health of Latvia"
    assert names["Estonian Health Ministry"] == "Ministry of Health of Estonia"
    assert names["Ministry of Health of Chile"] == "Ministry of Health of Chile"


def test_a_ministry_without_owner_is_the_only_one_of_its_document() -> None:
    names = _names("Latvia's Defence Ministry met critics. The Ministry of Defense stood firm.")
    assert names["Defence Ministry"] == names["Ministry of Defense"]


def test_its_constitution_is_that_of_the_country_named_last() -> None:
    names = _names("Malta joined late because its constitution forbids bases.")
    assert names["constitution"] == "Constitution of Malta"


def test_two_names_that_share_their_last_word() -> None:
    names = _names("Ships crossed the East and South China Seas and the Atlantic and Indian oceans.")
    assert names["East"] == "East China Sea"
    assert names["South China Seas"] == "South China Sea"
    assert names["Indian oceans"] == "Indian Ocean"


def test_a_hyphen_between_two_names_parts_them() -> None:
    assert list(_names("Norway-NATO relations improved.")) == ["Norway", "NATO"]


# Exercises, weapons, dates


def test_a_series_and_its_edition_are_two_events() -> None:
    names = _names("“Zapad-2021” followed earlier “Zapad” exercises. The “quiet fox” exercise is new.")
    assert names["Zapad-2021"] == "Zapad-2021"
    assert names["Zapad"] == "Zapad"
    assert "quiet fox" in names


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
    (mention,) = _mentions(sentence)
    assert (mention.type, mention.text) == (EntityType.EQUIPMENT, name)


def test_what_only_looks_like_a_designator_is_none() -> None:
    mentions = _mentions("COVID-19 hit the G-7, and the I-95 was closed from K-12 on.")
    assert EntityType.EQUIPMENT not in {mention.type for mention in mentions}


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
        ("May 21st", "May 21, 2021"),
        ("2016-11-02", "November 2, 2016"),
        ("yesterday", "March 16, 2021"),
        ("last month", "February 2021"),
        ("last week", "week of March 8, 2021"),
        ("three years ago", "2018"),
        ("1994", "1994"),
        ("Friday", "Friday"),
    ],
)
def test_a_date_is_resolved_from_the_date_of_its_document(written: str, meant: str) -> None:
    (mention,) = _mentions(f"They met there {written}.", date="2021-03-17")
    assert (mention.text, mention.type, mention.canonical) == (written, EntityType.DATE, meant)


def test_a_date_stays_as_written_when_nothing_tells_the_year() -> None:
    assert _names("They met this year and on March 2.") == {"this year": "this year", "March 2": "March 2"}


def test_numbers_and_verbs_are_no_dates() -> None:
    assert _names("He may march with 2000 soldiers, and 1500 tanks cost $1999.") == {}


# What a pack says


def test_the_rules_of_a_pack_win() -> None:
    rule = EntityRule(EntityType.ORG, "Dunholm Works", ("Dunholm", "the old works", "Oslo"))
    mentions = _mentions("Dunholm sold the old works near Oslo to Oslo Steel.", rules=[rule])
    assert {mention.text for mention in mentions if mention.canonical == "Dunholm Works"} == {
        "Dunholm",
        "old works",
        "Oslo",
    }


def test_entities_are_grouped_with_their_other_names() -> None:
    rules = [EntityRule(EntityType.PLACE, "Lake Orn", ("Orn", "Ornsee"))]
    documents = [
        _document("Orn is deep. Orn is cold. Lake Orn freezes. Oslo is far.", "0.txt"),
        _document("Oslo.", "1.txt"),
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
