"""The timeline: what is on it, when, in which order, and what is overdue."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from time import process_time

import pytest

from briefing.analysis.timeline import timeline_of
from briefing.model import Claim, ClaimLabel, Document, EntityType, Mention, Span, Stage, TimelineEntry
from briefing.parsing import parse_document
from briefing.rendering.entry import Entry
from briefing.rendering.line import plain
from briefing.rendering.timeline import timeline_entries
from tests.dated_text import claim_on, dated_document, dates_of, event_called, mention_at

TODAY = date(2026, 6, 1)


def _one_plan(
    text: str, written: str | None, stage: Stage = Stage.PLANNED, later: tuple[tuple[Document, Stage], ...] = ()
) -> list[bool]:
    """Whether each entry of a plan is overdue today; `later` are documents whose only sentence is a claim."""
    plan = dated_document(text, written)
    documents = [plan, *(document for document, _ in later)]
    mentions = [mention for document in documents for mention in dates_of(document)]
    for document in documents:
        mentions += [event_called(document, name) for name in ("Harbour Shield", "Calm Sea") if name in document.text]
    claims = [claim_on(plan, text, stage), *(claim_on(document, document.text, stage) for document, stage in later)]
    return [one.overdue for one in timeline_of(documents, mentions, claims, TODAY) if one.document == plan.id]


def _timeline(text: str, written: str | None) -> list[tuple[str | None, str | None, bool, str | None]]:
    document = dated_document(text, written)
    entries = timeline_of([document], dates_of(document), [])
    return [(one.date, one.until, one.inferred, document.quote(one.words) if one.words else None) for one in entries]


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        ("They met on May 4, 2021.", None, [("2021-05-04", None, False, "May 4, 2021")]),
        ("They met on March 17.", "2021-04", [("2021-03-17", None, True, "March 17")]),
        ("They met on March 17.", None, [(None, None, False, "March 17")]),
        ("They meet in August this year.", "2021-04", [("2021-08", None, True, "August this year")]),
        ("Last year’s drill was small.", "2021-03", [("2020", None, True, "Last year")]),
        ("Last year’s drill was small.", None, [(None, None, False, "Last year")]),
        ("They talk this fall.", "2021", [("2021-09", "2021-11", True, "this fall")]),
        ("It ran in the 1990s.", None, [("1990", "1999", False, "1990s")]),
        ("It comes this week.", "2026-05-06", [("2026-05-04", "2026-05-10", True, "this week")]),
        ("It comes this week.", "2026-05", [("2026-05", None, True, "this week")]),
        ("It came last Tuesday.", "2026-05", [("2026-05", None, True, "last Tuesday")]),
        ("It came on Tuesday.", "2026-05-06", [("2026-05-05", None, True, "Tuesday")]),
        ("It came on Tuesday.", "2026-05", [("2026-05", None, True, "Tuesday")]),
        ("It came on Tuesday.", None, [(None, None, False, "Tuesday")]),
        ("A bridge was built several years ago.", "2021", [(None, None, False, "several years ago")]),
        ("It grew in recent years.", "2021", [(None, None, False, "recent years")]),
        ("It grew over the past two decades.", "2021", [(None, None, False, "past two decades")]),
        ("In recent years, and above all in 2014, it grew.", None, [("2014", None, False, "2014")]),
        ("It stays from May 2021 to June 2022.", None, [("2021-05", "2022-06", False, "May 2021 to June 2022")]),
        ("It fell between 2014 and 2016.", None, [("2014", "2016", False, "2014 and 2016")]),
        ("It fell in 2014 and 2016.", None, [("2014", None, False, "2014"), ("2016", None, False, "2016")]),
        ("In 2021, on May 4, 2021, they met.", None, [("2021-05-04", None, False, "May 4, 2021")]),
        ("It met in 2014, and in 2014 again.", None, [("2014", None, False, "2014")]),
        ("It went on for 20 years.", "2021", []),
    ],
)
def test_dates_of_a_sentence(
    text: str, written: str | None, found: list[tuple[str | None, str | None, bool, str | None]]
) -> None:
    assert _timeline(text, written) == found


def test_a_long_list_of_dates_is_one_stretch() -> None:
    years = ", ".join(f"in {year}" for year in range(2010, 2019))

    assert _timeline(f"It met {years}.", None) == [("2010", "2018", False, years.removeprefix("in "))]


def test_years_come_before_their_months_and_days_and_the_undated_last() -> None:
    text = (
        "It met on May 4, 2021. It met in June 2021. It met in 2021. It met in 2021-2023. It met in May 2021. "
        "It met many years ago. It met in 2020.\n"
    )

    assert [one[:2] for one in _timeline(text, None)] == [
        ("2020", None),
        ("2021", None),
        ("2021", "2023"),
        ("2021-05", None),
        ("2021-05-04", None),
        ("2021-06", None),
        (None, None),
    ]


def test_a_claim_without_a_date_is_dated_by_its_document() -> None:
    dated = dated_document("The port lends tugs.\n", "2021-03")
    undated = dated_document("The port owns tugs.\n", None, "b.txt")
    claims = [claim_on(dated, "The", Stage.DONE, ("tugs",)), claim_on(undated, "The")]

    first, second = timeline_of([dated, undated], [], claims, TODAY)

    assert (first.date, first.words, first.inferred, first.stage, first.roles) == (
        *("2021-03", None, False, Stage.DONE),
        ("tugs",),
    )
    assert (second.document, second.date, second.words, second.stage) == ("b.txt", None, None, Stage.UNCLEAR)


def test_the_date_that_an_officer_gave_wins() -> None:
    document = dated_document("The port lent tugs in 2014.\n", "2021-03")
    claim = claim_on(document, "The", Stage.DONE, corrected=(ClaimLabel.AS_OF,), as_of="2015-02")

    (entry,) = timeline_of([document], dates_of(document), [claim], TODAY)

    assert (entry.date, entry.words) == ("2015-02", None)


PAGE = """\
# Port to lend tugs in May 2021

