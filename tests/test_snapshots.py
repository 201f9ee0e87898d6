"""What the desk looks like, at three sizes and in three themes. `make snapshots` takes them anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.model import Pack
from briefing.rendering.theme import Theme
from briefing.tui.app import BriefingApp

SIZES = ((80, 24), (120, 40), (200, 60))
VIEWS = {
    "documents": [],
    "scenario": ["2", *"jjjjjj"],
    "entity": [*"ensa", "enter"],
}


SHEETS = {"timeline": ["3"], "conflicts": ["!"], "linchpins": ["X"], "origins": ["i"], "ranking": ["2", "v"]}


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_sheets_look_as_they_did(
    snap_compare: Callable[..., bool], seeds_pack: Pack, themes: list[Theme], sheet: str, size: tuple[int, int]
) -> None:
    app = BriefingApp(seeds_pack, themes, "dark")
    assert snap_compare(app, press=SHEETS[sheet], terminal_size=size)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("theme", ["dark", "light", "plain"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_desk_looks_as_it_did(
    snap_compare: Callable[..., bool],
    seeds_pack: Pack,
    themes: list[Theme],
    view: str,
    theme: str,
    size: tuple[int, int],
) -> None:
    app = BriefingApp(seeds_pack, themes, theme)
    assert snap_compare(app, press=VIEWS[view], terminal_size=size)
