"""A name directly before a drug in brackets is a drug too: "Brand (generic name)"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.spans import Taken
from kg.recognition.words import is_common

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME = "apposition"
_BEFORE = re.compile(
    r"(?P<name>(?<![\w-])(?:[A-Z][\w-]*[A-Za-z\d]"
    r"|[a-z]{5,}))\s?(?:\[?[®™]\]?)?,?\s*\((?:formerly\s+(?:known\s+as\s+)?)?$"
)
_AFTER = re.compile(
    r"\s?(?:\[?[®™]\]?)?,?\s*\((?:formerly\s+(?:known\s+as\s+)?"
    r"|also\s+known\s+as\s+)?(?P<name>[A-Z]{2,6}-?\d{2,7}[A-Z]?|[A-Z]{4,}\d*)[),;/]"
)
_WINDOW = 60
_SCORE = 0.8


def apply_appositions(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions and those that stand in apposition to a drug."""
    taken = Taken(len(text))
    taken.cover([(mention.start, mention.end) for mention in mentions])
    result = list(mentions)
    for mention in mentions:
        if mention.type is not EntityType.DRUG:
            continue
        before = _BEFORE.search(text[max(0, mention.start - _WINDOW) : mention.start])
        if before is not None and text[mention.end : mention.end + 1] in ("", ")", ",", ";", " ", "®", "™"):
            offset = max(0, mention.start - _WINDOW)
            _add(text, result, taken, (offset + before.start("name"), offset + before.end("name")))
        after = _AFTER.match(text, mention.end)
        if after is not None:
            _add(text, result, taken, after.span("name"))
    return result


def _add(text: str, result: list[Mention], taken: Taken, span: tuple[int, int]) -> None:
    name = text[span[0] : span[1]]
    if is_common(name) or not taken.is_free(*span):
        return
    result.append(Mention(span[0], span[1], name, EntityType.DRUG, (_NAME,), _SCORE))
    taken.cover([span])
