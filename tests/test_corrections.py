"""What officers decided, laid over what the rules found: merge, split, reject, retype, add, undo."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.corrections import rejections_of, with_events
from briefing.analysis.history import redoable, standing, undoable
from briefing.extraction.entities import extract_mentions
from briefing.model import (
    AddName,
    Decision,
    Document,
    EntityKey,
    EntityRule,
    EntityType,
    Event,
    Merge,
    Pack,
    Redo,
    Reject,
    Restore,
    Retype,
    Span,
    Split,
    Undo,
)
from briefing.parsing import parse_document

PERSON, ORG, PLACE, EVENT, PROGRAMME = (
    EntityType.PERSON,
    EntityType.ORG,
    EntityType.PLACE,
    EntityType.EVENT,
    EntityType.PROGRAMME,
)
FIRST = "A title\n\nAndrés Molina spoke in Lisbon. The Harbour Authority and the Port Authority agreed in Lisbon.\n"
SECOND = "A second title\n\nThe Port Authority met Mr. Molina. The lamp fund pays the Port Authority of Porto.\n"
HARBOUR: EntityKey = (ORG, "Harbour Authority")
PORT: EntityKey = (ORG, "Port Authority")


def document(text: str, id: str = "a.txt") -> Document:
    return parse_document(id, text.encode())


def pack_of(*texts: str, rules: Sequence[EntityRule] = (), no_names: Sequence[EntityKey] = ()) -> Pack:
    documents = tuple(document(text, f"{number}.txt") for number, text in enumerate(texts))
    found = extract_mentions(documents, rules)
    pack = Pack("p", "p", "", None, documents, entity_rules=tuple(rules), rejected_names=tuple(no_names), found=found)
    return with_events(pack, ())


def journal(*decisions: Decision, by: str = "ann@desk") -> list[Event]:
    """Events "0", "1", "2" …, a minute apart."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return [Event(str(n), start + timedelta(minutes=n), by, one) for n, one in enumerate(decisions)]


def names(pack: Pack) -> dict[EntityKey, int]:
    return {entity.key: len(entity.mentions) for entity in pack.entities}


def corrected(pack: Pack, *decisions: Decision) -> Pack:
    return with_events(pack, journal(*decisions))


def test_the_pack_as_found() -> None:
    pack = pack_of(FIRST, SECOND)
    assert names(pack) == {
        PORT: 2,
        (PERSON, "Andrés Molina"): 2,
        (PLACE, "Lisbon"): 2,
        HARBOUR: 1,
        (ORG, "Port Authority of Porto"): 1,
    }


def test_merging_gives_all_mentions_to_the_other_and_makes_the_name_an_alias() -> None:
    pack = corrected(pack_of(FIRST, SECOND), Merge(PORT, HARBOUR))
    assert names(pack)[HARBOUR] == 3
    assert PORT not in names(pack)
    (harbour,) = (entity for entity in pack.entities if entity.key == HARBOUR)
    assert harbour.aliases == ("Port Authority",)
    assert {mention.canonical for mention in pack.mentions if mention.text == "Port Authority"} == {"Harbour Authority"}


def test_merging_across_types_gives_the_type_of_the_other() -> None:
    pack = corrected(pack_of(FIRST), Merge((PLACE, "Lisbon"), HARBOUR))
    assert {mention.type for mention in pack.mentions if mention.text == "Lisbon"} == {ORG}


def test_splitting_makes_one_form_an_entity_of_its_own() -> None:
    pack = corrected(pack_of(FIRST, SECOND), Split((PERSON, "Andrés Molina"), "Molina"))
    assert names(pack)[PERSON, "Molina"] == 1
    assert names(pack)[PERSON, "Andrés Molina"] == 1


def test_a_merge_can_be_split_again() -> None:
    pack = corrected(pack_of(FIRST, SECOND), Merge(PORT, HARBOUR), Split(HARBOUR, "Port Authority"))
    assert names(pack) == names(pack_of(FIRST, SECOND))


