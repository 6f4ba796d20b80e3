"""Finds dates in a line and resolves them to ISO values of their precision, relative to the day of publication.

An own grammar of the forms that news and abstracts use most; rarer ones go to dateparser (rare_dates.py), which needs
0.3 s to import and some 10 ms a search.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import PartialDate
from kg.statements.rare_dates import RARE, read_rare_date

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
_MONTHS["sept"] = 9
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_RELATIVE_YEAR = r"(?P<when>this year|the year|next year|last year|(?:that|the same) year)"
_OF_YEAR = rf"(?:\s*,?\s*(?:of\s+|in\s+)?(?:{_YEAR}|{_RELATIVE_YEAR}))?"


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date in a line, with the words that say it."""

    start: int
    end: int
    value: PartialDate
    before: PartialDate | None = None
    """The same day or month a year before, where the text names no year: what has happened lies in the past."""


def find_dates(line: str, published: dt.date | None) -> list[DateHit]:
    """Return the dates of a lower-case line in text order; relative ones need the day of publication.

    >>> [hit.value for hit in find_dates("in the third quarter of this year", dt.date(2008, 5, 27))]
    ['2008-07-01/2008-09-30']
    """
    hits: list[DateHit] = []
    for pattern, resolve in _FORMS:
        for match in pattern.finditer(line):
            if any(match.start() < hit.end and hit.start < match.end() for hit in hits):
                continue
            value = resolve(match, published)
            if value is not None:
                hits.append(DateHit(match.start(), match.end(), PartialDate(value), _year_before(match, value)))
    for match in RARE.finditer(line):
        rare = read_rare_date(re.sub(r"\s+", " ", match.group()), published)
        if rare is not None and not any(match.start() < hit.end and hit.start < match.end() for hit in hits):
            hits.append(DateHit(match.start(), match.end(), PartialDate(rare)))
    return sorted(hits, key=lambda hit: hit.start)


def _year_before(match: re.Match[str], value: str) -> PartialDate | None:
    groups = match.groupdict()
    if "month" not in groups or groups.get("year") or groups.get("when") or "/" in value:
        return None
    return PartialDate(f"{int(value[:4]) - 1}{value[4:]}")


def _year_of(match: re.Match[str], published: dt.date | None) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        year = int(groups["year"])
        return year + 2000 if year < 100 else year
    if published is None:
        return None
    return published.year + {"next year": 1, "last year": -1}.get(re.sub(r"\s+", " ", groups.get("when") or ""), 0)


def _day(match: re.Match[str], published: dt.date | None) -> str | None:
    groups = match.groupdict()
    month, day = _MONTHS[groups["month"]], int(groups["day"])
    year = _year_of(match, published)
    if year is None or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    found = dt.date(year, month, day)
    if not groups.get("year") and published and (found - published).days > 200:
        found = found.replace(year=year - 1, day=min(day, calendar.monthrange(year - 1, month)[1]))
    return found.isoformat()


def _iso_day(match: re.Match[str], _published: dt.date | None) -> str | None:
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return dt.date(year, month, day).isoformat()


def _month(match: re.Match[str], published: dt.date | None) -> str | None:
    month, year = _MONTHS[match["month"]], _year_of(match, published)
    if year is None:
        return None
    if not match["year"] and not match["when"] and published:
        last = (match["prefix"] or "").startswith("last")
        if (last and month >= published.month) or (not match["prefix"] and month - published.month > 7):
            year -= 1
    return f"{year:04d}-{month:02d}"


def _span(year: int, first: int, last: int) -> str:
    return f"{year:04d}-{first:02d}-01/{year:04d}-{last:02d}-{calendar.monthrange(year, last)[1]:02d}"


def _quarter(match: re.Match[str], published: dt.date | None) -> str | None:
    year = _year_of(match, published)
    groups = match.groupdict()
    number = _ORDINALS.get(groups.get("ordinal") or "") or int(groups.get("number") or 0)
    return _span(year, 3 * number - 2, 3 * number) if year is not None and 1 <= number <= 4 else None


def _half(match: re.Match[str], published: dt.date | None) -> str | None:
    year = _year_of(match, published)
    groups = match.groupdict()
    number = _ORDINALS.get(groups.get("ordinal") or "") or int(groups.get("number") or 0)
    return _span(year, 6 * number - 5, 6 * number) if year is not None and 1 <= number <= 2 else None


