"""The harness sees what is sent and when, ratios are right, and the picture says what they say."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bench.chart import chart
from bench.figures import Figure, Held, Limit, number, p95, spread, table, write_json
from bench.line import Line
from bench.made_pack import FIRST_TITLE, document_text, write_long_document, write_pack
from briefing.storage.pack_folder import open_pack

ECHO = """
import sys, termios, tty
tty.setraw(0)
print("\\x1b[2J\\x1b[3;5Hready", end="", flush=True)
while (key := sys.stdin.read(1)) != "q":
    print(f"\\x1b[1;1H<{key * 5}>", end="", flush=True)
"""
RATIOS = Figure("start", "ms", (10.0, 30.0, 20.0), "hello", (100.0, 100.0, 50.0), Limit(Held.RATIO, 0.25))


def drawn(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - we have just written it


def test_line_tells_what_came_and_what_is_on_the_screen(tmp_path: Path) -> None:
    with Line((sys.executable, "-c", ECHO), tmp_path, (40, 5)) as line:
        started = line.until("ready")
        assert line.rows == [" " * 40, " " * 40, "    ready".ljust(40), " " * 40, " " * 40]
        answer = line.answer("j", 0.2, 20.0)
        assert answer.bytes == len("\x1b[1;1H<jjjjj>")
        assert 0 < answer.seconds < line.now()
        assert line.rows[0].startswith("<jjjjj> ")
        assert started < line.until("kkkkk", after=len(line.sent) - line.answer("k", 0.2, 20.0).bytes)
        line.press("q")
        assert line.ended() >= 0


def test_words_that_stood_there_before_are_no_answer(tmp_path: Path) -> None:
    with Line((sys.executable, "-c", ECHO), tmp_path) as line:
        line.until("ready")
        with pytest.raises(TimeoutError, match="ready"):
            line.until("ready", after=len(line.sent), patience=0.2)


def test_words_of_which_a_part_stood_there_are_seen_on_the_screen(tmp_path: Path) -> None:
    source = "print('re__y', end='', flush=True); input(); print('\\x1b[1;3Had', end='', flush=True); input()"
    with Line((sys.executable, "-c", source), tmp_path) as line:
        line.until("re__y")
        line.press("\n")
        line.until("ready")
        assert line.rows[0].startswith("ready ")


def test_ratios_are_taken_round_by_round() -> None:
    assert RATIOS.ratios == (0.1, 0.3, 0.4)
    assert RATIOS.held == 0.3
    assert RATIOS.is_kept is False
    assert RATIOS.share == pytest.approx(1.2)
    assert RATIOS.claim == "0.30 × hello, at most 0.25"


def test_ratios_of_keys_are_those_of_the_percentiles() -> None:
    ours, theirs = tuple(map(float, range(1, 102))), (50.0, 50.0)
    figure = Figure("line", "ms", ours, "bare p95", theirs, Limit(Held.P95_RATIO, 2.0))
    assert figure.p95 == 96.0
    assert figure.ratios == (1.92,)
    assert figure.is_kept is True


@pytest.mark.parametrize(("speed", "kept", "share"), [(20.0, False, 2.0), (40.0, True, 1.0), (80.0, True, 0.5)])
def test_what_is_to_be_reached_is_missed_below(speed: float, kept: bool, share: float) -> None:
    figure = Figure("index", "words/s", (speed,), limit=Limit(Held.MEDIAN, 40.0, at_least=True))
    assert (figure.is_kept, figure.share) == (kept, share)


def test_figures_without_a_limit_neither_keep_nor_miss_one() -> None:
    figure = Figure("less", "ms", (3.0, 1.0))
    assert (figure.median, figure.is_kept, figure.ratios) == (2.0, None, ())
    with pytest.raises(ValueError, match="less"):
        _ = figure.held


def test_spread_and_percentile() -> None:
    assert spread((5.0, 1.0, 3.0)) == (1.0, 5.0)
    assert spread((1.0, 2.0, 3.0, 4.0, 100.0)) == (2.0, 4.0)
    assert p95((7.0,)) == 7.0
    assert [number(one) for one in (0.0514, 12.34, 45678.9)] == ["0.05", "12.3", "45,679"]


def test_table_and_json_name_what_is_missed(tmp_path: Path) -> None:
    line = table([RATIOS])[1]
    assert "MISSED: 0.30 × hello, at most 0.25" in line
    assert "15.0–25.0" not in line
    assert "10.0–30.0" in line
    write_json(tmp_path / "new" / "bench.json", [RATIOS], {"load": 1.5})
    written = json.loads((tmp_path / "new" / "bench.json").read_text(encoding="utf-8"))
    assert written["load"] == 1.5
    assert written["figures"][0]["values"] == [10.0, 30.0, 20.0]
    assert (written["figures"][0]["ratio"], written["figures"][0]["kept"]) == (0.3, False)


def test_chart_draws_each_limit_at_the_same_place_and_bars_in_proportion() -> None:
    half = Figure("half <of> it", "ms", (25.0,), limit=Limit(Held.MEDIAN, 50.0))
    far = Figure("far beyond", "ms", (500.0,), limit=Limit(Held.MEDIAN, 50.0))
    text = chart([half, RATIOS, Figure("no limit", "ms", (1.0,)), far], "a caption")
    svg = drawn(text)
    names = {"s": "http://www.w3.org/2000/svg"}
    bars = [float(bar.attrib["width"]) for bar in svg.findall("s:rect", names)[1:]]
    words = [one.text for one in svg.findall("s:text", names)]
    assert bars == [150.0, 360.0, 375.0]
    assert "half <of> it" in words
    assert "no limit" not in words
    assert "0.30 × hello, at most 0.25: missed" in words
    assert "… 500 ms, at most 50.0: missed" in words
    assert "<script" not in text
    assert "@font-face" not in text
    assert "href" not in text


def test_made_packs_are_the_same_every_time_and_can_be_read(tmp_path: Path) -> None:
    words = write_pack(tmp_path / "pack", 4)
    pack = open_pack([tmp_path / "pack"])
    assert [document.id for document in pack.documents] == [
        "000/000000.txt",
        "000/000001.txt",
        "000/000002.txt",
        "000/000003.md",
    ]
    assert document_text(3) == document_text(3)
    assert document_text(0).startswith(FIRST_TITLE)
    assert 2000 <= words == sum(len(document_text(number).split()) for number in range(4)) < 3000
    assert not pack.problems
    assert pack.scenario is not None


def test_the_long_document_has_its_words_once(tmp_path: Path) -> None:
    write_long_document(tmp_path / "long", 20_000, "Alpha", "Omega")
    text = (tmp_path / "long" / "long.txt").read_text(encoding="utf-8")
    assert 20_000 <= len(text) < 30_000
    assert (text.count("Alpha"), text.count("Omega")) == (1, 1)
    assert text.endswith("Omega.\n")
