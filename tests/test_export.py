"""What a pack holds comes out as text that reads back the same, and never acts on a terminal."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.export.formats import FORMATS, as_csv, as_json, as_jsonl, as_markdown, as_table
from briefing.export.rows import (
    Row,
    cell_rows,
    document_rows,
    entity_rows,
    evidence_rows,
    hit_rows,
    matrix_rows,
    mention_rows,
    scenario_object,
)
from briefing.export.weighing_rows import linchpin_rows, ranking_rows
from briefing.model import Assessment, Matrix, Origin, Pack, QuoteRef, Rating, Span, Stage, Strike
from briefing.storage.pack_folder import open_pack
from tests.literal_hits import search
from tests.small_pack import small_pack
from tests.weighed_pack import claim, events
from tests.weighed_pack import matrix as weighed_matrix
from tests.weighed_pack import pack as weighed_pack

SEEDS = Path(__file__).parents[1] / "seeds"
HOSTILE = '\x1b]0;x\x07 \u202e\x9b2J\x00\u2028\r\n\tend | \\ , " ; \ud800'
ROWS: list[Row] = [
    {"doc": "a.txt", "start": 3, "text": HOSTILE, "roles": ["x", "y"], "none": None},
    {"doc": "ü|漢.md", "start": 12, "text": "", "roles": [], "none": None},
]
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.text(), max_size=3))


@pytest.fixture
def pack() -> Pack:
    return small_pack()


@pytest.fixture
def matrix(pack: Pack) -> Matrix:
    assert pack.matrix is not None
    return pack.matrix


def acting(text: str) -> list[str]:
    return [f"{ord(one):04X}" for one in text if not one.isprintable() and one != "\n"]


@pytest.mark.parametrize("format", [*FORMATS, "table", "narrow table"])
def test_no_format_lets_a_character_through_that_acts_on_a_terminal(format: str) -> None:
    tables = {"table": as_table(ROWS, None), "narrow table": as_table(ROWS, 60)}
    text = tables[format] if format in tables else FORMATS[format](ROWS)
    assert acting(text) == []
    text.encode()


def test_json_reads_back_the_same() -> None:
    assert json.loads(as_json(ROWS)) == ROWS
    assert as_json({}) == "{}\n"


def test_json_lines_are_one_object_a_line() -> None:
    lines = as_jsonl(ROWS).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == ROWS
    assert lines[-1] == ""
    assert '"doc": "ü|漢.md"' in lines[1]


@settings(max_examples=100)
@given(st.lists(st.dictionaries(st.text(), VALUES, max_size=4), max_size=4))
def test_any_value_survives_json(rows: list[Row]) -> None:
    assert json.loads(as_json(rows)) == rows
    lines = as_jsonl(rows).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == rows
    assert acting(as_json(rows) + as_jsonl(rows)) == []


def test_csv_reads_back_as_shown() -> None:
    heading, first, second = list(csv.reader(io.StringIO(as_csv(ROWS))))
    assert heading == ["doc", "start", "text", "roles", "none"]
    assert first == ["a.txt", "3", '␛]0;x␇ <U+202E><U+009B>2J␀   end | \\ , " ; <U+D800>', "x; y", ""]
    assert second == ["ü|漢.md", "12", "", "", ""]


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_csv_changes_no_word_of_a_quote(word: str) -> None:
    assert list(csv.reader(io.StringIO(as_csv([{"quote": word}]))))[1] == [word.replace("\t", " ")]


def test_markdown_keeps_its_columns_whatever_the_words() -> None:
    lines = as_markdown(ROWS).splitlines()
    assert lines[0] == "| doc | start | text | roles | none |"
    assert lines[1] == "| --- | --- | --- | --- | --- |"
    assert lines[3] == "| ü\\|漢.md | 12 |  |  |  |"
    assert lines[2].startswith(r"| a.txt | 3 | ␛\]0;x␇ \<U+202E\>")
    assert "end \\| \\\\ ," in lines[2]


def test_headings_are_made_safe_as_cells_are() -> None:
    rows: list[Row] = [{"# a|b\n*c* &lt;~~d~~": "# e|f\ng &amp; ~~h~~", "\x1b[2J": {"\u202e_": 1}}]
    heading, line, cells = as_markdown(rows).splitlines()
    assert heading == r"| # a\|b \*c\* \&lt;\~\~d\~\~ | ␛\[2J.\<U+202E\>\_ |"
    assert line == "| --- | --- |"
    assert cells == r"| # e\|f g \&amp; \~\~h\~\~ | 1 |"
    names = ["# a|b *c* &lt;~~d~~", "␛[2J.<U+202E>_"]
    assert next(csv.reader(io.StringIO(as_csv(rows)))) == names
    assert all(name in as_table(rows, None).splitlines()[0] for name in names)
    assert as_table(rows, 16).startswith("# a|b *c*\n")
    assert acting(as_table(rows, 16) + as_table(rows, None) + as_csv(rows) + as_markdown(rows)) == []


def test_a_table_shows_only_columns_with_something_in_them() -> None:
    lines = as_table(ROWS, None).splitlines()
    assert lines[0].split() == ["doc", "start", "text", "roles"]
    assert len(lines) == 3
    assert lines[2].startswith("ü|漢.md     12")


def test_a_table_without_a_terminal_is_as_wide_as_it_needs() -> None:
    long = "word " * 60 + "end"
    assert as_table([{"quote": long, "n": 1}], None).splitlines()[1] == long + "  1"


def test_a_table_for_a_terminal_fits_it() -> None:
    lines = as_table([{"quote": "word " * 60 + "end", "n": 1}], 40).splitlines()
    assert max(map(len, lines)) <= 40
    assert lines[-1] == "end" or "end" in " ".join(lines)


NESTED: list[Row] = [
    {
        "id": 1,
        "one": {"doc": "a.txt", "words": {"start": 3, "text": "two"}, "struck": False},
        "cues": [{"label": "stage", "start": 3}, {"label": "role", "start": 5}],
        "note": None,
    },
    {"id": 2, "one": {"doc": "b.txt", "words": {"start": 7, "text": "one"}, "struck": True}, "cues": [], "note": None},
]


def test_a_value_within_another_has_a_column_of_its_own() -> None:
    heading, first, second = list(csv.reader(io.StringIO(as_csv(NESTED))))
    assert heading == ["id", "one.doc", "one.words.start", "one.words.text", "one.struck", "cues", "note"]
    assert first == ["1", "a.txt", "3", "two", "False", "stage 3; role 5", ""]
    assert second == ["2", "b.txt", "7", "one", "True", "", ""]
    assert as_markdown(NESTED).splitlines()[0] == f"| {' | '.join(heading)} |"
    assert as_markdown(NESTED).splitlines()[3] == "| 2 | b.txt | 7 | one | True |  |  |"
    assert as_table(NESTED, None).splitlines()[1].split() == [*first[:5], "stage", "3;", "role", "5"]


def test_a_table_that_does_not_fit_is_a_block_of_lines_for_each_row() -> None:
    assert as_table(NESTED, 80).splitlines()[2].split() == ["2", "b.txt", "7", "one", "True"]
    assert as_table(NESTED, 40).splitlines() == [
        "id: 1",
        "one.doc: a.txt",
        "one.words.start: 3",
        "one.words.text: two",
        "one.struck: False",
        "cues: stage 3; role 5",
        "",
        "id: 2",
        "one.doc: b.txt",
        "one.words.start: 7",
        "one.words.text: one",
        "one.struck: True",
    ]


def test_no_word_of_a_table_is_broken_but_one_longer_than_the_terminal() -> None:
    row: Row = {"Constitution": "low", "Relations": "a quote of words that goes on", "long": "港" * 15}
    assert as_table([row], 70).splitlines()[0].split() == ["Constitution", "Relations", "long"]
    assert as_table([row], 20).splitlines() == [
        "Constitution: low",
        "Relations: a quote",
        "of words that goes",
        "on",
        "long:",
        "港" * 10,
        "港" * 5,
    ]


def test_words_in_brackets_are_no_markup() -> None:
    text = as_table([{"quote": '"[sic] yes" [1] [bold]x[/bold] [link=x]y :smile:'}], None)
    assert '"[sic] yes" [1] [bold]x[/bold] [link=x]y :smile:' in text


@pytest.mark.parametrize("write", [as_jsonl, as_csv, as_markdown, lambda rows: as_table(rows, None)])
def test_nothing_is_written_as_nothing(write: object) -> None:
    assert callable(write)
    assert write([]) == ""


# Rows


def test_the_row_of_a_document(pack: Pack) -> None:
    news, note = document_rows(pack)
    assert news == {
        "doc": "news.md",
        "label": "News: tugs",
        "title": "Harbour news",
        "date": "2024-05-01",
        "origin": "a paper",
        "format": "markdown",
        "words": 22,
        "characters": len(pack.documents[0].text),
        "sections": ["Harbour news"],
        "sha256": pack.documents[0].digest,
        "problems": [],
        "state": "new",
        "state_by": None,
        "state_before": None,
    }
    assert note["problems"] == ["notes/note.txt: 2 control or invisible characters are shown as pictures"]
    assert (note["date"], note["origin"]) == (None, None)


def test_the_rows_of_mentions_and_entities(pack: Pack) -> None:
    assert mention_rows(pack)[1] == {
        "doc": "news.md",
        "start": pack.mentions[1].span.start,
        "end": pack.mentions[1].span.end,
        "line": 5,
        "text": "港湾局",
        "type": "ORG",
        "canonical": "Port Authority",
    }
    assert entity_rows(pack)[0] == {
        "name": "Port Authority",
        "type": "ORG",
        "mentions": 3,
        "documents": ["news.md", "notes/note.txt"],
        "aliases": ["港湾局"],
    }


def test_the_row_of_a_claim(pack: Pack) -> None:
    row = evidence_rows(pack)[0]
    assert list(row) == [
        *("doc", "start", "end", "line", "quote", "roles", "constraints", "stance", "status", "stage"),
        *("voice", "as_of", "heading", "struck", "cues"),
    ]
    assert row["quote"] == "The **Port Authority** may lend *two tugs*, which the law limits [sic]."
    assert (row["line"], row["roles"], row["stance"], row["status"]) == (3, ["tugs"], "limits", "possible")


def test_the_scenario_as_one_object(matrix: Matrix) -> None:
    value = scenario_object(matrix)
    assert json.loads(as_json(value)) == value
    assert value["constraints"] == [
        {"id": "law", "name": "Law"},
        {"id": "cost", "name": "Cost of everything"},
        {"id": "time", "name": "Time"},
    ]
    cells = cell_rows(matrix)
    assert value["cells"] == cells
    assert [(cell["role"], cell["constraint"], cell["basis"]) for cell in cells] == [
        ("tugs", "law", "direct"),
        ("tugs", "cost", "direct"),
        ("tugs", "time", "none"),
        ("pilots", "law", "none"),
        ("pilots", "cost", "inherited"),
        ("pilots", "time", "none"),
    ]
    assert [(cell["rating"], cell["confidence"], cell["drafted"]) for cell in cells[:3]] == [
        ("moderate", "low", True),
        ("blocking", None, False),
        (None, None, None),
    ]
    assert (cells[1]["direct"], cells[1]["inherited"], cells[1]["origins"]) == (1, 1, 2)


def test_the_matrix_as_a_table_marks_drafts_and_inherited_quotes(matrix: Matrix) -> None:
    assert matrix_rows(matrix) == [
        {
            "role": "Tugs",
            "status": "done",
            "as_of": None,
            "Law": "moderate? 1 /1",
            "Cost of everything": "blocking 1 ~1 /2",
            "Time": "—",
        },
        {
            "role": "Pilots and 港湾 masters",
            "status": "—",
            "as_of": None,
            "Law": "—",
            "Cost of everything": "· ~1 /1",
            "Time": "—",
        },
    ]


def test_the_matrix_as_a_table_dates_the_status(matrix: Matrix) -> None:
    dated = replace(matrix, rows=(replace(matrix.rows[0], as_of="2024-03"), matrix.rows[1]))
    assert [row["as_of"] for row in matrix_rows(dated)] == ["2024-03", None]
    assert as_table(matrix_rows(dated), None).splitlines()[0].split()[:3] == ["role", "status", "as_of"]


def test_the_ranking_names_what_nobody_has_rated(pack: Pack) -> None:
    not_rated = {row["role"]: row["not_rated"] for row in ranking_rows(pack)}
    assert not_rated == {"tugs": ["time"], "pilots": ["law", "cost", "time"]}


def test_the_matrix_as_a_table_marks_rivals_conflicts_and_changes(matrix: Matrix) -> None:
    rival = Assessment("tugs", "law", Rating.HIGH, None, "", "bob@desk")
    marked = replace(matrix.cell("tugs", "law"), rivals=(rival, rival), conflicts=("x",), changes=("A report struck",))
    unseen = replace(matrix.cell("tugs", "time"), assessment=rival)
    first, second = matrix.rows
    (row, _) = matrix_rows(replace(matrix, rows=(replace(first, cells=(marked, first.cells[1], unseen)), second)))
    assert (row["Law"], row["Time"]) == ("moderate? ≠high 1 /1 ! *", "high")


def test_the_rows_of_evidence_say_what_was_struck(pack: Pack) -> None:
    quote = pack.claims[1]
    struck = replace(pack, events=tuple(events(Strike("notes/note.txt"), Strike("news.md", quote.span, quote.quote))))
    assert [row["struck"] for row in evidence_rows(pack)] == [False] * 4
    assert [row["struck"] for row in evidence_rows(struck)] == [False, True, True, True]


def test_a_status_is_held_up_by_the_sentences_of_the_body_at_its_stage() -> None:
    claims = [
        claim("c.txt", "Relief has gone.", "relief", stage=stage, heading=heading)
        for stage, heading in ((Stage.DONE, False), (Stage.POSSIBLE, False), (Stage.DONE, True))
    ]
    origins = (Origin(("a.txt",)), Origin(("c.txt",)))
    held = replace(weighed_pack(), matrix=weighed_matrix(claims=claims, origins=origins), origins=origins)
    assert linchpin_rows(held) == [
        {"documents": ["c.txt"], "role": "relief", "constraint": None, "holds": "done", "quotes": 1}
    ]


def test_a_cell_without_sentences_is_held_up_by_the_quotes_it_was_rated_on() -> None:
    rated_on = [QuoteRef("c.txt", words) for words in ("Relief has gone.", "Relief", "gone")]
    strike = Strike("c.txt", Span(0, 6), "Relief")
    origins = (Origin(("a.txt",)), Origin(("c.txt",)))
    drafts = [Assessment("loans", "cost", Rating.LOW, quotes=tuple(rated_on))]
    matrix = weighed_matrix(claims=(), drafts=drafts, origins=origins)
    held = replace(weighed_pack(), matrix=matrix, origins=origins)
    assert [(row["role"], row["constraint"], row["quotes"]) for row in linchpin_rows(held)] == [("loans", "cost", 3)]
    struck = weighed_matrix(*events(strike), claims=(), drafts=drafts, origins=origins)
    assert [row["quotes"] for row in linchpin_rows(replace(held, matrix=struck))] == [1]


# The contract of offsets


def misquoted(rows: list[Row], pack: Pack, key: str) -> list[Row]:
    texts = {document.id: document.text for document in pack.documents}
    wrong = []
    for row in rows:
        start, end = row["start"], row["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        text = texts[str(row["doc"])]
        if text[start:end] != row[key] or row["line"] != text.count("\n", 0, start) + 1:
            wrong.append(row)
    return wrong


@pytest.fixture(scope="module")
def seeds() -> Pack:
    return open_pack([SEEDS])


@pytest.mark.parametrize("name", ["small", "seeds"])
def test_characters_from_start_to_end_are_the_quote(name: str, seeds: Pack) -> None:
    pack = seeds if name == "seeds" else small_pack()
    assert pack.matrix is not None
    assert len(pack.mentions) >= 5
    assert misquoted(mention_rows(pack), pack, "text") == []
    assert misquoted(evidence_rows(pack), pack, "quote") == []
    quotes = [quote for cell in cell_rows(pack.matrix) for quote in _quotes(cell)]
    assert len(quotes) >= 3
    assert misquoted(quotes, pack, "quote") == []


def test_the_offsets_survive_the_way_through_json_lines(seeds: Pack) -> None:
    rows = [json.loads(line) for line in as_jsonl(evidence_rows(seeds)).splitlines()]
    assert misquoted(rows, seeds, "quote") == []
    assert len(rows) == len(seeds.claims)


def test_hits_show_what_is_around_them(pack: Pack) -> None:
    (row,) = hit_rows(search(pack.documents, "LENT  its"))
    assert (row["doc"], row["line"], row["text"]) == ("notes/note.txt", 2, "lent its")
    assert (row["before"], row["after"]) == ("The Port Authority ", " tugs in March.")
    assert misquoted([row], pack, "text") == []


def _quotes(cell: Row) -> list[Row]:
    quotes = cell["quotes"]
    assert isinstance(quotes, list)
    return quotes
