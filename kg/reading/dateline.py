"""The place and day with which news begin, in the forms that wires, firms and agencies write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.reading.dates import find_dates

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from kg.reading.lines import Line

_WIRE = (
    r"(?:[(/\[]\s{0,6}(?:via\s+)?[A-Za-z][A-Za-z0-9.&|, -]{2,40}(?:=|\s)?[)/\]]|//|"
    r"GLOBE\s?NEWSWIRE|BUSINESS\s?WIRE|PR\s?NEWSWIRE|PRNewswire)"
)
_DASH = r"(?:--+|[–—―]|-(?=[\s\"“]))"
_TIME = (
    r"(?:[\s,;:/|–-]{0,6}(?:at\s+)?\d{1,2}[:.h]\d\d(?:\s{0,6}(?:[ap]\.?m\.?))?"
    r"(?:\s{0,6}\(?[A-Z]{2,5}\)?(?:/[A-Z]{2,4})?)?)?"
)
_REMARK = r"(?:\s{0,6}[;,|]\s{0,6}[^–—\n.]{3,60}?(?=\s[–—-]))?"
_AFTER_DATE = re.compile(
    rf"\s{{0,6}}[)\]]?{_TIME}{_REMARK}\s{{0,6}}[,.:]?\s{{0,6}}(?:{_WIRE}\s{{0,6}})?{_DASH}\s{{0,6}}", re.IGNORECASE
)
_AFTER_DATE_BY_WIRE = re.compile(rf"{_TIME}\s{{0,6}},?\s{{0,6}}{_WIRE}\s{{0,6}}{_DASH}*\s{{0,6}}", re.IGNORECASE)
_AFTER_BRACKETED = re.compile(r"\)\s+(?=[A-ZÀ-Þ])")
_POSTED_AT = re.compile(r"\s+\d{1,2}:\d\d\s{0,6}[ap]\.?m\.?\s+[A-Z]{2,4}\b", re.IGNORECASE)
_AFTER_PLACE = re.compile(
    r"\s{0,6}(?:\(\s{0,6}(?:BUSINESS WIRE|GLOBE NEWSWIRE|Reuters|AP)\s{0,6}\)\s{0,6})?(?:-{2,}|—)\s{0,6}"
)
_LABEL = re.compile(
    r"(?:(?:date|published|publication date|posted|released?|release date|issued|updated|for immediate release"
    r"|press release|news release|media release|datum|veröffentlicht)(?:\s+on)?\s{0,6}[:|,–-]?\s{0,6}|>*#*\s{0,6})*",
    re.IGNORECASE,
)
_AFTER_LONE_DATE = re.compile(rf"{_TIME}[\s|.)*]{{0,9}}", re.IGNORECASE)
_PLACE_WORD = re.compile(r"[A-ZÀ-ÞŠŽ][\w.'’/&-]*|and|et|und|y|e|og|och|en|&|of|de|le|la|den|di|am|the|/|\d+")
_NO_PLACE_TEXT = """
On In By Since Until As From At After Before Between During For The This That
"""
_NO_PLACE = frozenset(_NO_PLACE_TEXT.split())
_LONGEST_PLACE = 150


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where the dateline stands (``start``), where the news begin after it, and the day it tells.

    One that ``is_alone`` is a line of its own, which may stand above the headline; the news then begin below both.
    """

    start: int | None = None
    body_start: int | None = None
    published: dt.date | None = None
    is_alone: bool = False


def find_dateline(text: str, lines: Sequence[Line]) -> Dateline:
    """Return the first dateline before the news; a date alone on a line, or a place alone, counts where no other is.

    >>> from kg.reading.lines import top_lines
    >>> release = "BASEL, Switzerland, Nov. 3, 2021 (GLOBE NEWSWIRE) -- Acme AG said"
    >>> find_dateline(release, top_lines(release)).published
    datetime.date(2021, 11, 3)
    """
    lone = Dateline()
    for line in lines:
        dates = find_dates(text, line.start, line.end)
        for start, end, day in dates:
            body = _news_after(text, line, start, end)
            if body is not None:
                return Dateline(line.start, body, day)
        if lone.published is None:
            lone = _lone_date(text, line, dates)
    place = _find_place(text, lines)
    if place is not None:
        return Dateline(place.start, place.body_start, lone.published)
    return lone


def _news_after(text: str, line: Line, start: int, end: int) -> int | None:
    """Return where the news begin if the date opens them: after a dash with a place before, or after a wire's mark."""
    by_wire = _AFTER_DATE_BY_WIRE.match(text, end)
    if by_wire and ("//" in by_wire.group() or "wire" in by_wire.group().lower()):
        return by_wire.end()
    bracketed = line.text.startswith("(") and ")" not in text[line.start : end]
    after = (_AFTER_BRACKETED if bracketed else _AFTER_DATE).match(text, end, line.end)
    if after and after.end() < line.end and _is_place(text[line.start : start]):
        return after.end()
    return None


def _is_place(words: str) -> bool:
    """Whether the words before a date are places (or nothing), not the beginning of a sentence.

    >>> _is_place("TARRYTOWN, N.Y. ("), _is_place("Paris and Boston, "), _is_place("The trial began on ")
    (True, True, False)
    """
    if len(words) > _LONGEST_PLACE:
        return False
    parts = re.sub(r"[,;:()|–—*#>]|\s-+\s|\s-+$", " ", _LABEL.sub("", words, count=1)).split()
    if parts and parts[0] in _NO_PLACE:
        return False
    return all(_PLACE_WORD.fullmatch(part) for part in parts)


def _lone_date(text: str, line: Line, dates: Sequence[tuple[int, int, dt.date]]) -> Dateline:
    """Return the day that a line is made of, or the day and hour of posting that it tells."""
    if dates and _is_alone(text, line, *dates[0][:2]):
        return Dateline(line.start, line.end, dates[0][2], is_alone=True)
    for _, end, day in dates:
        if _POSTED_AT.match(text, end, line.end):
            return Dateline(line.start, None, day)
    return Dateline()


def _is_alone(text: str, line: Line, start: int, end: int) -> bool:
    """Whether the line is a date with at most a label, a place and a time of day."""
    rest = _AFTER_LONE_DATE.match(text, end, line.end)
    return rest is not None and rest.end() == line.end and _is_place(text[line.start : start]) and len(line.text) < 100


def _find_place(text: str, lines: Sequence[Line]) -> Dateline | None:
    """Return a dateline that names a place but no day: capitals, then a long dash."""
    for line in lines:
        match = re.match(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,40}(?:, [A-Z][\w.]{1,20}){0,2}(?=\s*(?:\(|--|—))", line.text)
        if match is None:
            continue
        after = _AFTER_PLACE.match(text, line.start + match.end(), line.end)
        if after and after.end() < line.end:
            return Dateline(line.start, after.end())
    return None
