"""A document as rows: every place has its row, every row its place, and every row fits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import BlockKind, Document, EntityType, Mention, Span
from briefing.parsing import parse_document
from briefing.rendering.document import DocumentLayout
from briefing.rendering.line import plain, width_of
from briefing.rendering.marks import NO_MARKS, Mark, Marks, document_marks

SEEDS = Path(__file__).parents[1] / "seeds"
WIDTHS = (10, 20, 39, 40, 60, 80, 120, 200)
REPORT = """\
# The fleet

The **fleet** sailed on Monday, and it came back on Friday with [news](n.md) of the harbour.

- one ship
- two ships, of which one was late
  1. deeper

> As the admiral said.
>
> > Or did not.

    code

***

漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字
"""


@pytest.fixture
def report() -> Document:
    return parse_document("report.md", REPORT.encode())


def seeds() -> list[Document]:
    return [parse_document(path.name, path.read_bytes()) for path in sorted(SEEDS.glob("*.txt"))]


def texts(layout: DocumentLayout) -> list[str]:
    return [plain(layout.line(row)) for row in range(len(layout))]


def test_a_page_at_sixty_cells(report: Document) -> None:
    assert texts(DocumentLayout(report, 61)) == [
        "   1 The fleet",
        "",
        "   3 The fleet sailed on Monday, and it came back on Friday",
        "     with news of the harbour.",
        "",
        "   5 • one ship",
        "   6 • two ships, of which one was late",
        "   7   1. deeper",
        "",
        "   9 │ As the admiral said.",
        "",
        "  11 │ │ Or did not.",
        "",
        "  13     code",
        "",
        "  17 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
        "     漢字漢字漢字漢字漢字漢字漢字漢字",
    ]


def test_a_narrow_pane_has_no_numbers(report: Document) -> None:
    assert texts(DocumentLayout(report, 23))[:9] == [
        " The fleet",
        "",
        " The fleet sailed on",
        " Monday, and it came",
        " back on Friday with",
        " news of the harbour.",
        "",
        " • one ship",
        " • two ships, of which",
    ]


def test_an_item_hangs_from_its_marker(report: Document) -> None:
    shown = texts(DocumentLayout(report, 15))
    assert shown[shown.index(" • two ships,") :][:4] == [
        " • two ships,",
        "   of which one",
        "   was late",
        "   1. deeper",
    ]


def test_text_is_not_drawn_wider_than_can_be_read() -> None:
    document = parse_document("a.txt", b"word " * 200)
    layout = DocumentLayout(document, 300)
    assert max(width_of(layout.line(row)) for row in range(len(layout))) <= 105


@pytest.mark.parametrize("width", WIDTHS)
def test_every_row_fits_and_every_word_is_shown(report: Document, width: int) -> None:
    for document in (report, *seeds()):
        layout = DocumentLayout(document, width)
        wide = [plain(layout.line(row)) for row in range(len(layout)) if width_of(layout.line(row)) > width]
        assert wide == []
        for block in document.blocks:
            rows = [row for row in layout.rows if row.block is block]
            shown = "".join(block.shown.text[row.start : row.end] for row in rows)
            assert shown.replace(" ", "") == block.shown.text.replace(" ", "")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_row_leads_to_its_place_and_back(report: Document, width: int) -> None:
    for document in (report, *seeds()):
        layout = DocumentLayout(document, width)
        rows = layout.rows
        for number, row in enumerate(rows):
            offset = layout.offset_of(number)
            if row.block is not None and row.start < row.end:
                assert layout.row_of(offset) == number
            else:
                assert rows[layout.row_of(offset)].block is rows[number + 1].block


def test_the_row_of_a_word_shows_the_word(report: Document) -> None:
    layout = DocumentLayout(report, 60)
    for word in ("Monday", "news", "deeper", "admiral", "Or did", "code"):
        assert word in plain(layout.line(layout.row_of(REPORT.index(word))))


def test_the_row_of_hidden_markup_is_the_one_nearest_to_it(report: Document) -> None:
    layout = DocumentLayout(report, 60)
    assert layout.row_of(REPORT.index("**fleet**")) == 2
    assert layout.row_of(REPORT.index("n.md")) == 3
    document = parse_document("a.md", b"one two three **four**\n")
    narrow = DocumentLayout(document, 11)
    assert texts(narrow) == [" one two", " three four"]
    assert narrow.row_of(len(document.text) - 2) == 1
    assert narrow.row_of(len(document.text)) == 1


def test_the_rows_of_an_empty_document() -> None:
    layout = DocumentLayout(parse_document("a.txt", b"\n\n"), 80)
    assert len(layout) == 0
    assert layout.row_of(1) == 0
    assert layout.offset_of(0) == 2


def test_what_only_instructs_a_renderer_has_no_row() -> None:
    document = parse_document("a.md", b"---\ntitle: x\n---\nText.\n\n***\n\nMore.\n")
    layout = DocumentLayout(document, 80)
    assert texts(layout) == ["   4 Text.", "", "   8 More."]
    assert layout.row_of(0) == 0
    assert layout.rows[layout.row_of(document.text.index("***"))].block in (None, document.blocks[-1])


def test_kinds_of_block_differ_in_style() -> None:
    text = b"# One\n\n## Two\n\nText.\n\nA *b*.\n\nRead also:\n\n> Quote.\n\n    code\n"
    document = parse_document("a.md", text)
    layout = DocumentLayout(document, 36)
    styles = {plain(layout.line(row)): layout.line(row)[-1].style for row in range(len(layout)) if layout.line(row)}
    assert styles == {
        " One": "title",
        " Two": "heading",
        " Text.": "",
        " A b.": "",
        " Read also:": "muted",
        " │ Quote.": "quoted",
        "     code": "code",
    }
    assert [piece.style for piece in layout.line(layout.row_of(text.index(b"A *b*")))] == ["", "", "emphasis", ""]


def test_marks_are_painted_on_the_words_they_cover(report: Document) -> None:
    layout = DocumentLayout(report, 60)
    start = REPORT.index("fleet** sailed")
    line = layout.line(2, Marks.of([Mark(Span(start, start + 14), "hit")]))
    assert [(piece.text, piece.style) for piece in line[2:4]] == [("The ", ""), ("fleet", "strong hit")]
    assert [piece.text for piece in line if "hit" in piece.style] == ["fleet", " sailed"]


def test_a_mark_over_a_row_end_is_painted_on_both_rows(report: Document) -> None:
    layout = DocumentLayout(report, 60)
    start = REPORT.index("Friday with")
    marks = Marks.of([Mark(Span(start, start + len("Friday with")), "hit")])
    assert [[piece.text for piece in layout.line(row, marks) if piece.style == "hit"] for row in (2, 3)] == [
        ["Friday"],
        ["with"],
    ]


def test_a_sign_in_the_margin_says_on_which_rows_something_is_lit_up(report: Document) -> None:
    layout = DocumentLayout(report, 61)
    friday, ship = REPORT.index("Friday with"), REPORT.index("ship")
    lit = [Mark(Span(friday, friday + len("Friday with")), "org chosen"), Mark(Span(ship, ship + 4), "org current")]
    signs = [plain(layout.line(row, Marks.of(lit)))[4:5] for row in range(8)]
    assert signs == [" ", "", "▪", "▪", "", ">", " ", " "]
    unlit = Marks.of([Mark(mark.span, "org") for mark in lit])
    assert [plain(layout.line(row, unlit)) for row in range(8)] == texts(layout)[:8]


def test_numbers_of_lines_have_all_the_room_they_need() -> None:
    layout = DocumentLayout(parse_document("a.txt", b"Words.\n" * 12345), 61)
    assert plain(layout.line(len(layout) - 1)) == "12345 Words."
    assert plain(layout.line(0)) == "    1 Words."


def test_marks_are_found_by_the_characters_they_share() -> None:
    marks = [Mark(Span(start, end), "m") for start, end in ((20, 22), (0, 2), (3, 30), (5, 7), (9, 11), (10, 12))]
    long, first, second, third = marks[2], marks[3], marks[4], marks[5]
    found = Marks.of(marks)
    assert list(found.touching(Span(5, 10))) == [long, first, second]
    assert list(found.touching(Span(11, 12))) == [long, third]
    assert list(found.touching(Span(2, 3))) == []
    assert list(NO_MARKS.touching(Span(0, 100))) == []


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=20), st.integers(0, 80), st.integers(1, 20))
def test_no_mark_that_shares_a_character_is_missed(places: list[tuple[int, int]], start: int, length: int) -> None:
    marks = [Mark(Span(begin, begin + size), "m") for begin, size in places]
    wanted = Span(start, start + length)
    found = list(Marks.of(marks).touching(wanted))
    assert sorted(found) == sorted(mark for mark in marks if mark.span.overlaps(wanted))


def test_inner_marks_are_painted_over_outer_ones_and_the_chosen_stand_out() -> None:
    def mention(start: int, end: int, type: EntityType, name: str) -> Mention:
        return Mention("a.txt", Span(start, end), "x", type, name)

    harbour = mention(0, 12, EntityType.ORG, "Port Authority")
    port = mention(0, 4, EntityType.PLACE, "Port")
    marks = document_marks([port, harbour], [port.key], [Span(20, 25)], "hit", Span(20, 25))
    assert marks.marks == (
        Mark(Span(0, 12), "org"),
        Mark(Span(0, 4), "place chosen"),
        Mark(Span(20, 25), "current"),
    )


def test_a_sentence_that_was_jumped_to_is_the_target() -> None:
    marks = document_marks([], [], [], "", Span(3, 9))
    assert marks.marks == (Mark(Span(3, 9), "target"),)


@settings(max_examples=100)
@given(st.text(st.sampled_from("ab *_\n->#`漢\x1b"), max_size=150), st.integers(10, 90))
def test_any_document_is_laid_out_within_its_width(text: str, width: int) -> None:
    document = parse_document("a.md", text.encode())
    layout = DocumentLayout(document, width)
    shallow = all(block.level <= 3 for block in document.blocks)
    assert not shallow or all(width_of(layout.line(row)) <= width for row in range(len(layout)))
    shown = [block.span for block in document.blocks if block.kind is not BlockKind.MARKUP]
    assert list(dict.fromkeys(row.block.span for row in layout.rows if row.block is not None)) == shown
    for offset in range(0, len(document.text), 7):
        assert 0 <= layout.row_of(offset) <= max(0, len(layout) - 1)
