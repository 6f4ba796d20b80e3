"""The event rules: a kind of event said in one way, with where its participants are looked for (events.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.statements.rules import End, compile_pattern
from kg.statements.tables import read_table


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
    literals: frozenset[str]


@cache
def event_rules() -> tuple[EventRule, ...]:
    """Return all event rules, each pattern compiled once."""
    lists = {name: "|".join(words) for name, words in read_table("lists").items()}
    return tuple(
        _event_rule(entry, compile_pattern(template, lists))
        for entry in read_table("events")["event"]
        for template in entry["patterns"]
    )


@cache
def event_literals() -> tuple[str, ...]:
    """Return all words of which a rule needs one."""
    return tuple(sorted({literal for rule in event_rules() for literal in rule.literals}))


def _event_rule(entry: dict[str, Any], pattern: re.Pattern[str]) -> EventRule:
    recipient_types = entry.get("recipient_types", "O" if "partner" in entry.get("recipient", ()) else "R")
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
        frozenset(entry["literals"]),
    )
