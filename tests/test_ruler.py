"""The ruler: every place is on the one row of the pane that stands for its part of the document."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import BlockKind, Document, EntityType, Mention, Span
from briefing.parsing import parse_document
from briefing.rendering.document import DocumentLayout
from briefing.rendering.line import width_of
from briefing.rendering.marks import NO_MARKS, Marks, document_marks
from briefing.rendering.ruler import ruler
from briefing.rendering.theme import Theme, contrast

WORDS = " ".join(f"w{number:03}" for number in range(100))
"""Laid out with four words on each of 25 rows of 20 cells."""


@pytest.fixture
def words() -> DocumentLayout:
    return DocumentLayout(parse_document("a.txt", WORDS.encode()), 20)


def span(text: str, word: str) -> Span:
    start = text.index(word)
    return Span(start, start + len(word))


def drawn(layout: DocumentLayout, height: int, found: list[str], current: str = "") -> str:
    text = layout.document.text
    marks = Marks.of((), tuple(span(text, word) for word in found), span(text, current) if current else None)
    return "".join(piece.text for piece in ruler(layout, marks, height))


def test_each_row_stands_for_an_equal_part_of_the_document(words: DocumentLayout) -> None:
    assert len(words) == 25
    assert drawn(words, 5, ["w000"]) == "▪    "
    assert drawn(words, 5, ["w019", "w020"]) == "▪▪   "
    assert drawn(words, 5, ["w040", "w041", "w059"]) == "  ▪  "
    assert drawn(words, 5, ["w079", "w099"]) == "   ▪▪"
    assert drawn(words, 10, ["w008", "w012"]) == "▪▪        "
    assert drawn(words, 1, ["w050"]) == "▪"


def test_the_words_jumped_to_have_a_sign_of_their_own(words: DocumentLayout) -> None:
    assert drawn(words, 5, ["w000", "w050", "w051"], "w050") == "▪ ◆  "
    assert drawn(words, 5, [], "w099") == "    ◆"


def test_a_document_that_fits_has_its_places_beside_their_rows(words: DocumentLayout) -> None:
    assert drawn(words, 30, ["w000", "w007", "w099"], "w010") == "▪▪◆" + " " * 21 + "▪" + " " * 5


def test_a_place_over_several_rows_counts_where_it_begins(words: DocumentLayout) -> None:
    marks = Marks.of((), (Span(WORDS.index("w007"), len(WORDS)),))
    assert [piece.text for piece in ruler(words, marks, 25)].index("▪") == 1
    assert sum(piece.text == "▪" for piece in ruler(words, marks, 25)) == 1


def test_the_ruler_is_empty_where_nothing_is_chosen_or_found(words: DocumentLayout) -> None:
    assert drawn(words, 4, []) == "    "
    assert {piece.style for piece in ruler(words, NO_MARKS, 4)} == {""}
    assert ruler(words, NO_MARKS, 0) == ()
    empty = DocumentLayout(parse_document("a.txt", b""), 20)
    assert [piece.text for piece in ruler(empty, NO_MARKS, 3)] == [" "] * 3


def test_hidden_markup_belongs_to_the_row_of_what_follows_it() -> None:
    text = "# One\n\nfour five **six** seven\n\n- item\n"
    layout = DocumentLayout(parse_document("a.md", text.encode()), 10)
    assert drawn(layout, 7, ["# One", "**six**", "- item"]) == "▪  ▪ ▪ "


def test_only_what_n_runs_through_is_on_the_ruler() -> None:
    def mention(start: int, name: str) -> Mention:
        return Mention("a.txt", Span(start, start + 4), WORDS[start : start + 4], EntityType.ORG, name)

    mentions = [mention(0, "One"), mention(200, "Two"), mention(400, "One")]
    marks = document_marks(mentions, [(EntityType.ORG, "One")], [Span(0, 4), Span(400, 404)], "", Span(400, 404))
    assert marks.run == (Span(0, 4), Span(400, 404))
    assert marks.current == Span(400, 404)
    assert document_marks(mentions, [], [], "", None).run == ()


@settings(max_examples=150)
@given(st.text(st.sampled_from("ab *_\n->#`漢\x1b"), min_size=1, max_size=200), st.integers(10, 30), st.integers(1, 40))
def test_every_place_is_on_the_row_that_stands_for_its_line(text: str, width: int, height: int) -> None:
    document = parse_document("a.md", text.encode())
    layout = DocumentLayout(document, width)
    for offset in shown_offsets(document):
        place = Span(offset, offset + 1)
        expected = layout.row_of(offset) * height // max(len(layout), height)
        cells = ruler(layout, Marks.of((), (place,)), height)
        assert [row for row, cell in enumerate(cells) if cell.text == "▪"] == [expected]
        current = ruler(layout, Marks.of((), (place,), place), height)
        assert [(row, cell.text) for row, cell in enumerate(current) if cell.text != " "] == [(expected, "◆")]


def shown_offsets(document: Document) -> list[int]:
    """Where the characters stand that are shown and are not white space at the end of a row."""
    return [
        block.shown.source_of(index, index + 1).start
        for block in document.blocks
        if block.kind is not BlockKind.MARKUP
        for index, character in enumerate(block.shown.text)
        if not character.isspace()
    ]


def test_cells_are_one_wide_and_can_be_told_apart_in_every_theme(words: DocumentLayout, themes: list[Theme]) -> None:
    marks = Marks.of((), (Span(0, 4),), Span(200, 204))
    cells = ruler(words, marks, 5)
    assert [width_of((cell,)) for cell in cells] == [1] * 5
    assert {cell.style for cell in cells} == {"", "ruler", "ruler-current"}
    for theme in themes:
        colours = [theme.style(name).color for name in ("ruler", "ruler-current")]
        if theme.ansi:
            assert theme.name != "plain" or colours == [None, None]
        else:
            hexes = [colour.get_truecolor().hex for colour in colours if colour]
            assert len(hexes) == 2
            assert min(contrast(colour, theme.colors["background"]) for colour in hexes) >= 3
