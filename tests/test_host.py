"""What is decided for a host, from nothing but its facts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from briefing.host import Colours, Host, decide, observe

UTF8 = {"LANG": "C.UTF-8"}


def host(environ: Mapping[str, str], *, utf8_mode: bool = False, encoding: str = "utf-8") -> Host:
    """What is observed with `environ`, Python having started so."""
    return observe(environ, None)._replace(utf8_mode=utf8_mode, encoding=encoding)


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color"}, Colours.MANY),
        ({"TERM": "tmux-256color", "TMUX": "/run/tmux,1,0"}, Colours.MANY),
        ({"TERM": "vte-256color"}, Colours.MANY),
        ({"TERM": "xterm-direct"}, Colours.MANY),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Colours.FULL),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit"}, Colours.FULL),
        ({"TERM": "strange", "COLORTERM": "truecolor"}, Colours.FULL),
        ({"TERM": "tmux-256color", "TMUX": "/run/tmux,1,0", "COLORTERM": "truecolor"}, Colours.FULL),
        ({"TERM": "screen-256color", "STY": "1.pts", "COLORTERM": "truecolor"}, Colours.MANY),
        ({"TERM": "xterm-256color", "COLORTERM": "gnome-terminal"}, Colours.MANY),
        ({"TERM": "xterm"}, Colours.SIXTEEN),
        ({"TERM": "linux"}, Colours.SIXTEEN),
        ({"TERM": "linux-16color"}, Colours.SIXTEEN),
        ({"TERM": "screen"}, Colours.SIXTEEN),
        ({"TERM": "screen.linux"}, Colours.SIXTEEN),
        ({"TERM": "putty"}, Colours.SIXTEEN),
        ({"TERM": "dumb"}, Colours.NONE),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, Colours.NONE),
        ({"TERM": "vt100"}, Colours.NONE),
        ({"TERM": "vt220", "COLORTERM": "truecolor"}, Colours.NONE),
        ({"TERM": "xterm-mono"}, Colours.NONE),
        ({"TERM": "linux-m"}, Colours.NONE),
        ({"TERM": "unknown"}, Colours.NONE),
        ({"TERM": "wyse50"}, Colours.NONE),
        ({"TERM": "stratos"}, Colours.NONE),
        ({"TERM": ""}, Colours.NONE),
        ({}, Colours.NONE),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, Colours.NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, Colours.MANY),
    ],
    ids=str,
)
def test_no_more_colours_than_the_terminal_promises(environ: dict[str, str], colours: Colours) -> None:
    assert decide(host({**UTF8, **environ})).colours is colours


@pytest.mark.parametrize(
    ("term", "theme"), [("xterm-256color", "dark"), ("linux", "sixteen"), ("vt100", "plain"), ("dumb", "plain")]
)
def test_the_theme_fits_the_colours(term: str, theme: str) -> None:
    assert decide(host({"TERM": term})).theme == theme


def test_a_theme_that_was_asked_for_is_taken() -> None:
    decisions = decide(host({"TERM": "vt100"}), theme="light")
    assert (decisions.theme, decisions.theme_reason) == ("light", "asked for with --theme")
    assert decisions.colours is Colours.NONE


@pytest.mark.parametrize(
    ("environ", "utf8_mode", "ascii"),
    [
        ({"LANG": "en_GB.UTF-8"}, False, False),
        ({"LANG": "C.utf8"}, False, False),
        ({"LC_CTYPE": "UTF-8"}, False, False),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, False, False),
        ({"LANG": "sr_RS.UTF-8@latin"}, False, False),
        ({"LANG": "de_DE"}, False, False),  # Python writes UTF-8 there: the system knows this locale as UTF-8
        # A locale that is not installed: Python finds the C locale, writes UTF-8, and may say so in LC_CTYPE.
        ({"LANG": "en_GB.UTF-8", "LC_CTYPE": "C.UTF-8"}, True, False),
        ({"LC_ALL": "en_GB.UTF-8"}, True, False),
        ({"LANG": "de_DE", "LC_CTYPE": "C.UTF-8"}, True, True),
        ({"LANG": "de_DE.ISO-8859-1", "LC_CTYPE": "C.UTF-8"}, True, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True, True),
        ({"LC_CTYPE": "C.UTF-8"}, True, True),
        ({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, True, True),
        ({}, True, True),
    ],
    ids=str,
)
def test_a_terminal_is_sent_utf8_only_where_the_locale_says_so(
    environ: dict[str, str], utf8_mode: bool, ascii: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.host.sys.flags", type("Flags", (), {"utf8_mode": int(utf8_mode)}))
    assert decide(observe(environ, None)).ascii is ascii


def test_a_terminal_that_python_writes_another_encoding_to_is_sent_ascii() -> None:
    decisions = decide(host({"LANG": "de_DE.ISO-8859-1"}, encoding="iso8859-1"))
    assert (decisions.ascii, decisions.ascii_reason) == (True, "Python writes iso8859-1 here, which is not UTF-8")


def test_ascii_can_be_asked_for() -> None:
    assert decide(host(UTF8), ascii=True).ascii_reason == "asked for with --ascii"
    assert decide(host({**UTF8, "BRIEFING_ASCII": "1"})).ascii
    assert not decide(host({**UTF8, "BRIEFING_ASCII": "0"})).ascii


def test_no_option_lifts_what_the_environment_restricts() -> None:
    assert decide(host({"BRIEFING_RESTRICTED": "1"}), restricted=False).restricted
    assert decide(host({}), restricted=True).restricted
    assert not decide(host({"BRIEFING_RESTRICTED": ""})).restricted


def test_python_itself_starts_in_the_c_locale_as_described_here() -> None:
    script = (
        "import os; from briefing.host import decide, observe\n"
        "host = observe(os.environ, None); print(host.locale, host.utf8_mode, decide(host).ascii)"
    )
    for locale, said in (
        ("C", "C True True"),
        ("C.UTF-8", "C.UTF-8 False False"),
        ("x_Y.UTF-8", "x_Y.UTF-8 True False"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", script], env={"LANG": locale, "PYTHONPATH": str(Path.cwd())},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.strip() == said


def test_a_state_folder_that_is_not_there_yet_can_be_made(tmp_path: Path) -> None:
    found = observe({}, tmp_path / "a" / "b")
    assert found.state_writable
    assert found.state_free > 0
    assert not (tmp_path / "a").exists()


def test_a_file_in_the_way_of_the_state_folder_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("", encoding="utf-8")
    assert not observe({}, tmp_path / "a" / "b").state_writable


@pytest.mark.parametrize(
    ("environ", "multiplexer", "ssh"),
    [
        ({"TMUX": "/run/tmux,1,0"}, "tmux", False),
        ({"STY": "1.pts", "SSH_CONNECTION": "1 2 3 4"}, "screen", True),
        ({"SSH_TTY": "/dev/pts/1"}, "", True),
    ],
)
def test_what_lies_between_is_known(environ: dict[str, str], multiplexer: str, ssh: bool) -> None:
    found = observe(environ, None)
    assert (found.multiplexer, found.ssh) == (multiplexer, ssh)
