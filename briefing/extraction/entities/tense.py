"""Tells by the verb near a date whether it is told as past or planned."""

from __future__ import annotations

import re
from enum import Enum

_REACH = 80
# What ends the clause that a date stands in.
_BOUND = re.compile(
    r"[.;:!?()“”\"—]|\n\n|\b(?:that|which|who|whom|whose|what|where|when|because|but|while|although|though)\b"
)
_CUE = re.compile(
    r"\b(?:(?P<planned>will|won['’]t|shall|would|may|might|should|must|upcoming|coming|next|ahead"
    r"|plans?|planned|planning|due(?! to\b)|scheduled|slated|expect(?:s|ed)?|(?:intend|hope|aim|seek|want)s?"
    r"|(?:agreed|decided|vowed|pledged|promised|invited|set|due|likely|ready|about|is|are|was|were|has|have) to"
    r"|to (?:be|begin|start|take\s+place)|for(?=\s*$))"
    r"|(?<!\bbe )(?P<told>was|were|had|did|met|held|said|told|took|went|came|began|left|saw|sent|won|lost|made|gave"
    r"|fell|rose|grew|ran|led|fought|struck|broke|chose|became|built|bought|sold|spoke|wrote|stood|brought|sank|shot|drew"
    r"|flew|paid|caught|found|kept|put|got"
    # What is announced or agreed may lie ahead.
    r"|(?!(?:announced|agreed|proposed|invited|called|ordered|urged|approved|extended|needed)\b)[a-z]{2,20}ed))\b"
)


class Tense(Enum):
    """How a date is told of."""

    PAST = "past"
    PLANNED = "planned"
    UNKNOWN = "unknown"


def tense_near(text: str, start: int, end: int) -> Tense:
    """The tense of the cue nearest before characters `start` to `end`, else of the first after, in the same clause."""
    before = _BOUND.split(text[max(0, start - _REACH) : start])[-1]
    after = _BOUND.split(text[end : end + _REACH], maxsplit=1)[0]
    cues = [*_CUE.finditer(before)][-1:] or [*_CUE.finditer(after)][:1]
    if not cues:
        return Tense.UNKNOWN
    return Tense.PLANNED if cues[0]["planned"] else Tense.PAST
