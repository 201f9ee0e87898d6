"""Words on the screen that an officer may mean as a name."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from briefing.analysis.candidates import name_candidates
from briefing.model import Block, BlockKind, Document, EntityType, Mention, ShownRun, ShownText, Span
from briefing.parsing import parse_document

TEXT = "On that day the Harbour Authority of Wicklow met Lamp Fund people. Lamp Fund pays.\n\nOld Quay is shut.\n"


def document(text: str) -> Document:
    return parse_document("a.txt", text.encode())


def mention(document: Document, words: str) -> Mention:
    start = document.text.index(words)
    return Mention(document.id, Span(start, start + len(words)), words, EntityType.ORG, words)


def offered(text: str, query: str = "", shown: Span | None = None, known: Sequence[str] = ()) -> list[str]:
    one = document(text)
    mentions = sorted((mention(one, words) for words in known), key=lambda mention: mention.span)
    found = name_candidates(one, shown or Span(0, len(one.text)), mentions, query)
    return [one.quote(span) for span in found]


def test_runs_of_capitals_are_offered_once_each() -> None:
    assert offered(TEXT) == ["Harbour Authority of Wicklow", "Lamp Fund", "Old Quay"]


def test_what_is_a_mention_already_is_not_offered() -> None:
    assert offered(TEXT, known=["Wicklow", "Old Quay"]) == ["Lamp Fund"]


def test_words_are_offered_that_begin_on_the_screen() -> None:
    start = TEXT.index("Authority")
    assert offered(TEXT, shown=Span(start, TEXT.index("Fund people"))) == ["Authority of Wicklow", "Lamp Fund"]
    assert offered(TEXT, shown=Span(start + 1, TEXT.index("met"))) == ["Wicklow"]
    assert offered(TEXT, "f", shown=Span(0, TEXT.index("people"))) == ["Fund", "Fund people", "Fund people. Lamp"] + [
        f"Fund people. Lamp {rest}" for rest in ("Fund", "Fund pays")
    ]


def test_words_that_begin_as_typed_are_offered_from_one_to_several() -> None:
    assert offered("the lamp fund was closed", "LAMP f") == ["lamp fund", "lamp fund was", "lamp fund was closed"]
    assert offered("a streetlamp was closed", "lamp") == []


@pytest.mark.parametrize("query", ["", "mari", "mart"])
def test_a_letter_and_its_mark_are_not_parted(query: str) -> None:
    text = "and so Mari\u0301a, e\u0301Mari, Mart\u0301in"
    alone = [words for words in offered(text, query) if " " not in words]
    assert alone == [name for name in ("Mari\u0301a", "Mart\u0301in") if name.lower().startswith(query)]


@pytest.mark.parametrize("query", ["", "u"])
def test_the_picture_of_a_control_character_is_no_name(query: str) -> None:
    assert offered("of \u202e and x\u202eUlm\u202ey", query) == ["Ulm"]


def test_no_more_are_offered_than_anybody_reads() -> None:
    assert len(offered(" ".join(f"Quay{number}, " for number in range(1000)))) == 200


@pytest.mark.parametrize("words", ["The Old Quay met. ", "A-", "x-", "a ", "Ab       ", "A'", "no capital here "])
@pytest.mark.parametrize("query", ["", "a", "x-x"])
def test_a_line_of_five_megabytes_does_not_hang(words: str, query: str) -> None:
    text = words * (5_000_000 // len(words))
    shown = ShownText(text, (ShownRun(0, len(text), 0, len(text)),))
    everything = Span(0, len(text))
    one = Document("a.txt", text, "", "text", (Block(everything, BlockKind.PARAGRAPH, shown, (everything,)),))
    mentions = [
        Mention(one.id, Span(start, start + 8), "Old Quay", EntityType.ORG, "Old Quay")
        for start in range(4, len(text) // 10, 17)
    ]
    start = time.process_time()
    name_candidates(one, everything, mentions, query)
    assert time.process_time() - start < 1
