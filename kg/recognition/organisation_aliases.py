"""Organisations that the text introduces: by a ticker, by "(the Company)", and the short names that brackets give."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.recognition import organisation_patterns as marks
from kg.recognition.organisation_names import is_all_common, lower_case_name, walk_left, without_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Analysis

_NOT_ALIASES = re.compile(
    r"(?:the\s+|a\s+|an\s+|our\s+|collectively,?\s+)?(?:Company|Companies|Group|Offering|Agreement|Notes?|Shares?"
    r"|Warrants?|Board|"
    r"Parties|Party|Lenders?|Guide|Sponsors?|Investors?|Purchasers?|Underwriters?|"
    r"Merger|Transaction|Plan|Program|Study|Trial|Private Placement|Act|Exchange|Securities"
    r"|Registration\b.*|"
    r"Common\b.*|Purchase\b.*)",
    re.IGNORECASE,
)

_INITIALS = re.compile(r"[A-Z]{3,7}")


@dataclass(frozen=True, slots=True)
class Found:
    """A place that names an organisation, and how sure that is."""

    start: int
    end: int
    score: float


def introduced(text: str, found: Sequence[Found], analysis: Analysis) -> list[Found]:
    """Return listed companies before a ticker, and the short names that brackets after a company define."""
    starts = [sentence.start for sentence in analysis.sentences]
    result: list[Found] = []
    for pattern in (marks.TICKER, marks.COMPANY_BRACKET):
        for match in pattern.finditer(text):
            if any(item.end == match.start() for item in found):
                continue
            lower = starts[max(0, bisect_right(starts, match.start()) - 1)] if starts else 0
            start = walk_left(text, lower, match.start(), title_case=False)
            if start is None:
                start = lower_case_name(text, lower, match.start(), "ticker")
            if start is not None and not is_all_common(text[start : match.start()]):
                result.append(Found(start, match.start(), 0.95))
    for item in (*found, *result):
        result += _aliases(text, item)
    return result


def _aliases(text: str, item: Found) -> Iterator[Found]:
    position = item.end
    for _ in range(3):
        bracket = marks.BRACKET.match(text, position)
        if bracket is None:
            return
        start, end = bracket.span("inside")
        for quoted in marks.QUOTED.finditer(text, start - 1, end + 1):
            if _is_alias(quoted[1]):
                yield Found(without_article(text, *quoted.span(1)), quoted.end(1), 0.95)
        first = re.match(r"[\w&-]+(?:\s[\w&-]+)?", text[start:end])
        if _is_initials(text[item.start : item.end], text[start:end]):
            yield Found(start, end, 0.9)
        if first is not None and text[item.start : item.end].startswith(first[0]) and _is_alias(first[0]):
            yield Found(start, start + len(first[0]), 0.95)
        position = bracket.end()


def _is_initials(name: str, inside: str) -> bool:
    """Whether a bracket may hold the initials of an institution, though perhaps not all of them are in its name."""
    return (
        _INITIALS.fullmatch(inside) is not None and inside[0] == name[0] and marks.INSTITUTION.search(name) is not None
    )


def _is_alias(name: str) -> bool:
    capital = any(letter.isupper() for letter in name)
    return capital and not _NOT_ALIASES.fullmatch(name) and len(name.split()) <= len("four") and not is_all_common(name)


def longest(found: Sequence[Found]) -> list[Found]:
    """Return the finds that no longer one overlaps, in text order."""
    chosen: list[Found] = []
    taken: list[tuple[int, int]] = []
    for item in sorted(set(found), key=lambda item: (item.start - item.end, -item.score, item.start)):
        index = bisect_right(taken, (item.start, item.end))
        before = taken[index - 1] if index else (0, 0)
        after = taken[index] if index < len(taken) else (item.end, item.end)
        if before[1] <= item.start and item.end <= after[0]:
            chosen.append(item)
            taken.insert(index, (item.start, item.end))
    return sorted(chosen, key=lambda item: item.start)
