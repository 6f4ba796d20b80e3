"""Numbers with their comparator and unit, as texts write them; units are UCUM codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.statements.tables import read_table, source_of

_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_SIGNS = {"at_most": "<=", "at_least": ">=", "less": "<", "more": ">", "about": "~", "exact": "="}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value, or a range, with its comparator."""

    value: float | None
    low: float | None
    high: float | None
    comparator: str


def _number(text: str, scale: str | None) -> float:
    return float(text.replace(",", "")) * _SCALES.get((scale or "").strip(), 1)


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
    first = _number(match["first"], groups.get("scale1") or (scale_two if second else None))
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
