"""How text becomes the bytes that the terminal understands: the one place where they are made."""

from __future__ import annotations

from collections.abc import Callable

from briefing.rendering.ascii import to_ascii


def encoder(ascii_only: bool) -> Callable[[str], bytes]:
    """What encodes the output: in ASCII, or in UTF-8.

    The framework writes through the locale's codec, and what that lacks as a backslash and a number, six cells for one:
    1,478 times on one screen in Latin-1. Escape sequences are ASCII, so they stay what they are.
    """
    return _to_ascii_bytes if ascii_only else _to_utf8_bytes


def _to_ascii_bytes(text: str) -> bytes:
    return to_ascii(text).encode("ascii")


def _to_utf8_bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")
