"""Themes: how every name of a style looks, read from TOML and checked for contrast."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from rich.color import Color, ColorParseError
from rich.errors import StyleSyntaxError
from rich.style import Style

from briefing.model import PackError, Problem
from briefing.package_text import package_text

_KEYS = {"dark", "ansi", "colors", "styles"}
COLORS = (
    *("background", "surface", "text", "muted", "border", "accent", "second", "warning", "marking"),
    *("person", "org", "place", "thing", "chosen", "hit", "cursor"),
)
"""The colours that a theme names. Two accents; the rest is weight, dimness and the kinds of entity."""


class Theme(NamedTuple):
    """How the desk looks."""

    name: str
    dark: bool
    ansi: bool
    """Whether the colours are names of the terminal's own sixteen ("red", "default") rather than "#rrggbb"."""
    colors: Mapping[str, str]
    """A value for each of `COLORS`."""
    styles: Mapping[str, Style]
    """What each name of a style looks like."""

    def style(self, names: str) -> Style:
        """The look of several style names, separated by spaces, later ones winning; unknown names look like nothing."""
        look = Style.null()
        for name in names.split():
            look += self.styles.get(name, Style.null())
        return look


def read_theme(name: str, source: str) -> Theme:
    """The theme that the TOML text `source` describes. Raises `PackError` naming what is wrong and the way out."""
    path = f"{name}.toml"
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise PackError(Problem(path, f"not valid TOML: {error}", "mend it or choose another theme")) from None
    colors, own = table.get("colors", {}), table.get("styles", {})
    unknown = [*(table.keys() - _KEYS), *(colors.keys() - set(COLORS)), *(own.keys() - _default_styles().keys())]
    missing = [color for color in COLORS if color not in colors]
    faults = [Problem(path, f"unknown key {key!r}", "take it out") for key in sorted(unknown)]
    faults += [Problem(path, f"no colour {color!r}", "give it one under [colors]") for color in missing]
    if faults:
        raise PackError(*faults)
    try:
        styles = {key: _style(text, colors) for key, text in {**_default_styles(), **own}.items()}
        for value in colors.values():
            Color.parse(value)
    except (StyleSyntaxError, ColorParseError) as error:
        raise PackError(Problem(path, str(error), 'write colours as "#rrggbb" and weights as "bold", "dim"')) from None
    return Theme(name, bool(table.get("dark", True)), bool(table.get("ansi", False)), colors, styles)


def contrast(foreground: str, background: str) -> float:
    """The contrast ratio of two "#rrggbb" colours, from 1 to 21, as defined by WCAG 2.1 (relative luminance)."""
    light, dark = sorted((_luminance(foreground), _luminance(background)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [value / 255 for value in Color.parse(color).get_truecolor()]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _style(text: str, colors: Mapping[str, str]) -> Style:
    words = [colors.get(word, word) for word in text.split()]
    # The terminal's own colour needs no word of its own, and a terminal without colour must not be sent one.
    while "default" in words:
        index = words.index("default")
        del words[index - 1 if index and words[index - 1] == "on" else index : index + 1]
    return Style.parse(" ".join(words))


@cache
def _default_styles() -> dict[str, str]:
    source = package_text("briefing.rendering", "data/styles.toml")
    return {key: str(value) for key, value in tomllib.loads(source).items()}
