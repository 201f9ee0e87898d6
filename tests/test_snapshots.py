"""What the desk looks like, at three sizes and in three themes. `make snapshots` takes them anew."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import pytest
from textual.pilot import Pilot

from briefing.analysis.weighing import weighed
from briefing.model import Group, Pack, Triage, TriageState
from briefing.rendering.theme import Theme
from briefing.tui.app import BriefingApp
from tests.weighed_pack import events

SIZES = ((80, 24), (120, 40), (200, 60))
VIEWS = {
    "documents": [],
    "scenario": ["2", *"jjjjjj"],
    "entity": [*"ensa", "enter"],
}


SHEETS = {"timeline": ["3"], "conflicts": ["!"], "linchpins": ["X"], "origins": ["i"], "ranking": ["2", "v"]}


def pressed(keys: Sequence[str]) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Presses keys, and waits until all have been acted on and drawn."""

    async def press(pilot: Pilot[None]) -> None:
        await pilot.press(*keys)
        assert isinstance(pilot.app, BriefingApp)
        await pilot.app.keys_heard()
        for _ in range(3):
            await pilot.pause()

    return press


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_sheets_look_as_they_did(
    snap_compare: Callable[..., bool], seeds_pack: Pack, themes: list[Theme], sheet: str, size: tuple[int, int]
) -> None:
    app = BriefingApp(seeds_pack, themes, "dark")
    assert snap_compare(app, run_before=pressed(SHEETS[sheet]), terminal_size=size)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_list_of_the_documents_looks_as_it_did(
    snap_compare: Callable[..., bool], seeds_pack: Pack, themes: list[Theme], size: tuple[int, int]
) -> None:
    first, second, third = seeds_pack.documents
    made = events(
        Group((first.id, third.id)),
        Triage(first.id, first.digest, TriageState.KEPT),
        Triage(second.id, "of other words", TriageState.SKIPPED),
        Triage(third.id, third.digest, TriageState.LATER),
    )
    app = BriefingApp(weighed(seeds_pack, made), themes, "dark")
    assert snap_compare(app, run_before=pressed(["O", "l"]), terminal_size=size)


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
    assert snap_compare(app, run_before=pressed(VIEWS[view]), terminal_size=size)
