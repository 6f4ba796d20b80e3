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
_NO_CELL_BEHIND = re.compile(r"[ -]cell\s+(?:cancer|carcinoma|lymphoma|lines?|tumou?r|sarcoma|leuk)")
_TUMOUR = re.compile(r"(?:oma|emia|emic|cancer|tumou?r)$")
_SHORT_FORM_BEHIND = re.compile(
    r"\s\([A-Z][\w-]{1,6}\)\s(?:[a-z]+\s)?(?:cells?|neurons?|lymphocytes?|fibroblasts?|macrophages?|progenitors?)\b"
)
_ACTION = re.compile(
    r"[ ](?:activation|proliferation|differentiation|maturation|exhaustion|infiltration|migration|killing|recruitment"
    r"|expansion|death|apoptosis|degeneration|loss|lysis|dysfunction|damage|degranulation|regeneration|responses?"
    r"|cytotoxicity|invasion|growth|signal+ing|polari[sz]ation|adhesion|aggregation|motility|chemotaxis|survival"
    r"|trafficking|division|senescence|turnover|priming|depletion|clearance|necrosis|influx|egress|homing)(?![\w-])"
)


def with_cell_phrases(text: str, mentions: Sequence[Mention], *, is_news: bool) -> list[Mention]:
    """Return the mentions with cells made whole and with the processes that they take part in.

    "melanoma cells" are cells; in "melanoma cell lines" of literature the corpora mark the disease.
    """
    whole = [_whole(text, mention) if _is_cell(text, mention, is_news=is_news) else mention for mention in mentions]
    changed = [new for new, old in zip(whole, mentions, strict=True) if new is not old]
    return [
        mention
        for mention in whole
        if mention in changed or not any(overlaps(mention, longer) and mention != longer for longer in changed)
    ]


def _is_cell(text: str, mention: Mention, *, is_news: bool) -> bool:
    if mention.type is EntityType.CELL:
        return True
    return (
        mention.type is EntityType.DISEASE
        and (is_news or text.startswith("cells", mention.end + 1))
        and _TUMOUR.search(mention.text) is not None
        and _CELL_BEHIND.match(text, mention.end) is not None
        and not _NO_CELL_BEHIND.match(text, mention.end)
    )


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
    if end == mention.end:
        return mention
    return replace(mention, end=end, text=text[mention.start : end], type=EntityType.CELL)
