"""The claims of documents: what each sentence says of the roles and constraints of a scenario."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from briefing.extraction.claims.cues import Cues, find_cues
from briefing.extraction.claims.dating import as_of
from briefing.extraction.claims.sentences import Sentence, sentences_of
from briefing.extraction.claims.stages import Reading, read_stage
from briefing.extraction.claims.stances import stance_of
from briefing.extraction.claims.subject import Subject
from briefing.extraction.claims.subject_reader import SubjectReader
from briefing.extraction.claims.terms import CONSTRAINT, ROLE
from briefing.extraction.claims.voice import Voice, VoiceReader
from briefing.model import Claim, Cue, Document, EntityType, Mention, Scenario, Stage

_FIRMEST_FIRST = tuple(Stage)
_UNREAD = Reading(Stage.UNCLEAR)


def extract_claims(
    documents: Sequence[Document], scenario: Scenario, mentions: Sequence[Mention] = ()
) -> tuple[Claim, ...]:
    """A claim for every sentence that speaks of a role or a constraint of `scenario`, in order of document and place.

    `mentions` tell the actor from others, name who speaks, and date what is said; without them the first two are
    guessed less well. Raises `ValueError` for a term of the scenario that is not one. The time taken grows with the
    length of the documents.
    """
    of_document: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        of_document[mention.document].append(mention)
    reader = ClaimReader(scenario)
    return tuple(claim for document in documents for claim in reader.read(document, of_document[document.id]))


class ClaimReader:
    """Reads the claims of one document after another, each by itself."""

    def __init__(self, scenario: Scenario) -> None:
        """Raises `ValueError` for a term of the scenario that is not one."""
        self._subjects = SubjectReader(scenario)
        self._order = [ROLE + role.id for role in scenario.roles]
        self._order += [CONSTRAINT + one.id for one in scenario.constraints]

    def read(self, document: Document, mentions: Sequence[Mention]) -> list[Claim]:
        """Its claims, in order; `mentions` are those of the document, see `extract_claims`."""
        named = sorted(mentions, key=lambda mention: mention.span)
        return list(_no_firmer_than_body(list(_claims_of(document, self._subjects, self._order, named))))


def _claims_of(
    document: Document, reader: SubjectReader, order: Sequence[str], mentions: Sequence[Mention]
) -> Iterator[Claim]:
    reader.start(document.title, mentions)
    dates = [mention for mention in mentions if mention.type is EntityType.DATE]
    voices = VoiceReader(mentions)
    for _, block in groupby(sentences_of(document), key=lambda sentence: sentence.block.span):
        sentences = list(block)
        actors = [reader.actors_in(sentence.words) for sentence in sentences]
        cues = [find_cues(sentence.words, names) for sentence, names in zip(sentences, actors, strict=True)]
        said_by = voices.read(sentences, cues)
        for sentence, names, found, voice in zip(sentences, actors, cues, said_by, strict=True):
            subject = reader.read(sentence, found, names)
            # Of a sentence about nothing in question it is all one how far along it is.
            reading = read_stage(sentence, subject, found) if subject.labels else _UNREAD
            reader.remember(sentence, subject, reading.stage, found)
            if subject.labels:
                first = bisect_left(dates, sentence.span.start, key=lambda date: date.span.start)
                end = bisect_left(dates, sentence.span.end, key=lambda date: date.span.start)
                labels = [label for label in order if label in subject.labels and label not in reading.denied]
                yield _claim(sentence, subject._replace(labels=tuple(labels)), found, reading, voice, dates[first:end])


def _claim(
    sentence: Sentence,
    subject: Subject,
    cues: Cues,
    reading: Reading,
    voice: Voice,
    dates: Sequence[Mention],
) -> Claim:
    stance, leaning = stance_of(sentence, subject, reading.stage, cues)
    when, dated = as_of(sentence, dates, reading.stage)
    deciding = [
        Cue(one.label, sentence.source(one.start, one.end)) for one in subject.terms if one.label in subject.labels
    ]
    deciding += [Cue(f"stance:{stance}", sentence.source(one.start, one.end)) for one in leaning]
    deciding += [Cue(f"stage:{reading.stage}", sentence.source(one.start, one.end)) for one in reading.cues]
    if voice.cue:
        deciding.append(Cue("voice", voice.cue))
    if dated:
        deciding.append(Cue("as_of", dated))
    return Claim(
        document=sentence.document.id,
        span=sentence.span,
        line=sentence.document.line_of(sentence.span.start),
        quote=sentence.document.quote(sentence.span),
        roles=tuple(label.removeprefix(ROLE) for label in subject.labels if label.startswith(ROLE)),
        constraints=tuple(label.removeprefix(CONSTRAINT) for label in subject.labels if label.startswith(CONSTRAINT)),
        stance=stance,
        voice=voice.name,
        as_of=when,
        cues=tuple(dict.fromkeys(deciding)),
        heading=sentence.is_title,
        stage=reading.stage,
    )


def _no_firmer_than_body(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims of one document, with no heading that says of a role more than the firmest that the body says."""
    firmest: dict[str, int] = {}
    for claim in claims:
        if not claim.heading:
            for role in claim.roles:
                rank = _FIRMEST_FIRST.index(claim.stage)
                firmest[role] = min(firmest.get(role, rank), rank)
    for claim in claims:
        said = [firmest[role] for role in claim.roles if role in firmest]
        stage = _FIRMEST_FIRST[min(said)] if said else Stage.UNCLEAR
        if claim.heading and _FIRMEST_FIRST.index(claim.stage) < _FIRMEST_FIRST.index(stage):
            cues = tuple(cue for cue in claim.cues if not cue.label.startswith("stage:"))
            yield replace(claim, stage=stage, cues=cues)
        else:
            yield claim