def test_splitting_takes_the_form_from_a_rule_of_the_pack_too() -> None:
    rules = (EntityRule(ORG, "Port Authority", ("Harbour Authority", "the Quay")),)
    pack = corrected(pack_of(FIRST, rules=rules), Split(PORT, "Harbour Authority"))
    assert {entity.key: entity.aliases for entity in pack.entities if entity.type is ORG} == {
        PORT: ("the Quay",),
        HARBOUR: (),
    }


def test_what_is_rejected_is_kept_apart() -> None:
    pack = corrected(pack_of(FIRST, SECOND), Reject(PORT))
    assert PORT not in names(pack)
    assert [(entity.key, len(entity.mentions)) for entity in pack.rejected] == [(PORT, 2)]
    assert "Port Authority" not in {mention.text for mention in pack.mentions}


def test_what_the_pack_says_is_no_entity_is_none() -> None:
    pack = pack_of(FIRST, SECOND, no_names=[PORT])
    assert PORT not in names(pack)
    assert [entity.key for entity in pack.rejected] == [PORT]


def test_merging_into_what_was_rejected_takes_it_up_again() -> None:
    pack = corrected(pack_of(FIRST, SECOND), Reject(PORT), Merge(HARBOUR, PORT))
    assert names(pack)[PORT] == 3


def test_rejecting_what_was_merged_away_leaves_the_other() -> None:
    events = [*journal(Merge(PORT, HARBOUR)), *journal(Reject(PORT), by="bob@desk")]
    pack = with_events(pack_of(FIRST, SECOND), [events[0], replace(events[1], id="b")])
    assert names(pack)[HARBOUR] == 1
    assert [(one.key, len(one.mentions)) for one in pack.rejected] == [(PORT, 2)]


def test_rejecting_what_others_were_merged_into_rejects_them_too() -> None:
    pack = corrected(pack_of(FIRST, SECOND), Merge(PORT, HARBOUR), Reject(HARBOUR))
    assert [(one.key, len(one.mentions)) for one in pack.rejected] == [(HARBOUR, 3)]


def test_what_is_rejected_stays_so_beside_another_of_its_name() -> None:
    people = EntityRule(EntityType.DEMONYM, "Port Authority", ("Lisbon",))
    pack = pack_of(FIRST, SECOND, rules=[people])
    decisions: list[Decision] = [Reject(PORT), Retype((people.type, people.name), ORG)]
    assert names(corrected(pack, *decisions))[PORT] == 2
    pack = corrected(pack, *decisions, Retype(PORT, PLACE))
    assert {mention.text for mention in pack.mentions if mention.canonical == "Port Authority"} == {"Lisbon"}
    assert [(one.key, len(one.mentions)) for one in pack.rejected] == [(PORT, 2)]


def test_a_type_given_later_does_not_fall_under_an_older_rejection() -> None:
    other: EntityKey = (PLACE, "Port Authority")
    pack = corrected(pack_of(FIRST, SECOND), Retype(PORT, PLACE), Reject(other), Split(other, "Port Authority"))
    assert names(pack)[other] == 2
    assert pack.rejected == ()


def test_the_rejections_of_an_entity_are_those_that_hold() -> None:
    events = journal(Reject(PORT), Merge(PORT, HARBOUR), Reject(PORT), Reject(PORT), Reject((PLACE, "Lisbon")))
    pack = with_events(pack_of(FIRST, SECOND), events)
    port = next(one for one in pack.rejected if one.key == PORT)
    assert [event.id for event in rejections_of(pack, port)] == ["2", "3"]
    undone = [replace(event, id=f"u{event.id}", decision=Undo(event.id)) for event in rejections_of(pack, port)]
    assert names(with_events(pack, [*events, *undone]))[HARBOUR] == 3


def test_what_the_pack_alone_rejects_nobody_has_rejected() -> None:
    pack = pack_of(FIRST, SECOND, no_names=[PORT])
    assert rejections_of(pack, pack.rejected[0]) == []


