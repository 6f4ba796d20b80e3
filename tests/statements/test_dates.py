from __future__ import annotations

import datetime as dt

import pytest

from kg.statements.dates import find_dates

TODAY = dt.date(2024, 5, 16)
CASES = [
    ("on may 3, 2023", "2023-05-03"),
    ("on 3 may 2023", "2023-05-03"),
    ("on march 19", "2024-03-19"),
    ("on december 19", "2023-12-19"),
    ("in july 2025", "2025-07"),
    ("in may this year", "2024-05"),
    ("the third quarter of this year", "2024-07-01/2024-09-30"),
    ("in q2 2025", "2025-04-01/2025-06-30"),
    ("the second half of 2026", "2026-07-01/2026-12-31"),
    ("1h 2025", "2025-01-01/2025-06-30"),
    ("today", "2024-05-16"),
    ("yesterday", "2024-05-15"),
    ("last month", "2024-04"),
    ("next quarter", "2024-07-01/2024-09-30"),
    ("next year", "2025"),
    ("by 2027", "2027"),
    ("2022-02-28", "2022-02-28"),
    ("on monday", "2024-05-13"),
    ("on 27/05/2023", "2023-05-27"),
    ("on 05/27/2023", "2023-05-27"),
    ("two months ago", "2024-03"),
    ("ten days ago", "2024-05-06"),
]


@pytest.mark.parametrize(("words", "value"), CASES)
def test_a_date_is_resolved_with_its_precision(words: str, value: str) -> None:
    assert [hit.value for hit in find_dates(f"it came {words} as said", TODAY)] == [value]


@pytest.mark.parametrize("words", ["on february 30, 2023", "the may opinion", "phase 2 of 2"])
def test_what_is_no_date_gives_none(words: str) -> None:
    assert find_dates(words, TODAY) == []


def test_relative_dates_need_a_day_of_publication() -> None:
    assert find_dates("today and last month and on march 19", None) == []


def test_the_span_is_that_of_the_words() -> None:
    line = "approved on july 4, 2021 in japan"
    (hit,) = find_dates(line, None)
    assert line[hit.start : hit.end] == "july 4, 2021"
