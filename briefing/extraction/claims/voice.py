"""Who says what a sentence says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from briefing.extraction.claims.cues import Cues
from briefing.extraction.claims.sentences import Sentence
from briefing.extraction.claims.terms import Found
from briefing.model import EntityType, Mention, Span

AUTHOR = "author"
_SPEAKERS = (EntityType.PERSON, EntityType.ORG, EntityType.PLACE)
_APPOSITION = 4
"""Words that may stand between a person's name and the word of saying: "Moreau, the defence minister, said"."""
_APPOSITIONS = {EntityType.PERSON: _APPOSITION, EntityType.ORG: 1, EntityType.PLACE: 1}
_UNNAMED = 7
"""A speaker without a name ("some military analysts") has at most so many words."""
_HEARD = 8
"""Words of saying looked at in one sentence; a usual one has fewer."""
_LONGEST_NAME = 80
"""Characters: what follows "according to" for longer without a stop is no name."""
_STOP = re.compile(r"[,:;()\"“”]|\.\s*$")
_MARK = re.compile('["“”]')
_CITING = ("citing",)
_AUXILIARY = re.compile(r"^as\s+|\s+(?:has|have|had|also|later)$", re.IGNORECASE)


class Voice(NamedTuple):
    """Who says a sentence, and the words that tell."""

    name: str = AUTHOR
    """"author", a name as written, or one name "via" another who reports it."""
    cue: Span | None = None


class _Name(NamedTuple):
    """Somebody named in a sentence: its first word and the word after its last. A place stands for its government."""

    first: int
    end: int
    type: EntityType
    text: str


class _Source(NamedTuple):
    """Whom a sentence names as its source: words `first` to `end`, end exclusive."""

    name: str
    cue: Span | None
    first: int
    end: int
    is_cited: bool
    """Whether somebody else tells what this source says."""


