"""Finds the ends of a statement in a view: an apposed name, the nearest mention, the one before or after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.statements.tables import pattern

if TYPE_CHECKING:
    from kg.statements.view import SentenceView, Slot

APPOSED_TO = re.compile(r"\s*,\s*(?:an?|the|which|that|who)\b[^,]*$")
_AMONG = re.compile(r"\b(?:one|members?|family|class) of\b")
_ONE = re.compile(r"\b(?:is|was|as|represents)\s")
_BY = re.compile(r"\b(?:by|than)\s")
_PARENTS = (
    re.compile(r"R+\s+(?:of|at|within)\s+(?:the\s+)?(?P<parent>R+)"),
    re.compile(r"(?P<parent>R+)'s?\s+(?=R)"),
)


def eligible(view: SentenceView, letters: str) -> list[Slot]:
    """Return the slots of these types that stand in the line itself, not in brackets."""
    return [slot for slot in view.slots if slot.letter in letters and not slot.nested]


def find_apposed(view: SentenceView, start: int, end: int, letters: str) -> Slot | None:
    """Return the mention that the noun phrase at ``start``-``end`` describes: "Y inhibitor X", "X is a Y inhibitor"."""
    right = pattern("apposed_right").match(view.line[end:])
    plural_list = right and "," in right.group() and view.line[end - 1] == "s"
    named = view.slot_at(end + right.end()) if right and not plural_list else None
    if named and named.letter in letters and (named.letter == "D" or not view.line[end : named.start].strip()):
        return named
    for slot in reversed([each for each in eligible(view, letters) if each.end <= start]):
        between = view.line[slot.end : start]
        if len(between) > 160:
            break
        copula = pattern("copula").match(between)
        one = copula and _ONE.search(copula.group()) and view.line[end - 1] == "s" and not _AMONG.search(between)
        if (
            copula
            and not one
            and not (pattern("finite").search(between, copula.end()) or _BY.search(between, copula.end()))
        ):
            return slot
        if pattern("apposed_left").match(between) and not pattern("finite").search(between):
            return slot
    return None


def find_nearest(view: SentenceView, start: int, end: int, letters: str, reach: int = 90) -> Slot | None:
    """Return the mention nearest to ``start``-``end`` within ``reach`` characters; the left one wins a tie.

    Of a committee and the agency it belongs to ("the agency's committee") only the committee counts.
    """
    scored = []
    parents = (
        {match.start("parent") for pattern in _PARENTS for match in pattern.finditer(view.line)}
        if letters == "R"
        else set()
    )
    for slot in eligible(view, letters):
        if slot.dependent or slot.start in parents:
            continue
        distance = start - slot.end if slot.end <= start else max(0, slot.start - end)
        if 0 <= distance <= reach:
            scored.append((distance, slot.start, slot))
    return min(scored, key=lambda each: each[:2])[2] if scored else None


def find_before(view: SentenceView, position: int, letters: str) -> Slot | None:
    """Return the nearest mention before ``position`` that is not in another clause; a companion only if described."""
    standing = [slot for slot in eligible(view, letters) if slot.end <= position]
    if standing and standing[-1].dependent and APPOSED_TO.match(view.line, standing[-1].end, position):
        return standing[-1]
    before = [slot for slot in standing if not slot.dependent]
    if not before:
        return None
    between = view.line[before[-1].end : position]
    return None if pattern("clause_break").search(between) else before[-1]


def find_after(view: SentenceView, position: int, letters: str, reach: int) -> Slot | None:
    """Return the first mention after ``position`` within ``reach`` characters of the same clause."""
    for slot in eligible(view, letters):
        if slot.start >= position and not slot.dependent:
            between = view.line[position : slot.start]
            return slot if len(between) <= reach and not pattern("clause_break").search(between) else None
    return None
