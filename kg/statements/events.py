"""Reads regulatory, clinical and business events: a trigger, who takes part, when, and whether it has happened."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.model import Curie, Event, Evidence, Modality, PartialDate, SectionKind
from kg.statements.dates import DateHit, find_dates
from kg.statements.finders import find_end
from kg.statements.places import Found, Place
from kg.statements.rules import End, compile_pattern
from kg.statements.tables import read_table
from kg.statements.topics import key_of
from kg.statements.view import lower_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from kg.model import LinkedMention
    from kg.statements.context import SentenceContext
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
_DONE = re.compile(r"\b(?:pleased|proud|continu\w+|able|cleared|excited|happy|delighted|first|entitled)\s+to\s+\w*\s*$")
_REGISTRATIONS = (
    (re.compile(r"\bNCT ?0*\d{7,8}\b"), "clinicaltrials"),
    (re.compile(r"\b20\d\d-\d{6}-\d\d(?:-\d\d)?\b"), "eudract"),
    (re.compile(r"\bISRCTN\d{8}\b"), "isrctn"),
)
_SURE = (Modality.ASSERTED, Modality.REPORTED)


@dataclass(frozen=True, slots=True)
class EventRule:
    """One kind of event said in one way."""

    kind: str
    pattern: re.Pattern[str]
    agent: End
    recipient: End
    product: End
    needs: str
    outcome: str | None
    anticipated: bool
    needs_recipient: bool
    without: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    ignored: frozenset[str]


@cache
def event_rules() -> tuple[EventRule, ...]:
    """Return all event rules, each pattern compiled once."""
    lists = {name: "|".join(words) for name, words in read_table("lists").items()}
    return tuple(
        _event_rule(entry, compile_pattern(template, lists))
        for entry in read_table("events")["event"]
        for template in entry["patterns"]
    )


def _event_rule(entry: dict[str, Any], pattern: re.Pattern[str]) -> EventRule:
    recipient_types = "O" if "partner" in entry.get("recipient", ()) else "R"
    return EventRule(
        entry["kind"],
        pattern,
        End(entry["agent_types"], tuple(entry["agent"])),
        End(recipient_types, tuple(entry.get("recipient", ()))),
        End("D", tuple(entry["product"])),
        entry.get("needs", ""),
        entry.get("outcome"),
        entry.get("anticipated", False),
        entry.get("needs_recipient", False),
        re.compile(entry["without"].replace(" ", r"\s+")) if "without" in entry else None,
        re.compile(entry["not_before"].replace(" ", r"\s+")) if "not_before" in entry else None,
        frozenset(entry.get("ignored", ())),
    )


def iter_events(
    view: SentenceView, topics: Topics, context: SentenceContext, published: dt.date | None
) -> Iterator[Event]:
    """Yield the events that a sentence tells of, one of a kind for a place."""
    dates: list[DateHit] | None = None
    taken: list[tuple[str, int, int]] = []
    events: list[tuple[Event, DateHit | None]] = []
    for rule in event_rules():
        if rule.needs and not any(letter in view.line for letter in rule.needs):
            continue
        for match in rule.pattern.finditer(view.line):
            start, end = match.span("v")
            if any(kind == rule.kind and low < end and start < high for kind, low, high in taken):
                continue
            if dates is None:
                dates = find_dates(lower_line(view.text), published)
            place = Place(view, match, start, end, topics)
            event = _event(rule, place, context)
            if event is not None:
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


def _one(end: End, role: str, place: Place) -> LinkedMention | None:
    found: tuple[Found, ...] = find_end(end, role, place) if end.finders else ()
    return found[0].linked if found else None


def _event(rule: EventRule, place: Place, context: SentenceContext) -> Event | None:
    view = place.view
    if rule.not_before and rule.not_before.search(view.line, max(0, place.start - 30), place.start):
        return None
    if rule.without and rule.without.search(view.line, place.start, place.end + 60):
        return None
    reading = context.read(place.start, place.end, rule.ignored)
    actual = reading.modality in _SURE and not rule.anticipated and not _is_future(view.line, place.start)
    if reading.negated and actual:
        return None
    agent, recipient = _one(rule.agent, "agent", place), _one(rule.recipient, "recipient", place)
    product = _one(rule.product, "product", place)
    if (rule.needs_recipient and recipient is None) or not (
        product or recipient or (agent and rule.agent.letters == "R")
    ):
        return None
    if recipient and agent and key_of(recipient) == key_of(agent):
        return None
    procedure = place.match.group("procedure") if "procedure" in place.match.re.groupindex else None
    evidence = Evidence(view.start, view.end, view.text, f"event:{rule.kind}", 0.75)
    return Event(
        _kind(rule, agent), view.start + place.start, view.start + place.end, evidence, agent, recipient, product,
        _indication(place), None, None, actual, rule.outcome, procedure, _registrations(view.text),
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
    for hit in dates:
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
