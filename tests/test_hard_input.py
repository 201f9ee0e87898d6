"""Whatever is typed, pasted or answered: the program stays, hears the next key, and sends nothing but its own."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.message import Message

from briefing.parsing.visible import is_safe
from briefing.tui.terminal.input import PATIENCE, InputParser
from briefing.tui.terminal.keys import Dialect
from tests.effort import chance, tries
from tests.line import BRIEFING
from tests.typed_bytes import CASES, ENDED, harmless, some_bytes
from tests.watched_line import WatchedLine, foreign

pytestmark = pytest.mark.hard

PARSED = 100_000
TYPED = 2_000
"""Sequences for the parser alone, and for the program in a terminal."""
AT_ONCE = 25
"""Sequences after which a key is tried."""
OF_ONE_PROGRAM = 250


def test_the_parser_hears_the_key_after_any_bytes(tell: Callable[[str], None]) -> None:
    count, made = tries(PARSED), 0
    one = chance("parser")
    for number in range(count):
        parser = InputParser(
            Dialect(one.choice(("xterm", "linux", "vt220"))), one.choice(("utf-8", "latin-1", "euc-jp"))
        )
        typed = b"".join(some_bytes(one) for _ in range(one.randrange(1, 4)))
        cut, now = one.randrange(len(typed) + 1), number * 100.0
        messages = [*parser.feed(typed[:cut], now), *parser.feed(typed[cut:], now + one.choice((0.0, 0.1, 0.6, 3.0)))]
        messages += parser.expire(now + 10)
        assert [heard(message) for message in parser.feed(b"j", now + 10.1)] == ["j"], (number, typed, cut)
        pasted = "".join(heard(message) for message in messages if isinstance(message, Paste))
        assert is_safe(pasted.replace("\n", "")), (number, typed, cut, pasted)
        made += len(messages)
    tell(f"input: {count} sequences of bytes parsed into {made} keys and pastes, the key after each was heard")


def heard(message: Message) -> str:
    if isinstance(message, Paste):
        return message.text
    return message.key if isinstance(message, Key) else ""


@pytest.fixture
def pack(seeds: Path, tmp_path: Path) -> Path:
    """A copy of the seeds, in which anything may be decided."""
    return Path(shutil.copytree(seeds, tmp_path / "seeds"))


def opened(pack: Path) -> WatchedLine:
    line = WatchedLine((*BRIEFING, "--fresh", pack))
    line.see("PEOPLE", "q quit")
    return line


def leave(line: WatchedLine, context: object) -> None:
    """Leave, and look at what was sent and what is left."""
    line.press(b"\x03")
    assert line.status() == 0, context
    assert foreign(line.raw) == [], context
    assert line.left_on() == set(), context
    assert line.pen_is_plain, context
    assert line.attributes() == line.before, context
    assert b"Traceback" not in line.raw, context


def type_in(line: WatchedLine, typed: bytes) -> None:
    for place in range(0, len(typed), 1024):
        line.press(typed[place : place + 1024])
        line.read_for(0.002)


def test_what_has_befallen_others_befalls_us_not(pack: Path, tell: Callable[[str], None]) -> None:
    with opened(pack) as line:
        for parts in CASES.values():
            for part in parts:
                if isinstance(part, bytes):
                    type_in(line, part)
                else:
                    line.read_for(part)
            line.hear_a_key()
        leave(line, "all cases")
    tell(f"input: {len(CASES)} of {len(CASES)} known mishaps survived in a terminal, the key after each was heard")


def test_the_program_hears_the_key_after_any_bytes(pack: Path, tell: Callable[[str], None]) -> None:
    count, programs, tried = tries(TYPED), 0, 0
    began = time.monotonic()
    for first in range(0, count, OF_ONE_PROGRAM):
        with opened(pack) as line:
            programs += 1
            for number in range(first, min(first + OF_ONE_PROGRAM, count), AT_ONCE):
                one = chance("typed", number)
                typed = [harmless(some_bytes(one)) for _ in range(AT_ONCE)]
                for sequence in typed:
                    cut = one.randrange(3, len(sequence) + 4)
                    type_in(line, sequence[:cut])
                    line.read_for(one.choice((0.0, 0.0, 0.0, 0.02)))
                    type_in(line, sequence[cut:] + ENDED)
                if one.random() < 0.1:
                    type_in(line, one.choice((b"\x1b[200~no end", b"\x1bP1no end", b"\x1b]1", b"\x1b[1;", b"\xe6")))
                    line.read_for(PATIENCE + 0.2)
                assert line.process.poll() is None, f"ended with {line.process.returncode} after {typed!r}"
                line.hear_a_key()
                tried += 1
            leave(line, first)
    tell(
        f"input: {count} sequences typed into {programs} programs in {time.monotonic() - began:.0f} s; the key tried "
        f"{tried} times was heard each time, nothing foreign was sent, every terminal restored"
    )
