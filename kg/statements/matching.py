"""The engine: tries every rule on a view and finds the ends that its pattern does not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from kg.statements.finders import find_end
from kg.statements.groups import set_apart
from kg.statements.left_side import is_joined, predicate_before
from kg.statements.places import DIRECTED, Found, Place
from kg.statements.processes import carried
from kg.statements.rules import load_rules
from kg.statements.tables import pattern, verb_choice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.statements.rules import End, Rule
    from kg.statements.topics import Topics
    from kg.statements.view import SentenceView

_INSIDE = frozenset(
    {"match", "match-one", "bracketed", "left", "left-passive", "right", "apposed", "before", "after", "near-regulator"}
)
_NOUN_BEFORE = re.compile(r"(?:^|\s)([a-z][a-z-]+)\s+$")
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|gets|got)\s+(?:[a-z-]+ly\s+|also\s+|not\s+|then\s+|being\s+){0,2}$"
)
_ATTRIBUTIVE = re.compile(
    r"\b(?:with|the|an?|of|by|in|from|had|have|has|show|showed|to|for|more)\s+(?:(?<=a\s)[a-z-]+ly\s+)?$"
)
_COMPARATIVE = re.compile(
    r"\b(?:to|can|may|might|could|will|would|should|did|does|do|not)\s+(?:[a-z-]+ly\s+|further\s+)?$"
)
_AFTER_PAST = re.compile(
    r"\s+(?:by|in|with|from|at|for|on|via|during|after|to|as|using|upon|under|among|following|within|when|only|throughout|across|compared|relative)\b|\s*[.,;)]|$"
)
_AFTER_NOUN = re.compile(r"\s+(?:in|of|from)\b")
_ENDS = re.compile(r"\s+(?:and|or|was|were|is|are|by|after|with|when|at|upon)\b|\s*[.,;)]")
_ADVERB = re.compile(r"(\S+)\s+[a-z]+ly\s+$")
_LEADS_ON = re.compile(r".*,|by|thereby|thus|and|or|while|for|of|in|without|through|then|hence|[A-Z]+")
_THEN = re.compile(r"\b(?:after|before|upon|following)\s+(?:[a-z]+ly\s+)?$")
_QUALITY = re.compile(
    r"\s+(?:roles?|effects?|activity|activities|factors?|agents?|properties|enzymes?|capacity|ability|potential|"
    r"functions?|actions?)\b"
)
_OF_A_KIND = re.compile(
    r"\b(?:the|an?|this|its|reduced|increased|enhanced|decreased|impaired|direct|specific)\s+(?:[a-z]+ly\s+)?$"
)
_DONE_BY = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:[a-z-]+\s+){0,2}[a-z-]+(?:ed|en|ought)\s+by\s+(?:[a-z]+ly\s+)?$"
)
_ARTICLE = re.compile(
    r"\b(?:the|an?|its|their|our|this|that|these|each|new|novel|key|significant|in|of|or|dose|an? \w+)\s+$"
)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that matched, with both ends and the span of the word that says it (positions in the line)."""

    rule: Rule
    relation: str
    subject: Found
    object: Found
    start: int
    end: int
    denied: bool = False


def iter_matches(view: SentenceView, topics: Topics) -> Iterator[Match]:
    """Yield what the rules read in one sentence, in the order of the rule tables."""
    present = "".join(sorted({slot.letter for slot in view.slots}))
    plain = "".join(sorted({slot.letter for slot in view.slots if not slot.nested}))
    literals, families = _families(present, plain, alone=len(view.slots) < 2)
    told = frozenset([literal for literal in literals if literal in view.full])
    for wanted, rules in families:
        if wanted and wanted.isdisjoint(told):
            continue
        for rule in rules:
            if not rule.sections or view.section.value in rule.sections:
                yield from _apply(rule, view, topics)


@cache
def _families(
    present: str, plain: str, *, alone: bool
) -> tuple[tuple[str, ...], tuple[tuple[frozenset[str], tuple[Rule, ...]], ...]]:
    """Return all literals of the rules that a sentence may fit, and the rules in order, in families of equal literals.

    Args:
        present: the letters of the mentions of the sentence.
        plain: those outside of brackets.
        alone: the sentence has only one mention.
    """
    fitting = [rule for rule in load_rules() if _may_fit(rule, present if rule.brackets else plain, alone=alone)]
    literals = tuple(sorted({literal for rule in fitting for literal in rule.literals}))
    return literals, tuple(
        (frozenset(wanted), tuple(rules)) for wanted, rules in groupby(fitting, key=lambda rule: rule.literals)
    )


