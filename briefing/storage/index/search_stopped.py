"""What ends a search before it has found anything."""

from __future__ import annotations


class SearchStoppedError(Exception):
    """A search was overtaken by another, or took longer than it might."""
