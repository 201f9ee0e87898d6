"""The card of an entity, and where two entities meet: what is on them, and how they are drawn."""

from __future__ import annotations

import pytest

from briefing.analysis.card import Card, Companion, card_of, entities_called
from briefing.analysis.meetings import Together, meetings
from briefing.extraction.entities import group_entities
from briefing.extraction.entities.dates import iso_of
from briefing.model import Description, Document, Entity, EntityType, Mention, Pack, Span
from briefing.parsing import parse_document
from briefing.parsing.visible import is_safe
from briefing.rendering.card import card_entries, card_title, meeting_entries
from briefing.rendering.entry import Entry
from briefing.rendering.line import plain, width_of

PERSON, PLACE, ORG, DATE = EntityType.PERSON, EntityType.PLACE, EntityType.ORG, EntityType.DATE

LOG = """\
# Holm in Bergen

Norwegian minister **Holm** came to Bergen in May. The Coast Guard met Eva Holm there on May 4, 2021, and Holm spoke
of Bergen in 2021.

The Coast Guard stayed in Oslo for the whole of that year. Then it left for the north. Holm had gone home long before.
"""
LETTER = "To all whom it may concern.\n\nThe harbour master wrote that Holm\x1b[2J had come by sea in the year 2019.\n"
NAMES = (
    ("Holm", PERSON, "Eva Holm"),
    ("Eva Holm", PERSON, "Eva Holm"),
    ("Bergen", PLACE, "Bergen"),
    ("Oslo", PLACE, "Oslo"),
    ("Norwegian", EntityType.DEMONYM, "Norway"),
    ("Coast Guard", ORG, "Coast Guard"),
    ("May 4, 2021", DATE, "May 4, 2021"),
    ("in May", DATE, "May"),
    ("2021", DATE, "2021"),
    ("2019", DATE, "2019"),
)
LONG = "one of the very few harbour masters who have never once in all their many years at sea come late to dinner"


def found_in(document: Document) -> list[Mention]:
    """Every name of the list where it stands, the longest where several do."""
    found: list[Mention] = []
    for place in range(len(document.text)):
        if found and place < found[-1].span.end:
            continue
        here = [name for name in NAMES if document.text.startswith(name[0], place)]
        if here:
            words, type, canonical = max(here, key=lambda name: len(name[0]))
            found.append(Mention(document.id, Span(place, place + len(words)), words, type, canonical))
    return found


@pytest.fixture
def pack() -> Pack:
    documents = (
        parse_document("log.md", LOG.encode(), label="Log of the coast", date="2021-06"),
        parse_document("letter.txt", LETTER.encode(), label="Letter"),
    )
    mentions = tuple(mention for document in documents for mention in found_in(document))
    return Pack("coast", "Coast", "", None, documents, mentions=mentions, entities=group_entities(mentions, documents))


def entity(pack: Pack, name: str) -> Entity:
    (one,) = [one for one in pack.entities if one.name == name]
    return one


@pytest.fixture
def card(pack: Pack) -> Card:
    return card_of(entity(pack, "Eva Holm"), pack)


def texts(entries: list[Entry]) -> list[str]:
    return [plain(line).rstrip() for entry in entries for line in entry.lines]


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("May 29, 2026", "2026-05-29"),
        ("March 15-17, 2022", "2022-03-15"),
        ("week of May 4, 2026", "2026-05-04"),
        ("July 2024", "2024-07"),
        ("2021", "2021"),
        ("2021-2023", "2021"),
        ("2021-23", "2021"),
        ("fall 2021", "2021"),
        ("2020s", "2020"),
        ("February 30, 2021", None),
        ("March 17", None),
        ("last week", None),
        ("Wednesday", None),
        ("Easter 2021", None),
    ],
)
def test_the_name_of_a_date_is_a_date(name: str, iso: str | None) -> None:
    assert iso_of(name) == iso


def test_a_card_says_what_the_documents_call_it(card: Card) -> None:
    assert [(one.text, one.document) for one in card.descriptions] == [("Norwegian minister", "log.md")]
    assert card.forms == (("Holm", 5),)


def test_dates_are_those_of_the_sentences_and_can_be_found_again(pack: Pack, card: Card) -> None:
    assert card.first is not None
    assert card.last is not None
    assert (card.first.iso, card.last.iso) == ("2019", "2021-05-04")
    for dated, words in ((card.first, "2019"), (card.last, "May 4, 2021")):
        assert dated.span is not None
        assert pack.document(dated.document).quote(dated.span) == words


