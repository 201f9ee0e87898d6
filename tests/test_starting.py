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
    "briefing.analysis.query": "the language of search",
    "briefing.export.rows": "views as text",
    "briefing.extraction.claims.rules": "what finds claims",
    "briefing.model.conflict": "what is found in documents",
    "briefing.model.decision": "twenty classes, for whoever decides something",
    "briefing.model.source": "grades",
    "briefing.model.timeline": "what is found in documents",
    "briefing.rendering.decisions": "words for decisions",
    "briefing.storage.event_line": "lines of a journal, where there is one",
    "briefing.storage.index.search": "searching",
    "markdown_it": "documents in Markdown, where there is one",
    "sqlite3": "the database of the index",
    "ssl": "connections, of which there are none",
}
"""Modules that the first screen does without, and what they are for."""


def test_the_first_screen_waits_for_nothing_that_is_needed_later() -> None:
    start = (
        "from briefing.tui.terminal.environment import load_without_network; load_without_network(); "
        "import briefing.cli, briefing.desk_command, briefing.storage.watching, briefing.tui.app, sys; "
        "print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert {"briefing.tui.screens.desk", "briefing.model.document"} <= loaded
    assert loaded.isdisjoint(NEEDED_LATER)


@pytest.mark.parametrize("name", model.__all__)
def test_every_name_of_the_model_is_there(name: str) -> None:
    made = getattr(model, name)
    assert not isinstance(made, type) or made.__name__ == name


def test_the_model_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Decree'"):
        _ = model.Decree  # type: ignore[attr-defined]


def test_what_is_taken_for_a_sound_term_is_one() -> None:
    pieces = ("a", "b*", "*", "|", " ", "..", "...", "@word")
    sound = [term for size in range(1, 6) for parts in product(pieces, repeat=size) if is_sound(term := "".join(parts))]
    assert {"a", "ab*", "a b*", "a .. b*", "a|b*"} <= set(sound)
    for term in sound:
        parse_term(term)