def test_a_type_is_changed_everywhere() -> None:
    pack = corrected(pack_of(FIRST, SECOND), Retype(PORT, PLACE))
    assert names(pack)[PLACE, "Port Authority"] == 2
    assert PORT not in names(pack)


def test_an_added_name_is_found_wherever_it_stands() -> None:
    third = "A third\n\nLater the lamp fund, not the lamp funds or lamp fund/x, was closed.\n"
    pack = pack_of(FIRST, SECOND, third)
    start = pack.documents[1].text.index("lamp fund")
    added = corrected(pack, AddName((PROGRAMME, "lamp fund"), "1.txt", Span(start, start + 9)))
    (fund,) = (entity for entity in added.entities if entity.type is PROGRAMME)
    assert [(mention.document, mention.text) for mention in fund.mentions] == [
        ("1.txt", "lamp fund"),
        ("2.txt", "lamp fund"),
    ]
    assert [(mention.document, mention.span) for mention in added.mentions] == sorted(
        (mention.document, mention.span) for mention in added.mentions
    )


def test_an_added_name_is_found_across_a_line_end_and_through_markup() -> None:
    text = "# A title\n\nOnce more the **lamp**\nfund pays; `lamp fund` is code.\n"
    pack = Pack("p", "p", "", None, (parse_document("a.md", text.encode()),))
    added = corrected(pack, AddName((PROGRAMME, "lamp fund"), "a.md", Span(0, 1)))
    assert [mention.text for mention in added.mentions] == ["lamp**\nfund"]
    assert added.entities[0].name == "lamp fund"


def test_an_added_name_does_not_end_within_a_letter_and_its_mark() -> None:
    pack = pack_of("A title\n\nThe mart of Mart\u0301in and e\u0301mart and the mart, all of them.\n")
    added = corrected(pack, AddName((PROGRAMME, "mart"), "0.txt", Span(0, 1)), AddName((ORG, "Mart"), "", Span(0, 0)))
    assert [(mention.span.start, mention.text) for mention in added.mentions if mention.type in (ORG, PROGRAMME)] == [
        (13, "mart"),
        (pack.documents[0].text.rindex("mart"), "mart"),
    ]


def test_adding_a_name_takes_time_in_step_with_the_documents() -> None:
    one = document("A title\n\nThe lamp fund pays for the light.\n")
    documents = tuple(replace(one, id=f"{number}.txt") for number in range(8000))
    start = time.process_time()
    added = corrected(Pack("p", "p", "", None, documents), AddName((PROGRAMME, "lamp fund"), "0.txt", Span(0, 1)))
    assert time.process_time() - start < 3
    assert len(added.mentions) == 8000


def test_an_added_name_within_a_longer_one_holds_only_where_the_officer_pointed() -> None:
    pack = pack_of("A title\n\nThe Port Authority of Porto met the Port Authority of Porto.\n")
    text = pack.documents[0].text
    last = Span(text.rindex("Porto"), text.rindex("Porto") + 5)
    added = corrected(pack, AddName((PLACE, "Porto"), "0.txt", last))
    assert [(mention.text, mention.type) for mention in added.mentions] == [
        ("Port Authority of Porto", ORG),
        ("Porto", PLACE),
    ]
    assert added.mentions[1].span == last


def test_of_added_names_that_overlap_the_one_that_was_pointed_at_holds_else_the_longer() -> None:
    pack = pack_of("A title\n\nToday lend two tugs go. Tomorrow lend two tugs go.\n")
    text = pack.documents[0].text
    first, last = text.index("two tugs"), text.rindex("lend two")
    names: list[Decision] = [
        AddName((EVENT, "lend two"), "0.txt", Span(last, last + 8)),
        AddName((EVENT, "two tugs"), "0.txt", Span(first, first + 8)),
        AddName((EVENT, "two tugs go"), "0.txt", Span(0, 1)),
    ]
    for said in (names, names[::-1]):
        events = [mention for mention in corrected(pack, *said).mentions if mention.type is EVENT]
        assert [(mention.span.start, mention.text) for mention in events] == [(first, "two tugs"), (last, "lend two")]
    events = [mention for mention in corrected(pack, names[1], names[2]).mentions if mention.type is EVENT]
    assert [mention.text for mention in events] == ["two tugs", "two tugs go"]


