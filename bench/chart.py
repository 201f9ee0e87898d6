"""The picture of what was measured: a bar for each figure that has a limit, and one line for all limits."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bench.figures import Figure

_ROW, _TOP, _LEFT, _WIDTH, _BAR = 22, 40, 300, 1000, 300
"""In units of the picture: height of a row, of what is above all rows, where bars begin, the picture's width, and the
length of a bar that uses up its limit."""
_LONGEST = 1.25
"""Of its limit: a longer bar is cut off, and says by how much it is too long."""
_KEPT, _MISSED = "#2e7d5b", "#b3492d"


def chart(figures: Sequence[Figure], caption: str) -> str:
    """An SVG of the figures that have a limit. No script, and the fonts of whoever looks at it."""
    shown = [figure for figure in figures if figure.limit is not None]
    height = _TOP + _ROW * len(shown) + 30
    line = _LEFT + _BAR
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif"'
    parts = [
        f'{head} font-size="13" role="img"><title>{escape(caption)}</title>',
        f'<rect width="{_WIDTH}" height="{height}" rx="6" fill="#f7f7f4"/>',
        f'<text x="{line}" y="24" text-anchor="middle" fill="#444">the limit</text>',
    ]
    for place, figure in enumerate(shown):
        parts += _row(figure, _TOP + _ROW * place)
    end = height - 26
    parts.append(f'<path d="M{line} 30V{end}" stroke="#111" stroke-width="1.5" stroke-dasharray="4 3"/>')
    parts.append(f'<text x="12" y="{height - 8}" font-size="11" fill="#444">{escape(caption)}</text></svg>')
    return "\n".join(parts) + "\n"


def _row(figure: Figure, top: int) -> list[str]:
    length = max(1.0, min(figure.share, _LONGEST) * _BAR)
    colour = _KEPT if figure.is_kept else _MISSED
    said = figure.claim
    if figure.share > _LONGEST:
        said = f"… {said}"
    if not figure.is_kept:
        said += ": missed"
    # Words beside a short bar would stand across the line of the limits.
    at = _LEFT + max(length, _BAR) + 10
    return [
        f'<text x="{_LEFT - 10}" y="{top + 15}" text-anchor="end" fill="#111">{escape(figure.name)}</text>',
        f'<rect x="{_LEFT}" y="{top + 4}" width="{length:.1f}" height="{_ROW - 8}" fill="{colour}"/>',
        f'<text x="{at:.1f}" y="{top + 15}" fill="#333">{escape(said)}</text>',
    ]
