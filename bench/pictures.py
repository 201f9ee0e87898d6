"""The pictures of the README, drawn by the program itself: `make pictures` writes them into docs/."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from briefing.rendering.theme import read_theme
from briefing.storage.pack_folder import open_pack
from briefing.tui.app import BriefingApp

ROOT = Path(__file__).resolve().parent.parent
PICTURES = {
    "scenario": ((120, 34), ["2", *"jjjjjj"]),
    "documents": ((140, 36), [*"ensa", "enter", "enter"]),
}
"""Name of each picture, the size of its terminal in cells, and the keys that lead to it."""
_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


async def draw(name: str, size: tuple[int, int], keys: list[str]) -> None:
    """Write one picture. Fonts are left to whoever looks at it, so that nothing is fetched from anywhere."""
    themes = [read_theme("dark", (ROOT / "themes" / "dark.toml").read_text(encoding="utf-8"))]
    app = BriefingApp(open_pack([ROOT / "seeds"]), themes, "dark")
    async with app.run_test(size=size) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        svg = _FONT_FACE.sub("", app.export_screenshot(title="briefing"))
    (ROOT / "docs" / f"{name}.svg").write_text(svg.replace("Fira Code", "monospace"), encoding="utf-8")


def main() -> None:
    """Draw every picture."""
    for name, (size, keys) in PICTURES.items():
        asyncio.run(draw(name, size, keys))


if __name__ == "__main__":
    main()
