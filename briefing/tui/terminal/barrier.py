"""The last barrier before the terminal: whatever a widget draws, nothing a terminal could act on gets past it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from briefing.parsing.visible import is_safe, picture


class Barrier(LineFilter):
    """Lets through only characters to be seen, and only colours and weights.

    The framework itself drops BEL, BS, VT, FF and CR: of 29 hostile texts in a document, 22 reached the terminal from
    whatever widget showed them. Documents are made safe when they are read; this is for what was forgotten there.
    For `App.get_line_filters`, through which every row passes, borders and scrollbars among them.
    """

    def __init__(self, others: Sequence[LineFilter] = ()) -> None:
        """`others` are the filters that a row passes before it."""
        super().__init__()
        self.others = tuple(others)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """`segments` with the same number of cells; those that are harmless as they are."""
        for other in self.others:
            segments = other.apply(segments, background)
        if _are_harmless(segments):
            return segments
        return [Segment(harmless(text), bare(style)) for text, style, control in segments if not control]


def harmless(text: str) -> str:
    """`text` in as many cells, with a picture or `?` for each character that is no character to be seen."""
    if is_safe(text):
        return text
    return set_cell_size("".join(map(_stand_in, text)), cell_len(text))


@lru_cache(maxsize=1024)
def bare(style: Style | None) -> Style | None:
    """`style` without link and without what the framework notes in it."""
    return style.clear_meta_and_links() if style is not None and (style.link or style.meta) else style


def _are_harmless(segments: list[Segment]) -> bool:
    if not is_safe("".join([text for text, _, _ in segments])):
        return False
    return all(not control and bare(style) is style for _, style, control in segments)


def _stand_in(character: str) -> str:
    if is_safe(character):
        return character
    width = cell_len(character)
    shown = picture(character)
    return shown if cell_len(shown) == width else "?" * width
