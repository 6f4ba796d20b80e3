"""The ways to find an end that the rule's pattern does not hold, by the names that the rule tables use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.statements.arguments import (
    eligible,
    find_after,
    find_apposed,
    find_before,
    find_nearest,
)
from kg.statements.groups import bracketed, group_of
from kg.statements.left_side import find_left
from kg.statements.places import STUDIED, Found, Place, Search
from kg.statements.right_side import find_described, find_right
from kg.statements.tables import pattern
from kg.statements.topics import key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.statements.rules import End

_DEFINITE = re.compile(r"\b(?:the|this)\s+(?:(?!(?:that|of|and|or|in|to|by|for|with)\b)[^\sA-Z,;:()]+\s+){0,3}$")
_NAMED_NEXT = re.compile(r"\s*,?\s*[A-Z]")
_FIRST_PERSON = re.compile(r"\b(?:we|our|us)\b")
_ITEM = re.compile(r"\s*(?:[*•·–-]|\d[.)]|[Ff]or\b|[Ii]n combination|[Tt]he (?:treatment|prevention)|[Aa]s )")
_PRODUCT = re.compile(r"\b(?:compound|candidate|drug|medicine|therapy|product|vaccine|asset)\b")


def find_end(end: End, role: str, place: Place) -> tuple[Found, ...]:
    """Return the mentions that the first finder with an answer gives for one end, in text order."""
    search = Search(end, role, place)
    for finder in end.finders:
        found = FINDERS[finder](search)
        if found:
            return found
    return ()


def _in_match(search: Search) -> tuple[Found, ...]:
    at = search.place.match.start(search.role) if search.role in search.place.match.re.groupindex else -1
    slot = search.place.view.slot_at(at) if at >= 0 else None
    if slot is None:
        return ()
    if slot.nested:
        return (Found(slot.linked, "match", slot),)
    letters = search.end.letters if search.role == "o" else ""
    found = group_of(slot if slot.letter in search.end.letters else None, "match", search.place.view, letters)
    named = find_described(search.place.view, slot, search.end.letters) if search.role == "s" else None
    return found + group_of(named, "match", search.place.view)


def _match_one(search: Search) -> tuple[Found, ...]:
    """What the pattern captured, without what is coordinated with it: a bracket belongs to one name."""
    slot = search.place.view.slot_at(search.place.match.start(search.role))
    return (Found(slot.linked, "match", slot),) if slot and slot.letter in search.end.letters else ()


def _bracketed(search: Search) -> tuple[Found, ...]:
    """The names in the bracket that a pattern reaches into: "Y inhibitors (X, Z)"; before a bracket there is one."""
    slot = search.place.view.slot_at(search.place.match.start(search.role))
    if slot is None or slot.letter not in search.end.letters:
        return ()
    return bracketed(slot, search.place.view, search.end.letters)


def _left(search: Search) -> tuple[Found, ...]:
    slot = find_left(search.place.view, search.place.match.start(), search.end.letters)
    return group_of(slot, "left", search.place.view, search.end.letters)


def _left_passive(search: Search) -> tuple[Found, ...]:
    slot = find_left(search.place.view, search.place.match.start(), search.end.letters)
    return group_of(slot, "left", search.place.view, search.end.letters)


def _right(search: Search) -> tuple[Found, ...]:
    slot = find_right(search.place.view, search.place.end, search.end.letters)
    return group_of(slot, "right", search.place.view, search.end.letters)


def _apposed(search: Search) -> tuple[Found, ...]:
    start = search.place.match.start("o") if "o" in search.place.match.re.groupindex else search.place.start
    slot = find_apposed(search.place.view, min(start, search.place.start), search.place.end, search.end.letters)
    if slot and slot.start >= search.place.end and search.place.view.line[search.place.end - 1] != "s":
        return (Found(slot.linked, "apposed", slot),)
    return group_of(slot, "apposed", search.place.view)


def _anaphor(search: Search) -> tuple[Found, ...]:
    """The drug last spoken of, when the sentence names none before the trigger and says "it" or "the drug"."""
    view = search.place.view
    if any(slot.letter == "D" and slot.end <= search.place.start and not slot.nested for slot in view.slots):
        return ()
    focus, end = search.place.topics.focus_at[view.index], search.place.start
    begin = max((clause.end() for clause in pattern("own_clause").finditer(view.line, 0, end)), default=0)
    return (Found(focus, "anaphor"),) if focus and pattern("anaphor").search(view.line, begin, end) else ()


def _topic(search: Search) -> tuple[Found, ...]:
    drug = search.place.topics.drug_at[search.place.view.index]
    return (Found(drug, "topic"),) if drug and "D" in search.end.letters else ()


def _announcer(search: Search) -> tuple[Found, ...]:
    return tuple(Found(one, "announcer") for one in search.place.topics.announcers)


def _company(search: Search) -> tuple[Found, ...]:
    """The company that "its" or "our" stands for: the first of the sentence's subject, else whoever announces."""
    before = [
        slot
        for slot in search.place.view.slots
        if slot.letter == "O" and slot.end <= search.place.start and not slot.nested
    ]
    if before and "our" not in search.place.match.group():
        return group_of(before[-1], "company", search.place.view)
    return _announcer(search)


def _left_company(search: Search) -> tuple[Found, ...]:
    found = group_of(find_left(search.place.view, search.place.start, "O"), "left", search.place.view)
    return found or _announcer(search)


