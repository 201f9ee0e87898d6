"""Every shipped theme is whole and readable."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import Color

from briefing.model import PackError
from briefing.rendering.theme import COLORS, Theme, contrast, read_theme

FOLDER = Path(__file__).resolve().parent.parent / "themes"
THEMES = sorted(FOLDER.glob("*.toml"))
INKS = ("text", "muted", "accent", "second", "warning", "marking", "person", "org", "place", "thing")
GROUNDS = ("background", "surface", "chosen", "hit", "cursor")
UNDER = ("", "cursor", "cursor-blurred", "chosen", "hit", "current", "target", "struck", "struck muted")
"""What else can hold of anything that is drawn: the cursor is on it, it is lit up, it was struck."""

LINUX = (
    "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
)
XTERM = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
TANGO = (
    "2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf 555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec"
)
PALETTES = {
    "vga": (LINUX, "#aaaaaa", "#000000"),
    "xterm": (XTERM, "#e5e5e5", "#000000"),
    "tango": (TANGO, "#d3d7cf", "#000000"),
}
"""The sixteen colours as the IBM VGA and the Linux console, xterm, and GNOME's terminals have them (defaults of the
kernel's vt.c, of XTerm-col.ad, and of VTE's Tango), with the usual ink and background of a dark screen. Themes that
use them do not know which they are, nor whether the background is light: for that there is the theme "light"."""


def load(path: Path) -> Theme:
    return read_theme(path.stem, path.read_text(encoding="utf-8"))


def test_there_are_six_themes() -> None:
    assert [path.stem for path in THEMES] == ["contrast", "dark", "light", "plain", "red", "sixteen"]


MEASURABLE = ["contrast", "dark", "light", "red"]


@pytest.mark.parametrize("name", MEASURABLE)
def test_text_keeps_its_contrast_on_every_ground(name: str) -> None:
    theme = load(FOLDER / f"{name}.toml")
    assert not theme.ansi
    low = {
        (ink, ground): ratio
        for ink in INKS
        for ground in GROUNDS
        if (ratio := contrast(theme.colors[ink], theme.colors[ground])) < 4.5
    }
    assert low == {}


@pytest.mark.parametrize("name", MEASURABLE)
def test_borders_and_scrollbars_keep_the_contrast_of_marks(name: str) -> None:
    colors = load(FOLDER / f"{name}.toml").colors
    assert contrast(colors["border"], colors["background"]) >= 3
    assert contrast(colors["accent"], colors["background"]) >= 3


@pytest.mark.parametrize("name", MEASURABLE)
def test_every_style_keeps_its_contrast_whatever_else_holds(name: str) -> None:
    theme = load(FOLDER / f"{name}.toml")
    for ground in ("background", "surface"):
        assert faint(theme, theme.colors["text"], theme.colors[ground], {}) == {}


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("name", ["plain", "sixteen"])
def test_the_terminals_own_colours_keep_their_contrast_on_a_dark_screen(name: str, palette: str) -> None:
    colours, ink, ground = PALETTES[palette]
    named = {number: f"#{colour}" for number, colour in enumerate(colours.split())}
    assert faint(load(FOLDER / f"{name}.toml"), ink, ground, named) == {}


@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.stem)
def test_no_style_is_dim(path: Path) -> None:
    # Terminals make dim text half as bright or a fixed dark grey: on a VGA screen that leaves 2.8:1.
    assert [name for name, style in load(path).styles.items() if style.dim] == []


def faint(theme: Theme, ink: str, ground: str, palette: dict[int, str]) -> dict[tuple[str, str], float]:
    """The styles, each with what else holds, whose contrast is below 4.5:1 where text is `ink` on `ground`."""

    def shown(color: Color | None, default: str) -> str:
        if color is None or color.is_default:
            return default
        return palette[color.number] if color.number is not None else color.get_truecolor().hex

    low = {}
    for under in UNDER:
        for name in theme.styles:
            for names in (f"{under} {name}", f"{name} {under}"):
                style = theme.style(names)
                ratio = contrast(shown(style.color, ink), shown(style.bgcolor, ground))
                if ratio < 4.5:
                    low[under, name] = round(ratio, 2)
    return low


def test_the_plain_theme_has_no_colour_in_any_style() -> None:
    theme = load(FOLDER / "plain.toml")
    assert [name for name, style in theme.styles.items() if style.color or style.bgcolor] == []


@pytest.mark.parametrize("name", ["plain", "sixteen"])
def test_what_the_eye_must_find_differs_without_colour(name: str) -> None:
    theme = load(FOLDER / f"{name}.toml")
    attributes = {
        key: str(theme.style(key).without_color) for key in ("", "heading", "chosen", "cursor", "target", "hit")
    }
    assert attributes["cursor"] != attributes[""] != attributes["chosen"]
    assert attributes["hit"] != attributes[""] != attributes["heading"]
    assert len({attributes["chosen"], attributes["hit"], attributes[""]}) == 3


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_later_names_of_a_style_win() -> None:
    theme = load(FOLDER / "dark.toml")
    assert theme.style("person chosen").bgcolor == theme.styles["chosen"].bgcolor
    assert theme.style("person nonsense") == theme.style("person")


def test_a_broken_theme_names_every_fault() -> None:
    source = "dark = true\nloud = 1\n[colors]\n" + "\n".join(f'{color} = "#000000"' for color in COLORS[1:])
    with pytest.raises(PackError) as caught:
        read_theme("mine", source)
    text = str(caught.value)
    assert "'loud'" in text
    assert "'background'" in text


def test_a_theme_with_an_unknown_colour_says_so() -> None:
    source = (
        "[colors]\n" + "\n".join(f'{color} = "#000000"' for color in COLORS) + '\n[styles]\ntitle = "bold nocolour"'
    )
    with pytest.raises(PackError, match="nocolour"):
        read_theme("mine", source)