class VoiceReader:
    """Says who speaks in one document."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        """Begin a document with its mentions, in order of place."""
        self._speakers = [mention for mention in mentions if mention.type in _SPEAKERS]
        self._starts = [mention.span.start for mention in self._speakers]
        self._last_person = ""
        self._before = Voice()
        """Who was last named, or quoted, in the block before."""

    def read(self, sentences: Sequence[Sentence], cues: Sequence[Cues]) -> list[Voice]:
        """Who says each of `sentences`, all of the next block of the document.

        A sentence that stands in a quotation, and names nobody, is said by whoever is named in its block or, where
        nobody is, in the block before.
        """
        heard = [self._voice(sentence, found) for sentence, found in zip(sentences, cues, strict=True)]
        speaker = next((voice for voice in heard if voice.name != AUTHOR), self._before)
        self._before = Voice()
        voices: list[Voice] = []
        for voice, is_quoted in zip(heard, _quoted(sentences), strict=True):
            if voice.name != AUTHOR:
                speaker = self._before = voice
            elif is_quoted:
                self._before = Voice(speaker.name)
            voices.append(self._before if is_quoted else voice)
        return voices

    def _voice(self, sentence: Sentence, cues: Cues) -> Voice:
        if sentence.is_title:
            return Voice()
        names = self._names_in(sentence)
        source = _source(sentence, cues, names)
        others = [name for name in names if not source.first <= name.first < source.end]
        speaker = self._speaker(sentence, cues, others)
        if not speaker.name and source.is_cited:
            speaker = next((Voice(name.text, source.cue) for name in others if name.end + 1 == source.first), speaker)
        if not speaker.name:
            self._last_person = next((name.text for name in names if name.type is EntityType.PERSON), self._last_person)
        if not speaker.name:
            return Voice(source.name or AUTHOR, source.cue)
        if not source.name or speaker.name == source.name:
            return speaker
        # "X, citing Y, writes" hands on what Y says; "according to X, Y said" is told by X.
        said, told = (source.name, speaker.name) if source.is_cited else (speaker.name, source.name)
        return Voice(f"{said} via {told}", speaker.cue)

    def _names_in(self, sentence: Sentence) -> list[_Name]:
        names = []
        index = bisect_left(self._starts, sentence.span.start)
        while index < len(self._starts) and self._starts[index] < sentence.span.end:
            mention = self._speakers[index]
            place = sentence.shown(mention.span)
            if place:
                first, end = (bisect_left(sentence.words.starts, character) for character in place)
                names.append(_Name(first, end, mention.type, mention.form))
            index += 1
        return names

    def _speaker(self, sentence: Sentence, cues: Cues, names: Sequence[_Name]) -> Voice:
        """Who stands before the first word of saying that has a subject, or right after it; or before a colon."""
        for verb in cues.get("reporting", ())[:_HEARD]:
            speaker = self._subject_of(verb, sentence, cues, names)
            if speaker:
                return Voice(speaker, sentence.source(verb.start, verb.end))
        opening = names[0] if names and names[0].first <= _APPOSITION else None
        if opening and sentence.text.startswith((":", "):"), sentence.words.ends[opening.end - 1]):
            return Voice(self._noted(opening), sentence.source(opening.first, opening.end))
        return Voice("")

    def _subject_of(self, verb: Found, sentence: Sentence, cues: Cues, names: Sequence[_Name]) -> str:
        pronouns = {one.end for one in cues.get("same_speaker", ())}
        if pronouns & {verb.start, verb.start - 1}:
            return self._last_person
        before = [name for name in names if name.end <= verb.start <= name.end + _APPOSITIONS[name.type]]
        for name in reversed(before):
            if name.type is not EntityType.PLACE:
                return self._noted(name)
        unnamed = _unnamed(sentence, cues, verb)
        if unnamed:
            return unnamed
        for name in before:
            if not _is_object(sentence, cues, name):
                return name.text
        for name in names:
            if name.type is not EntityType.PLACE and verb.end <= name.first <= verb.end + _APPOSITION:
                return self._noted(name)
        return ""

    def _noted(self, name: _Name) -> str:
        if name.type is EntityType.PERSON:
            self._last_person = name.text
        return name.text


def _is_object(sentence: Sentence, cues: Cues, name: _Name) -> bool:
    """Whether a place is named after a preposition: "a poll in Norway found"."""
    article = name.first and sentence.words.texts[name.first - 1] == "the"
    return any(one.end == name.first - article for one in cues.get("before_object", ()))


def _quoted(sentences: Sequence[Sentence]) -> list[bool]:
    """Which of the sentences of one block begin within quotation marks."""
    quoted, is_open = [], False
    for sentence in sentences:
        opens = sentence.text.startswith(('"', "“"))
        closing = _MARK.search(sentence.text, 1) if opens else None
        # Quotation marks around the first few words set off a name, not what somebody says.
        opens = opens and (closing is None or closing.start() > len(sentence.text) // 2)
        quoted.append(is_open or opens)
        for mark in _MARK.findall(sentence.text):
            is_open = mark == "“" or (mark == '"' and not is_open)
    return quoted


def _source(sentence: Sentence, cues: Cues, names: Sequence[_Name]) -> _Source:
    """Whom "according to" or "citing" names."""
    for cue in cues.get("according", ())[:_HEARD]:
        start = sentence.words.ends[cue.end - 1]
        stop = _STOP.search(sentence.text, start, start + _LONGEST_NAME)
        phrase = sentence.text[start : stop.start()].strip() if stop else ""
        after = bisect_left(sentence.words.starts, start + len(phrase))
        told = sentence.source(cue.start, cue.end)
        is_cited = sentence.words.texts[cue.start] in _CITING
        inside = next((name for name in names if cue.end <= name.first < after), None)
        if inside:
            return _Source(inside.text, told, cue.end, inside.end, is_cited)
        if phrase and after - cue.end <= _UNNAMED:
            return _Source(phrase, told, cue.end, after, is_cited)
    return _Source("", None, 0, 0, False)


def _unnamed(sentence: Sentence, cues: Cues, verb: Found) -> str:
    """The words right before the verb, back to the last stop, where they tell of somebody: "some military analysts"."""
    if verb.start == 0:
        return ""
    end = sentence.words.ends[verb.start - 1]
    if _STOP.search(sentence.text[end : sentence.words.starts[verb.start]]):
        return ""
    first = max(0, verb.start - _UNNAMED)
    begin = sentence.words.starts[first]
    stops = [match.end() for match in _STOP.finditer(sentence.text, begin, end)]
    if stops:
        begin = stops[-1]
    elif first:
        return ""
    phrase = sentence.text[begin:end].strip()
    first = bisect_left(sentence.words.starts, begin)
    people = any(first <= one.start < verb.start for one in cues.get("speakers", ()))
    return _AUXILIARY.sub("", phrase) if people else ""
