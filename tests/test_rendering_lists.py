"""Lists, matrix and bars: every line fits, says what it must, and holds nothing that a terminal could act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from briefing.analysis.judgements import judgements, relabelled
from briefing.analysis.matrix import fill_matrix
from briefing.commands import COMMANDS
from briefing.model import (
    Assessment,
    Cell,
    ClaimLabel,
    Constraint,
    Entity,
    EntityType,
    Matrix,
    Mention,
    Pack,
    Problem,
    QuoteRef,
    Rating,
    Relabel,
    Role,
    RoleRow,
    Span,
    Strike,
    Suggestion,
)
from briefing.parsing import parse_document
from briefing.parsing.visible import is_safe
from briefing.rendering.bars import bottom_line, opening_notice, top_line
from briefing.rendering.context import mention_places, place_entries, shown_words, words_in_context
from briefing.rendering.entities import entity_entries
from briefing.rendering.entry import Entry, counted
from briefing.rendering.evidence import cell_entries, role_entries
from briefing.rendering.help import help_lines
from briefing.rendering.line import Line, plain, width_of
from briefing.rendering.matrix import Columns, cell_title, columns_for, heading_line, rating_words, row_line
from briefing.rendering.pages import outline_entries
from tests.small_pack import NEWS, small_pack
from tests.weighed_pack import events

WIDTHS = (40, 60, 80, 100, 120, 200)


@pytest.fixture
def pack() -> Pack:
    return small_pack()


@pytest.fixture
def matrix(pack: Pack) -> Matrix:
    assert pack.matrix is not None
    return pack.matrix


def texts(entries: Iterable[Entry]) -> list[str]:
    return [plain(line).rstrip() for entry in entries for line in entry.lines]


def misfits(entries: Iterable[Entry], width: int) -> list[str]:
    lines = [line for entry in entries for line in entry.lines]
    return [plain(line) for line in lines if width_of(line) > width or not is_safe(plain(line))]


def styles(line: Line) -> dict[str, str]:
    return {piece.text.strip(): piece.style for piece in line}


# Entities


def test_entities_are_grouped_and_say_where_they_are(pack: Pack) -> None:
    entries = entity_entries(pack.entities, pack.documents, "", 34, (EntityType.PLACE, "Port of Calm"))
    assert texts(entries) == [
        "ORGANISATIONS  1",
        "Port Authority                3 ●●",
        "PLACES  1",
        "Port of Calm               ▪  1 ·●",
        "DATES  1",
        "March                         1 ·●",
    ]
    assert [entry.value for entry in entries] == [
        None,
        (EntityType.ORG, "Port Authority"),
        None,
        (EntityType.PLACE, "Port of Calm"),
        None,
        (EntityType.DATE, "March"),
    ]


def test_names_that_begin_with_what_is_wanted_come_first(pack: Pack) -> None:
    def named(name: str, *aliases: str) -> Entity:
        return Entity(EntityType.ORG, name, aliases, ())

    people = [named("Company of Marines"), named("Marine Corps"), named("Submarine Club"), named("Port", "Old Marina")]
    entries = entity_entries(people, pack.documents, "  MARIN", 40)
    assert [line.split("  ")[0].strip() for line in texts(entries)[1:]] == [
        "Marine Corps",
        "Company of Marines",
        "Port",
        "Submarine Club",
    ]
    assert texts(entity_entries(people, pack.documents, "airline", 40)) == []


def test_a_name_too_long_gives_way_to_an_alias_that_fits(pack: Pack) -> None:
    long = Entity(EntityType.ORG, "Directorate of Harbours and Waterways", ("DHW", "Harbour Directorate"), ())
    assert texts(entity_entries([long], pack.documents, "", 32))[1] == "Harbour Directorate         0 ··"
    assert texts(entity_entries([long], pack.documents, "", 15))[1].startswith("DHW ")
    only = Entity(EntityType.ORG, "Directorate of Harbours and Waterways", (), ())
    assert texts(entity_entries([only], pack.documents, "", 20))[1] == "Directorate …   0 ··"


def test_in_a_larger_pack_documents_are_counted(pack: Pack) -> None:
    documents = [parse_document(f"{number}.txt", b"Text.") for number in range(5)]
    mentions = tuple(Mention(f"{number}.txt", Span(0, 4), "Text", EntityType.ORG, "Text") for number in (1, 3))
    entries = entity_entries([Entity(EntityType.ORG, "Text", (), mentions)], documents, "", 30)
    assert texts(entries)[1] == "Text                    2   2d"


@pytest.mark.parametrize("width", [16, 20, 30, 80])
def test_entity_lines_fit(pack: Pack, width: int) -> None:
    odd = Entity(EntityType.ORG, "港湾局港湾局港湾局港湾局\n\x1b[31m港湾局", (), ())
    assert misfits(entity_entries([*pack.entities, odd], pack.documents, "", width)[1::2], width) == []


# Words in context


def test_words_are_shown_without_their_markup(pack: Pack) -> None:
    news, note = pack.documents
    start = NEWS.index("**Port")
    assert shown_words(news, Span(start, start + len("**Port Authority**"))) == "Port Authority"
    assert shown_words(note, pack.claims[3].span) == "Money is short; ␛[31mvery␛[0m short."
    assert shown_words(parse_document("a.txt", b""), Span(0, 0)) == ""


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (80, "The Port Authority may lend two tugs, which the law limits [sic]."),
        (40, "…ority may lend two tugs, which the law…"),
        (24, "…y lend two tugs, which…"),
        (10, "…two tugs…"),
        (8, "two tug…"),
        (5, "two …"),
    ],
)
def test_as_much_is_shown_around_words_as_fits(pack: Pack, width: int, expected: str) -> None:
    news = pack.documents[0]
    start = NEWS.index("two tugs")
    line = words_in_context(news, Span(start, start + 8), width, "hit")
    assert plain(line) == expected
    assert "hit" in [piece.style for piece in line]


@pytest.mark.parametrize("width", [10, 20, 41])
@pytest.mark.parametrize(
    "text", ["漢字" * 60 + "HIT", "HIT" + "漢字" * 60, "漢字" * 60 + "HIT" + "漢字" * 60], ids=["last", "first", "amid"]
)
def test_the_words_stay_in_sight_among_wide_ones(text: str, width: int) -> None:
    document = parse_document("a.txt", text.encode())
    start = text.index("HIT")
    line = words_in_context(document, Span(start, start + 3), width, "hit")
    assert [piece.text for piece in line if piece.style == "hit"] == ["HIT"]
    assert width - 2 <= width_of(line) <= width


def test_places_stand_under_their_documents_with_their_lines(pack: Pack) -> None:
    places = mention_places(pack.documents, pack.entities[0].mentions)
    entries = place_entries(pack.documents, places, 60, "hit")
    assert texts(entries) == [
        "News: tugs  2024-05-01",
        "   3 The Port Authority may lend two tugs, which the law li…",
        "   5 Tugs cost money. 港湾局 said | so.",
        "Note  undated",
        "   2 The Port Authority lent its tugs in March.",
    ]
    assert [entry.value for entry in entries if entry.value] == [
        (mention.document, mention.span) for mention in pack.entities[0].mentions
    ]


def test_the_outline_names_documents_and_sections(pack: Pack) -> None:
    assert texts(outline_entries(pack.documents, "")) == [
        "News: tugs  2024-05-01, news.md",
        "    1   Harbour news",
        "Note  undated, notes/note.txt",
        "    1   Port of Calm",
    ]
    assert texts(outline_entries(pack.documents, "CALM port")) == [
        "Note  undated, notes/note.txt",
        "    1   Port of Calm",
    ]
    assert texts(outline_entries(pack.documents, "nothing like it")) == []


def test_the_name_of_a_file_is_made_safe_in_the_outline() -> None:
    document = parse_document("\x1b[2J.txt", b"just some words.")
    assert texts(outline_entries([document], "")) == ["␛[2J.txt  undated, ␛[2J.txt"]


# Evidence


def test_a_cell_shows_its_verdict_and_its_quotes(pack: Pack, matrix: Matrix) -> None:
    entries = cell_entries(matrix.cell("tugs", "law"), pack.documents, 80)
    assert texts(entries) == [
        "◑ moderate? draft, confidence low: See [1].␛[2J",
        "suggests moderate: 1 direct quote limits, from 1 origin",
        "LIMITS  possible  News: tugs, line 3  author  2024-05-01",
        "  “The Port Authority may lend two tugs, which the law limits [sic].”",
    ]
    assert [entry.value for entry in entries] == [None, (pack.claims[0].document, pack.claims[0].span)]
    quote = entries[1].lines[1]
    assert [piece.text for piece in quote if piece.style == "target"] == ["tugs", "law", "limits"]


def test_direct_and_inherited_quotes_are_told_apart(pack: Pack, matrix: Matrix) -> None:
    lines = texts(cell_entries(matrix.cell("tugs", "cost"), pack.documents, 80))
    assert lines[0] == "● blocking ann@desk"
    assert lines[1].startswith("DIRECT")
    assert lines[3] == "  “Tugs cost money.”"
    assert lines[4].startswith("INHERITED")
    assert lines[6] == "  “Money is short; ␛[31mvery␛[0m short.”"


def test_a_cell_without_evidence_says_so(pack: Pack, matrix: Matrix) -> None:
    (entry,) = cell_entries(matrix.cell("pilots", "time"), pack.documents, 80)
    assert "No sentence" in plain(entry.lines[0])
    assert entry.value is None


def test_a_quote_that_was_struck_says_by_whom(pack: Pack, matrix: Matrix) -> None:
    quote = pack.claims[0]
    cell = replace(matrix.cell("tugs", "law"), direct=(), struck=(quote,))
    held = judgements(events(Strike(quote.document, quote.span, quote.quote)))
    *_, entry = cell_entries(cell, pack.documents, 100, held)
    assert plain(entry.lines[0]).endswith("2024-05-01  struck by ann@desk, 2026-01-01")
    crossed = [piece.text for line in entry.lines[1:] for piece in line if "struck" in piece.style.split()]
    assert "".join(crossed).strip() == "“The Port Authority may lend two tugs, which the law limits [sic].”"
    *_, unnamed = cell_entries(cell, pack.documents, 100)
    assert plain(unnamed.lines[0]).endswith("2024-05-01  struck")


def test_a_quote_that_was_put_right_says_by_whom(pack: Pack, matrix: Matrix) -> None:
    quote = pack.claims[0]
    labels = ((ClaimLabel.STAGE, "done"), (ClaimLabel.STANCE, "enables"))
    made = [
        *events(*(Relabel(quote.document, quote.span, quote.quote, *one) for one in labels)),
        *events(Relabel(quote.document, quote.span, quote.quote, ClaimLabel.AS_OF, "2020"), by="bob\x1b@desk", first=2),
    ]
    held = judgements(made)
    (claim,) = relabelled([quote], held.labels)
    cell = replace(matrix.cell("tugs", "law"), direct=(claim,))
    words = "put right: stage, leaning by ann@desk, 2026-01-01; date by bob␛@desk, 2026-01-01"
    (entry, *_) = (entry for entry in cell_entries(cell, pack.documents, 200, held) if entry.value)
    assert plain(entry.lines[0]).endswith(f"  {words}")
    row = replace(matrix.rows[0], claims=(claim,), struck=(claim,))
    counts, _, struck = role_entries(row, pack.documents, 200, held)
    assert plain(counts.lines[0]).endswith(f"  {words}")
    assert plain(struck.lines[0]).endswith(f"  {words}  struck")
    (entry, *_) = (entry for entry in cell_entries(cell, pack.documents, 200) if entry.value)
    assert plain(entry.lines[0]).endswith("  put right: stage, leaning, date")


def rated_on(cell: Cell, *quotes: QuoteRef) -> Cell:
    return replace(cell, assessment=Assessment("tugs", "time", Rating.HIGH, None, "", "ann@desk", quotes))


def test_words_that_a_rating_rests_on_are_where_they_were_pinned(pack: Pack, matrix: Matrix) -> None:
    second = NEWS.index("Tugs cost") + len("Tugs c")
    pinned = QuoteRef("news.md", "o", second)
    entries = cell_entries(rated_on(matrix.cell("tugs", "time"), pinned), pack.documents, 80)
    assert [entry.value for entry in entries if entry.value] == [("news.md", Span(second, second + 1))]


def test_words_that_a_rating_rests_on_may_have_been_struck(pack: Pack, matrix: Matrix) -> None:
    counts, struck = QuoteRef("news.md", "Tugs cost money."), QuoteRef("notes/note.txt", "Money is short;")
    cell = replace(rated_on(matrix.cell("tugs", "time"), counts, struck), struck_quotes=(struck,))
    *_, one, other = cell_entries(cell, pack.documents, 80)
    assert [plain(entry.lines[0]) for entry in (one, other)] == ["News: tugs, line 5", "Note, line 3  struck"]
    assert not any("struck" in piece.style for line in one.lines for piece in line)
    assert all("struck" in piece.style for line in other.lines[1:] for piece in line)


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        (QuoteRef("news.md", "Tugs were\n free.\x1b", 7), "  no longer stands in News: tugs"),
        (QuoteRef("news.md", "o", 0), "  no longer stands in News: tugs"),
        (QuoteRef("gone.md", "Tugs were\n free.\x1b"), "  no longer stands in gone.md"),
    ],
)
def test_words_that_are_gone_are_shown_as_such(pack: Pack, matrix: Matrix, quote: QuoteRef, line: str) -> None:
    *_, title, entry = cell_entries(rated_on(matrix.cell("tugs", "time"), quote), pack.documents, 80)
    assert plain(title.lines[0]).startswith("RATED ON")
    assert plain(entry.lines[0]) == line.strip()
    assert entry.value is None
    crossed = [piece.text for row in entry.lines for piece in row if "struck" in piece.style.split()]
    assert "".join(crossed) == f"“{'Tugs were free.␛' if len(quote.text) > 1 else 'o'}”"
    assert misfits([entry], 80) == []


def test_a_quote_that_was_struck_is_not_listed_a_second_time(pack: Pack, matrix: Matrix) -> None:
    quote = pack.claims[0]
    cell = replace(matrix.cell("tugs", "law"), direct=(), struck=(quote,))
    entries = cell_entries(rated_on(cell, QuoteRef(quote.document, quote.quote)), pack.documents, 80)
    assert [entry.value for entry in entries if entry.value] == [(quote.document, quote.span)]


def test_the_claims_of_a_role_come_firmest_first(pack: Pack, matrix: Matrix) -> None:
    entries = role_entries(matrix.rows[0], pack.documents, 80)
    ranked = [pack.claims[2], pack.claims[0], pack.claims[1]]
    assert [entry.value for entry in entries] == [(claim.document, claim.span) for claim in ranked]


@pytest.mark.parametrize("width", WIDTHS)
def test_evidence_fits_and_is_safe(pack: Pack, matrix: Matrix, width: int) -> None:
    for row in matrix.rows:
        assert misfits(role_entries(row, pack.documents, width), width) == []
        for cell in row.cells:
            entries = cell_entries(cell, pack.documents, width)
            headings = [entry for entry in entries if entry.lines[0][0].style == "group"]
            assert misfits((entry for entry in entries if entry not in headings), width) == []


# The matrix


def matrix_lines(matrix: Matrix, width: int, selected: int = 0) -> list[str]:
    columns = columns_for(width, matrix, selected)
    lines = [heading_line(matrix.scenario, columns, selected)]
    lines += [row_line(row, columns, None) for row in matrix.rows]
    assert [plain(line) for line in lines if width_of(line) > width or not is_safe(plain(line))] == []
    return [plain(line).rstrip() for line in lines]


def test_the_matrix_at_eighty_cells(matrix: Matrix) -> None:
    assert matrix_lines(matrix, 80) == [
        "role                  status    Law             Cost            Time",
        "Tugs                  DONE      ◑ moderate? 1/1 ● block.  1~1/2 —",
        "Pilots                —         —               (mod.)     ~1/1 —",
    ]


def test_a_narrow_matrix_shortens_ratings_and_keeps_numbers_apart(matrix: Matrix) -> None:
    assert matrix_lines(matrix, 64) == [
        "role          status    Law          Cost         Time",
        "Tugs          DONE      ◑ mod.?  1/1 ● blk  1~1/2 —",
        "Pilots        —         —            (mod.)  ~1/1 —",
    ]


@pytest.mark.parametrize(
    ("selected", "heading"),
    [
        (0, "role          status    Law ›"),
        (1, "role          status    ‹ Cost ›"),
        (2, "role          status    ‹ Time"),
    ],
)
def test_the_columns_of_a_narrow_matrix_scroll(matrix: Matrix, selected: int, heading: str) -> None:
    assert matrix_lines(matrix, 40, selected)[0] == heading
    columns = columns_for(40, matrix, selected)
    assert columns.first <= selected < columns.first + columns.shown


@pytest.mark.parametrize("width", WIDTHS)
def test_the_selected_column_is_always_on_the_screen(matrix: Matrix, width: int) -> None:
    for selected in range(3):
        columns = columns_for(width, matrix, selected)
        assert columns.first <= selected < columns.first + columns.shown <= 3
        matrix_lines(matrix, width, selected)


def test_the_cursor_is_on_one_cell(matrix: Matrix) -> None:
    columns = columns_for(80, matrix, 0)

    def under_cursor(selected: int | None) -> list[str]:
        line = row_line(matrix.rows[0], columns, selected)
        return [piece.text.strip() for piece in line if "cursor" in piece.style]

    assert under_cursor(1) == ["● block.", "", "1~1", "/2"]
    assert under_cursor(-1) == ["DONE"]
    assert under_cursor(None) == []


def test_a_draft_looks_different_from_what_somebody_decided(matrix: Matrix) -> None:
    drafted = matrix.cell("tugs", "law").assessment
    decided = matrix.cell("tugs", "cost").assessment
    assert drafted is not None
    assert decided is not None
    assert rating_words(drafted) == "◑ moderate?"
    assert rating_words(decided) == "● blocking"
    line = styles(row_line(matrix.rows[0], columns_for(80, matrix, 0), None))
    assert line["◑ moderate?"] == "moderate draft"
    assert line["● block."] == "blocking"


def test_a_name_too_long_for_its_column_gives_way_to_its_id(matrix: Matrix) -> None:
    wide = replace(columns_for(120, matrix, 0), role=24, cell=20)
    assert "Cost of everything" in plain(heading_line(matrix.scenario, wide, None))
    assert plain(row_line(matrix.rows[1], wide, None)).startswith("Pilots and 港湾 masters ")
    assert matrix_lines(matrix, 120)[2].startswith("Pilots   ")


def test_names_of_a_scenario_are_made_safe(matrix: Matrix) -> None:
    roles = (Role("a\x1b", "A\x1b[2J", ()), Role("b\x1b", "\u202eB" * 20, ()))
    constraints = tuple(Constraint(f"{number}\x07", name, ()) for number, name in enumerate(("\x9bC", "\x07" * 40)))
    hostile = fill_matrix(replace(matrix.scenario, roles=roles, constraints=constraints, assessments=()), (), ())
    lines = matrix_lines(hostile, 80)
    assert lines[0].split() == ["role", "status", "<U+009B>C", "1␇"]
    assert [line.split()[0] for line in lines[1:]] == ["A␛[2J", "B␛"]
    assert is_safe(cell_title(hostile.rows[0].cells[1], hostile.rows[0], constraints[1]))


def test_the_title_of_a_cell_counts_its_quotes(matrix: Matrix) -> None:
    def title(cell: Cell, row: RoleRow) -> str:
        (constraint,) = [one for one in matrix.scenario.constraints if one.id == cell.constraint]
        return cell_title(cell, row, constraint)

    tugs, pilots = matrix.rows
    assert title(tugs.cells[0], tugs) == "Tugs × Law  ◑ moderate?  1 direct, 1 origin"
    assert title(tugs.cells[1], tugs) == "Tugs × Cost  ● blocking  1 direct, 1 inherited, 2 origins"
    assert title(pilots.cells[2], pilots) == "Pilots × Time  no evidence in the documents"


def test_all_columns_fit_the_width_the_matrix_asks_for(matrix: Matrix) -> None:
    assert columns_for(14 + 10 + 3 * 13 - 1, matrix, 0).role == 14
    assert columns_for(14 + 10 + 3 * 13 - 1, matrix, 0).shown == 3
    assert columns_for(13 + 10 + 3 * 12 - 1, matrix, 0).shown == 3
    assert columns_for(13 + 10 + 3 * 12 - 2, matrix, 0).shown == 2


def many(matrix: Matrix) -> Matrix:
    """A matrix of seven constraints, its first role called by a word as long as a narrow column holds."""
    roles = (Role("search", "Search at sea", ()), Role("relief", "Relief of islands far away", ()))
    constraints = tuple(Constraint(f"law{number}", f"Law {number}", ()) for number in range(7))
    return fill_matrix(replace(matrix.scenario, roles=roles, constraints=constraints, assessments=()), (), ())


@pytest.mark.parametrize(
    ("places", "row"),
    [
        ((), "Search at sea —         "),
        (("1", "2"), "1 Search at sea —         "),
        (("1=↑", "2"), "1=↑ Search at sea —         "),
        (("12=↑", "13"), "12=↑ Search       —         "),
    ],
)
def test_four_constraints_stand_side_by_side_beside_the_places(
    matrix: Matrix, places: tuple[str, ...], row: str
) -> None:
    # One of the eighty cells is the scroll bar's.
    columns = columns_for(79, many(matrix), 0, places)
    assert columns.shown == 4
    line = row_line(many(matrix).rows[0], columns, None, places[0] if places else "")
    assert plain(line).startswith(row)
    assert max(width_of(line), width_of(heading_line(many(matrix).scenario, columns, 0))) <= 79


@pytest.mark.parametrize(("width", "shown"), [(76, 4), (70, 3), (117, 7), (130, 7)])
def test_more_or_fewer_constraints_on_wider_or_narrower_screens(matrix: Matrix, width: int, shown: int) -> None:
    assert columns_for(width, many(matrix), 0, ("1=", "2")).shown == shown


def drawn_cell(cell: Cell, width: int) -> str:
    row = RoleRow(Role("tugs", "Tugs", ()), None, (), (cell,))
    return plain(row_line(row, Columns(0, 1, width + 1, 0, 0, 1), None))[2:]


def crowded(matrix: Matrix, rating: Rating, by: str = "ann@desk", marks: str = "") -> Cell:
    """A cell with one direct and twelve inherited quotes; "≠", "!" and "*" in `marks` mean what they do in a cell."""
    cell = matrix.cell("tugs", "cost")
    return replace(
        cell,
        inherited=(*cell.inherited,) * 12,
        assessment=Assessment("tugs", "cost", rating, by=by),
        rivals=(Assessment("tugs", "cost", Rating.BLOCKING, by="bea@desk"),) if "≠" in marks else (),
        conflicts=("x",) if "!" in marks else (),
        changes=("x",) if "*" in marks else (),
    )


@pytest.mark.parametrize(
    ("rating", "by", "marks", "shown"),
    [
        (Rating.BLOCKING, "ann@desk", "", ["● blk  1~12/2", "● blk 1~12/2"]),
        (Rating.BLOCKING, "draft", "", ["● blk? 1~12/2", "●blk? 1~12/2"]),
        (Rating.BLOCKING, "draft", "!", ["●blk? !1~12/2", "●blk?!1~12/2"]),
        (Rating.HIGH, "draft", "!", ["◕high?!1~12/2", "◕ high?!1~/2"]),
        (Rating.MODERATE, "ann@desk", "≠", ["◑mod≠● 1~12/2", "◑ mod≠● 1~/2"]),
        (Rating.HIGH, "ann@desk", "≠!*", ["◕high≠●!*1~/2", "◕≠● !*1~12/2"]),
    ],
)
def test_a_crowded_cell_keeps_the_word_of_its_rating(
    matrix: Matrix, rating: Rating, by: str, marks: str, shown: list[str]
) -> None:
    cell = crowded(matrix, rating, by, marks)
    assert [drawn_cell(cell, 13), drawn_cell(cell, 12)] == shown


@pytest.mark.parametrize("rating", Rating)
@pytest.mark.parametrize("by", ["ann@desk", "draft"])
@pytest.mark.parametrize("marks", ["", "!", "*", "!*"])
def test_no_mark_of_a_draft_or_rating_hides_its_word(matrix: Matrix, rating: Rating, by: str, marks: str) -> None:
    shown = drawn_cell(crowded(matrix, rating, by, marks), 12)
    assert any(word in shown for word in (str(rating), "mod", "blk"))
    assert ("?" in shown, "!" in shown, "*" in shown) == (by == "draft", "!" in marks, "*" in marks)
    assert shown.endswith("/2")


def test_a_suggestion_gives_way_to_marks_as_a_rating_does(matrix: Matrix) -> None:
    cell = replace(crowded(matrix, Rating.LOW, marks="!*"), assessment=None)
    cell = replace(cell, suggestion=Suggestion(Rating.BLOCKING, "x"))
    assert [drawn_cell(cell, width) for width in (18, 13, 12)] == [
        "(block.) !*1 ~12/2",
        "(blk)!*1~12/2",
        "(blk) !*1~/2",
    ]


# Bars and help


def keys_shown(line: Line) -> list[str]:
    return [piece.text for piece in line if piece.style == "key"]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_help_and_quit_keep_their_place_in_the_last_row(pack: Pack, width: int) -> None:
    left, right = bottom_line(pack, [command.id for command in COMMANDS], "", width)
    assert width_of(left) + width_of(right) <= width
    assert keys_shown(right)[-2:] == ["?", "q"]
    assert plain(left) == "RESTRICTED"


def test_a_wider_bar_shows_more_keys_the_most_wanted_first(pack: Pack) -> None:
    available = [command.id for command in COMMANDS]
    narrow, wide = (keys_shown(bottom_line(pack, available, "", width)[1]) for width in (40, 600))
    assert len(narrow) < len(wide)
    ranked = sorted((command for command in COMMANDS if command.rank), key=lambda command: command.rank)
    assert len(wide) == len(ranked)
    assert wide[-2:] == ["?", "q"]


def test_only_what_can_be_done_now_is_in_the_bar(pack: Pack) -> None:
    assert keys_shown(bottom_line(pack, ["quit", "entities"], "", 80)[1]) == ["e", "q"]


def test_what_happened_stands_beside_the_marking(pack: Pack) -> None:
    left, right = bottom_line(pack, ["quit", "help"], "3 mentions\x1b", 60)
    assert plain(left) == "RESTRICTED  3 mentions␛"
    assert keys_shown(right) == ["?", "q"]


@pytest.mark.parametrize("width", [60, 78, 138])
@pytest.mark.parametrize(("left_over", "keys"), [(0, []), (9, []), (10, ["?"]), (18, ["?", "q"])])
def test_a_notice_has_the_row_and_keys_what_it_leaves(pack: Pack, width: int, left_over: int, keys: list[str]) -> None:
    notice = "x" * (width - len("RESTRICTED  ") - left_over)
    left, right = bottom_line(pack, ["quit", "help"], notice, width)
    assert plain(left) == f"RESTRICTED  {notice}"
    assert keys_shown(right) == keys
    assert width_of(left) + width_of(right) <= width


@pytest.mark.parametrize("letter", ["x", "港"])
def test_a_notice_longer_than_the_row_is_cut(pack: Pack, letter: str) -> None:
    left, right = bottom_line(pack, ["quit", "help", "open"], letter * 600, 78)
    assert plain(left).startswith(f"RESTRICTED  {letter * 30}")
    assert plain(left).endswith("…")
    assert width_of(left) in (77, 78)
    assert right == ()


def with_faults(pack: Pack, *problems: Problem) -> Pack:
    return replace(pack, problems=problems, documents=tuple(replace(one, problems=()) for one in pack.documents))


def test_a_pack_without_a_fault_is_opened_without_a_word(pack: Pack) -> None:
    assert opening_notice(with_faults(pack)) == ""
    assert opening_notice(with_faults(pack), ["back where you were"]) == "back where you were"


def test_faults_come_first_and_the_first_of_them_in_words(pack: Pack) -> None:
    cut = Problem("/state/ann@desk.jsonl", "is not a whole line", "put back a sound copy", 3)
    faulty = with_faults(pack, cut, Problem("b.txt", "is not text"))
    assert opening_notice(faulty) == "2 faults; ann@desk.jsonl:3: is not a whole line; see briefing check"
    assert opening_notice(faulty, ["back again"]).startswith("2 faults; back again; ann@desk.jsonl:3: is not a")
    own = opening_notice(pack)
    assert own == "1 fault; note.txt: 2 control or invisible characters are shown as pictures; see briefing check"


def test_a_short_notice_leaves_quit_as_well(pack: Pack) -> None:
    right = bottom_line(pack, ["quit", "help", "rate", "strike", "open"], "3 hits", 78)[1]
    assert keys_shown(right) == ["Enter", "r", "x", "?", "q"]


def test_the_first_row_has_marking_view_title_and_day(pack: Pack) -> None:
    left, right = top_line(pack, "scenario", 80)
    assert plain(left) == "RESTRICTED  SCENARIO  What the harbour␛ can lend"
    assert plain(right) == "as of 2024-06-01"


@pytest.mark.parametrize("width", [20, 30, 40, 50, 60])
def test_the_first_row_cuts_the_title_and_leaves_the_marking(pack: Pack, width: int) -> None:
    left, _ = top_line(pack, "scenario", width)
    assert plain(left).startswith("RESTRICTED  ")
    assert width_of(left) <= max(width, len("RESTRICTED  SCENARIO  "))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_help_fits(width: int) -> None:
    assert [plain(line) for line in help_lines(width) if width_of(line) > width] == []


@pytest.mark.parametrize(("number", "expected"), [(0, "0 quotes"), (1, "1 quote"), (2, "2 quotes")])
def test_a_number_goes_with_its_noun(number: int, expected: str) -> None:
    assert counted(number, "quote") == expected


def test_a_number_may_have_a_plural_of_its_own() -> None:
    assert counted(3, "entry", "entries") == "3 entries"
