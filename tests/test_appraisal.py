"""Facts about a document as a source, and its grades: what is stated, with the words that show it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.appraisal import Fact, facts_about
from briefing.model import Credibility, Document, EntityType, Graded, Mention, Pack, Reliability, Span
from briefing.parsing import parse_document
from briefing.rendering.line import plain, width_of
from briefing.rendering.origins import appraisal_entries, grade_words

AS_OF = date(2024, 6, 1)
SOBER = "The board sold 2 tugs on Monday.\nThe winter fleet sails without them.\n"


def text(words: str, id: str = "a.txt", **given: str) -> Document:
    return parse_document(id, words.encode(), **given)


def named(document: Document, words: str, type: EntityType) -> Mention:
    start = document.text.index(words)
    return Mention(document.id, Span(start, start + len(words)), words, type, words)


def about(document: Document, beginning: str, *mentions: Mention) -> Fact | None:
    """The one fact that begins so."""
    found = [fact for fact in facts_about(document, mentions, AS_OF) if fact.text.startswith(beginning)]
    assert len(found) <= 1
    return found[0] if found else None


def shown_by(document: Document, fact: Fact | None) -> list[str]:
    return [document.quote(span) for span in fact.spans] if fact else []


@pytest.mark.parametrize(
    ("given_date", "said"),
    [
        ("", "Undated."),
        ("2024-05-30", None),
        ("2023-07", None),
        ("2023-06", "Dated 2023-06, at least 1 year before 2024-06-01."),
        ("2021", "Dated 2021, at least 2 years before 2024-06-01."),
        ("2024-06", None),
        ("2024-06-02", "Dated 2024-06-02, after the day of the briefing, 2024-06-01."),
        ("2025", "Dated 2025, after the day of the briefing, 2024-06-01."),
    ],
)
def test_the_age_of_a_document_is_stated(given_date: str, said: str | None) -> None:
    facts = [fact.text for fact in facts_about(text(SOBER, date=given_date), (), AS_OF)]
    assert [fact for fact in facts if fact.startswith(("Undated", "Dated"))] == ([said] if said else [])


def test_without_a_day_of_the_briefing_nothing_is_said_of_age() -> None:
    assert not [fact for fact in facts_about(text(SOBER, date="1999"), ()) if fact.text.startswith("Dated")]


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("A title of tugs\nBy Amina Wanjiku\n" + SOBER, "a.txt"),
        ("A title of tugs\nBY AMINA WANJIKU, Nairobi | May 3\n" + SOBER, "a.txt"),
        (SOBER + "\nAuthor: A. Wanjiku\n", "a.txt"),
        ("---\nauthor: Amina Wanjiku\n---\n" + SOBER, "a.md"),
    ],
)
def test_an_author_is_known_by_a_line_or_the_front_matter(words: str, id: str) -> None:
    assert about(text(words, id), "Names no author") is None


def test_without_author_or_publisher_it_is_said_so() -> None:
    bare = text(SOBER + "By Monday the last of them had left the mole for good, and nobody was there to see it.\n")
    assert about(bare, "Names no author") == Fact("Names no author.")
    assert about(bare, "Nothing says where") == Fact("Nothing says where it was published.")
    assert about(text(SOBER, origin="a paper"), "Nothing says where") is None


def test_second_hand_is_shown_by_the_words_that_name_the_source() -> None:
    document = text("According to KBC: Two tugs were sold.\n")
    fact = about(document, "Second-hand")
    assert fact is not None
    assert fact.text == "Second-hand: names KBC in its opening."
    assert shown_by(document, fact) == ["According to KBC"]
    assert about(text(SOBER), "Second-hand") is None


def test_who_is_quoted_counts_only_by_name() -> None:
    document = text("Tugs of Calm\nAmina Wanjiku said the tugs were old.\nSome retired pilots said so too.\n")
    person = named(document, "Amina Wanjiku", EntityType.PERSON)
    assert about(document, "Quotes nobody", person) is None
    assert about(text(SOBER), "Quotes nobody") == Fact("Quotes nobody by name.")
    fact = about(document, "1 statement by people without a name", person)
    assert fact is not None
    assert fact.text.endswith(": “Some retired pilots”.")
    assert shown_by(document, fact) == ["said"]


def test_promotional_words_are_counted_and_shown() -> None:
    document = text(
        "It was a breathtaking sale of 2 tugs.\nThe world-class board is unwavering, and Breathtaking it was.\n"
    )
    fact = about(document, "4 promotional or emotive expressions")
    assert fact is not None
    assert fact.text.endswith(": “Breathtaking”, “world-class”, “unwavering”.")
    assert shown_by(document, fact) == ["breathtaking", "world-class", "unwavering", "Breathtaking"]


def test_sober_words_are_not_held_against_a_document() -> None:
    texts = [fact.text for fact in facts_about(text(SOBER, date="2024-05-30", origin="a paper"), (), AS_OF)]
    assert texts == ["Names no author.", "Quotes nobody by name."]


def test_a_superlative_needs_a_figure_or_a_source() -> None:
    bare = text("The port has the largest tugs on the coast.\n")
    assert shown_by(bare, about(bare, "1 superlative")) == ["the largest"]
    assert about(text("The port has the largest tugs on the coast, of 90 tons.\n"), "1 superlative") is None
    said = text("Amina Wanjiku said the port has the largest tugs.\n")
    assert about(said, "1 superlative", named(said, "Amina Wanjiku", EntityType.PERSON)) is None


def test_turns_that_address_the_reader_are_counted() -> None:
    document = text("Hey folks, let's dive into tugs.\nThe pilots know you well.\n")
    fact = about(document, "3 turns of phrase addressed to the reader")
    assert shown_by(document, fact) == ["Hey", "folks", "let's dive"]


def test_figures_are_numbers_outside_dates_and_names() -> None:
    document = text("The B-52 flew on May 3, 2024 over the old mole.\n")
    plane = named(document, "B-52", EntityType.EQUIPMENT)
    day = named(document, "May 3, 2024", EntityType.DATE)
    assert about(document, "Gives no figures", plane, day) == Fact("Gives no figures, other than in dates and names.")
    assert about(document, "Gives no figures", plane) is None
    assert about(text("Two tugs were sold to the fleet.\n"), "Gives no figures") is None


def test_sentences_said_twice_are_counted_and_shown_where_they_come_again() -> None:
    document = text(
        "Tugs of Calm\nThe board sold its tugs. It rained. The fleet left. “The board sold its tugs!” It rained.\n"
    )
    fact = about(document, "1 sentence said before")
    assert fact is not None
    assert fact.span == Span(document.text.index("“The"), document.text.index("” It") + 1)


def test_what_the_page_left_behind_is_shown() -> None:
    document = text(SOBER + "\nRead also\n\nAdvertising\n")
    fact = about(document, "Parts of a web page left in: “Read also”, “Advertising”.")
    assert shown_by(document, fact) == ["Read also", "Advertising"]


def test_apostrophes_of_both_kinds_are_a_trace_when_there_are_some_of_each() -> None:
    mixed = text("It's Calm's pilot's boat's day. It’s Nairobi’s mole’s end.\n")
    fact = about(mixed, "Straight and curly apostrophes mixed (4 and 3)")
    assert shown_by(mixed, fact) == ["’", "’", "’"]
    assert about(text("It's Calm's pilot's boat's day. It’s Nairobi’s end.\n"), "Straight and curly") is None


def test_only_the_mentions_of_the_document_itself_are_used() -> None:
    words = "Tugs of Calm\nAmina Wanjiku said the tugs were old.\n"
    document, other = text(words), text(words, "b.txt")
    assert about(document, "Quotes nobody", named(document, "Amina Wanjiku", EntityType.PERSON)) is None
    assert about(document, "Quotes nobody", named(other, "Amina Wanjiku", EntityType.PERSON)) is not None


def test_of_the_seeds_it_is_said_what_a_careful_reader_says(seeds_pack: Pack) -> None:
    said = {
        document.id[:3]: " ".join(fact.text for fact in facts_about(document, seeds_pack.mentions, seeds_pack.as_of))
        for document in seeds_pack.documents
    }
    for words in (
        "Undated.",
        "Names no author.",
        "Quotes nobody by name.",
        "Gives no figures",
        "“unparalleled”",
        "“Hey”",
    ):
        assert words in said["000"]
    assert "Straight and curly apostrophes mixed" in said["000"]
    for words in (
        "Second-hand: names UATV in its opening",
        "“historic”",
        "“Read also”, “Advertising”",
        "1 sentence said before",
    ):
        assert words in said["003"]
    for words in ("Dated 2021-03, at least 5 years", "“undoubtedly”", "“Some Ukrainian military analysts”"):
        assert words in said["004"]
    assert "Second-hand" not in said["000"] + said["004"]


@pytest.mark.parametrize(
    ("piece", "times"), [("by a ", 60_000), ("the most ", 40_000), ("2'a’b ", 40_000), ("It's so. ", 20_000)]
)
def test_hostile_text_is_read_once(piece: str, times: int) -> None:
    document = text(piece * times)
    facts = facts_about(document, (), AS_OF)
    assert facts[0] == Fact("Undated.")
    assert all(len(fact.text) < 1000 for fact in facts)


def test_grades_are_written_out_and_what_was_not_judged_says_so() -> None:
    assert (
        grade_words(Graded("a", Reliability.COMPLETELY, Credibility.DOUBTFUL, "x"))
        == "A completely reliable, 4 doubtful"
    )
    assert grade_words(Graded("a", Reliability.NOT_JUDGED, Credibility.NOT_JUDGED, "x")) == "F not judged, 6 not judged"


def test_an_appraisal_lists_the_grades_of_officers_and_then_facts_with_their_words() -> None:
    document = text("The stunning\x1b sale was stunning, of 2 tugs.\n", date="2024-05-30", origin="a paper")
    grades = [
        Graded("a.txt", Reliability.COMPLETELY, Credibility.PROBABLY_TRUE, "ann@desk"),
        Graded("b.txt", Reliability.UNRELIABLE, Credibility.IMPROBABLE, "bob@desk"),
    ]
    entries = appraisal_entries(document, facts_about(document, (), AS_OF), grades, 60)
    assert [(plain(line).rstrip(), bool(entry.value)) for entry in entries for line in entry.lines] == [
        ("GRADES  given by officers", False),
        ("A completely reliable, 2 probably true  by ann@desk", False),
        ("FACTS  stated, not judged", False),
        ("! 1 control or invisible character is shown as pictures", False),
        ("· Names no author.", False),
        ("· Quotes nobody by name.", False),
        ("· 2 promotional or emotive expressions: “stunning”.", True),
        ("   1 The stunning␛ sale was stunning, of 2 tugs.", True),
        ("   1 The stunning␛ sale was stunning, of 2 tugs.", True),
    ]
    words = [document.quote(entry.value[1]) for entry in entries if isinstance(entry.value, tuple)]
    assert words == ["stunning"] * 3


def test_an_appraisal_without_facts_and_grades_says_so() -> None:
    lines = [plain(line) for entry in appraisal_entries(text(SOBER), (), (), 60) for line in entry.lines]
    assert lines == [
        "GRADES  given by officers",
        "Nobody has graded it.",
        "FACTS  stated, not judged",
        "Nothing to remark.",
    ]


def test_of_many_places_the_first_are_listed_and_the_rest_counted() -> None:
    document = text("So stunning, of 2 tugs.\n" + "It is all stunning here, truly. " * 9 + "\n")
    lines = [
        plain(line) for entry in appraisal_entries(document, facts_about(document, ()), (), 60) for line in entry.lines
    ]
    assert "     and 5 more" in lines


@given(st.integers(1, 80))
def test_an_appraisal_is_never_wider_than_its_place(width: int) -> None:
    document = text("港湾局の曳船 stunning 港湾局の曳船 stunning, according to KBC.\n")
    grades = [Graded("a.txt", Reliability.NOT_USUALLY, Credibility.NOT_JUDGED, "ann@a-desk-with-a-long-name")]
    entries = appraisal_entries(document, facts_about(document, (), AS_OF), grades, width)
    assert all(width_of(line) <= width for entry in entries for line in entry.lines)
