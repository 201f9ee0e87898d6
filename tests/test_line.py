"""Lines are measured in cells: nothing is drawn wider than its room, and no word is lost on the way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from briefing.rendering.line import Piece, clip, fit, flow, paint, plain, width_of, wrap

# Of one cell, of two, and of none (combining).
TEXTS = st.text(st.sampled_from("ab  漢字é\u0301🛡.-"), max_size=60)


def rows(text: str, width: int, first: int | None = None) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width, first)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("one", 10, ["one"]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("one two three", 8, ["one two", "three"]),
        ("one   two", 4, ["one", "two"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a abcdefgh", 4, ["a", "abcd", "efgh"]),
        ("漢字漢字", 4, ["漢字", "漢字"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("漢字 漢字", 5, ["漢字", "漢字"]),
        ("漢", 1, ["漢"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("a字\u0301", 2, ["a", "字\u0301"]),
        ("abc", 0, ["a", "b", "c"]),
        ("abc", -5, ["a", "b", "c"]),
        ("  indented words", 8, ["", "indented", "words"]),
    ],
)
def test_wrap(text: str, width: int, expected: list[str]) -> None:
    assert rows(text, width) == expected


def test_the_first_row_may_have_another_width() -> None:
    assert rows("one two three four", 5, 9) == ["one two", "three", "four"]
    assert rows("one two three four", 9, 3) == ["one", "two three", "four"]


@settings(max_examples=300)
@given(TEXTS, st.integers(2, 30))
@example("  漢 a", 2)
@example("a\u0301\u0301 b", 2)
def test_wrapped_rows_fit_and_lose_nothing_but_spaces_between_them(text: str, width: int) -> None:
    spans = wrap(text, width)
    position = 0
    for start, end in spans:
        assert text[position:start].strip(" ") == ""
        assert cell_len(text[start:end]) <= width
        assert start <= end
        position = end
    assert text[position:].strip(" ") == ""
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")


@settings(max_examples=100)
@given(TEXTS, st.integers(2, 20))
def test_a_row_is_broken_within_a_word_only_where_the_word_is_longer(text: str, width: int) -> None:
    spans = wrap(text, width)
    for (_, end), (start, _) in pairwise(spans):
        if end == start:
            begin = text.rfind(" ", 0, end) + 1
            word = text[begin:].split(" ", 1)[0]
            assert cell_len(word) > width or text[end - 1] == " "


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("abc", 5, "abc  "),
        ("abc", 3, "abc"),
        ("abcdef", 4, "abc…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 2, "  "),
        ("漢字", 5, "漢字 "),
        ("漢字漢字", 4, "漢… "),
        ("漢字漢字", 5, "漢字…"),
        ("漢", 1, "…"),
        ("漢字", 2, "… "),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
    ],
)
def test_fit(text: str, width: int, expected: str) -> None:
    assert fit(text, width) == expected


def test_fit_to_the_right() -> None:
    assert fit("12", 5, right=True) == "   12"


@given(TEXTS, st.integers(0, 30))
def test_what_is_fitted_takes_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit(text, width, right=True)) == width


def test_clip_cuts_the_last_piece_that_fits_and_keeps_its_style() -> None:
    line = (Piece("one", "a"), Piece(" two", "b"), Piece(" three", "c"))
    assert clip(line, 20) is line
    assert clip(line, 6) == (Piece("one", "a"), Piece(" t…", "b"))
    assert clip(line, 4) == (Piece("one", "a"), Piece("…", "b"))
    assert plain(clip(line, 0)) == ""
    assert clip((Piece("漢", "a"), Piece("a", "b")), 2) == (Piece("…", "a"),)


@given(st.lists(TEXTS, max_size=5), st.integers(0, 30))
@example(["a"], 0)
@example(["漢", "a"], 2)
def test_a_clipped_line_is_never_too_wide_and_says_that_it_was_cut(texts: list[str], width: int) -> None:
    line = tuple(Piece(text) for text in texts)
    clipped = clip(line, width)
    assert width_of(clipped) <= width
    if width_of(line) > width > 0:
        assert plain(clipped).endswith("…")
        assert plain(line).startswith(plain(clipped)[:-1])
    else:
        assert clipped == line or width == 0


def test_paint_lays_styles_over_one_another() -> None:
    line = paint("the red fleet", "base", [(4, 13, "ship"), (4, 7, "red"), (20, 30, "never")])
    assert line == (Piece("the ", "base"), Piece("red", "base ship red"), Piece(" fleet", "base ship"))


def test_paint_shows_only_what_was_asked_for() -> None:
    assert paint("the red fleet", "", [(0, 5, "a"), (6, 13, "b")], 4, 8) == (
        Piece("r", "a"),
        Piece("e", ""),
        Piece("d ", "b"),
    )
    assert paint("the red fleet", "base", [(0, 4, "a")], 4, 7) == (Piece("red", "base"),)


OVERLAYS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.sampled_from("xyz")), max_size=4)


@given(st.text("abc", min_size=20, max_size=20), OVERLAYS)
def test_paint_changes_no_character_and_styles_each_by_what_covers_it(
    text: str, overlays: list[tuple[int, int, str]]
) -> None:
    proper = [(start, end, style) for start, end, style in overlays if start < end]
    line = paint(text, "", proper)
    assert plain(line) == text
    styles = [piece.style for piece in line for _ in piece.text]
    for place, style in enumerate(styles):
        assert style.split() == [name for start, end, name in proper if start <= place < end]


def test_flow_indents_every_row_but_the_first() -> None:
    pieces = [Piece("LIMITS", "limits"), Piece("  general"), Piece("  line 25", "accent")]
    lines = list(flow(pieces, 16, 2))
    assert [plain(line) for line in lines] == ["LIMITS  general", "  line 25"]
    assert [piece.style for piece in lines[0]] == ["limits", ""]
    assert lines[1] == (Piece("  "), Piece("line 25", "accent"))


@given(st.lists(TEXTS, min_size=1, max_size=5), st.integers(6, 30), st.integers(0, 4))
def test_flowing_lines_fit_and_lose_nothing_but_spaces(texts: list[str], width: int, indent: int) -> None:
    lines = list(flow(map(Piece, texts), width, indent))
    assert all(width_of(line) <= width for line in lines)
    assert "".join(map(plain, lines)).replace(" ", "") == "".join(texts).replace(" ", "")
