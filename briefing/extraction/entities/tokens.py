"""Cuts shown text into words and signs, and tells which begin a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from briefing.extraction.entities.lists import words_of
from briefing.extraction.entities.vocabulary import is_common, is_function_word
from briefing.model import Block, BlockKind, ShownText, Span

_TOKEN = re.compile(
    r"[A-Za-z]{2}[A-Za-z]*+(?![\w'’])"  # what nearly all words are, found sooner than below
    r"|(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"  # dotted initials
    r"|['’]s\b"
    r"|\d+(?:[.,:]\d+)*\w*"
    r"|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*\d*[^\W_]*"
    r"|[^\s\w]|_"
)
_OPENING = frozenset('“"‘(•[:—–…*«„')
_CLOSING = frozenset(".!?")
_LONGEST_WORD = 40
_LONGEST_LETTERHEAD = 8


class Token(NamedTuple):
    """One word, number or sign of a passage."""

    start: int
    """In characters of the passage's text."""
    end: int
    text: str
    fold: str
    """In small letters, without accents, with straight apostrophes: what names are compared by."""
    capital: bool
    """Whether it is a word that begins with a capital letter."""
    opens: bool
    """Whether a capital may be owed to its place: first in a sentence, after a colon or an opening quotation mark."""

    @property
    def shouted(self) -> bool:
        """Whether it is written in capitals alone."""
        return len(self.text) > 1 and self.text.isupper()


@dataclass(frozen=True, slots=True)
class Passage:
    """The shown text of one block, cut into tokens."""

    text: str
    tokens: list[Token]
    folds: list[str]
    """What each token is compared by."""
    title_case: bool
    """Whether nearly every word has a capital, so that a capital proves nothing."""
    shown: ShownText = field(repr=False)

    def source_of(self, start: int, end: int) -> Span:
        """The span of the document that characters `start` to `end` of the passage stand for."""
        return self.shown.source_of(start, end)


def fold(text: str) -> str:
    """`text` in small letters, accents taken off and apostrophes straight."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("’", "'"))
        # An accent that stands on nothing stays: no token is without a character.
        text = "".join(sign for sign in text if not unicodedata.combining(sign)) or text
    return text.lower()


def folded(name: str) -> str:
    """The folded tokens of one name, as `cut` would make them, with one blank between each."""
    if not name.isascii():
        return " ".join([fold(token) for token in _TOKEN.findall(name)])
    small = name.lower()
    # Letters and blanks alone, as nearly all names are, need no cutting; thousands are folded when the lists are read.
    if small.replace(" ", "").isalpha():
        return " ".join(small.split()) if "  " in small else small.strip()
    return " ".join(_TOKEN.findall(small))


@lru_cache(maxsize=1 << 16)
def surface_words(name: str) -> tuple[str, ...]:
    """The tokens of one name as they are written."""
    return tuple(_TOKEN.findall(name))


def cut(text: str, sentence_starts: Iterable[int] = (0,)) -> list[Token]:
    """The tokens of `text`, in order; `sentence_starts` are offsets into it. Takes time in proportion to its length."""
    starts = set(sentence_starts)
    tokens: list[Token] = []
    opens = True
    end = 0
    for word in _TOKEN.findall(text):
        # Nothing but white space stands between two tokens.
        start = text.index(word, end)
        end = start + len(word)
        if end - start <= _LONGEST_WORD:
            folded, capital, ends = _seen(word)
        else:
            folded, capital, ends = fold(word), False, False
        # As `Token(…)` does, in half the time: this is done for every word there is.
        tokens.append(_new(Token, (start, end, word, folded, capital, opens or start in starts)))
        opens = ends
    return tokens


_new = tuple.__new__


@lru_cache(maxsize=1 << 16)
def _seen(word: str) -> tuple[str, bool, bool]:
    """A word or sign folded, whether it has a capital, and whether one after it may be owed to its place."""
    return fold(word), word[0].isupper(), word in _OPENING or word in _CLOSING


def passage_of(block: Block) -> Passage:
    """The passage that a block's shown text makes."""
    shown = block.shown
    places = (shown.shown_of(sentence) for sentence in block.sentences)
    tokens = cut(shown.text, [place[0] for place in places if place])
    return Passage(shown.text, tokens, [token.fold for token in tokens], _is_title_case(tokens, block.kind), shown)


def _is_letterhead(tokens: list[Token]) -> bool:
    """Whether the words are those of an office alone: `Ministry of National Defence`."""
    if not 2 < len(tokens) <= _LONGEST_LETTERHEAD or tokens[1].fold not in ("of", "for"):
        return False
    return tokens[0].fold in words_of("head_nouns.toml", "frames", "letterheads")


def _is_written_small(token: Token) -> bool:
    """Whether it is a word that carries meaning, and has no capital."""
    return not token.capital and token.text[0].isalpha() and not is_function_word(token.fold)


def _is_title_case(tokens: list[Token], kind: BlockKind) -> bool:
    """All words that carry meaning have a capital, in a heading four in five, and everyday words are among them."""
    if kind is not BlockKind.HEADING and (any(map(_is_written_small, tokens)) or _is_letterhead(tokens)):
        return False
    words = [token for token in tokens if token.text[0].isalpha() and not is_function_word(token.fold)]
    capitals = [token for token in words if token.capital]
    if len(capitals) < 2 or len(capitals) < 0.8 * len(words):
        return False
    everyday = sum(is_common(token.fold) for token in capitals[1:])
    return everyday >= (1 if kind is BlockKind.HEADING else max(2, len(capitals) // 3))
