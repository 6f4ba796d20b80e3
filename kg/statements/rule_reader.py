"""Statements that the rule tables read: ends that fit, polarity and modality by context, confidence by rule."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EntityType, Evidence, LinkedMention, Modality, Span, Statement
from kg.relations import RELATIONS
from kg.statements.confidence import confidence_of
from kg.statements.matching import iter_matches
from kg.statements.places import DIRECTED, STUDIED
from kg.statements.status import settle_use
from kg.statements.tables import pattern
from kg.statements.topics import key_of
from kg.statements.turning import is_no_target, turned
from kg.statements.view import lower_line, type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.statements.context import Reading, SentenceContext
    from kg.statements.matching import Match
    from kg.statements.topics import Topics
    from kg.statements.view import SentenceView

_FREE = re.compile(r"[ -]free\b")
_STUDIED_ANYWAY = frozenset(["use", "study", "trial-use", "in_phase", "combined_with", "developed_by"])
_OF_LEADING = frozenset(
    [
        "use",
        "study",
        "trial-use",
        "prevention",
        "developed_by",
        "in_phase",
        "approved_by",
        "rejected_by",
        "submitted_to",
    ]
)
_PHRASE = 90
_SURE = (Modality.ASSERTED, Modality.REPORTED)


def read_by_rules(
    views: Iterable[SentenceView], topics: Topics, contexts: dict[int, SentenceContext]
) -> Iterator[Statement]:
    """Yield what the rules read, sentence by sentence, a statement as often as it is read."""
    for view in views:
        if not view.slots:
            continue
        taken: set[tuple[str, int]] = set()
        for match in iter_matches(view, topics):
            at = match.object.linked.mention.start
            if match.rule.fallback and (match.relation, at) in taken:
                continue
            taken.add((match.relation, at))
            yield from _statements_of(match, view, contexts[view.index], topics)


def _statements_of(match: Match, view: SentenceView, context: SentenceContext, topics: Topics) -> Iterator[Statement]:
    if _is_excluded(match, view):
        return
    reading = context.read(match.start, match.end, match.rule.ignored)
    if reading.is_asked and match.relation not in _STUDIED_ANYWAY and not match.rule.ignored:
        return
    if match.rule.modality and reading.modality in _SURE:
        reading = replace(reading, modality=match.rule.modality)
    if match.rule.negated or match.denied or _is_denied_object(match, view):
        reading = replace(reading, negated=True)
    for relation, settled in settle_use(match, view, reading, topics):
        told = turned(match, relation, view) if _fits(match, relation) else None
        if told is not None:
            yield _statement(match, view, told, settled)


def _is_excluded(match: Match, view: SentenceView) -> bool:
    """Tell that the text takes the object out again ("but not for"), or that the subject is only a companion drug."""
    slot = match.object.slot
    if match.relation in ("use", "treats") and "contraindicated" in view.line[slice(*_reach(match))]:
        return True
    if match.rule.without and match.rule.without.search(lower_line(view.text), *_reach(match)):
        return True
    if match.rule.unless and match.rule.unless.search(lower_line(view.text), *_around(match)):
        return True
    if slot and _FREE.match(view.line, slot.end):
        return True
    if (
        slot
        and match.relation == "causes_adverse_event"
        and pattern("benefit").search(view.line, *sorted((match.end, slot.start)))
    ):
        return True
    if slot and match.relation in DIRECTED and is_no_target(match, slot, view):
        return True
    if slot and match.relation in ("use", "treats") and _is_counted(view.line, slot.start):
        return True
    if slot and slot.start > match.end and pattern("excludes").search(view.line, match.end, slot.start):
        return not (match.denied or _is_denied_object(match, view))
    subject = match.subject  # the finders left and before give a companion only where the trigger describes it
    companion = subject.slot is not None and subject.slot.dependent and subject.finder not in ("left", "before")
    return companion and match.relation in _OF_LEADING


def _is_denied_object(match: Match, view: SentenceView) -> bool:
    """Tell what a verb is said to act on not at all: "activates neither Y nor Z"."""
    slot = match.object.slot
    if slot is None or match.relation not in DIRECTED or slot.start <= match.end:
        return False
    return pattern("denied_object").match(view.line[match.end : slot.start]) is not None


def _around(match: Match) -> tuple[int, int]:
    """Return the stretch of the trigger and the object, with the phrase around it."""
    slot = match.object.slot
    start, end = (min(match.start, slot.start), max(match.end, slot.end)) if slot else (match.start, match.end)
    return max(0, start - _PHRASE), end + _PHRASE


def _is_counted(line: str, position: int) -> bool:
    """Tell "the rate of S", which is no use of a drug, from "reduced the rate of S"."""
    found = pattern("counting").search(line, max(0, position - 40), position)
    return found is not None and not pattern("benefit").search(line, max(0, position - 110), found.start())


def _reach(match: Match) -> tuple[int, int]:
    """Return the stretch of the line from the first of trigger, subject and object to the last."""
    slots = [slot for slot in (match.subject.slot, match.object.slot) if slot]
    starts, ends = [slot.start for slot in slots], [slot.end for slot in slots]
    return min([match.start, *starts]), max([match.end, *ends])


def _fits(match: Match, relation: str) -> bool:
    subject, target = match.subject.linked, match.object.linked
    if relation == "has_active_ingredient":
        return _is_brand_of(subject.mention.text, target.mention.text)
    if key_of(subject) == key_of(target):
        return False
    known = RELATIONS[relation]
    aimed_at = match.object.slot is not None and match.object.slot.letter == "G"
    kind = EntityType.GENE_PROTEIN if aimed_at else type_of(target)
    object_fits = match.rule.as_drug or target is STUDIED or kind in known.objects
    return type_of(subject) in known.subjects and object_fits


def _is_brand_of(brand: str, substance: str) -> bool:
    return brand[:1].isupper() and substance[:1].islower() and not any(char.isdigit() for char in brand + substance)


def _statement(match: Match, view: SentenceView, relation: str, reading: Reading) -> Statement:
    trigger = Span(view.start + match.start, view.start + match.end)
    confidence = confidence_of(match.rule.name, (match.subject.finder, match.object.finder), match.rule.confidence)
    evidence = Evidence(view.start, view.end, view.text, f"pattern:{match.rule.name}", confidence, trigger)
    subject, target = match.subject.linked, match.object.linked
    if relation == "has_active_ingredient" and key_of(subject) == key_of(target):
        subject = LinkedMention(subject.mention, subject.mention.text)
    if match.rule.as_drug:
        target = replace(target, mention=replace(target.mention, type=EntityType.DRUG))
    return Statement(
        subject=subject,
        relation=relation,
        object=target,
        evidence=evidence,
        negated=reading.negated,
        modality=reading.modality,
        cue=reading.cue,
        stated_by=reading.stated_by.linked if reading.stated_by else None,
    )
