"""The forms of numeric claims: how each is written, and what its number measures whatever the sentence says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.statements.tables import pattern

_FORMS = (
    ("interval", "interval", ("ci", "confidence"), None, "confidence interval", None),
    ("p-value", "p_value", ("p",), "1", "p-value", "p-value"),
    ("hazard-ratio", "hazard_ratio", ("hazard", "hr"), "1", "hazard ratio", "hazard ratio"),
    ("ratio", "ratio", ("ratio", "risk", "rr", "or"), "1", "ratio", None),
    ("sample-size", "sample_size", ("n=", "n ="), "{patients}", "count", "number of patients"),
    ("money", "money", ("$", "usd", "€", "eur", "£", "gbp", "¥"), None, None, "money"),
    ("median", "median", ("median", "mean", "average"), None, None, None),
    ("rate", "rate_of_people", (",000", "0000", "million"), None, "rate", None),
    ("ratio-of-people", "ratio_of_people", (" in ", " of "), "%", "percentage", None),
    ("worded-share", "worded_share", (" of ",), "%", "percentage", None),
    ("share", "share", ("%", "percent", "per cent"), None, None, None),
    ("age", "age_from", ("age",), None, None, "age"),
    ("age", "age_old", ("old", "age"), None, None, "age"),
    ("people", "persons", (), None, None, None),
    ("people", "worded_people", (), None, None, None),
    ("counted", "counted", (), None, "count", None),
    ("dose", "dose", (), None, None, "dose"),
    ("compound", "compound", ("/",), None, None, None),
    ("duration", "duration", ("month", "year", "week", "day", "hour", "fold", "point"), None, None, None),
    ("duration", "worded_time", ("month", "year", "week", "day", "hour", "fold"), None, None, None),
)
_IN_WORDS = ("worded_people", "worded_time", "ratio_of_people", "worded_share")


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """One form of numeric claim; ``unit`` is a UCUM code where the form fixes it.

    ``signs``: one of them stands in every line that the pattern matches (none: unknown); ``digits``: so does a digit.
    """

    name: str
    pattern: re.Pattern[str]
    signs: tuple[str, ...] = ()
    digits: bool = True
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
    return tuple(
        ClaimForm(name, pattern(written), signs, written not in _IN_WORDS, *rest)
        for name, written, signs, *rest in _FORMS
    )
