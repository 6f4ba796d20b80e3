"""What a document abbreviates: the short form has the type of its long form, everywhere."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.spans import is_whole, overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Abbreviation, Analysis

_NAME = "abbreviations"
_EXTENDED = frozenset({EntityType.DISEASE, EntityType.CELL, EntityType.GENE_PROTEIN, EntityType.ORGANISATION})
_STRONG = 0.85
_CERTAIN = 0.95
_SHARE = 0.4
_LONGEST_DISEASE = 45
_NO_NAME = re.compile(
    r"\b(?:[Cc]ommittee|[Bb]oard|[Ss]cores?|[Ss]cale|[Ii]ndex|[Qq]uestionnaire|[Ss]tud(?:y|ies)|[Tt]rials?|[Ss]urvival|[Rr]ates?"
    r"|[Pp]latform|[Pp]rogram(?:me)?|[Cc]onjugates?)$"
)
"""Heads of long forms whose short form is no name of ours, whatever it is a homonym of."""
_GENE_AFTER = re.compile(
    r"[\s-]*(?:tumou?r\s+suppressor\s+|candidate\s+)?(?:genes?|mutations?|mutants?|mRNAs?|transcripts?|proteins?|locus"
    r"|loci|alleles?|variants?|polymorphisms?|promoter|cDNA|knock-?outs?|transgen\w+|expression)\b"
)
_GENE_BEFORE = re.compile(
    r"\b(?:mutations?\s+(?:in|of)|genes?,?|expression\s+of|alleles?\s+(?:of|at)|encod\w+)\s+"
    r"(?:the\s+)?(?:human\s+|mouse\s+|murine\s+)?\(?$",
    re.IGNORECASE,
)
_GENE_WINDOW = 40
_OR = re.compile(r"/|\sor\s")
_PREPOSITION = re.compile(r"\b(?:of|in|for|to|by|with)\s")


def apply_abbreviations(analysis: Analysis, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with long forms made whole and short forms typed by their long form."""
    result = list(mentions)
    for pair in analysis.abbreviations:
        result = _applied(analysis.document.text, pair, result)
    return result


def _applied(text: str, pair: Abbreviation, mentions: list[Mention]) -> list[Mention]:
    short = text[pair.short.start : pair.short.end]
    inside = [one for one in mentions if one.start < pair.long.end and pair.long.start < one.end]
    first, last = min(pair.long.start, pair.short.start), max(pair.long.end, pair.short.end)
    if any(one.start <= first and last < one.end for one in inside):
        return mentions
    head = _head(text, pair, inside)
    places = list(_occurrences(text, short))
    if head is None:
        return _by_short_form(text, pair, mentions, places) if not inside else _without(mentions, places, head)
    if (
        head.type in _EXTENDED
        and (head.start > pair.long.start or head.end < pair.long.end)
        and not _are_two(text, pair)
    ):
        whole = replace(head, start=pair.long.start, end=pair.long.end, text=text[pair.long.start : pair.long.end])
        mentions = [one for one in mentions if not overlaps(one, whole)] + [whole]
    names = tuple(sorted({_NAME, *head.recognizers}))
    shorts = [Mention(start, end, short, head.type, names, head.score) for start, end in places]
    return _replaced(mentions, shorts, is_gene=_is_gene_too(text, head, mentions, frozenset(places)))


def _are_two(text: str, pair: Abbreviation) -> bool:
    """Whether both forms are pairs: "ataxia type 3 or Joseph disease (AT3/JD)"."""
    both = "/" in text[pair.short.start : pair.short.end]
    return both and _OR.search(text, pair.long.start, pair.long.end) is not None


def _head(text: str, pair: Abbreviation, inside: Sequence[Mention]) -> Mention | None:
    """Return the mention that the long form ends with, when it is most of it or has it as its head.

    In "deficiency of aspartoacylase (ASPA)" the short form stands for the enzyme, not for its lack.
    """
    length = pair.long.end - pair.long.start
    for mention in sorted(inside, key=lambda one: one.start):
        covered = min(mention.end, pair.long.end) - max(mention.start, pair.long.start)
        first, second = sorted((mention.start, pair.long.start))
        if _PREPOSITION.search(text, first, second):
            continue
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
    if _NO_NAME.search(text, pair.long.start, pair.long.end):
        return [one for one in mentions if (one.start, one.end) not in set(places)]
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


def _replaced(mentions: Sequence[Mention], shorts: Sequence[Mention], *, is_gene: bool) -> list[Mention]:
    """Return the mentions with the short forms in, except where a longer name holds it or it is read as the gene."""
    kept: list[Mention] = list(mentions)
    added: list[Mention] = []
    for short in shorts:
        holders = [one for one in kept if overlaps(one, short)]
        if any(len(one.text) > len(short.text) or (is_gene and one.type is EntityType.GENE_PROTEIN) for one in holders):
            continue
        kept = [one for one in kept if one not in holders]
        added.append(short)
    return kept + added


def _is_gene_too(text: str, head: Mention, mentions: Sequence[Mention], places: frozenset[tuple[int, int]]) -> bool:
    """Whether a disease's short form is also its gene's symbol somewhere in the text: "mutations of APC"."""
    return head.type is EntityType.DISEASE and any(
        one.type is EntityType.GENE_PROTEIN and (one.start, one.end) in places and _is_gene_place(text, one)
        for one in mentions
    )


def _is_gene_place(text: str, mention: Mention) -> bool:
    """Whether the words beside the mention speak of a gene."""
    before = text[max(0, mention.start - _GENE_WINDOW) : mention.start]
    return bool(_GENE_AFTER.match(text, mention.end) or _GENE_BEFORE.search(before))


def _occurrences(text: str, short: str) -> Iterator[tuple[int, int]]:
    start = text.find(short)
    while start >= 0:
        end = start + len(short)
        if is_whole(text, start, end):
            yield start, end
        start = text.find(short, end if is_whole(text, start, end) else start + 1)
