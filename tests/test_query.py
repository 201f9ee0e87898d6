"""The language of search: what is typed, what it means, and that nothing that is typed can break it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.query import And, Field, FieldName, Node, Not, Or, Query, Term, needs_analysis, parse_query
from briefing.analysis.query_error import QueryError

A, B, C = Term("a"), Term("b"), Term("c")
TRAINING = Field(FieldName.ROLE, "training")
PIECES = [
    *("a", "law", "tug*", '"the law"', '"', "(", ")", "AND", "OR", "NOT", "-", "~", "*", " ", "  ", "role:", "doc:"),
    *("status:done", "after:2024-05", "before:20", "type:per", 'entity:"Port Authority"', "x:y", "§", "\\", "\0", "“"),
]
TYPED = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("a NOT b", And((A, Not(B)))),
        ("-a", Not(A)),
        ("NOT (a b)", Not(And((A, B)))),
        ("and or not", And((Term("and"), Term("or"), Term("not")))),
        ('"the  law" tug*', And((Term("the law"), Term("tug", prefix=True)))),
        ('"the la"*', Term("the la", prefix=True)),
        ("“the law”", Term("the law")),
        ("self-defence", Term("self-defence")),
        ("--no-such-words", Term("--no-such-words")),
        ("a § b", And((A, B))),
        ("role:training", TRAINING),
        ("ROLE:training status:done", And((TRAINING, Field(FieldName.STATUS, "done")))),
        ('entity:"Port Authority"', Field(FieldName.ENTITY, "Port Authority")),
        ("entity:port*", Field(FieldName.ENTITY, "port", prefix=True)),
        ("note:this", Term("note:this")),
        ("after:2024 before:2024-05-31", And((Field(FieldName.AFTER, "2024"), Field(FieldName.BEFORE, "2024-05-31")))),
    ],
)
def test_a_query_means(text: str, meaning: Node) -> None:
    assert parse_query(text) == Query(meaning)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("law tu", And((Term("law"), Term("tu", prefix=True)))),
        ("law tu ", And((Term("law"), Term("tu")))),
        ('"the la', Term("the la", prefix=True)),
        ('"the law"', Term("the law")),
        ("a role:", A),
        ("a OR", A),
        ("a AND (", A),
        ("a -", A),
        ("(a OR b", Or((A, Term("b", prefix=True)))),
        ("a after:20", A),
        ("a AND OR b", Or((A, Term("b", prefix=True)))),
        ("after:2024-0", Field(FieldName.AFTER, "2024")),
        ("status:an", Field(FieldName.STATUS, "an")),
        ("entity:po", Field(FieldName.ENTITY, "po", prefix=True)),
        ("", None),
        ("role:", None),
    ],
)
def test_what_is_half_typed_is_read_as_far_as_it_goes(text: str, meaning: Node | None) -> None:
    assert parse_query(text, typing=True) == Query(meaning)


@pytest.mark.parametrize(
    ("text", "place", "fault"),
    [
        ("a)", 1, "no bracket was opened"),
        ("(a", 0, "the bracket is not closed"),
        ('a "b', 2, "the quote is not closed"),
        ("a AND", 2, "nothing stands after AND"),
        ("a AND OR b", 2, "nothing stands after AND"),
        ("a OR OR b", 2, "nothing stands after OR"),
        ("a AND (NOT AND b)", 7, "nothing stands after NOT"),
        ("AND a", 0, "nothing stands before AND"),
        ("a role:", 2, "role: stands without a value"),
        ("status:sunk", 0, "status:sunk is none"),
        ("a after:May", 2, "after:May is no date"),
        ("after:2024-13", 0, "after:2024-13 is no date"),
        ("§", 0, "there is no word to look for"),
        ("", 0, "there is no word to look for"),
        ("a ~(b", 3, "the pattern is none: missing ), unterminated subpattern"),
        ("(" * 30 + "a", 20, "is nested more than 20 deep"),
        ("a " * 65, 128, "asks for more than 64 things"),
        ("a" * 2_001, 2_000, "is longer than 2,000 characters"),
    ],
)
def test_a_fault_is_named_with_its_place_and_the_way_out(text: str, place: int, fault: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse_query(text)
    assert (raised.value.place, raised.value.fault) == (place, fault)
    assert raised.value.remedy


def test_all_behind_the_tilde_is_the_pattern() -> None:
    query = parse_query('role:training ~"(tug|pilot)s? \\d+" OR ')
    assert query == Query(TRAINING, '"(tug|pilot)s? \\d+" OR')
    assert str(query) == 'role:"training" ~"(tug|pilot)s? \\d+" OR'


@pytest.mark.parametrize(
    ("text", "needed"),
    [("law doc:a after:2024", False), ("law role:tugs", True), ("a OR NOT type:org", True), ("~law", False)],
)
def test_only_names_and_claims_wait_for_the_analysis(text: str, needed: bool) -> None:
    assert needs_analysis(parse_query(text).where) is needed


def parsed(text: str, *, typing: bool) -> Query | QueryError:
    try:
        return parse_query(text, typing=typing)
    except QueryError as error:
        return error


@given(TYPED, st.booleans())
def test_any_text_is_a_query_or_at_fault_and_is_written_as_it_was_meant(text: str, typing: bool) -> None:
    query = parsed(text, typing=typing)
    if isinstance(query, QueryError):
        assert 0 <= query.place <= len(text)
    else:
        assert parse_query(str(query), typing=not query) == query


@given(st.lists(st.sampled_from([*PIECES[:4], "(", ")", "OR ", "NOT ", "role:x ", '"', " "]), max_size=10).map("".join))
def test_no_fault_is_found_while_typing_but_a_bracket_too_many(text: str) -> None:
    query = parsed(text, typing=True)
    assert isinstance(query, Query) or query.fault == "no bracket was opened"