def _year(match: re.Match[str], published: dt.date | None) -> str | None:
    year = _year_of(match, published)
    return None if year is None else f"{year:04d}"


def _near_day(match: re.Match[str], published: dt.date | None) -> str | None:
    if published is None:
        return None
    shift = {"today": 0, "yesterday": -1, "tomorrow": 1}[match["word"]]
    return (published + dt.timedelta(days=shift)).isoformat()


def _weekday(match: re.Match[str], published: dt.date | None) -> str | None:
    if published is None:
        return None
    return (published - dt.timedelta(days=(published.weekday() - _DAYS[match["weekday"]]) % 7)).isoformat()


def _near_period(match: re.Match[str], published: dt.date | None) -> str | None:
    """Resolve "this month", "last quarter", "next week" and the like."""
    if published is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "next": 1}.get(match["step"], 0)
    unit = match["unit"]
    if unit == "week":
        monday = published - dt.timedelta(days=published.weekday()) + dt.timedelta(weeks=step)
        return f"{monday.isoformat()}/{(monday + dt.timedelta(days=6)).isoformat()}"
    months = published.year * 12 + published.month - 1
    if unit == "month":
        year, month = divmod(months + step, 12)
        return f"{year:04d}-{month + 1:02d}"
    year, month = divmod(months + 3 * step, 12)
    quarter = month // 3 + 1
    return _span(year, 3 * quarter - 2, 3 * quarter)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], dt.date | None], str | None]], ...] = (
    (re.compile(rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)\b"), _iso_day),
    (
        re.compile(
            rf"(?:\b|(?<=\bon)|(?<=\bof)){_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:%|percent|mg|patients))(?:\s*,?\s*{_YEAR})?"
        ),
        _day,
    ),
    (re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+(?:day\s+)?of)?\s+{_MONTH}(?:\s*,?\s*{_YEAR})?"), _day),
    (
        re.compile(
            rf"\b(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+quarter(?:\s+and\s+full\s+year)?{_OF_YEAR}"
        ),
        _quarter,
    ),
    (re.compile(rf"\bq(?P<number>[1-4])(?:\s*[-/]?\s*(?:of\s+)?{_YEAR})?\b"), _quarter),
    (re.compile(r"\b(?P<number>[1-4])q\s?'?(?P<year>(?:20)?\d\d)\b"), _quarter),
    (re.compile(rf"\b(?P<ordinal>first|second)[\s-]+half{_OF_YEAR}"), _half),
    (re.compile(rf"\b(?:h(?P<number>[12])\s*{_YEAR})\b"), _half),
    (re.compile(r"\b(?P<number>[12])h\s?'?(?P<year>(?:20)?\d\d)\b"), _half),
    (
        re.compile(
            r"\b(?P<prefix>(?:in|by|since|until|from|last|this|next|late|early|mid|end of|during|for)[\s-]+)?"
            rf"(?:(?:late|early|mid)[\s-]+|(?<=\bin))?{_MONTH}\s*,?\s*(?:of\s+|in\s+)?"
            rf"(?:{_YEAR}|(?P<when>this year|last year|next year))"
        ),
        _month,
    ),
    (
        re.compile(
            rf"\b(?P<prefix>(?:in|by|since|until|last|this|late|early)[\s-]+){_MONTH}(?P<year>(?!))?(?P<when>(?!))?"
        ),
        _month,
    ),
    (re.compile(r"\b(?P<word>today|yesterday|tomorrow)\b(?!'s)"), _near_day),
    (re.compile(r"\bon\s+(?P<weekday>" + "|".join(_DAYS) + r")\b"), _weekday),
    (
        re.compile(
            r"\b(?:earlier\s+|later\s+)?(?P<step>this|last|next|past|previous)\s+(?P<unit>week|month|quarter)\b"
        ),
        _near_period,
    ),
    (
        re.compile(
            r"\b(?:in|by|since|during|late|early|mid|for|through|until|year-?end|end of|of|before|after)[\s-]+"
            rf"(?:calendar\s+|fiscal\s+|year\s+)?{_YEAR}\b(?!\s*(?:patients|people|mg))"
        ),
        _year,
    ),
    (
        re.compile(
            r"\b(?:(?:later|earlier|by)\s+)?(?:(?:the\s+)?end\s+of\s+)?"
            r"(?P<when>this year|next year|last year|(?<=end of )the year|(?<=by )year[\s-]?end|"
            r"(?<=at )year[\s-]?end)\b"
        ),
        _year,
    ),
)
