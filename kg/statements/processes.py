"""A protein and what is done to it, named as two mentions: "[phosphorylation] of [Y]", "[Y] [degradation]".

An effect on such a process is an effect on the protein; an effect on its destruction is one the other way round.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.statements.places import Found
from kg.statements.tables import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.statements.view import SentenceView, Slot

_OF = re.compile(r"(?:\s+levels?)?\s+of\s+(?:(?!(?:and|or|in|by|with|from|to)\b)[a-z][a-z-]*\s+){0,4}")
_BESIDE = re.compile(r"[\s-]+(?:(?:mrna|protein|gene)\s+)?")


def is_destruction(slot: Slot) -> bool:
    """Tell a process that does away with a protein."""
    return slot.letter == "P" and pattern("destroys").fullmatch(slot.linked.mention.text.lower()) is not None


def _thing_of(view: SentenceView, process: Slot) -> Slot | None:
    """Return the protein or substance that a process is said to be of: "[phosphorylation] of [Y]", "[Y] [release]"."""
    match = _OF.match(view.line, process.end)
    thing = view.slot_at(match.end()) if match else None
    if thing is None:
        thing = next((one for one in view.slots if _BESIDE.fullmatch(view.line, one.end, process.start)), None)
    return thing if thing is not None and thing.letter in "GD" else None


def _destruction_of(view: SentenceView, thing: Slot) -> Slot | None:
    """Return the mention of the destruction of a protein: right after its list, or before it with "of"."""
    members = view.members(thing)
    for slot in view.slots:
        if not is_destruction(slot):
            continue
        if _thing_of(view, slot) in members:
            return slot
    return None


def is_destroyed(view: SentenceView, thing: Slot, trigger: tuple[int, int]) -> bool:
    """Tell that the text speaks of the loss of a protein, in a mention or in words that are not the trigger."""
    if thing.letter != "P" and _destruction_of(view, thing) is not None:
        return True
    words = pattern("turned_after").match(view.line, thing.end)
    return words is not None and (words.end() <= trigger[0] or trigger[1] <= thing.end)


def carried(found: Iterable[Found], view: SentenceView) -> Iterator[Found]:
    """Yield the objects of an effect; with "phosphorylation of Y" that is Y, with "degradation of Y" both."""
    for one in found:
        slot = one.slot
        if slot is None:
            yield one
        elif slot.letter == "P" and (thing := _thing_of(view, slot)) and _is_done_to(slot):
            if is_destruction(slot):
                yield one
            for member in view.members(thing):
                yield Found(member.linked, one.finder, member)
        else:
            yield one
            destruction = _destruction_of(view, slot) if slot.letter in "GD" else None
            if destruction is not None:
                yield Found(destruction.linked, one.finder, destruction)


def _is_done_to(process: Slot) -> bool:
    return is_destruction(process) or pattern("modifies").fullmatch(process.linked.mention.text.lower()) is not None
