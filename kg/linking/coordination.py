"""Elliptic parts of a coordination: in "colorectal, gastric and ovarian cancers" the first two leave out "cancers"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Mention

_JOINT = re.compile(
    r"\s*(?:,|/|;|&|\band\b|\bor\b|\bas well as\b|,\s*and\b|,\s*or\b|\band/or\b|\bto\b)\s*\Z", re.IGNORECASE
)
_SPLIT = re.compile(r"\s*(?:,\s*(?:and|or)\b|\band/or\b|\band\b|\bor\b|,|/|&)\s*", re.IGNORECASE)
_STEM = re.compile(r"^(.*[A-Za-z])[-\s]?(\d+|[A-Z]|[α-ω]|alpha|beta|gamma)$")
_TAIL_ONLY = re.compile(r"^-?(\d+|[A-Z]|[α-ω]|alpha|beta|gamma)$")
_LONGEST_GAP = 6
_MOST_HEAD = 2
_MOST_PARTS = 5


def elliptic_expansions(text: str, mentions: Sequence[Mention], place: int) -> Iterator[str]:
    """Yield what the mention at a place may stand for in full, from the last or the first of its coordination."""
    mention = mentions[place]
    last = _last_of_row(text, mentions, place)
    if last is not None:
        words = last.text.split()
        for size in range(1, min(_MOST_HEAD, len(words) - 1) + 1):
            yield f"{mention.text} {' '.join(words[-size:])}"
    tail = _TAIL_ONLY.match(mention.text)
    before = mentions[place - 1] if place else None
    if tail and before is not None and before.type is mention.type and _is_joined(text, before, mention):
        stem = _STEM.match(before.text)
        if stem:
            yield f"{stem[1]}-{tail[1]}"


def _last_of_row(text: str, mentions: Sequence[Mention], place: int) -> Mention | None:
    last = None
    for left, right in zip(mentions[place:], mentions[place + 1 :], strict=False):
        if left.type is not right.type or not _is_joined(text, left, right):
            break
        last = right
    return last


def _is_joined(text: str, left: Mention, right: Mention) -> bool:
    gap = text[left.end : right.start]
    return bool(gap.strip()) and len(gap) <= _LONGEST_GAP + 4 and _JOINT.match(gap) is not None


def composite_parts(text: str) -> Iterator[str]:
    """Yield the members that one mention of several things names, in full.

    >>> list(composite_parts("breast and ovarian cancer"))
    ['breast cancer', 'ovarian cancer']
    >>> list(composite_parts("type 1 or type 2 diabetes"))
    ['type 1 diabetes', 'type 2 diabetes']
    """
    parts = [part for part in _SPLIT.split(text) if part]
    if not 1 < len(parts) <= _MOST_PARTS:
        return
    words = parts[-1].split()
    head = words[-1] if len(words) > 1 else ""
    for part in parts[:-1]:
        yield f"{part} {head}".strip()
    yield parts[-1]
    first = parts[0].split()
    if len(first) > 1 and len(words) == 1:
        yield from (f"{' '.join(first[:-1])} {part}" for part in parts[1:])