def test_without_a_date_in_a_sentence_that_of_the_document_stands(pack: Pack) -> None:
    oslo = card_of(entity(pack, "Oslo"), pack)
    assert oslo.first == oslo.last
    assert oslo.first is not None
    assert (oslo.first.iso, oslo.first.document, oslo.first.span) == ("2021-06", "log.md", None)


def test_a_document_without_a_date_in_a_sentence_stands_by_its_own_beside_the_others() -> None:
    texts = {"a.txt": "Holm spoke in the year 2019.", "b.txt": "Holm spoke again.", "c.txt": "Holm was silent.\n"}
    dates = {"a.txt": "2024-02-03", "b.txt": "2023-04", "c.txt": None}
    documents = tuple(parse_document(id, text.encode(), date=dates[id]) for id, text in texts.items())
    mentions = tuple(mention for document in documents for mention in found_in(document))
    entities = group_entities(mentions, documents)
    holm = next(one for one in entities if one.name == "Eva Holm")
    card = card_of(holm, Pack("p", "p", "", None, documents, mentions=mentions, entities=entities))
    assert card.first is not None
    assert card.last is not None
    assert (card.first.iso, card.first.document) == ("2019", "a.txt")
    assert (card.last.iso, card.last.document, card.last.span) == ("2023-04", "b.txt", None)


def test_a_date_is_dated_by_itself(pack: Pack) -> None:
    day = card_of(entity(pack, "May 4, 2021"), pack)
    assert day.first == day.last
    assert day.first is not None
    assert day.first.iso == "2021-05-04"
    assert [one.key[1] for one in day.companions] == ["Bergen", "Coast Guard", "Eva Holm"]


def test_companions_share_a_sentence_of_the_text(card: Card) -> None:
    assert card.companions == (Companion((PLACE, "Bergen"), 2), Companion((ORG, "Coast Guard"), 1))


def test_mentions_are_grouped_by_document(card: Card) -> None:
    assert [[mention.document for mention in group] for group in card.mentions] == [
        ["log.md"] * 5,
        ["letter.txt"],
    ]


def test_names_are_found_whole_first_whatever_their_accents() -> None:
    port = Entity(ORG, "Port", ("Hafen",), ())
    other = Entity(PLACE, "Port", (), ())
    report = Entity(EntityType.LAW, "Port Act", (), ())
    crete = Entity(PLACE, "Kríti", (), ())
    entities = (report, port, other, crete)
    assert entities_called(entities, "PORT") == ((port, other), (report,))
    assert entities_called(entities, "hafen") == ((port,), ())
    assert entities_called(entities, " kriti ") == ((crete,), ())
    assert entities_called(entities, "rt") == ((), (report, port, other))
    assert entities_called(entities, "") == ((), ())


def test_two_meet_in_sentences_or_else_in_a_paragraph(pack: Pack) -> None:
    holm, guard, bergen = (entity(pack, name) for name in ("Eva Holm", "Coast Guard", "Bergen"))
    log = pack.document("log.md")
    found = [
        (log.quote(one.span).split()[0], one.span.end, one.together) for one in meetings(holm, guard, pack.documents)
    ]
    first, second = (block.span for block in log.blocks if block.counts and block.level == 0)
    assert found == [("The", first.end, Together.SENTENCE), ("The", second.end, Together.PARAGRAPH)]
    assert meetings(holm, guard, pack.documents) == meetings(guard, holm, pack.documents)
    assert [one.together for one in meetings(holm, bergen, pack.documents)] == [Together.SENTENCE] * 2
    assert meetings(bergen, entity(pack, "2019"), pack.documents) == ()


def test_a_card_in_lines(pack: Pack, card: Card) -> None:
    assert card_title(card) == "Eva Holm  PERSON  6 mentions in 2 documents"
    entries = card_entries(card, pack.documents, 72)
    assert texts(entries) == [
        "is      Norwegian minister  Log of the coast, line 3",
        "also    “Holm” 5",
        "first   2019  “2019”  Letter, line 3",
        "last    2021-05-04  “May 4, 2021”  Log of the coast, line 3",
        "with    Bergen 2, Coast Guard 1",
        "Log of the coast  2021-06",
        "   1 Holm in Bergen",
        "   3 Norwegian minister Holm came to Bergen in May. The Coast Guard met…",
        "   3 …in May. The Coast Guard met Eva Holm there on May 4, 2021, and Ho…",
        "   3 …t Eva Holm there on May 4, 2021, and Holm spoke of Bergen in 2021.",
        "   6 … year. Then it left for the north. Holm had gone home long before.",
        "Letter  undated",
        "   3 The harbour master wrote that Holm␛[2J had come by sea in the year…",
        "MENTIONED WITH  in the same sentence",
        "   2 Bergen  PLACE",
        "   1 Coast Guard  ORG",
    ]


