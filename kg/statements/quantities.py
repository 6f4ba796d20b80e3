"""Numbers with their comparator and unit, as texts write them; units are UCUM codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.statements.tables import read_table, source_of

_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_WORDS = {
    "half": 0.5, "one-half": 0.5, "a third": 1 / 3, "one-third": 1 / 3, "two-thirds": 2 / 3, "a quarter": 0.25,
    "one-quarter": 0.25, "three-quarters": 0.75, "one-fifth": 0.2, "one-tenth": 0.1, "twenty-four": 24.0,
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0,
    "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0,
    "fourteen": 14.0, "fifteen": 15.0, "sixteen": 16.0, "eighteen": 18.0, "twenty": 20.0,
}  # fmt: skip
_SIGNS = {"at_most": "<=", "at_least": ">=", "less": "<", "more": ">", "about": "~", "exact": "="}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value, or a range, with its comparator."""

    value: float | None
    low: float | None
    high: float | None
    comparator: str


def number_of(text: str, scale: str | None = None) -> float:
    """Return the number that digits or words say.

    >>> number_of("1,250"), number_of("two"), number_of("3", "million")
    (1250.0, 2.0, 3000000.0)
    """
    plain = re.sub(r"\s+", " ", text.strip())
    value = _WORDS[plain] if plain in _WORDS else float(plain.replace(",", ""))
    return value * _SCALES.get((scale or "").strip(), 1)


def comparator_of(words: str | None) -> str:
    """Return the sign of a comparator's words.

    >>> comparator_of("fewer than"), comparator_of("nearly"), comparator_of(None)
    ('<', '~', '=')
    """
    if words:
        for name, sign in _SIGNS.items():
            if re.fullmatch(source_of(name), words.strip()):
                return sign
    return "="


def read_quantity(match: re.Match[str]) -> Quantity:
    """Return the quantity of a match that names its parts first, second, scale1, scale2 and comparator."""
    groups = match.groupdict()
    words = groups.get("comparator")
    over_time = words == "over" and (groups.get("unit") or "").strip("-s") in ("month", "year", "day", "week", "hour")
    sign = "=" if over_time else comparator_of(words)
    second = groups.get("second")
    scale_two = groups.get("scale2")
    first = number_of(match["first"], groups.get("scale1") or (scale_two if second else None))
    if second is None:
        return Quantity(first, None, None, sign)
    last = number_of(second, scale_two)
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
