"""Reads the word lists beside this package. What a file holds is said in its first lines."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache

from briefing.package_text import package_text


def read_lines(name: str) -> Iterator[str]:
    """The lines of data file `name` that hold something, comments left out. Raises `OSError` for no such file."""
    for line in _read(name).splitlines():
        if line and not line.startswith("#"):
            yield line


def read_words(name: str) -> frozenset[str]:
    """Every word of data file `name`. Raises `OSError` when there is no such file."""
    return frozenset(word for line in read_lines(name) for word in line.split())


def read_entries(name: str) -> Iterator[list[str]]:
    """Each entry of a list of names: its name, then its other names."""
    for line in read_lines(name):
        for entry in line.rstrip("; ").split("; "):
            yield entry.split(" | ")


@cache
def words_of(file: str, table: str, key: str) -> frozenset[str]:
    """The words that a TOML data file lists under `key` of `table`. Raises `KeyError` when it has none."""
    return frozenset(_text_of(file, table, key).split())


def table_of(file: str, table: str) -> dict[str, frozenset[str]]:
    """All lists of words in one table of a TOML data file, in order."""
    return {key: words_of(file, table, key) for key in _tables(file)[table]}


def endings_of(file: str, table: str, key: str) -> tuple[str, ...]:
    """A TOML data file's list of endings, in order."""
    value = _tables(file)[table][key]
    return tuple(value) if isinstance(value, list) else tuple(value.split())


def _text_of(file: str, table: str, key: str) -> str:
    value = _tables(file)[table][key]
    return value if isinstance(value, str) else " ".join(value)


@cache
def _tables(file: str) -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads(_read(file))


def _read(name: str) -> str:
    return package_text("briefing.extraction", f"data/{name}")
