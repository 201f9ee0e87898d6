"""What bytes of a terminal become: keys, pastes, or nothing."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.events import Key, Paste
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from briefing.tui.terminal.input import ESCAPE_DELAY, PASTE_LIMIT, PATIENCE, InputParser, PasteShortened
from briefing.tui.terminal.keys import Dialect

START, END = b"\x1b[200~", b"\x1b[201~"


def messages(parts: Iterable[bytes | float], term: str = "xterm-256color", encoding: str = "utf-8") -> list[Message]:
    """What comes of `parts`: bytes, or seconds in which nothing comes; then a long silence."""
    parser, now, made = InputParser(Dialect(term), encoding), 100.0, []
    for part in [*parts, 2 * PATIENCE]:
        if isinstance(part, bytes):
            made += parser.feed(part, now)
        else:
            now += part
            made += parser.expire(now)
    return made


def heard(*parts: bytes | float, term: str = "xterm-256color", encoding: str = "utf-8") -> list[str]:
    """Names of keys, and pastes in quotation marks."""
    return [named(message) for message in messages(parts, term, encoding)]


def named(message: Message) -> str:
    if isinstance(message, Key):
        return message.key
    return f"“{message.text}”" if isinstance(message, Paste) else type(message).__name__


class TestPastes:
    @pytest.mark.parametrize(
        ("pasted", "text"),
        [
            (b"two words", "two words"),
            (b"ab\x1b[31mq", "ab␛[31mq"),
            (b"a\0\x07\x1bq", "a␀␇␛q"),
            (b"one\r\ntwo\rthree\nfour\tfive", "one\ntwo\nthree\nfour    five"),
            (b"\x1b[200~q", "␛[200~q"),
            (b"na\xefve q", "na�ve q"),
            ("\u202egnirts".encode(), "<U+202E>gnirts"),
            (b"", ""),
        ],
    )
    def test_nothing_in_a_paste_is_a_key(self, pasted: bytes, text: str) -> None:
        assert heard(START + pasted + END + b"j") == [f"“{text}”", "j"]

    def test_a_paste_split_anywhere_is_the_same_paste(self) -> None:
        whole = b"k" + START + b"hello q" + END + b"j"
        for place in range(1, len(whole)):
            if whole[:place][-1:] == b"\x1b" and place == 2:
                continue  # an ESC alone, for so long, is the key
            assert heard(whole[:place], ESCAPE_DELAY - 0.1, whole[place:]) == ["k", "“hello q”", "j"], place

    def test_an_end_mark_in_two_parts_is_waited_for(self) -> None:
        assert heard(START + b"hello", 1.9, b"\x1b[2", 1.9, b"01~j") == ["“hello”", "j"]

    def test_the_keyboard_is_back_two_seconds_after_the_last_of_a_paste_that_does_not_end(self) -> None:
        parser = InputParser(Dialect("xterm"))
        assert parser.feed(START + b"hello", 10.0) == []
        assert parser.patience() == PATIENCE
        assert parser.expire(11.9) == []
        assert list(map(named, parser.expire(12.0))) == ["“hello”"]
        assert parser.patience() is None
        assert list(map(named, parser.feed(b"q", 12.5))) == ["q"]

    def test_the_keyboard_is_back_when_nobody_looked_at_the_clock(self) -> None:
        parser = InputParser(Dialect("xterm"))
        parser.feed(START + b"hello", 10.0)
        assert list(map(named, parser.feed(b"q", 60.0))) == ["“hello”", "q"]

    def test_the_rest_of_a_paste_held_up_on_the_way_is_no_keys(self) -> None:
        assert heard(START + b"hello", 5.0, b" q more" + END + b"j") == ["“hello”", "“ q more”", "j"]
        assert heard(START + b"hello", 5.0, b"q" * 500, 0.1, b"q" + END + b"j") == ["“hello”", f"“{'q' * 501}”", "j"]

    def test_an_end_mark_without_a_beginning_is_nothing(self) -> None:
        assert heard(b"j" + END + b"k") == ["j", "k"]

    def test_of_an_endless_paste_the_beginning_is_kept_and_the_loss_told(self) -> None:
        parser = InputParser(Dialect("xterm"))
        tracemalloc.start()
        parser.feed(START, 1.0)
        for _ in range(5_000):
            assert parser.feed(b"lorem q " * 512, 1.0) == []
        assert tracemalloc.get_traced_memory()[1] < 4 * PASTE_LIMIT
        tracemalloc.stop()
        paste, shortened = parser.feed(END, 1.0)
        assert isinstance(paste, Paste)
        assert isinstance(shortened, PasteShortened)
        assert len(paste.text) == PASTE_LIMIT
        assert shortened.lost == 5_000 * 4096 - PASTE_LIMIT

    def test_a_paste_of_64_kilobytes_is_whole(self) -> None:
        assert heard(START + b"lorem q " * 8192 + END) == [f"“{'lorem q ' * 8192}”"]


def keys_at(pace: float, key: bytes, count: int) -> list[bytes | float]:
    """`key`, `count` times, each after a pause of `pace` seconds."""
    return [part for _ in range(count) for part in (pace, key)]


class TestWhoeverTypesAtADeadKeyboard:
    @pytest.mark.parametrize("begun", [START + b"abc", START, b"\x1b]0;", b"\x1bP1;", b"\x1b_Gi=1", b"\x1b[1;"])
    @pytest.mark.parametrize("key", [b"5", "é".encode(), b"\x1b[B", b"\x1bOP"])
    @pytest.mark.parametrize("pace", [0.5, 0.125, 1 / 30])
    def test_is_heard_within_two_seconds(self, begun: bytes, key: bytes, pace: float) -> None:
        parser, now = InputParser(Dialect("xterm")), 100.0
        parser.feed(begun, now)
        (wanted,) = messages([key])
        made: list[str] = []
        for _ in range(2 + int(PATIENCE / pace)):
            now += pace
            made = [named(message) for message in parser.feed(key, now)]
        assert made[-1:] == [named(wanted)]
        assert list(map(named, parser.feed(key, now + pace))) == [named(wanted)]

    def test_what_was_typed_before_is_the_end_of_the_paste(self) -> None:
        assert heard(START + b"abc", *keys_at(0.5, b"j", 7)) == ["“abcjjjj”", "j", "j", "j"]

    def test_the_same_typed_between_others_is_heard_as_soon(self) -> None:
        assert heard(START, *keys_at(0.01, b"j", 100), *keys_at(0.5, b"k", 6)) == [
            f"“{'j' * 100}{'k' * 4}”",
            *("k", "k"),
        ]

    def test_ctrl_c_by_itself_ends_a_paste_at_once_and_no_more(self) -> None:
        assert heard(START + b"abc", 0.6, b"\x03", b"q") == ["“abc”", "q"]
        assert heard(START + b"abc", 0.6, b"\x03", 0.1, b"d q" + END + b"j") == ["“abc”", "“d q”", "j"]
        assert heard(b"\x1b]0;abc", 0.1, b"\x03") == ["ctrl+c"]

    def test_ctrl_c_in_a_paste_ends_nothing(self) -> None:
        assert heard(START + b"abc", 0.1, b"\x03", 0.1, b"q" + END) == ["“abc␃q”"]
        assert heard(START + b"abc", 0.6, b"\x03q", 0.1, b"q" + END) == ["“abc␃qq”"]


class TestAPasteOverASlowLine:
    @pytest.mark.parametrize("pace", [0.0, 0.001, 1 / 120, 0.02])
    def test_is_whole_where_every_byte_comes_by_itself(self, pace: float) -> None:
        text = b"q two words\x03 " * 100
        packets = (text[place : place + 1] for place in range(len(text)))
        parts = [part for packet in packets for part in (pace, packet)]
        assert heard(START, *parts, END, b"j") == [f"“{text.decode().replace(chr(3), '␃')}”", "j"]

    @pytest.mark.parametrize("key", [b"q", b"\r", "é".encode(), b"\x1b[B"])
    def test_is_whole_where_a_packet_happens_to_be_one_key(self, key: bytes) -> None:
        parts = [part for _ in range(20) for part in (b"two words", 1.9, key, 1.9)]
        (paste,) = heard(START, *parts, END)
        assert paste.count("two words") == 20

    def test_waits_for_the_rest_of_a_start_mark_as_long_as_for_all_else(self) -> None:
        assert heard(b"\x1b[200", 1.9, b"~", 1.9, b"q", 1.9, b"two" + END) == ["“qtwo”"]


class TestText:
    def test_characters_are_keys_under_the_names_that_are_bound(self) -> None:
        assert heard("aG1é漢 /?.!&\\[".encode()) == [
            *("a", "G", "1", "é", "漢", "space", "slash", "question_mark", "full_stop", "exclamation_mark"),
            *("ampersand", "backslash", "left_square_bracket"),
        ]

    def test_control_characters_are_keys(self) -> None:
        assert heard(b"\0\x03\x08\t\r\n\x1a\x1c\x1f\x7f") == [
            *("ctrl+@", "ctrl+c", "backspace", "tab", "enter", "ctrl+j", "ctrl+z", "ctrl+backslash"),
            *("ctrl+underscore", "backspace"),
        ]

    def test_invalid_bytes_are_replaced(self) -> None:
        assert heard(b"\xff") == ["replacement_character"]
        assert heard(b"\xe9", 0.3, b"a") == ["replacement_character", "a"]
        assert heard(b"\xe6\xbc", b"\x1b[A") == ["replacement_character", "up"]

    def test_a_character_in_two_parts_is_one(self) -> None:
        assert heard(b"\xe6", 1.0, b"\xbc\xa2") == ["漢"]

    def test_the_locale_decides_on_bytes_beyond_ascii(self) -> None:
        assert heard(b"\xe9q", encoding="latin-1") == ["é", "q"]
        assert heard(b"\xb4\xc1q", encoding="euc-jp") == ["漢", "q"]

    def test_control_characters_of_eight_bits_are_no_keys(self) -> None:
        assert heard("\x9b\x9dq".encode()) == ["q"]


class TestReplies:
    REPLIES = (
        b"\x1b[?61;4;6;22c",
        b"\x1b[>41;390;0c",
        b"\x1b[24;80R",
        b"\x1b[1;2R",
        b"\x1b[0n",
        b"\x1b[?15;2n",
        b"\x1b[?2048;0$y",
        b"\x1b[4;1$y",
        b"\x1b[?1u",
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[8;24;80t",
        b"\x1b[48;24;80;480;800t",
        b"\x1b[<0;10;20M",
        b"\x1b[<0;10;20m",
        b"\x1b[M qq",
        b"\x1b[?997;1n",
        b"\x1b]11;rgb:0000/0000/0000\x1b\\",
        b"\x1b]10;rgb:ffff/ffff/ffff\x07",
        b"\x1b]lsome title q\x1b\\",
        b"\x1b]52;c;cQ==\x1b\\",
        b"\x1bP>|xqerm(390)\x1b\\",
        b"\x1bP!|7e565445\x1b\\",
        b"\x1bP1$r0m\x1b\\",
        b"\x1bP1+r544e=71\x1b\\",
        b"\x1b_Gi=1;OK q\x1b\\",
        b"\x1b[99;5;3z",
        b"\x1b[?1;2q",
    )

    @pytest.mark.parametrize("reply", REPLIES)
    def test_a_late_reply_is_no_key(self, reply: bytes) -> None:
        assert heard(b"j" + reply + b"k") == ["j", "k"]

    @pytest.mark.parametrize("reply", REPLIES)
    def test_a_reply_split_anywhere_is_no_key(self, reply: bytes) -> None:
        for place in range(1, len(reply)):
            assert heard(reply[:place], ESCAPE_DELAY - 0.1, reply[place:] + b"k") == ["k"], place

    def test_the_one_reply_that_is_asked_for_is_understood(self) -> None:
        (message,) = messages([b"\x1b[?2026;2$y"])
        assert isinstance(message, TerminalSupportsSynchronizedOutput)
        assert heard(b"\x1b[?2026;0$y", b"\x1b[?2026;4$y") == []

    def test_enter_is_heard_in_a_reply_that_does_not_end(self) -> None:
        assert heard(b"\x1b]11;rgb:00", b"qq\rj") == ["enter", "j"]

    def test_the_keyboard_is_back_two_seconds_after_a_reply_that_does_not_end(self) -> None:
        assert heard(b"\x1bP>|term", PATIENCE, b"q") == ["q"]

    def test_an_endless_reply_or_sequence_is_not_kept(self) -> None:
        for begin in (b"\x1b]11;", b"\x1b[1"):
            parser = InputParser(Dialect("xterm"))
            tracemalloc.start()
            parser.feed(begin, 1.0)
            for _ in range(2_000):
                assert parser.feed(b"1" * 4000, 1.0) == []
            assert tracemalloc.get_traced_memory()[1] < 100_000
            tracemalloc.stop()


class TestSequences:
    def test_an_arrow_split_by_less_than_half_a_second_is_an_arrow(self) -> None:
        assert heard(b"\x1b", 0.12, b"[B") == ["down"]
        assert heard(b"\x1b[", 0.45, b"B") == ["down"]
        assert heard(b"\x1bO", 0.3, b"P") == ["f1"]

    def test_an_escape_alone_is_the_key(self) -> None:
        assert heard(b"\x1b", ESCAPE_DELAY, b"j") == ["escape", "j"]
        assert heard(b"\x1b\x1b", ESCAPE_DELAY, b"j") == ["escape", "escape", "j"]
        assert heard(b"\x1b\x1b[B") == ["escape", "down"]

    def test_letters_with_alt_are_known(self) -> None:
        assert heard(b"\x1bj\x1bJ\x1b/") == ["alt+j", "alt+shift+j", "alt+slash"]
        assert heard(b"\x1b[", 1.0, b"\x1b]", 1.0, b"j") == ["alt+left_square_bracket", "alt+right_square_bracket", "j"]

    @pytest.mark.parametrize(
        "sequence",
        [b"\x1b[99q", b"\x1b[?5q", b"\x1b[=1q", b"\x1b[1;1q", b"\x1b[ q", b"\x1b[!q", b"\x1bOV", b"\x1b[[q"],
    )
    def test_what_is_not_known_is_not_its_letters(self, sequence: bytes) -> None:
        assert heard(sequence + b"j") == ["j"]

    def test_a_key_in_the_middle_of_a_sequence_is_heard(self) -> None:
        assert heard(b"\x1b[3\x03j") == ["ctrl+c", "j"]


KEYS: Sequence[tuple[str, bytes, Sequence[str]]] = (
    ("vt100", b"\x1bOP\x1bOQ\x1bOR\x1bOS\x1bOA\x1bOx\x1bOM", ("f1", "f2", "f3", "f4", "up", "8", "enter")),
    ("vt220", b"\x1b[28~\x1b[29~\x1b[1~\x1b[4~\x1b[5~\x1b[6~", ("help", "do", "home", "end", "pageup", "pagedown")),
    ("vt220", b"\x1b[17~\x1b[21~\x1b[23~\x1b[26~\x1b[31~\x1b[34~", ("f6", "f10", "f11", "f14", "f17", "f20")),
    ("linux", b"\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E\x1b[17~", ("f1", "f2", "f3", "f4", "f5", "f6")),
    ("linux", b"\x1b[25~\x1b[28~\x1b[29~\x1b\t\x1b[1~\x1b[4~", ("f13", "f15", "f16", "shift+tab", "home", "end")),
    ("putty", b"\x1b[11~\x1b[12~\x1b[13~\x1b[14~\x1b[15~", ("f1", "f2", "f3", "f4", "f5")),
    ("putty", b"\x1b[1~\x1b[4~\x1bOA\x1b[A\x7f", ("home", "end", "up", "up", "backspace")),
    (
        "xterm",
        b"\x1bOH\x1bOF\x1b[H\x1b[F\x1b[Z\x1b[1;2P\x1b[1;5Q",
        ("home", "end", "home", "end", "shift+tab", "f13", "ctrl+f2"),
    ),
    (
        "xterm",
        b"\x1b[1;5A\x1b[1;6B\x1b[1;3C\x1b[3;5~\x1b[6;2~",
        ("ctrl+up", "ctrl+shift+down", "alt+right", "ctrl+delete", "shift+pagedown"),
    ),
    ("ms-terminal", b"\x1bOP\x1b[15~\x1b[24~\x1b[2~\x1b[15;2~\x08", ("f1", "f5", "f12", "insert", "f17", "backspace")),
    ("tmux-256color", b"\x1b[1~\x1b[4~\x1b[1;2Q\x1b[20;5~\x1b[24;6~", ("home", "end", "f14", "ctrl+f9", "ctrl+f24")),
    ("screen", b"\x1bOA\x1b[A\x1b[5~\x1b[6~\x1b[21~", ("up", "up", "pageup", "pagedown", "f10")),
    (
        "rxvt",
        b"\x1b[7~\x1b[8~\x1b[a\x1bOa\x1b[3^\x1b[3@",
        ("home", "end", "shift+up", "ctrl+up", "ctrl+delete", "ctrl+shift+delete"),
    ),
    (
        "xterm-kitty",
        b"\x1b[27u\x1b[99;5u\x1b[106;1:3u\x1b[13;2u\x1b[27;5;9~\x1b[97;2u",
        ("escape", "ctrl+c", "shift+enter", "ctrl+tab", "A"),
    ),
)


@pytest.mark.parametrize(("term", "sent", "keys"), KEYS)
def test_keys_are_named_in_the_dialect_of_the_terminal(term: str, sent: bytes, keys: Sequence[str]) -> None:
    assert heard(sent, term=term) == list(keys)


BYTES = st.lists(
    st.one_of(
        st.binary(max_size=6),
        st.sampled_from(
            [START, END, b"\x1b", b"\x1b[", b"\x1b]1", b"\x1bP1", b"\x1b\\", b"\x1b[1;5", b"\x1b[M", b"\x07", b"q"]
        ),
    ),
    max_size=12,
)


@given(BYTES)
@example([START, b"\x1b", END])
@example([b"\x1b]1", b"\x1b"])
def test_no_bytes_make_the_keyboard_deaf(parts: list[bytes]) -> None:
    *_, last = heard(*parts, PATIENCE + 0.1, b"q")
    assert last == "q"


@given(BYTES)
@example([b"\x1b[M", b"\x1b", b"ab"])
def test_it_does_not_matter_how_bytes_are_split(parts: list[bytes]) -> None:
    whole = b"".join(parts)
    assert heard(*(whole[place : place + 1] for place in range(len(whole)))) == heard(whole)
