"""Nothing that a terminal could act on, or an eye could miss, is ever shown as itself."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from briefing.model import ShownRun, Span
from briefing.parsing import visible
from briefing.parsing.visible import ShownBuilder, hidden_characters, is_safe, picture, show_lines

SURROGATES = [0xD800, 0xDBFF, 0xDC00, 0xDFFF]


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("a", "a"),
        (" ", " "),
        ("é", "é"),
        ("漢", "漢"),
        ("\u0301", "\u0301"),
        ("\U0001f6e1", "\U0001f6e1"),
        ("\0", "\u2400"),
        ("\x07", "\u2407"),
        ("\x1b", "\u241b"),
        ("\x1f", "\u241f"),
        ("\n", "\u240a"),
        ("\r", "\u240d"),
        ("\x7f", "\u2421"),
        ("\x80", "<U+0080>"),
        ("\x85", "<U+0085>"),
        ("\x9b", "<U+009B>"),
        ("\t", " "),
        ("\u00a0", " "),
        ("\u2003", " "),
        ("\u3000", " "),
        ("\u00ad", "<U+00AD>"),
        ("\u061c", "<U+061C>"),
        ("\u115f", "<U+115F>"),
        ("\u180e", "<U+180E>"),
        ("\u200b", "<U+200B>"),
        ("\u200d", "<U+200D>"),
        ("\u200f", "<U+200F>"),
        ("\u2028", "<U+2028>"),
        ("\u2029", "<U+2029>"),
        ("\u202a", "<U+202A>"),
        ("\u202e", "<U+202E>"),
        ("\u2060", "<U+2060>"),
        ("\u2066", "<U+2066>"),
        ("\u2069", "<U+2069>"),
        ("\u3164", "<U+3164>"),
        ("\ue000", "<U+E000>"),
        ("\ufe0f", "<U+FE0F>"),
        ("\U000e0100", "<U+E0100>"),
        ("\u034f", "<U+034F>"),
        ("\ufeff", "<U+FEFF>"),
        ("\uffa0", "<U+FFA0>"),
        ("\uffff", "<U+FFFF>"),
        ("\ud800", "<U+D800>"),
        ("\U000e0001", "<U+E0001>"),
        ("\U000e0041", "<U+E0041>"),
        ("\U0010ffff", "<U+10FFFF>"),
    ],
    ids=lambda value: f"{ord(value):04X}" if len(value) == 1 else value,
)
def test_a_character_is_shown_as(character: str, shown: str) -> None:
    assert picture(character) == shown


def test_every_control_format_private_and_unassigned_character_is_pictured() -> None:
    passed = []
    for code in (*range(0xD800), *SURROGATES, *range(0xE000, sys.maxunicode + 1)):
        character = chr(code)
        category = unicodedata.category(character)
        if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") and picture(character) == character:
            passed.append(f"{code:04X}")
    assert passed == []


def test_every_picture_is_safe_itself() -> None:
    characters = map(chr, (*range(0x3200), *SURROGATES, 0xFEFF, 0xFFA0, 0xE0020, 0xE007F, 0x10FFFE))
    assert [f"{ord(one):04X}" for one in characters if not is_safe(picture(one))] == []


def test_text_that_is_safe_is_the_very_same() -> None:
    text = "Plain words — “quoted”, 漢字."
    assert visible(text) is text


def test_a_sequence_for_the_terminal_becomes_words() -> None:
    assert visible("\x1b]0;owned\x07\x1b[2J") == "␛]0;owned␇␛[2J"
    assert visible("ab\u202edc") == "ab<U+202E>dc"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("", 0),
        ("Plain words.", 0),
        ("two\r\nlines\tand\u00a0spaces\u3000here\n", 0),
        ("\r\r\n", 0),
        ("\x1b[0m", 1),
        ("a\0b\0", 2),
        ("\x7f", 1),
        ("zero\u200bwidth\u200d", 2),
        ("\n\u202e\n", 1),
        ("\u2028", 1),
        ("a\x0cb", 1),
        ("\u241b is a picture and no control", 0),
        ("\u241b \x1b", 1),
        ("\U000e0041\U000e0042", 2),
    ],
)
def test_hidden_characters_are_counted(text: str, hidden: int) -> None:
    assert hidden_characters(text) == hidden


def test_lines_flow_into_one_paragraph_and_can_be_traced_back() -> None:
    text = "  one \r\n\r\n\ttwo\x1b\nthree"
    shown = show_lines(text, [Span(0, 6), Span(8, 8), Span(10, 15), Span(16, 21)])
    assert shown.text == "one two␛ three"
    assert shown.source_of(0, 3) == Span(2, 5)
    assert shown.source_of(4, 7).slice(text) == "two"
    assert shown.source_of(7, 8).slice(text) == "\x1b"
    assert shown.source_of(0, len(shown.text)) == Span(2, 21)


def test_no_lines_show_nothing() -> None:
    assert show_lines("   ", [Span(0, 3)]).text == ""


def test_pieces_that_stand_side_by_side_are_one_run() -> None:
    builder = ShownBuilder()
    builder.copy("ab", 10)
    builder.copy("cd", 12)
    builder.stand_in("&", 14, 5)
    builder.copy("e", 19)
    shown = builder.build()
    assert shown.text == "abcd&e"
    assert shown.runs == (ShownRun(0, 4, 10, 4), ShownRun(4, 1, 14, 5), ShownRun(5, 1, 19, 1))


def test_a_picture_as_long_as_its_source_is_taken_whole() -> None:
    builder = ShownBuilder()
    builder.copy("a", 10)
    builder.stand_in("\u202e", 11, 8)
    builder.copy("b", 19)
    again = ShownBuilder()
    again.extend(builder.build())
    for shown in (builder.build(), again.build()):
        assert shown.text == "a<U+202E>b"
        assert shown.source_of(3, 5) == Span(11, 19)
        assert shown.source_of(0, 2) == Span(10, 19)
        assert shown.source_of(9, 10) == Span(19, 20)
        assert shown.shown_of(Span(13, 15)) == (1, 9)


def test_a_stand_in_is_made_safe() -> None:
    builder = ShownBuilder()
    builder.stand_in("\u202e", 0, 8)
    assert builder.build().text == "<U+202E>"
