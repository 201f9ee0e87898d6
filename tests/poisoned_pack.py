"""A pack that nobody should open: all that terminals act on, wherever words can stand."""

from __future__ import annotations

from pathlib import Path

PAYLOADS = (
    "\x1b[31337m", "\x1b[6n", "\x1b]0;PWN\x07", "\x1b]0;PWN\x1b\\", "\x1b]52;c;UFdO\x1b\\", "\x1b]8;;http://evil/\x1b\\",
    "\x1bP1$r\x1b\\", "\x1bc", "\x1b", "\x9b31337m", "\x9d0;PWN\x9c", "\x85", "\0", "\x05", "\x07", "\x08", "\x0b",
    "\x0c", "\r", "\x0e", "\x7f", "\t", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\xad", "\U000e0041",
)  # fmt: skip
"""Sequences that terminals act on, and characters that turn, hide or break text."""
EVERY = "".join(f"<{number}:{payload}>" for number, payload in enumerate(PAYLOADS))


def toml(text: str) -> str:
    """`text` as a TOML string, every character of it written as its number."""
    return '"' + "".join(f"\\U{ord(one):08X}" for one in text) + '"'


def poisoned_pack(below: Path) -> Path:
    """A new pack in the folder `below`, with every payload wherever words can stand."""
    folder = below / f"pack {PAYLOADS[0]}{PAYLOADS[22]}"
    folder.mkdir()
    name = "a" + "".join(one for one in EVERY if one not in "/\0")[:90] + ".txt"
    sentences = "".join(
        f"The Harbour {payload} Ministry will pay the cost of 5{payload}0 tugs.\n\n" for payload in PAYLOADS
    )
    (folder / name).write_text(f"Title {EVERY}\n\n{sentences}", encoding="utf-8")
    body = f"# Title {EVERY}\n\nThe Harbour Ministry [will {EVERY} not](http://a/{EVERY}) pay `the {EVERY}` cost.\n"
    (folder / "b.md").write_text(body, encoding="utf-8")
    (folder / "briefing.toml").write_text(
        f"title = {toml(EVERY)}\nmarking = {toml(EVERY)}\n[[document]]\nfile = 'b.md'\nlabel = {toml(EVERY)}\n"
        f"origin = {toml(EVERY)}\n",
        encoding="utf-8",
    )
    (folder / "entities.toml").write_text(
        f"[[entity]]\ntype = 'ORG'\nname = {toml(f'Harbour {EVERY}')}\naliases = ['Harbour Ministry']\n",
        encoding="utf-8",
    )
    (folder / "scenario.toml").write_text(
        f"question = {toml(EVERY)}\nactor = {toml(EVERY)}\nactor_terms = ['Harbour Ministry']\n"
        f"[[role]]\nid = 'pay'\nname = {toml(EVERY)}\nterms = ['pay*']\n"
        f"[[constraint]]\nid = 'cost'\nname = {toml(EVERY)}\nterms = ['cost*']\n",
        encoding="utf-8",
    )
    return folder
