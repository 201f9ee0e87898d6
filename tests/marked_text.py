"""Short texts: what is found in them, and, where every name is marked `[words|TYPE]`, what a reader would find."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.extraction.entities import extract_mentions
from briefing.model import Document, EntityRule, Mention
from briefing.parsing import parse_document

_MARK = re.compile(r"\[([^|\[\]]+)\|([A-Z]+)\]")
_HEADING = "A short title\n\n"


def short_document(text: str, name: str = "0.txt", date: str | None = None) -> Document:
    """`text` below a heading, so that no line of it is taken for one."""
    return parse_document(name, (_HEADING + text).encode("utf-8", "surrogatepass"), date=date)


def mentions(*texts: str, rules: Sequence[EntityRule] = (), date: str | None = None) -> tuple[Mention, ...]:
    """All mentions in `texts`, each a document of its own: `0.txt`, `1.txt` and so on."""
    documents = [short_document(text, f"{number}.txt", date) for number, text in enumerate(texts)]
    return extract_mentions(documents, rules)


def entity_names(*texts: str, date: str | None = None) -> dict[str, str]:
    """The entity's name by the words of each mention."""
    return {mention.text: mention.canonical for mention in mentions(*texts, date=date)}


def marks(text: str) -> list[tuple[str, str]]:
    """Words and type of every name marked in `text`, in order."""
    return [(mark[1], mark[2]) for mark in _MARK.finditer(text)]


def found(text: str, name: str = "0.txt") -> list[tuple[str, str]]:
    """Words and type of every name that is found in `text` without its marks, in order."""
    document = short_document(_MARK.sub(r"\1", text), name)
    return [(mention.text, mention.type.value) for mention in extract_mentions([document])]
