"""What the words of a date mean, by the date of the document and what stands beside them."""

from __future__ import annotations

import time

import pytest

from briefing.extraction.entities.dates import Reference, find_dates


def dates(text: str, written: str | None) -> list[tuple[str, str]]:
    """The words and the name of every date in `text`, which is written when `written` says."""
    return [(text[date.start : date.end], date.name) for date in find_dates(text, Reference.parse(written))]


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        # A month without a year
        ("They met in December.", "2021-01", "December 2020"),
        ("On 3 December they met.", "2021-01", "December 3, 2020"),
        ("In December the army took the town.", "2021-01", "December 2020"),
        ("They met in April.", "2021-03", "April 2020"),
        ("He said in December that talks will go on.", "2021-01", "December 2020"),
        ("They signed a pact in December and will meet again.", "2021-01", "December 2020"),
        ("They will meet in December.", "2021-01", "December 2021"),
        ("They will meet\nin December.", "2021-01", "December 2021"),
        ("Talks will be held in December.", "2021-01", "December 2021"),
        ("In December, ministers will meet.", "2021-01", "December 2021"),
        ("The next summit is in December.", "2021-01", "December 2021"),
        ("They agreed to meet in December.", "2021-01", "December 2021"),
        ("A summit is planned for December.", "2021-01", "December 2021"),
        ("The budget for December is due.", "2021-01", "December 2021"),
        ("Elections in May are near.", "2021-03", "May 2021"),
        ("They announced talks in May.", "2021-03", "May 2021"),
        ("They met in January.", "2021-11", "January 2021"),
        ("They will meet in January.", "2021-11", "January 2022"),
        ("They met in December.", "2021", "December 2021"),
        ("It ends at the end of March.", "2021-01", "March 2021"),
        ("It began in August of last year.", "2021-01", "August 2020"),
        ("It began on May 4 last year.", "2021-06", "May 4, 2020"),
        # Stretches
        ("They met on 4-6 July 2020.", None, "July 4-6, 2020"),
        ("They met between 3 and 5 May 2021.", None, "May 3-5, 2021"),
        ("They met between May 3 and 5, 2021.", None, "May 3-5, 2021"),
        ("They met on March 30-April 2, 2022.", None, "March 30-April 2, 2022"),
        ("They met on 30 March–2 April 2022.", None, "March 30-April 2, 2022"),
        ("It lasted May-July 2019.", None, "May-July 2019"),
        # Figures
        ("It was 17/03/2021.", None, "March 17, 2021"),
        ("It was 3/17/2021.", None, "March 17, 2021"),
        ("It was 5/5/2021.", None, "May 5, 2021"),
        ("It was 03/04/2021.", None, "03/04/2021"),
        ("It was 03.04.2021.", None, "April 3, 2021"),
        # Parts of a year
        ("It grew in Q3 2025.", None, "Q3 2025"),
        ("It grew in the third quarter of 2025.", None, "Q3 2025"),
        ("It grew in the last quarter of 2025.", None, "Q4 2025"),
        ("It grew in the second half of 2025.", None, "H2 2025"),
        ("It fell in FY2024.", None, "FY2024"),
        ("It fell in FY24.", None, "FY2024"),
        ("It fell in fiscal year 2024-25.", None, "FY2024"),
        ("It will open in the spring.", "2021-01", "spring 2021"),
        ("It opened in the spring.", "2021-06", "spring 2021"),
        ("It closed in the autumn.", "2021-03", "fall 2020"),
        ("It closed in late summer.", "2021-10", "summer 2021"),
        ("It will close by year-end.", "2021-03", "2021"),
        ("It will close before the end of the year.", "2021-03", "2021"),
        ("It closed two decades ago.", "2021", "2001"),
        # Days of the week
        ("They met on Tuesday.", "2021-03-17", "March 16, 2021"),
        ("They met on Wednesday.", "2021-03-17", "March 17, 2021"),
        ("They met on Thursday.", "2021-03-17", "March 11, 2021"),
        ("They will meet on Tuesday.", "2021-03-17", "March 23, 2021"),
        ("On Friday, ministers will meet.", "2021-03-17", "March 19, 2021"),
        ("He said Monday that they will meet.", "2021-03-17", "March 15, 2021"),
        ("He said they will meet Monday.", "2021-03-17", "March 22, 2021"),
        ("They met on Tuesday.", "2021-03", "Tuesday"),
        ("They met every Tuesday.", "2021-03-17", "Tuesday"),
        ("They meet on Tuesdays.", "2021-03-17", "Tuesdays"),
    ],
)
def test_what_a_date_means(text: str, written: str | None, meant: str) -> None:
    assert [name for _, name in dates(text, written)] == [meant]


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        (
            "It ran from March 3 to April 20, 2022.",
            "2024",
            [("March 3", "March 3, 2022"), ("April 20, 2022", "April 20, 2022")],
        ),
        ("It ran from May to July 2019.", "2024", [("May", "May 2019"), ("July 2019", "July 2019")]),
        ("It ran from 3 May to 4 June 2019.", None, [("3 May", "May 3, 2019"), ("4 June 2019", "June 4, 2019")]),
        (
            "It ran from December to January 2020.",
            "2024",
            [("December", "December 2019"), ("January 2020", "January 2020")],
        ),
        ("It ran from May 2019 to July.", "2024", [("May 2019", "May 2019"), ("July", "July 2019")]),
        (
            "It ran from November 2019 to June.",
            "2024",
            [("November 2019", "November 2019"), ("June", "June 2020")],
        ),
        (
            "It met in May, June and July 2019.",
            "2024",
            [("May", "May 2019"), ("June", "June 2019"), ("July 2019", "July 2019")],
        ),
        ("It met in May 2019. June was calm.", "2024", [("May 2019", "May 2019"), ("June", "June 2024")]),
        ("It ran from Monday to Friday.", "2021-03-17", [("Monday", "Monday"), ("Friday", "Friday")]),
        ("It fell in the third quarter of 2025.", None, [("third quarter of 2025", "Q3 2025")]),
        ("It ran FY2024-25.", None, [("FY2024-25", "FY2024")]),
    ],
)
def test_dates_side_by_side(text: str, written: str | None, found: list[tuple[str, str]]) -> None:
    assert dates(text, written) == found


@pytest.mark.parametrize(
    "text",
    [
        "They won in the spring offensive.",
        "It broke in the fall of the wall.",
        "The year-end review is long.",
        "The spring broke, and so did the fall.",
        "May-Britt came.",
        "It was 99/99/2021.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert dates(text, "2021-03-17") == []


@pytest.mark.parametrize(
    "unit",
    [
        "in the spring ",
        "in May, ",
        "May to ",
        "between 3 and ",
        "by year-end ",
        "Tuesday to ",
        "in May" + " " * 300,
        "Q3 of ",
    ],
)
def test_time_grows_with_length_alone(unit: str) -> None:
    start = time.process_time()
    list(find_dates(unit * (200_000 // len(unit)), Reference(2021, 3, 17)))
    assert time.process_time() - start < 5
