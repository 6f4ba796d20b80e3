"""The ways to find an end of a statement that the rule's pattern does not hold, by the names that the rule tables use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import EntityType, LinkedMention, Mention
from kg.statements.arguments import eligible, find_after, find_apposed, find_before, find_left, find_nearest, find_right
from kg.statements.topics import key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.statements.rules import End
    from kg.statements.topics import Topics
    from kg.statements.view import SentenceView, Slot

_ANAPHOR = re.compile(
    r"\b(?:it|they|this|these|the\s+(?:(?:study|investigational|experimental|new|novel|oral|combination|trial)\s+)?(?:drugs?|compound|therapy|treatment|medicine|medication|agent|candidate|"
    r"product|vaccine|antibody|molecule|inhibitor|combination|regimen|asset|injection|pill|shot|trial|study|data|results))\b"
)
_DEFINITE = re.compile(r"\b(?:the|this)\s+(?:[^\sA-Z,;:()]+\s+){0,3}$")
_FIRST_PERSON = re.compile(r"\b(?:we|our|us)\b")
_ITEM = re.compile(r"\s*(?:[*•·–-]|\d[.)]|[Ff]or\b|[Ii]n combination|[Tt]he (?:treatment|prevention)|[Aa]s )")
_PRODUCT = re.compile(r"\b(?:compound|candidate|drug|medicine|therapy|product|vaccine|asset)\b")
STUDIED = LinkedMention(Mention(0, 1, "?", EntityType.DISEASE, ()), "?")
"""Stands for the diseases a drug is studied for, until the document is read to its end."""


@dataclass(frozen=True, slots=True)
class Found:
    """An end found for a rule: the mention, how it was found, and its slot when it stands in this sentence."""

    linked: LinkedMention
    finder: str
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule matched: the view, the match, the span of the trigger, and the topics of the document."""

    view: SentenceView
    match: re.Match[str]
    start: int
    end: int
    topics: Topics


def find_end(end: End, role: str, place: Place) -> tuple[Found, ...]:
    for finder in end.finders:
        found = FINDERS[finder](end, role, place)
        if found:
            return found
    return ()


def _group(slot: Slot | None, finder: str, view: SentenceView) -> tuple[Found, ...]:
    if slot is None:
        return ()
    return tuple(Found(member.linked, finder, member) for member in view.members(slot))


def _in_match(end: End, role: str, place: Place) -> tuple[Found, ...]:
    at = place.match.start(role) if role in place.match.re.groupindex else -1
    slot = place.view.slot_at(at) if at >= 0 else None
    if slot is None:
        return ()
    if slot.nested:
        return (Found(slot.linked, "match", slot),)
    return _group(slot if slot.letter in end.letters else None, "match", place.view)


def _match_one(end: End, role: str, place: Place) -> tuple[Found, ...]:
    """What the pattern captured, without what is coordinated with it: a bracket belongs to one name."""
    slot = place.view.slot_at(place.match.start(role))
    return (Found(slot.linked, "match", slot),) if slot and slot.letter in end.letters else ()


def _left(end: End, role: str, place: Place) -> tuple[Found, ...]:
    return _group(find_left(place.view, place.match.start(), end.letters), "left", place.view)


def _left_passive(end: End, role: str, place: Place) -> tuple[Found, ...]:
    return _group(find_left(place.view, place.match.start(), end.letters), "left", place.view)


def _right(end: End, role: str, place: Place) -> tuple[Found, ...]:
    return _group(find_right(place.view, place.end, end.letters), "right", place.view)


def _apposed(end: End, role: str, place: Place) -> tuple[Found, ...]:
    start = place.match.start("o") if "o" in place.match.re.groupindex else place.start
    slot = find_apposed(place.view, min(start, place.start), place.end, end.letters)
    return _group(slot, "apposed", place.view)


def _anaphor(end: End, role: str, place: Place) -> tuple[Found, ...]:
    """The drug last spoken of, when the sentence names none before the trigger and says "it" or "the drug"."""
    view = place.view
    if any(slot.letter == "D" and slot.end <= place.start and not slot.nested for slot in view.slots):
        return ()
    focus = place.topics.focus_at[view.index]
    return (Found(focus, "anaphor"),) if focus and _ANAPHOR.search(view.line, 0, place.start) else ()


def _topic(end: End, role: str, place: Place) -> tuple[Found, ...]:
    drug = place.topics.drug_at[place.view.index]
    return (Found(drug, "topic"),) if drug and "D" in end.letters else ()


def _announcer(end: End, role: str, place: Place) -> tuple[Found, ...]:
    return tuple(Found(one, "announcer") for one in place.topics.announcers)