def _left_company_only(search: Search) -> tuple[Found, ...]:
    """The company that acts in the sentence; "we" and "our" stand for whoever announces."""
    found = group_of(find_left(search.place.view, search.place.start, "O"), "left", search.place.view)
    if found or not _FIRST_PERSON.search(search.place.view.line, 0, search.place.start):
        return found
    return _announcer(search)


def _left_subject(search: Search) -> tuple[Found, ...]:
    """The one drug that stands before in the clause: "X reduced pain in patients with ..."."""
    view, start = search.place.view, search.place.start
    if any(slot.letter == "D" and slot.start > start for slot in view.slots):
        return ()
    slot = find_before(view, start, search.end.letters)
    only = slot is not None and len({key_of(each.linked) for each in eligible(view, "D") if not each.dependent}) == 1
    return group_of(slot, "left", view) if only else ()


def _definite(search: Search) -> tuple[Found, ...]:
    """The drug of the passage for "the Y inhibitor", when the sentence gives that phrase no name."""
    start = min(search.place.match.start(), search.place.start)
    if _NAMED_NEXT.match(search.place.view.line, search.place.end):
        return ()
    return _topic(search) if _DEFINITE.search(search.place.view.line, max(0, start - 60), start) else ()


def _before(search: Search) -> tuple[Found, ...]:
    return group_of(find_before(search.place.view, search.place.start, search.end.letters), "before", search.place.view)


def _after(search: Search) -> tuple[Found, ...]:
    return group_of(find_after(search.place.view, search.place.end, search.end.letters, 60), "after", search.place.view)


def _after_far(search: Search) -> tuple[Found, ...]:
    return group_of(
        find_after(search.place.view, search.place.end, search.end.letters, 260), "after", search.place.view
    )


def _between(search: Search) -> tuple[Found, ...]:
    slots = [
        slot
        for slot in eligible(search.place.view, search.end.letters)
        if search.place.start <= slot.start < search.place.match.end() and not slot.dependent
    ]
    return group_of(slots[0], "between", search.place.view) if slots else ()


def _only(search: Search) -> tuple[Found, ...]:
    """The one drug of the sentence, companions and comparators aside."""
    slots = [slot for slot in eligible(search.place.view, "D") if not slot.dependent]
    keys = {key_of(slot.linked) for slot in slots}
    return (Found(slots[0].linked, "only", slots[0]),) if len(keys) == 1 else ()


def _clause_drug(search: Search) -> tuple[Found, ...]:
    """The drug that patients are "on" or that the sentence is about, either side of an effect."""
    found = group_of(find_left(search.place.view, search.place.start, "D"), "left", search.place.view)
    return found or _after(search) or _anaphor(search)


def _lead_in(search: Search) -> tuple[Found, ...]:
    """The drug of the passage, for an item of a list and for a phrase without a subject: "for the treatment of ..."."""
    if any(
        slot.letter == "D" and not slot.dependent and not slot.nested and slot.end <= search.place.start
        for slot in search.place.view.slots
    ):
        return ()
    return (
        _topic(search)
        if _ITEM.match(search.place.view.text) or _PRODUCT.search(search.place.view.line, 0, search.place.end)
        else ()
    )


def _near_regulator(search: Search) -> tuple[Found, ...]:
    return group_of(
        find_nearest(search.place.view, search.place.start, search.place.end, "R", reach=220),
        "nearest",
        search.place.view,
    )


def _left_regulator(search: Search) -> tuple[Found, ...]:
    return group_of(find_left(search.place.view, search.place.start, "R"), "left", search.place.view)


def _partner(search: Search) -> tuple[Found, ...]:
    """The other company: the first after the trigger that is not the one before it."""
    before = find_left(search.place.view, search.place.start, "O")
    for slot in eligible(search.place.view, "O"):
        if slot.start >= search.place.start and (before is None or key_of(slot.linked) != key_of(before.linked)):
            mine = key_of(before.linked) if before else None
            return tuple(one for one in group_of(slot, "partner", search.place.view) if key_of(one.linked) != mine)
    others = [slot for slot in search.place.view.members(before) if slot is not before] if before else []
    return (Found(others[0].linked, "partner", others[0]),) if others else ()


def _studied_disease(_search: Search) -> tuple[Found, ...]:
    """The diseases the drug is studied for, known only after the whole document is read (extractor.py)."""
    return (Found(STUDIED, "studied-disease"),)


FINDERS: dict[str, Callable[[Search], tuple[Found, ...]]] = {
    "match": _in_match,
    "match-one": _match_one,
    "bracketed": _bracketed,
    "left": _left,
    "left-passive": _left_passive,
    "right": _right,
    "apposed": _apposed,
    "definite": _definite,
    "before": _before,
    "left-subject": _left_subject,
    "after": _after,
    "after-far": _after_far,
    "between": _between,
    "only": _only,
    "clause-drug": _clause_drug,
    "lead-in": _lead_in,
    "anaphor": _anaphor,
    "topic": _topic,
    "announcer": _announcer,
    "company": _company,
    "left-company": _left_company,
    "left-company-only": _left_company_only,
    "near-regulator": _near_regulator,
    "left-regulator": _left_regulator,
    "partner": _partner,
    "studied-disease": _studied_disease,
}
"""The ways to look for an end, by the name that the tables use."""
