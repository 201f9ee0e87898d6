"""What is sent so that one screen becomes another: exactly the cells that changed, in few bytes."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from briefing.tui.terminal import changes
from briefing.tui.terminal.cells import Row, cells_of
from briefing.tui.terminal.changes import Dialect, dialect_of, frame
from tests.strict_terminal import StrictTerminal

FILLING, PLAIN = Dialect(fills=True), Dialect(fills=False)
WIDTH, HEIGHT = 40, 12
STYLES = [
    None,
    *map(
        Style.parse,
        (
            *("red", "on blue", "bold", "reverse", "underline", "dim italic", "bold red on blue", "strike", "blink"),
            *("#102030 on #405060", "underline2 #102030", "overline", "bold dim reverse green", "default on default"),
        ),
    ),
]
CHARACTERS = [*"   abc", *"─│“é日語한😀→◑▪", "e\u0301", "日\u0301", "a\u0308\u0323"]


def row_of(*parts: tuple[str, str], width: int = WIDTH) -> Row:
    """A row of texts with styles, filled up with blanks of the last one's style."""
    segments = [Segment(text, Style.parse(style)) for text, style in parts]
    used = sum(cell_len(text) for text, _ in parts)
    return cells_of([*segments, Segment(" " * (width - used), segments[-1].style)], ColorSystem.EIGHT_BIT)


def plain_rows(*texts: str) -> list[Row]:
    return [row_of((text, "")) for text in texts]


def some_row(random: Random) -> Row:
    segments: list[Segment] = []
    left = WIDTH
    while left:
        text = random.choice(CHARACTERS) * random.choice((1, 1, 2, 5, 12))
        while cell_len(text) > left:
            text = text[:-1]
        segments.append(Segment(text or " ", random.choice(STYLES)))
        left -= cell_len(text or " ")
    row = cells_of(segments, random.choice((ColorSystem.STANDARD, ColorSystem.TRUECOLOR, None)))
    assert len(row) == WIDTH
    return row


def some_screens(random: Random) -> tuple[list[Row], list[Row]]:
    """A screen, and another: much of it the same, moved up or down, within borders or not, some cells changed."""
    pool = [some_row(random) for _ in range(random.randint(2, 12))]
    old = [random.choice(pool) for _ in range(HEIGHT)]
    new = list(old)
    top, bottom = sorted((random.randint(0, HEIGHT), random.randint(0, HEIGHT)))
    by = random.choice((0, 1, -1, 2, -3, random.randint(-HEIGHT, HEIGHT)))
    for number in range(top, bottom):
        new[number] = old[number + by] if top <= number + by < bottom else random.choice(pool)
    for _ in range(random.randint(0, 4)):
        number = random.randrange(HEIGHT)
        left, right = sorted((random.randint(0, WIDTH), random.randint(0, WIDTH)))
        mixed = [*new[number][:left], *random.choice(pool)[left:right], *new[number][right:]]
        if mixed[0][0] and all(_is_whole(mixed, column) for column in range(WIDTH)):
            new[number] = mixed
    return old, new


def _is_whole(row: Row, column: int) -> bool:
    """Whether no wide character is cut in two at `column`."""
    wide = cell_len(row[column][0]) == 2
    followed = column + 1 < WIDTH and row[column + 1][0] == ""
    return wide == followed


@given(st.randoms(use_true_random=True), st.booleans())
@settings(max_examples=400, deadline=None)
def test_what_is_sent_turns_any_screen_into_any_other(random: Random, fills: bool) -> None:
    old, new = some_screens(random)
    terminal = StrictTerminal(WIDTH, HEIGHT, fills=fills, litter=True)
    terminal.feed(frame(None, old, Dialect(fills)))
    assert terminal.seen == drawn_plainly(old)
    assert terminal.plain
    terminal.feed(frame(old, new, Dialect(fills)))
    assert terminal.seen == drawn_plainly(new)
    assert terminal.plain


def drawn_plainly(screen: list[Row]) -> object:
    """What stands on a terminal on which every cell was written with all that is known of it."""
    terminal = StrictTerminal(WIDTH, HEIGHT)
    weights = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")
    for number, row in enumerate(screen):
        for column, (text, look) in enumerate(row):
            begun = [code for bit, code in enumerate(weights) if look.weight >> bit & 1]
            codes = ";".join(filter(None, ["0", *begun, look.ink, look.ground]))
            terminal.feed(f"\x1b[{number + 1};{column + 1}H\x1b[{codes}m{text}" if text else "")
    return terminal.seen


def test_nothing_is_sent_when_nothing_changed() -> None:
    screen = plain_rows("one", "two")
    assert frame(screen, [list(row) for row in screen], FILLING) == ""


def test_only_the_changed_letter_is_frame() -> None:
    assert frame(plain_rows("one", "two"), plain_rows("one", "tWo"), FILLING) == "\x1b[2;2HW"


def test_a_short_gap_is_written_again_and_a_long_one_is_stepped_over() -> None:
    assert frame(plain_rows("a.b"), plain_rows("A.B"), PLAIN) == "\x1b[HA.B"
    assert frame(plain_rows("a......b"), plain_rows("A......B"), PLAIN) == "\x1b[HA\x1b[6CB"


def test_the_next_row_is_reached_by_a_line_feed() -> None:
    assert frame(plain_rows("a", "b"), plain_rows("A", "B"), PLAIN) == "\x1b[HA\r\nB"


def test_only_the_attributes_that_differ_are_said() -> None:
    new = [row_of(("a", "red on blue"), ("b", "bold red on blue"), ("c", "red on blue"), ("d", "green on blue"))]
    assert frame(plain_rows(""), new, FILLING) == "\x1b[H\x1b[31;44ma\x1b[1mb\x1b[22mc\x1b[32md\x1b[K\x1b[m"


