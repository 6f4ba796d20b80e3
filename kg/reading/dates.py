"""Days, as people write them at the top of a text."""

from __future__ import annotations

import datetime as dt
import re

_MONTH_NAMES = (
    "january januar janvier enero gennaio januari janeiro jan jänner janv ene gen",
    "february februar février febrero febbraio februari fevereiro feb febr févr fev",
    "march märz mars marzo maart março mar mrz mär",
    "april avril abril aprile apr avr abr",
    "may mai mayo maggio mei maio maj mag",
    "june juni juin junio giugno junho jun giu",
    "july juli juillet julio luglio julho jul juil lug",
    "august août agosto augustus augusti aug ago aout",
    "september septembre septiembre settembre setembro sep sept set",
    "october oktober octobre octubre ottobre outubro oct okt ott out",
    "november novembre noviembre novembro nov",
    "december dezember décembre diciembre dicembre dezembro dec dez déc dic desember",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_GAP = r"[\s\u00a0]"
_GAPS = _GAP + "{0,4}"
_WRITTEN = (
    rf"\b{_MONTH}{_GAPS}{_DAY}(?:st|nd|rd|th)?{_GAPS},?{_GAPS}{_YEAR}\b",
    rf"\b{_DAY}(?:st|nd|rd|th|er|\.|º)?{_GAPS}(?:of{_GAP}|de{_GAP}|-)?{_GAPS}{_MONTH}{_GAPS}(?:de{_GAP}|-)?,?{_GAPS}{_YEAR}\b",
    r"(?<![\d-])(?P<year>(?:19|20)\d\d)([-/])(?P<month>0[1-9]|1[0-2])\2(?P<day>3[01]|[12]\d|0[1-9])(?![\d-])",
    rf"(?<![\d.]){_DAY}\.{_GAP}?(?P<month>0?[1-9]|1[0-2])\.{_GAP}?{_YEAR}\b",
)
DATE_FORMS = tuple(re.compile(form, re.IGNORECASE) for form in _WRITTEN)
_PARTIAL = re.compile(
    rf"(?P<year>(?:19|20)\d\d)(?:-(?P<number>0[1-9]|1[0-2]))?|{_MONTH}{_GAP}+(?P<named>(?:19|20)\d\d)", re.IGNORECASE
)


def try_date(text: str) -> dt.date | None:
    """Return the day that the whole text names, or None; a month or a year stands for its first day.

    >>> try_date("May 27, 2008"), try_date("27. Mai 2008"), try_date("2008-05")
    (datetime.date(2008, 5, 27), datetime.date(2008, 5, 27), datetime.date(2008, 5, 1))
    >>> try_date("soon") is None
    True
    """
    text = text.strip()
    for form in DATE_FORMS:
        match = form.match(text)
        if match and re.fullmatch(r"(?:[T\s]\d\d:\d\d.*)?", text[match.end() :]):
            return to_date(match)
    match = _PARTIAL.fullmatch(text)
    if match is None:
        return None
    month = match["number"] or _MONTHS.get((match["month"] or "").lower(), 1)
    return dt.date(int(match["year"] or match["named"]), int(month), 1)


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, dt.date]]:
    """Return the days that stand in the text between two offsets, with their spans, in text order.

    >>> find_dates("PARIS, 27 May 2008 - Acme")
    [(7, 18, datetime.date(2008, 5, 27))]
    """
    found: dict[int, tuple[int, int, dt.date]] = {}
    for form in DATE_FORMS:
        for match in form.finditer(text, start, len(text) if end is None else end):
            day = to_date(match)
            if day is not None:
                found.setdefault(match.start(), (match.start(), match.end(), day))
    return [found[place] for place in sorted(found)]


def to_date(match: re.Match[str]) -> dt.date | None:
    """Return the day of a match of a date form; None for a day that no calendar has."""
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    try:
        return dt.date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None
