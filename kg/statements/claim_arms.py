"""Whom a number counts when the words around it say so: "41% in the placebo arm", "more on X than Y (56% v 43%)"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Claim
    from kg.statements.view import SentenceView

_PERSONS = (
    r"arms?|groups?|cohorts?|placebo|controls?|patients|people|adults|children|participants|subjects|women|men|"
    r"individuals|recipients|infants|volunteers|adolescents|comparator|vehicle|sham|chemotherapy"
)
_STOP = (
    r"(?:versus|vs|and|or|compared|while|whereas|but|was|were|is|are|had|have|has|with|for|on|than|who|at|by|after|"
    r"to)\b"
)
_AFTER = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:for|in|with|on|among|of|receiving|taking)\s+"
    r"(?P<who>(?:(?:the|those|all|an?)\s+)?(?:(?:on|receiving|treated with|in|given|taking)\s+(?:the\s+)?)?"
    rf"(?:(?!{_STOP})[^\s,;:()]+\s+){{0,4}}?(?:{_PERSONS}|D+(?![-\w]))(?:\s+(?:arm|group|cohort)\b)?"
    rf"(?:\s+(?:treated with|receiving|on|given|taking|with|in the)\s+(?:(?!{_STOP})[^\s,;:()]+\s*){{1,3}})?)"
)
_PAIR = re.compile(
    r"(?P<one>(?:[^\s,;:()–—]+\s+){1,4}?)(?:than|versus|vs\.?|compared (?:with|to))\s+"
    r"(?P<two>[^\s,;:()–—]+(?:\s+[^\s,;:()–—]+){0,2})\W{0,3}$"
)
_JOIN = re.compile(r"\W{0,2}(?:versus|vs\.?|compared (?:with|to)|and|to|v)\s+$")
_AGAINST = re.compile(r"\b(?:versus|vs\.?|compared (?:with|to)|than|to|and|in contrast to)\s+$")
_BEFORE_BRACKET = re.compile(r"\s*(?:\([^()]*\)\s*)?\($")
_LEADING = re.compile(
    r"^(?:the|an?|more|fewer|less|greater|higher|lower|of|among|in|for|was|were|with)\s+", re.IGNORECASE
)


def population_after(view: SentenceView, end: int) -> str | None:
    """Return the group named right after a number that ends at ``end`` of the line."""
    found = _AFTER.match(view.full, end)
    return _words(view, *found.span("who")) if found else None


def populations_of_pair(view: SentenceView, first: Claim, second: Claim) -> tuple[str, str] | None:
    """Return the two groups of joined numbers when the sentence compares them first: "more on X than Y: 5% v 3%"."""
    between = view.full[first.end - view.start : second.start - view.start]
    pair = _PAIR.search(view.full, 0, first.start - view.start) if _JOIN.fullmatch(between) else None
    if pair is None or first.unit != second.unit:
        return None
    one, two = _words(view, *pair.span("one")), _words(view, *pair.span("two"))
    return (one, two) if one and two else None


def population_before(view: SentenceView, start: int) -> str | None:
    """Return the name that stands before the bracket that a number opens: "gout (n = 5)"."""
    bracket = _BEFORE_BRACKET.search(view.full, max(0, start - 60), start)
    if bracket is None:
        return None
    slot = next((slot for slot in view.slots if slot.end == bracket.start()), None)
    return view.text[slot.start : slot.end] if slot else None


def _words(view: SentenceView, start: int, end: int) -> str | None:
    words = re.sub(r"\s+", " ", view.text[start:end]).strip(" ,.-–—")
    while (shorter := _LEADING.sub("", words)) != words:
        words = shorter
    return words or None


def is_compared(view: SentenceView, first: Claim, second: Claim) -> bool:
    """Tell that two numbers are set against each other, so that the second measures what the first does."""
    between = view.full[first.end - view.start : second.start - view.start]
    return first.unit == second.unit and len(between) < 90 and _AGAINST.search(between) is not None


def pairs_of(claims: Sequence[Claim], view: SentenceView) -> dict[int, str]:
    """Return the populations, by the place in the list, that comparisons give."""
    found: dict[int, str] = {}
    for index, (first, second) in enumerate(pairwise(claims)):
        pair = populations_of_pair(view, first, second)
        if pair:
            found[index], found[index + 1] = pair
    return found