def test_a_blank_does_not_change_the_ink_and_ends_an_underline() -> None:
    new = [row_of(("a", "red"), (" ", ""), ("b", "underline red"), (" ", ""), ("c", "red"))]
    assert frame(plain_rows("....."), new, FILLING) == "\x1b[H\x1b[31ma \x1b[4mb\x1b[24m c\x1b[m"


def test_a_terminal_without_colours_is_told_to_end_all_weights_at_once() -> None:
    new = [row_of(("a", "bold underline"), ("b", "underline"))]
    assert "\x1b[1;4ma\x1b[0;4mb" in frame(plain_rows(""), new, PLAIN)


@pytest.mark.parametrize(("dialect", "rest"), [(FILLING, "\x1b[K"), (PLAIN, " " * 39)])
def test_a_coloured_rest_of_a_row_is_erased_only_where_erasing_keeps_the_colour(dialect: Dialect, rest: str) -> None:
    assert frame(plain_rows("ab"), [row_of(("a", "on blue"))], dialect) == f"\x1b[H\x1b[44ma{rest}\x1b[m"


@pytest.mark.parametrize("dialect", [FILLING, PLAIN])
def test_a_plain_rest_of_a_row_is_erased_everywhere(dialect: Dialect) -> None:
    assert frame(plain_rows("a long line"), plain_rows("a"), dialect) == "\x1b[1;3H\x1b[K"


def test_many_blanks_before_a_border_are_erased_by_their_number() -> None:
    old = [row_of(("a", "on blue"), ("b" * 38, "on blue"), ("|", "on blue"))]
    new = [row_of(("a", "on blue"), (" " * 38, "on blue"), ("|", "on blue"))]
    assert frame(old, new, FILLING) == "\x1b[1;2H\x1b[44m\x1b[38X\x1b[m"


def test_rows_that_moved_within_a_border_are_moved_by_the_terminal() -> None:
    words = [f"{number * 7919} {str(number) * 9} {number * 104729}" for number in range(10, 40)]
    old = plain_rows("+--- title", *words[:10], "+--- end")
    up, down = plain_rows("+--- title", *words[1:11], "+--- end"), plain_rows("+--- title", *words[2:12], "+--- end")
    assert frame(old, up, FILLING) == f"\x1b[2;11r\x1b[11H\n\x1b[r\x1b[11H{words[10]}"
    assert frame(down, old, FILLING) == f"\x1b[2;11r\x1b[2H\x1bM\x1bM\x1b[r\r\n{words[0]}\r\n{words[1]}"


def test_rows_are_not_moved_when_a_pane_beside_them_stays() -> None:
    beside = [f"{number}: another pane, {number * 7919}" for number in range(10)]
    words = [f"{number} short" for number in range(30)]

    def screen(first: int) -> list[Row]:
        return [row_of((f"{one:27}", ""), (words[first + number], "")) for number, one in enumerate(beside)]

    sent = frame(screen(0), screen(1), FILLING)
    assert "r" not in sent.replace("short", "")
    assert len(sent) < 10 * 12


def test_rows_are_not_moved_where_more_would_have_to_be_written_anew() -> None:
    rows = [f"the same long text in all lines, {letter}" for letter in "abcdefghijk"]
    sent = frame(plain_rows(*rows[:10]), plain_rows(*rows[1:]), FILLING)
    assert "r" not in sent  # no scroll region
    assert re.findall("[b-k]{2,}|text", sent) == []


def test_a_frame_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Row] = []
    draw = changes._redraw

    def noted(old: list[Row], *others: Any) -> str:
        drawn.append(old[0])
        return draw(old, *others)

    monkeypatch.setattr(changes, "_redraw", noted)
    words = [f"{number * 7919} {str(number) * 9} {number * 104729}" for number in range(10, 40)]
    frame(plain_rows(*words[:10]), plain_rows(*words[1:11]), FILLING)
    frame(plain_rows(*words[:10]), plain_rows(*words[15:25]), FILLING)
    assert len(drawn) == 2


def test_an_unknown_screen_is_sent_whole() -> None:
    terminal = StrictTerminal(WIDTH, 2, litter=True)
    terminal.feed(frame(None, plain_rows("one", "two"), FILLING))
    assert terminal.text == [f"{'one':40}", f"{'two':40}"]


def test_after_a_character_on_whose_width_terminals_differ_the_place_is_said() -> None:
    assert frame(plain_rows(""), plain_rows("日本"), PLAIN) == "\x1b[H日本"
    assert frame(plain_rows(""), plain_rows("😀a"), PLAIN) == "\x1b[H😀\x1b[1;3Ha"
    assert frame(plain_rows(""), plain_rows("e\u0301a"), PLAIN) == "\x1b[He\u0301\x1b[1;2Ha"


def test_a_wide_character_half_written_over_is_written_whole() -> None:
    # Only the second half of the one and the first half of the other change places.
    terminal = StrictTerminal(WIDTH, 1)
    for old, new in (("a日b", "日ab"), ("日本", "a日b"), ("a日本", "日 本"), ("日日", "日本")):
        terminal.feed(frame(None, plain_rows(old), FILLING))
        terminal.feed(frame(plain_rows(old), plain_rows(new), FILLING))
        assert terminal.text[0].rstrip() == new


def test_who_erases_in_colour() -> None:
    filling = ("xterm", "xterm-256color", "linux", "alacritty", "st-256color")
    assert [term for term in filling if not dialect_of(term, in_screen=False).fills] == []
    others = ("screen-256color", "tmux-256color", "vt100", "vt220", "rxvt", "dumb", "")
    assert [term for term in others if dialect_of(term, in_screen=False).fills] == []
    assert not dialect_of("xterm-256color", in_screen=True).fills