def test_of_three_names_in_a_row_the_longest_leaves_room_for_none_that_it_touches() -> None:
    pack = pack_of("A title\n\nNow a bb ccc dddd goes.\n")
    names = [AddName((EVENT, words), "", Span(0, 0)) for words in ("a bb", "bb ccc", "ccc dddd")]
    assert [mention.text for mention in corrected(pack, *names).mentions] == ["a bb", "ccc dddd"]


def test_code_takes_no_added_name_from_the_words_before_it() -> None:
    pack = Pack("p", "p", "", None, (parse_document("a.md", b"The lamp `lamp` fund and lamp fund.\n"),))
    added = corrected(
        pack, AddName((PROGRAMME, "lamp"), "", Span(0, 0)), AddName((PROGRAMME, "lamp fund"), "", Span(0, 0))
    )
    assert [mention.text for mention in added.mentions] == ["lamp", "lamp fund"]


def test_names_that_were_added_are_not_looked_for_again_for_another_decision() -> None:
    events = journal(AddName((PROGRAMME, "lamp fund"), "1.txt", Span(0, 1)), Reject(PORT))
    pack = with_events(pack_of(FIRST, SECOND), events[:1])
    again = with_events(pack, events)
    assert PORT not in names(again)
    assert again.named is pack.named
    assert names(again)[PROGRAMME, "lamp fund"] == 1
    assert names(with_events(pack, ())) == names(pack_of(FIRST, SECOND))


def test_a_name_of_nothing_but_blanks_is_found_nowhere() -> None:
    pack = pack_of(FIRST)
    assert corrected(pack, AddName((EVENT, " \n"), "0.txt", Span(0, 1))).mentions == pack.mentions


def test_an_added_name_takes_the_place_of_shorter_ones() -> None:
    pack = pack_of(FIRST)
    start = pack.documents[0].text.index("Harbour")
    words = "Harbour Authority and the Port Authority"
    added = corrected(pack, AddName((ORG, words), "0.txt", Span(start, start + len(words))))
    assert [mention.text for mention in added.mentions] == ["Andrés Molina", "Lisbon", words, "Lisbon"]


def test_corrections_apply_to_new_documents() -> None:
    decisions = journal(Merge(PORT, HARBOUR), Reject((PLACE, "Lisbon")), Retype((PERSON, "Andrés Molina"), ORG))
    more = with_events(pack_of(FIRST, SECOND, "News\n\nAndrés Molina left the Port Authority for Lisbon.\n"), decisions)
    assert names(more) == {HARBOUR: 4, (ORG, "Andrés Molina"): 3, (ORG, "Port Authority of Porto"): 1}


def test_a_decision_follows_an_entity_that_a_new_document_names_more_fully() -> None:
    alone = "A title\n\nMinister Molina spoke. The Harbour Authority met Mr. Molina.\n"
    assert names(pack_of(alone)) == {(PERSON, "Molina"): 2, HARBOUR: 1}
    full = pack_of(alone, FIRST)
    assert (PERSON, "Molina") not in names(full)
    pack = corrected(full, Retype((PERSON, "Molina"), ORG))
    assert names(pack)[ORG, "Andrés Molina"] == 3


def test_of_two_officers_who_disagree_the_later_one_holds() -> None:
    other: EntityKey = (ORG, "Port Authority of Porto")
    events = [*journal(Merge(PORT, HARBOUR)), *journal(Merge(PORT, other), by="bob@desk")]
    pack = with_events(pack_of(FIRST, SECOND), events)
    assert names(pack)[other] == 3
    assert names(pack)[HARBOUR] == 1


def test_a_decision_on_what_no_document_names_changes_nothing() -> None:
    pack = pack_of(FIRST)
    gone: EntityKey = (ORG, "Lighthouse Board")
    changed = corrected(pack, Merge(gone, PORT), Split(gone, "Board"), Reject(gone), Retype(gone, PLACE))
    assert names(changed) == names(pack)
    assert changed.rejected == ()


