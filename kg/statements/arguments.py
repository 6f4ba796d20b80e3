"""Finds the ends of a statement in a view: the subject left of a verb, the object right of it, an apposed name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.statements.tables import pattern, read_table, source_of, verb_choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.statements.view import SentenceView, Slot

_APPOSITIVE = re.compile(
    r"\s*(?:an?|the|its|our|one of|sold|marketed|known|also|branded|formerly|previously|[A-Z]+'s?)\s"
)
_IS_THE_ONE = re.compile(r"\s*(?:,|is\b|are\b|was\b|were\b|as\b)")
_APPOSED_TO = re.compile(r"\s*,\s*(?:an?|the|which|that|who)\b[^,]*$")
_MODIFIES = re.compile(r"-(?:induced|mediated|evoked|driven|dependent|associated|related|triggered|provoked)\b")
_CLAUSE_BEGINS = re.compile(r"\b(?:that|whereas|while|but)\b|[;:]\s")
_JOINED = re.compile(r"\b(?:and|or|as)\s+(?:[a-z-]+ly\s+|also\s+|then\s+){0,2}$")
_GOES_ON = re.compile(r"(?:\band|,)\s+(?:[a-z-]+ly\s+|also\s+|then\s+){0,2}$")
_PARENTS = (
    re.compile(r"R+\s+(?:of|at|within)\s+(?:the\s+)?(?P<parent>R+)"),
    re.compile(r"(?P<parent>R+)'s?\s+(?=R)"),
)


def eligible(view: SentenceView, letters: str) -> list[Slot]:
    """Return the slots of these types that stand in the line itself, not in brackets."""
    return [slot for slot in view.slots if slot.letter in letters and not slot.nested]


def is_joined(line: str, position: int) -> bool:
    """Tell that "and" or "or" stands before the word at ``position``."""
    return _JOINED.search(line, max(0, position - 40), position) is not None


def predicate_before(line: str, position: int) -> int | None:
    """Return where the last verb of the clause stands before ``position``, which "and reduced" then goes on from."""
    start = max(0, position - 200)
    for boundary in _CLAUSE_BEGINS.finditer(line, start, position):
        start = boundary.end()
    found = None
    for match in _clause_verb().finditer(line, start, position):
        found = match.start()
    return found


@cache
def _clause_verb() -> re.Pattern[str]:
    verbs = verb_choice("third", "past")
    said = "|".join(read_table("lists")["effect"])
    return re.compile(
        rf"(?<!was\s)(?<!were\s)(?<!is\s)(?<!are\s)(?<!with\s)(?<!by\s)(?<!the\s)(?<!of\s)(?<!in\s)(?<![-a-z])(?:{verbs}|{said}|bound|did|had|has|can|may|could|might|would)\b"
    )


def find_left(view: SentenceView, position: int, letters: str) -> Slot | None:
    """Return the grammatical subject of a verb that starts at ``position``, or None."""
    earlier = (
        predicate_before(view.line, position) if _GOES_ON.search(view.line, max(0, position - 40), position) else None
    )
    if earlier is not None and (is_joined(view.line, position) or any(slot.end <= earlier for slot in view.slots)):
        return find_left(view, earlier, letters)
    standing = [slot for slot in eligible(view, letters) if slot.end <= position]
    if standing and standing[-1].dependent and _APPOSED_TO.match(view.line, standing[-1].end, position):
        return standing[-1]
    free = [slot for slot in standing if not slot.dependent]
    before = [slot for slot in free if not _MODIFIES.match(view.line, slot.end)] or free
    if not before:
        return None
    nearest = before[-1]
    if pattern("plain_between").fullmatch(view.line, nearest.end, position):
        return nearest
    start = max((match.end() for match in pattern("hard_boundary").finditer(view.line, 0, position)), default=0)
    clause = [slot for slot in before if slot.start >= start] or before
    if clause is before:
        start = 0
    relative = pattern("relative").search(view.line, start, position)
    if relative and relative.start() - nearest.end <= 14 and nearest in clause:
        return nearest
    if relative:
        return next((slot for slot in clause if _IS_THE_ONE.match(view.line, slot.end)), None)
    return _first_of(_main_piece(view.line, start, position, clause), letters)


def _main_piece(line: str, start: int, position: int, clause: Sequence[Slot]) -> Sequence[Slot]:
    """Return the slots of the last comma-separated piece that is not an aside."""
    pieces: list[tuple[int, int]] = []
    at = start
    for comma in re.finditer(",", line[start:position]):
        pieces.append((at, start + comma.start()))
        at = start + comma.end()
    pieces.append((at, position))
    for index in range(len(pieces) - 1, -1, -1):
        low, high = pieces[index]
        inside = [slot for slot in clause if low <= slot.start < high]
        aside = 0 < index < len(pieces) - 1 and _APPOSITIVE.match(line, low, high)
        if inside and not aside and not (index and _predicate().match(line, low, high)):
            return inside
    return clause


@cache
def _predicate() -> re.Pattern[str]:
    """A piece that goes on with another verb of the same subject: "which binds", "blocks", "and activates"."""
    verbs = verb_choice("third", "past", "gerund")
    return re.compile(
        rf"\s*(?:which|that|who|where|(?:and\s+|or\s+|thereby\s+|thus\s+)?(?:\w+ly\s+|also\s+)?(?:{verbs})\b)"
    )


def _first_of(slots: Sequence[Slot], letters: str) -> Slot | None:
    for letter in letters:
        for slot in slots:
            if slot.letter == letter:
                return slot
    return slots[0] if slots else None


@cache
def _right_pattern(letters: str, words: int) -> re.Pattern[str]:
    run = "|".join(f"{letter}+" for letter in letters)
    others = "".join(sorted(set("DSGCPORXHA") - set(letters)))
    other = "|".join(f"{each}+" for each in others)
    verbs = verb_choice("third", "gerund")
    again = verb_choice("past")
    stop = rf"(?:{source_of('right_stop')}|{verbs}|and\s+(?:[a-z-]+ly\s+|also\s+)?(?:{again}))\b"
    over = source_of("passed_over").replace(" ", r"\s+")
    such = r"(?:[a-z-]+\s*,?\s+(?:including|such\s+as|like|namely)\s+)"
    step = rf"(?!{stop}){over}(?:{such}|(?:[^\sA-Z,;:]+|(?:{other})\S*)\s+)"
    return re.compile(rf"\s*(?:{step}){{0,{words}}}?{over}(?:[^\sA-Z,;:]*[-/])?(?P<o>{run})")


def find_right(view: SentenceView, position: int, letters: str, words: int = 8) -> Slot | None:
    """Return the object of a verb that ends at ``position``: the first fitting mention before the phrase closes."""
    match = _right_pattern(letters, words).match(view.line, position)
    slot = view.slot_at(match.start("o")) if match else None
    described = pattern("describes").match(view.line, slot.end) if slot and slot.letter in "GD" else None
    if described is None:
        return slot
    named = view.slot_at(
        described.end() + len(view.line[described.end() :]) - len(view.line[described.end() :].lstrip())
    )
    return named if named is not None and named.letter in letters else None


def find_apposed(view: SentenceView, start: int, end: int, letters: str) -> Slot | None:
    """Return the mention that the noun phrase at ``start``-``end`` describes: "Y inhibitor X", "X is a Y inhibitor"."""
    right = pattern("apposed_right").match(view.line[end:])
    plural_list = right and "," in right.group() and view.line[end - 1] == "s"
    if right and not plural_list and (slot := view.slot_at(end + right.end())) and slot.letter in letters:
        return slot
    for slot in reversed([each for each in eligible(view, letters) if each.end <= start]):
        between = view.line[slot.end : start]
        if len(between) > 160:
            break
        if (copula := pattern("copula").match(between)) and not pattern("finite").search(between, copula.end()):
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
    if standing and standing[-1].dependent and _APPOSED_TO.match(view.line, standing[-1].end, position):
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