def _company(end: End, role: str, place: Place) -> tuple[Found, ...]:
    """The company that "its" or "our" stands for: the first of the sentence's subject, else whoever announces."""
    before = [slot for slot in place.view.slots if slot.letter == "O" and slot.end <= place.start and not slot.nested]
    if before and "our" not in place.match.group():
        return _group(before[-1], "company", place.view)
    return _announcer(end, role, place)


def _left_company(end: End, role: str, place: Place) -> tuple[Found, ...]:
    found = _group(find_left(place.view, place.start, "O"), "left", place.view)
    return found or _announcer(end, role, place)


def _left_company_only(end: End, role: str, place: Place) -> tuple[Found, ...]:
    """The company that acts in the sentence; "we" and "our" stand for whoever announces."""
    found = _group(find_left(place.view, place.start, "O"), "left", place.view)
    if found or not _FIRST_PERSON.search(place.view.line, 0, place.start):
        return found
    return _announcer(end, role, place)


def _definite(end: End, role: str, place: Place) -> tuple[Found, ...]:
    """The drug of the passage for "the Y inhibitor", when the sentence gives that phrase no name."""
    start = min(place.match.start(), place.start)
    return _topic(end, role, place) if _DEFINITE.search(place.view.line, max(0, start - 60), start) else ()


def _before(end: End, role: str, place: Place) -> tuple[Found, ...]:
    return _group(find_before(place.view, place.start, end.letters), "before", place.view)


def _after(end: End, role: str, place: Place) -> tuple[Found, ...]:
    return _group(find_after(place.view, place.end, end.letters, 60), "after", place.view)


def _after_far(end: End, role: str, place: Place) -> tuple[Found, ...]:
    return _group(find_after(place.view, place.end, end.letters, 260), "after", place.view)


def _between(end: End, role: str, place: Place) -> tuple[Found, ...]:
    slots = [slot for slot in eligible(place.view, end.letters) if place.start <= slot.start < place.match.end() and not slot.dependent]
    return _group(slots[0], "between", place.view) if slots else ()


def _only(end: End, role: str, place: Place) -> tuple[Found, ...]:
    """The one drug of the sentence, companions and comparators aside."""
    slots = [slot for slot in eligible(place.view, "D") if not slot.dependent]
    keys = {key_of(slot.linked) for slot in slots}
    return (Found(slots[0].linked, "only", slots[0]),) if len(keys) == 1 else ()


def _clause_drug(end: End, role: str, place: Place) -> tuple[Found, ...]:
    """The drug that patients are "on" or that the sentence is about, either side of an effect."""
    found = _group(find_left(place.view, place.start, "D"), "left", place.view)
    return found or _after(end, role, place) or _anaphor(end, role, place)


def _lead_in(end: End, role: str, place: Place) -> tuple[Found, ...]:
    """The drug of the passage, for an item of a list and for a phrase without a subject: "for the treatment of ..."."""
    if any(slot.letter == "D" and not slot.dependent and not slot.nested and slot.end <= place.start for slot in place.view.slots):
        return ()
    return _topic(end, role, place) if _ITEM.match(place.view.text) or _PRODUCT.search(place.view.line, 0, place.end) else ()


def _near_regulator(end: End, role: str, place: Place) -> tuple[Found, ...]:
    return _group(find_nearest(place.view, place.start, place.end, "R", reach=220), "nearest", place.view)


def _left_regulator(end: End, role: str, place: Place) -> tuple[Found, ...]:
    return _group(find_left(place.view, place.start, "R"), "left", place.view)


def _partner(end: End, role: str, place: Place) -> tuple[Found, ...]:
    """The other company: the first after the trigger that is not the one before it."""
    before = find_left(place.view, place.start, "O")
    for slot in eligible(place.view, "O"):
        if slot.start >= place.start and (before is None or key_of(slot.linked) != key_of(before.linked)):
            return (Found(slot.linked, "partner", slot),)
    others = [slot for slot in place.view.members(before) if slot is not before] if before else []
    return (Found(others[0].linked, "partner", others[0]),) if others else ()


def _studied_disease(end: End, role: str, place: Place) -> tuple[Found, ...]:
    """The diseases the drug is studied for, known only after the whole document is read (extractor.py)."""
    return (Found(STUDIED, "studied-disease"),)


FINDERS: dict[str, Callable[[End, str, Place], tuple[Found, ...]]] = {
    "match": _in_match,
    "match-one": _match_one,
    "left": _left,
    "left-passive": _left_passive,
    "right": _right,
    "apposed": _apposed,
    "definite": _definite,
    "before": _before,
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
