"""Plain text: every line is a heading, a paragraph, an item, a caption or page furniture, and never markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.model import BlockKind, Document
from briefing.parsing import parse_document

SEEDS = Path(__file__).parents[1] / "seeds"
HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM
CAPTION, FURNITURE = BlockKind.CAPTION, BlockKind.FURNITURE


def read(text: str) -> Document:
    return parse_document("a.txt", text.encode())


def kinds(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.shown.text) for block in read(text).blocks]


@pytest.mark.parametrize(
    "line",
    [
        "What the treaty changes",
        "Costs and risks",
        "1945 and after",
        "Ships, Money, and Time: What the Plan Needs",
    ],
)
def test_a_title_is_a_heading_where_nothing_stands_before_it(line: str) -> None:
    document = read(f"{line}\nThe plan needs all three, the minister said.\n")
    assert (document.blocks[0].kind, document.blocks[0].level, document.title) == (HEADING, 1, line)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Costs and risks", HEADING),
        ("THE WAY AHEAD", HEADING),
        ("Costs and risks.", PARAGRAPH),
        ("Is it worth it?", PARAGRAPH),
        ("“It is worth it”", PARAGRAPH),
        ("They listed:", PARAGRAPH),
        ("and so it goes on", PARAGRAPH),
        ("12:30", PARAGRAPH),
        ("It was late. The ships sailed", PARAGRAPH),
        ("A line without a stop that runs on " + "and on " * 12 + "is no title", PARAGRAPH),
    ],
)
def test_a_later_line_is_a_heading_only_without_a_stop(line: str, kind: BlockKind) -> None:
    block = read(f"Title\nThe first paragraph stands here.\n{line}\nThe second one does here.\n").blocks[2]
    assert (block.kind, block.level) == (kind, 2 if kind is HEADING else 0)


def test_a_first_line_in_capitals_of_a_title_is_a_heading_with_its_question_mark() -> None:
    assert kinds("Will the Fleet Return Home?\nNobody knows.\n") == [
        (HEADING, "Will the Fleet Return Home?"),
        (PARAGRAPH, "Nobody knows."),
    ]


@pytest.mark.parametrize(
    ("line", "marker", "text"),
    [
        ("• One thing", "•", "One thing"),
        ("  - One thing.", "-", "One thing."),
        ("– One thing", "–", "One thing"),
        ("* One thing", "*", "One thing"),
        ("3. One thing", "3.", "One thing"),
        ("12) One thing", "12)", "One thing"),
        ("(a) One thing", "(a)", "One thing"),
        ("(iii) One thing", "(iii)", "One thing"),
        ("•\u00a0One thing", "•", "One thing"),
    ],
)
def test_an_item_is_shown_without_its_marker(line: str, marker: str, text: str) -> None:
    document = read(f"Title\n{line}\nA paragraph.\n")
    block = document.blocks[1]
    assert (block.kind, block.level, block.marker, block.shown.text) == (ITEM, 1, marker, text)
    assert document.quote(block.span) == line.strip()
    assert [document.quote(sentence) for sentence in block.sentences] == [text]


@pytest.mark.parametrize(
    "line", ["-5 degrees were measured.", "2021. That was the year.", "1.5 million came.", "-", "•"]
)
def test_what_only_looks_like_an_item_is_none(line: str) -> None:
    assert read(f"Title\n{line}\n").blocks[1].kind is not ITEM


def test_the_sentences_of_an_item_leave_its_marker_out() -> None:
    document = read("1. First. Second.\n")
    assert [document.quote(sentence) for sentence in document.blocks[0].sentences] == ["First.", "Second."]


def test_a_line_said_more_than_once_is_a_caption_and_only_the_first_is_no_copy() -> None:
    caption = "The foreign minister at the signing. Photo: ministry"
    document = read(
        f"Title\n{caption}\nThe treaty was signed on Monday.\n{caption}\nIt holds for ten years.\n{caption}\n"
    )
    found = [(block.kind, block.repeated) for block in document.blocks]
    assert found == [
        (HEADING, False),
        (CAPTION, False),
        (PARAGRAPH, False),
        (CAPTION, True),
        (PARAGRAPH, False),
        (CAPTION, True),
    ]
    assert [block.counts for block in document.blocks] == [True, False, True, False, True, False]


def test_a_caption_printed_twice_in_one_line_is_a_caption() -> None:
    caption = "Officials of both ministries meet on the deck of the flagship, March 2022"
    assert read(f"Title\n{caption} {caption}\nText follows here.\n").blocks[1].kind is CAPTION


def test_a_long_paragraph_said_twice_counts_once() -> None:
    paragraph = "The two governments agreed to share what they know. " * 7
    document = read(f"Title\n{paragraph}\nAnother paragraph.\n{paragraph}\n")
    assert [block.kind for block in document.blocks] == [HEADING, PARAGRAPH, PARAGRAPH, PARAGRAPH]
    assert [block.counts for block in document.blocks] == [True, True, True, False]


def test_items_may_be_alike() -> None:
    document = read("Title\n• Yes\n• No\n• Yes\n")
    assert [(block.kind, block.repeated) for block in document.blocks[1:]] == [(ITEM, False)] * 3


@pytest.mark.parametrize(
    "line", ["Read also:", "READ MORE", "Advertisement", "Share this article", "  Related »", "See also…", "Subscribe!"]
)
def test_page_furniture_is_known_whatever_its_case_and_stops(line: str) -> None:
    document = read(f"Title\nA paragraph stands here.\n{line}\nAnother stands here.\n")
    assert document.blocks[2].kind is FURNITURE
    assert not document.blocks[2].counts
    assert document.quote(document.blocks[2].span) == line.strip()


@pytest.mark.parametrize("line", ["Read also what he said about ships.", "They share", "Advertisement of the plan"])
def test_a_sentence_that_begins_like_furniture_is_none(line: str) -> None:
    assert read(f"Title\nA paragraph stands here.\n{line}\n").blocks[2].kind is not FURNITURE


def test_markdown_in_plain_text_is_text() -> None:
    lines = ["# Not a heading, *not* weighed.", "`[sic] yes` [1](x) &amp; <b>so</b>.", "| a | b |."]
    assert kinds("\n".join(lines)) == [(PARAGRAPH, line) for line in lines]


WRAPPED = """\
From: desk@example.org
Subject: Visit

