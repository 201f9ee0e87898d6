"""Claims by what they say: however they are chosen, put right and looked up, they are those that a plain look finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Claim, ClaimKind, Claims, Evidence, Joined, OnDemand, Span, Stage, Stance, as_claims
from briefing.model import as_evidence as evidence_of

STAGES = (Stage.DONE, Stage.PROPOSED, Stage.DENIED)


def claim(document: str, start: int, kind: ClaimKind, as_of: str | None = None) -> Claim:
    return Claim(
        document=document,
        span=Span(start, start + 5),
        line=1,
        quote=f"{document} {start}",
        roles=kind.roles,
        constraints=kind.constraints,
        stance=kind.stance,
        stage=kind.stage,
        voice="author",
        as_of=as_of,
        heading=kind.heading,
    )


KINDS = st.builds(
    ClaimKind,
    st.sampled_from([(), ("lend",), ("lend", "train")]),
    st.sampled_from([(), ("cost",), ("law", "cost")]),
    st.sampled_from(Stance),
    st.sampled_from(STAGES),
    st.booleans(),
)
DATES = st.sampled_from([None, "2021", "2021-03", "2021-03-17", "2024-05-31"])


@st.composite
def in_order(draw: st.DrawFn) -> tuple[Claim, ...]:
    """Claims of a pack of three documents, one of which may have none."""
    places = draw(st.sets(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=12))
    return tuple(claim(document, 10 * at, draw(KINDS), draw(DATES)) for document, at in sorted(places))


def chosen(claims: Sequence[Claim]) -> Evidence:
    """Of `claims` those that lend, the bodies first."""
    known = as_claims(claims)
    groups = [group for group in known.kinds.items() if "lend" in group[0].roles]
    return Evidence(known, *([group for group in groups if group[0].heading is heading] for heading in (False, True)))


def plainly(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    lending = [one for one in claims if "lend" in one.roles]
    return tuple(sorted(lending, key=lambda one: one.heading))


@given(in_order())
def test_every_claim_is_of_one_kind_and_has_one_number(claims: tuple[Claim, ...]) -> None:
    known = as_claims(claims)
    assert sorted(number for numbers in known.kinds.values() for number in numbers) == list(range(len(claims)))
    for kind, numbers in known.kinds.items():
        assert list(numbers) == sorted(numbers)
        assert all(ClaimKind.of(claims[number]) == kind for number in numbers)


@given(in_order())
def test_claims_are_found_by_document_and_by_place(claims: tuple[Claim, ...]) -> None:
    known = as_claims(claims)
    for document in "abcd":
        there = [one for one in claims if one.document == document]
        assert list(known.in_document(document)) == there
        assert known.counts.get(document, 0) == len(there)
        assert all(known.at(document, one.span) is one for one in there)
        assert known.at(document, Span(3, 4)) is None


@given(in_order(), st.data())
def test_dates_and_documents_of_some_are_those_of_each(claims: tuple[Claim, ...], data: st.DataObject) -> None:
    some = data.draw(st.sets(st.sampled_from(range(len(claims))))) if claims else set()
    known = as_claims(claims)
    assert (known.latest(some) or "") == max((claims[one].as_of or "" for one in some), default="")
    assert known.documents_of(some) == {claims[one].document for one in some}


@given(in_order(), st.data())
def test_what_was_put_right_is_found_as_it_is_now(claims: tuple[Claim, ...], data: st.DataObject) -> None:
    some = data.draw(st.sets(st.sampled_from(range(len(claims))))) if claims else set()
    changed = {
        one: claim(claims[one].document, claims[one].span.start, data.draw(KINDS), data.draw(DATES)) for one in some
    }
    now = tuple(changed.get(number, one) for number, one in enumerate(claims))
    put_right, anew = as_claims(claims).put_right(changed), as_claims(now)
    assert put_right == now
    assert [put_right[number] for number in range(len(now))] == list(now)
    assert {kind: list(numbers) for kind, numbers in put_right.kinds.items()} == dict(anew.kinds)
    everything = range(len(now))
    assert put_right.latest(everything) == anew.latest(everything)
    assert put_right.documents_of(everything) == anew.documents_of(everything)
    assert put_right.counts == anew.counts
    assert all(list(put_right.in_document(document)) == list(anew.in_document(document)) for document in "abc")


def test_nothing_put_right_are_the_same_claims() -> None:
    claims = as_claims((claim("a", 0, ClaimKind((), (), Stance.LIMITS, Stage.DONE, False)),))
    assert claims.put_right({}) is claims


@given(in_order())
def test_evidence_is_the_tuple_of_its_claims(claims: tuple[Claim, ...]) -> None:
    evidence, expected = chosen(claims), plainly(claims)
    assert evidence == expected
    assert len(evidence) == len(expected)
    assert [evidence[index] for index in range(len(expected))] == list(expected)
    assert evidence[1:3] == expected[1:3]
    assert list(evidence.places) == [(one.document, one.span) for one in expected]
    assert sorted(evidence.documents) == sorted(one.document for one in expected)
    assert hash(evidence) == hash(expected)


@given(in_order())
def test_evidence_is_sifted_and_ranked_by_kind(claims: tuple[Claim, ...]) -> None:
    evidence, expected = chosen(claims), plainly(claims)
    limiting = evidence.where(lambda kind: kind.stance is Stance.LIMITS)
    assert limiting == tuple(one for one in expected if one.stance is Stance.LIMITS)
    ranked = evidence.ranked(lambda kind: STAGES.index(kind.stage))
    in_place = [one for one in claims if one in expected]
    assert ranked == tuple(sorted(in_place, key=lambda one: STAGES.index(one.stage)))


@given(in_order(), st.sets(st.integers(0, 12)))
def test_evidence_is_sifted_by_number(claims: tuple[Claim, ...], numbers: set[int]) -> None:
    kept = {claims[number] for number in numbers if number < len(claims)}
    assert chosen(claims).among(numbers) == tuple(one for one in plainly(claims) if one in kept)


@given(in_order(), in_order())
def test_evidence_is_added_up_be_it_of_one_pack_or_not(one: tuple[Claim, ...], other: tuple[Claim, ...]) -> None:
    evidence = chosen(one)
    assert evidence + evidence.among(range(3)) == (*evidence, *evidence.among(range(3)))
    assert evidence + chosen(other) == (*evidence, *chosen(other))


def test_claims_out_of_order_stay_so_as_evidence() -> None:
    kind = ClaimKind(("lend",), (), Stance.LIMITS, Stage.DONE, False)
    later, sooner = claim("b", 0, kind), claim("a", 0, kind._replace(heading=True))
    assert evidence_of((later, sooner)) == (later, sooner)
    assert evidence_of((later, sooner)) != (sooner, later)


def test_nothing_is_looked_at_to_count_evidence() -> None:
    kind = ClaimKind(("lend",), (), Stance.LIMITS, Stage.DONE, False)
    looked_at: list[int] = []

    class Counting(Claims):
        @property
        def kinds(self) -> dict[ClaimKind, Sequence[int]]:
            return {kind: range(1000)}

        def document(self, number: int) -> str:
            looked_at.append(number)
            return "a"

    def never() -> Sequence[Claim]:
        raise AssertionError

    evidence = Evidence(Counting(never), [(kind, range(1000))])
    assert len(evidence) == 1000
    assert evidence.where(lambda one: one.heading) == ()
    assert next(evidence.documents) == "a"
    assert looked_at == [0]


def test_a_changed_claim_is_not_evidence_of_what_it_was() -> None:
    kind = ClaimKind(("lend",), ("cost",), Stance.LIMITS, Stage.DONE, False)
    before = as_claims((claim("a", 0, kind), claim("a", 10, kind)))
    now = before.put_right({0: replace(before[0], stance=Stance.ENABLES)})
    assert {one.stance: list(numbers) for one, numbers in now.kinds.items()} == {
        Stance.LIMITS: [1],
        Stance.ENABLES: [0],
    }


@given(st.lists(st.lists(st.integers(), max_size=4), max_size=4), st.integers(-20, 20), st.integers(-20, 20))
def test_sequences_are_joined_as_lists_are(parts: list[list[int]], first: int, last: int) -> None:
    whole = [one for part in parts for one in part]
    joined = Joined(*parts)
    assert list(joined) == whole
    assert [joined[index] for index in range(-len(whole), len(whole))] == whole + whole
    assert joined[first:last] == whole[first:last]


def test_items_on_demand_are_made_when_asked_for() -> None:
    made: list[int] = []

    def make(index: int) -> int:
        made.append(index)
        return index * index

    squares = OnDemand(10, make)
    assert (len(squares), made) == (10, [])
    assert (squares[3], squares[-1], squares[2:4]) == (9, 81, [4, 9])
    assert made == [3, 9, 2, 3]
    assert 49 in squares
