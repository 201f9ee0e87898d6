"""Rows as text: tables, JSON, JSON Lines, CSV, Markdown. None of them lets a control character through."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence

from rich.cells import cell_len, chop_cells
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
    """Comma-separated values with a heading row; lists are joined by "; ", of an object each value is a column.

    Texts are left as they are, since a quote must stay one: import them into a spreadsheet as text, not as formulas.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if rows:
        writer.writerow(map(_cell, _flat(rows[0])))
    writer.writerows([_cell(value) for value in _flat(row).values()] for row in rows)
    return out.getvalue()


def as_markdown(rows: Sequence[Row]) -> str:
    """A Markdown table; whatever Markdown or HTML would read as a mark in a text is escaped."""
    if not rows:
        return ""
    names = list(_flat(rows[0]))
    heading, *lines = [
        [_MARKDOWN.sub(r"\\\g<0>", _cell(one)) for one in cells]
        for cells in (names, *(_flat(row).values() for row in rows))
    ]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (heading, ["---"] * len(names), *lines))


def as_table(rows: Sequence[Row], width: int | None) -> str:
    """A table for the eye: fitted to a terminal of `width` cells, or with None as wide as it needs and without lines.

    Only columns in which some row has a value are shown, since an empty one says nothing. Where `width` would break
    words, or leave a column of text too few cells to be read, each row is a block of lines "name: value".
    """
    flat = [_flat(row) for row in rows]
    if not flat:
        return ""
    columns = [name for name in flat[0] if any(row[name] not in (None, "", []) for row in flat)]
    least = {} if width is None else {name: _least_width(name, flat) for name in columns}
    if width is not None and sum(least.values()) + _GAP * (len(least) - 1) > width:
        return _as_blocks(flat, columns, width)
    table = Table(
        box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_edge=False, header_style="bold" if width else ""
    )
    for name in columns:
        number = all(isinstance(row[name], int) for row in flat)
        table.add_column(
            Text(_cell(name)),
            justify="right" if number else "left",
            overflow="fold",
            no_wrap=width is None,
            min_width=least.get(name),
        )
    for row in flat:
        table.add_row(*(Text(_cell(row[name])) for name in columns))
    out = io.StringIO()
    console = Console(
        file=out, width=width or 10_000, force_terminal=width is not None, color_system=None, markup=False
    )
    if width is None:
        console.width = Measurement.get(console, console.options, table).maximum
    console.print(table)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def _as_blocks(rows: Sequence[Row], columns: Sequence[str], width: int) -> str:
    """Rows one under the other, a line for each value there is, an empty line between two of them."""
    blocks = (
        [f"{_cell(name)}: {_cell(row[name])}" for name in columns if row[name] not in (None, "", [])] for row in rows
    )
    return "\n".join("".join(f"{part}\n" for line in block for part in _wrapped(line, width)) for block in blocks)


def _wrapped(text: str, width: int) -> list[str]:
    """`text` in rows of `width` cells, broken between words; a word longer than a row is broken where it must be."""
    rows: list[str] = []
    for word in text.split(" "):
        if rows and cell_len(rows[-1]) + 1 + cell_len(word) <= width:
            rows[-1] += f" {word}"
        else:
            rows += chop_cells(word, width) or [""]
    return rows


def _least_width(name: str, rows: Sequence[Row]) -> int:
    """Cells that a column takes at the least: its longest word, or a few words of a text."""
    cells = [_cell(name), *(_cell(row[name]) for row in rows)]
    longest = max(cell_len(word) for cell in cells for word in cell.split(" "))
    return max(longest, min(_READABLE, max(map(cell_len, cells))))


def _flat(row: Row) -> Row:
    """The row with each value of an object under a name of its own: "one.quote" for the quote of "one"."""
    flat: Row = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{key}": one for key, one in _flat(value).items()}
        else:
            flat[name] = value
    return flat


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


_GAP = 2
"""Cells between two columns of a table."""
_READABLE = 24
"""Cells: a column of a text is not narrower, or it cannot be read down."""
_MARKDOWN = re.compile(r"[\\`*_~\[\]<>&|]")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_cell, value))
    if isinstance(value, dict):
        return " ".join(map(_cell, value.values()))
    return visible(" ".join(str(value).splitlines()))


def _escape(text: str) -> str:
    """JSON `text` with every character that a terminal could act on written as an escape; line ends stay."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one == "\n" else _unicode_escape(one) for one in text)


def _unicode_escape(character: str) -> str:
    return json.dumps(character, ensure_ascii=True)[1:-1]
