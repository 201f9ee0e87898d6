"""The word lists by which sentences are held against one another, and the stems under which words are compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.extraction.entities.lists import table_of, words_of
from briefing.extraction.entities.vocabulary import is_function_word

_FILE = "conflicts.toml"
_ENDINGS = ("ies", "ied", "ing", "es", "ed", "s")


@dataclass(frozen=True, slots=True)
class WordList:
    """Words in small letters, each under a name; some stand for all words that begin so."""

    exact: dict[str, str]
    beginnings: dict[str, str]
    lengths: tuple[int, ...]
    """Of the beginnings, in characters, longest first."""
    stems: tuple[str, ...]
    """The beginnings alone."""

    @classmethod
    def of(cls, lists: Iterable[tuple[str, Iterable[str]]]) -> WordList:
        """A list from words by name; "*" at the end of a word stands for any ending."""
        exact: dict[str, str] = {}
        beginnings: dict[str, str] = {}
        for name, words in lists:
            for word in sorted(words):
                if word.endswith("*"):
                    beginnings[word[:-1]] = name
                else:
                    exact[word] = name
        lengths = sorted({len(word) for word in beginnings}, reverse=True)
        return cls(exact, beginnings, tuple(lengths), tuple(beginnings))

    def name(self, word: str) -> str | None:
        """The name that `word` is listed under; None when it is not listed."""
        found = self.exact.get(word)
        if found is not None:
            return found
        for length in self.lengths:
            found = self.beginnings.get(word[:length])
            if found is not None:
                return found
        return None

    def __contains__(self, word: str) -> bool:
        return word in self.exact or word.startswith(self.stems)

    def has_any(self, words: Sequence[str]) -> bool:
        """Whether one of `words` is listed."""
        if not self.exact.keys().isdisjoint(words):
            return True
        return bool(self.stems) and any(word.startswith(self.stems) for word in words)


@cache
def listed(key: str, table: str = "words") -> WordList:
    """The list `key` of a table of the data file. Raises `KeyError` when there is none."""
    return WordList.of([(key, words_of(_FILE, table, key))])


@lru_cache(maxsize=1 << 16)
def deed_of(word: str) -> str | None:
    """The family of doing words that a word in small letters belongs to: "send" for "deployment"."""
    return _deeds().name(word)


def deed_of_two(one: str, other: str) -> str | None:
    """The family of doing words that two words in a row belong to: "participate" for "take part"."""
    return _deeds().exact.get(f"{one}_{other}") if one in _first_of_two() else None


@cache
def _first_of_two() -> frozenset[str]:
    return frozenset(words.partition("_")[0] for words in _deeds().exact if "_" in words)


@cache
def _deeds() -> WordList:
    return WordList.of(table_of(_FILE, "deeds").items())


@cache
def contraries() -> frozenset[tuple[str, str]]:
    """Families that say the contrary of one another, each pair both ways round."""
    pairs = [(one, other) for one, others in table_of(_FILE, "contrary").items() for other in others]
    return frozenset(pairs + [(other, one) for one, other in pairs])


@cache
def currencies() -> WordList:
    """Signs, codes and names of money, by the sign each is counted under."""
    return WordList.of(table_of(_FILE, "currencies").items())


@lru_cache(maxsize=1 << 12)
def counted_as(noun: str) -> str:
    """What nouns in small letters have in common that count the same things: "troops" for "soldiers", else the stem."""
    return _same().name(noun) or stem_of(noun)


@cache
def _same() -> WordList:
    return WordList.of(table_of(_FILE, "same").items())


@lru_cache(maxsize=1 << 16)
def stem_of(word: str) -> str:
    """A word in small letters without its ending, so that "exercises" and "exercise" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@lru_cache(maxsize=1 << 16)
def says_something(word: str) -> bool:
    """Whether a word in small letters helps to tell what a sentence is about."""
    return len(word) > 2 and word[0].isalpha() and not is_function_word(word) and word not in listed("empty")


@lru_cache(maxsize=1 << 16)
def told_by(word: str) -> str | None:
    """What a word in small letters that is no doing word tells of a subject: its stem, or None."""
    return stem_of(word) if says_something(word) else None


def item_of(word: str) -> str | None:
    """What a word in small letters says that a sentence is about: "=send" for "deployed", "officer" for "officers".

    None where it says nothing of that.
    """
    if not says_something(word):
        return None
    family = deed_of(word)
    return f"={family}" if family else stem_of(word)
