"""Decides whether a sentence denies or hedges what a rule read in it: ConText-like cues with direction and reach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from kg.model import Cue, Modality, SectionKind
from kg.statements.tables import read_table

if TYPE_CHECKING:
    from kg.statements.view import SentenceView, Slot

_STRENGTH = (Modality.RISK, Modality.HYPOTHETICAL, Modality.ANTICIPATED, Modality.INTENDED, Modality.REPORTED)
_ATTRIBUTION = re.compile(
    r"\b(?:believ|said|says|remarked|commented|noted|stated|added|expects?|anticipates?|announced|considers?|reported)"
)
_MARK = re.compile(r"[A-Z]+|\S+")


@dataclass(frozen=True, slots=True)
class CueRule:
    """A family of cues with one effect: ``negated`` or a modality."""

    effect: str
    pattern: re.Pattern[str]
    forward: bool
    reach: int


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue that stands in a line."""

    effect: str
    start: int
    end: int
    forward: bool
    reach: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the context says of one statement; ``is_asked`` when it is only a question."""

    negated: bool = False
    modality: Modality = Modality.ASSERTED
    cue: Cue | None = None
    stated_by: Slot | None = None
    is_asked: bool = False


def _spaced(patterns: list[str]) -> re.Pattern[str]:
    """Return one pattern of many, in which a space stands for any white space."""
    return re.compile("|".join(patterns).replace(" ", r"\s+"))


@cache
def _cue_rules() -> tuple[CueRule, ...]:
    rules = []
    for entry in read_table("cues")["cue"]:
        pattern = _spaced(entry["words"])
        rules.append(CueRule(entry["effect"], pattern, entry["scope"] == "forward", entry["reach"]))
    return tuple(rules)


@cache
def _pseudo() -> re.Pattern[str]:
    return _spaced(read_table("cues")["pseudo"])


@cache
def _terminators() -> re.Pattern[str]:
    return _spaced(read_table("cues")["terminators"])


class SentenceContext:
    """The cues of one sentence, found once and asked for every statement read in it."""

    def __init__(self, view: SentenceView) -> None:
        self._view = view

    @cached_property
    def _ends(self) -> list[int]:
        return [match.end() for match in _terminators().finditer(self._view.line)]

    @cached_property
    def _hits(self) -> list[CueHit]:
        line = self._view.line
        if _pseudo().search(line):
            line = _pseudo().sub(lambda match: " " * len(match.group()), line)
        hits = []
        for rule in _cue_rules():
            for match in rule.pattern.finditer(line):
                hits.append(CueHit(rule.effect, match.start(), match.end(), rule.forward, rule.reach))
        return hits

    def _covers(self, hit: CueHit, start: int, end: int) -> bool:
        low, high = (hit.end, start) if hit.forward else (end, hit.start)
        if low > high:
            return False
        if any(low < stop <= high for stop in self._ends):
            return False
        return sum(1 for _ in _MARK.finditer(self._view.line, low, high)) <= hit.reach

    def read(self, start: int, end: int, ignored: frozenset[str] = frozenset()) -> Reading:
        """Return polarity and modality for a trigger at ``start``-``end`` of the line; some effects may be ignored."""
        hits = [hit for hit in self._hits if hit.effect not in ignored and self._covers(hit, start, end)]
        negation = next((hit for hit in hits if hit.effect == "negated"), None)
        modality, cue = Modality.ASSERTED, negation
        if self._view.section is SectionKind.FORWARD_LOOKING and "risk" not in ignored:
            modality = Modality.RISK
        for candidate in _STRENGTH:
            hit = next((each for each in hits if each.effect == candidate.value), None)
            if hit and modality is Modality.ASSERTED:
                modality, cue = candidate, negation or hit
        if modality is Modality.RISK:
            negation = None
        is_asked = any(hit.effect == "question" for hit in hits)
        return Reading(negation is not None, modality, self._cue(cue), self._speaker(cue), is_asked)

    def _cue(self, hit: CueHit | None) -> Cue | None:
        if hit is None:
            return None
        view = self._view
        return Cue(view.start + hit.start, view.start + hit.end, view.text[hit.start : hit.end])

    def _speaker(self, hit: CueHit | None) -> Slot | None:
        if hit is None or not _ATTRIBUTION.match(self._view.line, hit.start):
            return None
        before = [
            slot for slot in self._view.slots if slot.letter in "OR" and slot.end <= hit.start and not slot.nested
        ]
        return before[-1] if before and hit.start - before[-1].end <= 30 else None
