"""Gives all mentions of one thing one name, and coreferring mentions the link of what they stand for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.linking.definitions import fullest, name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.linking.questions import Question
    from kg.model import LinkedMention, Span


def share_names(linked: Sequence[LinkedMention], questions: Sequence[Question]) -> tuple[LinkedMention, ...]:
    """Return the linked mentions, those of one thing without identifier under its fullest name."""
    names: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one, question in zip(linked, questions, strict=True):
        if one.is_nil and not one.mention.coreference:
            names[_thing(one)] += [one.name, *([] if question.long_form else [one.mention.text])]
    named = [
        replace(one, name=fullest(names[_thing(one)])) if one.is_nil and not one.mention.coreference else one
        for one in linked
    ]
    return tuple(_resolved(one, named) if one.mention.coreference else one for one in named)


def _thing(one: LinkedMention) -> tuple[str, str]:
    return one.mention.type, name_key(one.name, one.mention.type) or one.name


def _resolved(one: LinkedMention, named: Sequence[LinkedMention]) -> LinkedMention:
    span = one.mention.antecedent
    if span is None:
        return one
    named_thing = [other for other in named if not other.mention.coreference and _overlap(other, span)]
    if not named_thing:
        return one
    other = max(named_thing, key=lambda linked: (_overlap(linked, span), -linked.mention.start))
    return replace(one, name=other.name, candidates=other.candidates, chosen=other.chosen)


def _overlap(one: LinkedMention, span: Span) -> int:
    return max(0, min(one.mention.end, span.end) - max(one.mention.start, span.start))