def test_every_choice_on_a_card_leads_to_its_words(pack: Pack, card: Card) -> None:
    places = [(one.document, one.span) for one in card.descriptions]
    places += [(one.document, one.span) for one in (card.first, card.last) if one and one.span]
    places += [(mention.document, mention.span) for group in card.mentions for mention in group]
    values = [entry.value for entry in card_entries(card, pack.documents, 72) if entry.value is not None]
    assert values == [*places, (PLACE, "Bergen"), (ORG, "Coast Guard")]
    assert [pack.document(id).quote(span) for id, span in places] == [
        *("Norwegian minister", "2019", "May 4, 2021"),
        *("Holm", "Holm", "Eva Holm", "Holm", "Holm", "Holm"),
    ]


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (160, f"is      {LONG}  Log of the coast and the sea, line 3"),
        (140, f"is      {LONG[:93]}…  Log of the coast and the sea, line 3"),
        (60, "is      one of the very few harbour maste…  Log of …, line 3"),
        (32, "is      one of the ver…  line 3"),
    ],
)
def test_of_a_long_description_the_words_are_cut_and_not_the_line(width: int, row: str) -> None:
    document = parse_document("log.md", f"# Log\n\nHolm, {LONG}.\n".encode(), label="Log of the coast and the sea")
    start = document.text.index("one")
    said = Description(document.id, Span(start, start + len(LONG)), LONG)
    card = Card(Entity(PERSON, "Eva Holm", (), ()), (said,), (), None, None, (), ())
    assert texts(card_entries(card, (document,), width)) == [row]
    assert len(row) <= width


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
def test_no_line_of_a_card_or_meeting_is_too_wide_or_unsafe(pack: Pack, width: int) -> None:
    holm, guard = entity(pack, "Eva Holm"), entity(pack, "Coast Guard")
    entries = meeting_entries(meetings(holm, guard, pack.documents), pack.documents, holm, guard, width)
    for one in pack.entities:
        entries += card_entries(card_of(one, pack), pack.documents, width)
    lines = [line for entry in entries for line in entry.lines]
    assert len(lines) > 40
    assert [plain(line) for line in lines if width_of(line) > width or not is_safe(plain(line))] == []


def test_a_long_card_lists_as_many_mentions_as_are_asked_for(pack: Pack, card: Card) -> None:
    entries = texts(card_entries(card, pack.documents, 72, most=2))
    assert "  the first 2 of 6 mentions" in entries
    assert sum(line.startswith("   3 ") for line in entries) == 1


def test_a_meeting_shows_both_names(pack: Pack) -> None:
    holm, guard = entity(pack, "Eva Holm"), entity(pack, "Coast Guard")
    found = meetings(holm, guard, pack.documents)
    entries = meeting_entries(found, pack.documents, holm, guard, 60)
    assert texts(entries)[0] == "Log of the coast, line 3  same sentence"
    assert [entry.value for entry in entries] == [(one.document, one.span) for one in found]
    marked = [piece.text for line in entries[0].lines for piece in line if "chosen" in piece.style.split()]
    assert " ".join(marked) == "Coast Guard Eva Holm Holm"
    assert texts(entries[1:])[0] == "Log of the coast, line 6  same paragraph"


def test_of_a_long_paragraph_the_part_with_both_names_is_shown() -> None:
    filler = "Nothing was said of anybody on that day, nor on the day after. " * 20
    text = f"Holm left early. {filler}Then Holm came back. In the end the Coast Guard saw it. {filler}\n"
    document = parse_document("long.txt", text.encode())
    mentions = found_in(document)
    holm, guard = (group_entities([m for m in mentions if m.type is type], [document])[0] for type in (PERSON, ORG))
    (entry,) = meeting_entries(meetings(holm, guard, [document]), [document], holm, guard, 80)
    quote = " ".join(plain(line).strip() for line in entry.lines[1:])
    assert "Holm came back. In the end the Coast Guard saw it." in quote
    assert quote.startswith("“…")
    assert quote.endswith("…”")
    assert len(quote) < 520


def test_the_card_of_a_person_in_the_seeds(seeds_pack: Pack) -> None:
    taran = next(one for one in seeds_pack.entities if one.name == "Andrii Taran")
    card = card_of(taran, seeds_pack)
    assert [one.text for one in card.descriptions] == ["Ukrainian Defense Minister"]
    assert card.forms == (("Taran", 2),)
    assert card.first == card.last
    assert card.first is not None
    assert card.first.iso == "2021-03-17"
    assert (PLACE, "Japan") in [one.key for one in card.companions]
