"""Finds the subject of a verb in a view: the mention on its left that the verb is said of."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.statements.arguments import APPOSED_TO, eligible
from kg.statements.right_side import find_described
from kg.statements.tables import pattern, read_table, verb_choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.statements.view import SentenceView, Slot

_APPOSITIVE = re.compile(
    r"\s*(?:an?|the|its|our|one of|two|three|both|selective|potent|sold|marketed|known|also|branded|formerly|"
    r"previously|via|through|together with|along with|like|including|such as|[A-Z]+'s?)\s"
)
_IS_THE_ONE = re.compile(r"\s*(?:,|is\b|are\b|was\b|were\b|as\b)")
_MODIFIES = re.compile(r"-(?:induced|mediated|evoked|driven|dependent|associated|related|triggered|provoked|fed)\b")
_CLAUSE_BEGINS = re.compile(r"\b(?:that|whereas|while|but)\b|[;:]\s")
_JOINED = re.compile(r"\b(?:and|or|as)\s+(?:[a-z-]+ly\s+|also\s+|then\s+){0,2}$")
_GOES_ON = re.compile(r"(?:\band|,)\s+(?:[a-z-]+ly\s+|also\s+|then\s+){0,2}$")
_PLACE = re.compile(r"\bin\s+(?:[a-z-]+\s+){0,2}$")
_TO = re.compile(r"\bto\s+(?:[a-z-]+ly\s+|further\s+)?$")
_IS_A = re.compile(r"\s*(?:is|are|was|were|encodes?)\s+(?:an?|the|one of)\s+(?:[a-z-]+\s+){0,3}")
_BY_WAY = re.compile(r"(?:via|through)\b")
_PARTNER = re.compile(
    r"\b(?:(?:(?:cooperat|synergi|interact|associat|bind|recruit|coupl|complex|collaborat)[a-z]*|bound) (?:with|to)|"
    r"binds?|during|at|throughout)\s+"
    r"(?:[a-z-]+\s+){0,2}$"
)


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
    said = "|".join(word for word in read_table("lists")["effect"] if word not in ("via", "through"))
    passive = verb_choice("past")
    return re.compile(
        rf"(?<!was\s)(?<!were\s)(?<!is\s)(?<!are\s)(?<!with\s)(?<!by\s)(?<!the\s)(?<!of\s)(?<!in\s)(?<![-a-z])"
        rf"(?:(?:is|are|was|were)\s+(?:[a-z-]+ly\s+|also\s+)?(?:{passive})|{verbs}|{said}|bound|did|had|has|can|may|could|might|would)\b"
    )


def find_left(view: SentenceView, position: int, letters: str) -> Slot | None:
    """Return the grammatical subject of a verb that starts at ``position``, or None."""
    earlier = _verb_it_goes_on_from(view, position)
    if earlier is not None:
        return find_left(view, earlier, letters)
    standing = [slot for slot in eligible(view, letters) if slot.end <= position]
    if standing and standing[-1].dependent and APPOSED_TO.match(view.line, standing[-1].end, position):
        return standing[-1]
    before = _candidates(view, standing, letters)
    if not before or _is_nearer(view, before[-1], position, letters):
        return None
    nearest = before[-1]
    acting = predicate_before(view.line, position) if _TO.search(view.line, max(0, position - 30), position) else None
    if acting is not None and acting < nearest.start:  # "X stimulates Y to increase Z" is told of X
        return find_left(view, acting, letters)
    if pattern("plain_between").fullmatch(view.line, nearest.end, position):
        return nearest
    return _of_clause(view, position, before, letters)


def _verb_it_goes_on_from(view: SentenceView, position: int) -> int | None:
    """Return where the verb stands whose subject this one shares: "and reduced", "via activation of", "while doing"."""
    by_way = _BY_WAY.match(view.line, position) is not None
    meanwhile = _meanwhile(view.line, position)
    if meanwhile is not None:
        position, by_way = meanwhile, True
    if not by_way and not _GOES_ON.search(view.line, max(0, position - 40), position):
        return None
    earlier = predicate_before(view.line, position)
    joined = not by_way and is_joined(view.line, position)
    shared = earlier is not None and (joined or any(slot.end <= earlier for slot in view.slots))
    return earlier if shared else None


def _candidates(view: SentenceView, standing: Sequence[Slot], letters: str) -> list[Slot]:
    """Return what may be a subject: no companion, nothing that only describes, nothing that acts only with it."""
    free = [slot for slot in standing if not slot.dependent]
    before = [slot for slot in free if not _MODIFIES.match(view.line, slot.end)] or free
    before = [slot for slot in before if not _is_partner(view.line, view.members(slot)[0].start)] or before
    return [slot for slot in before if find_described(view, slot, letters) not in before]


def _of_clause(view: SentenceView, position: int, before: Sequence[Slot], letters: str) -> Slot | None:
    """Return the subject of the clause, where it does not stand right before the verb."""
    nearest = before[-1]
    start = max((match.end() for match in pattern("hard_boundary").finditer(view.line, 0, position)), default=0)
    clause = [slot for slot in before if slot.start >= start] or before
    if clause is before:
        start = 0
    relative = pattern("relative").search(view.line, start, position)
    if relative and relative.start() - nearest.end <= 14 and nearest in clause:
        named = before[-2] if len(before) > 1 else None
        return named if named and _IS_A.fullmatch(view.line, named.end, nearest.start) else nearest
    if relative:
        return next((slot for slot in clause if _IS_THE_ONE.match(view.line, slot.end)), None)
    found = _first_of(_main_piece(view.line, start, position, clause), letters)
    return None if found and _is_where(view, found, start) else found


def _is_where(view: SentenceView, found: Slot, start: int) -> bool:
    """Tell what a subject is only seen in, where the subject is of another type: "S in Y mice was reversed"."""
    if not _PLACE.search(view.line, max(0, found.start - 40), found.start):
        return False
    return any(slot.letter == "S" and not slot.nested and start <= slot.start < found.start for slot in view.slots)


def _is_partner(line: str, position: int) -> bool:
    """Tell what the subject only acts with or comes from: "cooperates with X", "induced by X"."""
    if _PARTNER.search(line, max(0, position - 60), position):
        return True
    agent = _agent().search(line, max(0, position - 80), position)
    return agent is not None and agent["be"] is None


@cache
def _agent() -> re.Pattern[str]:
    be = r"(?P<be>\b(?:is|are|was|were|been|be|being)\s+(?:[a-z-]+\s+){0,2})?"
    return re.compile(rf"{be}\b(?:{verb_choice('past')})\s+by\s+(?:[a-z-]+\s+){{0,2}}$")


def _is_nearer(view: SentenceView, slot: Slot, position: int, letters: str) -> bool:
    """Tell that a protein, which the rule does not look for, stands at the verb: it is the subject then."""
    if "G" in letters or not letters.startswith("D"):
        return False
    between = [each for each in eligible(view, "G") if slot.end <= each.start and each.end <= position]
    return bool(between) and pattern("plain_between").fullmatch(view.line, between[-1].end, position) is not None


def _meanwhile(line: str, position: int) -> int | None:
    """Return where "while" stands if the verb goes on with it: "X reduced Y, while increasing Z and suppressing W"."""
    for match in _while_doing().finditer(line, max(0, position - 160), position + 30):
        between = line[match.end() : position]
        if match.start("verb") == position or (_GOES_ON.search(between) and not _CLAUSE_BEGINS.search(between)):
            return match.start()
    return None


@cache
def _while_doing() -> re.Pattern[str]:
    return re.compile(rf"\bwhile\s+(?:[a-z-]+ly\s+)?(?P<verb>{verb_choice('gerund')})\b")


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
