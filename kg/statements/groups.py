"""Names that belong together: a list, the names in one bracket, and what a list is set apart from ("X, but not Z")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.statements.places import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.statements.view import SentenceView, Slot

_BUT_NOT = re.compile(r"(?: [a-z]+)?\s*,?\s*but (?:not|neither) (?:(?:by|of|in|that of) )?(?:[a-z-]+ ){0,2}")


def group_of(slot: Slot | None, finder: str, view: SentenceView, letters: str = "") -> tuple[Found, ...]:
    """Return a mention with what is coordinated with it, companions left out unless it is one itself."""
    if slot is None:
        return ()
    members = [member for member in view.members(slot, letters) if slot.dependent or not member.dependent]
    return tuple(Found(member.linked, finder, member) for member in members)


def set_apart(found: Sequence[Found], view: SentenceView) -> tuple[Found, ...]:
    """Return what the text names beside these only to deny it: "X, but not Z"."""
    last = next((one.slot for one in reversed(found) if one.slot and not one.slot.nested), None)
    words = _BUT_NOT.match(view.line, last.end) if last else None
    apart = view.slot_at(words.end()) if words else None
    return group_of(apart, found[-1].finder, view) if last and apart and apart.letter == last.letter else ()


def bracketed(first: Slot, view: SentenceView, letters: str) -> tuple[Found, ...]:
    """Return the names of a bracket from ``first`` on; outside a bracket only ``first``."""
    if not first.nested:
        return (Found(first.linked, "match", first),)
    close = view.full.find(")", first.start)
    inside = [slot for slot in view.slots if first.start <= slot.start < close and slot.letter in letters]
    return tuple(Found(slot.linked, "match", slot) for slot in inside)
