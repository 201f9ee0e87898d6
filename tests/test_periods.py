"""Stretches of time: what the names of dates mean."""

from __future__ import annotations

import pytest

from briefing.analysis.periods import Period, period_of, written_period


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("May 29, 2026", Period("2026-05-29")),
        ("July 2024", Period("2024-07")),
        ("2014", Period("2014")),
        ("spring 2019", Period("2019-03", "2019-05")),
        ("summer 2019", Period("2019-06", "2019-08")),
        ("fall 2021", Period("2021-09", "2021-11")),
        ("winter 2021", Period("2021", "2022-02")),
        ("2020s", Period("2020", "2029")),
        ("2021-2023", Period("2021", "2023")),
        ("2021-23", Period("2021", "2023")),
        ("1999-02", Period("1999", "2002")),
        ("2023-2021", Period("2023")),
        ("March 15-17, 2022", Period("2022-03-15", "2022-03-17")),
        ("December 30-2, 2022", Period("2022-12-30", "2023-01-02")),
        ("March 30-35, 2022", Period("2022-03-30")),
        ("March 30-April 2, 2022", Period("2022-03-30", "2022-04-02")),
        ("December 30-January 2, 2022", Period("2021-12-30", "2022-01-02")),
        ("May-July 2019", Period("2019-05", "2019-07")),
        ("November-February 2020", Period("2019-11", "2020-02")),
        ("March 30-April 31, 2022", Period("2022-03-30")),
        ("May-Mai 2019", None),
        ("Q1 2025", Period("2025-01", "2025-03")),
        ("Q3 2025", Period("2025-07", "2025-09")),
        ("H2 2025", Period("2025-07", "2025-12")),
        ("H3 2025", None),
        ("FY2024", Period("2024")),
        ("03/04/2021", Period("2021")),
        ("week of May 4, 2026", Period("2026-05-04", "2026-05-10")),
        ("week of December 30, 9999", Period("9999-12-30")),
        ("February 30, 2021", None),
        ("March 17", None),
        ("last year", None),
        ("Monday", None),
    ],
)
def test_period_of_a_name(name: str, period: Period | None) -> None:
    assert period_of(name) == period


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2021", Period("2021")),
        ("2021-03", Period("2021-03")),
        ("2021-03-17T10:00:00Z", Period("2021-03-17")),
        ("2021-13", None),
        ("in May", None),
        (None, None),
    ],
)
def test_when_a_document_was_written(written: str | None, period: Period | None) -> None:
    assert written_period(written) == period
