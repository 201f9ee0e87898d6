"""What must hold of any pack, whatever rules read it: shown on the bundled one, and on an invented one."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from briefing.cli import main
from briefing.model import BlockKind, Pack
from briefing.reports import DONE, VIEWS
from briefing.storage.pack_folder import open_pack
from tests.terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent
PACKS = {"seeds": ROOT / "seeds", "sanvere": ROOT / "tests" / "packs" / "sanvere"}
UNSPOKEN = {"seeds": set[str](), "sanvere": {"mapping"}}
"""Roles of which no document says a word."""
QUOTING = {"mentions", "evidence", "scenario", "timeline", "conflicts"}
"""Views that cannot be without a quote."""
MATRIX = {
    "seeds": {
        "direct": ["exercises distance", "exercises russia", "coordination constitution"],
        "inherited": [
            "training cost",
            "medical constitution",
            "logistics safety",
            "demining distance",
            "cyber opinion",
        ],
        "none": ["industry distance", "industry cost", "intelligence distance", "funding distance"],
    },
    "sanvere": {
        "direct": ["sealift season", "sealift fuel", "engineers assembly", "funds crews"],
        "inherited": ["search crews", "mapping assembly", "airfield fuel"],
        "none": ["water fuel", "airfield crews", "mapping season"],
    },
}
"""What some cells rest on, by reading the documents: a sentence on both, on the constraint alone, or none."""
Found = dict[str, Any]


@pytest.fixture(params=PACKS)
def name(request: pytest.FixtureRequest) -> str:
    """Of a pack."""
    return str(request.param)


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    """All packs, read and analysed once."""
    return {name: open_pack([folder]) for name, folder in PACKS.items()}


@pytest.fixture
def pack(name: str, packs: dict[str, Pack]) -> Pack:
    return packs[name]


@pytest.fixture
def texts(name: str, pack: Pack) -> dict[str, str]:
    """The text of each document, read from its file."""
    return {document.id: (PACKS[name] / document.id).read_bytes().decode("utf-8-sig") for document in pack.documents}


def quotes_in(value: object) -> Iterator[Found]:
    """Every object, however deep, that says from where to where its words stand."""
    if isinstance(value, dict):
        if {"doc", "start", "end"} <= value.keys() and ("quote" in value or "text" in value):
            yield value
        for inner in value.values():
            yield from quotes_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from quotes_in(inner)


def quotes_in_columns(row: dict[str, str]) -> Iterator[Found]:
    """The quotes in a row of columns, as objects; "one.words.text" belongs to "one.words.start" and "one.doc"."""
    for name, value in row.items():
        *above, last = name.split(".")
        if last in ("quote", "text"):
            found: Found = {"quote": value}
            for key in ("doc", "start", "end"):
                nearest = (".".join((*above[:depth], key)) for depth in range(len(above), -1, -1))
                found[key] = next((row[one] for one in nearest if one in row), "")
            if found["start"] or value:
                yield found


def as_printed(words: str) -> str:
    """Words on one line: what all formats but JSON make of them."""
    return " ".join(words.splitlines())


def printed(view: str, name: str, format: str, capsys: pytest.CaptureFixture[str]) -> str:
    """A view of a pack as text, of which nothing is wrong."""
    assert main([view, str(PACKS[name]), "--format", format]) == DONE
    out, err = capsys.readouterr()
    assert err == ""
    return out


def cells_of(line: str) -> Sequence[str]:
    """The cells of a row of a Markdown table, as they are shown."""
    return [re.sub(r"\\(.)", r"\1", cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_it_opens_without_a_problem(pack: Pack) -> None:
    assert pack.problems == ()
    assert [document.problems for document in pack.documents] == [()] * len(pack.documents)
    assert len(pack.documents) >= 3


@pytest.mark.parametrize("format", ["json", "jsonl"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_quote_that_is_printed_stands_in_its_file(
    view: str, format: str, name: str, texts: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(view, name, format, capsys)
    values = [json.loads(out)] if format == "json" else [json.loads(line) for line in out.splitlines()]
    quotes = list(quotes_in(values))
    assert quotes or view not in QUOTING
    for found in quotes:
        words = found["quote"] if "quote" in found else found["text"]
        if found["start"] is None:
            assert words is None
            continue
        assert texts[found["doc"]][found["start"] : found["end"]] == words
        if "line" in found:
            assert texts[found["doc"]].count("\n", 0, found["start"]) + 1 == found["line"]


@pytest.mark.parametrize("format", ["csv", "markdown"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_quote_in_columns_stands_in_its_file(
    view: str, format: str, name: str, texts: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(view, name, format, capsys)
    if format == "csv":
        rows = list(csv.DictReader(io.StringIO(out)))
    else:
        lines = [cells_of(line) for line in out.splitlines()]
        rows = [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]
    quotes = [found for row in rows for found in quotes_in_columns(row)]
    assert quotes or view not in QUOTING - {"scenario"}
    for found in quotes:
        assert found["quote"] == as_printed(texts[found["doc"]][int(found["start"]) : int(found["end"])])


@pytest.mark.parametrize("view", VIEWS)
def test_every_quote_in_a_table_is_printed_whole(
    view: str, name: str, texts: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(view, name, "csv", capsys))))
    lines = printed(view, name, "table", capsys).splitlines()[1:]
    assert len(lines) == len(rows)
    for row, line in zip(rows, lines, strict=True):
        for found in quotes_in_columns(row):
            assert as_printed(found["quote"]) in line
            assert found["doc"] in line
            assert found["start"] in line.split()


def test_every_claim_and_mention_is_words_of_its_document(pack: Pack, texts: dict[str, str]) -> None:
    for claim in pack.claims:
        assert claim.span.slice(texts[claim.document]) == claim.quote
        assert all(cue.span.slice(texts[claim.document]).strip() for cue in claim.cues)
    for mention in pack.mentions:
        assert mention.span.slice(texts[mention.document]) == mention.text


def test_the_matrix_has_every_cell_once(pack: Pack) -> None:
    assert pack.scenario is not None
    assert pack.matrix is not None
    wanted = [(role.id, one.id) for role in pack.scenario.roles for one in pack.scenario.constraints]
    assert [(cell.role, cell.constraint) for row in pack.matrix.rows for cell in row.cells] == wanted
    assert len(wanted) >= 24


@pytest.mark.parametrize(("pack_name", "basis"), [(name, basis) for name in MATRIX for basis in MATRIX[name]])
def test_cells_rest_on_what_the_documents_say(pack_name: str, basis: str, packs: dict[str, Pack]) -> None:
    matrix = packs[pack_name].matrix
    assert matrix is not None
    expected = MATRIX[pack_name][basis]
    found = {pair: str(matrix.cell(*pair.split()).basis) for pairs in MATRIX[pack_name].values() for pair in pairs}
    assert [pair for pair, told in found.items() if told == basis] == expected


def test_every_role_the_documents_speak_of_has_evidence_and_no_other(name: str, pack: Pack) -> None:
    assert pack.scenario is not None
    assert pack.matrix is not None
    spoken = [role.id for role in pack.scenario.roles if role.id not in UNSPOKEN[name]]
    assert [row.role.id for row in pack.matrix.rows if row.claims] == spoken
    assert {role for claim in pack.claims for role in claim.roles} == set(spoken)


def test_every_draft_is_in_its_cell(pack: Pack) -> None:
    assert pack.scenario is not None
    assert pack.matrix is not None
    drafts = {(one.role, one.constraint): one for one in pack.scenario.assessments}
    assert len(drafts) >= 5
    for (role, constraint), draft in drafts.items():
        assert pack.matrix.cell(role, constraint).assessment == draft
        assert draft.drafted
        assert draft.quotes


def test_check_finds_nothing_wrong(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(PACKS[name])]) == DONE
    out, err = capsys.readouterr()
    assert err == ""
    assert out.endswith(": every quote verified\n")


def test_it_opens_in_a_terminal(name: str, pack: Pack) -> None:
    assert pack.scenario is not None
    first = pack.scenario.roles[0].name
    with Terminal(str(PACKS[name])) as terminal:
        rows = terminal.wait_for(pack.marking, pack.documents[0].label)
        assert rows[0].strip().startswith(pack.marking)
        terminal.press("2")
        terminal.wait_for("SCENARIO", first)
        terminal.press("q")
        assert terminal.exit_code() == 0


def test_the_invented_pack_is_marked_as_invented_in_every_document() -> None:
    paths = sorted(path for path in PACKS["sanvere"].rglob("*") if path.suffix in {".md", ".txt"})
    assert len(paths) == 5
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            _, front, text = text.split("---\n", 2)
            assert "\nnote: invented document, made up for tests\n" in front
        assert text.splitlines()[0].lower().lstrip("*").startswith("invented document")


def test_the_invented_pack_holds_what_it_was_made_for(packs: dict[str, Pack]) -> None:
    invented = packs["sanvere"]
    assert invented.scenario is not None
    constraints = [{one.id for one in pack.scenario.constraints} for pack in packs.values() if pack.scenario]
    assert constraints[0] & constraints[1] == set()
    assert invented.scenario.actor != getattr(packs["seeds"].scenario, "actor", None)
    dates = {document.id: document.date for document in invented.documents}
    assert dates == {
        "ministry-statement.md": "2031-06-14",
        "gazette-report.txt": "2031-06-16",
        "harbour-wire.txt": "2031-06-17",
        "archive/defence-review-2026.md": "2026-03",
        "opinion.txt": None,
    }
    kinds = {block.kind for document in invented.documents for block in document.blocks}
    wanted = {BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.TABLE_ROW}
    assert kinds >= wanted | {BlockKind.FURNITURE}
    report, wire = invented.document("gazette-report.txt"), invented.document("harbour-wire.txt")
    shared = set(report.text.splitlines()) & set(wire.text.splitlines())
    assert any("70,000 crowns" in line for line in shared)
    assert wire.text.count("according to the Ansel Gazette") == 2
