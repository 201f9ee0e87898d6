"""What a start does not wait for: modules that the first screen does not need, and terms that cannot be wrong."""

from __future__ import annotations

import subprocess
import sys
from itertools import product

import pytest

from briefing import model
from briefing.extraction.claims.terms import parse_term
from briefing.storage.scenario_file import is_sound

NEEDED_LATER = {
    "briefing.analysis.gaps": "questions that cells leave open",
    "briefing.analysis.judgements": "what was decided, where something was",
    "briefing.analysis.query": "the language of search",
    "briefing.analysis.ranking": "the order of the roles",
    "briefing.analysis.triage": "the list of the documents",
    "briefing.export.rows": "views as text",
    "briefing.extraction.claims.rules": "what finds claims",
    "briefing.extraction.claims.terms": "terms in which something may be wrong",
    "briefing.extraction.model_names": "models that find names, where one is asked for",
    "briefing.model.claim": "what is found in documents",
    "briefing.model.conflict": "what is found in documents",
    "briefing.model.decision": "twenty classes, for whoever decides something",
    "briefing.model.matrix": "the scenario, once it is weighed",
    "briefing.model.source": "grades",
    "briefing.model.timeline": "what is found in documents",
    "briefing.rendering.conflicts": "a sheet",
    "briefing.rendering.decisions": "words for decisions",
    "briefing.rendering.entities": "what is found in documents",
    "briefing.rendering.evidence": "the scenario",
    "briefing.rendering.help": "a page",
    "briefing.rendering.matrix": "the scenario",
    "briefing.rendering.pages": "sheets and lists to choose from",
    "briefing.rendering.palette": "a list to choose from",
    "briefing.rendering.weighing": "sheets, and the scenario",
    "briefing.storage.event_line": "lines of a journal, where there is one",
    "briefing.storage.index.search": "searching",
    "briefing.tui.found": "what searching found",
    "briefing.tui.renumbering": "a pack that has changed",
    "briefing.tui.screens.ask": "questions",
    "briefing.tui.screens.pick": "pages, and lists to choose from",
    "briefing.tui.widgets.matrix_view": "the scenario",
    "briefing.tui.widgets.scenario_view": "the scenario",
    "json": "a session or a screen that was kept, where one was",
    "markdown_it": "documents in Markdown, where there is one",
    "sqlite3": "the database of the index",
    "ssl": "connections, of which there are none",
    "statistics": "nothing",
    "textual.types": "whoever writes a program with the framework",
    "textual.widgets._select": "menus, of which there are none",
    "textual.widgets._tree": "trees, of which there are none",
}
"""Modules that the first screen does without, and what they are for."""
FIRST_SCREEN = """
import os, sys
from briefing.tui.terminal.environment import load_without_network, load_without_spare_widgets
load_without_network()
load_without_spare_widgets()
import briefing.cli, briefing.desk_command, briefing.storage.watching
from briefing.rendering.theme import read_theme
from briefing.storage.bundled import bundled_folder
from briefing.storage.pack_folder import read_pack
from briefing.tui.app import BriefingApp

class Begun(BriefingApp):
    def _begin_work(self):
        os.write(1, " ".join(sys.modules).encode())
        self.exit()

pack = read_pack([bundled_folder("seeds")])
theme = read_theme("dark", (bundled_folder("themes") / "dark.toml").read_text(encoding="utf-8"))
Begun(pack, [theme], "dark", lambda: pack).run(headless=True, size=(80, 24), mouse=False)
"""
"""Says which modules are loaded once the first screen has been drawn."""


def test_the_first_screen_waits_for_nothing_that_is_needed_later() -> None:
    run = subprocess.run([sys.executable, "-c", FIRST_SCREEN], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert {"briefing.tui.screens.desk", "briefing.model.document"} <= loaded
    assert sorted(loaded & NEEDED_LATER.keys()) == []


@pytest.mark.parametrize("name", model.__all__)
def test_every_name_of_the_model_is_there(name: str) -> None:
    made = getattr(model, name)
    assert not isinstance(made, type) or made.__name__ == name


def test_the_model_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Decree'"):
        _ = model.Decree  # type: ignore[attr-defined]


def test_what_is_taken_for_a_sound_term_is_one() -> None:
    pieces = ("a", "b*", "*", "|", " ", "..", "@word", "1", "%", "'", "+", "@actor")
    sound = [term for size in range(1, 6) for parts in product(pieces, repeat=size) if is_sound(term := "".join(parts))]
    assert {"a", "ab*", "a b*", "a .. b*", "a|b*", "a1'", "a'b*", "1+1", "@actor a", "a @word", "%|a"} <= set(sound)
    for term in sound:
        parse_term(term)