The minister will arrive on Monday evening and will be met
at the airport by his counterpart, with whom he is to hold
talks over dinner. On Tuesday both will go to the shipyard,
where the new patrol vessels are being built.

The visit ends on Wednesday. It is the first one in eleven
years, and both sides have called it long overdue, as the
earlier ones had to be put off.

- talks on the maritime agreement, which is to be signed by
  the end of the year
- a visit to the shipyard
"""


def test_mail_wrapped_by_hand_is_put_together() -> None:
    document = read(WRAPPED)
    blocks = document.blocks
    assert [block.kind for block in blocks] == [PARAGRAPH, PARAGRAPH, PARAGRAPH, ITEM, ITEM]
    assert blocks[1].shown.text.startswith("The minister will arrive on Monday evening and will be met at the airport")
    last = WRAPPED[WRAPPED.index("It is the first") : WRAPPED.index("\n\n- talks")]
    assert [document.quote(sentence) for sentence in blocks[2].sentences] == ["The visit ends on Wednesday.", last]
    assert blocks[3].shown.text == "talks on the maritime agreement, which is to be signed by the end of the year"
    assert [document.line_of(block.span.start) for block in blocks] == [1, 4, 9, 13, 15]


def test_long_lines_are_not_wrapped_by_hand() -> None:
    line = "A paragraph of more than a hundred characters stands in one line, as it does in text copied from a page."
    assert len(read("\n".join([line + str(number) for number in range(5)])).blocks) == 5


@pytest.mark.parametrize("name", sorted(path.name for path in SEEDS.glob("*.txt")))
def test_every_line_of_the_seeds_is_one_block(name: str) -> None:
    data = (SEEDS / name).read_bytes()
    document = parse_document(name, data)
    lines = [line.strip() for line in data.decode().splitlines() if line.strip()]
    assert [document.quote(block.span) for block in document.blocks] == lines
    assert document.problems == ()


def test_the_outline_of_a_seed() -> None:
    document = parse_document("0.txt", (SEEDS / "000_d544b825a163a315.txt").read_bytes())
    assert document.title == "Japan's Potential NATO Role In Ukraine: Training & Support"
    titles = [section.title for section in document.sections]
    assert titles[:3] == [
        "Japan's Potential NATO Role In Ukraine: Training & Support",
        "The Lay of the Land: Japan, NATO, and Ukraine",
        "The Importance of Japan's Involvement",
    ]
    assert {section.level for section in document.sections[1:]} == {2}
