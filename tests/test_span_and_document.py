"""A span slices to its quote, and a document finds its lines, blocks and sections by place."""

from __future__ import annotations

import pytest

from briefing.model import BlockKind, Document, ShownRun, ShownText, Span
from briefing.parsing import parse_document

ARTICLE = """\
# Report

Opening words.

## Ships

The fleet sailed. It came back.

### Crews

Nobody was hurt.

## Costs

Nothing was paid.
"""


@pytest.fixture
def article() -> Document:
    return parse_document("article.md", ARTICLE.encode())


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-2, -1)])
def test_a_span_that_cannot_be_sliced_is_never_made(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"{start} to {end}"):
        Span(start, end)


def test_a_span_slices_to_its_words() -> None:
    assert Span(4, 9).slice("the fleet sailed") == "fleet"
    assert len(Span(4, 9)) == 5
    assert not Span(4, 4)


@pytest.mark.parametrize(
    ("one", "other", "overlaps", "contains"),
    [
        (Span(2, 5), Span(2, 5), True, True),
        (Span(2, 5), Span(3, 4), True, True),
        (Span(2, 5), Span(4, 6), True, False),
        (Span(2, 5), Span(5, 6), False, False),
        (Span(2, 5), Span(0, 2), False, False),
        (Span(2, 5), Span(3, 3), True, True),
    ],
)
def test_spans_that_touch_do_not_overlap(one: Span, other: Span, overlaps: bool, contains: bool) -> None:
    assert one.overlaps(other) is overlaps
    assert other.overlaps(one) is overlaps
    assert one.contains(other) is contains


def test_spans_sort_by_place() -> None:
    assert sorted([Span(3, 4), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 4)]


@pytest.mark.parametrize(
    ("words", "line"), [("# Report", 1), ("Opening", 3), ("sailed", 7), ("It came", 7), ("Nothing", 15)]
)
def test_a_line_is_counted_from_one(article: Document, words: str, line: int) -> None:
    assert article.line_of(ARTICLE.index(words)) == line


def test_the_line_end_belongs_to_the_line_it_ends(article: Document) -> None:
    assert article.line_of(len("# Report")) == 1
    assert article.line_of(len("# Report\n")) == 2


def test_a_quote_is_what_stands_in_the_file(article: Document) -> None:
    start = ARTICLE.index("The fleet")
    assert article.quote(Span(start, start + 17)) == "The fleet sailed."


def test_the_block_at_a_place_is_the_one_that_holds_it_or_the_one_before(article: Document) -> None:
    sailed = article.block_index_at(ARTICLE.index("sailed"))
    assert article.blocks[sailed].shown.text == "The fleet sailed. It came back."
    blank = ARTICLE.index("It came back.") + len("It came back.") + 1
    assert article.block_index_at(blank) == sailed
    assert article.block_index_at(0) == 0
    assert article.block_index_at(10_000) == len(article.blocks) - 1


def test_a_section_ends_where_one_of_its_level_begins(article: Document) -> None:
    found = [(section.title, section.level, article.quote(section.span)) for section in article.sections]
    assert [(title, level) for title, level, _ in found] == [("Report", 1), ("Ships", 2), ("Crews", 3), ("Costs", 2)]
    quotes = [quote for _, _, quote in found]
    assert quotes[0] == ARTICLE.rstrip()
    assert quotes[1] == ARTICLE[ARTICLE.index("## Ships") : ARTICLE.index("\n\n## Costs")]
    assert quotes[2] == "### Crews\n\nNobody was hurt."
    assert quotes[3] == "## Costs\n\nNothing was paid."


@pytest.mark.parametrize(
    ("words", "title"), [("Opening", "Report"), ("sailed", "Ships"), ("hurt", "Crews"), ("paid", "Costs")]
)
def test_the_section_at_a_place_is_the_innermost(article: Document, words: str, title: str) -> None:
    section = article.section_at(ARTICLE.index(words))
    assert section is not None
    assert section.title == title


def test_what_stands_before_the_first_heading_has_a_section_without_a_title() -> None:
    document = parse_document("a.md", b"Before.\n\n# After\n\nText.\n")
    first = document.sections[0]
    assert (first.title, first.level, first.heading) == ("", 0, None)
    assert document.quote(first.span) == "Before."
    assert document.section_at(0) is first


def test_an_empty_document_has_no_sections_and_no_blocks() -> None:
    document = parse_document("a.txt", b"")
    assert (document.blocks, document.sections, document.line_starts) == ((), (), (0,))
    assert document.section_at(0) is None
    assert document.block_index_at(0) == 0
    assert document.line_of(0) == 1


def test_documents_with_the_same_words_are_two_documents() -> None:
    one, other = parse_document("a.txt", b"Same."), parse_document("a.txt", b"Same.")
    assert one != other
    assert one.digest == other.digest
    assert len({one, other}) == 2


def test_the_digest_is_of_the_bytes() -> None:
    # What `printf abc | sha256sum` prints.
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert parse_document("a.txt", b"abc").digest == expected


def test_shown_text_maps_pictures_as_a_whole() -> None:
    # The file holds `ab` and an override and `cd`; the override is shown as eight characters.
    shown = ShownText("ab<U+202E>cd", (ShownRun(0, 2, 10, 2), ShownRun(2, 8, 12, 1), ShownRun(10, 2, 13, 2)))
    assert shown.source_of(0, 2) == Span(10, 12)
    assert shown.source_of(4, 5) == Span(12, 13)
    assert shown.source_of(1, 11) == Span(11, 14)
    assert shown.shown_of(Span(12, 13)) == (2, 10)
    assert shown.shown_of(Span(11, 14)) == (1, 11)


def test_what_is_hidden_is_shown_nowhere() -> None:
    document = parse_document("a.md", b"a **b** c")
    shown = document.blocks[0].shown
    assert shown.text == "a b c"
    assert shown.shown_of(Span(2, 4)) is None
    assert shown.shown_of(Span(2, 7)) == (2, 3)
    assert shown.source_of(2, 3) == Span(4, 5)
    assert shown.shown_of(Span(100, 101)) is None


def test_shown_text_without_runs_maps_to_nothing() -> None:
    assert ShownText("", ()).source_of(0, 0) == Span(0, 0)
    assert ShownText("", ()).shown_of(Span(0, 5)) is None


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        (BlockKind.PARAGRAPH, True),
        (BlockKind.HEADING, True),
        (BlockKind.ITEM, True),
        (BlockKind.TABLE_ROW, True),
        (BlockKind.CAPTION, False),
        (BlockKind.FURNITURE, False),
        (BlockKind.CODE, False),
        (BlockKind.MARKUP, False),
    ],
)
def test_what_the_page_left_behind_counts_for_nothing(kind: BlockKind, counts: bool) -> None:
    lines = {
        BlockKind.PARAGRAPH: b"Some words.",
        BlockKind.HEADING: b"# Some words",
        BlockKind.ITEM: b"- words",
        BlockKind.TABLE_ROW: b"| a |\n|---|",
        BlockKind.CAPTION: b"A harbour.\n\nText.\n\nA harbour.",
        BlockKind.FURNITURE: b"Read also:",
        BlockKind.CODE: b"    code",
        BlockKind.MARKUP: b"***",
    }
    block = parse_document("a.md", lines[kind]).blocks[0]
    assert block.kind is kind
    assert block.counts is counts
