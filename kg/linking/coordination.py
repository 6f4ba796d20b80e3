"""Elliptic parts of a coordination: in "colorectal, gastric and ovarian cancers" the first two leave out "cancers"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ontology.ellipsis import full_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Mention

_WORD = r"(?:and/or|and|or|&)"
_JOINT = re.compile(
    r"-?\s*(?:,|/|;|&|\band\b|\bor\b|\bas well as\b|,\s*and\b|,\s*or\b|\band/or\b|\bto\b)\s*\Z", re.IGNORECASE
)
_SPLIT = re.compile(r"-?\s*(?:,\s*(?:and|or)\b|\band/or\b|\band\b|\bor\b|,|/|&)\s*", re.IGNORECASE)
_LONGEST_GAP = 10
_MOST_PARTS = 5
_WINDOW = 120
"""So many characters before and behind a lone mention are looked at."""
_LAST = re.compile(rf"(?:-?,\s+[\w'’-]+(?:\s[\w'’-]+){{0,2}})*-?,?\s+{_WORD}\s+(?P<last>[\w'’-]+(?:\s[\w'’-]+){{0,4}})")
_FIRST = re.compile(rf"(?P<first>(?:[\w'’-]+\s){{0,3}}[\w'’-]+)(?:,\s+[\w-]+)*(?:,?\s+{_WORD}|,)\s+\Z")


def elliptic_expansions(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, ...]]:
    """Yield for each mention what it may stand for in full, from the others of its coordination.

    Of one that is asked for alone the words around it are looked at.
    """
    if len(mentions) == 1:
        yield tuple(dict.fromkeys(_from_words(text, mentions[0])))
        return
    first = 0
    for place, mention in enumerate(mentions):
        if place + 1 == len(mentions) or not _is_joined(text, mention, mentions[place + 1]):
            row = [one.text for one in mentions[first : place + 1]]
            yield from (tuple(full_names(row, number)) for number in range(len(row)))
            first = place + 1


def _is_joined(text: str, left: Mention, right: Mention) -> bool:
    gap = text[left.end : right.start]
    is_near = left.type is right.type and len(gap) <= _LONGEST_GAP
    return is_near and bool(gap.strip()) and _JOINT.match(gap) is not None


def _from_words(text: str, mention: Mention) -> Iterator[str]:
    """Yield what a mention may stand for by the words before it and behind "and"; where their names end is open."""
    behind = _LAST.match(text[mention.end : mention.end + _WINDOW])
    if behind is not None:
        words = behind["last"].split()
        for size in range(len(words), 0, -1):
            yield from full_names([mention.text, " ".join(words[:size])], 0)
    before = _FIRST.search(text[max(0, mention.start - _WINDOW) : mention.start])
    if before is not None:
        words = before["first"].split()
        for start in range(len(words)):
            yield from full_names([" ".join(words[start:]), mention.text], 1)


def syndrome_of(text: str) -> str:
    """Return what the syndrome of all the things that one mention names would be called.

    >>> syndrome_of("familial breast and ovarian cancer")
    'familial breast ovarian cancer syndrome'
    """
    return f"{_SPLIT.sub(' ', text)} syndrome"


def composite_parts(text: str) -> list[tuple[str, ...]]:
    """Return for each of several things that one mention names what it may be called in full, likeliest first.

    >>> composite_parts("breast and ovarian cancer")
    [('breast cancer', 'breast'), ('ovarian cancer',)]
    >>> composite_parts("type 1 or type 2 diabetes")[0]
    ('type 1 2 diabetes', 'type 1 diabetes', 'type 1')
    """
    parts = [part for part in _SPLIT.split(text) if part]
    if not 1 < len(parts) <= _MOST_PARTS:
        return []
    return [(*full_names(parts, place), part) for place, part in enumerate(parts)]
