"""Tells each event once, with all that the document says of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import PartialDate
from kg.statements.topics import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Event

_DECISIONS = frozenset(
    {"approval", "positive_opinion", "negative_opinion", "complete_response", "refusal_to_file", "acceptance"}
)


def merge_events(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return each event once: the same kind, product, day and reality told twice is one."""
    held: dict[tuple[object, ...], Event] = {}
    for event in events:
        product = key_of(event.product) if event.product else ""
        partner = key_of(event.recipient) if event.recipient and event.kind in ("collaboration", "acquisition") else ""
        named = partner or (product and event.kind in _DECISIONS)
        apart = None if event.actual or event.date or named else event.evidence.start
        key = (event.kind, product, partner, event.date, event.actual, event.outcome, event.procedure, apart)
        known = held.get(key)
        held[key] = event if known is None else _fill(known, event)
    return tuple(sorted(_same_news(list(_absorb(list(held.values())))), key=lambda event: (event.start, event.kind)))


def _same_news(events: list[Event]) -> Iterator[Event]:
    """Give a read-out that the text tells of without a date the date of the one read-out of its drug that has one."""
    dates: dict[str, set[str]] = {}
    for event in events:
        if event.kind == "readout" and event.actual and event.product and event.date:
            dates.setdefault(key_of(event.product), set()).add(event.date)
    for event in events:
        known = dates.get(key_of(event.product), set()) if event.product else set()
        undated = event.kind == "readout" and event.actual and event.date is None
        yield replace(event, date=PartialDate(next(iter(known)))) if undated and len(known) == 1 else event


def _absorb(events: list[Event]) -> Iterator[Event]:
    """Let a dated decision take in what is said again of it without a date, by the same body or none."""
    dated = {
        (event.kind, key_of(event.product)): event
        for event in events
        if _is_decision(event) and event.date and event.product
    }
    taken: dict[int, Event] = {}
    for event in events:
        one = (
            dated.get((event.kind, key_of(event.product)))
            if event.product and _is_decision(event) and not event.date
            else None
        )
        if one is not None and (event.agent is None or (one.agent and key_of(event.agent) == key_of(one.agent))):
            taken[id(one)] = _fill(taken.get(id(one), one), event)
            taken[id(event)] = event
    absorbed = {id(event) for event in events if id(event) in taken and not event.date}
    for event in events:
        if id(event) not in absorbed:
            yield taken.get(id(event), event)


def _is_decision(event: Event) -> bool:
    return event.actual and event.kind in _DECISIONS


def _fill(known: Event, other: Event) -> Event:
    return replace(
        known,
        agent=known.agent or other.agent,
        recipient=known.recipient or other.recipient,
        indication=known.indication or other.indication,
        date_text=known.date_text or other.date_text,
        identifiers=tuple(sorted({*known.identifiers, *other.identifiers})),
    )
