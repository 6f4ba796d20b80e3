"""What the dictionary says of each word, as a small number that the network sees beside the wordpiece and its shape.

The network knows contexts, the lexicon knows names that no training text held; which of them to
believe where is learnt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kg.model import Mention
    from kg.recognition.model_features import Words

MARK_COUNT = 32
"""Rows of the table of marks: none, and for each type first or later word of a surely or hardly trusted name."""

TYPES = (
    EntityType.DRUG,
    EntityType.DISEASE,
    EntityType.GENE_PROTEIN,
    EntityType.CELL,
    EntityType.PROCESS,
    EntityType.ORGANISATION,
)
"""The types of the model's heads, in the order of its outputs."""

_TRUSTED = 0.8
_NUMBERS = {kind: 1 + 4 * number for number, kind in enumerate(TYPES)}


def marks_of(words: Words, mentions: Sequence[Mention]) -> npt.NDArray[np.int64]:
    """Return the mark of each word; mentions do not overlap, one that touches no word leaves no mark."""
    marks = np.zeros(len(words), dtype=np.int64)
    named = [mention for mention in mentions if mention.type in _NUMBERS]
    firsts = np.searchsorted(words.ends, [mention.start for mention in named], side="right")
    lasts = np.searchsorted(words.starts, [mention.end for mention in named], side="left")
    for mention, first, last in zip(named, firsts.tolist(), lasts.tolist(), strict=True):
        mark = _NUMBERS[mention.type] + 2 * (mention.score >= _TRUSTED)
        marks[first:last] = mark + 1
        marks[first : min(first + 1, last)] = mark
    return marks
