"""Finds the object of a verb in a view: the first fitting mention on its right before the phrase closes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.statements.tables import pattern, source_of, verb_choice

if TYPE_CHECKING:
    from kg.statements.view import SentenceView, Slot

_NAME = re.compile(r"\s+(?=G)")
_ITS_PROCESS = re.compile(r"\s+(?=P)")


@cache
def _right_pattern(letters: str, words: int) -> re.Pattern[str]:
    run = "|".join(f"{letter}++" for letter in letters)
    others = "".join(sorted(set("DSGCPORXHA") - set(letters)))
    other = "|".join(f"{each}+" for each in others)
    verbs = verb_choice("third", "gerund")
    again = verb_choice("past")
    stop = rf"(?:{source_of('right_stop')}|{verbs}|and\s+(?:[a-z-]+ly\s+|also\s+)?(?:{again}))\b"
    over = source_of("passed_over").replace(" ", r"\s+")
    such = r"(?:[a-z-]+\s*,?\s+(?:including|such\s+as|like|namely)\s+)"
    names = rf"{source_of('named_after')}\s*,\s*(?=G)"
    step = rf"(?!{stop}){over}(?:{such}|{names}|(?:[^\sA-Z,;:]+|(?:{other})\S*(?!\s+(?:in|of)\b))\s+)"
    return re.compile(rf"\s*(?:{step}){{0,{words}}}?{over}(?:[^\sA-Z,;:]*[-/])?(?P<o>{run}){source_of('not_passed')}")


def find_right(view: SentenceView, position: int, letters: str, words: int = 8) -> Slot | None:
    """Return the object of a verb that ends at ``position``: the first fitting mention before the phrase closes."""
    match = _right_pattern(letters, words).match(view.line, position)
    slot = view.slot_at(match.start("o")) if match else None
    if slot and slot.letter == "D" and "P" in letters and (process := _ITS_PROCESS.match(view.line, slot.end)):
        return view.slot_at(process.end())
    while slot and slot.letter in "GC" and (name := _NAME.match(view.line, slot.end)) and "G" in letters:
        slot = view.slot_at(name.end())
    if slot is None or slot.letter not in "GD" or not pattern("describes").match(view.line, slot.end):
        return slot
    return find_described(view, slot, letters)


def find_described(view: SentenceView, slot: Slot, letters: str) -> Slot | None:
    """Return the mention that the one before it only describes: "the Y inhibitor X"."""
    described = pattern("describes").match(view.line, slot.end)
    if described is None:
        return None
    rest = view.line[described.end() :]
    named = view.slot_at(described.end() + len(rest) - len(rest.lstrip()))
    return named if named is not None and named.letter in letters else None
