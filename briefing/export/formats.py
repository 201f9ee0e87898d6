"""Rows as text: tables, JSON, JSON Lines, CSV, Markdown. None of them lets a control character through."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from briefing.export.rows import Row
from briefing.parsing import visible


def as_json(value: object) -> str:
    """`value` as one JSON text over several lines."""
    return _escape(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"


def as_jsonl(rows: Sequence[Row]) -> str:
    """One JSON object a line."""
    return "".join(_escape(json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)


def as_csv(rows: Sequence[Row]) -> str:
    """Comma-separated values with a heading row; lists are joined by "; ".

    Texts are left as they are, since a quote must stay one: import them into a spreadsheet as text, not as formulas.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def as_markdown(rows: Sequence[Row]) -> str:
    """A Markdown table; whatever Markdown or HTML would read as a mark in a text is escaped."""
    if not rows:
        return ""
    lines = [list(rows[0]), ["---"] * len(rows[0])]
    lines += [[_MARKDOWN.sub(r"\\\g<0>", _cell(value)) for value in row.values()] for row in rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def as_table(rows: Sequence[Row], width: int | None) -> str:
    """A table for the eye: fitted to a terminal of `width` cells, or with None as wide as it needs and without lines.

    Only columns in which some row has a value are shown, since an empty one says nothing.
    """
    if not rows:
        return ""
    columns = [name for name in rows[0] if any(row[name] not in (None, "", []) for row in rows)]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="bold" if width else "")
    for name in columns:
        number = all(isinstance(row[name], int) for row in rows)
        table.add_column(Text(name), justify="right" if number else "left", overflow="fold", no_wrap=width is None)
    for row in rows:
        table.add_row(*(Text(_cell(row[name])) for name in columns))
    out = io.StringIO()
    console = Console(
        file=out, width=width or 10_000, force_terminal=width is not None, color_system=None, markup=False
    )
    if width is None:
        console.width = Measurement.get(console, console.options, table).maximum
    console.print(table)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def ascii_json(text: str) -> str:
    """JSON `text` in ASCII, for streams that hold nothing else."""
    return text if text.isascii() else "".join(one if one.isascii() else _unicode_escape(one) for one in text)


FORMATS: dict[str, Callable[[Sequence[Row]], str]] = {
    "json": as_json,
    "jsonl": as_jsonl,
    "csv": as_csv,
    "markdown": as_markdown,
}
"""What rows can be written as, besides tables."""


_MARKDOWN = re.compile(r"[\\`*_\[\]<>|]")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_cell, value))
    return visible(" ".join(str(value).splitlines()))


def _escape(text: str) -> str:
    """JSON `text` with every character that a terminal could act on written as an escape; line ends stay."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one == "\n" else _unicode_escape(one) for one in text)


def _unicode_escape(character: str) -> str:
    return json.dumps(character, ensure_ascii=True)[1:-1]
