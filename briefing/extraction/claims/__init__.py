"""What sentences say of the scenario: roles, constraints, stance, status, voice and date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefing.extraction.claims.as_of import as_of
from briefing.extraction.claims.cues import Cues, find_cues
from briefing.extraction.claims.labels import stance_of, status_of
from briefing.extraction.claims.sentences import Sentence, sentences_of
from briefing.extraction.claims.subjects import CONSTRAINT, ROLE, Subject, SubjectReader
from briefing.extraction.claims.terms import Found
from briefing.extraction.claims.voice import VoiceReader
from briefing.model import Claim, Cue, Document, Mention, Scenario, Span, Status

__all__ = ["extract_claims"]


def extract_claims(
    documents: Sequence[Document], scenario: Scenario, mentions: Sequence[Mention] = ()
) -> tuple[Claim, ...]:
    """A claim for every sentence that speaks of a role or a constraint of `scenario`, in order of document and place.

    `mentions` tell the actor from others and name who speaks; without them both are guessed less well. Raises
    `ValueError` for a term of the scenario that is not one. The time taken grows with the length of the documents.
    """
    of_document: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        of_document[mention.document].append(mention)
    reader = SubjectReader(scenario)
    order = [ROLE + role.id for role in scenario.roles] + [CONSTRAINT + one.id for one in scenario.constraints]
    claims: list[Claim] = []
    for document in documents:
        named = sorted(of_document[document.id], key=lambda mention: mention.span)
        claims += _claims_of(document, reader, order, named)
    return tuple(claims)


def _claims_of(
    document: Document, reader: SubjectReader, order: Sequence[str], mentions: Sequence[Mention]
) -> Iterator[Claim]:
    reader.start(document.title, mentions)
    voices = VoiceReader(mentions)
    for sentence in sentences_of(document):
        cues = find_cues(sentence.words)
        subject = reader.read(sentence, cues)
        voice = voices.read(sentence, cues)
        status = status_of(sentence, subject, cues)
        reader.remember(sentence, subject, status[0])
        if subject.labels:
            yield _claim(sentence, subject, cues, status, voice, order)


def _claim(
    sentence: Sentence,
    subject: Subject,
    cues: Cues,
    status: tuple[Status, Sequence[Found]],
    voice: tuple[str, Span | None],
    order: Sequence[str],
) -> Claim:
    stance, leaning = stance_of(sentence, subject, cues)
    when, dated = as_of(sentence.text, sentence.document.date)
    deciding = [Cue(one.label, sentence.source(one.start, one.end)) for one in subject.terms]
    deciding += [Cue(f"stance:{stance}", sentence.source(one.start, one.end)) for one in leaning]
    deciding += [Cue(f"status:{status[0]}", sentence.source(one.start, one.end)) for one in status[1]]
    if voice[1]:
        deciding.append(Cue("voice", voice[1]))
    if dated:
        shown = sentence.block.shown
        deciding.append(Cue("as_of", shown.source_of(sentence.offset + dated.start, sentence.offset + dated.end)))
    labels = [label for label in order if label in subject.labels]
    return Claim(
        document=sentence.document.id,
        span=sentence.span,
        line=sentence.document.line_of(sentence.span.start),
        quote=sentence.document.quote(sentence.span),
        roles=tuple(label.removeprefix(ROLE) for label in labels if label.startswith(ROLE)),
        constraints=tuple(label.removeprefix(CONSTRAINT) for label in labels if label.startswith(CONSTRAINT)),
        stance=stance,
        status=status[0],
        voice=voice[0],
        as_of=when,
        cues=tuple(dict.fromkeys(deciding)),
        heading=sentence.is_title,
    )
