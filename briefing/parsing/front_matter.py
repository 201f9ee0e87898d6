"""Front matter: the few lines at the head of a Markdown file that speak of it rather than in it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from briefing.model import Span
from briefing.parsing.visible import visible

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_KEY = re.compile(r"([A-Za-z][\w .-]{0,60}?)\s*:\s*(.*)")
_ISO_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_LIMIT = 200
"""Lines: a fence that closes later is no front matter."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head of a file says of it."""

    lines: int = 0
    """How many lines it takes, fences included; 0 when there is none."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Flat keys in lower case, and their values as shown; nested and repeated values are left in the file."""


def is_iso_date(text: str) -> bool:
    """Whether `text` is a day, a month or a year as ISO 8601 writes them: "2024-05-31", "2024-05", "2024"."""
    if not _ISO_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def read_front_matter(text: str, lines: Sequence[Span]) -> FrontMatter:
    """The front matter at the head of `text`: `key: value` lines between `---`, or TOML between `+++`.

    Only flat keys are read, so that no tag, anchor or include of a richer language can do anything. A fence that is
    never closed is no front matter.
    """
    closers = _FENCES.get(lines[0].slice(text).rstrip()) if lines else None
    if not closers:
        return FrontMatter()
    for index, line in enumerate(lines[1:_LIMIT], 1):
        if line.slice(text).rstrip() in closers:
            body = [inner.slice(text) for inner in lines[1:index]]
            read = _toml if closers == ("+++",) else _flat_keys
            return FrontMatter(index + 1, {key.lower(): visible(value) for key, value in read(body)})
    return FrontMatter()


def _flat_keys(body: list[str]) -> list[tuple[str, str]]:
    matches = [_KEY.fullmatch(line.rstrip()) for line in body]
    return [(match[1], match[2].strip("\"' ")) for match in matches if match and match[2]]


def _toml(body: list[str]) -> list[tuple[str, str]]:
    try:
        values = tomllib.loads("\n".join(body))
    except tomllib.TOMLDecodeError:
        return []
    return [(key, str(value)) for key, value in values.items() if not isinstance(value, (dict, list))]
