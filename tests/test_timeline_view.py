"""The timeline as it is drawn and exported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from briefing.analysis.timeline import timeline_of
from briefing.export.rows import timeline_rows
from briefing.model import Pack, Span, Stage, Strike
from briefing.rendering.entry import Entry
from briefing.rendering.line import plain, width_of
from briefing.rendering.strikes import Struck
from briefing.rendering.timeline import timeline_entries
from tests.dated_text import claim_on, dated_document, dates_of
from tests.small_pack import small_pack
from tests.weighed_pack import events

TODAY = date(2026, 6, 1)


LONG = """\
That night the harbour council of Calm, which had talked of it all through a long and rainy night, said that it will \
lend six of its tugs by the end of July 2021. It met in 2019. 港湾局は長い夜を通して話し合いました港湾局は長い夜を通し\
て話し合いました港湾局は長い夜を通して話し合いました since 2018 港湾局は長い夜を通して話し合いました港湾局は長い夜を.

The tugs were old [sic] several years ago. Tugs \x1b[31mcost\x1b[0m money.
"""


def _drawn(width: int, as_of: date | None = TODAY) -> list[Entry]:
    document = dated_document(LONG, "2021-03-04", label="Minutes of the harbour council")
    claims = [claim_on(document, "That night", Stage.PLANNED), claim_on(document, "Tugs", Stage.UNCLEAR)]
    entries = timeline_of([document], dates_of(document), claims, as_of)
    return timeline_entries(entries, [document], as_of, width)


def test_the_timeline_is_drawn_by_year() -> None:
    lines = [plain(line) for entry in _drawn(78) for line in entry.lines]

    assert [line.rstrip() for line in lines] == [
        "2018  1 entry",
        "2018               unclear    Minutes of the harbour council, line 1",
        "  “…湾局は長い夜を通して話し合いました since 2018 港湾局は長い夜を通して話し…",
        "2019  1 entry",
        "2019               unclear    Minutes of the harbour council, line 1",
        "  “It met in 2019.”",
        "2021  2 entries",
        "written 2021-03-04 unclear    Minutes of the harbour council, line 3",
        "  “Tugs ␛[31mcost␛[0m money.”",
        "2021-07            planned    OVERDUE  Minutes of the harbour council, line 1",
        "  “…ny night, said that it will lend six of its tugs by the end of July 2021.”",
        "── as of 2026-06-01 ──",
        "UNDATED  1 entry",
        "undated            unclear    “several years ago”  Minutes of the har…, line 3",
        "  “The tugs were old [sic] several years ago.”",
    ]


@pytest.mark.parametrize("width", [20, 40, 78, 140])
def test_no_line_is_wider_than_it_may_be(width: int) -> None:
    assert max(width_of(line) for entry in _drawn(width) for line in entry.lines) <= width


@pytest.mark.parametrize("width", [78, 140])
def test_the_words_of_the_date_are_seen_and_underlined(width: int) -> None:
    marked = [
        piece.text for entry in _drawn(width) for line in entry.lines for piece in line if piece.style == "target"
    ]

    assert marked == ["2018", "2019", "July 2021", "several years ago"]


@pytest.mark.parametrize(
    ("as_of", "before"), [(date(2018, 5, 1), "2019  1 entry"), (date(2017, 1, 1), "2018  1 entry")]
)
def test_the_line_of_today_stands_at_its_place(as_of: date, before: str) -> None:
    lines = [plain(entry.lines[0]) for entry in _drawn(78, as_of)]

    assert lines[lines.index(f"── as of {as_of} ──") + 1] == before


def test_values_are_places_and_nothing_else_can_be_chosen() -> None:
    document = dated_document("It met in 2014.\n", label="Note")

    drawn = timeline_entries(timeline_of([document], dates_of(document), []), [document], None, 78)

    assert [entry.value for entry in drawn] == [None, ("a.txt", Span(0, 15))]


@pytest.mark.parametrize(
    ("struck", "crossed"),
    [
        ([], []),
        (["a.txt"], ["“It will move in 2014.”", "“It sinks in 2031.”"]),
        ([("a.txt", "It sinks in 2031.")], ["“It sinks in 2031.”"]),
        (["b.txt", ("b.txt", "It sinks in 2031.")], []),
    ],
)
def test_what_was_struck_is_struck_through(struck: Struck, crossed: list[str]) -> None:
    document = dated_document("It will move in 2014. It sinks in 2031.\n", label="Note")
    claims = [claim_on(document, "It will", Stage.PLANNED)]
    entries = timeline_of([document], dates_of(document), claims, TODAY)
    drawn = [one for one in timeline_entries(entries, [document], TODAY, 78, struck) if one.value]

    quotes = [[piece for piece in entry.lines[1] if "struck" in piece.style.split()] for entry in drawn]
    assert [plain(tuple(pieces)) for pieces in quotes if pieces] == crossed
    marked = [("STRUCK" in plain(entry.lines[0]), "OVERDUE" in plain(entry.lines[0])) for entry in drawn]
    assert marked == [(bool(pieces), not pieces and number == 0) for number, pieces in enumerate(quotes)]


def test_an_empty_timeline_says_so() -> None:
    (entry,) = timeline_entries((), (), None, 78)

    assert plain(entry.lines[0]) == "No sentence names a date, and none speaks of a role or a constraint."


def test_rows_of_the_timeline() -> None:
    document = dated_document("\nIt met this fall.\n", "2021-03")
    pack = Pack("p", "P", "", TODAY, (document,))
    entries = timeline_of(pack.documents, dates_of(document), [claim_on(document, "It met", Stage.PLANNED)], TODAY)

    assert timeline_rows(entries, pack) == [
        {
            "date": "2021-09",
            "until": "2021-11",
            "inferred": True,
            "overdue": True,
            "stage": "planned",
            "roles": ["drill"],
            "doc": "a.txt",
            "start": 1,
            "end": 18,
            "line": 2,
            "quote": "It met this fall.",
            "words": "this fall",
            "struck": False,
        }
    ]
    struck = replace(pack, events=tuple(events(Strike("a.txt", Span(1, 18), "It met this fall."))))
    assert [row["struck"] for row in timeline_rows(entries, struck)] == [True]


def test_every_quote_of_a_pack_is_where_it_is_said_to_be() -> None:
    pack = small_pack()
    entries = timeline_of(pack.documents, pack.mentions, pack.claims, pack.as_of)
    sentences = {
        (document.id, span) for document in pack.documents for block in document.blocks for span in block.sentences
    }

    assert [one.date for one in entries] == ["2024-05-01", "2024-05-01", None, None]
    for entry, row in zip(entries, timeline_rows(entries, pack), strict=True):
        text = pack.document(entry.document).text
        assert (entry.document, entry.span) in sentences
        assert row["quote"] == text[entry.span.start : entry.span.end]
        assert row["words"] == (text[entry.words.start : entry.words.end] if entry.words else None)
