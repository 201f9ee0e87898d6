"""The term language: what finds what, and that no text makes the search slow."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extraction.claims.terms import Found, TermFinder, parse_term
from briefing.extraction.claims.words import words_of


def found(term: str, text: str, *unless: str) -> list[str]:
    """The stretches of `text` that `term` finds."""
    words = words_of(text)
    hits = TermFinder({"x": [term]}, {"x": unless}).find(words)
    return [text[words.starts[hit.start] : words.ends[hit.end - 1]] for hit in hits]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("coordinat*", "They Coordinate well-coordinated aid.", ["Coordinate", "coordinated"]),
        ("*ed", "She visited the shed twice", ["visited", "shed"]),
        ("mine clear*", "Mine-clearing and mine\nclearance; a mine was cleared", ["Mine-clearing", "mine\nclearance"]),
        ("self defense", "the Self-Defense’s role", ["Self-Defense"]),
        ("send|sent .. officers", "They sent four liaison officers", ["sent four liaison officers"]),
        ("send .. officers", "send a b c d e f officers", ["send a b c d e f officers"]),
        ("send .. officers", "send a b c d e f g officers", []),
        ("ties ... east", "ties with the far and very very very very distant east", [None]),
        ("will not", "They won't go", ["won't"]),
        ("do not", "They don’t", ["don’t"]),
        ("has been", "it's been", []),
        ("people @word", "60 people", []),
        ("the @word team", "the small team", ["the small team"]),
        ("% of", "60% of all", ["% of"]),
        ("2+2", "a 2+2 dialogue", ["2+2"]),
        ("cost", "https://example.org/cost the cost", ["cost"]),
        ("far|*away", "faraway, far, away", ["faraway", "far", "away"]),
    ],
)
def test_term(term: str, text: str, expected: list[str | None]) -> None:
    assert found(term, text) == [text if hit is None else hit for hit in expected]


def test_unless_hides_only_what_it_overlaps() -> None:
    assert found("logistic*", "Logistical challenges; logistics helps", "logistic* challenge*") == ["logistics"]


def test_actor_stands_for_its_names() -> None:
    words = words_of("Ties with Ruritania worry the Free State of Utopia")
    finder = TermFinder({"x": ["ruritania ... @actor", "@actor"]})
    assert finder.find(words, {5: 9}) == [Found("x", 2, 9), Found("x", 5, 9)]
    assert finder.find(words) == []


@pytest.mark.parametrize(
    ("term", "fault"),
    [
        ("", "needs a word"),
        ("  ", "needs a word"),
        (".. officers", "before it"),
        ("send ..", "at its end"),
        ("co*rd", "one end"),
        ("*", "not a word"),
        ("*ab*", "one end"),
        ("a|well-known", "one word"),
        ("!!!", "not a word"),
        ("@word team", "cannot begin"),
    ],
)
def test_term_that_is_none(term: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        parse_term(term)


@given(st.text(alphabet=st.sampled_from("ab A-+'’%.\n*|éß漢\u0130"), max_size=60))
def test_words_are_where_they_are_said_to_be(text: str) -> None:
    words = words_of(text)
    assert len(words.texts) == len(words.starts) == len(words.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(words.starts, words.ends, strict=True))
    assert list(words.starts) == sorted(words.starts)


@pytest.mark.parametrize("piece", ["a ", "a", "a'", "b a ", "%"])
def test_long_text_is_searched_in_linear_time(piece: str) -> None:
    text = piece * 100_000
    finder = TermFinder({"x": ["a ... c", "a .. c", "b ... a ... c", "a|b"]}, {"x": ["a ... z"]})
    start = time.process_time()
    finder.find(words_of(text))
    assert time.process_time() - start < 20
