"""Text in ASCII takes as many cells, and what must be told apart can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from briefing.rendering.ascii import to_ascii
from briefing.tui.terminal.ascii import encoder

PRINTABLE = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])


@given(st.text(PRINTABLE.filter(lambda one: one not in "\u200d\ufe0f"), max_size=30))
def test_any_text_becomes_ascii_of_the_same_width(text: str) -> None:
    plain = to_ascii(text)
    assert plain.isascii()
    assert len(plain) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("╭─ Title ─╮", "+- Title -+"),
        ("│ ┃ ║ ╵", "| | | |"),
        ("├──┼──┤ ╱╲╳", "+--+--+ /\\X"),
        ("“it’s” — … ‘so’", "\"it's\" - . 'so'"),
        ("2014 – 2026 · 12 %", "2014 - 2026 - 12 %"),
        ("Zoë Łukasz Ångström Đorđe Søren", "Zoe Lukasz Angstrom Dorde Soren"),
        ("e\u0301a\u0308", "ea"),
        ("日本 Ｎ１", "???? N 1 "),
        ("10² ½ ①", "10? ? ?"),
        ("a\u00a0b\u2009c", "a b c"),
        ("≠ × → ← ↑ ↓ ‹ ›", "# x > < ^ v < >"),
        ("␛[31m", "^[31m"),
        ("▁▃█▌ ▪◆", "#### +*"),
        ("Привет", "??????"),
        ("plain\n\twords", "plain\n\twords"),
    ],
)
def test_what_it_becomes(text: str, plain: str) -> None:
    assert to_ascii(text) == plain


def test_the_five_ratings_and_the_dot_for_nothing_stay_different() -> None:
    assert len(set(to_ascii("○◔◑◕●·"))) == 6


def test_escape_sequences_stay_and_cells_are_kept() -> None:
    assert encoder(ascii_only=True)("\x1b[1;31m╭─é\x1b[K\r\n") == b"\x1b[1;31m+-e\x1b[K\r\n"


def test_in_utf8_what_cannot_be_encoded_is_one_question_mark() -> None:
    assert encoder(ascii_only=False)("é\ud800") == b"\xc3\xa9?"
