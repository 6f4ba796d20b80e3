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
    ("rate", "rate_of_people", None, "rate", None),
    ("ratio-of-people", "ratio_of_people", "%", "percentage", None),
    ("share", "share", None, None, None),
    ("age", "age_from", None, None, "age"),
    ("age", "age_old", None, None, "age"),
    ("people", "persons", None, None, None),
    ("people", "worded_people", None, None, None),
    ("counted", "counted", None, "count", None),
    ("dose", "dose", None, None, "dose"),
    ("compound", "compound", None, None, None),
    ("duration", "duration", None, None, None),
    ("duration", "worded_time", None, None, None),
)


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """One form of numeric claim; ``unit`` is a UCUM code where the form fixes it."""

    name: str
    pattern: re.Pattern[str]
    unit: str | None = None
    statistic: str | None = None
    measures: str | None = None

    @property
    def falls(self) -> bool:
        """Two numbers of this form may be told from the higher to the lower."""
        return self.name == "share"


@cache
def claim_forms() -> tuple[ClaimForm, ...]:
    """Return the forms, the most telling first: a number belongs to the first form that takes it."""
    return tuple(ClaimForm(name, pattern(written), *rest) for name, written, *rest in _FORMS)
