"""Which way an effect goes that is told through a loss: "knockdown of X reduced Y", "X induces Y degradation"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import EntityType
from kg.statements.places import DIRECTED
from kg.statements.processes import is_destroyed
from kg.statements.tables import pattern

if TYPE_CHECKING:
    from kg.statements.matching import Match
    from kg.statements.view import SentenceView, Slot

_BRINGS = re.compile(r"\s*-(?:induced|mediated|dependent|driven|stimulated|evoked|triggered|activated)\b")
_OPPOSITE = {"inhibits": "activates", "activates": "inhibits"}


def turned(match: Match, relation: str, view: SentenceView) -> str | None:
    """Return the relation, turned round for each loss that the text tells it through; None where that says nothing."""
    if match.relation not in DIRECTED:
        return relation
    if is_seen_by_loss(match, view):
        if match.subject.linked.mention.type is EntityType.DRUG:
            return None
        relation = _OPPOSITE.get(relation, relation)
    elif match.subject.slot and _is_only_named(view.line, match.subject.slot):
        return None
    if _is_lowered(match, view):
        relation = _OPPOSITE[relation]
    return relation


def _is_only_named(line: str, slot: Slot) -> bool:
    """Tell a gene that only says which animals, mutation or assay is meant."""
    if pattern("marks_animals").match(line, slot.end):
        return True
    return pattern("mutation_before").search(line, max(0, slot.start - 100), slot.start) is not None


def is_no_target(match: Match, slot: Slot, view: SentenceView) -> bool:
    """Tell what an effect only seems to be on: "X-induced Y", "effects of Y", cells in which something is seen."""
    line = view.line
    if pattern("opposite").search(line, match.end, slot.start) or pattern("compound_left").match(line, slot.end):
        return True
    before = slot.end <= match.start and not match.rule.ignored
    if before and pattern("effect_of").search(line, max(0, slot.start - 60), slot.start):
        return True
    if slot.letter == "P" and pattern("no_end").fullmatch(slot.linked.mention.text.lower()):
        return True
    described = {"P": "no_process", "G": "marks_animals"}.get(slot.letter)
    if described and pattern(described).match(line, slot.end):
        return True
    return _is_place(match, slot, view)


def _is_place(match: Match, slot: Slot, view: SentenceView) -> bool:
    """Tell cells in which something is seen, or that are given a substance to see what comes of it."""
    if slot.letter != "C":
        return False
    subject = match.subject.slot
    given = subject is not None and " with " in view.line[match.end : subject.start]
    return given or pattern("place_of_effect").search(view.line, max(0, slot.start - 40), slot.start) is not None


def is_seen_by_loss(match: Match, view: SentenceView) -> bool:
    """Tell that the sentence speaks of the loss of its subject: "blockade of X increased Y"."""
    slot = match.subject.slot
    if slot is None or match.subject.finder == "apposed":
        return False
    line = view.line
    brings = _BRINGS.match(line, slot.end) is not None  # "reduction of X-induced Y" is no loss of X
    before = None if brings else pattern("loss_before").search(line, max(0, slot.start - 120), slot.start)
    after = pattern("loss_after").match(line, slot.end)
    return any(hit and (hit.end() <= match.start or match.end <= hit.start()) for hit in (before, after))


def _is_lowered(match: Match, view: SentenceView) -> bool:
    """Tell that the object is acted on by its loss: "induces Y degradation", "the loss of Y caused by X"."""
    slot = match.object.slot
    if slot is None or match.subject.slot is None:
        return False
    line = view.line
    if match.object.finder != "apposed" and is_destroyed(view, slot, (match.start, match.end)):
        return True
    if slot.start >= match.end:
        return pattern("loss_of_object").search(line, match.end, slot.start) is not None
    return pattern("opposite_before").search(line, max(0, slot.start - 70), slot.start) is not None
