"""Numbers with their comparator and unit, as texts write them; units are UCUM codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.statements.tables import read_table

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?![\d])"
_SCALE = r"(?:\s*(?P<scale{n}>thousand|million|billion|trillion|bn|mn|m\b|k\b))?"
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_COMPARATORS = (
    ("<=", r"up to|as many as|at most|no more than|not more than|≤|<=|maximum of|a maximum of"),
    (">=", r"at least|no fewer than|no less than|a minimum of|minimum of|≥|>=|as (?:low|early|few) as"),
    ("<", r"less than|fewer than|lower than|under|below|<"),
    (">", r"more than|greater than|over|above|exceed(?:s|ed|ing)?|higher than|in excess of|>"),
    ("~", r"about|approximately|approx\.?|around|roughly|nearly|almost|an? estimated|estimated|some|close to|~|≈|circa|ca\.|just over|just under|on average|an average of"),
    ("=", r"only|exactly|just|a total of|total of|of|=|was|were|is|:"),
)
COMPARATOR = r"(?:\b|(?<=[\s(,]))(?:(?P<comparator>" + "|".join(words for _, words in _COMPARATORS) + r")\s*){0,1}(?:the\s+|a\s+)?"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value, or a range, with its comparator."""

    value: float | None
    low: float | None
    high: float | None
    comparator: str


def number_pattern(suffix: str = "") -> str:
    """Return the pattern of a number or a range; ``suffix`` keeps group names apart."""
    first = rf"(?P<first{suffix}>{_NUMBER}){_SCALE.replace('{n}', '1' + suffix)}"
    second = rf"(?P<second{suffix}>{_NUMBER}){_SCALE.replace('{n}', '2' + suffix)}"
    return rf"(?:(?P<between{suffix}>between|from)\s+)?{first}\s*(?:%|percent)?(?:\s*(?:-|–|—|to|and(?=\s+\d[\d.,]*\s*(?:%|percent|patients|months|years)))\s*{second})?"


def _number(text: str, scale: str | None) -> float:
    return float(text.replace(",", "")) * _SCALES.get((scale or "").strip(), 1)


def comparator_of(words: str | None) -> str:
    """Return the sign of a comparator's words.

    >>> comparator_of("fewer than"), comparator_of("nearly"), comparator_of(None)
    ('<', '~', '=')
    """
    if words:
        for sign, pattern in _COMPARATORS:
            if re.fullmatch(pattern, words.strip()):
                return sign
    return "="


def read_quantity(match: re.Match[str], suffix: str = "") -> Quantity:
    """Return the quantity of a match of a pattern made with ``number_pattern``."""
    groups = match.groupdict()
    words = groups.get("comparator")
    over_time = words == "over" and (groups.get("unit") or "").strip("-s") in ("month", "year", "day", "week", "hour")
    sign = "=" if over_time else comparator_of(words)
    second = groups.get(f"second{suffix}")
    scale_two = groups.get(f"scale2{suffix}")
    first = _number(match[f"first{suffix}"], groups.get(f"scale1{suffix}") or (scale_two if second else None))
    if second is None:
        return Quantity(first, None, None, sign)
    last = _number(second, scale_two)
    if last < first:
        return Quantity(first, None, None, sign)
    return Quantity(None, first, last, sign)


@cache
def units() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the written units with their UCUM codes, longest first."""
    table = read_table("units")["unit"]
    return tuple((re.compile(rf"(?:{written})(?![\w/])"), code) for code, written in table.items())


def unit_of(words: str) -> str | None:
    """Return the UCUM code of a written unit, or None.

    >>> unit_of("months"), unit_of("mg/kg")
    ('mo', 'mg/kg')
    """
    for pattern, code in units():
        if pattern.fullmatch(words.strip()):
            return code
    return None
