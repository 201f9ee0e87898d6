"""Regular expressions of officers: what is let pass, what is found, and that no text makes it slow."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.pattern import check_pattern, matches
from briefing.analysis.query_error import QueryError


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "law",
            "train(ing|ed)?",
            r"\d+ (million|billion)",
            r"\bmin\w+ of .*defen[cs]e",
            "[]a-z^-]{2,}",
            r"F-\d{2}[A-D]?",
        ),
        *(r"\(\d+\)", "(?:ab)+c", r"a{3}{", r"(abc){2}", "a*?b", "[[a]", "x{,5}", "é+"),
        *(
            "(?:ab){5001}",
            "(a|b)(a|b)(?:ab){1251}",
            "a*.{101}",
            "a*a*(?:ab){11}",
            "x{0,60000}",
            r"(?:\ba){9}",
            "(?:^){1}a",
        ),
    ],
)
def test_what_cannot_take_long_is_let_pass(pattern: str) -> None:
    check_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("(a+)+", "the pattern repeats a repeat or a choice, which could take long"),
        ("(?:a|b)*", "the pattern repeats a repeat or a choice, which could take long"),
        ("((a?)b){2,}", "the pattern repeats a repeat or a choice, which could take long"),
        (r"(a)\1", "the pattern looks back, which could take long"),
        ("(?=a)b", "the pattern looks aside, or has settings of its own, which could take long"),
        ("(?i)a", "the pattern looks aside, or has settings of its own, which could take long"),
        ("a*b*c*", "the pattern has more than 2 open repeats, which could take long"),
        ("(a|b)(a|b)(a|b)a*a*", "the pattern leaves too many choices, which could take long"),
        ("a{0,20}" * 3, "the pattern leaves too many choices, which could take long"),
        (r"(?:(?:(?:\b){999}){999}){999}", "the pattern repeats what may be nothing, which could take long"),
        ("(?:(?:(?:(?:){99}){99}){99}){99}x", "the pattern repeats what may be nothing, which could take long"),
        ("(?:a{0}^$){9}", "the pattern repeats what may be nothing, which could take long"),
        ("(?:(?:(?:a){99}){99}){99}b", "the pattern repeats too often, which could take long"),
        ("(?:ab){5002}", "the pattern repeats too often, which could take long"),
        ("(a|b)(a|b)(?:ab){1252}", "the pattern repeats too often, which could take long"),
        ("a*.{102}", "the pattern repeats too often, which could take long"),
        ("a*a*(?:ab){12}", "the pattern repeats too often, which could take long"),
        ("[a", "the pattern is none: unterminated character set"),
        ("a" * 201, "the pattern is longer than 200 characters"),
    ],
)
def test_what_could_take_long_is_refused(pattern: str, fault: str) -> None:
    with pytest.raises(QueryError) as raised:
        check_pattern(pattern, 7)
    assert raised.value.fault == fault
    assert 7 <= raised.value.place <= 7 + len(pattern)


@given(st.text(alphabet="ab()[]{}|*+?\\.^$1,:-é", max_size=12))
def test_any_text_is_a_pattern_or_at_fault(pattern: str) -> None:
    try:
        check_pattern(pattern)
    except QueryError:
        return
    assert all(start < end for start, end in matches(pattern, "ab(ab) é1, a:b"))


@given(st.sampled_from(["a.b", "a+b?", "a.{0,3}b", "(ab|b)c?", r"\ba\w*", "^a|b$"]), st.text("abc \n", max_size=60))
def test_in_a_short_text_it_finds_what_python_finds(pattern: str, text: str) -> None:
    expected = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE) if match.group()]
    assert list(matches(pattern, text)) == expected


def test_in_a_long_text_what_is_short_is_found_wherever_it_stands() -> None:
    text = "x" * 1_990 + "needle one" + "y" * 30_000 + "NEEDLE two"
    assert [text[start:end] for start, end in matches(r"needle \w{3}", text)] == ["needle one", "NEEDLE two"]
    assert [text[start:end] for start, end in matches(r"n\w+e \w+?n", text)] == ["needle on"]


@pytest.mark.parametrize("pattern", ["a*b", "a*a{0,3}b", "(a|a)(a|a)(a|a)b", "(?:(?:aa){9}){9}b"])
def test_no_text_makes_it_slow(pattern: str) -> None:
    start = time.process_time()
    assert list(matches(pattern, "a" * 100_000)) == []
    assert time.process_time() - start < 20


def test_between_stretches_it_can_be_stopped() -> None:
    asked = iter([True, True, False])
    assert list(matches("b+", "b" + "a" * 100_000 + "b", lambda: next(asked))) == [(0, 1)]
