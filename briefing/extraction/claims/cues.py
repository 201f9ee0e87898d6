"""The cue lists that ship with the program, ready to search with."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from briefing.extraction.claims.terms import Found, TermFinder
from briefing.extraction.claims.words import Words
from briefing.package_text import package_text

Cues = Mapping[str, Sequence[Found]]
"""The cues of one sentence by the name of their list, in order of place; lists without any are left out."""


def find_cues(words: Words, actors: Mapping[int, int] | None = None) -> Cues:
    """The cues of every list in `words`.

    `actors` maps the first word of every name of the actor to the word after its last.
    """
    found: dict[str, list[Found]] = defaultdict(list)
    for one in _finder().find(words, actors):
        found[one.label].append(one)
    return dict(found)


@cache
def _finder() -> TermFinder:
    text = package_text("briefing.extraction", "data/claims_cues.toml")
    lists = tomllib.loads(text)
    terms = {name: group["terms"] for name, group in lists.items()}
    return TermFinder(terms, {name: group.get("unless", ()) for name, group in lists.items()})
