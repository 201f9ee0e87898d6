"""What `briefing doctor` says of a host, and whether something is in the way of work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.cli import main
from briefing.doctor import Finding, as_lines, findings
from briefing.host import Host, decide, observe

GOOD = observe(
    {"TERM": "xterm-256color", "LANG": "C.UTF-8", "TMUX": "/run/tmux,1,0", "SSH_TTY": "/dev/pts/1"}, None
)._replace(
    encoding="utf-8",
    utf8_mode=False,
    superuser=False,
    columns=80,
    rows=24,
    input_is_terminal=True,
    output_is_terminal=True,
    errors_are_terminal=True,
    state_folder=Path("/home/officer/.local/state/briefing"),
    state_writable=True,
    state_free=3 << 30,
)
"""Everything as one would wish it."""


def finding(host: Host, subject: str, *, restricted: bool = False) -> Finding:
    found = findings(host, decide(host, restricted=restricted))
    return next(one for one in found if one.subject == subject)


def text(host: Host) -> str:
    return "\n".join(as_lines(findings(host, decide(host))))


def test_a_good_host_reads_so() -> None:
    assert text(GOOD).splitlines()[:9] == [
        "TERMINAL",
        "  found   80 by 24 cells",
        "  done    drawn at this size, and anew when it changes",
        "COLOURS",
        "  found   TERM=xterm-256color",
        "  done    256 colours: TERM=xterm-256color promises no more without COLORTERM",
        "  better  set COLORTERM=truecolor, only if the terminal shows 24-bit colours and",
        "          the line is fast: they take a fifth more bytes",
        "CHARACTERS",
    ]
    assert text(GOOD).splitlines()[-1] == "Nothing is in the way of work."


@pytest.mark.parametrize(
    "host",
    [
        GOOD,
        GOOD._replace(term="", locale="", multiplexer="", state_folder=None),
        GOOD._replace(input_is_terminal=False, output_is_terminal=False, superuser=True, state_free=0),
        GOOD._replace(term="x" * 30, multiplexer="screen", restricted_wanted=True, ascii_wanted=True),
    ],
    ids=["good", "bare", "pipe", "odd"],
)
def test_it_is_linear_text_in_80_columns(host: Host) -> None:
    lines = text(host).splitlines()
    assert max(map(len, lines)) <= 80
    assert "".join(lines).isascii()
    assert "".join(lines).isprintable()


@pytest.mark.parametrize(
    ("change", "subject", "words"),
    [
        ({"state_folder": None}, "state", "set XDG_STATE_HOME to a folder of yours"),
        ({"state_writable": False}, "state", "set XDG_STATE_HOME to a folder that can be written"),
        ({"state_free": 4096}, "state", "make room"),
        ({"columns": 39}, "terminal", "make it 40 by 10 or larger"),
        ({"rows": 9}, "terminal", "make it 40 by 10 or larger"),
    ],
    ids=str,
)
def test_what_is_in_the_way_is_named_with_the_way_out(change: dict[str, object], subject: str, words: str) -> None:
    host = GOOD._replace(**change)  # type: ignore[arg-type]
    assert finding(host, subject).wrong
    assert words in finding(host, subject).better
    assert text(host).splitlines()[-1] == f"In the way of work: {subject}."


@pytest.mark.parametrize(
    ("change", "subject", "words"),
    [
        ({"multiplexer": ""}, "line", "inside tmux or screen: a dropped line then loses nothing"),
        ({"no_color": True}, "colours", "unset NO_COLOR"),
        ({"term": ""}, "colours", "set TERM"),
        ({"term": "xterm"}, "colours", "TERM=xterm-256color, only if"),
        ({"locale": "C"}, "characters", "set LC_ALL=C.UTF-8"),
        ({"ascii_wanted": True}, "characters", "leave that out"),
        ({"multiplexer": "screen"}, "characters", "start screen with -U"),
        ({"superuser": True}, "program", "work as yourself"),
        ({"output_is_terminal": False}, "terminal", "ssh -t"),
        ({"columns": 0, "rows": 0}, "terminal", "stty rows 24 cols 80"),
    ],
    ids=str,
)
def test_what_would_make_it_better_is_said(change: dict[str, object], subject: str, words: str) -> None:
    found = finding(GOOD._replace(**change), subject)  # type: ignore[arg-type]
    assert words in found.better
    assert not found.wrong


@pytest.mark.parametrize("restricted", [False, True])
@pytest.mark.parametrize(
    "change", [{}, {"state_folder": None}, {"state_writable": False}, {"state_free": 4096}], ids=str
)
def test_what_is_said_of_notes_and_decisions_does_not_contradict_itself(
    change: dict[str, object], restricted: bool
) -> None:
    host = GOOD._replace(**change)  # type: ignore[arg-type]
    line, state = finding(host, "line", restricted=restricted).done, finding(host, "state", restricted=restricted).done
    assert ("are kept for the next start" in line) == (not change)
    assert ("view and notes are kept here" in state) == (not change)
    if change:
        where = "decisions are not kept" if restricted else "nor are decisions where the pack cannot be written"
        assert where in state


def test_the_restricted_mode_is_explained() -> None:
    assert finding(GOOD, "rights", restricted=True).found == "restricted: asked for with --restricted"
    assert "kept here;" in finding(GOOD, "state", restricted=True).done


def test_as_json_it_holds_facts_decisions_and_findings(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    assert main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["host"]["state_folder"] == str(home / ".local" / "state" / "briefing")
    assert told["decisions"]["colours"] == 256
    assert told["wrong"] is False
    assert [one["subject"] for one in told["findings"]] == [
        *("terminal", "colours", "characters", "theme", "line", "state", "rights", "program")
    ]


def test_the_exit_code_tells_what_is_in_the_way(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert main(["doctor"]) == 1
    assert "file/briefing cannot be written" in " ".join(capsys.readouterr().out.split())
