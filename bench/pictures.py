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
    "conflicts": ((110, 30), ["!"]),
}
"""Name of each picture, the size of its terminal in cells, and the keys that lead to it."""
_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_LEADING_SPACE = re.compile(r' x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*)>((?:&#160;)+)')
_CELL = 12.2
"""Units of the picture that a cell is wide."""


async def draw(name: str, size: tuple[int, int], keys: list[str]) -> None:
    """Write one picture. Fonts are left to whoever looks at it, so that nothing is fetched from anywhere."""
    themes = [read_theme("dark", (ROOT / "themes" / "dark.toml").read_text(encoding="utf-8"))]
    app = BriefingApp(open_pack([ROOT / "seeds"]), themes, "dark")
    async with app.run_test(size=size) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        svg = _COMMENT.sub("", _FONT_FACE.sub("", app.export_screenshot(title="briefing")))
    svg = _LEADING_SPACE.sub(_start_at_the_words, svg)
    (ROOT / "docs" / f"{name}.svg").write_text(svg.replace("Fira Code", "monospace"), encoding="utf-8")


def _start_at_the_words(match: re.Match[str]) -> str:
    """A piece of text without its leading spaces, which some viewers drop without moving what follows."""
    spaces = match[5].count("&#160;") * _CELL
    x, length = float(match[1]) + spaces, float(match[3]) - spaces
    return f' x="{x:.1f}" y="{match[2]}" textLength="{max(length, 0):.1f}"{match[4]}>'


def main() -> None:
    """Draw every picture."""
    for name, (size, keys) in PICTURES.items():
        asyncio.run(draw(name, size, keys))


if __name__ == "__main__":
    main()
