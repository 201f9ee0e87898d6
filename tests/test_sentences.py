"""Sentences end where a reader would say they do."""

from __future__ import annotations

import pytest

from briefing.parsing import parse_document
from briefing.parsing.sentences import split_sentences

# What stands between bars is one sentence; the white space around a bar belongs to none.
TEXTS = [
    "The ship left port. | It did not return.",
    "Did it sink? | Nobody knows! | They search.",
    "A line without a stop",
    "  Outer space is left out.   ",
    "One.  |  Two. | \tThree.",
    # Titles, ranks and other words that belong to the next one.
    "Mr. Smith met Mrs. Jones. | They talked.",
    "Gen. Brown and Lt. Col. Green agreed. | Adm. White did not.",
    "Lt.-Gen. Brown spoke first.",
    "GEN. BROWN SPOKE. | HE LEFT.",
    "U.S. Sen. Brown asked. | Nobody answered.",
    "Ports such as St. John are closed. | Others are open.",
    "It was us vs. The Machine. | We won.",
    "Some allies, e.g. The Netherlands, agreed. | Others did not.",
    # Words that are abbreviations only with a capital, or only before a number.
    "They sat in the sun. | It was warm.",
    "The answer is no. | He left.",
    "No. | It is not so.",
    "No. 5 Squadron flew. | No. 6 did not.",
    "This is the state of the art. | It will do.",
    "It rests on Art. 9 of the law. | Nothing else does.",
    "See pp. 12 and 13. | Then see fig. 4.",
    # Abbreviations that can stand last.
    "On Sept. 5 it began. | By Dec. 1 it was over.",
    "It came in Jan. | It left in Feb.",
    "They came on Mon. Tuesday was free.",
    "It bought Acme Inc. | The price is secret.",
    "Acme Inc. Chairman Brown resigned.",
    "A study by Brown et al. | The result was clear.",
    # Initials and dotted acronyms.
    "J. R. Brown wrote it. | It sold.",
    "A.B. Brown wrote it.",
    "The U.S. Army moved. | The U.K. did not.",
    "It came from the U.S. | The aid helped.",
    "He lives in the U.S. now. | She does not.",
    "At 5 p.m. they met. | At 9 p.m. | The talks ended.",
    "He has a Ph.D. | She has two.",
    # Numbers.
    "It cost 3.5 million. | Nobody paid.",
    "Version 2.0.1 is out. | Get it.",
    "That was in 2021. | 5 ships came.",
    # Quotes and brackets.
    "“Go.” | He went.",
    "“Go!” she said. | He went.",
    "He said: “No.” | “Why?” she asked.",
    '"It is over." | Then it was not.',
    "‘Stop.’ | He stopped.",
    "(It is so.) | They left.",
    "It is so (they say). | Who knows?",
    # Dots in a row, and stops in a row.
    "Wait... and see.",
    "Wait... | What?",
    "He waited… | Nobody came.",
    "He waited… and nobody came.",
    "Really?! | Yes.",
    "...",
    # Notes.
    "It ended.[1] | Then it began.[12][13] | Again.",
    # A stop within a word ends nothing.
    "See example.org for more. | Or do not.",
    "One.Two.",
    # A small letter goes on.
    "Is it? yes it is.",
    "The iPhone is out. iPads are not.",
    # Other scripts.
    "第一句。 | 第二句！ | 第三句？",
    "第一句。|第二句！|第三句？",
    "「行く。」|彼は言った。",
    "Флот ушёл. | Он не вернулся.",
    "Le traité est signé. | Il entre en vigueur.",
    # Items and list-like text.
    "• First point. | Second point.",
    "Aid; training; money",
]


@pytest.mark.parametrize("text", TEXTS)
def test_sentences(text: str) -> None:
    plain = text.replace(" | ", " ").replace("|", "")
    expected = [part.strip() for part in text.split("|")]
    assert [plain[start:end] for start, end in split_sentences(plain)] == expected


@pytest.mark.parametrize("text", ["", " ", "\t\n "])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


def test_a_long_run_of_stops_is_looked_at_once() -> None:
    # Looked at again from every stop, this would take minutes.
    text = "." * 400_000 + "x" + "?!" * 200_000 + "y"
    assert split_sentences(text) == [(0, len(text))]


def test_a_sentence_wrapped_over_lines_is_one_span_of_the_file() -> None:
    text = "> The treaty was\n> signed by Mr.\n> Brown. It holds.\n"
    document = parse_document("a.md", text.encode())
    quotes = [document.quote(sentence) for sentence in document.blocks[0].sentences]
    assert quotes == ["The treaty was\n> signed by Mr.\n> Brown.", "It holds."]


def test_a_heading_is_one_sentence_whatever_its_stops() -> None:
    document = parse_document("a.md", b"# What next? Nobody knows.\n\n## St. Mary. The end\n")
    assert [[document.quote(one) for one in block.sentences] for block in document.blocks] == [
        ["What next? Nobody knows."],
        ["St. Mary. The end"],
    ]


def test_markup_and_furniture_hold_no_sentences() -> None:
    document = parse_document("a.md", b"***\n\nRead also:\n\n    Code. Code.\n")
    assert [block.sentences for block in document.blocks] == [(), (), ()]
