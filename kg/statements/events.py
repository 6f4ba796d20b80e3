"""Reads regulatory, clinical and business events: a trigger, who takes part, when, and whether it has happened."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kg.model import Curie, Event, Evidence, Modality, PartialDate, SectionKind
from kg.statements.dates import DateHit, find_dates
from kg.statements.event_rules import EventRule, event_literals, event_rules
from kg.statements.finders import find_end
from kg.statements.places import Found, Place
from kg.statements.tables import pattern, read_table
from kg.statements.topics import key_of
from kg.statements.view import lower_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from kg.model import LinkedMention
    from kg.statements.context import SentenceContext
    from kg.statements.rules import End
    from kg.statements.topics import Topics
    from kg.statements.view import SentenceView

_FUTURE = re.compile(
    r"\b(?:to(?:\s+[a-z]+ly)?|(?:will|would|shall|plans?|may|could|should|once|when|if|until|for|seek\w*|toward)"
    r"(?:\s+[a-z-]+){0,2})\s+$"
)
_INFINITIVE = re.compile(
    r"\b(?:expect\w*|plan\w*|intend\w*|aim\w*|anticipat\w*|hope\w*|scheduled|on track|set|due|seek\w*|"
    r"will|would|if|may|could)\b"
)
_AWAITS = re.compile(r"expect|anticipat|await")
_DONE = re.compile(r"\b(?:pleased|proud|continu\w+|able|cleared|excited|happy|delighted|first|entitled)\s+to\s+\w*\s*$")
_REGISTRATIONS = (
    (re.compile(r"\bNCT ?0*\d{7,8}\b"), "clinicaltrials"),
    (re.compile(r"\b20\d\d-\d{6}-\d\d(?:-\d\d)?\b"), "eudract"),
    (re.compile(r"\bISRCTN\d{8}\b"), "isrctn"),
)
_MOST = 4
_SURE = (Modality.ASSERTED, Modality.REPORTED)


def iter_events(
    view: SentenceView, topics: Topics, context: SentenceContext, published: dt.date | None
) -> Iterator[Event]:
    """Yield the events that a sentence tells of, one of a kind for a place."""
    dates: list[DateHit] | None = None
    taken: list[tuple[str, int, int]] = []
    events: list[tuple[Event, DateHit | None]] = []
    told = frozenset([literal for literal in event_literals() if literal in view.line])
    for rule in event_rules():
        if rule.needs and not any(letter in view.line for letter in rule.needs):
            continue
        if rule.literals.isdisjoint(told):
            continue
        for match in rule.pattern.finditer(view.line):
            start, end = match.span("v")
            if any(kind == rule.kind and low < end and start < high for kind, low, high in taken):
                continue
            if dates is None:
                dates = find_dates(lower_line(view.text), published)
            place = Place(view, match, start, end, topics)
            for event in _events(rule, place, context):
                taken.append((rule.kind, start, end))
                events.append((event, _date_for(place, dates, published, actual=event.actual)))
    yield from _dated(view, events, published)


def _dated(
    view: SentenceView, events: Sequence[tuple[Event, DateHit | None]], published: dt.date | None
) -> Iterator[Event]:
    """Give each date to the event nearest to it; the day of publication may belong to several."""
    today = published.isoformat() if published else ""
    owners: dict[int, int] = {}
    for event, hit in events:
        if hit is not None:
            distance = _distance(event, view, hit)
            owners[hit.start] = min(distance, owners.get(hit.start, distance))
    for event, hit in events:
        if hit is not None and (hit.value == today or _distance(event, view, hit) == owners[hit.start]):
            yield replace(event, date=hit.value, date_text=view.text[hit.start : hit.end])
        elif event.actual and today and view.section is SectionKind.TITLE:
            yield replace(event, date=PartialDate(today))
        else:
            yield event


def _distance(event: Event, view: SentenceView, hit: DateHit) -> int:
    start, end = event.start - view.start, event.end - view.start
    return hit.start - end if hit.start >= end else start - hit.end + 15


def _all(end: End, role: str, place: Place) -> list[LinkedMention | None]:
    """Return the mentions that are found for a role, or None alone, so that each makes an event of its own."""
    found: tuple[Found, ...] = find_end(end, role, place) if end.finders else ()
    by_key: dict[str, LinkedMention | None] = {key_of(one.linked): one.linked for one in found}
    return list(by_key.values())[:_MOST] or [None]


def _is_excluded(rule: EventRule, place: Place) -> bool:
    line, start = place.view.line, place.start
    if rule.not_before and rule.not_before.search(line, max(0, start - 30), start):
        return True
    return rule.without is not None and rule.without.search(line, start, place.end + 60) is not None


def _is_of(product: LinkedMention | None, place: Place) -> bool:
    """Tell that the product is what the news is about, so that whoever makes it known is the applicant."""
    return product is not None and place.topics.drug is not None and key_of(product) == key_of(place.topics.drug)


def _in_sentence(linked: LinkedMention | None, place: Place) -> LinkedMention | None:
    return linked if any(slot.linked is linked for slot in place.view.slots) else None


def _procedure(rule: EventRule, place: Place) -> str | None:
    if "procedure" in place.match.re.groupindex and place.match["procedure"]:
        return place.match["procedure"]
    named = pattern("procedure").search(place.match.group()) if rule.kind == "designation" else None
    return named.group() if named else None


def _events(rule: EventRule, place: Place, context: SentenceContext) -> Iterator[Event]:
    """Yield one event for each product and, of companies, each partner."""
    if _is_excluded(rule, place):
        return
    view = place.view
    reading = context.read(place.start, place.end, rule.ignored)
    awaited = rule.anticipated or _is_future(view.line, place.start) or _AWAITS.match(view.line, place.start)
    actual = reading.modality in _SURE and not awaited
    if reading.negated and (actual or rule.anticipated):
        return
    agent = _all(rule.agent, "agent", place)[0]
    recipients = _all(rule.recipient, "recipient", place)
    applicant = rule.recipient.finders == ("left-company",)
    evidence = Evidence(view.start, view.end, view.text, f"event:{rule.kind}", 0.75)
    for product in _all(rule.product, "product", place):
        for recipient in recipients if "partner" in rule.recipient.finders else recipients[:1]:
            if rule.needs_recipient and recipient is None:
                continue
            if not (product or (recipient and not applicant) or (agent and rule.agent.letters == "R")):
                continue
            if recipient and agent and key_of(recipient) == key_of(agent):
                continue
            if applicant and not _is_of(product, place):
                recipient = _in_sentence(recipient, place)
            yield Event(
                _kind(rule, agent), view.start + place.start, view.start + place.end, evidence, agent, recipient,
                product, _indication(place), None, None, actual, rule.outcome, _procedure(rule, place),
                _registrations(view.text),
            )  # fmt: skip


@cache
def _advisers() -> re.Pattern[str]:
    return re.compile("|".join(read_table("organisations")["advisers"]), re.IGNORECASE)


def _kind(rule: EventRule, agent: LinkedMention | None) -> str:
    """Return the kind of event: what an adviser rejects gets a negative opinion, not the letter of an agency."""
    is_adviser = agent is not None and _advisers().search(f"{agent.mention.text}|{agent.name}")
    return "negative_opinion" if rule.kind == "complete_response" and is_adviser else rule.kind


def _is_future(line: str, start: int) -> bool:
    """Tell "will submit", "plans to submit", "if approved" from what has happened; "is pleased to" stays actual."""
    match = _FUTURE.search(line, max(0, start - 60), start)
    if not match:
        return False
    words = match.group().split()
    if words[0] == "for":
        return bool(_INFINITIVE.search(line, max(0, start - 60), start))
    return words[0] != "to" or not _DONE.search(line, max(0, start - 40), start)


def _date_for(place: Place, dates: Sequence[DateHit], published: dt.date | None, *, actual: bool) -> DateHit | None:
    """Return the date nearest to the trigger that fits: the past for what happened, the future for what is awaited."""
    scored = []
    for each in dates:
        hit = each
        if published and actual and each.before and hit.value > published.isoformat():
            hit = replace(each, value=each.before)
        if published and not _fits_time(hit, published.isoformat(), actual=actual):
            continue
        distance = hit.start - place.end if hit.start >= place.end else place.start - hit.end + 15
        scored.append((distance, hit.start, hit))
    return min(scored, key=lambda each: each[:2])[2] if scored else None


def _fits_time(hit: DateHit, today: str, *, actual: bool) -> bool:
    first, last = hit.value[:10], hit.value.split("/")[-1][:10]
    return first <= today[: len(first)] if actual else last >= today[: len(last)] and hit.value != today


def _indication(place: Place) -> LinkedMention | None:
    slots = [slot for slot in place.view.slots if slot.letter == "S" and not slot.nested]
    after = [slot for slot in slots if slot.start >= place.end]
    chosen = after[0] if after else (slots[-1] if slots else None)
    return chosen.linked if chosen else None


def _registrations(text: str) -> tuple[Curie, ...]:
    found = {
        Curie(f"{prefix}:{re.sub(' ', '', match.group())}")
        for pattern, prefix in _REGISTRATIONS
        for match in pattern.finditer(text)
    }
    return tuple(sorted(found))
