"""`briefing search`: the text of each place is what the file holds there."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.test_cli import lines, run

_EVERY_KIND = """\
# A **heading** &amp; more

Setext _heading_
================

A paragraph with *emphasis*, `code`, [a link](https://example.org/x), &eacute; and \\* on
two lines.

- one **item**
  that goes on
- [ ] another
  1. within it

> a quote
> on two lines
>
> - with an item

| role | *cost* |
|------|:------:|
| tugs | &lt;9  |

```text
fenced  code
```

    indented code

<div>markup</div>

Image: ![a boat](boat.png "title")\u200b \u202e end

***

term[^1]

[^1]: a note
"""


@pytest.mark.parametrize(
    "query",
    ["doc:kinds", "doc:kinds after:2020", "NOT nowhere", "NOT role:nowhere", "NOT type:ORG", "~.+", "on OR item"],
)
@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_the_text_of_every_place_is_that_of_the_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, query: str, format: str
) -> None:
    (tmp_path / "kinds.md").write_text("---\ndate: 2024-05-01\n---\n" + _EVERY_KIND, encoding="utf-8")
    code, out, _ = run(capsys, "search", query, str(tmp_path), "--format", format)
    rows = json.loads(out) if format == "json" else [json.loads(line) for line in out.splitlines()]
    text = (tmp_path / "kinds.md").read_text(encoding="utf-8")
    assert code == 0
    assert len(rows) >= 3
    assert [row["text"] for row in rows] == [text[row["start"] : row["end"]] for row in rows]


def test_where_no_words_are_asked_for_the_text_is_the_whole_block_as_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "kinds.md").write_text(_EVERY_KIND, encoding="utf-8")
    _, out, _ = run(capsys, "search", "doc:kinds", str(tmp_path), "--format", "json")
    texts = [row["text"] for row in json.loads(out)]
    for whole in ("# A **heading** &amp; more", "- one **item**\n  that goes on", "| tugs | &lt;9  |"):
        assert whole in texts
    _, out, _ = run(capsys, "search", "doc:kinds", str(tmp_path), "--format", "csv")
    # In a table each text is one line.
    assert [row["text"] for row in csv.DictReader(io.StringIO(out))][:2] == [
        "# A **heading** &amp; more",
        "Setext _heading_ ================",
    ]


def test_what_begins_with_a_minus_goes_behind_two(capsys: pytest.CaptureFixture[str], seeds: Path) -> None:
    written = run(capsys, "search", "NOT japan", str(seeds))
    assert written[0] == 0
    assert lines(written[1])[-1].endswith(" places in 3 of 3 documents")
    assert run(capsys, "search", "--", "-japan", str(seeds)) == written
