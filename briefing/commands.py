"""The one table of commands, from which keys, palette, key bar, help page and README are all made."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Scope(StrEnum):
    """Where a command's key is heard."""

    APP = "app"
    """On the desk, whatever has the keys; of these, a page over the desk hears Ctrl+C alone."""
    DESK = "desk"
    """Everywhere on the desk."""
    LIST = "list"
    """In any list, pane or table that has the focus."""


class Command(NamedTuple):
    """Something an officer can tell the desk to do."""

    id: str
    """Name of the action."""
    keys: tuple[str, ...]
    """Names of the keys that call it. The first, which is shown, is a letter, a digit or a key every terminal sends."""
    name: str
    """One or two words, for the key bar and the palette."""
    help: str
    """What it does, in one sentence without a full stop."""
    scope: Scope = Scope.DESK
    rank: int = 0
    """Place in the key bar, lowest first; 0 for a command that is not shown there."""


COMMANDS: tuple[Command, ...] = (
    Command("documents", ("1",), "documents", "show the documents", rank=30),
    Command("scenario", ("2",), "scenario", "show the roles against the constraints", rank=31),
    Command("timeline", ("3",), "timeline", "show what happened, happens and is to happen, in order", rank=32),
    Command("next_pane", ("tab",), "next pane", "go to the next pane", rank=60),
    Command("previous_pane", ("shift+tab",), "previous pane", "go to the previous pane"),
    Command("down", ("j", "down"), "down", "move down", Scope.LIST),
    Command("up", ("k", "up"), "up", "move up", Scope.LIST),
    Command("left", ("h", "left"), "left", "move left in the matrix; fold what is alike", Scope.LIST),
    Command("right", ("l", "right"), "right", "move right in the matrix; unfold it", Scope.LIST),
    Command("page_down", ("space", "pagedown"), "page down", "move down a page", Scope.LIST),
    Command("page_up", ("pageup",), "page up", "move up a page", Scope.LIST),
    Command("top", ("g", "home"), "top", "go to the top", Scope.LIST),
    Command("bottom", ("G", "end"), "bottom", "go to the bottom", Scope.LIST),
    Command("next_section", ("]",), "next section", "go to the next section, or quote", rank=70),
    Command("previous_section", ("[",), "previous section", "go to the previous section, or quote"),
    Command("open", ("enter",), "words", "go to the words behind this", Scope.LIST, rank=10),
    Command("back", ("backspace",), "back", "go back to where you were", rank=11),
    Command("entities", ("e",), "entities", "find an entity: type to filter, Enter shows its card", rank=40),
    Command("find", ("/",), "find", "find in this document", rank=41),
    Command(
        "find_everywhere",
        ("\\",),
        "find in all",
        "find in the whole pack: words, phrases, names, roles, dates, patterns",
        rank=72,
    ),
    Command(
        "save_query", ("*",), "save query", "save what you look for in the whole pack; again, do so no more", rank=19
    ),
    Command("next_hit", ("n",), "next", "go to the next mention, hit or quote, across documents; or new one", rank=20),
    Command("previous_hit", ("N",), "previous", "go to the previous mention, hit or quote; or new document"),
    Command("outline", ("o",), "outline", "choose a document or a section: type to filter", rank=42),
    Command("triage", ("O",), "list", "the list of the documents: new, kept, skipped or left for later", rank=34),
    Command("set_aside", ("K",), "keep or skip", "this document: then k keep, s skip, l for later, n new", rank=16),
    Command("next_new", ("J",), "next new", "go to the next document that is new, in the order of the list", rank=18),
    Command("sift", ("F",), "show only", "list what is new alone; again, what is kept, skipped, for later", rank=17),
    Command("meet", ("&",), "meet", "hold the chosen entity against another: where do the two meet", rank=26),
    Command("merge", ("m",), "merge", "this entity is another one: choose which", rank=12),
    Command("split", ("s",), "split", "one form of this entity is something else: choose which", rank=14),
    Command("reject", ("d",), "reject", "this is no entity; or, if it was rejected, it is one after all", rank=13),
    Command("retype", ("t",), "type", "this entity is of another type: choose which", rank=15),
    Command("add_name", ("A",), "add name", "words on the screen are a name: choose which, and its type", rank=54),
    Command("rate", ("r",), "rate", "rate this cell: then 0 none, 1 low, 2 moderate, 3 high, 4 blocking", rank=21),
    Command("confidence", ("c",), "confidence", "how sure your rating is: then l, m or h"),
    Command("note", ("w",), "note", "note on your rating; settle a conflict; if emptied, open it again", rank=56),
    Command("relabel", ("f",), "fix", "put right how this quote was read: leaning, stage, role, voice, date", rank=57),
    Command("strike", ("x",), "strike", "let this quote or document count for nothing; again, let it count", rank=22),
    Command("linchpins", ("X",), "linchpins", "what each origin alone holds up", rank=61),
    Command("origins", ("i",), "origins", "which documents repeat one another: m joins two, s parts one", rank=62),
    Command("appraise", ("a",), "appraise", "grade this source: A-F how reliable, then 1-6 how credible", rank=63),
    Command("conflicts", ("!",), "conflicts", "sentences that disagree; again, the next pair", rank=33),
    Command("next_gap", (".",), "next gap", "go to the next cell without a direct quote", rank=64),
    Command("collect", ("R",), "collect", "list what this cell leaves to find out; again, take it off the list"),
    Command("questions", ("Q",), "to find out", "the list of what to find out"),
    Command("rank", ("v",), "order", "order roles by what hinders them; the list by date, source, claims", rank=58),
    Command("changes", ("=",), "changes", "what has changed since the last snapshot"),
    Command("snapshot", ("S",), "snapshot", "note how things stand, to see later what has changed"),
    Command("set_date", ("D",), "date", "let the briefing speak from another day"),
    Command("undo", ("u",), "undo", "take back your last decision", rank=27),
    Command("redo", ("U",), "redo", "let it hold again", rank=28),
    Command("zoom", ("z",), "zoom", "show only this pane, and back", rank=71),
    Command("clear", ("C", "escape"), "clear", "forget the chosen entity and what was found", rank=25),
    Command("indexing", ("Z",), "indexing", "how far the indexing is: then p pause, g go on, s stop", rank=24),
    Command("print", ("p",), "print", "print this view as text once you have left"),
    Command("next_theme", ("T",), "theme", "change to the next theme", Scope.APP),
    Command("redraw", ("L", "ctrl+l"), "redraw", "draw the whole screen again", Scope.APP),
    Command("palette", (":",), "commands", "all commands by name: type to filter", Scope.APP, rank=80),
    Command("help", ("?", "f1"), "help", "show this page", Scope.APP, rank=90),
    Command("quit", ("q", "ctrl+c"), "quit", "leave", Scope.APP, rank=91),
)
"""Every command there is. A key means one thing everywhere; nothing needs Escape, Control or a mouse."""

_KEY_NAMES = {
    "enter": "Enter",
    "backspace": "Backspace",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "space": "Space",
    "pagedown": "PageDown",
    "pageup": "PageUp",
    "home": "Home",
    "end": "End",
    "escape": "Esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "ctrl+c": "Ctrl+C",
    "ctrl+l": "Ctrl+L",
    "f1": "F1",
}


def key_name(key: str) -> str:
    """What is printed on the key: "Enter" for "enter", "j" for "j"."""
    return _KEY_NAMES.get(key, key)


def keys_table() -> str:
    """The table of keys as Markdown, for the README."""
    rows = ["| key | does |", "|---|---|"]
    for command in COMMANDS:
        keys = " ".join(f"`{key_name(key)}`" for key in command.keys)
        rows.append(f"| {keys} | {command.help} |")
    return "\n".join(rows)
