"""The one source that a document, by its own words, has its main matter from."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from briefing.model import Block, BlockKind, Document, Span
from briefing.package_text import package_text

_OPENING = 2
"""Sentences of the body that open it. Whom they name, the rest is commonly taken from."""
_MOST = 3
"""Attributions: of fewer, no source can be said to have most."""
_ENDS = 4
"""Blocks at either end of a document where it may say from where it was taken over."""
_DATELINE = re.compile(r"(?P<place>[^()]{0,60})\((?P<name>[^()]{2,40})\)\s{0,3}[-–—:]")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([\w.-]{1,80}/[^\s?#]{1,300})")

# All repeats are bounded, so that no text makes the search slow.
_CAPITAL = (
    r"(?:(?:[A-Z]\.){2,4}|(?:Adm|Capt|Col|Dr|Gen|Gov|Lt|Maj|Mr|Mrs|Ms|Prof|Rep|Sen|Sgt|St)\."
    r"|[A-ZÀ-ÖØ-ÞŁŚŠŽČĆĐİ0-9][\w&]{0,30}(?:[’'.&-][\w&]{1,30}){0,4})"
)
_NAME = rf"(?P<name>{_CAPITAL}(?: (?:(?:of|for|de|du|des) (?:the )?)?{_CAPITAL}){{0,7}})"
_FOLLOWS = (
    r"(?=’?'?\s{0,3}(?:[,:;.!?()\[\]\"“”—–-]|\Z)"
    r"|\s(?:on|in|at|that|and|as|by|but|who|which|when|while|with|from|said|late|earlier|last|this|today|yesterday)\b)"
)


@dataclass(frozen=True, slots=True)
class CitedSource:
    """Whom a document says it has its main matter from, and how that shows."""

    name: str
    """As written, a common other form put right: "Reuters"."""
    reason: str
    """Where it is named, with figures: "in its opening, and in 1 of 2 attributions"."""
    span: Span | None
    """Of the words that name it; None where it is named beside the text."""


@dataclass(frozen=True, slots=True)
class _Attribution:
    name: str
    """"" where what is named is nobody in particular."""
    span: Span
    opening: bool


def cited_source(document: Document) -> CitedSource | None:
    """The one source that the document as a whole rests on, or None where none stands out.

    That is whom its dateline names, or a note that it was published elsewhere first; whom title or opening name, unless
    another is named more often; or whom more than half of at least `_MOST` attributions name. Words that could mean
    anybody ("officials", "the ministry") name no source. The time taken grows with the length of the document.
    """
    body = [block for block in document.blocks if block.counts and block.kind is not BlockKind.HEADING]
    return _dateline(body) or _credit(document) or _attributed(document, body) or _origin_cited(document)


def publisher(document: Document) -> str:
    """Who published the document, as far as its origin is a name; "" where it only describes."""
    origin = document.origin or ""
    match = re.fullmatch(rf"(?:[Tt]he )?{_NAME}", origin.strip())
    return _proper(match["name"]) if match else ""


def address(document: Document) -> str:
    """The address of the page that the document's origin gives, without scheme and query; "" where it gives none."""
    match = _ADDRESS.match((document.origin or "").strip())
    return match[1].rstrip("/").casefold() if match and "." in match[1].split("/")[0] else ""


def source_key(name: str) -> str:
    """What all ways to write a name of a source have in common."""
    folded = re.sub(r"['’]s?\b", "", name.casefold()).replace(".", "")
    return " ".join(re.sub(r"^the\s", "", folded).split())


def _dateline(body: list[Block]) -> CitedSource | None:
    """An agency in brackets before a dash at the start: "GENEVA, May 3 (Reuters) –"."""
    shown = body[0].shown if body else None
    match = _DATELINE.match(shown.text) if shown else None
    name = _proper(match["name"]) if match else ""
    if not shown or not match or not name:
        return None
    # Brackets with any other name after words without a date are rather the short form of what stands before them.
    is_dateline = source_key(name) in _agencies() or not match["place"] or any(map(str.isdigit, match["place"]))
    return CitedSource(name, "in its dateline", shown.source_of(*match.span("name"))) if is_dateline else None


def _credit(document: Document) -> CitedSource | None:
    """A note at the head or the foot that says from where the whole was taken."""
    blocks = [block for block in document.blocks if block.kind not in (BlockKind.MARKUP, BlockKind.CODE)]
    near = blocks if len(blocks) <= 2 * _ENDS else [*blocks[:_ENDS], *blocks[-_ENDS:]]
    for block in near:
        for match in _CREDITS.finditer(block.shown.text):
            if name := _proper(match["name"]):
                return CitedSource(name, "as where it was taken from", block.shown.source_of(*match.span()))
    return None


