"""What a document abbreviates: the short form has the type of its long form, everywhere."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.spans import overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Abbreviation, Analysis

_NAME = "abbreviations"
_EXTENDED = frozenset({EntityType.DISEASE, EntityType.CELL, EntityType.GENE_PROTEIN, EntityType.ORGANISATION})
_STRONG = 0.85
_CERTAIN = 0.95
_SHARE = 0.4
_LONGEST_DISEASE = 45


def apply_abbreviations(analysis: Analysis, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with long forms made whole and short forms typed by their long form."""
    result = list(mentions)
    for pair in analysis.abbreviations:
        result = _applied(analysis.document.text, pair, result)
    return result


def _applied(text: str, pair: Abbreviation, mentions: list[Mention]) -> list[Mention]:
    short = text[pair.short.start : pair.short.end]
    inside = [one for one in mentions if one.start < pair.long.end and pair.long.start < one.end]
    head = _head(pair, inside)
    places = [match.span() for match in _occurrences(text, short)]
    if head is None:
        return _by_short_form(text, pair, mentions, places) if not inside else _without(mentions, places, head)
    if head.type in _EXTENDED and (head.start > pair.long.start or head.end < pair.long.end):
        whole = replace(head, start=pair.long.start, end=pair.long.end, text=text[pair.long.start : pair.long.end])
        mentions = [one for one in mentions if not overlaps(one, whole)] + [whole]
    names = tuple(sorted({_NAME, *head.recognizers}))
    shorts = [Mention(start, end, short, head.type, names, head.score) for start, end in places]
    return _replaced(mentions, shorts)


def _head(pair: Abbreviation, inside: Sequence[Mention]) -> Mention | None:
    """Return the mention that the long form ends with, when it is most of it or has it as its head."""
    length = pair.long.end - pair.long.start
    for mention in sorted(inside, key=lambda one: one.start):
        covered = min(mention.end, pair.long.end) - max(mention.start, pair.long.start)
        if mention.end == pair.long.end and (covered >= _SHARE * length or _may_be_long(mention, length)):
            return mention
        if mention.start <= pair.long.start and mention.end >= pair.long.end:
            return mention
    return None


def _may_be_long(mention: Mention, length: int) -> bool:
    """Whether a short head may carry a long name: "pneumonia" in a disease of a few words."""
    return mention.type is EntityType.DISEASE and length <= _LONGEST_DISEASE


def _by_short_form(
    text: str, pair: Abbreviation, mentions: list[Mention], places: Sequence[tuple[int, int]]
) -> list[Mention]:
    """Give a long form that nobody knew the type of its short form, when that is sure; else drop the short form.

    A wrong sense ("ASO" the gene for "antisense oligonucleotide") is known by the dictionary alone, not by the model.
    """
    known = [one for one in mentions if (one.start, one.end) in set(places)]
    sure = [one for one in known if set(one.recognizers) - {"dictionary", "patterns"}]
    best = max(sure, key=lambda one: one.score, default=None)
    if best is None or best.score < _STRONG:
        return _without(mentions, places, None)
    long = text[pair.long.start : pair.long.end]
    return [*mentions, Mention(pair.long.start, pair.long.end, long, best.type, (_NAME,), best.score)]


def _without(mentions: Sequence[Mention], places: Sequence[tuple[int, int]], head: Mention | None) -> list[Mention]:
    """Drop mentions of a short form that only the dictionary knew: the document uses it for something else."""
    spans = set(places)
    return [
        one
        for one in mentions
        if one is head
        or (one.start, one.end) not in spans
        or one.recognizers != ("dictionary",)
        or one.score > _CERTAIN
    ]


def _replaced(mentions: Sequence[Mention], shorts: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with the short forms in, except where a longer name holds the short form."""
    kept: list[Mention] = list(mentions)
    added: list[Mention] = []
    for short in shorts:
        holders = [one for one in kept if overlaps(one, short)]
        if any(len(one.text) > len(short.text) for one in holders):
            continue
        kept = [one for one in kept if one not in holders]
        added.append(short)
    return kept + added


def _occurrences(text: str, short: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"(?<![\w]){re.escape(short)}(?![\w])", text)
