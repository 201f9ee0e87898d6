"""Who says what a sentence says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.extraction.claims.cues import Cues
from briefing.extraction.claims.sentences import Sentence
from briefing.extraction.claims.terms import Found
from briefing.model import EntityType, Mention, Span

AUTHOR = "author"
_SPEAKERS = (EntityType.PERSON, EntityType.ORG)
_APPOSITION = 4
"""Words that may stand between a person's name and the word of saying: "Moreau, the defence minister, said"."""
_UNNAMED = 7
"""A speaker without a name ("some military analysts") has at most so many words."""
_HEARD = 8
"""Words of saying looked at in one sentence; a usual one has fewer."""
_LONGEST_NAME = 80
"""Characters: what follows "according to" for longer without a stop is no name."""
_STOP = re.compile(r"[,:;()\"“”]")


@dataclass(frozen=True, slots=True)
class _Name:
    """A person or body named in a sentence: its first word and the word after its last."""

    first: int
    end: int
    is_person: bool
    text: str


class VoiceReader:
    """Reads one document sentence by sentence and says who speaks."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        """Begin a document with its mentions, in order of place."""
        self._speakers = [mention for mention in mentions if mention.type in _SPEAKERS]
        self._starts = [mention.span.start for mention in self._speakers]
        self._last_person = ""

    def read(self, sentence: Sentence, cues: Cues) -> tuple[str, Span | None]:
        """Who says `sentence`, the next of the document, and the words that tell.

        "author", a name as written, or one name "via" another who reports it.
        """
        if sentence.is_title:
            return AUTHOR, None
        names = self._names_in(sentence)
        source, source_cue, after = _source(sentence, cues, names)
        speaker, cue = self._speaker(sentence, cues, [name for name in names if name.first >= after])
        if speaker and source and speaker != source:
            return f"{speaker} via {source}", cue
        return speaker or source or AUTHOR, cue or source_cue

    def _names_in(self, sentence: Sentence) -> list[_Name]:
        names = []
        index = bisect_left(self._starts, sentence.span.start)
        while index < len(self._starts) and self._starts[index] < sentence.span.end:
            mention = self._speakers[index]
            place = sentence.shown(mention.span)
            if place:
                first, end = (bisect_left(sentence.words.starts, character) for character in place)
                names.append(_Name(first, end, mention.type is EntityType.PERSON, mention.form))
            index += 1
        return names

    def _speaker(self, sentence: Sentence, cues: Cues, names: Sequence[_Name]) -> tuple[str, Span | None]:
        """Who stands before the first word of saying that has a subject, or right after it; or before a colon."""
        for verb in cues.get("reporting", ())[:_HEARD]:
            speaker = self._subject_of(verb, sentence, cues, names)
            if speaker:
                return speaker, sentence.source(verb.start, verb.end)
        opening = names[0] if names and names[0].first <= _APPOSITION else None
        if opening and sentence.text[sentence.words.ends[opening.end - 1] :].startswith((":", "):")):
            return self._noted(opening), sentence.source(opening.first, opening.end)
        return "", None

    def _subject_of(self, verb: Found, sentence: Sentence, cues: Cues, names: Sequence[_Name]) -> str:
        pronouns = {one.end for one in cues.get("same_speaker", ())}
        if pronouns & {verb.start, verb.start - 1}:
            return self._last_person
        for name in reversed(names):
            if name.end <= verb.start <= name.end + (_APPOSITION if name.is_person else 1):
                return self._noted(name)
        for name in names:
            if verb.end <= name.first <= verb.end + _APPOSITION:
                return self._noted(name)
        return _unnamed(sentence, verb)

    def _noted(self, name: _Name) -> str:
        if name.is_person:
            self._last_person = name.text
        return name.text


def _source(sentence: Sentence, cues: Cues, names: Sequence[_Name]) -> tuple[str, Span | None, int]:
    """Whom "according to" names, the words that tell, and the word after; "" when there is nobody."""
    for cue in cues.get("according", ())[:_HEARD]:
        start = sentence.words.ends[cue.end - 1]
        stop = _STOP.search(sentence.text, start, start + _LONGEST_NAME)
        phrase = sentence.text[start : stop.start()].strip() if stop else ""
        after = bisect_left(sentence.words.starts, start + len(phrase))
        told = sentence.source(cue.start, cue.end)
        for name in names:
            if cue.end <= name.first < after:
                return name.text, told, name.end
        if phrase and after - cue.end <= _UNNAMED:
            return phrase, told, after
    return "", None, 0


def _unnamed(sentence: Sentence, verb: Found) -> str:
    """The words before the verb, when they open the sentence and can be a group of people: "some military analysts"."""
    if not 2 <= verb.start <= _UNNAMED:
        return ""
    before = sentence.text[: sentence.words.ends[verb.start - 1]]
    opens = sentence.words.texts[0] in ("some", "many", "several", "most", "the", "a", "an", "other")
    return before if opens and not _STOP.search(before) else ""