def _attributed(document: Document, body: list[Block]) -> CitedSource | None:
    found = [one for block in body for one in _attributions(block, _opening_end(block) if block is body[0] else 0)]
    titles = [block for block in document.blocks if block.kind is BlockKind.HEADING][:1]
    named = [one for block in titles for one in _attributions(block, len(block.shown.text))] + found
    counts = Counter(source_key(one.name) for one in found if one.name)
    most = max(counts.values(), default=0)
    for one in named:
        count = counts[source_key(one.name)]
        if one.name and one.opening and count >= most:
            share = f", and in {count} of {len(found)} attributions" if len(found) > 1 and count else ""
            return CitedSource(one.name, f"in its opening{share}", one.span)
        if one.name and count >= _MOST and count * 2 > len(found):
            return CitedSource(one.name, f"in {count} of {len(found)} attributions", one.span)
    return None


def _origin_cited(document: Document) -> CitedSource | None:
    match = _AFTER.search(document.origin or "")
    name = _proper(match["name"]) if match else ""
    return CitedSource(name, "in its origin", None) if name else None


def _opening_end(block: Block) -> int:
    """The character of the shown text at which the opening of the document ends."""
    last = block.sentences[:_OPENING]
    place = block.shown.shown_of(last[-1]) if last else None
    return place[1] if place else len(block.shown.text)


def _attributions(block: Block, opening: int) -> Iterator[_Attribution]:
    """Whom the block names as a source; `opening` characters of it open the document."""
    text = block.shown.text
    for match in _ATTRIBUTED.finditer(text):
        named = _NAMED.match(text, match.end())
        end = named.end("name") if named else match.end()
        name = _proper(named["name"]) if named else ""
        yield _Attribution(name, block.shown.source_of(match.start(), end), match.start() < opening)
    for match in _REPORTS.finditer(text[:opening]):
        yield _Attribution(_proper(match["name"]), block.shown.source_of(*match.span()), True)


def _proper(name: str) -> str:
    """`name` in its usual form; "" where it is made of words that could mean anybody."""
    usual = _agencies().get(source_key(name))
    if usual:
        return usual
    words = [word for word in re.findall(r"[^\W_]+", source_key(name)) if not word.isdigit()]
    telling = [word for word in words if word not in _generic() and len(word) > 1]
    return name if telling and not name[0].islower() else ""


@cache
def _lists() -> dict[str, str | dict[str, str]]:
    return tomllib.loads(package_text("briefing.extraction", "data/sources.toml"))


@cache
def _generic() -> frozenset[str]:
    return frozenset(str(_lists()["generic"]).split())


@cache
def _agencies() -> dict[str, str]:
    """The usual name of every agency by the keys of all its names."""
    agencies = _lists()["agencies"]
    names = agencies.items() if isinstance(agencies, dict) else ()
    return {source_key(one): name for name, others in names for one in (name, *others.split(",")) if one}


def _kind_words() -> str:
    return "|".join(map(re.escape, sorted(str(_lists()["kinds"]).split(), key=len, reverse=True)))


_NAMED = re.compile(rf"\s{{1,3}}(?:(?:the|an?) )?(?:(?:{_CAPITAL} )?(?:(?:{_kind_words()}) ){{1,3}})?{_NAME}{_FOLLOWS}")
_ATTRIBUTED = re.compile(
    r"\b(?:according to|citing|as reported by|as quoted by|quoting|with reference to)\b", re.IGNORECASE
)
_REPORTS = re.compile(rf"{_NAME} (?:reports|reported|has reported|has learned|writes)(?=[,.:;]|\Z| that\b| on\b)")
_CREDITS = re.compile(
    r"\b(?:[Tt]his (?:article|story|piece|text|report) )?"
    r"(?:(?:was |is )?(?:[Oo]riginally|[Ff]irst) (?:published|appeared|released|posted) (?:by|in|on|at)"
    r"|[Rr]e(?:published|printed|posted) (?:from|with permission from|by permission of|courtesy of)|\A(?i:source):)"
    rf" (?:the )?{_NAME}"
)
_AFTER = re.compile(
    r"\b(?:after|via|citing|based on|according to|quoting|(?:taken|copied|republished|reprinted|reposted) from)"
    rf" (?:the )?{_NAME}{_FOLLOWS}"
)