def _may_fit(rule: Rule, held: str, *, alone: bool) -> bool:
    """Tell that the letters of a sentence allow for both ends of a rule; ends inside the sentence are two mentions."""
    subjects, objects = _needed(rule.subject), _needed(rule.object)
    if alone and subjects and objects:
        return False
    return all(not needed or not set(needed).isdisjoint(held) for needed in (subjects, objects)) and bool(held)


def _needed(end: End) -> str:
    """Return the letters one of which the sentence must hold for this end; none where it may stand elsewhere."""
    return end.letters if all(finder in _INSIDE for finder in end.finders) else ""


def _apply(rule: Rule, view: SentenceView, topics: Topics) -> Iterator[Match]:
    line = view.full if rule.brackets else view.line
    for match in rule.pattern.finditer(line):
        groups = match.re.groupindex
        start, end = match.span("v") if "v" in groups and match.start("v") >= 0 else match.span()
        if rule.voice != "active" or _is_active(line, start, end, match.group("v")):
            yield from _expand(rule, Place(view, match, start, end, topics))


def _is_active(line: str, start: int, end: int, verb: str) -> bool:
    """Tell an active verb from a passive participle and from a noun of the same form."""
    before = line[max(0, start - 40) : start]
    if verb == "lower" and not _COMPARATIVE.search(before):
        return False
    if line[end : end + 1] == "-" or line[start - 1 : start] == "-":
        return False
    if verb.endswith("ing"):
        noun = _AFTER_NOUN.match(line, end) or _QUALITY.match(line, end)
        return not (noun or _OF_A_KIND.search(before) or _DONE_BY.search(before) or _is_adjective(before))
    if (
        verb.endswith("ed")
        and (noun := _NOUN_BEFORE.search(before))
        and not pattern("verb_neighbour").fullmatch(noun[1])
    ):
        return False
    if verb.endswith("ed") and _participle().search(before):
        return False
    if verb.endswith("ed") or verb == "bound":
        return not (
            _AUXILIARY.search(before)
            or _ATTRIBUTIVE.search(before)
            or (is_joined(line, start) and predicate_before(line, start) is None)
            or (verb != "bound" and _AFTER_PAST.match(line, end))
        )
    if _AUXILIARY.search(before) or _ARTICLE.search(before):
        return False
    return not (_AFTER_NOUN.match(line, end) or (not verb.endswith("s") and _ENDS.match(line, end)))


def _is_adjective(before: str) -> bool:
    """Tell a gerund that only describes: "evoked rapidly desensitizing currents", or that is told of nobody."""
    told = _ADVERB.search(before)
    return _THEN.search(before) is not None or (told is not None and not _LEADS_ON.fullmatch(told[1]))


@cache
def _participle() -> re.Pattern[str]:
    """What makes the past form after it an adjective: "inhibits nerve-stimulated release", "inhibits newly induced"."""
    return re.compile(rf"\b(?:{verb_choice('third', 'gerund')})\s+[a-z]+ly\s+$")


def _expand(rule: Rule, place: Place) -> Iterator[Match]:
    subjects = find_end(rule.subject, "s", place)
    if not subjects:
        return
    objects = find_end(rule.object, "o", place)
    if not DIRECTED.isdisjoint(rule.relations.values()):
        objects = tuple(carried(objects, place.view))
    yield from _pair(rule, place, subjects, objects)
    if "negated" not in rule.ignored and not DIRECTED.isdisjoint(rule.relations.values()):
        for match in (
            *_pair(rule, place, subjects, set_apart(objects, place.view)),
            *_pair(rule, place, set_apart(subjects, place.view), objects),
        ):
            yield replace(match, denied=True)


def _pair(rule: Rule, place: Place, subjects: Sequence[Found], objects: Sequence[Found]) -> Iterator[Match]:
    for subject in subjects:
        for target in objects:
            if subject.linked is target.linked or (subject.slot and subject.slot is target.slot):
                continue
            if rule.voice == "active" and subject.slot and target.slot in place.view.members(subject.slot):
                continue
            letter = target.slot.letter if target.slot else "*"
            relation = rule.relations.get(letter) or rule.relations.get("*")
            if relation:
                yield Match(rule, relation, subject, target, place.start, place.end)
