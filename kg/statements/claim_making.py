"""Makes a claim of a match: its span, quantity and evidence, before the reader of its form adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Claim, Evidence
from kg.statements.quantities import comparator_of, read_quantity

if TYPE_CHECKING:
    import re

    from kg.statements.claim_forms import ClaimForm
    from kg.statements.view import SentenceView

_CONFIDENCE = 0.75


def make_claim(
    form: ClaimForm, match: re.Match[str], view: SentenceView, start: int | None = None, end: int | None = None
) -> Claim:
    """Return the claim of a match, from ``start`` (else its number, with the comparator) to ``end`` (else its end)."""
    low = match.start("first") if start is None else start
    comparator = match.start("comparator") if "comparator" in match.re.groupindex else -1
    compared = comparator >= 0 and comparator_of(match["comparator"]) != "="
    low = min(comparator, low) if compared else low
    low += len(view.text[low:]) - len(view.text[low:].lstrip())
    quantity = read_quantity(match)
    high = end or match.end()
    words = view.text[low:high]
    if words.count("(") > words.count(")"):
        words = words[: words.rindex("(")]
    high = low + len(words.rstrip(" ,"))
    evidence = Evidence(view.start, view.end, view.text, f"claim:{form.name}", _CONFIDENCE)
    return Claim(
        view.start + low, view.start + high, evidence, quantity.value, quantity.low, quantity.high,
        form.unit, quantity.comparator, form.measures, statistic=form.statistic,
    )  # fmt: skip


def bare_claim(form: ClaimForm, match: re.Match[str], view: SentenceView) -> Claim:
    """Return a claim without a value."""
    evidence = Evidence(view.start, view.end, view.text, f"claim:{form.name}", _CONFIDENCE)
    return Claim(view.start + match.start(), view.start + match.end(), evidence, statistic=form.statistic)
