"""Tells whether a use that the text names is treatment or study: "use" becomes treats, studied_for or prevents."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Modality
from kg.statements.view import lower_line

if TYPE_CHECKING:
    from kg.statements.context import Reading
    from kg.statements.matching import Match
    from kg.statements.topics import Topics
    from kg.statements.view import SentenceView

_STUDY = re.compile(
    r"\b(?:investigational|phase|trials?|stud(?:y|ies|ied|ying)|developing|(?:in|clinical|under|further|its|whose|of|the) development|developed|candidate|experimental|evaluat\w+|investigat\w+|explor\w+|"
    r"designation|orphan|fast track|breakthrough|ind|preclinical|pre-clinical|pipeline|registration-stage|late-stage|clinical-stage|mid-stage|complete response letter|application|bla|nda|maa|"
    r"potential|intended|designed|assess\w*|tested|testing|enrol\w*|readout|topline|top-line|data|results|proof[- ]of[- ]concept|cohorts?|compound)\b|[HA]"
)
_TREATS = re.compile(
    r"\b(?:approv(?:ed|al|es|ing)|indicated|indication|licensed|marketed|authori[sz]ed|authori[sz]ation|cleared|okays?|launched|prescribed|standard of care|"
    r"treated with|receiving|received|taking|available|market|first[- ]line drug|effective|efficacious|efficacy|useful|beneficial|positive opinion)\b"
)
_STRONG = re.compile(r"\b(?:approved|approves|indicated|licensed|authori[sz]ed|cleared|okays|positive opinion|recommend\w* ~?approval|approval of|approval for)\b")
_DENIED = re.compile(r"\b(?:complete response|crl|unable to approve|negative opinion|refus\w+|reject\w+|withdr\w+)\b")
_NOT_YET = (Modality.HYPOTHETICAL, Modality.ANTICIPATED)
_TRYING = re.compile(r"to |potential|possib|whether|promis|candidate|recommend|positive|pending|subject|support|back|seek|await|ahead|upcoming")


def settle_use(match: Match, view: SentenceView, reading: Reading, topics: Topics) -> tuple[tuple[str, Reading], ...]:
    """Return the relations, with their readings, that a match stands for; other relations stay as they are."""
    relation = match.relation
    if relation in ("study", "trial-use"):
        return (("studied_for", _soften(reading)),)
    if relation not in ("use", "prevention"):
        return ((relation, reading),)
    treats = _is_treatment(match, view, topics)
    if relation == "prevention":
        asserted = reading.modality in (Modality.ASSERTED, Modality.REPORTED)
        hoped = replace(reading, modality=Modality.INTENDED) if asserted and not treats else reading
        return (("prevents", hoped),) if treats else (("prevents", hoped), ("studied_for", _soften(reading)))
    return (("treats", reading),) if treats else (("studied_for", _soften(reading)),)


def _soften(reading: Reading) -> Reading:
    """A trial that has yet to show something is no less a trial: "to evaluate", "potential" do not hedge being studied."""
    if reading.modality in _NOT_YET and reading.cue and _TRYING.match(reading.cue.text.lower()):
        return replace(reading, modality=Modality.ASSERTED, cue=None)
    return reading


def _is_treatment(match: Match, view: SentenceView, topics: Topics) -> bool:
    line = lower_line(view.text)
    clause = line[max(0, match.start - 160) : match.end + 30]
    if _DENIED.search(line):
        return False
    strong = list(_STRONG.finditer(clause))
    studies = list(_STUDY.finditer(clause))
    if strong and (not studies or strong[-1].end() > studies[-1].end() or "approv" in clause[-120:]):
        return not re.search(r"(?:applications?|seeking|submission|submitted|filed|supplemental|under review)", clause)
    if studies:
        return False
    if _TREATS.search(clause):
        return True
    return topics.marketed or not topics.investigational
