"""The desk, driven by keys without a terminal: what state they lead to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest
from textual import events
from textual.pilot import Pilot

from briefing.analysis.matrix import fill_matrix
from briefing.commands import COMMANDS
from briefing.model import Document, Pack, Span
from briefing.parsing import parse_document
from briefing.rendering.theme import Theme
from briefing.tui.app import BriefingApp
from briefing.tui.screens.desk import DeskScreen
from briefing.tui.screens.pick import PageScreen, PickScreen
from briefing.tui.widgets.document_pane import DocumentPane
from briefing.tui.widgets.filtered_list import LONGEST_QUERY, FilterInput
from briefing.tui.widgets.line_list import LineList
from tests.small_pack import small_pack

DeskPilot = Pilot[None]
OpenDesk = Callable[..., AbstractAsyncContextManager[DeskPilot]]


@pytest.fixture
def open_desk(seeds_pack: Pack, themes: list[Theme]) -> OpenDesk:
    """Opens a desk of a size on a pack, the seeds by default."""

    @asynccontextmanager
    async def opened(
        width: int = 80, height: int = 24, pack: Pack = seeds_pack, analyse: Callable[[], Pack] | None = None
    ) -> AsyncIterator[DeskPilot]:
        app = BriefingApp(pack, themes, "dark", analyse)
        async with app.run_test(size=(width, height)) as pilot:
            await pilot.pause()
            yield pilot

    return opened


def desk(pilot: DeskPilot) -> DeskScreen:
    app = pilot.app
    assert isinstance(app, BriefingApp)
    return app.desk


async def press(pilot: DeskPilot, keys: str) -> None:
    """Press keys given one by one, separated by spaces, letting each take effect."""
    for key in keys.split():
        await pilot.press(key)
        assert isinstance(pilot.app, BriefingApp)
        if pilot.app.is_running:
            await pilot.app.keys_heard()
        await pilot.pause()


async def until(pilot: DeskPilot, holds: Callable[[], bool]) -> None:
    """Let the desk work until something another thread does has come true."""
    for _ in range(2000):
        await pilot.pause()
        if holds():
            return
    raise AssertionError("it did not come true")


def screen_text(pilot: DeskPilot) -> list[str]:
    strips = pilot.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def focused_id(pilot: DeskPilot) -> str | None:
    return pilot.app.focused.id if pilot.app.focused else None


def current_words(pilot: DeskPilot) -> str:
    state = desk(pilot).state
    assert state.current is not None
    index, span = state.current
    return state.pack.documents[index].quote(span)


# ---------------------------------------------------------------------- the first screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (40, 10)])
async def test_the_marking_stands_on_the_first_and_the_last_row(open_desk: OpenDesk, size: tuple[int, int]) -> None:
    async with open_desk(*size) as pilot:
        for keys in ("", "2", "question_mark", "q colon"):
            await press(pilot, keys)
            rows = screen_text(pilot)
            assert rows[0].strip().startswith("UNCLASSIFIED"), keys
            assert rows[-1].strip().startswith("UNCLASSIFIED"), keys


@pytest.mark.parametrize(("width", "panes"), [(40, 1), (80, 1), (117, 1), (120, 2), (200, 3)])
async def test_as_many_panes_as_there_is_room_for(open_desk: OpenDesk, width: int, panes: int) -> None:
    async with open_desk(width, 40) as pilot:
        assert len([pane for pane in pilot.app.screen.query(DocumentPane) if pane.display]) == panes


async def test_help_and_quit_are_always_named(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        assert "? help" in screen_text(pilot)[-1]
        assert "q quit" in screen_text(pilot)[-1]


async def test_what_does_nothing_now_is_not_offered(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        assert "Backspace back" not in screen_text(pilot)[-1]
        await press(pilot, "2 enter")
        assert "Backspace back" in screen_text(pilot)[-1]


async def test_documents_are_shown_before_the_analysis_is_done(open_desk: OpenDesk, seeds_pack: Pack) -> None:
    bare = replace(seeds_pack, mentions=(), entities=(), claims=(), matrix=None)
    analysis: Future[Pack] = Future()
    async with open_desk(pack=bare, analyse=analysis.result) as pilot:
        assert "Japan's Potential NATO Role" in "\n".join(screen_text(pilot))
        assert "reading" in "\n".join(screen_text(pilot))
        analysis.set_result(seeds_pack)
        await until(pilot, lambda: desk(pilot).state.analysed)
        assert "PEOPLE" in "\n".join(screen_text(pilot))


async def test_a_key_waits_for_what_the_first_screen_does_without(open_desk: OpenDesk, seeds_pack: Pack) -> None:
    bare = replace(seeds_pack, mentions=(), entities=(), claims=(), matrix=None)
    analysis: Future[Pack] = Future()
    async with open_desk(pack=bare, analyse=analysis.result) as pilot:
        await press(pilot, "2")
        assert focused_id(pilot) == "evidence"
        assert "Reading the documents …" in "\n".join(screen_text(pilot))
        await press(pilot, "/ a")
        assert desk(pilot).finder.value == "a"
        analysis.set_result(seeds_pack)


async def test_a_failed_analysis_leaves_the_documents_readable(open_desk: OpenDesk, seeds_pack: Pack) -> None:
    bare = replace(seeds_pack, mentions=(), entities=(), claims=(), matrix=None)
    analysis: Future[Pack] = Future()
    analysis.set_exception(RuntimeError("no lists"))
    async with open_desk(120, 30, pack=bare, analyse=analysis.result) as pilot:
        await until(pilot, lambda: "no lists" in screen_text(pilot)[-1])
        assert "Japan's Potential NATO Role" in "\n".join(screen_text(pilot))


# ---------------------------------------------------------------------- from a cell to its words


async def test_one_key_leads_from_a_cell_to_its_words_and_one_back(open_desk: OpenDesk, seeds_pack: Pack) -> None:
    assert seeds_pack.matrix is not None
    first = seeds_pack.matrix.cell("training", "constitution").claims[0]
    async with open_desk() as pilot:
        await press(pilot, "2 enter")
        assert desk(pilot).state.view == "documents"
        assert current_words(pilot) == first.quote
        assert focused_id(pilot) == "pane-0"
        await press(pilot, "backspace")
        matrix = desk(pilot).scenario.matrix
        assert desk(pilot).state.view == "scenario"
        assert focused_id(pilot) == "matrix"
        assert (matrix.row, matrix.column) == (0, 0)


@pytest.mark.parametrize("keys", ["2 enter", "2 tab enter"])
async def test_the_words_of_a_cell_have_the_screen_to_themselves(open_desk: OpenDesk, keys: str) -> None:
    async with open_desk() as pilot:
        await press(pilot, "e n a t o enter")
        assert desk(pilot).panel.display
        await press(pilot, keys)
        assert desk(pilot).state.view == "documents"
        assert not desk(pilot).panel.display
        assert desk(pilot).state.chosen is not None


async def test_n_runs_through_the_quotes_of_the_cell(open_desk: OpenDesk, seeds_pack: Pack) -> None:
    assert seeds_pack.matrix is not None
    claims = seeds_pack.matrix.cell("training", "constitution").claims
    async with open_desk() as pilot:
        await press(pilot, "2 enter n")
        assert current_words(pilot) == claims[1].quote
        await press(pilot, "N N")
        assert current_words(pilot) == claims[-1].quote


async def test_the_matrix_moves_down_a_column_and_keeps_its_heading(open_desk: OpenDesk) -> None:
    async with open_desk(80, 14) as pilot:
        await press(pilot, "2 l G")
        matrix = desk(pilot).scenario.matrix
        assert (matrix.row, matrix.column) == (12, 1)
        rows = "\n".join(screen_text(pilot))
        assert "Diplomacy" in rows
        assert "Distance" in rows


async def test_evidence_follows_the_cursor(open_desk: OpenDesk, seeds_pack: Pack) -> None:
    assert seeds_pack.matrix is not None
    async with open_desk() as pilot:
        await press(pilot, "2 j j j j j j")
        wanted = [(one.document, one.span) for one in seeds_pack.matrix.cell("coordination", "constitution").claims]
        assert desk(pilot).scenario.quotes[: len(wanted)] == wanted


async def test_constraints_beyond_the_screen_come_with_the_cursor(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "2")
        assert "Partners" not in "\n".join(screen_text(pilot))
        await press(pilot, "l l l l l l")
        assert "Partners" in "\n".join(screen_text(pilot))


async def test_the_status_column_lists_every_sentence_on_the_role(open_desk: OpenDesk, seeds_pack: Pack) -> None:
    assert seeds_pack.matrix is not None
    async with open_desk() as pilot:
        await press(pilot, "2 h")
        wanted = {(claim.document, claim.span) for claim in seeds_pack.matrix.rows[0].claims}
        assert set(desk(pilot).scenario.quotes) == wanted


async def test_a_cell_without_evidence_says_so(open_desk: OpenDesk, seeds_pack: Pack) -> None:
    assert seeds_pack.matrix is not None
    row, column = next(
        (row, column)
        for row, cells in enumerate(seeds_pack.matrix.rows)
        for column, cell in enumerate(cells.cells)
        if not cell.claims and cell.assessment is None
    )
    async with open_desk(100, 30) as pilot:
        await press(pilot, "2")
        desk(pilot).scenario.matrix.go_to(row, column)
        await press(pilot, "enter")
        assert desk(pilot).state.view == "scenario"
        assert "no document says anything on this" in screen_text(pilot)[-1]


async def test_an_evidence_quote_can_be_chosen(open_desk: OpenDesk, seeds_pack: Pack) -> None:
    assert seeds_pack.matrix is not None
    claims = seeds_pack.matrix.cell("training", "constitution").claims
    async with open_desk() as pilot:
        await press(pilot, "2 tab j j enter")
        assert current_words(pilot) == claims[2].quote
        await press(pilot, "backspace")
        assert isinstance(pilot.app.focused, LineList)
        assert pilot.app.focused.value == (claims[2].document, claims[2].span)


async def test_a_rating_without_evidence_leads_to_the_words_it_rests_on(open_desk: OpenDesk, seeds_pack: Pack) -> None:
    assert seeds_pack.matrix is not None
    row, column, quotes = next(
        (row, column, cell.assessment.quotes)
        for row, cells in enumerate(seeds_pack.matrix.rows)
        for column, cell in enumerate(cells.cells)
        if not cell.claims and cell.assessment is not None
    )
    async with open_desk() as pilot:
        await press(pilot, "2")
        desk(pilot).scenario.matrix.go_to(row, column)
        await pilot.pause()
        assert "no general one reaches this role" in "\n".join(screen_text(pilot))
        await press(pilot, "enter")
        assert current_words(pilot) == quotes[0].text


# ---------------------------------------------------------------------- entities


async def test_typing_filters_and_enter_shows_the_mentions(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "e t a r enter")
        state = desk(pilot).state
        assert state.chosen is not None
        assert "Taran" in (state.chosen.name, *state.chosen.aliases)
        assert pilot.app.focused is desk(pilot).panel
        assert "Taran" in "\n".join(screen_text(pilot)[-8:])
        await press(pilot, "enter")
        assert current_words(pilot) == "Ukrainian Defense Minister"
        assert state.pack.documents[desk(pilot).documents.current].id == "004_2d6187573546f256.txt"


async def test_n_runs_through_the_mentions_across_documents(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "e n a t o enter")
        state = desk(pilot).state
        count = len(state.hits.places)
        seen = []
        for _ in range(count):
            await press(pilot, "n")
            assert state.current is not None
            seen.append(state.current)
        assert sorted(seen) == sorted(state.hits.places)
        assert {index for index, _ in seen} == {0, 1, 2}


async def test_backspace_in_an_empty_filter_gives_the_keys_back(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "e x backspace")
        assert isinstance(pilot.app.focused, FilterInput)
        await press(pilot, "backspace")
        assert isinstance(pilot.app.focused, DocumentPane)


async def test_clear_puts_the_light_out(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "e t a r enter C")
        assert desk(pilot).state.chosen is None
        assert not desk(pilot).panel.display
        assert isinstance(pilot.app.focused, DocumentPane)


# ---------------------------------------------------------------------- finding


async def test_finding_moves_to_the_first_hit_while_typing(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "slash d e m i n")
        assert current_words(pilot).lower() == "demin"
        assert "hit" in screen_text(pilot)[-1]
        await press(pilot, "enter n")
        assert isinstance(pilot.app.focused, DocumentPane)
        assert current_words(pilot).lower() == "demin"


def paste(pilot: DeskPilot, text: str) -> None:
    pilot.app.post_message(events.Paste(text))


async def test_of_a_long_paste_the_beginning_is_looked_for_and_the_loss_said(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "slash")
        paste(pilot, "vital " * 5_000)
        await press(pilot, "x")
        assert desk(pilot).finder.value == ("vital " * 100)[:LONGEST_QUERY]
        assert "too long: what is beyond 500 characters is left out" in screen_text(pilot)[-1]
        await press(pilot, "left x backspace")
        assert desk(pilot).finder.value == ("vital " * 100)[: LONGEST_QUERY - 2] + "i"
        assert "left out" not in screen_text(pilot)[-1]
        await press(pilot, "x")
        assert len(desk(pilot).finder.value) == LONGEST_QUERY
        assert "left out" not in screen_text(pilot)[-1]


async def test_lines_that_are_pasted_are_looked_for_as_one(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "slash")
        paste(pilot, "one line\nand another\n")
        await press(pilot, "x")
        assert desk(pilot).finder.value == "one line and anotherx"


async def test_leaving_the_find_row_goes_back(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "slash v i t a l escape")
        assert desk(pilot).documents.pane.top == 0
        assert desk(pilot).state.hits.places == ()
        assert not desk(pilot).finder.display


async def test_finding_in_all_lists_the_hits(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "backslash c r i m e a enter")
        assert pilot.app.focused is desk(pilot).panel
        await press(pilot, "enter")
        assert current_words(pilot) == "Crimea"


# ---------------------------------------------------------------------- moving about


async def test_tab_goes_round_documents_and_sidebar(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        seen = []
        for _ in range(4):
            focused = pilot.app.focused
            seen.append(desk(pilot).documents.current if isinstance(focused, DocumentPane) else "list")
            await press(pilot, "tab")
        assert seen == [0, 1, 2, "list"]
        await press(pilot, "shift+tab")
        assert isinstance(pilot.app.focused, LineList)


async def test_sections_are_stepped_through(open_desk: OpenDesk, seeds_pack: Pack) -> None:
    document = seeds_pack.documents[0]
    starts = [section.span.start for section in document.sections]
    async with open_desk() as pilot:
        await press(pilot, "] ]")
        assert desk(pilot).documents.pane.top == starts[2]
        await press(pilot, "[")
        assert desk(pilot).documents.pane.top == starts[1]


async def test_the_outline_leads_to_a_section_by_typing(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "o d e l")
        assert isinstance(pilot.app.screen, PickScreen)
        await press(pilot, "enter")
        assert current_words(pilot) == "Delicate timing for the two countries to get closer"
        assert "The timing of this approach" in "\n".join(screen_text(pilot))


async def test_zoom_leaves_one_pane(open_desk: OpenDesk) -> None:
    async with open_desk(200, 60) as pilot:
        await press(pilot, "z")
        assert len([pane for pane in pilot.app.screen.query(DocumentPane) if pane.display]) == 1
        assert not desk(pilot).sidebar.display
        await press(pilot, "z")
        assert len([pane for pane in pilot.app.screen.query(DocumentPane) if pane.display]) == 3


async def test_resizing_keeps_the_place(open_desk: OpenDesk) -> None:
    async with open_desk(120, 40) as pilot:
        await press(pilot, "o d i s t")
        await press(pilot, "backspace backspace backspace backspace backspace")
        await press(pilot, "slash v i t a l enter")
        words = current_words(pilot)
        for size in ((80, 24), (60, 12), (200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        pane = desk(pilot).documents.pane
        assert pane.document is not None
        assert words in pane.document.quote(pane.shown)


async def test_many_keys_at_once_end_where_slow_ones_do(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await pilot.press(*["j"] * 40)
        await pilot.pause()
        fast = desk(pilot).documents.pane.top
        await press(pilot, "g")
        for _ in range(40):
            await press(pilot, "j")
        assert desk(pilot).documents.pane.top == fast > 0


# ---------------------------------------------------------------------- pages over the desk


async def test_help_names_every_command(open_desk: OpenDesk) -> None:
    async with open_desk(100, 90) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, PageScreen)
        text = "\n".join(screen_text(pilot))
        assert [command.id for command in COMMANDS if command.help[:30] not in text] == []
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, DeskScreen)


async def test_the_palette_runs_what_it_names(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "colon s c e n a enter")
        assert desk(pilot).state.view == "scenario"


async def test_a_theme_can_be_chosen_by_name_and_by_key(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "colon r e d enter")
        assert pilot.app.theme == "red"
        await press(pilot, "T")
        assert pilot.app.theme == "sixteen"


async def test_q_quits(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "q")
        assert pilot.app.return_code == 0


# ---------------------------------------------------------------------- one thing after another


def shown(pilot: DeskPilot) -> set[str]:
    """Ids of what is on the screen."""
    on_screen = (
        desk(pilot).panel,
        desk(pilot).scenario.matrix,
        desk(pilot).scenario.evidence,
        *desk(pilot).documents.panes,
    )
    return {view.id or "" for view in on_screen if view.display and view.region.height > 0}


async def test_the_scenario_stands_alone_after_an_entity_was_chosen(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "e t a r enter 2")
        assert shown(pilot) == {"matrix", "evidence"}
        await press(pilot, "1")
        assert shown(pilot) == {"pane-0", "mentions"}


@pytest.mark.parametrize(
    ("keys", "alone"),
    [
        ("2 z", "matrix"),
        ("2 tab z", "evidence"),
        ("2 z tab", "evidence"),
        ("e t a r enter z", "mentions"),
        ("z", "pane-0"),
    ],
)
async def test_zoom_leaves_what_has_the_keys(open_desk: OpenDesk, keys: str, alone: str) -> None:
    async with open_desk(120, 40) as pilot:
        await press(pilot, keys)
        assert shown(pilot) == {alone}
        assert focused_id(pilot) == alone
        await press(pilot, "z")
        assert len(shown(pilot)) > 1


@pytest.mark.parametrize("keys", ["e n s a enter z enter", "e n s a enter z C", "z backslash t a r a n enter enter"])
async def test_no_zoom_hides_what_has_the_keys(open_desk: OpenDesk, keys: str) -> None:
    async with open_desk() as pilot:
        await press(pilot, keys)
        assert focused_id(pilot) in shown(pilot)


async def test_keys_typed_ahead_never_land_in_the_filter(seeds_pack: Pack, themes: list[Theme]) -> None:
    app = BriefingApp(seeds_pack, themes, "dark")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "y")
        await pilot.pause()
        assert desk(pilot).sidebar.input.value == ""


@pytest.mark.parametrize("opened", ["e", "o", "colon"])
async def test_a_filter_that_leaves_nothing_says_so(open_desk: OpenDesk, opened: str) -> None:
    async with open_desk() as pilot:
        await press(pilot, f"{opened} q x z")
        assert "nothing has these words" in "\n".join(screen_text(pilot))
        await press(pilot, "enter backspace backspace backspace")
        assert "nothing has these words" not in "\n".join(screen_text(pilot))


@pytest.mark.parametrize("opened", ["o", "colon"])
async def test_backspace_leaves_a_page_from_its_list_too(open_desk: OpenDesk, opened: str) -> None:
    async with open_desk() as pilot:
        await press(pilot, f"{opened} tab")
        assert "q quit" not in screen_text(pilot)[-1]
        await press(pilot, "backspace")
        assert isinstance(pilot.app.screen, DeskScreen)
        assert "q quit" in screen_text(pilot)[-1]


async def test_why_a_cell_is_rated_so_is_read_first(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "2")
        assert "◑ moderate? draft, confidence low: The limit" in "\n".join(screen_text(pilot))


async def test_looking_for_something_and_leaving_keeps_the_chosen_entity(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "e t a r enter")
        before = desk(pilot).state.hits
        await press(pilot, "slash n a t o backspace backspace backspace backspace backspace")
        assert desk(pilot).state.hits == before
        assert "mentions" in shown(pilot)
        await press(pilot, "slash enter")
        assert desk(pilot).state.hits == before


async def test_a_mention_chosen_from_the_list_is_what_n_goes_on_from(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "e t a r enter slash n a t o enter")
        desk(pilot).panel.focus()
        await pilot.pause()
        await press(pilot, "enter n")
        assert current_words(pilot) == "Taran"


async def test_enter_on_a_cell_opens_the_quote_under_the_cursor(open_desk: OpenDesk, seeds_pack: Pack) -> None:
    assert seeds_pack.matrix is not None
    claims = seeds_pack.matrix.cell("training", "constitution").claims
    async with open_desk() as pilot:
        await press(pilot, "2 ] ] enter")
        assert current_words(pilot) == claims[2].quote


async def test_the_find_row_goes_when_its_keys_go(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "slash n a t o tab")
        assert not desk(pilot).finder.display
        assert focused_id(pilot) in shown(pilot)


async def test_back_never_leads_to_a_list_that_is_gone(open_desk: OpenDesk) -> None:
    async with open_desk() as pilot:
        await press(pilot, "e n s a enter enter C backspace")
        assert focused_id(pilot) in shown(pilot)


async def test_a_pack_without_scenario_says_so(open_desk: OpenDesk) -> None:
    async with open_desk(pack=a_pack(parse_document("a.txt", b"Words."))) as pilot:
        await press(pilot, "2")
        assert desk(pilot).state.view == "documents"
        assert "no scenario.toml" in screen_text(pilot)[-1]


async def test_a_fault_of_our_own_ends_in_one_line(seeds_pack: Pack, themes: list[Theme]) -> None:
    app = BriefingApp(seeds_pack, themes, "dark")
    said: list[object] = []

    async def break_it() -> None:
        async with app.run_test():
            app._handle_exception(ValueError("boom \x1b[31m"))
            said.extend(app._exit_renderables)

    with pytest.raises(ValueError, match="boom"):
        await break_it()
    assert [str(line) for line in said] == ["briefing: stopped by a fault of its own: ValueError: boom ␛[31m"]
    assert app.return_code == 1


# ---------------------------------------------------------------------- documents nobody vouches for


def a_pack(*documents: Document) -> Pack:
    return Pack("test", "[b]test[/b]", "", None, documents)


async def test_what_a_scenario_file_says_reaches_the_terminal_as_pictures(open_desk: OpenDesk) -> None:
    pack = small_pack()
    assert pack.scenario is not None
    evil = "\x1b[31m[b]\u202e"
    roles = tuple(replace(role, name=evil + role.name) for role in pack.scenario.roles)
    constraints = tuple(replace(one, name=evil + one.name) for one in pack.scenario.constraints)
    scenario = replace(pack.scenario, question=evil, roles=roles, constraints=constraints)
    pack = replace(pack, scenario=scenario, matrix=fill_matrix(scenario, pack.claims, pack.documents))
    async with open_desk(100, 30, pack) as pilot:
        await press(pilot, "2")
        assert "␛[31m[b]<U+202E>" in "".join(screen_text(pilot))
        for keys in ("h", "l k", "j j r", "escape w", "X", "!", "v"):
            await press(pilot, keys)
            text = "".join(screen_text(pilot))
            assert "\x1b" not in text
            assert "\u202e" not in text


async def test_source_text_is_never_markup(open_desk: OpenDesk) -> None:
    document = parse_document("[red]a[b].txt", b'He wrote "[sic] yes" [1] and [/] more.')
    async with open_desk(pack=a_pack(document)) as pilot:
        text = "\n".join(screen_text(pilot))
        assert '"[sic] yes" [1] and [/] more.' in text
        assert "[red]a[b].txt" in text
        assert "[b]test[/b]" in text


async def test_a_document_sends_no_control_character(open_desk: OpenDesk) -> None:
    hostile = "Title \x1b]0;owned\x07\n\nText \x1b[2J \x9b31m \u202e \u200b \x00 end."
    document = parse_document("evil\x1b[31m.txt", hostile.encode())
    async with open_desk(pack=a_pack(document)) as pilot:
        text = "".join(screen_text(pilot))
        assert text.isprintable()
        assert "␛]0;owned␇" in text
        assert "<U+202E>" in text


async def test_an_empty_document_can_be_looked_at(open_desk: OpenDesk) -> None:
    empty = parse_document("empty.txt", b"")
    async with open_desk(pack=a_pack(empty, parse_document("b.txt", b"Words."))) as pilot:
        await press(pilot, "j G space ] n N o backspace 2 1 tab tab slash x enter")
        assert pilot.app.is_running


async def test_words_are_shown_even_at_the_smallest_size(open_desk: OpenDesk) -> None:
    async with open_desk(40, 10) as pilot:
        await press(pilot, "2 enter")
        pane = desk(pilot).documents.pane
        assert pane.rows_shown >= 5
        assert desk(pilot).state.current is not None
        assert pane.shown.overlaps(desk(pilot).state.words(0) or Span(0, 0))
