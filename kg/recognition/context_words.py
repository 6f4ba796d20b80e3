"""Of what type a name is by the words around it alone: "the ... approved", "... expression was positive".

A linear model over hashed words, which never sees the name itself; ``kg.training.context_words`` makes its table. A
likelihood is one beside types that are equally frequent: it says what the words add, not how frequent a type is.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from kg.recognition.model_marks import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import EntityType

TABLE = Path(__file__).with_name("data") / "context-words.npz"
BUCKETS = 1 << 14
_REACH = 8
"""Words on each side that are looked at."""
_NEAR = 2
"""Words on each side whose place counts, too."""
_CHARACTERS = 200
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z]|\Z)|\n\s*\n")


def word_marks(text: str, start: int, end: int) -> list[int]:
    """Return the buckets of the words around a span, within its sentence."""
    before = _SENTENCE.split(text[max(0, start - _CHARACTERS) : start])[-1]
    after = _SENTENCE.split(text[end : end + _CHARACTERS], maxsplit=1)[0]
    left = _WORD.findall(before.lower())[-_REACH:][::-1]
    right = _WORD.findall(after.lower())[:_REACH]
    return sorted({crc32(mark.encode()) % BUCKETS for mark in (*_marks("<", left), *_marks(">", right))})


def _marks(side: str, words: list[str]) -> Iterator[str]:
    for place in range(_NEAR):
        yield f"{side}{place}{words[place] if place < len(words) else ''}"
    yield f"{side}01{' '.join(words[:2])}"
    yield from (f"*{word}" for word in words if word.isalpha())


def likely_by_words(text: str, start: int, end: int) -> dict[EntityType, float]:
    """Return how likely each type is for a name at a span, by the words around it; together 1."""
    import numpy as np

    weights, bias = _table()
    logits = bias + weights[word_marks(text, start, end)].sum(axis=0)
    shares = np.exp(logits - logits.max())
    return dict(zip(TYPES, (shares / shares.sum()).tolist(), strict=True))


@cache
def _table() -> tuple[Any, Any]:
    import numpy as np

    with np.load(TABLE) as stored:
        return stored["weights"].astype(np.float32) * stored["scale"], stored["bias"]
