"""Cells with the words that belong to them, and what happens to cells: "B-cell maturation" is a process."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.spans import overlaps

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME = "patterns"
_CELL_BEHIND = re.compile(r"[ -](?:cells?|lymphocytes?)(?![\w-])")
_SHORT_FORM_BEHIND = re.compile(
    r"\s\([A-Z][\w-]{1,6}\)\s(?:[a-z]+\s)?(?:cells?|neurons?|lymphocytes?|fibroblasts?|macrophages?|progenitors?)\b"
)
_ACTION = re.compile(
    r"[ ](?:activation|proliferation|differentiation|maturation|exhaustion|infiltration|migration|killing|recruitment"
    r"|expansion|death|apoptosis|degeneration|loss|lysis|dysfunction|damage|degranulation|regeneration|responses?"
    r"|cytotoxicity|invasion|growth|signal+ing)(?![\w-])"
)


def with_cell_phrases(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions with cells made whole and with the processes that they take part in."""
    whole = [_whole(text, mention) if mention.type is EntityType.CELL else mention for mention in mentions]
    changed = [new for new, old in zip(whole, mentions, strict=True) if new is not old]
    return [
        mention
        for mention in whole
        if mention in changed or not any(overlaps(mention, longer) and mention != longer for longer in changed)
    ]


def _whole(text: str, mention: Mention) -> Mention:
    end = mention.end
    for pattern in (_SHORT_FORM_BEHIND, _CELL_BEHIND):
        match = pattern.match(text, end)
        end = end if match is None else match.end()
    action = _ACTION.match(text, end)
    if action is not None:
        names = tuple(sorted({*mention.recognizers, _NAME}))
        return replace(
            mention,
            end=action.end(),
            text=text[mention.start : action.end()],
            type=EntityType.PROCESS,
            recognizers=names,
        )
    return mention if end == mention.end else replace(mention, end=end, text=text[mention.start : end])
