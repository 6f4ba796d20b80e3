"""Dates that the grammar of dates.py leaves out and dateparser reads: "27/05/2008", "three weeks ago"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

_NUMBER = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
RARE = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}/\d{1,2}/(?:19|20)\d\d|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)(?![\d/-])"
    rf"|\b{_NUMBER} (?P<unit>day|week|month|year)s? ago\b"
)
_FORMS = {"day": "%Y-%m-%d", "week": "%Y-%m", "month": "%Y-%m", "year": "%Y"}
"""How exact a date is that stands so many of these before another."""


@cache
def read_rare_date(words: str, published: dt.date | None) -> str | None:
    """Return the ISO date of words that match ``RARE``; the day first where it is written with dots.

    What is counted from a day needs the day of publication.
    """
    match = RARE.fullmatch(words)
    if match is None or (match["unit"] and published is None):
        return None
    import datetime as dt

    import dateparser  # type: ignore[import-untyped]  # 0.3 s, for the few texts that need it

    base = dt.datetime.combine(published, dt.time()) if published else None
    settings = {"RELATIVE_BASE": base, "DATE_ORDER": "DMY" if "." in words or _is_day_first(words) else "MDY"}
    found = dateparser.parse(words, languages=["en"], settings={key: each for key, each in settings.items() if each})
    return found.strftime(_FORMS[match["unit"] or "day"]) if found else None


def _is_day_first(words: str) -> bool:
    first = re.match(r"\d+", words)
    return first is not None and int(first.group()) > 12