def test_undo_and_redo_are_of_the_officer_who_presses_them() -> None:
    merge, reject = journal(Merge(PORT, HARBOUR)), journal(Reject(PORT), by="bob@desk")
    events = [*merge, replace(reject[0], id="b")]
    for officer, id in (("ann@desk", "0"), ("bob@desk", "b")):
        last = undoable(events, officer)
        assert last is not None
        assert last.id == id
    assert undoable(events, "eve@desk") is None


def test_undo_walks_back_and_redo_forth_until_something_else_is_decided() -> None:
    events = journal(Reject(PORT), Reject(HARBOUR), Undo("1"), Undo("0"), Redo("0"))
    assert [event.id for event in standing(events)] == ["0"]
    last, again = undoable(events, "ann@desk"), redoable(events, "ann@desk")
    assert last is not None
    assert again is not None
    assert (last.id, again.id) == ("0", "1")
    events += [Event("9", events[-1].at, "ann@desk", Retype(PORT, PLACE))]
    assert redoable(events, "ann@desk") is None


def test_restoring_is_a_decision_of_its_own_that_is_undone_first() -> None:
    events = journal(Retype(HARBOUR, PLACE), Reject(PORT), Restore("1"))
    assert [event.id for event in standing(events)] == ["0"]
    last = undoable(events, "ann@desk")
    assert last is not None
    assert last.id == "2"
    events += [Event("3", events[-1].at, "ann@desk", Undo("2"))]
    assert [event.id for event in standing(events)] == ["0", "1"]
    again = undoable(events, "ann@desk")
    assert again is not None
    assert again.id == "1"


def test_what_another_officer_took_back_cannot_be_taken_back_again() -> None:
    events = [*journal(Reject(PORT)), Event("b", datetime(2026, 1, 2, tzinfo=UTC), "bob@desk", Undo("0"))]
    assert standing(events) == ()
    assert undoable(events, "ann@desk") is None


def test_taking_everything_back_leaves_what_was_found() -> None:
    pack = pack_of(FIRST, SECOND)
    events = journal(Merge(PORT, HARBOUR), Reject((PLACE, "Lisbon")), Undo("0"), Undo("1"))
    assert with_events(pack, events).mentions == pack.found
    assert with_events(pack, events).entities == pack.entities


KEYS = st.sampled_from(
    [PORT, HARBOUR, (PERSON, "Andrés Molina"), (PLACE, "Lisbon"), (ORG, "Port Authority of Porto"), (PERSON, "Molina")]
)
DECISIONS = st.one_of(
    st.builds(Merge, KEYS, KEYS),
    st.builds(Split, KEYS, st.sampled_from(["Molina", "Port Authority", "Lisbon"])),
    st.builds(Reject, KEYS),
    st.builds(Retype, KEYS, st.sampled_from([PERSON, PLACE, EVENT])),
    st.builds(AddName, st.just((PROGRAMME, "lamp fund")), st.just("1.txt"), st.just(Span(0, 1))),
    st.builds(Undo, st.sampled_from(["0", "1", "2"])),
    st.builds(Redo, st.sampled_from(["0", "1", "2"])),
)


@given(st.lists(DECISIONS, max_size=8))
def test_whatever_is_decided_every_mention_is_kept_or_rejected_and_stays_a_quote(decisions: list[Decision]) -> None:
    pack = corrected(pack_of(FIRST, SECOND), *decisions)
    texts = {one.id: one.text for one in pack.documents}
    rejected = [mention for entity in pack.rejected for mention in entity.mentions]
    everything = [*pack.mentions, *rejected]
    places = {(mention.document, mention.span) for mention in everything}
    assert len(places) == len(everything)
    assert {(mention.document, mention.span) for mention in pack.found} <= places
    assert all(mention.span.slice(texts[mention.document]) == mention.text for mention in everything)
    assert sum(len(entity.mentions) for entity in pack.entities) == len(pack.mentions)
