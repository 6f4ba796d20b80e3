"""Tells whether a use that the text names is treatment or study: "use" becomes treats, studied_for or prevents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Modality
from kg.statements.tables import pattern
from kg.statements.view import lower_line

if TYPE_CHECKING:
    from kg.statements.context import Reading
    from kg.statements.matching import Match
    from kg.statements.topics import Topics
    from kg.statements.view import SentenceView

_NOT_YET = (Modality.HYPOTHETICAL, Modality.ANTICIPATED)


def settle_use(match: Match, view: SentenceView, reading: Reading, topics: Topics) -> tuple[tuple[str, Reading], ...]:
    """Return the relations, with their readings, that a match stands for; other relations stay as they are."""
    relation = match.relation
    if relation in ("study", "trial-use"):
        return (("studied_for", _soften(reading)),)
    if relation not in ("use", "prevention"):
        return ((relation, reading),)
    treats = not reading.is_asked and _is_treatment(match, view, topics)
    if relation == "prevention":
        asserted = reading.modality in (Modality.ASSERTED, Modality.REPORTED)
        hoped = replace(reading, modality=Modality.INTENDED) if asserted and not treats else reading
        return (("prevents", hoped),) if treats else (("prevents", hoped), ("studied_for", _soften(reading)))
    if treats:
        return (("treats", reading),)
    studied = (("studied_for", _soften(reading)),)
    return (*studied, ("treats", reading)) if reading.negated and _denies_effect(match, view) else studied


def _denies_effect(match: Match, view: SentenceView) -> bool:
    return pattern("effect_word").match(view.line, match.start) is not None


def _soften(reading: Reading) -> Reading:
    """A trial that has yet to show something, or did not, is a trial: "to evaluate", "potential" do not hedge it."""
    reading = replace(reading, negated=False)
    if reading.modality in _NOT_YET and reading.cue and pattern("trying").match(reading.cue.text.lower()):
        return replace(reading, modality=Modality.ASSERTED, cue=None)
    return reading


def _is_treatment(match: Match, view: SentenceView, topics: Topics) -> bool:
    line = lower_line(view.text)
    clause = line[max(0, match.start - 160) : match.end + 30]
    if pattern("denied").search(line):
        return False
    strong = list(pattern("decided").finditer(clause))
    studies = list(pattern("study").finditer(clause))
    if strong and (not studies or strong[-1].end() > studies[-1].end() or "approv" in clause[-120:]):
        return not pattern("applied").search(clause)
    if studies or pattern("readout").search(line):
        return False
    if pattern("in_use").search(clause):
        return True
    return topics.marketed or not topics.investigational
