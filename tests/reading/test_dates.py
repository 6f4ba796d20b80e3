from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.dates import find_dates, try_date

DAYS = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31))


@given(
    DAYS,
    st.sampled_from(
        ["%B %d, %Y", "%b. %d, %Y", "%d %B %Y", "%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d-%b-%Y", "%Y-%m-%dT10:00:00Z"]
    ),
)
def test_a_day_is_read_in_every_form_it_is_written_in(day: dt.date, form: str) -> None:
    assert try_date(day.strftime(form)) == day


@pytest.mark.parametrize(
    "text", ["31.02.2008", "soon", "", "2008-13-01", "12/05/2008", "1.2.3.2008 x", "2008-05-27 and later"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert try_date(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2008-05", dt.date(2008, 5, 1)),
        ("2008", dt.date(2008, 1, 1)),
        ("May 2008", dt.date(2008, 5, 1)),
        ("mai 2008", dt.date(2008, 5, 1)),
    ],
)
def test_a_month_or_a_year_stands_for_its_first_day(text: str, day: dt.date) -> None:
    assert try_date(text) == day


def test_days_are_found_in_order_with_true_spans() -> None:
    text = "From 1er juillet 2024 and Nov.  14, 2024 to 3. März 2025"
    assert [(text[start:end], day.isoformat()) for start, end, day in find_dates(text)] == [
        ("1er juillet 2024", "2024-07-01"),
        ("Nov.  14, 2024", "2024-11-14"),
        ("3. März 2025", "2025-03-03"),
    ]


@given(st.text(alphabet="0123456789./- MayJun,", max_size=60))
def test_no_text_breaks_the_search_for_days(text: str) -> None:
    for start, end, _ in find_dates(text):
        assert 0 <= start < end <= len(text)