## What was in 2019

The port will lend tugs in May 2021. It owns them.

# Port buys tugs
"""


def test_headings_are_listed_only_for_what_the_body_does_not_say() -> None:
    document = parse_document("page.md", PAGE.encode(), date="2021-04")
    claims = [
        claim_on(document, "Port to lend", Stage.PLANNED, ("lend",)),
        claim_on(document, "The port will", Stage.PLANNED, ("lend",)),
        claim_on(document, "It owns", Stage.DONE, ("own",)),
        claim_on(document, "Port buys", Stage.DONE, ("buy",)),
    ]

    entries = timeline_of([document], dates_of(document), claims, TODAY)

    assert [(one.date, document.quote(one.span)) for one in entries] == [
        ("2019", "What was in 2019"),
        ("2021-04", "It owns them."),
        ("2021-04", "Port buys tugs"),
        ("2021-05", "The port will lend tugs in May 2021."),
    ]


def test_copies_make_no_entries() -> None:
    document = dated_document(
        "Opened in 2014\nOpened in 2014\n\nThe port is old and has seen many storms in its time.\n"
    )

    assert len(timeline_of([document], dates_of(document), [])) == 1


@pytest.mark.parametrize(
    ("text", "written", "stage", "overdue"),
    [
        ("They will join two drills this year.", "2021-03", Stage.PLANNED, True),
        ("They will join two drills this year.", "2026-03", Stage.PLANNED, False),
        ("They were invited to talks in August 2025.", "2025-01-10", Stage.PROPOSED, True),
        ("They announced talks for August 2026.", "2025-01-10", Stage.ANNOUNCED, False),
        # The day of the announcement is no deadline.
        ("On May 29, 2026, they announced that officers will go.", "2026-05-29", Stage.ANNOUNCED, False),
        ("In 2014 they announced that officers will go.", "2021-03", Stage.ANNOUNCED, False),
        # Nothing was said of when.
        ("They will join drills.", "2021-03", Stage.PLANNED, False),
        ("They will join drills on Tuesday.", "2021-03", Stage.PLANNED, False),
        ("They will join drills on Tuesday.", "2021-03-04", Stage.PLANNED, True),
        # A month is over with its last day, a stretch with its last month.
        ("They will join drills in May 2026.", "2026-03", Stage.PLANNED, True),
        ("They will join drills in June 2026.", "2026-03", Stage.PLANNED, False),
        ("They will join drills in 2025-2027.", "2024", Stage.PLANNED, False),
        ("They will join drills in the week of May 25, 2026.", "2026-03", Stage.PLANNED, True),
        # Of an undated document a year more is asked.
        ("They will join drills in March 2024.", None, Stage.PLANNED, True),
        ("They will join drills in March 2026.", None, Stage.PLANNED, False),
        ("They joined drills in May 2021.", "2021-03", Stage.DONE, False),
        ("They may join drills in May 2021.", "2021-03", Stage.POSSIBLE, False),
        ("They will not join drills in May 2021.", "2021-03", Stage.DENIED, False),
    ],
)
def test_overdue(text: str, written: str | None, stage: Stage, overdue: bool) -> None:
    assert _one_plan(text, written, stage) == [overdue]


def test_of_two_dates_only_the_deadline_is_overdue() -> None:
    text = "On March 2, 2021, they announced drills for May 2021."

    assert _one_plan(text, "2021-03-04", Stage.ANNOUNCED) == [False, True]


@pytest.mark.parametrize(
    ("said", "written", "stage", "overdue"),
    [
        ("They joined the drill.", "2021-09", Stage.DONE, False),
        ("They are joining the drill.", "2021-09", Stage.UNDER_WAY, False),
        # What was done is something else.
        ("They repaired the quay.", "2021-09", Stage.DONE, True),
        ("They repaired the quay of Harbour Shield.", "2021-09", Stage.DONE, True),
        ("They have acceded to the drill.", "2021-09", Stage.DONE, False),
        ("They joined the drill of Harbour Shield.", "2021-09", Stage.DONE, False),
        ("They joined the drill of Calm Sea.", "2021-09", Stage.DONE, True),
        ("They will join the drill.", "2021-09", Stage.PLANNED, True),
        # What was done before the plan was made does not carry it out.
        ("They joined the drill in 2019.", "2021-09", Stage.DONE, True),
        ("They joined the drill.", "2020-09", Stage.DONE, True),
        ("They joined the drill.", None, Stage.DONE, True),
        ("They joined the drill in June 2021.", None, Stage.DONE, False),
    ],
)
def test_a_plan_is_not_overdue_once_it_is_said_to_be_carried_out(
    said: str, written: str | None, stage: Stage, overdue: bool
) -> None:
    later = dated_document(said, written, "b.txt")

    assert _one_plan("They will join Harbour Shield in May 2021.", "2021-03", later=((later, stage),)) == [overdue]


def test_dates_and_names_in_common_carry_nothing_out() -> None:
    plan = dated_document("Arden will buy boats in May 2021.", "2021-03")
    deed = dated_document("Arden sold a boathouse in May 2021.", "2021-09", "b.txt")
    names = [mention_at(one, Span(0, 5), EntityType.PLACE, "Arden") for one in (plan, deed)]
    claims = [claim_on(plan, "Arden", Stage.PLANNED), claim_on(deed, "Arden", Stage.DONE)]
    found = timeline_of([plan, deed], [*dates_of(plan), *dates_of(deed), *names], claims, TODAY)
    assert [one.overdue for one in found] == [True, False]


def test_another_role_does_not_carry_a_plan_out() -> None:
    plan = dated_document("They will join drills in May 2021.", "2021-03")
    gift = dated_document("They gave money.", "2021-09", "b.txt")
    claims = [claim_on(plan, "They", Stage.PLANNED), claim_on(gift, "They", Stage.DONE, ("money",))]

    entries = timeline_of([plan, gift], dates_of(plan), claims, TODAY)

    assert [(one.document, one.overdue) for one in entries] == [("a.txt", True), ("b.txt", False)]


def test_nothing_is_overdue_without_a_day_to_speak_from_and_another_day_gives_another_answer() -> None:
    plan = dated_document("They will join drills in May 2021.", "2021-03")
    claims = [claim_on(plan, "They", Stage.PLANNED)]

    days = [None, date(2021, 5, 31), date(2021, 6, 1)]

    assert [timeline_of([plan], dates_of(plan), claims, day)[0].overdue for day in days] == [False, False, True]


def test_what_is_no_longer_in_the_pack_is_passed_over() -> None:
    kept, struck = dated_document("It met in 2014.\n"), dated_document("It met in 2015.\n", None, "b.txt")

    entries = timeline_of([kept], [*dates_of(kept), *dates_of(struck)], [claim_on(struck, "It met")], TODAY)

    assert [one.date for one in entries] == ["2014"]


def _many(documents: int, sentences: int) -> tuple[list[Document], list[Mention], list[Claim]]:
    made, mentions, claims = [], [], []
    for number in range(documents):
        year = 2000 + number % 25
        text = " ".join(f"They will hold drill {n} on May {n % 28 + 1}, {year + n % 3}." for n in range(sentences))
        document = dated_document(text, str(year), f"{number}.txt")
        made.append(document)
        mentions += dates_of(document)
        stage = Stage.DONE if number % 2 else Stage.PLANNED
        claims += [claim_on(document, f"They will hold drill {n} on", stage) for n in range(sentences)]
    return made, mentions, claims


def test_the_order_of_many_entries_does_not_decrease() -> None:
    entries = timeline_of(*_many(21, 20), TODAY)

    assert len(entries) == 420
    assert all((one.date or "~") <= (other.date or "~") for one, other in pairwise(entries))
    assert {one.overdue for one in entries} == {True, False}


def _seconds(documents: list[Document], mentions: list[Mention], claims: list[Claim]) -> tuple[float, list[Entry]]:
    start = process_time()
    entries: tuple[TimelineEntry, ...] = timeline_of(documents, mentions, claims, TODAY)
    drawn = timeline_entries(entries, documents, TODAY, 78)
    return process_time() - start, drawn


def test_ten_thousand_entries_are_quick() -> None:
    seconds, drawn = _seconds(*_many(100, 100))

    assert sum(entry.value is not None for entry in drawn) == 10_000
    assert seconds < 5


@pytest.mark.parametrize("words", ["recent ", "a several ", "a  few\t", "years a "])
def test_an_endless_sentence_without_dates_is_quick(words: str) -> None:
    document = dated_document(words + " " * 500_000 + words * 100_000, "2021")

    seconds, drawn = _seconds([document], [], [])

    assert len(drawn) == 2
    assert seconds < 5


def test_one_endless_sentence_with_many_dates_and_names_is_quick() -> None:
    document = dated_document("They will hold drills on " + "May 4, 2027 and in 2031 and recent  " * 20_000, "2021")
    dates = dates_of(document)
    names = [mention_at(document, one.span, EntityType.EVENT, f"drill {n}") for n, one in enumerate(dates)]

    seconds, drawn = _seconds([document], [*dates, *names], [claim_on(document, "They", Stage.PLANNED)])

    assert [plain(entry.lines[0])[:10].rstrip() for entry in drawn[1:] if entry.value] == ["2027-05-04", "2031"]
    assert seconds < 5
