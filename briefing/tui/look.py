"""A theme of ours as Textual wants it: for backgrounds, borders and scrollbars, which are drawn by the framework."""

from __future__ import annotations

from rich.text import Text
from textual.theme import Theme as TextualTheme

from briefing.parsing import visible
from briefing.rendering.theme import Theme


def border_text(words: str) -> Text:
    """What stands in a border: never markup, and nothing that a terminal could act on, whoever wrote it."""
    return Text(visible(words))


def textual_theme(theme: Theme) -> TextualTheme:
    """The colours of `theme` under Textual's names, with `$muted` and `$edge` besides."""
    colors = {name: f"ansi_{value}" if theme.ansi else value for name, value in theme.colors.items()}
    return TextualTheme(
        name=theme.name,
        primary=colors["accent"],
        secondary=colors["second"],
        accent=colors["accent"],
        warning=colors["warning"],
        error=colors["warning"],
        success=colors["marking"],
        foreground=colors["text"],
        background=colors["background"],
        surface=colors["surface"],
        panel=colors["surface"],
        dark=theme.dark,
        ansi=theme.ansi,
        variables={
            "muted": colors["muted"],
            "edge": colors["border"],
            "ansi-background": "ansi_default",
            "ansi-foreground": "ansi_default",
        },
    )
