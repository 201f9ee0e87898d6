"""Every shipped theme is whole and readable."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.model import PackError
from briefing.rendering.theme import COLORS, Theme, contrast, read_theme

THEMES = sorted(Path("themes").glob("*.toml"))
GROUNDS = ("background", "surface", "chosen", "hit", "cursor")
INKS = ("text", "muted", "accent", "second", "warning", "marking", "person", "org", "place", "thing")


def load(path: Path) -> Theme:
    return read_theme(path.stem, path.read_text(encoding="utf-8"))


def test_there_are_six_themes() -> None:
    assert [path.stem for path in THEMES] == ["contrast", "dark", "light", "plain", "red", "sixteen"]


@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.stem)
def test_text_keeps_its_contrast_on_every_ground(path: Path) -> None:
    theme = load(path)
    if theme.ansi:
        pytest.skip("the terminal's own colours have no known values")
    low = {
        (ink, ground): ratio
        for ink in INKS
        for ground in GROUNDS
        if (ratio := contrast(theme.colors[ink], theme.colors[ground])) < 4.5
    }
    assert low == {}


def test_the_plain_theme_has_no_colour_in_any_style() -> None:
    theme = load(Path("themes/plain.toml"))
    assert [name for name, style in theme.styles.items() if style.color or style.bgcolor] == []


@pytest.mark.parametrize("name", ["plain", "sixteen"])
def test_what_the_eye_must_find_differs_without_colour(name: str) -> None:
    theme = load(Path(f"themes/{name}.toml"))
    attributes = {
        key: str(theme.style(key).without_color)
        for key in ("", "heading", "muted", "chosen", "cursor", "target", "hit")
    }
    assert attributes["cursor"] != attributes[""] != attributes["chosen"]
    assert attributes["hit"] != attributes[""] != attributes["muted"]
    assert len({attributes["chosen"], attributes["hit"], attributes[""]}) == 3


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_later_names_of_a_style_win() -> None:
    theme = load(Path("themes/dark.toml"))
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
