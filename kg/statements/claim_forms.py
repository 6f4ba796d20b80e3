"""The forms of numeric claims: how each is written, and what its number measures whatever the sentence says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.statements.tables import pattern

_FORMS = (
    ("interval", "interval", None, "confidence interval", None),
    ("p-value", "p_value", "1", "p-value", "p-value"),
    ("hazard-ratio", "hazard_ratio", "1", "hazard ratio", "hazard ratio"),
    ("ratio", "ratio", "1", "ratio", None),
    ("sample-size", "sample_size", "{patients}", "count", "number of patients"),
    ("money", "money", None, None, "money"),
    ("median", "median", None, None, None),
    ("share", "share", None, None, None),
    ("people", "persons", None, None, None),
    ("dose", "dose", None, None, "dose"),
    ("compound", "compound", None, None, None),
    ("duration", "duration", None, None, None),
)


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """One form of numeric claim; ``unit`` is a UCUM code where the form fixes it."""

    name: str
    pattern: re.Pattern[str]
    unit: str | None = None
    statistic: str | None = None
    measures: str | None = None


@cache
def claim_forms() -> tuple[ClaimForm, ...]:
    """Return the forms, the most telling first: a number belongs to the first form that takes it."""
    return tuple(ClaimForm(name, pattern(written), *rest) for name, written, *rest in _FORMS)
