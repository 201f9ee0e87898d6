"""Every shipped theme is whole and readable."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.model import PackError
from briefing.rendering.theme import COLORS, Theme, contrast, read_theme

FOLDER = Path(__file__).resolve().parent.parent / "themes"
THEMES = sorted(FOLDER.glob("*.toml"))
GROUNDS = ("background", "surface", "chosen", "hit", "cursor")
INKS = ("text", "muted", "accent", "second", "warning", "marking", "person", "org", "place", "thing")


def load(path: Path) -> Theme:
    return read_theme(path.stem, path.read_text(encoding="utf-8"))


def test_there_are_six_themes() -> None:
    assert [path.stem for path in THEMES] == ["contrast", "dark", "light", "plain", "red", "sixteen"]


# The terminal's own colours, which the two other themes use, have no values that could be measured.
@pytest.mark.parametrize("name", ["contrast", "dark", "light", "red"])
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


def test_the_plain_theme_has_no_colour_in_any_style() -> None:
    theme = load(FOLDER / "plain.toml")
    assert [name for name, style in theme.styles.items() if style.color or style.bgcolor] == []


@pytest.mark.parametrize("name", ["plain", "sixteen"])
def test_what_the_eye_must_find_differs_without_colour(name: str) -> None:
    theme = load(FOLDER / f"{name}.toml")
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
