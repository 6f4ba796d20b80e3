"""Units made of several others ("ug/kg/min", "g/dL", "IU/L"): pint says whether they are one, we say it in UCUM."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_UCUM = {
    "µg": "ug", "μg": "ug", "mcg": "ug", "µl": "uL", "μl": "uL", "ul": "uL", "l": "L", "ml": "mL", "dl": "dL",
    "day": "d", "hour": "h", "hr": "h", "week": "wk", "month": "mo", "year": "a", "minute": "min", "m²": "m2",
    "mm³": "mm3", "iu": "[iU]", "µmol": "umol", "μmol": "umol", "cells": "{cells}", "copies": "{copies}", "u": "U",
}  # fmt: skip
_PINT = {
    "ug": "microgram", "uL": "microliter", "L": "liter", "mL": "milliliter", "dL": "deciliter", "umol": "micromole",
    "d": "day", "h": "hour", "wk": "week", "mo": "month", "a": "year", "m2": "meter**2", "mm3": "mm**3",
}  # fmt: skip


@cache
def _registry() -> Any:
    import pint  # a quarter of a second, for the texts that use such units

    return pint.UnitRegistry()


@cache
def compound_unit(written: str) -> str | None:
    """Return the UCUM code of a unit with a slash, or None when a part is no unit.

    >>> compound_unit("µg/kg/min"), compound_unit("g/dl"), compound_unit("and/or")
    ('ug/kg/min', 'g/dL', None)
    """
    codes = [_UCUM.get(part, part) for part in re.split(r"\s*/\s*", written.strip())]
    return "/".join(codes) if len(codes) > 1 and all(_is_unit(code) for code in codes) else None


def _is_unit(code: str) -> bool:
    if code.startswith(("[", "{")) or code == "U":
        return True
    import pint

    try:
        _registry().parse_units(_PINT.get(code, code))
    except (pint.UndefinedUnitError, pint.DefinitionSyntaxError, ValueError, TypeError):
        return False
    return True
