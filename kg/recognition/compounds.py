"""Two names that were found as one, and one name that was found in two pieces."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.voting import is_model_only
from kg.recognition.words import holds_any, lower_copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BETWEEN = re.compile(r"\s?/\s?|\s+or\s+")
_CAPITALS = r"[A-Z][A-Z\d-]*[A-Z\d]"
_SHORT_PAIR = re.compile(rf"(?P<first>(?!HIV/|HBV/|HCV/){_CAPITALS})/(?P<second>{_CAPITALS})")
_FUSION = re.compile(r"\b(?:fusions?|chim(?:a?e)ric|fused|translocations?)\b")
"""In small letters."""
_FUSION_MARKS = ("fus", "chim", "transl")
_SYMBOL = re.compile(r"[A-Z][A-Z\d]{2,}-[A-Z][A-Z\d]{2,}")
_SIZED = re.compile(r"(?:p|pp|gp)\d{2,3}")
_CHANGE = re.compile(r"[ ][ACDEFGHIKLMNPQRSTVWY]\d{2,4}[ACDEFGHIKLMNPQRSTVWY](?![\w-])")
_PAIRED = frozenset({EntityType.DISEASE, EntityType.DRUG})


def without_pairs(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without names of the lexicon that two others make up: "ataxia type 3 or Joseph disease"."""
    ends: dict[tuple[int, EntityType], set[int]] = {}
    for mention in found:
        ends.setdefault((mention.start, mention.type), set()).add(mention.end)
    return [mention for mention in found if not _is_pair(text, mention, found, ends)]


def _is_pair(
    text: str, mention: Mention, found: Sequence[Mention], ends: dict[tuple[int, EntityType], set[int]]
) -> bool:
    if is_model_only(mention) or mention.type not in _PAIRED or _BETWEEN.search(mention.text) is None:
        return False
    firsts = ends.get((mention.start, mention.type), set())
    return any(
        other.end == mention.end
        and other.type is mention.type
        and other.start > mention.start
        and any(end < other.start and _BETWEEN.fullmatch(text, end, other.start) for end in firsts)
        for other in found
    )


def parted(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions, two for a pair of short forms such as "ABC/DEF"."""
    for mention in mentions:
        match = _SHORT_PAIR.fullmatch(mention.text) if mention.type in _PAIRED else None
        if match is None:
            yield mention
            continue
        for group in ("first", "second"):
            start, end = match.span(group)
            yield replace(mention, start=mention.start + start, end=mention.start + end, text=match[group])


def without_loose_words(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without a lone word that only the model marks right before a disease: "sudden" double vision.

    Where it belongs to the name, the model marks both as one.
    """
    starts = {mention.start for mention in mentions if mention.type is EntityType.DISEASE}
    return [mention for mention in mentions if not (_is_loose(text, mention) and mention.end + 1 in starts)]


def _is_loose(text: str, mention: Mention) -> bool:
    lone = mention.type is EntityType.DISEASE and is_model_only(mention) and mention.text.isalpha()
    return lone and text[mention.end : mention.end + 1] == " "


def joined(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with a gene's name of two parts as one: "p27(Abc1)", a fusion "ABC1-DEF2", "ABC1 G12D".

    For news only: the corpora of abstracts mark both parts.
    """
    result: list[Mention] = []
    lower = lower_copy(text)
    fuses = holds_any(lower, _FUSION_MARKS) and _FUSION.search(lower) is not None
    for mention in sorted(mentions, key=lambda one: (one.start, one.end)):
        last = result[-1] if result else mention
        end = _joined_end(text, last, mention, fuses=fuses)
        if end is not None:
            names = tuple(sorted({*last.recognizers, *mention.recognizers}))
            result[-1] = replace(last, end=end, text=text[last.start : end], recognizers=names)
        else:
            result.append(_with_change(text, mention))
    return result


def _with_change(text: str, mention: Mention) -> Mention:
    """Return a gene with the mutation that its name goes on with: "ABC1 G12D", of which a drug is the inhibitor."""
    change = _CHANGE.match(text, mention.end) if mention.type is EntityType.GENE_PROTEIN else None
    return mention if change is None else replace(mention, end=change.end(), text=text[mention.start : change.end()])


def _joined_end(text: str, first: Mention, second: Mention, *, fuses: bool) -> int | None:
    """Return where the name ends that two neighbours make up, None when they are two names."""
    if not first.type is second.type is EntityType.GENE_PROTEIN:
        return None
    between = text[first.end : second.start]
    if between == "(" and _SIZED.fullmatch(first.text) and text.startswith(")", second.end):
        return second.end + 1
    return second.end if fuses and between == "-" and _SYMBOL.fullmatch(f"{first.text}-{second.text}") else None
