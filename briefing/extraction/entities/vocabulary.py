"""Tells everyday words from names, and holds the sets of words that the rules look for."""

from __future__ import annotations

from functools import cache, lru_cache

from briefing.extraction.entities.lists import endings_of, read_words, words_of


@lru_cache(maxsize=1 << 16)
def is_function_word(word: str) -> bool:
    """Whether a folded word only serves grammar."""
    return word in _function_words()


@lru_cache(maxsize=1 << 16)
def is_common(word: str) -> bool:
    """Whether a folded word is an everyday one, in its base form, an inflected form, or with a common beginning."""
    return _is_form_of_common(word) or any(
        word.startswith(beginning) and len(word) - len(beginning) > 3 and _is_form_of_common(word[len(beginning) :])
        for beginning in _beginnings()
    )


def _is_form_of_common(word: str) -> bool:
    common = _common_words()
    if word in common or word in _function_words():
        return True
    for ending, instead in _endings():
        if not word.endswith(ending):
            continue
        stem = word[: -len(ending)]
        if len(stem) < 2:
            continue
        if stem + instead in common:
            return True
        # "stopped", "planning": the last consonant was doubled.
        if not instead and len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in common:
            return True
    return False


@cache
def cue(table: str, key: str) -> frozenset[str]:
    """The words of cues.toml under `key` of `table`."""
    return words_of("cues.toml", table, key)


@cache
def spellings() -> dict[str, str]:
    """Words that are spelt in two ways, each with the other one; the first of a pair in the list is the British one."""
    pairs = [pair.split(":") for pair in endings_of("cues.toml", "words", "spellings")]
    return {word: other for british, american in pairs for word, other in ((british, american), (american, british))}


@cache
def american_spellings() -> dict[str, str]:
    """The American spelling of each word that is spelt in two ways, by the British one."""
    return dict(pair.split(":") for pair in endings_of("cues.toml", "words", "spellings"))


@cache
def given_names() -> frozenset[str]:
    """Given names of the world, with their capitals."""
    return read_words("given_names.txt")


@cache
def _common_words() -> frozenset[str]:
    return read_words("common_words.txt")


@cache
def _function_words() -> frozenset[str]:
    return words_of("cues.toml", "words", "function")


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    return tuple(
        (ending, instead)
        for ending, _, instead in (rule.partition(":") for rule in endings_of("cues.toml", "words", "endings"))
    )


@cache
def _beginnings() -> tuple[str, ...]:
    return endings_of("cues.toml", "words", "beginnings")
